# SPDX-License-Identifier: BSL-1.0
"""What is made of scores: the normaliser with its arguments, the values it weighs, and the results of the loop."""
from conditions import dropout, mask
from tree import add, any_product, apply, divide, Expression, function, hadamard, number

# Normalisers other than softmax, whose weights are seen or weigh values; and reductions of scores, of which two names are
# two results of one loop. What the loops cannot do yet would wait in LATER.
OTHERS = ["weights", "normalise", "softpick", "weights values", "normalise values", "softpick values", "entropy", "sum",
          "max", "min", "argmax", "sum max", "mean", "mean masked", "variance", "variance masked", "layer_norm", "rms_norm"]
LATER = []
# A state that runs along the normalised axis: all states, the last one, or both.
RUNNING = ["running", "last_state", "running last_state"]


class Result:
    def __init__(self, what, shape):
        self.what, self.shape = what, shape


def arguments(k, s, sinks=True, sink=None):
    """Masks, temperature and sink, in any order; `sink` is a choice made before."""
    k.masks = [mask(k, s) for _ in range(k.rng.choice([0, 1, 1, 1, 1, 2, 3]))] + ([dropout(k, s)] if k.drops else [])
    given = [m.heed for m in k.masks]
    k.sink, k.scores = None, s
    rows = [a for a in s.axes if a != k.norm]
    if k.chance(0.2):
        t = k.real("0.5", "2.0") if k.chance(0.5) else k.tensor("heat", k.subset(s.axes, 0.3, 1), "between(0.5, 2)")
        k.scores = divide(s, t)
        given.append("temperature(%s)" % t.heed)
    if sinks and k.chance(0.2):
        t = sink if sink else k.real("0.5", "-1.0") if k.chance(0.4) or not rows else k.tensor("sink_score", k.subset(rows, 0.4, 1), "between(-2, 2)")
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


def bounded(k, s):
    """Scores that a sum of squares does not lose: a row of almost equal large ones has a variance of rounding errors."""
    return function("tanh", s)


def call_of(k, given, name, *choice):
    """name<choice..., axis>(scores, given...); the axis may be left out where it is the last."""
    chosen = list(choice) + ([] if k.scores_given.axes[-1] == k.norm and k.chance(0.7) else [k.norm])
    return name + ("<%s>" % ", ".join(chosen) if chosen else "") + "(" + ", ".join([k.scores_given.heed] + given) + ")"


def weigh(k, s, what):
    """Weights of another kind: what is summed must not cancel nor vanish, as the bound knows only small errors."""
    if what == "normalise":
        s = apply("max", "real", s, k.real("-5.0", "-1.0"))
        s = function("sigmoid", s) if k.chance(0.5) else function("exp", apply("min", "real", s, k.real("2.0", "1.0")))
    elif what == "weights":
        s = k.rng.choice([s, apply("square", "real", apply("relu", "real", s)), function("sigmoid", s)])
    k.scores_given = s
    given = arguments(k, s, sinks=what != "weights", sink=k.real("0.5", "2.0") if what == "normalise" else None)
    if what == "softpick":
        return Expression(call_of(k, given, "normalise", "softpick"), None, s.shape, s.loose)
    return Expression(call_of(k, given, what), None, s.shape, s.loose)


def reduce(k, s, names, masked):
    """Reductions of the scores, of those that are kept where there are masks."""
    if any(name in ("variance", "layer_norm", "rms_norm") for name in names):
        s = bounded(k, s)
    k.scores, k.sink = s, None
    k.masks = [mask(k, s) for _ in range(k.rng.choice([0, 1, 1, 2]))] if masked else []
    given = "".join(", " + m.heed for m in k.masks)
    one = "1.0f * " if k.element == "float" else "1.0 * "
    calls = ["%s%s<%s>(%s%s)" % (one if name == "argmax" else "", name, k.norm, s.heed, given) for name in names]
    k.heed = calls[0] if len(calls) == 1 else "outputs(%s)" % ", ".join(calls)
    rows = [(a, n) for a, n in s.shape if a != k.norm]
    k.results = [Result(name, s.shape if name in ("layer_norm", "rms_norm") else rows) for name in names]
    k.one_loop = k.one_loop and len(names) == 1 and names[0] in ("sum", "mean", "max", "min", "argmax")


def run(k, s, names):
    """A state that runs along the normalised axis: half of it stays, and the score comes to it."""
    s = bounded(k, s)
    k.scores, k.sink, k.masks, k.one_loop = s, None, [], False
    rows = [(a, n) for a, n in s.shape if a != k.norm]
    half = number("0.5f" if k.element == "float" else "0.5").heed
    step = k.rng.choice(["%s * state + %s", "%s + %s * state"])
    step = step % ((half, s.heed) if step.endswith("%s") else (s.heed, half))
    states = "running<%s>(0, [&](auto state) { return %s; })" % (", ".join([k.norm] + [a for a, _ in rows]), step)
    calls = {"running": states, "last_state": "last_state(%s)" % states}
    k.heed = calls[names[0]] if len(names) == 1 else "outputs(%s)" % ", ".join(calls[n] for n in names)
    own = [(a, n) for a, n in s.shape if a == k.norm]
    k.results = [Result(n, own + rows if n == "running" else rows) for n in names]


def other_results(k, s):
    k.v, k.values, k.finish = None, [], "return o;"
    what, *more = k.other.split()
    if what in ("weights", "normalise", "softpick"):
        k.normaliser = {"weights": "nothing", "normalise": "sum"}.get(what, what)
        w = weigh(k, s, what)
        if more:
            k.v = v = values(k, s)
            k.values = [a for a in v.axes if a != k.norm and a not in s.axes]
            o = any_product(k.rng, w, v, [k.norm])
            k.heed, k.results = o.heed, [Result("attention", o.shape)]
        else:
            k.one_loop = False
            k.heed, k.results = w.heed, [Result("weights", w.shape)]
    elif what in ("running", "last_state"):
        run(k, s, k.other.split())
    elif what == "entropy":
        k.scores_given, k.one_loop = s, False
        k.heed = call_of(k, arguments(k, s, sinks=False), "entropy")
        k.results = [Result("entropy", [(a, n) for a, n in s.shape if a != k.norm])]
    else:
        names = [what] + [m for m in more if m != "masked"]
        reduce(k, s, names, masked="masked" in more or what in ("sum", "max", "min", "argmax"))


def results(k, s):
    if k.other:
        other_results(k, s)
        return
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

