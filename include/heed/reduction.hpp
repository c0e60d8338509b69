// SPDX-License-Identifier: BSL-1.0
// Reductions over a named axis, which is gone from the result. Masks may follow, `max<key>(scores, causal)`: then only
// the elements that are kept count, and the others are not looked at.
#pragma once

#include <heed/softmax.hpp>

namespace heed::dsl {

template <class Argument, class X, class Name> constexpr auto reduction_argument_verdict() {
    if constexpr (std::is_base_of_v<mask_argument, Argument> || any_reported<Argument> || node<Argument>)
        return argument_verdict<Argument, X, Name>();
    else
        return verdict<error::only_masks<Argument>>{};
}
template <class X, class Name, class... Arguments> constexpr auto reduction_verdict() {
    using first = decltype(axis_verdict<error::reduced_axis_missing, X, Name>());
    if constexpr (!is_fine<typename first::type>)
        return first{};
    else
        return first_mistake(reduction_argument_verdict<Arguments, X, Name>()...);
}
template <class X, class Name, class... Arguments>
using reduction_check = typename decltype(reduction_verdict<node_t<X>, Name, Arguments...>())::type;

template <class Op, class Name, class X, class C> constexpr auto reduce(X x, C c) {
    return reduction<Op, Name, X, C>(static_cast<X&&>(x), static_cast<C&&>(c));
}
// mean(square(x - mean(x))).
template <class Key, class X, class C, class> struct make_variance {
    static constexpr auto make(const X& x, const C& c, nothing) {
        const auto centre = reduce<mean_of, Key>(x, c);
        using distance = map<op::subtract, X, std::remove_const_t<decltype(centre)>>;
        return reduce<mean_of, Key>(map<op::square, distance>(distance(x, centre)), c);
    }
};

} // namespace heed::dsl

namespace heed {

// Of no element: 0, NaN, -inf and inf.
template <template <extent> class A, dsl::operand X, class... Masks>
constexpr auto sum(X&& x, const Masks&... masks) {
    using axis = dsl::name<A>;
    return dsl::make_normaliser<dsl::reduction_with<dsl::sum_of>::template of, axis>(
        dsl::reduction_check<X, axis, Masks...>(), static_cast<X&&>(x), masks...);
}
template <template <extent> class A, dsl::operand X, class... Masks>
constexpr auto mean(X&& x, const Masks&... masks) {
    using axis = dsl::name<A>;
    return dsl::make_normaliser<dsl::reduction_with<dsl::mean_of>::template of, axis>(
        dsl::reduction_check<X, axis, Masks...>(), static_cast<X&&>(x), masks...);
}
template <template <extent> class A, dsl::operand X, class... Masks>
constexpr auto max(X&& x, const Masks&... masks) {
    using axis = dsl::name<A>;
    return dsl::make_normaliser<dsl::reduction_with<dsl::max_of>::template of, axis>(
        dsl::reduction_check<X, axis, Masks...>(), static_cast<X&&>(x), masks...);
}
template <template <extent> class A, dsl::operand X, class... Masks>
constexpr auto min(X&& x, const Masks&... masks) {
    using axis = dsl::name<A>;
    return dsl::make_normaliser<dsl::reduction_with<dsl::min_of>::template of, axis>(
        dsl::reduction_check<X, axis, Masks...>(), static_cast<X&&>(x), masks...);
}

// The index of the largest element, the first of equal ones, or of the first NaN where there is one, as in NumPy; -1 of
// no element. An integer: gather<key>(v, argmax<key>(scores)) is the value of the best key. Where a row may be empty
// (with masks) say what is meant, max(argmax<key>(scores, causal), 0).
template <template <extent> class A, dsl::operand X, class... Masks>
constexpr auto argmax(X&& x, const Masks&... masks) {
    using axis = dsl::name<A>;
    return dsl::make_normaliser<dsl::reduction_with<dsl::argmax_of>::template of, axis>(
        dsl::reduction_check<X, axis, Masks...>(), static_cast<X&&>(x), masks...);
}

// The mean of the squares of what is left when the mean is taken away (divided by n, not n - 1); NaN of no element.
template <template <extent> class A, dsl::operand X, class... Masks>
constexpr auto variance(X&& x, const Masks&... masks) {
    using axis = dsl::name<A>;
    return dsl::make_normaliser<dsl::make_variance, axis>(dsl::reduction_check<X, axis, Masks...>(),
                                                          static_cast<X&&>(x), masks...);
}

} // namespace heed
