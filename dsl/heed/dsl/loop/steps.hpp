// SPDX-License-Identifier: BSL-1.0
// A running state that one loop does not hold: each step is evaluated as a formula of its own, with the state before it
// as an array.
#pragma once

#include <heed/dsl/fuse/split.hpp>

namespace heed::dsl {

// E with an array in place of the state of a step; the axes of the array are those of the state, in its order.
template <class Step, class E, class Array> constexpr auto with_state_at(const E& e, const Array& state) {
    if constexpr (is_state_with<Step, E>)
        return [&]<class... Axes>(axes<Axes...>) {
            return view<const typename Array::element_t, Axes...>(state.pointer, state.extents,
                                                                  state.strides);
        }(shape_of<E>{});
    else
        return transform_children(e, [&](const auto& c) { return with_state_at<Step>(c, state); });
}

// Memory for a state of T.
template <class T, class Session, class Scan> auto state_memory(const Session& s, const Scan& scan) {
    return [&]<class... Axes>(axes<Axes...>) {
        const auto extent_at = [&](extent n, extent other) { return n >= 0 ? n : other; };
        const std::array<extent, sizeof...(Axes)> extents{
            extent_at(extent_among<name_of<Axes>>(child<0>(scan), child<1>(scan)),
                      any_extent<name_of<Axes>>(s.root))...};
        view<T, typename axis_parts<Axes>::dynamic_t...> v(static_cast<T*>(nullptr), extents);
        v.pointer = reinterpret_cast<T*>(s.memory.take(v.size() * static_cast<extent>(sizeof(T))));
        return v;
    }(typename Scan::state_t{});
}

// The initial state, with every axis of the state: those that it lacks come from zeros that are all one element.
template <class T> inline constexpr T one_zero{};
template <class T, class E, class... Axes>
constexpr auto spread_over(const E& e, const view<T, Axes...>& state) {
    if constexpr (rank_of<E> == static_cast<int>(sizeof...(Axes)))
        return e;
    else {
        using zeros_t = view<const T, Axes...>;
        return map<op::add, E, zeros_t>(e, zeros_t(&one_zero<T>, state.extents, {}));
    }
}

// Session has run(e, out), memory and the root. Out is over the axes of the scan.
template <class T, class Session, class Scan, class Out>
void run_steps(const Session& s, const Scan& scan, const Out& out) {
    using name = typename Scan::name_t;
    const extent used = s.memory.used;
    const auto even = state_memory<T>(s, scan), odd = state_memory<T>(s, scan);
    const auto show = [&]([[maybe_unused]] extent index, [[maybe_unused]] const auto& state) {
        if constexpr (Scan::when != moment::last)
            s.run(as_node(state), view_leaf(selected<name>{index}, out));
    };
    const auto step = [&](extent index, const auto& from, const auto& to) {
        if constexpr (Scan::when == moment::before) show(index, from);
        const auto here = with_state_at<typename Scan::step_t>(child<1>(scan), from);
        using here_t = std::remove_cvref_t<decltype(here)>;
        s.run(rewritten(viewed<selected<name>, here_t>({index}, here)), to);
        if constexpr (Scan::when == moment::after) show(index, to);
    };
    s.run(spread_over(child<0>(scan), even), even);
    const extent steps = shown_extent<name>(child<1>(scan), s.root);
    // All steps take the same memory: where it is counted, two are enough.
    const extent run = s.memory.base || steps < 2 ? steps : 2;
    for (extent i = 0; i < run; ++i)
        if (i % 2)
            step(i, odd, even);
        else
            step(i, even, odd);
    if constexpr (Scan::when == moment::last) s.run(as_node(run % 2 ? odd : even), out);
    s.memory.used = used;
}

} // namespace heed::dsl
