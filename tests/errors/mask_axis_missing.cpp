// SPDX-License-Identifier: BSL-1.0
// mistake: A mask over an axis that the scores do not have
// meaning: A condition broadcasts over the scores by name; it cannot add an axis to them.
// error: softmax(scores, mask): requires every axis of the mask in the scores
// names: token<>, query<>, key<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    auto scores = q * transpose(k);
    tensor<float, head<8>, key<>, value<64>> v(512);
#ifdef FIXED
    auto attention = softmax(scores, keep(position<key> <= position<query>)) * v;
#else
    auto attention = softmax(scores, keep(position<token> <= position<query>)) * v;
#endif
    return sizeof(attention) == 0;
}
