#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What it costs to compile heed: seconds of processor time and template instantiations.

Each source beside this file is compiled several times by GCC and by Clang with -O2, taking turns; the table has the
medians of their user time. Instantiations are counted from Clang's -ftime-trace, which no neighbour disturbs."""
import argparse
import collections
import json
import math
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).resolve().parent
root = here.parent.parent
limits_file = here / "limits.json"
flags = ["-std=c++20", "-O2", f"-I{root / 'include'}", f"-I{root / 'dsl'}"]
sources = {  # what it is called: file, target in seconds with GCC or None
    "`#include <heed.hpp>`": ("include.cpp", 0.7),
    "one formula": ("formula.cpp", 4.0),
    "yardstick: `boost/hana/tuple.hpp`": ("yardstick.cpp", None),
}
counted = ("include.cpp", "formula.cpp")
room = 1.05  # a limit is what was counted and this much more


def first_found(*names):
    return next((name for name in names if shutil.which(name)), None)


def compile_once(compiler, source, output, *more):
    """Seconds of user time."""
    command = [compiler, *flags, *more, "-c", str(here / source), "-o", str(output)]
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit("failed: " + " ".join(command))
    return usage.ru_utime


def seconds(compilers, runs, folder):
    """{(source, compiler): median}, all pairs taking turns."""
    times = collections.defaultdict(list)
    for _ in range(runs):
        for file, _target in sources.values():
            for compiler in compilers:
                times[file, compiler].append(compile_once(compiler, file, folder / "out.o"))
    return {pair: statistics.median(values) for pair, values in times.items()}


def instantiations(clang, source, folder):
    """The trace's (kind, what) for each template that was instantiated, kind being class or function."""
    trace = folder / "trace.json"
    compile_once(clang, source, folder / "out.o", f"-ftime-trace={trace}", "-ftime-trace-granularity=0")
    kinds = {"InstantiateClass": "class", "InstantiateFunction": "function"}
    events = json.loads(trace.read_text())["traceEvents"]
    return [(kinds[e["name"]], e["args"]["detail"], e["dur"]) for e in events if e["name"] in kinds]


def counts(found):
    by_kind = collections.Counter(kind for kind, _, _ in found)
    return {"class": by_kind["class"], "function": by_kind["function"]}


def print_table(compilers, times, counted_now):
    timed = [f"{compiler}, s" for compiler in compilers] + ["target, s"] if times else []
    rows = [["what", *timed, "classes", "functions"]]
    rows.append(["---"] * len(rows[0]))
    for title, (file, target) in sources.items():
        if times:
            cells = [f"{times[file, compiler]:.2f}" for compiler in compilers] + [str(target or "-")]
        else:
            cells = []
        rows.append([title, *cells, *(str(counted_now.get(file, {}).get(kind, "-")) for kind in ("class", "function"))])
    for row in rows:
        print("| " + " | ".join(row) + " |")


def print_top(found, number):
    """Templates by the number of their instantiations; the time includes what they instantiate in turn."""
    groups = collections.defaultdict(lambda: [0, 0])
    for kind, what, duration in found:
        entry = groups[kind, re.sub(r"<.*", "", what)]
        entry[0] += 1
        entry[1] += duration
    for (kind, name), (times, duration) in sorted(groups.items(), key=lambda item: -item[1][0])[:number]:
        print(f"{times:7} {duration / 1e3:9.1f} ms  {kind:8} {name}")


def over_limits(counted_now):
    if not limits_file.exists():
        sys.exit(f"no {limits_file.name} yet: run with --update first")
    limits = json.loads(limits_file.read_text())
    return [
        f"{file}: {number} {kind} instantiations, {limits[file][kind]} at most"
        for file, kinds in counted_now.items()
        for kind, number in kinds.items()
        if number > limits.get(file, {}).get(kind, 0)
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gcc", default=first_found("g++-12", "g++"))
    parser.add_argument("--clang", default=first_found("clang++-19", "clang++"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--counts", action="store_true", help="count instantiations only, without timing")
    parser.add_argument("--check", action="store_true", help="fail where a count is above its limit; no timing")
    parser.add_argument("--update", action="store_true", help=f"write the limits to {limits_file.name}; no timing")
    parser.add_argument("--top", type=int, default=0, metavar="N", help="the N most instantiated templates of a formula")
    chosen = parser.parse_args()
    if not chosen.clang:
        sys.exit("clang++ is needed to count instantiations")

    compilers = [c for c in (chosen.gcc, chosen.clang) if c]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        found = {file: instantiations(chosen.clang, file, folder) for file in counted}
        timed = not (chosen.counts or chosen.check or chosen.update)
        times = seconds(compilers, chosen.runs, folder) if timed else {}
    counted_now = {file: counts(events) for file, events in found.items()}
    print_table(compilers, times, counted_now)
    if chosen.top:
        print_top(found["formula.cpp"], chosen.top)
    if chosen.update:
        limits = {f: {k: math.ceil(n * room) for k, n in kinds.items()} for f, kinds in counted_now.items()}
        limits_file.write_text(json.dumps(limits, indent=4) + "\n")
    if chosen.check:
        failures = over_limits(counted_now)
        print("\n".join(failures) or "within the limits")
        sys.exit(bool(failures))


if __name__ == "__main__":
    main()
