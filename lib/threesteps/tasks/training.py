"""3e: does it read handwriting? Cutting an epoch into batches, counting right answers, and a whole training."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from threesteps import descent
from threesteps.descent import accuracy, minibatches
from threesteps.digits import Digits, load_digits
from threesteps.loss import one_hot
from threesteps.network import HIDDEN, Params, normal_init, softmax
from threesteps.task import Group, Task, Trial, as_numbers
from threesteps.tasks.cross_entropy import predictions

# minibatches

# Below this many examples a right shuffle may by chance look like none. With 60 examples in batches of 6, there are
# 60!/6!¹⁰ = 2e53 ways to fill the batches, and at most Σ C(60, k) 10·9ᵏ < 1e36, k up to 20, in which 40 or more of
# the 60 neighbours i, i + 1 share a batch: a right answer looks unshuffled with a probability below 1e−16.
MANY = 40


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
    sizes = sizes_of(batches)
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
    return "It is not shuffled: what stood side by side is in one batch." if unshuffled(batches, n) else ""


def unshuffled(batches: list[NDArray], n: int) -> bool:
    at = np.empty(n, dtype=int)
    for k, batch in enumerate(batches):
        at[batch.astype(int)] = k
    return n >= MANY and (at == np.roll(at, 1)).sum() >= 2 * n / 3


def by_rng_alone(trials: list[Trial]) -> str:
    """What batches of the same n and size, cut with several generators, say about who shuffled them."""
    seen = [(trial.arguments, joined(batches_of(trial.outcome.value)).tolist()) for trial in trials]
    pairs = [(a, b) for i, a in enumerate(seen) for b in seen[:i] if a[0][:2] == b[0][:2] and a[0][0] >= MANY]
    for ((_, _, rng), order), ((_, _, other), other_order) in pairs:
        same = rng.bit_generator.state == other.bit_generator.state
        if same and order != other_order:
            return (
                "With a generator in the same state it gave another order: not `rng` alone decides. "
                "(`np.random.shuffle` and the like have a state of their own.)"
            )
        if not same and order == other_order:
            return "Another generator gave the same order: it is not `rng` that shuffles."
    return ""


def _seeded(rng: np.random.Generator) -> np.random.Generator:
    return np.random.default_rng(rng.integers(2**32))


def _orders(rng: np.random.Generator) -> list[tuple]:
    seeds = rng.integers(2**32, size=2)
    return [(60, 6, np.random.default_rng(seed)) for seed in (*seeds, seeds[0])]


MINIBATCHES = Task(
    "minibatches",
    4,
    minibatches,
    groups=(
        Group(
            "batches that come out even",
            1,
            lambda rng: [(12, 4, _seeded(rng)), (9, 3, _seeded(rng)), (8, 2, _seeded(rng))],
        ),
        Group(
            "a short last batch", 1, lambda rng: [(10, 4, _seeded(rng)), (11, 3, _seeded(rng)), (7, 5, _seeded(rng))]
        ),
        Group(
            "batches of one, and larger than all",
            0.5,
            lambda rng: [(5, 1, _seeded(rng)), (6, 6, _seeded(rng)), (3, 8, _seeded(rng))],
        ),
        Group("shuffled, by `rng` alone", 1.5, _orders),
    ),
    examine=examine_minibatches,
    together=by_rng_alone,
)


# accuracy


def _judged(rng: np.random.Generator, n: int, k: int) -> tuple[NDArray, NDArray]:
    """(Y, labels): at least one of n is right and one is wrong, and the wrong ones are more."""
    Y = predictions(rng, n, k)
    labels = Y.argmax(axis=1)
    wrong = rng.permutation(n)[: max(n // 2 + 1, 1)]
    labels[wrong] = (labels[wrong] + rng.integers(1, k, size=len(wrong))) % k
    return Y, labels


def _tied(rng: np.random.Generator) -> list[tuple]:
    """Two largest outputs in some rows: the label at the lower one, at the higher one, at neither."""
    Y = np.array([[0.4, 0.4, 0.2], [0.4, 0.4, 0.2], [0.1, 0.45, 0.45], [0.2, 0.6, 0.2], [0.3, 0.3, 0.4]])
    labels = np.array([0, 1, 1, 1, 0])
    order = rng.permutation(5)
    quarters = np.full((4, 4), 0.25)
    return [(Y[order], labels[order]), (Y, np.array([1, 1, 2, 1, 2])), (quarters, np.array([3, 0, 2, 1]))]


def _extremes(rng: np.random.Generator) -> list[tuple]:
    Y = predictions(rng, 4, 3)
    right = Y.argmax(axis=1)
    return [(Y, right), (Y, (right + 1) % 3), (Y[:1], right[:1])]


ACCURACY = Task(
    "accuracy",
    3,
    accuracy,
    groups=(
        Group(
            "some right, some wrong",
            1,
            lambda rng: [
                (np.array([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7]]), np.array([1, 0, 0])),
                _judged(rng, 8, 3),
                (np.eye(3)[[1, 0, 2]], np.array([1, 1, 1])),
                _judged(rng, 30, 10),
                _judged(rng, 5, 4),
            ],
        ),
        Group(
            "as many examples as classes, where no shape warns you",
            1,
            lambda rng: [_judged(rng, 3, 3), _judged(rng, 4, 4), _judged(rng, 10, 10)],
        ),
        Group("ties: the lowest class", 0.5, _tied),
        Group("all right, none right, a single one", 0.5, _extremes),
    ),
)


# train: judged by what it does, on digits that it has not seen

TARGET = 0.88
THREE, FOUR = [64, 32, 10], [64, 32, 32, 10]
RATE = 2.0  # of the mean gradient


@lru_cache(maxsize=1)
def digits() -> Digits:
    return load_digits()


def train(X: NDArray, T: NDArray, sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """One right answer: the lesson's own training."""
    return descent.train(normal_init(sizes, rng), X, T, rng, learning_rate=RATE)


def _mixed(rng: np.random.Generator, sizes: list[int]) -> tuple:
    X, labels = digits().train
    order = rng.permutation(len(X))
    return X[order], one_hot(labels[order], 10), sizes, _seeded(rng)


def _sorted(rng: np.random.Generator, sizes: list[int]) -> tuple:
    """The digits class by class, the classes in any order."""
    X, labels = digits().train
    order = rng.permutation(10)[labels].argsort(kind="stable")
    return X[order], one_hot(labels[order], 10), sizes, _seeded(rng)


def _layers(sizes: Sequence[int]) -> list[tuple[int, int]]:
    """(out, in) of each layer."""
    return list(zip(sizes[1:], sizes))


def pairs_of(value: Any) -> Params | None:
    """What came back as a list of pairs of arrays of numbers; None where it is none."""
    if not isinstance(value, (list, tuple)):
        return None
    if not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in value):
        return None
    pairs = [(as_numbers(W), as_numbers(b)) for W, b in value]
    return None if any(W is None or b is None for W, b in pairs) else pairs


def fits(pairs: Params | None, sizes: Sequence[int]) -> bool:
    shapes = [((n_out, n_in), (n_out,)) for n_out, n_in in _layers(sizes)]
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
    sizes = trial.arguments[2]
    pairs, layers = pairs_of(trial.outcome.value), _layers(sizes)
    if pairs is None:
        return "The result is not a list of pairs (W, b) of numbers."
    if len(pairs) != len(layers):
        count = f"{len(pairs)} pair{'s' * (len(pairs) != 1)}"
        return f"The result has {count} (W, b), where `sizes` asks for {len(layers)} layers."
    for l, ((W, b), (n_out, n_in)) in enumerate(zip(pairs, layers), start=1):
        if W.shape != (n_out, n_in):
            return f"W of layer {l} has shape {W.shape}, where `sizes` asks for {(n_out, n_in)}."
        if b.shape != (n_out,):
            return f"b of layer {l} has shape {b.shape}, where `sizes` asks for {(n_out,)}."
        if not (np.isfinite(W).all() and np.isfinite(b).all()):
            return f"Layer {l} holds nan or inf."
    return ""


def reaches_target(trials: list[Trial]) -> str:
    """What is wrong with networks of one kind, trained with several seeds, or "".

    The best one counts: of a hundred right trainings one or two may end on a bump, below the target.
    """
    X, labels = digits().validation
    best = max(share_right(outputs(X, pairs_of(trial.outcome.value))[-1], labels) for trial in trials)
    if best < TARGET:
        return f"It reads {100 * best:.1f} % of the new digits, where {100 * TARGET:.0f} % are asked for."
    return ""


TRAIN = Task(
    "train",
    5,
    train,
    groups=(
        Group("a 64-32-10 network", 2, lambda rng: [_mixed(rng, THREE), _mixed(rng, THREE)]),
        Group(
            "a 64-32-32-10 network, the digits sorted by class", 3, lambda rng: [_sorted(rng, FOUR), _sorted(rng, FOUR)]
        ),
    ),
    timeout=30.0,
    examine=examine_train,
    together=reaches_target,
)

TASKS = (MINIBATCHES, ACCURACY, TRAIN)
