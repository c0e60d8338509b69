// SPDX-License-Identifier: BSL-1.0
// A number of the plain program: its value in double, and a bound on what rounding may do to it elsewhere.
//
// `error` counts unit roundoffs (2^-24 in float, 2^-53 in double) to first order: every operation adds what it inherits
// from its operands and what it rounds itself. A sum of n terms t is given (2 + n / 4) * sum |t|: with the factor of
// two that the comparison adds, what n equal terms lose that are added one by one, the worst that was met. Functions
// get the few roundoffs that heed promises for them and what scaling their argument costs. So the bound follows the
// sums that were really formed: it is tight for short sums of small terms and loose where terms cancel or scores are
// large, as the computation itself is.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <initializer_list>

#include <heed/axis.hpp>
#include <heed/dsl/loop/philox.hpp>

namespace laws {

using heed::extent;

struct real {
    double value = 0, error = 0;
    real() = default;
    real(double v, double e) : value(v), error(e) {}
    // Tensors are exact; a number may still be rounded to float.
    real(std::floating_point auto v) : value(static_cast<double>(v)), error(std::abs(value)) {}
    real(extent v) : value(static_cast<double>(v)) {}
    real(int v) : value(v) {}
};
inline real exact(double v) { return {v, 0}; }
inline real rounded(double v, double inherited) { return {v, inherited + std::abs(v)}; }

} // namespace laws

// The operations of formulas, one element at a time, in the order in which they are written.
namespace laws::plain {

template <class A, class B>
concept whole = std::integral<A> && std::integral<B>;

template <class A, class B> auto add(A a, B b) {
    if constexpr (whole<A, B>)
        return extent{a} + extent{b};
    else {
        const real x = a, y = b;
        return rounded(x.value + y.value, x.error + y.error);
    }
}
template <class A> auto negate(A a) {
    if constexpr (std::integral<A>)
        return -extent{a};
    else
        return real(-a.value, a.error);
}
template <class A, class B> auto subtract(A a, B b) {
    if constexpr (whole<A, B>)
        return extent{a} - extent{b};
    else
        return add(real(a), negate(real(b)));
}
template <class A, class B> auto multiply(A a, B b) {
    if constexpr (whole<A, B>)
        return extent{a} * extent{b};
    else {
        const real x = a, y = b;
        return rounded(x.value * y.value, std::abs(x.value) * y.error + std::abs(y.value) * x.error);
    }
}
template <class A, class B> auto divide(A a, B b) {
    if constexpr (whole<A, B>)
        return b == 0 ? extent{0} : extent{a} / extent{b};
    else {
        const real x = a, y = b;
        const double q = x.value / y.value;
        return rounded(q, (x.error + std::abs(q) * y.error) / std::abs(y.value));
    }
}
inline extent remainder(extent a, extent b) { return b == 0 ? 0 : a % b; }

inline double value_of(real x) { return x.value; }
inline extent value_of(extent x) { return x; }
template <class A, class B> auto min(A a, B b) {
    if constexpr (whole<A, B>)
        return std::min(extent{a}, extent{b});
    else
        return real(std::min(real(a).value, real(b).value), std::max(real(a).error, real(b).error));
}
template <class A, class B> auto max(A a, B b) {
    if constexpr (whole<A, B>)
        return std::max(extent{a}, extent{b});
    else
        return real(std::max(real(a).value, real(b).value), std::max(real(a).error, real(b).error));
}
inline extent abs(extent a) { return a < 0 ? -a : a; }
inline real abs(real a) { return {std::abs(a.value), a.error}; }
inline real relu(real a) {
    if (std::isinf(a.value) && a.value < 0) return {};
    return {std::max(a.value, 0.), a.error};
}
inline real square(real a) { return multiply(a, a); }

inline real exp(real a) {
    const double y = std::exp(a.value);
    if (y == 0) return {};
    return {y, y * (a.error + std::abs(a.value) + 4)};
}
inline real log(real a) {
    const double y = std::log(a.value);
    return {y, a.error / a.value + 4 * std::abs(y) + 1};
}
inline real sqrt(real a) {
    const double y = std::sqrt(a.value);
    return {y, y * (a.error / (2 * a.value) + 2)};
}
inline real rsqrt(real a) {
    const double y = 1 / std::sqrt(a.value);
    return {y, y * (a.error / (2 * a.value) + 4)};
}
inline real tanh(real a) {
    const double y = std::tanh(a.value);
    return {y, (std::isinf(a.value) ? 0 : a.error * (1 - y * y)) + 8 * std::abs(y)};
}
inline real sigmoid(real a) {
    const double y = 1 / (1 + std::exp(-a.value));
    if (y == 0) return {};
    return {y, y * (a.error + std::abs(a.value) + 8)};
}
inline real silu(real a) { return multiply(a, sigmoid(a)); }
// 1 + erf(x) cancels for negative x; what is lost is a roundoff of x.
inline real gelu(real a) {
    const double y = a.value * std::erfc(-a.value * std::sqrt(0.5)) / 2;
    return {y, 1.2 * a.error + 8 * std::abs(y) + 4 * std::abs(a.value)};
}
inline real sin(real a) { return {std::sin(a.value), a.error + std::abs(a.value) + 4}; }
inline real cos(real a) { return {std::cos(a.value), a.error + std::abs(a.value) + 4}; }
inline real pow(real a, real b) {
    const double y = std::pow(a.value, b.value), l = std::abs(std::log(a.value));
    return {y, y * (std::abs(b.value) * a.error / a.value + l * b.error + 8 * std::abs(b.value) * l + 8)};
}

// Roundoffs of a sum of n terms, relative to the sum of their magnitudes.
inline double of_summing(double n) { return 2 + n / 4; }
template <class F> real sum(extent n, F term) {
    double total = 0, inherited = 0, magnitude = 0;
    for (extent j = 0; j < n; ++j) {
        const real t = term(j);
        total += t.value;
        inherited += t.error;
        magnitude += std::abs(t.value);
    }
    return {total, inherited + of_summing(static_cast<double>(n)) * magnitude};
}

// tests/loop/random.cpp has the words of Philox by its authors.
inline double uniform(std::uint32_t seed, std::initializer_list<extent> at) {
    heed::dsl::philox_words counter{};
    std::size_t j = 0;
    for (const extent i : at) counter[j++] = static_cast<std::uint32_t>(i);
    return heed::dsl::philox4x32(counter, {seed, 0})[0] / 256 * 0x1p-24;
}

} // namespace laws::plain
