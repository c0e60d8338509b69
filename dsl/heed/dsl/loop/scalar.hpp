// SPDX-License-Identifier: BSL-1.0
// The element-wise operations on single values: float or double, extent for integers, bool. Integers wrap around,
// x / 0 and x % 0 are 0, and min and max of a NaN are NaN.
#pragma once

#include <concepts>

#include <heed/dsl/expr/leaves.hpp>
#include <heed/dsl/expr/operations.hpp>
#include <heed/dsl/loop/philox.hpp>

namespace heed::dsl::scalar {

// The real type where there is one (double if there are two), extent otherwise.
template <class... T>
using common = std::conditional_t<(std::is_same_v<T, double> || ...), double,
                                  std::conditional_t<(std::is_same_v<T, float> || ...), float, extent>>;
template <class... T> inline constexpr bool is_real = std::is_floating_point_v<common<T...>>;

template <class F> constexpr extent wrapped(extent a, extent b, F f) {
    return static_cast<extent>(f(static_cast<std::size_t>(a), static_cast<std::size_t>(b)));
}

template <class A, class B> constexpr common<A, B> apply(op::add, A a, B b) {
    if constexpr (is_real<A, B>)
        return static_cast<common<A, B>>(a) + static_cast<common<A, B>>(b);
    else
        return wrapped(a, b, [](std::size_t x, std::size_t y) { return x + y; });
}
template <class A, class B> constexpr common<A, B> apply(op::subtract, A a, B b) {
    if constexpr (is_real<A, B>)
        return static_cast<common<A, B>>(a) - static_cast<common<A, B>>(b);
    else
        return wrapped(a, b, [](std::size_t x, std::size_t y) { return x - y; });
}
template <class A, class B> constexpr common<A, B> apply(op::multiply, A a, B b) {
    if constexpr (is_real<A, B>)
        return static_cast<common<A, B>>(a) * static_cast<common<A, B>>(b);
    else
        return wrapped(a, b, [](std::size_t x, std::size_t y) { return x * y; });
}
template <class A> constexpr common<A> apply(op::negate, A a) {
    if constexpr (is_real<A>)
        return -a;
    else
        return apply(op::subtract{}, extent(0), static_cast<extent>(a));
}
template <class A, class B> constexpr common<A, B> apply(op::divide, A a, B b) {
    if constexpr (is_real<A, B>)
        return static_cast<common<A, B>>(a) / static_cast<common<A, B>>(b);
    else if (b == 0)
        return 0;
    else
        return static_cast<extent>(b) == -1 ? apply(op::negate{}, a)
                                            : static_cast<extent>(a) / static_cast<extent>(b);
}
template <class A, class B> constexpr common<A, B> apply(op::remainder, A a, B b) {
    if constexpr (is_real<A, B>)
        return static_cast<common<A, B>>(__builtin_fmod(static_cast<double>(a), static_cast<double>(b)));
    else if (b == 0)
        return 0;
    else
        return static_cast<extent>(b) == -1 ? 0 : static_cast<extent>(a) % static_cast<extent>(b);
}
template <class A> constexpr common<A> apply(op::absolute, A a) {
    if constexpr (is_real<A>)
        return static_cast<A>(__builtin_fabs(static_cast<double>(a)));
    else
        return static_cast<extent>(a) < 0 ? apply(op::negate{}, a) : static_cast<extent>(a);
}
template <class A> constexpr common<A> apply(op::square, A a) { return apply(op::multiply{}, a, a); }
template <class A, class B> constexpr common<A, B> apply(op::min, A a, B b) {
    const auto x = static_cast<common<A, B>>(a);
    const auto y = static_cast<common<A, B>>(b);
    return x != x ? x : y < x || y != y ? y : x;
}
template <class A, class B> constexpr common<A, B> apply(op::max, A a, B b) {
    const auto x = static_cast<common<A, B>>(a);
    const auto y = static_cast<common<A, B>>(b);
    return x != x ? x : y > x || y != y ? y : x;
}
template <class A> constexpr common<A> apply(op::relu, A a) {
    const auto x = static_cast<common<A>>(a);
    return x < 0 ? 0 : x;
}

template <std::floating_point T> T apply(op::exp, T x) {
    if constexpr (sizeof(T) == sizeof(float))
        return __builtin_expf(x);
    else
        return __builtin_exp(x);
}
template <std::floating_point T> T apply(op::log, T x) {
    if constexpr (sizeof(T) == sizeof(float))
        return __builtin_logf(x);
    else
        return __builtin_log(x);
}
template <std::floating_point T> T apply(op::sqrt, T x) {
    if constexpr (sizeof(T) == sizeof(float))
        return __builtin_sqrtf(x);
    else
        return __builtin_sqrt(x);
}
template <std::floating_point T> T apply(op::tanh, T x) {
    if constexpr (sizeof(T) == sizeof(float))
        return __builtin_tanhf(x);
    else
        return __builtin_tanh(x);
}
template <std::floating_point T> T apply(op::sin, T x) {
    if constexpr (sizeof(T) == sizeof(float))
        return __builtin_sinf(x);
    else
        return __builtin_sin(x);
}
template <std::floating_point T> T apply(op::cos, T x) {
    if constexpr (sizeof(T) == sizeof(float))
        return __builtin_cosf(x);
    else
        return __builtin_cos(x);
}
template <std::floating_point T> T apply(op::pow, T x, T y) {
    if constexpr (sizeof(T) == sizeof(float))
        return __builtin_powf(x, y);
    else
        return __builtin_pow(x, y);
}
template <std::floating_point T> T apply(op::rsqrt, T x) { return 1 / apply(op::sqrt{}, x); }
template <std::floating_point T> T apply(op::gelu, T x) {
    if constexpr (sizeof(T) == sizeof(float))
        return 0.5f * x * __builtin_erfcf(-0.70710678118654752440f * x);
    else
        return 0.5 * x * __builtin_erfc(-0.70710678118654752440 * x);
}
template <std::floating_point T> T apply(op::sigmoid, T x) {
    const T e = apply(op::exp{}, x < 0 ? x : -x);
    return (x < 0 ? e : 1) / (1 + e);
}
template <std::floating_point T> T apply(op::silu, T x) { return x * apply(op::sigmoid{}, x); }

template <class... I> constexpr float apply(op::uniform, extent seed, I... i) {
    const auto key = static_cast<std::uint64_t>(seed);
    return unit_interval(
        philox4x32({static_cast<std::uint32_t>(i)...},
                   {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)})[0]);
}

template <class A, class B> constexpr bool apply(op::less, A a, B b) {
    return static_cast<common<A, B>>(a) < static_cast<common<A, B>>(b);
}
template <class A, class B> constexpr bool apply(op::less_equal, A a, B b) {
    return static_cast<common<A, B>>(a) <= static_cast<common<A, B>>(b);
}
template <class A, class B> constexpr bool apply(op::greater, A a, B b) { return apply(op::less{}, b, a); }
template <class A, class B> constexpr bool apply(op::greater_equal, A a, B b) {
    return apply(op::less_equal{}, b, a);
}
template <class A, class B> constexpr bool apply(op::equal, A a, B b) {
    return static_cast<common<A, B>>(a) == static_cast<common<A, B>>(b);
}
template <class A, class B> constexpr bool apply(op::not_equal, A a, B b) {
    return !apply(op::equal{}, a, b);
}
constexpr bool apply(op::both, bool a, bool b) { return a && b; }
constexpr bool apply(op::either, bool a, bool b) { return a || b; }
constexpr bool apply(op::negation, bool a) { return !a; }
template <class A, class B> constexpr auto apply(op::where, bool condition, A a, B b) {
    using result = std::conditional_t<std::is_same_v<A, B>, A, common<A, B>>;
    return condition ? static_cast<result>(a) : static_cast<result>(b);
}

} // namespace heed::dsl::scalar
