// SPDX-License-Identifier: BSL-1.0
// mistake: A window over fewer queries than keys
// meaning: A window is causal too, so it needs the corner that its diagonal starts from.
// error: causal, window, prefix: requires query and key of one extent
// names: query<16>, key<512>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<16>, feature<64>> q;
    tensor<float, head<8>, key<512>, feature<64>> k;
#ifdef FIXED
    auto weights = softmax(q * transpose(k), window(64).bottom_right);
#else
    auto weights = softmax(q * transpose(k), window(64));
#endif
    return sizeof(weights) == 0;
}
