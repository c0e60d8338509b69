// SPDX-License-Identifier: BSL-1.0
// What the samples share: the axes of attention, numbers to fill tensors with, and how far two results are apart.
#pragma once

#include <heed.hpp>

#include <cmath>
#include <cstdint>

namespace sample {

template <heed::extent N = heed::dynamic> struct batch : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct head : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct query : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct key : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct feature : heed::axis<N> {};
template <heed::extent N = heed::dynamic> struct value : heed::axis<N> {};

// Numbers in [-1, 1), the same for the same seed everywhere.
template <class Tensor> void fill(Tensor& t, std::uint32_t seed) {
    for (auto& x : t) {
        seed = seed * 1664525u + 1013904223u;
        x = static_cast<float>(seed >> 8) / 8388608.f - 1.f;
    }
}

// The largest difference of two tensors of one size; NaN where an element of only one of them is NaN.
template <class A, class B> double distance(const A& a, const B& b) {
    double most = 0;
    auto y = b.begin();
    for (auto x : a) {
        const double p = static_cast<double>(x), q = static_cast<double>(*y++);
        const double d = p == q || (p != p && q != q) ? 0 : std::fabs(p - q);
        if (!(d <= most)) most = d;
        if (most != most) return most;
    }
    return most;
}

} // namespace sample
