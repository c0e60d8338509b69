// SPDX-License-Identifier: BSL-1.0
// mistake: The opposite of something that is not a condition
// meaning: `!`, `&&` and `||` join conditions.
// error: keep, drop, where, &&, ||, !: requires a condition, such as a comparison or a tensor of bool
// names: int, key<>
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
    tensor<int, key<>> hidden(512);
#ifdef FIXED
    auto weights = softmax(scores, keep(!(hidden != 0) && position<key> < 100));
#else
    auto weights = softmax(scores, keep(!hidden && position<key> < 100));
#endif
    return sizeof(weights) == 0;
}
