// SPDX-License-Identifier: BSL-1.0
// What one loop can hold, and what must be computed before it. Maps, masks, positions, views and look-ups are inline:
// recomputed where they are used. A contraction of the scores is a tile of the loop. What is left, a sum inside a sum
// or a normaliser under something else than its value product, is staged: materialised once.
#pragma once

#include <heed/dsl/fuse/extent.hpp>
#include <heed/dsl/rewrite/scale.hpp>
#include <heed/dsl/rewrite/views.hpp>
#include <heed/dsl/rewrite/weights.hpp>

namespace heed::dsl {

// Which operand of a contraction is a normaliser along the one axis that is summed over: 0, 1, or -1.
template <class E> inline constexpr int weights_child = -1;
template <class Over, class Shape, class A, class B>
    requires(length_of<Over> == 1)
inline constexpr int weights_child<contraction<Over, Shape, A, B>> = [] {
    if constexpr (what<A> == is::normaliser)
        if constexpr (same_type<typename A::over_t, Over>) return 0;
    if constexpr (what<B> == is::normaliser)
        if constexpr (same_type<typename B::over_t, Over>) return 1;
    return -1;
}();

// Which operand of a contraction is a function of a product along the one axis that is summed over, such as the
// sigmoid(q * transpose(k)) of sigmoid(q * transpose(k)) * v: 0, 1, or -1. Its elements are weights as they are.
template <class Key> struct is_product_along {
    template <class E> static constexpr bool tile() {
        if constexpr (what<E> == is::contraction)
            return weights_child<E> < 0 &&
                   has<Key, shape_of<child_t<0, E>>> != has<Key, shape_of<child_t<1, E>>>;
        else
            return false;
    }
    template <class E> static constexpr bool holds = tile<E>();
};
template <class Key, class E> constexpr bool is_function_of_product() {
    if constexpr (what<E> != is::map)
        return false;
    else
        return !scales_contraction<E>() && has<Key, shape_of<E>> && occurs<is_product_along<Key>, E>();
}
template <class E> inline constexpr int function_child = -1;
template <class Key, class Shape, class A, class B>
inline constexpr int function_child<contraction<names<Key>, Shape, A, B>> =
    weights_child<contraction<names<Key>, Shape, A, B>> >= 0 ? -1
    : is_function_of_product<Key, A>()                       ? 0
    : is_function_of_product<Key, B>()                       ? 1
                                                             : -1;

struct staged_tag {};

// Inside an operand: every sum is staged.
struct stage_sums {
    using tag = staged_tag;
    template <class E>
    static constexpr bool takes = what<E> == is::contraction || what<E> == is::reduction ||
                                  what<E> == is::normaliser || what<E> == is::view || what<E> == is::outputs;
    template <class> using inside = stage_sums;
};
// Inside scores: a contraction is a tile of the loop; its operands are inline. But weights times values are a loop of
// their own, whose weights are never stored.
struct stage_scores {
    using tag = staged_tag;
    template <class E>
    static constexpr bool takes = stage_sums::takes<E> && (what<E> != is::contraction ||
                                                           weights_child<E> >= 0 || function_child<E> >= 0);
    template <class E>
    using inside =
        std::conditional_t<what<E> == is::contraction || what<E> == is::lookup, stage_sums, stage_scores>;
};
struct stage_everything {
    using tag = staged_tag;
    template <class> static constexpr bool takes = true;
    template <class> using inside = stage_everything;
};

// A whole formula, its views at the leaves and its scalars folded.
template <class E> constexpr auto rewritten(const E& e) {
    auto leaves_first = push_views(e);
    return fold_scales(fix_corners(leaves_first, leaves_first, leaves_first));
}

// A root with the subtrees that are staged moved out of it.
template <class E> constexpr auto split(const E& e) {
    const hana::basic_tuple<> none{};
    if constexpr (what<E> == is::normaliser)
        return split(expand_weights(e));
    else if constexpr (what<E> == is::view) {
        auto x = extract<stage_everything>(child<0>(e), none);
        return make_extracted(with_children(e, x.tree), x.out);
    } else if constexpr (weights_child<E> >= 0) {
        const auto& w = child<weights_child<E>>(e);
        auto x = extract<stage_scores>(child<0>(w), none);
        auto c = extract<stage_scores>(child<1>(w), x.out);
        auto s = extract<stage_sums>(child<2>(w), c.out);
        auto v = extract<stage_sums>(child<1 - weights_child<E>>(e), s.out);
        auto weights = with_children(w, x.tree, c.tree, s.tree);
        return make_extracted(
            contraction<typename E::over_t, shape_of<E>, decltype(weights), decltype(v.tree)>(weights,
                                                                                              v.tree),
            v.out);
    } else if constexpr (function_child<E> >= 0) {
        auto x = extract<stage_scores>(child<function_child<E>>(e), none);
        auto v = extract<stage_sums>(child<1 - function_child<E>>(e), x.out);
        return make_extracted(
            contraction<typename E::over_t, shape_of<E>, decltype(x.tree), decltype(v.tree)>(x.tree, v.tree),
            v.out);
    } else if constexpr (what<E> == is::reduction) {
        auto x = extract<stage_scores>(child<0>(e), none);
        auto c = extract<stage_scores>(child<1>(e), x.out);
        auto s = extract<stage_sums>(child<2>(e), c.out);
        return make_extracted(with_children(e, x.tree, c.tree, s.tree), s.out);
    } else
        return extract<stage_scores>(e, none);
}

} // namespace heed::dsl
