// SPDX-License-Identifier: BSL-1.0
// transpose, relabel, select, slice, gather and reductions: the axes they leave, and what they do not take.
#include "axes_of_formulas.hpp"

using namespace heed;
using namespace heed_tests;

namespace {

using q_t = floats<head<8>, query<16>, feature<64>>;
template <class X> using transposed = decltype(transpose(std::declval<X>()));
template <class X, template <extent> class From, template <extent> class To>
using relabelled = decltype(relabel<From, To>(std::declval<X>()));
template <class X, template <extent> class A> using selected = decltype(select<A>(std::declval<X>(), 0));
template <class X, template <extent> class A> using sliced = decltype(slice<A>(std::declval<X>(), 1, 3));
template <class T, template <extent> class A, class I>
using gathered = decltype(gather<A>(std::declval<T>(), std::declval<I>()));

static_assert(has_axes<transposed<q_t>, head<8>, feature<64>, query<16>>);
static_assert(has_axes<transposed<transposed<q_t>>, head<8>, query<16>, feature<64>>);
static_assert(has_axes<transposed<floats<query<>, key<>>>, key<>, query<>>);
static_assert(can_transpose<q_t> && !can_transpose<floats<key<>>> && !can_transpose<float> &&
              !can_transpose<void*>);

static_assert(has_axes<relabelled<q_t, query, key>, head<8>, key<16>, feature<64>>);
static_assert(has_axes<relabelled<q_t, query, query>, head<8>, query<16>, feature<64>>);
static_assert(has_axes<product<relabelled<floats<token<>, feature<64>>, token, query>,
                               transposed<relabelled<floats<token<>, feature<64>>, token, key>>>,
                       query<>, key<>>);
static_assert(has_axes<relabelled<position_t<key>, key, query>, query<>>);
static_assert(can_relabel<q_t, query, token> && !can_relabel<q_t, token, query> &&
              !can_relabel<q_t, query, head>);

static_assert(has_axes<selected<q_t, head>, query<16>, feature<64>> &&
              has_axes<selected<floats<key<>>, key>>);
static_assert(has_axes<sliced<q_t, query>, head<8>, query<>, feature<64>>);
static_assert(can_slice<q_t, head> && !can_slice<q_t, key> && !can_slice<float, key>);

// The axes of the index take the place of the axis that is looked up; common axes are matched by name.
using offsets = decltype(position<key> - position<query> + 511);
static_assert(has_axes<gathered<floats<offset<1023>>, offset, offsets>, key<>, query<>>);
static_assert(has_axes<gathered<floats<head<8>, offset<1023>>, offset, offsets>, key<>, query<>, head<8>>);
static_assert(has_axes<sum_of<gathered<floats<head<8>, offset<1023>>, offset, offsets>,
                              floats<head<8>, query<>, key<>>>,
                       head<8>, query<>, key<>>);
static_assert(has_axes<gathered<floats<token<>, feature<64>>, token, ints<batch<>, query<>>>, batch<>,
                       query<>, feature<64>>);
static_assert(has_axes<gathered<floats<token<>, feature<64>>, token, ints<token<>>>, token<>, feature<64>>);
static_assert(has_axes<gathered<floats<head<>, token<>>, token, ints<head<8>, key<>>>, head<8>, key<>>);
static_assert(has_axes<gathered<floats<token<>, feature<64>>, token, int>, feature<64>>);
static_assert(can_gather<floats<offset<>>, offset, position_t<key>>);
static_assert(!can_gather<floats<offset<>>, key, position_t<key>>);
static_assert(!can_gather<floats<offset<>>, offset, floats<key<>>> &&
              !can_gather<floats<offset<>>, offset, float>);
static_assert(!can_gather<floats<offset<>>, offset, bools<key<>>>);
static_assert(!can_gather<floats<head<8>, offset<>>, offset, ints<head<4>>>);

static_assert(has_axes<decltype(sum<query>(std::declval<q_t>())), head<8>, feature<64>>);
static_assert(has_axes<decltype(max<feature>(min<head>(mean<query>(std::declval<q_t>()))))>);
static_assert(can_reduce<q_t, feature> && !can_reduce<q_t, key> && !can_reduce<float, key>);

} // namespace
