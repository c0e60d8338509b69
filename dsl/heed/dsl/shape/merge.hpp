// SPDX-License-Identifier: BSL-1.0
// Broadcasting by name: the shape of an element-wise expression of several operands.
//   (head, query, key) with (head)         -> (head, query, key)
//   (key) with (head, query, key)          -> (head, query, key)      the operand with more axes gives the order
//   (query, key) with (batch)              -> (batch, query, key)     axes that only the other has come in front
#pragma once

#include <heed/dsl/shape/axes.hpp>

namespace heed::dsl {

template <class Axis, class List> constexpr extent static_extent_in() {
    if constexpr (has<name_of<Axis>, List>) return at<List, place_of<name_of<Axis>, List>>::static_extent;
    return dynamic;
}
// `Axis` with the static extent that one of the two lists knows.
template <class Axis, class A, class B>
using sharpened =
    axis_named<name_of<Axis>, (Axis::static_extent != dynamic           ? Axis::static_extent
                               : static_extent_in<Axis, A>() != dynamic ? static_extent_in<Axis, A>()
                                                                        : static_extent_in<Axis, B>())>;

template <class Axis, class B>
inline constexpr bool extent_fits =
    Axis::static_extent == dynamic || static_extent_in<Axis, B>() == dynamic ||
    Axis::static_extent == static_extent_in<Axis, B>();
// The place in A of the first axis whose static extent differs from B's, -1 where all agree.
template <class B, class... As> constexpr int clash_of(axes<As...>) {
    int place = -1, i = 0;
    ((place < 0 && !extent_fits<As, B> ? void(place = i) : void(), ++i), ...);
    return place;
}
template <class A, class B> inline constexpr int clash = clash_of<B>(A{});

template <class List, int First, class Sequence> struct sublist;
template <class List, int First, int... I> struct sublist<List, First, std::integer_sequence<int, I...>> {
    using type = axes<at<List, First + I>...>;
};
template <class List, int First, int Size>
using part = typename sublist<List, First, std::make_integer_sequence<int, Size>>::type;

// A shape and how many of its first axes are loose.
template <class Shape, int Loose> struct form {
    using shape_t = Shape;
    static constexpr int loose = Loose;
    using loose_t = part<Shape, 0, Loose>;
    using ordered_t = part<Shape, Loose, Shape::rank - Loose>;
};

template <class List, class A, class B> struct sharpen_all;
template <class... Axes, class A, class B> struct sharpen_all<axes<Axes...>, A, B> {
    using type = axes<sharpened<Axes, A, B>...>;
};

template <class A, class B> struct merge {
    static constexpr bool a_first = A::ordered_t::rank >= B::ordered_t::rank;
    template <class Base, class Other> using order = concat<without<Other, Base>, Base>;
    template <bool First, class X, class Y> struct base {
        using type = order<typename X::ordered_t, typename Y::ordered_t>;
    };
    template <class X, class Y> struct base<false, X, Y> {
        using type = order<typename Y::ordered_t, typename X::ordered_t>;
    };
    using ordered_t = typename base<a_first, A, B>::type;
    using loose_t = without<united<typename A::loose_t, typename B::loose_t>, ordered_t>;
    using type =
        form<typename sharpen_all<concat<loose_t, ordered_t>, typename A::shape_t, typename B::shape_t>::type,
             loose_t::rank>;
};
template <class A> struct merge<A, A> {
    using type = A;
};

template <class First, class... Rest> struct merge_all {
    using type = First;
};
template <class First, class Second, class... Rest> struct merge_all<First, Second, Rest...> {
    using type = typename merge_all<typename merge<First, Second>::type, Rest...>::type;
};
template <class... Forms> using merged = typename merge_all<Forms...>::type;

} // namespace heed::dsl
