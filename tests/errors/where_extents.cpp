// SPDX-License-Identifier: BSL-1.0
// mistake: A choice between tensors with different extents
// meaning: Operands of an element-wise operation are matched by name; an axis that two of them have has one
//          extent.
// error: A + B, A * B, ...: requires one extent of an axis that both operands have
// names: key<64>, key<65>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct key : axis<N> {};

int main() {
    tensor<float, key<64>> x;
#ifdef FIXED
    tensor<float, key<64>> y;
    auto chosen = where(position<key> < 3, x, y);
#else
    tensor<float, key<65>> y;
    auto chosen = where(position<key> < 3, x, y);
#endif
    return sizeof(chosen) == 0;
}
