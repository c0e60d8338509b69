// SPDX-License-Identifier: BSL-1.0
// suites: slow
// bias(head, query, key) is added to the score.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "dense_bias";
    template <class T> struct input : arrays<T> {
        tensor<T, head<>, query<>, key<>> bias;
        explicit input(const std::string& f) : arrays<T>(f), bias(read<decltype(bias)>(f, "bias")) {}
    };
    static constexpr auto formula(const auto& x) {
        const auto scores = x.q * transpose(x.k) / x.root() + x.bias;
        return outputs(softmax(scores) * x.v, logsumexp(scores));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
