// SPDX-License-Identifier: BSL-1.0
// Whether the vectors of a loop go across its rows: a lane for each row, and for each key a vector of scores. Of few keys most
// lanes of a vector along them would be empty, and what comes to a row would have to be joined from all of its lanes.
#pragma once

#include <heed/dsl/loop/task.hpp>

namespace heed::dsl {

// So many keys are multiplied at a time then, where they lie; fewer are copied.
inline constexpr int keys_across = 8;

// Arrays with the axis Lane and one of Rows.
template <class Lane, class Rows> struct read_by_row {
    template <class E> static constexpr bool both() {
        if constexpr (requires { typename E::element_t; })
            return children<E> == 0 && has<Lane, shape_of<E>> && length_of<only<Rows, shape_of<E>>> > 0;
        else
            return false;
    }
    template <class E> static constexpr bool holds = both<E>();
};
// Whether a result lies along the keys.
template <class Key, class Results> inline constexpr bool any_along = false;
template <class Key, class... R>
inline constexpr bool any_along<Key, hana::basic_tuple<R...>> = (has<Key, shape_of<R>> || ...);

// What is computed of scores along the keys in any case: what reads memory there, look-ups, and sums of their own.
template <class Lane, class Rows> struct stays_along {
    template <class E>
    static constexpr bool holds =
        read_by_row<Lane, Rows>::template holds<E> || what<E> == is::contraction || what<E> == is::lookup;
};
template <class Question, class Streams, class Slots> inline constexpr bool can_cross = false;
template <class Question, class... Stream, class... Slot>
inline constexpr bool can_cross<Question, hana::basic_tuple<Stream...>, hana::basic_tuple<Slot...>> =
    ((std::is_same_v<typename Stream::kind_t, softmax_kind> && !Stream::has_gain &&
      !occurs<Question, typename Stream::chain_t>() && !occurs<Question, typename Stream::condition_t>()) &&
     ...) &&
    (!is_reduction_slot<Slot> && ...);
template <class Task, class N>
inline constexpr bool crosses_rows =
    Task::passes == 1 && Task::streams_n > 0 && Task::rows_n > 0 &&
    !any_along<typename N::key_t, typename N::results_t> &&
    can_cross<stays_along<typename N::key_t, typename N::rows>, typename N::streams_t, typename N::slots_t>;
template <class Streams> inline constexpr bool any_masked = false;
template <class... Stream>
inline constexpr bool any_masked<hana::basic_tuple<Stream...>> = (Stream::masked || ...);

// Whether it takes less time: by how many lanes there are products of, empty ones as well. What a row takes besides is found by
// measuring: across about as long as products with two keys more, along the keys as long as 1024 terms of them more, of few rows
// 768; rows that are no whole vector are copied. Only what is the same alone and in a batch has a say.
template <class Task>
[[gnu::always_inline]] constexpr bool
goes_across([[maybe_unused]] const Task& t, [[maybe_unused]] extent lanes, [[maybe_unused]] extent block) {
    using N = typename Task::nest_t;
    if constexpr (crosses_rows<Task, N>) {
        // Fewer keys where a mask may leave blocks of them out; and so few elements of keys and values that these, read again for
        // each block of rows, come from the first cache.
        constexpr extent most_keys = any_masked<typename N::streams_t> ? 48 : 64, most_elements = 3 << 12;
        const extent rows = t.inner_rows(), keys = t.keys();
        extent terms = t.inner_columns() * t.outer_columns();
        bool any = rows > 0 && keys > 0 && keys <= most_keys && !t.deep();
        for (int i = 0; i < Task::slots_n; ++i) {
            terms += t.depth(i);
            any = any && t.depth(i) > 0;
        }
        if (!any || terms <= 0 || keys * terms > most_elements) return false;
        const bool few = t.is_few(), read_there = few || t.is_few_keys(lanes);
        const extent across = round_up(rows, lanes) * (keys + 2) + (rows % lanes > 0 ? 2 * lanes : 0),
                     along = (read_there ? keys : round_up(keys, lanes)) * terms + (few ? 768 : 1024);
        return across * terms <= (few ? rows : round_up(rows, block)) * along;
    } else
        return false;
}

} // namespace heed::dsl
