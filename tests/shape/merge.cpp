// SPDX-License-Identifier: BSL-1.0
// The shape of an element-wise expression: which axes, in which order, with which extents.
#include <heed/dsl/shape/merge.hpp>

using namespace heed;
using namespace heed::dsl;

namespace {

template <extent N = dynamic> struct batch : axis<N> {};
template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};

template <class... Axes> using ordered = form<axes<Axes...>, 0>;
// What positions give: axes without an order.
template <class... Axes> using loose = form<axes<Axes...>, sizeof...(Axes)>;
template <class Form, class... Axes>
inline constexpr bool is = same_type<typename Form::shape_t, axes<Axes...>> && Form::loose == 0;
template <class Form, int Loose, class... Axes>
inline constexpr bool is_loose = same_type<typename Form::shape_t, axes<Axes...>> && Form::loose == Loose;

using scores = ordered<head<>, query<>, key<>>;

// Order: of the operand with more axes; of the first where both have as many; others in front.
static_assert(is<merged<scores>, head<>, query<>, key<>>);
static_assert(is<merged<scores, scores>, head<>, query<>, key<>>);
static_assert(is<merged<scores, ordered<>>, head<>, query<>, key<>>);
static_assert(is<merged<ordered<>, scores>, head<>, query<>, key<>>);
static_assert(is<merged<scores, ordered<key<>>>, head<>, query<>, key<>>);
static_assert(is<merged<ordered<key<>>, scores>, head<>, query<>, key<>>);
static_assert(is<merged<scores, ordered<key<>, head<>>>, head<>, query<>, key<>>);
static_assert(is<merged<ordered<query<>, key<>>, ordered<key<>, query<>>>, query<>, key<>>);
static_assert(is<merged<ordered<query<>, key<>>, ordered<batch<>>>, batch<>, query<>, key<>>);
static_assert(is<merged<ordered<batch<>>, ordered<query<>, key<>>>, batch<>, query<>, key<>>);
static_assert(is<merged<ordered<query<>>, ordered<key<>>>, key<>, query<>>);
static_assert(is<merged<ordered<query<>>, ordered<key<>>, ordered<head<>>>, head<>, key<>, query<>>);
static_assert(is<merged<ordered<>, ordered<>>>);

// Extents: a static one that either knows.
static_assert(is<merged<scores, ordered<key<512>>>, head<>, query<>, key<512>>);
static_assert(is<merged<ordered<key<512>>, scores>, head<>, query<>, key<512>>);
static_assert(is<merged<ordered<head<8>, key<>>, ordered<key<0>, head<>>>, head<8>, key<0>>);
static_assert(is<merged<ordered<key<>>, ordered<key<>>, ordered<key<3>>>, key<3>>);

// Loose axes take the place that an array gives them, and come in front while none does.
static_assert(is_loose<merged<loose<key<>>, loose<query<>>>, 2, key<>, query<>>);
static_assert(is_loose<merged<loose<key<>>, loose<key<>>>, 1, key<>>);
static_assert(is<merged<loose<key<>, query<>>, scores>, head<>, query<>, key<>>);
static_assert(is<merged<scores, loose<key<>, query<>>>, head<>, query<>, key<>>);
static_assert(is_loose<merged<loose<key<>, query<>>, ordered<head<8>>>, 2, key<>, query<>, head<8>>);
static_assert(is_loose<merged<ordered<head<8>>, loose<key<>, query<>>>, 2, key<>, query<>, head<8>>);
static_assert(is<merged<merged<ordered<head<8>>, loose<key<>, query<>>>, scores>, head<8>, query<>, key<>>);
static_assert(is_loose<merged<loose<key<>>, ordered<query<>>>, 1, key<>, query<>>);
static_assert(is<merged<loose<key<>>, ordered<key<7>>>, key<7>>);
// One loose operand with more axes than the ordered one does not decide the order.
static_assert(
    is<merged<loose<key<>, query<>, head<>>, ordered<query<>, key<>, head<>>>, query<>, key<>, head<>>);

// clash: the place in A of the first axis whose extents cannot both be.
static_assert(clash<axes<head<8>, key<3>>, axes<key<3>, head<8>>> == -1);
static_assert(clash<axes<head<8>, key<3>>, axes<key<4>, head<8>>> == 1);
static_assert(clash<axes<head<8>, key<3>>, axes<key<4>, head<2>>> == 0);
static_assert(clash<axes<head<8>, key<>>, axes<key<4>, head<>>> == -1);
static_assert(clash<axes<head<8>>, axes<key<4>>> == -1 && clash<axes<>, axes<key<4>>> == -1);
static_assert(clash<axes<key<0>>, axes<key<1>>> == 0);

// sharpened: the axis with the extent that it or one of two lists knows.
static_assert(same_type<sharpened<key<>, axes<>, axes<key<5>>>, key<5>>);
static_assert(same_type<sharpened<key<>, axes<key<5>>, axes<key<>>>, key<5>>);
static_assert(same_type<sharpened<key<>, axes<key<>>, axes<query<5>>>, key<>>);

} // namespace
