// SPDX-License-Identifier: BSL-1.0
// softmax(q k^T / sqrt(d)) v, some extents static and some not.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "plain";
    template <class T> using input = arrays<T, head<4>, feature<16>, value<24>>;
    static constexpr auto formula(const auto& x) {
        const auto scores = x.q * transpose(x.k) / x.root();
        return outputs(softmax(scores) * x.v, logsumexp(scores));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
BOOST_AUTO_TEST_CASE(fused_double) { check_fused<this_case, double>(); }
