"""Answers to 1c."""

import math

import numpy as np


def _softmax(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _softmax_in_lists(Z):
    if np.ndim(Z) == 2:
        return [_softmax_in_lists(z) for z in Z]
    e = [math.exp(z - max(Z)) for z in Z]
    return [v / sum(e) for v in e]


def _softmax_in_columns(Z):
    e = np.exp(Z.T - Z.T.max(axis=0))
    return (e / e.sum(axis=0)).T


def _softmax_by_differences(Z):
    """1 / Σⱼ e^(zⱼ − zᵢ), the exponent kept in reach."""
    return 1 / np.exp(np.minimum(Z[..., None, :] - Z[..., :, None], 700)).sum(axis=-1)


def _softmax_row_by_row(Z):
    out = np.zeros(Z.shape)
    for n, row in enumerate(np.atleast_2d(Z)):
        e = np.exp(row - row.max())
        out.reshape(-1, row.size)[n] = e / e.sum()
    return out


def _one_hot_by_loop(labels, n_classes):
    T = np.zeros((len(labels), n_classes))
    for n, label in enumerate(labels):
        T[n, label] = 1
    return T


def _one_hot_flat(labels, n_classes):
    T = np.zeros(len(labels) * n_classes)
    T[np.arange(len(labels)) * n_classes + labels] = 1
    return T.reshape(len(labels), n_classes)


def _predict_by_loop(Y):
    found = []
    for row in Y:
        best = 0
        for k in range(1, len(row)):
            if row[k] > row[best]:
                best = k
        found.append(best)
    return found


def _filled(labels, n_classes, value):
    T = np.zeros((len(labels), n_classes))
    T[np.arange(len(labels)), labels] = value
    return T


RIGHT = {
    "softmax": [
        _softmax_in_lists,
        _softmax_in_columns,
        _softmax_by_differences,
        _softmax_row_by_row,
        lambda Z: np.exp(Z - np.logaddexp.reduce(Z, axis=-1, keepdims=True)),
        lambda Z: np.maximum(_softmax(Z), 1e-12),
        lambda Z: _softmax(Z).astype(np.float32),
        lambda Z: _softmax(np.asarray(Z, dtype=np.longdouble)).astype(float),
        lambda Z: (lambda e: e / (np.sum(e, axis=Z.ndim - 1, keepdims=True) + 1e-9))(
            np.exp(Z - np.amax(Z, axis=Z.ndim - 1, keepdims=True))
        ),
        lambda Z: (
            np.exp(np.einsum("...i->...i", Z - Z.max(-1)[..., None]))
            / np.exp(Z - Z.max(-1)[..., None]).sum(-1)[..., None]
        ),
    ],
    "one_hot": [
        _one_hot_by_loop,
        _one_hot_flat,
        lambda labels, n_classes: (labels[:, None] == np.arange(n_classes)).astype(float),
        lambda labels, n_classes: [[1.0 if k == label else 0.0 for k in range(n_classes)] for label in labels],
        lambda labels, n_classes: np.identity(n_classes)[labels],
        lambda labels, n_classes: np.eye(n_classes, dtype=int)[list(labels)],
        lambda labels, n_classes: np.equal.outer(labels, range(n_classes)),
    ],
    "predict": [
        _predict_by_loop,
        lambda Y: Y.argmax(axis=1),
        lambda Y: [max(range(len(row)), key=lambda k: row[k]) for row in Y],
        lambda Y: np.argsort(-Y, axis=-1, kind="stable")[:, 0],
        lambda Y: np.isclose(Y, Y.max(axis=1, keepdims=True), 0, 0).argmax(axis=1).astype(float),
        lambda Y: tuple(row.tolist().index(max(row)) for row in Y),
        lambda Y: np.array([np.flatnonzero(row == row.max())[0] for row in Y], dtype=np.int8),
    ],
}


def _labels_as_places(labels, n_classes):
    T = [[0] * n_classes for _ in labels]
    for i in labels:
        T[i][labels[i]] = 1
    return T


def _shifted_where(condition):
    """softmax with the maximum subtracted in some cases only."""
    return lambda Z: (lambda e: e / e.sum(axis=-1, keepdims=True))(
        np.exp(Z - Z.max(axis=-1, keepdims=True) if condition(Z) else Z)
    )


WRONG = {
    "softmax": [
        (lambda Z: np.exp(Z - np.max(Z)) / np.exp(Z - np.max(Z)).sum(axis=0), "columns add to 1 after one maximum"),
        (lambda Z: _softmax(1 / (1 + np.exp(-np.clip(Z, -500, 500)))), "softmax of σ"),
        lambda Z: _softmax(2 * Z),
        lambda Z: _softmax(Z / 2),
        lambda Z: _softmax(Z) * Z.shape[-1],
        lambda Z: _softmax(np.abs(Z)),
        lambda Z: _softmax(Z)[..., ::-1],
        lambda Z: np.atleast_2d(_softmax(Z)),
        lambda Z: _softmax(np.ravel(Z)),
        lambda Z: _softmax(Z).squeeze(),
        lambda Z: np.sqrt(_softmax(Z)),
        lambda Z: (
            2.0 ** (Z - Z.max(-1, keepdims=True)) / (2.0 ** (Z - Z.max(-1, keepdims=True))).sum(-1, keepdims=True)
        ),
        lambda Z: np.nan_to_num(np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True)),
        lambda Z: _softmax(np.minimum(Z, 700)),
        lambda Z: _softmax(Z - Z.mean()) + 1e-3,
        lambda Z: (
            (Z - Z.min(-1, keepdims=True)) / np.maximum((Z - Z.min(-1, keepdims=True)).sum(-1, keepdims=True), 1e-9)
        ),
        lambda Z: _softmax(Z)[0] if Z.ndim == 2 else _softmax(Z),
        lambda Z: _softmax(Z.astype(int)),
        lambda Z: Z**2 / (Z**2).sum(axis=-1, keepdims=True),
        lambda Z: (
            np.exp(Z - Z.max(-1, keepdims=True)) / (1 + np.exp(Z - Z.max(-1, keepdims=True)).sum(-1, keepdims=True))
        ),
        lambda Z: print(_softmax(Z)),
        (lambda Z: (lambda e: e / e.sum())(np.exp(Z - Z.max())), "one total for the batch"),
        (lambda Z: np.exp(Z) / np.exp(Z).sum(axis=1)[:, None], "batch only and no shift"),
        _shifted_where(lambda Z: np.abs(Z).max() > 800),
        _shifted_where(lambda Z: Z.max() > 500),
        (lambda Z: _shifted_where(lambda Z: False)(np.clip(Z, -700, 700)), "clipped"),
    ],
    "one_hot": [
        lambda labels, n_classes: 2 * _filled(labels, n_classes, 1),
        lambda labels, n_classes: _filled(labels, n_classes, 1)[::-1],
        lambda labels, n_classes: _filled(labels, n_classes, 1)[:, ::-1],
        lambda labels, n_classes: _filled(labels, n_classes, 0.9),
        lambda labels, n_classes: _filled(labels, n_classes + 1, 1),
        lambda labels, n_classes: _filled(np.unique(labels), n_classes, 1),
        lambda labels, n_classes: np.cumsum(_filled(labels, n_classes, 1), axis=1),
        (lambda labels, n_classes: np.identity(n_classes), "labels not looked at"),
        lambda labels, n_classes: np.eye(n_classes)[labels[0]],
        lambda labels, n_classes: _filled(labels, n_classes, 1)[:, :, None],
        lambda labels, n_classes: _filled(labels, n_classes, 1).ravel(),
        lambda labels, n_classes: labels,
        lambda labels, n_classes: _filled(labels, n_classes, 1).astype(str),
        lambda labels, n_classes: _filled(labels, n_classes, 1) - 0.1,
        (lambda labels, n_classes: np.eye(n_classes)[:, labels], "one column for each example"),
        (_labels_as_places, "labels taken for the numbers of rows"),
    ],
    "predict": [
        lambda Y: np.zeros(len(Y), dtype=int),
        lambda Y: np.full(len(Y), Y.shape[1] - 1),
        lambda Y: Y[:, 1:].argmax(axis=1),
        lambda Y: Y[:, :-1].argmax(axis=1),
        lambda Y: Y.argmax(axis=1)[::-1],
        lambda Y: Y.argsort(axis=1)[:, -2],
        lambda Y: np.argsort(-Y, axis=1)[:, 0],  # of equal ones any, as the processor will have it
        lambda Y: np.round(Y, 4).argmax(axis=1),
        lambda Y: np.sort(Y.argmax(axis=1)),
        lambda Y: Y.shape[1] - 1 - Y.argmax(axis=1),
        lambda Y: Y.mean(axis=0).argmax(),
        lambda Y: np.bincount(Y.argmax(axis=1)).argmax(),
        lambda Y: Y.round(3).argmax(axis=1),
        lambda Y: [Y.argmax(axis=1)],
        lambda Y: [str(k) for k in Y.argmax(axis=1)],
        lambda Y: set(Y.argmax(axis=1).tolist()),
        lambda Y: Y.argmax(axis=1) / Y.shape[1],
        (lambda Y: [len(row) - 1 - int(np.argmax(row[::-1])) for row in Y], "the last of a tie"),
    ],
}

EQUIVALENT = {
    "predict": {
        "sign dropped in: -1": "Y has two axes, so axis 1 is the last one",
        "constant turned in: 1": "−(−1) is axis 1 again",
    },
}
