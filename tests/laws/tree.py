# SPDX-License-Identifier: BSL-1.0
"""Expressions as the language has them, each with the shape that its documentation promises and two spellings: as a
formula of heed, and as plain code for one element, which knows nothing of heed."""


class Expression:
    """`shape` is a list of (axis, extent or None where dynamic); its first `loose` axes come from positions alone.
    `heed` is the formula; `plain(at)` the code of the element at the places that `at` names for each axis."""

    def __init__(self, heed, plain, shape, loose=0, element="real", atom=True):
        self.heed, self.plain, self.shape, self.loose = heed, plain, shape, loose
        self.element, self.atom = element, atom

    @property
    def axes(self):
        return [a for a, _ in self.shape]

    @property
    def is_scale(self):
        return self.loose == len(self.shape)

    def __str__(self):
        return self.heed if self.atom else "(" + self.heed + ")"


def place(at, axis):
    return at.get(axis, "i[of::%s]" % axis)


def extents_of(*shapes):
    known = {}
    for shape in shapes:
        for axis, n in shape:
            if n is not None or axis not in known:
                known[axis] = n if n is not None else known.get(axis)
    return known


def merge(a, b):
    """Broadcasting by name: the operand with more axes gives the order, axes that only the other has come in front, and
    before them the axes of positions that neither has as a tensor's."""
    (sa, la), (sb, lb) = a, b
    if a == b:
        return a
    ordered_a, ordered_b = [x for x, _ in sa[la:]], [x for x, _ in sb[lb:]]
    base, other = (ordered_a, ordered_b) if len(ordered_a) >= len(ordered_b) else (ordered_b, ordered_a)
    ordered = [x for x in other if x not in base] + base
    loose = []
    for x, _ in sa[:la] + sb[:lb]:
        if x not in ordered and x not in loose:
            loose.append(x)
    known = extents_of(sa, sb)
    return [(x, known[x]) for x in loose + ordered], len(loose)


def merged(*operands):
    form = (operands[0].shape, operands[0].loose)
    for x in operands[1:]:
        form = merge(form, (x.shape, x.loose))
    return form


def number(text, element="real"):
    code = text if element == "real" else "extent{%s}" % text
    code = "real(%s)" % text if element == "real" else code
    return Expression(text, lambda at: code, [], 0, element, not text.startswith("-"))


def position(axis):
    return Expression("position<%s>" % axis, lambda at: place(at, axis), [(axis, None)], 1, "integer")


def apply(function, element, *operands, infix=None):
    """A function of the plain program and of heed, or an operator."""
    shape, loose = merged(*operands)
    if infix:
        text = (" %s " % infix).join(map(str, operands)) if len(operands) == 2 else infix + str(operands[0])
    else:
        text = "%s(%s)" % (function, ", ".join(x.heed for x in operands))

    def plain(at):
        code = [x.plain(at) for x in operands]
        if function == "where":
            sort = "extent" if element == "integer" else "real"
            return "(%s ? %s(%s) : %s(%s))" % (code[0], sort, code[1], sort, code[2])
        if function in ("both", "either"):
            return "(%s %s %s)" % (code[0], infix, code[1])
        if element == "boolean" and infix == "!":
            return "!" + code[0]
        if element == "boolean":
            return "(plain::value_of(%s) %s plain::value_of(%s))" % (code[0], infix, code[1])
        return "plain::%s(%s)" % ("multiply" if function == "hadamard" else function, ", ".join(code))

    return Expression(text, plain, shape, loose, element, infix is None or len(operands) == 1)


def widest(*operands):
    return "real" if any(x.element == "real" for x in operands) else "integer"


def binary(function, infix, a, b):
    return apply(function, widest(a, b), a, b, infix=infix)


def add(a, b):
    return binary("add", "+", a, b)


def subtract(a, b):
    return binary("subtract", "-", a, b)


def divide(a, b):
    return binary("divide", "/", a, b)


def remainder(a, b):
    return binary("remainder", "%", a, b)


def scale(a, b):
    assert a.is_scale or b.is_scale
    return binary("multiply", "*", a, b)


def negate(a):
    return apply("negate", a.element, a, infix="-")


def arithmetic(function, *operands):
    return apply(function, widest(*operands), *operands)


def hadamard(a, b):
    return apply("hadamard", widest(a, b), a, b)


def function(name, *operands):
    return apply(name, "real", *operands)


def where(condition, a, b):
    return apply("where", widest(a, b), condition, a, b)


def compare(sign, a, b):
    return apply("compare", "boolean", a, b, infix=sign)


def both(a, b):
    return apply("both", "boolean", a, b, infix="&&")


def either(a, b):
    return apply("either", "boolean", a, b, infix="||")


def negation(a):
    return apply("negation", "boolean", a, infix="!")


# Views.


def transpose(x):
    shape = x.shape[:-2] + [x.shape[-1], x.shape[-2]]
    return Expression("transpose(%s)" % x.heed, x.plain, shape, x.loose, x.element)


def relabel(x, old, new):
    shape = [(new if a == old else a, n) for a, n in x.shape]
    return Expression("relabel<%s, %s>(%s)" % (old, new, x.heed),
                      lambda at: x.plain({**at, old: place(at, new)}), shape, x.loose, x.element)


def select(x, axis, index):
    shape = [(a, n) for a, n in x.shape if a != axis]
    return Expression("select<%s>(%s, %s)" % (axis, x.heed, index), lambda at: x.plain({**at, axis: index}), shape,
                      x.loose, x.element)


def slice(x, axis, begin, end):
    shape = [(a, None if a == axis else n) for a, n in x.shape]
    return Expression("slice<%s>(%s, %s, %s)" % (axis, x.heed, begin, end),
                      lambda at: x.plain({**at, axis: "%s + %s" % (begin, place(at, axis))}), shape, x.loose, x.element)


def gather(axis, table, index):
    shape, loose = merge(([(a, n) for a, n in table.shape if a != axis], 0), (index.shape, index.loose))
    return Expression("gather<%s>(%s, %s)" % (axis, table.heed, index.heed),
                      lambda at: table.plain({**at, axis: index.plain(at)}), shape, loose, table.element)


# Products.


def contracted(text, a, b, over, shape, atom):
    def plain(at):
        inside = {**at, **{c: "over_" + c for c in over}}
        code = "plain::multiply(%s, %s)" % (a.plain(inside), b.plain(inside))
        for c in over:
            code = "plain::sum(n[of::%s], [&](extent over_%s) { return %s; })" % (c, c, code)
        return code

    return Expression(text, plain, shape, 0, "real", atom)


def dot(a, b, over):
    rows = [x for x in a.axes if x not in over]
    known = extents_of(a.shape, b.shape)
    shape = [(x, known[x]) for x in rows + [x for x in b.axes if x not in over and x not in rows]]
    return contracted("dot<%s>(%s, %s)" % (", ".join(over), a.heed, b.heed), a, b, over, shape, True)


def sum_over(x, over):
    """sum<a>(sum<b>(x)): over one axis after another."""
    for axis in over:
        x = sum_of(x, axis)
    return x


def sum_of(x, axis):
    shape = [(a, n) for a, n in x.shape if a != axis]
    loose = x.loose - (axis in x.axes[:x.loose])

    def plain(at):
        code = x.plain({**at, axis: "over_" + axis})
        return "plain::sum(n[of::%s], [&](extent over_%s) { return %s; })" % (axis, axis, code)

    return Expression("sum<%s>(%s)" % (axis, x.heed), plain, shape, loose)


def product(a, b):
    """a * b, or None where the last axis of a is not the first matrix axis of b."""
    if not a.shape or not b.shape or a.is_scale or b.is_scale:
        return None
    over = a.axes[-1]
    if b.axes[max(len(b.axes) - 2, 0)] != over or (len(b.axes) >= 2 and b.axes[-1] in a.axes):
        return None
    column = [b.axes[-1]] if len(b.axes) >= 2 else []
    rows = [x for x in a.axes if x != over]
    batch = [x for x in b.axes if x != over and x not in column and x not in rows]
    known = extents_of(a.shape, b.shape)
    shape = [(x, known[x]) for x in batch + rows + column]
    return contracted("%s * %s" % (a, b), a, b, [over], shape, False)


def any_product(rng, a, b, over):
    """Some way to write the sum over `over` of a times b."""
    ways = []
    if len(over) == 1:
        ta = transpose(a) if len(a.shape) >= 2 and a.loose == 0 else None
        tb = transpose(b) if len(b.shape) >= 2 and b.loose == 0 else None
        pairs = [(a, b), (a, tb), (b, a), (b, ta), (ta, b), (tb, a)]
        found = [product(x, y) for x, y in pairs if x and y and x.axes[-1] == over[0]]
        ways = [x for x in found if x]
    if ways and rng.random() < 0.8:
        return ways[0] if rng.random() < 0.6 else rng.choice(ways)
    order = list(over)
    rng.shuffle(order)
    return dot(a, b, order) if rng.random() < 0.7 else dot(b, a, order)
