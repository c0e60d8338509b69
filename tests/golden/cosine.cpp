// SPDX-License-Identifier: BSL-1.0
// The score is 10 cos(q, k). The norms are loops of their own, each stored as one number a row; the division is
// inline where q and k are packed.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "cosine";
    template <class T> using input = arrays<T>;
    static constexpr auto formula(const auto& x) {
        const auto unit = [](const auto& a) { return hadamard(a, rsqrt(sum<feature>(square(a)))); };
        const auto scores = 10 * (unit(x.q) * transpose(unit(x.k)));
        return outputs(dot<key>(softmax<key>(scores), x.v), logsumexp<key>(scores));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle_output<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float, 3, 2>(); }
BOOST_AUTO_TEST_CASE(fused_double) { check_fused<this_case, double, 3, 2>(); }
