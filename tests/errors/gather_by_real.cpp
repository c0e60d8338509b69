// SPDX-License-Identifier: BSL-1.0
// mistake: A look-up at an index that is not an integer
// meaning: An index is made of positions, integers and tensors of integers; a function such as exp or a
//          factor 0.5f makes it a real number.
// error: gather<axis>(table, index): requires an index of integers, such as position<axis>
// names: name<key>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct offset : axis<N> {};

int main() {
    tensor<float, offset<>> table(512);
#ifdef FIXED
    auto bias = gather<offset>(table, position<key> / 2);
#else
    auto bias = gather<offset>(table, position<key> * 0.5f);
#endif
    return sizeof(bias) == 0;
}
