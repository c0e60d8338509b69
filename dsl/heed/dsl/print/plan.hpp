// SPDX-License-Identifier: BSL-1.0
// The plan of a formula in words: each loop with its tiles, what is inlined in it and what is streamed, bytes and flops;
// what is stored between loops, and why. The same steps as loop/execute.hpp, with text in place of loops that run.
#pragma once

#include <heed/dsl/expr/check.hpp>
#include <heed/dsl/fuse/plan.hpp>
#include <heed/dsl/loop/execute.hpp>
#include <heed/dsl/print/nest_reader.hpp>
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
        add_known(stored_, n);
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
        add_known(flops_, f.flops);
        add_known(computed_, f.flops);
        add_known(reads_, f.reads);
        add_known(writes_, f.writes);
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
        const nest_facts f = nest_reader<T>{arrays_, set_}.facts_of(t);
        ++loops_;
        for (const tile_facts& x : f.tiles) sums_ = sums_ || !x.body.empty();
        const double flops = f.scores < 0 || f.per_score < 0 ? -1 : f.scores * f.per_score;
        add_known(flops_, flops);
        const bool counted = f.passes == 1 && f.streams.size() == 1 && f.streams[0].counted;
        add_known(computed_, counted && flops >= 0 ? f.streams[0].counts.scores * f.per_score : flops);
        add_known(reads_, f.reads);
        add_known(writes_, f.writes);
        if (static_cast<double>(f.workspace) > workspace_) workspace_ = static_cast<double>(f.workspace);
        nests_ += nest_text(f, 1).text;
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
