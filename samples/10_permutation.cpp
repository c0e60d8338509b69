// SPDX-License-Identifier: BSL-1.0
// Attention does not know the order of its tokens: swapping them swaps the outputs and changes nothing else.
#include "show.hpp"

using namespace heed;
using namespace sample;

int main() {
    const auto x = given<tensor<double, query<2>, model<3>>>({3.0, 3.0, 0.0, //
                                                              0.5, 4.0, 0.0});
    // The same memory, read from its last token to its first.
    const view<const double, query<2>, model<3>> swapped(x.data() + 3, {2, 3}, {-3, 1});

    const auto attention = [](const auto& t) {
        const auto y = relabel<query, key>(t);
        return softmax(t * transpose(y)) * y;
    };
    const tensor o = evaluate(attention(x));
    const tensor p = evaluate(attention(swapped));
    print("tokens", x);
    print("their outputs", o);
    print("swapped tokens", evaluate(swapped));
    print("their outputs", p);

    return close(o, golden<tensor<double, query<>, model<>>>("seed_permutation", "o"), 2e-6) +
           close(p, golden<tensor<double, query<>, model<>>>("seed_permutation", "op"), 2e-6);
}
