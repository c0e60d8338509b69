// SPDX-License-Identifier: BSL-1.0
// mistake: A product of a tensor with itself
// meaning: The result would have the same axis twice. In self-attention the tokens are the queries on one
//          side and the keys on the other.
// error: A * B: requires a result with axes of different names; did you mean relabel<from, to>(x) on one side?
// names: token<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, token<>, feature<64>> x(512);
#ifdef FIXED
    auto scores = relabel<token, query>(x) * transpose(relabel<token, key>(x));
#else
    auto scores = x * transpose(x);
#endif
    return sizeof(scores) == 0;
}
