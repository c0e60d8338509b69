// SPDX-License-Identifier: BSL-1.0
// mistake: Parts along an axis that is not there
// meaning: Parts that lie along an axis have it in both, output and logsumexp.
// error: merge<part>(partial{o, l}): requires the axis in both o and l
// names: part<>, query<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct part : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};

int main() {
    tensor<float, part<>, query<>, value<64>> o(4, 512);
    tensor<float, part<>, query<>> l(4, 512);
#ifdef FIXED
    auto all = merge<part>(partial{o, l});
#else
    auto all = merge<part>(partial{o, select<part>(l, 0)});
#endif
    return sizeof(all) == 0;
}
