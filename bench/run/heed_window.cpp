// SPDX-License-Identifier: BSL-1.0
// A causal window of as many keys as the attention says.
#include "heed_call.hpp"

#include <cmath>

namespace bench {

call heed_window(const attention& what, const operands& at, const setting& how) {
    const bound<64> b(what, at);
    const auto formula = softmax(b.q * transpose(b.k) / std::sqrt(64.F), heed::window(what.window)) * b.v;
    static_assert(heed::plan_of<decltype(formula)>::loops == 1);
    return repeat(b.o, formula, how);
}

} // namespace bench
