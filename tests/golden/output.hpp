// SPDX-License-Identifier: BSL-1.0
// Golden cases that have an output and no logsumexp. A case may have several formulas of one output.
#pragma once

#include "golden/fused.hpp"

namespace golden {

template <class Case> void check_output_oracle() {
    const typename Case::template input<double> in(Case::folder);
    expect_as_on_file(evaluate(Case::formula(in), reference), Case::folder, "o", 1e-13);
}

// In float or double, on every instruction set and executor, see check_fused; in as many loops as the case says.
template <class Case, class T> void check_output_fused() {
    const typename Case::template input<T> in(Case::folder);
    const auto formula = Case::formula(in);
    static_assert(plan_of<std::remove_cvref_t<decltype(formula)>>::loops == Case::loops);
    const typename Case::template input<double> in_double(Case::folder);
    const auto exact = evaluate(Case::formula(in_double), reference);
    const auto unfused = dsl::reference_value<T>(formula);
    const auto executors = heed_tests::all_executors();
    for (const instruction_set set : available_instruction_sets()) {
        const auto first = evaluate(formula, on(executors[0]), instructions(set));
        BOOST_TEST_CONTEXT(Case::folder << " with " << to_string(set))
        BOOST_TEST(distance(first, exact) <= allowed_distance<T>(exact, unfused));
        for (const auto& executor : executors)
            BOOST_TEST_CONTEXT(Case::folder << " with " << to_string(set) << ", " << executor.name)
        BOOST_TEST(same_bytes(evaluate(formula, on(executor), instructions(set)), first));
    }
}

} // namespace golden
