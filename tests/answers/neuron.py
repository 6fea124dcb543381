"""Answers to 1a."""

import math

import numpy as np

from answers import into_one_like


def _sigmoid_by_mask(z):
    z = np.asarray(z, dtype=float)
    out = np.empty_like(z)
    positive = z >= 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    grown = np.exp(z[~positive])
    out[~positive] = grown / (1 + grown)
    return out


def _sigmoid_by_threshold(z, threshold):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) > threshold, 1.0, e) / (1 + e)


def _sigmoid_in_lists(z):
    if isinstance(z, (list, np.ndarray)):
        return [_sigmoid_in_lists(entry) for entry in z]
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


def _affine_loops(X, W, b):
    if np.ndim(X) == 1:
        return [sum(w * x for w, x in zip(row, X)) + bias for row, bias in zip(W, b)]
    return [_affine_loops(x, W, b) for x in X]


def _affine_columns(X, W, b):
    return (W @ X.T + (b[:, None] if X.ndim == 2 else b)).T


def _slope(z):
    return np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2


RIGHT = {
    "sigmoid": [
        _sigmoid_by_mask,
        _sigmoid_in_lists,
        lambda z: 0.5 * (1 + np.tanh(np.asarray(z) / 2)),
        lambda z: np.exp(-np.logaddexp(0, -np.asarray(z, dtype=float))),
        lambda z: 1 / (1 + np.exp(-np.clip(z, -500, 500))),
        lambda z: (np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))).tolist(),
        lambda z: _sigmoid_by_mask(z).astype(np.float32),
    ],
    "affine": [
        _affine_loops,
        _affine_columns,
        lambda X, W, b: np.einsum("...i,oi->...o", X, W) + b,
        lambda X, W, b: np.dot(X, np.transpose(W)) + np.reshape(b, (1,) * (np.ndim(X) - 1) + (-1,)),
        lambda X, W, b: np.append(X, np.ones((*X.shape[:-1], 1)), axis=-1) @ np.column_stack([W, b]).T,
        lambda X, W, b: np.add(np.matmul(X.astype(np.longdouble), W.T), b).astype(float),
    ],
    "sigmoid_prime": [
        _slope,
        lambda z: 0.25 / np.cosh(np.asarray(z) / 2) ** 2,
        lambda z: (1 - np.tanh(np.asarray(z) / 2) ** 2) / 4,
        lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
        lambda z: np.vectorize(lambda v: math.exp(-v) / (1 + math.exp(-v)) ** 2, otypes=[float])(z),
    ],
}

WRONG = {
    "sigmoid": [
        lambda z: np.squeeze(_sigmoid_by_mask(z)),
        lambda z: 1 / (1 + np.exp(-2 * z)),
        lambda z: 1 / (2 + np.exp(-z)),
        lambda z: np.clip(0.5 + z / 4, 0, 1),
        (lambda z: 1 / (1 + np.exp(-np.abs(z))), "the same on both sides of zero"),
        lambda z: np.full(np.shape(z), 0.5),
        *(lambda z, cut=cut: _sigmoid_by_mask(np.clip(z, -cut, cut)) for cut in (9.5, 12, 25)),
        *(lambda z, cut=cut: np.where(np.less(z, -cut), 0.0, _sigmoid_by_mask(z)) for cut in (9.5, 10, 20)),
        lambda z: np.where(np.greater(z, 10), 1.0, _sigmoid_by_mask(z)),
        (lambda z: 1 / (1 + np.exp(-np.clip(z, -20, 20))), "clipped"),
        *(lambda z, cut=cut: _sigmoid_by_threshold(z, cut) for cut in (-0.5, 1, 2)),
        lambda z: np.atleast_1d(_sigmoid_by_mask(z)),
        lambda z: np.ravel(_sigmoid_by_mask(z)),
        lambda z: np.asarray(_sigmoid_by_mask(z) * 100, dtype=int) / 100,
        lambda z: str(_sigmoid_by_mask(z)),
        lambda z: print(_sigmoid_by_mask(z)),
        lambda z, steepness: _sigmoid_by_mask(steepness * z),
        lambda z: float(_sigmoid_by_mask(z)),
        lambda z: (1 / (1 + np.exp(-z)), z),
        (lambda z: (1 + np.e**-z) ** -1, "overflow at very negative z"),
        (lambda z: 1 - 1 / (1 + np.exp(-np.abs(z))), "the same on both sides of zero"),
        (
            lambda z: np.where(np.less(z, 0), np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))), 1),
            "a denominator on one side only",
        ),
    ],
    "affine": [
        lambda X, W, b: into_one_like(X, _affine_columns(X, W, b)),
        lambda X, W, b: into_one_like(b, _affine_columns(X, W, b)),
        lambda X, W, b: np.add(X @ W.T, b, out=X @ W.T),  # can't add fractions to whole numbers
        lambda X, W, b: (X @ W.T + b).astype(np.result_type(X, W)),
        lambda X, W, b: X @ W.T + b.sum(),
        lambda X, W, b: X @ W.T + b[::-1],
        (lambda X, W, b: (X @ W.T).T + b, "examples as columns b along them"),
        lambda X, W, b: X @ np.abs(W).T + b,
        lambda X, W, b: X @ W.T + 2 * b,
        lambda X, W, b: np.atleast_2d(X) @ W.T + b,
        lambda X, W, b: X.sum(axis=0) @ W.T + b if X.ndim == 2 else X @ W.T + b,
        lambda X, W, b: (X @ W.T + b).astype(int),
        lambda X, W, b: X[:, :2] @ W[:2, :2].T + b[:2],
        lambda X, W, b: np.maximum(X @ W.T + b, 0),
        lambda X, W, b: np.matrix(X) @ W.T + b,
        (lambda X, W, b: np.dot(X.T, W) + b, "W not transposed"),
    ],
    "sigmoid_prime": [
        lambda z: np.squeeze(_slope(z)),
        lambda z: _slope(2 * z),
        (lambda z: 2 * _slope(z), "twice the slope"),
        lambda z: _slope(z) ** 2,
        lambda z: np.exp(-(z**2)) / 4,
        lambda z: np.full(np.shape(z), 0.25),
        lambda z: np.sqrt(_slope(z)),
        lambda z: np.gradient(_sigmoid_by_mask(z)) if np.ndim(z) == 1 else _slope(z),
        (lambda z: float(_slope(z)), "numbers only"),
        (lambda z: (_sigmoid_by_mask(z + 1e-5) - _sigmoid_by_mask(z - 1e-5)) / 2e-5, "a nudge to both sides"),
    ],
}
