// SPDX-License-Identifier: BSL-1.0
// suites: formulas
// Where one tile has all keys, blocks of rows go from their queries to their results one after the other.
#include <cstring>

#include "loop/tiles.hpp"

namespace {

using namespace tiles;

// Several items, blocks that are not full, features and values with and without a rest, layouts that are not evenly apart.
BOOST_AUTO_TEST_CASE(blocks_of_rows) {
    for (const extent rows : {9, 12, 61})
        for (const extent keys : {1, 17, 255, 256})
            for (const extent features : {16, 21}) {
                const auto q = numbers<float, head<>, query<>, feature<>>({5, rows, features}, 1);
                const auto k = numbers<float, head<>, key<>, feature<>>({5, keys, features}, 2);
                const auto v = numbers<float, head<>, key<>, value<>>({5, keys, features + 3}, 3);
                check_one_loop(softmax(q * transpose(k)) * v);
                check_one_loop(softmax(q * transpose(k), causal.bottom_right) * v);
            }
    const auto q = numbers<float, query<>, head<>, feature<>>({20, 3, 16}, 1);
    const auto k = numbers<float, feature<>, head<>, key<>>({16, 3, 40}, 2);
    const auto v = numbers<float, value<>, key<>, head<>>({16, 40, 3}, 3);
    check_one_loop(dot<key>(softmax<key>(dot<feature>(q, k)), v));
}
// What is NaN or infinite behind a mask is not seen, and another block is what it is without them.
BOOST_AUTO_TEST_CASE(odd_values_stay_in_their_block) {
    auto q = numbers<float, head<>, query<>, feature<>>({2, 40, 16}, 1);
    const auto k = numbers<float, head<>, key<>, feature<>>({2, 40, 16}, 2);
    auto v = numbers<float, head<>, key<>, value<>>({2, 40, 16}, 3);
    const tensor finite = evaluate(softmax(q * transpose(k), causal) * v);
    v(0, 39, 3) = static_cast<float>(NaN);
    v(1, 39, 4) = static_cast<float>(inf);
    q(0, 20, 0) = static_cast<float>(NaN);
    const tensor odd = evaluate(softmax(q * transpose(k), causal) * v);
    check_values(softmax(q * transpose(k), causal) * v);
    int differ = 0;
    for (extent h = 0; h < 2; ++h)
        for (const extent first : {0, 6, 12, 24, 30})
            differ += std::memcmp(&finite(h, first, 0), &odd(h, first, 0), 6 * 16 * sizeof(float)) != 0;
    BOOST_TEST(differ == 0);
    BOOST_TEST(std::isnan(odd(0, 39, 3)));
}
BOOST_AUTO_TEST_CASE(nothing_there) {
    const auto attention = [](extent rows, extent keys, extent features, extent values) {
        const auto q = numbers<float, head<>, query<>, feature<>>({2, rows, features}, 1);
        const auto k = numbers<float, head<>, key<>, feature<>>({2, keys, features}, 2);
        const auto v = numbers<float, head<>, key<>, value<>>({2, keys, values}, 3);
        const tensor o = evaluate(softmax(q * transpose(k)) * v);
        for (const float x : o) BOOST_TEST((keys > 0 || x == 0));
        return o.size();
    };
    BOOST_TEST(attention(20, 0, 16, 16) == 640);
    for (const extent rows : {1, 4, 20}) BOOST_TEST(attention(rows, 30, 16, 0) == 0);
    BOOST_TEST(attention(0, 30, 16, 16) == 0);
    BOOST_TEST(attention(4, 30, 0, 16) == 128);
}
// Ranges of a tensor are kept by their place in memory: of more pieces than are kept, and of two tensors at once.
BOOST_AUTO_TEST_CASE(ranges_of_tensors) {
    const extent many = 1500;
    const auto q = numbers<float, query<>, feature<>>({many, 16}, 1);
    const auto k = numbers<float, key<>, feature<>>({many, 16}, 2);
    const auto v = numbers<float, key<>, value<>>({many, 16}, 3);
    auto document = tensor<std::int32_t, query<>>(many);
    auto other = tensor<std::int32_t, key<>>(many);
    for (extent i = 0; i < many; ++i) {
        document(i) = static_cast<std::int32_t>(i / 130);
        other(i) = static_cast<std::int32_t>(i % 1000 / 300);
    }
    check_one_loop(softmax(q * transpose(k), same(document)) * v);
    check_one_loop(softmax(q * transpose(k), causal, same(document), keep(other < 2)) * v);
}

} // namespace
