"""Answers to 2a."""

import math

import numpy as np


def _guarded(Y, T):
    logs = np.zeros_like(Y)
    np.log(Y, out=logs, where=T > 0)
    return -np.sum(T * logs, axis=1)


def _loops(Y, T):
    return [-sum(t * np.log(y) for y, t in zip(row, target) if t > 0) for row, target in zip(Y, T)]


def _columns(Y, T):
    y, t = np.array(Y).T, np.array(T).T
    total = np.zeros(y.shape[1])
    for k in range(len(y)):
        total -= t[k] * np.log(np.where(t[k] > 0, y[k], 1.0))
    return total


def _einsum(Y, T):
    return -np.einsum("nk,nk->n", T.astype(float), np.log(np.where(T == 0, 1, Y)))


def _errstate(Y, T):
    with np.errstate(divide="ignore", invalid="ignore"):
        return -np.nansum(T * np.log(Y), axis=-1)


def _by_loop_over_labels(Y, labels):
    result = []
    for n in range(len(labels)):
        result.append(-math.log(Y[n][labels[n]]))
    return tuple(result)


RIGHT = {
    "cross_entropy": [
        _guarded,
        _loops,
        _columns,
        _einsum,
        _errstate,
        lambda Y, T: np.array([-np.dot(t[t > 0], np.log(y[t > 0])) for y, t in zip(Y, T)]),
        lambda Y, T: -np.sum(T * np.log(np.maximum(Y, T == 0)), axis=1),
        lambda Y, T: _guarded(Y.astype(np.float32), T.astype(np.float32)),
        lambda Y, T: -np.log(np.where(T > 0, Y, 1) ** T).sum(axis=1).astype(np.longdouble),
    ],
    "cross_entropy_of_labels": [
        _by_loop_over_labels,
        lambda Y, labels: -np.log(Y[np.arange(len(Y)), labels]),
        lambda Y, labels: -np.log(np.take_along_axis(Y, labels[:, None], axis=1))[:, 0],
        lambda Y, labels: _guarded(Y, np.eye(Y.shape[1])[labels]),
        lambda Y, labels: -np.log((Y * (np.arange(Y.shape[1]) == labels[:, None])).sum(axis=1)),
        lambda Y, labels: -np.log(np.diagonal(Y[:, labels])),
        lambda Y, labels: [np.float32(-np.log(y[k])) for y, k in zip(Y, labels)],
        lambda Y, labels: (-np.log(Y.ravel()[labels + Y.shape[1] * np.arange(len(Y))])).tolist(),
    ],
}


def _first_only(Y, T):
    for y, t in zip(Y, T):
        return np.array([-(t[t > 0] * np.log(y[t > 0])).sum()])


def _term(t, y):
    """0, and not 0.0: `np.vectorize` takes it for the type of all that follow."""
    return 0 if t == 0 else -t * np.log(y)


def _in_place(Y, T):
    Y[T == 0] = 1
    return -(T * np.log(Y)).sum(axis=1)


def _normalised(Y, T):
    return _guarded(Y / Y.max(axis=1, keepdims=True), T)


WRONG = {
    "cross_entropy": [
        (lambda Y, T: -np.log((np.clip(Y, 1e-7, 1 - 1e-7) * T).sum(axis=1)), "sum before the logarithm"),
        (_first_only, "the first example only"),
        lambda Y, T: np.vectorize(_term)(T, Y).sum(axis=1),
        lambda Y, T: -(T * np.log(np.where(T > 0.01, Y, 1))).sum(axis=1),
        lambda Y, T: -(T * np.log(np.where(T > 1e-4, Y, 1))).sum(axis=1),
        _in_place,
        _normalised,
        lambda Y, T: _guarded(Y, T).reshape(1, -1),
        lambda Y, T: _guarded(Y, T).sum() * np.ones(len(Y)),
        lambda Y, T: -(T * np.log1p(Y)).sum(axis=1),
        lambda Y, T: -(T * np.log(Y + 1e-9)).sum(axis=1) + 1e-6,
        (lambda Y, T: -(T * np.log(np.where(Y == 0, 1, Y))).sum(axis=1), "the impossible made perfect"),
        (lambda Y, T: -(T * np.log(Y + (Y == 0))).sum(axis=1), "the impossible made perfect"),
        lambda Y, T: [-sum(t * math.log(y) for y, t in zip(*rows) if t > 0) for rows in zip(Y, T)],
        (lambda Y, T: -(T * np.log(np.clip(Y, 1e-12, None))).sum(-1), "clipped"),
        (lambda Y, T: -np.diag(T @ np.log(np.maximum(Y, 1e-15)).T), "clipped"),
        (lambda Y, T: -(T * np.log(Y + 1e-12)).sum(axis=1), "something added"),
        (lambda Y, T: -(T * np.log(Y + 1e-15)).sum(axis=1), "something added"),
        (lambda Y, T: -(T * np.log(Y + np.finfo(float).eps)).sum(axis=1), "something added"),
        (lambda Y, T: -(T * np.log(Y + 1e-8)).sum(axis=1), "something added"),
        (lambda Y, T: -(T * np.log(Y + 1e-3)).sum(axis=1), "something added"),
        (lambda Y, T: -(T * np.log(np.clip(Y, 1e-2, 1))).sum(axis=1), "clipped"),
        (lambda Y, T: -(T * np.log(np.clip(Y, 0.1, 0.9))).sum(axis=1), "clipped"),
        (lambda Y, T: -(T * np.log(np.clip(Y, 1e-7, 1 - 1e-7))).sum(-1), "clipped"),
        (lambda Y, T: -(T * np.log(Y + 1e-10)).sum(axis=1), "something added"),
        lambda Y, T: -(T * np.log(np.minimum(Y, 0.9) + (Y == 0))).sum(axis=1),
        (lambda Y, T: -(Y * np.log(T + 1e-12)).sum(axis=1), "roles of y and t swapped"),
        (lambda Y, T: -np.nansum(T * np.log(Y), axis=1), "repaired afterwards"),
        (lambda Y, T: -np.sum(np.nan_to_num(T * np.log(Y)), axis=1), "repaired afterwards"),
        lambda Y, T: -np.nan_to_num(T * np.log(Y)).sum(axis=0),
        lambda Y, T: _guarded(Y, T / T.sum(axis=0)),
        lambda Y, T: _guarded(Y, np.round(T)),
        lambda Y, T: _guarded(Y[::-1], T),
        lambda Y, T: np.sort(_guarded(Y, T)),
        lambda Y, T: np.round(_guarded(Y, T), 3),
        lambda Y, T: _guarded(Y, T).astype(int),
        lambda Y, T: np.abs(Y - T).sum(axis=1),
        lambda Y, T: np.sqrt(_guarded(Y, T)),
        lambda Y, T: np.exp(-_guarded(Y, T)),
        lambda Y, T: -np.log(1 - (T * (1 - Y)).sum(axis=1)) + (T * T).sum(axis=1) - 1,
        lambda Y, T: [str(c) for c in _guarded(Y, T)],
        lambda Y, T: {n: c for n, c in enumerate(_guarded(Y, T))},
        lambda Y, T: (c for c in _guarded(Y, T)),
        lambda Y, T: -math.log(Y[T.argmax()]),
        (lambda Y, T: -np.mean(T * np.log(Y), axis=1), "mean over the classes"),
        (lambda Y, T: -np.sum(T * np.log2(Y), axis=1), "base 2"),
        (lambda Y, T: -np.sum(T * np.log10(Y), axis=1), "base 10"),
        (lambda Y, T: np.sum(T * np.log(Y), axis=1), "no minus"),
        (lambda Y, T: -np.log(Y) * T, "the terms and not their sum"),
        (lambda Y, T: -np.sum(T * np.log(Y), axis=1)[:, None], "a column"),
        (lambda Y, T: -sum(t * np.log(y) for y, t in zip(Y, T)), "wrong axis"),
        (lambda Y, T: -np.mean(T * np.log(Y) + (1 - T) * np.log(1 - Y), axis=1), "binary cross entropy"),
    ],
    "cross_entropy_of_labels": [
        lambda Y, labels: -np.log(Y[:, labels[0]]),
        (lambda Y, labels: [-np.log(Y[0, k]) for k in labels], "the first row for all"),
        (lambda Y, labels: -np.log(Y[range(len(Y[0])), labels]), "as many rows as classes"),
        lambda Y, labels: -np.log(Y[np.arange(len(labels)), np.sort(labels)]),
        lambda Y, labels: -np.log(Y[np.arange(len(labels)), labels[::-1]]),
        lambda Y, labels: -np.log(Y[np.arange(len(labels)), (labels + 1) % Y.shape[1]]),
        lambda Y, labels: -np.log(Y.min(axis=1)),
        lambda Y, labels: -labels * np.log(Y.max(axis=1)),
        lambda Y, labels: -np.log(1 - Y[np.arange(len(labels)), labels]),
        lambda Y, labels: -np.log(Y[np.arange(len(labels)), labels] + 0.01),
        lambda Y, labels: -np.log(np.unique(Y[np.arange(len(labels)), labels])),
        lambda Y, labels: -np.log(Y[np.arange(3), labels[:3]]),
        lambda Y, labels: -np.log(Y[np.arange(len(labels)), labels]).astype(np.float16),
        lambda Y, labels: [[c] for c in -np.log(Y[np.arange(len(labels)), labels])][::-1],
        lambda Y, labels: -np.log(Y) * np.eye(10)[labels],
    ],
}

EQUIVALENT = {
    "cross_entropy": {
        "Add -> Sub in: -(T * _log(Y, where=T > 0)).sum(axis=-1) + 0.0": "−0 equals 0",
        "left term alone in: -(T * _log(Y, where=T > 0)).sum(axis=-1) + 0.0": "−0 equals 0",
        "constant turned in: 1": "probes have two axes, so the last one is axis 1",
        "sign dropped in: -1": "probes have two axes, so the last one is axis 1",
    },
    "cross_entropy_of_labels": {"constant turned in: 1": "Y has two axes, so the last one is axis 1"},
}
