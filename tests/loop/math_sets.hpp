// SPDX-License-Identifier: BSL-1.0
// The vector functions of every instruction set this machine has, for math.cpp and every_float.cpp, and what
// they should give, by the C library in a wider type.
#pragma once

#include <heed/dsl/expr/storage.hpp>
#include <heed/dsl/loop/coefficients.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace heed::dsl::math_test {

// clang-format off
enum class function : std::size_t {
    exp2_weight, exp, log, tanh, sigmoid, silu, gelu, erf, sin, cos, sqrt, rsqrt,
    abs, relu, square, pow_three_quarters
};
// clang-format on
inline constexpr std::size_t functions = 16;

namespace baseline {
inline constexpr int vector_bytes = 16;
#include "math_set.inc"
} // namespace baseline

#ifdef __x86_64__
#    ifdef __clang__
#        pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#    else
#        pragma GCC push_options
#        pragma GCC target("avx2,fma,f16c")
#    endif
namespace avx2 {
inline constexpr int vector_bytes = 32;
#    include "math_set.inc"
} // namespace avx2
#    ifdef __clang__
#        pragma clang attribute pop
#        pragma clang attribute push(                                                                        \
            __attribute__((target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma,f16c"))),                     \
            apply_to = function)
#    else
#        pragma GCC pop_options
#        pragma GCC push_options
#        pragma GCC target("avx512f,avx512dq,avx512bw,avx512vl,avx2,fma,f16c,prefer-vector-width=512")
#    endif
namespace avx512 {
inline constexpr int vector_bytes = 64;
#    include "math_set.inc"
} // namespace avx512
#    ifdef __clang__
#        pragma clang attribute pop
#    else
#        pragma GCC pop_options
#    endif
#endif

struct instruction_set {
    std::string name;
    void (*of_floats)(function, bool whole, const float*, float*, long);
    void (*of_doubles)(function, bool whole, const double*, double*, long);
    void operator()(function f, bool whole, const float* x, float* y, long n) const {
        of_floats(f, whole, x, y, n);
    }
    void operator()(function f, bool whole, const double* x, double* y, long n) const {
        of_doubles(f, whole, x, y, n);
    }
};

// The least able first.
inline std::vector<instruction_set> instruction_sets() {
    std::vector<instruction_set> sets{{"baseline", baseline::apply<float>, baseline::apply<double>}};
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        sets.push_back({"avx2", avx2::apply<float>, avx2::apply<double>});
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
        sets.push_back({"avx512", avx512::apply<float>, avx512::apply<double>});
#endif
    return sets;
}

// What f gives at x, in L, wider than what is tested.
template <class L> L expected(function f, L x) {
    const L sigmoid = x < 0 ? std::exp(x) / (1 + std::exp(x)) : 1 / (1 + std::exp(-x));
    switch (f) {
    case function::exp2_weight:
        return std::exp2(x);
    case function::exp:
        return std::exp(x);
    case function::log:
        return std::log(x);
    case function::tanh:
        return std::tanh(x);
    case function::sigmoid:
        return sigmoid;
    case function::silu:
        return x == -std::numeric_limits<L>::infinity() ? 0 : x * sigmoid;
    case function::gelu:
        return x == -std::numeric_limits<L>::infinity() ? 0 : x / 2 * std::erfc(-x * std::sqrt(L(0.5)));
    case function::erf:
        return std::erf(x);
    case function::sin:
        return std::sin(x);
    case function::cos:
        return std::cos(x);
    case function::sqrt:
        return std::sqrt(x);
    case function::rsqrt:
        return 1 / std::sqrt(x);
    case function::abs:
        return std::fabs(x);
    case function::relu:
        return x < 0 ? 0 : x;
    case function::square:
        return x * x;
    case function::pow_three_quarters:
        return std::pow(x, L(0.75));
    }
    return 0;
}

// How far `got` is from `truth`, in units of the last place of T there; infinite where one of them is NaN.
template <class T, class L> double ulps(T got, L truth) {
    using limits = std::numeric_limits<T>;
    if (std::isnan(truth) || std::isnan(got)) return std::isnan(truth) && std::isnan(got) ? 0 : HUGE_VAL;
    if (static_cast<L>(got) == truth) return 0;
    int exponent;
    std::frexp(truth, &exponent);
    if (truth == 0 || exponent < limits::min_exponent) exponent = limits::min_exponent;
    if (exponent > limits::max_exponent || std::isinf(truth)) exponent = limits::max_exponent;
    const L unit = std::ldexp(L(1), exponent - limits::digits);
    // Infinity is the number after the largest.
    const L end = std::ldexp(L(1), limits::max_exponent);
    const L a = std::isinf(got) ? std::copysign(end, static_cast<L>(got)) : static_cast<L>(got);
    const L b = std::fabs(truth) > end ? std::copysign(end, truth) : truth;
    return static_cast<double>(std::fabs(a - b) / unit);
}

} // namespace heed::dsl::math_test
