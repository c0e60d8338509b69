// SPDX-License-Identifier: BSL-1.0
// mistake: An element with too few indices
// meaning: An element is at one index for each axis, in order.
// error: tensor(indices...): requires an index for each axis, in order
// names: head<8>, query<>, feature<64>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
#ifdef FIXED
    q(0, 511, 0) = 1;
#else
    q(0, 511) = 1;
#endif
}
