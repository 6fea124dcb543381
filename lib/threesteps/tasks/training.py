"""3e: does it read handwriting? Cutting an epoch into batches, counting right answers, and a whole training."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache, partial
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from threesteps import descent
from threesteps.backprop import backprop
from threesteps.descent import accuracy, gradient_step, minibatches
from threesteps.digits import Digits, load_digits
from threesteps.loss import one_hot
from threesteps.network import HIDDEN, Params, normal_init, softmax
from threesteps.task import Group, Task, Trial, WrongAnswer, as_numbers
from threesteps.tasks.cross_entropy import predictions

# minibatches

# Below this many examples a right shuffle may by chance look like none. With 60 examples in batches of 6, there are
# 60!/6!¹⁰ = 2e53 ways to fill the batches, and at most Σ C(60, k) 10·9ᵏ < 1e36, k up to 20, in which 40 or more of
# the 60 neighbours i, i + 1 share a batch: a right answer looks unshuffled with a probability below 1e−16.
MANY = 40


def _batches(value: Any) -> list[NDArray] | None:
    """What came back as a list of one-dimensional arrays of numbers; None where it is none."""
    if not isinstance(value, (list, tuple)) and not (isinstance(value, np.ndarray) and value.ndim == 2):
        return None
    arrays = [as_numbers(batch) for batch in value]
    return arrays if all(array is not None and array.ndim == 1 for array in arrays) else None


def _whole(value: Sequence) -> bool:
    """Whether the indices are whole numbers to NumPy, so that they can index."""
    return all(np.asarray(batch).dtype.kind in "iu" for batch in value if len(batch))


def _asked(n: int, size: int) -> list[int]:
    """The sizes of the batches."""
    return [size] * (n // size) + [n % size] * (n % size > 0)


def _sizes(batches: list[NDArray]) -> list[int]:
    return [len(batch) for batch in batches]


def _is_order(indices: NDArray, n: int, first: int = 0) -> bool:
    """Whether it is the numbers from `first`, n of them, each once."""
    return len(indices) == n and bool((np.sort(indices) == np.arange(first, first + n)).all())


def _flat(batches: list[NDArray]) -> NDArray:
    return np.concatenate([np.zeros(0), *batches])


def examine_minibatches(task: Task, trial: Trial) -> str:
    """What is wrong with the batches, or ""."""
    n, size, _ = trial.arguments
    batches = _batches(trial.outcome.value)
    if batches is None:
        return "The result is not a list of batches, each of them an array of indices."
    flat = _flat(batches)
    if not _whole(trial.outcome.value):
        return "The indices are not whole numbers to NumPy, and X[batch] takes no others."
    if not ((flat >= 0) & (flat < n)).all():
        return "Some indices are not from 0 to n − 1."
    sizes = _sizes(batches)
    said = ", ".join(map(str, sizes[:12])) + (", …" if len(sizes) > 12 else "")
    if 0 in sizes:
        return f"There is a batch with nothing in it: the sizes are {said}."
    if len(np.unique(flat)) < len(flat):
        return "Some indices come more than once in an epoch."
    if len(flat) < n:
        return f"{n - len(flat)} of the n indices come in no batch."
    if sizes != _asked(n, size):
        return (
            f"The batches have the sizes {said}: all should have `size` indices but the last, which has what is left."
        )
    return "It is not shuffled: what stood side by side is in one batch." if _unshuffled(batches, n) else ""


def _unshuffled(batches: list[NDArray], n: int) -> bool:
    at = np.empty(n, dtype=int)
    for k, batch in enumerate(batches):
        at[batch.astype(int)] = k
    return n >= MANY and (at == np.roll(at, 1)).sum() >= 2 * n / 3


def by_rng_alone(trials: list[Trial]) -> str:
    """What batches of the same n and size, cut with several generators, say about who shuffled them."""
    seen = [(trial.arguments, _flat(_batches(trial.outcome.value)).tolist()) for trial in trials]
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


def _cut(order: NDArray, sizes: Sequence[int]) -> list[NDArray]:
    return np.split(order, list(accumulate(sizes))[:-1]) if sizes else []


Batching = Callable[[int, int, np.random.Generator], Any]
Cut = Callable[[int, int, list[NDArray]], bool]


def _batching(name: str, says: str, wrong: Batching, shows: Cut) -> WrongAnswer:
    """shows(n, size, batches): whether batches look as this wrong answer makes them."""

    def known_by(trial: Trial) -> bool:
        batches = _batches(trial.outcome.value)
        return batches is not None and shows(*trial.arguments[:2], batches)

    return WrongAnswer(name, says, lambda: wrong, known_by)


def _sized(sizes: Callable[[int, int], list[int]]) -> tuple[Batching, Cut]:
    """All indices once and shuffled, in batches of other sizes."""

    def wrong(n: int, size: int, rng: np.random.Generator) -> list[NDArray]:
        return _cut(rng.permutation(n), sizes(n, size))

    def shows(n: int, size: int, batches: list[NDArray]) -> bool:
        return _sizes(batches) == sizes(n, size) and _is_order(_flat(batches), n) and not _unshuffled(batches, n)

    return wrong, shows


def _parts(n: int, k: int) -> list[int]:
    """The sizes of k parts of n that differ by one at most."""
    return [n // k + (i < n % k) for i in range(k)] if k else []


def _ordered(shuffled: Callable[[list[NDArray], np.random.Generator], object]) -> Batching:
    def wrong(n: int, size: int, rng: np.random.Generator) -> list[NDArray]:
        batches = _cut(np.arange(n), _asked(n, size))
        shuffled(batches, rng)
        return batches

    return wrong


def _in_old_order(n: int, size: int, batches: list[NDArray]) -> bool:
    return _sizes(batches) == _asked(n, size) and bool((_flat(batches) == np.arange(n)).all())


def _each_in_its_place(n: int, size: int, batches: list[NDArray]) -> bool:
    return (n < MANY or not _in_old_order(n, size, batches)) and _in_old_order(n, size, [np.sort(b) for b in batches])


def _in_their_places(n: int, size: int, batches: list[NDArray]) -> bool:
    runs = sorted((batch.tolist() for batch in batches), key=lambda run: run[:1])
    return (n < MANY or not _in_old_order(n, size, batches)) and _in_old_order(n, size, [np.array(run) for run in runs])


def _repeating(n: int, size: int, batches: list[NDArray]) -> bool:
    flat = _flat(batches)
    inside = bool(np.isin(flat, np.arange(n)).all())
    return _sizes(batches) == _asked(n, size) and inside and (n < MANY or len(np.unique(flat)) < n)


def _of_one_flat(shows: Callable[[int, int, NDArray], bool]) -> Callable[[Trial], bool]:
    def known_by(trial: Trial) -> bool:
        flat = as_numbers(trial.outcome.value)
        return flat is not None and flat.ndim == 1 and shows(*trial.arguments[:2], flat)

    return known_by


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
    wrong_answers=(
        _batching(
            "the short last batch dropped",
            "The last batch is missing where it would be short. Its examples are then never used in that epoch: the "
            "last batch may have fewer than `size`, and it counts.",
            lambda n, size, rng: _cut(rng.permutation(n), [size] * (n // size) + [n % size])[: n // size],
            lambda n, size, batches: (
                _sizes(batches) == [size] * (n // size)
                and len(np.unique(_flat(batches))) == n // size * size
                and bool(np.isin(_flat(batches), np.arange(n)).all())
            ),
        ),
        _batching(
            "drawn anew for each batch",
            "Some indices come twice and others not at all: the indices of a batch are drawn without a look at those "
            "of the others. Shuffle all n once and cut: then each comes once.",
            lambda n, size, rng: [rng.integers(n, size=k) for k in _asked(n, size)],
            _repeating,
        ),
        _batching(
            "not shuffled",
            "The batches are cut rightly, but from the old order: 0, 1, 2, … Data often comes sorted, and then each "
            "batch sees one class alone (lesson 3e shows what comes of it). Shuffle first.",
            _ordered(lambda batches, rng: None),
            _in_old_order,
        ),
        _batching(
            "only the batches shuffled",
            "You cut first and shuffle the batches then. Inside of each the old order stands: neighbours stay "
            "together, and sorted data stays sorted. Shuffle the *examples*, then cut.",
            _ordered(lambda batches, rng: rng.shuffle(batches)),
            _in_their_places,
        ),
        _batching(
            "shuffled inside of the batches only",
            "You cut first, and shuffle inside of each batch. So each batch holds the same examples in every epoch. "
            "Shuffle them all, then cut.",
            _ordered(lambda batches, rng: [rng.shuffle(batch) for batch in batches]),
            _each_in_its_place,
        ),
        _batching(
            "equal parts",
            "You cut into equal parts: as many as there should be, but not of the right size. All batches have `size` "
            "examples, and only the last may be shorter.",
            *_sized(lambda n, size: _parts(n, -(-n // size))),
        ),
        _batching(
            "equal parts, without a short one",
            "You cut into ⌊n/size⌋ equal parts, so that the left-over examples make other batches too large. All "
            "batches have `size` examples; what is left is one short batch more.",
            *_sized(lambda n, size: _parts(n, n // size) or [n]),
        ),
        _batching(
            "the rest joined to the last batch",
            "What is left over is joined to the last full batch, which gets too large. It is a batch of its own, a "
            "short one.",
            *_sized(lambda n, size: [*[size] * (n // size - 1), n - size * max(n // size - 1, 0)]),
        ),
        _batching(
            "`size` batches",
            "You make `size` batches; `size` is how many examples are in each of them.",
            *_sized(_parts),
        ),
        _batching(
            "the short batch first",
            "The short batch comes first. The contract asks for it at the end: all of `size` but the *last*.",
            *_sized(lambda n, size: _asked(n, size)[::-1]),
        ),
        _batching(
            "an empty batch at the end",
            "Where the batches come out even there is one more, with nothing in it: dividing by its size would give "
            "nan. Look at where the loop ends.",
            *_sized(lambda n, size: [size] * (n // size) + [n % size]),
        ),
        _batching(
            "the last batch filled up",
            "The last batch is filled up with indices that were used already, so some examples count twice. It may be "
            "short.",
            lambda n, size, rng: list(np.resize(rng.permutation(n), (-(-n // size), size))),
            lambda n, size, batches: _sizes(batches) == [size] * -(-n // size) and _is_order(_flat(batches)[:n], n),
        ),
        _batching(
            "the first batch only",
            "There is one batch, and the rest of the examples is missing. Is there a `return` inside the loop?",
            lambda n, size, rng: [rng.permutation(n)[:size]],
            lambda n, size, batches: (
                _sizes(batches) == [min(n, size)]
                and len(np.unique(_flat(batches))) == min(n, size)
                and bool(np.isin(_flat(batches), np.arange(n)).all())
            ),
        ),
        _batching(
            "a batch from every start",
            "A batch begins at every single example, so they overlap. From one start to the next it is `size` steps.",
            lambda n, size, rng: [order[start : start + size] for order in [rng.permutation(n)] for start in range(n)],
            lambda n, size, batches: (
                _sizes(batches) == [min(size, n - start) for start in range(n)]
                and _is_order(np.array([batch[0] for batch in batches]), n)
                and all(
                    batch.tolist() == [later[0] for later in batches[start : start + size]]
                    for start, batch in enumerate(batches)
                )
            ),
        ),
        _batching(
            "counted from 1",
            "Your indices run from 1 to n. Python counts rows from 0 to n − 1: X[n] is an error, and X[0] never comes.",
            lambda n, size, rng: _cut(rng.permutation(n) + 1, _asked(n, size)),
            lambda n, size, batches: _sizes(batches) == _asked(n, size) and _is_order(_flat(batches), n, first=1),
        ),
        WrongAnswer(
            "not cut",
            "The order is right, but it is one long row. It is still to be cut into batches.",
            lambda: lambda n, size, rng: rng.permutation(n),
            _of_one_flat(lambda n, size, flat: _is_order(flat, n)),
        ),
        WrongAnswer(
            "floats",
            "The batches are right, but their numbers are floats, and X[batch] takes whole numbers only. Was an array "
            "made by np.zeros or np.empty on the way?",
            lambda: lambda n, size, rng: [batch.astype(float) for batch in minibatches(n, size, rng)],
            lambda trial: (
                (batches := _batches(trial.outcome.value)) is not None
                and not _whole(trial.outcome.value)
                and _sizes(batches) == _asked(*trial.arguments[:2])
                and _is_order(_flat(batches), trial.arguments[0])
            ),
        ),
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


def _picked(Y: NDArray, labels: NDArray) -> NDArray:
    return Y[np.arange(len(Y)), labels]


def _tops(Y: NDArray) -> NDArray:
    """How many outputs of each row are the largest."""
    return (Y.max(axis=1, keepdims=True) == Y).sum(axis=1)


def _by_class(Y: NDArray, labels: NDArray) -> float:
    hits = Y.argmax(axis=1) == labels
    return float(np.mean([hits[labels == k].mean() for k in np.unique(labels)]))


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
    wrong_answers=(
        WrongAnswer(
            "wrong axis",
            "`argmax` runs along the wrong axis: for each class it finds the example that has most of it. For each "
            "example, in its row, the class is wanted.",
            lambda: lambda Y, labels: float((Y.argmax(axis=0) == labels).mean()),
        ),
        WrongAnswer(
            "every answer against every label",
            "Each answer is compared with *every* label: one of the two stands as a column, (N, 1), and `==` makes a "
            "whole table of N · N. Answer n belongs to label n alone.",
            lambda: lambda Y, labels: float((Y.argmax(axis=1)[:, None] == labels).mean()),
        ),
        WrongAnswer(
            "argmax over everything",
            "`argmax` without an axis finds one place in the whole table. Each row has a largest output of its own.",
            lambda: lambda Y, labels: float((Y.argmax() == labels).mean()),
        ),
        WrongAnswer(
            "a count",
            "You count the right ones. Their share is wanted, from 0 to 1: divide by how many there are.",
            lambda: lambda Y, labels: float((Y.argmax(axis=1) == labels).sum()),
        ),
        WrongAnswer(
            "per cent",
            "You give per cent, 0 to 100. A share from 0 to 1 is wanted.",
            lambda: lambda Y, labels: 100 * accuracy(Y, labels),
        ),
        WrongAnswer(
            "the share of the wrong ones",
            "That is the share of the *wrong* answers: 0 when all are right. Accuracy is the share of the right ones.",
            lambda: lambda Y, labels: 1 - accuracy(Y, labels),
        ),
        WrongAnswer(
            "divided by the number of classes",
            "You divide by the number of classes. The share is of the *examples*: divide by how many rows there are.",
            lambda: lambda Y, labels: float((Y.argmax(axis=1) == labels).sum() / Y.shape[1]),
        ),
        WrongAnswer(
            "divided by all entries",
            "You divide by the number of all entries, N · K. Each *row* is one answer: divide by N.",
            lambda: lambda Y, labels: float((Y.argmax(axis=1) == labels).sum() / Y.size),
        ),
        WrongAnswer(
            "the largest output, not its place",
            "You compare the largest *value* with the label. Its *place* in the row is the class: argmax.",
            lambda: lambda Y, labels: float((Y.max(axis=1) == labels).mean()),
        ),
        WrongAnswer(
            "ties: the highest class",
            "Right, until two outputs are equally large: you take the last of them, and agreed is the lowest class.",
            lambda: lambda Y, labels: float((Y.shape[1] - 1 - Y[:, ::-1].argmax(axis=1) == labels).mean()),
        ),
        WrongAnswer(
            "ties: always right",
            "Right, until two outputs are equally large: then you count the label as found if it is any of them. "
            "The network has one answer, agreed is the lowest class. (Else ten equal outputs would be 100 % right.)",
            lambda: lambda Y, labels: float((_picked(Y, labels) == Y.max(axis=1)).mean()),
        ),
        WrongAnswer(
            "ties: always wrong",
            "Right, until two outputs are equally large: then you count it as wrong, whatever the label. The network's "
            "answer is the lowest of the two.",
            lambda: lambda Y, labels: float(((Y.argmax(axis=1) == labels) & (_tops(Y) == 1)).mean()),
        ),
        WrongAnswer(
            "above one half",
            "You ask whether the label got more than ½. With several classes the largest output can be smaller than "
            "that, and still be the answer.",
            lambda: lambda Y, labels: float((_picked(Y, labels) > 0.5).mean()),
        ),
        WrongAnswer(
            "the mean probability of the label",
            "You average the probabilities that the labels got. Accuracy counts: an answer is right or wrong, however "
            "sure the network was.",
            lambda: lambda Y, labels: float(_picked(Y, labels).mean()),
        ),
        WrongAnswer(
            "one value for each example",
            "You return right or wrong for each example. Their mean is wanted, one number.",
            lambda: lambda Y, labels: (Y.argmax(axis=1) == labels).astype(float),
        ),
        WrongAnswer(
            "all or nothing",
            "It is 1 where everything is right, and 0 otherwise. Do you ask whether *all* are right, or is the share "
            "cut to a whole number (`//` and `int` do that)? Wanted is the share itself.",
            lambda: lambda Y, labels: float((Y.argmax(axis=1) == labels).all()),
        ),
        WrongAnswer(
            "rounded",
            "The share is rounded. Round when you print; compute with all digits.",
            lambda: lambda Y, labels: round(accuracy(Y, labels), 2),
        ),
        WrongAnswer(
            "classes counted from 1",
            "You compare with a class number that is one off: classes count from 0 here, as argmax does.",
            lambda: lambda Y, labels: float((Y.argmax(axis=1) + 1 == labels).mean()),
        ),
        WrongAnswer(
            "the smallest output",
            "You take the class with the *smallest* output.",
            lambda: lambda Y, labels: float((Y.argmin(axis=1) == labels).mean()),
        ),
        WrongAnswer(
            "mean over the classes",
            "You take the share within each class first, and average those. So a rare class weighs as much as a "
            "frequent one; here each *example* weighs the same.",
            lambda: _by_class,
        ),
    ),
)


# train: judged by what it does, on digits that it has not seen

TARGET, FINISHED = 0.88, 0.95  # of new digits; of those that it was given, where a whole training reads 96 % and more
THREE, FOUR = [64, 32, 10], [64, 32, 32, 10]
RATE = 2.0  # of the mean gradient


@lru_cache(maxsize=1)
def _digits() -> Digits:
    return load_digits()


def train(X: NDArray, T: NDArray, sizes: Sequence[int], rng: np.random.Generator) -> Params:
    """One right answer: the lesson's own training."""
    return descent.train(normal_init(sizes, rng), X, T, rng, learning_rate=RATE)


def _mixed(rng: np.random.Generator, sizes: list[int]) -> tuple:
    X, labels = _digits().train
    order = rng.permutation(len(X))
    return X[order], one_hot(labels[order], 10), sizes, _seeded(rng)


def _sorted(rng: np.random.Generator, sizes: list[int]) -> tuple:
    """The digits class by class, the classes in any order."""
    X, labels = _digits().train
    order = rng.permutation(10)[labels].argsort(kind="stable")
    return X[order], one_hot(labels[order], 10), sizes, _seeded(rng)


def _layers(sizes: Sequence[int]) -> list[tuple[int, int]]:
    """(out, in) of each layer."""
    return list(zip(sizes[1:], sizes))


def _pairs(value: Any) -> Params | None:
    """What came back as a list of pairs of arrays of numbers; None where it is none."""
    if not isinstance(value, (list, tuple)):
        return None
    if not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in value):
        return None
    pairs = [(as_numbers(W), as_numbers(b)) for W, b in value]
    return None if any(W is None or b is None for W, b in pairs) else pairs


def _shapes(pairs: Params) -> list[tuple]:
    return [(W.shape, b.shape) for W, b in pairs]


def _fits(pairs: Params | None, sizes: Sequence[int]) -> bool:
    return pairs is not None and _shapes(pairs) == [((n_out, n_in), (n_out,)) for n_out, n_in in _layers(sizes)]


def _below(limit: float, params: Params) -> bool:
    return all((np.abs(array) < limit).all() for pair in params for array in pair)


def _outputs(X: NDArray, params: Params, hidden: str = "sigmoid") -> list[NDArray]:
    """[A¹, …, Y] of any finite parameters, without a warning; where numbers overflow, the outputs are zeros."""
    with np.errstate(all="ignore"):
        values = [X]
        for W, b in params[:-1]:
            values.append(HIDDEN[hidden](values[-1] @ W.T + b))
        W, b = params[-1]
        Y = softmax(values[-1] @ W.T + b)
    return [*values[1:], np.nan_to_num(Y)]


def _right(Y: NDArray, labels: NDArray) -> float:
    return float((Y.argmax(axis=1) == labels).mean())


def examine_train(task: Task, trial: Trial) -> str:
    """What is wrong with the form of the parameters, or ""."""
    sizes = trial.arguments[2]
    pairs, layers = _pairs(trial.outcome.value), _layers(sizes)
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
    best = max(_Look(trial).share for trial in trials)
    if best < TARGET:
        return f"It reads {100 * best:.1f} % of the new digits, where {100 * TARGET:.0f} % are asked for."
    return ""


# What a result shows of the way in which it was made


class _Look:
    """A result of train, looked at from all sides. It is equal to itself alone, so that what was seen can be kept."""

    def __init__(self, trial: Trial) -> None:
        self.trial = trial
        self.X, self.T, self.sizes, _ = trial.arguments
        self.value = trial.outcome.value
        self.params = _pairs(self.value) or []
        self.fits = _fits(self.params, self.sizes)
        self.new = _digits().validation

    def __hash__(self) -> int:
        return id(self.trial)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Look) and self.trial is other.trial

    @cached_property
    def outputs(self) -> list[NDArray]:
        """[A¹, …, Y] for the new digits."""
        return _outputs(self.new.X, self.params)

    @cached_property
    def share(self) -> float:
        return _right(self.outputs[-1], self.new.labels)

    @property
    def guesses(self) -> bool:
        return self.share < 0.2

    @property
    def same_for_all(self) -> bool:
        return bool(np.ptp(self.outputs[-1], axis=0).max() < 0.1)

    @property
    def stuck(self) -> bool:
        """A hidden layer whose neurons stand at 0 or 1, each the same for every picture."""
        return any(
            ((A < 0.01) | (A > 0.99)).mean() > 0.99 and np.ptp(A, axis=0).mean() < 0.05 for A in self.outputs[:-1]
        )

    @property
    def last_seen(self) -> bool:
        """The data came sorted, and half of the probability is on the two classes that came last."""
        labels = self.T.argmax(axis=1)
        starts = np.flatnonzero(np.diff(labels)) + 1
        return len(starts) == 9 and bool(self.outputs[-1][:, labels[starts[-2:]]].mean() > 0.25)

    @property
    def twins(self) -> bool:
        """In each hidden layer all neurons have the same weights."""
        hidden = [np.column_stack(layer) for layer in self.params[:-1]]
        return all(np.ptp(layer, axis=0).max() <= 1e-4 * max(1.0, np.abs(layer).max()) for layer in hidden)

    @property
    def unfinished(self) -> bool:
        """Digits that it was given are misread, too."""
        return _right(_outputs(self.X, self.params)[-1], self.T.argmax(axis=1)) < FINISHED

    def no_bias(self, layers: slice = slice(None)) -> bool:
        return not any(b.any() for _, b in self.params[layers])

    def would_read(self, X: NDArray, hidden: str = "sigmoid") -> bool:
        """Whether for other inputs, or with another activation, it would reach the target and be much better than now.

        Some eighty pictures tell in most cases.
        """
        few, labels = slice(80), self.new.labels
        return all(
            _right(_outputs(X[part], self.params, hidden)[-1], labels[part]) >= least
            for part, least in ((few, TARGET - 0.1), (slice(None), max(TARGET, self.share + 0.1)))
        )

    @property
    def other_inputs(self) -> bool:
        """Whether it would read pictures that are changed in one of the ways of learners."""
        X, seen = self.new.X, self.X
        mean, spread = seen.mean(axis=0), seen.std(axis=0)
        floored = (spread + 1e-8, np.where(spread > 0, spread, 1), spread + 1)
        moved = [X - mean, X - seen.mean(), (X - seen.mean()) / seen.std(), *((X - mean) / s for s in floored)]
        return any(map(self.would_read, [*moved, 2 * X - 1, 16 * X, X / 16, X / 255, X > 0, X >= 0.5]))


def _is_list(value: Any, length: int | None = None) -> bool:
    return isinstance(value, (list, tuple)) and length in (None, len(value))


def _flat_list(look: _Look) -> bool:
    value = look.value
    return _is_list(value) and len(value) % 2 == 0 and _fits(_pairs([*zip(value[::2], value[1::2])]), look.sizes)


def _apart(look: _Look) -> bool:
    value = look.value
    return _is_list(value, 2) and all(map(_is_list, value)) and _fits(_pairs([*zip(*value)]), look.sizes)


def _chain(look: _Look) -> bool:
    """Layers that fit to each other, from 64 to 10, of other sizes."""
    params = look.params
    if not params or not all(W.ndim == 2 for W, _ in params):
        return False
    own = [params[0][0].shape[1], *(len(W) for W, _ in params)]
    return own != list(look.sizes) and (own[0], own[-1]) == (look.sizes[0], look.sizes[-1]) and _fits(params, own)


# Wrong ways of training


Gradient = Callable[[NDArray, NDArray, Params], Params]


def _without_biases(X: NDArray, T: NDArray, params: Params) -> Params:
    return [(dW, 0 * db) for dW, db in backprop(X, T, params)]


def _of_last_layer(X: NDArray, T: NDArray, params: Params) -> Params:
    *before, last = backprop(X, T, params)
    return [*((0 * dW, 0 * db) for dW, db in before), last]


def _out_of_step(X: NDArray, T: NDArray, params: Params) -> Params:
    return backprop(X, np.roll(T, 7, axis=0), params)


@lru_cache(maxsize=64)
def _taught(
    sizes: tuple[int, ...], rate: float = RATE, epochs: int = 20, scale: float = 1.0, gradient: Gradient = backprop
) -> Params:
    """A training gone wrong; learners' own random numbers don't matter to what it shows."""
    X, labels = _digits().train
    rng = np.random.default_rng(0)
    start = normal_init(sizes, rng, scale)
    options = {"learning_rate": rate, "epochs": epochs, "gradient": gradient}
    return descent.train(start, X, one_hot(labels, 10), rng, **options)


def _taught_so(**options: Any) -> Callable:
    return lambda X, T, sizes, rng: _taught(tuple(sizes), **options)


def _in_given_order(X: NDArray, T: NDArray, sizes: Sequence[int], rng: np.random.Generator) -> Params:
    params = normal_init(sizes, rng)
    for start in 10 * list(range(0, len(X), 32)):
        batch = slice(start, start + 32)
        params = gradient_step(params, backprop(X[batch], T[batch], params), RATE / 32)
    return params


def _turned(change: Callable[[Params], Any]) -> Callable:
    """The parameters in another form."""
    return lambda X, T, sizes, rng: change(_taught(tuple(sizes)))


def _standardised(X: NDArray, T: NDArray, params: Params) -> Params:
    seen = _digits().train.X
    return backprop((X - seen.mean(axis=0)) / (seen.std(axis=0) + 1e-8), T, params)


NEVER_SHUFFLED, BLOWN_UP = "never shuffled", "blown up"
FREQUENT, GUESSING, UNFINISHED = "how frequent the digits are", "no better than guessing", "not yet finished"

Fault = tuple[str, str, Callable, Callable[[_Look], bool]]

# What is no list of parameters in the sizes that were asked for, with finite numbers
MISFITS: tuple[Fault, ...] = (
    (
        "a dictionary",
        "You return a dictionary. Asked for is `params` as everywhere in this course: a list with one pair (W, b) for "
        "each layer, first layer first.",
        _turned(lambda params: {f"W{l}": W for l, (W, _) in enumerate(params, start=1)}),
        lambda look: isinstance(look.value, dict),
    ),
    (
        "a number",
        "You return one number, a loss or a share of right answers perhaps. Asked for are the trained `params`; how "
        "good they are is measured afterwards, on digits that they have not seen.",
        _turned(lambda params: 0.97),
        lambda look: isinstance(look.value, (bool, int, float)),
    ),
    (
        "something beside the parameters",
        "You return something beside the parameters, a history of the loss perhaps. The result is `params` alone.",
        _turned(lambda params: (params, [2.3, 0.4])),
        lambda look: _is_list(look.value) and len(look.value) > 1 and _fits(_pairs(look.value[0]), look.sizes),
    ),
    (
        "one flat list",
        "The arrays are the right ones, but in one flat list, W, b, W, b, … Wanted is a list of pairs, one (W, b) for "
        "each layer.",
        _turned(lambda params: [array for pair in params for array in pair]),
        _flat_list,
    ),
    (
        "weights and biases apart",
        "You return two lists, one of weights and one of biases. Wanted is a list of pairs, one (W, b) for each layer.",
        _turned(lambda params: tuple(list(arrays) for arrays in zip(*params))),
        _apart,
    ),
    (
        "W as (in, out)",
        "Your W are (in, out). In this course W is (out, in), a row for each neuron, and Z = A @ W.T + b. (Many books "
        "and toolkits have it the other way.)",
        _turned(lambda params: [(W.T, b) for W, b in params]),
        lambda look: _fits([(W.T, b) for W, b in look.params], look.sizes),
    ),
    (
        "last layer first",
        "The last layer stands first in your list. params begins with the layer that gets the pixels.",
        _turned(lambda params: params[::-1]),
        lambda look: _fits(look.params[::-1], look.sizes),
    ),
    (
        "other sizes than asked",
        "Your layers fit to each other, but they are not those that `sizes` asks for. Are the numbers written into the "
        "code? `sizes` holds all layers, the input first and the output last.",
        lambda X, T, sizes, rng: normal_init([64, 16, 10], rng),
        _chain,
    ),
    (
        "not finite",
        "Your parameters hold nan or inf: on the way numbers overflowed, and from then on nothing is learned. The "
        "usual reasons: steps that are much too long, an exp without the shift by the maximum, or the logarithm of 0.",
        _turned(lambda params: [(W * np.nan, b) for W, b in params]),
        lambda look: look.fits and not _below(np.inf, look.params),
    ),
)

# What networks show that fit
FAULTS: tuple[Fault, ...] = (
    (
        "all neurons of a layer alike",
        "In each hidden layer all neurons have the same weights: they are one neuron, many times over. If they begin "
        "alike (all zeros, all ones), they get the same gradient in every step and stay alike. Begin with random "
        "weights: only differences grow into differences.",
        _taught_so(scale=0.0, epochs=5),
        lambda look: look.twins,
    ),
    (
        "another activation",
        "With tanh or ReLU in the hidden layers your parameters would reach the target. The network that is asked for "
        "has σ there, and so has the one that the check runs: train the function that will be used.",
        _taught_so(rate=0.5, gradient=partial(backprop, hidden="tanh")),
        lambda look: any(look.would_read(look.new.X, hidden) for hidden in ("tanh", "relu")),
    ),
    (
        "other inputs",
        "On other inputs (shifted, scaled or made 0 and 1) your parameters would reach the target. So the function was "
        "trained on changed pixels, but it will get them as they are, from 0 to 1. Train on X itself.",
        _taught_so(rate=1.0, gradient=_standardised),
        lambda look: look.other_inputs,
    ),
    (
        "no step arrived",
        "It reads no more than a guess would, and all biases are exactly 0: it looks as if no step arrived in the "
        "params that you return. gradient_step gives *new* parameters; is its result kept, and is it what the next "
        "step starts from?",
        lambda X, T, sizes, rng: normal_init(sizes, rng),
        lambda look: look.no_bias() and look.guesses,
    ),
    (
        "biases left out",
        "Where the target is missed, all biases are exactly 0: they take no part in the training. There is more to "
        "learn, with them or with more steps.",
        _taught_so(epochs=2, gradient=_without_biases),
        lambda look: look.no_bias(),
    ),
    (
        "the last layer only",
        "The biases of the hidden layers are all exactly 0, those of the last layer are not: it looks as if the last "
        "layer alone took its steps. Each layer has a pair (dW, db), and each takes its step.",
        _taught_so(epochs=10, gradient=_of_last_layer),
        lambda look: look.no_bias(slice(-1)),
    ),
    (
        BLOWN_UP,
        "Your network says the same to every picture: its hidden neurons are driven so far that σ stands at 0 or 1 "
        "whatever comes in. Steps that are much too long do that (Is the gradient divided by the number of examples "
        "in the batch? Is the learning rate too large?), and so do steps uphill (a + for the −).",
        _taught_so(rate=200.0, epochs=2),
        lambda look: look.same_for_all and look.stuck,
    ),
    (
        NEVER_SHUFFLED,
        "From digits that come class by class your network learns little more than the classes that came last: those "
        "are its answers to most pictures. Data may come sorted. Is every epoch shuffled, all examples anew?",
        _in_given_order,
        lambda look: look.last_seen,
    ),
    (
        FREQUENT,
        "Your network gives nearly the same ten probabilities for every picture: how frequent the digits are is all "
        "that it has learned. Do the rows of X and T still belong together after the shuffling? Or were the steps too "
        "few or too short for the hidden layers to wake up?",
        _taught_so(epochs=3, gradient=_out_of_step),
        lambda look: look.same_for_all and look.share < 0.3,
    ),
    (
        GUESSING,
        "Your network's answers differ from picture to picture, but they are right no more often than guesses would "
        "be. Did the steps arrive in the params that you return? Are the columns of T still where they were, and do "
        "the rows of X and T still belong together after the shuffling?",
        _turned(lambda params: [*params[:-1], tuple(np.roll(array, 1, axis=0) for array in params[-1])]),
        lambda look: look.guesses,
    ),
    (
        UNFINISHED,
        "Where it misses the target it has learned too little: even of the digits that it was *given* it does not read "
        "95 %, so the new ones are not the problem. More epochs, or longer steps? Draw the loss, epoch by epoch: "
        "does it still fall? (If it doesn't: does each epoch go on where the last one ended, with no new start and no "
        "`return` inside the loop? Is each epoch shuffled, and does the gradient pass the check of exercise 3d?)",
        _taught_so(epochs=2),
        lambda look: look.unfinished,
    ),
)


@lru_cache(maxsize=16)
def _faults(look: _Look) -> set[str]:
    """The faults that the result can come from: of those in the lists the first that it shows, and some more.

    A network that came out right tells nothing against most faults that show in another. A deeper network wakes up
    later, so at first it looks as if it could only guess. And digits that came sorted can drive neurons as far as
    long steps do.
    """
    with np.errstate(all="ignore"):
        if not look.fits or not _below(1e100, look.params):  # beyond that, outputs overflow
            return {name for name, _, _, has in MISFITS if has(look)}
        if look.share >= TARGET:
            return {name for name, *_ in MISFITS + FAULTS} - {BLOWN_UP, FREQUENT, GUESSING}
        first = next((name for name, _, _, has in FAULTS if has(look)), "")
        if first in (FREQUENT, GUESSING) and len(look.sizes) > len(THREE):
            return {first, UNFINISHED}
        if first == BLOWN_UP and look.last_seen:
            return {first, NEVER_SHUFFLED}
        return {first}


def _shows(name: str, trial: Trial) -> bool:
    return name in _faults(_Look(trial))


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
    wrong_answers=tuple(
        WrongAnswer(name, says, lambda wrong=wrong: wrong, partial(_shows, name))
        for name, says, wrong, _ in MISFITS + FAULTS
    ),
    timeout=30.0,
    examine=examine_train,
    together=reaches_target,
)

TASKS = (MINIBATCHES, ACCURACY, TRAIN)
