// SPDX-License-Identifier: BSL-1.0
// mistake: A causal mask for scores of one axis
// meaning: causal, window, prefix and same compare a key with a query, the last axis of the scores that is
//          not normalised. One query alone has none: compare positions with its own.
// error: causal, window, prefix, same: requires a query axis, the last axis of the scores that is not normalised
// names: key<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, feature<64>> q;
    tensor<float, key<>, feature<64>> k(512);
#ifdef FIXED
    auto weights = softmax(q * transpose(k), keep(position<key> <= 100));
#else
    auto weights = softmax(q * transpose(k), causal);
#endif
    return sizeof(weights) == 0;
}
