// SPDX-License-Identifier: BSL-1.0
// One kernel for each instruction set, compiled side by side by target attributes.
#include "peak.hpp"

#include <cstddef>
#include <stdexcept>
#include <string>

namespace bench {
namespace {

// Enough chains to hide the latency of a multiply-add on every port there is (at most 2 * 5), and all of them in
// registers beside the two operands: 24 of the 32 registers of AVX-512, 12 of the 16 of the older sets.
struct kernel {
    std::string_view name;
    long flops_per_round;
    float (*run)(long rounds);
};

volatile float unknown_factor = 0.999F;
volatile float unknown_term = 0.001F;

// A macro, since a template would be lowered for the baseline: the vectors have to live inside the function that
// carries the target.
#define HEED_BENCH_PEAK(function, bytes, chains, ...)                                                        \
    [[gnu::noinline __VA_OPT__(, gnu::target(__VA_ARGS__))]] float function(long rounds) {                   \
        typedef float vector __attribute__((vector_size(bytes)));                                            \
        vector sums[chains];                                                                                 \
        for (int i = 0; i < chains; ++i) sums[i] = vector{} + static_cast<float>(i);                         \
        const vector factor = vector{} + unknown_factor, term = vector{} + unknown_term;                     \
        for (long round = 0; round < rounds; ++round) {                                                      \
            _Pragma("GCC unroll 24") for (int i = 0; i < chains; ++i) sums[i] = sums[i] * factor + term;     \
        }                                                                                                    \
        vector total = {};                                                                                   \
        for (int i = 0; i < chains; ++i) total += sums[i];                                                   \
        return total[0];                                                                                     \
    }

HEED_BENCH_PEAK(baseline, 16, 12)
constexpr long baseline_flops = 2 * 12 * 4;
#if defined(__x86_64__)
HEED_BENCH_PEAK(avx2, 32, 12, "avx2,fma")
HEED_BENCH_PEAK(avx512, 64, 24, "avx512f,fma")
#endif
#undef HEED_BENCH_PEAK

constexpr kernel kernels[] = {
    {"baseline", baseline_flops, baseline},
#if defined(__x86_64__)
    {"avx2", 2 * 12 * 8, avx2},
    {"avx512", 2 * 24 * 16, avx512},
#endif
};

const kernel& find(std::string_view name) {
    for (const kernel& each : kernels)
        if (each.name == name) return each;
    throw std::invalid_argument("no peak kernel for instruction set " + std::string(name));
}

} // namespace

double multiply_add_flops(std::string_view instruction_set, long rounds) {
    return static_cast<double>(find(instruction_set).flops_per_round) * static_cast<double>(rounds);
}

void multiply_add(std::string_view instruction_set, long rounds, int threads) {
    const kernel& chosen = find(instruction_set);
    [[maybe_unused]] volatile float kept = 0;
    if (threads == 1) {
        kept = chosen.run(rounds);
        return;
    }
#pragma omp parallel num_threads(threads)
    {
        const float sum = chosen.run(rounds);
#pragma omp critical
        kept = sum;
    }
}

} // namespace bench
