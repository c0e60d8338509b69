// SPDX-License-Identifier: BSL-1.0
// The verdict on evaluating: options, outputs, positions that no tensor gives an extent, symbols without a tensor.
// Nothing is said here: see diagnose/verdict.hpp.
#pragma once

#include <heed/dsl/expr/check.hpp>
#include <heed/dsl/expr/running.hpp>
#include <heed/dsl/loop/execute.hpp>

namespace heed::dsl {

template <class E> inline constexpr bool is_symbol = false;
template <text Name, class T, class... Axes> inline constexpr bool is_symbol<symbol<Name, T, Axes...>> = true;
template <class A> inline constexpr bool is_binding = false;
template <class S, class A> inline constexpr bool is_binding<binding<S, A>> = true;
template <class A, class Symbol> inline constexpr bool binds = false;
template <class S, class A> inline constexpr bool binds<binding<S, A>, S> = true;

// Every symbol of E is given a tensor by one of the arguments.
template <class... Given> struct symbols_verdict {
    template <class... C> static constexpr auto below(names<C...>) { return first_mistake(of<C>()...); }
    template <class E> static constexpr auto of() {
        if constexpr (children<E> > 0)
            return below(typename children_of<E>::list{});
        else if constexpr (is_symbol<E> && !(binds<Given, E> || ...))
            return verdict<error::symbol_not_given<E>>{};
        else
            return verdict<error::none>{};
    }
};

template <class O> constexpr auto option_verdict() {
    if constexpr (any_reported<O>)
        return verdict<error::earlier>{};
    else if constexpr (is_option<O>)
        return verdict<error::none>{};
    else
        return verdict<error::not_an_option<O>>{};
}

// What is written to: a tensor, or a view of what is not const.
template <class Out> inline constexpr bool is_output = false;
template <class T, class... Axes> inline constexpr bool is_output<tensor<T, Axes...>> = true;
template <class T, class... Axes> inline constexpr bool is_output<view<T, Axes...>> = !std::is_const_v<T>;
template <class T, class... Axes>
inline constexpr bool is_output<const view<T, Axes...>> = !std::is_const_v<T>;

template <class Out, class E, class Real> constexpr auto output_verdict() {
    if constexpr (!is_output<Out>)
        return verdict<error::not_an_output<Out>>{};
    else {
        using O = shape_of<Out>;
        using S = shape_of<E>;
        using U = stored<E::element, Real>;
        if constexpr (!is_within<O, S> || !is_within<S, O>)
            return verdict<error::output_axes_differ<O, S>>{};
        else if constexpr (!same_type<typename Out::element_t, U>)
            return verdict<error::output_element_differs<typename Out::element_t, U>>{};
        else
            return extents_verdict<O, S>();
    }
}
template <class Out, class E> struct outputs_verdict {
    static constexpr auto get() { return output_verdict<Out, E, real_of<E>>(); }
};
template <class Out, class... E> struct outputs_verdict<Out, several<E...>> {
    static constexpr auto get() { return verdict<error::outputs_miscounted<Out, shape_of<E>...>>{}; }
};
template <class... Out, class... E>
    requires(sizeof...(Out) == sizeof...(E))
struct outputs_verdict<std::tuple<Out...>, several<E...>> {
    static constexpr auto get() {
        return first_mistake(output_verdict<std::remove_reference_t<Out>, E, real_of<several<E...>>>()...);
    }
};

// The first position of a formula, or of one of several, that no tensor gives an extent.
template <class E> struct lost {
    using type = typename lost_position<E, E>::type;
};
template <class... E> struct lost<several<E...>> : first_found<typename lost<E>::type..., void> {};

// Of a formula, where Given are what a kernel is called with.
template <class E, class... Given> constexpr auto formula_verdict() {
    if constexpr (any_reported<E, Given...>)
        return verdict<error::earlier>{};
    else {
        using symbols = decltype(symbols_verdict<Given...>::template of<E>());
        using lost_t = typename lost<E>::type;
        if constexpr (!is_fine<typename symbols::type>)
            return symbols{};
        else if constexpr (!std::is_void_v<typename free_state<E>::type>)
            return verdict<error::state_outside<typename free_state<E>::type>>{};
        else if constexpr (!std::is_void_v<lost_t>)
            return verdict<error::position_without_array<axis_named<lost_t>>>{};
        else
            return verdict<error::none>{};
    }
}
template <class E, class... O> constexpr auto evaluate_verdict() {
    return first_mistake(formula_verdict<E>(), option_verdict<O>()...);
}
template <class Out, class E, class... O> constexpr auto evaluate_into_verdict() {
    if constexpr (any_reported<Out>)
        return verdict<error::earlier>{};
    else {
        using first = decltype(evaluate_verdict<E, O...>());
        if constexpr (!is_fine<typename first::type>)
            return first{};
        else
            return outputs_verdict<Out, E>::get();
    }
}
template <class O> constexpr auto argument_of_kernel_verdict() {
    if constexpr (is_binding<O>)
        return verdict<error::none>{};
    else
        return option_verdict<O>();
}
template <class E, class... A> constexpr auto arguments_verdict() {
    return first_mistake(formula_verdict<E, A...>(), argument_of_kernel_verdict<A>()...);
}
template <class Out, class E, class... A> constexpr auto kernel_verdict() {
    if constexpr (any_reported<Out>)
        return verdict<error::earlier>{};
    else {
        using first = decltype(arguments_verdict<E, A...>());
        if constexpr (!is_fine<typename first::type>)
            return first{};
        else
            return outputs_verdict<Out, E>::get();
    }
}

template <class X, class... O>
using evaluate_check = typename decltype(evaluate_verdict<node_t<X>, O...>())::type;
template <class... O> using options_check = typename decltype(first_mistake(option_verdict<O>()...))::type;
template <class X> using reference_check = typename decltype(formula_verdict<node_t<X>>())::type;
template <class Out, class X, class... O>
using evaluate_into_check =
    typename decltype(evaluate_into_verdict<std::remove_reference_t<Out>, node_t<X>, O...>())::type;
template <class E, class... A> using arguments_check = typename decltype(arguments_verdict<E, A...>())::type;
template <class Out, class E, class... A>
using kernel_check = typename decltype(kernel_verdict<std::remove_reference_t<Out>, E, A...>())::type;

} // namespace heed::dsl
