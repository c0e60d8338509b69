// SPDX-License-Identifier: BSL-1.0
// The oracle: a formula evaluated node by node in double, every node stored in full over its own axes. It shares the
// tree and the checks with the fused loops and nothing else, and is written to be read, not to be quick. The same in
// float is the plain unfused computation that a float result of the fused loops must not be worse than.
#pragma once

#include <tuple>

#include <heed/dsl/loop/reference_rows.hpp>
#include <heed/dsl/loop/reference_scan.hpp>

namespace heed::dsl {

template <class E, class Real, class Scope>
void reference_leaf(const E& e, const extent* scope, dense<E, Real>& out) {
    auto* to = out.values.data();
    if constexpr (requires { e.pointer; }) {
        extent index[rank_of<E> + 1] = {};
        const auto way = walk<names_in<shape_of<E>>>::template through<shape_of<E>>(e);
        each_index<0, rank_of<E>>(e.extents.data(), index, [&] {
            *to++ = static_cast<value_of<E::element, Real>>(e.pointer[way.at(index)]);
        });
    } else if constexpr (requires { e.reader(); }) {
        for (auto x : e) *to++ = static_cast<value_of<E::element, Real>>(x);
    } else if constexpr (requires { e.value; }) {
        *to = static_cast<value_of<E::element, Real>>(e.value);
    } else if constexpr (is_index_along<E>) {
        for (extent i = 0; i < out.values.size(); ++i) *to++ = i;
    } else if constexpr (std::is_same_v<E, everything>) {
        *to = true;
    } else if constexpr (requires { E::text(); })
        error::symbol_not_given<E>();
    else
        reference_corner<Scope>(e, scope, to);
}
template <class Scope, class Key, class Query, corner C>
void reference_corner(const corner_offset<Key, Query, C>&, const extent* scope, extent* to) {
    *to = C == corner::bottom_right ? scope[place_of<Key, Scope>] - scope[place_of<Query, Scope>] : 0;
}
template <class Scope, class Real> void reference_corner(const nothing&, const extent*, Real*) {}

template <class Op> bool absent_of(bool a) { return a; }
template <class Op> bool absent_of(bool a, bool b) {
    if constexpr (std::is_same_v<Op, op::multiply>)
        return a || b;
    else if constexpr (std::is_same_v<Op, op::divide>)
        return a;
    else
        return a && b;
}
template <class Real, class Scope, class E, int... I>
void reference_map(const E& e, const extent* scope, dense<E, Real>& out, std::integer_sequence<int, I...>) {
    using list = names_in<shape_of<E>>;
    using operation = typename E::operation;
    const std::tuple<walked<child_t<I, E>, list, Real>...> x{
        walked<child_t<I, E>, list, Real>(reference_child<I, Real, Scope>(e, scope))...};
    extent index[rank_of<E> + 1] = {}, at = 0;
    each_index<0, rank_of<E>>(out.values.extents().data(), index, [&] {
        auto& value = out.values.data()[at];
        value = static_cast<value_of<E::element, Real>>(
            scalar::apply(operation{}, argument<operation, Real>(std::get<I>(x).value(index))...));
        if constexpr (has_absent<E>)
            if (absent_of<operation>(std::get<I>(x).absent(index)...))
                value = 0, out.absent.data()[at] = true;
        ++at;
    });
}

template <class Real, class Scope, class E>
void reference_contraction(const E& e, const extent* scope, dense<E, Real>& out) {
    using list = summing<E>;
    constexpr int rank = rank_of<E>;
    const walked<child_t<0, E>, list, Real> a(reference_child<0, Real, Scope>(e, scope));
    const walked<child_t<1, E>, list, Real> b(reference_child<1, Real, Scope>(e, scope));
    extent extents[length_of<list> + 1] = {}, index[length_of<list> + 1] = {};
    summing_extents<E, Scope>(scope, a.x, extents);
    Real* to = out.values.data();
    each_index<0, rank>(extents, index, [&] {
        Real sum = 0;
        each_index<rank, length_of<list>>(extents, index, [&] {
            if (!a.absent(index) && !b.absent(index))
                sum += static_cast<Real>(a.value(index)) * static_cast<Real>(b.value(index));
        });
        *to++ = sum;
    });
}

// Copies from a child whose element for each index of the node is at the end of `way`.
template <class X, class List, class E, class Real>
void reference_copy(const dense<X, Real>& x, const walk<List>& way, dense<E, Real>& out) {
    extent index[rank_of<E> + 1] = {}, to = 0;
    each_index<0, rank_of<E>>(out.values.extents().data(), index, [&] {
        out.values.data()[to] = x.values.data()[way.at(index)];
        if constexpr (has_absent<E>) out.absent.data()[to] = x.is_absent(way.at(index));
        ++to;
    });
}
template <class Real, class Scope, class E>
void reference_view(const E& e, const extent* scope, dense<E, Real>& out) {
    using X = child_t<0, E>;
    using list = names_in<shape_of<E>>;
    const dense<X, Real> x = reference_child<0, Real, Scope>(e, scope);
    auto way = walk<list>::template through<shape_of<X>>(x.values);
    if constexpr (is_renamed<E>)
        for (int i = 0; i < rank_of<E>; ++i) way.stride[i] = x.values.stride_at(i);
    constexpr int place = place_of<typename viewed_axis<E>::type, shape_of<X>>;
    if constexpr (is_sliced<E>)
        way.start = e.how.begin * x.values.stride_at(place);
    else if constexpr (place >= 0)
        way.start = e.how.index * x.values.stride_at(place);
    reference_copy(x, way, out);
}
template <class Real, class Scope, class E>
void reference_lookup(const E& e, const extent* scope, dense<E, Real>& out) {
    using Table = child_t<0, E>;
    using list = names_in<shape_of<E>>;
    const dense<Table, Real> table = reference_child<0, Real, Scope>(e, scope);
    const walked<child_t<1, E>, list, Real> looked_up(reference_child<1, Real, Scope>(e, scope));
    const auto way = walk<list>::template through<shape_of<Table>, typename E::name_t>(table.values);
    const extent step = table.values.stride_at(place_of<typename E::name_t, shape_of<Table>>);
    extent index[rank_of<E> + 1] = {};
    auto* to = out.values.data();
    each_index<0, rank_of<E>>(out.values.extents().data(), index, [&] {
        *to++ = table.values.data()[way.at(index) + step * looked_up.value(index)];
    });
}

template <class Real, class Scope, class E> dense<E, Real> reference_node(const E& e, const extent* scope) {
    extent own[rank_of<E> + 1] = {};
    placing<shape_of<E>, Scope>::take(scope, own);
    dense<E, Real> out(own);
    if constexpr (what<E> == is::leaf)
        reference_leaf<E, Real, Scope>(e, scope, out);
    else if constexpr (what<E> == is::map)
        reference_map<Real, Scope>(e, scope, out, std::make_integer_sequence<int, children<E>>{});
    else if constexpr (what<E> == is::contraction)
        reference_contraction<Real, Scope>(e, scope, out);
    else if constexpr (what<E> == is::reduction)
        reference_reduction<Real, Scope>(e, scope, out);
    else if constexpr (is_row_function<E>)
        reference_row_function<Real, Scope>(e, scope, out);
    else if constexpr (what<E> == is::normaliser)
        reference_normaliser<Real, Scope>(e, scope, out);
    else if constexpr (what<E> == is::view)
        reference_view<Real, Scope>(e, scope, out);
    else if constexpr (what<E> == is::scan)
        reference_scan<Real, Scope>(e, scope, out);
    else
        reference_lookup<Real, Scope>(e, scope, out);
    return out;
}

// Real, or bool where the formula is a condition, over the axes of the formula.
template <class Real, class E, class Shape> struct reference_type;
template <class Real, class E, class... Axes> struct reference_type<Real, E, axes<Axes...>> {
    using type = tensor<std::conditional_t<E::element == kind::boolean, bool, Real>, Axes...>;
};

// The value of a formula; of several, a std::tuple of values. Throws as check does.
template <class Real = double, class E> auto reference_value(const E& e) {
    check(e);
    if constexpr (what<E> == is::outputs) {
        return [&]<int... I>(std::integer_sequence<int, I...>) {
            return std::tuple<decltype(reference_value<Real>(child<I>(e)))...>{
                reference_value<Real>(child<I>(e))...};
        }(std::make_integer_sequence<int, children<E>>{});
    } else {
        const auto extents = extents_of(e);
        const dense<E, Real> all = reference_node<Real, shape_of<E>>(e, extents.data());
        using result = typename reference_type<Real, E, shape_of<E>>::type;
        result out = result::with_extents(extents);
        auto* to = out.data();
        for (auto x : all.values) *to++ = static_cast<typename result::element_t>(x);
        return out;
    }
}

} // namespace heed::dsl
