// SPDX-License-Identifier: BSL-1.0
// mistake: A formula for a symbol
// meaning: What is given for a symbol is a tensor or a view. A formula is written where the symbol stands, or
//          evaluated first.
// error: symbol = tensor: requires a tensor or a view, not a formula
// names: head<8>, query<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    symbol<"Q", float, head<8>, query<>, feature<64>> Q;
    tensor<float, head<8>, query<>, feature<64>> q(512);
#ifdef FIXED
    tensor scaled = evaluate(0.125f * q);
    auto given = Q = scaled;
#else
    auto given = Q = 0.125f * q;
#endif
    return sizeof(given) == 0;
}
