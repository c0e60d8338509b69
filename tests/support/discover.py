# SPDX-License-Identifier: BSL-1.0
"""Lists what the build makes tests of, a line each with fields joined by ';'.

discover.py tests ROOT    -> kind;name;suites (joined by ',');path     of each .cpp in a folder of tests/
discover.py headers ROOT  -> name as it is included                    of each public header

A test is one file. It is a `values` test (an executable) if it has a test case of Boost.Test, and a `types` test
(static_asserts, only compiled) if not. Its suites are its folder and the words of a line `// suites: ...` among its first ten lines.
"""
import pathlib
import re
import sys

# Folders whose files are not tests of their own but material for a check.
MATERIAL = {"errors", "headers", "install", "layers", "link", "support"}


def suites_of(path, text):
    stated = re.search(r"^// suites:(.*)$", "\n".join(text.split("\n")[:10]), re.M)
    return [path.parent.name] + (stated.group(1).replace(",", " ").split() if stated else [])


def tests(root):
    folder = root / "tests"
    for path in sorted(folder.rglob("*.cpp")):
        inside = path.relative_to(folder)
        # A folder with a meson.build of its own says itself what its tests are.
        if inside.parts[0] in MATERIAL or (len(inside.parts) > 1 and (folder / inside.parts[0] / "meson.build").exists()):
            continue
        text = path.read_text(encoding="utf-8")
        kind = "values" if re.search(r"^BOOST_\w*TEST_CASE", text, re.M) else "types"
        yield ";".join([kind, str(inside.with_suffix("")), ",".join(suites_of(path, text)), str(inside)])


def headers(root):
    for base in (root / "include", root / "dsl"):
        for path in sorted(base.rglob("*.hpp")):
            yield str(path.relative_to(base))


if __name__ == "__main__":
    print("\n".join({"tests": tests, "headers": headers}[sys.argv[1]](pathlib.Path(sys.argv[2]))))
