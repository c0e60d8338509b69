// SPDX-License-Identifier: BSL-1.0
// mistake: A product of matrices without a common axis
// meaning: The last axis of A and the first of the last two of B have different names. Where they are two
//          names of one thing, say so with relabel.
// error: A * B: requires the last axis of A to be the first matrix axis of B
// error: did you mean relabel<from, to>(B)
// names: value<64>, feature<64>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};
template <extent N = dynamic> struct model : axis<N> {};

int main() {
    tensor<float, query<>, value<64>> o(512);
    tensor<float, feature<64>, model<256>> w;
#ifdef FIXED
    auto y = o * relabel<feature, value>(w);
#else
    auto y = o * w;
#endif
    return sizeof(y) == 0;
}
