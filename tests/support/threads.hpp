// SPDX-License-Identifier: BSL-1.0
// An executor of plain std::thread, which the thread sanitizer sees through (OpenMP and oneTBB it does not).
// Work items are handed out one by one, so that which thread runs which differs from run to run.
#pragma once

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace heed_tests {

struct threads {
    std::size_t count = 2;

    std::size_t concurrency() const { return count; }

    template <class F> void parallel_for(std::size_t n, F&& f) const {
        std::atomic<std::size_t> next{0};
        auto work = [&] {
            for (std::size_t i; (i = next.fetch_add(1)) < n;) f(i);
        };
        std::vector<std::thread> others;
        for (std::size_t i = 1; i < count && i < n; ++i) others.emplace_back(work);
        work();
        for (auto& other : others) other.join();
    }
};

} // namespace heed_tests
