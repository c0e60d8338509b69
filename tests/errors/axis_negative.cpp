// SPDX-License-Identifier: BSL-1.0
// mistake: An axis with a negative extent
// meaning: The extent of an axis is a number from 0, or dynamic.
// error: axis<N>: requires an extent of 0 or more, or dynamic
// names: feature<-64>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
#ifdef FIXED
    tensor<float, query<>, feature<64>> q(512);
#else
    tensor<float, query<>, feature<-64>> q(512);
#endif
    return sizeof(q) == 0;
}
