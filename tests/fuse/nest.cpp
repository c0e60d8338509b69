// SPDX-License-Identifier: BSL-1.0
// The role of every axis in a loop, the products that are its tiles, and what a score goes through.
#include <boost/test/unit_test.hpp>

#include "fuse/formulas.hpp"
#include <heed/dsl/loop/task.hpp>

using namespace heed;
using namespace heed_tests;
using namespace heed_tests::fuse;
using dsl::name;
using dsl::names;

namespace {

template <class E>
using nest_of = decltype(dsl::make_nest(std::declval<const decltype(split_t<E>::tree)&>()));
template <class Batch, class Rows, class Key, class Columns, class E> constexpr bool roles(const E&) {
    using nest = nest_of<E>;
    return std::is_same_v<typename nest::batch, Batch> && std::is_same_v<typename nest::rows, Rows> &&
           std::is_same_v<typename nest::key_t, Key> && std::is_same_v<typename nest::columns, Columns>;
}
template <class E> constexpr int tiles(const E&) {
    return dsl::slot_list<typename nest_of<E>::slots_t>::size;
}
// The streams are of these kinds, in this order, and there are that many results.
template <class... Kind, class E> constexpr bool carries(const E&, int results = 1) {
    using nest = nest_of<E>;
    constexpr auto kinds_of = []<class... S>(const dsl::hana::basic_tuple<S...>*) {
        return names<typename S::kind_t...>{};
    };
    return std::is_same_v<decltype(kinds_of(static_cast<const typename nest::streams_t*>(nullptr))),
                          names<Kind...>> &&
           decltype(dsl::hana::length(std::declval<typename nest::results_t>()))::value ==
               static_cast<std::size_t>(results);
}
template <class E> using first_stream = dsl::stream_at<typename nest_of<E>::streams_t, 0>;

using H = name<head>;
using G = name<group>;
using Q = name<query>;
using K = name<heed_tests::key>;
using V = name<value>;
using F = name<feature>;
using M = name<model>;

constexpr auto scores = q * transpose(k);

// Plain, grouped queries, cross attention without heads, keys and values that heads share.
static_assert(roles<names<H>, names<Q>, K, names<V>>(softmax(scores) * v));
static_assert(roles<names<H>, names<G, Q>, K, names<V>>(softmax(grouped_q * transpose(k)) * v));
static_assert(roles<names<>, names<Q>, K, names<V>>(softmax(select<head>(q, 0) * transpose(one_k)) * one_v));
static_assert(roles<names<>, names<H, Q>, K, names<V>>(softmax(q * transpose(one_k)) * one_v));
// Only the keys, only the values, have heads.
static_assert(roles<names<H>, names<Q>, K, names<V>>(softmax(q * transpose(k)) * one_v));
static_assert(roles<names<H>, names<Q>, K, names<V>>(softmax(q * transpose(one_k)) * v));
// Heads that only the values have are columns: their weights are the same.
static_assert(roles<names<>, names<Q>, K, names<H, V>>(softmax(bias) * v));
// A vector of values has no columns.
static_assert(roles<names<>, names<Q>, K, names<>>(dot<heed_tests::key>(softmax(bias),
                                                                        position<heed_tests::key>)));
// Another axis may be the one that is normalised.
static_assert(roles<names<H>, names<K>, Q, names<F>>(dot<query>(softmax<query>(scores), q)));
static_assert(roles<names<H>, names<Q>, K, names<>>(logsumexp(scores)));
static_assert(roles<names<H>, names<Q>, K, names<>>(max<heed_tests::key>(scores)));
// A projection; along the lanes is the last axis.
static_assert(roles<names<>, names<H, F>, Q, names<>>(dot<model>(wq, x)));
static_assert(roles<names<H>, names<Q>, F, names<>>(dot<model>(x, wq)));
static_assert(roles<names<H>, names<Q>, F, names<>>(dot<heed_tests::key>(scores, k)));
// A single number.
static_assert(std::is_same_v<nest_of<decltype(select<head>(slope, 0))>::key_t, dsl::no_axis>);

static_assert(tiles(softmax(scores) * v) == 1);
static_assert(tiles(softmax(scores + hadamard(slope, 2 * scores)) * v) == 2);
// The same product is one tile.
static_assert(tiles(softmax(scores + hadamard(slope, scores)) * v) == 1);
static_assert(tiles(softmax(scores, keep(scores > 0)) * v) == 1);
static_assert(tiles(softmax(bias) * v) == 0);
// Both operands have the key axis: no tile, but summed score by score.
static_assert(tiles(softmax(bias + dot<feature>(one_k, one_k)) * v) == 0);

template <class Op> using reduce = dsl::reduction_kind<Op>;
using dsl::plain_kind;
using dsl::softmax_kind;
constexpr auto weights = softmax(scores);
static_assert(carries<softmax_kind>(weights * v));
static_assert(carries<softmax_kind>(logsumexp(scores)));
static_assert(carries<reduce<dsl::max_of>>(max<heed_tests::key>(scores)));
static_assert(carries<plain_kind>(sigmoid(scores) * v));
static_assert(carries<>(scores));

// A reduction of rows with keys: queries are rows, whichever operand has them.
constexpr auto distances = sum<feature>(square(q - k));
constexpr auto additive = dot<feature>(q, tanh(q + k));
static_assert(roles<names<H>, names<Q>, K, names<V>>(
    dot<heed_tests::key>(softmax<heed_tests::key>(-distances / 2), v)));
static_assert(roles<names<H>, names<Q>, K, names<V>>(dot<heed_tests::key>(softmax<heed_tests::key>(additive),
                                                                          v)));
static_assert(roles<names<>, names<H, Q>, K, names<>>(logsumexp<heed_tests::key>(max<feature>(q - one_k))));
static_assert(tiles(logsumexp<heed_tests::key>(-distances / 2 + additive - scores)) == 3);
template <int Rows, int Keys, class E> constexpr bool sides(const E&) {
    using slots = dsl::slot_list<typename nest_of<E>::slots_t>;
    return slots::row_sides[0] == Rows && slots::key_sides[0] == Keys;
}
static_assert(sides<1, 1>(logsumexp<heed_tests::key>(scores)));
static_assert(sides<1, 1>(logsumexp<heed_tests::key>(distances)));
static_assert(sides<2, 1>(logsumexp<heed_tests::key>(additive)));
static_assert(sides<1, 2>(logsumexp<heed_tests::key>(sum<feature>(hadamard(tanh(q) - exp(k), 2 * k)))));
// What has no rows is one side: it is computed where it is packed.
static_assert(sides<0, 1>(logsumexp<heed_tests::key>(sum<feature>(square(one_k - 1)))));

// What is made of streams is the epilogue of their loop; streams of the same scores are one.
static_assert(carries<softmax_kind>(2 * (weights * v) + 1));
static_assert(carries<softmax_kind, softmax_kind>((weights - 0.5f * softmax(bias + scores)) * v));
static_assert(carries<softmax_kind>(logsumexp(scores) - sum<heed_tests::key>(hadamard(weights, scores))));
static_assert(carries<plain_kind, reduce<dsl::sum_of>>((sigmoid(scores) * v) /
                                                       sum<heed_tests::key>(sigmoid(scores))));
static_assert(carries<softmax_kind>(outputs(logsumexp(scores), weights* v), 2));
static_assert(carries<softmax_kind>(outputs(weights * v, weights* v), 2));
static_assert(tiles(outputs(weights * v, max<heed_tests::key>(scores))) == 1);
// A factor without the key comes after the sum, a gain with it stays within.
static_assert(!first_stream<decltype(hadamard(weights, slope) * v)>::has_gain);
static_assert(first_stream<decltype(hadamard(weights, bias) * v)>::has_gain);

// Rows that are gone over again: for what waits for their end.
template <class E> constexpr int passes(const E&) { return dsl::passes_of<nest_of<E>>(); }
static_assert(passes(weights * v) == 1 && passes(scores) == 1 && passes(logsumexp(scores)) == 1);
static_assert(passes(weights) == 2);
static_assert(passes(bias - mean<heed_tests::key>(bias)) == 2);
constexpr auto centred = bias - mean<heed_tests::key>(bias);
static_assert(passes(mean<heed_tests::key>(square(centred))) == 2);
static_assert(passes(centred / sqrt(mean<heed_tests::key>(square(centred)))) == 3);
static_assert(carries<reduce<dsl::mean_of>, reduce<dsl::mean_of>>(
    centred / sqrt(mean<heed_tests::key>(square(centred)))));

static_assert(first_stream<decltype(softmax(scores, causal) * v)>::masked);
static_assert(!first_stream<decltype(softmax(scores) * v)>::masked);
static_assert(first_stream<decltype(softmax(scores, sink(slope)) * v)>::has_sink);

} // namespace

BOOST_AUTO_TEST_CASE(the_side_with_the_key_axis_is_the_key) {
    const float a = 0, b = 0;
    const view<const float, query<>, feature<>> left(&a, 3, 4);
    const view<const float, feature<>, heed_tests::key<>> right(&b, 4, 5);
    for (const bool swapped : {false, true}) {
        const auto check = [&](const auto& e) {
            const auto nest = dsl::make_nest(dsl::rewritten(e));
            const auto& slot = dsl::hana::at_c<0>(nest.slots);
            BOOST_TEST(slot.query.pointer == &a);
            BOOST_TEST(slot.key.pointer == &b);
            BOOST_TEST(slot.factor == 0.5);
            BOOST_TEST(nest.template score_extent<Q>() == 3);
            BOOST_TEST(nest.template score_extent<K>() == 5);
        };
        if (swapped)
            check(logsumexp<heed_tests::key>(dot<feature>(right, left) / 2.f));
        else
            check(logsumexp<heed_tests::key>(dot<feature>(left, right) / 2.f));
    }
}

BOOST_AUTO_TEST_CASE(corners_become_numbers) {
    const float a = 0;
    const view<const float, query<>, heed_tests::key<>> some(&a, 3, 10);
    const auto offset_in = [&](const auto& mask) {
        return dsl::child<1>(dsl::child<1>(dsl::child<1>(dsl::rewritten(logsumexp(some, mask))))).value;
    };
    BOOST_TEST(offset_in(causal.top_left) == 0);
    BOOST_TEST(offset_in(causal.bottom_right) == 7);
}
