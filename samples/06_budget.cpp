// SPDX-License-Identifier: BSL-1.0
// A budget, shared out: three departments ask for 10, 6 and 2.5, and each gets a mixture of what all are worth, z = A (X W).
// First the shares A are given; then they are attention, with weights that were trained until z was near 20, 19, 16.
#include "show.hpp"

using namespace heed;
using namespace sample;

int main() {
    const auto x = given<tensor<double, query<3>, model<1>>>({10, 6, 2.5});
    const auto y = relabel<query, key>(x);

    const auto w = given<tensor<double, model<1>, value<1>>>({2});
    const auto a = given<tensor<double, query<3>, key<3>>>({1.0, 0.0, 0.0, //
                                                            0.9, 0.1, 0.0, //
                                                            0.6, 0.3, 0.1});
    const auto v = y * w;
    print("values, X W", evaluate(v), 1);
    print("given shares, A", a, 1);
    const tensor z = evaluate(a * v);
    print("shared out, A (X W)", z, 1);

    const auto wq = golden<tensor<double, model<1>, feature<2>>>("seed_train", "wq");
    const auto wk = golden<tensor<double, model<1>, feature<2>>>("seed_train", "wk");
    const auto wv = golden<tensor<double, model<1>, value<1>>>("seed_train", "wv");
    const auto shares = softmax((x * wq) * transpose(y * wk));
    print("learned shares, softmax(Q K')", evaluate(shares), 2);
    const tensor learned = evaluate(shares * (y * wv));
    print("shared out by them", learned, 2);

    return close(z, golden<tensor<double, query<3>, value<1>>>("seed_budget", "z"), 1e-12) +
           close(learned, golden<tensor<double, query<3>, value<1>>>("seed_train", "z"), 1e-12);
}
