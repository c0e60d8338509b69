// SPDX-License-Identifier: BSL-1.0
// mistake: One index of an axis that is not there
// meaning: `select<axis>(x, i)` and `slice<axis>(x, begin, end)` view a part of x along an axis of x.
// error: select<axis>(x, i), slice<axis>(x, begin, end): requires an axis of x
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
    auto first = select<query>(q, 0);
#else
    auto first = select<key>(q, 0);
#endif
    return sizeof(first) == 0;
}
