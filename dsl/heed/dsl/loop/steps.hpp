// SPDX-License-Identifier: BSL-1.0
// A running state that one loop does not hold: each step is evaluated as a formula of its own, with the state before it
// as an array.
#pragma once

#include <tuple>

#include <heed/dsl/fuse/program.hpp>
#include <heed/dsl/loop/task.hpp>

namespace heed::dsl {

// Memory for one evaluation: `size` bytes from an aligned base, before which the caller's memory has `skew` more. Without a
// base it only counts.
struct memory_plan {
    std::byte* base = nullptr;
    extent most = 0;
    extent size = -1, skew = 0; // -1: enough

    // Before anything is written.
    void check() const {
        if (size >= 0 && most > size) error::short_workspace(size + skew, most + skew);
    }
};

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

template <class Name, class Root, class Scan> extent state_extent(const Root& root, const Scan& scan) {
    const extent n = extent_among<Name>(child<0>(scan), child<1>(scan));
    return n >= 0 ? n : any_extent<Name>(root);
}
// The array of a state of T; nowhere yet.
template <class T, class Root, class Scan> auto state_array(const Root& root, const Scan& scan) {
    return [&]<class... Axes>(axes<Axes...>) {
        view<T, typename axis_parts<Axes>::dynamic_t...> v;
        v.extents = {state_extent<name_of<Axes>>(root, scan)...};
        v.strides = row_major(v.extents);
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

// Out is over the axes of the scan; `stored` is how much of the memory is taken.
template <class T, class Session, class Scan, class Out>
void run_steps(const Session& s, const Scan& scan, extent stored, const Out& out) {
    using name = typename Scan::name_t;
    auto even = state_array<T>(s.root, scan), odd = even;
    const extent bytes = round_up(even.size() * static_cast<extent>(sizeof(T)), 64);
    memory_plan rest;
    if (s.memory.base) {
        even.pointer = reinterpret_cast<T*>(s.memory.base + stored);
        odd.pointer = reinterpret_cast<T*>(s.memory.base + stored + bytes);
        rest.base = s.memory.base + stored + 2 * bytes;
    }
    const Session inner{s.root, s.executor, s.set, rest};
    const auto evaluate = [&](const auto& e, const auto& to) {
        inner.run(program_of(e), std::tuple<std::remove_cvref_t<decltype(to)>>(to));
    };
    const auto show = [&]([[maybe_unused]] extent index, [[maybe_unused]] const auto& state) {
        if constexpr (Scan::when != moment::last)
            evaluate(as_node(state), view_leaf(selected<name>{index}, out));
    };
    const auto step = [&](extent index, const auto& from, const auto& to) {
        if constexpr (Scan::when == moment::before) show(index, from);
        const auto here = with_state_at<typename Scan::step_t>(child<1>(scan), from);
        using here_t = std::remove_cvref_t<decltype(here)>;
        evaluate(rewritten(viewed<selected<name>, here_t>({index}, here)), to);
        if constexpr (Scan::when == moment::after) show(index, to);
    };
    evaluate(spread_over(child<0>(scan), even), even);
    const extent steps = shown_extent<name>(child<1>(scan), s.root);
    // All steps take the same memory: where it is counted, two are enough.
    const extent run = s.memory.base || steps < 2 ? steps : 2;
    for (extent i = 0; i < run; ++i)
        if (i % 2)
            step(i, odd, even);
        else
            step(i, even, odd);
    if constexpr (Scan::when == moment::last) evaluate(as_node(run % 2 ? odd : even), out);
    const extent most = stored + 2 * bytes + rest.most;
    s.memory.most = most > s.memory.most ? most : s.memory.most;
}

} // namespace heed::dsl
