// SPDX-License-Identifier: BSL-1.0
// suites: formulas
// Scores that are no products and read more than what is packed: positions, conditions, integers, tables.
#include "loop/tiles.hpp"

namespace {

using namespace tiles;

BOOST_FIXTURE_TEST_CASE(what_is_read_in_place, fixture) {
    check_one_loop(attended(sum<feature>(where(position<feature> < 5, square(q - k), tanh(q + k))), v));
    check_one_loop(attended(sum<feature>(where(position<key> <= position<query>, q + k, hadamard(q, k))), v));
    check_one_loop(attended(-sum<feature>(square(q - k + 0.01f * (position<key> - position<query>))), v));
    auto seen = tensor<bool, key<>, feature<>>(301, 21);
    for (extent i = 0; i < seen.size(); ++i) seen.data()[i] = i % 3 != 0;
    check_one_loop(attended(-sum<feature>(where(seen, square(q - k), 0)), v));
    auto kind = tensor<long long, query<>, feature<>>(37, 21);
    for (extent i = 0; i < kind.size(); ++i) kind.data()[i] = i % 4;
    check_one_loop(attended(sum<feature>(where(kind == position<key> % 4, q + k, hadamard(q, k))), v));
}
// Few rows: a tile of more keys, in pieces.
BOOST_AUTO_TEST_CASE(few_rows) {
    const arrays a(2, 5, 1301, 21, 19);
    check_one_loop(
        attended(-sum<feature>(square(a.q - a.k + 0.01f * (position<key> - position<query>))), a.v));
    check_one_loop(
        attended(sum<feature>(where(position<key> <= 260 * position<query>, a.q + a.k, hadamard(a.q, a.k))),
                 a.v, keep(position<key> % 700 < 300 + position<query>)));
    const auto bias = numbers<float, query<>, key<>>({5, 1301}, 5);
    check_one_loop(attended(dot<feature>(a.q, a.k) + bias, a.v, keep(bias > 0)));
}
BOOST_FIXTURE_TEST_CASE(looked_up, fixture) {
    const auto table = numbers<float, offset<>, feature<>>({337, 21}, 9);
    const auto distance = position<key> - position<query> + 36;
    check_one_loop(attended(dot<feature>(w, tanh(q + gather<offset>(table, distance))), v));
    check_one_loop(attended(-sum<feature>(square(q - gather<key>(k, 300 - position<key>))), v));
}

} // namespace
