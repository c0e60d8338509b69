// SPDX-License-Identifier: BSL-1.0
// Weights that somebody wants to see are computed from their scores once the denominator is known.
//   softmax(x, keep(c))      -> where(c, weight(x, logsumexp(x, keep(c))), 0)
// weight(x, l) is exp(x - l), and 0 where x is -inf.
#pragma once

#include <heed/dsl/rewrite/kinds.hpp>

namespace heed::dsl {

namespace op {
struct weight : transcendental {
    static constexpr const char* text = "weight";
};
} // namespace op

template <class Kind, class Over, class X, class C, class S>
constexpr auto expand_weights(const normaliser<Kind, Over, X, C, S>& e) {
    return expand_kind(e);
}
template <class Over, class X, class C, class S>
constexpr auto expand_weights(const normaliser<softmax_kind, Over, X, C, S>& e) {
    using total_t = reduction<logsumexp_of, Over, X, C, S>;
    using weight_t = map<op::weight, X, total_t>;
    const weight_t weight(child<0>(e), total_t(child<0>(e), child<1>(e), child<2>(e)));
    if constexpr (std::is_same_v<C, everything>)
        return weight;
    else
        return map<op::where, C, weight_t, number<kind::real>>(child<1>(e), weight, number<kind::real>(0));
}

} // namespace heed::dsl
