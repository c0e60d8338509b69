# SPDX-License-Identifier: BSL-1.0
"""mods.py README COMPILER...: the formulas of a README's tables of mods compute what the PyTorch beside them says.

A table counts if it is headed "score_mod" or "mask_mod"; its rows are as in table.py. The formulas are evaluated by the
reference over smaller extents than the README shows; the Python is evaluated here, for a few rows of the scores, with what
it needs of torch."""
import math
import pathlib
import random
import subprocess
import sys
import tempfile

import table

TOKENS = 192  # as in table.hpp
ROWS = 24  # of the scores, for each formula
MOST = 1e-5  # the difference that is allowed


class Index(int):
    """An index as FlexAttention gives it: a tensor of no axes."""
    def clamp(self, low, high):
        return Index(min(max(self, low), high))

    def __mod__(self, other):
        return Index(int(self) % other)

    def __floordiv__(self, other):
        return Index(int(self) // other)


class Tensor:
    def __init__(self, extents, elements):
        self.extents, self.elements = extents, elements

    def __getitem__(self, indices):
        indices = indices if isinstance(indices, tuple) else (indices,)
        place = 0
        for index, extent in zip(indices, self.extents, strict=False):
            assert 0 <= index < extent, (indices, self.extents)
            place = place * extent + int(index)
        size = math.prod(self.extents[len(indices):])
        part = self.elements[place * size:(place + 1) * size]
        return part if len(indices) < len(self.extents) else part[0]


class torch:  # noqa: N801
    abs, tanh, exp2 = abs, math.tanh, staticmethod(lambda x: 2.0 ** x)
    where = staticmethod(lambda condition, a, b: a if condition else b)
    dot = staticmethod(lambda a, b: sum(x * y for x, y in zip(a, b, strict=True)))


def mods(lines):
    """Line number, kind of mod, Python and formula of each row."""
    kind = None
    formulas = dict(table.rows(lines))
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in table.CELLS.split(line)[1:-1]] if line.startswith("|") else [None]
        if number not in formulas:
            kind = kind if cells[0] and not cells[0].strip("-") else cells[0]
        elif kind in ("score_mod", "mask_mod"):
            yield number, kind, cells[1].strip("`").replace("\\|", "|"), formulas[number]


def program(lines, found):
    shown = table.blocks_of(table.section_of(lines, found[0][0])).replace("512", str(TOKENS)).replace("<64>", "<4>")
    text = ['#include "readme/mods.hpp"', "int main() {", "mods::fill_all();", shown,
            'mods::fill("q", q, -6, 6);', 'mods::fill("k", k, -6, 6);', 'mods::fill("v", v, -1, 1);']
    text += [f'mods::print_all("row", "{number}", evaluate({formula}, reference));' for number, _, _, formula in found]
    return "\n".join([*text, "}", ""])


def computed(text, compiler):
    """The tensors and the results of the formulas, by name and by line number."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "mods.cpp"
        source.write_text(text, encoding="utf-8")
        command = [word for word in compiler if word != "-fsyntax-only"]
        subprocess.run([*command, "-O1", "-Wno-unused", "-Wno-shadow", str(source), "-o", f"{folder}/mods"], check=True)
        said = subprocess.run([f"{folder}/mods"], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    arrays = {"tensor": {}, "row": {}}
    for head, elements in zip(said[::2], said[1::2], strict=True):
        what, name, *extents = head.split()
        arrays[what][name] = Tensor([int(e) for e in extents], [float(x) for x in elements.split()])
    return arrays["tensor"], arrays["row"]


def attention(kind, code, tensors, b, h, i):
    """A row of softmax(modified scores) * v, as the Python says."""
    scores = []
    for j in range(TOKENS):
        score = torch.dot(tensors["q"][b, h, i], tensors["k"][b, h, j]) / 8
        given = {"score": score, "b": b, "h": h, "q_idx": Index(i), "kv_idx": Index(j)}
        said = eval(code, tensors, given)  # noqa: S307
        scores.append(said if kind == "score_mod" else score if said else -math.inf)
    most = max(scores)
    weights = [0.0 if x == -math.inf else math.exp(x - most) for x in scores]
    columns = range(tensors["v"].extents[-1])
    total = sum(weights) or 1
    return [sum(w * tensors["v"][b, h, j][c] for j, w in enumerate(weights)) / total for c in columns]


def main(readme, compiler):
    lines = pathlib.Path(readme).read_text(encoding="utf-8").splitlines()
    found = list(mods(lines))
    tensors, results = computed(program(lines, found), compiler)
    tensors |= {"torch": torch, "heads": 8, "n_keys": TOKENS, "n_queries": TOKENS}
    tensors["causal"] = lambda b, h, q_idx, kv_idx: q_idx >= kv_idx
    draw, wrong = random.Random(1), 0
    for number, kind, python, formula in found:
        code = compile(python, f"{readme}:{number}", "eval")
        for i in range(0, TOKENS, TOKENS // ROWS):
            b, h, i = draw.randrange(2), draw.randrange(8), i + draw.randrange(TOKENS // ROWS)
            pairs = zip(attention(kind, code, tensors, b, h, i), results[str(number)][b, h, i], strict=True)
            if any(not abs(x - y) <= MOST for x, y in pairs):
                print(f"{readme}:{number}: b = {b}, h = {h}, q_idx = {i}: `{python}` is not `{formula}`")
                wrong += 1
                break
    print(f"{len(found)} mods, {wrong} problems")
    return 1 if wrong or not found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
