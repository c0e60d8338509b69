// SPDX-License-Identifier: BSL-1.0
// Scores that tend to a limit.
#include "heed_call.hpp"

#include <cmath>

namespace bench {

call heed_softcap(const attention& what, const operands& at, const setting& how) {
    const bound<64> b(what, at);
    const auto scores = softcap_limit * tanh(b.q * transpose(b.k) / std::sqrt(64.F) / softcap_limit);
    const auto formula = softmax(scores) * b.v;
    static_assert(heed::plan_of<decltype(formula)>::loops == 1);
    return repeat(b.o, formula, how);
}

} // namespace bench
