// SPDX-License-Identifier: BSL-1.0
// suites: slow
// z = A (X W); and with the shares that were learned, softmax(Q K') V.
#include <boost/test/unit_test.hpp>

#include "golden/seed.hpp"

namespace {

using namespace golden;

struct given {
    static constexpr const char *folder = "seed_budget", *files[] = {"v", "z"};
    static constexpr double close = 1e-15, close_float = 1e-6;
    template <class T> struct input {
        tensor<T, query<>, key<>> a;
        tensor<T, key<>, model<>> x;
        tensor<T, model<>, value<>> w;
        explicit input(const std::string& f)
            : a(read<decltype(a)>(f, "a")), x(read<decltype(x)>(f, "x")), w(read<decltype(w)>(f, "w")) {}
    };
    static auto formula(const auto& in) { return outputs(in.x * in.w, in.a * (in.x * in.w)); }
};
struct learned {
    static constexpr const char *folder = "seed_train", *files[] = {"a", "z"};
    static constexpr double close = 1e-13, close_float = 1e-5;
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
        const auto shares = softmax((in.x * in.wq) * transpose(y * in.wk));
        return outputs(shares, shares * (y * in.wv));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(given_shares) { check_seed<given>(); }
BOOST_AUTO_TEST_CASE(learned_shares) { check_seed<learned>(); }
