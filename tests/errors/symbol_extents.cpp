// SPDX-License-Identifier: BSL-1.0
// mistake: A tensor for a symbol with another extent
// meaning: What is given for a symbol has the extents that the symbol states.
// error: A * B, ...: requires one extent of an axis that both operands have
// names: feature<96>, feature<64>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    symbol<"Q", float, head<8>, query<>, feature<64>> Q;
#ifdef FIXED
    tensor<float, head<8>, query<>, feature<64>> q(512);
    auto given = Q = q;
#else
    tensor<float, head<8>, query<>, feature<96>> q(512);
    auto given = Q = q;
#endif
    return sizeof(given) == 0;
}
