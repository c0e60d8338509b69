// SPDX-License-Identifier: BSL-1.0
// Which products of products are computed in the order that is linear in the keys, and that this changes nothing else.
#include <boost/test/unit_test.hpp>

#include "fuse/formulas.hpp"

using namespace heed;
using namespace heed_tests;
using namespace heed_tests::fuse;

namespace {

template <class E> constexpr int loops(const E&) { return plan_of<E>::loops; }
template <class E> constexpr bool reordered(const E&) {
    using before = decltype(dsl::fold_scales(dsl::push_views(std::declval<const E&>())));
    return !std::is_same_v<decltype(dsl::reassociate(std::declval<const before&>())), before>;
}

// Open keys, features and values of a known size: what is stored is (head, feature, value).
static_assert(reordered(exp(q) * transpose(exp(k)) * v));
static_assert(reordered(exp(q) * transpose(exp(k)) / 8.f * v));
static_assert(loops(exp(q) * transpose(exp(k)) * v) == 2);
static_assert(reordered(normalise(exp(q) * transpose(exp(k))) * v));

// A function or a mask between the products needs the weights one by one.
static_assert(!reordered(relu(q * transpose(k)) * v));
static_assert(!reordered(weights(q * transpose(k), causal) * v));
static_assert(!reordered(normalise(q * transpose(k), causal) * v));
static_assert(!reordered(softmax(q * transpose(k)) * v));
static_assert(loops(weights(q * transpose(k), causal) * v) == 1);

// Two layers in a row: of the middle axis the extent is known, and the user's order stays.
constexpr array<token<>, model<64>> tokens;
constexpr array<model<64>, feature<128>> w1;
constexpr array<feature<128>, value<32>> w2;
static_assert(!reordered(tokens * w1 * w2));
// Extents that nobody knows tell nothing.
constexpr array<query<>, feature<>> open_q;
constexpr array<key<>, feature<>> open_k;
static_assert(!reordered(open_q * transpose(open_k) * one_v));

template <class E> void expect_near_reference(const E& e) {
    const auto found = evaluate(e);
    const auto wanted = evaluate(e, reference);
    for (extent i = 0; i < wanted.size(); ++i)
        BOOST_TEST(std::abs(static_cast<double>(found.data()[i]) - static_cast<double>(wanted.data()[i])) <
                   1e-5 * (1 + std::abs(static_cast<double>(wanted.data()[i]))));
}

} // namespace

BOOST_AUTO_TEST_CASE(linear_attention) {
    for (const extent keys : {0, 1, 17, 300})
        for (const extent queries : {1, 13}) {
            tensor<float, head<3>, query<>, feature<5>> a(queries);
            tensor<float, head<3>, heed_tests::key<>, feature<5>> b(keys);
            tensor<float, head<3>, heed_tests::key<>, value<7>> c(keys);
            float last = 0.1f;
            const auto fill = [&](auto& t) {
                for (float& each : t) each = last = 3.7f * last * (1 - last);
            };
            fill(a), fill(b), fill(c);
            expect_near_reference(exp(a) * transpose(exp(b)) / 2.f * c);
            expect_near_reference(normalise(exp(a) * transpose(exp(b))) * c);
            expect_near_reference(normalise(exp(a) * transpose(exp(b)), causal.bottom_right) * c);
        }
}
