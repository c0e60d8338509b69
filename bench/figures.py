#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Short tables from the run table of bench/README.md, which `fill.py bench/README.md run BENCH` writes; one thread, by the best
of the bursts.
figures.py summary PAGE            what the run says of each attention, between <!-- summary --> and <!-- /summary --> of PAGE
figures.py progress BENCH CHANGE   adds a line to bench/README.md's progress table; BENCH measures the peak now, CHANGE
                                   says what is new since the line before"""
import json
import pathlib
import re
import subprocess
import sys

RUN_PAGE = pathlib.Path(__file__).parent / "README.md"
OF_PEAK, OF_BOUND, OF_PLAIN, AVX2 = "of the peak", "of the bound", "time of plain", "AVX2, of its peak"
FASTEST, WHICH = "over the fastest", "which is"
# Columns of the progress table: attention, heading in the run table, heading here.
PROGRESS = [
    ("q512_d64", OF_PEAK, "q512"),
    ("q2048_d64", OF_PEAK, "q2048 d64"),
    ("q2048_d128", OF_PEAK, "q2048 d128"),
    ("b8_h12_q128_d64", OF_PEAK, "b8 h12 q128"),
    ("q2048_d64", AVX2, "AVX2 d64"),
    ("q2048_d64_causal", OF_PLAIN, "causal"),
    ("q2048_d64_window256", OF_PLAIN, "window"),
    ("q2048_d64_softcap_alibi", OF_PLAIN, "softcap, ALiBi"),
    ("q2048_d64_bias", OF_PLAIN, "bias"),
    ("decode_h32_8_k4096_d128", OF_BOUND, "decode"),
    ("decode_h32_8_k4096_d128_bf16", OF_PLAIN, "decode bf16"),
]


def section(page, name):
    return re.search(f"<!-- {name} -->\n(.*?)<!-- /{name} -->", page, re.DOTALL).group(1)


def put_section(file, name, lines):
    text = "\n".join([f"<!-- {name} -->", *lines, f"<!-- /{name} -->"])
    between = re.compile(f"<!-- {name} -->\n.*?<!-- /{name} -->", re.DOTALL)
    file.write_text(between.sub(lambda _: text, file.read_text()))


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def line_of(cells_of_line):
    return "| " + " | ".join(cells_of_line) + " |"


def attentions(run):
    """What the tables of attentions say for one thread: attention -> heading -> cell by the best bursts."""
    rows, header = {}, None
    for line in run.splitlines():
        if not line.startswith("|"):
            header = None
        elif header is None:
            header = cells(line)
        elif header[:2] == ["attention", "threads"] and cells(line)[1] == "1":
            best = [cell.split(" / ")[0] for cell in cells(line)]
            rows.setdefault(best[0], {}).update(zip(header, best))
    return rows


def peak(bench):
    asked = [bench, "--threads", "1", "--benchmark_filter=^peak/threads:1", "--benchmark_format=json"]
    run = json.loads(subprocess.run(asked, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return max(each["flops"] for each in run["benchmarks"]) / 1e9


def progress(bench, change):
    page = RUN_PAGE.read_text()
    run = section(page, "run")
    circumstances, rows = run.splitlines()[0].split("; "), attentions(run)
    header = ["date", "new", "machine and compiler", "peak, GFLOP/s"] + [column[2] for column in PROGRESS]
    line = [circumstances[-1], change, "; ".join(circumstances[:2]), f"{peak(bench):.0f}"]
    line += [rows.get(what, {}).get(heading, "-") for what, heading, _ in PROGRESS]
    before = section(page, "progress").splitlines()[2:]
    put_section(RUN_PAGE, "progress", [line_of(header), line_of(["---"] * len(header)), *before, line_of(line)])


def summary(page):
    run = section(RUN_PAGE.read_text(), "run")
    header = ["attention", "percent of the peak", "speed over the fastest peer", "which is", "time of plain",
              "of the bound"]
    lines = [run.splitlines()[0], "", line_of(header), line_of(["---"] * len(header))]
    for what, row in attentions(run).items():
        columns = (OF_PEAK, FASTEST, WHICH, OF_PLAIN, OF_BOUND)
        lines.append(line_of([what] + [row.get(heading, "-") for heading in columns]))
    put_section(page, "summary", lines)


def main():
    match sys.argv[1:]:
        case ["summary", page]:
            summary(pathlib.Path(page))
        case ["progress", bench, change]:
            progress(bench, change)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
