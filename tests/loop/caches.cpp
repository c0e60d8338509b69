// SPDX-License-Identifier: BSL-1.0
// suites: formulas
// Caches of keys and values: what is appended is there, in order, in any element type; step by step gives what the whole
// prompt at once gives, for every mask and score that knows of positions; and what does not fit is said.
#include <cmath>
#include <cstdint>
#include <string>

#include <heed.hpp>
#include <heed/paged_cache.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace heed;
template <extent N = dynamic> struct batch : axis<N> {};
template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct group : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};
template <extent N = dynamic> struct model : axis<N> {};

unsigned seed = 1;
template <class Tensor> void fill(Tensor& t) {
    for (auto& x : t)
        x = static_cast<typename Tensor::element_t>(
            static_cast<float>(static_cast<int>(seed = seed * 1664525u + 1013904223u) >> 8) / 8388608.f);
}
template <class A, class B> double distance(const A& a, const B& b) {
    double worst = a.size() == b.size() ? 0 : NAN;
    for (extent i = 0; i < a.size() && worst == worst; ++i) {
        const double x = static_cast<double>(a.data()[i]), y = static_cast<double>(b.data()[i]);
        worst = x == y ? worst : x != x || y != y ? NAN : std::fmax(worst, std::abs(x - y));
    }
    return worst;
}
auto says(std::string part) {
    return [part](const std::exception& e) {
        BOOST_TEST_MESSAGE(e.what());
        return std::string(e.what()).find(part) != std::string::npos;
    };
}

using keys_t = tensor<float, head<2>, key<>, feature<8>>;
using values_t = tensor<float, head<2>, key<>, value<>>;

// What an attention is asked of: queries, keys, values, and the position of the first query among the keys.
struct plain {
    auto operator()(const auto& q, const auto& k, const auto& v, extent) const {
        return softmax(q * transpose(k), causal.bottom_right) * v;
    }
};
struct windowed {
    auto operator()(const auto& q, const auto& k, const auto& v, extent) const {
        return softmax(q * transpose(k), window(9).bottom_right) * v;
    }
};
struct alibi {
    tensor<float, head<2>> slope;
    auto operator()(const auto& q, const auto& k, const auto& v, extent first) const {
        const auto distance = position<key> - (position<query> + first);
        return softmax(q * transpose(k) + slope * distance, causal.bottom_right) * v;
    }
};
struct softcap {
    auto operator()(const auto& q, const auto& k, const auto& v, extent) const {
        return softmax(2.f * tanh(q * transpose(k)), causal.bottom_right, sink(0.5f)) * v;
    }
};

// n tokens in steps of `step` with a cache that has `append` and `attend` for a part of them.
template <class Whole, class Queries, class Append, class Attend>
double worst_step(const Whole& whole, const Queries& q, extent n, extent step, const Append& append,
                  const Attend& attend) {
    double worst = 0;
    for (extent first = 0; first < n; first += step) {
        const extent end = first + step < n ? first + step : n;
        append(first, end);
        const tensor o = evaluate(attend(slice<query>(q, first, end), first));
        worst = std::fmax(worst, distance(o, evaluate(slice<query>(whole, first, end))));
    }
    return worst;
}

template <class Formula> void check_steps(const Formula& formula) {
    constexpr extent n = 75;
    tensor<float, head<2>, group<3>, query<>, feature<8>> q(n);
    keys_t k(n);
    values_t v(n, 5);
    fill(q), fill(k), fill(v);
    const tensor whole = evaluate(formula(q, k, v, 0));
    BOOST_TEST(distance(whole, evaluate(formula(q, k, v, 0), reference)) < 1e-5);
    for (extent step : {1, 7, 32, 74}) {
        auto past = cache<key>(keys_t(80), values_t(80, 5));
        const auto append = [&](extent first, extent end) {
            past.append(slice<key>(k, first, end), slice<key>(v, first, end));
            BOOST_TEST(past.size() == end);
        };
        const auto attend = [&](const auto& part, extent first) {
            return formula(part, past.keys(), past.values(), first);
        };
        BOOST_TEST(worst_step(whole, q, n, step, append, attend) < 2e-6);

        auto paged = paged_cache<key>(30, keys_t(4), values_t(4, 5));
        const int other = paged.open(), s = paged.open();
        const auto append_paged = [&](extent first, extent end) {
            paged.append(s, slice<key>(k, first, end), slice<key>(v, first, end));
            if (paged.size(other) < 20) paged.append(other, keys_t(3), values_t(3, 5));
        };
        const auto attend_paged = [&](const auto& part, extent first) {
            return formula(part, paged.keys(s), paged.values(s), first);
        };
        BOOST_TEST(worst_step(whole, q, n, step, append_paged, attend_paged) < 2e-6);
        BOOST_TEST(paged.size(s) == n);
        using attention = decltype(attend_paged(q, 0));
        static_assert(plan_of<attention>::loops == 1);
    }
}

BOOST_AUTO_TEST_CASE(steps_of_causal) { check_steps(plain{}); }
BOOST_AUTO_TEST_CASE(steps_of_window) { check_steps(windowed{}); }
BOOST_AUTO_TEST_CASE(steps_of_alibi) {
    alibi formula;
    formula.slope(0) = 0.25f, formula.slope(1) = 0.03f;
    check_steps(formula);
}
BOOST_AUTO_TEST_CASE(steps_of_softcap_with_sink) { check_steps(softcap{}); }

template <class T> void check_stored() {
    using stored_t = tensor<T, head<2>, key<>, feature<3>>;
    tensor<float, key<>, feature<3>, head<2>> k(11); // another order, another element
    fill(k);
    auto past = cache<key>(stored_t(12));
    auto paged = paged_cache<key>(5, stored_t(3));
    const int s = paged.open();
    for (extent first : {0, 4, 5}) {
        const extent end = first == 0 ? 4 : first == 4 ? 5 : 11;
        past.append(slice<key>(k, first, end) * 2.f);
        paged.append(s, slice<key>(k, first, end) * 2.f);
    }
    const tensor a = evaluate(past.keys() * 1.f), b = evaluate(paged.keys(s) * 1.f);
    BOOST_TEST_REQUIRE((a.size() == 66 && b.size() == 66));
    for (extent h = 0; h < 2; ++h)
        for (extent j = 0; j < 11; ++j)
            for (extent f = 0; f < 3; ++f) {
                BOOST_TEST(a(h, j, f) == static_cast<float>(static_cast<T>(2 * k(j, f, h))));
                BOOST_TEST(b(h, j, f) == a(h, j, f));
            }
}
BOOST_AUTO_TEST_CASE(stored_as_floats) { check_stored<float>(); }
BOOST_AUTO_TEST_CASE(stored_as_bf16) { check_stored<bf16>(); }
BOOST_AUTO_TEST_CASE(stored_as_f16) { check_stored<f16>(); }

BOOST_AUTO_TEST_CASE(nothing_moves) {
    auto past = cache<key>(keys_t(10), values_t(10, 5));
    keys_t k(4);
    values_t v(4, 5);
    fill(k), fill(v);
    past.append(k, v);
    const auto before = past.keys();
    past.append(k, v);
    BOOST_TEST(past.keys().data() == before.data());
    BOOST_TEST(distance(evaluate(before * 1.f), k) == 0);
    past.truncate(5);
    BOOST_TEST(past.size() == 5);
    BOOST_TEST(past.keys().extent_of<key>() == 5);
    past.append(
        relabel<query, key>(select<batch>(tensor<float, batch<>, query<>, head<2>, feature<8>>(1, 2), 0)),
        slice<key>(v, 0, 2));
    BOOST_TEST(past.keys()(1, 5, 7) == 0);
    BOOST_TEST(past.values()(1, 6, 4) == v(1, 1, 4));
}

BOOST_AUTO_TEST_CASE(projected_into_a_cache) {
    tensor<float, key<>, model<>> x(6, 10);
    tensor<float, model<>, head<2>, feature<8>> w(10);
    fill(x), fill(w);
    auto past = cache<key>(keys_t(6));
    past.append(dot<model>(slice<key>(x, 0, 5), w));
    past.append(dot<model>(slice<key>(x, 5, 6), w));
    const tensor expected = evaluate(dot<model>(x, w), reference); // (key, head, feature)
    for (extent h = 0; h < 2; ++h)
        for (extent j = 0; j < 6; ++j)
            for (extent f = 0; f < 8; ++f)
                BOOST_TEST(std::abs(static_cast<double>(past.keys()(h, j, f)) - expected(j, h, f)) < 1e-5);
}

BOOST_AUTO_TEST_CASE(blocks_are_taken_and_given_back) {
    auto past = paged_cache<key>(6, keys_t(4), values_t(4, 5));
    const int a = past.open(), b = past.open();
    BOOST_TEST(past.free_blocks() == 6);
    keys_t k(9);
    values_t v(9, 5);
    fill(k), fill(v);
    past.append(a, k, v);
    BOOST_TEST(past.free_blocks() == 3);
    BOOST_TEST(evaluate(past.keys(b) * 1.f).size() == 0);
    past.append(b, slice<key>(k, 0, 4), slice<key>(v, 0, 4));
    BOOST_TEST(past.free_blocks() == 2);
    BOOST_CHECK_EXCEPTION(past.append(b, k, v), resource_error,
                          says("append: requires 3 free blocks, of which there are 2; close(sequence)"));
    BOOST_TEST(past.size(b) == 4);
    past.truncate(a, 4);
    BOOST_TEST(past.free_blocks() == 4);
    past.append(b, k, v);
    BOOST_TEST(past.free_blocks() == 1);
    BOOST_TEST(distance(evaluate(slice<key>(past.values(b), 4, 13) * 1.f), v) == 0);
    BOOST_TEST(distance(evaluate(past.keys(a) * 1.f), evaluate(slice<key>(k, 0, 4) * 1.f)) == 0);
    past.close(b);
    BOOST_TEST(past.free_blocks() == 5);
    BOOST_TEST(past.open() == b);
    BOOST_TEST(past.size(b) == 0);
    past.close(b);
    BOOST_CHECK_EXCEPTION(past.keys(b), index_error,
                          says("requires a sequence that is open, from open(); 1 is not"));
    BOOST_CHECK_EXCEPTION(past.truncate(a, 5), index_error,
                          says("truncate(5): requires a number from 0 to the 4"));
}

BOOST_AUTO_TEST_CASE(sequences_of_a_batch) {
    auto past = paged_cache<key>(40, keys_t(4), values_t(4, 5));
    const extent lengths[] = {13, 1, 30};
    std::vector<int> all;
    for (extent n : lengths) {
        all.push_back(past.open());
        keys_t k(n);
        values_t v(n, 5);
        fill(k), fill(v);
        past.append(all.back(), k, v);
    }
    tensor<float, batch<>, head<2>, query<1>, feature<8>> q(3);
    fill(q);
    const auto together = past.batch<batch>(all);
    const auto attention =
        softmax(q * transpose(together.keys()), padding(together.lengths)) * together.values();
    static_assert(plan_of<decltype(attention)>::loops == 1);
    const tensor o = evaluate(attention);
    BOOST_TEST(distance(o, evaluate(attention, reference)) < 1e-5);
    for (extent i = 0; i < 3; ++i) {
        const int s = all[static_cast<std::size_t>(i)];
        const tensor alone =
            evaluate(softmax(select<batch>(q, i) * transpose(past.keys(s))) * past.values(s));
        BOOST_TEST(distance(alone, evaluate(select<batch>(o, i) * 1.f)) < 1e-6);
    }
}

BOOST_AUTO_TEST_CASE(what_does_not_fit) {
    auto past = cache<key>(keys_t(4), values_t(4, 5));
    past.append(keys_t(3), values_t(3, 5));
    BOOST_CHECK_EXCEPTION(past.append(keys_t(2), values_t(2, 5)), resource_error,
                          says("append: requires room for 2 more; 3 of 4 are there already"));
    BOOST_CHECK_EXCEPTION(past.append(keys_t(1), values_t(1, 6)), shape_error,
                          says("value is 6 in (head 2, key 1, value 6) and 5 in (head 2, key 4, value 5)"));
    BOOST_CHECK_EXCEPTION(past.append(keys_t(1), values_t(2, 5)), shape_error, says("key is 1 in"));
    BOOST_TEST(past.size() == 3);
    BOOST_CHECK_EXCEPTION(cache<key>(keys_t(4), values_t(5, 5)), shape_error,
                          says("cache: requires equal extents"));
    BOOST_CHECK_EXCEPTION(paged_cache<key>(3, keys_t(0)), shape_error,
                          says("blocks of one or more keys, not 0"));
}

} // namespace
