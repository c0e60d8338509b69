// SPDX-License-Identifier: BSL-1.0
// mistake: A formula evaluated with symbols in it
// meaning: Symbols are given their tensors by a kernel.
// error: kernel{e}(output, symbol = tensor, ...): requires a tensor for every symbol of the formula
// names: query<>, feature<64>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    symbol<"Q", float, head<8>, query<>, feature<64>> Q;
#ifdef FIXED
    tensor weights = evaluate(softmax(q * transpose(k)));
#else
    tensor weights = evaluate(softmax(Q * transpose(k)));
#endif
    return q.size() == weights.size() && sizeof(Q) == 0;
}
