"""3c: can one more pass give all the gradients? δ at the output, and δ one layer further back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from threesteps.backprop import hidden_delta, output_delta
from threesteps.task import Group, Task, each
from threesteps.tasks.cross_entropy import hard, predictions, whole
from threesteps.tasks.neuron import exact

# output_delta


def _soft(rng: np.random.Generator, n: int, k: int) -> tuple[NDArray, NDArray]:
    """(Y, T), T soft, and no entry of Y so near to T's that their difference would lose digits, in float32 either."""
    Y, T = predictions(rng, n, k), predictions(rng, n, k)
    while np.abs(Y - T).min() < 0.08:
        T = predictions(rng, n, k)
    return Y, T


# What the lesson's network says to its example: softmax outputs, target (1, 0).
LECTURE = (np.array([[0.249812, 0.750188]]), np.array([[1.0, 0.0]]))
# A target that is soft, and yet rules a class out.
HALF_SURE = (np.array([[0.2, 0.5, 0.3], [0.1, 0.2, 0.7]]), np.array([[0.6, 0.0, 0.4], [0.5, 0.5, 0.0]]))

OUTPUT_DELTA = Task(
    "output_delta",
    2,
    output_delta,
    groups=(
        Group(
            "one-hot targets",
            1,
            lambda rng: [hard(rng, 4, 3), LECTURE, whole(hard(rng, 3, 3)), hard(rng, 1, 5), hard(rng, 5, 2)],
        ),
        Group("soft targets", 1, each(_soft, (4, 3), (3, 3), (2, 4), (5, 2), first=[HALF_SURE])),
    ),
)


# hidden_delta


def _layer(rng: np.random.Generator, n: int, n_next: int, n_out: int) -> tuple[NDArray, NDArray, NDArray]:
    """(delta_next, W_next, Z) with a z at which σ is nearly 1, and slopes that are large enough to be measured."""
    Z = rng.normal(0, 1.5, size=(n, n_out)).clip(-4, 4)
    Z.flat[0] = 6
    delta_next, W_next = exact(rng, n, n_next), exact(rng, n_next, n_out)
    share = np.abs(delta_next @ W_next)
    return (delta_next, W_next, Z) if share.min() > 0.3 and share.flat[0] > 1 else _layer(rng, n, n_next, n_out)


# δ³, W³ and z² of the lesson's network.
LAST = (
    np.array([[-0.750188, 0.750188]]),
    np.array([[3.0, -1.0], [-1.0, 4.0]]),
    np.array([[1.844825, -2.083231]]),
)

# A layer of whole numbers, and z far enough from 0 for its gains to differ; no slope is 0, which nobody measures.
WHOLE = (np.array([[1, -2], [3, 1]]), np.array([[3, 0, -1], [1, 3, 1]]), np.array([[1, 0, -1], [-2, 2, 1]]))


HIDDEN_DELTA = Task(
    "hidden_delta",
    5,
    hidden_delta,
    groups=(
        Group("one example", 1, each(_layer, (1, 2, 3), (1, 5, 4), (1, 1, 2), (1, 4, 1), first=[LAST])),
        Group("a batch", 2, each(_layer, (4, 2, 5), (4, 5, 3), (2, 3, 4), (5, 4, 2), first=[WHOLE])),
        Group("square layers, where no shape warns you", 2, each(_layer, (4, 3, 3), (3, 3, 3), (2, 4, 4))),
    ),
)

TASKS = (OUTPUT_DELTA, HIDDEN_DELTA)
