// SPDX-License-Identifier: BSL-1.0
// suites: formulas, slow
// Weights of every kind times values, masked reductions and what is made of softmax: one loop each, as the oracle has
// them, on every instruction set.
#include <boost/test/unit_test.hpp>

#include "loop/by_hand.hpp"

using namespace by_hand;

namespace {

// Zuhri et al. 2025, and softmax with one more in the denominator.
struct softpick {
    static constexpr auto raw(auto score, auto shift) { return exp(score - shift) - exp(-shift); }
    static constexpr auto weight(auto score, auto top) { return relu(raw(score, max(top, 0))); }
    static constexpr auto mass(auto score, auto top) { return abs(raw(score, max(top, 0))); }
    static constexpr auto fade(auto before, auto after) { return exp(max(before, 0) - max(after, 0)); }
    static constexpr auto finish(auto total) { return 1 / total; }
};
struct softmax1 {
    static constexpr auto weight(auto score, auto top) { return exp(score - top); }
    static constexpr auto fade(auto before, auto after) { return exp(before - after); }
    static constexpr auto finish(auto total, auto top) { return 1 / (total + exp(-top)); }
};
struct by_root {
    static constexpr auto weight(auto score) { return score; }
    static constexpr auto mass(auto score) { return square(score); }
    static constexpr auto finish(auto total) { return rsqrt(total); }
};

void expect_close(const list& x, const list& exact, instruction_set set, double tolerance) {
    double largest = 1;
    for (const double y : exact)
        if (std::isfinite(y)) largest = std::fmax(largest, std::fabs(y));
    BOOST_TEST_CONTEXT(to_string(set)) expect(x, exact, tolerance * largest);
}
template <class E> void expect_as_oracle(const E& e, double tolerance = 1e-5) {
    const list exact = values(e);
    for (const instruction_set set : available_instruction_sets()) {
        const auto result = evaluate(e, instructions(set));
        expect_close({result.begin(), result.end()}, exact, set, tolerance);
    }
}
template <class E> void expect_one_loop(const E& e) {
    static_assert(plan_of<E>::loops == 1 && plan_of<E>::temporaries == 0);
    expect_as_oracle(e);
}

template <class Tensor> void fill(Tensor& t, unsigned seed) {
    for (auto& x : t) {
        seed = seed * 1664525u + 1013904223u;
        x = static_cast<float>(seed >> 8) / static_cast<float>(1 << 23) - 1;
    }
}
struct fixture {
    tensor<float, head<>, query<>, feature<>> q{3, 37, 21};
    tensor<float, head<>, key<>, feature<>> k{3, 301, 21};
    tensor<float, head<>, key<>, value<>> v{3, 301, 19};
    tensor<float, head<>> one_each{3};
    fixture() {
        fill(q, 1);
        fill(k, 2);
        fill(v, 3);
        fill(one_each, 4);
    }
    auto scores() const { return q * transpose(k) / 2.f; }
};
constexpr auto seen = keep(position<key> < 8 * position<query>); // nothing for the first row

// A row of scores with a hole at key 2, and values with something in the hole.
struct holed {
    tensor<float, query<>, key<>> s{1, 5};
    tensor<float, key<>, value<>> v{5, 2};
    holed(double slope, double hole) {
        for (extent i = 0; i < 5; ++i) {
            s(0, i) = static_cast<float>(i == 2 ? -inf : slope * static_cast<double>(i + 1));
            v(i, 0) = static_cast<float>(i == 2 ? hole : static_cast<double>(i));
            v(i, 1) = 1;
        }
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(plain_weights, fixture) {
    expect_one_loop(weights(square(relu(scores())), seen) * v);
    expect_one_loop(weights(sigmoid(scores()), seen, temperature(0.5f)) * v);
    expect_one_loop(weights(scores()) * v);
}
BOOST_FIXTURE_TEST_CASE(by_their_sum, fixture) {
    expect_one_loop(normalise(sigmoid(scores()), seen) * v);
    expect_one_loop(normalise(exp(scores()), seen, sink(square(one_each))) * v);
    expect_one_loop(normalise(relu(scores() - 100.f)) * v); // a total of 0
}
BOOST_FIXTURE_TEST_CASE(kinds_of_the_user, fixture) {
    expect_one_loop(normalise<softpick>(scores(), seen) * v);
    expect_one_loop(normalise<softpick>(scores() - 20.f, seen, sink(one_each)) * v);
    expect_one_loop(normalise<softmax1>(scores() * 10.f, seen) * v);
    expect_one_loop(normalise<by_root>(scores(), seen, sink(one_each)) * v);
    // Growing along the keys, so that every tile fades what was summed before.
    expect_one_loop(normalise<softpick>(scores() + position<key> * 0.3f) * v);
}
BOOST_AUTO_TEST_CASE(kinds_with_a_top_are_as_careful_as_softmax) {
    for (const double slope : {0.5, -1.0})
        for (const double hole : {0.0, inf, NaN}) {
            holed x(slope, hole);
            expect_one_loop(normalise<softpick>(x.s) * x.v);
            expect_one_loop(normalise<softmax1>(x.s) * x.v);
            x.s(0, 3) = std::numeric_limits<float>::quiet_NaN(); // a score that is no number is not masked
            expect_one_loop(normalise<softpick>(x.s) * x.v);
            expect_one_loop(normalise<softpick>(x.s, keep(position<key> < 3)) * x.v);
        }
}
BOOST_AUTO_TEST_CASE(masked_values_are_not_looked_at) {
    for (const double hole : {inf, NaN}) {
        holed x(0.5, hole);
        x.s(0, 2) = std::numeric_limits<float>::quiet_NaN();
        const auto there = drop(position<key> == 2);
        expect_one_loop(weights(x.s, there) * x.v);
        expect_one_loop(normalise(x.s, there) * x.v);
        expect_one_loop(normalise<by_root>(x.s, there) * x.v);
        expect_one_loop(entropy(x.s, there));
        expect_one_loop(max<key>(x.s, there));
        expect_one_loop(mean<key>(x.s, there));
        expect_one_loop(argmax<key>(x.s, there));
    }
}
BOOST_FIXTURE_TEST_CASE(the_weights_themselves, fixture) {
    expect_as_oracle(weights(scores(), seen));
    expect_as_oracle(normalise(exp(scores()), seen));
    expect_as_oracle(normalise<softpick>(scores(), seen));
    expect_as_oracle(normalise<softmax1, query>(scores()));
}
BOOST_FIXTURE_TEST_CASE(reductions, fixture) {
    expect_one_loop(sum<key>(scores(), seen));
    expect_one_loop(mean<key>(scores(), seen));
    expect_one_loop(max<key>(scores(), seen));
    expect_one_loop(min<key>(scores(), seen));
    expect_one_loop(argmax<key>(scores(), seen));
    expect_one_loop(variance<key>(scores()));
    expect_as_oracle(variance<key>(scores(), seen));
    expect_one_loop(layer_norm<feature>(q));
    expect_one_loop(rms_norm<feature>(q));
}
BOOST_FIXTURE_TEST_CASE(what_is_made_of_softmax, fixture) {
    expect_one_loop(entropy(scores() * 5.f, seen));
    expect_one_loop(entropy(scores(), sink(one_each)));
    expect_as_oracle(sum<query>(softmax<key>(scores(), seen)));
    const auto all = outputs(softmax(scores(), seen) * v, logsumexp(scores(), seen), entropy(scores(), seen),
                             max<key>(scores(), seen));
    static_assert(plan_of<std::remove_cvref_t<decltype(all)>>::loops == 1);
    const auto [o, l, h, m] = evaluate(all);
    const auto [exact_o, exact_l, exact_h, exact_m] = evaluate(all, reference);
    for (extent i = 0; i < h.size(); ++i) {
        BOOST_TEST(std::fabs(h.data()[i] - exact_h.data()[i]) <= 1e-5);
        BOOST_TEST((m.data()[i] == exact_m.data()[i] || std::fabs(m.data()[i] - exact_m.data()[i]) <= 1e-5));
    }
}
BOOST_FIXTURE_TEST_CASE(the_value_of_the_best_key, fixture) {
    expect_as_oracle(gather<key>(v, argmax<key>(scores())));
    expect_as_oracle(gather<key>(v, max(argmax<key>(scores(), seen), 0)));
}
