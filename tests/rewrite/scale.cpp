// SPDX-License-Identifier: BSL-1.0
// Scalar factors around a contraction become one number.
#include <boost/test/unit_test.hpp>

#include "expr/axes_of_formulas.hpp"

using namespace heed;
using namespace heed_tests;
using dsl::child;
using dsl::child_t;
using dsl::fold_scales;
using dsl::kind;

namespace {

const tensor<float, query<>, feature<>> q(3, 4);
const tensor<float, feature<>, key<>> k(4, 5);

using product_t = std::remove_cvref_t<decltype(q * k)>;
using scaled_t = dsl::map<dsl::op::multiply, product_t, dsl::number<kind::real>>;

// The factor that is left; the tree is (q * k) times it.
template <class E> double factor(const E& e) {
    const auto folded = fold_scales(e);
    static_assert(std::is_same_v<std::remove_cvref_t<decltype(folded)>, scaled_t>);
    BOOST_TEST(child<0>(child<0>(folded)).pointer == q.data());
    return child<1>(folded).value;
}
template <class E> constexpr bool unchanged = std::is_same_v<decltype(fold_scales(std::declval<E>())), E>;

} // namespace

BOOST_AUTO_TEST_CASE(one_number) {
    BOOST_TEST(factor(q * k / 8.f) == 0.125);
    BOOST_TEST(factor(q * k * 3) == 3);
    BOOST_TEST(factor(3 * (q * k)) == 3);
    BOOST_TEST(factor(-(q * k)) == -1);
    BOOST_TEST(factor(-(2 * (q * k / 8))) == -0.25);
    BOOST_TEST(factor(q * k / 4 / 0.5) == 0.5);
    BOOST_TEST(factor(hadamard(0.1, q * k)) == 0.1);
}

BOOST_AUTO_TEST_CASE(nothing_to_fold) {
    static_assert(unchanged<product_t>);
    static_assert(unchanged<decltype((q + 1) / 8)>);
    static_assert(unchanged<decltype(q * k + 1)>);
    static_assert(unchanged<decltype(q * k / (position<key> + 1))>);
    static_assert(unchanged<decltype(8 / (q * k))>);
    static_assert(unchanged<decltype(-q)>);
}

BOOST_AUTO_TEST_CASE(inside_other_nodes) {
    const auto e = fold_scales(softmax(30 * tanh(q * k / 8 / 30), keep(q * k / 2 > 1)));
    const auto& capped = child<0>(e);
    BOOST_TEST(child<0>(capped).value == 30);
    const auto& scaled = child<0>(child<1>(capped));
    static_assert(std::is_same_v<std::remove_cvref_t<decltype(scaled)>, scaled_t>);
    BOOST_TEST(child<1>(scaled).value == 1.0 / 8 / 30);
    BOOST_TEST(child<1>(child<0>(child<1>(e))).value == 0.5);

    // Around a contraction, and around one inside its operand.
    const auto nested = fold_scales(dot<key>(q * k / 2, k) * 3);
    BOOST_TEST(child<1>(nested).value == 3);
    BOOST_TEST(child<1>(child<0>(child<0>(nested))).value == 0.5);
}

BOOST_AUTO_TEST_CASE(a_temperature_is_a_factor) {
    const auto e = fold_scales(softmax(q * k, temperature(0.25)));
    static_assert(std::is_same_v<child_t<0, std::remove_cvref_t<decltype(e)>>, scaled_t>);
    BOOST_TEST(child<1>(child<0>(e)).value == 4);
}
