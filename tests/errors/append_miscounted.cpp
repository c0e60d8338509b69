// SPDX-License-Identifier: BSL-1.0
// mistake: Keys without values
// meaning: A cache of two tensors grows in both at once.
// error: append(x, ...): requires an x for each tensor of the cache
// names: feature<64>
#include <heed.hpp>
#include <heed/paged_cache.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, key<>, feature<64>> k(3);
    auto past = paged_cache<key>(32, k, k);
    const int s = past.open();
#ifdef FIXED
    past.append(s, k, k);
#else
    past.append(s, k);
#endif
    return sizeof(past) == 0;
}
