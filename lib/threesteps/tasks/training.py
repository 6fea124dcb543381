"""3e: does it read handwriting? Cutting an epoch into batches, counting right answers, and a whole training."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from threesteps import descent
from threesteps.descent import accuracy, minibatches
from threesteps.digits import Digits, Part, load_digits
from threesteps.loss import one_hot
from threesteps.network import HIDDEN, Params, normal_init, softmax
from threesteps.task import Draw, Group, Task, Trial, as_numbers, each
from threesteps.tasks.cross_entropy import predictions
from threesteps.tasks.networks import layers_like
from threesteps.tasks.softmax import NEARLY_TIED, pairs_tied, tied

# minibatches

# Below this many examples a right shuffle may by chance look like none. With 60 examples in batches of 6, there are
# 60!/6!¹⁰ = 2e53 ways to fill the batches, and at most Σ C(60, k) 10·9ᵏ < 1e36, k up to 20, in which 40 or more of
# the 60 neighbours i, i + 1 share a batch: a right answer looks unshuffled with a probability below 1e−16, and with
# more examples less often still.
MANY = 40
CHANCE = 1e-9  # of a right answer that looks as if an index kept its place: what may be as likely is not judged
LOG = 40.0  # no right answer in e⁴⁰ oversteps one of the bounds on what follows the old order; there are about 3000


def batches_of(value: Any) -> list[NDArray] | None:
    """What came back as a list of one-dimensional arrays of numbers; None where it is none."""
    if not isinstance(value, (list, tuple)) and not (isinstance(value, np.ndarray) and value.ndim == 2):
        return None
    arrays = [as_numbers(batch) for batch in value]
    return arrays if all(array is not None and array.ndim == 1 for array in arrays) else None


def whole(value: Sequence) -> bool:
    """Whether the indices are whole numbers to NumPy, so that they can index."""
    return all(np.asarray(batch).dtype.kind in "iu" for batch in value if len(batch))


def asked(n: int, size: int) -> list[int]:
    """The sizes of the batches."""
    return [size] * (n // size) + [n % size] * (n % size > 0)


def sizes_of(batches: list[NDArray]) -> list[int]:
    return [len(batch) for batch in batches]


def joined(batches: list[NDArray]) -> NDArray:
    return np.concatenate([np.zeros(0), *batches])


def examine_minibatches(task: Task, trial: Trial) -> str:
    """What is wrong with the batches, or ""."""
    n, size, _ = trial.arguments
    batches = batches_of(trial.outcome.value)
    if batches is None:
        return "The result is not a list of batches, each of them an array of indices."
    indices = joined(batches)
    if not whole(trial.outcome.value):
        return "The indices are not whole numbers to NumPy, and X[batch] takes no others."
    if not ((indices >= 0) & (indices < n)).all():
        return "Some indices are not from 0 to n − 1."
    sizes = asked(n, size) if _order_alone(n, size) else sizes_of(batches)
    said = ", ".join(map(str, sizes[:12])) + (", …" if len(sizes) > 12 else "")
    if 0 in sizes:
        return f"There is a batch with nothing in it: the sizes are {said}."
    if len(np.unique(indices)) < len(indices):
        return "Some indices come more than once in an epoch."
    if len(indices) < n:
        return f"{n - len(indices)} of the n indices come in no batch."
    if sizes != asked(n, size):
        return (
            f"The batches have the sizes {said}: all should have `size` indices but the last, which has what is left."
        )
    if _order_alone(n, size) and unshuffled(np.split(indices, range(size, n, size)), n):
        return "It is not shuffled: what stood side by side is in one batch."
    return ""


def _order_alone(n: int, size: int) -> bool:
    """Whether the order of the indices is judged, and not how it is cut: of many that come out even."""
    return n >= MANY and n % size == 0


def unshuffled(batches: list[NDArray], n: int) -> bool:
    at = np.empty(n, dtype=int)
    for k, batch in enumerate(batches):
        at[batch.astype(int)] = k
    return n >= MANY and (at == np.roll(at, 1)).sum() >= 2 * n / 3


def by_rng_alone(trials: list[Trial]) -> str:
    """What batches of the same n and size, cut with several generators, say about who shuffled them, and how well.

    Of batches that don't come out even, only the short one is judged.
    """
    seen = [(trial.arguments, joined(batches_of(trial.outcome.value))) for trial in trials]
    rows = {
        (n, size): [(rng, order) for (*of, rng), order in seen if of == [n, size]]
        for (n, size, _), _ in seen
        if n >= MANY
    }
    even = [(size, row) for (n, size), row in rows.items() if _order_alone(n, size)]
    if any(_always_together(np.array([order for _, order in row]), size) for size, row in even):
        return "Some indices share a batch whatever the generator: shuffle all of them before you cut."
    if any(_follows_old_order(np.array([order for _, order in row]), size) for size, row in even):
        return "It is not shuffled well: places or neighbours follow the old order more often than chance allows."
    for (rng, order), (other, other_order) in (pair for _, row in even for pair in combinations(row, 2)):
        same = rng.bit_generator.state == other.bit_generator.state
        if same and not np.array_equal(order, other_order):
            return (
                "With a generator in the same state it gave another order: not `rng` alone decides. "
                "(`np.random.shuffle` and the like have a state of their own.)"
            )
        if not same and np.array_equal(order, other_order):
            return "Another generator gave the same order: it is not `rng` that shuffles."
    for (n, size), row in rows.items():
        if n * float(max(n // size, 1)) ** (1 - len(row)) >= CHANCE:
            continue
        batches = np.array([order for _, order in row]).argsort(axis=1) // size
        kept = (batches == batches[0]).all(axis=0)
        if n % size and np.array_equal(kept, batches[0] == n // size):
            return "The short last batch holds the same indices whatever the generator: they are not shuffled."
        if n % size == 0 and kept.any():
            return "Some indices come in the same batch whatever the generator: not all of them are shuffled."
    return ""


def _always_together(orders: NDArray, size: int) -> bool:
    """Whether two indices share a batch in all of the orders, where chance puts no two together so often."""
    batches = np.unique(orders, axis=0).argsort(axis=1) // size  # what came from one state twice counts once
    times, n = batches.shape
    if n**2 * ((size - 1) / (n - 1)) ** times >= CHANCE:
        return False
    return (batches[:, :, None] == batches[:, None]).all(axis=0).sum() > n


def _follows_old_order(orders: NDArray, size: int) -> bool:
    """Whether, in any of the orders or in all, it tells where an index is to know where it was, or its neighbour is.

    The order is seen in halves, quarters and batches. How many parts an index has moved, and how many lie between it
    and the next one, is any number (modulo the parts) equally often. Of the moves, the factorial moments are at most
    those of a Poisson distribution, so Chernoff's bound for that holds; of the neighbours they nearly are.
    """
    orders = np.unique(orders, axis=0)  # what came from one state twice counts once
    n = orders.shape[1]
    for parts in (2, 4, n // size):
        part = orders.argsort(axis=1) * parts // n
        for ways in (part - np.arange(n) * parts // n, np.diff(part, axis=1)):
            for some in (ways, *ways[:, None]):
                most, mean = np.bincount((some % parts).ravel()).max(), len(some) * -(-n // parts)
                if most > mean and most * np.log(most / mean) - most + mean > LOG:
                    return True
    return False


def _seeded(rng: np.random.Generator) -> np.random.Generator:
    return np.random.default_rng(rng.integers(2**32))


def _even(rng: np.random.Generator) -> list[tuple]:
    """Never as many batches as there are examples in one; few examples, so that the order is not judged."""
    sizes = rng.choice(np.arange(2, 7), 3, replace=False).tolist()
    counts = [int(rng.choice(np.setdiff1d(np.arange(3, 7), size))) for size in sizes]
    return [(n, size, _seeded(rng)) for n, size in [(12, 4), *((k * size, size) for k, size in zip(counts, sizes))]]


def _short(rng: np.random.Generator) -> list[tuple]:
    """At least two examples are missing in the last batch, so that equal parts would be other ones; and many with
    different generators, to see whether that batch is shuffled, too."""
    sizes = rng.choice(np.arange(3, 9), 5, replace=False)
    full, left = rng.integers(3, 5, 5), rng.integers(1, sizes - 1)
    many = 6 * int(rng.integers(20, 30)) + int(rng.integers(2, 5))
    pairs = [(10, 4), *zip((sizes * full + left).tolist(), sizes.tolist()), *[(many, 6)] * 10]
    return [(n, size, _seeded(rng)) for n, size in pairs]


def _one_batch_or_n(rng: np.random.Generator) -> list[tuple]:
    """Many batches of one, so that numbers drawn apart are not all different by chance."""
    a, b, c, d = rng.choice(np.arange(10, 16), 4, replace=False).tolist()
    return [(n, size, _seeded(rng)) for n, size in [(a, 1), (b, 1), (c, c), (d, d + int(rng.integers(1, d)))]]


def _orders(rng: np.random.Generator) -> list[tuple]:
    """Two generators, and one of them again in its first state; many; and many for batches of one. All come out even,
    so that a fault at a short last batch doesn't show."""
    n, seeds = 6 * int(rng.integers(10, 20)), rng.integers(2**32, size=2)
    more, one = 6 * int(rng.integers(36, 42)), int(rng.integers(MANY, 60))
    many = [(k, size, _seeded(rng)) for k, size in [(more, 6)] * 10 + [(one, 1)] * 8]
    return [*((n, 6, np.random.default_rng(seed)) for seed in (*seeds, seeds[0])), *many]


MINIBATCHES = Task(
    "minibatches",
    4,
    minibatches,
    groups=(
        Group("batches that come out even", 1, _even),
        Group("a short last batch", 1, _short),
        Group("batches of one, and larger than all", 0.5, _one_batch_or_n),
        Group("shuffled, by `rng` alone", 1.5, _orders),
    ),
    examine=examine_minibatches,
    together=by_rng_alone,
)


# accuracy


def _judged(rng: np.random.Generator, n: int, k: int) -> tuple[NDArray, NDArray]:
    """(Y, labels): some of n are right, the last one too, and some wrong, one of them nearly right; never as many. No
    row has nearly a tie."""
    Y = predictions(rng, n, k)
    while (near := np.diff(np.sort(Y)[:, -2:])[:, 0] < 0.02).any():
        Y[near] = predictions(rng, near.sum(), k)
    labels = Y.argmax(axis=1)
    counts = np.arange(1, n)
    wrong = rng.permutation(n - 1)[: rng.choice(counts[2 * counts != n])]
    labels[wrong] = (labels[wrong] + rng.integers(1, k, size=len(wrong))) % k
    labels[wrong[0]] = Y[wrong[0]].argsort()[-2]
    return Y, labels


def _tied(rng: np.random.Generator, top: int) -> tuple[NDArray, NDArray]:
    """(Y, labels): seven examples, `top` of four outputs the largest; labels at their lowest place, their highest, and
    another, never as many. The largest numbers of all are in the last row."""
    which = np.repeat([0, top - 1, top % 3], rng.permutation([1, 2, 4]))
    Y, places = tied(rng, len(which), top)
    Y[-1] *= 1.1
    return Y, places[np.arange(len(which)), rng.permutation(which)]


def _extremes(rng: np.random.Generator) -> list[tuple]:
    """All right or none, in batches and alone, in any order. The answers and the labels are the same numbers in both;
    wrong labels have the second largest outputs, and only some of the largest are above ½."""
    answers = np.array([2, 0, 1, *rng.integers(3, size=rng.integers(3)), 2, 0, 1])
    Y = np.array([[0.4, 0.35, 0.25], [0.25, 0.4, 0.35], [0.3, 0.1, 0.6]])[answers]
    one = rng.integers(len(Y), size=4)
    off = rng.permutation([0, 0, 1, 1])
    batches = [(Y, answers), (Y, (answers + 1) % 3)]
    alone = [(Y[i : i + 1], (answers[i : i + 1] + k) % 3) for i, k in zip(one, off)]
    return [(batches + alone)[i] for i in rng.permutation(6)]


ACCURACY = Task(
    "accuracy",
    3,
    accuracy,
    groups=(
        Group(
            "some right, some wrong",
            1,
            each(
                _judged,
                (8, 3),
                (30, 10),
                (5, 4),
                first=[
                    (np.array([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7]]), np.array([1, 0, 0])),
                    (np.eye(3)[[1, 0, 2]], np.array([1, 1, 1])),
                    (np.append(NEARLY_TIED, [[0.2, 0.7, 0.1]], axis=0), np.array([2, 0])),
                ],
            ),
        ),
        Group(
            "as many examples as classes, where no shape warns you",
            1,
            lambda rng: [_judged(rng, k, k) for k in (3, 4, 5, 6, 10, int(rng.integers(15, 30)))],
        ),
        Group(
            "ties: the lowest class", 0.5, lambda rng: [*(_tied(rng, top) for top in [2] * 10 + [4] * 2), pairs_tied()]
        ),
        Group("all right, none right, a single one", 0.5, _extremes),
    ),
    atol=1e-5,  # six digits are good enough
)


# train: judged by what it does, on digits that it has not seen

TARGET = 0.88
RATE = 2.0  # of the mean gradient


@lru_cache(maxsize=1)
def digits() -> Digits:
    return load_digits()


def train(X: NDArray, T: NDArray, sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """One right answer: the lesson's own training."""
    return descent.train(normal_init(sizes, rng), X, T, rng, learning_rate=RATE)


def _veiled(rng: np.random.Generator, hidden: int, by_class: bool = False) -> tuple:
    """(X, T, sizes, rng) of digits that nobody has learned before: each pixel is ¾ of one and ¼ of another, in all
    pictures alike, and the classes are renamed. by_class: sorted by class. `rng.new` are the digits to be read."""
    (most, some), names = rng.permuted([range(64)] * 2, axis=1), rng.permutation(10)
    train, new = (Part(0.75 * X[:, most] + 0.25 * X[:, some], names[labels]) for X, labels in digits()[:2])
    rows = train.labels.argsort(kind="stable") if by_class else rng.permutation(len(train.X))
    sizes = [64, *rng.integers(40, 57, hidden).tolist(), 10]
    return train.X[rows], one_hot(train.labels[rows], 10), sizes, Draw(int(rng.integers(2**32)), new=new)


def pairs_of(value: Any) -> Params | None:
    """What came back as a list of pairs of arrays of numbers; None where it is none."""
    if not isinstance(value, (list, tuple)):
        return None
    if not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in value):
        return None
    pairs = [(as_numbers(W), as_numbers(b)) for W, b in value]
    return None if any(W is None or b is None for W, b in pairs) else pairs


def fits(pairs: Params | None, sizes: Sequence[int]) -> bool:
    shapes = [((n_out, n_in), (n_out,)) for n_in, n_out in pairwise(sizes)]
    return pairs is not None and [(W.shape, b.shape) for W, b in pairs] == shapes


def outputs(X: NDArray, params: Params, hidden: str = "sigmoid") -> list[NDArray]:
    """[A¹, …, Y] of any finite parameters, without a warning; where numbers overflow, the outputs are zeros."""
    with np.errstate(all="ignore"):
        values = [X]
        for W, b in params[:-1]:
            values.append(HIDDEN[hidden](values[-1] @ W.T + b))
        W, b = params[-1]
        Y = softmax(values[-1] @ W.T + b)
    return [*values[1:], np.nan_to_num(Y)]


def share_right(Y: NDArray, labels: NDArray) -> float:
    return float((Y.argmax(axis=1) == labels).mean())


def examine_train(task: Task, trial: Trial) -> str:
    """What is wrong with the form of the parameters, or ""."""
    return layers_like(trial.outcome.value, trial.arguments[2])[1]


def reaches_target(trials: list[Trial]) -> str:
    """What is wrong with networks of one kind, trained with two seeds, or "".

    The best one counts: of a hundred right trainings one or two may end on a bump, below the target.
    """
    best = 0.0
    for trial in trials:
        X, labels = trial.arguments[3].new
        best = max(best, share_right(outputs(X, pairs_of(trial.outcome.value))[-1], labels))
    if best < TARGET:
        return f"It reads {100 * best:.1f} % of the new digits, where {100 * TARGET:.0f} % are asked for."
    return ""


TRAIN = Task(
    "train",
    5,
    train,
    groups=(
        Group("one hidden layer", 2, each(_veiled, (1,), (1,))),
        Group(
            "two hidden layers, the digits sorted by class",
            3,
            lambda rng: [_veiled(rng, 2, by_class=True), _veiled(rng, 2, by_class=True)],
        ),
    ),
    timeout=30.0,
    examine=examine_train,
    together=reaches_target,
)

TASKS = (MINIBATCHES, ACCURACY, TRAIN)
