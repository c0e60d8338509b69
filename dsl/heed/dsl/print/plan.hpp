// SPDX-License-Identifier: BSL-1.0
// The plan of a formula in words: each loop with its tiles, what is inlined in it and what is streamed, bytes and flops;
// what is stored between loops, and why. The same steps as loop/execute.hpp, with text in place of loops that run.
#pragma once

#include <heed/dsl/expr/check.hpp>
#include <heed/dsl/fuse/plan.hpp>
#include <heed/dsl/loop/execute.hpp>
#include <heed/dsl/print/facts.hpp>
#include <heed/dsl/print/scan.hpp>
#include <heed/dsl/print/tree.hpp>

namespace heed::dsl::print {

// Corners of symbols stay open: their extents are not known.
template <bool Open, class E> auto rewrite(const E& e) {
    if constexpr (Open)
        return place_weights(reassociate(fold_scales(push_views(e))));
    else
        return rewritten(e);
}

// Goes through the loops in the order they run. Root is rewritten; Open says that it has symbols.
template <class Root, bool Open> class planner {
public:
    planner(const Root& root, instruction_set set, registry& arrays)
        : root_(root), set_(set), arrays_(arrays) {}

    // User has the axes in the order of the result.
    template <class User> void all() {
        const hana::basic_tuple<> none{};
        from<User>(none, none, std::integral_constant<int, 0>{});
    }
    std::string text() const {
        std::string s = count_text(loops_, "loop") + ", " +
                        (temporaries_ == 1   ? "1 temporary"
                         : temporaries_ == 0 ? std::string("no temporaries")
                                             : count_text(temporaries_, "temporarie"));
        if (stored_ > 0) s += " of " + quantity_text(stored_, "B");
        s += "\n";
        if (flops_ >= 0 && reads_ >= 0 && writes_ >= 0) {
            s += quantity_text(flops_, "FLOP") + (sums_ ? " in products and sums" : " in products");
            if (computed_ >= 0 && computed_ < flops_)
                s += ", " + quantity_text(computed_, "FLOP") + " where a mask allows";
            s += "; reads " + quantity_text(reads_, "B") + ", writes " + quantity_text(writes_, "B") +
                 "; workspace " + quantity_text(workspace_, "B") + " per worker\n";
        } else
            s += "bytes and flops depend on extents that tensors bring\n";
        return s + nests_;
    }

private:
    using T = real_of<Root>;
    using program_t = decltype(program_of(std::declval<const Root&>()));
    static constexpr int stages_n = program_t::stages_n;
    static constexpr bool headings = what<Root> == is::outputs || stages_n > 0;
    const Root& root_;
    instruction_set set_;
    registry& arrays_;
    program_t program_ = program_of(root_);
    int loops_ = 0, temporaries_ = 0;
    bool sums_ = false; // some tiles are no products
    double flops_ = 0, computed_ = 0, reads_ = 0, writes_ = 0, workspace_ = 0, stored_ = 0;
    const void* stored_at_[static_cast<std::size_t>(stages_n + 1)] = {};
    std::string nests_;

    static void sum(double& total, double x) { total = total < 0 || x < 0 ? -1 : total + x; }

    // An array that is not there, with the extents that e has.
    template <class Shape, class E> auto unwritten(const E& e) const {
        return [&]<class... Axes>(axes<Axes...>) {
            view<stored<E::element, T>, Axes...> v;
            v.extents = {shown_extent<name_of<Axes>>(e, root_)...};
            return v;
        }(Shape{});
    }
    template <class Tree, class Arrays> auto stage_tree(const Tree& tree, const Arrays& arrays) const {
        if constexpr (decltype(hana::length(arrays))::value == 0)
            return tree;
        else
            return rewrite<Open>(substitute<staged_tag>(tree, arrays));
    }

    // As in loop/execute.hpp: stage I and those after it, then the roots. A stage that computes what an earlier one
    // does reads as that one.
    template <class User, class Trees, class Arrays, int I>
    void from(const Trees& trees, const Arrays& arrays, std::integral_constant<int, I>) {
        if constexpr (I < stages_n) {
            const auto tree = stage_tree(hana::at_c<I>(program_.stages), arrays);
            auto array = stage_array<T>(tree, root_);
            const int same = first_same(tree, trees);
            if (same == I) store_stage<I>(tree, array);
            array.pointer = reinterpret_cast<decltype(array.pointer)>(const_cast<void*>(stored_at_[same]));
            from<User>(appended(trees, tree), appended(arrays, as_node(array)),
                       std::integral_constant<int, I + 1>{});
        } else
            hana::unpack(program_.roots,
                         [&](const auto&... steps) { (root_step<User>(steps, arrays), ...); });
    }
    template <int I, class Tree, class Array> void store_stage(const Tree& tree, const Array& array) {
        using stage_t = std::remove_cvref_t<decltype(hana::at_c<I>(program_.stages))>;
        const std::string name = "t" + std::to_string(++temporaries_);
        heading(name, tree);
        const double n = bytes_of(array);
        sum(stored_, n);
        nests_ += "    stored as (" + axes_text<shape_of<Tree>>() + ")" +
                  (n < 0 ? "" : ", " + quantity_text(n, "B")) + ": " + reason<stage_t>() + "\n";
        launch(tree, array);
        stored_at_[I] = arrays_.add(name);
    }
    template <class User, class Step, class Arrays> void root_step(const Step& step, const Arrays& arrays) {
        const auto tree = stage_tree(step.tree, arrays);
        [&]<int... I>(group<I...>) {
            if constexpr (what<Root> == is::outputs) {
                constexpr int first[] = {I...};
                heading("result " + std::to_string(first[0] + 1), hana::at_c<0>(results_of(tree)));
                std::string also;
                ((also += I == first[0] ? "" : (also.empty() ? "" : ", ") + std::to_string(I + 1)), ...);
                if (!also.empty())
                    nests_ += "    with " + std::string(sizeof...(I) > 2 ? "results " : "result ") + also +
                              ", of the same loop\n";
                launch(tree, unwritten<shape_of<child_t<I, User>>>(child<I>(root_))...);
            } else {
                heading("result", tree);
                launch(tree, unwritten<shape_of<User>>(root_));
            }
        }(typename Step::group_t{});
    }
    template <class E> void heading(const std::string& name, const E& e) {
        if (headings)
            nests_ +=
                "loop " + std::to_string(loops_ + 1) + ": " + name + " = " + writer{arrays_, true}(e) + "\n";
    }
    template <class Out> static double bytes_of(const Out& out) {
        read_set r;
        r.add(out);
        return r.bytes;
    }

    template <class E, class... Out> void launch(const E& tree, const Out&... out) {
        const auto shared = make_nest(tree);
        if (shared.agrees)
            describe_nest(shared, out...);
        else
            describe_nest(make_nest<false>(tree), out...);
    }
    template <class Nest, class... Out>
        requires is_scan_nest<Nest>
    void describe_nest(const Nest& n, const Out&... out) {
        const auto results = scan_results<Nest>(out...);
        const scan_task<Nest, T, decltype(results.each), decltype(results.last)> t(n, results.each,
                                                                                   results.last, root_);
        const scan_facts f = scan_facts_of(t, arrays_, set_);
        ++loops_;
        sum(flops_, f.flops);
        sum(computed_, f.flops);
        sum(reads_, f.reads);
        sum(writes_, f.writes);
        if (static_cast<double>(f.workspace) > workspace_) workspace_ = static_cast<double>(f.workspace);
        nests_ += scan_text(f, 1);
    }
    // Loops in loops: what they take is not counted.
    template <class Scan, class Out> void describe_nest(const steps_nest<Scan>& n, const Out&) {
        ++loops_;
        flops_ = computed_ = -1;
        nests_ += "    for " + axis_text<typename Scan::name_t>() +
                  ", step by step, each a formula of its own with the state before it as an array:\n        "
                  "state = " +
                  writer{arrays_, true}(child<1>(n.scan)) + "\n";
    }
    template <class A, class B, class First, class Second>
    void describe_nest(const apart_nest<A, B>& n, const First& first, const Second& second) {
        describe_nest(n.first, first);
        describe_nest(n.second, second);
    }
    template <class Nest, class... Out> void describe_nest(const Nest& n, const Out&... out) {
        const task<Nest, T, Out...> t(n, hana::basic_tuple<Out...>(out...), root_);
        const nest_facts f = facts_of(t);
        ++loops_;
        for (const tile_facts& x : f.tiles) sums_ = sums_ || !x.body.empty();
        const double flops = f.scores < 0 || f.per_score < 0 ? -1 : f.scores * f.per_score;
        sum(flops_, flops);
        const bool counted = f.passes == 1 && f.streams.size() == 1 && f.streams[0].counted;
        sum(computed_, counted && flops >= 0 ? f.streams[0].counts.scores * f.per_score : flops);
        sum(reads_, f.reads);
        sum(writes_, f.writes);
        if (static_cast<double>(f.workspace) > workspace_) workspace_ = static_cast<double>(f.workspace);
        nests_ += nest_text(f, 1).text;
    }
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
            if (s.values) sum(per_score, 2 * static_cast<double>(count_of(f.columns)));
        f.per_score = per_score;
        f.reads = reads.bytes;
        hana::unpack(t.outs, [&](const auto&... out) { (sum(f.writes, bytes_of(out)), ...); });
        sizes(f, t);
        return f;
    }
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
        sum(per_score, inner_flops(s.chain));
        sum(per_score, inner_flops(s.condition));
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
        sum(per_score, inner_flops(r));
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
        sum(per_score, operations_of(s) * static_cast<double>(count_of(over)));
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
        if constexpr (is_array_of<key_t, T> && Slot::over_t::size == 1) {
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
        f.tile_rows = rows < 0 ? Task::most_rows : t.tile_rows;
        for (tile_facts& tile : f.tiles)
            tile.in_place &= rows >= 0 && t.inner_rows() <= s.few_rows && tile.depth % s.lanes == 0;
        if (!known) return;
        f.row_tiles = t.row_tiles;
        f.items = t.items;
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
            if (Task::passes == 1 && t.items > 0 && is_there(stream.condition, arrays_)) {
                f.counts = count_tiles(t, stream.condition, s);
                f.counted = true;
            }
    }
};

// The formula, and the plan of it for one instruction set.
template <class E> std::string plan_text(const E& user, instruction_set set) {
    registry arrays;
    constexpr bool open = has_symbols<E>;
    if constexpr (!open) check(user);
    const auto root = rewrite<open>(stand_in(user, arrays));
    planner<std::remove_cvref_t<decltype(root)>, open> p(root, set, arrays);
    p.template all<E>();
    return writer{arrays}(user) + "\n" + p.text();
}

} // namespace heed::dsl::print
