// SPDX-License-Identifier: BSL-1.0
// mistake: An element-wise product of tensors with different extents
// meaning: Operands of an element-wise operation are matched by name; an axis that both have has one extent.
// error: A + B, A * B, ...: requires one extent of an axis that both operands have
// names: head<8>, head<4>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    auto scores = q * transpose(k);
#ifdef FIXED
    tensor<float, head<8>> gain;
    auto louder = hadamard(scores, gain);
#else
    tensor<float, head<4>> gain;
    auto louder = hadamard(scores, gain);
#endif
    return sizeof(louder) == 0;
}
