// SPDX-License-Identifier: BSL-1.0
// A normaliser of one's own: softpick (Zuhri et al. 2025), whose weights may be 0 and need not add up to 1, in a namespace
// of its own. It is a struct of four short formulas, and attention with it is still one loop.
#include "show.hpp"

using namespace heed;
using namespace sample;

namespace mine {

// relu(exp(s) - 1) / sum |exp(s) - 1|, with all of it times exp(-m), m = max(top, 0), so that nothing overflows.
struct softpick {
    static constexpr auto raw(auto score, auto top) { return exp(score - max(top, 0)) - exp(-max(top, 0)); }
    static constexpr auto weight(auto score, auto top) { return relu(raw(score, top)); }
    static constexpr auto mass(auto score, auto top) { return abs(raw(score, top)); }
    static constexpr auto fade(auto before, auto after) { return exp(max(before, 0) - max(after, 0)); }
    static constexpr auto finish(auto total) { return 1 / total; }
};

} // namespace mine

int main() {
    tensor<float, query<4>, feature<2>> q;
    tensor<float, key<4>, feature<2>> k;
    tensor<float, key<4>, value<2>> v;
    for (extent i = 0; i < 4; ++i)
        for (extent j = 0; j < 2; ++j) {
            q(i, j) = static_cast<float>((3 * i + 2 * j) % 5 - 2);
            k(i, j) = static_cast<float>((2 * i + 3 * j) % 5 - 2) / 2;
            v(i, j) = static_cast<float>(i == j ? 1 : 0);
        }
    const auto scores = q * transpose(k);
    const auto picked = normalise<mine::softpick>(scores, causal) * v;
    static_assert(plan_of<decltype(picked)>::loops == 1);

    print("scores", evaluate(scores), 2);
    print("softmax of them, causal", evaluate(softmax(scores, causal)), 2);
    print("softpick of them, causal", evaluate(normalise<mine::softpick>(scores, causal)), 2);
    print("with values, in one loop", evaluate(picked), 2);

    const tensor fused = evaluate(picked);
    return close(fused, evaluate(picked, reference), 1e-6);
}
