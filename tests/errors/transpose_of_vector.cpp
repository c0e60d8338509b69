// SPDX-License-Identifier: BSL-1.0
// mistake: A vector transposed
// meaning: transpose swaps the last two axes. A vector needs no transposing: q * x sums over feature.
// error: transpose(x): requires at least two axes
// names: feature<64>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, feature<64>> x;
#ifdef FIXED
    auto y = q * x;
#else
    auto y = q * transpose(x);
#endif
    return sizeof(y) == 0;
}
