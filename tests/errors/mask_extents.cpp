// SPDX-License-Identifier: BSL-1.0
// mistake: A mask for another number of keys
// meaning: An axis that the mask and the scores both have has one extent.
// error: A * B, ...: requires one extent of an axis that both operands have
// names: key<256>, key<512>
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
    tensor<bool, key<512>> allowed;
    auto weights = softmax(q * transpose(k), keep(allowed));
#else
    tensor<bool, key<256>> allowed;
    auto weights = softmax(q * transpose(k), keep(allowed));
#endif
    return sizeof(weights) == 0;
}
