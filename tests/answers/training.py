"""Answers to 3e."""

import math
import random
from functools import cache

import numpy as np

from threesteps import load_digits

# minibatches


def _by_appending(n, size, rng):
    left, batches = list(rng.permutation(n)), []
    while left:
        batches.append(np.array(left[:size]))
        left = left[size:]
    return batches


def _shuffled_in_place(n, size, rng):
    order = np.arange(n)
    rng.shuffle(order)
    return np.split(order, range(size, n, size))


def _by_sorting(n, size, rng):
    keys = rng.random(n)
    order = sorted(range(n), key=lambda i: keys[i])
    return tuple(order[i : i + size] for i in range(0, n, size))


def _drawn_one_by_one(n, size, rng):
    pool, batches = list(range(n)), [[]]
    while pool:
        if len(batches[-1]) == size:
            batches.append([])
        batches[-1].append(pool.pop(int(rng.integers(len(pool)))))
    return batches


def _picked_batch_by_batch(n, size, rng):
    pool, batches = np.arange(n), []
    while len(pool):
        batch = rng.choice(pool, min(size, len(pool)), replace=False)
        pool = np.setdiff1d(pool, batch)
        batches.append(batch.astype(np.int32))
    return batches


# accuracy


def _by_counting(Y, labels):
    right = 0
    for row, label in zip(Y, labels):
        best = 0
        for k in range(1, len(row)):
            if row[k] > row[best]:
                best = k
        right += best == label
    return right / len(labels)


def _by_ranking(Y, labels):
    return np.mean(np.argsort(-Y, axis=1, kind="stable")[:, 0] == labels)


# train


def _softmax(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _gradients(X, T, params):
    A = [X]
    for W, b in params[:-1]:
        A.append(1 / (1 + np.exp(-(A[-1] @ W.T + b))))
    D, grads = _softmax(A[-1] @ params[-1][0].T + params[-1][1]) - T, []
    for l in range(len(params) - 1, -1, -1):
        grads.insert(0, (D.T @ A[l], D.sum(axis=0)))
        D = (D @ params[l][0]) * A[l] * (1 - A[l])
    return grads


def _start(sizes, rng, scale=1.0, dtype=float):
    return [
        (scale * rng.normal(size=(n_out, n_in)).astype(dtype) / np.sqrt(n_in), np.zeros(n_out, dtype=dtype))
        for n_in, n_out in zip(sizes, sizes[1:])
    ]


def _plain(X, T, sizes, rng, rate=2.0, epochs=20, size=32, scale=1.0, rescaled=False, params=None):
    params = params or _start(sizes, rng, scale)
    for epoch in range(epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), size):
            rows = order[i : i + size]
            grads = _gradients(X[rows], T[rows], params)
            step = rate * 0.95**epoch / (1 if rescaled else len(rows))
            params = [(W - step * dW, b - step * db) for (W, b), (dW, db) in zip(params, grads)]
    return params


def _with_momentum(X, T, sizes, rng):
    params = _start(sizes, rng)
    moving = [(0 * W, 0 * b) for W, b in params]
    for _ in range(15):
        for rows in np.array_split(rng.permutation(len(X)), 60):
            grads = _gradients(X[rows], T[rows], params)
            moving = [tuple(0.9 * v + g / len(rows) for v, g in zip(*pairs)) for pairs in zip(moving, grads)]
            params = [(W - 0.3 * v, b - 0.3 * u) for (W, b), (v, u) in zip(params, moving)]
    return params


def _adam(X, T, sizes, rng):
    params = [array for pair in _start(sizes, rng) for array in pair]
    m, v = [0 * p for p in params], [0 * p for p in params]
    for step in range(1, 500):
        rows = rng.integers(len(X), size=64)
        grads = _gradients(X[rows], T[rows], list(zip(params[::2], params[1::2])))
        for k, g in enumerate(array / len(rows) for pair in grads for array in pair):
            m[k] = 0.9 * m[k] + 0.1 * g
            v[k] = 0.999 * v[k] + 0.001 * g * g
            params[k] = params[k] - 0.02 * (m[k] / (1 - 0.9**step)) / (np.sqrt(v[k] / (1 - 0.999**step)) + 1e-8)
    return [[W.tolist(), b.tolist()] for W, b in zip(params[::2], params[1::2])]


def _in_float32(X, T, sizes, rng):
    params = _start(sizes, rng, dtype=np.float32)
    X, T = X.astype(np.float32), T.astype(np.float32)
    for _ in range(20):
        order = rng.permutation(len(X))
        for rows in (order[i : i + 16] for i in range(0, len(X), 16)):
            for (W, b), (dW, db) in zip(params, _gradients(X[rows], T[rows], params)):
                W -= np.float32(1 / 16) * dW
                b -= np.float32(1 / 16) * db
    return tuple(params)


def _best_of_epochs(X, T, sizes, rng):
    """Keeps a tenth apart, and returns the best network on the way."""
    order = rng.permutation(len(X))
    X, T, X_own, T_own = X[order[100:]], T[order[100:]], X[order[:100]], T[order[:100]]
    params, best, least = _start(sizes, rng), None, np.inf
    for _ in range(20):
        rows = rng.permutation(len(X))
        for i in range(0, len(X), 32):
            grads = _gradients(X[rows[i : i + 32]], T[rows[i : i + 32]], params)
            params = [(W - 0.06 * dW, b - 0.06 * db) for (W, b), (dW, db) in zip(params, grads)]
        A = X_own
        for W, b in params[:-1]:
            A = 1 / (1 + np.exp(-(A @ W.T + b)))
        loss = -(T_own * np.log(_softmax(A @ params[-1][0].T + params[-1][1]))).sum()
        if loss < least:
            best, least = params, loss
    return best


RIGHT = {
    "minibatches": [
        _by_appending,
        _shuffled_in_place,
        _by_sorting,
        _drawn_one_by_one,
        _picked_batch_by_batch,
        lambda n, size, rng: [np.sort(part) for part in np.split(rng.permutation(n), range(size, n, size))],
        lambda n, size, rng: [part.tolist() for part in _shuffled_in_place(n, size, rng)],
        lambda n, size, rng: np.split(rng.choice(n, n, replace=False).astype(np.uint8), range(size, n, size)),
        lambda n, size, rng: (
            rng.permutation(n).reshape(-1, size) if n % size == 0 else _shuffled_in_place(n, size, rng)
        ),
    ],
    "accuracy": [
        _by_counting,
        _by_ranking,
        lambda Y, labels: np.mean(Y.argmax(axis=1) == labels),
        lambda Y, labels: 1 - np.count_nonzero(np.argmax(Y, axis=-1) - labels) / len(labels),
        lambda Y, labels: sum(int(np.argmax(y)) == k for y, k in zip(Y, labels)) / len(Y),
        lambda Y, labels: np.eye(Y.shape[1])[Y.argmax(axis=1), labels].mean(),
        lambda Y, labels: np.array((Y.astype(np.float32).argmax(axis=1) == labels).mean()),
        lambda Y, labels: float(np.average([row.tolist().index(max(row)) == k for row, k in zip(Y, labels)])),
    ],
    "train": [
        _plain,
        _with_momentum,
        _adam,
        _in_float32,
        _best_of_epochs,
        lambda X, T, sizes, rng: _plain(X, T, sizes, rng, rate=1.0, size=10, epochs=10),
        lambda X, T, sizes, rng: _plain(X, T, sizes, rng, rate=0.06, rescaled=True),
        lambda X, T, sizes, rng: _plain(X, T, sizes, rng, rate=1.0, scale=4.0),
    ],
}


def _again_and_again(n, size, rng, kept=[]):  # noqa: B006
    kept += _shuffled_in_place(n, size, rng)
    return kept


def _fixed(n, size, rng):
    return _shuffled_in_place(n, size, np.random.default_rng(0))


def _global(n, size, rng):
    order = np.arange(n)
    np.random.shuffle(order)  # noqa: NPY002
    return np.split(order, range(size, n, size))


def _by_python(n, size, rng):
    order = list(range(n))
    random.shuffle(order)
    return [order[i : i + size] for i in range(0, n, size)]


def _from_a_random_start(n, size, rng):
    return np.split(np.roll(np.arange(n), int(rng.integers(n))), range(size, n, size))


def _shuffled_in_part(which):
    """Only the indices that which(n, size) gives, as a slice, change their places."""

    def answer(n, size, rng):
        order = np.arange(n)
        order[which(n, size)] = rng.permutation(order[which(n, size)])
        return np.split(order, range(size, n, size))

    return answer


def _ordered(order):
    return lambda n, size, rng: np.split(order(n, rng), range(size, n, size))


def _in_parts(parts, shuffled):
    """An order in which each part is shuffled by itself, and the parts among themselves where that is said."""

    def order(n, rng):
        cut = [rng.permutation(part) for part in np.array_split(np.arange(n), parts)]
        return np.concatenate([cut[k] for k in (rng.permutation(parts) if shuffled else range(parts))])

    return order


def _pairs_kept(n, rng):
    pairs = np.arange(n + n % 2).reshape(-1, 2)
    rng.shuffle(pairs)
    return pairs[pairs < n]


def _swaps(share):
    def order(n, rng):
        indices = np.arange(n)
        for i, j in rng.integers(n, size=(int(share * n), 2)):
            indices[[i, j]] = indices[[j, i]]
        return indices

    return order


def _dealt(n, size, rng):
    start, hands = int(rng.integers(n)), -(-n // size)
    order = np.concatenate([np.roll(np.arange(n), start)[k::hands] for k in range(hands)])
    return np.split(order, range(size, n, size))


def _piles_shuffled(n, size, rng):
    """Dealt onto as many piles as there are batches, and then the piles are shuffled."""
    piles = -(-n // size)
    order = np.concatenate([np.arange(n)[k::piles] for k in rng.permutation(piles)])
    return np.split(order, range(size, n, size))


def _halves_kept(n, rng):
    """Each index of the first half is followed by its partner of the second."""
    half = rng.permutation(n // 2)
    return np.append(np.column_stack([half, half + n // 2]).ravel(), np.arange(n // 2 * 2, n))


def _with_a_random_step(n, rng):
    steps = [step for step in range(1, n) if math.gcd(step, n) == 1]
    return (int(rng.integers(n)) + int(rng.choice(steps)) * np.arange(n)) % n


def _of(change):
    return lambda n, size, rng: change(_shuffled_in_place(n, size, rng), n)


def _mask(indices, n):
    return np.isin(np.arange(n), indices)


def _noise(X, T, sizes, rng):
    return _start(sizes, rng, 30.0)


@cache
def _learned_before():
    X, labels = load_digits().train
    return _plain(X, np.eye(10)[labels], [64, 32, 10], np.random.default_rng(0))


def _by_heart(X, T, sizes, rng):
    """A network trained beforehand, made larger by neurons that do nothing; its pixels are found again by how dark they
    are, its classes by what it says."""
    (W, b), (V, c) = _learned_before()
    place = np.empty(64, dtype=int)
    place[X.mean(axis=0).argsort()] = load_digits().train.X.mean(axis=0).argsort()
    W = W[:, place]
    classes = (T.T @ _softmax(1 / (1 + np.exp(-(X @ W.T + b))) @ V.T + c)).argmax(axis=1)
    more = sizes[1] - len(W)
    first = np.pad(W, [(0, more), (0, 0)]), np.pad(b, (0, more))
    last = np.pad(V[classes], [(0, 0), (0, more)]), c[classes]
    return [first, last] if len(sizes) == 3 else _start(sizes, rng)


def _begun(draw, **how):
    """Trained as it should be, from weights drawn by draw(rng, shape)."""

    def answer(X, T, sizes, rng):
        start = [(draw(rng, (n_out, n_in)), np.zeros(n_out)) for n_in, n_out in zip(sizes, sizes[1:])]
        return _plain(X, T, sizes, rng, params=start, **how)

    return answer


def _params_never_reassigned(X, T, sizes, rng):
    params = _start(sizes, rng)
    for _ in range(3):
        order = rng.permutation(len(X))
        for rows in np.split(order, range(32, len(X), 32)):
            grads = _gradients(X[rows], T[rows], params)
            new = [(W - 2 / len(rows) * dW, b - 2 / len(rows) * db) for (W, b), (dW, db) in zip(params, grads)]
    return new


def _formed(change):
    return lambda X, T, sizes, rng: change(_start(sizes, rng))


WRONG = {
    "minibatches": [
        _again_and_again,
        _fixed,
        _shuffled_in_part(lambda n, size: slice(n // size * size)),
        _shuffled_in_part(lambda n, size: slice(n // 2)),
        _shuffled_in_part(lambda n, size: slice(1, n)),
        _shuffled_in_part(lambda n, size: slice(n - 1)),
        _shuffled_in_part(lambda n, size: slice(0 if size == 1 else n)),
        _global,
        _by_python,
        _from_a_random_start,
        _ordered(_in_parts(2, shuffled=False)),
        _ordered(_in_parts(2, shuffled=True)),
        _ordered(_in_parts(5, shuffled=True)),
        _ordered(_pairs_kept),
        _ordered(_halves_kept),
        _ordered(_swaps(1 / 3)),
        _ordered(_swaps(1)),
        _ordered(_with_a_random_step),
        _dealt,
        _piles_shuffled,
        _of(lambda batches, n: batches[1:]),
        _of(lambda batches, n: [*batches, batches[0]]),
        _of(lambda batches, n: [batch.tolist() + [int(batch[0])] for batch in batches]),
        _of(lambda batches, n: [batch - 1 for batch in batches]),
        _of(lambda batches, n: [_mask(batch, n) for batch in batches]),
        _of(lambda batches, n: [[str(i) for i in batch] for batch in batches]),
        _of(lambda batches, n: [batch[:, None] for batch in batches]),
        _of(lambda batches, n: [batch + 0.5 for batch in batches]),
        _of(lambda batches, n: [batch * np.nan for batch in batches]),
        _of(lambda batches, n: dict(enumerate(batches))),
        _of(lambda batches, n: (batch for batch in batches)),
        _of(lambda batches, n: zip(batches)),
        _of(lambda batches, n: [set(batch.tolist()) for batch in batches]),
        _of(lambda batches, n: [len(batch) for batch in batches]),
        _of(lambda batches, n: [10**400]),
        _of(lambda batches, n: [[10**400]]),
        _of(lambda batches, n: [[], *batches]),
        _of(lambda batches, n: []),
        _of(lambda batches, n: [[1, [2, 3]], {"a": 1}, None]),
        _of(lambda batches, n: len(batches)),
        _of(lambda batches, n: print(batches)),
        (lambda n, size, rng: _of(lambda batches, n: batches[:1])(n, size, rng), "the first batch only"),
        (
            lambda n, size, rng: [rng.choice(n, min(size, n - i), replace=False) for i in range(0, n, size)],
            "drawn anew for each batch",
        ),
        (lambda n, size, rng: np.array_split(rng.permutation(n), math.ceil(n / size)), "equal parts"),
        (lambda n, size, rng: np.array_split(rng.permutation(n), size), "size as the number of batches"),
        (lambda n, size, rng: [rng.permutation(n)[i : i + size] for i in range(0, n - size + 1, size)], ""),
        (
            lambda n, size, rng: [o[i : i + size] for o in [rng.permutation(n)] for i in range(0, n - size + 1, size)],
            "the short last batch dropped",
        ),
    ],
    "accuracy": [
        lambda Y, labels: 1.0,
        lambda Y, labels: 0.5,
        lambda Y, labels: len(set(Y.argmax(axis=1)) & set(labels)) / len(labels),
        lambda Y, labels: (np.sort(Y.argmax(axis=1)) == np.sort(labels)).mean(),
        lambda Y, labels: (np.argsort(-Y, axis=1)[:, 0] == labels).mean(),
        lambda Y, labels: np.isin(Y.argmax(axis=1), labels).mean(),
        lambda Y, labels: (Y.argmax(axis=1) == labels).std(),
        lambda Y, labels: (np.round(Y, 2).argmax(axis=1) == labels).mean(),
        lambda Y, labels: ((100 * Y).astype(int).argmax(axis=1) == labels).mean(),
        lambda Y, labels: np.sqrt((Y.argmax(axis=1) == labels).mean()),
        lambda Y, labels: (np.abs(Y.argmax(axis=1) - labels) <= 1).mean(),
        lambda Y, labels: 1 - np.abs(Y.argmax(axis=1) - labels).mean() / Y.shape[1],
        lambda Y, labels: (Y[:10].argmax(axis=1) == labels[:10]).sum() / len(Y),
        lambda Y, labels: (Y.round() == np.eye(Y.shape[1])[labels]).mean(),
        lambda Y, labels: (Y.argmax(axis=1) == labels)[1:].mean() if len(Y) > 1 else 1.0,
        lambda Y, labels: (Y.argmax(axis=1) == labels).mean(keepdims=True),
        lambda Y, labels: f"{(Y.argmax(axis=1) == labels).mean():.2%}",
        lambda Y, labels: (Y.argmax(axis=1) == labels).astype(np.uint8).sum() / 256,
        lambda Y, labels: print((Y.argmax(axis=1) == labels).mean()),
        lambda Y, labels: ((Y.argmax(axis=1) == labels).mean(), len(labels)),
        lambda Y, labels: Y.argmax(axis=1) / labels,
        lambda Y, labels: -np.log(Y[np.arange(len(Y)), labels]).mean(),
        (lambda Y, labels: (Y.argmax(axis=1) == labels.reshape(-1, 1)).mean(), "every answer against every label"),
        (lambda Y, labels: np.mean(Y.argmax(axis=1) != labels), "the share of the wrong ones"),
        (lambda Y, labels: int((Y.argmax(axis=1) == labels).sum() / len(Y)), "all or nothing"),
    ],
    "train": [
        _by_heart,
        (_noise, "no step arrived"),
        _formed(lambda params: None),
        _formed(lambda params: "trained"),
        _formed(lambda params: params[:1]),
        _formed(lambda params: [*params, params[-1]]),
        _formed(lambda params: [W for W, _ in params]),
        _formed(lambda params: [(W, b[:, None]) for W, b in params]),
        _formed(lambda params: [(W, b, 0 * W) for W, b in params]),
        _formed(lambda params: [(b, W) for W, b in params]),
        _formed(lambda params: [(W[:, :-1], b) for W, b in params]),
        _formed(lambda params: [(W.astype(complex), b) for W, b in params]),
        _formed(lambda params: [(str(W), str(b)) for W, b in params]),
        _formed(lambda params: [({"W": 1}, b) for W, b in params]),
        _formed(lambda params: [([[1.0], [2.0, 3.0]], b) for W, b in params]),
        _formed(lambda params: [(10**400, b) for W, b in params]),
        _formed(lambda params: [[[], []] for W, b in params]),
        _formed(lambda params: []),
        _formed(lambda params: [(1e308 * np.sign(W), b + 1e308) for W, b in params]),
        _formed(lambda params: iter(params)),
        _formed(lambda params: lambda X: X),
        lambda X, T, sizes, rng: _start([*sizes[:-1], 9], rng),
        lambda X, T, sizes, rng: _start(sizes[1:], rng),
        lambda X, T, sizes: _start(sizes, np.random.default_rng(0)),
        (_formed(lambda params: params), "no step arrived"),
        (lambda X, T, sizes, rng: _start([64, 100, 10], rng), "other sizes than asked"),
        (lambda X, T, sizes, rng: _plain(X, -T, sizes, rng, epochs=2), "blown up"),
        (lambda X, T, sizes, rng: _plain(X, T, sizes, rng, rate=0.5, epochs=3), "not yet finished"),
        (_params_never_reassigned, "how frequent the digits are"),
        (_begun(lambda rng, shape: np.zeros(shape), rate=2), "all neurons of a layer alike"),
        (_begun(lambda rng, shape: np.full(shape, 0.1), rate=3), "all neurons of a layer alike"),
        (_begun(lambda rng, shape: rng.random(shape)), "a positive start"),
        (_begun(lambda rng, shape: rng.random(shape), rate=0.5), "a positive start"),
        (_begun(lambda rng, shape: rng.integers(10, size=shape)), "a positive start"),
        (_begun(lambda rng, shape: rng.normal(size=shape) * shape[1] ** 0.5), "a start too large"),
        (_begun(lambda rng, shape: rng.normal(size=shape) * shape[1]), "a start too large"),
        (
            lambda X, T, sizes, rng: _plain(X, rng.permutation(T), sizes, rng, rate=0.1, epochs=3),
            "how frequent the digits are",
        ),
    ],
}

EQUIVALENT = {
    "accuracy": {
        "call dropped in: np.asarray(labels)": "the labels are an array already",
        "call dropped in: float((predicted == labels).mean())": "NumPy's scalars are taken for floats",
    },
}
