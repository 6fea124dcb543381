"""Answers to 3d."""

import math
from functools import partial

import numpy as np

from answers import into_one_like
from threesteps.loss import network_loss


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def _softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


# weight_gradient, bias_gradient


def _weight_loops(delta, A_prev):
    n, n_out = delta.shape
    return [[sum(delta[k, i] * A_prev[k, j] for k in range(n)) for j in range(A_prev.shape[1])] for i in range(n_out)]


def _grown(delta, A_prev):
    total = np.zeros((delta.shape[1], A_prev.shape[1]))
    for d, a in zip(delta, A_prev):
        total += np.outer(d, a)
    return total


def _bias_loops(delta):
    sums = [0.0] * len(delta[0])
    for row in delta:
        for i, d in enumerate(row):
            sums[i] += d
    return tuple(sums)


# max_relative_difference


def _flat(a, b):
    return np.concatenate([np.ravel(x) for x in a]), np.concatenate([np.ravel(y) for y in b])


def _all_at_once(a, b):
    x, y = _flat(a, b)
    return np.max(abs(x - y) / np.maximum.reduce([abs(x), abs(y), np.full(len(x), 1e-12)]))


def _entry_by_entry(a, b):
    largest = 0
    for x, y in zip(a, b):
        for u, v in zip(x.ravel().tolist(), y.ravel().tolist()):
            largest = max(largest, abs(u - v) / max(abs(u), abs(v), 1e-12))
    return largest


def _stacked(a, b):
    return max(
        float((np.abs(x - y) / np.stack([np.abs(x), np.abs(y), np.full_like(x, 1e-12)]).max(axis=0)).max())
        for x, y in zip(a, b)
    )


def _with_where(a, b):
    def ratio(x, y):
        scale = np.where(np.abs(x) > np.abs(y), np.abs(x), np.abs(y))
        return np.abs(x - y) / np.where(scale > 1e-12, scale, 1e-12)

    return np.float64(max(ratio(x, y).max() for x, y in zip(a, b)))


def _of(ratio):
    return lambda a, b: max(float(ratio(x, y).max()) for x, y in zip(a, b))


# backprop


def _recursive(X, T, params):
    """δ from the layers behind, by recursion."""

    def go(A, layers):
        (W, b), *rest = layers
        Z = A @ W.T + b
        if not rest:
            D = _softmax(Z) - T
            return D, [(D.T @ A, D.sum(axis=0))]
        H = _sigmoid(Z)
        D_next, grads = go(H, rest)
        D = (D_next @ rest[0][0]) * H * (1 - H)
        return D, [(D.T @ A, D.sum(axis=0)), *grads]

    return go(X, params)[1]


def _example_by_example(X, T, params):
    """One example at a time, columns inside, added up."""
    total = [[np.zeros(W.shape), np.zeros(b.shape)] for W, b in params]
    for x, t in zip(X, T):
        a, values = x, [x]
        for W, b in params[:-1]:
            a = _sigmoid(W @ a + b)
            values.append(a)
        z = params[-1][0] @ a + params[-1][1]
        e = np.exp(z - max(z))
        delta = e / sum(e) - t
        for l in range(len(params) - 1, -1, -1):
            total[l][0] += np.outer(delta, values[l])
            total[l][1] += delta
            delta = params[l][0].T @ delta * values[l] * (1 - values[l])
    return total


def _in_columns(X, T, params):
    A = [X.T]
    for W, b in params[:-1]:
        A.append(_sigmoid(W @ A[-1] + b[:, None]))
    W, b = params[-1]
    Z = W @ A[-1] + b[:, None]
    D = np.exp(Z - Z.max(axis=0)) / np.exp(Z - Z.max(axis=0)).sum(axis=0) - T.T
    grads = [None] * len(params)
    for l in reversed(range(len(params))):
        grads[l] = [D @ A[l].T, D @ np.ones(len(X))]
        D = params[l][0].T @ D * A[l] * (1 - A[l])
    return tuple(grads)


def _bias_as_weight(X, T, params):
    """The bias as one more column of W, with a 1 entering it."""
    ones, A = np.ones((len(X), 1)), [X]
    for W, b in params:
        Z = np.hstack([A[-1], ones]) @ np.hstack([W, b[:, None]]).T
        A.append(_sigmoid(Z))
    D, out = _softmax(Z) - T, []
    for l in range(len(params), 0, -1):
        G = np.einsum("ni,nj->ij", D, np.hstack([A[l - 1], ones]))
        out.append((G[:, :-1].tolist(), G[:, -1].tolist()))
        D = np.einsum("ni,ij->nj", D, params[l - 1][0]) * A[l - 1] * (1 - A[l - 1])
    return list(reversed(out))


def _by_complex_step(X, T, params):
    """The slope of each parameter alone, by a step along the imaginary axis."""

    def loss(changed):
        A = X.astype(complex)
        for W, b in changed[:-1]:
            A = 1 / (1 + np.exp(-(A @ W.T + b)))
        W, b = changed[-1]
        Z = A @ W.T + b
        return -(T * (Z - np.log(np.exp(Z).sum(axis=1, keepdims=True)))).sum()

    grads = []
    for l in range(len(params)):
        pair = []
        for k in range(2):
            slope = np.zeros(params[l][k].shape)
            for index in np.ndindex(slope.shape):
                changed = [[part.astype(complex) for part in layer] for layer in params]
                changed[l][k][index] += 1e-20j
                slope[index] = loss(changed).imag / 1e-20
            pair.append(slope)
        grads.append(tuple(pair))
    return grads


RIGHT = {
    "weight_gradient": [
        _weight_loops,
        _grown,
        lambda D, A: np.einsum("ni,nj->ij", D, A),
        lambda D, A: (A.T @ D).T,
        lambda D, A: (D[:, :, None] * A[:, None, :]).sum(axis=0),
        lambda D, A: np.tensordot(D, A, axes=(0, 0)).tolist(),
        lambda D, A: sum(np.outer(d, a) for d, a in zip(D, A)),
        lambda D, A: np.stack([A.T @ column for column in D.T]),
        lambda D, A: tuple(tuple(float(d @ a) for a in A.T) for d in D.T),
    ],
    "bias_gradient": [
        _bias_loops,
        lambda D: D.sum(axis=0),
        lambda D: sum(D),
        lambda D: np.ones(len(D)) @ D,
        lambda D: [sum(column) for column in zip(*D.tolist())],
        lambda D: D.T.sum(axis=1),
        lambda D: D.mean(axis=0) * len(D),
        lambda D: np.einsum("ni->i", D),
        lambda D: np.add.reduce(D),
        lambda D: np.cumsum(D, axis=0)[-1],
    ],
    "max_relative_difference": [
        _all_at_once,
        _entry_by_entry,
        _stacked,
        _with_where,
        _of(lambda x, y: np.abs(y - x) / np.maximum(np.maximum(np.abs(x), 1e-12), np.abs(y))),
        lambda a, b: np.array(_all_at_once(a, b)),
        _of(lambda x, y: np.abs(x - y) / np.clip(np.fmax(abs(x), abs(y)), 1e-12, None)),
    ],
    "backprop": [
        _recursive,
        _example_by_example,
        _in_columns,
        _bias_as_weight,
        _by_complex_step,
        lambda X, T, params: [tuple(pair) for pair in _in_columns(X, T, params)],
    ],
}


def _kept(X, T, params, seen={}):  # noqa: B006
    """Adds to what it found before for a network of these shapes."""
    total = seen.setdefault(str([W.shape for W, _ in params]), [[0 * W, 0 * b] for W, b in params])
    for sums, pair in zip(total, _recursive(X, T, params)):
        sums[0] += pair[0]
        sums[1] += pair[1]
    return total


def _fixed_batch(X, T, params):
    return [(4 / len(X) * dW, db) for dW, db in _recursive(X, T, params)]


def _last_layer_only(X, T, params):
    *before, last = _recursive(X, T, params)
    return [(0 * dW, 0 * db) for dW, db in before] + [last]


def _emptied(X, T, params):
    grads = _recursive(X, T, list(params))
    while params:
        params.pop()
    return grads


def _turned_in_place(X, T, params):
    grads = _recursive(X, T, list(params))
    params.reverse()
    return grads


def _same_gain(X, T, params):
    """The gains of the first example for all."""
    A = [X]
    for W, b in params:
        A.append(_sigmoid(A[-1] @ W.T + b))
    D, out = _softmax(A[-2] @ params[-1][0].T + params[-1][1]) - T, []
    for l in range(len(params), 0, -1):
        out.insert(0, (D.T @ A[l - 1], D.sum(axis=0)))
        D = (D @ params[l - 1][0]) * (A[l - 1] * (1 - A[l - 1]))[0]
    return out


def _updated_too_early(step):
    def answer(X, T, params):
        A = [X]
        for W, b in params:
            A.append(_sigmoid(A[-1] @ W.T + b))
        D, out = _softmax(A[-2] @ params[-1][0].T + params[-1][1]) - T, []
        for l in range(len(params) - 1, -1, -1):
            out.insert(0, (D.T @ A[l], D.sum(axis=0)))
            D = (D @ (params[l][0] - step(len(X)) * out[0][0])) * A[l] * (1 - A[l])
        return out

    return answer


def _with_start(start, output):
    """Backpropagation with another output layer and another δ there."""

    def answer(X, T, params):
        A = [X]
        for W, b in params[:-1]:
            A.append(_sigmoid(A[-1] @ W.T + b))
        delta, grads = start(output(A[-1] @ params[-1][0].T + params[-1][1]), T), []
        for (W, _), a in zip(params[::-1], A[::-1]):
            grads.append((delta.T @ a, delta.sum(axis=0)))
            delta = delta @ W * a * (1 - a)
        return grads[::-1]

    return answer


def _changed(f):
    return lambda X, T, params: [(f(dW), f(db)) for dW, db in _recursive(X, T, params)]


def _added_into_arrays_like_params(X, T, params):
    total = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]
    for (dW, db), (more, on_b) in zip(total, _recursive(X, T, params)):
        dW += more
        db += on_b
    return total


def _wiggled(step, X, T, params):
    """Central differences, each with h = step(the weight)."""
    arrays = [np.array(array, dtype=float) for pair in params for array in pair]
    grads = [np.zeros_like(array) for array in arrays]
    for array, slopes in zip(arrays, grads):
        for i in np.ndindex(array.shape):
            kept = array[i]
            h = step(kept)
            array[i] = kept + h
            above = network_loss(X, T, list(zip(arrays[::2], arrays[1::2])))
            array[i] = kept - h
            slopes[i] = (above - network_loss(X, T, list(zip(arrays[::2], arrays[1::2])))) / (2 * h)
            array[i] = kept
    return list(zip(grads[::2], grads[1::2]))


WRONG = {
    "weight_gradient": [
        lambda D, A: into_one_like(A, (lambda D, A: D.T @ A)(D, A)),
        lambda D, A: 2 * D.T @ A,
        lambda D, A: D.T @ A / A.shape[1],
        lambda D, A: D.T @ A / D.size,
        lambda D, A: D.T @ A[::-1],
        lambda D, A: np.abs(D.T @ A),
        lambda D, A: (D.T @ A).sum(axis=0),
        lambda D, A: (D.T @ A).sum(),
        lambda D, A: (D.T @ A).ravel(),
        lambda D, A: D.T @ A.round(1),
        lambda D, A: (D.T @ A).astype(np.float16),
        lambda D, A: (D.T @ A)[:2, :2],
        lambda D, A: [np.outer(d, a) for d, a in zip(D, A)][0] * len(D),
        lambda D, A: np.hstack([D.T @ A, D.sum(axis=0)[:, None]]),
        lambda D, A: (D.T @ A, D.sum(axis=0)),
        lambda D, A: D.T @ np.maximum(A, 0),
        lambda D, A: D.T @ A + np.eye(D.shape[1], A.shape[1]),
        lambda D, A: np.outer(D.mean(axis=0), A.mean(axis=0)),
        lambda D, A: print(D.T @ A),
        lambda D: D.T @ D,
        (lambda D, A: np.kron(D[0], A[0]).reshape(len(D[0]), -1), "the first example only"),
    ],
    "bias_gradient": [
        lambda D: 2 * D.sum(axis=0),
        lambda D: D.sum(axis=0) / D.shape[1],
        lambda D: np.cumsum(D, axis=0),
        lambda D: D.max(axis=0),
        lambda D: np.median(D, axis=0),
        lambda D: np.linalg.norm(D, axis=0),
        lambda D: (D**2).sum(axis=0),
        lambda D: D.sum(axis=0)[::-1],
        lambda D: D.mean(),
        lambda D: D.mean(axis=1),
        lambda D: D.sum(axis=1, keepdims=True),
        lambda D: D.sum(axis=0).round(2),
        lambda D: D.sum(axis=0) + D[0],
        lambda D: D[:2].sum(axis=0),
        lambda D: D.sum(axis=0)[:3],
        lambda D: list(D.sum(axis=0)) + [1.0],
        lambda D: np.squeeze(D),
        lambda D: D.T,
        lambda D: str(D.sum(axis=0)),
        lambda D: np.zeros(D.shape[1]),
        (lambda D: np.ones((1, len(D))) @ D, "a row of one"),
        (lambda D: D.T @ np.ones((len(D), 1)), "a column"),
    ],
    "max_relative_difference": [
        (lambda a, b: max(np.linalg.norm(x - y) / np.linalg.norm(x + y) for x, y in zip(a, b)), ""),
        (lambda a, b: np.linalg.norm(np.subtract(*_flat(a, b))) / np.linalg.norm(_flat(a, b)[1]), "by norms"),
        lambda a, b: 0.0,
        lambda a, b: _all_at_once(a, b) ** 2,
        lambda a, b: min(_all_at_once(a, b), 1.0),
        lambda a, b: np.log10(_all_at_once(a, b) + 1e-300),
        lambda a, b: round(float(_all_at_once(a, b)), 4),
        lambda a, b: 100 * _all_at_once(a, b),
        lambda a, b: _all_at_once(a, b) < 1e-6,
        lambda a, b: [_all_at_once(a, b)],
        lambda a, b: _all_at_once(a[1:], b[1:]) if len(a) > 1 else _all_at_once(a, b),
        lambda a, b: _all_at_once([x[:2] for x in a], [x[:2] for x in b]),
        lambda a, b: np.median(np.abs(np.subtract(*_flat(a, b))) / 1.0),
        lambda a, b: float(np.linalg.norm(np.subtract(*_flat(a, b))) / np.linalg.norm(_flat(a, b))),
        lambda a, b: max(float(np.min(np.abs(x - y) / np.maximum(np.abs(x), 1e-12))) for x, y in zip(a, b)),
        _of(lambda x, y: np.abs(x - y) / np.maximum(np.sqrt(np.abs(x * y)), 1e-12)),
        _of(lambda x, y: 2 * np.abs(x - y) / np.maximum(np.abs(x) + np.abs(y), 1e-12)),
        _of(lambda x, y: np.abs(np.abs(x) - np.abs(y)) / np.maximum(np.maximum(abs(x), abs(y)), 1e-12)),
        _of(lambda x, y: np.where(np.maximum(abs(x), abs(y)) > 1e-9, np.abs(x - y) / np.maximum(abs(x), abs(y)), 0)),
        _of(lambda x, y: np.abs(x - y) / np.maximum(np.maximum(abs(x), abs(y)), 1)),
        _of(lambda x, y: np.abs(x - y) / np.maximum(np.abs(x + y) / 2, 1e-12)),
        lambda a, b: float(np.mean([np.max(np.abs(x - y) / np.maximum(abs(x), 1e-12)) for x, y in zip(a, b)])),
        lambda a, b: f"{_all_at_once(a, b):.3g}",
        (_of(lambda x, y: np.abs(x - y) / np.maximum(np.maximum(abs(x), abs(y)), 1e-10)), "another floor"),
        (_of(lambda x, y: np.abs(x - y) / np.maximum(abs(x) + abs(y), 1e-8)), "relative to the sum"),
        (_of(lambda x, y: np.abs(x - y) / np.maximum(abs(x), 1e-8)), "relative to a"),
        (_of(lambda x, y: np.abs(x - y) / (abs(x) + abs(y))), "relative to the sum"),
    ],
    "backprop": [
        _added_into_arrays_like_params,
        _changed(np.squeeze),
        (_with_start(lambda Y, T: (Y - T) * Y * (1 - Y), _sigmoid), "quadratic cost"),
        (_with_start(lambda Y, T: (Y - T) * _sigmoid(Y) * (1 - _sigmoid(Y)), _sigmoid), "quadratic cost"),
        (_with_start(lambda Y, T: (Y - T) * _sigmoid(Y) * (1 - _sigmoid(Y)), _softmax), "an extra slope at the output"),
        (_with_start(lambda Y, T: Y - T, lambda Z: _softmax(_sigmoid(Z))), "σ and then softmax at the output"),
        (partial(_wiggled, lambda w: 1e-5), "by wiggling"),
        *(partial(_wiggled, lambda w, h=h: h) for h in (1e-3, 1e-6, 1e-7, 1e-8, 1e-9)),
        partial(_wiggled, lambda w: 1e-5 * max(abs(w), 1e-3)),
        partial(_wiggled, lambda w: 1e-6 * (abs(w) + 1)),
        _kept,
        _fixed_batch,
        _last_layer_only,
        _same_gain,
        (_emptied, "params changed"),
        _turned_in_place,
        _changed(lambda g: 2 * g),
        _changed(lambda g: g / 2),
        _changed(np.sign),
        _changed(lambda g: g / (np.linalg.norm(g) + 1e-12)),
        _changed(lambda g: np.clip(g, -0.1, 0.1)),
        _changed(lambda g: g.round(3)),
        _changed(lambda g: g.astype(np.float16)),
        _changed(np.ravel),
        (
            lambda X, T, params: [
                (W - 0.3 / len(X) * dW, b - 0.3 / len(X) * db)
                for (W, b), (dW, db) in zip(params, _recursive(X, T, params))
            ],
            "parameters after a step",
        ),
        (_updated_too_early(lambda n: 0.5 / n), "δ through updated weights"),
        (_updated_too_early(lambda n: 1.0), "δ through updated weights"),
        lambda X, T, params: _recursive(X, T, params)[-1],
        lambda X, T, params: _recursive(X, T, params)[:3],
        lambda X, T, params: reversed(_recursive(X, T, params)),
        lambda X, T, params: (pair for pair in _recursive(X, T, params)),
        lambda X, T, params: dict(enumerate(_recursive(X, T, params))),
        lambda X, T, params: _recursive(X[:1], T[:1], params),
        lambda X, T, params: _recursive(X, T[::-1], params),
        lambda X, T, params: _recursive(X, np.eye(T.shape[1])[T.argmax(axis=1)], params),
        lambda X, T, params: [(dW / len(X), db) for dW, db in _recursive(X, T, params)],
        lambda X, T, params: [(dW, db / X.shape[1]) for dW, db in _recursive(X, T, params)],
        lambda X, T, params: [(dW + 0.01 * W, db) for (dW, db), (W, _) in zip(_recursive(X, T, params), params)],
        lambda X, T, params: [(dW, db + W.sum()) for (dW, db), (W, _) in zip(_recursive(X, T, params), params)],
        lambda X, T, params: _recursive(X, T, params[::-1])[::-1],
        lambda X, T, params: print(_recursive(X, T, params)),
        lambda X, T, W, b: _recursive(X, T, [(W, b)]),
        lambda X, T, params: math.fsum(dW.sum() for dW, _ in _recursive(X, T, params)),
        (
            lambda X, T, params: [[dW.tolist(), db.tolist()] for dW, db in _recursive(X, T, params)][::-1],
            "last layer first",
        ),
    ],
}

EQUIVALENT = {
    "max_relative_difference": {
        "arguments swapped in: np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-12)": "the larger of two, either way",
        "arguments swapped in: np.maximum(np.abs(x), np.abs(y))": "the larger of two, either way",
        "arguments swapped in: max(largest, np.nan_to_num(ratio, nan=np.inf).max(initial=0.0))": "likewise",
        "arguments swapped in: np.subtract(x, y, dtype=float)": "the sign is taken away afterwards",
        "arguments swapped in: zip(a, b)": "a and b have equal rights",
        "call dropped in: float(largest)": "NumPy's scalars are taken for floats",
    },
}
