// SPDX-License-Identifier: BSL-1.0
// What is known of a loop nest by itself: its job, the bytes it reads, the flops of its products, and what its mask makes
// of its tiles.
#pragma once

#include <heed/dsl/loop/instruction_sets.hpp>
#include <heed/dsl/print/nest.hpp>

namespace heed::dsl::print {

// The distinct arrays that trees read, and their bytes; -1 where an extent is not known.
class read_set {
public:
    double bytes = 0;

    template <class E> void add(const E& e) {
        if constexpr (requires { e.pointer; }) {
            double n = sizeof(typename E::element_t);
            for (int i = 0; i < E::rank; ++i)
                n = n < 0 || e.extent_at(i) < 0 ? -1 : n * static_cast<double>(e.extent_at(i));
            add(e.pointer, n);
        } else if constexpr (children<E> > 0)
            hana::unpack(e.kids, [&](const auto&... c) { (add(c), ...); });
    }

private:
    const void* seen_[32] = {};
    int size_ = 0;

    void add(const void* p, double n) {
        for (int i = 0; i < size_; ++i)
            if (seen_[i] == p) return;
        if (size_ < 32) seen_[size_++] = p;
        bytes = bytes < 0 || n < 0 ? -1 : bytes + n;
    }
};
// Whether every array in e is there to be looked at.
template <class E> bool is_there(const E& e, const registry& arrays) {
    if constexpr (requires { e.pointer; })
        return !arrays.has(e.pointer);
    else if constexpr (children<E> == 0)
        return true;
    else
        return hana::unpack(e.kids, [&](const auto&... c) { return (is_there(c, arrays) && ...); });
}
// Multiplications and additions of the products inside e that are no tiles, for each score.
template <class E> double inner_flops(const E& e) {
    if constexpr (what<E> == is::contraction) {
        double n = 2;
        [&]<class... Name>(names<Name...>) {
            ((n = n < 0 || extent_among<Name>(child<0>(e), child<1>(e)) < 0
                      ? -1
                      : n * static_cast<double>(extent_among<Name>(child<0>(e), child<1>(e)))),
             ...);
        }(typename E::over_t{});
        return n;
    } else if constexpr (children<E> == 0)
        return 0;
    else
        return hana::unpack(e.kids, [](const auto&... c) {
            double n = 0;
            ((n = n < 0 || inner_flops(c) < 0 ? -1 : n + inner_flops(c)), ...);
            return n;
        });
}

// What a stream's mask makes of every tile, asked as the loop asks.
template <class Task, class Condition>
tile_counts count_tiles(const Task& t, const Condition& condition, const tiling& s) {
    using condition_t = Condition;
    constexpr int last = Task::visible_n - 1;
    tile_counts c;
    extent batches = t.row_tiles > 0 ? t.items / (t.row_tiles * t.key_parts) : 0, repeats = 1;
    if constexpr (length_of<only<typename Task::nest_t::batch, shape_of<condition_t>>> == 0) {
        repeats = batches;
        batches = batches > 0 ? 1 : 0;
    }
    extent at[static_cast<std::size_t>(Task::visible_n)] = {};
    const auto ask = [&](extent row, extent rows, extent first, extent many) {
        return certainty_of(condition, box_of(t, at, row, row + rows - 1, first, first + many - 1));
    };
    const auto least = [](extent a, extent b) { return a < b ? a : b; };
    for (extent b = 0; b < batches; ++b) {
        set_batch(t, b, at);
        for (extent row = 0; row < t.row_count; row += t.tile_rows)
            for (extent first = 0, many = 0; first < t.sizes[last]; first += many) {
                const extent rows = least(t.row_count - row, t.tile_rows),
                             part = first / t.part_keys * t.part_keys + t.part_keys;
                many = least(least(t.sizes[last], part) - first, s.tile_keys);
                const certainty whole = ask(row, rows, first, many);
                ++(whole == certainty::never ? c.skipped : whole == certainty::always ? c.whole : c.masked);
                if (whole == certainty::always) c.scores += static_cast<double>(rows * many);
                if (whole != certainty::sometimes) continue;
                for (extent r = 0; r < rows; r += s.block) {
                    const extent block = least(rows - r, s.block);
                    extent from = many, to = 0; // between the first panel that is allowed and the last
                    for (extent k = 0; k < many; k += s.panel)
                        if (ask(row + r, block, first + k, least(many - k, s.panel)) != certainty::never) {
                            from = least(from, k);
                            to = least(many, k + s.panel);
                        }
                    // and of these panels the vectors that are not wanted at either end are left out.
                    const auto unwanted = [&](extent k) {
                        return ask(row + r, block, first + k, least(many - k, s.lanes)) == certainty::never;
                    };
                    while (from < to && unwanted(from)) from += s.lanes;
                    for (extent k = (to - 1) / s.lanes * s.lanes; from < to && unwanted(k); k -= s.lanes)
                        to = k;
                    if (from < to) c.scores += static_cast<double>(block * (to - from));
                }
            }
    }
    c.skipped *= repeats;
    c.masked *= repeats;
    c.whole *= repeats;
    c.scores *= static_cast<double>(repeats);
    return c;
}

template <class Kind> struct kind_words {
    static constexpr carries what = carries::normaliser;
    static constexpr const char* text = "";
};
template <> struct kind_words<softmax_kind> {
    static constexpr carries what = carries::softmax;
    static constexpr const char* text = "";
};
template <> struct kind_words<plain_kind> {
    static constexpr carries what = carries::weights;
    static constexpr const char* text = "";
};
template <class Op> struct kind_words<reduction_kind<Op>> {
    static constexpr carries what = carries::reduction;
    static constexpr const char* text = Op::text;
};

// Why a stage is a loop of its own.
template <class E> constexpr const char* reason() {
    if constexpr (what<E> == is::view)
        return "the view is of a finished result, and cannot move inside";
    else if constexpr (stream_traits<E>::has_values)
        return "weights times values are streamed over their keys in a loop of their own";
    else if constexpr (what<E> == is::contraction)
        return "a product inside another one would be computed again for every tile that meets it";
    else if constexpr (what<E> == is::reduction)
        return "it is complete only after its last element, and is needed before";
    else
        return "it is read more than once";
}

} // namespace heed::dsl::print
