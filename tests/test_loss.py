"""Step 2: cross-entropy and total loss, against the lecture's numbers and at their extremes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from subject import LECTURE, T4, UNEVEN, X4, T, X, assert_pure, digits, raises

from threesteps.digits import load_digits
from threesteps.loss import (
    binary_cross_entropy,
    cross_entropy,
    cross_entropy_of_labels,
    network_loss,
    one_hot,
    total_loss,
)
from threesteps.network import network, normal_init

Y4 = network(X4, UNEVEN)
BOTH = pytest.mark.parametrize("loss", [cross_entropy, binary_cross_entropy])


def test_the_digits_slide():
    assert cross_entropy([0.1, 0.7, 0, 0, 0, 0, 0, 0, 0, 0.2], one_hot(1, 10)) == digits(0.356675)
    assert cross_entropy_of_labels([[0.1, 0.9]], [0]) == digits([2.302585])


def test_the_lectures_losses():
    assert cross_entropy(network(X, LECTURE), T) == digits((1.387046, 0.164418))
    assert total_loss(network(X, LECTURE), T) == digits(1.551464)
    assert network_loss(X, T, LECTURE) == digits(1.551464)
    assert binary_cross_entropy(network(X[0], LECTURE, output="sigmoid"), T[0]) == digits(2.248562)
    assert network_loss(X[:1], T[:1], LECTURE, output="sigmoid") == digits(2.248562)


def test_three_neurons_in_a_row():
    chain = [(np.array([[w]]), np.array([b])) for w, b in ((1, 0), (2, -1), (3, -2))]
    assert network_loss([[1]], [[1]], chain, output="sigmoid") == digits(0.776047)


def test_an_untrained_network_guesses_among_ten():
    X, labels = load_digits().train
    for seed in range(3):
        params = normal_init([64, 32, 32, 10], np.random.default_rng(seed))
        assert network_loss(X, one_hot(labels, 10), params) / len(X) == pytest.approx(math.log(10), rel=0.15)
    zero = [(0 * W, b) for W, b in params]
    assert network_loss(X, one_hot(labels, 10), zero) == pytest.approx(len(X) * math.log(10), rel=1e-12)


@BOTH
def test_by_definition(loss):
    for y, t, got in zip(Y4, T4, loss(Y4, T4), strict=True):
        terms = [p * math.log(q) for p, q in zip(t, y)]
        if loss is binary_cross_entropy:
            terms += [(1 - p) * math.log(1 - q) for p, q in zip(t, y)]
        assert got == pytest.approx(-sum(terms), rel=1e-13)
        assert loss(y, t) == pytest.approx(got, rel=1e-15)


@pytest.mark.parametrize(("output", "loss"), [("softmax", cross_entropy), ("sigmoid", binary_cross_entropy)])
@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
def test_a_networks_loss_is_its_outputs_loss(hidden, output, loss):
    Y = network(X4, UNEVEN, hidden, output)
    assert network_loss(X4, T4, UNEVEN, hidden, output) == pytest.approx(loss(Y, T4).sum(), rel=1e-13)


@BOTH
def test_probabilities_of_zero_and_one(loss):
    with np.errstate(all="raise"):
        right = loss([[1, 0], [0, 1]], [[1, 0], [0, 1]])
        wrong = loss([[0, 1.0]], [[1, 0]])
    assert [str(value) for value in right] == ["0.0", "0.0"]  # no −0.0
    assert wrong.tolist() == [np.inf]
    assert loss([0.0, 1.0], [0.0, 0.0])[()] == (0 if loss is cross_entropy else np.inf)


@pytest.mark.parametrize("output", ["softmax", "sigmoid"])
def test_hopeless_logits_have_a_finite_loss(output):
    params = [(np.array([[1000.0], [-1000.0]]), np.zeros(2))]
    with np.errstate(all="raise", under="ignore"):
        assert network_loss([[1]], [[0, 1]], params, output=output) == 2000
        assert str(network_loss([[1]], [[1, 0]], params, output=output)) == "0.0"


@BOTH
def test_empty_batches(loss):
    assert loss(np.empty((0, 2)), np.empty((0, 2))).shape == (0,)


@pytest.mark.parametrize("output", ["softmax", "sigmoid"])
def test_the_loss_of_no_examples(output):
    assert str(network_loss(np.empty((0, 3)), np.empty((0, 2)), UNEVEN, output=output)) == "0.0"
    assert total_loss(np.empty((0, 2)), np.empty((0, 2))) == 0
    assert cross_entropy_of_labels(np.empty((0, 2)), []).shape == (0,)


def test_one_class():
    assert cross_entropy([[1], [1]], [[1], [1]]).tolist() == [0, 0]
    assert network_loss([[5]], [[1]], [(np.array([[2.0]]), np.array([1.0]))]) == 0


def test_the_total_is_a_sum_and_a_float():
    assert type(total_loss(Y4, T4)) is type(network_loss(X4, T4, UNEVEN)) is float
    assert total_loss(Y4, T4) == pytest.approx(sum(cross_entropy(y, t) for y, t in zip(Y4, T4)))
    assert total_loss(Y4[0], T4[0]) == pytest.approx(cross_entropy(Y4, T4)[0])


@pytest.mark.parametrize("dtype", [int, np.uint8])
def test_one_hot(dtype):
    assert one_hot(np.array([2, 0, 2], dtype=dtype), 4).tolist() == [[0, 0, 1, 0], [1, 0, 0, 0], [0, 0, 1, 0]]
    assert one_hot(1, 2).tolist() == [0, 1]
    assert one_hot([], 3).shape == (0, 3)
    assert one_hot([0], 1).dtype == float


def test_labels_are_targets():
    labels = np.array([1, 0, 1, 1])
    assert cross_entropy_of_labels(Y4, labels).tolist() == cross_entropy(Y4, one_hot(labels, 2)).tolist()


@pytest.mark.parametrize(
    ("function", "args"),
    [
        (one_hot, [np.array([1, 0]), 3]),
        (cross_entropy, [Y4, T4]),
        (cross_entropy_of_labels, [Y4, np.array([1, 0, 1, 1])]),
        (binary_cross_entropy, [Y4, T4]),
        (total_loss, [Y4, T4]),
        (network_loss, [X4, T4, UNEVEN]),
        (network_loss, [X4, T4, UNEVEN, "relu", "sigmoid"]),
    ],
)
def test_arguments_are_left_alone_and_may_be_lists(function, args):
    assert_pure(function, *args)


NAN = np.array([[0.5, np.nan]])


@pytest.mark.parametrize(
    ("call", "message", "shapes"),
    [
        *(
            (lambda loss=loss, Y=Y, T=T: loss(Y, T), message, shapes)
            for loss in (cross_entropy, binary_cross_entropy, total_loss)
            for Y, T, message, shapes in [
                (Y4, T4[:, 0], "Y has shape", [(4, 2), (4,)]),
                (Y4[:, :1], T4[:, 0], "Y has shape", [(4, 1), (4,)]),
                (Y4, T4[:3], "Y has shape", [(4, 2), (3, 2)]),
                (1.0, 1.0, "Y has shape", [()]),
                (NAN, [[1, 0]], "Y of shape (1, 2) holds NaN", []),
                ([[1, 0]], NAN, "T of shape (1, 2) holds NaN", []),
                ([[1.5, -0.5]], [[1, 0]], "Y holds probabilities, but its values go from -0.5 to 1.5", []),
                ([[1.5, 0.5]], [[1, 0]], "Y holds probabilities, but its values go from 0.5 to 1.5", []),
                ([[0.5, 0.5]], [[2, -1]], "T holds probabilities, but its values go from -1.0 to 2.0", []),
            ]
        ),
        (lambda: cross_entropy_of_labels(Y4, [0, 1]), "does not fit labels", [(4, 2), (2,)]),
        (lambda: cross_entropy_of_labels(Y4[0], [0, 1]), "does not fit labels", [(2,)]),
        (
            lambda: cross_entropy_of_labels(Y4, [0, 1, 2, 0]),
            "labels go from 0 to 2, but with 2 classes from 0 to 1",
            [],
        ),
        (lambda: one_hot([0, -1], 3), "labels go from -1 to 0", []),
        (lambda: one_hot([0.0, 1.0], 3), "their dtype is float64", []),
        (lambda: one_hot([[0, 1]], 3), "labels have shape (N,)", [(1, 2)]),
        (lambda: network_loss(X4, T4[:3], UNEVEN), "the network's output has shape", [(4, 2), (3, 2)]),
        (lambda: network_loss(X4, T4[:, 0], UNEVEN), "the network's output has shape", [(4, 2), (4,)]),
        (lambda: network_loss(X4[:, :2], T4, UNEVEN), "does not fit", [(4, 2), (4, 3)]),
        (lambda: network_loss(X4 * np.nan, T4, UNEVEN), "the network's output of shape (4, 2) holds NaN", []),
        (lambda: network_loss(X4, T4 * np.nan, UNEVEN), "T of shape (4, 2) holds NaN", []),
        (lambda: network_loss(X4, T4, UNEVEN, output="relu"), "unknown output 'relu'", []),
    ],
)
def test_what_is_refused(call, message, shapes):
    with raises(message, *shapes):
        call()
