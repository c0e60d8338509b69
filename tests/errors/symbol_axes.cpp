// SPDX-License-Identifier: BSL-1.0
// mistake: A tensor for a symbol with other axes
// meaning: What is given for a symbol has its axes, in its order.
// error: symbol = tensor: requires the axes of the symbol in the tensor, in its order
// names: token<>, query<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    symbol<"Q", float, head<8>, query<>, feature<64>> Q;
    tensor<float, head<8>, token<>, feature<64>> x(512);
#ifdef FIXED
    auto given = Q = view<float, head<8>, query<>, feature<64>>(x.data(), 512);
#else
    auto given = Q = x;
#endif
    return sizeof(given) == 0;
}
