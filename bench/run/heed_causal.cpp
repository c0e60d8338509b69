// SPDX-License-Identifier: BSL-1.0
// Causal attention, with 64 and with 128 features.
#include "heed_call.hpp"

#include <cmath>

namespace bench {

template <extent Features> static call causal(const attention& what, const operands& at, const setting& how) {
    const bound<Features> b(what, at);
    const auto formula =
        softmax(b.q * transpose(b.k) / std::sqrt(static_cast<float>(Features)), heed::causal) * b.v;
    static_assert(heed::plan_of<decltype(formula)>::loops == 1);
    return repeat(b.o, formula, how);
}

call heed_causal(const attention& what, const operands& at, const setting& how) {
    return what.features == 64 ? causal<64>(what, at, how) : causal<128>(what, at, how);
}

} // namespace bench
