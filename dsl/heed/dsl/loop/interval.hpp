// SPDX-License-Identifier: BSL-1.0
// A condition on a box of coordinates: does it hold everywhere, nowhere, or here and there? Interval arithmetic over
// positions, numbers and small reads of tensors; it may answer `sometimes` too often, never wrongly.
#pragma once

#include <heed/dsl/expr/extents.hpp>
#include <heed/dsl/fuse/extent.hpp>

namespace heed::dsl {

enum class certainty { never, sometimes, always };

struct interval {
    double low, high;
    static constexpr interval unknown() { return {-__builtin_inf(), __builtin_inf()}; }
    static constexpr interval of(certainty t) {
        return {t == certainty::always ? 1.0 : 0.0, t == certainty::never ? 0.0 : 1.0};
    }
    constexpr bool single() const { return low == high; }
    constexpr certainty as_certainty() const {
        return high == 0               ? certainty::never
               : (low > 0 || high < 0) ? certainty::always
                                       : certainty::sometimes;
    }
};

// What pieces of tensors have been found to be, for who asks of the same pieces again and again: all blocks of rows ask of the
// same keys.
class known_ranges {
public:
    static constexpr extent least = 16; // elements of a piece that is worth it
    struct piece {
        const void* first = nullptr;
        extent count = 0, step = 0;
        interval range{};
        bool is(const void* p, extent n, extent s) const { return first == p && count == n && step == s; }
    };
    // Where what is known of a piece of n elements from p on is kept, if it is: apart for vectors, panels and tiles.
    piece& at(const void* p, extent n) {
        return pieces_[(n > 32) + (n > 128)][reinterpret_cast<std::uintptr_t>(p) / 64 % 16];
    }

private:
    piece pieces_[3][16];
};

// Coordinates of Names from low to high, both included.
template <class Names> struct box {
    extent low[static_cast<std::size_t>(Names::size + 1)], high[static_cast<std::size_t>(Names::size + 1)];
    known_ranges* known = nullptr;
};

constexpr double smaller_of(double a, double b) { return a < b ? a : b; }
constexpr double larger_of(double a, double b) { return a > b ? a : b; }
constexpr interval around(double a, double b, double c, double d) {
    if (a != a || b != b || c != c || d != d) return interval::unknown();
    return {smaller_of(smaller_of(a, b), smaller_of(c, d)), larger_of(larger_of(a, b), larger_of(c, d))};
}
// Below this an integer and its double are the same number.
inline constexpr double largest_exact = 0x1p53;
// Of numbers that a 64-bit integer holds.
constexpr double toward_zero(double x) { return static_cast<double>(static_cast<long long>(x)); }

constexpr interval bound(op::add, interval a, interval b) { return {a.low + b.low, a.high + b.high}; }
constexpr interval bound(op::subtract, interval a, interval b) { return {a.low - b.high, a.high - b.low}; }
constexpr interval bound(op::multiply, interval a, interval b) {
    return around(a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high);
}
constexpr interval bound(op::negate, interval a) { return {-a.high, -a.low}; }
constexpr interval bound(op::absolute, interval a) {
    const double l = a.low < 0 ? -a.low : a.low, h = a.high < 0 ? -a.high : a.high;
    return {a.low <= 0 && a.high >= 0 ? 0 : smaller_of(l, h), larger_of(l, h)};
}
constexpr interval bound(op::square, interval a) {
    const interval b = bound(op::absolute{}, a);
    return {b.low * b.low, b.high * b.high};
}
constexpr interval bound(op::min, interval a, interval b) {
    return {smaller_of(a.low, b.low), smaller_of(a.high, b.high)};
}
constexpr interval bound(op::max, interval a, interval b) {
    return {larger_of(a.low, b.low), larger_of(a.high, b.high)};
}
constexpr interval bound(op::relu, interval a) { return {larger_of(a.low, 0), larger_of(a.high, 0)}; }
constexpr interval bound(op::less, interval a, interval b) {
    return interval::of(a.high < b.low    ? certainty::always
                        : a.low >= b.high ? certainty::never
                                          : certainty::sometimes);
}
constexpr interval bound(op::less_equal, interval a, interval b) {
    return interval::of(a.high <= b.low  ? certainty::always
                        : a.low > b.high ? certainty::never
                                         : certainty::sometimes);
}
constexpr interval bound(op::greater, interval a, interval b) { return bound(op::less{}, b, a); }
constexpr interval bound(op::greater_equal, interval a, interval b) { return bound(op::less_equal{}, b, a); }
constexpr interval bound(op::equal, interval a, interval b) {
    return interval::of(a.single() && b.single() && a.low == b.low ? certainty::always
                        : a.high < b.low || b.high < a.low         ? certainty::never
                                                                   : certainty::sometimes);
}
constexpr interval bound(op::negation, interval a) {
    const certainty t = a.as_certainty();
    return interval::of(t == certainty::always  ? certainty::never
                        : t == certainty::never ? certainty::always
                                                : t);
}
constexpr interval bound(op::not_equal, interval a, interval b) {
    return bound(op::negation{}, bound(op::equal{}, a, b));
}
constexpr interval bound(op::both, interval a, interval b) {
    const certainty x = a.as_certainty(), y = b.as_certainty();
    return interval::of(x < y ? x : y);
}
constexpr interval bound(op::either, interval a, interval b) {
    const certainty x = a.as_certainty(), y = b.as_certainty();
    return interval::of(x > y ? x : y);
}
template <class... I> constexpr interval bound(op::uniform, I...) { return {0, 1 - 0x1p-24}; }
constexpr interval bound(op::where, interval c, interval a, interval b) {
    const certainty t = c.as_certainty();
    return t == certainty::always  ? a
           : t == certainty::never ? b
                                   : interval{smaller_of(a.low, b.low), larger_of(a.high, b.high)};
}
// Quotients and remainders of integers, by a positive number.
constexpr interval bound(op::divide, interval a, interval b) {
    if (!b.single() || !(b.low > 0) || !(a.low > -1e15 && a.high < 1e15)) return interval::unknown();
    return {toward_zero(a.low / b.low), toward_zero(a.high / b.low)};
}
constexpr interval bound(op::remainder, interval a, interval b) {
    if (!b.single() || !(b.low > 0) || !(a.low > -1e15 && a.high < 1e15)) return interval::unknown();
    const double n = b.low, first = toward_zero(a.low / n);
    if (a.low >= 0 && first == toward_zero(a.high / n)) return {a.low - first * n, a.high - first * n};
    return {a.low < 0 ? 1 - n : 0, a.high > 0 ? n - 1 : 0};
}

// The smallest and largest of elements `step` apart; unknown where one is NaN, or where double does not hold them.
template <class T> constexpr interval range_of_piece(const T* p, extent count, extent step) {
    T least = *p, most = *p;
    bool ordered = true;
    for (extent k = 0; k < count; ++k) {
        const T x = p[k * step];
        ordered &= x == x;
        least = x < least ? x : least;
        most = x > most ? x : most;
    }
    if (!ordered) return interval::unknown();
    const interval all{static_cast<double>(least), static_cast<double>(most)};
    if constexpr (std::is_integral_v<T> && sizeof(T) > 4)
        if (!(all.low > -largest_exact && all.high < largest_exact)) return interval::unknown();
    return all;
}
// The smallest and largest element of a box of a tensor, low to high along each axis, both included; unknown where
// that is more than a few hundred reads.
template <class T, class... Axes>
constexpr interval range_of(const view<const T, Axes...>& v, const extent* low, const extent* high,
                            known_ranges* known) {
    constexpr int R = static_cast<int>(sizeof...(Axes));
    extent total = 1, open = 0, step = 0;
    const T* p = v.pointer;
    for (int j = 0; j < R; ++j) {
        extent many = high[j] - low[j] + 1;
        // Along a stride of 0 there is one element, however long the axis.
        if (v.stride_at(j) == 0 && many > 1) many = 1;
        if (many < 1 || many > 512) return interval::unknown();
        total *= many;
        open += many > 1;
        p += low[j] * v.stride_at(j);
        if (many > 1) step = v.stride_at(j);
    }
    if (open > 1 || !v.pointer) return interval::unknown();
    if (!known || total < known_ranges::least) return range_of_piece(p, total, step);
    auto& piece = known->at(p, total);
    if (!piece.is(p, total, step)) piece = {p, total, step, range_of_piece(p, total, step)};
    return piece.range;
}

template <class Names, class E> constexpr interval interval_of(const E& e, const box<Names>& in);

// What look-ups are into.
template <class E> struct array_below {
    using type = E;
    static constexpr const E& of(const E& e) { return e; }
};
template <class Name, class T, class I> struct array_below<lookup<Name, T, I>> {
    using type = typename array_below<T>::type;
    static constexpr const type& of(const lookup<Name, T, I>& e) { return array_below<T>::of(child<0>(e)); }
};

template <class Names, class Op, class... C>
constexpr interval interval_of_map(const map<Op, C...>& e, const box<Names>& in) {
    // Real arithmetic rounds in the loop, to a precision that is not the one used here.
    constexpr bool rounds = map<Op, C...>::element == kind::real &&
                            (std::is_same_v<Op, op::add> || std::is_same_v<Op, op::subtract> ||
                             std::is_same_v<Op, op::multiply> || std::is_same_v<Op, op::divide> ||
                             std::is_same_v<Op, op::square>);
    constexpr bool known = requires { bound(Op{}, (static_cast<void>(sizeof(C)), interval{})...); };
    if constexpr (std::is_same_v<Op, op::both>) {
        const interval first = interval_of(child<0>(e), in);
        return first.as_certainty() == certainty::never ? first
                                                        : bound(Op{}, first, interval_of(child<1>(e), in));
    } else if constexpr (known && !rounds)
        return hana::unpack(e.kids, [&](const auto&... c) {
            const interval r = bound(Op{}, interval_of(c, in)...);
            return r.low == r.low && r.high == r.high ? r : interval::unknown();
        });
    else
        return interval::unknown();
}
// The array that look-ups are into, and along its axes the indices they can have; false where one is unknown.
template <class Name, class List, class Names, class I>
constexpr bool limit_axis(const I& index, const box<Names>& in, extent n, extent* low, extent* high) {
    const interval i = interval_of(index, in);
    if (!(i.low > -1e15 && i.high < 1e15)) return false;
    // The interval may be wider than what the index is, which has been checked.
    low[place_of<Name, List>] = i.low > 0 ? static_cast<extent>(i.low) : 0;
    high[place_of<Name, List>] = i.high < static_cast<double>(n - 1) ? static_cast<extent>(i.high) : n - 1;
    return true;
}
template <class Names, class E>
constexpr interval look_into(const E& e, const box<Names>& in, const extent* low, const extent* high) {
    if constexpr (requires { e.pointer; })
        return range_of(e, low, high, in.known);
    else
        return interval::unknown();
}
template <class Names, class Name, class T, class I>
constexpr interval look_into(const lookup<Name, T, I>& e, const box<Names>& in, extent* low, extent* high) {
    using list = shape_of<typename array_below<T>::type>;
    const auto& array = array_below<T>::of(child<0>(e));
    if (!limit_axis<Name, list>(child<1>(e), in, array.extent_at(place_of<Name, list>), low, high))
        return interval::unknown();
    return look_into(child<0>(e), in, low, high);
}
template <class Names, class E> constexpr interval interval_of_array(const E& e, const box<Names>& in) {
    using array = typename array_below<E>::type;
    using list = shape_of<array>;
    if constexpr (!requires(const array& a) { a.pointer; }) return interval::unknown();
    extent low[list::rank + 1] = {}, high[list::rank + 1] = {};
    for (int i = 0; i < list::rank; ++i)
        if (const int place = placing<list, Names>::at[i]; place >= 0)
            low[i] = in.low[place], high[i] = in.high[place];
    return look_into(e, in, low, high);
}
template <class Names, class E> constexpr interval interval_of(const E& e, const box<Names>& in) {
    if constexpr (what<E> == is::map)
        return interval_of_map(e, in);
    else if constexpr (std::is_same_v<E, everything>)
        return {1, 1};
    else if constexpr (requires { e.value; }) {
        const double x = static_cast<double>(e.value);
        const bool exact = E::element == kind::real ? static_cast<double>(static_cast<float>(x)) == x
                                                    : x > -largest_exact && x < largest_exact;
        return exact ? interval{x, x} : interval::unknown();
    } else if constexpr (requires { e.pointer; } || what<E> == is::lookup)
        return interval_of_array(e, in);
    else if constexpr (is_index_along<E>) {
        constexpr int place = place_of<typename E::name_t, Names>;
        return {static_cast<double>(in.low[place]), static_cast<double>(in.high[place])};
    } else
        return interval::unknown();
}

// Whether the condition holds in the box. Unknown intervals are never certain: NaN behind one compares as false.
template <class Names, class E> constexpr certainty certainty_of(const E& condition, const box<Names>& in) {
    return interval_of(condition, in).as_certainty();
}

} // namespace heed::dsl
