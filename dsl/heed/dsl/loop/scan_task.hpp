// SPDX-License-Identifier: BSL-1.0
// A loop over the steps of a running state, with everything that is only known at run time.
#pragma once

#include <heed/dsl/loop/task.hpp>

namespace heed::dsl {

// In place of a result that nobody asked for.
struct no_result {};

template <class Tuple> inline constexpr int tuple_size = 0;
template <class... E> inline constexpr int tuple_size<hana::basic_tuple<E...>> = sizeof...(E);

// T is what states are computed in. Out and Last, the last state, are views, or no_result.
template <class Nest, class T, class Out, class Last> struct scan_task {
    using nest_t = Nest;
    using element_t = T;
    using out_t = Out;
    using last_t = Last;
    using names_t = typename Nest::visible;
    static constexpr int outer_n = Nest::outer::size, rows_n = Nest::rows::size, inner_n = Nest::inner::size;
    static constexpr int key_at = outer_n + rows_n, inner_at = key_at + 1, lane_at = inner_at + inner_n;
    static constexpr int places = lane_at + 1;
    // Lanes of an item: as many as are a few vectors of every instruction set.
    static constexpr extent block = 256 / static_cast<extent>(sizeof(T));

    Nest nest;
    Out out;
    Last last;
    extent sizes[static_cast<std::size_t>(places)] = {};
    extent row_count = 1, inner_count = 1, blocks = 0, items = 0;

    // Root is asked for the extent of an axis of which the nest itself has positions only.
    template <class Root>
    constexpr scan_task(const Nest& n, Out o, Last l, const Root& root) : nest(n), out(o), last(l) {
        set_sizes(names_t{}, root);
        for (int i = 0; i < rows_n; ++i) row_count *= sizes[outer_n + i];
        for (int i = 0; i < inner_n; ++i) inner_count *= sizes[inner_at + i];
        blocks = (lanes() + block - 1) / block;
        items = blocks;
        for (int i = 0; i < outer_n; ++i) items *= sizes[i];
    }
    constexpr extent steps() const { return sizes[key_at]; }
    constexpr extent lanes() const { return sizes[lane_at]; }

private:
    template <class... Name, class Root> constexpr void set_sizes(names<Name...>, const Root& root) {
        int i = 0;
        ((sizes[i++] = size_of<Name>(root)), ...);
    }
    template <class Name, class Root> constexpr extent size_of(const Root& root) const {
        if constexpr (std::is_same_v<Name, no_lane>)
            return 1;
        else {
            const extent n = nest.template axis_extent<Name>();
            return n >= 0 ? n : any_extent<Name>(root);
        }
    }
};

// Which of the results of a loop is what each step gives, and which the last state.
template <class Each, class Last> struct scan_outs {
    Each each;
    Last last;
};
template <class Nest, class Out> constexpr auto scan_results(const Out& out) {
    if constexpr (Nest::when == moment::last)
        return scan_outs<no_result, Out>{{}, out};
    else
        return scan_outs<Out, no_result>{out, {}};
}
// Of two, the last state is the one without the running axis.
template <class Nest, class A, class B> constexpr auto scan_results(const A& a, const B& b) {
    if constexpr (has<typename Nest::key_t, shape_of<A>>)
        return scan_outs<A, B>{a, b};
    else
        return scan_outs<B, A>{b, a};
}

// The coordinates of index number r of the places first ... first + count - 1, the last one fastest.
template <class Task> constexpr void set_places(const Task& t, int first, int count, extent r, extent* at) {
    for (int i = first + count; i-- > first; r /= t.sizes[i]) at[i] = r % t.sizes[i];
}

} // namespace heed::dsl
