// SPDX-License-Identifier: BSL-1.0
// suites: slow
// Queries and keys of 4 features, values of 5, unscaled: for the first token alone, a tensor without the query axis, and for
// all of them. The files are what a computation in float32 gave.
#include <boost/test/unit_test.hpp>

#include "golden/seed.hpp"

namespace {

using namespace golden;

struct one_query {
    static constexpr const char *folder = "seed_projected", *files[] = {"one_scores", "one_weights", "one_o"};
    static constexpr double close = 2e-6, close_float = 5e-6;
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
        const auto q = dot<model>(select<query>(in.x, 0), in.wq); // (feature)
        const auto scores = dot<feature>(q, y * in.wk);           // (key)
        const auto weights = softmax(scores);
        return outputs(scores, weights, dot<key>(weights, y * in.wv));
    }
};
struct all_queries : one_query {
    static constexpr const char* files[] = {"weights", "o"};
    static auto formula(const auto& in) {
        const auto y = relabel<query, key>(in.x);
        const auto weights = softmax((in.x * in.wq) * transpose(y * in.wk));
        return outputs(weights, weights * (y * in.wv));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(the_first) { check_seed<one_query>(); }
BOOST_AUTO_TEST_CASE(all) { check_seed<all_queries>(); }
