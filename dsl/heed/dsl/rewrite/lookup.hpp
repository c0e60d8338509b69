// SPDX-License-Identifier: BSL-1.0
// Look-ups move to the arrays, so that only an array is ever looked up.
//   gather<a>(f(x(a), y), i)    -> f(gather<a>(x, i), y)
//   gather<a>(position<a>, i)   -> i
#pragma once

#include <heed/dsl/expr/traverse.hpp>

namespace heed::dsl {

template <class Name, class T, class I> constexpr auto push_lookup(const T& table, const I& index) {
    if constexpr (!has<Name, shape_of<T>>)
        return table;
    else if constexpr (std::is_same_v<T, position_of<Name>>)
        return index;
    else if constexpr (what<T> == is::map)
        return transform_children(table, [&](const auto& c) { return push_lookup<Name>(c, index); });
    else
        return lookup<Name, T, I>(table, index);
}

} // namespace heed::dsl
