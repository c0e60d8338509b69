// SPDX-License-Identifier: BSL-1.0
// mistake: A sink for every key
// meaning: A sink is one more score of a row: it has axes of the scores, but not the one that is normalised.
// error: softmax(scores, temperature(t), sink(s)): requires every axis of t and s in the scores, and s without the normalised one
// names: key<>, query<>, head<8>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    auto scores = q * transpose(k);
#ifdef FIXED
    tensor<float, head<8>> s;
    auto weights = softmax(scores, sink(s));
#else
    tensor<float, key<>> s(512);
    auto weights = softmax(scores, sink(s));
#endif
    return sizeof(weights) == 0;
}
