// SPDX-License-Identifier: BSL-1.0
// The vector functions against the C library in a wider type: errors in units of the last place, special
// values, and that a value does not depend on how many there are.
#include "math_sets.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <random>

using namespace heed::dsl::math_test;

namespace {

struct bound {
    function f;
    const char* name;
    double single, twofold; // ulp for float and for double
};
constexpr bound bounds[] = {
    {function::exp2_weight, "exp2_weight", 2.5, 1.5},
    {function::exp, "exp", 1.5, 1.5},
    {function::log, "log", 1, 1},
    {function::tanh, "tanh", 4, 4},
    {function::sigmoid, "sigmoid", 3, 3},
    {function::silu, "silu", 4, 4},
    {function::gelu, "gelu", 7.5, 12},
    {function::erf, "erf", 2, 2},
    {function::sin, "sin", 2.5, 2.5},
    {function::cos, "cos", 2.5, 2.5},
    {function::sqrt, "sqrt", 0.501, 0.501},
    {function::rsqrt, "rsqrt", 1.5, 1.5},
    {function::abs, "abs", 0, 0},
    {function::relu, "relu", 0, 0},
    {function::square, "square", 0.501, 0.501},
    {function::pow_three_quarters, "pow", 1, 1},
};
static_assert(std::size(bounds) == functions);

// Where the bound holds; elsewhere see the functions' comments.
template <class T> bool in_domain(function f, T x) {
    if (f == function::exp2_weight) return !(x > 1);
    if (f == function::silu) return !(x < (sizeof(T) == 4 ? T(-87) : T(-708)));
    return true;
}

template <class T> using wider = std::conditional_t<std::is_same_v<T, float>, double, long double>;

template <class T> double error(function f, T x, T y) {
    const auto truth = expected(f, static_cast<wider<T>>(x));
    // No weight is denormal.
    if (f == function::exp2_weight && x <= std::numeric_limits<T>::min_exponent - T(0.5))
        return y == 0 && !std::signbit(y) ? 0 : HUGE_VAL;
    return ulps(y, truth);
}

template <class T> struct worst {
    double error = 0;
    T at = 0, got = 0;
};

template <class T> worst<T> measure(const instruction_set& set, function f, const std::vector<T>& x) {
    worst<T> w;
    std::vector<T> y(x.size());
    set(f, true, x.data(), y.data(), static_cast<long>(x.size()));
    for (std::size_t i = 0; i < x.size(); ++i)
        if (in_domain(f, x[i])) {
            const double e = error(f, x[i], y[i]);
            if (e > w.error) w = {e, x[i], y[i]};
        }
    return w;
}

template <class T> void check(const instruction_set& set, const bound& b, const std::vector<T>& x) {
    const worst<T> w = measure(set, b.f, x);
    const double limit = sizeof(T) == 4 ? b.single : b.twofold;
    BOOST_TEST(w.error <= limit, set.name << " " << b.name << (sizeof(T) == 4 ? " (float)" : " (double)")
                                          << ": " << w.error << " ulp at " << w.at << ", got " << w.got);
}

template <class T> std::vector<T> special_values() {
    using limits = std::numeric_limits<T>;
    std::vector<T> x{0,
                     1,
                     T(0.5),
                     2,
                     T(0.75),
                     1000,
                     T(1e6),
                     T(1e30),
                     limits::min(),
                     limits::denorm_min(),
                     limits::max(),
                     limits::infinity(),
                     limits::quiet_NaN(),
                     limits::epsilon(),
                     T(709.9),
                     T(88.8)};
    // A NaN of which all bits are set.
    std::conditional_t<sizeof(T) == 4, std::uint32_t, std::uint64_t> all = 0;
    all = static_cast<decltype(all)>(~all);
    x.push_back(std::bit_cast<T>(all));
    for (std::size_t i = 0, n = x.size(); i < n; ++i) x.push_back(-x[i]);
    // A whole number of registers.
    while (x.size() % 64 != 0) x.push_back(0);
    return x;
}

} // namespace

BOOST_AUTO_TEST_CASE(floats_spread_over_all) {
    std::vector<float> x;
    for (std::uint64_t i = 0; i < std::uint64_t{1} << 32; i += 16411)
        x.push_back(std::bit_cast<float>(static_cast<std::uint32_t>(i)));
    std::mt19937 bits(1);
    std::uniform_real_distribution<float> near(-10, 10), far(-100, 100);
    while (x.size() < 300000) x.push_back(near(bits)), x.push_back(far(bits));
    x.resize(x.size() / 64 * 64);
    for (const auto& set : instruction_sets())
        for (const bound& b : bounds) check(set, b, x);
}

BOOST_AUTO_TEST_CASE(doubles_at_random) {
    std::mt19937_64 bits(2);
    std::vector<double> x;
    for (int i = 0; i < 10000; ++i) x.push_back(std::bit_cast<double>(bits()));
    for (double range : {1., 3., 10., 40., 700., 1e5}) {
        std::uniform_real_distribution<double> inside(-range, range);
        for (int i = 0; i < 8000; ++i) x.push_back(inside(bits));
    }
    x.resize(x.size() / 64 * 64);
    for (const auto& set : instruction_sets())
        for (const bound& b : bounds) check(set, b, x);
}

BOOST_AUTO_TEST_CASE(special) {
    for (const auto& set : instruction_sets())
        for (const bound& b : bounds) {
            check(set, b, special_values<float>());
            check(set, b, special_values<double>());
        }
}

BOOST_AUTO_TEST_CASE(exact_values) {
    for (const auto& set : instruction_sets()) {
        const std::vector<float> x(64, 0), far(64, -std::numeric_limits<float>::infinity());
        std::vector<float> y(64);
        for (function f : {function::exp2_weight, function::exp, function::cos}) {
            set(f, true, x.data(), y.data(), 64);
            BOOST_TEST(y[0] == 1, set.name);
        }
        set(function::exp2_weight, true, far.data(), y.data(), 64);
        BOOST_TEST((y[0] == 0 && !std::signbit(y[0])), set.name);
    }
}

// tanh, sin and cos stay within [-1, 1], exp2_weight does for x <= 0.
BOOST_AUTO_TEST_CASE(never_beyond_one) {
    std::mt19937 bits(3);
    std::uniform_real_distribution<float> far(-20, 0);
    std::vector<float> x(1 << 16), y(x.size());
    for (float& v : x) v = far(bits);
    for (const auto& set : instruction_sets())
        for (function f : {function::tanh, function::sin, function::cos, function::exp2_weight}) {
            set(f, true, x.data(), y.data(), static_cast<long>(x.size()));
            BOOST_TEST(
                (*std::max_element(y.begin(), y.end()) <= 1 && *std::min_element(y.begin(), y.end()) >= -1));
        }
}

template <class T> void check_small(const instruction_set& set, const std::vector<T>& x) {
    std::vector<T> whole(x.size()), small(x.size());
    for (const bound& b : bounds) {
        set(b.f, true, x.data(), whole.data(), static_cast<long>(x.size()));
        set(b.f, false, x.data(), small.data(), static_cast<long>(x.size()));
        int differences = 0;
        for (std::size_t i = 0; i < x.size(); ++i)
            if (in_domain(b.f, x[i]) && !(std::isnan(whole[i]) && std::isnan(small[i])))
                differences += std::memcmp(&whole[i], &small[i], sizeof(T)) != 0;
        BOOST_TEST(differences == 0, set.name << " " << b.name << ": " << differences << " of " << x.size());
    }
}

BOOST_AUTO_TEST_CASE(two_lanes_give_the_same_bits_as_a_whole_register) {
    std::mt19937_64 bits(4);
    std::vector<float> x = special_values<float>();
    std::vector<double> z = special_values<double>();
    std::uniform_real_distribution<double> near(-30, 30);
    for (int i = 0; i < 4096; ++i) {
        x.push_back(i % 2 ? std::bit_cast<float>(static_cast<std::uint32_t>(bits()))
                          : static_cast<float>(near(bits)));
        z.push_back(i % 2 ? std::bit_cast<double>(bits()) : near(bits));
    }
    for (const auto& set : instruction_sets()) {
        check_small(set, x);
        check_small(set, z);
    }
}
