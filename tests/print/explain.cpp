// SPDX-License-Identifier: BSL-1.0
// What explain says of formulas with one loop, word by word.
#include <boost/test/unit_test.hpp>

#include "print/expected.hpp"

using namespace heed;
using namespace heed_tests;

BOOST_AUTO_TEST_CASE(plain_with_causal) {
    const tensor<float, head<8>, query<>, feature<64>> q(70);
    const tensor<float, head<8>, key<>, feature<64>> k(70);
    const tensor<float, head<8>, key<>, value<32>> v(70);
    expect_explanation(
        softmax(q * transpose(k) / 8.f, causal) * v,
        R"(softmax((head, query, feature) * transpose((head, key, feature)) / 8, causal) * (head, key, value)
1 loop, no temporaries
7.53 MFLOP in products; reads 358 kB, writes 71.7 kB; workspace {workspace} per worker
    for head (8), query (70) in one tile, in parallel: 8 items
        pack queries: (head, query, feature), times 0.125
        for key (70) in one tile, streamed: running maximum, sum, and sum of weighted values
            skip a tile where `key <= query` holds nowhere; no mask where it holds everywhere
                of 8 tiles: 0 skipped, 8 with the mask, 0 without
            pack keys: (head, key, feature)
            values: (head, key, value)
            for {block} rows
                scores = queries . keys over feature (64), {panel} keys at a time
                inline, {lanes} at a time ({set}): weight = exp(scores - maximum), 0 where masked
                sums += weights . values, for value (32)
        finish: divide by the sum
)");
}

BOOST_AUTO_TEST_CASE(alibi_softcap_and_window) {
    const tensor<float, head<>, query<>, feature<>> q(2, 30, 16);
    const tensor<float, head<>, key<>, feature<>> k(2, 50, 16);
    const tensor<float, head<>, key<>, value<>> v(2, 50, 16);
    const tensor<float, head<>> slope(2);
    const auto scores =
        30.f * tanh((q * transpose(k) / 4.f + slope * (position<key> - position<query>)) / 30.f);
    const std::string text =
        steady(explain(softmax(scores, window(64).bottom_right, sink(slope)) * v, instructions(plainest())));
    const std::string begin = text.substr(0, text.find('\n'));
    BOOST_TEST(begin ==
               "softmax(30 * tanh(((head, query, feature) * transpose((head, key, feature)) / 4 + (head) * "
               "(position<key> - position<query>)) / 30), window(64).bottom_right, sink((head))) * (head, "
               "key, value)");
    BOOST_TEST(
        text.substr(text.find("        for key")) ==
        filled_in(
            R"(        for key (50) in one tile, streamed: running maximum, sum, and sum of weighted values
            skip a tile where `key <= query + 20 && key > query + 20 - 64` holds nowhere; no mask where it holds everywhere
                of 2 tiles: 0 skipped, 2 with the mask, 0 without
            pack keys: (head, key, feature)
            values: (head, key, value)
            for {block} rows
                scores = queries . keys over feature (16), {panel} keys at a time
                inline, {lanes} at a time ({set}): x = 30 * tanh((scores + (head) * (key - query)) / 30), weight = exp(x - maximum), 0 where masked
                sums += weights . values, for value (16)
        finish: add the sink (head) to the sum; divide by the sum
)",
            0));
}

BOOST_AUTO_TEST_CASE(grouped_queries) {
    const tensor<float, head<2>, group<4>, query<>, feature<32>> q(30);
    const tensor<float, head<2>, key<>, feature<32>> k(1000);
    const tensor<float, head<2>, key<>, value<32>> v(1000);
    expect_explanation(
        softmax(q * transpose(k)) * v,
        R"(softmax((head, group, query, feature) * transpose((head, key, feature))) * (head, key, value)
1 loop, no temporaries
30.7 MFLOP in products; reads 543 kB, writes 30.7 kB; workspace {workspace} per worker
    for head (2), group (4) x query (30) in one tile, in parallel: 2 items
        pack queries: (head, group, query, feature)
        for key (1000) in tiles of {keys}, streamed: running maximum, sum, and sum of weighted values
            pack keys: (head, key, feature)
            values: (head, key, value)
            for {block} rows
                scores = queries . keys over feature (32), {panel} keys at a time
                inline, {lanes} at a time ({set}): weight = exp(scores - maximum)
                sums += weights . values, for value (32)
        finish: divide by the sum
)");
}

// For few rows it is not worth while to pack keys whose rows are vectors already.
BOOST_AUTO_TEST_CASE(one_query) {
    const tensor<float, head<2>, query<>, feature<32>> q(1);
    const tensor<float, head<2>, key<>, feature<32>> k(1000);
    const tensor<float, head<2>, key<>, feature<31>> odd(1000);
    const auto says = [](const auto& e, const char* words) {
        return explain(e, instructions(plainest())).find(words) != std::string::npos;
    };
    BOOST_TEST(says(logsumexp(q * transpose(k)), "        keys, read in place: (head, key, feature)\n"));
    BOOST_TEST(says(logsumexp(q * transpose(k)), filled_in(", {lanes} keys at a time\n", 0).c_str()));
    BOOST_TEST(says(logsumexp(slice<feature>(q, 0, 31) * transpose(odd)),
                    "        pack keys: (head, key, feature)\n"));
    BOOST_TEST(says(logsumexp(q * transpose(k + 1)), "        pack keys: (head, key, feature) + 1\n"));
}

BOOST_AUTO_TEST_CASE(a_result_and_its_logsumexp) {
    const tensor<float, query<>, feature<>> q(3, 5);
    const tensor<float, key<>, feature<>> k(5, 5);
    const tensor<float, key<>, value<>> v(5, 7);
    const auto scores = q * transpose(k);
    expect_explanation(
        outputs(softmax(scores) * v, logsumexp(scores)),
        R"(outputs(softmax((query, feature) * transpose((key, feature))) * (key, value), logsumexp((query, feature) * transpose((key, feature))))
1 loop, no temporaries
360 FLOP in products; reads 300 B, writes 96 B; workspace {workspace} per worker
loop 1: result 1 = softmax(dot<feature>((query, feature), (key, feature))) * (key, value)
    with result 2, of the same loop
    for query (3) in one tile
        pack queries: (query, feature)
        for key (5) in one tile, streamed: running maximum, sum, and sum of weighted values
            pack keys: (key, feature)
            values: (key, value)
            for {lanes} rows, along the lanes
                scores = queries . keys over feature (5)
                inline, {lanes} at a time ({set}): weight = exp(scores - maximum)
                sums += weights . values, for value (7)
        finish: divide by the sum; logsumexp = maximum + log(sum)
)");
}

BOOST_AUTO_TEST_CASE(only_the_logsumexp) {
    const tensor<double, query<>, feature<>> q(3, 4);
    const tensor<double, key<>, feature<>> k(5, 4);
    const std::string text =
        explain(logsumexp(q * transpose(k), drop(position<key> == 2)), instructions(plainest()));
    const auto has = [&](const char* s) { return text.find(s) != std::string::npos; };
    BOOST_TEST(has("120 FLOP in products; reads 256 B, writes 24 B;"));
    BOOST_TEST(has("streamed: running maximum and sum\n"));
    BOOST_TEST(has("        mask: `!(key == 2)`\n"));
    BOOST_TEST(has("        finish: maximum + log(sum)\n"));
    BOOST_TEST(!has("values"));
}

BOOST_AUTO_TEST_CASE(scores_that_are_stored) {
    const tensor<float, query<>, feature<>> q(3, 5);
    const tensor<float, key<>, feature<>> k(5, 5);
    expect_explanation(q * transpose(k) / 2.f + position<key>,
                       R"((query, feature) * transpose((key, feature)) / 2 + position<key>
1 loop, no temporaries
150 FLOP in products; reads 160 B, writes 60 B; workspace {workspace} per worker
    for query (3) in one tile
        pack rows: (query, feature), times 0.5
        for key (5) in one tile
            pack columns: (key, feature)
            for {block} rows
                product = rows . columns over feature (5), {panel} columns at a time
                inline, {lanes} at a time ({set}): product + key
)");
}

BOOST_AUTO_TEST_CASE(reductions_and_single_numbers) {
    const tensor<float, query<>, key<>> x(3, 5);
    expect_explanation(mean<key>(square(x)), R"(mean<key>(square((query, key)))
1 loop, no temporaries
0 FLOP in products; reads 60 B, writes 12 B; workspace {workspace} per worker
    for query (3) in one tile
        for key (5) in one tile, streamed: running mean
            for {block} rows
                inline, {lanes} at a time ({set}): mean of square((query, key))
        finish: divide by the extent of key
)");
    const tensor<float> one;
    const std::string text = explain(one + 1.f);
    BOOST_TEST(text.find("    once\n        in one step\n") != std::string::npos);
    const tensor<float, query<>, key<>> none(0, 5);
    BOOST_TEST(explain(none + 1.f).find("for query (0) in one tile: nothing to do\n") != std::string::npos);
}
