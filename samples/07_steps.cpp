// SPDX-License-Identifier: BSL-1.0
// Self-attention step by step: three tokens of four numbers, and every matrix on the way from them to the output.
#include "show.hpp"

using namespace heed;
using namespace sample;

int main() {
    const auto x = given<tensor<double, query<3>, model<4>>>({1, 0, 1, 0, //
                                                              0, 2, 0, 2, //
                                                              1, 1, 1, 1});
    const auto wq = given<tensor<double, model<4>, feature<3>>>({1, 0, 1, 1, 0, 0, 0, 0, 1, 0, 1, 1});
    const auto wk = given<tensor<double, model<4>, feature<3>>>({0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1, 0});
    const auto wv = given<tensor<double, model<4>, value<3>>>({0, 2, 0, 0, 3, 0, 1, 0, 3, 1, 1, 0});

    const auto y = relabel<query, key>(x); // the same tokens, as keys
    const auto q = x * wq;
    const auto k = y * wk;
    const auto v = y * wv;
    const auto scores = q * transpose(k);
    const auto weights = softmax(scores);
    const auto attention = weights * v;

    // Nothing has been computed yet. Asked for by name, any step can be seen.
    print("query = X Wq", evaluate(q), 1);
    print("key = X Wk", evaluate(k), 1);
    print("value = X Wv", evaluate(v), 1);
    print("scores = Q K'", evaluate(scores), 1);
    print("weights = softmax(scores)", evaluate(weights));
    const tensor o = evaluate(attention);
    print("output = weights V", o);

    return close(o, golden<tensor<double, query<3>, value<3>>>("seed_steps", "o"), 1e-12);
}
