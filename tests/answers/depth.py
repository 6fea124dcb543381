"""Answers to 4b."""

import math
from statistics import NormalDist

import numpy as np

from answers import into_one_like
from threesteps.network import he_init, normal_init


def _pairs(sizes):
    return zip(sizes[:-1], sizes[1:])


def _each(W):
    """An answer whose layers are (W(rng, in, out) · √(2/in), zeros)."""

    def answer(sizes, rng):
        return [(W(rng, n_in, n_out) * math.sqrt(2 / n_in), np.zeros(n_out)) for n_in, n_out in _pairs(sizes)]

    return answer


def _frobenius_loops(grads):
    norms = []
    for dW, _ in grads:
        total = 0.0
        for row in dW:
            for value in row:
                total += value * value
        norms.append(math.sqrt(total))
    return norms


def _number_by_number(sizes, rng):
    params = []
    for n_in, n_out in _pairs(sizes):
        W = [[rng.normal(scale=(2 / n_in) ** 0.5) for _ in range(n_in)] for _ in range(n_out)]
        params.append([W, [0] * n_out])
    return params


def _box_muller(rng, n_in, n_out):
    u, v = 1 - rng.random((n_out, n_in)), rng.random((n_out, n_in))
    return np.sqrt(-2 * np.log(u)) * np.cos(2 * np.pi * v)


def _inverse(rng, n_in, n_out):
    return np.vectorize(NormalDist().inv_cdf)(rng.uniform(1e-12, 1, (n_in, n_out))).T


def _a_generator_from_rng(sizes, rng):
    own = np.random.default_rng(rng.integers(2**63))
    return tuple((own.normal(0, np.sqrt(2 / m), (n, m)).astype(np.float32), np.zeros((n,))) for m, n in _pairs(sizes))


def _one_stream_cut(sizes, rng):
    z = rng.standard_normal(sum(m * n for m, n in _pairs(sizes)))
    params = []
    for m, n in _pairs(sizes):
        W, z = z[: m * n].reshape(n, m) / np.sqrt(m / 2), z[m * n :]
        params.append((W, np.zeros(n, dtype=int)))
    return params


def _back_by_loops(delta_next, W_next, Z):
    result = np.zeros(Z.shape)
    for n in range(Z.shape[0]):
        for j in range(Z.shape[1]):
            if Z[n, j] > 0:
                result[n, j] = sum(delta_next[n, i] * W_next[i, j] for i in range(len(W_next)))
    return result


def _back_unset(delta_next, W_next, Z):
    out = np.empty(Z.shape)
    out[Z > 0] = (delta_next @ W_next)[Z > 0]
    return out


def _back_masked(delta_next, W_next, Z):
    result = delta_next.dot(W_next)
    result[Z <= 0] = 0
    return result


RIGHT = {
    "gradient_norms": [
        _frobenius_loops,
        lambda grads: [np.sqrt(np.trace(dW @ dW.T)) for dW, _ in grads],
        lambda grads: np.array([np.linalg.norm(layer[0].ravel()) for layer in grads]),
        lambda grads: tuple(math.hypot(*dW.flat) for dW, db in grads),
        lambda grads: np.sqrt([np.einsum("ij,ij->", dW, dW) for dW, _ in grads]),
        lambda grads: [np.linalg.norm(np.linalg.svd(dW, compute_uv=False)) for dW, _ in grads],
        lambda grads: [np.float32(np.linalg.norm(dW, "fro")) for dW, _ in grads],
    ],
    "he_init": [
        _number_by_number,
        _a_generator_from_rng,
        _one_stream_cut,
        _each(_box_muller),
        _each(_inverse),
        _each(lambda rng, n_in, n_out: rng.standard_normal((n_in, n_out)).T),
        _each(lambda rng, n_in, n_out: np.array([rng.normal(size=n_in) for _ in range(n_out)])),
        lambda sizes, rng: normal_init(sizes, rng, 2**0.5),
        lambda sizes, rng: [[W.tolist(), tuple(b)] for W, b in he_init(sizes, rng)],
    ],
    "relu_delta": [
        _back_by_loops,
        _back_masked,
        lambda delta_next, W_next, Z: np.where(Z > 0, delta_next @ W_next, 0),
        lambda delta_next, W_next, Z: np.einsum("ni,ij,nj->nj", delta_next, W_next, Z > 0),
        lambda delta_next, W_next, Z: (W_next.T @ delta_next.T).T * np.heaviside(Z, 0),
        lambda delta_next, W_next, Z: [(d @ W_next * (z > 0)).tolist() for d, z in zip(delta_next, Z)],
        lambda delta_next, W_next, Z: np.sign(np.maximum(Z, 0)) * np.matmul(delta_next, W_next),
    ],
}


def _first_layer_right(sizes, rng):
    return [(W if l == 0 else W / W.std(), b) for l, (W, b) in enumerate(he_init(sizes, rng))]


def _second_layer_from_the_first(sizes, rng):
    params = he_init(sizes, rng)
    if len(params) > 1 and params[0][0].shape == params[1][0].shape[::-1]:
        params[1] = params[0][0].T, params[1][1]
    return params


def _halves_with_opposite_signs(rng, n_in, n_out):
    z = rng.normal(size=(n_out, n_in))
    z[n_out // 2 : 2 * (n_out // 2)] = -z[: n_out // 2]
    return z


def _two_spreads(rng, n_in, n_out):
    z = rng.normal(size=(n_out, n_in))
    z[:, ::2] *= 0.5
    z[:, 1::2] *= math.sqrt(1.75)
    return z


def _rank_two(rng, n_in, n_out):
    return (rng.normal(size=(n_out, 2)) @ rng.normal(size=(2, n_in))) / math.sqrt(2)


def _seed_from_the_sizes(sizes, rng):
    return he_init(sizes, np.random.default_rng(sum(sizes)))


def _a_generator_of_its_own_after_the_first_layer(sizes, rng):
    params = []
    for pair in _pairs(sizes):
        params += he_init(pair, rng)
        rng = np.random.default_rng(0)
    return params


def _the_last_layer_from_a_generator_of_its_own(sizes, rng):
    return he_init(sizes[:-1], rng) + he_init(sizes[-2:], np.random.default_rng(0))


def _the_layer_before_again(sizes, rng):
    params = he_init(sizes, rng)
    for l in range(2, len(params)):
        if params[l][0].shape == params[l - 1][0].shape:
            params[l] = params[l - 1]
    return params


WRONG = {
    "gradient_norms": [
        lambda grads: [np.linalg.norm(dW) / dW.size for dW, _ in grads],
        lambda grads: [np.linalg.norm(dW) ** 3 for dW, _ in grads],
        lambda grads: [np.linalg.norm(dW, "nuc") for dW, _ in grads],
        lambda grads: [np.linalg.norm(dW, -2) for dW, _ in grads],
        lambda grads: [np.linalg.norm(dW, np.inf) for dW, _ in grads],
        lambda grads: [np.abs(dW).mean() for dW, _ in grads],
        lambda grads: [dW.std() for dW, _ in grads],
        lambda grads: [np.linalg.norm(dW) for dW, _ in grads][:-1],
        lambda grads: [float(np.linalg.norm(grads[0][0]))] * len(grads),
        lambda grads: [[np.linalg.norm(dW)] for dW, _ in grads],
        lambda grads: {l: np.linalg.norm(dW) for l, (dW, _) in enumerate(grads)},
        lambda grads: [round(float(np.linalg.norm(dW)), 2) for dW, _ in grads],
        (lambda grads: [(np.linalg.norm(dW), np.linalg.norm(db)) for dW, db in grads], "a pair for each layer"),
        lambda grads: np.log10([np.linalg.norm(dW) for dW, _ in grads]),
    ],
    "he_init": [
        _each(lambda rng, n_in, n_out: rng.normal(0.1, 1, (n_out, n_in))),
        _first_layer_right,
        (_a_generator_of_its_own_after_the_first_layer, "every layer from the same numbers"),
        _the_last_layer_from_a_generator_of_its_own,
        (_the_layer_before_again, "every layer from the same numbers"),
        (_seed_from_the_sizes, "always the same numbers"),
        _each(_halves_with_opposite_signs),
        _each(_two_spreads),
        _each(_rank_two),
        _each(lambda rng, n_in, n_out: rng.laplace(0, math.sqrt(0.5), (n_out, n_in))),
        _each(lambda rng, n_in, n_out: rng.choice([-1, 1], (n_out, n_in))),
        _each(lambda rng, n_in, n_out: rng.normal(0.3, math.sqrt(0.91), (n_out, n_in))),
        _each(lambda rng, n_in, n_out: rng.normal(0, 0.9, (n_out, n_in))),
        _each(lambda rng, n_in, n_out: rng.normal(0, 1.1, (n_out, n_in))),
        *(_each(lambda rng, n_in, n_out, c=c: rng.normal(0, c / 2**0.5, (n_out, n_in))) for c in (1.35, 1.48, 1.5)),
        _each(lambda rng, n_in, n_out: np.sort(rng.normal(size=n_in * n_out)).reshape(n_out, n_in)),
        _each(lambda rng, n_in, n_out: np.outer(rng.normal(size=n_out), rng.normal(size=n_in))),
        _each(lambda rng, n_in, n_out: rng.normal(size=(n_out, n_in)).round()),
        _each(lambda rng, n_in, n_out: np.full((n_out, n_in), np.nan)),
        (_second_layer_from_the_first, "every layer from the same numbers"),
        lambda sizes, rng: None,
        lambda sizes, rng: "params",
        lambda sizes, rng: 10**400,
        lambda sizes, rng: [],
        lambda sizes, rng: [[10**400, 1]] * (len(sizes) - 1),
        lambda sizes, rng: [(W.tolist(), "b") for W, b in he_init(sizes, rng)],
        lambda sizes, rng: [([[1], [1, 2]], [0]) for _ in sizes[1:]],
        lambda sizes, rng: {"W": he_init(sizes, rng)},
        lambda sizes, rng: he_init(sizes, rng)[::-1],
        (lambda sizes, rng: [W.tolist() for W, _ in he_init(sizes, rng)], "weights without biases"),
        (lambda sizes, rng: sum(he_init(sizes, rng), ()), "one flat list"),
        lambda sizes, rng: he_init(sizes, rng)[0],
        lambda sizes, rng: [(b, W) for W, b in he_init(sizes, rng)],
        lambda sizes, rng: [(W + 0j, b) for W, b in he_init(sizes, rng)],
        lambda sizes, rng: np.concatenate([W.ravel() for W, _ in he_init(sizes, rng)]),
    ],
    "relu_delta": [
        lambda d, W, Z: into_one_like(Z, (d @ W) * (Z > 0)),
        _back_unset,
        (
            lambda D, W, Z: [
                [(Z[n, j] > 0) * sum(W[j, i] * D[n, i] for i in range(len(W))) for j in range(Z.shape[1])]
                for n in range(len(Z))
            ],
            "W transposed in a loop",
        ),
        lambda delta_next, W_next, Z: (delta_next @ W_next) * (Z > 1),
        lambda delta_next, W_next, Z: (delta_next @ W_next) * (np.abs(Z) > 0),
        lambda delta_next, W_next, Z: (delta_next @ W_next) * np.clip(Z, 0, 1),
        lambda delta_next, W_next, Z: (delta_next @ W_next) * (1 - np.tanh(Z) ** 2),
        lambda delta_next, W_next, Z: (delta_next @ W_next) * (Z > 0).mean(),
        lambda delta_next, W_next, Z: (delta_next @ np.abs(W_next)) * (Z > 0),
        lambda delta_next, W_next, Z: (delta_next @ np.maximum(W_next, 0)) * (Z > 0),
        lambda delta_next, W_next, Z: (delta_next @ W_next)[Z > 0],
        (lambda delta_next, W_next, Z: ((delta_next @ W_next) * (Z > 0)).sum(axis=0), "summed over the batch"),
        lambda delta_next, W_next, Z: ((delta_next @ W_next) * (Z > 0)).T,
        lambda delta_next, W_next, Z: ((delta_next @ W_next) * (Z > 0)).astype(np.float16),
        lambda delta_next, W_next, Z: 2 * (delta_next @ W_next) * (Z > 0),
        lambda delta_next, W_next, Z: (delta_next * (delta_next > 0)) @ W_next * (Z > 0),
        lambda delta_next, W_next, Z: delta_next @ (W_next * (Z[0] > 0)),
    ],
}
