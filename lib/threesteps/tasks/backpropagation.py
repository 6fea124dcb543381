"""3d: how does it become fifteen lines of code? The slopes of W and b, the check of a gradient, and all of backprop."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from threesteps.backprop import backprop, bias_gradient, max_relative_difference, weight_gradient
from threesteps.loss import one_hot
from threesteps.network import Params, forward
from threesteps.task import Group, Task, each
from threesteps.tasks.cross_entropy import predictions
from threesteps.tasks.networks import LECTURE, random_params
from threesteps.tasks.neuron import exact

# weight_gradient


def _meeting(rng: np.random.Generator, n: int, n_out: int, n_in: int) -> tuple[NDArray, NDArray]:
    """(delta, A_prev): the slopes are small, and values of both signs enter."""
    A = exact(rng, n, n_in)
    A.flat[0] = -A.flat[-1]
    return exact(rng, n, n_out) / 128, A


TRY = (np.array([[1, -1], [2, 0]]), np.array([[1, 2, 3], [0, 1, -1]]))  # whole numbers

WEIGHT_GRADIENT = Task(
    "weight_gradient",
    3,
    weight_gradient,
    groups=(
        Group(
            "one example",
            1,
            each(_meeting, (1, 4, 2), (1, 3, 3), first=[(np.array([[0.5, -1.0]]), np.array([[1.0, -2.0, 3.0]]))]),
        ),
        Group("a batch", 1, lambda rng: [_meeting(rng, 4, 2, 5), _meeting(rng, 3, 5, 4), _meeting(rng, 2, 1, 3), TRY]),
        Group(
            "square cases, where no shape warns you",
            1,
            lambda rng: [
                _meeting(rng, 4, 3, 3),
                _meeting(rng, 3, 3, 3),
                (exact(rng, 4, 4), rng.integers(-4, 5, (4, 4))),
            ],
        ),
    ),
)


# bias_gradient


def _delta(rng: np.random.Generator, n: int, n_out: int) -> tuple[NDArray]:
    return (exact(rng, n, n_out) / 128,)


BIAS_GRADIENT = Task(
    "bias_gradient",
    2,
    bias_gradient,
    groups=(
        Group("one example", 0.5, each(_delta, (1, 2), (1, 5), first=[(np.array([[0.5, -1.0, 0.25]]),)])),
        Group("a batch", 1, each(_delta, (4, 3), (2, 5), (5, 1))),
        Group(
            "as many examples as neurons, where no shape warns you",
            0.5,
            lambda rng: [_delta(rng, 3, 3), _delta(rng, 4, 4), TRY[:1]],
        ),
    ),
)


# max_relative_difference


def _near(rng: np.random.Generator, off: float, *shapes: tuple) -> tuple[list[NDArray], list[NDArray]]:
    """Two lists of arrays whose entries differ by a part of about `off`."""
    a = [rng.normal(size=shape) for shape in shapes]
    return a, [x * (1 + off * rng.normal(size=x.shape)) for x in a]


def _opposed(rng: np.random.Generator, *shapes: tuple) -> tuple[list[NDArray], list[NDArray]]:
    """The same, but for one entry with opposite signs in the last array: its ratio is above 1, b is the larger one."""
    a, b = _near(rng, 1e-3, *shapes)
    a[-1].flat[-2] = -rng.uniform(0.2, 0.5)
    b[-1].flat[-2] = rng.uniform(0.6, 1)
    return a, b


def _one_outlier(rng: np.random.Generator, k: int, *shapes: tuple) -> tuple[list[NDArray], list[NDArray]]:
    """The largest ratio is that of two small negative entries, at the end of array k."""
    a, b = _near(rng, 1e-4, *shapes)
    b[k].flat[-1] = -1e-3
    a[k].flat[-1] = -1e-3 * rng.uniform(1.3, 1.8)
    return a, b


def _swapped(pair: tuple[list[NDArray], list[NDArray]]) -> tuple[list[NDArray], list[NDArray]]:
    return pair[1], pair[0]


def _small(rng: np.random.Generator) -> list[tuple]:
    """One array in each list, the entry that counts at its end: in turn 0 and 0, below 1e−12, 0 and another."""
    u, v = rng.uniform(0.2, 0.5, 6), rng.uniform(0.6, 0.9, 6)
    ends = [
        ([0.0, -u[0]], [0.0, -u[0]]),
        ([0.0, -1.0], [0.0, -1.0 - 1e-5 * u[1]]),
        ([1.0, v[2] * 1e-12], [1.0 + 1e-3 * u[0], u[2] * 1e-12]),
        ([0.0, -10 * u[3] * 1e-12], [0.0, -10 * v[3] * 1e-12]),
        ([0.0, 0.1 * u[4] * 1e-12], [0.0, -v[4] * 1e-12]),
        ([-3.0, 0.0], [-3.0, 1e-3 * u[5]]),
    ]
    whole = tuple([np.array(part), np.array([0])] for part in ([2, -4], [2, -5]))
    return [*(tuple([np.array([2.0, u[0], *end])] for end in pair) for pair in ends), whole]


MAX_RELATIVE_DIFFERENCE = Task(
    "max_relative_difference",
    2,
    max_relative_difference,
    groups=(
        Group(
            "one array in each list",
            0.5,
            lambda rng: [
                ([np.array([[1.0, -2.5], [4.0, 5.0]])], [np.array([[1.0, -2.0], [4.4, 5.0]])]),
                _near(rng, 1e-5, (3, 4)),
                _opposed(rng, (5,)),
                _one_outlier(rng, 0, (3, 4)),
                _swapped(_one_outlier(rng, 0, (4, 2))),
            ],
        ),
        Group(
            "several arrays of different shapes",
            1,
            lambda rng: [
                _near(rng, 1e-5, (4, 3), (4,), (2, 4), (2,)),
                _opposed(rng, (2, 3), (2,), (5, 2), (5,)),
                _one_outlier(rng, 0, (3, 2), (3,), (2, 3)),
                _one_outlier(rng, 1, (3, 2), (3,), (2, 3)),
                _swapped(_one_outlier(rng, 2, (4, 2), (4,), (3, 4))),
            ],
        ),
        Group("zeros, and entries below 1e−12", 0.5, _small),
    ),
)


# backprop


def _case(rng: np.random.Generator, n: int, *sizes: int, soft: bool = False) -> tuple[NDArray, NDArray, Params]:
    """(X, T, params), no bias zero; the first example and the last one have different targets.

    Not all outputs are near 0 and 1: there slopes hang on no digit of z, and float32 does.
    """
    params, k = random_params(rng, *sizes), sizes[-1]
    labels = rng.integers(k, size=n)
    labels[0] = (labels[-1] + 1) % k
    X, T = rng.normal(size=(n, sizes[0])), predictions(rng, n, k) if soft else one_hot(labels, k)
    *_, Y = forward(X, params)
    return (X, T, params) if (Y * (1 - Y)).max() > 0.1 else _case(rng, n, *sizes, soft=soft)


def aside(X: NDArray, T: NDArray, params: Params) -> tuple[NDArray, NDArray, Params]:
    """The same with inputs around 10,000 and biases to make up for it: the digits of float32 don't suffice."""
    (W, b), *rest = params
    return X + 10_000, T, [(W, b - 10_000 * W.sum(axis=1)), *rest]


def in_units(X: NDArray, T: NDArray, params: Params) -> tuple[NDArray, NDArray, Params]:
    """The same with the first input 100,000 times as large and the last one a thousandth, and weights to make up for
    it; all inputs are away from 0.

    No single h serves slopes by wiggling then, nor one in proportion to the weight: one neuron has 0 there.
    """
    scale = np.array([1e5] + [1.0] * (X.shape[1] - 2) + [1e-3])
    (W, b), *rest = params
    W = W / scale
    W[0, [0, -1]] = 0
    return (X + np.copysign(0.5, X)) * scale, T, [(W, b), *rest]


BACKPROP = Task(
    "backprop",
    6,
    backprop,
    groups=(
        Group(
            "one example",
            1,
            lambda rng: [
                (np.array([[1, -1]]), np.array([[1, 0]]), LECTURE),
                aside(*_case(rng, 1, 3, 4, 5, 2)),
                in_units(*_case(rng, 1, 2, 5, 4, 3)),
            ],
        ),
        Group("a batch", 1, lambda rng: [aside(*_case(rng, 4, 3, 4, 5, 2)), in_units(*_case(rng, 5, 2, 3, 4, 3))]),
        Group(
            "square layers, where no shape warns you",
            1,
            lambda rng: [aside(*_case(rng, 4, 3, 3, 3, 3)), in_units(*_case(rng, 3, 3, 3, 3, 3))],
        ),
        Group(
            "soft targets",
            1,
            lambda rng: [aside(*_case(rng, 4, 3, 4, 5, 2, soft=True)), in_units(*_case(rng, 3, 2, 3, 2, 4, soft=True))],
        ),
        Group("a single layer", 1, lambda rng: [aside(*_case(rng, 4, 3, 2)), in_units(*_case(rng, 3, 2, 4))]),
        Group(
            "two and four layers",
            1,
            lambda rng: [aside(*_case(rng, 4, 3, 5, 2)), in_units(*_case(rng, 3, 4, 3, 1, 4, 2))],
        ),
    ),
    layers=True,
)

TASKS = (WEIGHT_GRADIENT, BIAS_GRADIENT, MAX_RELATIVE_DIFFERENCE, BACKPROP)
