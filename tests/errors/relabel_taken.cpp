// SPDX-License-Identifier: BSL-1.0
// mistake: Renaming an axis to one that is there
// meaning: The result would have the same axis twice.
// error: relabel<from, to>(x): requires x not to have the axis to already
// names: value<>, key<>, value<64>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

int main() {
    tensor<float, head<8>, key<>, value<64>> v(512);
#ifdef FIXED
    auto k = relabel<value, feature>(v);
#else
    auto k = relabel<key, value>(v);
#endif
    return sizeof(k) == 0;
}
