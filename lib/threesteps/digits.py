"""The data: 1,797 handwritten digits of 8×8 pixels, from 13 writers.

Source: E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine
Learning Repository, 1998 (the test part), doi:10.24432/C50P49, under the Creative Commons
Attribution 4.0 licence. Changed here: packed into one compressed file.
"""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TRAIN, VALIDATION, TEST = 1117, 320, 360


class Part(NamedTuple):
    """X: (N, 64), ink from 0 (none) to 1; labels: (N,) integers from 0 to 9. A row is an 8×8 picture, row by row."""

    X: NDArray
    labels: NDArray


class Digits(NamedTuple):
    """The three parts: learn from `train`, choose by `validation`, look at `test` once, at the end."""

    train: Part
    validation: Part
    test: Part


def load_digits() -> Digits:
    """The digits in the file's own order: the first 1,117 to train, the next 320 to validate, the last 360 to test.

    `train, validation, test = load_digits()`, and `X, labels = train`. The file holds one writer's
    digits after another's, so the test says how well a network reads the hands of *other* people.
    """
    with (files("threesteps") / "digits.npz").open("rb") as file:
        stored = np.load(file)
        X, labels = stored["pixels"] / 16.0, stored["labels"].astype(int)
    bounds = np.cumsum([TRAIN, VALIDATION])
    return Digits(*map(Part, np.split(X, bounds), np.split(labels, bounds)))
