// SPDX-License-Identifier: BSL-1.0
// table(head, key - query + queries - 1) is added to the score.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "relative_bias";
    template <class T> struct input : arrays<T> {
        tensor<T, head<>, offset<>> table;
        explicit input(const std::string& f) : arrays<T>(f), table(read<decltype(table)>(f, "table")) {}
    };
    static constexpr auto formula(const auto& x) {
        const extent last = x.q.template extent_of<query>() - 1;
        const auto bias = gather<offset>(x.table, position<key> - position<query> + last);
        const auto scores = x.q * transpose(x.k) / x.root() + bias;
        return outputs(softmax(scores) * x.v, logsumexp(scores));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(oracle) { check_oracle<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float>(); }
