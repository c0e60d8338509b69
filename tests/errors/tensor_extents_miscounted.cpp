// SPDX-License-Identifier: BSL-1.0
// mistake: A tensor with too many extents
// meaning: The extents given are those that the axes leave open, in order; the others are in the type.
// error: tensor(extents...): requires an extent for each axis that leaves it open, in order
// names: head<8>, query<>, feature<64>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
#ifdef FIXED
    tensor<float, head<8>, query<>, feature<64>> q(512);
#else
    tensor<float, head<8>, query<>, feature<64>> q(8, 512, 64);
#endif
    return sizeof(q) == 0;
}
