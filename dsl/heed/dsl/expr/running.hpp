// SPDX-License-Identifier: BSL-1.0
// Making a running state: the axes of the state, what the step returns when it is given that state, and the verdict.
#pragma once

#include <heed/dsl/expr/build.hpp>

namespace heed::dsl {

// The axes of the state: those that are named, with the extents that `initial` knows; or those of `initial`.
template <class Initial, class Named> struct state_axes;
template <class Initial> struct state_axes<Initial, names<>> {
    using type = shape_of<Initial>;
};
template <class Initial, class First, class... Rest> struct state_axes<Initial, names<First, Rest...>> {
    using type =
        typename sharpen_all<axes<axis_named<First>, axis_named<Rest>...>, shape_of<Initial>, axes<>>::type;
};

template <class Name, class State, class Initial> constexpr auto state_verdict() {
    if constexpr (any_reported<Initial>)
        return verdict<error::earlier>{};
    else {
        using all = concat<axes<axis_named<Name>>, State>;
        if constexpr (repeated_axis(all{}) >= 0)
            return verdict<error::state_axis_twice<at<all, repeated_axis(all{})>, State>>{};
        else if constexpr (!is_within<shape_of<Initial>, State>)
            return verdict<error::initial_axes_outside<shape_of<Initial>, State>>{};
        else
            return verdict<error::none>{};
    }
}
template <class Name, class State, class Update> constexpr auto step_verdict() {
    if constexpr (any_reported<Update>)
        return verdict<error::earlier>{};
    else {
        using all = concat<axes<axis_named<Name>>, State>;
        if constexpr (!is_within<shape_of<Update>, all> || !is_within<all, shape_of<Update>>)
            return verdict<error::step_axes_differ<shape_of<Update>, State>>{};
        else
            return extents_verdict<State, shape_of<Update>>();
    }
}

// What a call of running means, where the state is well formed.
template <class Name, class Named, class I, class Step> struct running_parts {
    using initial_t = node_t<I>;
    using state_t = typename state_axes<initial_t, Named>::type;
    using state_check = typename decltype(state_verdict<Name, state_t, initial_t>())::type;
    static constexpr auto update(const Step& step) {
        if constexpr (is_fine<state_check>)
            return as_node(step(state_before<Step, state_t>{}));
        else
            return reported{};
    }
    using update_t = decltype(update(std::declval<const Step&>()));
    static constexpr auto check() {
        if constexpr (is_fine<state_check>)
            return step_verdict<Name, state_t, update_t>();
        else
            return verdict<state_check>{};
    }
};
template <class Name, class Named, class I, class Step>
using running_check = typename decltype(running_parts<Name, Named, I, Step>::check())::type;

template <class Name, class Named, class Check, class I, class Step>
constexpr auto make_running(Check, I&& initial, const Step& step) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else {
        using parts = running_parts<Name, Named, I, Step>;
        using update_t = typename parts::update_t;
        using state_t = typename sharpen_all<typename parts::state_t, shape_of<update_t>, axes<>>::type;
        return scan<moment::after, Name, Step, state_t, typename parts::initial_t, update_t>(
            as_node(static_cast<I&&>(initial)), parts::update(step));
    }
}

// The same running state, seen at another moment.
template <class X> constexpr auto moment_verdict() {
    if constexpr (any_reported<X>)
        return verdict<error::earlier>{};
    else if constexpr (what<X> != is::scan)
        return verdict<error::not_running<X>>{};
    else
        return verdict<error::none>{};
}
template <class X> using moment_check = typename decltype(moment_verdict<node_t<X>>())::type;
template <moment When, moment W, class Name, class Step, class State, class I, class U>
constexpr auto seen_at(const scan<W, Name, Step, State, I, U>& e) {
    return scan<When, Name, Step, State, I, U>(child<0>(e), child<1>(e));
}
template <moment When, class Check, class X> constexpr auto make_seen_at(Check, const X& x) {
    if constexpr (!is_fine<Check>)
        return reported{};
    else
        return seen_at<When>(x);
}

// The state of a step that is not inside what that step returns: its shape, void where there is none.
template <class E, class... Steps> struct free_state {
    template <class First, class... Rest> static auto first(names<First, Rest...>) {
        using here = typename free_state<First, Steps...>::type;
        if constexpr (!std::is_void_v<here>)
            return std::type_identity<here>{};
        else
            return first(names<Rest...>{});
    }
    static auto first(names<>) { return std::type_identity<void>{}; }
    static auto find() {
        if constexpr (is_state<E>)
            return std::type_identity<
                std::conditional_t<(same_type<typename E::step_t, Steps> || ...), void, shape_of<E>>>{};
        else if constexpr (children<E> == 0)
            return std::type_identity<void>{};
        else if constexpr (what<E> == is::scan)
            return first_of<typename free_state<child_t<0, E>, Steps...>::type,
                            typename free_state<child_t<1, E>, typename E::step_t, Steps...>::type>();
        else
            return first(typename children_of<E>::list{});
    }
    template <class A, class B> static auto first_of() {
        return std::type_identity<std::conditional_t<std::is_void_v<A>, B, A>>{};
    }
    using type = typename decltype(find())::type;
};

} // namespace heed::dsl
