"""What the tests of the subject modules share: the lecture's network, and asking one question in many forms."""

from __future__ import annotations

import re

import numpy as np
import pytest

LECTURE = [
    (np.array([[1.0, -2.0], [-1.0, 1.0]]), np.array([1.0, 0.0])),
    (np.array([[2.0, -1.0], [-2.0, -1.0]]), np.array([0.0, 0.0])),
    (np.array([[3.0, -1.0], [-1.0, 4.0]]), np.array([-2.0, 2.0])),
]
X, T = np.array([[1.0, -1.0], [0.0, 0.0]]), np.array([[1.0, 0.0], [0.0, 1.0]])
# Every layer of another size, no bias zero: what the lecture's 2-2-2-2 network can't show.
UNEVEN = [
    (np.linspace(-1, 1, n_out * n_in).reshape(n_out, n_in) ** 3, np.linspace(-0.7, 0.9, n_out))
    for n_in, n_out in [(3, 4), (4, 5), (5, 2)]
]
X4, T4 = np.sin(np.arange(12.0)).reshape(4, 3), np.array([[1, 0], [0, 1], [0.25, 0.75], [1, 0]])


def digits(value: object, decimals: int = 6) -> object:
    """Equal to `value`, a number printed with so many decimals."""
    return pytest.approx(np.asarray(value), rel=0, abs=0.51 * 10.0**-decimals)


def remade(value: object, array: object) -> object:
    """`value` with each array in it, at any depth, turned into array(it)."""
    if isinstance(value, np.ndarray):
        return array(value)
    return type(value)(remade(part, array) for part in value) if isinstance(value, list | tuple) else value


def read_only(array: np.ndarray) -> np.ndarray:
    array = array.copy()
    array.flags.writeable = False
    return array


def assert_pure(function: object, *args: object, lists: bool = True, **kwargs: object) -> None:
    """`function` gives the same for read-only arrays and for lists, and leaves the global random state alone."""
    expected = function(*remade(args, np.copy), **kwargs)
    np.random.seed(1)  # noqa: NPY002
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    forms = [read_only, *([np.ndarray.tolist] if lists else [])]
    for form in forms:
        assert_same(function(*remade(args, form), **kwargs), expected)
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


def assert_same(got: object, expected: object) -> None:
    """Equal to the last bit, at any depth, and float64 where it is."""
    if isinstance(expected, list | tuple):
        assert len(got) == len(expected)
        for one, other in zip(got, expected):
            assert_same(one, other)
    else:
        assert np.asarray(got).dtype == np.asarray(expected).dtype
        np.testing.assert_array_equal(got, expected)


def raises(message: str, *shapes: tuple):
    """Expects a ValueError that says `message` and names the shapes."""
    said = (message, *map(str, shapes))
    return pytest.raises(ValueError, match="(?s)" + "".join(f"(?=.*{re.escape(text)})" for text in said))
