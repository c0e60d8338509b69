// SPDX-License-Identifier: BSL-1.0
// Element-wise operations: axes by name, kinds of elements, and operands that do not fit.
#include "axes_of_formulas.hpp"

using namespace heed;
using namespace heed_tests;
using dsl::kind;

namespace {

using scores = floats<head<8>, query<>, key<>>;
template <class E> inline constexpr kind kind_of = std::remove_cvref_t<E>::element;

static_assert(has_axes<sum_of<scores, float>, head<8>, query<>, key<>>);
static_assert(has_axes<sum_of<int, scores>, head<8>, query<>, key<>>);
static_assert(has_axes<sum_of<scores, floats<key<>>>, head<8>, query<>, key<>>);
static_assert(has_axes<sum_of<floats<query<>, key<>>, scores>, head<8>, query<>, key<>>);
static_assert(has_axes<sum_of<scores, floats<batch<4>, key<512>>>, batch<4>, head<8>, query<>, key<512>>);
static_assert(has_axes<sum_of<position_t<key>, scores>, head<8>, query<>, key<>>);
static_assert(has_axes<decltype(hadamard(std::declval<scores>(), std::declval<floats<head<>>>())), head<8>,
                       query<>, key<>>);
static_assert(has_axes<decltype(tanh(std::declval<scores>() / 30.f)), head<8>, query<>, key<>>);
static_assert(has_axes<decltype(where(position<key> < 3, std::declval<floats<key<5>>>(), 0.f)), key<5>>);
static_assert(has_axes<decltype(position<key> - position<query>), key<>, query<>>);

// Integers stay integers until something real is met; comparisons and && || ! give conditions.
static_assert(kind_of<decltype(position<key> - position<query> + 1)> == kind::integer);
static_assert(kind_of<decltype(position<key> / 2 % 3)> == kind::integer);
static_assert(kind_of<decltype(position<key> * 0.5)> == kind::real);
static_assert(kind_of<decltype(sqrt(position<key>))> == kind::real);
static_assert(kind_of<sum_of<ints<key<>>, ints<key<>>>> == kind::integer &&
              kind_of<sum_of<bools<key<>>, int>> == kind::integer);
static_assert(kind_of<decltype(where(position<key> < 3, position<key>, 0))> == kind::integer);
static_assert(kind_of<decltype(where(position<key> < 3, position<key>, 0.f))> == kind::real);
static_assert(kind_of<decltype(position<key> < 3 && !(position<query> == position<key>))> == kind::boolean);

static_assert(can_combine<scores, floats<key<>>> && can_combine<scores, float> && can_combine<scores>);
static_assert(can_combine<floats<key<512>>, floats<key<>>> &&
              can_combine<floats<key<512>>, floats<query<3>>>);
static_assert(!can_combine<floats<key<512>>, floats<key<511>>>);
static_assert(!can_combine<scores, floats<head<4>>>);
static_assert(!can_combine<floats<key<512>>, floats<query<>>, floats<query<2>, key<3>>>);
static_assert(!can_combine<scores, dsl::reported> && !can_combine<scores, const char*>);

static_assert(can_decide<bools<key<>>> && can_decide<decltype(position<key> < 3)> && can_decide<bool>);
static_assert(!can_decide<floats<key<>>> && !can_decide<ints<key<>>> && !can_decide<int> &&
              !can_decide<position_t<key>>);

// Operands read in place are views; temporaries are held.
static_assert(std::is_same_v<dsl::node_t<scores>, view<const float, head<8>, query<>, key<>>>);
static_assert(std::is_same_v<dsl::node_t<const tensor<float, key<>>&>, view<const float, key<>>>);
static_assert(std::is_same_v<dsl::node_t<tensor<float, key<>>>, tensor<float, key<>>>);
static_assert(std::is_same_v<dsl::node_t<view<float, key<>>&>, view<const float, key<>>>);

} // namespace
