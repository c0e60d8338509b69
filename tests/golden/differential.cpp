// SPDX-License-Identifier: BSL-1.0
// suites: slow
// Differential attention (Ye et al. 2024): the difference of two softmaxes meets the values.
#include <boost/test/unit_test.hpp>

#include "golden/output.hpp"

namespace {

using namespace golden;

template <class T> struct two_softmaxes : arrays<T> {
    decltype(arrays<T>::q) q2;
    decltype(arrays<T>::k) k2;
    explicit two_softmaxes(const std::string& f)
        : arrays<T>(f), q2(read<decltype(q2)>(f, "q2")), k2(read<decltype(k2)>(f, "k2")) {}
};
struct this_case {
    static constexpr const char* folder = "differential";
    static constexpr int loops = 1;
    template <class T> using input = two_softmaxes<T>;
    static constexpr auto formula(const auto& x) {
        return (softmax(x.q * transpose(x.k) / x.root()) -
                0.35 * softmax(x.q2 * transpose(x.k2) / x.root())) *
               x.v;
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_output_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_output_fused<this_case, float>(); }
BOOST_AUTO_TEST_CASE(fused_double) { check_output_fused<this_case, double>(); }
