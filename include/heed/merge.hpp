// SPDX-License-Identifier: BSL-1.0
// Attention over keys that lie apart, over threads, machines or pages of a cache: each part gives its output o and its
// logsumexp l, and merge puts them together as if all keys had been in one loop. Rounding aside it does not matter in
// which order or in which groups. (Milakov, Gimelshein 2018, section 3; Dao et al. 2022.)
//   auto here = evaluate(outputs(softmax(s1) * v1, logsumexp(s1)));   // and there
//   auto [o, l] = evaluate(merge(partial{o1, l1}, partial{o2, l2}));
// A part without keys, l = -inf, adds nothing, and its o is not looked at; where no part has keys, o is 0 and l is -inf.
#pragma once

#include <heed/softmax.hpp>

namespace heed {

// The output o(rows..., value) of some keys and their logsumexp l(rows...), tensors or formulas.
template <class O, class L> struct partial {
    O output;
    L logsumexp;
    template <dsl::operand X, dsl::operand Y>
    constexpr partial(X&& o, Y&& l)
        : output(dsl::as_node(static_cast<X&&>(o))), logsumexp(dsl::as_node(static_cast<Y&&>(l))) {}
};
template <dsl::operand X, dsl::operand Y> partial(X&&, Y&&) -> partial<dsl::node_t<X>, dsl::node_t<Y>>;

} // namespace heed

namespace heed::dsl {

template <class P> inline constexpr bool is_partial = false;
template <class O, class L> inline constexpr bool is_partial<partial<O, L>> = true;

// What is wrong with one part, and with a second one beside a first.
template <class O, class L> constexpr auto part_verdict(const partial<O, L>*) {
    if constexpr (any_reported<O, L>)
        return verdict<error::earlier>{};
    else if constexpr (!is_within<shape_of<L>, shape_of<O>>)
        return verdict<error::merged_axis_missing<first_outside<shape_of<L>, shape_of<O>>, shape_of<O>>>{};
    else
        return extents_verdict<shape_of<O>, shape_of<L>>();
}
template <class A, class B> inline constexpr bool same_axes = is_within<A, B> && is_within<B, A>;
template <class O, class L, class P, class M>
constexpr auto parts_verdict(const partial<O, L>*, const partial<P, M>*) {
    if constexpr (any_reported<O, L, P, M>)
        return verdict<error::earlier>{};
    else if constexpr (!same_axes<shape_of<O>, shape_of<P>>)
        return verdict<error::merged_axes_differ<shape_of<O>, shape_of<P>>>{};
    else if constexpr (!same_axes<shape_of<L>, shape_of<M>>)
        return verdict<error::merged_axes_differ<shape_of<L>, shape_of<M>>>{};
    else
        return first_mistake(extents_verdict<shape_of<O>, shape_of<P>>(),
                             extents_verdict<shape_of<L>, shape_of<M>>());
}
template <class First, class... Rest> constexpr auto merge_verdict() {
    return first_mistake(
        part_verdict(static_cast<const First*>(nullptr)), part_verdict(static_cast<const Rest*>(nullptr))...,
        parts_verdict(static_cast<const First*>(nullptr), static_cast<const Rest*>(nullptr))...);
}
template <class... P> using merge_check = typename decltype(merge_verdict<P...>())::type;
template <class Name, class O, class L> constexpr auto merge_along_verdict() {
    if constexpr (any_reported<O, L>)
        return verdict<error::earlier>{};
    else
        return first_mistake(axis_verdict<error::merged_part_missing, O, Name>(),
                             axis_verdict<error::merged_part_missing, L, Name>(),
                             part_verdict(static_cast<const partial<O, L>*>(nullptr)));
}
template <class Name, class O, class L>
using merge_along_check = typename decltype(merge_along_verdict<Name, O, L>())::type;

constexpr double minus_infinite = -__builtin_inf();
template <class L> constexpr auto largest_of(const L& l) { return l; }
template <class L, class... Rest> constexpr auto largest_of(const L& l, const Rest&... rest) {
    return max(copied(l), largest_of(rest...));
}
// A part's output times its weight relative to the largest.
template <class P, class Shift> constexpr auto weighed(const P& part, const Shift& shift) {
    return where(copied(part.logsumexp) == minus_infinite, 0.0,
                 hadamard(exp(copied(part.logsumexp) - shift), copied(part.output)));
}
template <class Check, class... P> constexpr auto make_merge(Check, [[maybe_unused]] const P&... parts) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else {
        const auto top = largest_of(parts.logsumexp...);
        const auto shift = where(copied(top) == minus_infinite, 0.0, copied(top));
        const auto total = (exp(copied(parts.logsumexp) - shift) + ...);
        return outputs((weighed(parts, shift) + ...) / where(total == 0, 1.0, total), shift + log(total));
    }
}
template <class Name, class Check, class O, class L>
constexpr auto make_merge_along(Check, [[maybe_unused]] const partial<O, L>& parts) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else {
        const normaliser<softmax_kind, Name, L> weight(parts.logsumexp);
        return outputs(make_dot<names<Name>>(dot_check<const decltype(weight)&, O, names<Name>>(), weight,
                                             copied(parts.output)),
                       reduction<logsumexp_of, Name, L>(parts.logsumexp));
    }
}

} // namespace heed::dsl

namespace heed {

// outputs(o, l) of all keys, from parts that have no key in common.
template <class... P>
    requires(sizeof...(P) > 0 && (dsl::is_partial<P> && ...))
constexpr auto merge(const P&... parts) {
    return dsl::make_merge(dsl::merge_check<P...>(), parts...);
}

// The same of parts that lie along an axis: o(part, rows..., value) and l(part, rows...).
template <template <extent> class Part, class O, class L> constexpr auto merge(const partial<O, L>& parts) {
    using part = dsl::name<Part>;
    return dsl::make_merge_along<part>(dsl::merge_along_check<part, O, L>(), parts);
}

} // namespace heed
