// SPDX-License-Identifier: BSL-1.0
// Two heads by name; the projection of the concatenated heads is a sum over both axes. The files are what a computation in
// float32 gave.
#include <boost/test/unit_test.hpp>

#include "golden/seed.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char *folder = "seed_multi_head", *files[] = {"o"};
    static constexpr double close = 1e-6, close_float = 2e-6;
    template <class T> struct input {
        tensor<T, query<>, model<>> x;
        tensor<T, head<>, model<>, feature<>> wq, wk;
        tensor<T, head<>, model<>, value<>> wv;
        tensor<T, head<>, value<>, model<>> wo; // (10, model) on file
        explicit input(const std::string& f)
            : x(read<decltype(x)>(f, "x")),
              wq(read<decltype(wq)>(f, "wq")),
              wk(read<decltype(wk)>(f, "wk")),
              wv(read<decltype(wv)>(f, "wv")),
              wo(read<decltype(wo)>(f, "wo", {2, 5, 3})) {}
    };
    static auto heads(const auto& in) {
        const auto y = relabel<query, key>(in.x);
        return softmax((in.x * in.wq) * transpose(y * in.wk) / std::sqrt(4.)) * (y * in.wv);
    }
    static auto formula(const auto& in) { return outputs(dot<head, value>(heads(in), in.wo)); }
};

} // namespace

BOOST_AUTO_TEST_CASE(projected) { check_seed<this_case>(); }
// The concatenation on file is the heads, written with their axes in another order.
BOOST_AUTO_TEST_CASE(concatenated) {
    const this_case::input<double> in(this_case::folder);
    tensor<double, query<2>, head<2>, value<5>> concat;
    evaluate_into(concat, this_case::heads(in));
    expect_as_on_file(concat, this_case::folder, "concat", 1e-6);
}
