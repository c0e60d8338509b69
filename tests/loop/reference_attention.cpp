// SPDX-License-Identifier: BSL-1.0
// The oracle's weights and masks, by hand and by laws that hold however the work is arranged.
#include <boost/test/unit_test.hpp>

#include "loop/by_hand.hpp"

using namespace by_hand;

BOOST_AUTO_TEST_CASE(weights_of_scores) {
    const auto x =
        of<double, query<>, key<>>({2, 3}, {std::log(1.), std::log(2.), std::log(5.), 1000, -inf, 1000});
    expect(values(softmax(x)), {0.125, 0.25, 0.625, 0.5, 0, 0.5});
    expect(values(softmax<query>(x)), {0, 1, 0, 1, 0, 1});
    expect(values(softmax(x, keep(position<key> < 2))), {1. / 3, 2. / 3, 0, 1, 0, 0});
    expect(values(softmax(x, drop(position<key> < 2), keep(position<query> == 0))), {0, 0, 1, 0, 0, 0});
    expect(values(softmax(x, sink(std::log(2.)))), {0.1, 0.2, 0.5, 0.5, 0, 0.5});
    expect(values(softmax(x, temperature(0.5), keep(position<query> == 0))),
           {1. / 30, 4. / 30, 25. / 30, 0, 0, 0});
    expect(values(softmax(x, causal.top_left)), {1, 0, 0, 1, 0, 0});
    expect(values(softmax(x, causal.bottom_right)), {1. / 3, 2. / 3, 0, 0.5, 0, 0.5});
    expect(values(softmax(x, window(1).bottom_right, keep(position<query> == 0))), {0, 1, 0, 0, 0, 0});
    expect(values(softmax(x, prefix(1).top_left, keep(position<query> == 0))), {1, 0, 0, 0, 0, 0});
}

BOOST_AUTO_TEST_CASE(rows_without_a_key) {
    const auto x = of<double, query<>, key<>>({2, 2}, {1, 2, 3, 4});
    const auto v = of<double, key<>, value<>>({2, 1}, {5, NaN});
    const auto no_key = keep(position<query> < 0);
    expect(values(softmax(x, no_key)), list(4, 0));
    expect(values(softmax(x, no_key) * v), {0, 0});
    expect(values(logsumexp(x, no_key)), {-inf, -inf});
    expect(values(softmax(x, no_key, sink(3)) * v), {0, 0});
    expect(values(logsumexp(x, no_key, sink(3))), {3, 3});
    expect(values(softmax(x, sink(inf)) * v), {NaN, NaN});
    expect(values(softmax(x, sink(-inf), keep(position<key> == 0)) * v), {5, 5});
    // -inf is a score like no other: the key is not there.
    expect(values(softmax(x - inf) * v), {0, 0});
    expect(values(softmax(x + where(position<key> == 0, 0., -inf)) * v), {5, 5});
}

BOOST_AUTO_TEST_CASE(what_a_mask_hides_does_not_leak) {
    const auto x = of<double, query<>, key<>>({1, 4}, {1, NaN, inf, 1});
    const auto v = of<double, key<>, value<>>({4, 1}, {2, NaN, -inf, 4});
    const auto seen = keep(position<key> % 3 == 0);
    expect(values(softmax(x, seen) * v), {3});
    expect(values(logsumexp(x, seen)), {1 + std::log(2.)});
    expect(values(dot<key>(v, softmax(x, seen))), {3});
    expect(values(transpose(v) * transpose(softmax(x, seen))), {3});
    // Nor through arithmetic on the weights that keeps what is not there away.
    expect(values((2 * softmax(x, seen) - softmax(x, seen) / 2) * v), {4.5});
    expect(values(hadamard(softmax(x, seen), 2 * x) * v), {6});
    expect(values(relabel<query, head>(softmax(x, seen)) * v), {3});
    expect(values(slice<key>(softmax(x, seen), 0, 3) * slice<key>(v, 0, 3)), {1});
    // A score that is seen is.
    expect(values(softmax(x, keep(position<key> != 2))), {NaN, NaN, 0, NaN});
    expect(values(softmax(x, keep(position<key> < 2)) * v), {NaN});
}

BOOST_AUTO_TEST_CASE(attention_by_hand) {
    const auto q = some<float, batch<>, head<>, query<>, feature<>>({2, 2, 4, 3}, 1);
    const auto k = some<float, batch<>, head<>, key<>, feature<>>({2, 2, 5, 3}, 2);
    const auto v = some<float, batch<>, head<>, key<>, value<>>({2, 2, 5, 2}, 3);
    const auto slope = some<double, head<>>({2}, 4);
    const auto table = some<float, offset<>>({8}, 5);
    const auto length = of<int, batch<>>({2}, {4, 0});
    const auto scores = 2 * tanh((q * transpose(k) + slope * (position<key> - position<query>)) / 2) +
                        gather<offset>(table, position<key> - position<query> + 3);
    const auto [o, l, w] = reference_value(outputs(
        softmax(scores, causal.bottom_right, padding(length), sink(slope)) * v,
        logsumexp(scores, causal.bottom_right, padding(length), sink(slope)), softmax<query>(scores)));
    for (extent b = 0; b < 2; ++b)
        for (extent h = 0; h < 2; ++h)
            for (extent i = 0; i < 4; ++i) {
                double sum = std::exp(slope(h)), out[2] = {};
                for (extent j = 0; j <= i + 1 && j < length(b); ++j) {
                    double s = slope(h) * static_cast<double>(j - i);
                    for (extent f = 0; f < 3; ++f) s += double(q(b, h, i, f)) * double(k(b, h, j, f));
                    const double e = std::exp(2 * std::tanh(s / 2) + double(table(j - i + 3)));
                    sum += e;
                    for (extent c = 0; c < 2; ++c) out[c] += e * double(v(b, h, j, c));
                }
                BOOST_TEST(std::fabs(l(b, h, i) - std::log(sum)) <= 1e-15);
                for (extent c = 0; c < 2; ++c) BOOST_TEST(std::fabs(o(b, h, i, c) - out[c] / sum) <= 1e-15);
            }
    for (extent j = 0; j < 5; ++j) {
        double total = 0;
        for (extent i = 0; i < 4; ++i) total += w(1, 1, i, j);
        BOOST_TEST(std::fabs(total - 1) <= 1e-15);
    }
}

// Laws that no arrangement of the work may break.
BOOST_AUTO_TEST_CASE(laws) {
    const auto q = some<double, query<>, feature<>>({5, 4}, 1);
    const auto k = some<double, key<>, feature<>>({7, 4}, 2);
    const auto v = some<double, key<>, value<>>({7, 3}, 3);
    const auto s = q * transpose(k);
    const auto first = keep(position<key> < 3);
    const auto rest = drop(position<key> < 3);
    // (A B) C = A (B C), and the transpose of a product.
    expect(values(s * v), values(q * (transpose(k) * v)), 1e-14);
    expect(values(transpose(s)), values(k * transpose(q)), 1e-15);
    // Weights are a distribution; a constant in a row changes nothing; temperature is division.
    expect(values(sum<key>(softmax(s, first))), list(5, 1), 1e-15);
    expect(values(softmax(s + sum<feature>(q))), values(softmax(s)), 1e-15);
    expect(values(softmax(s, temperature(2))), values(softmax(s / 2)), 0);
    expect(values(softmax(s)), values(exp(s - logsumexp(s))), 1e-15);
    // Masks: drop is the opposite of keep, several are all obeyed, -inf is a mask.
    expect(values(softmax(s, rest)), values(softmax(s, keep(position<key> >= 3))), 0);
    expect(values(softmax(s, first, keep(position<key> > 0))),
           values(softmax(s, keep(position<key> < 3 && position<key> > 0))), 0);
    expect(values(softmax(s, first) * v), values(softmax(where(position<key> < 3, s, -inf)) * v), 0);
    // Partial results over disjoint keys merge.
    const auto l = values(logsumexp(s)), a = values(logsumexp(s, first)), b = values(logsumexp(s, rest));
    for (std::size_t i = 0; i < l.size(); ++i)
        BOOST_TEST(std::fabs(l[i] - std::log(std::exp(a[i]) + std::exp(b[i]))) <= 1e-15);
    // A mask is the same as fewer keys.
    expect(values(softmax(s, first) * v), values(softmax(slice<key>(s, 0, 3)) * slice<key>(v, 0, 3)), 1e-16);
    // A sink is a key whose value is 0.
    expect(values(logsumexp(s, sink(0.5))), values(log(exp(logsumexp(s)) + std::exp(0.5))), 1e-15);
}
