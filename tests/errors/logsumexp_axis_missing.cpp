// SPDX-License-Identifier: BSL-1.0
// mistake: logsumexp over an axis that is not there
// meaning: `logsumexp<axis>(x)` reduces an axis of x.
// error: softmax<axis>(x), logsumexp, weights, normalise, entropy: requires an axis of x
// names: token<>, query<>, key<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    auto scores = q * transpose(k);
#ifdef FIXED
    auto l = logsumexp<key>(scores, causal);
#else
    auto l = logsumexp<token>(scores, causal);
#endif
    return sizeof(l) == 0;
}
