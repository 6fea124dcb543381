"""1a: one neuron, one layer, and how steep the sigmoid is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from threesteps.backprop import sigmoid_prime
from threesteps.network import affine, sigmoid
from threesteps.task import Group, Task, each, fine

# sigmoid

FAR = [(-11.0,), (-14.0,), (-22.0,), (-27.0,), (11.0,), (13.0,)]  # beyond a cut at ±10, and not yet 0 or 1

SIGMOID = Task(
    "sigmoid",
    3,
    sigmoid,
    groups=(
        Group(
            "one number", 1, lambda rng: [(z,) for z in (4.0, -2.0, 0.0, -9.0, 0.5, -0.4, float(rng.uniform(-8, 8)))]
        ),
        Group(
            "arrays, whole numbers too",
            1,
            lambda rng: [
                (rng.permutation([-9.0, -0.3, 0.0, 0.5, 2.5]),),
                (rng.uniform(-8, 8, (4, 3)),),
                (rng.integers(-5, 6, (2, 1, 3)),),
            ],
        ),
        Group(
            "one number far from zero, without a warning",
            0.5,
            lambda rng: [(-1000.0,), (1000.0,), (-float(rng.uniform(40, 1000)),), (int(rng.integers(40, 1000)),), *FAR],
            quiet=True,
        ),
        Group(
            "arrays far from zero, without a warning",
            0.5,
            lambda rng: [
                (rng.permutation([-1000.0, -800.0, -60.0, 60.0, 800.0, 1000.0]),),
                (rng.uniform(40, 1000, 6) * rng.permutation([-1, 1, 1] * 2),),
                (rng.integers(40, 1000, (2, 2)) * rng.permutation([[-1, 1], [1, -1]]),),
                (np.array([z for (z,) in FAR]),),
            ],
            quiet=True,
        ),
    ),
    atol=1e-12,
)


# affine


def exact(rng: np.random.Generator, *shape: int, parts: int = 256) -> NDArray:
    """Numbers from −2 to 2, none of them 0; float32 holds sums of their products exactly, float16 doesn't."""
    return rng.integers(1, 2 * parts + 1, shape) * rng.choice([-1, 1], shape) / parts


def _layer(rng, n_in, n_out, *batch):
    """Sixteenths, which are short to read."""
    X, W, b = (exact(rng, *shape, parts=16) for shape in ((*batch, n_in), (n_out, n_in), (n_out,)))
    return X, W, b


def _whole_inputs(rng, n_in, n_out):
    """An input and biases in whole numbers: what is written into an array like one of these is cut off."""
    X, W, b = _layer(rng, n_in, n_out)
    return rng.integers(-4, 5, X.shape), W, rng.integers(1, 5, b.shape)


TRY = (np.array([2, 1, 0]), np.array([[1, 0, 3], [-1, 2, 1]]), np.array([0.5, -1]))  # only b in fractions
LECTURE = (np.array([1, -1]), np.array([[1, -2], [-1, 1]]), np.array([1, 0]))

AFFINE = Task(
    "affine",
    3,
    affine,
    groups=(
        Group(
            "one example",
            1,
            fine(affine, lambda rng: [LECTURE, _layer(rng, 3, 2), _whole_inputs(rng, 3, 3), TRY]),
        ),
        Group("a batch", 1, fine(affine, each(_layer, (3, 2, 4), (2, 5, 3), (3, 3, 4)))),
        Group(
            "square cases, where no shape warns you",
            1,
            fine(affine, each(_layer, (3, 3, 3), (4, 4, 4), (1, 1, 1))),
        ),
    ),
)


# sigmoid_prime

SIGMOID_PRIME = Task(
    "sigmoid_prime",
    2,
    sigmoid_prime,
    groups=(
        Group("one number", 1, lambda rng: [(0.0,), (4.0,), (-2.0,), (float(rng.normal(0, 2)),)]),
        Group(
            "arrays, whole numbers too",
            1,
            lambda rng: [
                (rng.normal(0, 3, 5),),
                (rng.normal(0, 3, (4, 3)),),
                (rng.integers(-4, 5, (2, 1, 3)),),
                (np.array([-15.0, 7.0, 15.0]),),
            ],
        ),
    ),
)

TASKS = (SIGMOID, AFFINE, SIGMOID_PRIME)
