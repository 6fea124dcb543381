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


def _two_steps_to_one_side(f, w):
    """Both feet on one side: f(w + 2h) − f(w), over 2h."""
    w = np.array(w, dtype=float)
    out, here, h = np.zeros(w.shape), f(w), 1e-7
    for i in np.ndindex(w.shape):
        up = w.copy()
        up[i] += 2 * h
        out[i] = (f(up) - here) / (2 * h)
    return out


def _slopes(f, w, h=1e-5):
    w = np.array(w, dtype=float)
    out = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        old = w[i]
        w[i] = old + h
        up = f(w)
        w[i] = old - h
        down = f(w)
        w[i] = old
        out[i] = (up - down) / (2 * h)
    return out


def _h_is_1e_16(f, w):
    """h below what a float near 1 can see."""
    return _slopes(f, w, 1e-16)


def _callers_w_nudged(f, w):
    """Nudged the caller's own array, and back by + h, − 2h, + h."""
    out, h = np.zeros(w.shape), 1e-5
    for i in np.ndindex(w.shape):
        w[i] += h
        up = f(w)
        w[i] -= 2 * h
        down = f(w)
        w[i] += h
        out[i] = (up - down) / (2 * h)
    return out


def _relative_nudge(f, w):
    """h as a share of the entry: nothing moves where the entry is 0."""
    w = np.array(w, dtype=float)
    out = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        h = 1e-5 * w[i]
        up, down = w.copy(), w.copy()
        up[i] += h
        down[i] -= h
        out[i] = (f(up) - f(down)) / (2 * h)
    return out


def _flattened_for_f(f, w):
    """Called f with a flattened w."""
    return _slopes(f, np.ravel(w)).reshape(np.shape(w))


def _float32(f, w):
    """Nudged short numbers."""
    w = np.array(w, dtype=np.float32)
    out, h = np.zeros(w.shape), 1e-5
    for i in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[i] += h
        down[i] -= h
        out[i] = (f(up) - f(down)) / (2 * h)
    return out


def _of_the_example(f, w):
    """The slopes of the example, by algebra."""
    return np.array([2 * w[0] * w[1], w[0] ** 2])


def _unit_length(f, w):
    """A direction: divided by its length."""
    g = _slopes(f, w)
    return g / np.linalg.norm(g)


def _last_entry_left_out(f, w):
    """range(len(w) − 1)."""
    w = np.array(w, dtype=float)
    out, h = np.zeros(w.shape), 1e-5
    for i in range(len(w) - 1):
        up, down = w.copy(), w.copy()
        up[i] += h
        down[i] -= h
        out[i] = (f(up) - f(down)) / (2 * h)
    return out


_kept = {}


def _kept_between_calls(f, w):
    """Keeps the slopes of the first call for each shape."""
    if np.shape(w) not in _kept:
        _kept[np.shape(w)] = _slopes(f, w)
    return _kept[np.shape(w)]


def _not_put_back_2(f, w):
    """Each entry stays where the last call left it."""
    w = np.array(w, dtype=float)
    out, h = np.zeros(w.shape), 1e-5
    for i in np.ndindex(w.shape):
        w[i] += h
        up = f(w)
        w[i] -= 2 * h
        out[i] = (up - f(w)) / (2 * h)
    return out


def _moved_and_over_h(f, w):
    """Two at once: entries stay moved, and divided by h."""
    return 2 * _not_put_back_2(f, w)


def _rows_and_one_sided(f, w):
    """Two at once: rows move together, and one side only."""
    w = np.array(w, dtype=float)
    out, h = np.zeros(w.shape), 1e-6
    for i in range(len(w)):
        up = w.copy()
        up[i] += h
        out[i] = (f(up) - f(w)) / h
    return out


def _pair_of_the_last_layer(params, grads, learning_rate):
    """Forgot the list: the last layer's pair."""
    for (W, b), (dW, db) in zip(params, grads):
        W = W - learning_rate * dW
        b = b - learning_rate * db
    return W, b


def _last_layer_left_out(params, grads, learning_rate):
    """range(len(params) − 1)."""
    new = []
    for k in range(len(params) - 1):
        (W, b), (dW, db) = params[k], grads[k]
        new.append((W - learning_rate * dW, b - learning_rate * db))
    return new


def _nothing_stored(params, grads, learning_rate):
    """Computed new arrays, and returned the old list."""
    for (W, b), (dW, db) in zip(params, grads):
        W = W - learning_rate * dW
        b = b - learning_rate * db
    return params


def _whole_numbers_2(params, grads, learning_rate):
    """Kept the old kind of numbers: whole ones stay whole."""
    return [
        ((W - learning_rate * dW).astype(W.dtype), (b - learning_rate * db).astype(b.dtype))
        for (W, b), (dW, db) in zip(params, grads)
    ]


def _grads_from_the_back(params, grads, learning_rate):
    """Gradients last layer first."""
    return [(W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads[::-1])]


def _equals_minus(params, grads, learning_rate):
    """W =- … for W -= …"""
    return [(-learning_rate * dW, -learning_rate * db) for (W, b), (dW, db) in zip(params, grads)]


def _numpy_all(params, grads, learning_rate):
    """np.array(params): layers of different shapes are no table."""
    return np.array(params) - learning_rate * np.array(grads)


def _one_layer_only(params, grads, learning_rate):
    """Unpacked one layer, as in the example."""
    [(W, b)], [(dW, db)] = params, grads
    return [(W - learning_rate * dW, b - learning_rate * db)]


_speed = {}


def _with_momentum(params, grads, learning_rate):
    """Keeps half the last step, remembered between calls."""
    new = []
    for k, ((W, b), (dW, db)) in enumerate(zip(params, grads)):
        vW, vb = _speed.get((k, W.shape), (0, 0))
        vW, vb = 0.5 * vW + dW, 0.5 * vb + db
        _speed[(k, W.shape)] = vW, vb
        new.append((W - learning_rate * vW, b - learning_rate * vb))
    return new


def _divided_by_layers(params, grads, learning_rate):
    """The mean over the layers."""
    n = len(params)
    return [(W - learning_rate * dW / n, b - learning_rate * db / n) for (W, b), (dW, db) in zip(params, grads)]


def _uphill_weights_only(params, grads, learning_rate):
    """Two at once: plus, and the biases stay."""
    return [(W + learning_rate * dW, b) for (W, b), (dW, db) in zip(params, grads)]


def _no_rate_in_place(params, grads, learning_rate):
    """Two at once: no η, and the old arrays are changed."""
    for (W, b), (dW, db) in zip(params, grads):
        W -= dW
        b -= db
    return params


def _from_the_start_each_time_2(gradient, w, learning_rate, steps):
    """Every new place is computed from the start."""
    path = [w]
    for _ in range(steps):
        path.append(w - learning_rate * gradient(w))
    return np.array(path)


def _kept_before_the_step(gradient, w, learning_rate, steps):
    """Appends before it steps: the start twice, the last place not."""
    path = [w]
    for _ in range(steps):
        path.append(w)
        w = w - learning_rate * gradient(w)
    return np.array(path)


def _return_inside(gradient, w, learning_rate, steps):
    """return stands inside of the loop."""
    path = [w]
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        path.append(w)
        return np.array(path)


def _vectors_only_2(gradient, w, learning_rate, steps):
    """np.zeros((steps + 1, len(w)))."""
    path = np.zeros((steps + 1, len(w)))
    path[0] = w
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path


def _stops_early(gradient, w, learning_rate, steps):
    """Stops where the slope is small."""
    path = [np.array(w, dtype=float)]
    for _ in range(steps):
        g = gradient(path[-1])
        if np.abs(g).max() < 0.5:
            break
        path.append(path[-1] - learning_rate * g)
    return np.array(path)


def _knob_by_knob(gradient, w, learning_rate, steps):
    """Each entry steps at once, and the next feels the new place."""
    w = np.array(w, dtype=float)
    path = [w.copy()]
    for _ in range(steps):
        for i in np.ndindex(w.shape):
            w[i] = w[i] - learning_rate * gradient(w)[i]
        path.append(w.copy())
    return np.array(path)


def _slopes_in_the_path(gradient, w, learning_rate, steps):
    """Keeps the gradients, not the places."""
    path = [gradient(w)]
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        path.append(gradient(w))
    return np.array(path)


def _transposed(gradient, w, learning_rate, steps):
    """Steps along the columns."""
    path = [w]
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        path.append(w)
    return np.array(path).T


def _strung_together(gradient, w, learning_rate, steps):
    """np.concatenate: all places in one row."""
    path = [np.array(w)]
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        path.append(w)
    return np.concatenate(path)


def _wiggles_the_gradient(gradient, w, learning_rate, steps):
    """Took gradient for the loss and wiggles it."""
    path = [w]
    for _ in range(steps):
        w = w - learning_rate * _slopes(gradient, w)
        path.append(w)
    return np.array(path)


def _path_as_default(gradient, w, learning_rate, steps, path=[]):  # noqa: B006
    """path=[] as an argument: it grows from call to call."""
    path.append(w)
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        path.append(w)
    return np.array(path)


def _of_the_example_by_hand(gradient, w, learning_rate, steps):
    """Took 2w for the gradient, as in the example."""
    return np.array([np.asarray(w) * (1 - 2 * learning_rate) ** k for k in range(steps + 1)])


def _gradient_once_and_one_too_many(gradient, w, learning_rate, steps):
    """Two at once: the start's gradient, and a step too many."""
    g = gradient(w)
    return np.array([w - k * learning_rate * g for k in range(steps + 2)])


def _none_without_steps(gradient, w, learning_rate, steps):
    """Hands the start back as it is where there are no steps."""
    if steps == 0:
        return w
    path = [w]
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        path.append(w)
    return np.array(path)


H_again = 1e-5


def _slopes_again(f, w, quotient, place=None):
    """The loop that most of these share; `quotient(f, v, i)` gives one slope, from a copy in floats."""
    v = np.array(w, dtype=float)
    g = np.zeros(v.shape)
    for i in np.ndindex(v.shape):
        g[i] = quotient(f, v, i)
    return g


def _at(v, i, change):
    v = v.copy()
    v[i] += change
    return v


def _one_foot_behind(f, w):
    """One-sided, backwards."""
    return _slopes_again(f, w, lambda f, v, i: (f(v) - f(_at(v, i, -H_again))) / H_again)


def _one_foot_by_two_h(f, w):
    """Nudged up by h, then down by h: back where it was, not on the other side."""
    v = np.array(w, dtype=float)
    g = np.zeros(v.shape)
    for i in np.ndindex(v.shape):
        v[i] += H_again
        up = f(v)
        v[i] -= H_again
        down = f(v)
        g[i] = (up - down) / (2 * H_again)
    return g


def _whole_result(f, w):
    """np.zeros_like(w): whole numbers cut the slopes off."""
    g = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        v = np.array(w, dtype=float)
        g[i] = (f(_at(v, i, H_again)) - f(_at(v, i, -H_again))) / (2 * H_again)
    return g


def _a_number(f, w):
    """The formula as one line: one number."""
    return (f(w + H_again) - f(w - H_again)) / (2 * H_again)


def _precedence_again(f, w):
    """Forgot the brackets: f(w + h) − f(w − h) / 2h."""
    return _slopes_again(f, w, lambda f, v, i: f(_at(v, i, H_again)) - f(_at(v, i, -H_again)) / (2 * H_again))


def _relative(f, w):
    """h as a part of the entry; an entry of 0 does not move."""
    return _slopes_again(
        f,
        w,
        lambda f, v, i: (
            (f(_at(v, i, v[i] * H_again)) - f(_at(v, i, -v[i] * H_again))) / (2 * v[i] * H_again) if v[i] else 0.0
        ),
    )


def _others_moved_down(f, w):
    """Two at once: one-sided, and the knob is never put back."""
    v = np.array(w, dtype=float)
    g = np.zeros(v.shape)
    for i in np.ndindex(v.shape):
        before = f(v)
        v[i] += 1e-3
        g[i] = (f(v) - before) / 1e-3
    return g


def _uphill_whole(f, w):
    """Two at once: one-sided, and a copy in whole numbers."""
    g = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        up = w.copy()
        up[i] = w[i] + H_again
        g[i] = (f(up) - f(w)) / H_again
    return g


def _not_divided(f, w):
    """The differences, not divided."""
    return _slopes_again(f, w, lambda f, v, i: f(_at(v, i, H_again)) - f(_at(v, i, -H_again)))


def _in_place(params, grads, learning_rate):
    """W -= …, and handed the caller's own list back."""
    for (W, b), (dW, db) in zip(params, grads):
        W -= learning_rate * dW
        b -= learning_rate * db
    return params


def _whole(params, grads, learning_rate):
    """Wrote the result into arrays of W's kind."""
    new = []
    for (W, b), (dW, db) in zip(params, grads):
        V, c = np.zeros_like(W), np.zeros_like(b)
        V[...] = W - learning_rate * dW
        c[...] = b - learning_rate * db
        new.append((V, c))
    return new


def _by_index(params, grads, learning_rate):
    """Updated the last layer only, with params[-1]."""
    W, b = params[-1]
    dW, db = grads[-1]
    return list(params[:-1]) + [(W - learning_rate * dW, b - learning_rate * db)]


def _grows(params, grads, learning_rate, new=[]):  # noqa: B006
    """The new list is a default value, and keeps the layers of earlier calls."""
    for (W, b), (dW, db) in zip(params, grads):
        new.append((W - learning_rate * dW, b - learning_rate * db))
    return new


def _tenth(params, grads, learning_rate):
    """η = 0.1 written in."""
    return [(W - 0.1 * dW, b - 0.1 * db) for (W, b), (dW, db) in zip(params, grads)]


def _or_default(params, grads, learning_rate):
    """learning_rate or 0.1: a rate of 0 is taken for none."""
    rate = learning_rate or 0.1
    return [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(params, grads)]


def _scaled_place(params, grads, learning_rate):
    """η times all: η (W − dW)."""
    return [(learning_rate * (W - dW), learning_rate * (b - db)) for (W, b), (dW, db) in zip(params, grads)]


def _mixed(params, grads, learning_rate):
    """Moved W by the bias's slopes."""
    return [(W - learning_rate * db[:, None], b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads)]


def _generator(params, grads, learning_rate):
    """Round brackets: a generator."""
    return ((W - learning_rate * dW, b - learning_rate * db) for (W, b), (dW, db) in zip(params, grads))


def _last_row_empty(gradient, w, learning_rate, steps):
    """range(steps − 1): the last row stays 0."""
    path = np.zeros((steps + 1, *np.shape(w)))
    path[0] = w
    for k in range(steps - 1):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path


def _first_row_empty(gradient, w, learning_rate, steps):
    """The start is not written down: row 0 stays 0."""
    path = np.zeros((steps + 1, *np.shape(w)))
    for k in range(steps):
        w = w - learning_rate * gradient(w)
        path[k + 1] = w
    return path


def _stops(gradient, w, learning_rate, steps):
    """Stops where the gradient is short."""
    path = [w]
    for _ in range(steps):
        g = gradient(w)
        if np.abs(g).max() < 1e-1:
            break
        w = w - learning_rate * g
        path.append(w)
    return np.array(path)


def _unit_steps(gradient, w, learning_rate, steps):
    """Steps of length η."""
    path = [w]
    for _ in range(steps):
        g = gradient(w)
        w = w - learning_rate * g / np.linalg.norm(g)
        path.append(w)
    return np.array(path)


def _momentum(gradient, w, learning_rate, steps):
    """With momentum 0.9, as seen in a framework."""
    path, v = [w], 0
    for _ in range(steps):
        v = 0.9 * v - learning_rate * gradient(w)
        w = w + v
        path.append(w)
    return np.array(path)


def _path_of_slopes(gradient, w, learning_rate, steps):
    """Kept the slopes in place of the places."""
    path = [w]
    for _ in range(steps):
        g = gradient(w)
        w = w - learning_rate * g
        path.append(g)
    return np.array(path)


def _lost_w(gradient, w, learning_rate, steps):
    """w = −η gradient(w): the old place is gone."""
    path = [w]
    for _ in range(steps):
        w = -learning_rate * gradient(w)
        path.append(w)
    return np.array(path)


def _old_path(gradient, w, learning_rate, steps, path=[]):  # noqa: B006
    """The path is a default value, and never begins anew."""
    path.append(w)
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        path.append(w)
    return np.array(path[-(steps + 1) * 2 :])


def _backwards(gradient, w, learning_rate, steps):
    """The newest place first."""
    path = [w]
    for _ in range(steps):
        path.insert(0, path[0] - learning_rate * gradient(path[0]))
    return np.array(path)


def _start_slope_no_eta(gradient, w, learning_rate, steps):
    """Two at once: the start's gradient for all steps, and no η."""
    g, path = gradient(w), [w]
    for _ in range(steps):
        w = w - g
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
        (_two_steps_to_one_side, "one side only"),
        _h_is_1e_16,
        (_callers_w_nudged, "nudged in the w of the caller"),
        (_relative_nudge, "h as a share of w"),
        _flattened_for_f,
        _float32,
        _of_the_example,
        _unit_length,
        _last_entry_left_out,
        _kept_between_calls,
        (_moved_and_over_h, "w not put back"),
        _rows_and_one_sided,
        (_one_foot_behind, "one side only"),
        (_one_foot_by_two_h, "one side divided by 2h"),
        (_whole_result, "slopes cut to whole numbers"),
        (_a_number, "all entries at once"),
        (_precedence_again, "only the second value divided"),
        _relative,
        (_others_moved_down, "w not put back"),
        _uphill_whole,
        (_not_divided, "not divided"),
    ],
    "gradient_step": [
        (_uphill, "uphill"),
        (_no_rate, "learning rate forgotten"),
        (_rate_at_the_weights_only, "learning rate forgotten for the biases"),
        _divides,
        (_no_biases, "biases skipped"),
        (_first_layer_only, "the first layer only"),
        (_minus_equals, "changed in place"),
        (_writes_pairs_into_params, "put into the list of the caller"),
        _returns_nothing,
        (_flat, "one flat list"),
        (_two_lists, "all weights then all biases"),
        _last_layer_twice,
        (_reversed_layers, "layers in reverse"),
        _shrunk,
        (_signs_only, "the direction only"),
        _biases_uphill_and_in_place,
        (_pair_of_the_last_layer, "the last layer only"),
        (_last_layer_left_out, "the last layer missing"),
        (_nothing_stored, "nothing moves"),
        _whole_numbers_2,
        _grads_from_the_back,
        (_equals_minus, "the step and not the place"),
        _numpy_all,
        _one_layer_only,
        _with_momentum,
        _divided_by_layers,
        _uphill_weights_only,
        _no_rate_in_place,
        (_in_place, "changed in place"),
        _whole,
        (_by_index, "only the last layer moves"),
        _grows,
        (_tenth, "one fixed learning rate"),
        _or_default,
        (_scaled_place, "brackets"),
        _mixed,
        _generator,
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
        (_walks_in_the_callers_start, "the w of the caller walks along"),
        _climbs_without_start,
        (_from_the_start_each_time_2, "each step from the start"),
        (_kept_before_the_step, "the start twice"),
        (_return_inside, "one step only"),
        _vectors_only_2,
        (_stops_early, "stops by itself"),
        (_knob_by_knob, "one entry after the other"),
        (_slopes_in_the_path, "the gradients and not the places"),
        (_transposed, "a column for each step"),
        _strung_together,
        _wiggles_the_gradient,
        _path_as_default,
        _of_the_example_by_hand,
        _gradient_once_and_one_too_many,
        _none_without_steps,
        (_last_row_empty, "a row left at 0"),
        (_first_row_empty, "a row left at 0"),
        (_stops, "stops by itself"),
        (_unit_steps, "steps of one length"),
        _momentum,
        _path_of_slopes,
        _lost_w,
        _old_path,
        _backwards,
        _start_slope_no_eta,
    ],
}
