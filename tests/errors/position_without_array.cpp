// SPDX-License-Identifier: BSL-1.0
// mistake: A position along an axis of unknown extent
// meaning: Positions have no extent of their own: a tensor of the formula has the axis and says how long it
//          is.
// error: position<axis>: requires a tensor of the formula to have the axis
// names: token<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};

int main() {
    tensor<float, key<>> x(512);
#ifdef FIXED
    tensor y = evaluate(x + sqrt(position<key>));
#else
    tensor y = evaluate(x + sqrt(position<token>));
#endif
    return y.size() == 0;
}
