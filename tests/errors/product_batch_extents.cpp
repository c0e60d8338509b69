// SPDX-License-Identifier: BSL-1.0
// mistake: A product of eight heads with two
// meaning: An axis that both operands have and that is not summed over is a batch axis and has one extent.
//          Grouped queries have an axis of groups that only q has.
// error: A * B, ...: requires one extent of an axis that both operands have
// names: head<8>, head<2>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct group : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<2>, key<>, feature<64>> k(512);
#ifdef FIXED
    tensor<float, head<2>, group<4>, query<>, feature<64>> q(512);
    auto scores = q * transpose(k);
#else
    tensor<float, head<8>, query<>, feature<64>> q(512);
    auto scores = q * transpose(k);
#endif
    return sizeof(scores) == 0;
}
