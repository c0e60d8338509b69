// SPDX-License-Identifier: BSL-1.0
// suites: slow
// Softmax of 100 scores with a standard deviation near 10, and of the same divided by 10, where no weight is near 1.
#include <boost/test/unit_test.hpp>

#include "golden/seed.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char *folder = "seed_softmax_gradient", *files[] = {"p", "p10"};
    static constexpr double close = 1e-14, close_float = 1e-5;
    template <class T> struct input {
        tensor<T, key<>> x;
        explicit input(const std::string& f) : x(read<decltype(x)>(f, "x")) {}
    };
    static auto formula(const auto& in) { return outputs(softmax(in.x), softmax(in.x / std::sqrt(100.))); }
};

} // namespace

BOOST_AUTO_TEST_CASE(sharp_and_scaled) { check_seed<this_case>(); }
