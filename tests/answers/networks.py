"""Answers to 1b."""

import functools
import math

import numpy as np


def _s(z):
    return 1 / (1 + np.exp(-z))


def _softmax_of(Z):
    e = np.exp(np.asarray(Z))
    return e / e.sum(axis=-1, keepdims=True)


def _network_neuron_by_neuron(X, params):
    def one(x):
        for W, b in params:
            x = [1 / (1 + math.exp(-sum(w * v for w, v in zip(row, x)) - bias)) for row, bias in zip(W, b)]
        return x

    return one(X) if np.ndim(X) == 1 else [one(x) for x in X]


def _network_in_columns(X, params):
    A = np.atleast_2d(X).T
    for W, b in params:
        A = _s(W @ A + b.reshape(-1, 1))
    return A.T if np.ndim(X) == 2 else A[:, 0]


def _network_recursive(X, params):
    if not params:
        return X
    (W, b), *rest = params
    return _network_recursive(_s(np.einsum("...i,oi->...o", X, W) + b), rest)


def _network_with_bias_as_weight(X, params):
    A = np.array(X, dtype=float)
    for W, b in params:
        A = _s(np.append(A, np.ones((*A.shape[:-1], 1)), axis=-1) @ np.column_stack([W, b]).T)
    return A.tolist()


def _network_by_index(X, params):
    activations = [X]
    for l in range(len(params)):
        activations.append(0.5 * (1 + np.tanh((activations[l] @ params[l][0].T + params[l][1]) / 2)))
    return activations[-1]


def _added_in_place(A, W, b):
    Z = A @ W.T
    Z += b
    return _s(Z)


def _layers(X, params, layer):
    for W, b in params:
        X = layer(X, W, b)
    return X


def _of(*layers):
    """An answer to xor_network: (W, b), … as lists."""
    return lambda: [(np.array(W), np.array(b)) for W, b in layers]


def _never_the_same():
    _never_the_same.sign = -getattr(_never_the_same, "sign", -1)
    return [
        (np.array([[20, 20], [-20, -20]]), np.array([-10, 30])),
        (np.array([[20, 20]]) * _never_the_same.sign, np.array([-30])),
    ]


OR_AND_NOT = ([[20, 20], [20, 20]], [-10, -30])  # any, both

RIGHT = {
    "network": [
        _network_neuron_by_neuron,
        _network_in_columns,
        _network_recursive,
        _network_with_bias_as_weight,
        _network_by_index,
        lambda X, params: functools.reduce(lambda a, pair: _s(a @ pair[0].T + pair[1]), params, X),
        lambda X, params: _layers(X, params, lambda A, W, b: _s(A @ W.T + b)).astype(np.float32),
        lambda X, params: tuple(_layers(X, params, lambda A, W, b: _s(np.dot(A, np.transpose(W)) + b))),
    ],
    "count_parameters": [
        lambda sizes: sum(np.zeros((o, i)).size + np.zeros(o).size for i, o in zip(sizes, sizes[1:])),
        lambda sizes: sum((sizes[k - 1] + 1) * sizes[k] for k in range(1, len(sizes))),
        lambda sizes: np.dot(np.array(sizes[:-1]) + 1, sizes[1:]),
        lambda sizes: float(np.sum([i * o for i, o in zip(sizes, sizes[1:])]) + np.sum(sizes[1:])),
        lambda sizes: 0 if len(sizes) < 2 else (sizes[0] + 1) * sizes[1] + RIGHT["count_parameters"][4](sizes[1:]),
    ],
    "xor_network": [
        _of(([[20, 20], [-20, -20]], [-10, 30]), ([[20, 20]], [-30])),
        _of(OR_AND_NOT, ([[20, -40]], [-10])),
        _of(([[20, -20], [-20, 20]], [-10, -10]), ([[20, 20]], [-10])),
        _of(([[8, 0], [0, 8]], [-4, -4]), ([[8, 8], [-8, -8]], [-4, 12]), ([[8, 8]], [-12])),
        _of(([[20, 20], [20, 20], [0, 0]], [-10, -30, 0]), ([[20, -40, 0]], [-10])),
        lambda: [([[5.3, 5.3], [3.4, 3.4]], [-2.2, -5.1]), ([[7.2, -7.8]], [-3.2])],
        lambda: ([((20, 20), (-20, -20)), (-10, 30)], [((20, 20),), (-30,)]),
        _of(([[20, 20], [20, 20]], [-10, -30]), ([[1.2, -1.8]], [-0.59])),
        _of(([[10, 10], [1, 1]], [0, 0]), ([[8, -10]], [0])),
        _of(([[1e6, 1e6], [-1e6, -1e6]], [-5e5, 1.5e6]), ([[1e6, 1e6]], [-1.5e6])),
        lambda: [
            (np.array([[20, 20], [-20, -20]], dtype=np.float32), np.array([-10, 30], dtype=np.int8)),
            (np.array([[20, 20]], dtype=np.int64), np.array([-30], dtype=np.float16)),
        ],
    ],
}

WRONG = {
    "network": [
        lambda X, params: _layers(X, params, _added_in_place),
        (lambda X, params: _softmax_of(_network_recursive(X, params)), "softmax after σ"),
        lambda X, params: _layers(X, params, lambda A, W, b: _s(2 * (A @ W.T + b))),
        lambda X, params: _layers(X, params, lambda A, W, b: _s(A @ W.T - b)),
        lambda X, params: _layers(X, params, lambda A, W, b: _s((A + 1) @ W.T + b)),
        lambda X, params: _layers(X, params, lambda A, W, b: np.maximum(A @ W.T + b, 0)),
        lambda X, params: _layers(X, params, lambda A, W, b: _s(A @ W.T + b.sum())),
        lambda X, params: _layers(X, params, lambda A, W, b: _s(A @ W.T + b[::-1])),
        lambda X, params: _layers(X, params, lambda A, W, b: _s(np.abs(A @ W.T + b))),
        lambda X, params: _layers(X, params, lambda A, W, b: np.round(_s(A @ W.T + b), 4)),
        lambda X, params: _layers(np.atleast_2d(X), params, lambda A, W, b: _s(A @ W.T + b)),
        lambda X, params: _layers(X, params, lambda A, W, b: _s(A @ W.T + b)).squeeze(),
        lambda X, params: _layers(X, params, lambda A, W, b: _s(A @ W.T + b)).mean(axis=0),
        lambda X, params: _layers(X, params, lambda A, W, b: _s(A @ W.T + b)).T,
        lambda X, params: _layers(X, params[:3], lambda A, W, b: _s(A @ W.T + b)),
        lambda X, params: _layers(X, params, lambda A, W, b: 1 - _s(A @ W.T + b)),
        lambda X, params: params.pop() and X,
        lambda X, params: _network_neuron_by_neuron(X[0] if np.ndim(X) == 2 else X, params),
        lambda X, params: (_layers(a, params, lambda A, W, b: _s(A @ W.T + b)) for a in X),
        lambda X, params: (lambda Y: Y[0] if Y.shape == (1,) else Y)(_network_recursive(X, params)),
        (
            lambda X, params: _layers(X, [params[i] for i in range(3)], lambda A, W, b: _s(A @ W.T + b)),
            "three layers by number",
        ),
        (lambda X, params: _s(_layers(X, params, lambda A, W, b: A @ W.T + b)), "no σ in the hidden layers"),
    ],
    "count_parameters": [
        lambda sizes: 2 * (len(sizes) - 1),
        lambda sizes: sum(sizes[1:]),
        lambda sizes: sum(i * o for i, o in zip(sizes, sizes[1:])) * 2,
        lambda sizes: sum(i * i + i for i in sizes[:-1]),
        lambda sizes: sum((i + 1) * o for i, o in zip(sizes, sizes[2:])),
        lambda sizes: sum((i + 1) * o for i, o in zip(sizes, sizes[1:])) + 1,
        (lambda sizes: sum((i + 1) * o for i, o in zip(sizes, sizes[1:])) - sizes[-1], "no biases for the outputs"),
        lambda sizes: 384010,
        lambda sizes: len(sizes),
        lambda sizes: max(sizes) * sum(sizes),
        lambda sizes: str(sum((i + 1) * o for i, o in zip(sizes, sizes[1:]))),
        lambda sizes: [sum((i + 1) * o for i, o in zip(sizes, sizes[1:]))],
        lambda sizes: (sizes[0] + 1) * sizes[1] + (sizes[1] + 1) * sizes[2] + (sizes[2] + 1) * sizes[3],
    ],
    "xor_network": [
        _of(([[20, 20], [-20, -20]], [-10, 30]), ([[20, 20]], [float("nan")])),
        _of(([[20, 20], [-20, -20]], [-10, 30]), ([[float("inf"), 20]], [-30])),
        (_of(([[20, -20], [20, 20]], [-10, -30]), ([[20, -20]], [30])), "one side of one half"),
        _never_the_same,
        lambda: [],
        lambda: "W = [[20, 20], [-20, -20]]",
        lambda: 7,
        lambda: {1, 2},
        lambda: print("weights"),
        lambda: [("a", "b"), ("c", "d")],
        lambda: [(np.ones((2, 2)), np.ones(2), "sigmoid"), (np.ones((1, 2)), np.ones(1), "sigmoid")],
        lambda: [([[20, 20], [-20]], [-10, 30]), ([[20, 20]], [-30])],
        lambda: [([[10**400, 20], [-20, -20]], [-10, 30]), ([[20, 20]], [-30])],
        _of(([[20, 20, 0], [-20, -20, 0]], [-10, 30]), ([[20, 20]], [-30])),
        _of(([[20, 20], [-20, -20], [0, 0]], [-10, 30, 0]), ([[20, 20]], [-30])),
        (lambda: [(np.zeros((0, 2)), np.zeros(0)), (np.zeros((1, 0)), np.zeros(1))], "a layer of zeros"),
        lambda: lambda x: x[0] != x[1],
        lambda x: [0, 1, 1, 0],
        (_of(OR_AND_NOT, ([[20, -5]], [-10])), "the output neuron"),
        (lambda: (np.array([[20, 20]]), np.array([-30])), "one flat list"),
        (lambda: [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]], "the outputs in place of the parameters"),
        (_of(([[1, 1], [-1, -1]], [-0.5, 1.5]), ([[1, 1]], [-1.5])), "weights for a hard step"),
        (_of(([[10, -10], [-10, 10]], [-5, -5]), ([[2, 2]], [-3])), "the output neuron"),
        (_of(([[20, -20], [-20, 20]], [-10, -10]), ([[20, 20]], [-30])), "the output neuron"),
    ],
}

EQUIVALENT = {
    "count_parameters": {
        "call dropped in: int(sum((n_out * (n_in + 1) for n_in, n_out in _layers(sizes))))": "a sum of ints is an int",
    },
}
