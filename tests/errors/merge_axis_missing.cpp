// SPDX-License-Identifier: BSL-1.0
// mistake: A logsumexp of other rows than its output
// meaning: A part has one logsumexp for each row of its output.
// error: merge(partial{o, l}, ...): requires every axis of the logsumexp l in the output o
// names: key<>, head<8>, query<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, value<64>> o1(512), o2(512);
    tensor<float, head<8>, query<>> l1(512), l2(512);
    tensor<float, head<8>, key<>> l3(512);
#ifdef FIXED
    auto all = merge(partial{o1, l1}, partial{o2, l2});
#else
    auto all = merge(partial{o1, l3}, partial{o2, l2});
#endif
    return sizeof(all) == 0;
}
