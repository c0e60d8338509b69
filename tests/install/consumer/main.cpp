// SPDX-License-Identifier: BSL-1.0
// A project of somebody else: one query that sees two keys with equal scores gets the mean of their values.
#include <heed.hpp>

template <heed::extent N = heed::dynamic> struct query : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct key : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct feature : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct value : heed::axis<N> {};

int main() {
    heed::tensor<float, query<1>, feature<2>> q;
    heed::tensor<float, key<2>, feature<2>> k;
    heed::tensor<float, key<2>, value<1>> v;
    q.fill(1.f);
    k.fill(1.f);
    v.data()[0] = 1.f;
    v.data()[1] = 3.f;
    const auto o = heed::evaluate(heed::softmax(q * heed::transpose(k)) * v);
    return o.data()[0] == 2.f ? 0 : 1;
}
