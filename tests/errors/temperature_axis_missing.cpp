// SPDX-License-Identifier: BSL-1.0
// mistake: A temperature for an axis that the scores do not have
// meaning: A temperature is a number, or an expression of axes of the scores.
// error: softmax(scores, temperature(t), sink(s)): requires every axis of t and s in the scores
// names: batch<>, query<>, key<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct batch : axis<N> {};
template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    auto scores = q * transpose(k);
    tensor<float, batch<>> t(4);
#ifdef FIXED
    auto weights = softmax(scores, causal, temperature(select<batch>(t, 0)));
#else
    auto weights = softmax(scores, causal, temperature(t));
#endif
    return sizeof(weights) == 0;
}
