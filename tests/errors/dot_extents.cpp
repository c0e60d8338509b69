// SPDX-License-Identifier: BSL-1.0
// mistake: A contraction over one axis with two extents
// meaning: The axis that is summed over has one static extent in A and another in B.
// error: A * B, ...: requires one extent of an axis that both operands have
// names: model<512>, model<768>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct model : axis<N> {};

int main() {
    tensor<float, token<>, model<512>> x(100);
#ifdef FIXED
    tensor<float, model<512>, head<8>, feature<64>> w;
    auto y = dot<model>(x, w);
#else
    tensor<float, model<768>, head<8>, feature<64>> w;
    auto y = dot<model>(x, w);
#endif
    return sizeof(y) == 0;
}
