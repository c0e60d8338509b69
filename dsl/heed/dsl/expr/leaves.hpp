// SPDX-License-Identifier: BSL-1.0
// Leaves that are no arrays: numbers, the index along an axis, the offset between the corners of two axes, and symbols
// that stand for a tensor given later.
#pragma once

#include <heed/dsl/expr/tensor.hpp>

namespace heed::dsl {

template <kind K> struct number_type {
    using type = double;
};
template <> struct number_type<kind::integer> {
    using type = extent;
};
template <> struct number_type<kind::boolean> {
    using type = bool;
};

// A number known when the formula is written.
template <kind K> struct number : expression_base {
    using shape_t = axes<>;
    static constexpr is node_kind = is::leaf;
    static constexpr int loose = 0;
    static constexpr kind element = K;
    typename number_type<K>::type value;
    constexpr explicit number(typename number_type<K>::type x) : value(x) {}
};

// The index along an axis.
template <class Name> struct position_of : expression_base {
    using name_t = Name;
    using shape_t = axes<axis_named<Name>>;
    static constexpr is node_kind = is::leaf;
    static constexpr int loose = 1;
    static constexpr kind element = kind::integer;
};

// 0, 1, ... count - 1 along an axis: an array that is stored nowhere. It says the extent, and gives the axis its place in
// the order, as an array would.
template <class Name> struct range_of_axis : expression_base {
    using name_t = Name;
    using shape_t = axes<axis_named<Name>>;
    static constexpr is node_kind = is::leaf;
    static constexpr int loose = 0;
    static constexpr kind element = kind::integer;
    extent count;
    constexpr explicit range_of_axis(extent n) : count(n) {}
    constexpr extent extent_at(int) const { return count; }
};
// The leaves whose value is the index along their axis.
template <class E> inline constexpr bool is_index_along = false;
template <class Name> inline constexpr bool is_index_along<position_of<Name>> = true;
template <class Name> inline constexpr bool is_index_along<range_of_axis<Name>> = true;

enum class corner { same, top_left, bottom_right };
// What to add to a query's position to have the last key that causal keeps: 0, or extent of key - extent of query.
// With corner::same both extents must be equal (shape_error otherwise).
template <class Key, class Query, corner C> struct corner_offset : expression_base {
    using key_t = Key;
    using query_t = Query;
    static constexpr bool is_corner = true;
    static constexpr corner which = C;
    using shape_t = axes<>;
    static constexpr is node_kind = is::leaf;
    static constexpr int loose = 0;
    static constexpr kind element = kind::integer;
};

// The condition that always holds, and the missing sink.
struct everything : expression_base {
    using shape_t = axes<>;
    static constexpr is node_kind = is::leaf;
    static constexpr int loose = 0;
    static constexpr kind element = kind::boolean;
};
struct nothing : expression_base {
    using shape_t = axes<>;
    static constexpr is node_kind = is::leaf;
    static constexpr int loose = 0;
    static constexpr kind element = kind::real;
};

// What is given for a symbol: an array with its axes in its order, its extents, its element.
template <class Symbol, class Array> constexpr auto binding_verdict() {
    if constexpr (any_reported<Array>)
        return verdict<error::earlier>{};
    else if constexpr (!requires { typename Array::element_t; })
        return verdict<error::not_an_array<Array>>{};
    else {
        using A = typename Array::shape_t;
        using S = typename Symbol::shape_t;
        using element_a = typename Array::element_t;
        using element_s = typename Symbol::element_t;
        if constexpr (!same_type<names_in<A>, names_in<S>>)
            return verdict<error::symbol_axes_differ<A, S>>{};
        else if constexpr (!same_type<element_a, element_s>)
            return verdict<error::symbol_element_differs<element_a, element_s>>{};
        else
            return extents_verdict<A, S>();
    }
}
template <class Symbol, class Array>
using binding_check = typename decltype(binding_verdict<Symbol, Array>())::type;

// The characters of a symbol's name, as a template argument.
template <std::size_t N> struct text {
    char at[N];
    constexpr text(const char (&s)[N]) {
        for (std::size_t i = 0; i < N; ++i) at[i] = s[i];
    }
};

template <class Symbol, class Array> struct binding {
    using symbol_t = Symbol;
    Array array;
};

} // namespace heed::dsl

namespace heed {

// A tensor that is given later: `symbol<"Q", float, head<8>, query<>, feature<64>> Q;`, then `attend(o, Q = q)`.
template <dsl::text Name, class T, class... Axes> struct symbol : expression_base {
    using element_t = T;
    using shape_t = dsl::axes<Axes...>;
    static_assert(dsl::said(dsl::tensor_check<shape_t>()));
    static constexpr dsl::is node_kind = dsl::is::leaf;
    static constexpr int loose = 0;
    static constexpr dsl::kind element = dsl::kind_of_element<T>;
    static constexpr const char* text() { return Name.at; }

    template <class Array>
        requires dsl::node<std::remove_cvref_t<Array>>
    constexpr auto operator=(Array&& array) const {
        return bind(dsl::binding_check<symbol, std::remove_cvref_t<Array>>(), array);
    }

private:
    template <class Check, class Array> static constexpr auto bind(Check, const Array& array) {
        if constexpr (!dsl::is_fine<Check>)
            return dsl::reported{};
        else
            return dsl::binding<symbol, view<const T, Axes...>>{as_view(array)};
    }
    template <class U, class... B> static view<const T, Axes...> as_view(const view<U, B...>& v) {
        return {v.pointer, v.extents, v.strides};
    }
    template <class... B> static view<const T, Axes...> as_view(const tensor<T, B...>& t) {
        return as_view(t.reader());
    }
};

} // namespace heed
