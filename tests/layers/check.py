# SPDX-License-Identifier: BSL-1.0
"""Checks who includes whom: a folder of dsl/heed/dsl includes only itself and what stands below it in the list, what a
user reads (include/heed) stands above all of it, and from outside comes only the standard library and single headers
of Boost.Hana. Prints one line for each include that breaks the rule."""
import pathlib
import re
import sys

# From the lowest to the highest.
LAYERS = ["diagnose", "shape", "expr", "rewrite", "fuse", "loop", "print"]
USER = len(LAYERS)
UMBRELLA = USER + 1

# Which files may know an outside library or the processor.
OUTSIDE = {
    "omp.h": ("heed/openmp.hpp",),
    "tbb/": ("heed/tbb.hpp",),
    "oneapi/": ("heed/tbb.hpp",),
    "immintrin.h": ("heed/dsl/loop/",),
    "cpuid.h": ("heed/dsl/loop/",),
    "sys/": ("heed/dsl/loop/",),
    "unistd.h": ("heed/dsl/loop/",),
}
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)


def layer_of(name):
    """The height of a file, by its name as included; None for a file that is in no layer."""
    if name == "heed.hpp":
        return UMBRELLA
    parts = name.split("/")
    if parts[:2] == ["heed", "dsl"]:
        return LAYERS.index(parts[2]) if len(parts) > 3 and parts[2] in LAYERS else None
    return USER if parts[0] == "heed" and len(parts) > 1 else None


def title(layer):
    return (LAYERS + ["include/heed", "heed.hpp"])[layer]


def outside_problem(name, target):
    if re.fullmatch(r"[a-z_]+", target):
        return None
    if re.fullmatch(r"boost/hana/[\w/]+\.hpp", target):
        return None
    for prefix, who in OUTSIDE.items():
        if target.startswith(prefix):
            return None if name.startswith(who) else f"only {' and '.join(who)} may know it"
    if target.startswith("boost/"):
        return "of Boost only single headers of Hana (boost/hana/...)"
    return "neither heed, the standard library nor a single header of Hana"


def without_comments(text):
    return re.sub(r"/\*.*?\*/", " ", re.sub(r"//[^\n]*", "", text), flags=re.S)


def files_of(root):
    """Every source file of the library: name as included -> path."""
    return {
        str(path.relative_to(base)): path
        for base in (root / "include", root / "dsl")
        for path in sorted(base.rglob("*"))
        if path.suffix in {".hpp", ".h", ".inc"}
    }


def resolve(name, quote, target, files):
    if quote == '"':
        parts = []
        for part in name.split("/")[:-1] + target.split("/"):
            parts = parts[:-1] if part == ".." else parts if part == "." else parts + [part]
        if "/".join(parts) in files:
            return "/".join(parts)
    return target


def cycles(graph):
    """Names on a circle of includes, one list for each circle found. An .inc file is included as text, not for what it
    declares, so it may sit between the two halves of its header."""
    found, done = [], set()

    def walk(name, path):
        if name in path:
            found.append(path[path.index(name):] + [name])
        elif name not in done:
            for target in graph.get(name, ()):
                walk(target, path + [name])
            done.add(name)

    for name in graph:
        walk(name, [])
    return found


def check(root):
    files = files_of(root)
    problems, graph = [], {}
    for name, path in files.items():
        text = without_comments(path.read_text(encoding="utf-8"))
        own = layer_of(name)
        if own is None:
            problems.append(f"{name}: is in no folder of the layout ({' '.join(LAYERS)})")
            continue
        if own == UMBRELLA and re.sub(INCLUDE, "", text).replace("#pragma once", "").strip():
            problems.append(f"{name}: the umbrella holds includes only")
        for quote, target in INCLUDE.findall(text):
            target = resolve(name, quote, target, files)
            if target not in files:
                if target.startswith("heed"):
                    problems.append(f"{name}: includes {target}, which is not there")
                elif why := outside_problem(name, target):
                    problems.append(f"{name}: includes {target}: {why}")
                continue
            graph.setdefault(name, []).append(target)
            height = layer_of(target)
            if height is not None and height > own:
                problems.append(f"{name}: {title(own)} includes {target}, but {title(height)} stands above it")
    problems += ["includes go round: " + " -> ".join(cycle) for cycle in cycles(graph)]
    return len(files), problems


if __name__ == "__main__":
    count, broken = check(pathlib.Path(sys.argv[1]))
    print("\n".join(broken + [f"{count} files, {len(broken)} problems"]))
    sys.exit(1 if broken or not count else 0)
