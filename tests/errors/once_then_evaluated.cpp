// SPDX-License-Identifier: BSL-1.0
// mistake: One mistake in a formula that is evaluated
// meaning: What is wrong is not evaluated, and says no more.
// error: A * B: requires the last axis of A to be the first matrix axis of B; did you mean A * transpose(B)?
// names: feature<64>, key<>
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
#ifdef FIXED
    auto scores = q * transpose(k);
#else
    auto scores = q * k;
#endif
    auto attention = softmax(scores, causal) * v;
    static_assert(plan_of<decltype(attention)>::loops == 1);
    tensor o = evaluate(attention);
    const std::string words = explain(attention);
    tensor<double, head<8>, query<>, value<64>> exact = evaluate(attention, reference);
    evaluate_into(o, attention, on(serial));
    symbol<"Q", float, head<8>, query<>, feature<64>> Q;
    kernel attend{hadamard(attention, softmax(Q * transpose(k)) * v)};
    attend(o, Q = q);
    return exact.size() == workspace_bytes(attention) && words.empty();
}
