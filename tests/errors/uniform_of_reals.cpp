// SPDX-License-Identifier: BSL-1.0
// mistake: Random numbers by a coordinate that is not an integer
// meaning: A random number is drawn for each value of its coordinates, which are counted: positions, integers and
//          tensors of integers.
// error: uniform(seed, i, ...): requires coordinates of integers, such as position<axis>
// names: op::divide
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};

int main() {
#ifdef FIXED
    auto kept = uniform(7, position<query>) >= 0.1;
#else
    auto kept = uniform(7, position<query> / 2.f) >= 0.1;
#endif
    return sizeof(kept) == 0;
}
