// SPDX-License-Identifier: BSL-1.0
// mistake: One segment for all
// meaning: same(segment) compares the segment of a query with that of a key, so the segments need an axis.
// error: same(segment): requires a segment with an axis, the query or the key
// names: view<const int>
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
    tensor<int> document;
    auto weights = softmax(scores, same(document));
#endif
    return sizeof(weights) == 0;
}
