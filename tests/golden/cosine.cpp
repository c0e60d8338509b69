// SPDX-License-Identifier: BSL-1.0
// suites: slow
// The score is 10 cos(q, k). The norms are loops of their own, each stored as one number a row; the division is
// inline where q and k are packed.
#include <boost/test/unit_test.hpp>

#include "golden/fused.hpp"

namespace {

using namespace golden;

struct this_case {
    static constexpr const char* folder = "cosine";
    template <class T> using input = arrays<T>;
    static constexpr auto formula(const auto& x) {
        const auto unit = [](const auto& a) { return hadamard(a, rsqrt(sum<feature>(square(a)))); };
        const auto scores = 10 * (unit(x.q) * transpose(unit(x.k)));
        const auto attention = softmax(scores) * x.v;
        expect_loops<std::remove_cvref_t<decltype(attention)>, 3, 2>();
        return outputs(attention, logsumexp(scores));
    }
};

} // namespace

// As types, the logsumexp has norms of its own; they are shared when the tensors are known.
BOOST_AUTO_TEST_CASE(oracle) { check_oracle_output<this_case>(); }
BOOST_AUTO_TEST_CASE(fused_float) { check_fused<this_case, float, 5, 4>(); }
BOOST_AUTO_TEST_CASE(fused_double) { check_fused<this_case, double, 5, 4>(); }
