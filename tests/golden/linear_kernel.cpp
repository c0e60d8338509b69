// SPDX-License-Identifier: BSL-1.0
// Linear attention (Katharopoulos et al. 2020) with phi(x) = elu(x) + 1: as weights divided by their sum, which costs queries
// times keys, and reassociated, which costs queries plus keys.
#include <boost/test/unit_test.hpp>

#include "golden/output.hpp"

namespace {

using namespace golden;

const auto phi = [](const auto& x) { return where(x > 0, x + 1, exp(x)); };
struct quadratic {
    static constexpr const char* folder = "linear_kernel";
    static constexpr int loops = 1;
    template <class T> using input = arrays<T>;
    static constexpr auto formula(const auto& x) { return normalise(phi(x.q) * transpose(phi(x.k))) * x.v; }
};
struct reassociated {
    static constexpr const char* folder = "linear_kernel";
    static constexpr int loops = 3;
    template <class T> using input = arrays<T>;
    static constexpr auto formula(const auto& x) {
        const auto state = dot<key>(phi(x.k), x.v); // (batch, head, feature, value)
        const auto total = sum<key>(phi(x.k));      // (batch, head, feature)
        return phi(x.q) * state / dot<feature>(phi(x.q), total);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(quadratic_oracle) { check_output_oracle<quadratic>(); }
BOOST_AUTO_TEST_CASE(quadratic_fused_float) { check_output_fused<quadratic, float>(); }
BOOST_AUTO_TEST_CASE(quadratic_fused_double) { check_output_fused<quadratic, double>(); }
BOOST_AUTO_TEST_CASE(reassociated_oracle) { check_output_oracle<reassociated>(); }
BOOST_AUTO_TEST_CASE(reassociated_fused_float) { check_output_fused<reassociated, float>(); }
BOOST_AUTO_TEST_CASE(reassociated_fused_double) { check_output_fused<reassociated, double>(); }
