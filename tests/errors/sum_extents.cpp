// SPDX-License-Identifier: BSL-1.0
// mistake: A bias for another number of keys
// meaning: Operands of an element-wise operation are matched by name; an axis that both have has one extent.
// error: A + B, A * B, ...: requires one extent of an axis that both operands have
// names: key<512>, key<256>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<512>, feature<64>> k;
#ifdef FIXED
    tensor<float, key<512>> bias;
    auto scores = q * transpose(k) + bias;
#else
    tensor<float, key<256>> bias;
    auto scores = q * transpose(k) + bias;
#endif
    return sizeof(scores) == 0;
}
