// SPDX-License-Identifier: BSL-1.0
// oneTBB's arena as an executor: evaluate(e, on(onetbb{2})). Link with tbb.
#pragma once

#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <heed/executor.hpp>

namespace heed {

struct onetbb {
    int threads;

    extent concurrency() const { return threads; }
    template <class F> void parallel_for(extent n, const F& f) const {
        oneapi::tbb::task_arena arena(threads);
        arena.execute([&] { oneapi::tbb::parallel_for(extent{0}, n, [&](extent i) { f(i); }); });
    }
};

} // namespace heed
