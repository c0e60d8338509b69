# SPDX-License-Identifier: BSL-1.0
"""Random formulas of attention: scores, masks, normaliser, values; what they need of tensors comes with them."""
import random
import re

import conditions
from results import OTHERS, RUNNING, results
from tree import (Expression, add, any_product, apply, arithmetic, divide, dot, function, gather, hadamard, negate, number, place,
                  position, relabel, scale, select, slice, subtract, sum_over, where)

STATIC = {"head": [1, 2, 3, 4], "kv_head": [1, 2, 3], "group": [1, 2, 3, 4], "feature": [1, 4, 7, 8, 16, 33, 64],
          "narrow": [1, 2, 8, 16], "value": [1, 5, 8, 16, 33, 64], "channel": [1, 2, 3]}
LONG = [1, 3, 5, 16, 17, 40, 64]
SPARE = ["offset", "channel", "memory", "token"]


class Tensor:
    def __init__(self, name, element, axes, extents, content):
        self.name, self.element, self.axes, self.extents, self.content = name, element, axes, extents, content


class Kind:
    """One formula. `rows` are the axes of the scores that are not normalised, `values` those that only v has."""

    def __init__(self, seed, number_):
        self.seed, self.number = seed, number_
        attempt = 0
        while not self.attempt(attempt):
            attempt += 1

    def attempt(self, again):
        name = "%s/%s" % (self.seed, self.number) + "/%d" % again * (again > 0)
        self.rng = rng = random.Random(name)
        self.element = "double" if rng.random() < 0.25 else "float"
        self.tensors, self.one_loop = [], True
        self.row, self.norm = rng.choice([("query", "key")] * 17 + [("key", "query")] + [("token", "memory")] * 2)
        self.groups = rng.choice([[], ["batch"], ["head"], ["head"], ["batch", "head"], ["batch", "head"],
                                  ["kv_head", "group"], ["batch", "kv_head", "group"], ["batch", "group"]])
        self.choose_static()
        # What is projected: its operand is a contraction of its own, computed before the loop.
        projection = random.Random(name + "/projected")
        self.projected = projection.choice(["q", "k", "v"]) if projection.random() < 0.06 else None
        # What is made of the scores, where that is not softmax or logsumexp.
        other = random.Random(name + "/other")
        self.other = other.choice(OTHERS) if other.random() < 0.2 else None
        state = random.Random(name + "/running")
        if not self.other and state.random() < 0.06:
            self.other = state.choice(RUNNING)
        self.drops = random.Random(name + "/dropout").random() < 0.15
        self.normaliser = "softmax"
        self.token_axes = []
        # Whether a product of rows and keys gives way to another sum of them.
        self.pairs = random.Random(name + "/pairs")
        build(self)
        return self.scores.loose == 0  # every position has a tensor that says how many there are

    @property
    def batch_is_query(self):
        """Whether batch stands last among the rows, where the language has the query."""
        rows = [a for a in self.scores.axes if a != self.norm]
        return rows[-1:] == ["batch"] or self.token_axes[-1:] == ["batch"]

    def choose_static(self):
        rng = self.rng
        everything = rng.random() < 0.12
        if everything:
            self.groups = [a for a in self.groups if a != "batch"]
        self.static = {a: rng.choice(n) for a, n in STATIC.items() if everything or rng.random() < 0.3}
        for axis in (self.row, self.norm):
            if everything or rng.random() < 0.12:
                self.static[axis] = rng.choice(LONG)
        self.tied = rng.random() < 0.5
        if self.tied and (self.row in self.static or self.norm in self.static):
            n = self.static.get(self.row, self.static.get(self.norm))
            self.static[self.row] = self.static[self.norm] = n

    # Random choices.

    def chance(self, p):
        return self.rng.random() < p

    def subset(self, axes, p=0.5, at_least=0):
        while True:
            chosen = [a for a in axes if self.chance(p)]
            if len(chosen) >= min(at_least, len(axes)):
                return chosen

    def real(self, *choices):
        text = self.rng.choice(choices or ("0.5", "0.25", "2.0", "0.1", "-1.5", "0.3"))
        return number(text if self.element == "double" or self.chance(0.1) else text + "f")

    def whole(self, *choices):
        return number(str(self.rng.choice(choices)), "integer")

    # Tensors.

    def name(self, stem):
        taken = [t.name for t in self.tensors]
        return next(n for n in [stem] + [stem + str(j) for j in range(2, 99)] if n not in taken)

    def tensor(self, stem, axes, content, element="real", extents=None, shuffle=0.3):
        """A new tensor with these axes, maybe in another order; an extent known to the formula may be left open."""
        axes = list(axes)
        if self.chance(shuffle):
            self.rng.shuffle(axes)
        extents = {a: "n[of::%s]" % a for a in axes} | (extents or {})
        types = {"real": self.element, "integer": self.rng.choice(["int"] * 3 + ["std::int64_t"]), "boolean": "bool"}
        shape = [(a, self.static.get(a) if extents[a] == "n[of::%s]" % a and self.chance(0.7) else None) for a in axes]
        t = Tensor(self.name(stem), types[element], shape, [extents[a] for a in axes], content)
        self.tensors.append(t)
        return Expression(t.name, lambda at: "in.%s(%s)" % (t.name, ", ".join(place(at, a) for a in axes)), shape, 0, element)

    def spare(self, *used):
        free = [a for a in SPARE if a not in used and a not in (self.row, self.norm)]
        return free[0] if free else None

    def viewed(self, stem, axes, content):
        """A tensor with these axes that is a view of another one."""
        within = [a for a in axes if a != "batch"]  # batches are taken one by one later
        way, axis, other = self.rng.random(), self.rng.choice(within or axes), self.spare(*axes)
        if way < 0.82 or not within:
            return self.tensor(stem, axes, content)
        if way < 0.88 and other:
            extents = {other: "n[of::%s]" % axis}
            return relabel(self.tensor(stem, [other if a == axis else a for a in axes], content, extents=extents), other, axis)
        if way < 0.94:
            first, more = self.rng.choice([0, 1, 3]), self.rng.choice([0, 2])
            extents = {axis: "n[of::%s] + %d" % (axis, first + more)}
            whole = self.tensor(stem, axes, content, extents=extents)
            return slice(whole, axis, str(first), "n[of::%s] + %d" % (axis, first) if first else "n[of::%s]" % axis)
        several = list(axes)
        several.insert(self.rng.randint(0, len(axes)), "layer")
        return select(self.tensor(stem, several, content, extents={"layer": "3"}, shuffle=0), "layer", str(self.rng.randint(0, 2)))

    def projection(self, stem, axes):
        """(token, model) times (model, head, feature), say."""
        self.one_loop, self.projected = False, None
        tokens = [a for a in axes if a in ("batch", self.row, self.norm)]
        left = self.tensor("tokens", tokens + ["model"], "between(-1, 1)")
        right = self.tensor("w" + stem, ["model"] + [a for a in axes if a not in tokens], "between(-1, 1)")
        self.token_axes = [a for a in left.axes if a != "model"]
        return dot(left, right, ["model"])


def operand(k, stem, axes, content):
    """One side of a product: a tensor, or now and then a function of one."""
    if k.projected == stem:
        return k.projection(stem, axes)
    x = k.viewed(stem, axes, content)
    if k.chance(0.88) or k.chance(0.3):
        return x
    way = k.rng.randint(0, 4)
    if way == 0:
        return add(x, k.tensor("shift", k.subset(axes, at_least=1), "between(-1, 1)"))
    if way == 1:
        return scale(x, k.real())
    if way == 2:
        return function(k.rng.choice(["tanh", "sin"]), x)
    if way == 3:
        return hadamard(x, function("cos", scale(k.real("0.1", "0.3"), position(k.rng.choice([a for a in axes if a != "batch"])))))
    return apply("relu", "real", x)


def scores_of_product(k):
    over = k.rng.choice([["feature"]] * 8 + [["narrow"], ["feature", "narrow"]])
    rows = k.groups + [k.row] if k.chance(0.93) else list(k.groups)
    if k.chance(0.1):
        rows = k.subset(rows, 0.7)
    keys = [a for a in k.groups if a != "group" or k.chance(0.1)]
    if k.chance(0.2):
        keys = k.subset(keys, 0.5)
    if k.row in rows and k.chance(0.04):
        keys = keys + [k.row]  # relative keys: one for each pair
    stem = k.rng.choice(["q", "q", "x"])
    if k.tied and k.row in rows and k.chance(0.15):
        same = [a for a in rows if a in keys and a != k.row]
        other = k.spare()
        x = k.tensor(stem, same + [other] + over, "between(-1, 1)", extents={other: "n[of::%s]" % k.row}, shuffle=0)
        a, b = relabel(x, other, k.row), relabel(x, other, k.norm)
    else:
        a, b = operand(k, stem, rows + over, "scores()"), operand(k, "k", keys + [k.norm] + over, "between(-1, 1)")
    p = any_product(k.rng, a, b, over)
    if k.pairs.random() < 0.2:
        p = sum_of_pairs(k, a, b, over)
        # What has no rows, or rows on either side, may be stored first.
        k.one_loop = k.one_loop and k.row in rows and k.row not in keys
    if k.chance(0.3):
        p = scale(p, k.real("0.125", "0.5", "0.25")) if k.chance(0.5) else divide(p, k.real("8.0", "2.5"))
    return p


def sum_of_pairs(k, a, b, over):
    """A sum over axes of something else than a product of a and b."""
    a, b = k.pairs.choice([(a, b), (b, a)])
    way = k.pairs.randint(0, 5)
    if way == 0:
        w = k.tensor("w", k.pairs.choice([over, over[-1:]]), "between(-1, 1)", shuffle=0)
        return sum_over(hadamard(w, function("tanh", add(a, b))), over)
    if way == 1:
        return sum_over(apply("abs", "real", subtract(a, b)), over)
    if way == 2:
        c = conditions.compare("<", position(over[-1]), k.whole(3))
        return sum_over(where(c, subtract(a, b), arithmetic("min", a, b)), over)
    if way == 3:
        return sum_over(function("sigmoid", hadamard(a, function("cos", b))), over)
    return negate(sum_over(apply("square", "real", subtract(a, b)), over))


def distance(k):
    return subtract(position(k.norm), position(k.row)) if k.chance(0.8) else subtract(position(k.row), position(k.norm))


def table_term(k):
    """A bias looked up by distance, by a block of it, or by a tensor of indices."""
    rows = k.subset(k.groups, 0.5)
    axis = k.spare(*[a for t in k.tensors for a, _ in t.axes])
    if axis is None:
        return None
    if k.chance(0.2):
        buckets = k.tensor("bucket", k.subset([k.row, k.norm], 0.8, 1), "integers(0, 6)", "integer")
        return gather(axis, k.tensor("table", rows + [axis], "between(-1, 1)", extents={axis: "7"}), buckets)
    if k.chance(0.25):
        clamped = arithmetic("min", arithmetic("abs", distance(k)), k.whole(9))
        return gather(axis, k.tensor("table", rows + [axis], "between(-1, 1)", extents={axis: "10"}), clamped)
    n = "n[of::%s] + n[of::%s]" % (k.row, k.norm)
    table = k.tensor("table", rows + [axis], "between(-1, 1)", extents={axis: "std::max<extent>(1, %s - 1)" % n})
    d = subtract(position(k.norm), position(k.row))
    index = add(d, number("(n[of::%s] - 1)" % k.row, "integer"))
    return gather(axis, table, divide(index, k.whole(2, 4)) if k.chance(0.2) else index)


def term(k):
    """Something to add to scores."""
    way = k.rng.random()
    rows = k.groups + [k.row]
    if way < 0.35:
        content = "additive()" if k.chance(0.5) else "between(-1, 1)"
        return k.viewed("bias", k.subset(k.groups + [k.row, k.norm], 0.55, 1), content), content == "additive()"
    if way < 0.6:
        d = arithmetic("abs", distance(k)) if k.chance(0.2) else distance(k)
        slope = k.tensor("slope", k.subset(k.groups, 0.7, 1), "between(-0.2, 0.1)") if k.groups and k.chance(0.7) else k.real("0.1", "-0.05")
        if slope.shape and k.chance(0.2):
            return hadamard(slope, d), False
        return (scale(slope, d) if k.chance(0.7) else scale(d, slope)), False
    if way < 0.85:
        return table_term(k) or k.tensor("bias", k.subset(rows, 0.5, 1), "between(-1, 1)"), False
    if way < 0.9:
        return k.tensor("count", k.subset([k.norm] + k.groups, 0.6, 1), "integers(-2, 2)", "integer"), False
    return function(k.rng.choice(["sin", "cos"]), scale(k.real("0.1", "0.7"), position(k.rng.choice([k.row, k.norm])))), False


def step(k, s):
    """Scores made of scores."""
    way = k.rng.randint(0, 11)
    if way <= 4:
        t, infinite = term(k)
        if infinite:
            k.last = t
            return s
        w = k.rng.random()
        return add(s, t) if w < 0.6 else subtract(s, t) if w < 0.8 else add(t, s)
    if way <= 6:
        c = k.rng.choice(["2.0", "5.0", "30.0"])
        c = number(c if k.element == "double" else c + "f")
        return scale(c, function("tanh", divide(s, c)))
    if way == 7:
        return pointwise(k, s)
    if way == 8:
        c = conditions.condition(k, s.axes, 1)
        other = k.real() if k.chance(0.6) else scale(s, k.real("0.5"))
        return where(c, s, other) if k.chance(0.7) else where(c, other, s)
    if way == 9:
        gate = k.tensor("gate", k.subset(k.groups + [k.row, k.norm], 0.5, 1), "between(0.5, 1.5)")
        return hadamard(s, gate) if k.chance(0.5) else divide(s, gate) if k.chance(0.5) else hadamard(gate, s)
    if way == 10:
        bound = k.real("0.5", "-0.25", "2.0") if k.chance(0.5) else k.tensor("bound", k.subset(k.groups + [k.row, k.norm], 0.5, 1), "between(-1, 1)")
        return arithmetic(k.rng.choice(["min", "max"]), *((s, bound) if k.chance(0.7) else (bound, s)))
    return scale(s, k.real()) if k.chance(0.6) else negate(s)


def pointwise(k, s):
    one = k.real("1.0", "0.5")
    name = k.rng.choice(["tanh", "relu", "gelu", "silu", "sigmoid", "sin", "cos", "abs", "square", "exp", "log", "sqrt", "rsqrt", "pow"])
    if name in ("relu", "abs"):
        return apply(name, "real", s)
    if name == "square":
        return scale(apply(name, "real", s), k.real("0.1"))
    if name == "exp":
        return function("exp", arithmetic("min", s, k.real("2.0", "1.0")))
    if name in ("log", "sqrt"):
        return function(name, add(arithmetic("abs", s), one))
    if name == "rsqrt":
        return function(name, add(apply("square", "real", s), one))
    if name == "pow":
        return function(name, add(arithmetic("abs", s), one), k.real("1.5", "0.75", "-0.5"))
    return function(name, s)


def build(k):
    k.last = None
    products = k.rng.choice([0] + [1] * 11 + [2] * 3)
    if products:
        before = k.rng.getstate()
        s = scores_of_product(k)
        if products == 2:
            after = k.rng.getstate()
            if k.chance(0.4):
                k.rng.setstate(before)  # other tensors of the same types
            s = add(s, scores_of_product(k))
            k.rng.setstate(after)
    else:
        s = k.tensor("logits", k.subset(k.groups, 0.7) + [k.row, k.norm], "between(-3, 3)")
    for _ in range(k.rng.choice([0, 0, 1, 1, 2, 3, 4])):
        s = step(k, s)
    if k.last:
        s = add(s, k.last)
    results(k, s)
    k.tensors = [t for t in k.tensors if re.search(r"\b%s\b" % t.name, k.heed)]
