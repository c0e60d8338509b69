// SPDX-License-Identifier: BSL-1.0
// suites: slow
// allowed(batch, query, key), a tensor of bool.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "boolean_mask";
    template <class T> struct input : arrays<T> {
        tensor<bool, batch<>, query<>, key<>> allowed;
        explicit input(const std::string& f) : arrays<T>(f), allowed(read<decltype(allowed)>(f, "allowed")) {}
    };
    static constexpr auto formula(const auto& x) {
        const auto scores = x.q * transpose(x.k) / x.root();
        return outputs(softmax(scores, keep(x.allowed)) * x.v, logsumexp(scores, keep(x.allowed)));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
