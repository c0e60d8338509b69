// SPDX-License-Identifier: BSL-1.0
// suites: slow
// 5 tanh(score / 5), causal.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "softcap";
    template <class T> using input = arrays<T>;
    static constexpr auto formula(const auto& x) {
        const auto scores = 5 * tanh(x.q * transpose(x.k) / x.root() / 5);
        return outputs(softmax(scores, causal) * x.v, logsumexp(scores, causal));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
