// SPDX-License-Identifier: BSL-1.0
// Weights of any kind but softmax, from their scores:
//   weights(x, keep(c))           -> where(c, x, 0)
//   normalise<Kind>(x, keep(c))   -> where(c, Kind::weight(x, top) * factor, 0)
// where top = max(x, keep(c)) and total = sum(Kind::mass(x, top), keep(c)), each with the sink, and
//   factor = where(total == 0, 0, Kind::finish(total, top))
// Of a kind that has a top, c is false also where x is -inf; without a total there is no factor.
#pragma once

#include <heed/dsl/expr/kinds.hpp>

namespace heed::dsl {

// map<Op, X...> of nodes.
template <class Op, class... X> constexpr auto mapped(const X&... x) { return map<Op, X...>(x...); }
constexpr number<kind::real> real(double x) { return number<kind::real>(x); }

template <class Names, class E>
inline constexpr bool spans = length_of<without<names_in<shape_of<E>>, Names>> == 0;

// `nothing` is the product of no factors.
template <class A, class B> constexpr auto times(const A& a, const B& b) {
    if constexpr (std::is_same_v<A, nothing>)
        return b;
    else if constexpr (std::is_same_v<B, nothing>)
        return a;
    else
        return map<op::multiply, A, B>(a, b);
}

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
constexpr auto kept_weights(const X& x, const C& c, const S& sink) {
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

// Of a kind that has a top.
template <class Kind, class Over, class X, class C, class S>
constexpr auto kept_below_top(const X& x, const C& c, const S& sink) {
    const auto finite = mapped<op::not_equal>(x, real(-__builtin_inf()));
    if constexpr (std::is_same_v<C, everything>)
        return where_kept(finite, kept_weights<Kind, Over>(x, finite, sink));
    else {
        const auto both = mapped<op::both>(c, finite);
        return where_kept(both, kept_weights<Kind, Over>(x, both, sink));
    }
}
template <class Kind, class Over, class X, class C, class S>
constexpr auto expand_kind(const normaliser<Kind, Over, X, C, S>& e) {
    if constexpr (uses_top<Kind>)
        return kept_below_top<Kind, Over>(child<0>(e), child<1>(e), child<2>(e));
    else
        return where_kept(child<1>(e), kept_weights<Kind, Over>(child<0>(e), child<1>(e), child<2>(e)));
}

} // namespace heed::dsl
