// SPDX-License-Identifier: BSL-1.0
// What one loop can hold, and what must be computed before it. Maps, masks, positions, views and look-ups are inline:
// recomputed where they are used. A contraction of the scores is a tile of the loop, a sum over its keys a stream. What
// is left, a sum inside a sum or a product inside an operand, is staged: materialised once.
#pragma once

#include <heed/dsl/fuse/stream.hpp>

namespace heed::dsl {

struct staged_tag {};

template <class E, class Tuple> constexpr auto split(const E& e, const Tuple& out);

// A subtree that is staged is split itself, so that what it needs is moved out before it.
struct stages {
    using tag = staged_tag;
    template <class E, class Tuple> static constexpr auto prepare(const E& e, const Tuple& out) {
        return split(e, out);
    }
};
// Inside an operand: every sum is staged.
struct stage_sums : stages {
    template <class E>
    static constexpr bool takes =
        what<E> == is::contraction || what<E> == is::reduction || what<E> == is::view ||
        what<E> == is::scan || what<E> == is::outputs || is_row_function<E>;
    template <class> using inside = stage_sums;
};
// Inside a reduction that is a tile: what it reduces, also in several steps, is inline.
template <class Op> struct stage_below : stages {
    template <class E> static constexpr bool takes = stage_sums::takes<E> && !continues<Op, E>;
    template <class E> using inside = std::conditional_t<continues<Op, E>, stage_below, stage_sums>;
};
template <class E> struct stage_inside {
    using type = stage_sums;
};
template <class E>
    requires is_tile_reduction<E>
struct stage_inside<E> {
    using type = stage_below<typename E::operation>;
};
// Inside scores: a contraction is a tile of the loop, and so is a reduction of rows with keys; their operands are
// inline. But weights times values are a loop of their own, whose weights are never stored, and so is a product with a
// running state. What Space streams stays.
// Axes: how many the scores have, 0 where they are a result.
template <class Space, class Key, int Axes> struct stage_scores : stages {
    template <class E>
    static constexpr bool takes =
        stage_sums::takes<E> && !in_space<Space, E>() && !stays_in_scores<Key, Axes, E>() &&
        (what<E> != is::contraction || stream_traits<E>::has_values || scan_child<E> >= 0);
    template <class E>
    using inside = typename std::conditional_t<
        what<E> == is::contraction || what<E> == is::lookup || stays_in_scores<Key, Axes, E>(),
        stage_inside<E>,
        std::type_identity<
            std::conditional_t<is_row_function<E>, stage_scores<no_space, Key, Axes>, stage_scores>>>::type;
};
// Row functions that are in the loop become their formulas.
template <class E> constexpr auto open_rows(const E& e) {
    if constexpr (is_row_function<E>)
        return formula_of(e);
    else
        return transform_children(e, [](const auto& c) { return open_rows(c); });
}
struct stage_everything : stages {
    template <class> static constexpr bool takes = true;
    template <class> using inside = stage_everything;
};

// A whole formula: its views at the leaves, its scalars folded, its products in their order, its weights in their places.
template <class E> constexpr auto rewritten(const E& e) {
    auto leaves_first = push_views(e);
    return place_weights(reassociate(fold_scales(fix_corners(leaves_first, leaves_first, leaves_first))));
}

// Weights times values: the operands are split each in its own way.
template <class E, class Tuple> constexpr auto split_values(const E& e, const Tuple& out) {
    constexpr int w = weights_child<E> >= 0 ? weights_child<E> : function_child<E>;
    using traits = stream_traits<E>;
    using stage = stage_scores<no_space, typename traits::key, length_of<typename traits::visible>>;
    auto scores = extract<stage>(child<w>(e), out);
    auto values = extract<stage_sums>(child<1 - w>(e), scores.out);
    if constexpr (w == 0)
        return make_extracted(with_children(e, scores.tree, values.tree), values.out);
    else
        return make_extracted(with_children(e, values.tree, scores.tree), values.out);
}
// How often a subtree of type S occurs in a root, and how often where only element-wise operations are around it.
template <class S, class... C> constexpr int occurrences_in(names<C...>);
template <class S, class E> constexpr int occurrences() {
    if constexpr (std::is_same_v<S, E>)
        return 1;
    else if constexpr (children<E> == 0)
        return 0;
    else
        return occurrences_in<S>(typename children_of<E>::list{});
}
template <class S, class... C> constexpr int occurrences_in(names<C...>) {
    return (0 + ... + occurrences<S, C>());
}
template <class S, class... C> constexpr int outer_occurrences_in(names<C...>);
template <class S, class E> constexpr int outer_occurrences() {
    if constexpr (std::is_same_v<S, E>)
        return 1;
    else if constexpr (what<E> == is::map || what<E> == is::outputs)
        return outer_occurrences_in<S>(typename children_of<E>::list{});
    else
        return 0;
}
template <class S, class... C> constexpr int outer_occurrences_in(names<C...>) {
    return (0 + ... + outer_occurrences<S, C>());
}
// A stream that also something staged needs is staged for both.
template <class S, class Root>
inline constexpr bool is_read_again = occurrences<S, Root>() > outer_occurrences<S, Root>();

// From a root down to its streams. Scores of a loop that weighs values are seen once: nothing in them can wait for the
// end of the row.
template <class Space, class Root> struct split_epilogue {
    template <class E> using axes = nest_axes<Space, E>;
    template <class E>
    using scores = stage_scores<std::conditional_t<Space::has_values, no_space, Space>, typename axes<E>::key,
                                length_of<typename axes<E>::visible>>;
    template <class E, class Tuple> static constexpr auto of(const E& e, const Tuple& out) {
        if constexpr (what<E> != is::outputs && along_key<Space, E>) {
            auto parts =
                extract<stage_scores<Space, typename axes<E>::key,
                                     Space::is_loop ? length_of<typename axes<E>::visible> : 0>>(e, out);
            return make_extracted(open_rows(parts.tree), parts.out);
        } else if constexpr (in_space<Space, E>() && stream_traits<E>::has_values && !is_read_again<E, Root>)
            return split_values(e, out);
        else if constexpr (in_space<Space, E>() && !stream_traits<E>::has_values) {
            auto x = extract<scores<E>>(child<0>(e), out);
            auto c = extract<scores<E>>(child<1>(e), x.out);
            auto s = extract<stage_sums>(child<2>(e), c.out);
            return make_extracted(with_children(e, x.tree, c.tree, s.tree), s.out);
        } else if constexpr (what<E> == is::map || what<E> == is::outputs)
            return below(e, out);
        else
            return extract<stage_sums>(e, out);
    }

private:
    template <class E, class Tuple, class... Done>
    static constexpr auto below(const E& e, const Tuple& out, const Done&... done) {
        constexpr int next = static_cast<int>(sizeof...(Done));
        if constexpr (next == children<E>)
            return make_extracted(with_children(e, done...), out);
        else {
            auto one = of(child<next>(e), out);
            return below(e, one.out, done..., one.tree);
        }
    }
};

// A root with the subtrees that are staged moved out of it, each after those that it needs.
template <class E, class Tuple> constexpr auto split(const E& e, const Tuple& out) {
    using space = space_of<E>;
    if constexpr (is_scan_root<E>)
        return extract<stage_around_scan<stage_sums>>(e, out);
    else if constexpr (what<E> == is::view) {
        auto x = extract<stage_everything>(child<0>(e), out);
        return make_extracted(with_children(e, x.tree), x.out);
    } else
        return split_epilogue<space, E>::of(e, out);
}
template <class E> constexpr auto split(const E& e) { return split(e, hana::basic_tuple<>{}); }

} // namespace heed::dsl
