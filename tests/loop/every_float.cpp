// SPDX-License-Identifier: BSL-1.0
// suites: slow exhaustive
// All 2^32 floats through the functions of the hot loop, by the most able instruction set, against that set's
// own functions for double, which math.cpp holds against long double.
#include "math_sets.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>

using namespace heed::dsl::math_test;

namespace {

double worst_of_all(function f, double from, double to) {
    const instruction_set set = instruction_sets().back();
    constexpr long block = 4096;
    std::vector<float> x(block), y(block);
    std::vector<double> wide(block), truth(block);
    double worst = 0;
    for (std::uint64_t start = 0; start < std::uint64_t{1} << 32; start += block) {
        for (long i = 0; i < block; ++i)
            x[static_cast<std::size_t>(i)] =
                std::bit_cast<float>(static_cast<std::uint32_t>(start + static_cast<std::uint64_t>(i)));
        if (std::none_of(x.begin(), x.end(), [&](float v) { return (v >= from && v <= to) || v != v; }))
            continue;
        std::copy(x.begin(), x.end(), wide.begin());
        set(f, true, x.data(), y.data(), block);
        set(f, true, wide.data(), truth.data(), block);
        for (std::size_t i = 0; i < x.size(); ++i) {
            if (x[i] < from || x[i] > to || y[i] == truth[i]) continue;
            // Where a unit of the last place is known at once: normal numbers.
            const float t = static_cast<float>(truth[i]);
            const float magnitude = std::fabs(t);
            double error;
            if (magnitude >= 1e-37f && magnitude <= 3e38f && magnitude == magnitude) {
                const std::uint32_t power = std::bit_cast<std::uint32_t>(magnitude) & 0x7f800000u;
                error = std::fabs(y[i] - truth[i]) / (std::bit_cast<float>(power) * 0x1p-23);
                // t may have been rounded up to the next power of two.
                if (std::bit_cast<std::uint32_t>(magnitude) == power && std::fabs(truth[i]) < magnitude)
                    error *= 2;
            } else {
                error = ulps(y[i], truth[i]);
            }
            worst = std::max(worst, error);
        }
    }
    return worst;
}

} // namespace

BOOST_AUTO_TEST_CASE(exp2_weight_of_every_float) {
    BOOST_TEST(worst_of_all(function::exp2_weight, -125.49, 1) <= 2.5);
}
BOOST_AUTO_TEST_CASE(exp_of_every_float) {
    BOOST_TEST(worst_of_all(function::exp, -INFINITY, INFINITY) <= 1.5);
}
BOOST_AUTO_TEST_CASE(log_of_every_float) {
    BOOST_TEST(worst_of_all(function::log, -INFINITY, INFINITY) <= 1);
}
BOOST_AUTO_TEST_CASE(tanh_of_every_float) {
    BOOST_TEST(worst_of_all(function::tanh, -INFINITY, INFINITY) <= 4);
}
