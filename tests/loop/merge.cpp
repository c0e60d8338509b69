// SPDX-License-Identifier: BSL-1.0
// suites: formulas
// merge: parts over disjoint keys give what all keys give, in any grouping and order, with parts that have no keys.
#include <boost/test/unit_test.hpp>

#include "loop/by_hand.hpp"

using namespace by_hand;

namespace {

template <extent N = dynamic> struct part : axis<N> {};

template <class A, class B> double largest_difference(const A& a, const B& b) {
    BOOST_REQUIRE_EQUAL(a.size(), b.size());
    double d = 0;
    for (extent i = 0; i < a.size(); ++i) {
        const double x = a.data()[i], y = b.data()[i];
        if (x == y) continue; // also two infinities
        d = std::fmax(d, std::isfinite(x - y) ? std::fabs(x - y) : inf);
    }
    return d;
}
template <class T> struct arrays {
    tensor<T, head<>, query<>, feature<>> q = some<T, head<>, query<>, feature<>>({2, 13, 7}, 0.1);
    tensor<T, head<>, key<>, feature<>> k = some<T, head<>, key<>, feature<>>({2, 37, 7}, 0.2);
    tensor<T, head<>, key<>, value<>> v = some<T, head<>, key<>, value<>>({2, 37, 5}, 0.3);
    // Of the keys from begin to end, for rows that see keys below 2 query.
    auto chunk(extent begin, extent end) const {
        const auto scores = 4 * (q * transpose(slice<key>(k, begin, end)));
        const auto seen = keep(position<key> + begin < 2 * position<query>);
        return evaluate(outputs(softmax(scores, seen) * slice<key>(v, begin, end), logsumexp(scores, seen)));
    }
};
const auto as_part = [](const auto& pair) { return partial{std::get<0>(pair), std::get<1>(pair)}; };

template <class T> void check_chunks(double tolerance) {
    const arrays<T> x;
    const auto [o, l] = x.chunk(0, 37);
    BOOST_TEST(l(0, 0) == -inf); // a row without keys
    const auto a = x.chunk(0, 11), b = x.chunk(11, 12), c = x.chunk(12, 37);
    const auto same = [&](const auto& merged) {
        const auto [mo, ml] = merged;
        BOOST_TEST(largest_difference(mo, o) <= tolerance);
        BOOST_TEST(largest_difference(ml, l) <= tolerance);
    };
    const auto of_all = merge(as_part(a), as_part(b), as_part(c));
    same(evaluate(of_all));
    same(evaluate(of_all, reference));
    same(evaluate(merge(as_part(c), as_part(b), as_part(a))));
    const auto left = evaluate(merge(as_part(a), as_part(b)));
    same(evaluate(merge(as_part(left), as_part(c))));
    const auto right = evaluate(merge(as_part(b), as_part(c)));
    same(evaluate(merge(as_part(a), as_part(right))));
    same(evaluate(merge(as_part(std::make_tuple(o, l)))));
}

} // namespace

BOOST_AUTO_TEST_CASE(chunks_of_keys_in_double) { check_chunks<double>(1e-14); }
BOOST_AUTO_TEST_CASE(chunks_of_keys_in_float) { check_chunks<float>(2e-6); }

// Tensors that have no name move into the formula, into each of their places.
BOOST_AUTO_TEST_CASE(parts_without_a_name) {
    const auto o = [](double y) { return of<double, query<>, value<>>({2, 1}, {y, y + 1}); };
    const auto l = [](double y) { return of<double, query<>>({2}, {y, y}); };
    const auto merged = merge(partial{o(1), l(0)}, partial{o(3), l(0)});
    const auto alone = merge(partial{o(1), l(5)});
    const auto along = merge<query>(partial{o(1), l(0)});
    const auto others = o(100); // where those were
    const auto more = l(100);
    const auto is = [](const auto& both, const list& output, const list& logsumexp) {
        const auto check = [&](const auto& pair) {
            const auto& [y, m] = pair;
            expect({y.begin(), y.end()}, output, 1e-15);
            expect({m.begin(), m.end()}, logsumexp, 1e-15);
        };
        check(evaluate(both));
        check(evaluate(both, reference));
    };
    is(merged, {2, 3}, {std::log(2.), std::log(2.)});
    is(alone, {1, 2}, {5, 5});
    is(along, {1.5}, {std::log(2.)});
}

BOOST_AUTO_TEST_CASE(parts_along_an_axis) {
    const arrays<double> x;
    const auto a = x.chunk(0, 18), b = x.chunk(18, 37);
    tensor<double, part<>, head<>, query<>, value<>> o(2, 2, 13, 5);
    tensor<double, part<>, head<>, query<>> l(2, 2, 13);
    const auto copy = [](const auto& from, auto* to) {
        for (const double y : from) *to++ = y;
    };
    copy(std::get<0>(a), o.data());
    copy(std::get<0>(b), o.data() + 2 * 13 * 5);
    copy(std::get<1>(a), l.data());
    copy(std::get<1>(b), l.data() + 2 * 13);
    const auto [whole_o, whole_l] = x.chunk(0, 37);
    const auto along = merge<part>(partial{o, l});
    const auto [mo, ml] = evaluate(along);
    BOOST_TEST(largest_difference(mo, whole_o) <= 1e-14);
    BOOST_TEST(largest_difference(ml, whole_l) <= 1e-14);
    const auto [ro, rl] = evaluate(along, reference);
    BOOST_TEST(largest_difference(ro, whole_o) <= 1e-14);
    BOOST_TEST(largest_difference(rl, whole_l) <= 1e-14);
}

// exp and log of l that no weight could bear, and outputs of parts without keys, which are not looked at.
BOOST_AUTO_TEST_CASE(large_and_infinite) {
    const auto o = [](double y) { return of<double, query<>, value<>>({3, 1}, {y, y + 1, y + 2}); };
    const auto l = [](list y) { return of<double, query<>>({3}, y); };
    const auto o1 = o(1), o2 = o(10), o3 = of<double, query<>, value<>>({3, 1}, {NaN, inf, 5});
    const auto l1 = l({4000, -4000, 0}), l2 = l({3999, -4001, -inf}), l3 = l({-inf, -inf, -inf});
    const double p = 1 / (1 + std::exp(-1.));
    const auto [mo, ml] = evaluate(merge(partial{o3, l3}, partial{o1, l1}, partial{o2, l2}), reference);
    expect({mo.begin(), mo.end()}, {p + 10 * (1 - p), 2 * p + 11 * (1 - p), 3}, 1e-14);
    expect({ml.begin(), ml.end()}, {4000 - std::log(p), -4000 - std::log(p), 0}, 1e-11);
    const auto [fo, fl] = evaluate(merge(partial{o3, l3}, partial{o1, l1}, partial{o2, l2}));
    expect({fo.begin(), fo.end()}, {p + 10 * (1 - p), 2 * p + 11 * (1 - p), 3}, 1e-14);
    expect({fl.begin(), fl.end()}, {4000 - std::log(p), -4000 - std::log(p), 0}, 1e-11);
    const auto [eo, el] = evaluate(merge(partial{o3, l3}, partial{o3, l3}));
    expect({eo.begin(), eo.end()}, {0, 0, 0});
    expect({el.begin(), el.end()}, {-inf, -inf, -inf});
}
