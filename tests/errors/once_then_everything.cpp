// SPDX-License-Identifier: BSL-1.0
// mistake: One mistake in a long formula
// meaning: What comes after a mistake passes it on, so that one mistake is one error.
// error: A * B: requires the last axis of A to be the first matrix axis of B; did you mean A * transpose(B)?
// names: feature<64>, key<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};
template <extent N = dynamic> struct offset : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    tensor<float, head<8>, key<>, value<64>> v(512);
    tensor<float, head<8>> slope;
    tensor<float, offset<>> table(1023);
#ifdef FIXED
    auto product = q * transpose(k);
#else
    auto product = q * k;
#endif
    auto scores = 30.f * tanh(product / 30.f) + slope * (position<key> - position<query>);
    auto mask = keep(scores > 0.f && product < 4.f);
    auto weights =
        softmax<key>(scores, causal, mask, drop(!(product == 0.f)), temperature(exp(max<key>(product))));
    auto again = logsumexp(-scores, window(9), padding(product), sink(sum<key>(product)));
    auto o = where(product > 0.f, weights, hadamard(weights, weights)) * v;
    auto all = outputs(o, again, transpose(relabel<key, offset>(product)),
                       select<key>(slice<query>(product, 0, 3), 1),
                       gather<offset>(table, where(product > 0.f, position<key>, 0)), dot<key>(weights, v),
                       min(product, 0.f));
    return sizeof(all) == 0;
}
