// SPDX-License-Identifier: BSL-1.0
// mistake: A choice by something that is not a condition
// meaning: The first argument of where is a condition.
// error: keep, drop, where, &&, ||, !: requires a condition, such as a comparison or a tensor of bool
// names: float, key<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    auto scores = q * transpose(k);
    tensor<float, key<>> weight(512);
#ifdef FIXED
    auto chosen = where(weight > 0.5f, scores, 0.f);
#else
    auto chosen = where(weight, scores, 0.f);
#endif
    return sizeof(chosen) == 0;
}
