// SPDX-License-Identifier: BSL-1.0
// Which formulas one loop over the steps of a running state holds: the state itself, or a function of one product with
// it; with the last state besides. What the state is needed for is a sum over its inner axes, the same everywhere.
#pragma once

#include <heed/dsl/expr/running.hpp>
#include <heed/dsl/fuse/extent.hpp>
#include <heed/dsl/rewrite/scale.hpp>

namespace heed::dsl {

template <class Step, class E> inline constexpr bool is_state_with = false;
template <class Step, class S> inline constexpr bool is_state_with<Step, state_before<Step, S>> = true;
template <class Step> struct is_state_of {
    template <class E> static constexpr bool holds = is_state_with<Step, E>;
};
template <class Step, class E> inline constexpr bool uses_state = occurs<is_state_of<Step>, E>();

struct is_scan {
    template <class E> static constexpr bool holds = what<E> == is::scan;
};

template <class A, class B>
inline constexpr bool same_names = length_of<A> == length_of<B> && length_of<without<A, B>> == 0;
template <class List, class E> inline constexpr bool has_any = length_of<only<List, shape_of<E>>> > 0;

// The first list of names that is not empty.
constexpr names<> first_names() { return {}; }
template <class First, class... Rest> constexpr auto first_names(First first, Rest... rest) {
    if constexpr (First::size > 0)
        return first;
    else
        return first_names(rest...);
}
// The axes that the first product with the state inside E sums over.
template <class Step, class E> constexpr auto find_inner() {
    if constexpr (!uses_state<Step, E> || children<E> == 0)
        return names<>{};
    else if constexpr (what<E> == is::contraction)
        return typename E::over_t{};
    else
        return []<class... C>(names<C...>) {
            return first_names(find_inner<Step, C>()...);
        }(typename children_of<E>::list{});
}

// Whether E needs nothing of the state but its element, and sums over Inner of what has that element.
template <class Scan, class Inner, bool InSum, class E> constexpr bool is_held() {
    using step = typename Scan::step_t;
    if constexpr (!uses_state<step, E>)
        return true;
    else if constexpr (is_state<E>)
        return same_type<names_in<shape_of<E>>, names_in<typename Scan::state_t>>;
    else if constexpr (what<E> == is::map)
        return []<class... C>(names<C...>) {
            return (is_held<Scan, Inner, InSum, C>() && ...);
        }(typename children_of<E>::list{});
    else if constexpr (what<E> == is::contraction)
        return !InSum && same_names<typename E::over_t, Inner> &&
               is_held<Scan, Inner, true, child_t<0, E>>() && is_held<Scan, Inner, true, child_t<1, E>>();
    else
        return false;
}
template <class Scan, class Inner> constexpr bool is_held_with() {
    return length_of<without<Inner, typename Scan::state_t>> == 0 &&
           is_held<Scan, Inner, false, child_t<1, Scan>>();
}
template <class Scan> using own_inner = decltype(find_inner<typename Scan::step_t, child_t<1, Scan>>());

// Which operand of a product is a running state that the loop need not store, -1 where none is.
template <class Over, class A, class S> constexpr bool reads_scan() {
    if constexpr (what<S> != is::scan)
        return false;
    else
        return S::when != moment::last && !occurs<is_scan, A>() && is_held_with<S, Over>();
}
template <class E> inline constexpr int scan_child = -1;
template <class Over, class Shape, class A, class B>
inline constexpr int scan_child<contraction<Over, Shape, A, B>> = reads_scan<Over, A, B>()   ? 1
                                                                  : reads_scan<Over, B, A>() ? 0
                                                                                             : -1;

// How many such products E has under nothing but element-wise operations.
template <class E> constexpr int count_readouts() {
    if constexpr (scan_child<E> >= 0)
        return 1;
    else if constexpr (what<E> == is::map)
        return []<class... C>(names<C...>) {
            return (0 + ... + count_readouts<C>());
        }(typename children_of<E>::list{});
    else
        return 0;
}
// The axes that the one such product below E sums over.
template <class E> constexpr auto find_readout_inner() {
    if constexpr (scan_child<E> >= 0)
        return typename E::over_t{};
    else if constexpr (count_readouts<E>() == 0)
        return names<>{};
    else
        return []<class... C>(names<C...>) {
            return first_names(find_readout_inner<C>()...);
        }(typename children_of<E>::list{});
}
// Whether one loop over the steps gives E: a running state, or a function of one product with it.
template <class E> constexpr bool holds_scan() {
    if constexpr (what<E> == is::scan)
        return is_held_with<E, own_inner<E>>();
    else if constexpr (count_readouts<E>() == 1)
        return !has_any<decltype(find_readout_inner<E>()), E>;
    else
        return false;
}
template <class E> inline constexpr bool is_scan_root = what<E> == is::scan || holds_scan<E>();

// What is staged of such a root: sums that do not depend on the state. Sums is the pass that stages every sum.
template <class Sums, class Step> struct stage_step : Sums {
    template <class E> static constexpr bool takes = Sums::template takes<E> && !uses_state<Step, E>;
    template <class> using inside = stage_step;
};
template <class Sums> struct stage_around_scan : Sums {
    template <class E>
    static constexpr bool takes =
        Sums::template takes<E> && what<E> != is::outputs && what<E> != is::scan && scan_child<E> < 0;
    template <class E, bool Scan> struct pass {
        using type = stage_around_scan;
    };
    template <class E> struct pass<E, true> {
        using type = stage_step<Sums, typename E::step_t>;
    };
    template <class E> using inside = typename pass<E, what<E> == is::scan>::type;
};

// The running state that a result of such a loop is of.
template <class E> constexpr const auto& scan_node(const E& e);
template <int I, class E> constexpr const auto& scan_node_from(const E& e) {
    if constexpr (occurs<is_scan, child_t<I, E>>())
        return scan_node(child<I>(e));
    else
        return scan_node_from<I + 1>(e);
}
template <class E> constexpr const auto& scan_node(const E& e) {
    if constexpr (what<E> == is::scan)
        return e;
    else if constexpr (scan_child<E> >= 0)
        return child<scan_child<E>>(e);
    else
        return scan_node_from<0>(e);
}

// Whether B is the last value of the running state that A is a function of, as far as types say.
template <class E> inline constexpr bool is_last_state = false;
template <class Name, class Step, class State, class I, class U>
inline constexpr bool is_last_state<scan<moment::last, Name, Step, State, I, U>> = true;
template <class A, class B> constexpr bool find_shared_scan() {
    if constexpr (!is_last_state<B> || is_last_state<A> || !holds_scan<A>() || !holds_scan<B>())
        return false;
    else
        return same_type<decltype(seen_at<moment::last>(scan_node(std::declval<const A&>()))), B>;
}
// A loop gives both, each first.
template <class... E> inline constexpr bool shares_scan = false;
template <class A, class B>
inline constexpr bool shares_scan<A, B> = find_shared_scan<A, B>() || find_shared_scan<B, A>();
template <class... E> inline constexpr bool is_scan_root<several<E...>> = shares_scan<E...>;

} // namespace heed::dsl
