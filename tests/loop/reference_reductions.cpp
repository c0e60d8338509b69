// SPDX-License-Identifier: BSL-1.0
// The oracle's reductions, with and without masks, and the layers made of them, against numbers worked out by hand.
#include <boost/test/unit_test.hpp>

#include "loop/by_hand.hpp"

using namespace by_hand;

namespace {

const auto x = of<double, query<>, key<>>({2, 3}, {1, -2, 4, 3, 3, 0});
constexpr auto upto = causal.top_left;

} // namespace

BOOST_AUTO_TEST_CASE(of_the_kept_elements) {
    expect(values(sum<key>(x, upto)), {1, 6});
    expect(values(mean<key>(x, upto)), {1, 3});
    expect(values(max<key>(x, keep(position<key> > position<query>))), {4, 0});
    expect(values(min<key>(x, upto, drop(position<key> == 0))), {inf, 3});
    expect(values(sum<query>(x, keep(x > 0))), {4, 3, 4});
    expect(values(mean<key>(x, keep(position<query> == 1))), {NaN, 2});
    expect(values(max<key>(x, keep(false))), {-inf, -inf});
    // What is masked is not looked at; -inf is a number.
    const auto odd = of<double, key<>>({3}, {NaN, -inf, 2});
    expect(values(sum<key>(odd, drop(position<key> == 0))), {-inf});
    expect(values(mean<key>(odd, keep(position<key> == 2))), {2});
    expect(values(min<key>(odd, drop(position<key> == 0))), {-inf});
}

BOOST_AUTO_TEST_CASE(places_of_the_largest) {
    expect(values(argmax<key>(x)), {2, 0});
    expect(values(argmax<query>(x)), {1, 1, 0});
    expect(values(argmax<key>(x, upto)), {0, 0});
    expect(values(argmax<key>(x, keep(position<key> > 0))), {2, 1});
    expect(values(argmax<key>(x, keep(position<query> == 1))), {-1, 0});
    expect(values(argmax<key>(of<double, key<>>({0}, {}))), {-1});
    expect(values(argmax<key>(of<double, key<>>({3}, {-inf, -inf, -inf}))), {0});
    expect(values(argmax<key>(of<double, key<>>({4}, {1, NaN, 2, NaN}))), {1});
    expect(values(argmax<key>(of<double, key<>>({3}, {1, NaN, 2}), drop(position<key> == 1))), {2});
    static_assert(decltype(argmax<key>(x))::element == dsl::kind::integer);
}

BOOST_AUTO_TEST_CASE(the_value_of_the_largest) {
    const auto v = of<double, key<>, value<>>({3, 2}, {1, 10, 2, 20, 3, 30});
    expect(values(gather<key>(v, argmax<key>(x))), {3, 30, 1, 10});
    const auto some_rows = keep(position<query> == 1);
    expect(values(gather<key>(v, max(argmax<key>(x, some_rows), 0))), {1, 10, 1, 10});
    BOOST_CHECK_THROW(reference_value(gather<key>(v, argmax<key>(x, some_rows))), index_error);
    BOOST_CHECK_THROW(reference_value(gather<key>(slice<key>(v, 0, 2), argmax<key>(x))), index_error);
}

BOOST_AUTO_TEST_CASE(variances) {
    expect(values(variance<key>(x)), {6, 2}, 1e-14);
    expect(values(variance<query>(x)), {1, 6.25, 4}, 1e-14);
    expect(values(variance<key>(x, upto)), {0, 0});
    expect(values(variance<key>(x, drop(position<key> == 1))), {2.25, 2.25});
    // Not the mean of squares less the square of the mean, which has no digit left here.
    expect(values(variance<key>(x + 1e9)), {6, 2}, 1e-6);
    expect(values(variance<key>(of<float, key<>>({0}, {}))), {NaN});
    // The formula holds a temporary twice.
    expect(values(variance<key>(of<float, key<>>({2}, {1, 3}))), {1});
}

BOOST_AUTO_TEST_CASE(layers) {
    const double s = 1 / std::sqrt(6 + 1e-5), t = 1 / std::sqrt(2 + 1e-5);
    expect(values(layer_norm<key>(x)), {0, -3 * s, 3 * s, t, t, -2 * t}, 1e-15);
    expect(values(layer_norm<key>(of<double, key<>>({2}, {3, 3}))), {0, 0});
    expect(values(layer_norm<key>(x, 10)),
           {0, -0.75, 0.75, 1 / std::sqrt(12.), 1 / std::sqrt(12.), -2 / std::sqrt(12.)}, 1e-15);
    const double a = 1 / std::sqrt(7 + 1e-6), b = 1 / std::sqrt(6 + 1e-6);
    expect(values(rms_norm<key>(x)), {a, -2 * a, 4 * a, 3 * b, 3 * b, 0}, 1e-15);
    expect(values(rms_norm<query>(x, 0)), values(x / sqrt(mean<query>(square(x)))), 1e-15);
    static_assert(
        std::is_same_v<decltype(reference_value(layer_norm<query>(x))), tensor<double, query<>, key<>>>);
}
