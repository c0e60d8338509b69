// SPDX-License-Identifier: BSL-1.0
// The operators Attention (opsets 23 to 25) and FlexAttention of ONNX: heed formulas built from attributes and inputs,
// as https://onnx.ai/onnx/operators/onnx__Attention.html has them. Nothing is repeated, transposed or padded.
#pragma once

#include "onnx_arrays.hpp"

#include <algorithm>
#include <limits>
#include <optional>

namespace sample::onnx {

// By their names in ONNX. softmax_precision is not among them: arithmetic is in double for double, else in float.
struct attributes {
    std::optional<double> scale; // else 1 / sqrt(features)
    double softcap = 0;          // 0 for none
    bool is_causal = false;
    extent q_num_heads = 0, kv_num_heads = 0;             // of inputs with 3 axes
    extent left_window_size = -1, right_window_size = -1; // -1 for no limit
    std::optional<int> qk_matmul_output_mode;             // 0 to 3; without one there is no such output
};

// q, k, v with 3 or 4 axes. A mask has up to 4, matched from the right with (batch, query head, query, key); numbers are
// added to the scores, a key is kept where it is true; keys behind its end are masked, so it may be short.
template <class T> struct inputs {
    array<const T> q, k, v, numeric_mask;
    array<const bool> boolean_mask;
    array<const T> past_key, past_value;        // (batch, head, position, feature)
    array<const std::int64_t> nonpad_kv_seqlen; // (batch), the number of keys that are there
};
template <class T> struct results {
    result<T> y, present_key, present_value, qk_matmul_output; // without a shape where not asked for
};

template <class Real> inline constexpr Real infinity = std::numeric_limits<Real>::infinity();

// How a formula is evaluated; a test may have its own way.
struct fused {
    template <class Out, class E> void operator()(const Out& out, const E& e) const { evaluate_into(out, e); }
};

// Which keys a query sees: those from first to last, counted from its own position, of the first `length`.
struct range {
    tensor<int, batch<>> length, first, last;
};
template <class T>
range range_of(const attributes& a, const inputs<T>& in, extent batches, extent queries, extent past,
               extent keys) {
    const auto& there = in.nonpad_kv_seqlen;
    require(!there || there.shape == std::vector{batches}, "nonpad_kv_seqlen is (batch)");
    const auto number = [](extent x) { return static_cast<int>(std::clamp<extent>(x, -1 << 30, 1 << 30)); };
    const extent everywhere = keys + 2 * queries;
    const auto reach = [&](extent window) { return window < 0 ? everywhere : std::min(window, everywhere); };
    range r{tensor<int, batch<>>(batches), tensor<int, batch<>>(batches), tensor<int, batch<>>(batches)};
    for (extent b = 0; b < batches; ++b) {
        const extent length = there ? std::clamp<extent>(there.data[b], 0, keys) : keys;
        const extent offset = in.past_key ? past : there ? length - queries : 0;
        r.length(b) = number(length);
        r.first(b) = number(offset - reach(a.left_window_size));
        r.last(b) = number(offset + (a.is_causal ? 0 : reach(a.right_window_size)));
    }
    return r;
}

// Into evaluates each formula: into(view, formula). Throws shape_error where inputs do not fit each other.
template <class T, class Into = fused>
results<T> attention(const attributes& a, const inputs<T>& in, const Into& into = {}) {
    results<T> out;

    // Keys and values, behind those of the past.
    auto k = see<key<>, feature<>>(in.k, a.kv_num_heads);
    auto v = see<key<>, value<>>(in.v, a.kv_num_heads);
    const extent added = k.template extent_of<key>();
    require(!in.past_key == !in.past_value, "past_key and past_value come together");
    if (in.past_key) {
        out.present_key = append(in.past_key, k);
        out.present_value = append(in.past_value, v);
        k = see<key<>, feature<>>(std::as_const(out.present_key).all(), 0);
        v = see<key<>, value<>>(std::as_const(out.present_value).all(), 0);
    }
    const extent keys = k.template extent_of<key>(), shared = k.template extent_of<head>();
    require(v.template extent_of<key>() == keys, "there are as many values as keys");
    const auto query_heads = see<query<>, feature<>>(in.q, a.q_num_heads);
    const auto q = in_groups(query_heads, shared);
    const auto [batches, heads, queries, features] = query_heads.extents;

    // The mask, which may be about fewer keys. One that is not given is a single element with strides 0.
    const auto& shape = in.numeric_mask ? in.numeric_mask.shape : in.boolean_mask.shape;
    const extent some = shape.empty() ? keys : shape.back();
    require(some <= keys, "a mask is not longer than the keys");
    const std::array of_mask{batches, heads, queries, some};
    static constexpr T zero{};
    static constexpr bool yes = true;
    const auto bias =
        in_groups(broadcast(in.numeric_mask ? in.numeric_mask : array<const T>{&zero, {}}, of_mask), shared);
    const auto allowed = in_groups(
        broadcast(in.boolean_mask ? in.boolean_mask : array<const bool>{&yes, {}}, of_mask), shared);
    const range sees = range_of(a, in, batches, queries, keys - added, keys);
    const auto ahead = position<key> - position<query>;
    const auto condition =
        allowed && position<key> < sees.length && ahead >= sees.first && ahead <= sees.last;

    using real = std::conditional_t<std::is_same_v<T, double>, double, float>;
    const extent values = v.template extent_of<value>();
    result<real> y(in.q.shape.size() == 4 ? std::vector{batches, heads, queries, values}
                                          : std::vector{batches, queries, heads * values});
    result<real> qk;
    const double scale = a.scale.value_or(1 / std::sqrt(static_cast<double>(features)));
    const auto with = [&](const auto& capped) {
        const auto scores = capped(q * transpose(first_keys(k, some)) * scale) + bias;
        const auto weights = softmax(scores, keep(condition));
        const auto attention = weights * first_keys(v, some);
        static_assert(plan_of<decltype(attention)>::loops == 1);
        into(in_groups(see<query<>, value<>>(y.all(), heads), shared), attention);

        if (!a.qk_matmul_output_mode) return;
        const int mode = *a.qk_matmul_output_mode;
        qk = result<real>({batches, heads, queries, keys});
        auto to = in_groups(see<query<>, key<>>(qk.all(), heads), shared);
        if (mode == 0) into(to, q * transpose(k) * scale);
        if (mode == 1) into(to, capped(q * transpose(k) * scale));
        to.extents[4] = some;
        if (mode == 2) std::fill(qk.elements.begin(), qk.elements.end(), -infinity<real>);
        if (mode == 2) into(to, where(condition, scores, -infinity<real>));
        if (mode == 3) into(to, weights);
    };
    if (a.softcap > 0)
        with([&](const auto& s) { return a.softcap * tanh(s / a.softcap); });
    else
        with([](const auto& s) { return s; });
    out.y = std::move(y).template as<T>();
    out.qk_matmul_output = std::move(qk).template as<T>();
    return out;
}

} // namespace sample::onnx
