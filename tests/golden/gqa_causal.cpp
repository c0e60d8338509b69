// SPDX-License-Identifier: BSL-1.0
// suites: slow
// Grouped queries, causal: (batch, head, group, query) against (batch, head, key).
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "gqa_causal";
    template <class T> using input = grouped_arrays<T>;
    static constexpr auto formula(const auto& x) {
        const auto scores = x.q * transpose(x.k) / x.root();
        return outputs(softmax(scores, causal) * x.v, logsumexp(scores, causal));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
