// SPDX-License-Identifier: BSL-1.0
// mistake: A kind of normaliser that does not fade
// meaning: A loop meets a row's largest score late. What it has summed by then is multiplied by Kind::fade(before, after), the ratio of the weights
// under the old and the new top.
// error: normalise<Kind>(x): requires Kind::fade(before, after) of a Kind that uses top, by what earlier weights are multiplied when top grows
// names: sudden
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};

struct sudden {
    static constexpr auto weight(auto score, auto top) { return exp(2 * (score - top)); }
};
struct gradual : sudden {
    static constexpr auto fade(auto before, auto after) { return exp(2 * (before - after)); }
};

int main() {
    tensor<float, query<>, key<>> scores(512, 512);
#ifdef FIXED
    auto w = normalise<gradual>(scores);
#else
    auto w = normalise<sudden>(scores);
#endif
    return sizeof(w) == 0;
}
