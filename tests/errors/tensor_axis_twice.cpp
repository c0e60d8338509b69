// SPDX-License-Identifier: BSL-1.0
// mistake: A tensor with one axis twice
// meaning: Axes are told apart by name, so a tensor has each once. Tokens by tokens are queries by keys.
// error: tensor<T, axes...>: requires axes of different names
// names: token<>
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct token : axis<N> {};

int main() {
#ifdef FIXED
    tensor<float, head<8>, query<>, key<>> scores(512, 512);
#else
    tensor<float, head<8>, token<>, token<>> scores(512, 512);
#endif
    return sizeof(scores) == 0;
}
