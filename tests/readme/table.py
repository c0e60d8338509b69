# SPDX-License-Identifier: BSL-1.0
"""table.py README LEAST COMPILER...: the formulas of a README's tables compile, and each is one loop.

A table counts if its last column is headed "in heed"; each of its rows ends with a formula in backticks. The formulas are
compiled in one function, after table.hpp and the ```cpp blocks of the section that the tables are in. Fails where one
does not compile, where one takes more than a loop, and where there are fewer than LEAST of them."""
import pathlib
import re
import subprocess
import sys
import tempfile

BLOCK = re.compile(r"^```cpp\n(.*?)^```$", re.M | re.S)
CELLS = re.compile(r"(?<!\\)\|")  # a | that is part of a formula is written \|
COLUMN = "in heed"


def rows(lines):
    """The formula of each row with its line number; None where a row has none."""
    inside = False
    for number, line in enumerate(lines, 1):
        if not line.startswith("|"):
            inside = False
            continue
        cells = [cell.strip() for cell in CELLS.split(line)[1:-1]]
        if cells[-1] == COLUMN:
            inside, width = True, len(cells)
        elif inside and set(line) - set("|-"):
            formula = re.fullmatch(r"`([^`]+)`", cells[-1])
            whole = formula and len(cells) == width
            yield number, formula[1].replace("\\|", "|") if whole else None


def section_of(lines, number):
    """The lines of the section that has the line."""
    starts = [i for i, line in enumerate(lines) if line.startswith("## ")] + [len(lines)]
    begin = max(i for i in starts if i < number)
    return lines[begin:min(i for i in starts if i > begin)]


def blocks_of(section):
    return "".join(block[1] for block in BLOCK.finditer("\n".join(section)))


def main(readme, least, compiler):
    readme = pathlib.Path(readme).resolve()
    lines = readme.read_text(encoding="utf-8").splitlines()
    found = list(rows(lines))
    problems = [f"{readme.name}:{number}: no formula in the last column, or a | that is not written \\|"
                for number, formula in found if formula is None]
    if len(found) < int(least):
        problems.append(f"{readme.name}: has {len(found)} formulas, {least} are expected")
    if found:
        shown = blocks_of(section_of(lines, found[0][0]))
        text = ['#include "readme/table.hpp"', "[[maybe_unused]] static void formulas() {", shown]
        for number, formula in (row for row in found if row[1]):
            text += [f'#line {number} "{readme.name}"', f"auto row_{number} = {formula};",
                     f"static_assert(plan_of<decltype(row_{number})>::loops == 1);"]
        with tempfile.TemporaryDirectory() as folder:
            source = pathlib.Path(folder) / "table.cpp"
            source.write_text("\n".join([*text, "}", ""]), encoding="utf-8")
            done = subprocess.run([*compiler, "-Wno-unused", "-Wno-shadow", str(source)], stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode:
            problems.append("formulas do not compile\n" + done.stdout[:6000])
    print("\n".join([*problems, f"{len(found)} formulas, {len(problems)} problems"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
