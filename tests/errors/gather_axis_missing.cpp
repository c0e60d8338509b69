// SPDX-License-Identifier: BSL-1.0
// mistake: A look-up along an axis that the table does not have
// meaning: `gather<axis>(table, index)` looks up along an axis of the table; the axes of the index take its
//          place.
// error: gather<axis>(table, index): requires an axis of the table
// names: key<>, offset<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct offset : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    auto scores = q * transpose(k);
    tensor<float, offset<>> table(1023);
#ifdef FIXED
    auto biased = scores + gather<offset>(table, position<key> - position<query> + 511);
#else
    auto biased = scores + gather<key>(table, position<key> - position<query> + 511);
#endif
    return sizeof(biased) == 0;
}
