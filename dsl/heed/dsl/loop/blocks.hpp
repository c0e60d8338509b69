// SPDX-License-Identifier: BSL-1.0
// How a product is cut into blocks: along the axes that are summed over, and in which direction an operand is read.
#pragma once

#include <heed/dsl/expr/traverse.hpp>

namespace heed::dsl {

// Of what is not below 0, as dividing that takes fewer instructions.
constexpr extent round_up(extent n, extent to) {
    const auto size = static_cast<std::size_t>(n), step = static_cast<std::size_t>(to);
    return static_cast<extent>((size + step - 1) / step * step);
}
// How many pieces of a size n has, the last one perhaps smaller. Most often it is one, or the size is: then nothing is divided.
constexpr extent pieces_of(extent n, extent size) {
    return size == 1 ? n : size >= n ? extent{n > 0} : (n + size - 1) / size;
}

// A deeper sum is computed in blocks of at most so many terms, so that packed keys stay in the second-level cache and a
// block of packed queries in the first.
inline constexpr extent most_depth = 384;
// With more columns a tile of values does not stay there either.
inline constexpr extent most_columns = 512;

// The terms of a block, all blocks being about as deep. What a sum's order is must depend on its depth alone.
constexpr extent depth_of_block(extent depth) {
    const extent blocks = (depth + most_depth - 1) / most_depth;
    return blocks > 1 ? round_up((depth + blocks - 1) / blocks, 16) : depth;
}

// Whether an array of e has the axis with stride 1.
template <class Name, class E> constexpr bool lies_along(const E& e) {
    if constexpr (!has<Name, shape_of<E>>)
        return false;
    else if constexpr (requires { e.pointer; })
        return e.stride_at(place_of<Name, shape_of<E>>) == 1;
    else if constexpr (children<E> == 0)
        return false;
    else
        return hana::unpack(e.kids, [](const auto&... c) { return (lies_along<Name>(c) || ...); });
}

} // namespace heed::dsl
