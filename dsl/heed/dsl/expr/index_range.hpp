// SPDX-License-Identifier: BSL-1.0
// Which integers an expression can be where its axes run over a box: from positions and numbers by interval arithmetic,
// from tensors by looking. On a box of one point it is the value, unless a condition depends on real numbers.
#pragma once

#include <heed/dsl/expr/extents.hpp>

namespace heed::dsl {

// Every value is in low ... high. Nothing known: all integers, as where a step overflows. No value: low > high.
struct index_range {
    extent low = __PTRDIFF_MAX__, high = -__PTRDIFF_MAX__ - 1;
    constexpr bool within(extent n) const { return low > high || (low >= 0 && high < n); }
};
inline constexpr index_range any_index{-__PTRDIFF_MAX__ - 1, __PTRDIFF_MAX__};
inline constexpr index_range any_condition{0, 1};

constexpr index_range hull(index_range a, index_range b) {
    return {a.low < b.low ? a.low : b.low, a.high > b.high ? a.high : b.high};
}
// The hull of what an operation gives at the corners; `f` says whether it overflows.
template <class F> constexpr index_range over_corners(index_range a, index_range b, F f) {
    index_range all;
    for (extent x : {a.low, a.high})
        for (extent y : {b.low, b.high}) {
            extent r = 0;
            if (f(x, y, r)) return any_index;
            all = hull(all, {r, r});
        }
    return all;
}
constexpr index_range condition_of(bool surely, bool surely_not) {
    return {surely ? 1 : 0, surely_not ? 0 : 1};
}
constexpr index_range truth(index_range a) {
    return condition_of(a.low > 0 || a.high < 0, a.low == 0 && a.high == 0);
}

constexpr index_range apply_range(op::add, index_range a, index_range b) {
    return over_corners(a, b, [](extent x, extent y, extent& r) { return __builtin_add_overflow(x, y, &r); });
}
constexpr index_range apply_range(op::subtract, index_range a, index_range b) {
    return over_corners(a, b, [](extent x, extent y, extent& r) { return __builtin_sub_overflow(x, y, &r); });
}
constexpr index_range apply_range(op::multiply, index_range a, index_range b) {
    return over_corners(a, b, [](extent x, extent y, extent& r) { return __builtin_mul_overflow(x, y, &r); });
}
constexpr index_range apply_range(op::divide, index_range a, index_range b) {
    if (a.low == any_index.low || b.low == any_index.low) return any_index;
    // x / 0 is 0; otherwise the quotient is largest in size at the divisors next to 0.
    index_range all;
    for (extent y : {b.low, b.high, extent(-1), extent(0), extent(1)})
        if (b.low <= y && y <= b.high)
            for (extent x : {a.low, a.high}) {
                const extent r = y == 0 ? 0 : x / y;
                all = hull(all, {r, r});
            }
    return all;
}
constexpr index_range apply_range(op::remainder, index_range a, index_range b) {
    if (a.low == any_index.low || b.low == any_index.low) return any_index;
    if (a.low == a.high && b.low == b.high) {
        const extent r = b.low == 0 ? 0 : a.low % b.low;
        return {r, r};
    }
    const extent below = -b.low, above = b.high;
    const extent size = (below > above ? below : above) - 1;
    if (size < 0) return {0, 0};
    if (a.low >= 0 && a.high <= size && b.low == b.high) return a;
    return {a.low >= 0 ? 0 : a.low < -size ? -size : a.low, a.high <= 0 ? 0 : a.high > size ? size : a.high};
}
constexpr index_range apply_range(op::negate, index_range a) {
    return apply_range(op::subtract{}, {0, 0}, a);
}
constexpr index_range apply_range(op::absolute, index_range a) {
    const index_range minus = apply_range(op::negate{}, a);
    if (a.low >= 0) return a;
    return {a.high < 0 ? minus.low : 0, a.high > minus.high ? a.high : minus.high};
}
constexpr index_range apply_range(op::square, index_range a) {
    const index_range size = apply_range(op::absolute{}, a);
    return apply_range(op::multiply{}, size, size);
}
constexpr index_range apply_range(op::min, index_range a, index_range b) {
    return {a.low < b.low ? a.low : b.low, a.high < b.high ? a.high : b.high};
}
constexpr index_range apply_range(op::max, index_range a, index_range b) {
    return {a.low > b.low ? a.low : b.low, a.high > b.high ? a.high : b.high};
}
constexpr index_range apply_range(op::relu, index_range a) { return apply_range(op::max{}, a, {0, 0}); }
constexpr index_range apply_range(op::less, index_range a, index_range b) {
    return condition_of(a.high < b.low, a.low >= b.high);
}
constexpr index_range apply_range(op::less_equal, index_range a, index_range b) {
    return condition_of(a.high <= b.low, a.low > b.high);
}
constexpr index_range apply_range(op::greater, index_range a, index_range b) {
    return apply_range(op::less{}, b, a);
}
constexpr index_range apply_range(op::greater_equal, index_range a, index_range b) {
    return apply_range(op::less_equal{}, b, a);
}
constexpr index_range apply_range(op::equal, index_range a, index_range b) {
    return condition_of(a.low == a.high && a.low == b.low && b.low == b.high,
                        a.high < b.low || b.high < a.low);
}
constexpr index_range apply_range(op::negation, index_range a) {
    return {1 - truth(a).high, 1 - truth(a).low};
}
constexpr index_range apply_range(op::not_equal, index_range a, index_range b) {
    return apply_range(op::negation{}, apply_range(op::equal{}, a, b));
}
constexpr index_range apply_range(op::both, index_range a, index_range b) {
    return {truth(a).low & truth(b).low, truth(a).high & truth(b).high};
}
constexpr index_range apply_range(op::either, index_range a, index_range b) {
    return {truth(a).low | truth(b).low, truth(a).high | truth(b).high};
}
constexpr index_range apply_range(op::where, index_range c, index_range a, index_range b) {
    return c.low > 0 ? a : c.high == 0 ? b : hull(a, b);
}

// An interval of indices of each axis of an expression, in the order of its axes.
struct index_box {
    const extent *low, *high;
};
// Calls f(index) for each point of the box, until it returns true.
template <int Rank, class F> constexpr void each_point(index_box box, F f) {
    extent at[Rank + 1] = {};
    for (int i = 0; i < Rank; ++i) {
        at[i] = box.low[i];
        if (box.low[i] > box.high[i]) return;
    }
    for (;;) {
        if (f(at)) return;
        int i = Rank - 1;
        for (; i >= 0 && at[i] == box.high[i]; --i) at[i] = box.low[i];
        if (i < 0) return;
        ++at[i];
    }
}

template <class E> constexpr index_range range_of(const E& e, index_box box);

template <int I, class E> constexpr index_range range_of_child(const E& e, index_box box) {
    using shape = shape_of<child_t<I, E>>;
    extent low[shape::rank + 1] = {}, high[shape::rank + 1] = {};
    placing<shape, shape_of<E>>::take(box.low, low);
    placing<shape, shape_of<E>>::take(box.high, high);
    if constexpr (is_renamed<E>) return range_of(child<0>(e), box);
    if constexpr (what<E> == is::view && !std::is_void_v<typename viewed_axis<E>::type>) {
        constexpr int place = place_of<typename viewed_axis<E>::type, shape>;
        if constexpr (is_sliced<E>)
            low[place] += e.how.begin, high[place] += e.how.begin;
        else
            low[place] = high[place] = e.how.index;
    }
    if constexpr (what<E> == is::lookup && I == 0) {
        const index_range along = range_of_child<1>(e, box);
        constexpr int place = place_of<typename E::name_t, shape>;
        extent inside[shape::rank + 1] = {};
        find_extents(child<0>(e), inside);
        // The interval may be wider than what the index is, which has been checked.
        const index_range there = {0, inside[place] < 0 ? along.high : inside[place] - 1};
        const index_range both = {apply_range(op::max{}, along, there).low,
                                  apply_range(op::min{}, along, there).high};
        low[place] = both.low, high[place] = both.high;
    }
    return range_of(child<I>(e), {low, high});
}
template <class E, int... I>
constexpr index_range range_of_map(const E& e, index_box box, std::integer_sequence<int, I...>) {
    return apply_range(typename E::operation{}, range_of_child<I>(e, box)...);
}

// Where the box lies inside the axes of E, and what E looks up itself has been checked.
template <class E> constexpr index_range range_of(const E& e, index_box box) {
    if constexpr (E::element == kind::real)
        return any_index;
    else if constexpr (requires { e.value; })
        return {static_cast<extent>(e.value), static_cast<extent>(e.value)};
    else if constexpr (requires { e.pointer; }) {
        index_range all;
        each_point<rank_of<E>>(box, [&](const extent* at) {
            extent offset = 0;
            for (int i = 0; i < rank_of<E>; ++i) offset += at[i] * e.stride_at(i);
            const auto x = static_cast<extent>(e.pointer[offset]);
            all = hull(all, {x, x});
            return false;
        });
        return all;
    } else if constexpr (requires { e.reader(); })
        return range_of(e.reader(), box);
    else if constexpr (is_index_along<E>)
        return {box.low[0], box.high[0]};
    else if constexpr (what<E> == is::map) {
        return range_of_map(e, box, std::make_integer_sequence<int, children<E>>{});
    } else if constexpr (what<E> == is::view || what<E> == is::lookup)
        return range_of_child<0>(e, box);
    else if constexpr (what<E> == is::reduction) { // argmax: -1 where a row may be empty
        using shape = shape_of<child_t<0, E>>;
        extent inside[shape::rank + 1] = {};
        find_extents(child<0>(e), inside);
        const extent n = inside[place_of<at<typename E::over_t, 0>, shape>];
        constexpr bool all = std::is_same_v<child_t<1, E>, everything>;
        return n < 0 ? any_index : index_range{all && n > 0 ? 0 : -1, n - 1};
    } else
        return E::element == kind::boolean ? any_condition : any_index;
}

// What the index is at a point where it lies outside 0 ... n - 1, an empty range where it never does.
template <class E> constexpr index_range index_outside(const E& e, const extent* extents, extent n) {
    extent first[rank_of<E> + 1] = {}, last[rank_of<E> + 1] = {};
    for (int i = 0; i < rank_of<E>; ++i) {
        last[i] = extents[i] - 1;
        if (extents[i] == 0) return {};
    }
    if (range_of(e, {first, last}).within(n)) return {};
    index_range bad;
    each_point<rank_of<E>>({first, last}, [&](const extent* at) {
        const index_range here = range_of(e, {at, at});
        if (!here.within(n)) bad = here;
        return !here.within(n);
    });
    return bad;
}

} // namespace heed::dsl
