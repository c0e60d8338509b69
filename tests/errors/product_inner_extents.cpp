// SPDX-License-Identifier: BSL-1.0
// mistake: A product over one axis with two extents
// meaning: The axis that is summed over has one static extent in A and another in B.
// error: A * B, ...: requires one extent of an axis that both operands have
// names: feature<64>, feature<96>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
#ifdef FIXED
    tensor<float, head<8>, key<>, feature<64>> k(512);
    auto scores = q * transpose(k);
#else
    tensor<float, head<8>, key<>, feature<96>> k(512);
    auto scores = q * transpose(k);
#endif
    return sizeof(scores) == 0;
}
