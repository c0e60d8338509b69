// SPDX-License-Identifier: BSL-1.0
// The plan of a formula in words: each loop with its tiles, what is inlined in it and what is streamed, bytes and flops;
// what is stored between loops, and why. The same steps as loop/execute.hpp, with text in place of loops that run.
#pragma once

#include <heed/dsl/expr/check.hpp>
#include <heed/dsl/fuse/plan.hpp>
#include <heed/dsl/loop/execute.hpp>
#include <heed/dsl/print/facts.hpp>
#include <heed/dsl/print/tree.hpp>

namespace heed::dsl::print {

// Corners of symbols stay open: their extents are not known.
template <bool Open, class E> auto rewrite(const E& e) {
    if constexpr (Open)
        return fold_scales(push_views(e));
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
        if constexpr (what<Root> == is::outputs)
            each<User>(std::make_integer_sequence<int, children<Root>>{});
        else
            run(root_, unwritten<shape_of<User>>(root_), "result", "");
    }
    std::string text() const {
        std::string s = count_text(loops_, "loop") + ", " +
                        (temporaries_ == 1   ? "1 temporary"
                         : temporaries_ == 0 ? std::string("no temporaries")
                                             : count_text(temporaries_, "temporarie"));
        if (stored_ > 0) s += " of " + quantity_text(stored_, "B");
        s += "\n";
        if (flops_ >= 0 && reads_ >= 0 && writes_ >= 0) {
            s += quantity_text(flops_, "FLOP") + " in products";
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
    static constexpr bool headings =
        what<Root> == is::outputs || length_of<typename loops_of<Root>::type> > 1;
    const Root& root_;
    instruction_set set_;
    registry& arrays_;
    int loops_ = 0, temporaries_ = 0;
    double flops_ = 0, computed_ = 0, reads_ = 0, writes_ = 0, workspace_ = 0, stored_ = 0;
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
    template <class Shape> struct opened;
    template <class... Axes> struct opened<axes<Axes...>> {
        using type = axes<typename axis_parts<Axes>::dynamic_t...>;
    };

    // As in loop/execute.hpp.
    template <class E, class F> void with_stages(const E& e, const F& f) {
        auto parts = split(e);
        if constexpr (decltype(parts)::size == 0)
            f(parts.tree);
        else {
            const auto stages = hana::unpack(parts.out, [&](const auto&... s) {
                return hana::basic_tuple<decltype(stage<E>(s))...>{stage<E>(s)...};
            });
            f(rewrite<Open>(substitute<staged_tag>(parts.tree, stages)));
        }
    }
    template <class Parent, class E> auto stage(const E& e) {
        auto result = unwritten<typename opened<shape_of<E>>::type>(e);
        run(e, result, "", reason<Parent, E>());
        result.pointer = static_cast<decltype(result.pointer)>(
            const_cast<void*>(arrays_.add("t" + std::to_string(temporaries_))));
        return as_node(result);
    }
    // A result has a name, a temporary a reason.
    template <class E, class Out>
    void run(const E& e, const Out& out, const std::string& name, const std::string& why) {
        with_stages(e, [&](const auto& tree) {
            if (why.empty())
                heading(name, tree);
            else
                temporary(tree, out, why);
            if constexpr (is_logsumexp<E>)
                launch(make_nest(tree), no_result{}, out);
            else
                launch(make_nest(tree), out, no_result{});
        });
    }
    template <class E, class Out, class L>
    void run_both(const E& e, const Out& out, const L& l, const std::string& name, const std::string& other) {
        with_stages(e, [&](const auto& tree) {
            heading(name, tree);
            nests_ += "    " + other + " = the logsumexp of the same scores, along the way\n";
            launch(make_nest<true>(tree), out, l);
        });
    }
    template <class User, int... I> void each(std::integer_sequence<int, I...>) { (one<I, User>(), ...); }
    template <int I, class User> void one() {
        constexpr int partner = partner_of<I, Root>;
        const auto& e = child<I>(root_);
        const auto out = unwritten<shape_of<child_t<I, User>>>(e);
        const std::string name = "result " + std::to_string(I + 1);
        if constexpr (partner < 0)
            run(e, out, name, "");
        else {
            const auto& other = child<partner>(root_);
            const bool same = same_scores(e, other);
            if constexpr (has_values<child_t<I, Root>>) {
                if (same)
                    run_both(e, out, unwritten<shape_of<child_t<partner, User>>>(other), name,
                             "result " + std::to_string(partner + 1));
                else
                    run(e, out, name, "");
            } else if (!same)
                run(e, out, name, "");
        }
    }

    template <class E> void heading(const std::string& name, const E& e) {
        if (headings)
            nests_ +=
                "loop " + std::to_string(loops_ + 1) + ": " + name + " = " + writer{arrays_, true}(e) + "\n";
    }
    template <class E, class Out> void temporary(const E& e, const Out& out, const std::string& why) {
        heading("t" + std::to_string(++temporaries_), e);
        const double n = bytes_of(out);
        sum(stored_, n);
        nests_ += "    stored as (" + axes_text<shape_of<E>>() + ")" +
                  (n < 0 ? "" : ", " + quantity_text(n, "B")) + ": " + why + "\n";
    }
    template <class Out> static double bytes_of(const Out& out) {
        read_set r;
        r.add(out);
        return r.bytes;
    }

    template <class Nest, class Out, class L> void launch(const Nest& n, const Out& out, const L& l) {
        const task<Nest, T, Out, L> t(n, out, l, root_);
        tile_facts tiles[task<Nest, T, Out, L>::slots_n + 1];
        nest_facts f = facts_of(t, tiles);
        ++loops_;
        const double flops = f.scores < 0 || f.per_score < 0 ? -1 : f.scores * f.per_score;
        sum(flops_, flops);
        sum(computed_, f.counted && flops >= 0 ? f.counts.scores * f.per_score : flops);
        sum(reads_, f.reads);
        sum(writes_, f.writes);
        if (static_cast<double>(f.workspace) > workspace_) workspace_ = static_cast<double>(f.workspace);
        nests_ += nest_text(f, 1).text;
    }
    template <class Task> nest_facts facts_of(const Task& t, tile_facts* tiles) const {
        using nest_t = typename Task::nest_t;
        using words = job_words<typename nest_t::job_t>;
        nest_facts f;
        f.batch = {spelled_names<typename nest_t::batch>::at, t.sizes, Task::batch_n};
        f.rows = {spelled_names<typename nest_t::rows>::at, t.sizes + Task::batch_n, Task::rows_n};
        f.columns = {spelled_names<typename nest_t::columns>::at, t.column_sizes, Task::columns_n};
        if constexpr (!std::is_same_v<typename nest_t::key_t, no_axis>)
            f.key = axis_text<typename nest_t::key_t>();
        f.keys = t.keys();
        f.does = words::does;
        f.values = words::values;
        f.logsumexp = words::logsumexp;
        f.reduction = words::text;
        f.set = to_string(set_);
        const tile_words tile_names = words_of(words::does);
        const writer in_loop{arrays_, true, 0, Task::slots_n, tile_names.product.c_str()};
        f.chain = in_loop(t.nest.chain);
        f.chained = children<typename nest_t::chain_t> > 0;
        if constexpr (nest_t::masked) f.condition = in_loop(t.nest.condition);
        if constexpr (nest_t::has_sink) f.sink = in_loop(t.nest.sink);
        if constexpr (words::values) f.value = in_loop(t.nest.value);

        read_set reads;
        reads.add(t.nest.chain);
        reads.add(t.nest.condition);
        reads.add(t.nest.sink);
        reads.add(t.nest.value);
        double per_score = inner_flops(t.nest.chain);
        sum(per_score, inner_flops(t.nest.condition));
        tile_facts* const all_tiles = tiles;
        f.tiles = tiles;
        f.tiles_n = Task::slots_n;
        hana::unpack(t.nest.slots,
                     [&](const auto&... s) { (tile(s, tiles++, in_loop, reads, per_score), ...); });
        if constexpr (words::values) {
            const double columns = static_cast<double>(count_of(f.columns));
            sum(per_score, 2 * columns);
        }
        f.per_score = per_score;
        f.reads = reads.bytes;
        f.writes = 0;
        if constexpr (!std::is_same_v<typename Task::out_t, no_result>) sum(f.writes, bytes_of(t.out));
        if constexpr (!std::is_same_v<typename Task::logsumexp_t, no_result>)
            sum(f.writes, bytes_of(t.logsumexp));
        sizes(f, all_tiles, t);
        return f;
    }
    template <class Slot>
    void tile(const Slot& s, tile_facts* to, const writer& in_loop, read_set& reads,
              double& per_score) const {
        extent sizes[static_cast<std::size_t>(Slot::over_t::size)];
        [&]<class... Name>(names<Name...>) {
            int i = 0;
            ((sizes[i++] = extent_among<Name>(s.query, s.key)), ...);
        }(typename Slot::over_t{});
        const axis_list over{spelled_names<typename Slot::over_t>::at, sizes, Slot::over_t::size};
        *to = {in_loop(s.query), in_loop(s.key), axis_words(over, " x "),
               s.factor,         count_of(over), has_plain_keys(s)};
        reads.add(s.query);
        reads.add(s.key);
        sum(per_score, 2 * static_cast<double>(count_of(over)));
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
    template <class Task> void sizes(nest_facts& f, tile_facts* tiles, const Task& t) const {
        const extent rows = count_of(f.rows), batches = count_of(f.batch);
        const bool known = rows >= 0 && batches >= 0 && f.keys >= 0;
        const tiling s = tiling_for(set_, t, known && f.per_score >= 0);
        f.lanes = s.lanes;
        f.block = s.block;
        f.panel = s.panel;
        f.tile_keys = s.tile_keys;
        f.tile_rows = rows < 0 ? Task::most_rows : t.tile_rows;
        for (int i = 0; i < f.tiles_n; ++i)
            tiles[i].in_place &= rows >= 0 && t.inner_rows() <= s.few_rows && tiles[i].depth % s.lanes == 0;
        if (!known) return;
        f.row_tiles = t.row_tiles;
        f.items = t.items;
        f.workspace = s.bytes;
        f.scores = static_cast<double>(batches) * static_cast<double>(rows) * static_cast<double>(f.keys);
        if constexpr (Task::nest_t::masked)
            if (t.items > 0 && is_there(t.nest.condition, arrays_)) {
                f.counts = count_tiles(t, s);
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
