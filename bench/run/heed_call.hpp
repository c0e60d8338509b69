// SPDX-License-Identifier: BSL-1.0
// What heed's formulas here share: axes, operands as views, and the call that evaluates a formula again and again in
// memory taken once.
#pragma once

#include "contestant.hpp"

#include <heed.hpp>
#include <heed/openmp.hpp>

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

namespace bench {

template <extent N = heed::dynamic> struct batch : heed::axis<N> {};
template <extent N = heed::dynamic> struct head : heed::axis<N> {};
template <extent N = heed::dynamic> struct group : heed::axis<N> {};
template <extent N = heed::dynamic> struct query : heed::axis<N> {};
template <extent N = heed::dynamic> struct key : heed::axis<N> {};
template <extent N = heed::dynamic> struct feature : heed::axis<N> {};
template <extent N = heed::dynamic> struct value : heed::axis<N> {};

/// Operands of an attention without groups.
template <extent Features> struct bound {
    bound(const attention& what, const operands& at)
        : q(at.q(), what.batch, what.heads, what.queries),
          k(at.k(), what.batch, what.heads, what.keys),
          v(at.v(), what.batch, what.heads, what.keys),
          o(at.o(), what.batch, what.heads, what.queries),
          slope(at.slope(), what.heads) {}

    heed::view<float, batch<>, head<>, query<>, feature<Features>> q;
    heed::view<float, batch<>, head<>, key<>, feature<Features>> k;
    heed::view<float, batch<>, head<>, key<>, value<Features>> v;
    heed::view<float, batch<>, head<>, query<>, value<Features>> o;
    heed::view<float, head<>> slope;
};

/// The set of that name; every setting here has one.
inline heed::instruction_set set_named(std::string_view name) {
    for (const heed::instruction_set each : heed::available_instruction_sets())
        if (heed::to_string(each) == name) return each;
    return heed::available_instruction_sets().front();
}

template <class Output, class Formula, class Executor>
call repeat_on(Executor executor, Output o, const Formula& formula, heed::instruction_set set) {
    const extent bytes = heed::workspace_bytes(formula, heed::on(executor), heed::instructions(set));
    const auto memory = std::make_shared<std::vector<std::byte>>(static_cast<std::size_t>(bytes));
    return [=] {
        heed::evaluate_into(o, formula, heed::on(executor), heed::workspace(*memory),
                            heed::instructions(set));
    };
}

template <class Output, class Formula> call repeat(Output o, const Formula& formula, const setting& how) {
    const heed::instruction_set set = set_named(how.instruction_set);
    if (how.threads == 1) return repeat_on(heed::serial, o, formula, set);
    return repeat_on(heed::openmp{how.threads}, o, formula, set);
}

// One file each, so that no file takes long to compile.
call heed_plain(const attention& what, const operands& at, const setting& how);
call heed_causal(const attention& what, const operands& at, const setting& how);
call heed_window(const attention& what, const operands& at, const setting& how);
call heed_documents(const attention& what, const operands& at, const setting& how);
call heed_alibi(const attention& what, const operands& at, const setting& how);
call heed_softcap(const attention& what, const operands& at, const setting& how);
call heed_softcap_alibi(const attention& what, const operands& at, const setting& how);
call heed_bias(const attention& what, const operands& at, const setting& how);
call heed_boolean(const attention& what, const operands& at, const setting& how);
call heed_bf16(const attention& what, const operands& at, const setting& how);
call heed_f16(const attention& what, const operands& at, const setting& how);
call heed_decode(const attention& what, const operands& at, const setting& how);

} // namespace bench
