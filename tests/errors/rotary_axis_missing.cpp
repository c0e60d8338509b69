// SPDX-License-Identifier: BSL-1.0
// mistake: Turning features that are not there
// meaning: `rotary<axis>(x, position)` turns pairs of elements along an axis of x, by an angle that grows with the
//          position.
// error: rotary<axis>(x, position): requires an axis of x
// names: query<>, feature<64>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

int main() {
    tensor<float, query<>, feature<64>> q(512);
#ifdef FIXED
    auto turned = rotary<feature>(q, position<query>);
#else
    auto turned = rotary<value>(q, position<query>);
#endif
    return sizeof(turned) == 0;
}
