// SPDX-License-Identifier: BSL-1.0
// Making a node: operands become nodes, and a call with a mistake becomes `reported`, which every later operation passes
// on. Each function is told by its first argument what is wrong; the user's function makes that argument, as
// `make_map<op::add>(map_check<A, B>(), a, b)`, so that its sentence is said there.
#pragma once

#include <heed/dsl/expr/verdicts.hpp>

namespace heed::dsl {

// A tensor that outlives the formula is read in place; a temporary moves in; a number is kept as it is.
template <class T, class... Axes> constexpr view<const T, Axes...> as_node(const tensor<T, Axes...>& t) {
    return t.reader();
}
template <class T, class... Axes> constexpr view<const T, Axes...> as_node(tensor<T, Axes...>& t) {
    return t.reader();
}
template <class T, class... Axes> constexpr tensor<T, Axes...> as_node(tensor<T, Axes...>&& t) {
    return static_cast<tensor<T, Axes...>&&>(t);
}
template <class T, class... Axes> constexpr view<const T, Axes...> as_node(const view<T, Axes...>& v) {
    return v;
}
template <number_like T> constexpr number<kind_of_element<T>> as_node(T x) {
    return number<kind_of_element<T>>(static_cast<typename number_type<kind_of_element<T>>::type>(x));
}
template <node E> constexpr E as_node(const E& e) { return e; }
template <node E>
    requires(!std::is_lvalue_reference_v<E>)
constexpr E as_node(E&& e) {
    return static_cast<E&&>(e);
}
template <class X> using node_t = decltype(as_node(std::declval<X>()));
// A node for one of several places of a formula: a tensor that was moved in is in each of them, and no view of one that
// is gone.
template <class X> constexpr X copied(const X& x) { return x; }

template <class... X> using map_check = typename decltype(map_verdict<node_t<X>...>())::type;
template <class... X> using logical_check = typename decltype(logical_verdict<node_t<X>...>())::type;
template <class C, class A, class B>
using where_check = typename decltype(where_verdict<node_t<C>, node_t<A>, node_t<B>>())::type;
template <class... I> using uniform_check = typename decltype(coordinates_verdict<node_t<I>...>())::type;
template <class Op, class Check, class... X> constexpr auto make_map(Check, X&&... x) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else
        return map<Op, node_t<X>...>(as_node(static_cast<X&&>(x))...);
}

// (batch of B, A without its last axis, last axis of B); extents known to either side are known.
template <class SA, class SB, class Over> struct product_shape {
    using column = std::conditional_t<SB::rank >= 2, axes<last_axis<SB>>, axes<>>;
    using rows = without<SA, Over>;
    using batch = without<without<without<SB, Over>, column>, rows>;
    using type = typename sharpen_all<concat<concat<batch, rows>, column>, SA, SB>::type;
};

template <class A, class B>
using product_check = typename decltype(product_verdict<node_t<A>, node_t<B>>())::type;
template <class Check, class A, class B> constexpr auto make_product(Check, A&& a, B&& b) {
    using NA = node_t<A>;
    using NB = node_t<B>;
    if constexpr (!is_fine<Check>)
        return reported{};
    else if constexpr (is_scale<NA> || is_scale<NB>)
        return map<op::multiply, NA, NB>(as_node(static_cast<A&&>(a)), as_node(static_cast<B&&>(b)));
    else {
        using over = names<name_of<last_axis<shape_of<NA>>>>;
        using shape = typename product_shape<shape_of<NA>, shape_of<NB>, over>::type;
        return contraction<over, shape, NA, NB>(as_node(static_cast<A&&>(a)), as_node(static_cast<B&&>(b)));
    }
}

template <class A, class B, class Over>
using dot_check = typename decltype(dot_verdict<node_t<A>, node_t<B>>(Over{}))::type;
template <class Over, class Check, class A, class B> constexpr auto make_dot(Check, A&& a, B&& b) {
    using NA = node_t<A>;
    using NB = node_t<B>;
    if constexpr (!is_fine<Check>)
        return reported{};
    else {
        using rows = without<shape_of<NA>, Over>;
        using columns = without<without<shape_of<NB>, Over>, rows>;
        using shape = typename sharpen_all<concat<rows, columns>, shape_of<NA>, shape_of<NB>>::type;
        return contraction<Over, shape, NA, NB>(as_node(static_cast<A&&>(a)), as_node(static_cast<B&&>(b)));
    }
}

template <class X> using transpose_check = typename decltype(transpose_verdict<node_t<X>>())::type;
template <class X, class From, class To>
using relabel_check = typename decltype(relabel_verdict<node_t<X>, From, To>())::type;
template <class X, class Name>
using view_check = typename decltype(axis_verdict<error::viewed_axis_missing, node_t<X>, Name>())::type;
template <class Check, class V, class X> constexpr auto make_viewed(Check, V how, X&& x) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else
        return viewed<V, node_t<X>>(how, as_node(static_cast<X&&>(x)));
}

template <class T, class Name, class I>
using gather_check = typename decltype(gather_verdict<node_t<T>, Name, node_t<I>>())::type;
template <class Name, class Check, class T, class I> constexpr auto make_lookup(Check, T&& table, I&& index) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else
        return lookup<Name, node_t<T>, node_t<I>>(as_node(static_cast<T&&>(table)),
                                                  as_node(static_cast<I&&>(index)));
}

} // namespace heed::dsl
