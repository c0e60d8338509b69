// SPDX-License-Identifier: BSL-1.0
// suites: slow
// The score is -|q - k|^2 / 2: a tile that is no product.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "gaussian";
    template <class T> using input = arrays<T>;
    static constexpr auto formula(const auto& x) {
        const auto scores = -sum<feature>(square(x.q - x.k)) / 2;
        return outputs(dot<key>(softmax<key>(scores), x.v), logsumexp<key>(scores));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle_output<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
BOOST_AUTO_TEST_CASE(fused_double) { check_fused<this_case, double>(); }
