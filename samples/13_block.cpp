// SPDX-License-Identifier: BSL-1.0
// The block of the Transformer (Vaswani et al. 2017) in its own sizes: 8 heads of 64, add & norm, a feed-forward layer of
// 2048, add & norm. Each line below is an equation of the paper.
#include "show.hpp"

#include <vector>

using namespace heed;
using namespace sample;

namespace {

template <extent N = dynamic> struct hidden : axis<N> {};

// Weights that take no file: element i is a hash of i and the salt, in [-scale, scale).
std::vector<float> hashed(std::uint32_t salt, std::size_t count, double scale) {
    std::vector<float> w(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto h = static_cast<std::uint32_t>((i + (std::uint64_t{salt} << 24)) * 2654435761u);
        h ^= h >> 15;
        h *= 2246822519u;
        h ^= h >> 13;
        w[i] = static_cast<float>(((h >> 8) / 8388608. - 1) * scale);
    }
    return w;
}

template <class Tensor> Tensor read(const char* name) { return golden<Tensor>("seed_block", name); }

} // namespace

int main() {
    const auto x = read<tensor<float, query<>, model<512>>>("x");
    // On file a projection is (model, head and feature); seen as (head, model, feature) it is the same memory.
    using projection = view<const float, head<8>, model<512>, feature<64>>;
    const auto hq = hashed(1, 512 * 512, 1. / 16), hk = hashed(2, 512 * 512, 1. / 16);
    const auto hv = hashed(3, 512 * 512, 1. / 16), ho = hashed(4, 512 * 512, 1. / 16);
    const projection wq(hq.data(), {8, 512, 64}, {64, 512, 1}), wk(hk.data(), {8, 512, 64}, {64, 512, 1});
    const view<const float, head<8>, model<512>, value<64>> wv(hv.data(), {8, 512, 64}, {64, 512, 1});
    const view<const float, head<8>, value<64>, model<512>> wo(ho.data());
    const auto h1 = hashed(5, 512 * 2048, 1. / 16), h2 = hashed(6, 2048 * 512, 1. / 32);
    const view<const float, model<512>, hidden<2048>> w1(h1.data());
    const view<const float, hidden<2048>, model<512>> w2(h2.data());
    const auto b1 = read<tensor<float, hidden<2048>>>("b1");
    const auto b2 = read<tensor<float, model<512>>>("b2");
    const auto gamma = read<tensor<float, model<512>>>("gamma");
    const auto beta = read<tensor<float, model<512>>>("beta");

    const auto t = relabel<query, key>(x);
    const auto heads = softmax((x * wq) * transpose(t * wk) / 8) * (t * wv); // MultiHead, section 3.2
    const tensor attended = evaluate(x + dot<head, value>(heads, wo));
    const tensor y = evaluate(hadamard(layer_norm<model>(attended), gamma) + beta);
    const tensor fed = evaluate(y + relu(y * w1 + b1) * w2 + b2); // FFN, section 3.3
    const tensor z = evaluate(hadamard(layer_norm<model>(fed), gamma) + beta);

    std::printf("%td tokens of %td, 8 heads of 64, 2048 hidden\n\n", z.extent_of<query>(),
                z.extent_of<model>());
    print("after attention, add & norm: the first features", evaluate(slice<model>(y, 0, 6)), 3);
    print("after the feed-forward layer, add & norm", evaluate(slice<model>(z, 0, 6)), 3);
    return close(y, read<tensor<double, query<>, model<>>>("y"), 1e-5) +
           close(z, read<tensor<double, query<>, model<>>>("z"), 1e-5);
}
