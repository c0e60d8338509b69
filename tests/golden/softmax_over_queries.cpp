// SPDX-License-Identifier: BSL-1.0
// suites: slow
// The queries compete for a key: softmax over the query axis.
#include <boost/test/unit_test.hpp>

#include "golden/output.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "softmax_over_queries";
    static constexpr int loops = 2;
    template <class T> using input = arrays<T>;
    static constexpr auto formula(const auto& x) {
        const auto scores = x.q * transpose(x.k) / x.root();
        return softmax<query>(scores) * x.v;
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_output_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_output_fused<this_case, float>(); }
BOOST_AUTO_TEST_CASE(fused_double) { check_output_fused<this_case, double>(); }
