// SPDX-License-Identifier: BSL-1.0
// The verdict on shapes: what the axes of a tensor must be, what may be asked of a tensor with these axes, and whether
// two shapes agree. Nothing is said here: see diagnose/verdict.hpp.
#pragma once

#include <heed/dsl/diagnose/verdict.hpp>
#include <heed/dsl/shape/merge.hpp>

namespace heed::dsl {

// The place of the first axis with a negative extent, and of the first whose name an earlier one has; -1 for none.
template <class... Axes> constexpr int negative_axis(axes<Axes...>) {
    int place = -1, i = 0;
    ((place < 0 && Axes::static_extent < dynamic ? void(place = i) : void(), ++i), ...);
    return place;
}
template <class... Axes> constexpr int repeated_axis([[maybe_unused]] axes<Axes...> list) {
    int place = -1, i = 0;
    ((place < 0 && find_axis<name_of<Axes>>(list) != i ? void(place = i) : void(), ++i), ...);
    return place;
}
template <class Shape> constexpr auto tensor_verdict() {
    constexpr int negative = negative_axis(Shape{}), repeated = repeated_axis(Shape{});
    if constexpr (negative >= 0)
        return verdict<error::negative_extent<at<Shape, negative>>>{};
    else if constexpr (repeated >= 0) {
        using second = at<Shape, repeated>;
        return verdict<error::axis_twice<at<Shape, place_of<name_of<second>, Shape>>, second>>{};
    } else
        return verdict<error::none>{};
}
template <class Shape> using tensor_check = typename decltype(tensor_verdict<Shape>())::type;

// As many extents as axes leave open, as many indices as there are axes.
template <class... Axes> constexpr int open_axes(axes<Axes...>) {
    return ((Axes::static_extent == dynamic ? 1 : 0) + ... + 0);
}
template <class Shape, class... Given>
using extents_check = std::conditional_t<sizeof...(Given) == open_axes(Shape{}), error::none,
                                         error::extents_miscounted<Shape, Given...>>;
template <class Shape, class... Given>
using indices_check = std::conditional_t<sizeof...(Given) == Shape::rank, error::none,
                                         error::indices_miscounted<Shape, Given...>>;
template <class Shape, class Name>
using extent_of_check =
    std::conditional_t<has<Name, Shape>, error::none, error::asked_axis_missing<axis_named<Name>, Shape>>;

// Two shapes: one extent wherever both have an axis.
template <class SA, class SB> constexpr auto extents_verdict() {
    if constexpr (clash<SA, SB> < 0)
        return verdict<error::none>{};
    else {
        using axis_a = at<SA, clash<SA, SB>>;
        return verdict<error::extents_differ<axis_a, at<SB, place_of<name_of<axis_a>, SB>>>>{};
    }
}

} // namespace heed::dsl
