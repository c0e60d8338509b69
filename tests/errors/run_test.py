# SPDX-License-Identifier: BSL-1.0
"""The runner of this folder notices each way in which an expected error can be the wrong one."""
import pathlib
import sys
import tempfile
import unittest

import run

COMPILER = sys.argv[1:]
HEAD = "// error: sizes differ\n// names: box<3>\n"
BODY = """template <int> struct box {};
template <class T> void check() { static_assert(sizeof(T) == %s, "call: sizes differ; did you mean box?"); }
int main() { check<box<3>>(); }
"""
WRONG, RIGHT = BODY % "7", BODY % "1"


def problems(text):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "case.cpp"
        path.write_text(text)
        return run.problems_of(path, COMPILER)[0]


def both(wrong, right=RIGHT, head=HEAD):
    return problems(f"{head}#ifdef FIXED\n{right}\n#else\n{wrong}\n#endif\n")


class Runner(unittest.TestCase):
    def expect(self, found, sentence):
        self.assertTrue(any(sentence in problem for problem in found), found)

    def test_as_stated(self):
        self.assertEqual(both(WRONG), [])

    def test_compiles(self):
        self.expect(both(RIGHT), "must not")

    def test_another_error(self):
        self.expect(both("int main() { return x; }"), "no error says")

    def test_two_errors(self):
        self.expect(both(WRONG + "int y = x;"), "2 errors")

    def test_missing_name(self):
        self.expect(both(WRONG, head=HEAD + "// names: box<4>\n"), "does not name box<4>")

    def test_too_long(self):
        self.expect(both(WRONG, head=HEAD + "// lines: 2\n"), "more than 2")

    def test_not_fixed(self):
        self.expect(both(WRONG, WRONG), "-DFIXED")

    def test_not_silent(self):
        noisy = "int f() { return 1; int unused; }\n#warning noise\n" + RIGHT
        self.expect(both(WRONG, noisy), "-DFIXED")

    def test_system_folders(self):
        self.assertEqual(run.installed(["c++", "-Iinclude", "-O2"]), ["c++", "-isysteminclude", "-O2"])

    def test_spelling(self):
        self.assertTrue(run.is_named("key<>", "axes<key<-1> >"))
        self.assertFalse(run.is_named("key<>", "axes<key<3> >"))

    def test_unstated_sentence(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "case.cpp").write_text("// error: a: requires b\n")
            sentences = 'static_assert(x<A>, "a: requires " "b; or c"); static_assert(y<B, C>, "d: requires e");'
            self.assertEqual(run.unstated(folder, sentences), ["d: requires e"])

    def test_shown_code(self):
        text = "int main() {\n    a;\n#ifdef FIXED\n    right;\n#else\n    wrong;\n#endif\n    return 0;\n}\n"
        self.assertEqual(run.shown_code(text, False), "a;\nwrong;")
        self.assertEqual(run.shown_code(text, True), "right;")

    def test_numbers(self):
        said = "x.hpp:12:3: note\n   12 |  a[12]"
        self.assertEqual(run.NUMBERS.sub("", said), "x.hpp: note\n |  a[12]")

    def test_nothing_stated(self):
        self.expect(both(WRONG, head=""), "states no")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
