// SPDX-License-Identifier: BSL-1.0
// Weights that are a result become exp(x - logsumexp(x)), 0 where they are masked; weights that are summed stay.
#include "expr/axes_of_formulas.hpp"

using namespace heed;
using namespace heed_tests;
using namespace heed::dsl;

namespace {

using X = view<const float, query<>, heed_tests::key<>>;
using S = view<const float, query<>>;
using K = name<heed_tests::key>;
template <class C, class Sink> using total_t = reduction<logsumexp_of, K, X, C, Sink>;
template <class C, class Sink> using weight_t = dsl::map<op::weight, X, total_t<C, Sink>>;
template <class E> using expanded = decltype(place_weights(std::declval<const E&>()));

constexpr X x;
constexpr S s;
constexpr auto allowed = position<heed_tests::key> < 3;
using allowed_t = std::remove_cvref_t<decltype(allowed)>;

static_assert(std::is_same_v<expanded<decltype(softmax(x))>, weight_t<everything, nothing>>);
static_assert(std::is_same_v<expanded<decltype(softmax(x, sink(s)))>, weight_t<everything, S>>);
static_assert(
    std::is_same_v<expanded<decltype(softmax(x, keep(allowed)))>,
                   dsl::map<op::where, allowed_t, weight_t<allowed_t, nothing>, number<kind::real>>>);
// Under a sum along their axis weights stay; terms of it part, and what has no key comes after the sum.
template <class E> inline constexpr is root = what<expanded<E>>;
constexpr view<const float, heed_tests::key<>, value<>> v;
static_assert(std::is_same_v<expanded<decltype(softmax(x) * v)>, decltype(softmax(x) * v)>);
static_assert(root<decltype((softmax(x) - 2 * softmax(-x)) * v)> == is::map);
static_assert(root<decltype(hadamard(softmax(x), s) * v)> == is::map);
static_assert(root<decltype(hadamard(softmax(x), x) * v)> == is::contraction);
static_assert(root<decltype(sum<heed_tests::key>(hadamard(softmax(x), x) / s))> == is::map);
static_assert(root<decltype(sum<query>(softmax(x)))> == is::reduction);
static_assert(has_axes<expanded<decltype(softmax(x, keep(allowed), sink(s)))>, query<>, heed_tests::key<>>);

} // namespace
