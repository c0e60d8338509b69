// SPDX-License-Identifier: BSL-1.0
// suites: slow
// A product of matrices for each batch, and means of values with weights for each batch, as a product of a row and a column.
#include <boost/test/unit_test.hpp>

#include "golden/seed.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char *folder = "seed_bmm", *files[] = {"xy", "mean", "mean"};
    static constexpr double close = 1e-15, close_float = 1e-6;
    template <class T> struct input {
        tensor<T, batch<>, query<>, feature<>> x;
        tensor<T, batch<>, feature<>, value<>> y;
        tensor<T, batch<>, key<>> weights, values;
        explicit input(const std::string& f)
            : x(read<decltype(x)>(f, "x")),
              y(read<decltype(y)>(f, "y")),
              weights(read<decltype(weights)>(f, "weights")),
              values(read<decltype(values)>(f, "values")) {}
    };
    static auto formula(const auto& in) {
        using T = typename std::remove_cvref_t<decltype(in.weights)>::element_t;
        // The weights as one row, the values as one column of the same memory.
        const extent n = in.weights.template extent_of<key>();
        const view<const T, batch<>, query<1>, key<>> row(in.weights.data(), {2, 1, n}, {n, n, 1});
        const view<const T, batch<>, key<>, value<1>> column(in.values.data(), {2, n, 1}, {n, 1, 1});
        return outputs(in.x * in.y, row * column, dot<key>(in.weights, in.values));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(for_each_batch) { check_seed<this_case>(); }
