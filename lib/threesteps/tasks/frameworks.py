"""4a: our parameters in the layout that Keras keeps."""

from __future__ import annotations

import numpy as np

from threesteps.task import Group, Task
from threesteps.tasks.networks import random_params


def to_keras_layout(params):
    """[W¹ᵀ, b¹, W²ᵀ, b², …]: Keras computes x @ kernel + bias, so its kernel is (in, out)."""
    return [array for W, b in params for array in (W.T, b)]


def _networks(*sizes):
    """Probes: a network of each of these sizes."""
    return lambda rng: [(random_params(rng, *each),) for each in sizes]


TRY = ([(np.array([[1, 2, 3], [4, 5, 6]]), np.array([7, 8]))],)  # whole numbers

TO_KERAS_LAYOUT = Task(
    "to_keras_layout",
    3,
    to_keras_layout,
    groups=(
        Group("one layer", 1, lambda rng: [*_networks((3, 2), (2, 5), (4, 1))(rng), TRY]),
        Group("several layers", 1, _networks((3, 4, 5, 2), (2, 3, 1), (5, 2, 3, 4, 2))),
        Group("square layers, where no shape warns you", 1, _networks((3, 3), (4, 4, 4), (2, 2, 2, 2))),
    ),
)

TASKS = (TO_KERAS_LAYOUT,)
