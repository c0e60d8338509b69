// SPDX-License-Identifier: BSL-1.0
// suites: formulas, slow
// Scores that are no products: in sums, in every kind of loop, and behind masks.
#include "loop/tiles.hpp"

namespace {

using namespace tiles;

BOOST_FIXTURE_TEST_CASE(sums_of_terms, fixture) {
    check_one_loop(attended(q * transpose(k) / 4 - sum<feature>(square(q - k)) / 2, v));
    check_one_loop(attended(hadamard(q * transpose(k), dot<feature>(w, tanh(q + k))) +
                                0.1f * (position<key> - position<query>)-max<feature>(q - k),
                            v));
}
BOOST_FIXTURE_TEST_CASE(around_the_loop, fixture) {
    const auto scores = -sum<feature>(square(q - k)) / 2;
    check_one_loop(logsumexp<key>(scores));
    check_one_loop(max<key>(scores));
    check_one_loop(scores);
    check_one_loop(-sum<feature>(square(k - q)) / 2);
    check_one_loop(dot<key>(exp(scores), v));
    check_one_loop(attended(scores, v, keep(sum<feature>(square(q - k)) < 9), drop(position<key> == 4)));
    check_one_loop(attended(scores, v, sink(0.5f), temperature(2), causal.bottom_right));
    check_values(softmax<key>(scores));
}
BOOST_FIXTURE_TEST_CASE(behind_masks, fixture) {
    for (extent h = 0; h < 3; ++h)
        for (extent f = 0; f < 21; ++f) {
            k(h, 100, f) = static_cast<float>(NaN);
            k(h, 101, f) = static_cast<float>(inf);
        }
    v(0, 100, 3) = static_cast<float>(inf);
    const auto scores = -sum<feature>(square(q - k)) / 2;
    const auto here = drop(position<key> == 100 || position<key> == 101);
    check_one_loop(attended(scores, v, here));
    check_one_loop(attended(dot<feature>(w, tanh(q + k)), v, here, causal.bottom_right));
    for (const float x : evaluate(attended(scores, v, here))) BOOST_TEST(std::isfinite(x));
    // A key that is infinitely far away has no weight; a NaN that may be seen is seen.
    check_one_loop(attended(scores, v, drop(position<key> == 100)));
    check_one_loop(max<key>(scores));
}

} // namespace
