// SPDX-License-Identifier: BSL-1.0
// mistake: Random numbers by too many coordinates
// meaning: The generator counts four words of 32 bits; two coordinates fit in one where their extents allow,
//          a * extent_of_b + b.
// error: uniform(seed, i, ...): requires one to four coordinates
// names: query
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};

int main() {
#ifdef FIXED
    auto kept = uniform(7, position<query>, position<key>) >= 0.1;
#else
    auto kept = uniform(7, position<query>, position<key>, 1, 2, 3) >= 0.1;
#endif
    return sizeof(kept) == 0;
}
