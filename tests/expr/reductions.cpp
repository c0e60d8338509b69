// SPDX-License-Identifier: BSL-1.0
// Reductions with masks, weights of any kind and merged parts: the axes they leave, and what fits them.
#include "axes_of_formulas.hpp"

using namespace heed;
using namespace heed_tests;

namespace {

using scores = floats<head<8>, query<>, key<>>;
using oblong = floats<head<8>, query<16>, key<512>>;
template <class E> inline constexpr dsl::kind kind_of = E::element;
using dsl::kind;
template <class C> using kept = decltype(keep(std::declval<C>()));
using causal_t = decltype(causal);
using sunk = decltype(sink(1.f));
using heated = decltype(temperature(2.f));

static_assert(has_axes<decltype(max<key>(std::declval<scores>(), causal)), head<8>, query<>>);
static_assert(has_axes<decltype(sum<query>(std::declval<scores>(), causal, keep(true))), head<8>, key<>>);
static_assert(has_axes<decltype(argmax<head>(std::declval<scores>())), query<>, key<>>);
static_assert(has_axes<decltype(variance<key>(std::declval<scores>(), causal)), head<8>, query<>>);
static_assert(has_axes<decltype(layer_norm<head>(std::declval<scores>())), head<8>, query<>, key<>>);
static_assert(has_axes<decltype(rms_norm<key>(std::declval<scores>(), 0)), head<8>, query<>, key<>>);
static_assert(has_axes<decltype(entropy(std::declval<scores>(), causal, sink(1.f))), head<8>, query<>>);
static_assert(has_axes<decltype(weights(std::declval<scores>(), causal)), head<8>, query<>, key<>>);
static_assert(has_axes<decltype(normalise<head>(std::declval<scores>())), head<8>, query<>, key<>>);

static_assert(kind_of<decltype(argmax<key>(std::declval<scores>()))> == kind::integer);
static_assert(kind_of<decltype(argmax<key>(std::declval<scores>()) + 1)> == kind::integer);
static_assert(kind_of<decltype(max<key>(std::declval<ints<key<>>>()))> == kind::real);

// Masks of axes of x, as of softmax; nothing else.
static_assert(can_reduce<scores, key, causal_t> && can_reduce<scores, query, causal_t, kept<bools<key<>>>>);
static_assert(!can_reduce<scores, feature> && !can_reduce<scores, feature, causal_t>);
static_assert(!can_reduce<scores, key, kept<bools<feature<>>>> && !can_reduce<oblong, key, causal_t>);
static_assert(!can_reduce<scores, key, sunk> && !can_reduce<scores, key, heated>);
static_assert(!can_reduce<scores, key, bools<key<>>> && !can_reduce<scores, key, int>);
static_assert(!can_reduce<dsl::reported, key> && !can_reduce<scores, key, dsl::reported>);

// Parts: the axes of l among those of o, and the same axes in all parts.
template <class O, class L> using part_of = decltype(partial{std::declval<O>(), std::declval<L>()});
template <class... P> inline constexpr bool merges = dsl::is_fine<dsl::merge_check<P...>>;
using output = floats<head<8>, query<>, value<64>>;
using sums = floats<head<8>, query<>>;
static_assert(merges<part_of<output, sums>>);
static_assert(
    merges<part_of<output, sums>, part_of<floats<query<3>, head<8>, value<>>, floats<query<3>, head<>>>>);
static_assert(!merges<part_of<output, floats<head<8>, key<>>>>);
static_assert(!merges<part_of<output, sums>, part_of<output, floats<head<8>>>>);
static_assert(!merges<part_of<output, sums>, part_of<floats<head<8>, query<>, feature<64>>, sums>>);
static_assert(!merges<part_of<output, sums>, part_of<floats<head<8>, query<>, value<32>>, sums>>);
static_assert(!merges<part_of<output, sums>, part_of<output, floats<head<4>, query<>>>>);
static_assert(!merges<part_of<output, dsl::reported>>);

} // namespace
