// SPDX-License-Identifier: BSL-1.0
// mistake: A reduction over an axis that is not there
// meaning: sum, mean, max and min reduce an axis of x.
// error: sum<axis>(x), mean, max, min, argmax, variance, layer_norm, rms_norm: requires an axis of x
// names: token<>, query<>, key<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    auto scores = q * transpose(k);
#ifdef FIXED
    auto m = mean<query>(scores) + max<key>(scores);
#else
    auto m = mean<token>(scores) + max<key>(scores);
#endif
    return sizeof(m) == 0;
}
