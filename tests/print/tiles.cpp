// SPDX-License-Identifier: BSL-1.0
// What explain says of tiles that are no products, word by word.
#include <boost/test/unit_test.hpp>

#include "print/expected.hpp"

using namespace heed;
using namespace heed_tests;

BOOST_AUTO_TEST_CASE(gaussian) {
    const symbol<"Q", float, query<100>, feature<64>> q;
    const symbol<"K", float, heed_tests::key<200>, feature<64>> k;
    const symbol<"V", float, heed_tests::key<200>, value<32>> v;
    expect_explanation(dot<heed_tests::key>(softmax<heed_tests::key>(-sum<feature>(square(q - k)) / 2), v),
                       R"(dot<key>(softmax<key>(-sum<feature>(square(Q - K)) / 2), V)
1 loop, no temporaries
5.12 MFLOP in products and sums; reads 102 kB, writes 12.8 kB; workspace {workspace} per worker
    for query (100) in one tile
        pack queries: Q
        for key (200) in one tile, streamed: running maximum, sum, and sum of weighted values
            pack keys: K
            values: V
            for {block} rows
                scores = sum over feature (64) of square(Q - K), times -0.5, {panel} keys at a time
                inline, {lanes} at a time ({set}): weight = exp(scores - maximum)
                sums += weights . values, for value (32)
        finish: divide by the sum
)");
}

BOOST_AUTO_TEST_CASE(additive_with_a_product) {
    const symbol<"Q", float, query<100>, feature<64>> q;
    const symbol<"K", float, heed_tests::key<200>, feature<64>> k;
    const symbol<"w", float, feature<64>> w;
    const auto scores = dot<feature>(w, tanh(q + k)) + q * transpose(k);
    expect_explanation(logsumexp<heed_tests::key>(scores),
                       R"(logsumexp<key>(dot<feature>(w, tanh(Q + K)) + Q * transpose(K))
1 loop, no temporaries
7.68 MFLOP in products and sums; reads 77.1 kB, writes 400 B; workspace {workspace} per worker
    for query (100) in one tile
        pack queries 1: w; Q
        pack queries 2: Q
        for key (200) in one tile, streamed: running maximum and sum
            pack keys 1: K
            pack keys 2: K
            for {block} rows
                scores1 = sum over feature (64) of hadamard(w, tanh(Q + K)), {panel} keys at a time
                scores2 = queries 2 . keys 2 over feature (64), {panel} keys at a time
                inline, {lanes} at a time ({set}): x = scores1 + scores2, weight = exp(x - maximum)
        finish: maximum + log(sum)
)");
}
