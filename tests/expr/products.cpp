// SPDX-License-Identifier: BSL-1.0
// A * B and dot<axes...>(A, B): what they sum over, which axes are left, and which operands do not fit.
#include "axes_of_formulas.hpp"

using namespace heed;
using namespace heed_tests;

namespace {

// (rows, shared) * (shared, columns); a vector on either side.
static_assert(has_axes<product<floats<query<>, feature<64>>, floats<feature<64>, key<>>>, query<>, key<>>);
static_assert(has_axes<product<floats<query<>, feature<64>>, floats<feature<64>>>, query<>>);
static_assert(has_axes<product<floats<feature<64>>, floats<feature<64>, key<>>>, key<>>);
static_assert(has_axes<product<floats<feature<64>>, floats<feature<64>>>>);
// Batch axes by name, wherever they stand before the last; axes that only B has in front.
static_assert(has_axes<product<floats<head<8>, query<>, feature<>>, floats<head<8>, feature<>, key<>>>,
                       head<8>, query<>, key<>>);
static_assert(
    has_axes<product<floats<batch<>, head<>, query<>, feature<>>, floats<head<>, batch<>, feature<>, key<>>>,
             batch<>, head<>, query<>, key<>>);
static_assert(has_axes<product<floats<query<>, feature<>>, floats<head<8>, feature<>, key<>>>, head<8>,
                       query<>, key<>>);
static_assert(has_axes<product<floats<head<8>, query<>, feature<>>, floats<feature<>, key<>>>, head<8>,
                       query<>, key<>>);
// Grouped queries: the group is an axis of q alone.
static_assert(
    has_axes<product<floats<head<2>, group<4>, query<>, feature<64>>, floats<head<2>, feature<64>, key<>>>,
             head<2>, group<4>, query<>, key<>>);
static_assert(has_axes<product<floats<head<2>, group<4>, query<>, key<>>, floats<head<2>, key<>, value<64>>>,
                       head<2>, group<4>, query<>, value<64>>);
static_assert(
    has_axes<product<floats<head<>, query<>, feature<>>, floats<feature<>, key<>>>, head<>, query<>, key<>>);
// Static extents that one side knows.
static_assert(has_axes<product<floats<head<>, query<>, feature<64>>, floats<head<8>, feature<>, key<>>>,
                       head<8>, query<>, key<>>);

// Scaling: by numbers and by expressions of positions alone, on either side.
static_assert(has_axes<product<floats<head<8>>, float>, head<8>> &&
              has_axes<product<int, floats<head<8>>>, head<8>>);
static_assert(has_axes<product<floats<query<>, key<>>, position_t<key>>, query<>, key<>>);
static_assert(has_axes<decltype(std::declval<floats<head<8>>>() * (position<key> - position<query>)), key<>,
                       query<>, head<8>>);
static_assert(has_axes<decltype(2 * (position<key> - position<query>)), key<>, query<>>);
static_assert(
    has_axes<decltype(sum<head>(std::declval<floats<head<8>>>()) * std::declval<floats<key<>>>()), key<>>);
// The place of loose axes is that of the scores they are added to.
static_assert(
    has_axes<decltype(std::declval<floats<head<8>>>() *
                      (position<key> - position<query>)+std::declval<floats<head<8>, query<>, key<>>>()),
             head<8>, query<>, key<>>);

static_assert(can_multiply<floats<query<>, feature<64>>, floats<feature<>, key<>>>);
static_assert(can_multiply<floats<key<>>, float> && can_multiply<position_t<key>, position_t<key>>);
static_assert(!can_multiply<floats<query<>, feature<64>>, floats<key<>, feature<64>>>); // to be transposed
static_assert(!can_multiply<floats<query<>, feature<64>>, floats<key<>, value<64>>>);
static_assert(!can_multiply<floats<query<>, feature<64>>, floats<feature<96>, key<>>>);
static_assert(!can_multiply<floats<head<8>, query<>, feature<>>, floats<head<2>, feature<>, key<>>>);
static_assert(!can_multiply<floats<token<>, feature<>>, floats<feature<>, token<>>>);
static_assert(!can_multiply<floats<key<>, query<>, feature<>>, floats<feature<>, key<>>>);
static_assert(!can_multiply<floats<head<8>>, floats<head<8>, query<>, key<>>>); // hadamard
static_assert(!can_multiply<floats<query<>, feature<>>, void*>);
static_assert(!can_multiply<dsl::reported, floats<feature<>, key<>>>);

// dot: the other axes of A in order, then those that only B has; common ones are batch axes.
static_assert(has_axes<dotted<floats<token<>, model<>>, floats<model<>, head<8>, feature<64>>, model>,
                       token<>, head<8>, feature<64>>);
static_assert(
    has_axes<dotted<floats<head<8>, token<>, value<64>>, floats<head<8>, value<64>, model<>>, head, value>,
             token<>, model<>>);
static_assert(
    has_axes<dotted<floats<head<>, query<>, feature<64>>, floats<key<>, feature<>, head<8>>, feature>,
             head<8>, query<>, key<>>);
static_assert(has_axes<dotted<floats<token<>>, floats<token<>>, token>>);
static_assert(has_axes<dotted<floats<query<>>, floats<key<>>>, query<>, key<>>); // over nothing: every pair

static_assert(can_dot<floats<token<>, model<512>>, floats<model<>, head<8>>, model>);
static_assert(!can_dot<floats<token<>, model<512>>, floats<feature<>, head<8>>, model>);
static_assert(!can_dot<floats<token<>, model<512>>, floats<model<768>, head<8>>, model>);
static_assert(!can_dot<floats<head<8>, value<>>, floats<value<>, model<>>, head, value>);
static_assert(!can_dot<floats<head<8>, value<>>, floats<head<2>, value<>>, value>);
static_assert(!can_dot<floats<key<>>, float, key>);

} // namespace
