// SPDX-License-Identifier: BSL-1.0
// For tests of the oracle: axes, tensors of given elements, and a comparison that knows NaN and infinities.
#pragma once

#include <heed.hpp>
#include <heed/dsl/loop/reference.hpp>

#include <cmath>
#include <limits>

namespace by_hand {

using namespace heed;
using dsl::reference_value;

template <extent N = dynamic> struct batch : axis<N> {};
template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};
template <extent N = dynamic> struct offset : axis<N> {};

inline constexpr double inf = std::numeric_limits<double>::infinity();
inline constexpr double NaN = std::numeric_limits<double>::quiet_NaN();

// A tensor of given elements.
template <class T, class... Axes>
tensor<T, Axes...> of(std::array<extent, sizeof...(Axes)> extents, std::vector<T> x) {
    auto t = tensor<T, Axes...>::with_extents(extents);
    BOOST_REQUIRE_EQUAL(static_cast<std::size_t>(t.size()), x.size());
    for (std::size_t i = 0; i < x.size(); ++i) t.data()[i] = x[i];
    return t;
}
// Some irregular numbers in (-1, 1).
template <class T, class... Axes>
tensor<T, Axes...> some(std::array<extent, sizeof...(Axes)> extents, double seed) {
    auto t = tensor<T, Axes...>::with_extents(extents);
    for (auto& x : t) x = static_cast<T>(std::sin(seed += 1.7 + seed / 7));
    return t;
}
template <class E> std::vector<double> values(const E& e) {
    const auto t = reference_value(e);
    return {t.begin(), t.end()};
}
using list = std::vector<double>;

inline void expect(const list& x, const list& expected, double tolerance = 1e-15) {
    BOOST_REQUIRE_EQUAL(x.size(), expected.size());
    for (std::size_t i = 0; i < x.size(); ++i)
        BOOST_TEST((x[i] == expected[i] || (std::isnan(x[i]) && std::isnan(expected[i])) ||
                    std::fabs(x[i] - expected[i]) <= tolerance),
                   "element " << i << " is " << x[i] << ", not " << expected[i]);
}
} // namespace by_hand
