// SPDX-License-Identifier: BSL-1.0
// Self-attention as a layer: a batch of sentences, and projections with biases. `batch` is one more axis of the tokens;
// the formula does not mention it.
#include "show.hpp"

using namespace heed;
using namespace sample;

namespace {

template <class Tensor> Tensor read(const char* name) { return golden<Tensor>("seed_self_attention", name); }

} // namespace

int main() {
    const auto x = read<tensor<double, batch<>, query<>, model<8>>>("x");
    const auto wq = read<tensor<double, model<8>, feature<8>>>("wq");
    const auto wk = read<tensor<double, model<8>, feature<8>>>("wk");
    const auto wv = read<tensor<double, model<8>, value<8>>>("wv");
    const auto bq = read<tensor<double, feature<8>>>("bq");
    const auto bk = read<tensor<double, feature<8>>>("bk");
    const auto bv = read<tensor<double, value<8>>>("bv");

    const auto y = relabel<query, key>(x);
    const auto q = x * wq + bq;
    const auto k = y * wk + bk;
    const auto v = y * wv + bv;
    const auto weights = softmax(q * transpose(k) / std::sqrt(8.));
    const auto attention = weights * v;

    std::printf("%td sentences of %td tokens of %td numbers\n\n", x.extent_of<batch>(), x.extent_of<query>(),
                x.extent_of<model>());
    print("weights (batch, query, key)", evaluate(weights));
    const tensor o = evaluate(attention);
    print("output (batch, query, value)", o);

    return close(o, read<tensor<double, batch<>, query<>, value<8>>>("o"), 1e-12);
}
