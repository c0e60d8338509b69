// SPDX-License-Identifier: BSL-1.0
// mistake: A kernel called without one of its tensors
// meaning: Every symbol of the formula is given a tensor.
// error: kernel{e}(output, symbol = tensor, ...): requires a tensor for every symbol of the formula
// names: key<>, value<64>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    tensor<float, head<8>, key<>, value<64>> v(512);
    symbol<"Q", float, head<8>, query<>, feature<64>> Q;
    symbol<"V", float, head<8>, key<>, value<64>> V;
    kernel attend{softmax(Q * transpose(k)) * V};
    tensor<float, head<8>, query<>, value<64>> o(512);
#ifdef FIXED
    attend(o, Q = q, V = v);
#else
    attend(o, Q = q);
#endif
    return v.size() == 0;
}
