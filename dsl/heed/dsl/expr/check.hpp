// SPDX-License-Identifier: BSL-1.0
// What must hold before a formula is evaluated, from the root down: every extent is known, corners have one extent,
// and what select, slice and gather look up is there. Nothing has been written, and no real number read, when it throws.
#pragma once

#include <heed/dsl/diagnose/sentences.hpp>
#include <heed/dsl/expr/index_range.hpp>

namespace heed::dsl {

// The axes that child I of a node sees, given those that the node sees, and their extents. They are its own and, below
// a normaliser, those of the scores, so that a mask can speak of axes that it does not have.
template <int I, class E, class Scope> struct scope_within {
    static constexpr bool as_outside =
        what<E> == is::map || what<E> == is::normaliser || (what<E> == is::lookup && I == 1) ||
        (what<E> == is::view && std::is_void_v<typename viewed_axis<E>::type> && !is_renamed<E>);
    // Of a reduction, the mask and the sink see what the scores see; of a running state, both see every axis.
    static constexpr int source = what<E> == is::reduction ? 0 : I;
    template <class X, is Kind> struct seen {
        using type = shape_of<child_t<source, X>>;
    };
    template <class X> struct seen<X, is::scan> {
        using type = typename X::all_t;
    };
    using list = typename std::conditional_t<as_outside, std::type_identity<Scope>, seen<E, what<E>>>::type;

    static constexpr void fill(const E& e, const extent* outside, extent* inside) {
        if constexpr (as_outside) {
            for (int i = 0; i < Scope::rank; ++i) inside[i] = outside[i];
        } else if constexpr (is_renamed<E>) {
            placing<shape_of<E>, Scope>::take(outside, inside);
        } else if constexpr (what<E> == is::contraction || what<E> == is::reduction || what<E> == is::scan) {
            using joint_names = typename joint<E>::names_t;
            extent all[length_of<joint_names> + 1] = {};
            join(e, all);
            constexpr auto& own = placing<shape_of<E>, joint_names>::at;
            constexpr auto& known = placing<shape_of<E>, Scope>::at;
            for (int i = 0; i < rank_of<E>; ++i) all[own[i]] = outside[known[i]];
            placing<list, joint_names>::take(all, inside);
        } else { // the axis that is selected, sliced or looked up is known inside only
            using hidden = typename hidden_axis<I, E>::type;
            using axis = std::conditional_t<std::is_void_v<hidden>, typename viewed_axis<E>::type, hidden>;
            find_extents(child<I>(e), inside);
            constexpr auto& known = placing<list, Scope, axis>::at;
            for (int i = 0; i < list::rank; ++i)
                if (known[i] >= 0) inside[i] = outside[known[i]];
        }
    }
};

template <class Name, class E> inline constexpr bool is_renamed_as = false;
template <class Name, class To, class X>
inline constexpr bool is_renamed_as<Name, viewed<renamed<Name, To>, X>> = true;
template <class Name, class From, class X>
inline constexpr bool is_renamed_as<Name, viewed<renamed<From, Name>, X>> = true;
template <class Name, class X>
inline constexpr bool is_renamed_as<Name, viewed<renamed<Name, Name>, X>> = true;
// Whether an array below the node has the axis, or may have it under another name.
template <class Name, class E> struct arrays_have {
    template <int... I> static constexpr bool any(std::integer_sequence<int, I...>) {
        return (arrays_have<Name, child_t<I, E>>::value || ...);
    }
    static constexpr bool value =
        is_renamed_as<Name, E> ||
        (children<E> == 0 && E::loose == 0 && !is_state<E> && has<Name, shape_of<E>>) ||
        any(std::make_integer_sequence<int, children<E>>{});
};

// The first position below E whose axis no array of the formula has, void where there is none.
template <class First, class... Rest> struct first_found {
    using type = First;
};
template <class... Rest> struct first_found<void, Rest...> : first_found<Rest...> {};
template <> struct first_found<void> {
    using type = void;
};
template <class Root, class E> struct lost_position {
    template <class... C>
    static auto below(names<C...>*) -> first_found<typename lost_position<Root, C>::type..., void>;
    template <class X> struct inner {
        using type = typename decltype(below(static_cast<typename children_of<X>::list*>(nullptr)))::type;
    };
    using type = typename std::conditional_t<(children<E> > 0), inner<E>, std::type_identity<void>>::type;
};
template <class Root, class Name> struct lost_position<Root, position_of<Name>> {
    using type = std::conditional_t<arrays_have<Name, Root>::value, void, Name>;
};

// Whether anything in the formula needs a look from the root down.
template <class E> struct to_check {
    template <int... I> static constexpr bool any(std::integer_sequence<int, I...>) {
        return (to_check<child_t<I, E>>::value || ...);
    }
    static constexpr bool value =
        !std::is_void_v<typename viewed_axis<E>::type> || any(std::make_integer_sequence<int, children<E>>{});
};
template <class Name, class Table, class Index> struct to_check<lookup<Name, Table, Index>> {
    static constexpr bool value = true;
};
template <moment W, class Name, class Step, class State, class I, class U>
struct to_check<scan<W, Name, Step, State, I, U>> {
    static constexpr bool value = true;
};
template <class Name> struct to_check<position_of<Name>> {
    static constexpr bool value = true;
};
template <class Key, class Query, corner C> struct to_check<corner_offset<Key, Query, C>> {
    static constexpr bool value = C == corner::same;
};

template <class Scope, class E> constexpr void check_within(const E& e, const extent* scope);

template <int I, class Scope, class E> constexpr void check_child(const E& e, const extent* scope) {
    using inner = scope_within<I, E, Scope>;
    if constexpr (!to_check<child_t<I, E>>::value)
        return;
    else if constexpr (inner::as_outside)
        check_within<Scope>(child<I>(e), scope);
    else {
        extent inside[inner::list::rank + 1] = {};
        inner::fill(e, scope, inside);
        check_within<typename inner::list>(child<I>(e), inside);
    }
}
template <class Scope, class E, int... I>
constexpr void check_children(const E& e, const extent* scope, std::integer_sequence<int, I...>) {
    (check_child<I, Scope>(e, scope), ...);
}

template <class Scope, class Name> constexpr void check_leaf(const position_of<Name>&, const extent* scope) {
    if (scope[place_of<Name, Scope>] < 0) error::extent_unknown(spelling_of<Name>());
}
template <class Scope, class Key, class Query>
constexpr void check_leaf(const corner_offset<Key, Query, corner::same>&, const extent* scope) {
    const extent keys = scope[place_of<Key, Scope>], queries = scope[place_of<Query, Scope>];
    if (keys != queries) error::corner_needed(spelling_of<Query>(), queries, spelling_of<Key>(), keys);
}
template <class Scope, class E> constexpr void check_leaf(const E&, const extent*) {}

// The extents and the axes of child 0 of a select, a slice or a gather, where the axis it is about must be known.
template <class Scope, class E> constexpr void check_indices(const E& e, const extent* scope) {
    using shape = shape_of<child_t<0, E>>;
    extent inside[shape::rank + 1] = {};
    scope_within<0, E, Scope>::fill(e, scope, inside);
    const error::described x = describe<shape>(inside);
    if constexpr (what<E> == is::lookup) {
        constexpr int place = place_of<typename E::name_t, shape>;
        using index_shape = shape_of<child_t<1, E>>;
        extent points[index_shape::rank + 1] = {};
        placing<index_shape, Scope>::take(scope, points);
        if (inside[place] < 0) error::extent_unknown(spelled<shape>::at[place]);
        const index_range bad = index_outside(child<1>(e), points, inside[place]);
        if (bad.low <= bad.high)
            error::gathered_outside(spelled<shape>::at[place], bad.low < 0 ? bad.low : bad.high,
                                    inside[place], x);
    } else {
        constexpr int place = place_of<typename viewed_axis<E>::type, shape>;
        if (inside[place] < 0) error::extent_unknown(spelled<shape>::at[place]);
        if constexpr (is_sliced<E>) {
            if (e.how.end > inside[place])
                error::sliced_outside(spelled<shape>::at[place], e.how.begin, e.how.end, x);
        } else if (e.how.index < 0 || e.how.index >= inside[place])
            error::selected_outside(spelled<shape>::at[place], e.how.index, x);
    }
}

// A running state's axes: a state that starts as a number has the extents that a step gives it.
template <class Scope, class E> constexpr void check_state(const E& e, const extent* scope) {
    extent all[E::all_t::rank + 1] = {};
    scope_within<0, E, Scope>::fill(e, scope, all);
    for (int i = 0; i < E::all_t::rank; ++i)
        if (all[i] < 0) error::state_extent_unknown(spelled<typename E::all_t>::at[i]);
}

// Scope holds every axis of E. Children first: an index is not evaluated before what it looks up itself is checked.
template <class Scope, class E> constexpr void check_within(const E& e, const extent* scope) {
    if constexpr (what<E> == is::scan) check_state<Scope>(e, scope);
    if constexpr (what<E> == is::leaf)
        check_leaf<Scope>(e, scope);
    else
        check_children<Scope>(e, scope, std::make_integer_sequence<int, children<E>>{});
    if constexpr (what<E> == is::lookup || !std::is_void_v<typename viewed_axis<E>::type>)
        check_indices<Scope>(e, scope);
}

template <class... E, int... I>
constexpr void check_all(const several<E...>& e, std::integer_sequence<int, I...>);

// Throws shape_error or index_error where the formula cannot be evaluated with the tensors it holds.
template <class E> constexpr void check(const E& e) {
    if constexpr (what<E> == is::outputs)
        check_all(e, std::make_integer_sequence<int, children<E>>{});
    else if constexpr (!std::is_void_v<typename lost_position<E, E>::type>)
        error::position_without_array<axis_named<typename lost_position<E, E>::type>>();
    else {
        extent all[rank_of<E> + 1] = {};
        find_extents(e, all);
        if constexpr (to_check<E>::value) check_within<shape_of<E>>(e, all);
    }
}
template <class... E, int... I>
constexpr void check_all(const several<E...>& e, std::integer_sequence<int, I...>) {
    (check(child<I>(e)), ...);
}

} // namespace heed::dsl
