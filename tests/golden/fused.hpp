// SPDX-License-Identifier: BSL-1.0
// A golden case through the fused loop: one loop and no temporary where nothing else is said, in float (and in double
// where more than a mask or a bias is new), on every instruction set that the machine has and every executor.
#pragma once

#include "golden/case.hpp"
#include "support/executors.hpp"

namespace golden {

template <class E, int Loops = 1, int Temporaries = 0> constexpr void expect_loops() {
    static_assert(plan_of<E>::loops == Loops);
    static_assert(plan_of<E>::temporaries == Temporaries);
}

template <class A> bool same_bytes(const A& a, const A& b) {
    return a.size() == b.size() &&
           std::memcmp(a.data(), b.data(), sizeof(*a.data()) * static_cast<std::size_t>(a.size())) == 0;
}

// How far from the exact values a result may be: in double 1e-13 of the largest, in float twice what the unfused float
// computation, node by node, is off, and not less than two roundings of the largest: a weight of 1 comes out as
// (e v) (1 / e) where the unfused computation happens to have an exact 1.
template <class T, class Exact, class Unfused>
double allowed_distance(const Exact& exact, const Unfused& unfused) {
    if (sizeof(T) == sizeof(double)) return 1e-13 * largest(exact);
    return std::fmax(2 * distance(unfused, exact), 0x1p-23 * largest(exact));
}

// Loops and Temporaries are what the formula takes.
template <class Case, class T, int Loops = 1, int Temporaries = 0> void check_fused() {
    const typename Case::template input<T> in(Case::folder);
    const auto formula = Case::formula(in);
    expect_loops<std::remove_cvref_t<decltype(formula)>, Loops, Temporaries>();
    // The inputs are numbers of float, so that the exact values are those of the double ones.
    const typename Case::template input<double> in_double(Case::folder);
    const auto [exact_o, exact_l] = evaluate(Case::formula(in_double), reference);
    const auto [unfused_o, unfused_l] = dsl::reference_value<T>(formula);
    const auto executors = heed_tests::all_executors();
    for (const instruction_set set : available_instruction_sets()) {
        const auto results = [&](const auto& executor) {
            return evaluate(formula, on(executor), instructions(set));
        };
        const auto [first_o, first_l] = results(executors[0]);
        BOOST_TEST_CONTEXT(Case::folder << " with " << to_string(set)) {
            BOOST_TEST(distance(first_o, exact_o) <= allowed_distance<T>(exact_o, unfused_o));
            BOOST_TEST(distance(first_l, exact_l) <= allowed_distance<T>(exact_l, unfused_l));
        }
        for (const auto& executor : executors)
            BOOST_TEST_CONTEXT(Case::folder << " with " << to_string(set) << ", " << executor.name) {
                const auto [o, l] = results(executor);
                BOOST_TEST(same_bytes(o, first_o));
                BOOST_TEST(same_bytes(l, first_l));
            }
    }
}

} // namespace golden
