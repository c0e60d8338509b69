// SPDX-License-Identifier: BSL-1.0
// Attention over many keys, in memory of heed's own.
#include "heed_call.hpp"
#include "long_keys.hpp"

#include <algorithm>
#include <cmath>

namespace bench {

static auto formula_of(const bound<64>& b) { return softmax(b.q * transpose(b.k) / std::sqrt(64.F)) * b.v; }

call heed_long(const attention& what, const operands& at, const setting& how) {
    const bound<64> b(what, at);
    const auto formula = formula_of(b);
    static_assert(heed::plan_of<decltype(formula)>::loops == 1);
    return [=, set = heed::instructions(set_named(how.instruction_set))] {
        heed::evaluate_into(b.o, formula, set);
    };
}

double heed_long_workspace(const attention& what, const operands& at, const setting& how) {
    const auto formula = formula_of(bound<64>(what, at));
    return static_cast<double>(
        heed::workspace_bytes(formula, heed::instructions(set_named(how.instruction_set))));
}

double difference_of_rows(const attention& what, const operands& at) {
    const bound<64> b(what, at);
    constexpr extent rows = 4;
    double largest = 0;
    for (const extent first : {extent{0}, what.queries / 2 + 1, what.queries - rows}) {
        const auto q = heed::slice<query>(b.q, first, first + rows);
        const heed::tensor exact =
            evaluate(softmax(q * transpose(b.k) / std::sqrt(64.F)) * b.v, heed::reference);
        for (extent i = 0; i < rows * 64; ++i)
            largest = std::max(largest, std::abs(static_cast<double>(exact.data()[i]) -
                                                 static_cast<double>(at.o()[first * 64 + i])));
    }
    return largest;
}

} // namespace bench
