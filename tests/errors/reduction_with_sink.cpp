// SPDX-License-Identifier: BSL-1.0
// mistake: A sink in a reduction
// meaning: A sink is a score without a value, for softmax and its like. A reduction takes masks only.
// error: sum<axis>(x, ...), mean, max, min, argmax, variance: requires further arguments to be masks
// names: sink_of
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};

int main() {
    tensor<float, query<>, key<>> scores(512, 512);
#ifdef FIXED
    auto m = max<key>(scores, causal);
#else
    auto m = max<key>(scores, causal, sink(0.f));
#endif
    return sizeof(m) == 0;
}
