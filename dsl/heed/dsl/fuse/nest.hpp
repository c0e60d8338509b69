// SPDX-License-Identifier: BSL-1.0
// One loop nest as a type: what it computes (its job), the tree evaluated per score, the contractions that are tiles of
// it, and the role of every axis.
//   batch    axes of the scores that keys or values have too: one work item each
//   rows     axes of the scores that neither keys nor values have: a tile of them shares packed keys
//   key      the streamed axis, along the lanes of a vector
//   over     the axes that a tile's contraction sums
//   columns  axes that only the values have
#pragma once

#include <heed/dsl/fuse/split.hpp>

namespace heed::dsl {

struct slot_tag {};

// A contraction computed tile by tile: sum over Over of factor * query * key, where only `key` has the key axis.
template <class Over, class Q, class K> struct slot {
    using over_t = Over;
    Q query;
    K key;
    double factor;
};
template <class Key, class E> inline constexpr bool is_tile = false;
template <class Key, class Over, class Shape, class A, class B>
inline constexpr bool is_tile<Key, contraction<Over, Shape, A, B>> =
    has<Key, shape_of<A>> != has<Key, shape_of<B>>;
template <class Key, class C>
inline constexpr bool is_tile<Key, map<op::multiply, C, number<kind::real>>> = is_tile<Key, C>;

template <class Key> struct take_tiles {
    using tag = slot_tag;
    template <class E> static constexpr bool takes = is_tile<Key, E>;
    template <class> using inside = take_tiles;
};
template <class Key, class E> constexpr auto make_slot(const E& e, double factor) {
    if constexpr (what<E> == is::map)
        return make_slot<Key>(child<0>(e), child<1>(e).value);
    else {
        constexpr int k = has<Key, shape_of<child_t<0, E>>> ? 0 : 1;
        return slot<typename E::over_t, child_t<1 - k, E>, child_t<k, E>>{child<1 - k>(e), child<k>(e),
                                                                          factor};
    }
}
template <class Key, class... C> constexpr auto make_slots(const hana::basic_tuple<C...>& out) {
    return hana::unpack(out, [](const auto&... c) {
        return hana::basic_tuple<decltype(make_slot<Key>(c, 1.0))...>(make_slot<Key>(c, 1.0)...);
    });
}

// Jobs: what becomes of a strip of scores.
struct store_job {};                      // each is a result
template <class Op> struct reduce_job {}; // their sum, mean, maximum or minimum per row is
template <bool Values, bool Logsumexp> struct softmax_job {}; // weights times values, logsumexp, or both
struct weigh_job {};                                          // the scores themselves times values

template <class Slots> struct key_side_names;
template <> struct key_side_names<hana::basic_tuple<>> {
    using type = names<>;
};
template <class Over, class Q, class K, class... Rest>
struct key_side_names<hana::basic_tuple<slot<Over, Q, K>, Rest...>> {
    using type = united<names_in<without<shape_of<K>, Over>>,
                        typename key_side_names<hana::basic_tuple<Rest...>>::type>;
};

template <class Job, class Visible, class Key, class Chain, class Condition, class Sink, class Slots,
          class Value>
struct nest {
    using job_t = Job;
    using key_t = Key;
    using chain_t = Chain;
    using condition_t = Condition;
    using sink_t = Sink;
    using slots_t = Slots;
    using value_t = Value;
    using score_names = without<Visible, names<Key>>;
    using value_names = names_in<shape_of<Value>>;
    using rows = without<without<score_names, value_names>, typename key_side_names<Slots>::type>;
    using batch = without<score_names, rows>;
    using columns = without<without<value_names, score_names>, names<Key>>;
    // The place of an axis in the coordinates of the loop: batch, rows, key.
    using visible = concat<concat<batch, rows>, names<Key>>;
    static constexpr bool masked = !std::is_same_v<Condition, everything>;
    static constexpr bool has_sink = !std::is_same_v<Sink, nothing>;

    Chain chain;
    Condition condition;
    Sink sink;
    Slots slots;
    Value value;

    // The extent of an axis of the scores, or of the values.
    template <class Name> constexpr extent score_extent() const {
        const extent n = extent_among<Name>(chain, condition, sink);
        return n >= 0 ? n : hana::unpack(slots, [&](const auto&... s) {
            extent m = -1;
            ((m = m >= 0 ? m : extent_among<Name>(s.key, s.query)), ...);
            return m >= 0 ? m : find_extent<Name>(value);
        });
    }
    template <class Name> constexpr extent column_extent() const { return find_extent<Name>(value); }
};

template <class Job, class Visible, class Key, class X, class C, class S, class V>
constexpr auto make_nest(const X& x, const C& condition, const S& sink, const V& value) {
    auto chain = extract<take_tiles<Key>>(x, hana::basic_tuple<>{});
    auto mask = extract<take_tiles<Key>>(condition, chain.out);
    auto slots = make_slots<Key>(mask.out);
    return nest<Job, Visible, Key, decltype(chain.tree), decltype(mask.tree), S, decltype(slots), V>{
        chain.tree, mask.tree, sink, slots, value};
}

template <class Op> struct reduction_job {
    using type = reduce_job<Op>;
};
template <> struct reduction_job<logsumexp_of> {
    using type = softmax_job<false, true>;
};
template <class Over> using only_name = at<Over, 0>;

// The key axis of a nest whose result is a single number.
struct no_axis {};

// The axis along the lanes where nothing is normalised: the last one that has an order.
template <class E> struct lane_axis {
    using ordered = names_in<typename form_of<E>::ordered_t>;
    template <class List, bool Empty> struct last {
        using type = at<List, length_of<List> - 1>;
    };
    template <class List> struct last<List, true> {
        using type = no_axis;
    };
    using type = typename last<std::conditional_t<length_of<ordered> == 0, names_in<shape_of<E>>, ordered>,
                               rank_of<E> == 0>::type;
};

// The nest of a root from which nothing is left to stage. Extra asks an attention for its logsumexp as well.
template <bool Extra = false, class E> constexpr auto make_nest(const E& e) {
    if constexpr (weights_child<E> >= 0) {
        const auto& w = child<weights_child<E>>(e);
        using W = std::remove_cvref_t<decltype(w)>;
        return make_nest<softmax_job<true, Extra>, names_in<shape_of<W>>, only_name<typename W::over_t>>(
            child<0>(w), child<1>(w), child<2>(w), child<1 - weights_child<E>>(e));
    } else if constexpr (function_child<E> >= 0) {
        const auto& x = child<function_child<E>>(e);
        return make_nest<weigh_job, names_in<shape_of<std::remove_cvref_t<decltype(x)>>>,
                         only_name<typename E::over_t>>(x, everything{}, nothing{},
                                                        child<1 - function_child<E>>(e));
    } else if constexpr (what<E> == is::reduction)
        return make_nest<typename reduction_job<typename E::operation>::type,
                         names_in<shape_of<child_t<0, E>>>, only_name<typename E::over_t>>(
            child<0>(e), child<1>(e), child<2>(e), nothing{});
    else
        return make_nest<store_job, names_in<shape_of<E>>, typename lane_axis<E>::type>(e, everything{},
                                                                                        nothing{}, nothing{});
}

} // namespace heed::dsl
