// SPDX-License-Identifier: BSL-1.0
// mistake: softmax over an axis that is not there
// meaning: `softmax<axis>(x)` normalises an axis of x. The feature axis is gone from the scores: the product
//          has summed over it.
// error: softmax<axis>(x), logsumexp, weights, normalise, entropy: requires an axis of x
// names: feature<>, query<>, key<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    auto scores = q * transpose(k);
    tensor<float, head<8>, key<>, value<64>> v(512);
#ifdef FIXED
    auto attention = softmax<key>(scores) * v;
#else
    auto attention = softmax<feature>(scores) * v;
#endif
    return sizeof(attention) == 0;
}
