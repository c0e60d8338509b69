// SPDX-License-Identifier: BSL-1.0
// suites: slow
// Softmax over the queries: tokens attend to each other as they are, and the weights of each key add up to 1. The files are
// what a computation in float32 gave.
#include <boost/test/unit_test.hpp>

#include "golden/seed.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char *folder = "seed_axis0", *files[] = {"w", "o"};
    static constexpr double close = 2e-7, close_float = 1e-6;
    template <class T> struct input {
        tensor<T, query<>, model<>> q;
        explicit input(const std::string& f) : q(read<decltype(q)>(f, "q")) {}
    };
    static auto formula(const auto& in) {
        const auto k = relabel<query, key>(in.q);
        const auto weights = softmax<query>(in.q * transpose(k));
        return outputs(weights, weights * k);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(over_queries) { check_seed<this_case>(); }
