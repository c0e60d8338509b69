// SPDX-License-Identifier: BSL-1.0
// suites: formulas
// Few keys: vectors go across rows. Every number of rows and keys around the lanes of a vector, what else a score and a result may
// have, operands that do not lie as they are needed, and what is NaN, infinite or not there.
#include <cstring>

#include <heed/explain.hpp>

#include "loop/tiles.hpp"

namespace {

using namespace tiles;

// One loop, and as near to the oracle as a float is.
template <class E> void check_near(const E& e) {
    static_assert(plan_of<E>::loops == 1 && plan_of<E>::temporaries == 0);
    const tensor exact = evaluate(e, reference);
    double largest = 0;
    for (const double x : exact)
        if (std::isfinite(x)) largest = std::fmax(largest, std::fabs(x));
    for (const instruction_set set : available_instruction_sets()) {
        const double off = distance(evaluate(e, instructions(set)), exact);
        BOOST_TEST(off <= 5e-7 * std::fmax(largest, 1), to_string(set) << " is off by " << off);
    }
}
template <class E> bool goes_across(const E& e) {
    return explain(e, instructions(available_instruction_sets().back())).find("along the lanes") !=
           std::string::npos;
}
BOOST_AUTO_TEST_CASE(where_that_is_faster) {
    const auto attention = [](extent rows, extent keys, extent features) {
        const auto q = numbers<float, query<>, feature<>>({rows, features}, 1);
        const auto k = numbers<float, key<>, feature<>>({keys, features}, 2);
        return goes_across(softmax(q * transpose(k)) * relabel<feature, value>(k));
    };
    BOOST_TEST(attention(16, 16, 16));
    BOOST_TEST(attention(2048, 1, 64));
    BOOST_TEST(attention(8, 8, 8));
    BOOST_TEST(attention(64, 64, 64));
    BOOST_TEST(!attention(1, 16, 64));
    BOOST_TEST(!attention(17, 64, 64));
    BOOST_TEST(!attention(64, 65, 64));
    BOOST_TEST(!attention(64, 64, 256));
}
BOOST_AUTO_TEST_CASE(rows_and_keys) {
    for (const extent rows : {3, 8, 9, 16, 31, 64})
        for (const extent keys : {1, 7, 8, 9, 16, 29, 64})
            for (const extent features : {1, 8, 16, 21}) {
                const auto q = numbers<float, head<>, query<>, feature<>>({2, rows, features}, 1);
                const auto k = numbers<float, head<>, key<>, feature<>>({2, keys, features}, 2);
                const auto v = numbers<float, head<>, key<>, value<>>({2, keys, features}, 3);
                check_near(softmax(q * transpose(k) / 3.f) * v);
            }
}
BOOST_AUTO_TEST_CASE(in_double) {
    for (const extent rows : {5, 16, 19})
        for (const extent keys : {3, 17}) {
            const auto q = numbers<double, query<>, feature<>>({rows, 10}, 1);
            const auto k = numbers<double, key<>, feature<>>({keys, 10}, 2);
            const auto v = numbers<double, key<>, value<>>({keys, 12}, 3);
            const auto e = softmax(q * transpose(k), causal.bottom_right) * v;
            const tensor exact = evaluate(e, reference);
            for (const instruction_set set : available_instruction_sets())
                BOOST_TEST(distance(evaluate(e, instructions(set)), exact) < 1e-14);
        }
}
// Scores of two products, of positions and of what rows and keys have each; sinks, logsumexps and what is made of the result.
BOOST_AUTO_TEST_CASE(scores_and_results) {
    const arrays x(3, 33, 20, 16, 16);
    const auto& [q, k, v, w] = x;
    const auto slopes = numbers<float, head<>>({3}, 5);
    const auto of_rows = numbers<float, query<>>({33}, 6);
    const auto of_keys = numbers<float, key<>>({20}, 7);
    const auto residual = numbers<float, head<>, query<>, value<>>({3, 33, 16}, 8);
    const auto scores = q * transpose(k) / 4.f;
    BOOST_TEST(goes_across(softmax(scores, causal.bottom_right) * v));
    check_near(softmax(scores + slopes * (position<key> - position<query>), causal.bottom_right) * v);
    check_near(softmax(20.f * tanh(scores / 20.f) + hadamard(of_rows, of_keys), window(5).bottom_right) * v);
    check_near(softmax(scores, keep(of_keys < 0.2f)) * v + residual);
    check_near(softmax(scores, sink(slopes)) * v);
    check_near(softmax(hadamard(scores, scores) + scores) * v);
    check_near(logsumexp(scores, causal.bottom_right));
    check_near(softmax(scores) * v - softmax(2.f * scores) * v);
    const auto [o, l] = evaluate(outputs(softmax(scores) * v, logsumexp(scores)));
    BOOST_TEST(distance(o, evaluate(softmax(scores) * v, reference)) < 1e-6);
    BOOST_TEST(distance(l, evaluate(logsumexp(scores), reference)) < 1e-6);
    const auto second = numbers<float, head<>, query<>, part<>>({3, 33, 5}, 9);
    const auto other = numbers<float, head<>, key<>, part<>>({3, 20, 5}, 10);
    check_near(softmax(scores + dot<part>(second, other)) * v);
}
// Rows of several axes, of which the last one is along the lanes, and a batch that shares its keys.
BOOST_AUTO_TEST_CASE(several_axes_of_rows) {
    const auto q = numbers<float, head<>, group<>, query<>, feature<>>({2, 3, 18, 16}, 1);
    const auto k = numbers<float, head<>, key<>, feature<>>({2, 20, 16}, 2);
    const auto v = numbers<float, head<>, key<>, value<>>({2, 20, 16}, 3);
    check_near(attended(dot<feature>(q, k), v));
    check_near(attended(dot<feature>(q, select<head>(k, 1)), select<head>(v, 0)));
}
BOOST_AUTO_TEST_CASE(lying_otherwise) {
    const auto q = numbers<float, query<>, head<>, feature<>>({20, 3, 16}, 1);
    const auto k = numbers<float, feature<>, head<>, key<>>({16, 3, 12}, 2);
    const auto v = numbers<float, value<>, key<>, head<>>({16, 12, 3}, 3);
    const auto e = dot<key>(softmax<key>(dot<feature>(q, k)), v);
    check_near(e);
    auto apart = tensor<float, value<>, head<>, query<>>(16, 3, 20);
    evaluate_into(apart, e);
    const tensor together = evaluate(e);
    int differ = 0;
    for (extent h = 0; h < 3; ++h)
        for (extent r = 0; r < 20; ++r)
            for (extent c = 0; c < 16; ++c) differ += apart(c, h, r) != together(r, h, c);
    BOOST_TEST(differ == 0);
    // Products over two axes, and operands that are computed.
    const auto a = numbers<float, query<>, part<>, feature<>>({17, 3, 7}, 1);
    const auto b = numbers<float, key<>, feature<>, part<>>({18, 7, 3}, 2);
    check_near(attended(dot<part, feature>(tanh(a), b + 1.f), numbers<float, key<>, value<>>({18, 5}, 3)));
}
template <class Few> void check_storage() {
    const arrays x(2, 24, 11, 16, 16);
    auto q = tensor<Few, head<>, query<>, feature<>>(2, 24, 16);
    auto k = tensor<Few, head<>, key<>, feature<>>(2, 11, 16);
    auto v = tensor<Few, head<>, key<>, value<>>(2, 11, 16);
    for (extent i = 0; i < q.size(); ++i) q.data()[i] = static_cast<Few>(x.q.data()[i]);
    for (extent i = 0; i < k.size(); ++i) k.data()[i] = static_cast<Few>(x.k.data()[i]);
    for (extent i = 0; i < v.size(); ++i) v.data()[i] = static_cast<Few>(x.v.data()[i]);
    check_near(softmax(q * transpose(k)) * v);
    check_near(softmax(slice<query>(q, 0, 8) * transpose(k)) * v);
}
BOOST_AUTO_TEST_CASE(sixteen_bits) {
    check_storage<bf16>();
    check_storage<f16>();
}
// Behind a mask nothing is seen; rows without keys are zero; weights that vanish still have a say where a value is infinite.
BOOST_AUTO_TEST_CASE(odd_values) {
    auto q = numbers<float, query<>, feature<>>({32, 16}, 1);
    auto k = numbers<float, key<>, feature<>>({32, 16}, 2);
    auto v = numbers<float, key<>, value<>>({32, 16}, 3);
    const tensor finite = evaluate(softmax(q * transpose(k), causal.bottom_right) * v);
    v(31, 3) = static_cast<float>(NaN);
    v(20, 4) = static_cast<float>(inf);
    k(31, 2) = static_cast<float>(NaN);
    q(17, 0) = static_cast<float>(NaN);
    const auto e = softmax(q * transpose(k), causal.bottom_right) * v;
    check_near(e);
    const tensor odd = evaluate(e);
    BOOST_TEST(std::memcmp(finite.data(), odd.data(), 17 * 16 * sizeof(float)) == 0);
    BOOST_TEST(std::memcmp(&finite(18, 0), &odd(18, 0), 2 * 16 * sizeof(float)) == 0);
    BOOST_TEST(std::isnan(odd(17, 0)));
    BOOST_TEST(std::isnan(odd(31, 5)));
    BOOST_TEST(odd(25, 4) == inf);
    const auto none = numbers<float, query<>, feature<>>({32, 16}, 4);
    check_near(
        softmax(none * transpose(relabel<query, key>(none)), keep(position<key> > position<query> + 9)) * v);
}
// One of a batch alone, and one of several workers: the same bits.
BOOST_AUTO_TEST_CASE(alone_and_in_a_batch) {
    const auto q = numbers<float, head<>, query<>, feature<>>({50, 19, 32}, 1);
    const auto k = numbers<float, head<>, key<>, feature<>>({50, 9, 32}, 2);
    const auto v = numbers<float, head<>, key<>, value<>>({50, 9, 32}, 3);
    const auto attention = [](const auto& a, const auto& b, const auto& c) {
        return softmax(a * transpose(b)) * c;
    };
    const tensor all = evaluate(attention(q, k, v));
    for (const extent h : {0, 26, 49}) {
        const tensor one =
            evaluate(attention(slice<head>(q, h, h + 1), slice<head>(k, h, h + 1), slice<head>(v, h, h + 1)));
        BOOST_TEST(std::memcmp(one.data(), &all(h, 0, 0), 19 * 32 * sizeof(float)) == 0);
    }
}
// Results so large that they go past the caches.
BOOST_AUTO_TEST_CASE(past_caches) {
    const auto q = numbers<float, query<>, feature<>>({33000, 128}, 1);
    const auto k = numbers<float, key<>, feature<>>({3, 128}, 2);
    const auto v = numbers<float, key<>, value<>>({3, 128}, 3);
    const tensor large = evaluate(softmax(q * transpose(k)) * v);
    const tensor small = evaluate(softmax(slice<query>(q, 32900, 33000) * transpose(k)) * v);
    BOOST_TEST(std::memcmp(small.data(), &large(32900, 0), 100 * 128 * sizeof(float)) == 0);
}

} // namespace
