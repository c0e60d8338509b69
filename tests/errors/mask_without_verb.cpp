// SPDX-License-Identifier: BSL-1.0
// mistake: A condition without a verb
// meaning: Whether a condition says which keys to keep or which to drop has to be said.
// error: softmax(scores, condition): requires to be told what the condition is for; did you mean keep(condition) or drop(condition)?
// names: name<query>, name<key>
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
    auto weights = softmax(scores, keep(position<key> <= position<query>));
#else
    auto weights = softmax(scores, position<key> <= position<query>);
#endif
    return sizeof(weights) == 0;
}
