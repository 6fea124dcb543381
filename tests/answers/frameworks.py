"""Answers to 4a."""

import numpy as np


def _loop(params):
    arrays = []
    for W, b in params:
        arrays.append(np.array([[W[i][j] for i in range(len(W))] for j in range(len(W[0]))]))
        arrays.append(b)
    return arrays


def _sum_of_lists(params):
    return sum(([W.T, b] for W, b in params), [])


def _extended(params):
    result = []
    for layer in params:
        result += [np.transpose(layer[0]).copy(), layer[1].copy()]
    return tuple(result)


RIGHT = {
    "to_keras_layout": [
        _loop,
        _sum_of_lists,
        _extended,
        lambda params: [params[k // 2][k % 2].T for k in range(2 * len(params))],
        lambda params: [np.einsum("ij->ji", W) if n == 0 else b for W, b in params for n in (0, 1)],
        lambda params: [part.tolist() for W, b in params for part in (np.swapaxes(W, 0, 1), b)],
        lambda params: [part.astype(np.float32) for W, b in params for part in (W.T, b)],
    ],
}


def _transposed_in_place(params):
    for W, _ in params:
        W[:] = W[::-1]
    return [part for W, b in params for part in (W.T, b)]


WRONG = {
    "to_keras_layout": [
        lambda params: [part for W, b in params for part in (np.rot90(W), b)],
        lambda params: [part for W, b in params for part in (W.T[::-1], b)],
        lambda params: [part for W, b in params for part in (W.T, -b)],
        lambda params: [part for W, b in params for part in (W.T, b[::-1])],
        lambda params: [part for W, b in params for part in (W.T.astype(int), b)],
        lambda params: [part for W, b in params for part in (W.T, np.zeros_like(b))],
        lambda params: {f"layer {n}": (W.T, b) for n, (W, b) in enumerate(params)},
        lambda params: (part for W, b in params for part in (W.T, b)),
        lambda params: [b for _, b in params],
        lambda params: np.array([W.T for W, b in params]),
        lambda params: [part for W, b in params for part in (str(W.T), b)],
        lambda params: [part for W, b in params[:2] for part in (W.T, b)],
        lambda params: params.append(None),
        _transposed_in_place,
    ],
}
