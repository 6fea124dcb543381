"""The data: what the course says of it, and that it is the same for everyone."""

from __future__ import annotations

import re

import numpy as np
import pytest
from subject import assert_pure

import threesteps
from threesteps.digits import TEST, TRAIN, VALIDATION, load_digits

PARTS = load_digits()


def test_the_parts():
    assert [len(part.X) for part in PARTS] == [TRAIN, VALIDATION, TEST] == [1117, 320, 360]
    assert sum(map(len, (part.labels for part in PARTS))) == 1797
    assert PARTS._fields == ("train", "validation", "test")
    assert threesteps.load_digits is load_digits


@pytest.mark.parametrize("part", PARTS, ids=PARTS._fields)
def test_pixels_and_labels(part):
    X, labels = part
    assert X.shape == (len(labels), 64)
    assert X.dtype == float
    assert np.issubdtype(labels.dtype, np.integer)
    assert (X.min(), X.max()) == (0, 1)
    assert not (16 * X % 1).any()
    assert sorted(set(labels.tolist())) == list(range(10))


def test_it_is_the_uci_test_part():
    X, labels = (np.concatenate(arrays) for arrays in zip(*PARTS))
    assert np.bincount(labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert 16 * X.sum() == 561_718
    assert len(np.unique(X, axis=0)) == 1797  # no picture twice, so no part holds another's


def test_the_split_is_the_order_of_the_file():
    """scikit-learn ships the same file; its first and last labels, and ours where one part ends and the next begins."""
    assert PARTS.train.labels[:12].tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]
    assert PARTS.test.labels[-12:].tolist() == [7, 9, 5, 4, 8, 8, 4, 9, 0, 8, 9, 8]
    again = load_digits()
    again.train.X[:] = 0
    assert_pure(lambda: [list(part) for part in load_digits()])
    assert (load_digits().train.X == PARTS.train.X).all()


def test_a_five_looks_like_a_five():
    """Mean pictures: pictures and labels belong together, and a picture is stored row by row."""
    zero, five, seven = (PARTS.train.X[PARTS.train.labels == k].mean(axis=0).reshape(8, 8) for k in (0, 5, 7))
    assert zero[3:5, 3:5].max() < 0.2 < 0.7 < zero[3:5, 2].min()  # a hole
    assert five[5, 2] < 0.1 < 0.8 < five[2:4, 2].min()  # open at the lower left
    assert seven[7, 5:].max() < 0.05 < 0.6 < seven[0, 5]  # a bar on top, a foot in the middle


def test_everyone_copied_the_same_sheet():
    """What lesson 3e finds: fourteen times the same labels, and digits that are most like others of their sheet."""
    X, labels = (np.concatenate(arrays) for arrays in zip(*PARTS))
    starts = [found.start() - 31 for found in re.finditer("9556509898", "".join(map(str, labels)))]
    assert len(starts) == 14
    assert all(122 <= size <= 130 for size in np.diff([*starts, len(labels)]))
    ink = 16 * X
    distance = (ink**2).sum(axis=1)[:, None] + (ink**2).sum(axis=1) - 2 * ink @ ink.T
    np.fill_diagonal(distance, np.inf)
    sheet = np.searchsorted(starts, np.arange(len(labels)), side="right")
    assert np.mean(sheet[distance.argmin(axis=1)] == sheet) == pytest.approx(0.53, abs=0.01)
