// SPDX-License-Identifier: BSL-1.0
// What the cases from the papers share: more axes, and a formula of any number of loops held against its files, by the
// oracle in double and by the loops in float, on every instruction set.
#pragma once

#include "golden/case.hpp"

namespace golden {

template <extent N = dynamic> struct model : axis<N> {};

// Case has: folder, input<T>, formula(input), which gives outputs(...), the files that these are in, how close they are
// in double (beside the rounding of files that are float32), and in float.
template <class Case, class Results> void expect_files(const Results& results, double relative) {
    std::apply(
        [&](const auto&... x) {
            std::size_t i = 0;
            (expect_as_on_file(x, Case::folder, Case::files[i++], relative), ...);
        },
        results);
}
template <class Case> void check_seed() {
    const typename Case::template input<double> in(Case::folder);
    const typename Case::template input<float> in_float(Case::folder);
    expect_files<Case>(evaluate(Case::formula(in), reference), Case::close);
    for (const instruction_set set : available_instruction_sets()) BOOST_TEST_CONTEXT(to_string(set))
    expect_files<Case>(evaluate(Case::formula(in_float), instructions(set)), Case::close_float);
}

} // namespace golden
