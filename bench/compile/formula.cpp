// SPDX-License-Identifier: BSL-1.0
// What a file pays for one formula: its check, its fusion and its loop for every instruction set.
#include <heed.hpp>

#include <cmath>

using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

tensor<float, head<8>, query<>, value<64>> attend(const tensor<float, head<8>, query<>, feature<64>>& q,
                                                  const tensor<float, head<8>, key<>, feature<64>>& k,
                                                  const tensor<float, head<8>, key<>, value<64>>& v) {
    return evaluate(softmax(q * transpose(k) / std::sqrt(64.F)) * v);
}
