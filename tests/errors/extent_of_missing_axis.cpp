// SPDX-License-Identifier: BSL-1.0
// mistake: The extent of an axis that is not there
// meaning: `x.extent_of<axis>()` is the extent of an axis of x.
// error: x.extent_of<axis>(): requires an axis of x
// names: key<>, query<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
#ifdef FIXED
    const extent n = q.extent_of<query>();
#else
    const extent n = q.extent_of<key>();
#endif
    return n == 0;
}
