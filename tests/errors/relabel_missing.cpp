// SPDX-License-Identifier: BSL-1.0
// mistake: Renaming an axis that is not there
// meaning: `relabel<from, to>(x)` gives the axis from another name.
// error: relabel<from, to>(x): requires x to have the axis from
// names: key<>, token<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, token<>, feature<64>> x(512);
#ifdef FIXED
    auto q = relabel<token, query>(x);
#else
    auto q = relabel<key, query>(x);
#endif
    return sizeof(q) == 0;
}
