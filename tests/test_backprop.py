"""Step 3, the gradient: against the lecture's numbers, central differences and published walk-throughs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from subject import LECTURE, T4, UNEVEN, X4, T, X, assert_pure, digits, raises

from threesteps.backprop import (
    SLOPE,
    backprop,
    backprop_with,
    bias_gradient,
    gradient_check,
    hidden_delta,
    max_relative_difference,
    numerical_gradient,
    numerical_gradients,
    output_delta,
    sigmoid_prime,
    weight_gradient,
)
from threesteps.network import HIDDEN, affine, forward, logits, network, sigmoid

X1, T1 = X[:1], T[:1]
(W1, b1), (W2, b2), (W3, b3) = LECTURE


def deltas(output):
    """δ¹, δ², δ³ of the lecture's network at x = (1, −1), from the functions that lessons build up."""
    Z1 = affine(X1, W1, b1)
    Z2 = affine(sigmoid(Z1), W2, b2)
    delta3 = output_delta(network(X1, LECTURE, output=output), T1)
    delta2 = hidden_delta(delta3, W3, Z2)
    return hidden_delta(delta2, W2, Z1), delta2, delta3


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("softmax", [(-0.025541, -0.001651), (-0.353652, 0.369372), (-0.750188, 0.750188)]),
        ("sigmoid", [(-0.021093, -0.013792), (-0.232882, 0.364237), (-0.382295, 0.829124)]),
    ],
)
def test_the_lectures_deltas(output, expected):
    grads = backprop(X1, T1, LECTURE, output=output)
    for delta, (_, db), numbers in zip(deltas(output), grads, expected, strict=True):
        assert delta == digits([numbers])
        assert db == digits(numbers)


def test_the_lectures_weight_gradients():
    (dW1, _), (dW2, _), (dW3, _) = backprop(X1, T1, LECTURE)
    assert dW1 == digits([[-0.025541, 0.025541], [-0.001651, 0.001651]])
    assert dW2 == digits([[-0.347291, -0.042156], [0.362729, 0.044030]])
    assert dW3 == digits([[-0.647801, -0.083074], [0.647801, 0.083074]])
    assert np.linalg.norm(dW3) / np.linalg.norm(dW1) == digits(25.5, 1)
    assert sigmoid_prime(4) == digits(0.018, 3)


def test_four_paths_add_up():
    *_, delta3 = deltas("softmax")
    z1 = affine(X1[0], W1, b1)
    s1, s2 = sigmoid_prime(z1), sigmoid_prime(affine(sigmoid(z1), W2, b2))
    paths = np.array([[X1[0, 1] * s1[0] * W2[i, 0] * s2[i] * W3[k, i] * delta3[0, k] for k in (0, 1)] for i in (0, 1)])
    assert sorted(paths.ravel()) == digits(sorted([0.009370, 0.003123, 0.002610, 0.010439]))
    assert paths.sum() == digits(0.025541)
    assert paths.sum() == pytest.approx(backprop(X1, T1, LECTURE)[0][0][0, 1])


def test_three_neurons_in_a_row():
    chain = [(np.array([[w]]), np.array([b])) for w, b in ((1.0, 0.0), (2.0, -1.0), (3.0, -2.0))]
    grads = backprop([[1]], [[1]], chain, output="sigmoid")
    (_, a1, a2, a3) = forward([1], chain, output="sigmoid")
    assert [sigmoid_prime(0 + 1)[()], (a2 * (1 - a2))[0], a3[0] - 1] == digits((0.196612, 0.237114, -0.539779))
    assert [grads[0][0][0, 0], grads[2][0][0, 0]] == digits((-0.150985, -0.331163))


def test_cs231n_circuit():
    w, x, bias = np.array([2.0, -3.0]), np.array([-1.0, -2.0]), -3.0
    slope = sigmoid_prime(w @ x + bias)
    assert sigmoid(w @ x + bias) == digits(0.73, 2)
    assert slope * w == digits((0.39, -0.59), 2)
    assert slope * np.append(x, 1) == digits((-0.20, -0.39, 0.20), 2)


def test_mazurs_walk_through():
    """½ squared error, learning rate 0.5, biases fixed; the article used the already updated weights."""
    x, t = np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])
    params = [
        (np.array([[0.15, 0.2], [0.25, 0.3]]), np.full(2, 0.35)),
        (np.array([[0.4, 0.45], [0.5, 0.55]]), np.full(2, 0.6)),
    ]

    def error(params):
        return ((network(x, params, output="sigmoid") - t) ** 2).sum() / 2

    def step(stale):
        (W1, b1), (W2, b2) = params
        _, A1, Y = forward(x, params, output="sigmoid")
        delta2 = (Y - t) * SLOPE["sigmoid"](Y)
        new_W2 = W2 - 0.5 * weight_gradient(delta2, A1)
        delta1 = hidden_delta(delta2, new_W2 if stale else W2, affine(x, W1, b1))
        return [(W1 - 0.5 * weight_gradient(delta1, x), b1), (new_W2, b2)]

    assert error(params) == digits(0.298371109, 9)
    assert error(step(stale=False)) == digits(0.291027774, 9)
    assert error(step(stale=True)) == digits(0.291027924, 9)


@st.composite
def cases(draw):
    """A network of any shape and activation, with data, away from ReLU's kink."""
    sizes = draw(st.lists(st.integers(1, 5), min_size=2, max_size=5))
    n = draw(st.integers(1, 5))
    hidden, output = draw(st.sampled_from(sorted(HIDDEN))), draw(st.sampled_from(["softmax", "sigmoid"]))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    params = [(rng.normal(size=(o, i)), rng.normal(size=o)) for i, o in zip(sizes[:-1], sizes[1:])]
    X, T = rng.normal(size=(n, sizes[0])), rng.random((n, sizes[-1]))
    if output == "softmax":
        T /= T.sum(axis=1, keepdims=True)
    if hidden == "relu":
        assume(all(abs(logits(X, params[:l], hidden)).min() > 1e-3 for l in range(1, len(params))))
    return X, T, params, hidden, output


@given(cases())
@settings(max_examples=150, derandomize=True, database=None)
def test_backprop_against_central_differences(case):
    exact, nudged = backprop(*case), numerical_gradients(*case)
    for (dW, db), (nW, nb), (W, b) in zip(exact, nudged, case[2], strict=True):
        assert (dW.shape, db.shape) == (W.shape, b.shape)
        np.testing.assert_allclose(dW, nW, rtol=1e-6, atol=1e-8)
        np.testing.assert_allclose(db, nb, rtol=1e-6, atol=1e-8)


@given(cases())
@settings(max_examples=50, derandomize=True, database=None)
def test_gradients_of_a_batch_are_sums(case):
    X, T, params, *names = case
    singles = [backprop(x[None], t[None], params, *names) for x, t in zip(X, T)]
    for l, (dW, db) in enumerate(backprop(*case)):
        np.testing.assert_allclose(dW, sum(grads[l][0] for grads in singles), rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(db, sum(grads[l][1] for grads in singles), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("hidden", sorted(HIDDEN))
def test_the_pieces_make_backprop(hidden):
    """What the lessons build step by step is what `backprop` does."""
    A = forward(X4, UNEVEN, hidden)
    delta = output_delta(A[-1], T4)
    for l in (2, 1, 0):
        dW, db = backprop(X4, T4, UNEVEN, hidden)[l]
        assert weight_gradient(delta, A[l]) == pytest.approx(dW, rel=1e-13)
        assert bias_gradient(delta) == pytest.approx(db, rel=1e-13)
        if l:
            delta = hidden_delta(delta, UNEVEN[l][0], logits(X4, UNEVEN[:l], hidden), hidden)


@pytest.mark.parametrize("hidden", sorted(HIDDEN))
def test_slopes_by_central_differences(hidden):
    z = np.array([-3.0, -0.5, 0.2, 2.0])
    nudged = (HIDDEN[hidden](z + 1e-6) - HIDDEN[hidden](z - 1e-6)) / 2e-6
    assert SLOPE[hidden](HIDDEN[hidden](z)) == pytest.approx(nudged, abs=1e-9)


def test_slopes_at_their_extremes():
    assert sigmoid_prime([-1000, 0, 1000]).tolist() == [0, 0.25, 0]
    assert hidden_delta([[1]], [[1, 1, 1]], [[-2, 0, 3]], "relu").tolist() == [[0, 0, 1]]


@pytest.mark.parametrize("output", ["softmax", "sigmoid"])
def test_hopeless_logits_have_a_finite_gradient(output):
    params = [(np.array([[1000.0], [-1000.0]]), np.zeros(2))]
    with np.errstate(all="raise", under="ignore"):
        [(dW, db)] = backprop([[1]], [[0, 1]], params, output=output)
    assert dW.tolist() == [[1], [-1]]
    assert db.tolist() == [1, -1]


def test_no_examples_and_one_class():
    for (dW, db), (W, b) in zip(backprop(np.empty((0, 3)), np.empty((0, 2)), UNEVEN), UNEVEN, strict=True):
        assert dW.tolist() == np.zeros(W.shape).tolist()
        assert db.tolist() == np.zeros(b.shape).tolist()
    assert backprop([[3]], [[1]], [(np.array([[2]]), np.array([1]))])[0][0].tolist() == [[0]]


def test_backprop_with_no_part_replaced_is_backprop():
    for mine, its in zip(backprop_with()(X4, T4, UNEVEN), backprop(X4, T4, UNEVEN), strict=True):
        assert max_relative_difference(list(mine), list(its)) < 1e-12


@pytest.mark.parametrize(
    ("fault", "wrong"),
    [
        ({"start": lambda Y, T: (Y - T) * Y * (1 - Y)}, [True, True, True]),
        ({"gain": lambda Z, b: 1}, [True, True, False]),
        ({"gain": lambda Z, b: sigmoid_prime(Z - b)}, [True, True, False]),
        ({"back": lambda delta, W, dW: delta @ (W - 0.1 * dW)}, [True, True, False]),
    ],
)
def test_a_replaced_part_is_wrong_from_its_layer_on(fault, wrong):
    errors = gradient_check(X4, T4, UNEVEN, gradient=backprop_with(**fault))
    assert [error > 1e-6 for error in errors] == wrong


def test_backprop_with_is_for_sigmoid_and_softmax():
    with pytest.raises(ValueError, match="not for tanh and softmax"):
        backprop_with()(X4, T4, UNEVEN, "tanh")


def test_a_gradient_check_tells_right_from_wrong():
    for hidden, output in [("sigmoid", "softmax"), ("tanh", "sigmoid"), ("relu", "softmax")]:
        assert max(gradient_check(X4, T4, UNEVEN, hidden, output)) < 1e-7

    def faulty(*args):
        grads = backprop(*args)
        return [grads[0], (grads[1][0] * (1 + 1e-4), grads[1][1]), grads[2]]

    right = gradient_check(X4, T4, UNEVEN)
    wrong = gradient_check(X4, T4, UNEVEN, gradient=faulty)
    assert [wrong[0], wrong[2]] == [right[0], right[2]]
    assert wrong[1] == pytest.approx(1e-4, rel=1e-2)


def test_numerical_gradient():
    w = np.array([[1, 2], [3, 4]])
    gradient = numerical_gradient(lambda w: (w**3).sum(), w)
    assert gradient == pytest.approx(3.0 * w**2, rel=1e-9)
    assert gradient.dtype == float
    assert w.tolist() == [[1, 2], [3, 4]]
    assert numerical_gradient(lambda w: w**2, 3) == pytest.approx(6)
    assert numerical_gradient(lambda w: 0.0, []).shape == (0,)


def test_numerical_gradient_looks_on_both_sides_of_one_entry():
    seen = []
    numerical_gradient(lambda w: seen.append(w.tolist()) or 0.0, [1, 5], h=0.5)
    assert seen == [[1.5, 5], [0.5, 5], [1, 5.5], [1, 4.5]]


def test_the_best_nudge_is_neither_large_nor_tiny():
    error = {h: abs(numerical_gradient(np.exp, 1.0, h) - np.e) for h in (1e-2, 1e-5, 1e-11)}
    assert error[1e-5] < 1e-9 < 1e-7 < min(error[1e-2], error[1e-11])


def test_max_relative_difference():
    a, b = [np.array([1.0, 0.0]), np.array([[-2.0]])], [np.array([1.0, 1e-13]), np.array([[-2.5]])]
    assert max_relative_difference(a, a) == max_relative_difference([], []) == 0
    assert max_relative_difference(a, b) == max_relative_difference(b, a) == 0.2
    assert max_relative_difference(a[:1], b[:1]) == pytest.approx(0.1)
    assert type(max_relative_difference([[1]], [[3]])) is float
    assert max_relative_difference([np.empty(0)], [np.empty(0)]) == 0


@pytest.mark.parametrize(("a", "b"), [(np.nan, 1), (1, np.nan), (np.nan, np.nan), (np.inf, 1), (np.inf, np.inf)])
def test_what_is_not_finite_never_agrees(a, b):
    assert max_relative_difference([[0.0, a]], [[0.0, b]]) == np.inf


@pytest.mark.parametrize(
    ("function", "args"),
    [
        (sigmoid_prime, [X4]),
        (output_delta, [np.abs(X4), X4]),
        (hidden_delta, [T4, UNEVEN[2][0], forward(X4, UNEVEN)[2], "tanh"]),
        (weight_gradient, [X4, T4]),
        (bias_gradient, [X4]),
        (backprop, [X4, T4, UNEVEN]),
        (backprop, [X4, T4, UNEVEN, "relu", "sigmoid"]),
        (numerical_gradient, [np.sum, X4]),
        (numerical_gradients, [X4, T4, UNEVEN]),
        (max_relative_difference, [[X4, T4], [2 * X4, T4]]),
        (gradient_check, [X4, T4, UNEVEN]),
    ],
)
def test_arguments_are_left_alone_and_may_be_lists(function, args):
    assert_pure(function, *args)


def test_integers_count_as_floats():
    integers = [(W.astype(int), b.astype(int)) for W, b in LECTURE]
    got, expected = backprop(X.astype(int), T.astype(int), integers), backprop(X, T, LECTURE)
    assert all((g == e).all() for pair, other in zip(got, expected) for g, e in zip(pair, other))


NAN_W = [(UNEVEN[0][0] * np.nan, UNEVEN[0][1]), *UNEVEN[1:]]


@pytest.mark.parametrize(
    ("call", "message", "shapes"),
    [
        (lambda: output_delta(T4, T4[:, 0]), "Y has shape", [(4, 2), (4,)]),
        (lambda: output_delta(T4[0], T4[0]), "both are (N, K)", [(2,)]),
        (lambda: hidden_delta(T4, UNEVEN[2][0], X4), "do not fit", [(4, 2), (2, 5), (4, 3)]),
        (lambda: hidden_delta(T4, UNEVEN[1][0], X4), "do not fit", [(4, 2), (5, 4), (4, 3)]),
        (lambda: hidden_delta(T4, T4, X4[:, :2]), "do not fit", [(4, 2), (4, 2)]),
        (lambda: hidden_delta(T4[:1], np.ones((2, 3)), X4), "do not fit", [(1, 2), (2, 3), (4, 3)]),
        (lambda: hidden_delta(T4, np.ones((2, 3)), X4[:, 0]), "do not fit", [(4, 2), (2, 3), (4,)]),
        (lambda: hidden_delta(T4[0], np.ones((2, 3)), X4[0]), "do not fit", [(2,), (2, 3), (3,)]),
        (lambda: hidden_delta(T4, np.ones((2, 3)), X4, "sine"), "unknown activation 'sine'", []),
        (lambda: weight_gradient(T4, X4[:3]), "does not fit", [(4, 2), (3, 3)]),
        (lambda: weight_gradient(T4[0], X4[0]), "does not fit", [(2,), (3,)]),
        (lambda: weight_gradient(T4, X4[:, 0]), "does not fit", [(4, 2), (4,)]),
        (lambda: bias_gradient(T4[0]), "delta is (N, out)", [(2,)]),
        (lambda: backprop(X4, T4[:3], UNEVEN), "Y has shape", [(4, 2), (3, 2)]),
        (lambda: backprop(X4, T4[:, :1], UNEVEN), "Y has shape", [(4, 2), (4, 1)]),
        (lambda: backprop(X4[0], T4[0], UNEVEN), "both are (N, K)", [(2,)]),
        (lambda: backprop(X4[:, :2], T4, UNEVEN), "does not fit", [(4, 2), (4, 3)]),
        (lambda: backprop(X4, T4, []), "params is empty", []),
        (lambda: backprop(X4, T4, UNEVEN, "sine"), "unknown activation 'sine'", []),
        (lambda: backprop(X4 * np.nan, T4, UNEVEN), "X of shape (4, 3) holds NaN", []),
        (lambda: backprop(X4, T4 * np.nan, UNEVEN), "T of shape (4, 2) holds NaN", []),
        (lambda: backprop(X4, T4, NAN_W), "a smaller learning rate?", [(4, 3), (5, 4), (2, 5)]),
        (lambda: numerical_gradients(X4, T4[:3], UNEVEN), "has shape", [(4, 2), (3, 2)]),
        (lambda: max_relative_difference([T4], [T4.T]), "the shapes differ", [(4, 2), (2, 4)]),
        (lambda: max_relative_difference([T4], [T4, X4]), "the shapes differ", [(4, 2), (4, 3)]),
    ],
)
def test_what_is_refused(call, message, shapes):
    with raises(message, *shapes):
        call()
