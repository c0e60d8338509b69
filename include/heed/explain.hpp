// SPDX-License-Identifier: BSL-1.0
// What becomes of a formula, in words: std::cout << explain(e).
#pragma once

#include <heed/dsl/print/passes.hpp>
#include <heed/dsl/print/plan.hpp>
#include <heed/kernel.hpp>

namespace heed {

// An argument of explain: what each pass makes of the formula, in place of the loops.
struct every_pass_t {};
inline constexpr every_pass_t every_pass{};

// The loops of a formula: their tiles, what is inlined and what is streamed, bytes and flops, and where there is more
// than one loop the reason. Of a formula over symbols, the extents that tensors bring are left open. The options are
// those of evaluate; instructions(set) says which set's tiles are meant. Throws as evaluate does.
//   explain(e), explain(e, instructions(instruction_set::avx2)), explain(e, every_pass)
template <dsl::operand X, class... Options> std::string explain(const X& x, const Options&... options) {
    if constexpr (dsl::any_reported<X>)
        return {};
    else if constexpr ((std::is_same_v<Options, every_pass_t> || ...))
        return dsl::print::passes_text(dsl::as_node(x));
    else if constexpr (!dsl::options_checked<Options...>())
        return {};
    else
        return dsl::print::plan_text(dsl::as_node(x), dsl::find_instructions(options...));
}
template <class E, class... Options> std::string explain(const kernel<E>& k, const Options&... options) {
    return explain(k.formula(), options...);
}

} // namespace heed
