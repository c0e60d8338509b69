// SPDX-License-Identifier: BSL-1.0
// suites: slow
// slope(head) * (key - query), causal.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "alibi";
    template <class T> struct input : arrays<T> {
        tensor<T, head<>> slope;
        explicit input(const std::string& f) : arrays<T>(f), slope(read<decltype(slope)>(f, "slope")) {}
    };
    static constexpr auto formula(const auto& x) {
        const auto scores = x.q * transpose(x.k) / x.root() + x.slope * (position<key> - position<query>);
        return outputs(softmax(scores, causal) * x.v, logsumexp(scores, causal));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
