// SPDX-License-Identifier: BSL-1.0
// Products: A * B, dot<axes...>(A, B), and the element-wise hadamard(A, B).
#pragma once

#include <heed/dsl/expr/build.hpp>

namespace heed {

// The matrix product: sums over the last axis of A, which is the first of the last two axes of B. Axes that both have
// otherwise are batch axes, matched by name; axes that one has broadcast. With a number, or an expression of positions
// and numbers alone, it scales.
//   (head, query, feature) * (head, feature, key) -> (head, query, key)
template <dsl::operand A, dsl::operand B>
    requires(dsl::node<std::remove_cvref_t<A>> || dsl::node<std::remove_cvref_t<B>>)
constexpr auto operator*(A&& a, B&& b) {
    return dsl::make_product(dsl::product_check<A, B>(), static_cast<A&&>(a), static_cast<B&&>(b));
}

// The sum over the named axes of a times b; the result has the other axes of a, then those that only b has.
//   dot<model>((token, model), (model, head, feature)) -> (token, head, feature)
template <template <extent> class... Axes, dsl::operand A, dsl::operand B> constexpr auto dot(A&& a, B&& b) {
    using over = dsl::names<dsl::name<Axes>...>;
    return dsl::make_dot<over>(dsl::dot_check<A, B, over>(), static_cast<A&&>(a), static_cast<B&&>(b));
}

// The element-wise product, broadcasting by name.
template <dsl::operand A, dsl::operand B> constexpr auto hadamard(A&& a, B&& b) {
    return dsl::make_map<dsl::op::multiply>(dsl::map_check<A, B>(), static_cast<A&&>(a), static_cast<B&&>(b));
}

} // namespace heed
