// SPDX-License-Identifier: BSL-1.0
// mistake: A running state with the running axis
// meaning: The state of one step has no running axis; `running<axis, ...>` adds it.
// error: requires axes of different names, and a state without the running one
// names: token<>
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
    auto s = running<token, token, feature, value>(0, step);
#endif
    return sizeof(s) == 0;
}
