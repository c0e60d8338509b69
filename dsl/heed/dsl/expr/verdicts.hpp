// SPDX-License-Identifier: BSL-1.0
// The verdict on every call that makes a node, from the nodes and shapes of its operands. Nothing is said here: see
// diagnose/verdict.hpp.
#pragma once

#include <heed/dsl/expr/nodes.hpp>

namespace heed::dsl {

template <class Shape> using last_axis = at<Shape, Shape::rank - 1>;
// The axis of B that a product sums over: the first of the last two.
template <class Shape> using first_matrix_axis = at<Shape, (Shape::rank >= 2 ? Shape::rank - 2 : 0)>;
// Whether every axis of `Shape` is one of `In`, and the first that is not.
template <class Shape, class In> inline constexpr bool is_within = length_of<without<Shape, In>> == 0;
template <class Shape, class In> using first_outside = at<without<Shape, In>, 0>;

template <class First, class... Rest> constexpr auto map_verdict() {
    if constexpr (any_reported<First, Rest...>)
        return verdict<error::earlier>{};
    else if constexpr (sizeof...(Rest) == 0)
        return verdict<error::none>{};
    else
        return first_mistake(extents_verdict<shape_of<First>, shape_of<Rest>>()..., map_verdict<Rest...>());
}

template <class E> constexpr auto condition_verdict() {
    if constexpr (any_reported<E>)
        return verdict<error::earlier>{};
    else if constexpr (E::element == kind::boolean)
        return verdict<error::none>{};
    else
        return verdict<error::not_a_condition<E>>{};
}
template <class... E> constexpr auto logical_verdict() {
    return first_mistake(condition_verdict<E>()..., map_verdict<E...>());
}
template <class C, class A, class B> constexpr auto where_verdict() {
    return first_mistake(condition_verdict<C>(), map_verdict<C, A, B>());
}

template <class I> constexpr auto coordinate_verdict() {
    if constexpr (I::element == kind::integer)
        return verdict<error::none>{};
    else
        return verdict<error::coordinate_not_integer<I>>{};
}
template <class... I> constexpr auto coordinates_verdict() {
    if constexpr (any_reported<I...>)
        return verdict<error::earlier>{};
    else if constexpr (sizeof...(I) < 1 || sizeof...(I) > 4)
        return verdict<error::coordinates_miscounted<I...>>{};
    else
        return first_mistake(coordinate_verdict<I>()..., map_verdict<I...>());
}

// Of two shapes with axes: what has none scales.
template <class SA, class SB> constexpr auto matrix_verdict() {
    using last = last_axis<SA>;
    using first = first_matrix_axis<SB>;
    using column = last_axis<SB>;
    if constexpr (!same_type<name_of<last>, name_of<first>>) {
        if constexpr (same_type<name_of<last>, name_of<column>>)
            return verdict<error::transpose_missing<last, first>>{};
        else
            return verdict<error::inner_axes_differ<last, first>>{};
    } else if constexpr (SB::rank >= 2 && has<name_of<column>, SA>)
        return verdict<error::repeated_axis<at<SA, place_of<name_of<column>, SA>>, column>>{};
    else
        return extents_verdict<SA, SB>();
}
template <class A, class B> constexpr auto product_verdict() {
    if constexpr (any_reported<A, B>)
        return verdict<error::earlier>{};
    else if constexpr (is_scale<A> || is_scale<B>)
        return map_verdict<A, B>();
    else
        return matrix_verdict<shape_of<A>, shape_of<B>>();
}

template <class Name, class SA, class SB> constexpr auto dot_axis_verdict() {
    if constexpr (has<Name, SA> && has<Name, SB>)
        return verdict<error::none>{};
    else
        return verdict<error::dot_axis_missing<axis_named<Name>, SA, SB>>{};
}
template <class A, class B, class... Name> constexpr auto dot_verdict(names<Name...>) {
    if constexpr (any_reported<A, B>)
        return verdict<error::earlier>{};
    else
        return first_mistake(dot_axis_verdict<Name, shape_of<A>, shape_of<B>>()...,
                             extents_verdict<shape_of<A>, shape_of<B>>());
}

template <class X> constexpr auto transpose_verdict() {
    if constexpr (any_reported<X>)
        return verdict<error::earlier>{};
    else if constexpr (rank_of<X> < 2)
        return verdict<error::too_few_axes<shape_of<X>>>{};
    else
        return verdict<error::none>{};
}
template <class X, class From, class To> constexpr auto relabel_verdict() {
    if constexpr (any_reported<X>)
        return verdict<error::earlier>{};
    else if constexpr (!has<From, shape_of<X>>)
        return verdict<error::relabel_from_missing<axis_named<From>, shape_of<X>>>{};
    else if constexpr (!same_type<From, To> && has<To, shape_of<X>>)
        return verdict<error::relabel_to_taken<axis_named<To>, shape_of<X>>>{};
    else
        return verdict<error::none>{};
}
// The calls that want an axis of x, and the sentence of each.
template <template <class, class> class Sentence, class X, class Name> constexpr auto axis_verdict() {
    if constexpr (any_reported<X>)
        return verdict<error::earlier>{};
    else if constexpr (!has<Name, shape_of<X>>)
        return verdict<Sentence<axis_named<Name>, shape_of<X>>>{};
    else
        return verdict<error::none>{};
}
template <class Table, class Name, class Index> constexpr auto gather_verdict() {
    if constexpr (any_reported<Table, Index>)
        return verdict<error::earlier>{};
    else if constexpr (!has<Name, shape_of<Table>>)
        return verdict<error::gathered_axis_missing<axis_named<Name>, shape_of<Table>>>{};
    else if constexpr (Index::element != kind::integer)
        return verdict<error::index_not_integer<Index>>{};
    else
        return extents_verdict<without<shape_of<Table>, names<Name>>, shape_of<Index>>();
}

} // namespace heed::dsl
