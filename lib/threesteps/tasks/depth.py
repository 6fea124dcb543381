"""4b: how large each layer's gradient is, weights to begin with, and ReLU on the way back."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import combinations, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from threesteps.network import Params, he_init, relu
from threesteps.task import Group, Task, Trial, WrongAnswer, as_numbers
from threesteps.tasks.networks import random_params

# gradient_norms


def gradient_norms(grads):
    """The Frobenius norm of each dW; db doesn't count."""
    return [np.linalg.norm(dW) for dW, _ in grads]


GRADIENT_NORMS = Task(
    "gradient_norms",
    1,
    gradient_norms,
    groups=(
        Group(
            "layers of different sizes",
            1,
            lambda rng: [(random_params(rng, *sizes),) for sizes in ((3, 4, 5, 2), (2, 3, 1), (4, 2, 5, 3, 2))],
        ),
        Group("one layer, and square ones", 1, lambda rng: [(random_params(rng, *s),) for s in ((5, 3), (3, 3, 3, 3))]),
    ),
)


# he_init
#
# What is random can't be compared with a reference. Every bound below is one that a right answer
# oversteps with a probability of at most 2·e⁻³⁰, which is 2·10⁻¹³; a judgement makes fewer than
# 200 such comparisons, so it is wrong about a right answer less than once in 10¹⁰ times.
LOG = 30.0


class Draw(np.random.Generator):
    """A generator that knows what is to be judged of its numbers; its copy, which the answer gets, is a plain one.

    judged: "shapes", "spread" or "independence"; results: what came of it and of the group's other
    generators, as (state, sizes, all weights); faults: by trial, once they are found.
    """

    judged: str
    results: list[tuple[str, list[int], NDArray]]
    faults: dict[int, tuple[Trial, frozenset[str]]]

    def __repr__(self) -> str:
        return "a random generator"


def _draws(judged: str, *probes: tuple[Sequence[int], int]) -> list[tuple]:
    """Probes (sizes, rng), one for each pair of sizes and a seed."""
    results, faults, made = [], {}, []
    for sizes, seed in probes:
        rng = Draw(np.random.PCG64(seed))
        rng.judged, rng.results, rng.faults = judged, results, faults
        made.append((list(sizes), rng))
    return made


def _seeds(rng: np.random.Generator, count: int) -> list[int]:
    return rng.choice(2**31, count, replace=False).tolist()


def _small(rng: np.random.Generator) -> list[tuple]:
    sizes = [(3, 4, 5, 2), (2, 3), (4, 4, 4), (64, 32, 10), (5, 1, 3)]
    return _draws("shapes", *zip(sizes, _seeds(rng, len(sizes))))


def _wide(rng: np.random.Generator) -> list[tuple]:
    """Layers with few and with many inputs, and square ones."""
    n = int(rng.integers(50, 65))
    sizes = [(n, 3 * n, n), (2, 2500, 3), (80, 80)]
    return _draws("spread", *zip(sizes, _seeds(rng, len(sizes))))


def _repeated(rng: np.random.Generator) -> list[tuple]:
    """One state of rng twice, another state, and layers whose numbers could be one another's, turned over."""
    n = int(rng.integers(90, 100))
    one, other, last = _seeds(rng, 3)
    square = [n] * 3
    return _draws("independence", (square, one), (square, one), (square, other), ([90, 110, 90], last))


def _read(value: Any, sizes: Sequence[int]) -> tuple[Params | None, str]:
    """The parameters as arrays, or None and what is wrong with their form."""
    shapes = [(n_out, n_in) for n_in, n_out in pairwise(sizes)]
    if not isinstance(value, (list, tuple)):
        return None, "A list of pairs (W, b) is asked for, first layer first."
    if len(value) != len(shapes):
        return None, f"Your list has {len(value)} entries, and for {len(sizes)} sizes there are {len(shapes)} layers."
    params = []
    for l, (pair, shape) in enumerate(zip(value, shapes), start=1):
        parts = [as_numbers(part) for part in pair] if isinstance(pair, (list, tuple)) else []
        if len(parts) != 2 or any(part is None for part in parts):
            return None, f"Layer {l} of yours is no pair (W, b) of two arrays of numbers."
        W, b = parts
        if W.shape != shape:
            return None, f"W of layer {l} has shape {W.shape}, where {shape} is asked for, (out, in)."
        if b.shape != shape[:1]:
            return None, f"b of layer {l} has shape {b.shape}, where {shape[:1]} is asked for, (out,)."
        if not (np.isfinite(W).all() and np.isfinite(b).all()):
            return None, f"Layer {l} holds nan or inf."
        params.append((W, b))
    return params, ""


def examine_he(task: Task, trial: Trial) -> str:
    """What is wrong with the form, the spread or the independence of first parameters."""
    params, problem = _read(trial.outcome.value, trial.arguments[0])
    if params is None:
        return problem
    if trial.arguments[1].judged == "shapes":
        return "The biases are not all 0." if any(b.any() for _, b in params) else ""
    weights = [W for W, _ in params]
    if trial.arguments[1].judged == "spread":
        return _wrong_spread(weights)
    return _dependent(weights) or _wrong_source(trial)


def _wrong_spread(weights: list[NDArray]) -> str:
    """Whether W·√(in/2) of all layers looks like numbers from N(0, 1)."""
    scaled = [W.ravel() * math.sqrt(W.shape[1] / 2) for W in weights]
    for l, z in enumerate(scaled, start=1):
        # Σz² has a χ² distribution; bounds by Laurent and Massart (2000).
        square, x = float(np.mean(z**2)), LOG / z.size
        if not 1 - 2 * math.sqrt(x) <= square <= 1 + 2 * math.sqrt(x) + 2 * x:
            return f"In layer {l} the spread of the weights is not √(2/in)."
        # The mean is from N(0, 1/n), whose two tails beyond t/√n weigh less than exp(−t²/2).
        if abs(z.mean()) > math.sqrt(2 * LOG / z.size):
            return f"The weights of layer {l} are not spread around 0."
    z = np.abs(np.concatenate(scaled))
    for limit in (0.25, 0.5, 1.0, 1.5, 2.0, 2.3):
        # How many lie within the limit has a binomial distribution; bounds by Bernstein.
        p = math.erf(limit / math.sqrt(2))
        slack = LOG / 3 + math.sqrt((LOG / 3) ** 2 + 2 * LOG * z.size * p * (1 - p))
        if abs(float((z < limit).sum()) - p * z.size) > slack:
            return "The spread is right, and the numbers do not come from a normal distribution."
    return ""


def _dependent(weights: list[NDArray]) -> str:
    """Whether numbers are copies of one another, whatever their spread."""
    for l, W in enumerate(weights, start=1):
        if not W.any() or np.unique(np.abs(W)).size < 0.9 * W.size:  # float32 repeats a few in a thousand
            return f"In layer {l} the same numbers stand again and again."
        if _parallel(W) or _parallel(W.T):
            return f"In layer {l} rows or columns are multiples of one another, or nearly so."
    return "Two layers have the same numbers, or multiples of them." if _shared(weights) else ""


# The cosine c of two independent normal vectors of length n is above c₀ with a probability of at most
# exp(−n c₀²/2), and as often below −c₀ (the area of a sphere's cap: Ball 1997, lemma 2.2).


def _parallel(W: NDArray) -> bool:
    """Whether any two rows point the same way, or opposite ways, more than chance can make them."""
    rows, n = W.shape
    limit = math.sqrt(2 * (LOG + math.log(rows * rows)) / n)
    if limit >= 1:
        return False
    unit = W - W.mean()
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    cosines = unit @ unit.T
    np.fill_diagonal(cosines, 0)
    return bool(np.abs(cosines).max() > limit)


def _shared(weights: list[NDArray]) -> bool:
    """Whether one layer's numbers, in either order, are another's or multiples of them."""
    for one, other in combinations(weights, 2):
        n = min(one.size, other.size)
        one, other = one - one.mean(), other - other.mean()
        a = one.ravel()[:n]
        for b in (other.ravel()[:n], other.T.ravel()[:n]):
            if abs(a @ b) > math.sqrt(2 * LOG / n) * np.linalg.norm(a) * np.linalg.norm(b):
                return True
    return False


def _wrong_source(trial: Trial) -> str:
    """Whether other states of rng gave the same numbers, or the same state others."""
    sizes, rng = trial.arguments
    results, state = rng.results, str(rng.bit_generator.state)
    mine = np.concatenate([W.ravel() for W, _ in _read(trial.outcome.value, sizes)[0]])
    if not any(np.array_equal(mine, earlier) for s, of, earlier in results if s == state and of == sizes):
        results.append((state, sizes, mine))
    if len({s for s, of, _ in results if of == sizes}) < sum(of == sizes for _, of, _ in results):
        return "The same state of `rng` gave other numbers when it came again."
    others = [earlier for s, of, earlier in results if of == sizes and s != state]
    return "Another `rng` gave the same numbers." if any(np.array_equal(mine, earlier) for earlier in others) else ""


# What is wrong with them, by name. A fault is recognised on each trial that can show it; on others it may hide.


def _form_faults(value: Any, sizes: Sequence[int]) -> Iterator[str]:
    """Names of faults of a value that is not of the form asked for."""
    shapes = [(n_out, n_in) for n_in, n_out in pairwise(sizes)]
    if not isinstance(value, (list, tuple)):
        return
    parts = [as_numbers(part) for part in value]
    if len(parts) == len(shapes) and all(W is not None and W.shape == s for W, s in zip(parts, shapes)):
        yield "weights without biases"
    flat = [shape for n_out, n_in in shapes for shape in ((n_out, n_in), (n_out,))]
    if len(parts) == len(flat) and all(a is not None and a.shape == s for a, s in zip(parts, flat)):
        yield "one flat list"
    if not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in value):
        return
    pairs = [tuple(getattr(as_numbers(part), "shape", None) for part in pair) for pair in value]
    forms = {
        "W turned over": lambda n_out, n_in: ((n_in, n_out), (n_out,)),
        "b as long as the inputs": lambda n_out, n_in: ((n_out, n_in), (n_in,)),
        "b as a table": lambda n_out, n_in: ((n_out, n_in), (1, n_out)),
        "b as a column": lambda n_out, n_in: ((n_out, n_in), (n_out, 1)),
        "b as one number": lambda n_out, n_in: ((n_out, n_in), ()),
    }
    yield from (name for name, form in forms.items() if pairs == [form(*shape) for shape in shapes])
    right = [(shape, shape[:1]) for shape in shapes]
    if len(pairs) < len(right) and pairs in (right[1:], right[:-1]):
        yield "a layer too few"
    if pairs[1:] == right and len(pairs) > len(right):
        yield "a layer for the input"


SPREADS = {  # the standard deviation by a wrong rule, from a layer's inputs and outputs and the network's inputs
    "√(1/in)": lambda n_in, n_out, first: math.sqrt(1 / n_in),
    "2/in": lambda n_in, n_out, first: 2 / n_in,
    "√(2/out)": lambda n_in, n_out, first: math.sqrt(2 / n_out),
    "√(2/(in + out))": lambda n_in, n_out, first: math.sqrt(2 / (n_in + n_out)),
    "standard deviation 1": lambda n_in, n_out, first: 1.0,
    "√(4/in)": lambda n_in, n_out, first: math.sqrt(4 / n_in),
    "4/√in": lambda n_in, n_out, first: 4 / math.sqrt(n_in),
    "1/in": lambda n_in, n_out, first: 1 / n_in,
    "√2/in": lambda n_in, n_out, first: math.sqrt(2) / n_in,
    "√2": lambda n_in, n_out, first: math.sqrt(2),
    "√(in/2)": lambda n_in, n_out, first: math.sqrt(n_in / 2),
    "the first layer's in for all": lambda n_in, n_out, first: math.sqrt(2 / first),
    "the bias counted as an input": lambda n_in, n_out, first: math.sqrt(2 / (n_in + 1)),
    "0.01": lambda n_in, n_out, first: 0.01,
}
LARGE = 5000  # entries of a layer, from which its spread is measured to 5 %
UNNAMED = "another"  # a fault that is none of those below


def _number_faults(params: Params, trial: Trial) -> Iterator[str]:
    """Names of faults of parameters of the right form, from the most telling."""
    weights, biases = [W for W, _ in params], [b for _, b in params]
    if any(b.any() for b in biases):
        yield "biases not 0"
        return
    if not any(W.any() for W in weights):
        yield "all zeros"
        return
    large = [W for W in weights if W.size >= LARGE]
    if not large:
        return
    found = list(_table_faults(large, weights[0].shape[1]))
    source = _wrong_source(trial) if trial.arguments[1].judged == "independence" else ""
    if source:
        found.append("always the same numbers" if source.startswith("Another") else "not from rng")
    yield from found or ([UNNAMED] if _wrong_spread(weights) or _dependent(weights) else [])


def _table_faults(large: list[NDArray], first: int) -> Iterator[str]:
    """Names of faults of large W; first: the network's number of inputs."""
    if all(np.ptp(W, axis=0).max() == 0 for W in large):
        yield "every neuron the same"
    elif all(np.ptp(W, axis=1).max() == 0 for W in large):
        yield "every input the same"
    elif any(_dependent([W]) for W in large):
        yield UNNAMED
    elif _shared(large):
        yield "every layer from the same numbers"
    elif all((W >= 0).all() for W in large):
        yield "positive only"
    else:
        yield from _spread_faults(large, first)


def _spread_faults(large: list[NDArray], first: int) -> Iterator[str]:
    spreads = [W.std() for W in large]

    def has(rule: Callable) -> bool:
        return all(abs(s / rule(*W.shape[::-1], first) - 1) < 0.06 for W, s in zip(large, spreads))

    he = has(lambda n_in, n_out, first: math.sqrt(2 / n_in))
    z = np.abs(np.concatenate([W.ravel() / s for W, s in zip(large, spreads)]))
    if abs((z < 0.5).mean() - 0.5 / math.sqrt(3)) < 0.02 and z.max() < 1.8:
        if he:
            yield "uniform"
        elif has(lambda n_in, n_out, first: math.sqrt(2 / n_in / 3)):
            yield "uniform up to √(2/in)"
    elif z.max() < 2.6:
        yield "cut off"
    elif not he and abs((z < 1).mean() - math.erf(math.sqrt(0.5))) < 0.02:
        yield from (name for name, rule in SPREADS.items() if has(rule))


def _faults(trial: Trial) -> frozenset[str]:
    """The faults that a trial shows, found once; none where all is well, or where it can't tell."""
    sizes, rng = trial.arguments
    if id(trial) not in rng.faults:
        params, _ = _read(trial.outcome.value, sizes)
        named = _number_faults(params, trial) if params else [*_form_faults(trial.outcome.value, sizes)] or [UNNAMED]
        rng.faults[id(trial)] = trial, frozenset(named)
    return rng.faults[id(trial)][1]


def _shows(name: str, trial: Trial) -> bool:
    faults = _faults(trial)
    return not faults or name in faults


def _layered(layer: Callable[[np.random.Generator, int, int], tuple]) -> Callable[[], Callable]:
    """Makes an answer whose layers are layer(rng, in, out)."""
    return lambda: lambda sizes, rng: [layer(rng, n_in, n_out) for n_in, n_out in pairwise(sizes)]


def _spread(rule: Callable[[int, int, int], float]) -> Callable[[], Callable]:
    """Makes an answer with another standard deviation; see SPREADS."""

    def wrong(sizes, rng):
        return [
            (rng.normal(0, rule(n_in, n_out, sizes[0]), (n_out, n_in)), np.zeros(n_out))
            for n_in, n_out in pairwise(sizes)
        ]

    return lambda: wrong


def _right_layer(rng, n_in, n_out):
    return rng.normal(0, math.sqrt(2 / n_in), (n_out, n_in)), np.zeros(n_out)


def _with_W(make: Callable[[np.random.Generator, int, int], NDArray]) -> Callable[[], Callable]:
    """Makes an answer whose W are make(rng, in, out) · √(2/in)."""
    return _layered(lambda rng, n_in, n_out: (make(rng, n_in, n_out) * math.sqrt(2 / n_in), np.zeros(n_out)))


def _with_b(make: Callable[[NDArray, NDArray], NDArray]) -> Callable[[], Callable]:
    """Makes an answer whose b are make(W, zeros)."""
    return lambda: lambda sizes, rng: [(W, make(W, b)) for W, b in he_init(sizes, rng)]


def _cut_off(rng, n_in, n_out):
    z = rng.normal(size=(n_out, n_in))
    while (far := np.abs(z) > 2).any():
        z[far] = rng.normal(size=far.sum())
    return z


def _from_one_stream(sizes, rng):
    z = rng.normal(size=max(n_in * n_out for n_in, n_out in pairwise(sizes)))
    return [
        (z[: n_in * n_out].reshape(n_out, n_in) * math.sqrt(2 / n_in), np.zeros(n_out))
        for n_in, n_out in pairwise(sizes)
    ]


def _not_from_rng():
    own = np.random.default_rng(0)
    return lambda sizes, rng: he_init(sizes, own)


def _for_the_input_too(sizes, rng):
    return [_right_layer(rng, sizes[l - 1], sizes[l]) for l in range(len(sizes))]


DEVIATION = "W turns out with the standard deviation {}. "
HE_FAULTS = (
    (
        "√(1/in)",
        DEVIATION.format("√(1/in)") + "That keeps the size of a sum whose inputs all come through. ReLU drops about "
        "half of them, and something has to make up for it.",
        _spread(SPREADS["√(1/in)"]),
    ),
    (
        "2/in",
        DEVIATION.format("2/in") + "2/in is the *variance*, the mean square. `rng.normal` is told the standard "
        "deviation, which is its root.",
        _spread(SPREADS["2/in"]),
    ),
    (
        "√(2/out)",
        DEVIATION.format("√(2/out)") + "A neuron adds up its *inputs*, and the more it has, the smaller each weight "
        "has to be: count the columns of W, not the rows.",
        _spread(SPREADS["√(2/out)"]),
    ),
    (
        "√(2/(in + out))",
        DEVIATION.format("√(2/(in + out))") + "That is another recipe, Glorot's, for curves like tanh. He's counts the "
        "inputs alone.",
        _spread(SPREADS["√(2/(in + out))"]),
    ),
    (
        "standard deviation 1",
        DEVIATION.format("1, whatever the layer's size") + "A neuron with many inputs then gets enormous sums: the "
        "spread has to shrink with the number of inputs.",
        _spread(SPREADS["standard deviation 1"]),
    ),
    (
        "0.01",
        DEVIATION.format("0.01 in every layer") + "One number can't suit layers of all sizes: the spread follows from "
        "the layer's number of inputs.",
        _spread(SPREADS["0.01"]),
    ),
    (
        "√(4/in)",
        DEVIATION.format("2/√in") + "Its square is 4/in, twice what He asks for: each layer of ReLU then makes its "
        "values larger by √2.",
        _spread(SPREADS["√(4/in)"]),
    ),
    (
        "4/√in",
        DEVIATION.format("4/√in") + "That was the repair for *sigmoid* layers, whose slope is ¼. For ReLU it is far "
        "too large.",
        _spread(SPREADS["4/√in"]),
    ),
    (
        "1/in",
        DEVIATION.format("1/in") + "Roots are missing: a sum of `in` random terms grows with √in, not with in.",
        _spread(SPREADS["1/in"]),
    ),
    (
        "√2/in",
        DEVIATION.format("√2/in")
        + "The root covers the 2 alone. Look at the brackets: it goes over the whole of 2/in.",
        _spread(SPREADS["√2/in"]),
    ),
    (
        "√2",
        DEVIATION.format("√2 in every layer") + "The 2 is there, and the number of inputs is not: divide by it before "
        "the root is taken.",
        _spread(SPREADS["√2"]),
    ),
    (
        "√(in/2)",
        DEVIATION.format("√(in/2)") + "The fraction stands on its head: more inputs have to give *smaller* weights.",
        _spread(SPREADS["√(in/2)"]),
    ),
    (
        "the first layer's in for all",
        "The first layer is right, and all others have the same spread, as if they had as many inputs as it has. Each "
        "layer counts its own.",
        _spread(SPREADS["the first layer's in for all"]),
    ),
    (
        "the bias counted as an input",
        DEVIATION.format("√(2/(in + 1))") + "You count the bias among the inputs. It starts at 0 and adds nothing to "
        "the spread: `in` alone is meant.",
        _spread(SPREADS["the bias counted as an input"]),
    ),
    (
        "uniform",
        "The spread is right, and the numbers come from a uniform distribution: all values up to a limit are equally "
        "likely, and none beyond. A normal one is asked for.",
        _with_W(lambda rng, n_in, n_out: rng.uniform(-math.sqrt(3), math.sqrt(3), (n_out, n_in))),
    ),
    (
        "uniform up to √(2/in)",
        "You draw uniformly between −√(2/in) and √(2/in). √(2/in) is meant as the standard deviation of a *normal* "
        "distribution.",
        _with_W(lambda rng, n_in, n_out: rng.uniform(-1, 1, (n_out, n_in))),
    ),
    (
        "cut off",
        "Your weights end at a limit of about two standard deviations, so they are not quite normal. (Keras cuts like "
        "that.) Here the plain normal distribution is asked for.",
        _with_W(_cut_off),
    ),
    (
        "positive only",
        "None of your weights is negative. A normal distribution around 0 has both signs; with one sign alone all "
        "neurons of a layer look for much the same.",
        _with_W(lambda rng, n_in, n_out: np.abs(rng.normal(size=(n_out, n_in)))),
    ),
    (
        "all zeros",
        "All your weights are 0. Then all neurons of a layer are equal, get equal gradients and stay equal, for ever.",
        _with_W(lambda rng, n_in, n_out: np.zeros((n_out, n_in))),
    ),
    (
        "every neuron the same",
        "All rows of W are the same. Neurons that start equal get equal gradients and stay equal: each entry needs a "
        "number of its own, `in` times `out` of them.",
        _with_W(lambda rng, n_in, n_out: np.tile(rng.normal(size=n_in), (n_out, 1))),
    ),
    (
        "every input the same",
        "In each row of W all entries are the same, so a neuron can't tell its inputs apart. Each entry needs a number "
        "of its own, `in` times `out` of them.",
        _with_W(lambda rng, n_in, n_out: np.tile(rng.normal(size=(n_out, 1)), (1, n_in))),
    ),
    (
        "every layer from the same numbers",
        "Each layer is right by itself, and they hold the same numbers: layers are copies of one another, or begin the "
        "same way. Is a generator made or a seed set inside of the loop? Go on with the `rng` that you got.",
        lambda: _from_one_stream,
    ),
    (
        "always the same numbers",
        "Whatever `rng` is handed over, your numbers are the same. Use that `rng`: one with a seed of your own knows "
        "nothing of it.",
        lambda: lambda sizes, rng: he_init(sizes, np.random.default_rng(0)),
    ),
    (
        "not from rng",
        "The numbers don't come from the `rng` that was handed over: with the same one, twice, they differ. Use its "
        "methods, `rng.normal` for one, and not `np.random`, so that a run can be repeated.",
        _not_from_rng,
    ),
    (
        "biases not 0",
        "W may be random, and b starts at 0: with random weights the neurons differ already.",
        _layered(lambda rng, n_in, n_out: (_right_layer(rng, n_in, n_out)[0], rng.normal(size=n_out))),
    ),
    (
        "W turned over",
        "Your W have the shape (in, out). In this course a row of W belongs to a neuron: (out, in).",
        lambda: lambda sizes, rng: [(W.T, b) for W, b in he_init(sizes, rng)],
    ),
    (
        "weights without biases",
        "You return the weights alone. Each layer is a pair, (W, b), with b of zeros.",
        lambda: lambda sizes, rng: [W for W, _ in he_init(sizes, rng)],
    ),
    (
        "one flat list",
        "W and b stand one after the other in a flat list. Each layer is a pair of its own: [(W, b), (W, b), …].",
        lambda: lambda sizes, rng: [array for pair in he_init(sizes, rng) for array in pair],
    ),
    (
        "b as long as the inputs",
        "b has as many entries as the layer has inputs. Each *neuron* has a bias: (out,).",
        _with_b(lambda W, b: np.zeros(W.shape[1])),
    ),
    (
        "b as a table",
        "b is a table of one row, (1, out). A vector is asked for: (out,).",
        _with_b(lambda W, b: b[None, :]),
    ),
    (
        "b as a column",
        "b is a column, (out, 1). A vector is asked for: (out,).",
        _with_b(lambda W, b: b[:, None]),
    ),
    (
        "b as one number",
        "b is a single number in each layer. Each neuron has a bias of its own: (out,).",
        _with_b(lambda W, b: np.float64(0)),
    ),
    (
        "a layer too few",
        "A layer is missing: n sizes make n − 1 layers, one between each size and the next, first and last included.",
        lambda: lambda sizes, rng: he_init(sizes, rng)[:-1],
    ),
    (
        "a layer for the input",
        "There is a layer too many in front: the input is no layer of weights. n sizes make n − 1 layers, one between "
        "each size and the next.",
        lambda: _for_the_input_too,
    ),
)

HE_INIT = Task(
    "he_init",
    3,
    he_init,
    groups=(
        Group("shapes, and biases at 0", 1, _small),
        Group("spread: normal, with standard deviation √(2/in)", 1, _wide),
        Group("every number drawn anew, from rng", 1, _repeated),
    ),
    wrong_answers=tuple(WrongAnswer(name, says, make, partial(_shows, name)) for name, says, make in HE_FAULTS),
    examine=examine_he,
)


# relu_delta


def relu_delta(delta_next, W_next, Z):
    """∂L/∂Z of a ReLU layer: what comes back through W, where z is above 0; the slope at 0 is 0."""
    return (delta_next @ W_next) * (Z > 0)


def _layer(rng: np.random.Generator, n: int, n_next: int, n_out: int) -> tuple[NDArray, NDArray, NDArray]:
    return rng.normal(size=(n, n_next)), rng.normal(size=(n_next, n_out)), rng.normal(size=(n, n_out))


def _with_zeros(rng: np.random.Generator, *sizes: int) -> tuple[NDArray, NDArray, NDArray]:
    """Each row and each column of Z has a 0 in it."""
    delta_next, W_next, Z = _layer(rng, *sizes)
    n, n_out = Z.shape
    at = np.arange(max(n, n_out))
    Z[at % n, at % n_out] = 0.0
    return delta_next, W_next, Z


RELU_DELTA = Task(
    "relu_delta",
    3,
    relu_delta,
    groups=(
        Group("one example", 1, lambda rng: [_layer(rng, 1, 2, 3), _layer(rng, 1, 5, 4), _layer(rng, 1, 3, 3)]),
        Group("a batch", 1, lambda rng: [_layer(rng, 4, 2, 3), _layer(rng, 3, 5, 2), _layer(rng, 6, 1, 4)]),
        Group(
            "z exactly 0, and square layers",
            1,
            lambda rng: [_with_zeros(rng, 4, 3, 5), _with_zeros(rng, 3, 3, 3), _with_zeros(rng, 5, 2, 2)],
        ),
    ),
)

TASKS = (GRADIENT_NORMS, HE_INIT, RELU_DELTA)
