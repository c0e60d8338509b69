// SPDX-License-Identifier: BSL-1.0
// Axes: `template <extent N = dynamic> struct key : axis<N> {};`, `position<key>`, the index along one,
// and `range<key>(n)`.
#pragma once

#include <heed/dsl/expr/extents.hpp>

namespace heed {

// The index along the axis, an integer expression: 0, 1, ... extent - 1. Nothing is stored.
template <template <extent> class A> inline constexpr dsl::position_of<dsl::name<A>> position{};

// 0, 1, ... n - 1 along the axis, an integer expression as position, which also says that the axis has extent n: for
// an axis that no tensor has, as the keys of a cache in blocks. Nothing is stored. Throws shape_error for a negative n.
template <template <extent> class A> constexpr auto range(extent n) {
    if (n < 0) error::negative_range(dsl::spelling_of<dsl::name<A>>(), n);
    return dsl::range_of_axis<dsl::name<A>>(n);
}

} // namespace heed
