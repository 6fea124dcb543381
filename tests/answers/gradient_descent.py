"""Answers to 3a."""

import copy

import numpy as np


def _ndindex(f, w, h=1e-5):
    w = np.array(w, dtype=float)
    gradient = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        kept = w[i]
        w[i] = kept + h
        above = f(w)
        w[i] = kept - h
        below = f(w)
        w[i] = kept
        gradient[i] = (above - below) / (2 * h)
    return gradient


def _unit_vectors(f, w, h=1e-5):
    w = np.asarray(w, dtype=float)
    nudges = h * np.eye(w.size).reshape(w.size, *w.shape)
    return np.array([(f(w + nudge) - f(w - nudge)) / (2 * h) for nudge in nudges]).reshape(w.shape)


def _in_lists(f, w):
    w = w.tolist() if isinstance(w, np.ndarray) else w

    def slopes(part, put):
        if isinstance(part, list):
            return [slopes(p, lambda new, i=i: put([*part[:i], new, *part[i + 1 :]])) for i, p in enumerate(part)]
        return (f(put(part + 1e-6)) - f(put(part - 1e-6))) / 2e-6

    return slopes(w, lambda new: new)


def _five_points(f, w):
    h = 1e-3
    w = np.array(w, dtype=float)
    gradient = np.empty(w.shape)
    for i in range(w.size):
        values = {}
        for k in (-2, -1, 1, 2):
            moved = w.copy()
            moved.flat[i] += k * h
            values[k] = f(moved)
        gradient.flat[i] = (values[-2] - 8 * values[-1] + 8 * values[1] - values[2]) / (12 * h)
    return gradient


def _in_the_callers_array_and_back(f, w):
    if w.dtype.kind != "f":
        w = w.astype(float)
    flat = w.reshape(-1)
    result = []
    for i in range(flat.size):
        old = flat[i]
        flat[i] = old + 1e-4
        up = f(w)
        flat[i] = old - 1e-4
        down = f(w)
        flat[i] = old
        result.append(np.float64(up - down) / np.float64(2e-4))
    return np.array(result).reshape(w.shape)


def _dust_in_a_copy(f, w):
    w = w.astype(float).copy()
    g = np.zeros(w.shape)
    it = np.nditer(w, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        w[i] += 1e-5
        g[i] = f(w)
        w[i] -= 2e-5
        g[i] = (g[i] - f(w)) / 2e-5
        w[i] += 1e-5
        it.iternext()
    return g


def _own_step_for_each(f, w):
    w = w * 1.0
    steps = 1e-6 * np.maximum(1, np.abs(w))
    f(w)
    gradient = np.zeros(w.shape)
    for i in np.ndindex(*w.shape):
        nudge = np.zeros(w.shape)
        nudge[i] = steps[i]
        gradient[i] = (f(w + nudge) - f(w - nudge)) / 2 / steps[i]
    return gradient


def _flatten(params):
    return np.concatenate([np.concatenate([W.ravel(), b]) for W, b in params])


def _step_as_one_vector(params, grads, learning_rate):
    theta = _flatten(params) - learning_rate * _flatten(grads)
    new, start = [], 0
    for W, b in params:
        stop = start + W.size
        new.append((theta[start:stop].reshape(W.shape), theta[stop : stop + b.size]))
        start = stop + b.size
    return new


def _step_on_a_copy(params, grads, learning_rate):
    new = copy.deepcopy([[W.astype(float), b.astype(float)] for W, b in params])
    for pair, slopes in zip(new, grads):
        for p, g in zip(pair, slopes):
            p -= learning_rate * g
    return new


def _step_in_loops(params, grads, learning_rate):
    new = []
    for layer in range(len(params)):
        W, b = params[layer]
        dW, db = grads[layer]
        rows = [[W[i][j] - learning_rate * dW[i][j] for j in range(W.shape[1])] for i in range(W.shape[0])]
        new.append((rows, [b[i] - learning_rate * db[i] for i in range(len(b))]))
    return tuple(new)


def _walk_in_array(gradient, w, learning_rate, steps):
    path = np.empty((steps + 1,) + np.shape(w))
    path[0] = w
    for k in range(1, steps + 1):
        path[k] = path[k - 1] - learning_rate * gradient(path[k - 1])
    return path


def _walk_rounded_on_the_way(gradient, w, learning_rate, steps):
    path = [w]
    for _ in range(steps):
        path.append(np.round(path[-1] - learning_rate * gradient(path[-1]), 6))
    return np.array(path)


def _walk_in_lists(gradient, w, learning_rate, steps):
    w = np.asarray(w, dtype=float)
    path = [w.tolist()]
    while len(path) <= steps:
        w = w - learning_rate * np.asarray(gradient(w.tolist()))
        path.append(w.tolist())
    return path


def _walk_by_recursion(gradient, w, learning_rate, steps):
    if steps == 0:
        return [w]
    return [w] + _walk_by_recursion(gradient, w - learning_rate * gradient(w), learning_rate, steps - 1)


def _walk_summed(gradient, w, learning_rate, steps):
    moves = [np.array(w, dtype=float)]
    for _ in range(steps):
        moves.append(-learning_rate * gradient(sum(moves)))
    return np.cumsum(moves, axis=0)


def _walk_on_a_copy(gradient, w, learning_rate, steps):
    w = w.astype(float)
    path = (w.copy(),)
    for _ in range(steps):
        w -= learning_rate * gradient(w.copy())
        path += (w.copy(),)
    return path


def _walk_in_float32(gradient, w, learning_rate, steps):
    path = [w.astype(np.float32)]
    for _ in range(steps):
        path.append(path[-1] - np.float32(learning_rate) * gradient(path[-1]).astype(np.float32))
    return np.array(path, dtype=np.float32)


RIGHT = {
    "numerical_gradient": [
        _ndindex,
        lambda f, w: _ndindex(f, w, 1e-4 if f.__name__ else 0.0),  # as a log would ask for its name
        lambda f, w: _ndindex(f, w, 1e-3),
        lambda f, w: _ndindex(f, w, 1e-7),
        lambda f, w: _unit_vectors(f, w, 1e-8),
        lambda f, w: _unit_vectors(f, w, -1e-4),
        _unit_vectors,
        _in_lists,
        _five_points,
        _in_the_callers_array_and_back,
        _dust_in_a_copy,
        _own_step_for_each,
        lambda f, w: _unit_vectors(f, w).tolist(),
    ],
    "gradient_step": [
        _step_as_one_vector,
        _step_on_a_copy,
        _step_in_loops,
        lambda params, grads, rate: [
            (np.subtract(W, rate * dW), b + -rate * db) for (W, b), (dW, db) in zip(params, grads)
        ],
        lambda params, grads, rate: tuple(
            tuple(p - rate * np.array(g) for p, g in zip(*pairs)) for pairs in zip(params, grads)
        ),
        lambda params, grads, rate: [
            ((W.astype(np.float32) - np.float32(rate) * dW).tolist(), b - rate * db)
            for (W, b), (dW, db) in zip(params, grads)
        ],
    ],
    "gradient_descent": [
        _walk_in_array,
        _walk_in_lists,
        _walk_by_recursion,
        _walk_summed,
        _walk_on_a_copy,
        _walk_in_float32,
        lambda gradient, w, rate, steps: np.vstack([place[None] for place in _walk_in_array(gradient, w, rate, steps)]),
    ],
}


def _backward(f, w):
    return np.array([(f(w) - f(w - nudge)) / 1e-7 for nudge in 1e-7 * np.eye(w.size).reshape(-1, *w.shape)]).reshape(
        w.shape
    )


def _uneven(f, w):
    nudges = 1e-7 * np.eye(w.size).reshape(-1, *w.shape)
    return np.array([(f(w + nudge) - f(w - 2 * nudge)) / 3e-7 for nudge in nudges]).reshape(w.shape)


def _forward_for_show(f, w):
    result = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        nudge = np.zeros(w.shape)
        nudge[i] = 1e-7
        f(w - nudge)
        result[i] = (f(w + nudge) - f(w)) / 1e-7
    return result


def _two_axes_only(f, w):
    g = np.zeros(w.shape)
    for i in range(w.shape[0]):
        for j in range(w.shape[1]):
            nudge = np.zeros(w.shape)
            nudge[i, j] = 1e-5
            g[i, j] = (f(w + nudge) - f(w - nudge)) / 2e-5
    return g


def _cut_with_dust(f, w):
    g = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        w[i] += 1e-4
        up = f(w)
        w[i] -= 2e-4
        g[i] = (up - f(w)) / 2e-4
        w[i] += 1e-4
    return g


def _dust_elsewhere(f, w):
    w = w if w.dtype == float else w.astype(float)
    flat, g = w.reshape(-1), []
    for i in range(w.size):
        flat[i] -= 1e-4
        down = f(w)
        flat[i] += 2 * 1e-4
        g.append((f(w) - down) / 2e-4)
        flat[i] -= 1e-4
    return np.reshape(g, w.shape)


def _random_direction(f, w):
    direction = np.random.default_rng(0).normal(size=w.shape)
    return (f(w + 1e-5 * direction) - f(w - 1e-5 * direction)) / 2e-5 * direction


def _restored_after_up_only(f, w):
    w = np.array(w, dtype=float)
    g = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        w[i] += 1e-7
        up = f(w)
        w[i] -= 1e-7
        g[i] = (up - f(w)) / 1e-7
    return g


def _no_start(gradient, w, learning_rate, steps):
    path = []
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        path.append(w)
    return path


WRONG = {
    "numerical_gradient": [
        lambda f, w: np.squeeze(_ndindex(f, w)),
        (lambda f, w: [(f(w + h) - f(w - h)) / 2e-6 for h in 1e-6 * np.identity(len(w))], "vectors only"),
        (_backward, "one side only"),
        (_restored_after_up_only, "one side only"),
        (lambda f, w: _ndindex(f, w, 1e-4) * 2, "h for 2h"),
        (lambda f, w: -_ndindex(f, w, 1e-6), "sign"),
        (lambda f, w: _ndindex(f, w, 0.1), "h too large"),
        (lambda f, w: _ndindex(f, w, 1e-14), "h too small"),
        (lambda f, w: _unit_vectors(f, w, 1e-20), "no nudge arrives"),
        (_cut_with_dust, "nudged in the w of the caller"),
        (_dust_elsewhere, "put back by arithmetic"),
        (lambda f, w: (f(w + 1e-3) - f(w - 1e-3)) / 2e-3 * np.ones(w.shape), "all entries at once"),
        (lambda f, w: _ndindex(f, w).reshape(-1).tolist(), "flattened"),
        _uneven,
        _forward_for_show,
        _two_axes_only,
        _random_direction,
        lambda f, w: _ndindex(f, w).T,
        lambda f, w: np.abs(_ndindex(f, w)),
        lambda f, w: _ndindex(f, w) / np.linalg.norm(_ndindex(f, w)),
        lambda f, w: _ndindex(f, w).sum(),
        lambda f, w: (_ndindex(f, w), f(w)),
        lambda f, w: np.round(_ndindex(f, w), 2),
        lambda f, w: _ndindex(f, w) + 0.01,
        lambda f, w: np.gradient(w),
        lambda f, w: 2 * w,
        lambda f, w: np.zeros(w.shape),
        lambda f, w: np.full(w.shape, np.nan),
        lambda f, w: [str(slope) for slope in _ndindex(f, w).flat],
        lambda f, w: {"gradient": _ndindex(f, w)},
        lambda f, w: [[1.0], [2.0, 3.0]],
        lambda f, w: 10**400,
        lambda f, w: f,
        lambda f, w: f(w),
        lambda f, w: f(*w),
        lambda f, w: f("w"),
        lambda f, w: f(w[:-1]),
    ],
    "gradient_step": [
        lambda params, grads, rate: [
            (W - rate * dW, np.squeeze(b - rate * db)) for (W, b), (dW, db) in zip(params, grads)
        ],
        (
            lambda params, grads, rate: [(W - rate * dW, b - db) for (W, b), (dW, db) in zip(params, grads)],
            "learning rate forgotten for the biases",
        ),
        lambda params, grads, rate: [(W - rate * dW, b + rate * db) for (W, b), (dW, db) in zip(params, grads)],
        lambda params, grads, rate: [
            (W - rate * dW / len(b), b - rate * db) for (W, b), (dW, db) in zip(params, grads)
        ],
        lambda params, grads, rate: [
            (W - rate * dW.mean(), b - rate * db.mean()) for (W, b), (dW, db) in zip(params, grads)
        ],
        lambda params, grads, rate: [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(params, grads[::-1])],
        lambda params, grads, rate: [(b - rate * db, W - rate * dW) for (W, b), (dW, db) in zip(params, grads)],
        lambda params, grads, rate: [
            (W - dW / rate, b - db / rate) if rate else (W, b) for (W, b), (dW, db) in zip(params, grads)
        ],
        lambda params, grads, rate: [W - rate * dW for (W, b), (dW, db) in zip(params, grads)],
        lambda params, grads, rate: [((W - rate * dW).T, b - rate * db) for (W, b), (dW, db) in zip(params, grads)],
        lambda params, grads, rate: [
            ((W - rate * dW).astype(int), b - rate * db) for (W, b), (dW, db) in zip(params, grads)
        ],
        lambda params, grads, rate: [(W - rate**2 * dW, b - rate**2 * db) for (W, b), (dW, db) in zip(params, grads)],
        lambda params, grads, rate: [
            (W - rate * np.clip(dW, -1, 1), b - rate * db) for (W, b), (dW, db) in zip(params, grads)
        ],
        lambda params, grads, rate: {i: (W - rate * dW, b) for i, ((W, b), (dW, _)) in enumerate(zip(params, grads))},
        lambda params, grads, rate: ((W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(params, grads)),
        lambda params, grads: params,
    ],
    "gradient_descent": [
        (_no_start, "the start is missing"),
        _walk_rounded_on_the_way,
        (lambda *walk: _walk_in_array(*walk)[1:], "the start is missing"),
        (lambda *walk: _walk_on_a_copy(*walk)[:-1], "the end is missing"),
        (lambda *walk: _walk_in_array(*walk)[:-1], "the end is missing"),
        lambda gradient, w, rate, steps: _walk_in_array(gradient, w, rate, 5),
        lambda gradient, w, rate, steps: _walk_in_array(gradient, w, 0.1, steps),
        lambda gradient, w, rate, steps: _walk_in_array(gradient, w, rate / 2, steps),
        lambda gradient, w, rate, steps: _walk_in_array(gradient, w, rate, steps)[::-1],
        lambda gradient, w, rate, steps: _walk_in_array(gradient, np.zeros_like(w), rate, steps),
        lambda gradient, w, rate, steps: _walk_in_array(gradient, w, rate, 2 * steps)[::2],
        lambda gradient, w, rate, steps: np.concatenate([_walk_in_array(gradient, w, rate, steps)[:1]] * (steps + 1)),
        lambda gradient, w, rate, steps: _walk_in_array(gradient, w, rate, steps).ravel(),
        lambda gradient, w, rate, steps: _walk_in_array(gradient, w, rate, steps).reshape(steps + 1, -1).mean(axis=1),
        lambda gradient, w, rate, steps: (_walk_in_array(gradient, w, rate, steps), steps),
        lambda gradient, w, rate, steps: _walk_in_array(gradient, w, rate, steps).round(2),
        lambda gradient, w, rate, steps: _walk_in_array(lambda v: 2 * v, w, rate, steps),
        lambda gradient, w, rate, steps: np.linspace(w, _walk_in_array(gradient, w, rate, steps)[-1], steps + 1),
        lambda gradient, w, rate, steps: gradient(w),
    ],
}

EQUIVALENT = {
    "gradient_descent": {"call dropped in: np.stack(path)": "a list of rows is taken for an array"},
}
