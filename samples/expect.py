# SPDX-License-Identifier: BSL-1.0
"""expect.py TEXT PROGRAM [ARGUMENT...]: runs a program and compares what it prints with the file TEXT, if that exists,
in which <...> stands for anything within a line. Fails where the two differ or the program fails. A text that names an
instruction set is compared where that is the best one the machine has.
expect.py --write TEXT PROGRAM [ARGUMENT...]: writes the file, and keeps its lines with <...> where they still match."""
import difflib
import pathlib
import re
import subprocess
import sys


def matches(expected, line):
    return re.fullmatch(".*".join(re.escape(part) for part in expected.split("<...>")), line) is not None


def differences(expected, printed):
    """A diff of lists of lines, empty where each printed line matches; lines that match count as equal."""
    taken = [old if matches(old, new) else new for old, new in zip(expected, printed)] + printed[len(expected):]
    return list(difflib.unified_diff(expected, taken, "expected", "printed", lineterm=""))


def best_instructions():
    try:
        flags = pathlib.Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace").split()
    except OSError:
        return ""
    if all("avx512" + part in flags for part in ("f", "dq", "bw", "vl")):
        return "avx512"
    return "avx2" if "avx2" in flags and "fma" in flags else "baseline"


def is_for_this_machine(text):
    named = {name for name in ("avx512", "avx2", "baseline") if name in text}
    return named <= {best_instructions()}


def main(arguments):
    write = arguments[0] == "--write"
    path, command = pathlib.Path(arguments[write]), arguments[write + 1:]
    text = path.read_text(encoding="utf-8") if path.exists() else None
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    printed = run.stdout.splitlines()
    if write:
        wild = [line for line in (text or "").splitlines() if "<...>" in line]
        path.write_text("".join(next((w for w in wild if matches(w, line)), line) + "\n" for line in printed))
        return run.returncode
    print(run.stdout, end="", flush=True)
    found = differences(text.splitlines(), printed) if text is not None and is_for_this_machine(text) else []
    print("\n".join(found), file=sys.stderr)
    return 1 if found else run.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
