// SPDX-License-Identifier: BSL-1.0
// mistake: An output with other axes
// meaning: The output has the axes of the expression, in any order.
// error: evaluate_into(output, expression): requires the axes of the expression in the output
// names: feature<64>, value<64>
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
    auto attention = softmax(q * transpose(k)) * v;
#ifdef FIXED
    tensor<float, query<>, head<8>, value<64>> o(512);
    evaluate_into(o, attention);
#else
    tensor<float, head<8>, query<>, feature<64>> o(512);
    evaluate_into(o, attention);
#endif
}
