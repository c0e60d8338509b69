// SPDX-License-Identifier: BSL-1.0
// mistake: A view with too few extents
// meaning: The extents given are those that the axes leave open, in order.
// error: tensor(extents...): requires an extent for each axis that leaves it open, in order
// names: head<>, query<>, feature<64>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    float memory[8 * 16 * 64] = {};
#ifdef FIXED
    view<float, head<>, query<>, feature<64>> q(memory, 8, 16);
#else
    view<float, head<>, query<>, feature<64>> q(memory, 16);
#endif
    return sizeof(q) == 0;
}
