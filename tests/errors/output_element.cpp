// SPDX-License-Identifier: BSL-1.0
// mistake: An output with other elements
// meaning: The output has the type of elements that the expression is computed in: double where a tensor of
//          it is double, else float.
// error: evaluate_into(output, expression): requires the element type of the expression in the output
// names: double, float
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
    tensor<float, head<8>, query<>, value<64>> o(512);
    evaluate_into(o, attention);
#else
    tensor<double, head<8>, query<>, value<64>> o(512);
    evaluate_into(o, attention);
#endif
}
