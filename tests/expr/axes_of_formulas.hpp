// SPDX-License-Identifier: BSL-1.0
// The axes and tensors that the tables of shapes share. Only types: nothing here is evaluated.
#pragma once

#include <heed.hpp>
#include <heed/concepts.hpp>

namespace heed_tests {

template <heed::extent N = heed::dynamic> struct batch : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct head : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct group : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct query : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct key : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct feature : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct value : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct model : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct token : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct offset : heed::axis<N> {};

// A tensor of float (of int, of bool) as an operand that is read in place.
template <class... Axes> using floats = heed::tensor<float, Axes...>&;
template <class... Axes> using ints = heed::tensor<int, Axes...>&;
template <class... Axes> using bools = heed::tensor<bool, Axes...>&;

template <template <heed::extent> class A>
using position_t = const heed::dsl::position_of<heed::dsl::name<A>>&;

// Whether an expression has these axes, in this order.
template <class E, class... Axes>
inline constexpr bool has_axes =
    heed::dsl::same_type<typename std::remove_cvref_t<E>::shape_t, heed::dsl::axes<Axes...>>;

template <class A, class B> using product = decltype(std::declval<A>() * std::declval<B>());
template <class A, class B> using sum_of = decltype(std::declval<A>() + std::declval<B>());
template <class A, class B, template <heed::extent> class... Axes>
using dotted = decltype(heed::dot<Axes...>(std::declval<A>(), std::declval<B>()));

} // namespace heed_tests
