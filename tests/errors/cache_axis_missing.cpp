// SPDX-License-Identifier: BSL-1.0
// mistake: A cache along an axis that its tensors do not have
// meaning: A cache grows along one axis, which is the keys' of each of its tensors.
// error: cache<axis>(x, ...), paged_cache<axis>(blocks, x, ...): requires the axis in every x
// names: token<>, key<>
#include <heed.hpp>
#include <heed/cache.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, key<>, feature<64>> room(512);
#ifdef FIXED
    auto past = cache<key>(room);
#else
    auto past = cache<token>(room);
#endif
    return sizeof(past) == 0;
}
