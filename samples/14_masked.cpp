// SPDX-License-Identifier: BSL-1.0
// Masked self-attention: a token sees itself and what came before it. The mask is an argument of softmax: there is no
// matrix of -inf, and no score behind it is computed for nothing.
//   14_masked [FOLDER]
#include "heat_map.hpp"
#include "show.hpp"

using namespace heed;
using namespace sample;

namespace {

template <class Tensor> Tensor read(const char* name) { return golden<Tensor>("seed_masked", name); }

} // namespace

int main(int count, char** arguments) {
    const auto x = given<tensor<double, query<4>, model<3>>>({3.0, 3.0, 0.0, //
                                                              0.5, 4.0, 0.0, //
                                                              1.0, 2.0, 0.0, //
                                                              2.0, 1.0, 0.0});
    const auto wq = read<tensor<double, model<3>, feature<4>>>("wq");
    const auto wk = read<tensor<double, model<3>, feature<4>>>("wk");
    const auto wv = read<tensor<double, model<3>, value<5>>>("wv");

    const auto y = relabel<query, key>(x);
    const auto scores = (x * wq) * transpose(y * wk) / std::sqrt(4.);
    const auto weights = softmax(scores, causal);
    print("scores", evaluate(scores));
    print("weights", evaluate(weights));
    const tensor o = evaluate(softmax(scores, causal) * (y * wv));
    print("output", o);

    const auto folder =
        count > 1 ? std::filesystem::path(arguments[1]) : std::filesystem::path(arguments[0]).parent_path();
    const tensor hidden = evaluate(where(position<key> <= position<query>, weights, std::nan("")));
    const figure::heat plain{.bar = false}, with_bar{};
    figure::save((folder / "14_masked.svg").string(),
                 {figure::heat_map({"softmax(scores)", "key", "query"}, evaluate(softmax(scores)), plain),
                  figure::heat_map({"softmax(scores, causal)", "key", ""}, hidden, with_bar)});

    return close(o, read<tensor<double, query<>, value<>>>("o"), 2e-6);
}
