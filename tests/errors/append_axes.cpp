// SPDX-License-Identifier: BSL-1.0
// mistake: Keys of other axes than the cache's
// meaning: What is appended has the axes of the cache's tensor, in any order; one key alone has extent 1 along
//          the axis that grows.
// error: append(x, ...): requires in each x the axes of the cache's tensor in its place; did you mean relabel<from, to>(x)?
// names: token<>, key<>
#include <heed.hpp>
#include <heed/cache.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    auto past = cache<key>(tensor<float, head<8>, key<>, feature<64>>(512));
    tensor<float, head<8>, token<>, feature<64>> k(3);
#ifdef FIXED
    past.append(relabel<token, key>(k));
#else
    past.append(k);
#endif
    return sizeof(past) == 0;
}
