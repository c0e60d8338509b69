// SPDX-License-Identifier: BSL-1.0
// suites: slow
// Keys from key_length[batch] on are masked.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "key_padding";
    template <class T> struct input : arrays<T> {
        tensor<int, batch<>> key_length;
        explicit input(const std::string& f)
            : arrays<T>(f), key_length(read<decltype(key_length)>(f, "key_length")) {}
    };
    static constexpr auto formula(const auto& x) {
        const auto scores = x.q * transpose(x.k) / x.root();
        return outputs(softmax(scores, padding(x.key_length)) * x.v,
                       logsumexp(scores, padding(x.key_length)));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
