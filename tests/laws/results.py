# SPDX-License-Identifier: BSL-1.0
"""What is made of scores: the normaliser with its arguments, the values it weighs, and the results of the loop."""
from conditions import mask
from tree import add, any_product, divide, Expression, hadamard


class Result:
    def __init__(self, what, shape):
        self.what, self.shape = what, shape


def arguments(k, s):
    """Masks, temperature and sink, in any order."""
    k.masks = [mask(k, s) for _ in range(k.rng.choice([0, 1, 1, 1, 1, 2, 3]))]
    given = [m.heed for m in k.masks]
    k.sink, k.scores = None, s
    rows = [a for a in s.axes if a != k.norm]
    if k.chance(0.2):
        t = k.real("0.5", "2.0") if k.chance(0.5) else k.tensor("heat", k.subset(s.axes, 0.3, 1), "between(0.5, 2)")
        k.scores = divide(s, t)
        given.append("temperature(%s)" % t.heed)
    if k.chance(0.2):
        t = k.real("0.5", "-1.0") if k.chance(0.4) or not rows else k.tensor("sink_score", k.subset(rows, 0.4, 1), "between(-2, 2)")
        k.sink = t
        given.append("sink(%s)" % t.heed)
    k.rng.shuffle(given)
    return given


def values(k, s):
    """v: the normalised axis, some of the axes of the rows, and none, one or two of its own."""
    own = k.rng.choice([["value"]] * 8 + [[], ["value", "channel"]])
    kept = [a for a in k.groups if a in s.axes and (a != "group" or k.chance(0.1))]
    if k.chance(0.25):
        kept = k.subset(kept, 0.5)
    if k.row in s.axes and k.chance(0.04):
        kept = kept + [k.row]  # relative values
    missing = [a for a in k.groups if a not in s.axes and k.chance(0.5)]
    axes = kept + missing + [k.norm] + own
    v = k.projection("v", axes) if k.projected == "v" else k.viewed("v", axes, "carried()")
    if k.chance(0.06):
        v = add(v, k.tensor("shift", k.subset(own + kept, 0.5, 1) or [k.norm], "between(-1, 1)"))
    return v


def results(k, s):
    given = arguments(k, s)
    last = s.axes[-1] == k.norm
    named = "<%s>" % k.norm if not last or k.chance(0.3) else ""
    call = named + "(" + ", ".join([s.heed] + given) + ")"
    weights = Expression("softmax" + call, None, s.shape, s.loose)
    lse = Expression("logsumexp" + call, None, [(a, n) for a, n in s.shape if a != k.norm])
    k.v, k.values, k.finish = None, [], "return o;"
    what = k.rng.choice(["attention"] * 12 + ["weights"] * 2 + ["logsumexp"] * 2 + ["both"] * 4)
    if what == "logsumexp":
        k.heed, k.results = lse.heed, [Result("logsumexp", lse.shape)]
        return
    if what == "weights":
        k.one_loop = False  # the weights need the sum of the whole row first
        k.heed, k.results = weights.heed, [Result("weights", weights.shape)]
        return
    k.v = v = values(k, s)
    k.values = [a for a in v.axes if a != k.norm and a not in s.axes]
    o = any_product(k.rng, weights, v, [k.norm])
    o.plain = lambda at: "o"
    if k.chance(0.05):
        finish(k, o)
        return
    if what == "attention":
        k.heed, k.results = o.heed, [Result("attention", o.shape)]
    elif k.chance(0.7):
        k.heed = "outputs(%s, %s)" % (o.heed, lse.heed)
        k.results = [Result("attention", o.shape), Result("logsumexp", lse.shape)]
    else:
        k.heed = "outputs(%s, %s)" % (lse.heed, o.heed)
        k.results = [Result("logsumexp", lse.shape), Result("attention", o.shape)]


def finish(k, o):
    """Arithmetic on the output; whether that is one loop is not promised here."""
    k.one_loop = False
    way = k.rng.randint(0, 2)
    axes = k.subset([a for a in o.axes], 0.6, 1)
    if way == 0 or not axes:
        o = divide(o, k.real("2.0", "0.5"))
    elif way == 1:
        o = add(o, k.tensor("residual", axes, "between(-1, 1)"))
    else:
        o = hadamard(k.tensor("gate", axes, "between(-1, 1)"), o)
    k.finish = "return %s;" % o.plain({})
    k.heed, k.results = o.heed, [Result("attention", o.shape)]

