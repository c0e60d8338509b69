// SPDX-License-Identifier: BSL-1.0
// mistake: A bias given as a mask
// meaning: What comes after the scores says which keys count, and how. What is added to the scores is part of
//          the scores.
// error: softmax(scores, ...): requires further arguments to be keep(condition), drop(condition), a named mask, temperature(t) or sink(s)
// names: float, query<>, key<>
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
    tensor<float, query<>, key<>> bias(512, 512);
#ifdef FIXED
    auto weights = softmax(scores + bias);
#else
    auto weights = softmax(scores, bias);
#endif
    return sizeof(weights) == 0;
}
