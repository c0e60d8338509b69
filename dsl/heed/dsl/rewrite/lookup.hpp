// SPDX-License-Identifier: BSL-1.0
// Look-ups move to the arrays, so that only arrays are ever looked up, each by indices over the axes of the formula.
//   gather<a>(f(x(a), y), i)            -> f(gather<a>(x, i), y)
//   gather<a>(position<a>, i)           -> i
//   gather<a>(gather<b>(x, i(a)), j)    -> gather<b>(gather<a>(x, j), gather<a>(i, j))
#pragma once

#include <heed/dsl/expr/traverse.hpp>

namespace heed::dsl {

// The name of an array's axis that is looked up, where the index of another one has an axis of its old name.
template <class Name> struct looked_up {
    template <extent N> struct axis_of_table : axis<N> {};
};
template <class Name> using hidden_name = name<looked_up<Name>::template axis_of_table>;

template <class V, class X> constexpr auto push_view(const V& how, const X& x);

template <class Name, class T, class I> constexpr auto push_lookup(const T& table, const I& index);

// A look-up of axis Name in gather<B>(x, i). Where Name is B, it is the index's: the table's own is gone.
template <class Name, class B, class X, class J, class I>
constexpr auto push_lookup_into(const lookup<B, X, J>& table, const I& index) {
    if constexpr (same_type<Name, B>) {
        auto inner = push_lookup<Name>(child<1>(table), index);
        return lookup<B, X, decltype(inner)>(child<0>(table), inner);
    } else if constexpr (has<B, shape_of<I>>) {
        using hidden = hidden_name<B>;
        auto renamed_x = push_view(renamed<B, hidden>{}, child<0>(table));
        return push_lookup_into<Name>(lookup<hidden, decltype(renamed_x), J>(renamed_x, child<1>(table)),
                                      index);
    } else {
        auto x = push_lookup<Name>(child<0>(table), index);
        auto j = push_lookup<Name>(child<1>(table), index);
        return lookup<B, decltype(x), decltype(j)>(x, j);
    }
}

template <class Name, class T, class I> constexpr auto push_lookup(const T& table, const I& index) {
    if constexpr (!has<Name, shape_of<T>>)
        return table;
    else if constexpr (is_index_along<T>)
        return index;
    else if constexpr (what<T> == is::map)
        return transform_children(table, [&](const auto& c) { return push_lookup<Name>(c, index); });
    else if constexpr (what<T> == is::lookup)
        return push_lookup_into<Name>(table, index);
    else
        return lookup<Name, T, I>(table, index);
}

} // namespace heed::dsl
