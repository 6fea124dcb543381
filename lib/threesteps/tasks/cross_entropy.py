"""2a: how wrong is one prediction? The cross-entropy of each example."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from threesteps.loss import binary_cross_entropy, cross_entropy, cross_entropy_of_labels, one_hot
from threesteps.network import softmax
from threesteps.task import Group, Task, Trial, WrongAnswer, as_numbers

# In the first groups Y stays above 1e−5 where T > 0, so that only guards that matter show there. TINY lies below
# 1e−7, the limit at which frameworks clip, so that this ceiling shows, but 1e−12 added to it stays within the
# tolerance. Y stays below 0.96, so that clipping from above does no harm, nor does float32.
TINY = 8e-8


def predictions(rng: np.random.Generator, n: int, k: int) -> NDArray:
    """(n, k) probabilities, none near 0 or 1."""
    return 0.9 * rng.dirichlet(np.ones(k), n) + 0.1 / k


def labels_of(rng: np.random.Generator, Y: NDArray) -> NDArray:
    """A label for each row: the least probable class in the first row, the most probable in the second, then any."""
    labels = rng.integers(Y.shape[1], size=len(Y))
    labels[0] = Y[0].argmin()
    labels[1:2] = Y[1:2].argmax(axis=1)
    return labels


def hard(rng: np.random.Generator, n: int, k: int) -> tuple[NDArray, NDArray]:
    """(Y, T), T one-hot."""
    Y = predictions(rng, n, k)
    return Y, one_hot(labels_of(rng, Y), k)


def soft(rng: np.random.Generator, n: int, k: int) -> tuple[NDArray, NDArray]:
    """(Y, T), T soft."""
    return predictions(rng, n, k), predictions(rng, n, k)


def with_zeros(rng: np.random.Generator, n: int, k: int) -> tuple[NDArray, NDArray]:
    """(Y, T) with zeros in both, T soft: Y is 0 in some places where T is."""
    Y, T = soft(rng, n, k)
    first = rng.integers(k, size=n)
    rows = np.arange(n)
    T[rows, first] = T[rows, (first + 1) % k] = 0
    Y[rows, first] = 0
    return Y / Y.sum(axis=1, keepdims=True), T / T.sum(axis=1, keepdims=True)


def sure() -> tuple[NDArray, NDArray]:
    """Sure and wrong, sure and right, and two in between."""
    Y = np.array([[2e-5, 0.9, 0.1 - 2e-5], [0.95, 0.04, 0.01], [0.3, 0.5, 0.2], [0.05, 1e-3, 0.949]])
    return Y, np.eye(3)[[0, 0, 1, 1]]


# What learners add or clip at, as far as it shows within the tolerance.
POWERS = tuple(10.0**-k for k in range(1, 12))


def with_epsilon(*formulas: Callable[..., NDArray], epsilons: tuple[float, ...] = POWERS) -> Callable[[Trial], bool]:
    """Whether what came back is formula(*arguments, ε) for one of the ε."""

    def known_by(trial: Trial) -> bool:
        got = as_numbers(trial.outcome.value)
        with np.errstate(divide="ignore", invalid="ignore"):
            expected = [np.asarray(formula(*trial.arguments, e)) for formula in formulas for e in epsilons]
        return got is not None and any(
            got.shape == e.shape and np.allclose(got, e, rtol=1e-6, atol=1e-9, equal_nan=True) for e in expected
        )

    return known_by


def added(Y: NDArray, T: NDArray, epsilon: float) -> NDArray:
    return -(T * np.log(Y + epsilon)).sum(axis=-1)


def _clipped(Y: NDArray, T: NDArray, epsilon: float) -> NDArray:
    return -(T * np.log(np.clip(Y, epsilon, 1 - epsilon))).sum(axis=-1)


def _raised(Y: NDArray, T: NDArray, epsilon: float) -> NDArray:
    return -(T * np.log(np.maximum(Y, epsilon))).sum(axis=-1)


def _swapped(Y: NDArray, T: NDArray, epsilon: float) -> NDArray:
    return -(Y * np.log(T + epsilon)).sum(axis=-1)


def _swapped_and_guarded(Y: NDArray, T: NDArray, epsilon: float) -> NDArray:
    return -(Y * np.log(np.where(T > 0, T, 1) + epsilon)).sum(axis=-1)


def _largest(Y: NDArray, *_: NDArray) -> NDArray:
    return -np.log(Y.max(axis=-1))


def all_against_all(Y: NDArray, T: NDArray) -> NDArray:
    return -(T @ np.log(np.where(Y > 0, Y, 1)).T)


SWAPPED = (
    "The roles of y and t are exchanged: the logarithm is taken of the target, and the prediction does the weighing. "
    "What happened, t, weighs; what was said about it, y, goes into the logarithm."
)
LARGEST = (
    "You take −ln of the largest probability, as if the network's favourite were always right. What counts is the "
    "probability that was given to what happened: only the target says where to look."
)
NO_MINUS = (
    "Your values are negative, and a cross-entropy never is: ln of a probability is at most 0, and the minus sign in "
    "front of the sum turns that into a wrongness of at least 0."
)
TWO_LOGARITHMS = (
    "You measure in bits: that is the logarithm to base 2, larger than ln by the factor 1/ln 2 = 1.44. "
    "This course uses ln, which is np.log."
)
NO_LOGARITHM = (
    "There is no logarithm in your values. 1 − p has a ceiling of 1, for the unlikely and the impossible alike; "
    "−ln p is the ruler that tells them apart."
)
BASE_TEN = "That is the logarithm to base 10. The cross-entropy takes the natural one, ln: NumPy calls it np.log."
ADDED = (
    "Something was added inside the logarithm. That keeps nan away, and moves every other value too: a small p is no "
    "longer as wrong as it is. Leave y alone where it counts, and guard only the terms where t is 0."
)
SOFTMAX_ONCE_MORE = (
    "You send Y through softmax once more. Y holds probabilities already; softmax of probabilities makes others of "
    "them, all nearer to each other. (Losses that take scores, as in the frameworks, do that step inside.)"
)
FIRST_ONLY = (
    "Only the first example is judged. Does the loop end too early: a `return` inside of it, perhaps? "
    "N examples in, N values out."
)

CROSS_ENTROPY = Task(
    "cross_entropy",
    3,
    cross_entropy,
    groups=(
        Group(
            "one-hot targets",
            1,
            lambda rng: [hard(rng, 4, 3), hard(rng, 3, 3), hard(rng, 1, 5), sure(), _whole(hard(rng, 2, 4))],
        ),
        Group("soft targets", 1, lambda rng: [soft(rng, 4, 3), soft(rng, 3, 3), soft(rng, 1, 4), soft(rng, 2, 5)]),
        Group(
            "a 0 or nearly 0 among the probabilities, without a warning",
            1,
            lambda rng: [
                (np.array([[0.2, 0.1, 0.7, 0, 0]]), np.array([[0, 0, 1, 0, 0]])),
                (np.array([[TINY, 0.9, 0.1 - TINY], [0, 0.4, 0.6]]), np.array([[1, 0, 0], [0, 1, 0]])),
                with_zeros(rng, 5, 4),
                with_zeros(rng, 4, 4),
            ],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "roles of y and t swapped",
            SWAPPED,
            lambda: lambda Y, T: _swapped(Y, T, 0),
            with_epsilon(_swapped, _swapped_and_guarded, epsilons=(0, *POWERS, 1e-12, 1e-15)),
        ),
        WrongAnswer("the largest probability", LARGEST, lambda: _largest),
        WrongAnswer(
            "one class only",
            "Right for one-hot targets, where a single class happened. A soft target spreads its weight: every class "
            "with t > 0 brings a term of its own, weighed by t.",
            lambda: lambda Y, T: -np.log(Y[np.arange(len(Y)), T.argmax(axis=-1)]),
        ),
        WrongAnswer(
            "only where t is 1",
            "You pick the probabilities where t is exactly 1. In a soft target no entry is 1, and nothing is left: "
            "every class brings a term t ln y, and a t of 0 strikes its own term out.",
            lambda: lambda Y, T: -np.log(Y[T == 1]),
            also=(lambda: lambda Y, T: -np.log(np.where(T == 1, Y, 1)).sum(axis=-1),),
        ),
        WrongAnswer(
            "sum before the logarithm",
            "The sum stands inside the logarithm: −ln Σ t y. For one-hot targets that is the same, for soft ones it "
            "is not: first a logarithm for each class, then weigh and add.",
            lambda: lambda Y, T: -np.log((T * Y).sum(axis=-1)),
        ),
        WrongAnswer(
            "weights dropped",
            "Every class with t > 0 counts fully in your sum, whether its t is 0.1 or 0.9. Each logarithm is weighed "
            "by its t. (With one-hot targets that makes no difference, with soft ones it does.)",
            lambda: lambda Y, T: -np.log(np.where(T > 0, Y, 1)).sum(axis=-1),
        ),
        WrongAnswer(
            "no guard for 0 · ln 0",
            "Right, until a probability is 0: then the computer takes 0 · ln 0 = 0 · (−∞), which is nan. Where t is 0 "
            "the term is 0, whatever y is, so the logarithm need not be taken there at all.",
            lambda: lambda Y, T: -(T * np.log(Y)).sum(axis=-1),
        ),
        WrongAnswer(
            "repaired afterwards",
            "The values are right, but on the way ln 0 is still taken, and NumPy warns. np.where, nansum and "
            "nan_to_num mend the result afterwards: np.where computes both of its choices everywhere. Give the "
            "logarithm only numbers that it can take.",
            lambda: lambda Y, T: -np.where(T > 0, T * np.log(Y), 0).sum(axis=-1),
        ),
        WrongAnswer("something added", ADDED, lambda: lambda Y, T: added(Y, T, 0.01), with_epsilon(added)),
        WrongAnswer(
            "clipped",
            "You clip the probabilities, so a forecast beyond the limit is judged as if it stood at the limit: the "
            "ceiling is back that −ln p was chosen to avoid. A much smaller limit hides it better; taking the "
            "logarithm only where t > 0 needs none.",
            lambda: lambda Y, T: _clipped(Y, T, 0.001),
            with_epsilon(_clipped, _raised, epsilons=POWERS[:7]),
        ),
        WrongAnswer(
            "wrong axis",
            "You add up over the examples, so each class got a number. Examples are rows, and each wants its own "
            "value: add along the last axis, over the classes.",
            lambda: lambda Y, T: cross_entropy(Y.T, T.T),
        ),
        WrongAnswer(
            "summed over the examples",
            "You went one step further: all examples in one number. That is the total loss of the next lesson; here "
            "each example keeps its own value, and the result has the shape (N,).",
            lambda: lambda Y, T: cross_entropy(Y, T).sum(),
        ),
        WrongAnswer(
            "mean over the examples",
            "You average over the batch. Here each example keeps its own value: N examples in, N values out.",
            lambda: lambda Y, T: cross_entropy(Y, T).mean(),
        ),
        WrongAnswer(
            "mean over the classes",
            "Your values are too small by a factor: the number of classes. The terms of the classes are added up, "
            "not averaged: `mean` along the last axis divides by K.",
            lambda: lambda Y, T: cross_entropy(Y, T) / Y.shape[-1],
        ),
        WrongAnswer(
            "the terms, not their sum",
            "You return the terms, one for each class. They are still to be added up, so that each example has one "
            "number: (N, K) becomes (N,).",
            lambda: lambda Y, T: -T * np.log(np.where(T > 0, Y, 1)),
        ),
        WrongAnswer("no minus", NO_MINUS, lambda: lambda Y, T: -cross_entropy(Y, T)),
        WrongAnswer("base 2", TWO_LOGARITHMS, lambda: lambda Y, T: cross_entropy(Y, T) / np.log(2)),
        WrongAnswer("base 10", BASE_TEN, lambda: lambda Y, T: cross_entropy(Y, T) / np.log(10)),
        WrongAnswer("no logarithm", NO_LOGARITHM, lambda: lambda Y, T: 1 - (T * Y).sum(axis=-1)),
        WrongAnswer(
            "binary cross-entropy",
            "That is the binary cross-entropy: it also counts (1 − t) ln(1 − y), as if each class were a yes-or-no "
            "question of its own. Softmax outputs share one total, and Σ t ln y says it all.",
            lambda: binary_cross_entropy,
        ),
        WrongAnswer(
            "squared error",
            "That is the squared error. It has a ceiling where the cross-entropy has none; lesson 2a compares the "
            "two slopes. Wanted is −Σ t ln y.",
            lambda: lambda Y, T: ((Y - T) ** 2).sum(axis=-1),
        ),
        WrongAnswer(
            "a column",
            "The values are right, but they stand in a column, (N, 1): `keepdims=True` keeps the axis that you summed "
            "over. Wanted is one plain row of N values.",
            lambda: lambda Y, T: cross_entropy(Y, T)[:, None],
        ),
        WrongAnswer(
            "excess over the target's entropy",
            "For one-hot targets it is right, and for soft ones you subtract the target's own entropy (or add "
            "t ln t): that is another measure, the Kullback–Leibler divergence. The cross-entropy keeps the entropy.",
            lambda: lambda Y, T: cross_entropy(Y, T) - cross_entropy(T, T),
        ),
        WrongAnswer(
            "the first example only",
            FIRST_ONLY,
            lambda: lambda Y, T: cross_entropy(Y[0], T[0]),
            also=(lambda: lambda Y, T: cross_entropy(Y[:1], T[:1]),),
        ),
        WrongAnswer("softmax once more", SOFTMAX_ONCE_MORE, lambda: lambda Y, T: cross_entropy(softmax(Y), T)),
        WrongAnswer(
            "every target with every prediction",
            "`@` multiplies every target with every prediction: N rows, N columns. A target belongs to its own "
            "prediction: multiply entry by entry, and add along the classes.",
            lambda: all_against_all,
            also=(
                lambda: lambda Y, T: all_against_all(Y, T).T,
                lambda: lambda Y, T: -(T @ np.log(Y).T),
                lambda: lambda Y, T: -(np.log(Y) @ T.T),
            ),
        ),
    ),
    quiet=True,
)


def _whole(pair: tuple[NDArray, NDArray]) -> tuple[NDArray, NDArray]:
    """The same with T in whole numbers."""
    Y, T = pair
    return Y, T.astype(int)


# cross_entropy_of_labels


def _labelled(rng: np.random.Generator, n: int, k: int) -> tuple[NDArray, NDArray]:
    Y = predictions(rng, n, k)
    return Y, labels_of(rng, Y)


def _labelled_with_zeros(rng: np.random.Generator) -> tuple[NDArray, NDArray]:
    Y = np.array([[0, 0.25, 0.75, 0], [1e-3, 0, 0, 0.999], [0.5, 0, 0.5, 0]])
    columns = rng.permutation(4)
    return Y[:, columns], columns.argsort()[[1, 0, 2]]


def _every_label(reduced: Callable[[NDArray], NDArray]) -> Callable[[], Callable]:
    return lambda: lambda Y, labels: reduced(-np.log(Y[:, labels]))


CROSS_ENTROPY_OF_LABELS = Task(
    "cross_entropy_of_labels",
    2,
    cross_entropy_of_labels,
    groups=(
        Group(
            "a batch",
            1,
            lambda rng: [
                (np.array([[0.2, 0.8], [0.6, 0.4], [0.1, 0.9]]), np.array([1, 0, 0])),
                _labelled(rng, 4, 3),
                _labelled(rng, 2, 5),
                _labelled(rng, 1, 4),
                (predictions(rng, 3, 4), np.array([1, 0, 2])),  # nothing of the last class
                _labelled(rng, 30, 10),
                _labelled_with_zeros(rng),
            ],
        ),
        Group(
            "as many examples as classes, where no shape warns you",
            1,
            lambda rng: [
                (np.array([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7], [0.2, 0.2, 0.6]]), np.array([2, 2, 1])),
                _labelled(rng, 3, 3),
                _labelled(rng, 4, 4),
            ],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "every label in every row",
            "`Y[:, labels]` takes from each row the columns of all labels, its own and those of the others. Row n and "
            "label n belong together: number the rows as well, with np.arange.",
            lambda: lambda Y, labels: -np.log(Y[:, labels]),
            also=tuple(
                map(
                    _every_label,
                    (
                        partial(np.sum, axis=0),
                        partial(np.sum, axis=1),
                        partial(np.mean, axis=0),
                        partial(np.mean, axis=1),
                    ),
                )
            ),
        ),
        WrongAnswer(
            "labels as rows",
            "`Y[labels]` picks whole rows, by label. A label names a column, and row n is the one to look in: the "
            "square brackets need two entries, rows first.",
            lambda: lambda Y, labels: -np.log(Y[labels]),
        ),
        WrongAnswer(
            "rows and columns exchanged",
            "The two indices are exchanged: the label went to the row and the example's number to the column. Rows "
            "come first, and a row is an example. (Where N = K no error tells.)",
            lambda: lambda Y, labels: -np.log(Y[labels, np.arange(len(labels))]),
        ),
        WrongAnswer("the largest probability", LARGEST, lambda: _largest),
        WrongAnswer(
            "labels counted from 1",
            "You look one column too far to the left: labels here count from 0, so label 0 is column 0 already. "
            "(With `labels - 1`, label 0 ends up at column −1, the last one, and no error tells.)",
            lambda: lambda Y, labels: -np.log(Y[np.arange(len(labels)), labels - 1]),
        ),
        WrongAnswer(
            "summed over the examples",
            "You went one step further: all examples in one number. Here each example keeps its own value, and the "
            "result has the shape (N,).",
            lambda: lambda Y, labels: cross_entropy_of_labels(Y, labels).sum(),
        ),
        WrongAnswer(
            "mean over the examples",
            "You average over the batch. Here each example keeps its own value: N examples in, N values out.",
            lambda: lambda Y, labels: cross_entropy_of_labels(Y, labels).mean(),
        ),
        WrongAnswer("no minus", NO_MINUS, lambda: lambda Y, labels: -cross_entropy_of_labels(Y, labels)),
        WrongAnswer(
            "no logarithm",
            "You found the right probabilities: one for each example, at its label. The ruler is still missing: "
            "how wrong is a p? It is −ln p.",
            lambda: lambda Y, labels: Y[np.arange(len(labels)), labels],
        ),
        WrongAnswer("1 − p", NO_LOGARITHM, lambda: lambda Y, labels: 1 - Y[np.arange(len(labels)), labels]),
        WrongAnswer("base 2", TWO_LOGARITHMS, lambda: lambda Y, labels: cross_entropy_of_labels(Y, labels) / np.log(2)),
        WrongAnswer("base 10", BASE_TEN, lambda: lambda Y, labels: cross_entropy_of_labels(Y, labels) / np.log(10)),
        WrongAnswer(
            "0 · ln 0",
            "By way of one-hot targets it is right, until a probability is 0 in a class that is not the label's: "
            "0 · ln 0 is nan. Picking the label's own probability first avoids all of those.",
            lambda: lambda Y, labels: -(one_hot(labels, Y.shape[1]) * np.log(Y)).sum(axis=-1),
        ),
        WrongAnswer(
            "right or wrong",
            "You only ask whether the most probable class is the label: 0 for right, 1 for wrong. The cross-entropy "
            "asks how much probability the label got.",
            lambda: lambda Y, labels: (Y.argmax(axis=-1) != labels).astype(float),
        ),
        WrongAnswer(
            "a column",
            "The values are right, but they stand in a column, (N, 1). Wanted is one plain row of N values.",
            lambda: lambda Y, labels: cross_entropy_of_labels(Y, labels)[:, None],
        ),
        WrongAnswer(
            "one term for every class",
            "You return one number for each class, (N, K). Only the class at the label counts, and each example "
            "has one value.",
            lambda: lambda Y, labels: -one_hot(labels, Y.shape[1]) * np.log(Y),
        ),
        WrongAnswer(
            "one-hot rows of the wrong width",
            "Your one-hot rows don't fit Y: they need a column for each class, as many as Y has. The number of "
            "examples, or the largest label and one more, is the number of classes only by chance.",
            lambda: lambda Y, labels: cross_entropy(Y, np.eye(len(labels))[labels]),
            also=(
                lambda: lambda Y, labels: -(np.eye(len(labels))[labels] * np.log(Y)).sum(axis=-1),
                lambda: lambda Y, labels: cross_entropy(Y, np.eye(labels.max() + 1)[labels]),
                lambda: lambda Y, labels: -(np.eye(labels.max() + 1)[labels] * np.log(Y)).sum(axis=-1),
            ),
        ),
        WrongAnswer(
            "labels as weights",
            "The labels themselves stand where a target belongs: label 2 weighs twice, label 0 not at all. A label is "
            "the number of a class, and says where to look: in which column of Y.",
            lambda: lambda Y, labels: -(labels[:, None] * np.log(Y)).sum(axis=-1),
            also=(
                lambda: lambda Y, labels: labels * cross_entropy_of_labels(Y, labels),
                lambda: lambda Y, labels: -(labels[:, None] * one_hot(labels, Y.shape[1]) * np.log(Y)).sum(axis=-1),
            ),
        ),
        WrongAnswer(
            "the first example only",
            FIRST_ONLY,
            lambda: lambda Y, labels: -np.log(Y[0, labels[0]]),
            also=(lambda: lambda Y, labels: cross_entropy_of_labels(Y[:1], labels[:1]),),
        ),
        WrongAnswer(
            "softmax once more",
            SOFTMAX_ONCE_MORE,
            lambda: lambda Y, labels: cross_entropy_of_labels(softmax(Y), labels),
        ),
    ),
)

TASKS = (CROSS_ENTROPY, CROSS_ENTROPY_OF_LABELS)
