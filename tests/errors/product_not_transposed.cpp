// SPDX-License-Identifier: BSL-1.0
// mistake: A product with a matrix that is not transposed
// meaning: `A * B` sums over the last axis of A, which has to be the first of the last two axes of B. Here
//          both end in the same axis.
// error: A * B: requires the last axis of A to be the first matrix axis of B; did you mean A * transpose(B)?
// names: feature<64>, key<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    tensor<float, head<8>, key<>, value<64>> v(512);
#ifdef FIXED
    auto attention = softmax(q * transpose(k)) * v;
#else
    auto attention = softmax(q * k) * v;
#endif
    return sizeof(attention) == 0;
}
