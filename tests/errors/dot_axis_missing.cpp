// SPDX-License-Identifier: BSL-1.0
// mistake: A contraction over an axis that one side lacks
// meaning: `dot<axes...>(a, b)` sums over the named axes, which both operands must have.
// error: dot<axis>(A, B): requires the axis in both A and B
// names: model<>, feature<64>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};
template <extent N = dynamic> struct model : axis<N> {};

int main() {
    tensor<float, token<>, model<512>> x(100);
    tensor<float, head<8>, feature<64>, value<64>> w;
#ifdef FIXED
    auto y = dot<feature>(relabel<model, feature>(slice<model>(x, 0, 64)), w);
#else
    auto y = dot<model>(x, w);
#endif
    return sizeof(y) == 0;
}
