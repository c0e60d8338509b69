// SPDX-License-Identifier: BSL-1.0
// suites: formulas
// Look-ups of look-ups: as keys, as values, in scores and in masks, against a formula over arrays that were looked up
// by hand; and ranges, which bring an axis that no array has.
#include <cmath>
#include <cstdint>

#include <heed.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace heed;
template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};
template <extent N = dynamic> struct page : axis<N> {};
template <extent N = dynamic> struct slot : axis<N> {};
template <extent N = dynamic> struct entry : axis<N> {};
template <extent N = dynamic> struct sequence : axis<N> {};

unsigned seed = 1;
template <class Tensor> void fill(Tensor& t) {
    for (auto& x : t)
        x = static_cast<typename Tensor::element_t>(
            static_cast<float>(static_cast<int>(seed = seed * 1664525u + 1013904223u) >> 8) / 8388608.f);
}

template <class A, class B> double distance(const A& a, const B& b) {
    double worst = 0;
    BOOST_TEST_REQUIRE(a.size() == b.size());
    for (extent i = 0; i < a.size(); ++i) {
        const double x = static_cast<double>(a.data()[i]), y = static_cast<double>(b.data()[i]);
        worst = std::fmax(worst, x == y ? 0 : std::abs(x - y));
        if (x != x || y != y) return NAN;
    }
    return worst;
}
// The oracle and the loop of every instruction set give the value of `plain`.
template <class E, class P> void check_same(const E& e, const P& plain, double bound = 1e-5) {
    const tensor expected = evaluate(plain, reference);
    BOOST_TEST(distance(evaluate(e, reference), expected) <= 1e-12);
    for (const instruction_set set : available_instruction_sets()) {
        const double worst = distance(evaluate(e, instructions(set)), expected);
        BOOST_TEST(worst <= bound, to_string(set) << ": " << worst);
    }
}

constexpr extent pages = 40, slots = 4;

template <class T, class I, extent D> void check_pages(extent keys, extent queries) {
    tensor<T, page<>, head<2>, slot<>, feature<>> pool_k(pages, slots, D);
    tensor<T, page<>, head<2>, slot<>, value<>> pool_v(pages, slots, D + 3);
    tensor<I, entry<>> table(std::max<extent>(1, (keys + slots - 1) / slots));
    tensor<T, head<2>, query<>, feature<>> q(queries, D);
    tensor<bool, page<>, slot<>> allowed(pages, slots);
    fill(pool_k), fill(pool_v), fill(q);
    for (extent i = 0; i < table.size(); ++i) table(i) = static_cast<I>(i * 7 % pages);
    for (extent i = 0; i < allowed.size(); ++i) allowed.data()[i] = i % 5 != 2;

    tensor<T, head<2>, key<>, feature<>> k(keys, D);
    tensor<T, head<2>, key<>, value<>> v(keys, D + 3);
    tensor<bool, key<>> keep_key(keys);
    tensor<T, key<>> bias(keys);
    for (extent j = 0; j < keys; ++j) {
        const extent p = static_cast<extent>(table(j / slots)), s = j % slots;
        for (extent h = 0; h < 2; ++h) {
            for (extent f = 0; f < D; ++f) k(h, j, f) = pool_k(p, h, s, f);
            for (extent f = 0; f < D + 3; ++f) v(h, j, f) = pool_v(p, h, s, f);
        }
        keep_key(j) = allowed(p, s);
        bias(j) = pool_k(p, 1, s, 0);
    }
    const auto index = range<key>(keys);
    const auto block = gather<entry>(table, index / slots);
    const auto paged_k = gather<page>(gather<slot>(pool_k, index % slots), block);
    const auto paged_v = gather<page>(gather<slot>(pool_v, index % slots), block);
    const auto paged_keep = gather<slot>(gather<page>(allowed, block), index % slots);
    const auto paged_bias = select<head>(select<feature>(paged_k, 0), 1);
    static_assert(std::is_same_v<typename decltype(paged_k)::shape_t, dsl::axes<head<2>, key<>, feature<>>>);
    const double bound = std::is_same_v<T, double> ? 1e-12 : 1e-5;

    const auto scores = q * transpose(paged_k) / 3.f;
    const auto plain_scores = q * transpose(k) / 3.f;
    check_same(softmax(scores, causal.bottom_right) * paged_v, softmax(plain_scores, causal.bottom_right) * v,
               bound);
    check_same(softmax(scores + paged_bias, keep(paged_keep)) * v,
               softmax(plain_scores + bias, keep(keep_key)) * v, bound);
    check_same(logsumexp(plain_scores - 2 * paged_bias, keep(!paged_keep)),
               logsumexp(plain_scores - 2 * bias, keep(!keep_key)), bound);
    check_same(slice<key>(paged_k, keys / 3, keys), slice<key>(k, keys / 3, keys), 0);
    check_same(paged_k + 0 * position<key>, k + 0 * position<key>, 0);
    static_assert(plan_of<decltype(softmax(scores, causal.bottom_right) * paged_v)>::loops == 1);
}

BOOST_AUTO_TEST_CASE(pages_of_keys) {
    for (extent keys : {1, 3, 31, 159})
        for (extent queries : {1, 13}) {
            check_pages<float, int, 16>(keys, queries);
            check_pages<float, std::int64_t, 5>(keys, queries);
            check_pages<double, std::int16_t, 8>(keys, queries);
        }
    check_pages<float, int, 16>(0, 3);
}

// gather<a>(gather<b>(x(a, b), i(a)), j(a, b)): which a is meant where.
BOOST_AUTO_TEST_CASE(one_axis_in_table_index_and_result) {
    constexpr extent n = 7, m = 11;
    tensor<float, key<>, slot<>> x(n, m);
    tensor<int, key<>> i(n);
    tensor<int, key<>, slot<>> j(n, m), once(n, m), twice(n, m);
    fill(x);
    for (extent a = 0; a < n; ++a) i(a) = static_cast<int>((a * 5 + 3) % m);
    for (extent a = 0; a < n; ++a)
        for (extent b = 0; b < m; ++b) j(a, b) = static_cast<int>((a * 3 + b) % n);

    tensor<float, key<>, slot<>> by_hand(n, m), again(n, m);
    const auto at = [&](extent a) { return x(a, i(a)); }; // gather<slot>(x, i)
    for (extent a = 0; a < n; ++a)
        for (extent b = 0; b < m; ++b) {
            by_hand(a, b) = at(j(a, b));
            again(a, b) = at(j(j(a, b), (b + 1) % m));
        }
    const auto inner = gather<slot>(x, i);
    check_same(gather<key>(inner, j), by_hand + 0 * j, 0);
    check_same(gather<key>(hadamard(inner, inner) - 2 * inner, j), hadamard(by_hand, by_hand) - 2 * by_hand,
               1e-6);
    // The index is a look-up of itself.
    const auto jj = gather<key>(gather<slot>(j, (range<slot>(m) + 1) % m), j);
    check_same(gather<key>(inner, jj), again + 0 * j, 0);
    check_same(relabel<key, query>(gather<key>(inner, j)), relabel<key, query>(by_hand + 0 * j), 0);
}

BOOST_AUTO_TEST_CASE(looked_up_products) {
    tensor<float, query<>, feature<>> q(9, 6);
    tensor<float, page<>, slot<>, feature<>> pool(5, 4, 6);
    tensor<int, entry<>> table(3);
    fill(q), fill(pool);
    table(0) = 4, table(1) = 0, table(2) = 2;
    tensor<float, key<>, feature<>> k(11, 6);
    for (extent j = 0; j < 11; ++j)
        for (extent f = 0; f < 6; ++f) k(j, f) = pool(table(j / 4), j % 4, f);
    const auto all = dot<feature>(q, pool);
    const auto index = range<key>(11);
    const auto scores = gather<slot>(gather<page>(all, gather<entry>(table, index / 4)), index % 4);
    check_same(softmax(scores) * k, softmax(q * transpose(k)) * k);
}

BOOST_AUTO_TEST_CASE(ranges) {
    tensor<int, key<>> counted(13);
    for (extent i = 0; i < 13; ++i) counted(i) = static_cast<int>(i);
    tensor<float, query<>, feature<>> q(5, 3);
    tensor<float, feature<>> w(3);
    fill(q), fill(w);
    const auto k = w * 1.f + sin(range<key>(13)); // keys that no array holds
    const auto plain = w * 1.f + sin(counted);
    check_same(softmax(dot<feature>(q, k), causal.top_left) * k,
               softmax(dot<feature>(q, plain), causal.top_left) * plain, 1e-5);
    check_same(range<key>(13) + 0.f, counted + 0.f, 0);
    check_same(relabel<key, query>(slice<key>(range<key>(13), 4, 9)) + select<feature>(q, 1),
               relabel<key, query>(slice<key>(counted, 4, 9)) + select<feature>(q, 1), 1e-6);
    check_same(select<key>(range<key>(13), 6) + select<feature>(q, 1), 6 + select<feature>(q, 1), 1e-6);
    BOOST_TEST(evaluate(sum<key>(where(range<key>(13) >= position<key>, 1.f, 0.f)))() == 13.f);
    BOOST_TEST(evaluate(range<key>(0) + 0.f).size() == 0);
}

BOOST_AUTO_TEST_CASE(extents_of_ranges_are_checked) {
    tensor<float, query<>, feature<>> q(5, 3);
    tensor<float, key<>, feature<>> k(8, 3);
    const auto says = [](const char* part) {
        return [part](const std::exception& e) {
            return std::string(e.what()).find(part) != std::string::npos ||
                   (BOOST_TEST_MESSAGE(e.what()), false);
        };
    };
    BOOST_CHECK_EXCEPTION(evaluate(q * transpose(k) + range<key>(9)), shape_error, says("key is 8 in"));
    BOOST_CHECK_EXCEPTION(evaluate(range<key>(9) - range<key>(8) + 0.f), shape_error,
                          says("9 in (key 9) and 8"));
    BOOST_CHECK_EXCEPTION(range<key>(-1), shape_error,
                          says("range<key>(-1): requires an extent of 0 or more"));
    tensor<int, entry<>> table(2);
    tensor<float, page<>> pool(4);
    table(1) = 4;
    const auto bad = gather<page>(pool, gather<entry>(table, range<key>(8) / 4));
    BOOST_CHECK_EXCEPTION(evaluate(bad + 0.f), index_error,
                          says("index 4 is outside page, which has extent 4"));
    const auto longer = gather<page>(pool, gather<entry>(table, range<key>(9) / 4));
    BOOST_CHECK_EXCEPTION(evaluate(longer + 0.f), index_error, says("index 2 is outside entry"));
    table(1) = 3;
    BOOST_TEST(evaluate(bad + 0.f).size() == 8);
}

} // namespace
