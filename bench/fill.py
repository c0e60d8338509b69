#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""fill.py FILE NAME COMMAND...: puts the output of a command between `<!-- NAME -->` and `<!-- /NAME -->` of a file."""
import pathlib
import re
import subprocess
import sys


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    file, name, command = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
    begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    between = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if len(between.findall(file.read_text())) != 1:
        sys.exit(f"{file}: requires {begin} ... {end} once")
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
    # Read again: a measurement takes minutes, and somebody may have edited the file meanwhile.
    file.write_text(between.sub(lambda _: f"{begin}\n{output}\n{end}", file.read_text()))


if __name__ == "__main__":
    main()
