// SPDX-License-Identifier: BSL-1.0
// mistake: The element-wise product written as A * B
// meaning: Between arrays `*` is the matrix product. It scales only by numbers and by expressions of
//          positions; the element-wise product is hadamard.
// error: A * B: requires the last axis of A to be the first matrix axis of B
// error: hadamard(A, B)
// names: head<8>, query<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};

int main() {
    tensor<float, head<8>, query<>, feature<64>> q(512);
    tensor<float, head<8>, key<>, feature<64>> k(512);
    auto scores = q * transpose(k);
    tensor<float, head<8>> gain;
#ifdef FIXED
    auto louder = hadamard(gain, scores);
#else
    auto louder = gain * scores;
#endif
    return sizeof(louder) == 0;
}
