// SPDX-License-Identifier: BSL-1.0
// mistake: Segments of pairs
// meaning: The last axis of a segment stands for the query on one side and for the key on the other, so it
//          cannot have both.
// error: relabel<from, to>(x): requires x not to have the axis to already
// names: query<>, key<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    auto scores = q * transpose(k);
#ifdef FIXED
    tensor<int, key<>> document(512);
    auto weights = softmax(scores, same(document));
#else
    tensor<int, query<>, key<>> document(512, 512);
    auto weights = softmax(scores, same(document));
#endif
    return sizeof(weights) == 0;
}
