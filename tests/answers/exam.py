"""Answers to 5."""

from functools import partial

import numpy as np

from answers import into_one_like
from threesteps.backprop import backprop, numerical_gradient


def _sigma(z):
    return 0.5 * (1 + np.tanh(z / 2))


def _delta(Y, T):
    return Y * (1 + 4 * T) - 5 * T


def _by_the_library(X, T, params):
    return backprop(X, T, params, hidden="tanh", output="sigmoid")


def _example_by_example(X, T, params):
    """Vectors and outer products, added up."""
    total = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]
    for x, t in zip(X, T):
        enters, z = [x], None
        for W, b in params:
            z = W @ enters[-1] + b
            enters.append(np.tanh(z))
        delta = _delta(_sigma(z), t)
        for l in range(len(params) - 1, -1, -1):
            total[l] = total[l][0] + np.outer(delta, enters[l]), total[l][1] + delta
            if l > 0:
                delta = params[l][0].T @ delta / np.cosh(np.arctanh(enters[l])) ** 2
    return total


def _into_arrays_like_params(X, T, params):
    grads = _examples_as_columns(X, T, params)
    return [(into_one_like(W, dW), into_one_like(b, db)) for (W, b), (dW, db) in zip(params, grads)]


def _examples_as_columns(X, T, params):
    a, kept = X.T, [X.T]
    for W, b in params[:-1]:
        a = np.tanh(W @ a + b[:, np.newaxis])
        kept.append(a)
    W, b = params[-1]
    delta = _delta(_sigma(W @ a + b[:, np.newaxis]), T.T)
    result = []
    for (W, _), a in zip(params[::-1], kept[::-1]):
        result.insert(0, [delta @ a.T, delta @ np.ones(len(X))])
        delta = (W.T @ delta) * (1 + a) * (1 - a)
    return result


def _by_the_chain_of_all(X, T, params):
    """∂C/∂y and σ′ written out, in einsum."""
    A = [X]
    for l, (W, b) in enumerate(params):
        Z = np.einsum("ni,oi->no", A[-1], W) + b
        A.append(np.tanh(Z) if l < len(params) - 1 else _sigma(Z))
    Y = A.pop()
    through_y = -5 * T / Y + (1 - T) / (1 - Y)
    delta = through_y * Y * (1 - Y)
    found = {}
    for l in reversed(range(len(params))):
        found[l] = (np.einsum("no,ni->oi", delta, A[l]), np.einsum("no->o", delta))
        delta = np.einsum("no,oi,ni->ni", delta, params[l][0], 1 - np.square(A[l]))
    return tuple(found[l] for l in range(len(params)))


def _recursively(X, T, params):
    def go(A, rest):
        """(∂L/∂A, gradients of the rest)."""
        (W, b), *others = rest
        Z = A @ W.T + b
        if not others:
            delta, grads = _delta(_sigma(Z), T), []
        else:
            upstream, grads = go(np.tanh(Z), others)
            delta = upstream * (1 - np.tanh(Z) ** 2)
        return delta @ W, [(delta.T @ A, delta.sum(0)), *grads]

    return go(X, params)[1]


def _written_out(X, T, params):
    A = [X]
    for W, b in params:
        Z = A[-1] @ W.T + b
        A.append(np.tanh(Z))
    Y = 1 / (1 + np.exp(-Z))
    delta = np.where(T == 1, 5 * (Y - 1), np.where(T == 0, Y, 5 * T * (Y - 1) + Y - T * Y))
    grads = []
    for l in range(len(params) - 1, -1, -1):
        grads.append((delta.T @ A[l], delta.sum(axis=0)))
        delta = (delta @ params[l][0]) * (1 - A[l] * A[l])
    return grads[::-1]


def _central(f, w, h):
    w = np.array(w, dtype=float)
    slopes = np.empty(w.size)
    for k in range(w.size):
        up, down = w.ravel().copy(), w.ravel().copy()
        up[k] += h
        down[k] -= h
        slopes[k] = (f(up.reshape(w.shape)) - f(down.reshape(w.shape))) / (2 * h)
    return slopes.reshape(w.shape)


def _one_sided(f, w, h):
    slopes = np.zeros(w.shape)
    for i in np.ndindex(*w.shape):
        step = np.zeros(w.shape)
        step[i] = h
        slopes[i] = (f(w + step) - f(w)) / h
    return slopes


def _comparing(slopes, agree):
    """An answer from slopes(f, w) and agree(g, n)."""
    return lambda f, gradients, w: [agree(gradient(w), slopes(f, w)) for gradient in gradients]


def _relative(g, n):
    return np.abs(g - n) / np.maximum(np.abs(g), np.abs(n))


def _four_points(f, w):
    return (4 * _central(f, w, 1e-3) - _central(f, w, 2e-3)) / 3


def _entry_by_entry(f, gradients, w):
    verdicts = []
    for gradient in gradients:
        claimed, fine = gradient(w), True
        for i in np.ndindex(w.shape):
            nudged = w.copy()
            nudged[i] = w[i] + 1e-5
            up = f(nudged)
            nudged[i] = w[i] - 1e-5
            slope = (up - f(nudged)) / 2e-5
            if not abs(claimed[i] - slope) <= 1e-5 * abs(slope):
                fine = False
        verdicts.append(fine)
    return verdicts


def _in_place(f, w, h=1e-5):
    slopes = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        w[i] += h
        above = f(w)
        w[i] -= 2 * h
        slopes[i] = (above - f(w)) / (2 * h)
        w[i] += h
    return slopes


def _row_by_row(f, w):
    """Slopes along whole rows, where w has two axes."""
    slopes = np.zeros(w.shape)
    for i in range(len(w)):
        up, down = w.copy(), w.copy()
        up[i] += 1e-5
        down[i] -= 1e-5
        slopes[i] = (f(up) - f(down)) / 2e-5
    return slopes


def _norm_ratio(g, n):
    return np.linalg.norm(g - n) / (np.linalg.norm(g) + np.linalg.norm(n))


RIGHT = {
    "tanh_backprop": [
        _example_by_example,
        _examples_as_columns,
        _recursively,
        _written_out,
        lambda X, T, params: [[dW.tolist(), db.tolist()] for dW, db in _recursively(X, T, params)],
    ],
    "right_gradients": [
        _entry_by_entry,
        _comparing(lambda f, w: _central(f, w, 1e-3), lambda g, n: bool((_relative(g, n) < 2e-5).all())),
        _comparing(lambda f, w: _central(f, w, 1e-3), lambda g, n: (_relative(g, n) < 1e-6).all()),
        _comparing(lambda f, w: _central(f, w, 1e-4), lambda g, n: (_relative(g, n) < 1e-6).all()),
        _comparing(lambda f, w: _central(f, w, 1e-7), lambda g, n: not (~(_relative(g, n) < 1e-5)).any()),
        _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: np.max(_relative(g, n)) < 1e-4),
        _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: (_relative(g, n) < 1e-8).all()),
        _comparing(lambda f, w: _central(f, w, 1e-8), lambda g, n: (_relative(g, n) < 1e-6).all()),
        _comparing(lambda f, w: _central(f, w, 1e-9), lambda g, n: (_relative(g, n) < 1e-5).all()),
        _comparing(lambda f, w: _one_sided(f, w, 1e-7), lambda g, n: int((_relative(g, n) < 2e-5).all())),
        _comparing(lambda f, w: _central(f, w, 1e-6), lambda g, n: np.allclose(g, n, rtol=1e-5, atol=0)),
        lambda f, gradients, w: np.array(_entry_by_entry(f, gradients, w)),
        lambda f, gradients, w: tuple(map(np.bool_, _entry_by_entry(f, gradients, w))),
    ],
}


def _with_derivative(slope, output=_sigma):
    def answer(X, T, params):
        A = [X]
        for l, (W, b) in enumerate(params, start=1):
            A.append((np.tanh if l < len(params) else output)(A[-1] @ W.T + b))
        delta, grads = _delta(A[-1], T), []
        for l in range(len(params) - 1, -1, -1):
            grads.append((delta.T @ A[l], delta.sum(axis=0)))
            delta = (delta @ params[l][0]) * slope(A[l])
        return grads[::-1]

    return answer


def _nudged(X, T, params, h):
    """Central differences of the loss, parameter by parameter."""

    def loss(theta):
        a, rest = X, theta
        for W, b in params:
            W_now, b_now, rest = (
                rest[: W.size].reshape(W.shape),
                rest[W.size : W.size + b.size],
                rest[W.size + b.size :],
            )
            z = a @ W_now.T + b_now
            a = np.tanh(z)
        return float((5 * T * np.logaddexp(0, -z) + (1 - T) * np.logaddexp(0, z)).sum())

    slopes = numerical_gradient(loss, np.concatenate([array.ravel() for pair in params for array in pair]), h)
    grads = []
    for W, b in params:
        grads.append((slopes[: W.size].reshape(W.shape), slopes[W.size : W.size + b.size]))
        slopes = slopes[W.size + b.size :]
    return grads


def _changed(change):
    return lambda X, T, params: [change(dW, db) for dW, db in _recursively(X, T, params)]


WRONG = {
    "tanh_backprop": [
        _into_arrays_like_params,
        (_by_the_library, "every error counts the same"),
        (_by_the_chain_of_all, "the fraction not cancelled"),
        (partial(_nudged, h=1e-5), "by nudging"),
        *(partial(_nudged, h=h) for h in (1e-3, 1e-6, 1e-7, 1e-8, 1e-9)),
        lambda X, T, params: _recursively(X, 5 * T, params),
        _with_derivative(lambda A: (1 - A) ** 2),
        _with_derivative(lambda A: 1 - np.abs(A)),
        _with_derivative(lambda A: np.sqrt(1 - A**2)),
        _with_derivative(lambda A: (A > 0) * 1.0),
        _with_derivative(lambda A: A),
        _with_derivative(lambda A: 2 * (1 - A**2)),
        _with_derivative(lambda A: 1 - A**2, output=lambda Z: Z),
        _with_derivative(lambda A: 1 - A**2, output=lambda Z: _sigma(2 * Z)),
        _changed(lambda dW, db: (dW, db, 0)),
        _changed(lambda dW, db: (dW.round(3), db.round(3))),
        _changed(lambda dW, db: (dW, -db)),
        _changed(lambda dW, db: (dW, db[:, None])),
        _changed(lambda dW, db: (dW, db.sum())),
        _changed(lambda dW, db: (dW / np.linalg.norm(dW), db)),
        _changed(lambda dW, db: dW),
        lambda X, T, params: [
            (W - 0.1 * dW, b - 0.1 * db) for (W, b), (dW, db) in zip(params, _recursively(X, T, params))
        ],
        lambda X, T, params: _recursively(X, T, [(W, 0.5 * b) for W, b in params]),
        lambda X, T, params: _recursively(X, np.eye(T.shape[1])[T.argmax(axis=1)], params),
        lambda X, T, params: _recursively(np.tanh(X), T, params),
        lambda X, T, params: _recursively(X, T, params)[-2:],
        lambda X, T, params: dict(enumerate(_recursively(X, T, params))),
        lambda X, T, params: None,
        _changed(lambda dW, db: (dW, np.squeeze(db))),
    ],
    "right_gradients": [
        (_comparing(_row_by_row, lambda g, n: bool((_relative(g, n) < 1e-5).all())), "a whole row nudged"),
        # Puts w back by arithmetic, which doesn't show everywhere.
        (_comparing(_in_place, lambda g, n: np.allclose(g, n)), {"w changed in place", ""}),
        *(
            (_comparing(slopes, agree), "a fault in a small slope passes")
            for slopes, agree in [
                (_four_points, lambda g, n: np.linalg.norm(g - n) / np.linalg.norm(n) < 1e-6),
                (lambda f, w: _central(f, w, 1e-5), lambda g, n: _norm_ratio(g, n) < 1e-7),
                (lambda f, w: _central(f, w, 1e-5), lambda g, n: np.abs(g - n).max() < 1e-6 * np.abs(n).max()),
            ]
        ),
        _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: bool((_relative(g, n) < 2e-4).mean() > 0.8)),
        (
            _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: bool(np.abs(g - n).max() < 5e-6)),
            "an absolute tolerance too wide for flat functions",
        ),
        *(
            (
                _comparing(lambda f, w: _central(f, w, 1e-5), partial(np.allclose, rtol=1e-6, atol=atol)),
                {"an absolute tolerance too wide for flat functions", ""},
            )
            for atol in (1e-9, 3e-10, 1e-10)
        ),
        _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: np.allclose(g[0], n[0], rtol=1e-6)),
        _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: g.shape == n.shape and g.sum() > 0),
        _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: (np.abs(g - n) <= 1e-10 * np.abs(n)).all()),
        *(
            _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n, t=tolerance: bool((_relative(g, n) < t).all()))
            for tolerance in (1e-9, 5e-10, 3e-10)
        ),
        _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: _norm_ratio(g, n) < 1e-9),
        _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: "maybe"),
        _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: [bool((_relative(g, n) < 1e-5).all())]),
        _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: {"right": True}),
        _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: 0.5),
        _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: 10**400),
        _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: [1, [2, 3], "x", None]),
        _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: 2 * (_relative(g, n) < 1e-5).all() - 1),
        lambda f, gradients, w: [k % 2 == 0 for k in range(len(gradients))],
        lambda f, gradients, w: _entry_by_entry(f, gradients, w)[:-1],
        lambda f, gradients, w: _entry_by_entry(f, gradients, w)[::-1],
        lambda f, gradients, w: [*_entry_by_entry(f, gradients, w), True],
        lambda f, gradients, w: [True],
        lambda f, gradients, w: [],
        lambda f, gradients, w: None,
        lambda f, gradients, w: dict(zip(range(9), _entry_by_entry(f, gradients, w))),
        lambda f, gradients, w: (verdict for verdict in _entry_by_entry(f, gradients, w)),
        (
            _comparing(lambda f, w: _one_sided(f, w, 0.1), lambda g, n: bool((_relative(g, n) < 1e-5).all())),
            "none right",
        ),
        (
            _comparing(lambda f, w: _central(f, w, 1e-15), lambda g, n: bool((_relative(g, n) < 1e-5).all())),
            "none right",
        ),
        (_comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: bool((g == n).all())), "none right"),
        _comparing(lambda f, w: f(w + 1e-5) - f(w), lambda g, n: bool(np.allclose(g, n / 1e-5))),
        (
            _comparing(lambda f, w: _central(f, w, 1e-5), lambda g, n: bool(_relative(g, n).max() < 5e-3)),
            "small faults pass",
        ),
    ],
}
