// SPDX-License-Identifier: BSL-1.0
// One query against a sentence, then all of them; and softmax over the other axis. A query alone is a tensor without the
// query axis: the formula is the same one.
#include "show.hpp"

using namespace heed;
using namespace sample;

namespace {

template <class Tensor> Tensor read(const char* name) { return golden<Tensor>("seed_projected", name); }

} // namespace

int main() {
    const auto x = given<tensor<double, query<2>, model<3>>>({3.0, 3.0, 0.0, //
                                                              0.5, 4.0, 0.0});
    const auto y = relabel<query, key>(x);

    // Tokens attend to each other as they are; the weights of each key add up to 1 over the queries.
    const auto crosswise = softmax<query>(x * transpose(y));
    print("softmax over queries of X X'", evaluate(crosswise));
    const tensor mixed = evaluate(crosswise * y);
    print("times X", mixed);

    // Queries and keys of 4 features, values of 5.
    const auto wq = read<tensor<double, model<3>, feature<4>>>("wq");
    const auto wk = read<tensor<double, model<3>, feature<4>>>("wk");
    const auto wv = read<tensor<double, model<3>, value<5>>>("wv");
    const auto k = y * wk;
    const auto v = y * wv;

    const auto q = dot<model>(select<query>(x, 0), wq); // (feature)
    const auto scores = dot<feature>(q, k);             // (key)
    const auto weights = softmax(scores);
    print("scores of the first token", evaluate(scores));
    print("its weights", evaluate(weights));
    const tensor one = evaluate(dot<key>(weights, v));
    print("its output", one);

    const tensor all = evaluate(softmax((x * wq) * transpose(k)) * v);
    print("the outputs of all", all);

    // Given to six digits by a computation in float.
    return close(mixed, golden<tensor<double, query<>, model<>>>("seed_axis0", "o"), 2e-6) +
           close(one, read<tensor<double, value<>>>("one_o"), 2e-6) +
           close(all, read<tensor<double, query<>, value<>>>("o"), 2e-6);
}
