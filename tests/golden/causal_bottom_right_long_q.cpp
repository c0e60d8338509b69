// SPDX-License-Identifier: BSL-1.0
// suites: slow
// More queries than keys: the first queries see no key, their output is 0 and their logsumexp -inf.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "causal_bottom_right_long_q";
    template <class T> using input = arrays<T>;
    static constexpr auto formula(const auto& x) {
        const auto scores = x.q * transpose(x.k) / x.root();
        return outputs(softmax(scores, causal.bottom_right) * x.v, logsumexp(scores, causal.bottom_right));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
