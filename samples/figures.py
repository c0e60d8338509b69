# SPDX-License-Identifier: BSL-1.0
"""figures.py FOLDER PROGRAM...: runs the samples that draw, each with a folder as its argument, and compares what they drew
with the .svg files in FOLDER, byte by byte. Fails where one differs or is missing, or is there and not drawn.
figures.py --write FOLDER PROGRAM...: puts what they drew into FOLDER."""
import pathlib
import shutil
import subprocess
import sys
import tempfile


def main(arguments):
    write = arguments[0] == "--write"
    kept, programs = pathlib.Path(arguments[write]), arguments[write + 1:]
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        for program in programs:
            if subprocess.run([program, folder], stdout=subprocess.DEVNULL, check=False).returncode:
                problems.append(f"{pathlib.Path(program).name}: fails")
        drawn = {path.name: path for path in pathlib.Path(folder).glob("*.svg")}
        if write:
            kept.mkdir(exist_ok=True)
            for path in drawn.values():
                shutil.copy(path, kept)
        there = {path.name: path for path in kept.glob("*.svg")}
        for name in sorted(drawn.keys() | there.keys()):
            if name not in there:
                problems.append(f"{name}: is drawn, but not in {kept}")
            elif name not in drawn:
                problems.append(f"{name}: is in {kept}, but no sample draws it")
            elif drawn[name].read_bytes() != there[name].read_bytes():
                problems.append(f"{name}: is drawn otherwise")
        print("\n".join([*problems, f"{len(drawn)} figures, {len(problems)} problems"]))
    return 1 if problems or not drawn else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
