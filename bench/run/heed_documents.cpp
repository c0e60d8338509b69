// SPDX-License-Identifier: BSL-1.0
// Documents in a row, each of which sees itself, all of it or causally.
#include "heed_call.hpp"

#include <cmath>

namespace bench {

call heed_documents(const attention& what, const operands& at, const setting& how) {
    const bound<64> b(what, at);
    const heed::view<const std::int32_t, query<>> document(at.document(), what.queries);
    const auto scores = b.q * transpose(b.k) / std::sqrt(64.F);
    const auto whole = softmax(scores, same(document)) * b.v;
    static_assert(heed::plan_of<decltype(whole)>::loops == 1);
    const auto causally = softmax(scores, heed::causal, same(document)) * b.v;
    static_assert(heed::plan_of<decltype(causally)>::loops == 1);
    return what.causal ? repeat(b.o, causally, how) : repeat(b.o, whole, how);
}

} // namespace bench
