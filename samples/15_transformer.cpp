// SPDX-License-Identifier: BSL-1.0
// A small language model: embedding by look-up, sinusoidal positions, two layers of a Transformer encoder with a causal
// mask, and scores for the next word. Three texts of six words; the model is as PyTorch's nn.TransformerEncoder made it.
#include "show.hpp"

using namespace heed;
using namespace sample;

namespace {

template <extent N = dynamic> struct word : axis<N> {};
template <extent N = dynamic> struct hidden : axis<N> {};

template <class Tensor> Tensor read(const std::string& name) {
    return golden<Tensor>("seed_transformer", name);
}

using tokens = tensor<double, batch<3>, query<6>, model<16>>;
using per_model = tensor<double, model<16>>;

// PyTorch keeps a projection as (out, in); seen as (head, in, out) it is the same memory with other strides.
template <class Out> using by_head = view<const double, head<4>, model<16>, Out>;

struct layer {
    std::string prefix;

    template <class Tensor> Tensor own(const char* name) const { return read<Tensor>(prefix + name); }

    tokens norm(const char* name, const tokens& x) const {
        const auto gamma = own<per_model>((std::string(name) + "_weight").c_str());
        const auto beta = own<per_model>((std::string(name) + "_bias").c_str());
        return evaluate(hadamard(layer_norm<model>(x), gamma) + beta);
    }

    tokens operator()(const tokens& x) const {
        // The projections of queries, keys and values lie one after the other, each of 4 heads of 4; then their biases.
        const auto in = own<tensor<double, feature<48>, model<16>>>("self_attn_in_proj_weight");
        const auto bias = own<tensor<double, feature<48>>>("self_attn_in_proj_bias");
        const by_head<feature<4>> wq(in.data(), {4, 16, 4}, {64, 1, 16}),
            wk(in.data() + 256, {4, 16, 4}, {64, 1, 16});
        const by_head<value<4>> wv(in.data() + 512, {4, 16, 4}, {64, 1, 16});
        const view<const double, head<4>, feature<4>> bq(bias.data()), bk(bias.data() + 16);
        const view<const double, head<4>, value<4>> bv(bias.data() + 32);
        const auto out = own<tensor<double, model<16>, feature<16>>>("self_attn_out_proj_weight");
        const view<const double, head<4>, value<4>, model<16>> wo(out.data(), {4, 4, 16}, {4, 1, 16});
        const auto bo = own<per_model>("self_attn_out_proj_bias");

        const auto y = relabel<query, key>(x);
        const auto q = x * wq + bq;
        const auto k = y * wk + bk;
        const auto v = y * wv + bv;
        const auto heads = softmax(q * transpose(k) / 2, causal) * v;
        const tokens z = norm("norm1", evaluate(x + dot<head, value>(heads, wo) + bo));

        const auto w1 = own<tensor<double, hidden<32>, model<16>>>("linear1_weight");
        const auto b1 = own<tensor<double, hidden<32>>>("linear1_bias");
        const auto w2 = own<tensor<double, model<16>, hidden<32>>>("linear2_weight");
        const auto b2 = own<per_model>("linear2_bias");
        return norm("norm2", evaluate(z + relu(z * transpose(w1) + b1) * transpose(w2) + b2));
    }
};

} // namespace

int main() {
    const auto text = read<tensor<int, query<6>, batch<3>>>("tokens"); // a column for each text
    const view<const int, batch<3>, query<6>> words(text.data(), {3, 6}, {1, 3});
    const auto embedding = read<tensor<double, word<20>, model<16>>>("embedding");

    // sin and cos of position / 10000^(2 i / d) in turn; nothing of it is stored.
    const auto rate = exp((position<model> - position<model> % 2) * (-std::log(1e4) / 16));
    const auto angle = position<query> * rate;
    const auto positions = where(position<model> % 2 == 0, sin(angle), cos(angle));

    tokens x = evaluate(gather<word>(embedding, words) * std::sqrt(16.) + positions);
    print("the first text, embedded, with positions: first features",
          evaluate(slice<model>(select<batch>(x, 0), 0, 8)));
    for (const char* prefix : {"layers_0_", "layers_1_"}) x = layer{prefix}(x);

    const auto decoder = read<tensor<double, word<20>, model<16>>>("decoder_weight");
    const auto bias = read<tensor<double, word<20>>>("decoder_bias");
    const tensor logits = evaluate(x * transpose(decoder) + bias); // (batch, query, word)
    print("scores of the words 0 to 7 as the next one",
          evaluate(slice<word>(select<batch>(logits, 0), 0, 8)));

    tensor<double, query<6>, batch<3>, word<20>> as_on_file;
    evaluate_into(as_on_file, logits);
    return close(as_on_file, read<decltype(as_on_file)>("logits"), 1e-12);
}
