// SPDX-License-Identifier: BSL-1.0
// suites: slow
// Self-attention step by step, without a scale.
#include <boost/test/unit_test.hpp>

#include "golden/seed.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char *folder = "seed_steps", *files[] = {"q", "k", "v", "scores", "a", "o"};
    static constexpr double close = 1e-14, close_float = 1e-6;
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
        const auto q = in.x * in.wq;
        const auto k = y * in.wk;
        const auto v = y * in.wv;
        const auto scores = q * transpose(k);
        return outputs(q, k, v, scores, softmax(scores), softmax(scores) * v);
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(all_steps) { check_seed<this_case>(); }
