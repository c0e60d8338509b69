// SPDX-License-Identifier: BSL-1.0
// Scores with linear biases (ALiBi), of all keys or causally.
#include "heed_call.hpp"

#include <cmath>

namespace bench {

call heed_alibi(const attention& what, const operands& at, const setting& how) {
    const bound<64> b(what, at);
    const auto scores =
        b.q * transpose(b.k) / std::sqrt(64.F) + b.slope * (heed::position<key> - heed::position<query>);
    const auto whole = softmax(scores) * b.v;
    static_assert(heed::plan_of<decltype(whole)>::loops == 1);
    const auto causally = softmax(scores, heed::causal) * b.v;
    static_assert(heed::plan_of<decltype(causally)>::loops == 1);
    return what.causal ? repeat(b.o, causally, how) : repeat(b.o, whole, how);
}

} // namespace bench
