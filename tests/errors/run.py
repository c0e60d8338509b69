# SPDX-License-Identifier: BSL-1.0
"""run.py [--shown] FILE COMPILER...: FILE must not compile, for the reason it states, and must compile with -DFIXED.
With --shown README.md beside it must say what the compiler says.

A file states what the compiler has to say in comments at its head:
    // mistake: A product with a matrix that is not transposed           the title in README.md
    // meaning: ...                                                      and what is wrong; may go on in further lines
    // error: A * B: requires the last axis of A to be the first ...     a sentence, or a part of one (several: all)
    // names: feature<64>, key<>                                         what else the message has to name
    // lines: 12                                                         at most so many lines (left out: 12)
There has to be exactly one error, with heed's folders given by -I and by -isystem; fixed, there is nothing to say.

run.py --list FOLDER                       prints the names of the files in FOLDER
run.py --table FOLDER COMPILER...          prints how many lines each mistake gives
run.py --gallery FOLDER COMPILER...        writes FOLDER/README.md: each mistake with what the compiler says
run.py --check-titles FOLDER               fails where README.md has other mistakes than FOLDER, or another order
run.py --check-sentences FOLDER            fails where diagnose/sentences*.hpp have a sentence that no file in FOLDER states
"""
import os
import pathlib
import re
import subprocess
import sys

LIMIT = 12
# Line numbers move when a header is edited; what is said does not.
NUMBERS = re.compile(r":\d+(?::\d+)?(?=[:,])|^ *\d+(?= \|)", re.M)


def expectations(text):
    stated = {"mistake": "", "meaning": "", "error": [], "names": [], "lines": LIMIT}
    key = None
    for line in text.split("\n"):
        if not line.startswith("//"):
            break
        match = re.match(r"// (mistake|meaning|error|names|lines): *(.*?) *$", line)
        if not match:
            if key in ("mistake", "meaning"):
                stated[key] += " " + line[2:].strip()
            continue
        key, value = match.groups()
        if key == "error":
            stated["error"].append(value)
        elif key == "names":
            stated["names"] += [name.strip() for name in re.split(r",\s+", value)]
        elif key == "lines":
            stated["lines"] = int(value)
        else:
            stated[key] = value
    return stated


def compile_file(path, compiler, *more):
    # No colour, a known language, and paths as short as a user's own.
    command = compiler + ["-fdiagnostics-color=never", *more, path.name]
    return subprocess.run(command, cwd=path.parent, env={**os.environ, "LC_ALL": "C"},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)


def installed(compiler):
    """The compiler with the same folders as system folders, where warnings are off but errors are not."""
    return ["-isystem" + argument[2:] if argument.startswith("-I") else argument for argument in compiler]


def squeeze(text):
    return " ".join(text.split())


def lines_of(output):
    return [line for line in output.split("\n") if line.strip()]


def is_named(name, output):
    # The user writes key<>, which GCC prints as key<-1> within other types, and Clang within the error.
    return any(spelling in output for spelling in (name, name.replace("<>", "<-1>")))


def problems_with(stated, broken):
    found = []
    if broken.returncode == 0:
        found.append("compiles, but must not")
    lines = lines_of(broken.stdout)
    errors = [line for line in lines if re.search(r"(?<!:)\berror: ", line)]
    if len(errors) != 1:
        found.append(f"gives {len(errors)} errors, not one")
    for sentence in stated["error"]:
        # GCC and Clang both keep the sentence of a static_assert on the line of the error.
        if not any(squeeze(sentence) in squeeze(line) for line in errors):
            found.append(f"no error says: {sentence}")
    for name in stated["names"]:
        if not is_named(name, broken.stdout):
            found.append(f"the message does not name {name}")
    if len(lines) > stated["lines"]:
        found.append(f"the message has {len(lines)} lines, more than {stated['lines']}")
    return found


def problems_of(path, compiler, is_shown=False):
    stated = expectations(path.read_text(encoding="utf-8"))
    if not stated["error"]:
        return ["states no `// error:` sentence"], ""
    broken = compile_file(path, compiler)
    found, shown = problems_with(stated, broken), broken.stdout
    if is_shown and NUMBERS.sub("", page(path, broken.stdout)) not in NUMBERS.sub("", gallery_of(path.parent)):
        found.append("README.md says something else: write it again with run.py --gallery")
    if installed(compiler) != compiler:
        broken = compile_file(path, installed(compiler))
        found += ["with -isystem: " + problem for problem in problems_with(stated, broken)]
    fixed = compile_file(path, compiler, "-DFIXED")
    if fixed.returncode != 0:
        found.append("does not compile with -DFIXED")
    elif fixed.stdout.strip():
        found.append("compiles with -DFIXED, but not in silence")
    if fixed.stdout.strip():
        shown += "\nwith -DFIXED:\n" + fixed.stdout
    return found, shown


def mistakes(folder):
    return sorted(pathlib.Path(folder).resolve().glob("*.cpp"))


def shown_code(text, fixed):
    """What main does that is wrong; fixed, only what stands there instead. The line that uses the result is left out."""
    shown, side = [], "both"
    for line in text.split("int main() {\n", 1)[1].rsplit("}", 1)[0].split("\n"):
        if line.startswith("#"):
            side = {"#ifdef FIXED": "fixed", "#else": "wrong", "#endif": "both"}[line]
        elif side == ("fixed" if fixed else "wrong") or (side == "both" and not fixed):
            if not line.startswith("    return "):
                shown.append(line[4:])
    return "\n".join(shown).strip("\n")


def page(path, said):
    """The mistake in README.md, where the compiler says that."""
    root = str(path.parent.parent.parent) + "/"
    text = path.read_text(encoding="utf-8")
    stated = expectations(text)
    return (f"## {stated['mistake']}\n\n{stated['meaning']}\n\n"
            f"```cpp\n{shown_code(text, False)}\n```\n\n"
            f"```\n{said.rstrip().replace(root, '')}\n```\n\nFixed:\n\n"
            f"```cpp\n{shown_code(text, True)}\n```\n")


def gallery(folder, compiler):
    pages = [page(path, compile_file(path, compiler).stdout) for path in mistakes(folder)]
    return ("# What heed says about mistakes\n\n"
            "<!-- Written by `run.py --gallery`; a test compares it with what GCC 12 says. -->\n"
            "Each mistake is a file here, which must not compile for the reason it states and must compile once fixed. "
            "One mistake is one error of at most 12 lines, with GCC 12 (shown here) and with Clang 19. The axes are "
            "declared as `template <extent N = dynamic> struct key : axis<N> {};`; a compiler may print `key<>` as "
            "`key<-1>`.\n\n" + "\n".join(pages))


def gallery_of(folder):
    return (pathlib.Path(folder) / "README.md").read_text(encoding="utf-8")


def check_titles(folder):
    written = re.findall(r"^## (.*)$", gallery_of(folder), re.M)
    files = [expectations(path.read_text(encoding="utf-8"))["mistake"] for path in mistakes(folder)]
    for title in sorted(set(written) ^ set(files)):
        print(f"only in {'README.md' if title in written else 'a file'}: {title}")
    if written != files:
        print("Write README.md again with run.py --gallery.")
    return 0 if written == files else 1


def unstated(folder, sentences):
    """The sentences (a static_assert's text) that no mistake in the folder states, in part or whole."""
    stated = [expectations(path.read_text(encoding="utf-8"))["error"] for path in mistakes(folder)]
    asserted = re.findall(r"static_assert\([^\"]*((?:\"[^\"]*\"\s*)+)\)", sentences)
    texts = [squeeze("".join(re.findall(r'"([^"]*)"', text))) for text in asserted]
    return [text for text in texts if not any(all(squeeze(part) in text for part in parts) for parts in stated)]


def check_sentences(folder):
    headers = pathlib.Path(folder).resolve().parent.parent / "dsl" / "heed" / "dsl" / "diagnose"
    missing = [text for header in sorted(headers.glob("sentences*.hpp"))
               for text in unstated(folder, header.read_text(encoding="utf-8"))]
    for text in missing:
        print(f"no file states: {text}")
    return 1 if missing else 0


def table(folder, compiler):
    print("| mistake | lines |\n|---|---|")
    for path in mistakes(folder):
        print(f"| {path.stem} | {len(lines_of(compile_file(path, compiler).stdout))} |")


def main(arguments):
    if arguments[0] == "--list":
        print("\n".join(path.stem for path in mistakes(arguments[1])))
        return 0
    if arguments[0] == "--table":
        table(arguments[1], arguments[2:])
        return 0
    if arguments[0] == "--gallery":
        (pathlib.Path(arguments[1]) / "README.md").write_text(gallery(arguments[1], arguments[2:]), encoding="utf-8")
        return 0
    if arguments[0] == "--check-titles":
        return check_titles(arguments[1])
    if arguments[0] == "--check-sentences":
        return check_sentences(arguments[1])
    is_shown = arguments[0] == "--shown"
    arguments = arguments[is_shown:]
    path = pathlib.Path(arguments[0]).resolve()
    found, shown = problems_of(path, arguments[1:], is_shown)
    for problem in found:
        print(f"{path.name}: {problem}")
    print(shown[:6000])
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
