// SPDX-License-Identifier: BSL-1.0
// One query, four heads of queries for each head of keys: no repeat and no reshape.
#include "heed_call.hpp"

#include <cmath>

namespace bench {

call heed_decode(const attention& what, const operands& at, const setting& how) {
    const heed::view<float, head<>, group<>, query<>, feature<128>> q(at.q(), what.heads, what.group,
                                                                      what.queries);
    const heed::view<float, head<>, key<>, feature<128>> k(at.k(), what.heads, what.keys);
    const heed::view<float, head<>, key<>, value<128>> v(at.v(), what.heads, what.keys);
    const heed::view<float, head<>, group<>, query<>, value<128>> o(at.o(), what.heads, what.group,
                                                                    what.queries);
    const auto formula = softmax(q * transpose(k) / std::sqrt(128.F)) * v;
    static_assert(heed::plan_of<decltype(formula)>::loops == 1);
    return repeat(o, formula, how);
}

} // namespace bench
