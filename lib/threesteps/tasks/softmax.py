"""1c: scores become probabilities, labels become targets, probabilities become a predicted class."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from threesteps.loss import one_hot
from threesteps.network import softmax
from threesteps.task import Group, Task, each

# softmax

SOFTMAX = Task(
    "softmax",
    4,
    softmax,
    groups=(
        Group(
            "one example",
            1,
            lambda rng: [
                (np.array([1, 2, 3]),),
                (rng.normal(0, 2, 4),),
                (np.array([0.5, -0.5]),),
                (np.array([-3.0, -1.0, -2.0, -7.0, -1.5]),),
                (rng.normal(0, 3, 10),),
            ],
        ),
        Group(
            "a batch",
            1,
            lambda rng: [
                (rng.normal(0, 2, (2, 3)),),
                (rng.normal(0, 2, (4, 3)),),
                (rng.normal(0, 2, (3, 5)),),
                (rng.normal(0, 2, (1, 4)),),
                (np.array([[7.0]]),),
                (rng.integers(-4, 5, (5, 2)),),
            ],
        ),
        Group(
            "as many examples as classes, where no shape warns you",
            1,
            lambda rng: [(rng.normal(0, 2, (3, 3)),), (rng.normal(0, 2, (2, 2)),), (rng.normal(0, 2, (5, 5)),)],
        ),
        Group(
            "one example, scores up to ±1000, without a warning",
            0.5,
            lambda rng: [
                (np.array([1000, 1001]),),
                (np.array([-1000.0, -1000.5, -1002.0]),),
                (np.array([500.0, -500.0, 400.0]),),
                (np.array([-1000.0, 0.0, 1000.0]),),
                (np.array([710.0, 709.0, 705.0]),),
                (np.array([-746.0, -746.5, -747.0]),),
                (rng.integers(-1000, 1000) + rng.integers(-32, 33, 4) / 16,),
            ],
            quiet=True,
        ),
        Group(
            "a batch, scores up to ±1000, without a warning",
            0.5,
            lambda rng: [
                (np.array([[0.0, 1.0], [900.0, 901.0]]),),
                (np.array([[1000.0, -1000.0, -999.0], [-1000.0, -1001.0, -1001.0]]),),
                (np.array([[710.0, 709.0, 705.0], [1.0, 0.0, -1.0]]),),
                (np.array([[-746.0, -746.5, -747.0], [-747.0, -746.0, -746.5]]),),
                (rng.integers(-1000, 1000, (4, 1)) + rng.integers(-32, 33, (4, 3)) / 16,),
            ],
            quiet=True,
        ),
    ),
    atol=1e-12,
)


# one_hot

ONE_HOT = Task(
    "one_hot",
    1,
    one_hot,
    groups=(
        Group(
            "every class occurs",
            1,
            lambda rng: [
                (np.array([2, 0, 1, 0, 2]), 3),
                (rng.permutation([0, 1, 1, 2, 3, 3]), 4),
                (rng.permutation(np.append(np.arange(10), [3, 3, 7])), 10),
                (np.array([1, 2, 0]), 3),
            ],
        ),
        Group(
            "some classes don't occur",
            1,
            lambda rng: [
                (np.array([2, 0, 2]), 4),
                (np.array([1, 0, 1]), 3),
                (rng.integers(0, 5, 6), 7),
                (np.array([3]), 5),
                (np.array([0, 0]), 2),
            ],
        ),
    ),
)


# predict


def predict(Y):
    return np.argmax(Y, axis=-1)


def _probabilities(rng: np.random.Generator, n: int, k: int) -> tuple[NDArray]:
    """(n, k) rows that add to 1, without ties, whose largest entries are not all in one column and not all above ½."""
    Y = rng.dirichlet(np.ones(k), n)
    Y[0] = 0.85 / k + 0.15 * np.eye(k)[-1]
    Y[-1, 0] += 1
    return (Y / Y.sum(axis=1, keepdims=True),)


def tied(rng: np.random.Generator, n: int, top: int) -> tuple[NDArray, NDArray]:
    """(Y, places): rows of four probabilities, in each of which `top` are the largest; their places, ascending, and
    then those of the others."""
    places = rng.permuted(np.tile(np.arange(4), (n, 1)), axis=1)
    places[:, :top].sort(axis=1)
    Y = np.full((n, 4), 0.1)
    np.put_along_axis(Y, places[:, :top], 0.1 + 0.6 / top, axis=1)
    return Y, places


def pairs_tied() -> tuple[NDArray, NDArray]:
    """(Y, the lower places): of 20 classes each two tied once. Whoever sorts for the largest finds a wrong one,
    whatever the processor: NumPy sorts up to 16 numbers in order where it has no vector instructions for that."""
    pairs = np.array([*combinations(range(20), 2)])
    Y = np.full((len(pairs), 20), 0.02)
    np.put_along_axis(Y, pairs, 0.32, axis=1)
    return Y, pairs[:, 0]


NEARLY_TIED = np.array([[0.199996, 0.400001, 0.400003]])  # whoever rounds first finds a tie

PREDICT = Task(
    "predict",
    1,
    predict,
    groups=(
        Group(
            "a batch",
            1,
            each(
                _probabilities,
                (4, 3),
                (3, 3),
                (20, 10),
                first=[(np.array([[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]]),), (NEARLY_TIED,)],
            ),
        ),
        Group(
            "ties: the lowest class",
            1,
            lambda rng: [
                (np.array([[0.2, 0.4, 0.4], [0.4, 0.2, 0.4], [0.25, 0.5, 0.25], [0.5, 0.5, 0.0]]),),
                (np.array([[0.25, 0.25, 0.25, 0.25], [0.1, 0.3, 0.3, 0.3]]),),
                (np.full((3, 10), 0.1),),
                (tied(rng, 8, 2)[0],),
                (tied(rng, 6, 3)[0],),
                (pairs_tied()[0],),
            ],
        ),
    ),
)

TASKS = (SOFTMAX, ONE_HOT, PREDICT)
