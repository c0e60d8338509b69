# SPDX-License-Identifier: BSL-1.0
"""Random conditions over positions, lengths, segments and boolean tensors, and the masks that are made of them."""
from tree import add, arithmetic, both, compare, divide, either, negation, number, place, position, remainder, subtract


def integer(k, axes, depth):
    """An integer expression over positions of `axes`."""
    way = k.rng.randint(0, 9) if depth else k.rng.randint(0, 2)
    if way <= 1:
        return position(k.rng.choice([a for a in (k.row, k.norm, k.norm) if a in axes]))
    if way == 2:
        return k.whole(0, 1, 3, 8, 20)
    if way == 3:
        t = k.tensor("start", k.subset([a for a in axes if a != k.norm], 0.5, 1), "integers(-3, 12)", "integer")
        return t if t.shape else position(k.norm)
    a = integer(k, axes, depth - 1)
    if way == 4:
        return divide(a, k.whole(2, 4, 16, 64))
    if way == 5:
        return remainder(a, k.whole(2, 3, 5, 16))
    if way == 6:
        return arithmetic("abs", a) if a.shape else a
    b = integer(k, axes, depth - 1)
    if not a.shape and not b.shape:
        b = position(k.norm)
    if way == 7:
        return arithmetic(k.rng.choice(["min", "max"]), a, b)
    return add(a, b) if way == 8 else subtract(a, b)


def order(k):
    return k.rng.choice(["<", "<=", ">", ">=", "==", "!="])


def atom(k, axes):
    way = k.rng.randint(0, 11)
    key, row = position(k.norm), position(k.row)
    tensor_axes = [a for a in axes if a in k.groups + [k.row, k.norm]]
    if way <= 1 and k.row in axes:
        return compare(k.rng.choice(["<=", "<"]), key, row)
    if way == 2 and k.row in axes:
        d = subtract(row, key)
        return compare(k.rng.choice(["<", "<="]), arithmetic("abs", d) if k.chance(0.5) else d, k.whole(0, 1, 4, 30))
    if way == 3 and k.row in axes:
        block = k.rng.choice(["2", "4", "16", "33"])
        n = number(block, "integer")
        return compare(k.rng.choice(["==", "<=", "=="]), divide(key, n), divide(row, n))
    if way == 4:
        a = remainder(key, k.whole(2, 3, 7))
        return compare(k.rng.choice(["==", "!="]), a, k.whole(0, 1))
    if way == 5:
        lengths = k.tensor("lengths", k.subset([a for a in tensor_axes if a != k.norm], 0.5, 1), "integers(0, n[of::%s])" % k.norm, "integer")
        return compare(k.rng.choice(["<", ">="]), key, lengths) if lengths.shape else compare("<", key, k.whole(3, 30))
    if way <= 7:
        return k.tensor("allowed", k.subset(tensor_axes, 0.6, 1), "conditions()", "boolean")
    if way == 8:
        a = k.tensor("kind", k.subset(tensor_axes, 0.5, 1), "blocks(4)" if k.chance(0.5) else "integers(0, 3)", "integer")
        return compare(k.rng.choice(["==", "!=", "<"]), a, k.whole(1, 1, 2))
    if way == 9:
        weight = k.tensor("weight", k.subset(tensor_axes, 0.5, 1), "between(-1, 1)")
        other = k.tensor("limit", k.subset(tensor_axes, 0.3, 1), "between(-1, 1)")
        return compare(k.rng.choice(["<", "<=", ">"]), weight, other)
    if way == 10 and k.groups and k.chance(0.3):
        inner = [a for a in k.groups if a != "batch" and a in axes]
        if inner:
            return compare("!=", remainder(add(key, position(k.rng.choice(inner))), k.whole(2, 3)), k.whole(0))
    a, b = integer(k, axes, 2), integer(k, axes, 1)
    if not a.shape and not b.shape:
        a = key
    return compare(order(k), a, b)


def condition(k, axes, depth=2):
    """A condition whose axes are among `axes`."""
    if depth == 0 or k.chance(0.4):
        return atom(k, axes)
    way = k.rng.randint(0, 4)
    a = condition(k, axes, depth - 1)
    if way == 4:
        return negation(a)
    b = condition(k, axes, depth - 1)
    return both(a, b) if way <= 1 else either(a, b)


class Mask:
    """An argument of the normaliser, and the plain code of where it keeps."""

    def __init__(self, heed, plain):
        self.heed, self.plain = heed, plain


def width(k, others):
    """A number, one that the extents give, or a tensor of them."""
    way = k.rng.random()
    if way < 0.7:
        return k.whole(1, 2, 5, 17, 64)
    if way < 0.85:
        return number("(n[of::%s] / 2)" % k.norm, "integer")
    t = k.tensor("width", k.subset(others, 0.6, 1), "integers(0, 20)", "integer")
    return t if t.shape else k.whole(3)


def mask(k, scores):
    """scores decides which axes a mask may have, and which is the query."""
    ordered = [a for a in scores.axes[scores.loose:] if a != k.norm]
    named = bool(ordered) and ordered[-1] == k.row
    others = [a for a in k.groups if a in scores.axes]
    way = k.rng.randint(0, 9)
    key, row = place({}, k.norm), place({}, k.row)
    if named and way <= 5:
        corner = k.rng.choice(["", "", ".top_left", ".bottom_right"] if k.tied else [".top_left", ".bottom_right"])
        last = row + (" + n[of::%s] - n[of::%s]" % (k.norm, k.row) if corner == ".bottom_right" else "")
        if way <= 2:
            return Mask("causal" + corner, "%s <= %s" % (key, last))
        w = width(k, others)
        if way <= 4:
            return Mask("window(%s)%s" % (w.heed, corner), "(%s <= %s && %s > %s - %s)" % (key, last, key, last, w.plain({})))
        return Mask("prefix(%s)%s" % (w.heed, corner), "(%s < %s || %s <= %s)" % (key, w.plain({}), key, last))
    if way == 6 and others:
        t = k.tensor("lengths", k.subset(others, 0.6, 1), "integers(0, n[of::%s])" % k.norm, "integer")
        return Mask("padding(%s)" % t.heed, "%s < %s" % (key, t.plain({})))
    if way == 7 and named and k.tied:
        last = k.rng.choice([k.row, k.norm, k.spare() or k.row])
        extents = {last: "n[of::%s]" % k.row}
        t = k.tensor("segment", k.subset(others, 0.5) + [last], "blocks(3)" if k.chance(0.7) else "integers(0, 2)", "integer",
                     extents=extents, shuffle=0)
        return Mask("same(%s)" % t.heed, "%s == %s" % (t.plain({last: row}), t.plain({last: key})))
    c = condition(k, scores.axes)
    return Mask("keep(%s)" % c.heed, c.plain({})) if k.chance(0.6) else Mask("drop(%s)" % c.heed, "!(%s)" % c.plain({}))


def dropout(k, scores):
    """A condition that a counter-based generator draws for each score; the same in all batches, as one runs alone too."""
    axes = [a for a in scores.axes if a in k.groups + [k.row] and a != "batch"][-3:] + [k.norm]
    return Mask("keep(uniform(7, %s) < 0.75)" % ", ".join("position<%s>" % a for a in axes),
                "plain::uniform(7, {%s}) < 0.75" % ", ".join(place({}, a) for a in axes))
