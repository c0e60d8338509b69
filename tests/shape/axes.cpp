// SPDX-License-Identifier: BSL-1.0
// Lists of axes: places, what is left without some, what two have together.
#include <heed/dsl/shape/axes.hpp>

using namespace heed;
using namespace heed::dsl;

namespace {

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

using H = name<head>;
using Q = name<query>;
using K = name<key>;
using F = name<feature>;
using scores = axes<head<8>, query<>, key<512>>;

// An axis is its template; the extent is beside it.
static_assert(same_type<name_of<key<>>, name_of<key<512>>>);
static_assert(!same_type<name_of<key<512>>, name_of<query<512>>>);
static_assert(same_type<axis_named<K>, key<>> && same_type<axis_named<K, 3>, key<3>>);
static_assert(key<>::static_extent == dynamic && key<512>::static_extent == 512 &&
              key<0>::static_extent == 0);

// at, place_of, has
static_assert(same_type<at<scores, 0>, head<8>> && same_type<at<scores, 2>, key<512>>);
static_assert(place_of<H, scores> == 0 && place_of<Q, scores> == 1 && place_of<K, scores> == 2);
static_assert(place_of<F, scores> == -1 && place_of<F, axes<>> == -1);
static_assert(has<K, scores> && !has<F, scores>);
static_assert(place_of<K, names<Q, K>> == 1 && !has<K, names<>>);
static_assert(place_of<K, axes<key<1>, query<>, key<2>>> == 0); // the first, where there are two

// names_in, concat
static_assert(same_type<names_in<scores>, names<H, Q, K>> && same_type<names_in<axes<>>, names<>>);
static_assert(same_type<concat<axes<head<>>, axes<key<3>>>, axes<head<>, key<3>>>);
static_assert(same_type<concat<axes<>, scores>, scores> && same_type<concat<scores, axes<>>, scores>);

// without, only: the order and the extents of the first list
static_assert(same_type<without<scores, names<Q>>, axes<head<8>, key<512>>>);
static_assert(same_type<without<scores, names<K, H>>, axes<query<>>>);
static_assert(same_type<without<scores, names<F>>, scores> && same_type<without<scores, names<>>, scores>);
static_assert(same_type<without<scores, names<H, Q, K>>, axes<>> &&
              same_type<without<axes<>, names<K>>, axes<>>);
static_assert(
    same_type<without<scores, axes<key<7>>>, axes<head<8>, query<>>>); // by name, whatever the extent
static_assert(same_type<without<names<H, Q>, names<H>>, names<Q>>);
static_assert(same_type<only<scores, names<K, H>>, axes<head<8>, key<512>>>);
static_assert(same_type<only<scores, axes<feature<>>>, axes<>>);
static_assert(same_type<only<scores, scores>, scores>);

// united: all of the first, then what only the second has
static_assert(
    same_type<united<axes<head<8>, key<>>, axes<key<3>, feature<64>>>, axes<head<8>, key<>, feature<64>>>);
static_assert(same_type<united<axes<>, scores>, scores> && same_type<united<scores, axes<>>, scores>);
static_assert(same_type<united<names<H>, names<Q, H>>, names<H, Q>>);

// length_of, rank
static_assert(length_of<scores> == 3 && scores::rank == 3 && length_of<names<>> == 0);

} // namespace
