// SPDX-License-Identifier: BSL-1.0
// What mods.py needs to compute the formulas of a table: numbers for the tensors, and both printed for it to read.
#pragma once

#include "table.hpp"

#include <cstdio>
#include <type_traits>

namespace mods {

inline void print_all(const char* what, const char* name, const auto& x) {
    extent size = 1;
    std::printf("%s %s", what, name);
    for (const extent e : x.extents()) {
        std::printf(" %ld", static_cast<long>(e));
        size *= e;
    }
    std::printf("\n");
    for (extent a = 0; a < size; ++a) std::printf("%.9g ", static_cast<double>(x.data()[a]));
    std::printf("\n");
}

// Numbers between low and high; integers are rounded down, booleans are as often true as not.
inline void fill(const char* name, auto& x, float low, float high) {
    static unsigned state = 1;
    extent size = 1;
    for (const extent e : x.extents()) size *= e;
    for (extent a = 0; a < size; ++a) {
        using element = std::remove_cvref_t<decltype(x.data()[a])>;
        state = state * 1664525u + 1013904223u;
        const float part = static_cast<float>(state >> 8) / static_cast<float>(1 << 24);
        const float number = low + part * (high - low);
        if constexpr (std::is_same_v<element, bool>)
            x.data()[a] = part < 0.5f;
        else
            x.data()[a] = static_cast<element>(std::is_same_v<element, int> ? std::floor(number) : number);
    }
    print_all("tensor", name, x);
}

inline void fill_all() {
    fill("bias", bias, -1, 1);
    fill("t", t, 0.5f, 2);
    fill("slope", slope, 0, 0.2f);
    fill("table", table, -2, 2);
    fill("q_rope", q_rope, -2, 2);
    fill("k_rope", k_rope, -2, 2);
    fill("length", length, 20, 180);
    fill("document", document, 0, 4);
    fill("span", span, -2, 3);
    fill("seq", seq, 0, 3);
    fill("offsets", offsets, 0, 150);
    fill("first", first, 0, 100);
    fill("last", last, 90, 192);
    fill("mask", mask, 0, 1);
    fill("blocks", blocks, 0, 1);
}

} // namespace mods
