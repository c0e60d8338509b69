// SPDX-License-Identifier: BSL-1.0
// The extent of an axis, found in the leaves of a rewritten tree, and what depends on extents alone.
#pragma once

#include <heed/dsl/expr/traverse.hpp>

namespace heed::dsl {

// The extent of the axis that e shows under that name; -1 where only positions have it. Axes that are summed over
// inside e are not shown.
template <class Name, class E> constexpr extent find_extent(const E& e) {
    if constexpr (!has<Name, shape_of<E>>)
        return -1;
    else if constexpr (requires { e.extent_at(0); })
        return e.extent_at(place_of<Name, shape_of<E>>);
    else if constexpr (children<E> == 0)
        return -1;
    else if constexpr (what<E> == is::lookup) {
        const extent n = find_extent<Name>(child<1>(e));
        if constexpr (same_type<Name, typename E::name_t>)
            return n;
        else
            return n >= 0 ? n : find_extent<Name>(child<0>(e));
    } else if constexpr (what<E> == is::view) {
        if constexpr (requires { e.how.begin; })
            if constexpr (same_type<E, viewed<sliced<Name>, child_t<0, E>>>) return e.how.end - e.how.begin;
        using V = typename E::view_t;
        if constexpr (requires { typename V::template rename<axes<>>; })
            return find_renamed<Name, V>(child<0>(e));
        else
            return find_extent<Name>(child<0>(e));
    } else
        return [&]<int... I>(std::integer_sequence<int, I...>) {
            extent n = -1;
            ((n = n >= 0 ? n : find_extent<Name>(child<I>(e))), ...);
            return n;
        }(std::make_integer_sequence<int, children<E>>{});
}
template <class Name, class From, class To, class E>
constexpr extent find_renamed_as(const renamed<From, To>*, const E& e) {
    return find_extent<std::conditional_t<same_type<Name, To>, From, Name>>(e);
}
template <class Name, class V, class E> constexpr extent find_renamed(const E& e) {
    return find_renamed_as<Name>(static_cast<const V*>(nullptr), e);
}

template <class Name, class... E> constexpr extent extent_among(const E&... e) {
    extent n = -1;
    ((n = n >= 0 ? n : find_extent<Name>(e)), ...);
    return n;
}

// The extent of the first array or range that has the axis, wherever it is; -1 where none has.
template <class Name, class E> constexpr extent any_extent(const E& e) {
    if constexpr (requires { e.extent_at(0); })
        return find_extent<Name>(e);
    else if constexpr (children<E> == 0)
        return -1;
    else
        return [&]<int... I>(std::integer_sequence<int, I...>) {
            extent n = -1;
            ((n = n >= 0 ? n : any_extent<Name>(child<I>(e))), ...);
            return n;
        }(std::make_integer_sequence<int, children<E>>{});
}

// The extent of an axis that e shows, or where e has positions of it only, of an array of the whole formula.
template <class Name, class E, class Root> constexpr extent shown_extent(const E& e, const Root& root) {
    const extent n = find_extent<Name>(e);
    return n >= 0 ? n : any_extent<Name>(root);
}

// Corner offsets become numbers.
//   corner_offset<key, query, bottom_right>    -> extent of key - extent of query, as scope shows them
template <class E, class Scope, class Root>
constexpr auto fix_corners(const E& e, const Scope& scope, const Root& root) {
    if constexpr (requires { E::is_corner; }) {
        if constexpr (E::which == corner::bottom_right) {
            return number<kind::integer>(shown_extent<typename E::key_t>(scope, root) -
                                         shown_extent<typename E::query_t>(scope, root));
        } else
            return number<kind::integer>(0);
    } else if constexpr (children<E> == 0)
        return e;
    else if constexpr (what<E> == is::normaliser || what<E> == is::reduction)
        return transform_children(e, [&](const auto& c) { return fix_corners(c, child<0>(e), root); });
    else
        return transform_children(e, [&](const auto& c) { return fix_corners(c, scope, root); });
}

} // namespace heed::dsl
