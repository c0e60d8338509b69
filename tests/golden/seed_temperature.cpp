// SPDX-License-Identifier: BSL-1.0
// suites: slow
// Softmax with three temperatures: all at once, as an axis that divides the scores, and one by one, as softmax's argument.
#include <boost/test/unit_test.hpp>

#include "golden/seed.hpp"

namespace {

using namespace golden;

template <extent N = dynamic> struct setting : axis<N> {};

struct all_at_once {
    static constexpr const char *folder = "seed_temperature", *files[] = {"p"};
    static constexpr double close = 1e-15, close_float = 1e-6;
    template <class T> struct input {
        tensor<T, key<>> x;
        tensor<T, setting<>> t;
        explicit input(const std::string& f) : x(read<decltype(x)>(f, "x")), t(read<decltype(t)>(f, "t")) {}
    };
    static auto formula(const auto& in) { return outputs(softmax(in.x / in.t)); }
};

} // namespace

BOOST_AUTO_TEST_CASE(as_an_axis) { check_seed<all_at_once>(); }
BOOST_AUTO_TEST_CASE(as_an_argument) {
    const all_at_once::input<double> in(all_at_once::folder);
    const auto p = read<tensor<double, setting<>, key<>>>(all_at_once::folder, "p");
    for (extent i = 0; i < in.t.extent_of<setting>(); ++i)
        for (const instruction_set set : available_instruction_sets())
            BOOST_TEST_CONTEXT("T = " << in.t(i) << " with " << to_string(set)) {
                const auto one = evaluate(softmax(in.x, temperature(in.t(i))), instructions(set));
                for (extent j = 0; j < one.size(); ++j) BOOST_TEST(std::fabs(one(j) - p(i, j)) <= 1e-15);
            }
}
