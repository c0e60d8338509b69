// SPDX-License-Identifier: BSL-1.0
// suites: slow
// Sigmoid attention: sigmoid(score - log(number of keys)), which nothing normalises.
#include <boost/test/unit_test.hpp>

#include "golden/output.hpp"

namespace {

using namespace golden;

struct as_weights {
    static constexpr const char* folder = "sigmoid";
    static constexpr int loops = 1;
    template <class T> using input = arrays<T>;
    static constexpr auto formula(const auto& x) {
        const auto scores = x.q * transpose(x.k) / x.root();
        const auto keys = static_cast<double>(x.k.template extent_of<key>());
        return weights(sigmoid(scores - std::log(keys))) * x.v;
    }
};
struct as_a_function {
    static constexpr const char* folder = "sigmoid";
    static constexpr int loops = 1;
    template <class T> using input = arrays<T>;
    static constexpr auto formula(const auto& x) {
        const auto scores = x.q * transpose(x.k) / x.root();
        const auto keys = static_cast<double>(x.k.template extent_of<key>());
        return sigmoid(scores - std::log(keys)) * x.v;
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(as_weights_oracle) { check_output_oracle<as_weights>(); }
BOOST_AUTO_TEST_CASE(as_weights_fused_float) { check_output_fused<as_weights, float>(); }
BOOST_AUTO_TEST_CASE(as_weights_fused_double) { check_output_fused<as_weights, double>(); }
BOOST_AUTO_TEST_CASE(as_a_function_oracle) { check_output_oracle<as_a_function>(); }
BOOST_AUTO_TEST_CASE(as_a_function_fused_float) { check_output_fused<as_a_function, float>(); }
BOOST_AUTO_TEST_CASE(as_a_function_fused_double) { check_output_fused<as_a_function, double>(); }
