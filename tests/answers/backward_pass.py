"""Answers to 3c."""

import math
from functools import partial

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _slope(z):
    return _sigmoid(z) * (1 - _sigmoid(z))


def _by_jacobian(Y, T):
    """Case 2, in full: ∂C/∂z = Jᵀ ∂C/∂y for each example."""
    return np.array([(np.diag(y) - np.outer(y, y)).T @ (-t / y) for y, t in zip(Y, T)])


def _measured(total, h, d, W, Z):
    """Central differences of `total`, the sum of what the next layer's δ meets."""
    slopes = np.zeros(Z.shape)
    for i in np.ndindex(Z.shape):
        step = np.zeros(Z.shape)
        step[i] = h
        above, below = (total(d, _sigmoid(z) @ W.T) for z in (Z + step, Z - step))
        slopes[i] = (above - below) / (2 * h)
    return slopes


def _from_total(Y, T):
    return Y * T.sum(axis=1, keepdims=True) - T


def _into_new(Y, T):
    out = np.empty_like(Y)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            out[i][j] = Y[i][j] - T[i][j]
    return out


def _by_wiggling(Y, T, h=1e-5):
    Z, out = np.log(Y), np.zeros_like(Y)
    for k in range(Y.shape[1]):
        step = h * np.eye(Y.shape[1])[k]
        up, down = (-(T * (z - np.log(np.exp(z).sum(1, keepdims=True)))).sum(1) for z in (Z + step, Z - step))
        out[:, k] = (up - down) / (2 * h)
    return out


def _loops(delta_next, W_next, Z):
    out = []
    for n in range(len(Z)):
        row = []
        for j in range(len(Z[n])):
            back = sum(W_next[i][j] * delta_next[n][i] for i in range(len(W_next)))
            a = 1 / (1 + math.exp(-Z[n][j]))
            row.append(back * a * (1 - a))
        out.append(row)
    return out


def _one_by_one(delta_next, W_next, Z):
    return tuple(W_next.T @ d * _slope(z) for d, z in zip(delta_next, Z))


def _diagonal(delta_next, W_next, Z):
    return np.array([np.diag(_slope(z)) @ W_next.T @ d for d, z in zip(delta_next, Z)])


RIGHT = {
    "output_delta": [
        _by_jacobian,
        _from_total,
        _into_new,
        _by_wiggling,
        lambda Y, T: np.subtract(Y, T),
        lambda Y, T: -(T - Y),
        lambda Y, T: [[y - t for y, t in zip(*rows)] for rows in zip(Y, T)],
        lambda Y, T: tuple((Y - T).tolist()),
        lambda Y, T: Y.astype(np.float32) - T.astype(np.float32),
        lambda Y, T: (Y.T - T.T).T,
    ],
    "hidden_delta": [
        _loops,
        _one_by_one,
        _diagonal,
        lambda d, W, Z: np.einsum("ni,ij,nj->nj", d, W, _slope(Z)),
        lambda d, W, Z: (W.T @ d.T * _slope(Z.T)).T,
        lambda d, W, Z: np.dot(d, W) / (4 * np.cosh(Z / 2) ** 2),
        lambda d, W, Z: (d[:, :, None] * W[None]).sum(axis=1) * (1 - np.tanh(Z / 2) ** 2) / 4,
        lambda d, W, Z: _slope(Z) * np.tensordot(d, W, 1),
        lambda d, W, Z: (d @ W) * np.exp(-Z) / (1 + np.exp(-Z)) ** 2,
        lambda d, W, Z: ((d.astype(np.longdouble) @ W) * _slope(Z)).astype(float),
        *(partial(_measured, lambda d, z: (d * z).sum(), h) for h in (1e-4, 1e-5, 1e-6)),
        partial(_measured, np.vdot, 1e-5),
        partial(_measured, lambda d, z: np.trace(d.T @ z), 1e-5),
        partial(_measured, lambda d, z: sum(one @ its for one, its in zip(d, z)), 1e-5),
    ],
}


def _lesson_loop(delta_next, W_next, Z):
    out, gain = [], _slope(Z)
    for j in range(W_next.shape[1]):
        total = 0
        for i in range(len(delta_next)):
            total += W_next[i][j] * delta_next[i]
        out.append(gain[j] * total)
    return np.array(out)


def _loops_over_too_few(delta_next, W_next, Z):
    out = np.zeros(Z.shape)
    for n in range(len(Z)):
        for j in range(W_next.shape[1]):
            for i in range(len(delta_next)):
                out[n, j] += W_next[i, j] * delta_next[n, i] * _slope(Z[n, j])
    return out


WRONG = {
    "output_delta": [
        (lambda Y, T: np.where(T > 0, Y - T, 0), "only where t is above 0"),
        lambda Y, T: Y,
        lambda Y, T: Y * T,
        lambda Y, T: Y / T,
        lambda Y, T: (Y - T) / 2,
        lambda Y, T: (Y - T).ravel(),
        lambda Y, T: (Y - T).T,
        (lambda Y, T: (Y - T)[0], "the first example only"),
        (lambda Y, T: (T > 0) * Y - T, "only where t is above 0"),
        (lambda Y, T: np.where(T == 1, Y - 1, Y), "one class only"),
        (lambda Y, T: Y - (T > 0), "one class only"),
        lambda Y, T: (Y - T) / np.linalg.norm(Y - T),
        lambda Y, T: (Y - T) * T,
        lambda Y, T: np.sign(Y - T),
        lambda Y, T: (Y - T).sum(),
        lambda Y, T: (Y - T).mean(axis=0),
        lambda Y, T: (Y - T).sum(axis=1),
        lambda Y, T: Y - T.argmax(axis=1)[:, None],
        lambda Y, T: _sigmoid(Y) - T,
        lambda Y, T: np.log(Y) - T,
        lambda Y, T: (Y - T).round(3),
        lambda Y, T: Y - T + 1e-5,
        lambda Y, T: Y - T[::-1],
        (lambda Y, T: (Y - 1) * T, "through its own y only"),
        (lambda Y, T: -T * (1 - Y), "through its own y only"),
        lambda Y, T: print(Y - T),
        lambda Y, T: {"delta": Y - T},
        lambda Y, T: (y - t for y, t in zip(Y, T)),
        lambda Y, T, W: Y - T,
    ],
    "hidden_delta": [
        lambda d, W, Z: d,
        lambda d, W, Z: (d @ W) * Z,
        lambda d, W, Z: (d @ W) * _slope(Z) ** 2,
        lambda d, W, Z: (d @ W) * _slope(-2 * Z),
        lambda d, W, Z: (d @ W) * 0.25,
        lambda d, W, Z: (d @ np.abs(W)) * _slope(Z),
        lambda d, W, Z: (d @ W[:, ::-1]) * _slope(Z),
        lambda d, W, Z: (d[::-1] @ W) * _slope(Z),
        lambda d, W, Z: (d @ W) * _slope(Z[::-1]),
        lambda d, W, Z: (d @ W) * _slope(Z).mean(),
        lambda d, W, Z: (d @ W) * _slope(Z).mean(axis=0),
        lambda d, W, Z: (d @ W) * _slope(Z).mean(axis=1, keepdims=True),
        lambda d, W, Z: (d.sum(axis=1, keepdims=True) @ W[:1]) * _slope(Z),
        lambda d, W, Z: (d[:, :1] @ W[:1]) * _slope(Z),
        lambda d, W, Z: (d @ W) * _slope(Z) / W.shape[0],
        lambda d, W, Z: (d @ W) * _slope(Z) / Z.size,
        lambda d, W, Z: 2 * (d @ W) * _slope(Z),
        lambda d, W, Z: (d @ W) / _slope(Z),
        lambda d, W, Z: np.outer(d @ W, _slope(Z)),
        lambda d, W, Z: ((d @ W) * _slope(Z)).astype(np.float16),
        lambda d, W, Z: ((d @ W) * _slope(Z)).round(4),
        lambda d, W, Z: _slope((d @ W) * Z),
        lambda d, W, Z: (d @ (W + W.T) / 2) * _slope(Z) if W.shape[0] == W.shape[1] else (d @ W) * _slope(Z),
        lambda d, W, Z: (d[:, :3] @ W[:3, :3]) * _slope(Z[:, :3]),
        lambda d, W, Z: (d @ W)[0] * _slope(Z)[0] if len(Z) == 1 else (d @ W) * _slope(Z),
        lambda d, W, Z: np.matrix(d @ W) * _slope(Z),
        lambda d, W: (d @ W) * _slope(d @ W),
        (lambda d, W, Z: (d @ W) * np.maximum(np.sign(Z), 0), "the slope of ReLU"),
        lambda d, W, Z: np.einsum("ni,ji,nj->nj", d, W, _slope(Z)),
        (lambda d, W, Z: W @ d * _slope(Z), "written for a column"),
        (lambda d, W, Z: np.dot(W.T, d.T) * _slope(Z), "written for a column"),
        (_lesson_loop, "neurons on the first axis"),
        (_loops_over_too_few, "neurons on the first axis"),
    ],
}
