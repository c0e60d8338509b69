// SPDX-License-Identifier: BSL-1.0
// mistake: The state of a step, outside the step
// meaning: What a step is given stands for the state before it, and means nothing elsewhere.
// error: requires the state that step is given to stay inside what step returns
// names: value<
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
    tensor o = evaluate(running<token>(past, step));
#else
    dsl::state_before<decltype(step), dsl::axes<feature<64>, value<32>>> kept;
    tensor o = evaluate(step(kept) + running<token>(past, step));
#endif
    return o.size() == 0;
}
