// SPDX-License-Identifier: BSL-1.0
// softmax and logsumexp: the axes they leave, and which masks, temperatures and sinks fit which scores.
#include "axes_of_formulas.hpp"

using namespace heed;
using namespace heed_tests;

namespace {

using scores = floats<head<8>, query<>, key<>>;
using square = floats<head<8>, query<512>, key<512>>;
using oblong = floats<head<8>, query<16>, key<512>>;
template <class C> using kept = decltype(keep(std::declval<C>()));
template <class C> using dropped = decltype(drop(std::declval<C>()));
template <class L> using padded = decltype(padding(std::declval<L>()));
template <class S> using same_as = decltype(same(std::declval<S>()));
template <class T> using heated = decltype(temperature(std::declval<T>()));
template <class S> using sunk = decltype(sink(std::declval<S>()));
using causal_t = decltype(causal);
using window_t = decltype(window(64));
using prefix_t = decltype(prefix(10));
using before = decltype(position<key> <= position<query>);

static_assert(has_axes<decltype(softmax(std::declval<scores>())), head<8>, query<>, key<>>);
static_assert(has_axes<decltype(softmax<query>(std::declval<scores>(), causal)), head<8>, query<>, key<>>);
static_assert(has_axes<decltype(logsumexp(std::declval<scores>(), causal, sink(1.f))), head<8>, query<>>);
static_assert(has_axes<decltype(logsumexp<head>(std::declval<scores>())), query<>, key<>>);
// The arguments may come in any order.
static_assert(
    has_axes<decltype(softmax(std::declval<scores>(), sink(std::declval<floats<head<8>>>()), temperature(2.f),
                              drop(position<key> < 3), window(64), same(std::declval<ints<key<>>>()))),
             head<8>, query<>, key<>>);

static_assert(can_normalise<scores> && can_normalise_along<scores, head> && can_normalise<floats<key<>>>);
static_assert(!can_normalise_along<scores, feature> && !can_normalise<float>);
static_assert(!can_normalise<dsl::reported> && !can_normalise<scores, decltype(keep(dsl::reported{}))>);

// Conditions: booleans, of axes of the scores, with their extents.
static_assert(can_normalise<scores, kept<before>> &&
              can_normalise<scores, dropped<before>, kept<bools<key<>>>>);
static_assert(can_normalise<scores, kept<bools<head<>, query<7>, key<>>>> &&
              can_normalise<scores, kept<bool>>);
static_assert(!can_normalise<scores, kept<decltype(position<token> < 3)>>);
static_assert(!can_normalise<scores, kept<bools<batch<>, key<>>>> &&
              !can_normalise<square, kept<bools<key<511>>>>);
static_assert(!can_normalise<scores, kept<bools<head<4>>>> &&
              !can_normalise<scores, causal_t, kept<bools<head<4>>>>);
static_assert(!can_normalise<scores, before> && !can_normalise<scores, float> &&
              !can_normalise<scores, scores>);
static_assert(!can_normalise<scores, dsl::reported>);

// Masks with corners: one extent of query and key, or a corner; and a query.
static_assert(can_normalise<square, causal_t, window_t, prefix_t> &&
              can_normalise<scores, causal_t, window_t, prefix_t>);
static_assert(can_normalise<floats<query<16>, key<>>, causal_t>); // to be seen at run time
static_assert(!can_normalise<oblong, causal_t> && !can_normalise<oblong, window_t> &&
              !can_normalise<oblong, prefix_t>);
static_assert(can_normalise<oblong, decltype(causal.top_left)> &&
              can_normalise<oblong, decltype(causal.bottom_right)>);
static_assert(can_normalise<oblong, decltype(window(3).top_left)> &&
              can_normalise<oblong, decltype(prefix(3).bottom_right)>);
static_assert(!can_normalise<floats<key<>>, causal_t> &&
              !can_normalise<floats<key<>>, decltype(causal.top_left)>);
static_assert(!can_normalise<floats<key<>>, window_t> && !can_normalise<floats<key<>>, same_as<ints<key<>>>>);
// The query is the last axis that is not normalised: here the head.
static_assert(!can_normalise_along<oblong, query, causal_t> && can_normalise_along<square, query, causal_t>);
static_assert(!can_normalise<floats<query<512>, head<8>, key<512>>, causal_t>);

static_assert(can_normalise<floats<batch<>, query<>, key<>>, padded<ints<batch<>>>> &&
              can_normalise<scores, padded<int>>);
static_assert(!can_normalise<scores, padded<ints<batch<>>>>);
static_assert(can_normalise<scores, same_as<ints<query<>>>> && can_normalise<scores, same_as<ints<key<>>>>);
static_assert(can_normalise<floats<batch<>, query<>, key<>>, same_as<ints<batch<>, token<>>>>);
static_assert(!can_normalise<scores, same_as<ints<batch<>, key<>>>> && !can_normalise<scores, same_as<int>>);
static_assert(!can_normalise<scores, same_as<ints<query<>, key<>>>> &&
              !can_normalise<oblong, same_as<ints<key<512>>>>);

static_assert(can_normalise<scores, heated<float>> && can_normalise<scores, heated<floats<head<8>>>>);
static_assert(!can_normalise<scores, heated<floats<batch<>>>> &&
              !can_normalise<scores, heated<floats<head<4>>>>);
static_assert(can_normalise<scores, sunk<float>> && can_normalise<scores, sunk<floats<query<>, head<>>>>);
static_assert(!can_normalise<scores, sunk<floats<key<>>>> && !can_normalise<scores, sunk<floats<head<4>>>>);
static_assert(!can_normalise<scores, sunk<float>, sunk<float>>);
static_assert(can_normalise_along<scores, query, sunk<floats<key<>>>>);

} // namespace
