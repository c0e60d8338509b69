// SPDX-License-Identifier: BSL-1.0
// The score is the sum over the features of w tanh(q + k), after Bahdanau et al. (arXiv:1409.0473, A.1.2).
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "additive";
    template <class T> struct input : arrays<T> {
        tensor<T, feature<>> w;
        explicit input(const std::string& f) : arrays<T>(f), w(read<decltype(w)>(f, "w")) {}
    };
    static constexpr auto formula(const auto& x) {
        const auto scores = dot<feature>(x.w, tanh(x.q + x.k));
        return outputs(dot<key>(softmax<key>(scores), x.v), logsumexp<key>(scores));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle_output<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
BOOST_AUTO_TEST_CASE(fused_double) { check_fused<this_case, double>(); }
