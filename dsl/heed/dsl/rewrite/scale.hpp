// SPDX-License-Identifier: BSL-1.0
// Scalar factors around a contraction become one number, which the loop multiplies into the query tile.
//   (a * b) / 8              -> (a * b) * 0.125
//   -(2 * ((a * b) / 8))     -> (a * b) * -0.25
// Factors around anything else stay where they are.
#pragma once

#include <heed/dsl/expr/traverse.hpp>

namespace heed::dsl {

template <class E> inline constexpr bool is_number = false;
template <> inline constexpr bool is_number<number<kind::real>> = true;
template <> inline constexpr bool is_number<number<kind::integer>> = true;

// Which child of a product with a number is not the number, -1 where E is no such product.
template <class E> inline constexpr int scaled_child = -1;
template <class A, class B>
inline constexpr int scaled_child<map<op::multiply, A, B>> = is_number<B>   ? 0
                                                             : is_number<A> ? 1
                                                                            : -1;
template <class A, class B> inline constexpr int scaled_child<map<op::divide, A, B>> = is_number<B> ? 0 : -1;
template <class A> inline constexpr int scaled_child<map<op::negate, A>> = 0;

// The contraction under nothing but scalar factors, and their product.
template <class E> constexpr bool scales_contraction() {
    if constexpr (what<E> == is::contraction)
        return true;
    else if constexpr (scaled_child<E> >= 0)
        return scales_contraction<child_t<scaled_child<E>, E>>();
    else
        return false;
}
template <class E> constexpr const auto& scaled_contraction(const E& e) {
    if constexpr (what<E> == is::contraction)
        return e;
    else
        return scaled_contraction(child<scaled_child<E>>(e));
}
template <class E> constexpr double scale_of(const E& e) {
    if constexpr (what<E> == is::contraction)
        return 1;
    else {
        const double inner = scale_of(child<scaled_child<E>>(e));
        if constexpr (children<E> == 1)
            return -inner;
        else {
            const double factor = static_cast<double>(child<1 - scaled_child<E>>(e).value);
            return same_type<typename E::operation, op::divide> ? inner / factor : inner * factor;
        }
    }
}

template <class E> constexpr auto fold_scales(const E& e) {
    if constexpr (what<E> != is::contraction && scales_contraction<E>()) {
        auto inner = transform_children(scaled_contraction(e), [](const auto& c) { return fold_scales(c); });
        return map<op::multiply, decltype(inner), number<kind::real>>(inner, number<kind::real>(scale_of(e)));
    } else if constexpr (children<E> == 0)
        return e;
    else
        return transform_children(e, [](const auto& c) { return fold_scales(c); });
}

} // namespace heed::dsl
