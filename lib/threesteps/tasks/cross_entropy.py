"""2a: how wrong is one prediction? The cross-entropy of each example."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from threesteps.loss import cross_entropy, cross_entropy_of_labels, one_hot
from threesteps.task import Group, Task, each, fine

# In the first groups Y stays above 1e−5 where T > 0, so that guards show where they are judged, and nowhere else. Y
# stays below 0.96, so that clipping from above does no harm, nor does float32.


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
    """(Y, T), T one-hot: in each row Y is 0 in one place where T is, and another one has what was there. No Y is
    above 0.9 where T is 1: what clips there is no fault of these."""
    Y, T = hard(rng, n, k)
    Y = 0.9 * Y + 0.1 / k
    rows, off = np.arange(n), rng.integers(1, k, size=n)
    zero, other = ((T.argmax(axis=1) + shift) % k for shift in (off, off % (k - 1) + 1))
    Y[rows, other] += Y[rows, zero]
    Y[rows, zero] = 0
    return Y, T


def _nearly_0() -> tuple[NDArray, NDArray]:
    """(Y, T): 1e−7, 1e−8, …, 1e−30 for what happened, so that each guard shows, and which it is."""
    y = 10.0 ** -np.arange(7, 31)
    return np.column_stack([y, 1 - y]), np.eye(2)[[0] * len(y)]


def sure() -> tuple[NDArray, NDArray]:
    """Sure and wrong, sure and right, and two in between."""
    Y = np.array([[2e-5, 0.9, 0.1 - 2e-5], [0.95, 0.04, 0.01], [0.3, 0.5, 0.2], [0.05, 1e-3, 0.949]])
    return Y, np.eye(3)[[0, 0, 1, 1]]


def faint() -> tuple[NDArray, NDArray]:
    """(Y, T), T soft, and hardly above 0 for the less probable class."""
    return np.array([[0.1, 0.9], [0.05, 0.95]]), np.array([[0.004, 0.996], [2e-5, 1 - 2e-5]])


# Begins with t = 0: `np.vectorize` takes whole numbers for the whole table from a first term that is `0`.
NO_FIRST = (np.array([[0.3, 0.7], [0.6, 0.4]]), np.array([[0.0, 1.0], [1.0, 0.0]]))


def _surprised(rng: np.random.Generator, n: int, k: int) -> tuple[NDArray, NDArray]:
    """(Y, T): the first example has y = 0 at its class, the others none."""
    Y, T = hard(rng, n, k)
    Y[0] *= 1 - T[0]
    return Y / Y.sum(axis=1, keepdims=True), T


CROSS_ENTROPY = Task(
    "cross_entropy",
    3,
    cross_entropy,
    groups=(
        Group(
            "one-hot targets",
            1,
            lambda rng: [hard(rng, 4, 3), hard(rng, 3, 3), hard(rng, 1, 5), sure(), whole(hard(rng, 2, 4)), NO_FIRST],
        ),
        Group(
            "soft targets",
            1,
            each(
                soft,
                *((4, 3), (3, 3), (1, 4), (2, 5)),
                first=[(np.array([[0.9, 0.1]]), np.array([[0.95, 0.05]])), faint()],
            ),
        ),
        Group(
            "a 0 or nearly 0 among the probabilities, without a warning",
            0.5,
            fine(
                cross_entropy,
                each(
                    with_zeros,
                    (5, 4),
                    (4, 4),
                    first=[(np.array([[0.2, 0.1, 0.7, 0, 0]]), np.array([[0, 0, 1, 0, 0]])), _nearly_0()],
                ),
            ),
            quiet=True,
        ),
        Group(
            "what was called impossible happened: infinitely wrong",
            0.5,
            fine(
                cross_entropy,
                each(
                    _surprised,
                    (4, 3),
                    (3, 3),
                    first=[(np.array([[p, 1 - p]]), np.array([[1 - p, p]])) for p in (0.0, 1.0)],
                ),
            ),
        ),
    ),
)


def whole(pair: tuple[NDArray, NDArray]) -> tuple[NDArray, NDArray]:
    """The same with T in whole numbers."""
    Y, T = pair
    return Y, T.astype(int)


# cross_entropy_of_labels


def _labelled(rng: np.random.Generator, n: int, k: int) -> tuple[NDArray, NDArray]:
    Y = predictions(rng, n, k)
    return Y, labels_of(rng, Y)


def _square(rng: np.random.Generator, k: int) -> tuple[NDArray, NDArray]:
    """The last class among the labels, and no probability small: these faults are the first group's."""
    Y, labels = _labelled(rng, k, k)
    labels[2] = k - 1
    return (Y + 1 / k) / 2, labels


def _labelled_with_zeros(rng: np.random.Generator) -> tuple[NDArray, NDArray]:
    Y = np.array([[0, 0.25, 0.75, 0], [1e-3, 0, 0, 0.999], [0.5, 0, 0.5, 0]])
    columns = rng.permutation(4)
    return Y[:, columns], columns.argsort()[[1, 0, 2]]


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
            each(
                _square,
                (3,),
                (4,),
                first=[(np.array([[0.5, 0.3, 0.2], [0.1, 0.2, 0.7], [0.2, 0.2, 0.6]]), np.array([2, 2, 1]))],
            ),
        ),
    ),
)

TASKS = (CROSS_ENTROPY, CROSS_ENTROPY_OF_LABELS)
