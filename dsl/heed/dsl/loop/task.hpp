// SPDX-License-Identifier: BSL-1.0
// A nest with everything that is only known at run time: extents, tiles, and where the results go.
#pragma once

#include <cstddef>

#include <heed/dsl/loop/blocks.hpp>
#include <heed/dsl/loop/interval.hpp>
#include <heed/dsl/fuse/nest.hpp>

namespace heed::dsl {

// The lane axis of values that have none of their own.
struct no_column {};

template <class List> struct last_of {
    using type = at<List, length_of<List> - 1>;
};
template <> struct last_of<names<>> {
    using type = no_column;
};
template <class List> using at_last = typename last_of<List>::type;

template <class E, class T> inline constexpr bool is_array_of = false;
template <class T, class... Axes> inline constexpr bool is_array_of<view<const T, Axes...>, T> = true;
// An array of which vectors of T are loaded: of T, or of a sixteen-bit type where T is float.
template <class E, class T> inline constexpr bool is_row_array = is_array_of<E, T>;
template <class... Axes> inline constexpr bool is_row_array<view<const bf16, Axes...>, float> = true;
template <class... Axes> inline constexpr bool is_row_array<view<const f16, Axes...>, float> = true;
template <class E, class T> struct row_element {
    using type = T;
};
template <class U, class T, class... Axes>
    requires is_row_array<view<const U, Axes...>, T>
struct row_element<view<const U, Axes...>, T> {
    using type = U;
};

// The tree of a result has its last pass.
template <class Nest, class... R> constexpr int passes_for(const hana::basic_tuple<R...>*) {
    int most = 1;
    const auto count = [&](int pass, bool along) {
        const int passes = along ? pass + 1 : pass;
        most = passes > most ? passes : most;
    };
    (count(pass_of<typename Nest::streams_t, R>(), has<typename Nest::key_t, shape_of<R>>), ...);
    return most;
}
template <class Nest> constexpr int passes_of() {
    return passes_for<Nest>(static_cast<const typename Nest::results_t*>(nullptr));
}

template <class Slot> inline constexpr int over_count = Slot::over_t::size;
template <class Slots> struct slot_list;
template <class... S> struct slot_list<hana::basic_tuple<S...>> {
    static constexpr int size = static_cast<int>(sizeof...(S));
    static constexpr int most_over = [] {
        int most = 1;
        ((most = over_count<S> > most ? over_count<S> : most), ...);
        return most;
    }();
    static constexpr int row_sides[size + 1] = {sides_of<S>::rows..., 0},
                                          key_sides[size + 1] = {sides_of<S>::keys..., 0};
    static constexpr bool is_product[size + 1] = {!is_reduction_slot<S>..., false};
};

// Whether one row's inf or NaN makes the loop run all rows of its item again: where values are weighted with weights that
// may be 0 because of a mask or of a far larger score.
template <class Stream>
inline constexpr bool is_run_again =
    Stream::has_value && (Stream::masked || uses_top<typename Stream::kind_t>);
template <class Streams> inline constexpr bool any_run_again = false;
template <class... S> inline constexpr bool any_run_again<hana::basic_tuple<S...>> = (is_run_again<S> || ...);

// T is what scores are computed in. Outs are views, one for each result of the nest.
template <class Nest, class T, class... Outs> struct task {
    using nest_t = Nest;
    using element_t = T;
    using outs_t = names<Outs...>;
    static constexpr int batch_n = Nest::batch::size, rows_n = Nest::rows::size,
                         visible_n = batch_n + rows_n + 1;
    static constexpr int columns_n = length_of<typename Nest::columns>;
    static constexpr int slots_n = slot_list<typename Nest::slots_t>::size;
    static constexpr int over_n = slot_list<typename Nest::slots_t>::most_over;
    static constexpr int streams_n = decltype(hana::length(std::declval<typename Nest::streams_t>()))::value,
                         results_n = static_cast<int>(sizeof...(Outs));
    // How often the loop goes over a row: more than once where something waits for the end of the row.
    static constexpr int passes = passes_of<Nest>();

    Nest nest;
    hana::basic_tuple<Outs...> outs;
    extent sizes[static_cast<std::size_t>(visible_n)] = {}; // of batch, rows, key
    extent column_sizes[static_cast<std::size_t>(columns_n + 1)] = {};
    extent over_sizes[static_cast<std::size_t>(slots_n + 1)][static_cast<std::size_t>(over_n)] = {};
    extent row_count = 1, tile_rows = 0, row_tiles = 0, items = 0;
    extent part_keys = 0, key_parts = 1; // an item has all keys, or one part of them
    std::byte* states = nullptr;         // of parts that are to be joined: what the streams of each came to
    // No cache holds all queries and results, so that it is in vain to keep results there.
    bool beyond_caches = false;

    // Root is asked for the extent of an axis of which the nest itself has positions only. What an element of the
    // result is must not depend on the number of workers; how many of them are one item may.
    template <class Root>
    constexpr task(const Nest& n, const hana::basic_tuple<Outs...>& o, const Root& root, extent workers = 1)
        : nest(n), outs(o) {
        set_sizes(typename Nest::visible{}, root);
        set_columns(typename Nest::columns{});
        hana::unpack(nest.slots, [&](const auto&... s) {
            int i = 0;
            (set_over(i++, s, root, typename std::remove_cvref_t<decltype(s)>::over_t{}), ...);
        });
        for (int i = 0; i < rows_n; ++i) row_count *= sizes[batch_n + i];
        extent batches = 1;
        for (int i = 0; i < batch_n; ++i) batches *= sizes[i];
        extent elements = 0;
        beyond_caches =
            row_elements() > 0 && (__builtin_mul_overflow(batches * row_count, row_elements(), &elements) ||
                                   elements >= too_many_cached);
        extent most = most_rows;
        // More rows share the packing of keys, but their queries and sums have to stay in the second-level cache.
        if (!rows_apart &&
            (most * row_elements() > most_in_cache || batches * pieces_of(row_count, most) < enough_items))
            most /= 2;
        // The scores of few rows are kept for more keys at a time.
        if (is_few() && most > most_few) most = most_few;
        // A row that is gone over again is kept whole.
        if (passes > 1 && slots_n > 0)
            while (most > 12 && most * keys() * slots_n > most_kept) most /= 2;
        cut(batches, most, !rows_apart ? enough_items : workers > 1 ? 3 * workers : 1);
    }
    constexpr extent keys() const { return sizes[visible_n - 1]; }
    constexpr extent depth(int slot) const {
        extent d = 1;
        for (int i = 0; i < over_n; ++i) d *= over_sizes[slot][i];
        return d;
    }
    // The elements of a row's queries and sums.
    constexpr extent row_elements() const {
        extent n = outer_columns() * inner_columns();
        for (int i = 0; i < slots_n; ++i) n += depth(i);
        return n;
    }
    // How many terms keys are packed for at a time: all, or those of a block of a product.
    constexpr extent packed_depth(int slot) const {
        const extent d = depth(slot);
        return slot_list<typename Nest::slots_t>::is_product[slot] ? depth_of_block(d) : d;
    }
    // Whether a tile's scores are sums of several blocks, or values do not stay in cache from one block of rows to the
    // next: then all rows keep their scores meanwhile.
    constexpr bool deep() const {
        bool found = inner_columns() * outer_columns() > most_columns;
        for (int i = 0; i < slots_n; ++i) found = found || packed_depth(i) < depth(i);
        return found && passes == 1;
    }
    // Whether rows are multiplied with a slot's keys where these lie, along what is summed over: few rows do not pay for packing
    // keys, and of few keys most lanes of a packed vector would be empty.
    constexpr bool reads_in_place(int slot, extent lanes) const {
        return (inner_rows() <= few_rows || is_few_keys(lanes)) && depth(slot) > 0 &&
               depth(slot) % lanes == 0;
    }
    // Whether rows have so few others that they do not pay for packing keys and values.
    constexpr bool is_few() const { return passes == 1 && inner_rows() <= few_rows && !deep(); }
    // An extent that explain does not know is below 0.
    constexpr bool is_few_keys(extent lanes) const { return keys() >= 0 && keys() <= lanes / 2; }
    // The extent of the last row axis. What decides how a row is computed must not depend on the other row axes,
    // which may be a batch that shares its keys, nor on the rows of one tile.
    constexpr extent inner_rows() const {
        if constexpr (rows_n > 0)
            return sizes[batch_n + rows_n - 1];
        else
            return 1;
    }
    constexpr extent inner_columns() const {
        if constexpr (columns_n > 0)
            return column_sizes[columns_n - 1];
        else
            return 1;
    }
    constexpr extent outer_columns() const {
        extent n = 1;
        for (int i = 0; i + 1 < columns_n; ++i) n *= column_sizes[i];
        return n;
    }

    // Whether the other rows of an item are of no consequence to a row, and other keys to a key; or whether streams over
    // parts of the keys can be joined afterwards.
    static constexpr bool rows_apart = passes > 1 || !any_run_again<typename Nest::streams_t>,
                          keys_apart = passes == 1 && streams_n == 0,
                          keys_joined = passes == 1 && streams_n > 0;
    static constexpr extent most_rows = 384, enough_items = 24;
    // Elements: of queries and sums that stay in the second-level cache, and of rows that are kept whole.
    static constexpr extent most_in_cache = 1 << 16, most_kept = 1 << 18;
    // From so many elements of all queries and results on no third-level cache is expected to hold them.
    static constexpr extent too_many_cached = 1 << 23;
    // Up to so many rows see their keys in parts, as there may be no other work to share among threads. What a part
    // leaves is then small beside its keys. Of rows that share keys at most so many are an item, as they keep their scores.
    static constexpr extent few_rows = 8, most_few = 132, keys_of_part = 1024;

    // Rows of which the keys are in parts have all of them joined in items of their own.
    constexpr extent joins() const { return keys_joined && key_parts > 1 ? items / key_parts : 0; }

private:
    constexpr void count_items(extent batches) {
        row_tiles = tile_rows > 0 ? pieces_of(row_count, tile_rows) : 0;
        key_parts = part_keys > 0 ? pieces_of(keys(), part_keys) : 1;
        items = batches * row_tiles * key_parts;
    }
    // A tile of rows shares the packing of a tile of keys; more rows cost workspace and balance. So: as many rows as may
    // be, then for the workers' sake fewer of them, and fewer keys where nothing is carried along these, as long as an
    // item has enough of them to share what it packs.
    constexpr void cut(extent batches, extent most, extent enough) {
        extent tiles = pieces_of(row_count, most), parts = 1;
        if (keys_joined && inner_rows() <= few_rows && keys() >= 2 * keys_of_part)
            parts = keys() / keys_of_part;
        for (extent rows = most;; rows = round_up(pieces_of(row_count, tiles), 12)) {
            tile_rows = rows < row_count ? rows : row_count;
            part_keys = round_up(pieces_of(keys(), parts), 256);
            count_items(batches);
            if (items == 0 || items >= enough) return;
            if (keys_apart && part_keys >= 1024)
                parts *= 2;
            else if (tile_rows >= 168)
                tiles *= 2;
            else if (keys_apart && part_keys >= 512)
                parts *= 2;
            else
                return;
        }
    }
    template <class... Name, class Root> constexpr void set_sizes(names<Name...>, const Root& root) {
        int i = 0;
        ((sizes[i++] = size_of<Name>(root)), ...);
    }
    template <class Name, class Root> constexpr extent size_of(const Root& root) const {
        if constexpr (std::is_same_v<Name, no_axis>)
            return 1;
        else {
            const extent n = nest.template score_extent<Name>();
            return n >= 0 ? n : any_extent<Name>(root);
        }
    }
    template <class... Name> constexpr void set_columns(names<Name...>) {
        int i = 0;
        ((column_sizes[i++] = nest.template column_extent<Name>()), ...);
    }
    template <class Slot, class Root, class... Name>
    constexpr void set_over(int slot, const Slot& s, const Root& root, names<Name...>) {
        for (int i = 0; i < over_n; ++i) over_sizes[slot][i] = 1;
        int i = 0;
        ((over_sizes[slot][i++] = slot_extent<Name>(s) >= 0 ? slot_extent<Name>(s) : any_extent<Name>(root)),
         ...);
    }
};

// The coordinates along axes `begin` to `end` of the element of that number, the last axis fastest. The first takes what is
// left, which needs no division.
template <class Task>
constexpr void set_coordinates(const Task& t, int begin, int end, extent number, extent* at) {
    for (int i = end; --i > begin; number /= t.sizes[i]) at[i] = number % t.sizes[i];
    if (begin < end) at[begin] = number;
}
// Those of row number r of a tile's rows.
template <class Task> constexpr void set_row(const Task& t, extent r, extent* at) {
    set_coordinates(t, Task::batch_n, Task::batch_n + Task::rows_n, r, at);
}
// The coordinates of the row after.
template <class Task> constexpr void next_row(const Task& t, extent* at) {
    for (int i = Task::batch_n + Task::rows_n; i-- > Task::batch_n; at[i] = 0)
        if (++at[i] < t.sizes[i]) return;
}
template <class Task> constexpr void set_batch(const Task& t, extent b, extent* at) {
    set_coordinates(t, 0, Task::batch_n, b, at);
}
// The box of rows first to last (included) and keys.
template <class Task>
constexpr auto box_of(const Task& t, const extent* at, extent first, extent last, extent first_key,
                      extent last_key) {
    box<typename Task::nest_t::visible> b{};
    extent from[static_cast<std::size_t>(Task::visible_n)] = {},
           to[static_cast<std::size_t>(Task::visible_n)] = {};
    set_row(t, first, from);
    set_row(t, last, to);
    bool spread = false; // rows of different leading coordinates: the others take all values
    for (int i = 0; i < Task::batch_n; ++i) b.low[i] = b.high[i] = at[i];
    for (int i = Task::batch_n; i < Task::batch_n + Task::rows_n; ++i) {
        b.low[i] = spread ? 0 : from[i];
        b.high[i] = spread ? t.sizes[i] - 1 : to[i];
        spread = spread || from[i] != to[i];
    }
    b.low[Task::visible_n - 1] = first_key;
    b.high[Task::visible_n - 1] = last_key;
    return b;
}

} // namespace heed::dsl
