// SPDX-License-Identifier: BSL-1.0
// OpenMP's threads as an executor: evaluate(e, on(openmp{2})). Compile with -fopenmp; without it everything is serial.
#pragma once

#include <heed/executor.hpp>

namespace heed {

struct openmp {
    int threads;

    extent concurrency() const { return threads; }
    template <class F> void parallel_for(extent n, const F& f) const {
#ifdef _OPENMP
#    pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
#endif
        for (extent i = 0; i < n; ++i) f(i);
    }
};

} // namespace heed
