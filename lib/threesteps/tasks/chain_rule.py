"""3b: the slopes of one neuron, a value that takes two paths, and what enters each weight."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from threesteps.backprop import sigmoid_prime
from threesteps.network import sigmoid
from threesteps.task import Group, Task, each, steady
from threesteps.tasks.networks import LECTURE, random_params

# neuron_gradient


def neuron_gradient(x, w, b):
    """(∂a/∂w, ∂a/∂b, ∂a/∂x) of a = σ(w·x + b)."""
    slope = sigmoid_prime(w @ x + b)
    return slope * x, slope, slope * w


def _neuron(rng: np.random.Generator, n: int) -> tuple[NDArray, NDArray, float]:
    """With an a that leaves digits of 1 − a in float32."""
    while True:
        x, w, b = rng.normal(size=n), rng.normal(size=n), float(rng.uniform(0.3, 1.5) * rng.choice([-1, 1]))
        if sigmoid(w @ x + b) < 0.85:
            return x, w, b


NEURON_GRADIENT = Task(
    "neuron_gradient",
    2,
    neuron_gradient,
    groups=(
        Group("two inputs", 1, each(_neuron, (2,), (2,), first=[(np.array([1, -1]), np.array([1, -2]), 1.0)])),
        Group(
            "one input, and many",
            1,
            each(
                steady(_neuron, neuron_gradient),
                (1,),
                (3,),
                (7,),
                first=[(np.zeros(3), np.array([0.7, -1.2, 0.4]), -0.5)],
            ),
        ),
    ),
)


# two_paths


def two_paths(s):
    """(f, via_u, via_v) for f = u·v + sin u with u = s², v = e^s."""
    u, v = s**2, np.exp(s)
    via_u = (v + np.cos(u)) * (2 * s)
    via_v = u * v
    return u * v + np.sin(u), via_u, via_v


def _between(rng: np.random.Generator, low: float, high: float) -> tuple[float]:
    return (rng.uniform(low, high),)


_s = steady(_between, two_paths)

TWO_PATHS = Task(
    "two_paths",
    4,
    two_paths,
    groups=(
        Group("positive s", 1, each(_s, (0.2, 2), (2, 3), first=[(1.0,), (0.5,), (2,), (0.1,)])),
        Group("s = 0, and negative s", 1, each(_s, (-2.5, -0.2), (-2.5, -0.2), first=[(0.0,), (-1.0,), (-2,)])),
    ),
)


# forward_pass


def forward_pass(x, params):
    """[x, a¹, …]: what enters each layer."""
    entering = [x]
    for W, b in params[:-1]:
        entering.append(sigmoid(W @ entering[-1] + b))
    return entering


def _passed_through(rng: np.random.Generator, *sizes: int) -> tuple[NDArray, list]:
    """With no a near 0, of which ½(1 + tanh ½z), another form of σ, keeps few digits in float32."""
    while True:
        x, params = rng.normal(size=sizes[0]), random_params(rng, *sizes)
        if all((a > 0.12).all() for a in forward_pass(x, params)[1:]):
            return x, params


_steadily = steady(_passed_through, forward_pass)

FORWARD_PASS = Task(
    "forward_pass",
    2,
    forward_pass,
    groups=(
        Group("three layers", 1, each(_steadily, (3, 4, 5, 2), (3, 3, 3, 3), first=[(np.array([1, -1]), LECTURE)])),
        Group("one layer, two, and many", 1, each(_steadily, (3, 2), (2, 1, 3), (1, 4, 2), (4, 2, 3, 6, 5, 2))),
    ),
)

TASKS = (NEURON_GRADIENT, TWO_PATHS, FORWARD_PASS)
