// SPDX-License-Identifier: BSL-1.0
// suites: formulas
// Running states: what one loop holds and what is taken step by step, against the oracle on every instruction set; and
// the laws of linear attention.
#include <boost/test/unit_test.hpp>

#include <heed.hpp>

#include <cmath>
#include <tuple>

using namespace heed;

namespace {

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct group : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct other : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

template <class Tensor> Tensor filled(Tensor t, unsigned seed) {
    for (auto& x : t) {
        seed = seed * 1664525u + 1013904223u;
        x = static_cast<typename Tensor::element_t>(static_cast<float>(seed >> 8) / 8388608.f - 1.f);
    }
    return t;
}
template <class A, class B> double distance(const A& a, const B& b) {
    double most = 0;
    auto y = b.begin();
    for (auto x : a) {
        const double d = std::fabs(static_cast<double>(x) - static_cast<double>(*y++));
        most = d <= most ? most : d;
    }
    return most;
}
template <class E> void as_oracle(const char* name, const E& e, double allowed) {
    const auto expected = evaluate(e, reference);
    for (const auto set : available_instruction_sets()) {
        const auto x = evaluate(e, instructions(set));
        BOOST_REQUIRE(x.extents() == expected.extents());
        BOOST_TEST_CONTEXT(name << " on " << to_string(set)) { BOOST_TEST(distance(x, expected) <= allowed); }
    }
}
template <class T> constexpr double allowed = sizeof(T) == 8 ? 1e-13 : 1e-5;

template <class T> struct inputs {
    tensor<T, head<>, token<>, group<2>, feature<>> grouped;
    tensor<T, head<>, token<>, feature<>> q, k, g;
    tensor<T, head<>, token<>, value<>> v;
    tensor<T, head<>, token<>> beta;
    tensor<T, head<>, feature<>, value<>> past;
    inputs(extent h, extent n, extent f, extent d)
        : grouped(filled(decltype(grouped)(h, n, f), 1)),
          q(filled(decltype(q)(h, n, f), 2)),
          k(filled(decltype(k)(h, n, f), 3)),
          g(filled(decltype(g)(h, n, f), 4)),
          v(filled(decltype(v)(h, n, d), 5)),
          beta(filled(decltype(beta)(h, n), 6)),
          past(filled(decltype(past)(h, f, d), 7)) {
        for (auto& x : k) x /= static_cast<T>(std::sqrt(static_cast<double>(f) + 1));
    }
    auto gated_delta() const {
        return running<token>(past, [this](auto state) {
            const auto s = hadamard(sigmoid(g), state);
            return s + hadamard(hadamard(beta, k), v - dot<feature>(k, s));
        });
    }
};
template <class T> void held(extent h, extent n, extent f, extent d) {
    const inputs<T> in(h, n, f, d);
    const auto states = in.gated_delta();
    const auto o = dot<feature>(in.grouped, states) / 2;
    static_assert(plan_of<decltype(o)>::loops == 1 && plan_of<decltype(o)>::temporaries == 0);
    as_oracle("groups of queries", o, allowed<T>);
    const auto gate = silu(in.v) + hadamard(dot<feature>(in.q, before_step(states)), in.v);
    static_assert(plan_of<decltype(gate)>::loops == 1);
    as_oracle("gate around the state before", gate, allowed<T>);
    as_oracle("states", states, allowed<T>);
    // Both results of one loop are those of each alone.
    const auto both = outputs(last_state(states), dot<feature>(in.q, states));
    static_assert(plan_of<decltype(both)>::loops == 1);
    const auto [last, y] = evaluate(both);
    BOOST_TEST(distance(last, evaluate(last_state(states))) == 0);
    BOOST_TEST(distance(y, evaluate(dot<feature>(in.q, states), reference)) <= allowed<T>);
}

} // namespace

BOOST_AUTO_TEST_CASE(states_that_one_loop_holds) {
    held<float>(2, 7, 5, 19);
    held<float>(1, 1, 1, 1);
    held<float>(3, 2, 16, 131);
    held<double>(2, 5, 33, 37);
    held<float>(0, 3, 2, 2);
    held<float>(2, 0, 3, 4);
    held<float>(2, 3, 0, 4);
    held<float>(2, 3, 4, 0);
}

// Positions, states without a lane or without a product, f16, strides, and names that are others outside.
BOOST_AUTO_TEST_CASE(other_states) {
    const inputs<float> in(2, 7, 5, 3);
    const auto sums = running<token, head, feature>(0, [&](auto s) { return s + exp(in.k); });
    as_oracle("normalised",
              dot<feature>(exp(in.q), running<token, head, feature, value>(
                                          0, [&](auto s) { return s + hadamard(exp(in.k), in.v); })) /
                  dot<feature>(exp(in.q), sums),
              1e-5);
    as_oracle("scalar", running<token>(1, [&](auto s) { return s / 2 + sum<head>(in.beta); }), 1e-6);
    as_oracle("positions",
              running<token, head, value>(0,
                                          [&](auto s) {
                                              return where(position<token> - position<value> > 1, s, in.v) +
                                                     position<value>;
                                          }),
              1e-5);
    as_oracle("relabelled",
              dot<feature>(relabel<token, other>(in.q), relabel<token, other>(in.gated_delta())), 1e-5);
    as_oracle("feature relabelled",
              dot<other>(relabel<feature, other>(in.q), relabel<feature, other>(in.gated_delta())), 1e-5);
    as_oracle("slice", slice<token>(in.gated_delta(), 2, 5), 1e-5);
    const auto half = filled(tensor<f16, token<>, feature<>>(7, 5), 9);
    const view<const f16, token<>, value<>> backwards(half.data() + 34, {7, 5}, {-5, -1});
    as_oracle("f16 backwards",
              dot<feature>(half, running<token, feature, value>(
                                     0, [&](auto s) { return s / 2 + hadamard(half, backwards); })),
              1e-5);
}

// What one loop does not hold: a whole matrix times the state, and a softmax of the state.
BOOST_AUTO_TEST_CASE(states_taken_step_by_step) {
    const inputs<float> in(2, 4, 5, 3);
    const auto a = filled(tensor<float, token<>, feature<>, other<>>(4, 5, 5), 8);
    const auto dense = running<token, head, feature, value>(
        0, [&](auto s) { return dot<other>(a, relabel<feature, other>(s)) / 6 + hadamard(in.k, in.v); });
    as_oracle("dense", dense, 1e-5);
    as_oracle("dense, before", before_step(dense), 1e-5);
    as_oracle("dense, last", last_state(dense), 1e-5);
    as_oracle("dense, read", dot<feature>(in.q, dense), 1e-5);
    as_oracle("softmax",
              running<token>(in.past, [&](auto s) { return softmax<feature>(s) + hadamard(in.k, in.v); }),
              1e-5);
}

// Linear attention is the masked product without a softmax, and the gated rule whose decay is 1.
BOOST_AUTO_TEST_CASE(linear_attention_is_the_quadratic_form) {
    const inputs<double> in(2, 23, 5, 7);
    const auto states =
        running<token, head, feature, value>(0, [&](auto s) { return s + hadamard(in.k, in.v); });
    const auto o = evaluate(dot<feature>(in.q, states));
    const auto scores = in.q * transpose(relabel<token, other>(in.k));
    const auto quadratic = where(position<other> <= position<token>, scores, 0) * relabel<token, other>(in.v);
    BOOST_TEST(distance(o, evaluate(quadratic)) <= 1e-13);
    const auto gated = running<token, head, feature, value>(
        0, [&](auto s) { return hadamard(exp(in.g - in.g), s) + hadamard(in.k, in.v); });
    BOOST_TEST(distance(o, evaluate(dot<feature>(in.q, gated))) == 0);
}

// One token at a time with the state carried along, and in parts, is bitwise the whole.
BOOST_AUTO_TEST_CASE(parts_with_the_state_carried_are_the_whole) {
    const inputs<float> in(2, 11, 6, 21);
    const auto whole = evaluate(dot<feature>(in.q, in.gated_delta()));
    for (const extent part : {1, 4}) {
        auto past = in.past;
        for (extent from = 0; from < 11; from += part) {
            const extent to = std::min<extent>(from + part, 11);
            const auto cut = [&](const auto& x) { return slice<token>(x, from, to); };
            const auto states = running<token>(past, [&](auto state) {
                const auto s = hadamard(sigmoid(cut(in.g)), state);
                return s +
                       hadamard(hadamard(cut(in.beta), cut(in.k)), cut(in.v) - dot<feature>(cut(in.k), s));
            });
            auto [o, last] = evaluate(outputs(dot<feature>(cut(in.q), states), last_state(states)));
            BOOST_TEST(distance(o, evaluate(slice<token>(whole, from, to))) == 0);
            past = last;
        }
    }
}

// Two states of one type that are not of the same arrays do not share a loop.
BOOST_AUTO_TEST_CASE(states_of_other_arrays) {
    const inputs<float> in(2, 5, 4, 3);
    const auto of = [&](const auto& k) {
        return running<token, head, feature, value>(0, [&k, &in](auto s) { return s + hadamard(k, in.v); });
    };
    const auto a = of(in.k), b = of(in.q);
    const auto [o, last] = evaluate(outputs(dot<feature>(in.q, a), last_state(b)));
    BOOST_TEST(distance(o, evaluate(dot<feature>(in.q, a), reference)) <= 1e-5);
    BOOST_TEST(distance(last, evaluate(last_state(b), reference)) <= 1e-5);
}

BOOST_AUTO_TEST_CASE(extents_of_states) {
    const inputs<float> in(2, 5, 4, 3);
    const tensor<float, head<>, feature<>, value<>> short_past(2, 3, 3);
    BOOST_CHECK_THROW(
        (evaluate(running<token>(short_past, [&](auto s) { return s + hadamard(in.k, in.v); }))),
        shape_error);
    // No array has the axis.
    BOOST_CHECK_THROW((evaluate(running<token, head, value, other>(0, [&](auto s) { return s + in.v; }))),
                      shape_error);
    BOOST_CHECK_THROW(
        (evaluate(running<token, head, value, other>(0, [&](auto s) { return s + in.v; }), reference)),
        shape_error);
}

// A name that a product inside sums over is another axis than the one that a view outside renames.
BOOST_AUTO_TEST_CASE(a_view_passes_by_what_is_summed) {
    const inputs<float> in(2, 5, 4, 3);
    const auto w = filled(tensor<float, feature<>>(4), 3);
    as_oracle("relabel", relabel<feature, other>(in.q + dot<feature>(in.k, w)), 1e-5);
}
