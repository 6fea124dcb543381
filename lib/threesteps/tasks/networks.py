"""1b: a network, the number of its parameters, and one that computes XOR."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from threesteps.network import Params, count_parameters, sigmoid
from threesteps.task import Group, Task, Trial, as_numbers, each, fine, shape_of


def network(X, params):
    """σ in every layer, the last one too."""
    A = X
    for W, b in params:
        A = sigmoid(A @ W.T + b)
    return A


def random_params(rng: np.random.Generator, *sizes: int) -> Params:
    """Weights and biases from a normal distribution; sizes: input first, output last."""
    return [(rng.normal(size=(n_out, n_in)), rng.normal(size=n_out)) for n_in, n_out in pairwise(sizes)]


LECTURE = [  # whole numbers, and a bias that is none beside them
    (np.array([[1, -2], [-1, 1]]), np.array([1.0, 0.0])),
    (np.array([[2, -1], [-2, -1]]), np.array([0, 0])),
    (np.array([[3, -1], [-1, 4]]), np.array([-2, 2])),
]


def _with_batch(rng: np.random.Generator, n: int, *sizes: int) -> tuple[NDArray, Params]:
    return _with_any(rng, (n, sizes[0]), sizes)


def _with_one(rng: np.random.Generator, *sizes: int) -> tuple[NDArray, Params]:
    return _with_any(rng, sizes[:1], sizes)


def _with_any(rng: np.random.Generator, shape: tuple[int, ...], sizes: tuple[int, ...]) -> tuple[NDArray, Params]:
    """(X, params), no z far from 0."""
    params = [(W / np.sqrt(W.shape[1]), b / 2) for W, b in random_params(rng, *sizes)]
    return rng.uniform(-1.5, 1.5, shape), params


# z from −16 to 13: whoever keeps activations away from 0 and 1 is seen, here alone
SATURATED = (
    np.array([[2.0, -3.0], [-4.0, 1.0]]),
    [(np.array([[3.0, -2.0], [-1.0, 4.0]]), np.array([1.0, -2.0]))],
)


NETWORK = Task(
    "network",
    4,
    network,
    groups=(
        Group(
            "one example, three layers",
            1,
            fine(network, each(_with_one, (3, 4, 5, 2), (3, 3, 3, 3), first=[(np.array([1, -1]), LECTURE)])),
        ),
        Group(
            "a batch, three layers",
            1,
            fine(
                network,
                each(_with_batch, (4, 3, 4, 5, 2), (6, 3, 4, 5, 3), (5, 2, 2, 2, 2)),
            ),
        ),
        Group(
            "one layer, two, and many",
            1,
            fine(
                network,
                lambda rng: [  # a batch of one, and one output, are here alone: squeezing them away costs one group
                    _with_one(rng, 3, 2),
                    _with_one(rng, 2, 3, 1),
                    _with_one(rng, 2, 1, 3),
                    _with_batch(rng, 1, 4, 3),
                    _with_batch(rng, 6, 3, 1),
                    _with_batch(rng, 4, 5, 3),
                    _with_one(rng, 2, 3, 4),
                    _with_batch(rng, 4, 3, 2, 5, 4, 2),
                    _with_one(rng, 2, 2, 2, 2, 2, 2, 2),
                    SATURATED,
                ],
            ),
        ),
        Group(
            "square cases, where no shape warns you",
            1,
            fine(network, each(_with_batch, (3, 3, 3, 3, 3), (2, 2, 2, 2, 2))),
        ),
    ),
)


# count_parameters

COUNT_PARAMETERS = Task(
    "count_parameters",
    1,
    count_parameters,
    groups=(
        Group(
            "with hidden layers",
            1,
            lambda rng: [
                ([256, 500, 500, 10],),
                ([2, 2, 2, 2],),
                ([3, 4, 5, 2],),
                ([7, 6, 2, 5, 3],),
                (rng.integers(2, 90, 4).tolist(),),
            ],
        ),
        Group("no hidden layer", 1, lambda rng: [([2, 1],), ([64, 10],), (rng.integers(3, 90, 2).tolist(),)]),
    ),
    rtol=1e-12,
)


# xor_network

POINTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
WANTED = np.array([0, 1, 1, 0])
NO, YES = 0.4, 0.6


def is_xor(y: NDArray) -> bool:
    return bool(np.where(WANTED == 1, y > YES, y < NO).all())


def layers_like(value: Any, sizes: Sequence[int]) -> tuple[Params | None, str]:
    """`value` as layers of these sizes and ""; None and what is wrong with the form where it is none.

    Lengths that are not among the sizes are not told: they could carry a probe's numbers.
    """
    shapes, known = [(n_out, n_in) for n_in, n_out in pairwise(sizes)], frozenset(sizes) | {0, 1}
    if not isinstance(value, (list, tuple)):
        return None, "The result is not a list of pairs (W, b), first layer first."
    if len(value) != len(shapes):
        return None, f"The list has another number of entries: for {len(sizes)} sizes there are {len(shapes)} layers."
    params = []
    for l, (pair, shape) in enumerate(zip(value, shapes), start=1):
        parts = [as_numbers(part) for part in pair] if isinstance(pair, (list, tuple)) else []
        if len(parts) != 2 or any(part is None for part in parts):
            return None, f"Layer {l} is no pair (W, b) of two arrays of numbers."
        for name, part, wanted, form in zip("Wb", parts, (shape, shape[:1]), ("(out, in)", "(out,)")):
            if part.shape != wanted:
                return None, f"{name} of layer {l} has {shape_of(part, known)}, where {wanted} is asked for, {form}."
        if not all(np.isfinite(part).all() for part in parts):
            return None, f"Layer {l} holds nan or inf."
        params.append(tuple(parts))
    return params, ""


def layers_of(value: Any) -> Params | str:
    """`value` as layers that fit together, the first one for two inputs; or what keeps it from being that."""
    if not isinstance(value, (list, tuple)) or not value:
        return f"It returned {_described(value)}, where a list of (W, b) pairs is asked for."
    layers, n_in = [], 2
    for l, pair in enumerate(value, start=1):
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            return f"Layer {l} is {_described(pair)}, where a pair (W, b) is asked for."
        W, b = map(as_numbers, pair)
        if W is None or b is None or W.ndim != 2 or b.ndim != 1:
            found = f"W is {_described(pair[0])} and b is {_described(pair[1])}"
            return f"Layer {l}: {found}, where a table and a row are asked for."
        if W.shape[1] != n_in or b.shape != W.shape[:1]:
            return (
                f"Layer {l}: W has shape {W.shape} and b {b.shape}. What enters has {n_in} numbers, so W is (out, "
                f"{n_in}), and b is (out,)."
            )
        if not (np.isfinite(W).all() and np.isfinite(b).all()):
            return f"Layer {l} holds numbers that are not finite."
        layers.append((W, b))
        n_in = len(W)
    return layers


def _described(value: Any) -> str:
    array = as_numbers(value)
    if array is not None:
        return f"an array of shape {array.shape}" if array.ndim else "a single number"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    return {"dict": "a dictionary", "str": "a text"}.get(type(value).__name__, f"{type(value).__name__}")


def outputs(layers: Params, X: NDArray = POINTS, hidden: Callable = sigmoid, output: Callable = sigmoid) -> NDArray:
    """(4,) What layers with one output make of the four points, with these activations."""
    with np.errstate(all="ignore"):
        for W, b in layers[:-1]:
            X = hidden(X @ W.T + b)
        return output(X @ layers[-1][0].T + layers[-1][1])[:, 0]


def examine_xor(task: Task, trial: Trial) -> str:
    """Which point is off, or what is wrong with the form. (The points are no secret: the task names all four.)"""
    layers = layers_of(trial.outcome.value)
    if isinstance(layers, str):
        return layers
    if len(layers[-1][0]) != 1:
        return f"The last layer has {len(layers[-1][0])} neurons, where one output is asked for."
    y = outputs(layers)
    wrong = [n for n in range(4) if not (y[n] > YES if WANTED[n] else y[n] < NO)]
    if not wrong:
        return ""
    n = wrong[0]
    asked = f"above {YES}" if WANTED[n] else f"below {NO}"
    return (
        f"Right at {4 - len(wrong)} of the 4 points. At ({POINTS[n, 0]}, {POINTS[n, 1]}) the output is {y[n]:.4f}, "
        f"and XOR asks for {asked}."
    )


RIGHT = [(np.array([[20, 20], [-20, -20]]), np.array([-10, 30])), (np.array([[20, 20]]), np.array([-30]))]

XOR_NETWORK = Task(
    "xor_network",
    3,
    lambda: RIGHT,
    groups=(Group("XOR at its four points", 1, lambda rng: [()]),),
    examine=examine_xor,
)

TASKS = (NETWORK, COUNT_PARAMETERS, XOR_NETWORK)
