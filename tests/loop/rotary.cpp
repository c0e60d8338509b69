// SPDX-License-Identifier: BSL-1.0
// suites: formulas, slow
// Rotary embedding: what it is, in both pairings, and that an attention with it is one loop that stores nothing.
#include "loop/tiles.hpp"

namespace {

using namespace tiles;

// x(h, i, f) turned at position i + past, as the paper writes it.
template <class X> std::vector<double> turned(const X& x, extent past, double base, bool interleaved) {
    const extent heads = x.extent_at(0), rows = x.extent_at(1), n = x.extent_at(2), half = n / 2;
    std::vector<double> out(static_cast<std::size_t>(x.size()));
    for (extent h = 0; h < heads; ++h)
        for (extent i = 0; i < rows; ++i)
            for (extent j = 0; j < half; ++j) {
                const double a = static_cast<double>(i + past) *
                                 std::pow(base, -2 * static_cast<double>(j) / static_cast<double>(n));
                const extent f = interleaved ? 2 * j : j, g = interleaved ? f + 1 : f + half;
                const double u = x(h, i, f), v = x(h, i, g);
                const extent row = (h * rows + i) * n;
                out[static_cast<std::size_t>(row + f)] = u * std::cos(a) - v * std::sin(a);
                out[static_cast<std::size_t>(row + g)] = v * std::cos(a) + u * std::sin(a);
            }
    return out;
}

BOOST_AUTO_TEST_CASE(by_hand_and_in_double) {
    for (const extent n : {2, 8, 22, 66}) {
        const auto x = numbers<double, head<>, query<>, feature<>>({2, 9, n}, 1);
        const auto plain = rotary<feature>(x, position<query>);
        expect(values(plain), turned(x, 0, 10000, false), 1e-13);
        const auto later = rotary<feature>(x, position<query> + 5, 500.);
        expect(values(later), turned(x, 5, 500, false), 1e-13);
        const auto pairs = rotary_interleaved<feature>(x, position<query> + 5);
        expect(values(pairs), turned(x, 5, 10000, true), 1e-13);
        for (const instruction_set set : available_instruction_sets()) {
            const tensor a = evaluate(later, instructions(set)), b = evaluate(pairs, instructions(set));
            expect({a.begin(), a.end()}, turned(x, 5, 500, false), 1e-13);
            expect({b.begin(), b.end()}, turned(x, 5, 10000, true), 1e-13);
        }
    }
}

struct rotary_fixture : arrays {
    rotary_fixture() : arrays(2, 29, 83, 38, 7) {}
};

BOOST_FIXTURE_TEST_CASE(in_the_loads_of_an_attention, rotary_fixture) {
    // The queries are the last of the keys.
    const auto attention = [&](const auto& rq, const auto& rk) {
        return softmax(rq * transpose(rk) / std::sqrt(38.), causal.bottom_right) * v;
    };
    check_one_loop(attention(rotary<feature>(q, position<query> + 54), rotary<feature>(k, position<key>)));
    check_one_loop(attention(rotary_interleaved<feature>(q, position<query> + 54, 500000.),
                             rotary_interleaved<feature>(k, position<key>, 500000.)));
    // Of grouped queries, and in place of products.
    const auto grouped = numbers<float, head<>, group<>, query<>, feature<>>({2, 3, 5, 38}, 8);
    check_one_loop(attention(rotary<feature>(grouped, position<query>), rotary<feature>(k, position<key>)));
    check_one_loop(attended(
        -sum<feature>(square(rotary<feature>(q, position<query>) - rotary<feature>(k, position<key>))), v));
}
BOOST_FIXTURE_TEST_CASE(some_features_only, rotary_fixture) {
    const auto turned_part = [&](const auto& x, const auto& at) {
        return rotary<feature>(slice<feature>(x, 0, 16), at);
    };
    const auto scores = turned_part(q, position<query>) * transpose(turned_part(k, position<key>)) +
                        slice<feature>(q, 16, 38) * transpose(slice<feature>(k, 16, 38));
    check_one_loop(softmax(scores) * v);
}
BOOST_FIXTURE_TEST_CASE(positions_that_are_given, rotary_fixture) {
    tensor<int, key<>> at(83);
    for (extent i = 0; i < 83; ++i) at(i) = static_cast<int>(i * 7 % 31);
    check_one_loop(softmax(q * transpose(rotary<feature>(k, at))) * v);
}
BOOST_FIXTURE_TEST_CASE(storage_of_sixteen_bits, rotary_fixture) {
    auto half = tensor<f16, head<>, key<>, feature<>>(2, 83, 38);
    for (extent i = 0; i < half.size(); ++i) half.data()[i] = static_cast<f16>(k.data()[i]);
    check_one_loop(softmax(q * transpose(rotary<feature>(half, position<key>))) * v);
}
// What a product of turned rows is depends on the distance of their positions alone.
BOOST_FIXTURE_TEST_CASE(distances_alone, rotary_fixture) {
    const auto scores = [&](extent past) {
        return evaluate(rotary<feature>(q, position<query> + past) *
                        transpose(rotary<feature>(k, position<key> + past)));
    };
    const tensor here = scores(0), there = scores(1000);
    for (extent i = 0; i < here.size(); ++i) BOOST_TEST(std::fabs(here.data()[i] - there.data()[i]) < 2e-3);
}
// A tensor that nobody else holds moves into the formula.
BOOST_AUTO_TEST_CASE(temporaries) {
    const auto x = numbers<double, head<>, query<>, feature<>>({2, 9, 8}, 1);
    const auto e =
        rotary<feature>(numbers<double, head<>, query<>, feature<>>({2, 9, 8}, 1), position<query>);
    expect(values(e), turned(x, 0, 10000, false), 1e-13);
}
BOOST_AUTO_TEST_CASE(extents_that_cannot_be) {
    const auto says = [](const char* text) {
        return [text](const shape_error& e) { return std::string(e.what()) == text; };
    };
    const auto x = numbers<float, query<>, feature<>>({2, 7}, 1);
    BOOST_CHECK_EXCEPTION(rotary<feature>(x, position<query>), shape_error,
                          says("rotary<feature>(x, position): requires an even extent of feature, not 7"));
    const symbol<"X", float, query<>, feature<>> later;
    BOOST_CHECK_EXCEPTION(rotary_interleaved<feature>(later, position<query>), shape_error,
                          says("rotary<feature>(x, position): requires the extent of feature to be known "
                               "when the formula is written"));
    const symbol<"X", float, query<>, feature<8>> known;
    const auto e = rotary<feature>(known, position<query>);
    const auto y = numbers<float, query<>, feature<8>>({2, 8}, 1);
    const kernel turn{e};
    tensor<float, query<>, feature<8>> z(2);
    turn(z, known = y);
    const tensor expected = evaluate(rotary<feature>(y, position<query>));
    for (extent i = 0; i < 16; ++i) BOOST_TEST(z.data()[i] == expected.data()[i]);
}

} // namespace
