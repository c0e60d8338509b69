// SPDX-License-Identifier: BSL-1.0
// suites: slow
// Attention before it had that name (Nadaraya and Watson 1964): the value at x is the mean of what was measured near x, with
// equal weights, with a Gaussian of the distance, and with one whose width was learned.
#include <boost/test/unit_test.hpp>

#include "golden/seed.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char *folder = "seed_kernel_regression",
                                *files[] = {"average", "weights", "y_nonparametric", "y_parametric"};
    static constexpr double close = 1e-14, close_float = 1e-5;
    template <class T> struct input {
        tensor<T, query<>> x;
        tensor<T, key<>> xs, ys;
        double w; // after the last of the epochs
        explicit input(const std::string& f)
            : x(read<decltype(x)>(f, "x_test")),
              xs(read<decltype(xs)>(f, "x_train")),
              ys(read<decltype(ys)>(f, "y_train")),
              w(read<tensor<double, value<>>>(f, "w")(4)) {}
    };
    static auto formula(const auto& in) {
        const auto distance = in.xs - in.x; // (query, key)
        const auto gaussian = softmax(-square(distance) / 2);
        const auto learned = softmax(-square(distance * in.w) / 2);
        return outputs(dot<key>(softmax(0 * distance), in.ys), gaussian, dot<key>(gaussian, in.ys),
                       dot<key>(learned, in.ys));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(three_weights) { check_seed<this_case>(); }
