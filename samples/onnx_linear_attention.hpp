// SPDX-License-Identifier: BSL-1.0
// The operator LinearAttention of ONNX (opset 27): a running state of keys and values along the tokens, by one of four
// rules, as https://onnx.ai/onnx/operators/onnx__LinearAttention.html has them. Each is one loop.
#pragma once

#include "onnx_arrays.hpp"

#include <optional>
#include <tuple>

namespace sample::onnx {

template <extent N = dynamic> struct token : axis<N> {};

enum class update_rule { linear, gated, delta, gated_delta };
// By their names in ONNX.
struct linear_attributes {
    update_rule rule = update_rule::gated_delta;
    extent q_num_heads = 0, kv_num_heads = 0;
    std::optional<double> scale; // else 1 / sqrt(features)
};
// query, key, value: (batch, token, head * feature). decay: (batch, token, key head) or one for each feature, a
// logarithm. beta: (batch, token, key head) or (batch, token, 1). past_state: (batch, key head, feature, value).
template <class T> struct linear_inputs {
    array<const T> query, key, value, past_state, decay, beta;
};
template <class T> struct linear_results {
    result<T> output, present_state;
};

// (batch, token, n) as (batch, head, token, feature), where n may also be the heads alone, or 1.
template <class T>
view<T, batch<>, head<>, token<>, feature<>> spread(const array<T>& x, const std::array<extent, 4>& all) {
    require(x.shape.size() == 3 && x.shape[0] == all[0] && x.shape[1] == all[2],
            "decay and beta are (batch, token, ...)");
    const extent n = x.shape[2], heads = all[1];
    const bool each = n == heads * all[3];
    require(each || n == heads || n == 1, "decay and beta are for each feature, each head, or one");
    return {x.data, all, {all[2] * n, n == 1 ? 0 : n / heads, n, each ? 1 : 0}};
}

// How both results are evaluated; a test may have its own way.
struct fused_pair {
    template <class Y, class S, class E> void operator()(Y y, S s, const E& e) const {
        evaluate_into(std::tie(y, s), e);
    }
};

// Into evaluates the formula: into(output, present_state, formula). Throws shape_error where inputs do not fit.
template <class T, class Into = fused_pair>
linear_results<T> linear_attention(const linear_attributes& a, const linear_inputs<T>& in,
                                   const Into& into = {}) {
    const auto query_heads = see<token<>, feature<>>(in.query, a.q_num_heads);
    const auto q = in_groups(query_heads, a.kv_num_heads);
    const auto k = see<token<>, feature<>>(in.key, a.kv_num_heads);
    const auto v = see<token<>, value<>>(in.value, a.kv_num_heads);
    const auto [batches, heads, tokens, features] = k.extents;
    const extent values = v.template extent_of<value>();
    const double scale = a.scale.value_or(1 / std::sqrt(static_cast<double>(features)));

    // What is not given is a single element with strides 0.
    static constexpr T zero{};
    view<const T, batch<>, head<>, feature<>, value<>> past(&zero, {batches, heads, features, values}, {});
    if (in.past_state) {
        require(in.past_state.shape == std::vector{batches, heads, features, values},
                "past_state is (batch, key head, feature, value)");
        past = view<const T, batch<>, head<>, feature<>, value<>>(in.past_state.data, past.extents);
    }
    const auto needed = [&](const array<const T>& x, const char* what) {
        require(static_cast<bool>(x), what);
        return spread(x, k.extents);
    };

    using real = std::conditional_t<std::is_same_v<T, double>, double, float>;
    result<real> y({batches, tokens, query_heads.template extent_of<head>() * values});
    result<real> present({batches, heads, features, values});
    const auto run = [&](const auto& step) {
        const auto states = running<token>(past, step);
        const auto both = outputs(dot<feature>(q, states) * scale, last_state(states));
        static_assert(plan_of<decltype(both)>::loops == 1);
        into(in_groups(see<token<>, value<>>(y.all(), query_heads.template extent_of<head>()), heads),
             view<real, batch<>, head<>, feature<>, value<>>(present.elements.data(), past.extents), both);
    };
    if (a.rule == update_rule::linear)
        run([&](auto state) { return state + hadamard(k, v); });
    else if (a.rule == update_rule::gated) {
        const auto g = needed(in.decay, "the rule gated needs decay");
        run([&](auto state) { return hadamard(exp(g), state) + hadamard(k, v); });
    } else {
        const auto beta = select<feature>(needed(in.beta, "the rule delta needs beta"), 0);
        const auto written = [&](auto state) {
            return state + hadamard(hadamard(beta, k), v - dot<feature>(k, state));
        };
        if (a.rule == update_rule::delta)
            run(written);
        else {
            const auto g = needed(in.decay, "the rule gated_delta needs decay");
            run([&](auto state) { return written(hadamard(exp(g), state)); });
        }
    }
    return {std::move(y).template as<T>(), std::move(present).template as<T>()};
}

} // namespace sample::onnx
