# SPDX-License-Identifier: BSL-1.0
"""run.py README ROOT COMPILER...: what a README shows is true. In it,
    ```cpp  with a main                          compiles, runs and exits with 0
    ```cpp  without one                          compiles inside a function, after prelude.hpp
    <!-- printed by the program above -->        the next block is what that program printed
    <!-- printed by NAME -->                     the next block is in samples/NAME.txt, which the sample's test compares
    <!-- error of NAME -->                       the next block is what GCC says about tests/errors/NAME.cpp
    <!-- stated in FILE -->                      the next block's lines are in that file, which is a test
and every relative link leads somewhere. Output that names an instruction set is compared where that is the best one the
machine has. With --write in front, the blocks that are printed by something are written anew."""
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "errors"), str(HERE.parent.parent / "samples")]
import expect  # noqa: E402
import run as errors  # noqa: E402

BLOCK = re.compile(r"(?:^<!-- (?P<said>[^\n]*) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.M | re.S)
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def blocks(text):
    for match in BLOCK.finditer(text):
        yield text.count("\n", 0, match.start("text")) + 1, match["said"] or "", match["language"], match["text"]


def compile_text(text, compiler, folder, *more):
    path = pathlib.Path(folder) / "block.cpp"
    path.write_text(text, encoding="utf-8")
    done = subprocess.run([*compiler, *more, str(path)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return done.stdout if done.returncode else ""


class Reader:
    def __init__(self, path, root, compiler):
        self.path, self.root = pathlib.Path(path), pathlib.Path(root)
        self.syntax = compiler
        self.compiler = [word for word in compiler if word != "-fsyntax-only"]
        self.printed, self.fragments, self.problems, self.checked = None, [], [], 0
        self.written = {}  # the line at which a block begins -> what should be there

    def wrong(self, line, what):
        self.problems.append(f"{self.path.name}:{line}: {what}")

    def program(self, line, text):
        with tempfile.TemporaryDirectory() as folder:
            if said := compile_text(text, self.compiler, folder, "-O1", "-o", f"{folder}/program"):
                return self.wrong(line, "does not compile\n" + said[:4000])
            done = subprocess.run([f"{folder}/program"], cwd=folder, stdout=subprocess.PIPE, text=True, check=False)
            self.printed = done.stdout
            if done.returncode:
                self.wrong(line, f"exits with {done.returncode}")

    def printed_text(self, line, name, text):
        if name == "the program above":
            if self.printed is None:
                return self.wrong(line, "no program above has run")
            true = self.printed
        else:
            file = self.root / "samples" / (name + ".txt")
            if not file.exists():
                return self.wrong(line, f"there is no samples/{name}.txt")
            true = file.read_text(encoding="utf-8").replace("<...>", "...")
        self.compare(line, text, true)

    def compare(self, line, text, true):
        text, true = text.strip("\n"), true.strip("\n")
        self.written[line] = true
        if expect.is_for_this_machine(text) and text != true:
            diff = expect.differences(text.split("\n"), true.split("\n"))
            self.wrong(line, "\n".join(["is not what is printed", *diff]))

    def error(self, line, name, text):
        version = subprocess.run([self.syntax[0], "--version"], stdout=subprocess.PIPE, text=True, check=False).stdout
        if "Free Software" not in version:
            return
        done = errors.compile_file(self.root / "tests" / "errors" / (name + ".cpp"), self.syntax)
        said = done.stdout.replace(str(self.root) + "/", "").strip("\n")
        self.written[line] = said
        if errors.NUMBERS.sub("", said) != errors.NUMBERS.sub("", text).strip("\n"):
            self.wrong(line, "the compiler says\n" + said)

    def block(self, line, said, language, text):
        self.checked += 1
        if said.startswith("printed by "):
            self.printed_text(line, said[len("printed by "):], text)
        elif said.startswith("error of "):
            self.error(line, said[len("error of "):], text)
        elif said.startswith("stated in "):
            file = (self.root / said[len("stated in "):]).read_text(encoding="utf-8")
            for shown in text.splitlines():
                if shown not in file:
                    self.wrong(line, f"{said[len('stated in '):]} has no {shown}")
        elif language == "cpp" and "int main(" in text:
            self.program(line, text)
        elif language == "cpp":
            self.fragments.append(f"[[maybe_unused]] static void at_line_{line}() {{\n#line {line} \"{self.path.name}\"\n{text}}}\n")
        else:
            self.checked -= 1

    def read(self):
        text = self.path.read_text(encoding="utf-8")
        for found in blocks(text):
            self.block(*found)
        if self.fragments:
            with tempfile.TemporaryDirectory() as folder:
                whole = '#include "readme/prelude.hpp"\nnamespace {\n' + "".join(self.fragments) + "}\n"
                if said := compile_text(whole, self.syntax, folder, "-Wno-unused", "-Wno-shadow"):
                    self.wrong(1, "fragments do not compile\n" + said[:6000])
        for match in LINK.finditer(re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S)):
            if "://" not in match[1] and not (self.path.parent / match[1]).exists():
                self.wrong(1, f"links to {match[1]}, which is not there")
        return self.problems


    def write(self):
        text = self.path.read_text(encoding="utf-8")
        for match in reversed(list(BLOCK.finditer(text))):
            line = text.count("\n", 0, match.start("text")) + 1
            if line in self.written:
                text = text[:match.start("text")] + self.written[line] + "\n" + text[match.end("text"):]
        self.path.write_text(text, encoding="utf-8")


def main(arguments):
    write = arguments[0] == "--write"
    reader = Reader(arguments[write], pathlib.Path(arguments[write + 1]).resolve(), arguments[write + 2:])
    problems = reader.read()
    if write:
        reader.write()
    print("\n".join([*problems, f"{reader.checked} blocks, {len(problems)} problems"]))
    return 1 if problems and not write else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
