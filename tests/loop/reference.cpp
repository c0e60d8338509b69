// SPDX-License-Identifier: BSL-1.0
// The oracle, node by node, against numbers worked out by hand.
#include <boost/test/unit_test.hpp>

#include "loop/by_hand.hpp"

using namespace by_hand;

BOOST_AUTO_TEST_CASE(products) {
    const auto a = of<float, query<>, feature<>>({2, 3}, {1, 2, 3, 4, 5, 6});
    const auto b = of<double, key<>, feature<>>({2, 3}, {1, 0, 1, 0, 1, 0});
    expect(values(a * transpose(b)), {4, 2, 10, 5});
    expect(values(dot<feature>(a, b)), {4, 2, 10, 5});
    expect(values(dot<feature>(b, a)), {4, 10, 2, 5});
    // Two axes at once, and batch axes that only one side has.
    const auto c = of<int, query<>, feature<>>({2, 3}, {1, 1, 1, 0, 0, 1});
    expect(values(dot<query, feature>(a, c)), {12});
    const auto d = of<float, head<>, feature<>, value<>>({2, 3, 1}, {1, 0, 0, 0, 0, 2});
    const auto e = reference_value(a * d);
    static_assert(std::is_same_v<decltype(e), const tensor<double, head<>, query<>, value<>>>);
    expect(values(a * d), {1, 4, 6, 12});
    expect(values(dot<feature>(of<float, feature<>>({0}, {}), of<float, feature<>, value<>>({0, 2}, {}))),
           {0, 0});
}

BOOST_AUTO_TEST_CASE(functions) {
    const auto x = of<double, key<>>({5}, {-2, -0.5, 0, 0.5, 3});
    const auto each = [&](double (*f)(double)) {
        list r;
        for (double y : x) r.push_back(f(y));
        return r;
    };
    expect(values(exp(x)), each([](double y) { return std::exp(y); }));
    expect(values(log(abs(x) + 1)), each([](double y) { return std::log(std::fabs(y) + 1); }));
    expect(values(sqrt(square(x))), {2, 0.5, 0, 0.5, 3});
    expect(values(rsqrt(square(x))), {0.5, 2, inf, 2, 1. / 3});
    expect(values(tanh(x)), each([](double y) { return std::tanh(y); }));
    expect(values(sigmoid(x)), each([](double y) { return 1 / (1 + std::exp(-y)); }));
    expect(values(silu(x)), each([](double y) { return y / (1 + std::exp(-y)); }));
    expect(values(gelu(x)), each([](double y) { return y * 0.5 * (1 + std::erf(y / std::sqrt(2.))); }));
    expect(values(relu(x)), {0, 0, 0, 0.5, 3});
    expect(values(sin(x)), each([](double y) { return std::sin(y); }));
    expect(values(cos(x)), each([](double y) { return std::cos(y); }));
    expect(values(pow(x, 2)), {4, 0.25, 0, 0.25, 9});
    expect(values(-x - 1), {1, -0.5, -1, -1.5, -4});
    expect(values(min(x, 0.25)), {-2, -0.5, 0, 0.25, 0.25});
    expect(values(max(x, x / 2)), {-1, -0.25, 0, 0.5, 3});
    expect(values(where(x > 0, x, 7)), {7, 7, 7, 0.5, 3});
    expect(values(relu(x + NaN)), list(5, NaN));
    expect(values(max(x, NaN)), list(5, NaN));
    expect(values(min(NaN, x)), list(5, NaN));
}

BOOST_AUTO_TEST_CASE(integers_stay_integers) {
    const auto x = of<int, key<>>({6}, {-7, -1, 0, 1, 6, 7});
    expect(values(x / 2), {-3, 0, 0, 0, 3, 3});
    expect(values(x % 3), {-1, -1, 0, 1, 0, 1});
    expect(values(x / 0), list(6, 0));
    expect(values(x % 0), list(6, 0));
    expect(values(x / 2.), {-3.5, -0.5, 0, 0.5, 3, 3.5});
    expect(values(x * position<key>), {0, -1, 0, 3, 24, 35});
    expect(values((position<key> - 3) / 2 + x - x), {-1, -1, 0, 0, 0, 1});
    expect(values((x > 0) + (x == 7)), {0, 0, 0, 1, 1, 2});
    const auto large = of<std::int64_t, key<>>({1}, {9007199254740993});
    expect(values(large - 9007199254740992), {1}); // not so in double
    const auto least = of<std::int64_t, key<>>({1}, {std::numeric_limits<std::int64_t>::min()});
    expect(values(least / -1 - least), {0}); // wraps around
}

BOOST_AUTO_TEST_CASE(conditions) {
    const auto x = of<int, key<>>({3}, {1, 2, 3});
    const auto flag = of<bool, key<>>({3}, {true, false, true});
    const auto c = reference_value((x >= 2 && flag) || !(x != 1));
    static_assert(std::is_same_v<decltype(c), const tensor<bool, key<>>>);
    BOOST_TEST(c(0) == true);
    BOOST_TEST(c(1) == false);
    BOOST_TEST(c(2) == true);
    expect(values(x < 2.5), {1, 1, 0});
    expect(values(x <= NaN), {0, 0, 0});
    expect(values(where(flag, x, -x)), {1, -2, 3});
    expect(values(where(flag, flag, x > 1)), {1, 1, 1});
}

BOOST_AUTO_TEST_CASE(views) {
    const auto x = of<float, query<>, key<>>({2, 3}, {1, 2, 3, 4, 5, 6});
    expect(values(transpose(x)), {1, 4, 2, 5, 3, 6});
    expect(values(select<query>(x, 1)), {4, 5, 6});
    expect(values(select<key>(x, 2)), {3, 6});
    expect(values(slice<key>(x, 1, 3)), {2, 3, 5, 6});
    expect(values(slice<key>(transpose(x), 1, 2)), {2, 5});
    expect(values(slice<query>(x, 1, 1)), {});
    expect(values(relabel<query, head>(x) - select<query>(x, 0)), {0, 0, 0, 3, 3, 3});
    // A view with strides: the same memory backwards, and one element everywhere.
    const view<const float, query<>, key<>> backwards(x.data() + 5, {2, 3}, {-3, -1});
    expect(values(backwards), {6, 5, 4, 3, 2, 1});
    const view<const float, query<>, key<>> constant(x.data() + 5, {2, 3}, {0, 0});
    expect(values(constant), list(6, 6));
    // A position inside a slice counts from the slice's own first index on, as an index of any other expression.
    expect(values(slice<key>(x * position<key>, 1, 3)), {2, 6, 5, 12});
    expect(values(slice<key>(x, 1, 3) * position<key>), {0, 3, 0, 6});
}

BOOST_AUTO_TEST_CASE(lookups) {
    const auto table = of<float, head<>, offset<>>({2, 4}, {0, 1, 2, 3, 10, 11, 12, 13});
    const auto id = of<int, query<>>({3}, {3, 0, 2});
    const auto x = of<float, head<>, query<>, key<>>({2, 3, 2}, list().empty() ? std::vector<float>(12)
                                                                               : std::vector<float>());
    expect(values(x + gather<offset>(table, id)), {3, 3, 0, 0, 2, 2, 13, 13, 10, 10, 12, 12});
    expect(values(x + gather<offset>(table, position<key> - position<query> + 2)),
           {2, 3, 1, 2, 0, 1, 12, 13, 11, 12, 10, 11});
    // The axes of an index stand where the axis that it looks up was: rows of a table by their numbers.
    const auto rows = of<float, offset<>, feature<>>({3, 2}, {0, 1, 10, 11, 20, 21});
    const auto number = of<int, batch<>, query<>>({2, 2}, {2, 0, 1, 2});
    const auto embedded = reference_value(gather<offset>(rows, number));
    static_assert(std::is_same_v<decltype(embedded), const tensor<double, batch<>, query<>, feature<>>>);
    expect({embedded.begin(), embedded.end()}, {20, 21, 0, 1, 10, 11, 20, 21});
    // The axis that is looked up may be an axis of the index too.
    const auto order = of<int, key<>>({4}, {3, 2, 1, 0});
    const auto row = of<float, key<>>({4}, {1, 2, 3, 4});
    expect(values(gather<key>(row, order)), {4, 3, 2, 1});
    expect(values(gather<key>(row, gather<key>(order, order))), {1, 2, 3, 4});
}

BOOST_AUTO_TEST_CASE(reductions) {
    const auto x = of<double, query<>, key<>>({2, 3}, {1, 2, 6, -4, 0, -2});
    expect(values(sum<key>(x)), {9, -6});
    expect(values(sum<query>(x)), {-3, 2, 4});
    expect(values(mean<key>(x)), {3, -2});
    expect(values(max<key>(x)), {6, 0});
    expect(values(min<key>(x)), {1, -4});
    expect(values(sum<key>(position<key> + 0 * x)), {3, 3});
    expect(values(logsumexp(x)),
           {6 + std::log(1 + std::exp(-4.) + std::exp(-5.)), std::log(1 + std::exp(-4.) + std::exp(-2.))});
    const auto none = of<double, query<>, key<>>({2, 0}, {});
    expect(values(sum<key>(none)), {0, 0});
    expect(values(mean<key>(none)), {NaN, NaN});
    expect(values(max<key>(none)), {-inf, -inf});
    expect(values(min<key>(none)), {inf, inf});
    expect(values(logsumexp(none)), {-inf, -inf});
    expect(values(logsumexp(none, sink(2))), {2, 2});
    const auto odd = of<double, query<>, key<>>({2, 2}, {NaN, 1, -inf, -inf});
    expect(values(max<key>(odd)), {NaN, -inf});
    expect(values(logsumexp(odd)), {NaN, -inf});
}

BOOST_AUTO_TEST_CASE(in_float_every_node_is_rounded) {
    const auto x = of<double, key<>>({2}, {1, 0x1p-30});
    const auto y = reference_value<float>(sum<key>(x + 1));
    static_assert(std::is_same_v<decltype(y), const tensor<float>>);
    BOOST_TEST(y() == 3.0f);
    BOOST_TEST(reference_value(sum<key>(x + 1))() == 3 + 0x1p-30);
}

BOOST_AUTO_TEST_CASE(evaluate_with_reference_is_the_oracle) {
    const auto x = some<float, query<>, key<>>({3, 4}, 1);
    const auto y = evaluate(softmax(x), reference);
    static_assert(std::is_same_v<decltype(y), const tensor<double, query<>, key<>>>);
    expect({y.begin(), y.end()}, values(softmax(x)), 0);
    BOOST_CHECK_THROW(evaluate(select<key>(x, 4), reference), index_error);
    BOOST_CHECK_THROW(evaluate(softmax(x, causal), reference), shape_error);
}
