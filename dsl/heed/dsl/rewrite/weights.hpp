// SPDX-License-Identifier: BSL-1.0
// Weights that somebody wants to see are computed from their scores once the row's sums are known.
//   softmax(x, keep(c))           -> where(c, weight(x, logsumexp(x, keep(c))), 0)
//   normalise<Kind>(x, keep(c))   -> where(c, Kind::weight(x, top) * factor, 0)
// where in softmax weight(x, l) is exp(x - l), and 0 where x is -inf. Of another kind
//   top = max(x, keep(c)), total = sum(Kind::mass(x, top), keep(c)), each with the sink
//   factor = where(total == 0, 0, Kind::finish(total, top))
// and c is also false where x is -inf, if the kind has a top; without a total there is no factor.
#pragma once

#include <heed/dsl/expr/kinds.hpp>

namespace heed::dsl {

namespace op {
struct weight : transcendental {
    static constexpr const char* text = "weight";
};
} // namespace op

// map<Op, X...> of nodes.
template <class Op, class... X> constexpr auto mapped(const X&... x) { return map<Op, X...>(x...); }
constexpr number<kind::real> real(double x) { return number<kind::real>(x); }

// A function of a kind, of a and b.
template <class Tree, class A, class B> constexpr auto kind_applied(const Tree& f, const A& a, const B& b) {
    return substitute<kind_tag>(f, hana::basic_tuple<A, B>(a, b));
}
template <class Kind, class Over, class X, class C, class S>
constexpr auto top_of(const X& x, const C& c, const S& sink) {
    if constexpr (!uses_top<Kind>)
        return real(0);
    else {
        const reduction<max_of, Over, X, C> top(x, c);
        if constexpr (std::is_same_v<S, nothing>)
            return top;
        else
            return mapped<op::max>(top, sink);
    }
}
template <class Kind, class Over, class X, class C, class S, class Top>
constexpr auto total_of(const X& x, const C& c, const S& sink, const Top& top) {
    auto mass = kind_applied(mass_of<Kind>(), x, top);
    const reduction<sum_of, Over, decltype(mass), C> total(mass, c);
    if constexpr (std::is_same_v<S, nothing>)
        return total;
    else
        return mapped<op::add>(total, kind_applied(mass_of<Kind>(), sink, top));
}
template <class Kind, class Over, class X, class C, class S>
constexpr auto expand_kept(const X& x, const C& c, const S& sink) {
    const auto top = top_of<Kind, Over>(x, c, sink);
    const auto weight = kind_applied(weight_of<Kind>(), x, top);
    if constexpr (!has_total<Kind>)
        return weight;
    else {
        const auto total = total_of<Kind, Over>(x, c, sink, top);
        const auto factor = mapped<op::where>(mapped<op::equal>(total, real(0)), real(0),
                                              kind_applied(finish_of<Kind>(), total, top));
        return mapped<op::multiply>(weight, factor);
    }
}
template <class C, class W> constexpr auto where_kept(const C& c, const W& weight) {
    if constexpr (std::is_same_v<C, everything>)
        return weight;
    else
        return mapped<op::where>(c, weight, real(0));
}

template <class Kind, class Over, class X, class C, class S>
constexpr auto expand_weights(const normaliser<Kind, Over, X, C, S>& e) {
    const X& x = child<0>(e);
    const C& c = child<1>(e);
    const S& sink = child<2>(e);
    if constexpr (std::is_same_v<Kind, softmax_kind>) {
        const reduction<logsumexp_of, Over, X, C, S> total(x, c, sink);
        return where_kept(c, mapped<op::weight>(x, total));
    } else if constexpr (!uses_top<Kind>)
        return where_kept(c, expand_kept<Kind, Over>(x, c, sink));
    else {
        const auto finite = mapped<op::not_equal>(x, real(-__builtin_inf()));
        if constexpr (std::is_same_v<C, everything>)
            return where_kept(finite, expand_kept<Kind, Over>(x, finite, sink));
        else {
            const auto both = mapped<op::both>(c, finite);
            return where_kept(both, expand_kept<Kind, Over>(x, both, sink));
        }
    }
}

} // namespace heed::dsl
