// SPDX-License-Identifier: BSL-1.0
// suites: slow
// A small language model as PyTorch's nn.TransformerEncoder made it: embedding by look-up, sinusoidal positions, two layers
// of an encoder with a causal mask, each one formula, and scores for the next word.
#include <boost/test/unit_test.hpp>

#include <algorithm>

#include "golden/seed.hpp"

namespace {

using namespace golden;

template <extent N = dynamic> struct word : axis<N> {};
template <extent N = dynamic> struct hidden : axis<N> {};

constexpr const char* folder = "seed_transformer";

template <class T> using tokens = tensor<T, batch<3>, query<6>, model<16>>;
template <class T> using per_model = tensor<T, model<16>>;
// PyTorch keeps a projection as (out, in); seen as (head, in, out) it is the same memory with other strides.
template <class T, class Out> using by_head = view<const T, head<4>, model<16>, Out>;

template <class T> struct layer {
    std::string prefix;

    template <class Tensor> Tensor own(const char* name) const { return read<Tensor>(folder, prefix + name); }

    // The projections of queries, keys and values lie one after the other, each of 4 heads of 4; so do their biases.
    tensor<T, feature<48>, model<16>> in = own<decltype(in)>("self_attn_in_proj_weight");
    tensor<T, feature<48>> bias = own<decltype(bias)>("self_attn_in_proj_bias");
    tensor<T, model<16>, feature<16>> out = own<decltype(out)>("self_attn_out_proj_weight");
    per_model<T> bo = own<per_model<T>>("self_attn_out_proj_bias");
    by_head<T, feature<4>> wq{in.data(), {4, 16, 4}, {64, 1, 16}},
        wk{in.data() + 256, {4, 16, 4}, {64, 1, 16}};
    by_head<T, value<4>> wv{in.data() + 512, {4, 16, 4}, {64, 1, 16}};
    view<const T, head<4>, feature<4>> bq{bias.data()}, bk{bias.data() + 16};
    view<const T, head<4>, value<4>> bv{bias.data() + 32};
    view<const T, head<4>, value<4>, model<16>> wo{out.data(), {4, 4, 16}, {4, 1, 16}};
    tensor<T, hidden<32>, model<16>> w1 = own<decltype(w1)>("linear1_weight");
    tensor<T, hidden<32>> b1 = own<decltype(b1)>("linear1_bias");
    tensor<T, model<16>, hidden<32>> w2 = own<decltype(w2)>("linear2_weight");
    per_model<T> b2 = own<per_model<T>>("linear2_bias");
    per_model<T> gamma1 = own<per_model<T>>("norm1_weight"), beta1 = own<per_model<T>>("norm1_bias");
    per_model<T> gamma2 = own<per_model<T>>("norm2_weight"), beta2 = own<per_model<T>>("norm2_bias");

    explicit layer(std::string p) : prefix(std::move(p)) {}
    layer(const layer&) = delete;

    auto formula(const tokens<T>& x) const {
        const auto y = relabel<query, key>(x);
        const auto heads = softmax((x * wq + bq) * transpose(y * wk + bk) / 2, causal) * (y * wv + bv);
        const auto z = hadamard(layer_norm<model>(x + dot<head, value>(heads, wo) + bo), gamma1) + beta1;
        const auto fed = z + relu(z * transpose(w1) + b1) * transpose(w2) + b2;
        return hadamard(layer_norm<model>(fed), gamma2) + beta2;
    }
};

// sin and cos of position / 10000^(2 i / d) in turn; nothing of it is stored.
auto positions() {
    const auto rate = exp((position<model> - position<model> % 2) * (-std::log(1e4) / 16));
    const auto angle = position<query> * rate;
    return where(position<model> % 2 == 0, sin(angle), cos(angle));
}

// The scores (query, batch, word) against the file; `how` is the oracle or an instruction set.
template <class T> void check(const auto& how, double relative) {
    const auto text = read<tensor<int, query<6>, batch<3>>>(folder, "tokens"); // a column for each text
    const view<const int, batch<3>, query<6>> words(text.data(), {3, 6}, {1, 3});
    const auto embedding = read<tensor<T, word<20>, model<16>>>(folder, "embedding");
    const auto decoder = read<tensor<T, word<20>, model<16>>>(folder, "decoder_weight");
    const auto bias = read<tensor<T, word<20>>>(folder, "decoder_bias");
    static const layer<T> first("layers_0_"), second("layers_1_");

    tokens<T> x = evaluate(gather<word>(embedding, words) * std::sqrt(16.) + positions(), how);
    x = evaluate(first.formula(x), how);
    x = evaluate(second.formula(x), how);
    const tensor logits = evaluate(x * transpose(decoder) + bias, how); // (batch, query, word)

    tensor<T, query<6>, batch<3>, word<20>> as_on_file;
    for (extent q = 0; q < 6; ++q)
        for (extent b = 0; b < 3; ++b)
            for (extent w = 0; w < 20; ++w) as_on_file(q, b, w) = logits(b, q, w);
    expect_as_on_file(as_on_file, folder, "logits", relative);
}

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check<double>(reference, 1e-13); }
BOOST_AUTO_TEST_CASE(every_instruction_set) {
    for (const instruction_set set : available_instruction_sets())
        BOOST_TEST_CONTEXT(to_string(set)) check<float>(instructions(set), 1e-5);
}
BOOST_AUTO_TEST_CASE(sinusoidal_positions) {
    tensor<double, query<6>, model<16>> zero; // a position needs an array with its axis
    std::fill(zero.begin(), zero.end(), 0.);
    for (const instruction_set set : available_instruction_sets()) BOOST_TEST_CONTEXT(to_string(set))
    expect_as_on_file(evaluate(zero + positions(), instructions(set)), folder, "positions", 1e-14);
}
