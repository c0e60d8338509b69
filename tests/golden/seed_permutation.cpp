// SPDX-License-Identifier: BSL-1.0
// suites: slow
// Swapping the tokens swaps the outputs. The swapped tokens are the same memory, read from its last row to its first. The
// files are what a computation in float32 gave.
#include <boost/test/unit_test.hpp>

#include "golden/seed.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char *folder = "seed_permutation", *files[] = {"qp", "o", "op"};
    static constexpr double close = 2e-7, close_float = 1e-6;
    template <class T> struct input {
        tensor<T, query<>, model<>> q;
        view<const T, query<>, model<>> swapped;
        explicit input(const std::string& f)
            : q(read<decltype(q)>(f, "q")), swapped(q.data() + 3, {2, 3}, {-3, 1}) {}
        input(const input&) = delete;
    };
    static auto attention(const auto& tokens) {
        const auto k = relabel<query, key>(tokens);
        return softmax(tokens * transpose(k)) * k;
    }
    static auto formula(const auto& in) {
        return outputs(in.swapped + 0, attention(in.q), attention(in.swapped));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(swapped_tokens) { check_seed<this_case>(); }
