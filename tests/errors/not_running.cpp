// SPDX-License-Identifier: BSL-1.0
// mistake: The last state of something that has no state
// meaning: `last_state(x)` and `before_step(x)` see a running state at another moment.
// error: before_step(x), last_state(x): requires an x that running<axis>(initial, step) gave
// names: name<feature>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct token : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

int main() {
    tensor<float, token<>, feature<64>> k(100);
    tensor<float, token<>, value<32>> v(100);
    auto s = running<token, feature, value>(0, [&](auto state) { return state + hadamard(k, v); });
#ifdef FIXED
    auto o = dot<feature>(select<token>(k, 99), last_state(s));
#else
    auto o = last_state(dot<feature>(k, s));
#endif
    return sizeof(o) == 0;
}
