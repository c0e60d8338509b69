// SPDX-License-Identifier: BSL-1.0
// suites: slow
// sink(head): one more logit of the denominator, without a value; causal.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "sink";
    template <class T> struct input : arrays<T> {
        tensor<T, head<>> sink;
        explicit input(const std::string& f) : arrays<T>(f), sink(read<decltype(sink)>(f, "sink")) {}
    };
    static constexpr auto formula(const auto& x) {
        const auto scores = x.q * transpose(x.k) / x.root();
        return outputs(softmax(scores, causal, heed::sink(x.sink)) * x.v,
                       logsumexp(scores, causal, heed::sink(x.sink)));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
BOOST_AUTO_TEST_CASE(fused_double) { check_fused<this_case, double>(); }
