// SPDX-License-Identifier: BSL-1.0
// mistake: A kind of normaliser that gives no weights
// meaning: normalise<Kind>(x) asks Kind::weight what a score weighs.
// error: normalise<Kind>(x): requires static functions Kind::weight(score) or Kind::weight(score, top) that give a number
// names: cubes
#include <heed.hpp>
using namespace heed;

template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};

struct cubes {
    static constexpr auto of(auto score) { return pow(score, 3); }
};
struct cubic {
    static constexpr auto weight(auto score) { return pow(score, 3); }
};

int main() {
    tensor<float, query<>, key<>> scores(512, 512);
#ifdef FIXED
    auto w = normalise<cubic>(scores);
#else
    auto w = normalise<cubes>(scores);
#endif
    return sizeof(w) == 0;
}
