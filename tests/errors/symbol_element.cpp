// SPDX-License-Identifier: BSL-1.0
// mistake: A tensor of double for a symbol of float
// meaning: What is given for a symbol has its type of elements: what is computed in follows from it.
// error: symbol = tensor: requires the element type of the symbol in the tensor
// names: double, float
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    symbol<"Q", float, head<8>, query<>, feature<64>> Q;
#ifdef FIXED
    tensor<float, head<8>, query<>, feature<64>> q(512);
    auto given = Q = q;
#else
    tensor<double, head<8>, query<>, feature<64>> q(512);
    auto given = Q = q;
#endif
    return sizeof(given) == 0;
}
