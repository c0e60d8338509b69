// SPDX-License-Identifier: BSL-1.0
// suites: slow
// Causal self-attention. The files are what a computation in float32 gave.
#include <boost/test/unit_test.hpp>

#include "golden/seed.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char *folder = "seed_masked", *files[] = {"scores", "a", "o"};
    static constexpr double close = 1e-6, close_float = 2e-6;
    template <class T> struct input {
        tensor<T, query<>, model<>> x;
        tensor<T, model<>, feature<>> wq, wk;
        tensor<T, model<>, value<>> wv;
        explicit input(const std::string& f)
            : x(read<decltype(x)>(f, "x")),
              wq(read<decltype(wq)>(f, "wq")),
              wk(read<decltype(wk)>(f, "wk")),
              wv(read<decltype(wv)>(f, "wv")) {}
    };
    static auto formula(const auto& in) {
        const auto y = relabel<query, key>(in.x);
        const auto scores = (in.x * in.wq) * transpose(y * in.wk) / std::sqrt(4.);
        return outputs(scores, softmax(scores, causal), softmax(scores, causal) * (y * in.wv));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(causal_self_attention) { check_seed<this_case>(); }
