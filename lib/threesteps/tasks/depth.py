"""4b: how large each layer's gradient is, weights to begin with, and ReLU on the way back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from threesteps.network import he_init
from threesteps.task import Draw, Group, Task, Trial, as_numbers, each, fine
from threesteps.tasks.networks import layers_like, random_params
from threesteps.tasks.neuron import exact

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
        Group(
            "one layer, and square ones",
            1,
            lambda rng: [
                (random_params(rng, 5, 3),),
                (random_params(rng, 3, 3, 3, 3),),
                ([(np.array([[1, 3], [5, 1]]), np.array([9, 9]))],),
            ],
        ),
    ),
)


# he_init
#
# What is random can't be compared with a reference. Every bound below is one that a right answer
# oversteps with a probability of at most 2·e⁻³⁰, which is 2·10⁻¹³; a judgement makes fewer than
# 200 such comparisons, so it is wrong about a right answer less than once in 10¹⁰ times.
LOG = 30.0

SAME_NUMBERS = "Another `rng` gave the same numbers."
OTHER_NUMBERS = "The same state of `rng` gave other numbers when it came again."


def _draws(judged: str, *probes: tuple[Sequence[int], int]) -> list[tuple]:
    """Probes (sizes, rng), one for each pair of sizes and a seed. Each rng knows what is judged ("shapes", "spread" or
    "independence")."""
    return [(list(sizes), Draw(seed, judged=judged)) for sizes, seed in probes]


def _seeds(rng: np.random.Generator, count: int) -> list[int]:
    return rng.choice(2**31, count, replace=False).tolist()


def _small(rng: np.random.Generator) -> list[tuple]:
    """Of one layer, two and more; square ones, and widths that nobody knows beforehand."""
    a, b, c, d = rng.choice(np.arange(2, 60), 4, replace=False).tolist()
    sizes = [(a, b, c, d), (b, a), (c, c, c), (64, a, 10), (d, 1, b)]
    return _draws("shapes", *zip(sizes, _seeds(rng, len(sizes))))


def _wide(rng: np.random.Generator) -> list[tuple]:
    """Layers with few and with many inputs, and square ones; the first are large enough to tell 1.5 from √2."""
    n, m, k = rng.integers(110, 120), rng.integers(2500, 2700), rng.integers(75, 90)
    sizes = [(int(n), int(3 * n), int(n)), (2, int(m), 3), [int(k)] * 3]  # with one layer missing, another is there
    return _draws("spread", *zip(sizes, _seeds(rng, len(sizes))))


def _repeated(rng: np.random.Generator) -> list[tuple]:
    """One state of rng twice, another state, and layers whose numbers could be one another's, transposed."""
    n = int(rng.integers(90, 100))
    one, other, last = _seeds(rng, 3)
    square = [n] * 4
    return _draws("independence", (square, one), (square, one), (square, other), ([90, 110, 90], last))


def weights_of(trial: Trial) -> list[NDArray] | None:
    """The weights of all layers that are there, whatever stands beside them and whether or not they are transposed;
    None where there are none.

    The spread of the numbers is judged even where their form is wrong, for the form has a point of its own.
    """
    value, shapes = trial.outcome.value, [(n_out, n_in) for n_in, n_out in pairwise(trial.arguments[0])]
    if not isinstance(value, (list, tuple)):
        return None
    tables = []
    for entry in value:
        array = as_numbers(entry)
        parts = map(as_numbers, entry) if array is None and isinstance(entry, (list, tuple)) else [array]
        tables += [part for part in parts if part is not None and part.ndim == 2]
    weights = max(_in_order(tables, shapes), _in_order([W.T for W in tables], shapes), key=len)
    return weights if weights and all(np.isfinite(W).all() for W in weights) else None


def _in_order(tables: list[NDArray], shapes: list[tuple[int, int]]) -> list[NDArray]:
    """For each shape the next table that has it; where none has, it is left out."""
    found = []
    for shape in shapes:
        fits = [k for k, table in enumerate(tables) if table.shape == shape]
        if fits:
            found.append(tables[fits[0]])
            tables = tables[fits[0] + 1 :]
    return found


def examine_he(task: Task, trial: Trial) -> str:
    """What is wrong with the form, the spread or the independence of first parameters."""
    params, problem = layers_like(trial.outcome.value, trial.arguments[0])
    if trial.arguments[1].judged == "shapes":
        return problem or ("The biases are not all 0." if any(b.any() for _, b in params) else "")
    weights = weights_of(trial)
    if weights is None:
        return problem
    if trial.arguments[1].judged == "spread":
        return _wrong_spread(weights)
    return dependent(weights) or _wrong_source(trial)


def _wrong_spread(weights: list[NDArray]) -> str:
    """Whether W·√(in/2) of each layer has mean 0 and spread 1, and all together look normal."""
    scaled = [W.ravel() * math.sqrt(W.shape[1] / 2) for W in weights]
    for l, z in enumerate(scaled, start=1):
        # Σz² has a χ² distribution; bounds by Laurent and Massart (2000). The mean is from N(0, 1/n), whose two tails
        # beyond t/√n weigh less than exp(−t²/2); where the spread is wrong, too, it is measured in that.
        square, x = float(np.mean(z**2)), LOG / z.size
        spread_fits = 1 - 2 * math.sqrt(x) <= square <= 1 + 2 * math.sqrt(x) + 2 * x
        if abs(z.mean()) > math.sqrt(2 * LOG / z.size) * (1 if spread_fits else max(1, z.std())):
            return f"The weights of layer {l} are not spread around 0."
        if not spread_fits:
            return f"In layer {l} the spread of the weights is not √(2/in)."
    # In units of each layer's own spread, so that nothing but another distribution changes the counts.
    z = np.abs(np.concatenate([z / z.std() for z in scaled]))
    for limit in (0.25, 0.5, 1.0, 1.5, 2.0, 2.3):
        # How many lie within the limit varies less than a binomial distribution, as the spread is measured, not known;
        # bounds by Bernstein.
        p = math.erf(limit / math.sqrt(2))
        slack = LOG / 3 + math.sqrt((LOG / 3) ** 2 + 2 * LOG * z.size * p * (1 - p))
        if abs(float((z < limit).sum()) - p * z.size) > slack:
            return "The spread is right, and the numbers do not come from a normal distribution."
    return ""


def dependent(weights: list[NDArray]) -> str:
    """Whether numbers are copies of one another, whatever their spread."""
    for l, W in enumerate(weights, start=1):
        if not W.any() or np.unique(np.abs(W)).size < 0.9 * W.size:  # float32 repeats a few in a thousand
            return f"In layer {l} the same numbers stand again and again."
        if _parallel(W) or _parallel(W.T):
            return f"In layer {l} rows or columns are multiples of one another, or nearly so."
    return "Two layers have the same numbers, or multiples of them." if shared(weights) else ""


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


def shared(weights: list[NDArray]) -> bool:
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
    """Whether another seed of rng gave the same numbers in an earlier call, in any layer, or the same seed others."""
    sizes, rng = trial.arguments
    for other in trial.earlier:
        other_sizes, other_rng = other.arguments
        if other_sizes == sizes:
            same = [*map(np.array_equal, weights_of(other) or [], weights_of(trial))]
            if other_rng.seed == rng.seed and not all(same):
                return OTHER_NUMBERS
            if other_rng.seed != rng.seed and any(same):
                where = f" in layer {same.index(True) + 1}"
                return SAME_NUMBERS if all(same) else f"{SAME_NUMBERS[:-1]}{where}."
    return ""


HE_INIT = Task(
    "he_init",
    3,
    he_init,
    groups=(
        Group("shapes, and biases at 0", 1, _small),
        Group("spread: normal, with standard deviation √(2/in)", 1, _wide),
        Group("every number drawn anew, from rng", 1, _repeated),
    ),
    examine=examine_he,
)


# relu_delta


def relu_delta(delta_next, W_next, Z):
    """∂L/∂Z of a ReLU layer: what comes back through W, where z is above 0; the slope at 0 is 0."""
    return (delta_next @ W_next) * (Z > 0)


def _layer(rng: np.random.Generator, n: int, n_next: int, n_out: int) -> tuple[NDArray, NDArray, NDArray]:
    """(delta_next, W_next, Z): some z of both signs are near 0, and what comes back at the first one is negative."""
    delta_next, W_next, Z = exact(rng, n, n_next), exact(rng, n_next, n_out), rng.normal(size=(n, n_out))
    W_next[:, 0] = -delta_next[0]
    Z.flat[[0, -1]] = 0.3, -0.3
    return delta_next, W_next, Z


def _with_zeros(rng: np.random.Generator, *sizes: int) -> tuple[NDArray, NDArray, NDArray]:
    """Each row and each column of Z has a 0 in it."""
    delta_next, W_next, Z = _layer(rng, *sizes)
    n, n_out = Z.shape
    at = np.arange(max(n, n_out))
    Z[at % n, at % n_out] = 0.0
    return delta_next, W_next, Z


# What comes back in whole numbers, and z in fractions; and the other way round.
WHOLE = (np.array([[1, -2]]), np.array([[1, 2, 3], [0, 1, -1]]), np.array([[0.5, -1, 0.25]]))
WHOLE_Z = (np.array([[0.5, -0.75], [0.25, 1.5]]), WHOLE[1], np.array([[2, -1, 3], [-2, 1, 4]]))

RELU_DELTA = Task(
    "relu_delta",
    3,
    relu_delta,
    groups=(
        Group("one example", 1, fine(relu_delta, each(_layer, (1, 2, 3), (1, 5, 4), (1, 3, 3), first=[WHOLE]))),
        Group("a batch", 1, fine(relu_delta, each(_layer, (4, 2, 3), (3, 5, 2), (6, 1, 4), first=[WHOLE_Z]))),
        Group(
            "z exactly 0, and square layers",
            1,
            fine(relu_delta, each(_with_zeros, (4, 3, 5), (3, 3, 3), (5, 2, 2))),
        ),
    ),
)

TASKS = (GRADIENT_NORMS, HE_INIT, RELU_DELTA)
