// SPDX-License-Identifier: BSL-1.0
// uniform(seed, i, ...): Random123's known answers, the same numbers whatever computes them, their statistics, and
// dropout made of them.
#include <cmath>
#include <cstdint>

#include <heed.hpp>

#include "support/threads.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using namespace heed;
template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

// tests/kat_vectors of Random123, "philox4x32 10".
using words = dsl::philox_words;
static_assert(dsl::philox4x32({0, 0, 0, 0}, {0, 0}) ==
              words{0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u});
static_assert(dsl::philox4x32({0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu},
                              {0xffffffffu, 0xffffffffu}) ==
              words{0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu});
static_assert(dsl::philox4x32({0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u},
                              {0xa4093822u, 0x299f31d0u}) ==
              words{0xd16cfe09u, 0x94fdcceb, 0x5001e420u, 0x24126ea1u});

double first_word(words counter, std::uint64_t seed) {
    return static_cast<double>(dsl::unit_interval(dsl::philox4x32(
        counter, {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)})[0]));
}

template <class A, class B> bool same(const A& a, const B& b) {
    if (a.size() != b.size()) return false;
    for (extent i = 0; i < a.size(); ++i)
        if (static_cast<double>(a.data()[i]) != static_cast<double>(b.data()[i])) return false;
    return true;
}

BOOST_AUTO_TEST_CASE(known_answers) {
    const tensor one = evaluate(uniform(0, range<key>(1)));
    BOOST_TEST(one(0) == static_cast<float>(0x6627e8) * 0x1p-24f);
    // The third answer's counter and key, as coordinates and seed.
    const auto third =
        uniform(0x299f31d0a4093822u, range<key>(1) + 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344);
    BOOST_TEST(evaluate(third)(0) == static_cast<float>(0xd16cfe) * 0x1p-24f);
    BOOST_TEST(evaluate(third, reference)(0) == static_cast<double>(0xd16cfe) * 0x1p-24);
}

template <class T> void check_everywhere() {
    constexpr extent heads = 3, queries = 5, keys = 67;
    tensor<T, head<heads>, query<>, key<>> zero(queries, keys);
    tensor<std::int64_t, key<>> far(keys);
    for (extent j = 0; j < keys; ++j) far(j) = (std::int64_t{j} << 40) + 3 * j - 1;
    const std::uint64_t seed = 0xfedcba9876543210u;
    const auto by_place = zero + uniform(seed, position<head>, position<query>, position<key>);
    const auto by_array = zero + uniform(seed, far, position<head>, position<query>, -1);
    const auto by_row = zero + uniform(seed, position<query>);
    tensor<T, head<heads>, query<>, key<>> places(queries, keys), arrays(queries, keys), rows(queries, keys);
    for (extent h = 0; h < heads; ++h)
        for (extent i = 0; i < queries; ++i)
            for (extent j = 0; j < keys; ++j) {
                const auto a = static_cast<std::uint32_t>(h), b = static_cast<std::uint32_t>(i);
                places(h, i, j) = static_cast<T>(first_word({a, b, static_cast<std::uint32_t>(j), 0}, seed));
                arrays(h, i, j) =
                    static_cast<T>(first_word({static_cast<std::uint32_t>(far(j)), a, b, 0xffffffffu}, seed));
                rows(h, i, j) = static_cast<T>(first_word({b, 0, 0, 0}, seed));
            }
    BOOST_TEST(same(evaluate(by_place, reference), places));
    BOOST_TEST(same(evaluate(by_array, reference), arrays));
    for (const instruction_set set : available_instruction_sets()) {
        BOOST_TEST(same(evaluate(by_place, instructions(set)), places), to_string(set));
        BOOST_TEST(same(evaluate(by_array, instructions(set)), arrays), to_string(set));
        BOOST_TEST(same(evaluate(by_row, instructions(set)), rows), to_string(set));
    }
}
BOOST_AUTO_TEST_CASE(floats_everywhere) { check_everywhere<float>(); }
BOOST_AUTO_TEST_CASE(doubles_everywhere) { check_everywhere<double>(); }

BOOST_AUTO_TEST_CASE(statistics) {
    constexpr extent heads = 2, queries = 256, keys = 256, n = queries * keys;
    tensor<float, head<heads>, query<queries>, key<keys>> zero;
    const tensor u = evaluate(zero + uniform(2026, position<head>, position<query>, position<key>));
    // Bounds: about 4.5 standard deviations of the statistic under independence; the seed is fixed.
    constexpr int bins = 64;
    double product = 0;
    for (extent h = 0; h < heads; ++h) {
        double total = 0, squares = 0, along_keys = 0, along_queries = 0;
        std::array<double, bins> count{};
        for (extent i = 0; i < queries; ++i)
            for (extent j = 0; j < keys; ++j) {
                const double x = static_cast<double>(u(h, i, j)) - 0.5;
                BOOST_TEST_REQUIRE((x >= -0.5 && x < 0.5));
                total += x, squares += x * x;
                ++count[static_cast<std::size_t>((x + 0.5) * bins)];
                along_keys += x * (static_cast<double>(u(h, i, (j + 1) % keys)) - 0.5);
                along_queries += x * (static_cast<double>(u(h, (i + 1) % queries, j)) - 0.5);
                if (h == 1) product += x * (static_cast<double>(u(0, i, j)) - 0.5);
            }
        const double deviation = 1 / std::sqrt(12. * n), of_product = 1 / (12 * std::sqrt(1. * n));
        BOOST_TEST(std::abs(total / n) < 4.5 * deviation);
        BOOST_TEST(std::abs(squares / n - 1. / 12) < 4.5 / std::sqrt(180. * n));
        BOOST_TEST(std::abs(along_keys / n) < 4.5 * of_product);
        BOOST_TEST(std::abs(along_queries / n) < 4.5 * of_product);
        double chi_square = 0;
        for (const double c : count) chi_square += (c - n / bins) * (c - n / bins) / (n / bins);
        BOOST_TEST(std::abs(chi_square - (bins - 1)) < 4.5 * std::sqrt(2. * (bins - 1)));
    }
    BOOST_TEST(std::abs(product / n) < 4.5 / (12 * std::sqrt(1. * n))); // the heads are independent
}

template <class Tensor> void fill(Tensor& t, unsigned seed) {
    for (auto& x : t)
        x = static_cast<float>(static_cast<int>(seed = seed * 1664525u + 1013904223u) >> 8) / 8388608.f;
}

BOOST_AUTO_TEST_CASE(dropout) {
    tensor<float, head<3>, query<>, feature<8>> q(71);
    tensor<float, head<3>, key<>, feature<8>> k(301), v(301);
    fill(q, 1), fill(k, 2), fill(v, 3);
    const double p = 0.25;
    const auto dropped = uniform(11, position<head>, position<query>, position<key>) < p;
    const auto scores = q * transpose(k);
    const auto attention = softmax(scores, causal.bottom_right) * where(dropped, 0., 1 / (1 - p)) * v;
    const auto written_out =
        hadamard(softmax(scores, causal.bottom_right), where(!dropped, 1 / (1 - p), 0.)) * v;
    const tensor exact = evaluate(attention, reference);
    BOOST_TEST(same(exact, evaluate(written_out, reference)));
    // Dropped before they are normalised: the rest share the whole weight.
    const auto fewer = softmax(scores, causal.bottom_right, drop(dropped)) * v;
    const tensor exact_fewer = evaluate(fewer, reference);
    for (const instruction_set set : available_instruction_sets()) {
        const tensor o = evaluate(attention, instructions(set));
        const tensor f = evaluate(fewer, instructions(set));
        double worst = 0;
        for (extent i = 0; i < o.size(); ++i) {
            worst = std::fmax(worst, std::abs(static_cast<double>(o.data()[i]) - exact.data()[i]));
            worst = std::fmax(worst, std::abs(static_cast<double>(f.data()[i]) - exact_fewer.data()[i]));
        }
        BOOST_TEST(worst < 1e-5, to_string(set));
        // Whatever the threads.
        BOOST_TEST(same(o, evaluate(attention, instructions(set), on(heed_tests::threads{3}))));
        BOOST_TEST(same(f, evaluate(fewer, instructions(set), on(heed_tests::threads{3}))));
    }
    // Whatever the tiling: the last queries alone draw the same numbers at their coordinates.
    tensor<float, head<3>, query<>, feature<8>> last(4);
    for (extent h = 0; h < 3; ++h)
        for (extent i = 0; i < 4; ++i)
            for (extent f = 0; f < 8; ++f) last(h, i, f) = q(h, 67 + i, f);
    const auto there = uniform(11, position<head>, position<query> + 67, position<key>) < p;
    const tensor few =
        evaluate(softmax(last * transpose(k), causal.bottom_right, drop(there)) * v, reference);
    for (extent h = 0; h < 3; ++h)
        for (extent i = 0; i < 4; ++i)
            for (extent f = 0; f < 8; ++f) BOOST_TEST(few(h, i, f) == exact_fewer(h, 67 + i, f));
    static_assert(plan_of<decltype(fewer)>::loops == 1);
}

} // namespace
