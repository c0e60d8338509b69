// SPDX-License-Identifier: BSL-1.0
// mistake: An initial state with another axis than the state
// meaning: The axes of the state are the named ones, or without names those of the initial state.
// error: requires every axis of initial among the axes of the state
// names: value<32>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

int main() {
    tensor<float, token<>, feature<64>> k(100);
    tensor<float, token<>, value<32>> v(100);
    tensor<float, feature<64>, value<32>> past;
    const auto step = [&](auto state) { return state + hadamard(k, v); };
#ifdef FIXED
    auto s = running<token, feature, value>(past, step);
#else
    auto s = running<token, feature>(past, step);
#endif
    return sizeof(s) == 0;
}
