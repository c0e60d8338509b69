// SPDX-License-Identifier: BSL-1.0
// mistake: A causal mask over fewer queries than keys
// meaning: Where query and key have different extents, the diagonal starts from a corner that has to be
//          named: top_left, key <= query; or bottom_right, where the queries are the last of the keys.
// error: causal, window, prefix: requires query and key of one extent; did you mean causal.top_left or causal.bottom_right?
// names: query<16>, key<512>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<16>, feature<64>> q;
    tensor<float, head<8>, key<512>, feature<64>> k;
#ifdef FIXED
    auto weights = softmax(q * transpose(k), causal.bottom_right);
#else
    auto weights = softmax(q * transpose(k), causal);
#endif
    return sizeof(weights) == 0;
}
