// SPDX-License-Identifier: BSL-1.0
// The role of every axis in a loop, the products that are its tiles, and what a score goes through.
#include <boost/test/unit_test.hpp>

#include "fuse/formulas.hpp"

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
template <class Job, class E> constexpr bool does(const E&) {
    return std::is_same_v<typename nest_of<E>::job_t, Job>;
}

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
static_assert(tiles(softmax(scores + hadamard(slope, scores)) * v) == 2);
static_assert(tiles(softmax(scores, keep(scores > 0)) * v) == 2);
static_assert(tiles(softmax(bias) * v) == 0);
// Both operands have the key axis: no tile, but summed score by score.
static_assert(tiles(softmax(bias + dot<feature>(one_k, one_k)) * v) == 0);

static_assert(does<dsl::softmax_job<true, false>>(softmax(scores) * v));
static_assert(does<dsl::softmax_job<false, true>>(logsumexp(scores)));
static_assert(does<dsl::reduce_job<dsl::max_of>>(max<heed_tests::key>(scores)));
static_assert(does<dsl::weigh_job>(sigmoid(scores) * v));
static_assert(does<dsl::store_job>(scores));

static_assert(nest_of<decltype(softmax(scores, causal) * v)>::masked);
static_assert(!nest_of<decltype(softmax(scores) * v)>::masked);
static_assert(nest_of<decltype(softmax(scores, sink(slope)) * v)>::has_sink);

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
        return dsl::child<1>(dsl::child<1>(dsl::child<1>(dsl::rewritten(softmax(some, mask))))).value;
    };
    BOOST_TEST(offset_in(causal.top_left) == 0);
    BOOST_TEST(offset_in(causal.bottom_right) == 7);
}
