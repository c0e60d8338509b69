// SPDX-License-Identifier: BSL-1.0
// Weights that are a result become exp(x - logsumexp(x)), 0 where they are masked.
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
template <class E> using expanded = decltype(expand_weights(std::declval<const E&>()));

constexpr X x;
constexpr S s;
constexpr auto allowed = position<heed_tests::key> < 3;
using allowed_t = std::remove_cvref_t<decltype(allowed)>;

static_assert(std::is_same_v<expanded<decltype(softmax(x))>, weight_t<everything, nothing>>);
static_assert(std::is_same_v<expanded<decltype(softmax(x, sink(s)))>, weight_t<everything, S>>);
static_assert(
    std::is_same_v<expanded<decltype(softmax(x, keep(allowed)))>,
                   dsl::map<op::where, allowed_t, weight_t<allowed_t, nothing>, number<kind::real>>>);
static_assert(has_axes<expanded<decltype(softmax(x, keep(allowed), sink(s)))>, query<>, heed_tests::key<>>);

} // namespace
