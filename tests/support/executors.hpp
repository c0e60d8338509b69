// SPDX-License-Identifier: BSL-1.0
// Every executor that this build has, behind one type, so that a test compiles its formula once for all of them.
#pragma once

#include <heed/executor.hpp>
#include <heed/openmp.hpp>
#if HEED_HAS_TBB
#    include <heed/tbb.hpp>
#endif

#include <vector>

#include "support/threads.hpp"

namespace heed_tests {

struct any_executor {
    const char* name;
    int count;
    enum { serial, threads, openmp, onetbb } kind;

    std::ptrdiff_t concurrency() const { return count; }
    template <class F> void parallel_for(std::ptrdiff_t n, const F& f) const {
        if (kind == serial)
            heed::serial.parallel_for(n, f);
        else if (kind == openmp)
            heed::openmp{count}.parallel_for(n, f);
#if HEED_HAS_TBB
        else if (kind == onetbb)
            heed::onetbb{count}.parallel_for(n, f);
#endif
        else
            heed_tests::threads{static_cast<std::size_t>(count)}.parallel_for(
                static_cast<std::size_t>(n), [&](std::size_t i) { f(static_cast<std::ptrdiff_t>(i)); });
    }
};

// Serial first.
inline std::vector<any_executor> all_executors() {
    std::vector<any_executor> all = {{"serial", 1, any_executor::serial},
                                     {"2 threads", 2, any_executor::threads},
                                     {"3 threads", 3, any_executor::threads}};
#if HEED_HAS_OPENMP
    all.push_back({"OpenMP, 2 threads", 2, any_executor::openmp});
#endif
#if HEED_HAS_TBB
    all.push_back({"oneTBB, 2 threads", 2, any_executor::onetbb});
#endif
    return all;
}

} // namespace heed_tests
