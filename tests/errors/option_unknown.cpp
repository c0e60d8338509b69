// SPDX-License-Identifier: BSL-1.0
// mistake: An executor without on
// meaning: What says how to evaluate is on(executor), workspace(bytes) or instructions(set).
// error: evaluate(e, ...): requires further arguments to be on(executor), workspace(bytes), instructions(set) or reference
// names: serial_executor
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    tensor<float, head<8>, key<>, value<64>> v(512);
    auto attention = softmax(q * transpose(k)) * v;
#ifdef FIXED
    tensor o = evaluate(attention, on(serial));
#else
    tensor o = evaluate(attention, serial);
#endif
    return o.size() == 0;
}
