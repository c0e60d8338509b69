// SPDX-License-Identifier: BSL-1.0
// mistake: Parts with different axes
// meaning: Parts are outputs of the same rows and values, over different keys.
// error: merge(partial{o, l}, ...): requires the same axes of o, and of l, in every part
// names: head<8>, query<>, value<64>, token<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, value<64>> o1(512), o2(512);
    tensor<float, head<8>, query<>> l1(512), l2(512);
    tensor<float, head<8>, token<>, value<64>> o3(512);
    tensor<float, head<8>, token<>> l3(512);
#ifdef FIXED
    auto all = merge(partial{o1, l1}, partial{relabel<token, query>(o3), relabel<token, query>(l3)});
#else
    auto all = merge(partial{o1, l1}, partial{o3, l3});
#endif
    return sizeof(all) == 0;
}
