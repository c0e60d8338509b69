// SPDX-License-Identifier: BSL-1.0
// mistake: Normalising a layer along an axis that is not there
// meaning: layer_norm and rms_norm go along an axis of x.
// error: sum<axis>(x), mean, max, min, argmax, variance, layer_norm, rms_norm: requires an axis of x
// names: model<>, token<>, value<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct model : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

int main() {
    tensor<float, token<>, value<>> x(512, 64);
#ifdef FIXED
    auto y = layer_norm<value>(x);
#else
    auto y = layer_norm<model>(x);
#endif
    return sizeof(y) == 0;
}
