// SPDX-License-Identifier: BSL-1.0
// mistake: A cache of a formula
// meaning: A cache owns memory with room for what comes: tensors, of which the extent along its axis is the room.
// error: cache<axis>(x, ...), paged_cache<axis>(blocks, x, ...): requires every x to be a tensor
// names: lookup
#include <heed.hpp>
#include <heed/paged_cache.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, key<>, feature<64>> room(16);
    tensor<int, key<>> order(16);
#ifdef FIXED
    auto past = paged_cache<key>(32, room);
#else
    auto past = paged_cache<key>(32, gather<key>(room, order));
#endif
    return sizeof(past) == 0;
}
