// SPDX-License-Identifier: BSL-1.0
// mistake: A sink beside weights that nothing normalises
// meaning: A sink takes its share of the total. weights(x) are x as they are: there is no total.
// error: weights(x, sink(s)), normalise<Kind>(x, sink(s)): requires a Kind whose finish takes the total, to which a sink is added
// names: plain_kind
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};

int main() {
    tensor<float, query<>, key<>> scores(512, 512);
#ifdef FIXED
    auto w = normalise(exp(scores), sink(1.f));
#else
    auto w = weights(exp(scores), sink(1.f));
#endif
    return sizeof(w) == 0;
}
