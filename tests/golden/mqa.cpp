// SPDX-License-Identifier: BSL-1.0
// suites: slow
// Multi-query: all heads read the same keys and values.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "mqa";
    template <class T> struct input {
        tensor<T, batch<>, head<>, query<>, feature<>> q;
        tensor<T, batch<>, key<>, feature<>> k;
        tensor<T, batch<>, key<>, value<>> v;
        explicit input(const std::string& f)
            : q(read<decltype(q)>(f, "q")),
              k(read<decltype(k)>(f, "k", without_head(f, "k"))),
              v(read<decltype(v)>(f, "v", without_head(f, "v"))) {}
        static std::vector<extent> without_head(const std::string& f, const char* name) {
            const auto shape = file(f, name).shape;
            return {shape[0], shape[2], shape[3]};
        }
        double root() const { return std::sqrt(static_cast<double>(q.template extent_of<feature>())); }
    };
    static constexpr auto formula(const auto& x) {
        const auto scores = x.q * transpose(x.k) / x.root();
        return outputs(softmax(scores) * x.v, logsumexp(scores));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
