# SPDX-License-Identifier: BSL-1.0
"""The layer check sees each kind of wrong include, and accepts a tree that keeps the rule."""
import pathlib
import tempfile
import unittest

import check


def problems_of(files):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return check.check(root)[1]


class Layers(unittest.TestCase):
    def expect(self, name, text, sentence, **more):
        files = {name: text, **{key.replace("__", "/") + ".hpp": "" for key in more}}
        found = problems_of(files)
        self.assertEqual(len(found), 1, found)
        self.assertIn(sentence, found[0])

    def test_a_good_tree(self):
        self.assertEqual(problems_of({
            "include/heed.hpp": "// all\n#pragma once\n#include <heed/axis.hpp>\n",
            "include/heed/axis.hpp": "#include <heed/dsl/print/plan.hpp>\n#include <vector>\n",
            "include/heed/openmp.hpp": "#include <omp.h>\n",
            "dsl/heed/dsl/print/plan.hpp": "#include <heed/dsl/shape/list.hpp>\n#include \"other.hpp\"\n",
            "dsl/heed/dsl/print/other.hpp": "// #include <boost/hana.hpp>\n",
            "dsl/heed/dsl/shape/list.hpp": "#include <boost/hana/tuple.hpp>\n",
        }), [])

    def test_upwards(self):
        self.expect("dsl/heed/dsl/shape/a.hpp", "#include <heed/dsl/loop/b.hpp>", "stands above",
                    dsl__heed__dsl__loop__b=1)

    def test_up_to_the_user(self):
        self.expect("dsl/heed/dsl/print/a.hpp", "#include <heed/axis.hpp>", "stands above", include__heed__axis=1)

    def test_relative(self):
        self.expect("dsl/heed/dsl/shape/a.hpp", '#include "../loop/b.hpp"', "stands above",
                    dsl__heed__dsl__loop__b=1)

    def test_all_of_hana(self):
        self.expect("dsl/heed/dsl/shape/a.hpp", "#include <boost/hana.hpp>", "single headers")

    def test_other_boost(self):
        self.expect("include/heed/a.hpp", "#include <boost/mp11.hpp>", "single headers")

    def test_the_processor(self):
        self.expect("dsl/heed/dsl/fuse/a.hpp", "#include <immintrin.h>", "may know it")

    def test_not_there(self):
        self.expect("include/heed/a.hpp", "#include <heed/b.hpp>", "not there")

    def test_no_folder(self):
        self.expect("dsl/heed/dsl/a.hpp", "", "no folder")

    def test_umbrella(self):
        self.expect("include/heed.hpp", "int x;", "includes only")

    def test_circle(self):
        self.expect("include/heed/a.hpp", "#include <heed/a.hpp>", "go round")


if __name__ == "__main__":
    unittest.main()
