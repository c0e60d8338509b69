// SPDX-License-Identifier: BSL-1.0
// mistake: softmax of something without axes
// meaning: There is nothing to normalise: every axis has been summed over.
// error: softmax(x), logsumexp, weights, normalise, entropy: requires an x with an axis
// names: axes<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct key : axis<N> {};

int main() {
    tensor<float, key<>> x(512);
#ifdef FIXED
    auto weights = softmax(x);
#else
    auto weights = softmax(sum<key>(x));
#endif
    return sizeof(weights) == 0;
}
