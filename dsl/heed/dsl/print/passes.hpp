// SPDX-License-Identifier: BSL-1.0
// A formula after each pass, as a formula: as written, rewritten rule by rule, and split into what is stored first and
// the loop that remains, with the role of every axis in it.
#pragma once

#include <heed/dsl/print/plan.hpp>

namespace heed::dsl::print {

class pass_text {
public:
    std::string text;
    registry arrays;

    template <class E> void step(const char* pass, const E& e) {
        const std::string now = writer{arrays}(e);
        text += std::string(pass) + (now == last_ ? ": as before\n" : ":\n    " + now + "\n");
        last_ = now;
    }
    template <class E> void weights_and_split(const E& scaled) {
        const auto ordered = reassociate(scaled);
        step("products in their order", ordered);
        const auto placed = place_weights(ordered);
        step("weights in their places", placed);
        text += "split:\n";
        split_of(placed);
    }
    // What is moved out of a rewritten formula, and what remains.
    template <class E> void split_of(const E& e) {
        const auto program = program_of(e);
        int i = 0;
        hana::unpack(program.stages, [&](const auto&... s) { (loop_of("t" + std::to_string(++i), s), ...); });
        i = 0;
        hana::unpack(program.roots, [&](const auto&... s) {
            (loop_of(what<E> == is::outputs ? "result " + std::to_string(++i) : std::string("result"),
                     s.tree),
             ...);
        });
    }

private:
    template <class E> void loop_of(const std::string& name, const E& e) {
        text += "    " + name + " = " + writer{arrays}(e) + "\n";
        if constexpr (what<E> != is::view) roles<decltype(make_nest(e))>();
    }
    // What each axis is for the loop.
    template <class Nest>
        requires is_scan_nest<Nest>
    void roles() {
        std::string s;
        role<typename Nest::outer>(s, "outer");
        role<typename Nest::rows>(s, "rows");
        role<names<typename Nest::key_t>>(s, "key");
        role<typename Nest::inner>(s, "inner");
        if constexpr (!std::is_same_v<typename Nest::lane_t, no_lane>)
            role<names<typename Nest::lane_t>>(s, "lane");
        text += "        " + s + "\n";
    }
    template <class Nest>
        requires(is_steps_nest<Nest> || is_apart_nest<Nest>)
    void roles() {}
    template <class Nest> void roles() {
        std::string s;
        role<typename Nest::batch>(s, "batch");
        role<typename Nest::rows>(s, "rows");
        if constexpr (!std::is_same_v<typename Nest::key_t, no_axis>)
            role<names<typename Nest::key_t>>(s, "key");
        role<typename Nest::columns>(s, "columns");
        text += s.empty() ? "" : "        " + s + "\n";
    }
    template <class List> static void role(std::string& s, const char* name) {
        if (List::size > 0) s += (s.empty() ? "" : "; ") + std::string(name) + " " + axes_text<List>();
    }

    std::string last_;
};

template <class E> std::string passes_text(const E& user) {
    pass_text p;
    const auto e = stand_in(user, p.arrays);
    p.step("formula", user);
    const auto seen = push_views(e);
    p.step("views at the leaves", seen);
    if constexpr (has_symbols<E>) {
        const auto scaled = fold_scales(seen);
        p.step("scalar factors folded", scaled);
        p.weights_and_split(scaled);
    } else {
        check(user);
        const auto fixed = fix_corners(seen, seen, seen);
        p.step("corners as numbers", fixed);
        const auto scaled = fold_scales(fixed);
        p.step("scalar factors folded", scaled);
        p.weights_and_split(scaled);
    }
    return p.text;
}

} // namespace heed::dsl::print
