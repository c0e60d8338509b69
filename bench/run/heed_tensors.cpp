// SPDX-License-Identifier: BSL-1.0
// Tensors over queries and keys: a bias that is added to scores, and a mask.
#include "heed_call.hpp"

#include <cmath>

namespace bench {

call heed_bias(const attention& what, const operands& at, const setting& how) {
    const bound<64> b(what, at);
    const heed::view<const float, head<>, query<>, key<>> bias(at.bias(), what.heads, what.queries,
                                                               what.keys);
    const auto formula = softmax(b.q * transpose(b.k) / std::sqrt(64.F) + bias) * b.v;
    static_assert(heed::plan_of<decltype(formula)>::loops == 1);
    return repeat(b.o, formula, how);
}

call heed_boolean(const attention& what, const operands& at, const setting& how) {
    const bound<64> b(what, at);
    const heed::view<const bool, query<>, key<>> seen(at.seen(), what.queries, what.keys);
    const auto formula = softmax(b.q * transpose(b.k) / std::sqrt(64.F), keep(seen)) * b.v;
    static_assert(heed::plan_of<decltype(formula)>::loops == 1);
    return repeat(b.o, formula, how);
}

} // namespace bench
