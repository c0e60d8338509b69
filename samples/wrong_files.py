# SPDX-License-Identifier: BSL-1.0
"""wrong_files.py PROGRAM: sample 01 with files that are missing, broken or do not fit ends with code 1, says which and
why in one line, and writes nothing."""
import os
import struct
import subprocess
import sys
import tempfile

# What the README quotes.
WIDE = """\
A * B: requires equal extents where both operands have the axis; feature is 16 in (batch 2, head 4, query 33, feature 16) and 17 in (batch 2, head 4, feature 17, key 49)"""
Q, K, V = "data/q.npy", "data/k.npy", "data/v.npy"


def npy(path, shape, descr="<f4", order="False", elements=None):
    header = f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape!r}, }}".ljust(117) + "\n"
    count = 1
    for n in shape:
        count *= n
    size = int(descr[2:])
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
        file.write(b"\0" * size * (count if elements is None else elements))
    return path


def main(program, folder):
    out = os.path.join(folder, "out.npy")
    new = lambda name: os.path.join(folder, name)
    with open(new("text.npy"), "w", encoding="ascii") as file:
        file.write("no array")
    with open(Q, "rb") as whole, open(new("cut.npy"), "wb") as file:
        file.write(whole.read()[:1000])
    cases = [
        ((Q, K, V), "usage: 01_attention"),
        ((Q, K, new("none.npy"), out), "none.npy: cannot be opened"),
        ((Q, folder, V, out), folder),
        ((new("text.npy"), K, V, out), "text.npy: is no .npy file"),
        ((new("cut.npy"), K, V, out), "cut.npy: ends before its last element"),
        ((Q, npy(new("huge.npy"), (2**40, 2**40), elements=0), V, out), "huge.npy: has a shape that no memory holds"),
        ((Q, npy(new("long.npy"), (2**40, 16), elements=0), V, out), "long.npy: ends before its last element"),
        ((Q, npy(new("complex.npy"), (2, 2), "<c8"), V, out), "complex.npy: has elements of type"),
        ((Q, npy(new("fortran.npy"), (2, 2), order="True"), V, out), "fortran.npy: is in Fortran order"),
        ((Q, npy(new("five.npy"), (1, 1, 1, 1, 1)), V, out), "five.npy: has 5 axes"),
        ((Q, npy(new("wide.npy"), (2, 4, 49, 17)), V, out), WIDE),
        ((Q, K, npy(new("short.npy"), (2, 4, 48, 24)), out), "key is 4"),
        ((Q, npy(new("heads.npy"), (2, 5, 49, 16)), V, out), "head is 4"),
        ((Q, K, V, new("none/out.npy")), "none/out.npy: cannot be written"),
        ((Q, K, V, out, Q), "data/q.npy: has other extents"),
    ]
    failed = 0
    for files, sentence in cases:
        run = subprocess.run([program, *files], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        last = len(files) == 5
        good = (run.returncode == 1 and run.stderr.startswith("01_attention: ") and sentence in run.stderr
                and run.stderr.count("\n") == 1 and os.path.exists(out) == last)
        if last:
            os.remove(out)
        failed += not good
        print("ok  " if good else "FAIL", " ".join(map(os.path.basename, files)), "->", run.returncode, run.stderr.strip())
    # What fits works: fewer axes, and float64.
    small = (npy(new("q.npy"), (3, 4), "<f8"), npy(new("k.npy"), (5, 4)), npy(new("v.npy"), (5, 2)))
    run = subprocess.run([program, *small, out, npy(new("zero.npy"), (3, 2))], stdout=subprocess.DEVNULL, check=False)
    with open(out, "rb") as file:
        fits = run.returncode == 0 and b"'shape': (3,2,)" in file.read(128)
    run = subprocess.run([program, Q, K, V, out, npy(new("zero.npy"), (2, 4, 33, 24))], stdout=subprocess.DEVNULL, check=False)
    tells = run.returncode == 1
    print("ok  " if fits else "FAIL", "matrices without batch and head")
    print("ok  " if tells else "FAIL", "an expected result that differs")
    return 1 if failed or not fits or not tells else 0


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as directory:
        sys.exit(main(sys.argv[1], directory))
