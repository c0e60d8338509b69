// SPDX-License-Identifier: BSL-1.0
// mistake: Two sinks
// meaning: A row has one sink at most; log(exp(a) + exp(b)) is the sink that weighs as much as a and b.
// error: softmax(scores, sink(s)): requires one sink at most
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
    auto weights = softmax(scores, sink(1.3133f));
#else
    auto weights = softmax(scores, sink(0.f), sink(1.f));
#endif
    return sizeof(weights) == 0;
}
