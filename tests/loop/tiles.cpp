// SPDX-License-Identifier: BSL-1.0
// suites: formulas, slow
// Scores that are no products: what is reduced, of what, and what is around it.
#include "loop/tiles.hpp"

namespace {

using namespace tiles;

BOOST_AUTO_TEST_CASE(extents) {
    const extent sizes[][5] = {{1, 1, 1, 1, 1},   {2, 6, 64, 16, 8},   {1, 7, 65, 17, 9}, {1, 200, 5, 3, 2},
                               {1, 5, 257, 1, 4}, {1, 13, 259, 67, 1}, {2, 0, 4, 3, 2},   {2, 3, 0, 3, 2},
                               {0, 3, 4, 3, 2},   {2, 3, 5, 0, 2}};
    for (const auto& s : sizes)
        BOOST_TEST_CONTEXT(s[0] << " " << s[1] << " " << s[2] << " " << s[3] << " " << s[4]) {
            const arrays x(s[0], s[1], s[2], s[3], s[4]);
            check_one_loop(attended(-sum<feature>(square(x.q - x.k)) / 2, x.v));
            check_one_loop(attended(dot<feature>(x.w, tanh(x.q + x.k)), x.v));
        }
}
BOOST_FIXTURE_TEST_CASE(operations, fixture) {
    check_one_loop(attended(-mean<feature>(square(q - k)), v));
    check_one_loop(attended(2 * max<feature>(q - k) / 3, v));
    check_one_loop(attended(-max<feature>(abs(q - k)), v));
    check_one_loop(attended(min<feature>(hadamard(q, k)) * 5, v));
    check_one_loop(attended(-sum<feature>(abs(q - k)), v));
    check_one_loop(attended(sum<feature>(min(q, k)), v));
    check_one_loop(attended(sum<feature>(relu(q - k) / (1.5f + square(k) + square(q))), v));
}
BOOST_FIXTURE_TEST_CASE(sides, fixture) {
    // A width, and maps of either side alone.
    check_one_loop(attended(-sum<feature>(square(hadamard(w, q - k))) / 2, v));
    check_one_loop(attended(-sum<feature>(square(hadamard(q - k, exp(w)))) / 2, v));
    check_one_loop(attended(dot<feature>(w, gelu(q + tanh(k))), v));
    check_one_loop(attended(dot<feature>(tanh(q), sigmoid(q - square(k))), v));
    check_one_loop(attended(dot<feature>(hadamard(w, k), tanh(q + k)), v));
    check_one_loop(attended(sum<feature>(hadamard(hadamard(q, q - k), hadamard(k, k + w))), v));
    const auto width = numbers<float, head<>, query<>>({3, 37}, 5);
    check_one_loop(attended(-sum<feature>(square(hadamard(q - k, width))), v));
    const auto key_width = numbers<float, key<>>({301}, 6);
    check_one_loop(attended(-sum<feature>(square(hadamard(q - k, key_width))), v));
    const auto number = numbers<float>({}, 7);
    check_one_loop(attended(sum<feature>(tanh(hadamard(q - k, number))), v));
}

} // namespace
