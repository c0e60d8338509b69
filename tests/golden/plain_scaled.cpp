// SPDX-License-Identifier: BSL-1.0
// suites: slow
// The scale is 0.3 instead of 1 / sqrt(d).
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "plain_scaled";
    template <class T> using input = arrays<T>;
    static constexpr auto formula(const auto& x) {
        const auto scores = 0.3 * (x.q * transpose(x.k));
        return outputs(softmax(scores) * x.v, logsumexp(scores));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
