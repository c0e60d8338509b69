// SPDX-License-Identifier: BSL-1.0
// mistake: A look-up in a table for other heads
// meaning: An axis that the table keeps and the index also has is matched by name and has one extent.
// error: A * B, ...: requires one extent of an axis that both operands have
// names: head<8>, head<4>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct offset : axis<N> {};

int main() {
    tensor<float, head<8>, offset<>> table(512);
#ifdef FIXED
    tensor<int, head<8>, key<>> at(512);
    auto bias = gather<offset>(table, at);
#else
    tensor<int, head<4>, key<>> at(512);
    auto bias = gather<offset>(table, at);
#endif
    return sizeof(bias) == 0;
}
