// SPDX-License-Identifier: BSL-1.0
// Axes: `template <extent N = dynamic> struct key : axis<N> {};`, and `position<key>`, the index along one.
#pragma once

#include <heed/dsl/expr/leaves.hpp>

namespace heed {

// The index along the axis, an integer expression: 0, 1, ... extent - 1. Nothing is stored.
template <template <extent> class A> inline constexpr dsl::position_of<dsl::name<A>> position{};

} // namespace heed
