// SPDX-License-Identifier: BSL-1.0
// A tree is printed as the formula that makes it.
#include <boost/test/unit_test.hpp>

#include "expr/axes_of_formulas.hpp"

using namespace heed;
using namespace heed_tests;

namespace {

template <class E> std::string text(const E& e) {
    const dsl::print::registry none;
    return dsl::print::writer{none}(e);
}

struct arrays {
    tensor<float, head<2>, query<>, feature<>> q{3, 4};
    tensor<float, head<2>, key<>, feature<>> k{5, 4};
    tensor<float, head<2>, key<>, value<>> v{5, 6};
    tensor<float, head<>> s{2};
    tensor<float, offset<>> table{7};
    tensor<int, batch<>> lengths{2};
    tensor<int, batch<>, query<>> segment{2, 5};
    tensor<bool, query<>, key<>> allowed{3, 5};
    tensor<float, batch<>, query<>, key<>> x{2, 3, 5};
    tensor<float, query<>, key<>> square{5, 5};
};
const arrays a;

struct doubled {
    static constexpr auto weight(auto score) { return 2 * score; }
};
template <int> struct powered : doubled {};

} // namespace

BOOST_AUTO_TEST_CASE(products) {
    BOOST_TEST(text(a.q * transpose(a.k)) == "(head, query, feature) * transpose((head, key, feature))");
    BOOST_TEST(text(softmax(a.q * transpose(a.k)) * a.v) ==
               "softmax((head, query, feature) * transpose((head, key, feature))) * (head, key, value)");
    BOOST_TEST(text(dot<feature>(a.q, a.k)) == "dot<feature>((head, query, feature), (head, key, feature))");
    BOOST_TEST(text(dot<head, feature>(a.q, a.k)) ==
               "dot<head, feature>((head, query, feature), (head, key, feature))");
    BOOST_TEST(text(hadamard(a.q, a.s)) == "hadamard((head, query, feature), (head))");
}

BOOST_AUTO_TEST_CASE(arithmetic) {
    BOOST_TEST(text(a.s + 1) == "(head) + 1");
    BOOST_TEST(text(a.s - (a.s - 1)) == "(head) - ((head) - 1)");
    BOOST_TEST(text(a.s - 1 - a.s) == "(head) - 1 - (head)");
    BOOST_TEST(text((a.s + 1) / 2.5f) == "((head) + 1) / 2.5");
    BOOST_TEST(text(1 / (2 * a.s)) == "1 / (2 * (head))");
    BOOST_TEST(text(-(a.s + 1)) == "-((head) + 1)");
    BOOST_TEST(text(-(-a.s)) == "-(-(head))");
    BOOST_TEST(text(a.s + -0.1f) == "(head) + -0.1");
    BOOST_TEST(text(a.s * 0.1) == "(head) * 0.1");
    BOOST_TEST(text(a.s * (1.0 / 3)) == "(head) * 0.3333333333333333");
    BOOST_TEST(text(a.s * (1.f / 3)) == "(head) * 0.33333334");
    BOOST_TEST(text(a.s * 1e9) == "(head) * 1e+09");
    BOOST_TEST(text(a.s * 65536) == "(head) * 65536");
    BOOST_TEST(text(position<key> % 3 + 1) == "position<key> % 3 + 1");
    BOOST_TEST(text(tanh(exp(a.s) / 2.f)) == "tanh(exp((head)) / 2)");
    BOOST_TEST(text(min(a.s, pow(abs(a.s), 2.f))) == "min((head), pow(abs((head)), 2))");
}

BOOST_AUTO_TEST_CASE(conditions) {
    BOOST_TEST(text(a.s < 1 && a.s > 2) == "(head) < 1 && (head) > 2");
    BOOST_TEST(text((a.s < 1 && a.s > 2) || !(a.s == 3)) == "((head) < 1 && (head) > 2) || !((head) == 3)");
    BOOST_TEST(text((a.s < 1 || a.s > 2) && a.s != 3) == "((head) < 1 || (head) > 2) && (head) != 3");
    BOOST_TEST(text(where(a.s <= 1, a.s, 0)) == "where((head) <= 1, (head), 0)");
    BOOST_TEST(text(a.s + position<head> >= 1) == "(head) + position<head> >= 1");
}

BOOST_AUTO_TEST_CASE(views) {
    BOOST_TEST(text(relabel<query, key>(a.q)) == "relabel<query, key>((head, query, feature))");
    BOOST_TEST(text(select<head>(a.q, 1)) == "select<head>((head, query, feature), 1)");
    BOOST_TEST(text(slice<query>(a.q, 1, 3)) == "slice<query>((head, query, feature), 1, 3)");
    BOOST_TEST(text(gather<offset>(a.table, position<key> - position<query> + 2)) ==
               "gather<offset>((offset), position<key> - position<query> + 2)");
}

BOOST_AUTO_TEST_CASE(reductions) {
    BOOST_TEST(text(sum<key>(a.x)) == "sum<key>((batch, query, key))");
    BOOST_TEST(text(mean<query>(a.x)) == "mean<query>((batch, query, key))");
    BOOST_TEST(text(logsumexp(a.x)) == "logsumexp((batch, query, key))");
    BOOST_TEST(text(logsumexp<query>(a.x)) == "logsumexp<query>((batch, query, key))");
    BOOST_TEST(text(softmax<query>(a.x)) == "softmax<query>((batch, query, key))");
    BOOST_TEST(text(softmax(a.x, temperature(0.5))) == "softmax((batch, query, key) / 0.5)");
    BOOST_TEST(text(max<key>(a.x, causal)) == "max<key>((batch, query, key), causal)");
    BOOST_TEST(text(argmax<head>(a.s)) == "argmax<head>((head))");
    BOOST_TEST(text(variance<head>(a.s)) == "mean<head>(square((head) - mean<head>((head))))");
    BOOST_TEST(text(rms_norm<head>(a.s)) == "rms_norm((head), 1e-06)");
    BOOST_TEST(text(outputs(a.s, sum<head>(a.s))) == "outputs((head), sum<head>((head)))");
}

BOOST_AUTO_TEST_CASE(normalisers) {
    BOOST_TEST(text(weights(relu(a.x), causal)) == "weights(relu((batch, query, key)), causal)");
    BOOST_TEST(text(normalise<query>(a.x)) == "normalise<query>((batch, query, key))");
    BOOST_TEST(text(normalise<doubled>(a.x)) == "normalise<doubled>((batch, query, key))");
    BOOST_TEST(text(normalise<powered<3>, batch>(a.x)) ==
               "normalise<powered<3>, batch>((batch, query, key))");
}

BOOST_AUTO_TEST_CASE(masks) {
    const auto masked = [](const auto& mask) {
        const std::string s = text(softmax(a.x, mask));
        const std::string begin = "softmax((batch, query, key), ";
        BOOST_TEST(s.substr(0, begin.size()) == begin);
        return s.substr(begin.size(), s.size() - begin.size() - 1);
    };
    BOOST_TEST(masked(causal) == "causal");
    BOOST_TEST(masked(causal.top_left) == "causal.top_left");
    BOOST_TEST(masked(causal.bottom_right) == "causal.bottom_right");
    BOOST_TEST(masked(window(7)) == "window(7)");
    BOOST_TEST(masked(window(7).bottom_right) == "window(7).bottom_right");
    BOOST_TEST(masked(prefix(2)) == "prefix(2)");
    BOOST_TEST(masked(prefix(a.lengths).top_left) == "prefix((batch)).top_left");
    BOOST_TEST(masked(padding(a.lengths)) == "padding((batch))");
    BOOST_TEST(masked(same(a.segment)) == "same((batch, query))");
    BOOST_TEST(masked(same(relabel<query, key>(a.segment))) == "same(relabel<query, key>((batch, query)))");
    BOOST_TEST(masked(keep(a.allowed)) == "keep((query, key))");
    BOOST_TEST(masked(drop(position<key> == 3)) == "drop(position<key> == 3)");
    BOOST_TEST(masked(keep(position<key> < 3 || position<query> == 0)) ==
               "keep(position<key> < 3 || position<query> == 0)");
    BOOST_TEST(text(softmax(a.x, causal, padding(a.lengths), sink(a.lengths))) ==
               "softmax((batch, query, key), causal, padding((batch)), sink((batch)))");
    BOOST_TEST(text(logsumexp(a.x, window(3), sink(0.5))) ==
               "logsumexp((batch, query, key), window(3), sink(0.5))");
}

BOOST_AUTO_TEST_CASE(symbols_are_their_names) {
    const symbol<"Q", float, head<2>, query<>, feature<>> Q;
    const symbol<"keys", float, head<2>, key<>, feature<>> K;
    BOOST_TEST(text(Q * transpose(K) / 8.f) == "Q * transpose(keys) / 8");
}

BOOST_AUTO_TEST_CASE(quantities) {
    using dsl::print::quantity_text;
    BOOST_TEST(quantity_text(0, "B") == "0 B");
    BOOST_TEST(quantity_text(999, "B") == "999 B");
    BOOST_TEST(quantity_text(1000, "B") == "1.00 kB");
    BOOST_TEST(quantity_text(1073741824, "FLOP") == "1.07 GFLOP");
    BOOST_TEST(quantity_text(31457280, "B") == "31.5 MB");
    BOOST_TEST(quantity_text(999600, "B") == "1.00 MB");
    BOOST_TEST(quantity_text(123456, "B") == "123 kB");
    using dsl::print::number_text;
    BOOST_TEST(number_text(0.125) == "0.125");
    BOOST_TEST(number_text(-3) == "-3");
    BOOST_TEST(number_text(static_cast<double>(0.1f)) == "0.1");
    BOOST_TEST(number_text(1e-300) == "1e-300");
}
