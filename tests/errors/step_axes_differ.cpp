// SPDX-License-Identifier: BSL-1.0
// mistake: A step that returns other axes than those of the state
// meaning: A number as the initial state has no axes: those of the state are named after the running one.
// error: requires step to return the axes of the state and the running one; did you mean running<axis, axes of the state...>(0, step)?
// names: value<32>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

int main() {
    tensor<float, token<>, feature<64>> k(100);
    tensor<float, token<>, value<32>> v(100);
    const auto step = [&](auto state) { return state + hadamard(k, v); };
#ifdef FIXED
    auto s = running<token, feature, value>(0, step);
#else
    auto s = running<token>(0, step);
#endif
    return sizeof(s) == 0;
}
