#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes random formulas as C++ for driver.hpp to run.

generate.py --seed S --count N --out FILE... CASES    kinds 0 to N - 1 in files of equal share, and the list of test
                                                      cases, which alone includes Boost.Test
generate.py --seed S --first K --count N ...          kinds K to K + N - 1
generate.py --seed S --only K --out FILE CASES        kind K alone
generate.py --seed S --count N                        the formulas, one a line
"""
import argparse
import pathlib
import sys
import textwrap

sys.dont_write_bytecode = True  # nothing is written where the sources are

from grammar import Kind  # noqa: E402

KIND = """\
// {number}: {text}
struct kind_{number} {{
    static constexpr int number = {number};
    static constexpr const char* text = R"({text})";
    using element = {element};
    static constexpr bool one_loop = {one_loop}, sinks = {sinks}, batch_is_query = {batch_is_query};
    static constexpr of::axis normalised = of::{norm};
    static constexpr normalised_by normaliser = normalised_by::{normaliser};
    static constexpr std::array<of::axis, {n_rows}> rows{{{rows}}};
    static constexpr std::array<of::axis, {n_values}> values{{{values}}};
    static constexpr std::array<result, {n_results}> results{{{results}}};
    using shapes = list<{shapes}>;

    struct inputs {{
{members}
        inputs([[maybe_unused]] source& s, [[maybe_unused]] const extents& n)
            : {inits} {{}}
        auto all() {{ return std::tie({names}); }}
    }};
    static void settle([[maybe_unused]] extents& n) {{
{settle}    }}
    static auto formula(const inputs& in, [[maybe_unused]] const extents& n) {{
{locals}
        return {heed};
    }}
    static bool keeps_at({unused}) {{
        return {keeps};
    }}
    static real score_at({unused}) {{
        return {score};
    }}
    static real sink_at({unused}) {{
        return {sink};
    }}
    static real weighed_at({unused}) {{
        return {weighed};
    }}
    static real finish_at({unused}, [[maybe_unused]] real o) {{
        {finish}
    }}
}};
"""
UNUSED = "[[maybe_unused]] const inputs& in, [[maybe_unused]] const extents& n, [[maybe_unused]] const extents& i"


def axis(a, n):
    return "%s<%s>" % (a, "" if n is None else n)


def listed(axes):
    return ", ".join("of::" + a for a in axes)


def code_of(k):
    rows = [a for a in k.scores.axes if a != k.norm]
    settle = ["n[of::%s] = %d;" % (a, n) for a, n in sorted(k.static.items())]
    if any(r.what in ("running", "last_state") for r in k.results):
        # For each step the oracle computes the scores of all steps.
        settle += ["n[of::{0}] = std::min<extent>(n[of::{0}], 50);".format(a) for a in sorted({k.norm, k.row} - set(k.static))]
    if k.tied:
        settle.append("n[of::{0}] = n[of::{1}];".format(k.norm, k.row))
    return KIND.format(
        number=k.number, text=k.heed, element=k.element, one_loop=str(k.one_loop).lower(), norm=k.norm, normaliser=k.normaliser,
        batch_is_query=str(k.batch_is_query).lower(), sinks=str(k.sink is not None).lower(), n_rows=len(rows), rows=listed(rows), n_values=len(k.values),
        values=listed(k.values), n_results=len(k.results),
        results=", ".join("result{result::%s, %d, {%s}}" % (r.what, len(r.shape), listed(a for a, _ in r.shape))
                          for r in k.results),
        shapes=", ".join("dsl::axes<%s>" % ", ".join(axis(a, n) for a, n in r.shape) for r in k.results),
        members="\n".join("        input<%s> %s;" % (", ".join([t.element] + [axis(a, n) for a, n in t.axes]), t.name)
                          for t in k.tensors),
        inits=",\n              ".join("%s(s, {%s}, %s)" % (t.name, ", ".join(t.extents), t.content) for t in k.tensors),
        names=", ".join(t.name for t in k.tensors),
        settle="".join("        %s\n" % line for line in settle),
        locals="\n".join("        const auto& %s = in.%s.read;" % (t.name, t.name) for t in k.tensors),
        heed=k.heed, unused=UNUSED,
        keeps=" && ".join("(%s)" % m.plain for m in k.masks) or "true",
        score=k.scores.plain({}), sink=k.sink.plain({}) if k.sink else "real{}",
        weighed=k.v.plain({}) if k.v else "real{}", finish=k.finish)


def unit_of(seed, kinds):
    head = textwrap.dedent("""\
        // Written by tests/laws/generate.py.
        #include "laws/driver.hpp"

        namespace kinds {

        using namespace heed;
        using namespace laws;

        """)
    run = "void run_{0}(report& r) {{ check<kind_{0}>(r, {1}); }}\n"
    return head + "\n".join(code_of(k) + run.format(k.number, seed) for k in kinds) + "\n} // namespace kinds\n"


def cases_of(numbers):
    text = ["// Written by tests/laws/generate.py.", "#include <boost/test/unit_test.hpp>", '#include "laws/report.hpp"', "",
            "namespace kinds {"] + ["void run_%d(laws::report&);" % n for n in numbers] + ["}"]
    for n in numbers:
        text += ["BOOST_AUTO_TEST_CASE(kind_%d) {" % n, "    laws::report r;", "    kinds::run_%d(r);" % n,
                 "    BOOST_TEST(r.compared > 0);",
                 '    BOOST_TEST_MESSAGE("kind_%d: " << r.compared << " elements, at most " << r.worst << " of the bound");' % n,
                 "    for (const auto& failure : r.failures) BOOST_ERROR(failure);", "}"]
    return "\n".join(text) + "\n"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=80)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--only", type=int)
    options.add_argument("--out", nargs="+", type=pathlib.Path)
    o = options.parse_args()
    numbers = list(range(o.first, o.first + o.count)) if o.only is None else [o.only]
    kinds = [Kind(o.seed, n) for n in numbers]
    if not o.out:
        for k in kinds:
            print("%d: %s" % (k.number, k.heed))
        return
    *units, cases = o.out
    for j, unit in enumerate(units):
        share = range(j * len(kinds) // len(units), (j + 1) * len(kinds) // len(units))
        unit.write_text(unit_of(o.seed, [kinds[m] for m in share]), encoding="utf-8")
    cases.write_text(cases_of(numbers), encoding="utf-8")


if __name__ == "__main__":
    main()
