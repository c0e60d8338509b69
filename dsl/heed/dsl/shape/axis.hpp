// SPDX-License-Identifier: BSL-1.0
// An axis is a type: `template <extent N = dynamic> struct key : axis<N> {};`. Two axes are the same axis when they
// come from the same template; the extent is a number, or dynamic and known when tensors arrive.
#pragma once

#include <cstddef>

namespace heed {

using extent = std::ptrdiff_t;
inline constexpr extent dynamic = -1;

template <extent N = dynamic> struct axis {
    static constexpr extent static_extent = N;
};

} // namespace heed

namespace heed::dsl {

// The axis without its extent.
template <template <extent> class A> struct name {};

template <class Axis> struct axis_parts;
template <template <extent> class A, extent N> struct axis_parts<A<N>> {
    using name_t = name<A>;
    using dynamic_t = A<dynamic>;
};
template <class Axis> using name_of = typename axis_parts<Axis>::name_t;

template <class Name> struct named_axis;
template <template <extent> class A> struct named_axis<name<A>> {
    template <extent N> using with_extent = A<N>;
};
// The axis of that name, with an extent.
template <class Name, extent N = dynamic>
using axis_named = typename named_axis<Name>::template with_extent<N>;

template <class A, class B> inline constexpr bool same_type = false;
template <class A> inline constexpr bool same_type<A, A> = true;

} // namespace heed::dsl
