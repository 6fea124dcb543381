"""Answers to 2b."""

import math

import numpy as np

from answers import into_one_like


def _each(Y, T):
    return -(T * np.log(np.where(T > 0, Y, 1))).sum(axis=-1)


def _among_ones_like_T(Y, T):
    safe = np.ones_like(T)
    safe[T > 0] = Y[T > 0]
    return -np.sum(T * np.log(safe))


def _term(t, y):
    """0, and not 0.0: `np.vectorize` takes it for the type of all that follow."""
    return 0 if t == 0 else -t * np.log(y)


def _put(zero, put):
    """Right, but Y itself is changed where zero(Y, T)."""

    def answer(Y, T):
        Y[zero(Y, T)] = put
        return -np.sum(T * np.log(Y))

    return answer


def _loops(Y, T):
    total = 0
    for y, t in zip(Y, T):
        for k in range(len(y)):
            if t[k] > 0:
                total -= t[k] * math.log(y[k])
    return total


def _lse_by_pairs(Z):
    Z = np.asarray(Z, dtype=float)
    return Z - np.logaddexp.reduce(Z, axis=-1, keepdims=True)


def _row(z):
    z = [float(value) for value in z]
    m = max(z)
    lse = m + math.log(sum(math.exp(value - m) for value in z))
    return [value - lse for value in z]


def _rows(Z):
    return [_row(z) for z in Z] if np.ndim(Z) == 2 else _row(Z)


def _lse(Z):
    return np.log(np.exp(Z).sum(axis=-1, keepdims=True))


def _columns(Z):
    M = np.atleast_2d(Z).T.astype(float)
    M = M - M.max(axis=0)
    out = (M - np.log(np.exp(M).sum(axis=0))).T
    return out.reshape(np.shape(Z))


def _max_added_back(Z):
    m = np.amax(Z, axis=-1)[..., None]
    return Z - (m + np.log(np.einsum("...k->...", np.exp(Z - m))[..., None]))


def _max_added_back_in_float32(Z):
    shifted = Z - Z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


RIGHT = {
    "total_loss": [
        _loops,
        lambda Y, T: _each(Y, T).sum(),
        lambda Y, T: float(sum(_each(Y, T))),
        lambda Y, T: -np.einsum("nk,nk->", T, np.log(np.maximum(Y, 1e-12))),
        lambda Y, T: -np.vdot(T, np.log(Y + (T == 0))),
        lambda Y, T: _each(Y, T).mean() * len(Y),
        lambda Y, T: -math.fsum(t * math.log(y) for y, t in zip(Y.ravel(), T.ravel()) if t),
        lambda Y, T: np.array(_each(Y, T).sum()),
        lambda Y, T: np.cumsum(_each(Y, T))[-1],
        lambda Y, T: -(T * np.log(np.clip(Y, 1e-7, 1 - 1e-7))).sum(),
        lambda Y, T: _each(Y.astype(np.float32), T.astype(np.float32)).sum(),
    ],
    "log_softmax": [
        _lse_by_pairs,
        _rows,
        _columns,
        _max_added_back,
        lambda Z: np.apply_along_axis(_row, -1, Z),
        lambda Z: _max_added_back_in_float32(Z.astype(np.float32)),
        lambda Z: np.array(_rows(Z)).tolist(),
        lambda Z: _max_added_back(_max_added_back(Z)),
        lambda Z: _max_added_back(Z.astype(np.longdouble)).astype(float),
    ],
}


def _accumulated(Y, T, seen=[0.0]):  # noqa: B006
    seen[0] += _each(Y, T).sum()
    return seen[0]


def _rowwise(Z, of_row):
    return np.apply_along_axis(of_row, -1, Z)


def _last_of_loop(Y, T):
    for y, t in zip(Y, T):
        total = 0
        total += _each(y, t)
    return total


BEFORE = "sum over the classes before the logarithm"


def _shifted_where(condition):
    """log_softmax with the maximum subtracted in some cases only."""
    return lambda Z: (lambda S: S - _lse(S))(Z - Z.max(axis=-1, keepdims=True) if condition(Z) else Z)


def _by_differences(Z):
    with np.errstate(over="ignore"):
        return -np.log(np.exp(Z[..., None, :] - Z[..., None]).sum(axis=-1))


WRONG = {
    "total_loss": [
        _among_ones_like_T,
        lambda Y, T: into_one_like(T, _each(Y, T)[..., None] * T).sum(),
        lambda Y, T: np.vectorize(_term)(T, Y).sum(),
        _put(lambda Y, T: Y == 0, 1e-12),
        _put(lambda Y, T: T == 0, 1),
        _put(lambda Y, T: Y < 1e-12, 1e-12),
        (lambda Y, T: np.mean(-np.log((np.clip(Y, 1e-7, 1 - 1e-7) * T).sum(axis=1))), BEFORE),
        lambda Y, T: -(T * np.log(np.where(T > 0.01, Y, 1))).sum(),
        (lambda Y, T: np.sum(-np.log((np.clip(Y, 1e-7, 1 - 1e-7) * T).sum(axis=1))), BEFORE),
        (lambda Y, T: -np.mean(np.sum(T * np.log(Y + 1e-7), axis=1)), "mean over the examples"),
        (lambda Y, T: np.mean([-(t * np.log(y)).sum() for y, t in zip(Y, T)]), "mean over the examples"),
        _accumulated,
        (_last_of_loop, "the last example only"),
        lambda Y, T: _each(Y, T).sum() / 2,
        lambda Y, T: [_each(Y, T).sum()],
        lambda Y, T: _each(Y, T).sum(keepdims=True),
        lambda Y, T: (_each(Y, T).sum(), len(Y)),
        (lambda Y, T: _each(Y, T).max(), "the worst example only"),
        lambda Y, T: np.linalg.norm(_each(Y, T)),
        lambda Y, T: np.median(_each(Y, T)) * len(Y),
        lambda Y, T: _each(Y[:10], T[:10]).sum(),
        (lambda Y, T: _each(Y[1:], T[1:]).sum(), "one example left out"),
        lambda Y, T: int(_each(Y, T).sum()),
        lambda Y, T: round(float(_each(Y, T).sum()), 3),
        lambda Y, T: _each(Y, T).sum() / math.log(len(Y) + 1),
        lambda Y, T: np.prod(_each(Y, T)),
        lambda Y, T: -np.log(_each(Y, T)).sum(),
        lambda Y, T: f"{_each(Y, T).sum()}",
        lambda Y, T: _each(Y, T).sum() + 1,
        (lambda Y, T: -(T * np.log(Y + 1e-3)).sum(), "something added"),
        (lambda Y, T: -(Y * np.log(T + 1e-12)).sum(), "roles of y and t swapped"),
        lambda Y, T: _each(T, T).sum(),
        (lambda Y, T: -np.mean(T * np.log(Y)), "mean over everything"),
        (lambda Y, T: -np.mean(T * np.log(Y), axis=1).sum(), "divided by the number of classes"),
        (lambda Y, T: -sum(t @ np.log2(y) for y, t in zip(Y, T)), "base 2"),
        (lambda Y, T: -np.log10(Y**T).sum(), "base 10"),
        (lambda Y, T: np.einsum("nk,nk->", T, np.log(Y)), "no minus"),
        (lambda Y, T: [-(t @ np.log(y)) for y, t in zip(Y, T)], "one value per example"),
        (lambda Y, T: -sum(t * np.log(y) for y, t in zip(Y, T)), "one value per class"),
        (lambda Y, T: -(np.log(Y) * T + np.log(1 - Y) * (1 - T)).sum(), "binary cross entropy"),
        (lambda Y, T: -np.log(Y[T == 1].prod()), "the product first"),
    ],
    "log_softmax": [
        lambda Z: np.exp(_lse_by_pairs(Z)) - 1,
        (_by_differences, "softmax and then the logarithm"),
        lambda Z: _lse_by_pairs(np.clip(Z, -500, 500)),
        lambda Z: _lse_by_pairs(Z - Z.min()) + 1e-3,
        lambda Z: np.ravel(_lse_by_pairs(Z)),
        lambda Z: np.atleast_2d(_lse_by_pairs(Z)),
        lambda Z: np.sort(_lse_by_pairs(Z)),
        lambda Z: Z - Z.mean(axis=-1, keepdims=True),
        (
            lambda Z: (
                Z
                - np.min(Z, axis=-1, keepdims=True)
                - np.log(np.exp(Z - Z.min(axis=-1, keepdims=True)).sum(-1, keepdims=True))
            ),
            "not the maximum",
        ),
        lambda Z: -np.logaddexp(0, -np.asarray(Z, dtype=float)),
        lambda Z: np.log(np.abs(Z)),
        lambda Z: np.maximum(_lse_by_pairs(Z), -100),
        lambda Z: np.round(_lse_by_pairs(Z), 2),
        lambda Z: _lse_by_pairs(Z).T,
        lambda Z: _lse_by_pairs(Z) if np.ndim(Z) == 1 else _lse_by_pairs(Z)[0],
        lambda Z: _lse_by_pairs(Z.astype(np.float16)),
        lambda Z: _lse_by_pairs(Z.astype(int)),
        (lambda Z: Z - Z.argmax(-1, keepdims=True) - _lse(Z - Z.argmax(-1, keepdims=True)), "no shift"),
        (
            lambda Z: Z - np.abs(Z).max(-1, keepdims=True) - _lse(Z - np.abs(Z).max(-1, keepdims=True)),
            "not the maximum",
        ),
        (lambda Z: _max_added_back(Z) - Z.max(axis=-1, keepdims=True), "the maximum twice"),
        (lambda Z: _rowwise(Z, lambda z: z - z.max() - np.log((z - z.max()).sum())), "no exponential"),
        (lambda Z: [z - max(Z) - np.log(sum(np.exp(Z - max(Z)))) for z in Z], "one row only"),
        (lambda Z: np.log(np.exp(_lse_by_pairs(Z)) + 1e-9), "something added to the softmax"),
        (lambda Z: np.log(np.clip(np.exp(_lse_by_pairs(Z)), 1e-15, 1)), "something added to the softmax"),
        (lambda Z: (lambda s: Z - s - _lse(Z - s))(Z[..., :1]), "not the maximum"),
        _shifted_where(lambda Z: np.abs(Z).max() > 800),
        _shifted_where(lambda Z: Z.max() > 500),
    ],
}

EQUIVALENT = {
    "total_loss": {"call dropped in: float(cross_entropy(Y, T).sum())": "NumPy's scalars are taken for floats"},
}
