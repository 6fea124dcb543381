"""Answers to 3b."""

import math

import numpy as np


def _s(z):
    return 1 / (1 + np.exp(-z))


def _slope(z):
    return _s(z) * (1 - _s(z))


def _neuron_in_lists(x, w, b):
    a = 1 / (1 + math.exp(-sum(u * v for u, v in zip(w, x)) - b))
    return [a * (1 - a) * v for v in x], a * (1 - a), [a * (1 - a) * v for v in w]


def _neuron_by_nudges(x, w, b, h=1e-5):
    def slope(along):
        return (along(h) - along(-h)) / (2 * h)

    steps = np.eye(len(x))
    return (
        [slope(lambda t, d=d: _s((w + t * d) @ x + b)) for d in steps],
        slope(lambda t: _s(w @ x + b + t)),
        [slope(lambda t, d=d: _s(w @ (x + t * d) + b)) for d in steps],
    )


def _neuron_backwards(x, w, b):
    """As on the graph: what each node hands back."""
    d_z = np.exp(-(w @ x + b)) / (1 + np.exp(-(w @ x + b))) ** 2
    d_products = np.full(len(x), d_z)
    return [d_products * x, d_z, d_products * w]


def _neuron_by_jacobian(x, w, b):
    everything = np.concatenate([x, [1.0], w]) * _slope(np.einsum("i,i->", w, x) + b)
    return tuple(np.split(everything, [len(x), len(x) + 1])[i].reshape(shape) for i, shape in enumerate([-1, (), -1]))


def _neuron_in_float32(x, w, b):
    x, w = x.astype(np.float32), w.astype(np.float32)
    slope = _slope(w @ x + np.float32(b))
    return slope * x, slope, slope * w


def _pass_in_float32_by_tanh(x, params):
    entering = [x.astype(np.float32)]
    for W, b in params[:-1]:
        z = W.astype(np.float32) @ entering[-1] + b.astype(np.float32)
        entering.append((1 + np.tanh(z / 2)) / 2)
    return entering


def _two_paths_with_math(s):
    u, v = s * s, math.exp(s)
    return [u * v + math.sin(u), 2 * s * v + 2 * s * math.cos(u), s * s * v]


def _two_paths_at(s):
    return s**2 * np.exp(s) + np.sin(s**2), (np.exp(s) + np.cos(s**2)) * 2 * s, s**2 * np.exp(s)


def _two_paths_by_nudges(s, h=1e-5):
    def f(s_of_u, s_of_v):
        return s_of_u**2 * np.exp(s_of_v) + np.sin(s_of_u**2)

    return f(s, s), (f(s + h, s) - f(s - h, s)) / (2 * h), (f(s, s + h) - f(s, s - h)) / (2 * h)


def _two_paths_edge_by_edge(s):
    u, v = np.square(s), np.power(np.e, s)
    by_product_u, by_sine, by_product_v = v * 2 * s, np.cos(u) * 2 * s, u * v
    return np.array([u * v + np.sin(u), by_product_u + by_sine, by_product_v])


def _pass_by_recursion(x, params):
    if len(params) == 1:
        return [x]
    (W, b), *rest = params
    return [x, *_pass_by_recursion(_s(np.einsum("oi,i->o", W, x) + b), rest)]


def _pass_neuron_by_neuron(x, params):
    kept = [list(x)]
    for W, b in params:
        kept.append([1 / (1 + math.exp(-sum(w * a for w, a in zip(row, kept[-1])) - c)) for row, c in zip(W, b)])
    kept.pop()
    return tuple(kept)


def _pass_as_batch(x, params):
    A, kept = x[None, :], []
    for W, b in params:
        kept.append(A[0])
        A = _s(A @ W.T + b)
    return kept


def _pass_in_columns(x, params):
    columns = [np.reshape(x, (-1, 1))]
    for W, b in params[:-1]:
        columns.append(0.5 + 0.5 * np.tanh((W @ columns[-1] + b[:, None]) / 2))
    return [column.ravel() for column in columns]


def _pass(x, params, layer=lambda a, W, b: _s(W @ a + b)):
    kept = [x]
    for W, b in params[:-1]:
        kept.append(layer(kept[-1], W, b))
    return kept


def _added_in_place(a, W, b):
    z = W @ a
    z += b
    return _s(z)


def _one_array_for_all(x, params):
    kept, a = [], np.array(x, dtype=float)
    for W, b in params:
        kept.append(a)
        if W.shape[0] == W.shape[1]:
            a[:] = _s(W @ a + b)
        else:
            a = _s(W @ a + b)
    return kept


RIGHT = {
    "neuron_gradient": [
        _neuron_in_lists,
        _neuron_by_nudges,
        _neuron_backwards,
        _neuron_by_jacobian,
        lambda x, w, b: tuple(np.float32(_slope(w @ x + b)) * v.astype(np.float32) for v in (x, np.float32(1), w)),
        lambda x, w, b: [np.multiply(_slope(np.dot(x, w) + b), v) for v in (x, 1.0, w)],
    ],
    "two_paths": [
        _two_paths_with_math,
        _two_paths_by_nudges,
        _two_paths_edge_by_edge,
        _two_paths_at,
        lambda s: tuple(np.float32(v) for v in _two_paths_with_math(s)),
        lambda s: _two_paths_at(np.float32(s)),
    ],
    "forward_pass": [
        _pass_by_recursion,
        _pass_neuron_by_neuron,
        _pass_as_batch,
        _pass_in_columns,
        _pass_in_float32_by_tanh,
        lambda x, params: [a.astype(np.float32) for a in map(np.asarray, _pass(x, params))],
    ],
}

WRONG = {
    "neuron_gradient": [
        _neuron_in_float32,
        lambda x, w, b: tuple(2 * v for v in _neuron_backwards(x, w, b)),
        lambda x, w, b: tuple(_slope(w @ x - b) * v for v in (x, 1, w)),
        lambda x, w, b: tuple(_slope(w.sum() * x.sum() + b) * v for v in (x, 1, w)),
        lambda x, w, b: tuple(_slope(w @ x + b) ** 2 * v for v in (x, 1, w)),
        lambda x, w, b: tuple(_slope(w @ x + b) * v for v in (x, 0, w)),
        lambda x, w, b: tuple(_slope(w @ x + b) * v for v in (x.sum(), 1, w.sum())),
        lambda x, w, b: tuple(_slope(w @ x + b) * v for v in (x, np.ones(1), w)),
        lambda x, w, b: tuple(_slope(w @ x + b) * v for v in (x, np.ones(len(x)), w)),
        lambda x, w, b: tuple(_slope(w @ x + b) * v for v in (np.abs(x), 1, np.abs(w))),
        (lambda x, w, b: np.concatenate([_slope(w @ x + b) * np.ravel(v) for v in (x, 1, w)]), "one long array"),
        lambda x, w, b: {"w": _slope(w @ x + b) * x, "b": _slope(w @ x + b), "x": _slope(w @ x + b) * w},
        lambda x, w, b: tuple(_slope(w @ x + b) * v for v in (x[::-1], 1, w)),
        lambda x, w, b: tuple(np.exp(-(w @ x + b)) * v for v in (x, 1, w)),
        lambda x, w, b: tuple(np.round(_slope(w @ x + b), 3) * v for v in (x, 1, w)),
        lambda x, w, b: (_slope(w @ x + b) * x, _slope(w @ x + b), x),
        (lambda x, w, b: (x, 1, w), "the slope of σ left out"),
    ],
    "two_paths": [
        lambda s: tuple(2 * v for v in _two_paths_with_math(s)),
        lambda s: (_two_paths_with_math(s)[0], math.exp(s) * 2 * s + math.cos(s * s), s * s * math.exp(s) + 1),
        lambda s: (s**2 + np.exp(s) + np.sin(s**2), *_two_paths_with_math(s)[1:]),
        lambda s: (_two_paths_with_math(s)[0], (np.exp(s) - np.sin(s * s)) * 2 * s, s * s * np.exp(s)),
        lambda s: (_two_paths_with_math(s)[0], abs(_two_paths_with_math(s)[1]), _two_paths_with_math(s)[2]),
        lambda s: (_two_paths_with_math(s)[0], (np.exp(2 * s) + np.cos(s * s)) * 2 * s, s * s * np.exp(s)),
        lambda s: (_two_paths_with_math(s)[0], (np.exp(s) + np.cos(s * s)) * 2 * s, 2 * s * np.exp(s)),
        lambda s: (_two_paths_with_math(s)[0], (np.exp(s) + np.cos(s * s)) * s**2, s * np.exp(s)),
        lambda s: (np.sin(s * s * np.exp(s)), *_two_paths_with_math(s)[1:]),
        lambda s: _two_paths_with_math(s)[0],
        lambda s: tuple(np.round(v, 3) for v in _two_paths_with_math(s)),
        lambda s: (*_two_paths_with_math(s), sum(_two_paths_with_math(s)[1:])),
        lambda s: [[v] for v in _two_paths_with_math(s)],
        lambda s: {"f": _two_paths_with_math(s)[0]},
        lambda s: (_two_paths_with_math(s)[0], *(v / s for v in _two_paths_with_math(s)[1:])),
        (lambda s: (_two_paths_with_math(s)[0], 2 * s, np.exp(s)), "the path goes only as far as u and v"),
    ],
    "forward_pass": [
        lambda x, params: _pass(x, params, _added_in_place),
        lambda x, params: [x, *map(np.squeeze, _pass(x, params)[1:])],
        lambda x, params: _pass(x, params, lambda a, W, b: _s(W @ a - b)),
        lambda x, params: _pass(x, params, lambda a, W, b: np.tanh(W @ a + b)),
        lambda x, params: _pass(x, params, lambda a, W, b: np.maximum(W @ a + b, 0)),
        lambda x, params: _pass(x, params, lambda a, W, b: _s(W @ a) + b),
        lambda x, params: _pass(x, params, lambda a, W, b: _s(_s(W @ a + b))),
        lambda x, params: [a[None, :] for a in _pass(x, params)],
        lambda x, params: [a[:, None] for a in _pass(x, params)],
        (lambda x, params: np.concatenate(_pass(x, params)), "all numbers in a row"),
        lambda x, params: [a.sum() for a in _pass(x, params)],
        lambda x, params: [x] * len(params),
        lambda x, params: dict(enumerate(_pass(x, params))),
        lambda x, params: _pass(x, params, lambda a, W, b: _s(W @ a + b.mean())),
        lambda x, params: (a for a in _pass(x, params)),
        _one_array_for_all,
        lambda x, params: [x, *_pass(x, params)],
        (lambda x, params: list(np.append(a, 1) for a in _pass(x, params)), "a 1 for the bias"),
    ],
}

EQUIVALENT = {
    "neuron_gradient": {"terms swapped in: w @ x": "w·x is x·w"},
}
