// SPDX-License-Identifier: BSL-1.0
// Explanations to compare with. Numbers that belong to the loop, not to the text, are written by name: {set} {lanes}
// {block} {panel} {keys} {rows}; what they lead to, {workspace} and the flops that a mask saves, is checked elsewhere.
#pragma once

#include <boost/test/unit_test.hpp>

#include "expr/axes_of_formulas.hpp"

namespace heed_tests {

// The set that is compiled in always.
inline heed::instruction_set plainest() { return heed::available_instruction_sets().front(); }

// The tile sizes of an ordinary loop in float.
inline heed::dsl::tiling ordinary_tiling() {
    using namespace heed::dsl;
    const heed::tensor<float, query<>, key<>> x(100, 1);
    const auto nest = make_nest(as_node(x));
    using out_t = heed::view<float, query<>, key<>>;
    const task<std::remove_cvref_t<decltype(nest)>, float, out_t> t(nest, hana::basic_tuple<out_t>(out_t()),
                                                                    as_node(x));
    return tiling_for(plainest(), t, true);
}

inline void replace(std::string& s, const std::string& from, const std::string& to) {
    for (std::size_t at = 0; (at = s.find(from, at)) != std::string::npos; at += to.size())
        s.replace(at, from.size(), to);
}
inline std::string filled_in(std::string s, heed::extent most_rows) {
    const heed::dsl::tiling t = ordinary_tiling();
    replace(s, "{set}", heed::to_string(plainest()));
    replace(s, "{lanes}", std::to_string(t.lanes));
    replace(s, "{block}", std::to_string(t.block));
    replace(s, "{panel}", std::to_string(t.panel));
    replace(s, "{keys}", std::to_string(t.tile_keys));
    replace(s, "{rows}", std::to_string(most_rows));
    return s;
}
// Without the numbers that depend on the loop's tiles: `workspace 12.3 kB per worker` -> `workspace {workspace} per
// worker`, and without `, 1.57 MFLOP where a mask allows`.
inline std::string steady(std::string s) {
    if (const std::size_t end = s.find(" where a mask allows"); end != std::string::npos) {
        const std::size_t begin = s.rfind(", ", end);
        s.erase(begin, end + 20 - begin);
    }
    const std::size_t begin = s.find("workspace "), end = s.find(" per worker");
    if (begin != std::string::npos && end != std::string::npos)
        s.replace(begin + 10, end - begin - 10, "{workspace}");
    return s;
}

template <class E>
void expect_explanation(const E& e, const std::string& expected, heed::extent most_rows = 0) {
    BOOST_TEST(steady(explain(e, heed::instructions(plainest()))) == filled_in(expected, most_rows));
}

} // namespace heed_tests
