// SPDX-License-Identifier: BSL-1.0
// mistake: One output for two results
// meaning: outputs(...) is written to a std::tuple with an output for each.
// error: evaluate_into(std::tie(...), outputs(...)): requires an output for each of the outputs
// names: query<>, value<64>
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
    auto both = outputs(attention, logsumexp(q * transpose(k)));
    tensor<float, head<8>, query<>, value<64>> o(512);
    tensor<float, head<8>, query<>> l(512);
#ifdef FIXED
    evaluate_into(std::tie(o, l), both);
#else
    evaluate_into(o, both);
#endif
    return l.size() == 0;
}
