"""Wrong answers to 3a."""

import numpy as np

H = 1e-5


def _forward_difference(f, w):
    """(f(w + h) − f(w)) / h."""
    w = np.array(w, dtype=float)
    g = np.zeros_like(w)
    base = f(w)
    for i in np.ndindex(w.shape):
        up = w.copy()
        up[i] += 1e-7
        g[i] = (f(up) - base) / 1e-7
    return g


def _divided_by_h(f, w):
    """The two-sided difference over h."""
    w = np.array(w, dtype=float)
    g = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[i] += H
        down[i] -= H
        g[i] = (f(up) - f(down)) / H
    return g


def _precedence(f, w):
    """/ 2 * h without brackets."""
    w = np.array(w, dtype=float)
    g = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[i] += H
        down[i] -= H
        g[i] = (f(up) - f(down)) / 2 * H
    return g


def _all_at_once(f, w):
    """Nudges all entries together."""
    w = np.array(w, dtype=float)
    return np.full(w.shape, (f(w + H) - f(w - H)) / (2 * H))


def _vectors_only(f, w):
    """range(len(w)): no tables."""
    w = np.array(w, dtype=float)
    g = np.zeros(len(w))
    for i in range(len(w)):
        up, down = w.copy(), w.copy()
        up[i] += H
        down[i] -= H
        g[i] = (f(up) - f(down)) / (2 * H)
    return g


def _not_put_back(f, w):
    """Forgets to put the entry back."""
    w = np.array(w, dtype=float)
    g = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        w[i] += H
        up = f(w)
        w[i] -= 2 * H
        g[i] = (up - f(w)) / (2 * H)
    return g


def _in_the_callers_array(f, w):
    """Nudges the caller's own array, and leaves it nudged."""
    g = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        w[i] = w[i] + H
        up = f(w)
        w[i] = w[i] - 2 * H
        down = f(w)
        g[i] = (up - down) / (2 * H)
    return g


def _same_array_twice(f, w):
    """up and down are one array, not two copies."""
    w = np.array(w, dtype=float)
    g = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        up = down = w.copy()
        up[i] += H
        down[i] -= H
        g[i] = (f(up) - f(down)) / (2 * H)
    return g


def _whole_numbers(f, w):
    """A copy that keeps whole numbers whole."""
    w = w.copy()
    g = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        old = w[i]
        w[i] = old + H
        up = f(w)
        w[i] = old - H
        down = f(w)
        w[i] = old
        g[i] = (up - down) / (2 * H)
    return g


def _tiny_step(f, w):
    """h = 1e−13: rounding drowns the slope."""
    w = np.array(w, dtype=float)
    g = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[i] += 1e-13
        down[i] -= 1e-13
        g[i] = (f(up) - f(down)) / 2e-13
    return g


def _huge_step(f, w):
    """h = 0.1."""
    w = np.array(w, dtype=float)
    g = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[i] += 0.1
        down[i] -= 0.1
        g[i] = (f(up) - f(down)) / 0.2
    return g


def _only_the_entry(f, w):
    """Gives f the single entry instead of the whole array."""
    w = np.array(w, dtype=float)
    g = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        g[i] = (f(w[i] + H) - f(w[i] - H)) / (2 * H)
    return g


def _others_at_zero(f, w):
    """All other entries at 0."""
    w = np.array(w, dtype=float)
    g = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        up, down = np.zeros_like(w), np.zeros_like(w)
        up[i], down[i] = w[i] + H, w[i] - H
        g[i] = (f(up) - f(down)) / (2 * H)
    return g


def _sign(f, w):
    """f(w − h) − f(w + h)."""
    w = np.array(w, dtype=float)
    g = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[i] += H
        down[i] -= H
        g[i] = (f(down) - f(up)) / (2 * H)
    return g


def _flat_list(f, w):
    """A flat list of slopes for a table, too."""
    w = np.array(w, dtype=float)
    g = []
    for i in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[i] += H
        down[i] -= H
        g.append((f(up) - f(down)) / (2 * H))
    return g


def _return_in_the_loop(f, w):
    """Only the first entry's slope is filled in."""
    w = np.array(w, dtype=float)
    g = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[i] += H
        down[i] -= H
        g[i] = (f(up) - f(down)) / (2 * H)
        return g


def _one_sided_and_vectors_only(f, w):
    """Two slips: one-sided, and range(len(w))."""
    w = np.array(w, dtype=float)
    g = np.zeros(len(w))
    for i in range(len(w)):
        up = w.copy()
        up[i] += 1e-6
        g[i] = (f(up) - f(w)) / 1e-6
    return g


def _uphill(params, grads, learning_rate):
    """Adds."""
    return [(W + learning_rate * dW, b + learning_rate * db) for (W, b), (dW, db) in zip(params, grads)]


def _no_rate(params, grads, learning_rate):
    """The rate forgotten."""
    return [(W - dW, b - db) for (W, b), (dW, db) in zip(params, grads)]


def _rate_at_the_weights_only(params, grads, learning_rate):
    """The rate forgotten at the biases."""
    return [(W - learning_rate * dW, b - db) for (W, b), (dW, db) in zip(params, grads)]


def _divides(params, grads, learning_rate):
    """Divides by the rate."""
    return [
        (W - dW / max(learning_rate, 1e-12), b - db / max(learning_rate, 1e-12))
        for (W, b), (dW, db) in zip(params, grads)
    ]


def _no_biases(params, grads, learning_rate):
    """Leaves biases as they are."""
    return [(W - learning_rate * dW, b) for (W, b), (dW, db) in zip(params, grads)]


def _first_layer_only(params, grads, learning_rate):
    """The return stands in the loop."""
    new = []
    for (W, b), (dW, db) in zip(params, grads):
        new.append((W - learning_rate * dW, b - learning_rate * db))
        return new


def _minus_equals(params, grads, learning_rate):
    """W -= …: in the caller's arrays."""
    for (W, b), (dW, db) in zip(params, grads):
        W -= learning_rate * dW
        b -= learning_rate * db
    return params


def _writes_pairs_into_params(params, grads, learning_rate):
    """New arrays, but put into the caller's list."""
    for l, ((W, b), (dW, db)) in enumerate(zip(params, grads)):
        params[l] = (W - learning_rate * dW, b - learning_rate * db)
    return params


def _returns_nothing(params, grads, learning_rate):
    """The return forgotten."""
    [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads)]


def _flat(params, grads, learning_rate):
    """W, b, W, b in one list."""
    new = []
    for (W, b), (dW, db) in zip(params, grads):
        new += [W - learning_rate * dW, b - learning_rate * db]
    return new


def _two_lists(params, grads, learning_rate):
    """All W, then all b."""
    Ws = [W - learning_rate * dW for (W, _), (dW, _) in zip(params, grads)]
    return Ws, [b - learning_rate * db for (_, b), (_, db) in zip(params, grads)]


def _last_layer_twice(params, grads, learning_rate):
    """Always the gradients of the last layer of the loop."""
    dW, db = grads[-1]
    return [(W - learning_rate * dW, b - learning_rate * db) if W.shape == dW.shape else (W, b) for W, b in params]


def _reversed_layers(params, grads, learning_rate):
    """The list comes back last layer first."""
    return [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads)][::-1]


def _shrunk(params, grads, learning_rate):
    """(1 − η) w − η dw: weight decay from another book."""
    return [
        ((1 - learning_rate) * W - learning_rate * dW, (1 - learning_rate) * b - learning_rate * db)
        for (W, b), (dW, db) in zip(params, grads)
    ]


def _signs_only(params, grads, learning_rate):
    """Steps of equal length, by the sign."""
    return [
        (W - learning_rate * np.sign(dW), b - learning_rate * np.sign(db)) for (W, b), (dW, db) in zip(params, grads)
    ]


def _biases_uphill_and_in_place(params, grads, learning_rate):
    """Two slips: the biases go uphill, and all in place."""
    for (W, b), (dW, db) in zip(params, grads):
        W -= learning_rate * dW
        b += learning_rate * db
    return params


def _last_place(gradient, w, learning_rate, steps):
    """The last place only."""
    w = np.array(w, dtype=float)
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
    return w


def _without_the_start(gradient, w, learning_rate, steps):
    """The start is missing."""
    w, path = np.array(w, dtype=float), []
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        path.append(w)
    return np.array(path)


def _without_the_end(gradient, w, learning_rate, steps):
    """Appends before the step: the last place is missing."""
    w, path = np.array(w, dtype=float), []
    for _ in range(steps):
        path.append(w)
        w = w - learning_rate * gradient(w)
    return np.array(path)


def _same_array(gradient, w, learning_rate, steps):
    """One array many times."""
    w = np.array(w, dtype=float)
    path = [w]
    for _ in range(steps):
        w -= learning_rate * gradient(w)
        path.append(w)
    return np.array(path)


def _gradient_at_the_start(gradient, w, learning_rate, steps):
    """The gradient is computed once."""
    w = np.array(w, dtype=float)
    g = gradient(w)
    path = [w]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * g)
    return np.array(path)


def _from_the_start_each_time(gradient, w, learning_rate, steps):
    """Always from the start: path[0]."""
    path = [np.array(w, dtype=float)]
    for _ in range(steps):
        path.append(path[0] - learning_rate * gradient(path[-1]))
    return np.array(path)


def _climbs(gradient, w, learning_rate, steps):
    """Plus."""
    path = [np.array(w, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] + learning_rate * gradient(path[-1]))
    return np.array(path)


def _rate_forgotten(gradient, w, learning_rate, steps):
    """No η."""
    path = [np.array(w, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] - gradient(path[-1]))
    return np.array(path)


def _one_step_too_many(gradient, w, learning_rate, steps):
    """steps + 1 steps."""
    path = [np.array(w, dtype=float)]
    for _ in range(steps + 1):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


def _one_step_too_few(gradient, w, learning_rate, steps):
    """range(1, steps)."""
    path = [np.array(w, dtype=float)]
    for _ in range(1, steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)


def _whole_number_path(gradient, w, learning_rate, steps):
    """A table of the start's type."""
    path = np.zeros((steps + 1, *np.shape(w)), dtype=np.asarray(w).dtype)
    path[0] = w
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k].astype(float))
    return path


def _plane_only(gradient, w, learning_rate, steps):
    """A table with two columns."""
    path = np.zeros((steps + 1, 2))
    path[0] = w
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path


def _rate_shrinks(gradient, w, learning_rate, steps):
    """η / (k + 1), as in some book."""
    path = [np.array(w, dtype=float)]
    for k in range(steps):
        path.append(path[-1] - learning_rate / (k + 1) * gradient(path[-1]))
    return np.array(path)


def _losses(gradient, w, learning_rate, steps):
    """The lengths of the gradients instead of the places."""
    w, out = np.array(w, dtype=float), []
    for _ in range(steps + 1):
        out.append(float(np.linalg.norm(gradient(w))))
        w = w - learning_rate * gradient(w)
    return out


def _walks_in_the_callers_start(gradient, w, learning_rate, steps):
    """Copies into the path, but walks in the caller's array."""
    path = [np.array(w, dtype=float)]
    for _ in range(steps):
        w -= learning_rate * gradient(w)
        path.append(np.array(w, dtype=float))
    return np.array(path)


def _climbs_without_start(gradient, w, learning_rate, steps):
    """Two slips: plus, and the start missing."""
    w, path = np.array(w, dtype=float), []
    for _ in range(steps):
        w = w + learning_rate * gradient(w)
        path.append(w)
    return np.array(path)


WRONG = {
    "numerical_gradient": [
        (_forward_difference, "one side only"),
        (_divided_by_h, "h for 2h"),
        (_precedence, "multiplied by h"),
        (_all_at_once, "all entries at once"),
        (_vectors_only, "whole rows at once"),
        (_not_put_back, "w not put back"),
        (_in_the_callers_array, "w not put back"),
        (_same_array_twice, "no nudge arrives"),
        (_whole_numbers, "steps cut to whole numbers"),
        (_tiny_step, "h too small"),
        (_huge_step, "h too large"),
        (_only_the_entry, "f of a part of w"),
        _others_at_zero,
        (_sign, "sign"),
        (_flat_list, "flattened"),
        (_return_in_the_loop, "stopped after the first entry"),
        _one_sided_and_vectors_only,
    ],
    "gradient_step": [
        (_uphill, "uphill"),
        (_no_rate, "learning rate forgotten"),
        (_rate_at_the_weights_only, "learning rate forgotten for the biases"),
        _divides,
        (_no_biases, "biases skipped"),
        (_first_layer_only, "the first layer only"),
        (_minus_equals, "changed in place"),
        _writes_pairs_into_params,
        _returns_nothing,
        (_flat, "one flat list"),
        _two_lists,
        _last_layer_twice,
        (_reversed_layers, "layers turned round"),
        _shrunk,
        (_signs_only, "the direction only"),
        _biases_uphill_and_in_place,
    ],
    "gradient_descent": [
        (_last_place, "only where it ends"),
        (_without_the_start, "the start is missing"),
        (_without_the_end, "the end is missing"),
        (_same_array, "all rows are the end"),
        (_gradient_at_the_start, "the slope of the start"),
        (_from_the_start_each_time, "each step from the start"),
        (_climbs, "uphill"),
        (_rate_forgotten, "learning rate forgotten"),
        (_one_step_too_many, "one step too many"),
        (_one_step_too_few, "the end is missing"),
        (_whole_number_path, "cut to whole numbers"),
        _plane_only,
        _rate_shrinks,
        _losses,
        (_walks_in_the_callers_start, "the caller's w walks along"),
        _climbs_without_start,
    ],
}
