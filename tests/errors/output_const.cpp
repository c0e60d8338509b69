// SPDX-License-Identifier: BSL-1.0
// mistake: An output that cannot be written to
// meaning: The output is a tensor or a view whose elements are not const.
// error: evaluate_into(output, expression): requires an output that is a tensor or a view and not const
// names: const float, value<64>
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
    tensor<float, head<8>, query<>, value<64>> o(512);
#ifdef FIXED
    evaluate_into(view<float, head<8>, query<>, value<64>>(o), attention);
#else
    evaluate_into(view<const float, head<8>, query<>, value<64>>(o), attention);
#endif
}
