// SPDX-License-Identifier: BSL-1.0
// mistake: Lengths of a batch for scores without a batch
// meaning: A named mask has the axes of what it is given: padding(lengths) those of lengths, and the key.
// error: softmax(scores, mask): requires every axis of the mask in the scores
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
    tensor<int, batch<>> lengths(4);
#ifdef FIXED
    auto weights = softmax(scores / 8.f, causal, padding(select<batch>(lengths, 0)));
#else
    auto weights = softmax(scores / 8.f, causal, padding(lengths));
#endif
    return sizeof(weights) == 0;
}
