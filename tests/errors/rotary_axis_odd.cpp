// SPDX-License-Identifier: BSL-1.0
// mistake: Turning an odd number of features
// meaning: Features are turned in pairs. What is not to be turned is sliced off, and its product is a second term.
// error: rotary<axis>(x, position): requires an axis with an even extent
// names: feature<63>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, query<>, feature<63>> q(512);
#ifdef FIXED
    auto turned = rotary<feature>(slice<feature>(q, 0, 62), position<query>);
#else
    auto turned = rotary<feature>(q, position<query>);
#endif
    return sizeof(turned) == 0;
}
