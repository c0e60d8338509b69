// SPDX-License-Identifier: BSL-1.0
// Element-wise arithmetic, functions and conditions. Operands broadcast by name; numbers broadcast everywhere. The
// result has the axes of the operand with more of them, in its order, behind axes that only the other one has.
#pragma once

#include <heed/dsl/expr/build.hpp>

namespace heed {

template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto operator+(A&& a, B&& b) {
    return dsl::make_map<dsl::op::add>(dsl::map_check<A, B>(), static_cast<A&&>(a), static_cast<B&&>(b));
}
template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto operator-(A&& a, B&& b) {
    return dsl::make_map<dsl::op::subtract>(dsl::map_check<A, B>(), static_cast<A&&>(a), static_cast<B&&>(b));
}
// Of two integer expressions: the quotient towards zero and its remainder; x / 0 and x % 0 are 0.
template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto operator/(A&& a, B&& b) {
    return dsl::make_map<dsl::op::divide>(dsl::map_check<A, B>(), static_cast<A&&>(a), static_cast<B&&>(b));
}
template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto operator%(A&& a, B&& b) {
    return dsl::make_map<dsl::op::remainder>(dsl::map_check<A, B>(), static_cast<A&&>(a),
                                             static_cast<B&&>(b));
}
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto operator-(X&& x) {
    return dsl::make_map<dsl::op::negate>(dsl::map_check<X>(), static_cast<X&&>(x));
}

// Comparisons give conditions; so do && || ! of conditions.
template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto operator<(A&& a, B&& b) {
    return dsl::make_map<dsl::op::less>(dsl::map_check<A, B>(), static_cast<A&&>(a), static_cast<B&&>(b));
}
template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto operator<=(A&& a, B&& b) {
    return dsl::make_map<dsl::op::less_equal>(dsl::map_check<A, B>(), static_cast<A&&>(a),
                                              static_cast<B&&>(b));
}
template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto operator>(A&& a, B&& b) {
    return dsl::make_map<dsl::op::greater>(dsl::map_check<A, B>(), static_cast<A&&>(a), static_cast<B&&>(b));
}
template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto operator>=(A&& a, B&& b) {
    return dsl::make_map<dsl::op::greater_equal>(dsl::map_check<A, B>(), static_cast<A&&>(a),
                                                 static_cast<B&&>(b));
}
template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto operator==(A&& a, B&& b) {
    return dsl::make_map<dsl::op::equal>(dsl::map_check<A, B>(), static_cast<A&&>(a), static_cast<B&&>(b));
}
template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto operator!=(A&& a, B&& b) {
    return dsl::make_map<dsl::op::not_equal>(dsl::map_check<A, B>(), static_cast<A&&>(a),
                                             static_cast<B&&>(b));
}
template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto operator&&(A&& a, B&& b) {
    return dsl::make_map<dsl::op::both>(dsl::logical_check<A, B>(), static_cast<A&&>(a), static_cast<B&&>(b));
}
template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto operator||(A&& a, B&& b) {
    return dsl::make_map<dsl::op::either>(dsl::logical_check<A, B>(), static_cast<A&&>(a),
                                          static_cast<B&&>(b));
}
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto operator!(X&& x) {
    return dsl::make_map<dsl::op::negation>(dsl::logical_check<X>(), static_cast<X&&>(x));
}

// a where the condition holds, b elsewhere.
template <dsl::operand C, dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<C>> || dsl::node<std::remove_cvref_t<A>> ||
             dsl::node<std::remove_cvref_t<B>>)
constexpr auto where(C&& condition, A&& a, B&& b) {
    return dsl::make_map<dsl::op::where>(dsl::where_check<C, A, B>(), static_cast<C&&>(condition),
                                         static_cast<A&&>(a), static_cast<B&&>(b));
}

template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto min(A&& a, B&& b) {
    return dsl::make_map<dsl::op::min>(dsl::map_check<A, B>(), static_cast<A&&>(a), static_cast<B&&>(b));
}
template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto max(A&& a, B&& b) {
    return dsl::make_map<dsl::op::max>(dsl::map_check<A, B>(), static_cast<A&&>(a), static_cast<B&&>(b));
}
template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto pow(A&& a, B&& b) {
    return dsl::make_map<dsl::op::pow>(dsl::map_check<A, B>(), static_cast<A&&>(a), static_cast<B&&>(b));
}
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto abs(X&& x) {
    return dsl::make_map<dsl::op::absolute>(dsl::map_check<X>(), static_cast<X&&>(x));
}
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto square(X&& x) {
    return dsl::make_map<dsl::op::square>(dsl::map_check<X>(), static_cast<X&&>(x));
}
// max(x, 0); NaN stays NaN.
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto relu(X&& x) {
    return dsl::make_map<dsl::op::relu>(dsl::map_check<X>(), static_cast<X&&>(x));
}
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto exp(X&& x) {
    return dsl::make_map<dsl::op::exp>(dsl::map_check<X>(), static_cast<X&&>(x));
}
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto log(X&& x) {
    return dsl::make_map<dsl::op::log>(dsl::map_check<X>(), static_cast<X&&>(x));
}
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto sqrt(X&& x) {
    return dsl::make_map<dsl::op::sqrt>(dsl::map_check<X>(), static_cast<X&&>(x));
}
// 1 / sqrt(x).
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto rsqrt(X&& x) {
    return dsl::make_map<dsl::op::rsqrt>(dsl::map_check<X>(), static_cast<X&&>(x));
}
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto tanh(X&& x) {
    return dsl::make_map<dsl::op::tanh>(dsl::map_check<X>(), static_cast<X&&>(x));
}
// x times the standard normal distribution function of x (the exact form, with erf).
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto gelu(X&& x) {
    return dsl::make_map<dsl::op::gelu>(dsl::map_check<X>(), static_cast<X&&>(x));
}
// x times sigmoid(x).
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto silu(X&& x) {
    return dsl::make_map<dsl::op::silu>(dsl::map_check<X>(), static_cast<X&&>(x));
}
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto sigmoid(X&& x) {
    return dsl::make_map<dsl::op::sigmoid>(dsl::map_check<X>(), static_cast<X&&>(x));
}
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto sin(X&& x) {
    return dsl::make_map<dsl::op::sin>(dsl::map_check<X>(), static_cast<X&&>(x));
}
template <dsl::operand X>
    requires dsl::node<std::remove_cvref_t<X>>
constexpr auto cos(X&& x) {
    return dsl::make_map<dsl::op::cos>(dsl::map_check<X>(), static_cast<X&&>(x));
}

} // namespace heed
