// SPDX-License-Identifier: BSL-1.0
// A causal window of as many keys as the attention says; said twice, where it is also causal.
#include "heed_call.hpp"

#include <cmath>

namespace bench {

call heed_window(const attention& what, const operands& at, const setting& how) {
    const bound<64> b(what, at);
    const auto scores = b.q * transpose(b.k) / std::sqrt(64.F);
    const auto alone = softmax(scores, heed::window(what.window)) * b.v;
    static_assert(heed::plan_of<decltype(alone)>::loops == 1);
    const auto twice = softmax(scores, heed::causal, heed::window(what.window)) * b.v;
    static_assert(heed::plan_of<decltype(twice)>::loops == 1);
    return what.causal ? repeat(b.o, twice, how) : repeat(b.o, alone, how);
}

} // namespace bench
