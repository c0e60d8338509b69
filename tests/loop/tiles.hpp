// SPDX-License-Identifier: BSL-1.0
// For tests of scores that are no products of queries and keys: arrays, and the checks that a formula is one loop that
// stores nothing and is as close to the oracle as the unfused float computation is, on every instruction set.
#pragma once

#include <cmath>

#include <boost/test/unit_test.hpp>

#include "loop/by_hand.hpp"

namespace tiles {

using namespace by_hand;
template <extent N = dynamic> struct part : axis<N> {};
template <extent N = dynamic> struct group : axis<N> {};

// Irregular numbers in [-1, 1), however many.
template <class T, class... Axes>
tensor<T, Axes...> numbers(std::array<extent, sizeof...(Axes)> extents, unsigned seed) {
    auto t = tensor<T, Axes...>::with_extents(extents);
    for (auto& x : t) {
        seed = seed * 1664525u + 1013904223u;
        x = static_cast<T>(static_cast<float>(seed >> 8) / static_cast<float>(1 << 23) - 1);
    }
    return t;
}
template <class A, class B> double distance(const A& x, const B& exact) {
    double most = 0;
    for (extent i = 0; i < exact.size(); ++i) {
        const double a = static_cast<double>(x.data()[i]), b = static_cast<double>(exact.data()[i]);
        if (a == b || (std::isnan(a) && std::isnan(b))) continue;
        most = std::fabs(a - b) > most ? std::fabs(a - b) : std::isfinite(a - b) ? most : inf;
    }
    return most;
}
template <class E> void check_values(const E& e) {
    const tensor exact = evaluate(e, reference);
    const tensor unfused = reference_value<float>(e);
    double largest = 0;
    for (const double x : exact)
        if (std::isfinite(x)) largest = std::fmax(largest, std::fabs(x));
    const double allowed = std::fmax(2 * distance(unfused, exact), 0x1p-22 * largest);
    for (const instruction_set set : available_instruction_sets()) {
        const double off = distance(evaluate(e, instructions(set)), exact);
        BOOST_TEST(off <= allowed, to_string(set) << " is off by " << off << ", not " << allowed);
    }
}
template <class E> void check_one_loop(const E& e) {
    static_assert(plan_of<E>::loops == 1 && plan_of<E>::temporaries == 0);
    check_values(e);
}

// Values weighted by scores over the key axis.
template <class S, class V, class... Mask> auto attended(const S& scores, const V& v, const Mask&... mask) {
    return dot<key>(softmax<key>(scores, mask...), v);
}

struct arrays {
    tensor<float, head<>, query<>, feature<>> q;
    tensor<float, head<>, key<>, feature<>> k;
    tensor<float, head<>, key<>, value<>> v;
    tensor<float, feature<>> w;
    arrays(extent heads, extent queries, extent keys, extent features, extent values)
        : q(numbers<float, head<>, query<>, feature<>>({heads, queries, features}, 1)),
          k(numbers<float, head<>, key<>, feature<>>({heads, keys, features}, 2)),
          v(numbers<float, head<>, key<>, value<>>({heads, keys, values}, 3)),
          w(numbers<float, feature<>>({features}, 4)) {}
};
struct fixture : arrays {
    fixture() : arrays(3, 37, 301, 21, 19) {}
};

} // namespace tiles
