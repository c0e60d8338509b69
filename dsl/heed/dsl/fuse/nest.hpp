// SPDX-License-Identifier: BSL-1.0
// One loop nest as a type: the contractions that are tiles of it, the streams carried along it, its results, and the role
// of every axis.
//   batch    axes of the scores that keys or values have too: one work item each
//   rows     axes of the scores that neither keys nor values have: a tile of them shares packed keys
//   key      the streamed axis, along the lanes of a vector
//   over     the axes that a tile's contraction sums
//   columns  axes that only the values have
#pragma once

#include <heed/dsl/fuse/collect.hpp>
#include <heed/dsl/fuse/scan_nest.hpp>
#include <heed/dsl/fuse/split.hpp>

namespace heed::dsl {

struct slot_tag {};
struct stream_tag {};    // what a stream comes to: a number, or a vector over the columns
struct logsumexp_tag {}; // of a softmax stream

template <class Key, class... C> constexpr auto make_slots(const hana::basic_tuple<C...>& out) {
    return hana::unpack(out, [](const auto&... c) {
        return hana::basic_tuple<decltype(make_slot<Key>(c))...>(make_slot<Key>(c)...);
    });
}

// Reductions are streams too.
template <class Op> struct reduction_kind {};

// What is carried along the loop for each row. Kind is that of a normaliser, or reduction_kind<Op>: the values (1 where there
// are none) times gain and weight of the scores in Chain where Condition holds, or the reduction of these scores.
template <class Kind, class Chain, class Condition, class Sink, class Gain, class Value> struct stream {
    using kind_t = Kind;
    using chain_t = Chain;
    using condition_t = Condition;
    using sink_t = Sink;
    using gain_t = Gain;
    using value_t = Value;
    static constexpr bool masked = !std::is_same_v<Condition, everything>,
                          has_sink = !std::is_same_v<Sink, nothing>,
                          has_gain = !std::is_same_v<Gain, nothing>,
                          has_value = !std::is_same_v<Value, nothing>;
    Chain chain;
    Condition condition;
    Sink sink;
    Gain gain;
    Value value;
};
template <class K, class X, class C, class S, class G, class V>
constexpr bool same_values(const stream<K, X, C, S, G, V>& a, const stream<K, X, C, S, G, V>& b) {
    return same_values(a.chain, b.chain) && same_values(a.condition, b.condition) &&
           same_values(a.sink, b.sink) && same_values(a.gain, b.gain) && same_values(a.value, b.value);
}
template <class Kind, class X, class C, class S, class G, class V>
constexpr auto make_stream(const X& x, const C& c, const S& s, const G& g, const V& v) {
    return stream<Kind, X, C, S, G, V>{x, c, s, g, v};
}

template <class Slots> struct key_side_names;
template <> struct key_side_names<hana::basic_tuple<>> {
    using type = names<>;
};
template <class Slot, class... Rest> struct key_side_names<hana::basic_tuple<Slot, Rest...>> {
    using type =
        united<typename sides_of<Slot>::key_axes, typename key_side_names<hana::basic_tuple<Rest...>>::type>;
};
template <class Streams> struct value_side_names;
template <> struct value_side_names<hana::basic_tuple<>> {
    using type = names<>;
};
template <class First, class... Rest> struct value_side_names<hana::basic_tuple<First, Rest...>> {
    using type = united<names_in<shape_of<typename First::value_t>>,
                        typename value_side_names<hana::basic_tuple<Rest...>>::type>;
};
// The pass over a row in which a tree can be computed: after those of the streams it needs.
template <class Streams, class E> constexpr int pass_of();
template <class Streams, class... C> constexpr int pass_among(names<C...>) {
    int pass = 0;
    ((pass = pass_of<Streams, C>() > pass ? pass_of<Streams, C>() : pass), ...);
    return pass;
}
template <class Stream>
using parts_of_stream =
    names<typename Stream::chain_t, typename Stream::condition_t, typename Stream::gain_t>;
template <class Streams, int I>
using stream_at = std::remove_cvref_t<decltype(hana::at_c<I>(std::declval<const Streams&>()))>;
template <class Streams, class E> constexpr int pass_of() {
    if constexpr (requires { typename E::tag_t; }) {
        if constexpr (same_type<typename E::tag_t, slot_tag>)
            return 0;
        else
            return 1 + pass_among<Streams>(parts_of_stream<stream_at<Streams, E::index>>{});
    } else if constexpr (children<E> == 0)
        return 0;
    else
        return pass_among<Streams>(typename children_of<E>::list{});
}

// Results is a tuple of trees: along the key, or of what the streams come to.
template <class Visible, class Key, class Slots, class Streams, class Results> struct nest {
    using key_t = Key;
    using slots_t = Slots;
    using streams_t = Streams;
    using results_t = Results;
    using score_names = without<Visible, names<Key>>;
    using value_names = typename value_side_names<Streams>::type;
    using rows = without<without<score_names, value_names>, typename key_side_names<Slots>::type>;
    using batch = without<score_names, rows>;
    using columns = without<without<value_names, score_names>, names<Key>>;
    // The place of an axis in the coordinates of the loop: batch, rows, key.
    using visible = concat<concat<batch, rows>, names<Key>>;

    Slots slots;
    Streams streams;
    Results results;
    // Whether what was taken to be the same for its type is: see make_nest.
    bool agrees = true;

    // The extent of an axis of the scores, or of the values.
    template <class Name> constexpr extent score_extent() const {
        extent n = -1;
        hana::unpack(streams, [&](const auto&... s) {
            ((n = n >= 0 ? n : extent_among<Name>(s.chain, s.condition, s.sink, s.gain)), ...);
        });
        hana::unpack(results, [&](const auto&... r) { ((n = n >= 0 ? n : find_extent<Name>(r)), ...); });
        hana::unpack(slots, [&](const auto&... s) { ((n = n >= 0 ? n : slot_extent<Name>(s)), ...); });
        return n >= 0 ? n : column_extent<Name>();
    }
    template <class Name> constexpr extent column_extent() const {
        extent n = -1;
        hana::unpack(streams,
                     [&](const auto&... s) { ((n = n >= 0 ? n : find_extent<Name>(s.value)), ...); });
        return n;
    }
};

// Tiles out of a tree.
template <class Key> struct take_tiles {
    template <class E, class To> static constexpr auto take(const E& e, const To& to) {
        if constexpr (is_tile<Key, E>())
            return taken_as<slot_tag, form_of<E>, kind::real>(to, e);
        else
            return take_children<take_tiles>(e, to);
    }
};
// Streams out of a result, each after those it needs. Weights come first, in a round of their own: what is asked of
// their scores besides is then there.
template <class Space, bool Weights> struct take_streams {
    using all = take_streams<Space, false>;
    template <class E, class To> static constexpr auto take(const E& e, const To& to) {
        if constexpr (!in_space<Space, E>())
            return take_children<take_streams>(e, to);
        else if constexpr (Weights && !stream_traits<E>::has_values && !sums_weights<E>)
            return make_taken(e, to);
        else if constexpr (what<E> == is::reduction) {
            auto x = all::take(child<0>(e), to);
            auto c = all::take(child<1>(e), x.to);
            return reduction_stream<E>(e, x.tree, c.tree, c.to);
        } else if constexpr (weights_child<E> >= 0)
            return weights_stream<E>(child<weights_child<E>>(e), child<1 - weights_child<E>>(e), to);
        else
            return function_stream<E>(child<function_child<E>>(e), child<1 - function_child<E>>(e), to);
    }

private:
    template <class E, class X, class C, class To>
    static constexpr auto reduction_stream(const E& e, const X& x, const C& c, const To& to) {
        using op = typename E::operation;
        if constexpr (std::is_same_v<op, logsumexp_of>) {
            const auto s = make_stream<softmax_kind>(x, c, child<2>(e), nothing{}, nothing{});
            return softmax_total<E>(s, to);
        } else if constexpr (what<typename only_weights<X>::type> == is::normaliser)
            return weights_stream<E>(x, nothing{}, to);
        else
            return taken_as<stream_tag, form_of<E>, E::element>(
                to, make_stream<reduction_kind<op>>(x, c, nothing{}, nothing{}, nothing{}));
    }
    template <class E, class W, class V, class To>
    static constexpr auto weights_stream(const W& w, const V& v, const To& to) {
        if constexpr (what<W> == is::normaliser)
            return taken_as<stream_tag, form_of<E>, kind::real>(
                to,
                make_stream<typename W::normaliser_t>(child<0>(w), child<1>(w), child<2>(w), nothing{}, v));
        else {
            const auto& n = child<0>(w);
            using kind_t = typename std::remove_cvref_t<decltype(n)>::normaliser_t;
            return taken_as<stream_tag, form_of<E>, kind::real>(
                to, make_stream<kind_t>(child<0>(n), child<1>(n), child<2>(n), child<1>(w), v));
        }
    }
    // The scores as weights; those of weights that could not be streamed keep their mask.
    template <class E, class X, class V, class To>
    static constexpr auto function_stream(const X& x, const V& v, const To& to) {
        return taken_as<stream_tag, form_of<E>, kind::real>(
            to, make_stream<plain_kind>(x, everything{}, nothing{}, nothing{}, v));
    }
    template <class E, class C, class X, class L, class V, class To>
    static constexpr auto
    function_stream(const map<op::where, C, map<op::weight, X, L>, number<kind::real>>& w, const V& v,
                    const To& to) {
        return taken_as<stream_tag, form_of<E>, kind::real>(
            to, make_stream<plain_kind>(child<1>(w), child<0>(w), nothing{}, nothing{}, v));
    }
    // The logsumexp is there where its scores are normalised for something else.
    template <class E, class S, bool Share, class... Out>
    static constexpr auto softmax_total(const S& s, const collected<Share, Out...>& to) {
        constexpr int other = [] {
            int at = -1, i = 0;
            ((Share && at < 0 && same_scores<Out, S> ? void(at = i) : void(), ++i), ...);
            return at;
        }();
        if constexpr (other >= 0) {
            const auto& o = hana::at_c<other>(to.out);
            const bool same = same_values(o.chain, s.chain) && same_values(o.condition, s.condition) &&
                              same_values(o.sink, s.sink);
            return make_taken(placeholder<logsumexp_tag, other, form_of<E>, kind::real>{},
                              collected<Share, Out...>{to.out, to.agrees && same});
        } else
            return taken_as<logsumexp_tag, form_of<E>, kind::real>(to, s);
    }
    template <class A, class B>
    static constexpr bool same_scores = std::is_same_v<typename A::kind_t, softmax_kind> &&
                                        std::is_same_v<typename A::chain_t, typename B::chain_t> &&
                                        std::is_same_v<typename A::condition_t, typename B::condition_t> &&
                                        std::is_same_v<typename A::sink_t, typename B::sink_t>;
};

template <class Key> struct take_stream_tiles {
    using tiles = take_tiles<Key>;
    template <class S, class To> static constexpr auto take(const S& s, const To& to) {
        auto x = tiles::take(s.chain, to);
        auto c = tiles::take(s.condition, x.to);
        auto g = tiles::take(s.gain, c.to);
        return make_taken(make_stream<typename S::kind_t>(x.tree, c.tree, s.sink, g.tree, s.value), g.to);
    }
};

template <class E> constexpr auto results_of(const E& e) {
    if constexpr (what<E> == is::outputs)
        return e.kids;
    else
        return hana::basic_tuple<E>(e);
}
// The nest of a root, or of several that share a loop, from which nothing is left to stage. With Share, streams and tiles
// of one type are computed once; whether they are the same is known when the tensors are: `agrees` of the nest.
template <bool Share = true, class E>
    requires is_scan_root<E>
constexpr auto make_nest(const E& e) {
    return make_scan_nest<Share>(e);
}
template <bool Share = true, class E>
    requires(!is_scan_root<E>)
constexpr auto make_nest(const E& e) {
    using space = space_of<E>;
    using axes = nest_axes<space, E>;
    using key = typename axes::key;
    const hana::basic_tuple<> none{};
    const auto weights = take_each<take_streams<space, true>>(results_of(e), none, collected<Share>{});
    const auto streams = take_each<take_streams<space, false>>(weights.tree, none, weights.to);
    const auto chains = take_each<take_stream_tiles<key>>(streams.to.out, none, collected<Share>{});
    const auto results = take_each<take_tiles<key>>(streams.tree, none, chains.to);
    const auto slots = make_slots<key>(results.to.out);
    return nest<typename axes::visible, key, std::remove_cvref_t<decltype(slots)>,
                std::remove_cvref_t<decltype(chains.tree)>, std::remove_cvref_t<decltype(results.tree)>>{
        slots, chains.tree, results.tree, streams.to.agrees && results.to.agrees};
}

} // namespace heed::dsl
