"""2b: how good is one function on all the data? The total loss, and logarithms that survive."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from threesteps.loss import total_loss
from threesteps.network import log_softmax
from threesteps.task import Group, Task, each, fine
from threesteps.tasks.cross_entropy import NO_FIRST, faint, hard, soft, sure, whole, with_zeros

# total_loss


def _many() -> tuple[NDArray, NDArray]:
    """Two thousand examples whose total is not the same in two digits after the point."""
    Y = [[0.2, 0.3, 0.5], [0.7, 0.1, 0.2], [0.25, 0.6, 0.15], [0.4, 0.35, 0.25]]
    return np.tile(Y, (500, 1)), np.tile(np.eye(3)[[1, 2, 1, 0]], (500, 1))


ZERO_FIRST = (np.array([[0, 0.7, 0.3]]), np.array([[0.0, 1.0, 0.0]]))

TOTAL_LOSS = Task(
    "total_loss",
    3,
    total_loss,
    groups=(
        Group("one example", 1, lambda rng: [hard(rng, 1, 3), soft(rng, 1, 4), tuple(one[:1] for one in NO_FIRST)]),
        Group(
            "a batch",
            1,
            lambda rng: [
                hard(rng, 4, 3),
                whole(hard(rng, 3, 3)),
                soft(rng, 5, 2),
                soft(rng, 3, 3),
                sure(),
                faint(),
                NO_FIRST,
            ],
        ),
        Group("two thousand examples", 0.5, lambda rng: [_many(), hard(rng, 2000, 3)]),
        Group("a 0 among the probabilities", 0.5, each(with_zeros, (5, 4), (3, 3), first=[ZERO_FIRST])),
    ),
)


# log_softmax


def _rows(rng: np.random.Generator, *shape: int) -> tuple[NDArray]:
    """Scores in sixteenths, near each other: float32 holds them exactly, and no probability comes near 1."""
    return (rng.integers(-14, 15, shape) / 16,)


def _far_out(rng: np.random.Generator) -> list[tuple]:
    """Rows of which each breaks another short cut."""
    return [
        (np.array([0.0, -1000.0]),),
        (np.array([-1000.0, 0.0]),),
        (np.array([1000.0, 1001.0, 999.0]),),
        (np.array([710.0, 709.5]),),
        (np.array([[-746.0, -746.5, -747.0], [-747.0, -746.0, -746.5]]),),
        (np.array([[0.0, 1.0], [900.0, 901.0], [-901.0, -900.0]]),),
        (rng.permuted(np.array([[-1000, -400, 350, 1000], [700, -150, 60, -999]]), axis=1),),
        (_rows(rng, 2, 3)[0] - 1000,),
    ]


LOG_SOFTMAX = Task(
    "log_softmax",
    3,
    log_softmax,
    groups=(
        Group(
            "one row of scores",
            1,
            fine(
                log_softmax,
                lambda rng: [(np.array([1.0, 2.0, 3.0]),), _rows(rng, 4), _rows(rng, 2), (rng.integers(-1, 2, 5),)],
            ),
        ),
        Group("a batch", 1, fine(log_softmax, each(_rows, (4, 3), (3, 3), (2, 5), (1, 4)))),
        Group("scores up to ±1000", 1, _far_out),
    ),
)

TASKS = (TOTAL_LOSS, LOG_SOFTMAX)
