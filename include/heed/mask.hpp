// SPDX-License-Identifier: BSL-1.0
// Masks: which keys a row of scores may see. They are arguments of a normaliser, `softmax(scores, causal)`; several are
// all obeyed. `keep(condition)` and `drop(condition)` take any condition; the others are conditions with a name.
// "key" is the axis that is normalised, "query" the last axis of the scores that is not.
#pragma once

#include <heed/axis.hpp>
#include <heed/math.hpp>

namespace heed::dsl {

// What every mask derives from; condition<Key, Query>() gives the condition under which a key is kept, and
// check<Scores, Key, Query>() says what is wrong with asking for it. Query is void where the scores have none.
struct mask_argument {
    template <class Scores, class Key, class Query> static constexpr auto check() {
        return verdict<error::none>{};
    }
};

template <class C> struct kept : mask_argument {
    C expression;
    constexpr explicit kept(C c) : expression(static_cast<C&&>(c)) {}
    template <class Key, class Query> constexpr C condition() const { return expression; }
};

template <class C> using condition_check = typename decltype(condition_verdict<node_t<C>>())::type;
template <bool Negated, class Check, class C> constexpr auto make_kept(Check, C&& condition) {
    if constexpr (!is_fine<Check>)
        return kept<reported>(reported{});
    else if constexpr (Negated) {
        using negated = map<op::negation, node_t<C>>;
        return kept<negated>(negated(as_node(static_cast<C&&>(condition))));
    } else
        return kept<node_t<C>>(as_node(static_cast<C&&>(condition)));
}

// The last key that a query sees, in positions of the key axis.
template <corner C, class Key, class Query> constexpr auto diagonal() {
    return position_of<Query>{} + corner_offset<Key, Query, C>{};
}

// A mask that compares keys with queries: with corner::same, both must have one extent.
template <corner C> struct corner_argument : mask_argument {
    template <class Scores, class Key, class Query> static constexpr auto check() {
        if constexpr (std::is_void_v<Query>)
            return verdict<error::no_query_axis<Scores>>{};
        else {
            using key = at<Scores, place_of<Key, Scores>>;
            using query = at<Scores, place_of<Query, Scores>>;
            constexpr bool known = key::static_extent != dynamic && query::static_extent != dynamic;
            if constexpr (C == corner::same && known && key::static_extent != query::static_extent)
                return verdict<error::corner_missing<query, key>>{};
            else
                return verdict<error::none>{};
        }
    }
};
template <corner C> struct causal_corner : corner_argument<C> {
    template <class Key, class Query> constexpr auto condition() const {
        return position_of<Key>{} <= diagonal<C, Key, Query>();
    }
};
template <corner C, class W> struct window_corner : corner_argument<C> {
    W width;
    constexpr explicit window_corner(W w) : width(w) {}
    template <class Key, class Query> constexpr auto condition() const {
        return position_of<Key>{} <= diagonal<C, Key, Query>() &&
               position_of<Key>{} > diagonal<C, Key, Query>() - copied(width);
    }
};
template <corner C, class N> struct prefix_corner : corner_argument<C> {
    N length;
    constexpr explicit prefix_corner(N n) : length(n) {}
    template <class Key, class Query> constexpr auto condition() const {
        return position_of<Key>{} < copied(length) || position_of<Key>{} <= diagonal<C, Key, Query>();
    }
};
template <class L> struct padding_of : mask_argument {
    L lengths;
    constexpr explicit padding_of(L l) : lengths(static_cast<L&&>(l)) {}
    template <class Key, class Query> constexpr auto condition() const {
        return position_of<Key>{} < copied(lengths);
    }
};
template <class S> struct same_segment : mask_argument {
    S segment;
    constexpr explicit same_segment(S s) : segment(static_cast<S&&>(s)) {}
    template <class Scores, class Key, class Query> static constexpr auto check() {
        using shape = shape_of<S>;
        if constexpr (any_reported<S>)
            return verdict<error::earlier>{};
        else if constexpr (shape::rank == 0)
            return verdict<error::segment_of_scalar<S>>{};
        else if constexpr (std::is_void_v<Query>)
            return verdict<error::no_query_axis<Scores>>{};
        else {
            using last = name_of<last_axis<shape>>;
            return first_mistake(relabel_verdict<S, last, Key>(), relabel_verdict<S, last, Query>());
        }
    }
    template <class To> constexpr auto along() const {
        using last = name_of<last_axis<shape_of<S>>>;
        if constexpr (same_type<last, To>)
            return segment;
        else
            return viewed<renamed<last, To>, S>({}, segment);
    }
    template <class Key, class Query> constexpr auto condition() const {
        return along<Query>() == along<Key>();
    }
};

// A mask with corners: itself where query and key have one extent, else .top_left or .bottom_right.
struct causal_mask : causal_corner<corner::same> {
    static constexpr causal_corner<corner::top_left> top_left{};
    static constexpr causal_corner<corner::bottom_right> bottom_right{};
};
template <template <corner, class> class Mask, class W> struct cornered : Mask<corner::same, W> {
    Mask<corner::top_left, W> top_left;
    Mask<corner::bottom_right, W> bottom_right;
    constexpr explicit cornered(W w) : Mask<corner::same, W>(w), top_left(w), bottom_right(w) {}
};

} // namespace heed::dsl

namespace heed {

// Keeps the keys where the condition holds; drops them where it holds.
template <dsl::operand C> constexpr auto keep(C&& condition) {
    return dsl::make_kept<false>(dsl::condition_check<C>(), static_cast<C&&>(condition));
}
template <dsl::operand C> constexpr auto drop(C&& condition) {
    return dsl::make_kept<true>(dsl::condition_check<C>(), static_cast<C&&>(condition));
}

// key <= query. Where the extents differ say which corner the diagonal starts from: causal.top_left, or
// causal.bottom_right (key <= query + keys - queries, as when the queries are the last of the keys).
inline constexpr dsl::causal_mask causal{};

// The last w keys up to the query itself: query - w < key <= query. Corners as of causal.
template <dsl::operand W> constexpr auto window(W&& w) {
    return dsl::cornered<dsl::window_corner, dsl::node_t<W>>(dsl::as_node(static_cast<W&&>(w)));
}
// The first n keys for every query, further ones causally: key < n or key <= query. Corners as of causal.
template <dsl::operand N> constexpr auto prefix(N&& n) {
    return dsl::cornered<dsl::prefix_corner, dsl::node_t<N>>(dsl::as_node(static_cast<N&&>(n)));
}
// key < lengths, where lengths has any axes of the scores but key and query: (batch).
template <dsl::operand L> constexpr auto padding(L&& lengths) {
    return dsl::padding_of<dsl::node_t<L>>(dsl::as_node(static_cast<L&&>(lengths)));
}
// The query's segment id equals the key's; the last axis of segment stands for both: (batch, query) or (batch, key).
template <dsl::operand S> constexpr auto same(S&& segment) {
    return dsl::same_segment<dsl::node_t<S>>(dsl::as_node(static_cast<S&&>(segment)));
}

} // namespace heed
