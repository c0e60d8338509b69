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
    // What split() makes of a rewritten root, and of what it moves out of it.
    template <class E> void split_of(const E& e, const std::string& name) {
        if constexpr (what<E> == is::outputs)
            hana::unpack(e.kids, [&](const auto&... c) {
                int i = 0;
                (split_of(c, name + " " + std::to_string(++i)), ...);
            });
        else {
            const auto parts = split(e);
            const int first = stages_;
            stages_ += decltype(parts)::size;
            hana::unpack(parts.out, [&](const auto&... s) {
                int i = first;
                (split_of(s, "t" + std::to_string(++i)), ...);
            });
            text += "    " + name + " = " + writer{arrays, false, first}(parts.tree) + "\n";
            if constexpr (what<std::remove_cvref_t<decltype(parts.tree)>> != is::view)
                roles<decltype(make_nest(parts.tree))>();
        }
    }

private:
    // What each axis is for the loop.
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
    int stages_ = 0;
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
        p.text += "split:\n";
        p.split_of(scaled, "result");
    } else {
        check(user);
        const auto fixed = fix_corners(seen, seen, seen);
        p.step("corners as numbers", fixed);
        const auto scaled = fold_scales(fixed);
        p.step("scalar factors folded", scaled);
        p.text += "split:\n";
        p.split_of(scaled, "result");
    }
    return p.text;
}

} // namespace heed::dsl::print
