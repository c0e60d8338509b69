// SPDX-License-Identifier: BSL-1.0
// suites: slow
// A batch of sentences, projections with biases.
#include <boost/test/unit_test.hpp>

#include "golden/seed.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char *folder = "seed_self_attention", *files[] = {"s", "o"};
    static constexpr double close = 1e-13, close_float = 1e-5;
    template <class T> struct input {
        tensor<T, batch<>, query<>, model<>> x;
        tensor<T, model<>, feature<>> wq, wk;
        tensor<T, model<>, value<>> wv;
        tensor<T, feature<>> bq, bk;
        tensor<T, value<>> bv;
        explicit input(const std::string& f)
            : x(read<decltype(x)>(f, "x")),
              wq(read<decltype(wq)>(f, "wq")),
              wk(read<decltype(wk)>(f, "wk")),
              wv(read<decltype(wv)>(f, "wv")),
              bq(read<decltype(bq)>(f, "bq")),
              bk(read<decltype(bk)>(f, "bk")),
              bv(read<decltype(bv)>(f, "bv")) {}
    };
    static auto formula(const auto& in) {
        const auto y = relabel<query, key>(in.x);
        const auto q = in.x * in.wq + in.bq;
        const auto k = y * in.wk + in.bk;
        const auto weights = softmax(q * transpose(k) / std::sqrt(8.));
        return outputs(weights, weights * (y * in.wv + in.bv));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(batch_with_biases) { check_seed<this_case>(); }
