// SPDX-License-Identifier: BSL-1.0
// mistake: A mask that is not a condition
// meaning: keep and drop take a condition: a comparison, a tensor of bool, or these joined by && || !. A
//          tensor of 0 and -inf is a bias, to be added to the scores.
// error: keep, drop, where, &&, ||, !: requires a condition, such as a comparison or a tensor of bool
// names: float, query<>, key<>
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
    auto scores = q * transpose(k);
    tensor<float, head<8>, key<>, value<64>> v(512);
    tensor<float, query<>, key<>> mask(512, 512);
#ifdef FIXED
    auto attention = softmax(scores, keep(mask > 0)) * v;
#else
    auto attention = softmax(scores, keep(mask)) * v;
#endif
    return sizeof(attention) == 0;
}
