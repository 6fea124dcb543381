"""Step 1: the functions that networks are, against the lecture's slides and at their extremes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from subject import LECTURE, UNEVEN, X4, X, assert_pure, digits, raises

from threesteps.network import (
    affine,
    count_parameters,
    forward,
    he_init,
    log_softmax,
    logits,
    network,
    normal_init,
    relu,
    sigmoid,
    softmax,
)

Z = np.array([[1.0, 2.0, 3.0], [-700.0, 0.0, 5.0]])


@pytest.mark.parametrize(
    ("x", "a1", "a2", "y", "slide"),
    [
        (
            (1, -1),
            (0.982014, 0.119203),
            (0.863518, 0.110737),
            (0.617705, 0.829124),
            (0.98, 0.12, 0.86, 0.11, 0.62, 0.83),
        ),
        ((0, 0), (0.731059, 0.5), (0.723545, 0.123238), (0.511847, 0.854384), (0.73, 0.5, 0.72, 0.12, 0.51, 0.85)),
    ],
)
def test_the_lectures_network(x, a1, a2, y, slide):
    values = forward(x, LECTURE, output="sigmoid")
    assert [value.shape for value in values] == [(2,)] * 4
    for got, expected in zip(values, (x, a1, a2, y), strict=True):
        assert got == digits(expected)
    assert np.concatenate(values[1:]) == digits(slide, 2)
    assert network(x, LECTURE, output="sigmoid") == digits(y)


def test_the_lectures_weighted_sums():
    z1 = affine(X[0], *LECTURE[0])
    z2 = affine(sigmoid(z1), *LECTURE[1])
    assert z1.tolist() == [4, -2]
    assert z2 == digits((1.844825, -2.083231))
    assert logits(X[0], LECTURE) == digits((0.479817, 1.579431))
    assert network(X[0], LECTURE) == digits((0.249812, 0.750188))


def test_the_circled_weights_carry_what_enters_them():
    (W1, _), (W2, _), (W3, _) = LECTURE
    entering = forward(X[0], LECTURE)
    assert [W1[1, 1], W2[0, 1], W3[1, 1]] == [1, -1, 4]
    assert [entering[0][1], entering[1][1], entering[2][1]] == digits((-1, 0.12, 0.11), 2)


@pytest.mark.parametrize("output", ["softmax", "sigmoid"])
@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
def test_a_batch_is_its_rows(hidden, output):
    batch = forward(X4, UNEVEN, hidden, output)
    assert [value.shape for value in batch] == [(4, 3), (4, 4), (4, 5), (4, 2)]
    for n, x in enumerate(X4):
        for whole, row in zip(batch, forward(x, UNEVEN, hidden, output), strict=True):
            np.testing.assert_allclose(whole[n], row, rtol=1e-14)


@pytest.mark.parametrize(
    ("hidden", "by_hand"),
    [("sigmoid", lambda z: 1 / (1 + math.exp(-z))), ("tanh", math.tanh), ("relu", lambda z: max(z, 0))],
)
def test_every_entry_by_hand(hidden, by_hand):
    a = X4[0].tolist()
    for W, b in UNEVEN[:-1]:
        a = [by_hand(sum(w * x for w, x in zip(row, a)) + bias) for row, bias in zip(W, b)]
    z = [sum(w * x for w, x in zip(row, a)) + bias for row, bias in zip(*UNEVEN[-1])]
    assert logits(X4[0], UNEVEN, hidden) == pytest.approx(z, rel=1e-13)
    exps = [math.exp(score) for score in z]
    assert network(X4[0], UNEVEN, hidden) == pytest.approx([e / sum(exps) for e in exps], rel=1e-13)
    assert network(X4[0], UNEVEN, hidden, "sigmoid") == pytest.approx([e / (1 + e) for e in exps], rel=1e-13)


def test_sigmoid_at_its_extremes():
    z = np.array([-1000.0, -745.0, -700.0, -40.0, 0.0, 40.0, 1000.0])
    with np.errstate(all="raise", under="ignore"):
        a = sigmoid(z)
    assert a[[0, 4, 5, 6]].tolist() == [0, 0.5, 1, 1]
    assert a[2:4] == pytest.approx(np.exp(z[2:4]), rel=1e-14)
    assert np.isnan(sigmoid([np.nan, np.inf, -np.inf])).tolist() == [True, False, False]
    assert sigmoid(np.array([[4], [-2]])) == digits([[0.982014], [0.119203]])
    assert sigmoid(3) == pytest.approx(1 / (1 + math.exp(-3)))


def test_relu():
    assert relu([[-2, 0, 3]]).tolist() == [[0.0, 0.0, 3.0]]
    assert relu([1]).dtype == float
    assert np.isnan(relu(np.nan))


def test_softmax_at_its_extremes():
    with np.errstate(all="raise", under="ignore"):
        assert softmax([1000, 0, -1000]).tolist() == [1, 0, 0]
        assert softmax([[1000, 1000], [-1000, -1000]]).tolist() == [[0.5, 0.5]] * 2
        assert log_softmax([[1000, 0], [-1000, -1000]]) == pytest.approx(np.array([[0, -1000], [-math.log(2)] * 2]))
    assert softmax([[7], [-3]]).tolist() == [[1], [1]]
    assert log_softmax([[7], [-3]]).tolist() == [[0], [0]]
    assert softmax([1, np.nan]) == pytest.approx([np.nan] * 2, nan_ok=True)


def test_softmax_by_definition():
    assert softmax(Z) == pytest.approx(np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True), rel=1e-14)
    assert np.exp(log_softmax(Z)) == pytest.approx(softmax(Z), rel=1e-13)
    assert softmax(Z + 123) == pytest.approx(softmax(Z), rel=1e-13)
    assert log_softmax([0, 40])[1] == pytest.approx(-math.exp(-40), abs=1e-16)


def test_empty_batches():
    nothing = np.empty((0, 3))
    assert softmax(nothing).shape == log_softmax(nothing).shape == sigmoid(nothing).shape == (0, 3)
    assert [value.shape for value in forward(nothing, UNEVEN)] == [(0, 3), (0, 4), (0, 5), (0, 2)]


def test_count_parameters():
    assert count_parameters([256, 500, 500, 10]) == 384_010
    assert 2 * count_parameters([256, 500, 500, 10]) == 768_020
    assert count_parameters((3, 4, 5, 2)) == sum(W.size + b.size for W, b in UNEVEN)
    assert type(count_parameters(np.array([2, 1]))) is int


@pytest.mark.parametrize(("init", "variance"), [(normal_init, 1), (he_init, 2)])
def test_initial_parameters(init, variance):
    params = init([400, 300, 7], np.random.default_rng(0))
    assert [(W.shape, b.shape) for W, b in params] == [((300, 400), (300,)), ((7, 300), (7,))]
    for W, b in params:
        assert W.std() * np.sqrt(W.shape[1] / variance) == pytest.approx(1, abs=0.04)
        assert abs(W.mean()) < 4 * W.std() / np.sqrt(W.size)
        assert not b.any()
    again, other = (init([400, 300, 7], np.random.default_rng(seed)) for seed in (0, 1))
    assert (again[0][0] == params[0][0]).all()
    assert (other[0][0] != params[0][0]).all()


def test_the_scale_of_normal_init():
    one, three = (normal_init([5, 4], np.random.default_rng(0), scale)[0][0] for scale in (1, 3))
    assert three == pytest.approx(3 * one)


@pytest.mark.parametrize(
    ("function", "args"),
    [
        (sigmoid, [Z]),
        (relu, [Z]),
        (softmax, [Z]),
        (log_softmax, [Z]),
        (affine, [X4, *UNEVEN[0]]),
        (forward, [X4, UNEVEN]),
        (logits, [X4, UNEVEN, "tanh"]),
        (network, [X4[0], UNEVEN, "relu", "sigmoid"]),
    ],
)
def test_arguments_are_left_alone_and_may_be_lists(function, args):
    assert_pure(function, *args)


def test_no_global_random_state():
    assert_pure(lambda: he_init([2, 3], np.random.default_rng(0)))


def test_integers_count_as_floats():
    assert sigmoid(np.array([3], dtype=np.uint8)) == sigmoid([3.0])
    assert sigmoid(np.array([3], dtype=np.float32)).dtype == float
    integers = [(W.astype(int), b.astype(int)) for W, b in LECTURE]
    assert network(X.astype(int), integers).tolist() == network(X, LECTURE).tolist()


W, b = UNEVEN[0]


@pytest.mark.parametrize(
    ("call", "message", "shapes"),
    [
        (lambda: affine(X4[:, :2], W, b), "does not fit", [(4, 2), (4, 3)]),
        (lambda: affine(X4[0, :2], W, b), "does not fit", [(2,), (4, 3)]),
        (lambda: affine(X4, W.T, b), "does not fit", [(4, 3), (3, 4)]),
        (lambda: affine(X4, W[0], b), "does not fit", [(4, 3), (3,)]),
        (lambda: affine(X4[None], W, b), "does not fit", [(1, 4, 3), (4, 3)]),
        (lambda: affine(1.0, W, b), "does not fit", [(), (4, 3)]),
        (lambda: affine(X4, W, b[:3]), "does not fit", [(3,), (4, 3)]),
        (lambda: affine(X4, W, b[None]), "does not fit", [(1, 4), (4, 3)]),
        (lambda: forward(X4, UNEVEN[1:]), "does not fit", [(4, 3), (5, 4)]),
        (lambda: network(X4, UNEVEN[::2]), "does not fit", [(4, 4), (2, 5)]),
        (lambda: logits(X4, []), "params is empty", []),
        (lambda: forward(X4, UNEVEN, "sine"), "unknown activation 'sine': it is one of sigmoid, tanh, relu", []),
        (lambda: forward(X4, UNEVEN, output="relu"), "unknown activation 'relu': it is one of sigmoid, softmax", []),
        (lambda: softmax(np.empty((4, 0))), "at least one class", [(4, 0)]),
        (lambda: log_softmax(1.0), "at least one class", [()]),
        (lambda: count_parameters([3]), "sizes is [3]", []),
        (lambda: normal_init([3, 0, 2], np.random.default_rng(0)), "sizes is [3, 0, 2]", []),
    ],
)
def test_what_is_refused(call, message, shapes):
    with raises(message, *shapes):
        call()
