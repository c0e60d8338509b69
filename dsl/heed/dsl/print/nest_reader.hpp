// SPDX-License-Identifier: BSL-1.0
// What is said of a loop nest, read off its types and the extents that are known: axes, tiles, streams, results, bytes
// and flops. Nothing is computed; a number that is not known is negative.
#pragma once

#include <heed/dsl/loop/execute.hpp>
#include <heed/dsl/print/facts.hpp>
#include <heed/dsl/print/nest.hpp>
#include <heed/dsl/print/tree.hpp>

namespace heed::dsl::print {

// A sum with a part that is not known is not known.
inline void add_known(double& total, double x) { total = total < 0 || x < 0 ? -1 : total + x; }

template <class Out> double bytes_of(const Out& out) {
    read_set r;
    r.add(out);
    return r.bytes;
}

// T is what the loop computes in.
template <class T> class nest_reader {
public:
    nest_reader(registry& arrays, instruction_set set) : arrays_(arrays), set_(set) {}

    template <class Task> nest_facts facts_of(const Task& t) const {
        using nest_t = typename Task::nest_t;
        nest_facts f;
        f.batch = {spelled_names<typename nest_t::batch>::at, t.sizes, Task::batch_n};
        f.rows = {spelled_names<typename nest_t::rows>::at, t.sizes + Task::batch_n, Task::rows_n};
        f.columns = {spelled_names<typename nest_t::columns>::at, t.column_sizes, Task::columns_n};
        if constexpr (!std::is_same_v<typename nest_t::key_t, no_axis>)
            f.key = axis_text<typename nest_t::key_t>();
        f.keys = t.keys();
        f.passes = Task::passes;
        f.set = to_string(set_);
        f.streams.resize(Task::streams_n);
        int i = 0;
        hana::unpack(t.nest.streams, [&](const auto&... s) {
            ((f.streams[static_cast<std::size_t>(i++)].what =
                  kind_words<typename std::remove_cvref_t<decltype(s)>::kind_t>::what),
             ...);
        });
        const tile_words tile_names = words_of(f);
        const writer in_loop{arrays_, true, Task::slots_n, tile_names.product.c_str(), Task::streams_n};
        read_set reads;
        double per_score = 0;
        f.writes = 0;
        i = 0;
        hana::unpack(t.nest.streams, [&](const auto&... s) {
            (describe_stream<nest_t>(f.streams[static_cast<std::size_t>(i++)], s, in_loop, reads, per_score),
             ...);
        });
        hana::unpack(t.nest.results, [&](const auto&... r) {
            (describe_result<nest_t>(f, r, in_loop, reads, per_score), ...);
        });
        hana::unpack(t.nest.slots,
                     [&](const auto&... s) { (f.tiles.push_back(tile(s, in_loop, reads, per_score)), ...); });
        for (const stream_facts& s : f.streams)
            if (s.values) add_known(per_score, 2 * static_cast<double>(count_of(f.columns)));
        f.per_score = per_score;
        f.reads = reads.bytes;
        hana::unpack(t.outs, [&](const auto&... out) { (add_known(f.writes, bytes_of(out)), ...); });
        sizes(f, t);
        return f;
    }

private:
    registry& arrays_;
    instruction_set set_;

    template <class Nest, class Stream>
    void describe_stream(stream_facts& f, const Stream& s, const writer& in_loop, read_set& reads,
                         double& per_score) const {
        f.reduction = kind_words<typename Stream::kind_t>::text;
        describe_kind<typename Stream::kind_t>(f, in_loop, in_loop(s.chain));
        f.pass = pass_among<typename Nest::streams_t>(parts_of_stream<Stream>{});
        f.values = Stream::has_value;
        f.chain = in_loop(s.chain);
        f.chained = children<typename Stream::chain_t> > 0;
        if constexpr (Stream::masked) f.condition = in_loop(s.condition);
        if constexpr (Stream::has_sink) f.sink = in_loop(s.sink);
        if constexpr (Stream::has_gain) f.gain = in_loop(s.gain);
        if constexpr (Stream::has_value) f.value = in_loop(s.value);
        reads.add(s.chain);
        reads.add(s.condition);
        reads.add(s.sink);
        reads.add(s.gain);
        reads.add(s.value);
        add_known(per_score, inner_flops(s.chain));
        add_known(per_score, inner_flops(s.condition));
    }
    template <class Kind>
    void describe_kind([[maybe_unused]] stream_facts& f, [[maybe_unused]] const writer& in_loop,
                       [[maybe_unused]] const std::string& chain) const {
        if constexpr (kind_words<Kind>::what == carries::normaliser) {
            f.topped = uses_top<Kind>;
            f.totalled = has_total<Kind>;
            const writer in_kind{arrays_, true, 1, "", 1, "x"};
            f.weight = in_kind(weight_of<Kind>());
            if constexpr (has_total<Kind>)
                f.factor = writer{arrays_, true, 1, "", 1, "total"}(finish_of<Kind>());
        }
    }
    template <class Nest, class R>
    void describe_result(nest_facts& f, const R& r, const writer& in_loop, read_set& reads,
                         double& per_score) const {
        result_facts to{in_loop(r), pass_of<typename Nest::streams_t, R>(),
                        has<typename Nest::key_t, shape_of<R>> || f.streams.empty(), false};
        if constexpr (requires { typename R::tag_t; }) {
            to.plain = !to.along_key;
            if constexpr (same_type<typename R::tag_t, logsumexp_tag>)
                f.streams[static_cast<std::size_t>(R::index)].logsumexp = true;
        } else
            note_logsumexps(f, r);
        reads.add(r);
        add_known(per_score, inner_flops(r));
        f.results.push_back(to);
    }
    template <class E> static void note_logsumexps(nest_facts& f, const E& e) {
        if constexpr (requires { typename E::tag_t; }) {
            if constexpr (same_type<typename E::tag_t, logsumexp_tag>)
                f.streams[static_cast<std::size_t>(E::index)].logsumexp = true;
        } else if constexpr (children<E> > 0)
            hana::unpack(e.kids, [&](const auto&... c) { (note_logsumexps(f, c), ...); });
    }
    template <class Slot>
    tile_facts tile(const Slot& s, const writer& in_loop, read_set& reads, double& per_score) const {
        extent sizes[static_cast<std::size_t>(Slot::over_t::size)];
        [&]<class... Name>(names<Name...>) {
            int i = 0;
            ((sizes[i++] = slot_extent<Name>(s)), ...);
        }(typename Slot::over_t{});
        const axis_list over{spelled_names<typename Slot::over_t>::at, sizes, Slot::over_t::size};
        tile_facts to;
        to.over = axis_words(over, " x ");
        to.factor = s.factor;
        to.depth = count_of(over);
        add_known(per_score, operations_of(s) * static_cast<double>(count_of(over)));
        if constexpr (is_reduction_slot<Slot>) {
            to.queries = sides_text(s.rows, in_loop);
            to.keys = sides_text(s.keys, in_loop);
            const auto body = substitute<key_side_tag>(substitute<row_side_tag>(s.body, s.rows), s.keys);
            to.body = std::string(Slot::operation::text) + " over " + to.over + " of " + in_loop(body);
            reads.add(body);
        } else {
            to.queries = in_loop(s.query);
            to.keys = in_loop(s.key);
            to.in_place = has_plain_keys(s);
            to.lies = is_array_of<std::remove_cvref_t<decltype(s.key)>, T> &&
                      over_count<std::remove_cvref_t<decltype(s)>> == 1;
            reads.add(s.query);
            reads.add(s.key);
        }
        return to;
    }
    template <class... E>
    static std::string sides_text(const hana::basic_tuple<E...>& sides, const writer& in_loop) {
        std::string s;
        hana::unpack(sides, [&](const auto&... e) { ((s += (s.empty() ? "" : "; ") + in_loop(e)), ...); });
        return s.empty() ? "none" : s;
    }
    // Of every pair, for each element that is summed.
    template <class Over, class Q, class K> static double operations_of(const slot<Over, Q, K>&) { return 2; }
    template <class Op, class Over, class B, class R, class K>
    static double operations_of(const reduction_slot<Op, Over, B, R, K>&) {
        return 1 + maps_in<B>();
    }
    template <class E> static constexpr int maps_in() {
        if constexpr (what<E> == is::map)
            return []<int... I>(std::integer_sequence<int, I...>) {
                return (1 + ... + maps_in<child_t<I, E>>());
            }(std::make_integer_sequence<int, children<E>>{});
        else
            return 0;
    }
    // Whether the loop may read the keys where they are: their rows are vectors already.
    template <class Slot> bool has_plain_keys(const Slot& s) const {
        using key_t = decltype(s.key);
        if constexpr (is_row_array<key_t, T> && Slot::over_t::size == 1) {
            constexpr int place = place_of<at<typename Slot::over_t, 0>, shape_of<key_t>>;
            // A temporary is row-major.
            return arrays_.has(s.key.pointer) ? place == key_t::rank - 1 : s.key.stride_at(place) == 1;
        } else
            return false;
    }
    template <class Task> void sizes(nest_facts& f, const Task& t) const {
        const extent rows = count_of(f.rows), batches = count_of(f.batch);
        const bool known = rows >= 0 && batches >= 0 && f.keys >= 0;
        const tiling s = tiling_for(set_, t, known && f.per_score >= 0);
        f.lanes = s.lanes;
        f.block = s.block;
        f.panel = s.panel;
        f.tile_keys = s.tile_keys;
        f.across = s.across;
        f.tile_rows = rows < 0 ? Task::most_rows : t.tile_rows;
        for (int i = 0; tile_facts & tile : f.tiles) {
            tile.in_place = rows >= 0 && (s.across ? tile.lies && f.keys >= keys_across
                                                   : tile.in_place && t.reads_in_place(i, s.lanes));
            ++i;
        }
        if (!known) return;
        f.row_tiles = t.row_tiles;
        f.items = t.items;
        f.key_parts = t.key_parts;
        f.joined = t.joins() > 0;
        f.workspace = s.bytes;
        f.scores = static_cast<double>(batches) * static_cast<double>(rows) * static_cast<double>(f.keys);
        int i = 0;
        hana::unpack(t.nest.streams, [&](const auto&... stream) {
            (count(f.streams[static_cast<std::size_t>(i++)], t, stream, s), ...);
        });
    }
    template <class Task, class Stream>
    void count(stream_facts& f, const Task& t, const Stream& stream, const tiling& s) const {
        if constexpr (Stream::masked)
            if (Task::passes == 1 && t.items > 0 && !s.across && is_there(stream.condition, arrays_)) {
                f.counts = count_tiles(t, stream.condition, s);
                f.counted = true;
            }
    }
};

} // namespace heed::dsl::print
