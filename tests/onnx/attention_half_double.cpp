// SPDX-License-Identifier: BSL-1.0
// suites: formulas, slow
// The operators Attention and FlexAttention of ONNX in float16 and float64: every case of the ONNX project.
#include <boost/test/unit_test.hpp>

#include "onnx/attention.hpp"

using namespace onnx_tests;

BOOST_AUTO_TEST_CASE(half_cases) {
    BOOST_TEST((run_attention<heed::f16>("Attention", "float16")) == 5);
    BOOST_TEST((run_attention<heed::f16>("FlexAttention", "float16")) == 1);
}
BOOST_AUTO_TEST_CASE(double_cases) {
    BOOST_TEST((run_attention<double>("Attention", "float64")) == 0);
    BOOST_TEST((run_attention<double>("FlexAttention", "float64")) == 1);
}
