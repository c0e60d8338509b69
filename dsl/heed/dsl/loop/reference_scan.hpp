// SPDX-License-Identifier: BSL-1.0
// Part of the oracle: running states, one step after the other.
#pragma once

#include <heed/dsl/loop/dense.hpp>

namespace heed::dsl {

template <class Real, class Scope, class E> dense<E, Real> reference_node(const E& e, const extent* scope);
template <int I, class Real, class Scope, class E>
dense<child_t<I, E>, Real> reference_child(const E& e, const extent* scope);

// E with an array in place of the state of a step.
template <class Step, class E, class Array> constexpr auto with_state(const E& e, const Array& state) {
    if constexpr (is_state<E>) {
        if constexpr (same_type<typename E::step_t, Step>)
            return [&]<class... Axes>(axes<Axes...>) {
                return view<const typename Array::element_t, Axes...>(state.data(), state.extents(),
                                                                      state.reader().strides);
            }(shape_of<E>{});
        else
            return e;
    } else
        return transform_children(e, [&](const auto& c) { return with_state<Step>(c, state); });
}

template <class Real, class Scope, class E>
void reference_scan(const E& e, const extent* scope, dense<E, Real>& out) {
    using all = typename E::all_t;
    using list = names_in<all>; // the running axis, then those of the state
    constexpr int rank = all::rank;
    extent extents[rank + 1] = {}, index[rank + 1] = {};
    scope_within<0, E, Scope>::fill(e, scope, extents);
    const walked<child_t<0, E>, list, Real> initial(reference_child<0, Real, Scope>(e, scope));
    using state_t = typename dense_over<Real, typename E::state_t>::type;
    typename state_t::view_t::extents_t own{};
    for (std::size_t i = 0; i < own.size(); ++i) own[i] = extents[i + 1];
    state_t state = state_t::with_extents(own);
    Real *to = out.values.data(), *s = state.data();
    each_index<1, rank>(extents, index, [&] { *s++ = static_cast<Real>(initial.value(index)); });
    const auto step = with_state<typename E::step_t>(child<1>(e), state);
    using step_t = std::remove_cvref_t<decltype(step)>;
    const auto show = [&] {
        for (Real x : state) *to++ = x;
    };
    for (index[0] = 0; index[0] < extents[0]; ++index[0]) {
        if (E::when == moment::before) show();
        // The step along the whole axis, of which one place counts.
        const walked<step_t, list, Real> next(reference_node<Real, all>(step, extents));
        s = state.data();
        each_index<1, rank>(extents, index, [&] { *s++ = static_cast<Real>(next.value(index)); });
        if (E::when == moment::after) show();
    }
    if (E::when == moment::last) show();
}

} // namespace heed::dsl
