// SPDX-License-Identifier: BSL-1.0
// suites: slow
// A causal sliding window of 7 keys.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "window";
    template <class T> using input = arrays<T>;
    static constexpr auto formula(const auto& x) {
        const auto scores = x.q * transpose(x.k) / x.root();
        return outputs(softmax(scores, window(7)) * x.v, logsumexp(scores, window(7)));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
