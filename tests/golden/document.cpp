// SPDX-License-Identifier: BSL-1.0
// suites: slow
// A query sees the keys of its own segment, causally.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "document";
    template <class T> struct input : arrays<T> {
        tensor<int, batch<>, query<>> segment;
        explicit input(const std::string& f) : arrays<T>(f), segment(read<decltype(segment)>(f, "segment")) {}
    };
    static constexpr auto formula(const auto& x) {
        const auto scores = x.q * transpose(x.k) / x.root();
        return outputs(softmax(scores, same(x.segment), causal) * x.v,
                       logsumexp(scores, same(x.segment), causal));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
