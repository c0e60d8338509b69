// SPDX-License-Identifier: BSL-1.0
// The formula that both translation units evaluate, on numbers made from a seed.
#pragma once

#include <heed.hpp>

#include <cmath>

namespace heed_tests {

template <heed::extent N = heed::dynamic> struct query : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct key : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct feature : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct value : heed::axis<N> {};

using result = heed::tensor<float, query<>, value<8>>;

inline result attend(heed::extent n) {
    heed::tensor<float, query<>, feature<8>> q(n);
    heed::tensor<float, key<>, feature<8>> k(n);
    heed::tensor<float, key<>, value<8>> v(n);
    for (heed::extent i = 0; i < n * 8; ++i) {
        const auto x = static_cast<float>(i);
        q.data()[i] = std::sin(x);
        k.data()[i] = std::cos(3 * x);
        v.data()[i] = std::sin(5 * x);
    }
    return heed::evaluate(heed::softmax(q * heed::transpose(k) / 2.f, heed::causal) * v);
}

result attend_in_the_other_unit(heed::extent n);

} // namespace heed_tests
