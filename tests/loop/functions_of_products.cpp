// SPDX-License-Identifier: BSL-1.0
// suites: formulas
// Weights that nothing normalises, f(q * transpose(k)) * v, are one loop like an attention; and a table that is looked
// up may be an expression.
#include <cmath>
#include <limits>

#include <heed.hpp>

#include <boost/test/unit_test.hpp>

namespace {

using namespace heed;
template <extent N = dynamic> struct head : axis<N> {};
template <extent N = dynamic> struct query : axis<N> {};
template <extent N = dynamic> struct key : axis<N> {};
template <extent N = dynamic> struct feature : axis<N> {};
template <extent N = dynamic> struct value : axis<N> {};
template <extent N = dynamic> struct model : axis<N> {};
template <extent N = dynamic> struct offset : axis<N> {};

template <class Tensor> void fill(Tensor& t, unsigned seed) {
    for (auto& x : t) {
        seed = seed * 1664525u + 1013904223u;
        x = static_cast<float>(seed >> 8) / static_cast<float>(1 << 23) - 1;
    }
}
template <class E> void check_one_loop(const E& e) {
    static_assert(plan_of<E>::loops == 1 && plan_of<E>::temporaries == 0);
    const tensor exact = evaluate(e, reference);
    double largest = 1;
    for (const double x : exact) largest = std::fmax(largest, std::abs(x));
    for (const instruction_set set : available_instruction_sets()) {
        const tensor result = evaluate(e, instructions(set));
        double worst = 0;
        for (extent i = 0; i < exact.size(); ++i)
            worst = std::fmax(worst, std::abs(result.data()[i] - exact.data()[i]));
        BOOST_TEST(worst <= 1e-5 * largest, to_string(set) << ": " << worst << " of " << largest);
    }
}

struct fixture {
    tensor<float, head<3>, query<>, feature<>> q{37, 21};
    tensor<float, head<3>, key<>, feature<>> k{301, 21};
    tensor<float, head<3>, key<>, value<>> v{301, 19};
    fixture() {
        fill(q, 1);
        fill(k, 2);
        fill(v, 3);
    }
};

BOOST_FIXTURE_TEST_CASE(sigmoid_attention, fixture) {
    check_one_loop(sigmoid(q * transpose(k) / std::sqrt(21.f) - std::log(301.f)) * v);
}
BOOST_FIXTURE_TEST_CASE(squared_relu_of_keys_so_far, fixture) {
    check_one_loop(where(position<key> <= position<query>, square(relu(q * transpose(k))), 0.f) * v);
}
BOOST_AUTO_TEST_CASE(two_layers) {
    tensor<float, query<>, feature<>> x(200, 33);
    tensor<float, feature<>, model<>> w1(33, 270);
    tensor<float, model<>> b1(270);
    tensor<float, model<>, value<>> w2(270, 65);
    fill(x, 4);
    fill(w1, 5);
    fill(b1, 6);
    fill(w2, 7);
    check_one_loop(gelu(x * w1 + b1) * w2);
}
BOOST_FIXTURE_TEST_CASE(a_table_that_is_an_expression, fixture) {
    tensor<float, head<3>, offset<>> table(337);
    fill(table, 8);
    const auto distance = position<key> - position<query> + 36;
    check_one_loop(softmax(q * transpose(k) + gather<offset>(exp(table) - 1.f, distance)) * v);
    check_one_loop(softmax(q * transpose(k) - gather<offset>(position<offset> * 0.01f + table, distance)) *
                   v);
}
// Nothing is masked, so that a weight of 0 meets what it meets.
BOOST_FIXTURE_TEST_CASE(an_infinite_value_is_seen, fixture) {
    v(1, 7, 3) = std::numeric_limits<float>::infinity();
    const tensor o = evaluate(relu(q * transpose(k)) * v);
    for (extent i = 0; i < 37; ++i) BOOST_TEST(!std::isfinite(o(1, i, 3)));
    BOOST_TEST(std::isfinite(o(0, 0, 3)));
    BOOST_TEST(std::isfinite(o(1, 0, 2)));
}

} // namespace
