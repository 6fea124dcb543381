"""Wrong answers to 5."""

import numpy as np


def _sigmoid(z):
    return 0.5 * (1 + np.tanh(np.asarray(z) / 2))


def _delta(Y, T):
    return -5 * T * (1 - Y) + (1 - T) * Y


def _general(X, T, params, start=None, gain=None, hidden=np.tanh, output=_sigmoid, W_of=None):
    A, Zs = [X], []
    for W, b in params:
        Zs.append(A[-1] @ W.T + b)
        A.append(hidden(Zs[-1]))
    Y = output(Zs[-1])
    delta = (start or _delta)(Y, T)
    grads = []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
        if l > 0:
            back = delta @ (W_of or (lambda W: W))(params[l][0])
            delta = back * (gain or (lambda a, z: 1 - a**2))(A[l], Zs[l - 1])
    return grads


def _sigmoid_gain(X, T, params):
    """σ's rule for tanh: a (1 − a)."""
    return _general(X, T, params, gain=lambda a, z: a * (1 - a))


def _sigmoid_hidden(X, T, params):
    """σ in the hidden layers: 3d's network."""
    return _general(X, T, params, hidden=_sigmoid, gain=lambda a, z: a * (1 - a))


def _softmax_output(X, T, params):
    """Softmax at the output."""

    def softmax(Z):
        e = np.exp(Z - Z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    return _general(X, T, params, output=softmax)


def _gain_at_output(X, T, params):
    """σ′ at the output."""
    return _general(X, T, params, start=lambda Y, T: _delta(Y, T) * Y * (1 - Y))


def _only_the_yes(X, T, params):
    """Forgot the second term of the loss: −5 t (1 − y)."""
    return _general(X, T, params, start=lambda Y, T: -5 * T * (1 - Y))


def _sign_of_the_second(X, T, params):
    """The second term with the wrong sign."""
    return _general(X, T, params, start=lambda Y, T: -5 * T * (1 - Y) - (1 - T) * Y)


def _slope_along_y(X, T, params):
    """∂C/∂y, without σ′."""
    return _general(X, T, params, start=lambda Y, T: _delta(Y, T) / (Y * (1 - Y)))


def _one_minus_a(X, T, params):
    """1 − a."""
    return _general(X, T, params, gain=lambda a, z: 1 - a)


def _of_z(X, T, params):
    """1 − z²."""
    return _general(X, T, params, gain=lambda a, z: 1 - z**2)


def _one_plus(X, T, params):
    """1 + a²."""
    return _general(X, T, params, gain=lambda a, z: 1 + a**2)


def _no_gain(X, T, params):
    """No gain."""
    return _general(X, T, params, gain=lambda a, z: 1.0)


def _averaged(X, T, params):
    """The mean over examples."""
    return [(dW / len(X), db / len(X)) for dW, db in _general(X, T, params)]


def _averaged_over_outputs(X, T, params):
    """The mean over outputs."""
    return _general(X, T, params, start=lambda Y, T: _delta(Y, T) / T.shape[1])


def _uphill(X, T, params):
    """The sign of δ."""
    return _general(X, T, params, start=lambda Y, T: -_delta(Y, T))


def _weights_turned(X, T, params):
    """W.T on the way back."""
    return _general(X, T, params, W_of=lambda W: W.T)


def _tanh_output(X, T, params):
    """tanh at the output, too."""
    return _general(X, T, params, output=np.tanh)


def _backwards_list(X, T, params):
    """Last layer first."""
    return _general(X, T, params)[::-1]


def _two_layers(X, T, params):
    """One hidden layer, written out."""
    (W1, b1), (W2, b2) = params
    A = np.tanh(X @ W1.T + b1)
    d2 = _delta(_sigmoid(A @ W2.T + b2), T)
    d1 = (d2 @ W2) * (1 - A**2)
    return [(d1.T @ X, d1.sum(axis=0)), (d2.T @ A, d2.sum(axis=0))]


def _biases_forgotten(X, T, params):
    """db zero."""
    return [(dW, 0 * db) for dW, db in _general(X, T, params)]


def _plain_cross_entropy(X, T, params):
    """3c's twin, Y − T: the 5 overlooked."""
    return _general(X, T, params, start=lambda Y, T: Y - T)


def _five_times_all(X, T, params):
    """5 (Y − T)."""
    return _general(X, T, params, start=lambda Y, T: 5 * (Y - T))


def _five_in_t(X, T, params):
    """Y − 5T."""
    return _general(X, T, params, start=lambda Y, T: Y - 5 * T)


def _sigmoid_gain_and_averaged(X, T, params):
    """Two slips: σ's gain, and the mean."""
    return [(dW / len(X), db / len(X)) for dW, db in _sigmoid_gain(X, T, params)]


def _central(f, w, h=1e-5):
    w = np.array(w, dtype=float)
    g = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        up, down = w.copy(), w.copy()
        up[i] += h
        down[i] -= h
        g[i] = (f(up) - f(down)) / (2 * h)
    return g


def _exactly_equal(f, gradients, w):
    """==."""
    g = _central(f, w)
    return [bool((np.asarray(c(w)) == g).all()) for c in gradients]


def _allclose(f, gradients, w):
    """np.allclose with its own tolerances."""
    g = _central(f, w)
    return [bool(np.allclose(c(w), g)) for c in gradients]


def _absolute_tolerance(f, gradients, w):
    """|difference| < 1e−5, whatever the size."""
    g = _central(f, w)
    return [bool(np.abs(c(w) - g).max() < 1e-5) for c in gradients]


def _norms(f, gradients, w):
    """A relative error of norms: a single entry hides."""
    g = _central(f, w)
    return [bool(np.linalg.norm(c(w) - g) <= 1e-3 * max(np.linalg.norm(g), 1e-12)) for c in gradients]


def _one_per_cent(f, gradients, w):
    """One per cent is near enough."""
    g = _central(f, w)
    return [bool((np.abs(c(w) - g) <= 0.01 * np.maximum(np.abs(g), 1e-12)).all()) for c in gradients]


def _first_entry(f, gradients, w):
    """Looks at the first entry only."""
    g = _central(f, w)
    return [bool(abs(np.ravel(c(w) - g)[0]) <= 1e-6 * max(abs(g.ravel()[0]), 1e-9)) for c in gradients]


def _any_entry(f, gradients, w):
    """any for all."""
    g = _central(f, w)
    return [bool((np.abs(c(w) - g) <= 1e-6 * np.maximum(np.abs(g), 1e-9)).any()) for c in gradients]


def _forward_difference(f, gradients, w):
    """One-sided, with a tight tolerance."""
    g = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        up = w.copy()
        up[i] += 1e-3
        g[i] = (f(up) - f(w)) / 1e-3
    return [bool((np.abs(c(w) - g) <= 1e-6 * np.maximum(np.abs(g), 1e-9)).all()) for c in gradients]


def _wide_nudge(f, gradients, w):
    """h = 0.1."""
    g = _central(f, w, h=0.1)
    return [bool((np.abs(c(w) - g) <= 1e-5 * np.maximum(np.abs(g), 1e-9)).all()) for c in gradients]


def _mean_difference(f, gradients, w):
    """The mean difference, signs cancel."""
    g = _central(f, w)
    return [bool(abs((c(w) - g).mean()) < 1e-5) for c in gradients]


def _goes_downhill(f, gradients, w):
    """A gradient is right if a small step against it makes f smaller."""
    out = []
    for c in gradients:
        s = np.asarray(c(w), dtype=float)
        out.append(bool(f(w - 1e-6 * s / max(np.linalg.norm(s), 1e-12)) < f(w)))
    return out


def _direction(f, gradients, w):
    """Compares directions only."""
    g = _central(f, w)
    out = []
    for c in gradients:
        s = np.asarray(c(w), dtype=float)
        norm = np.linalg.norm(s) * np.linalg.norm(g)
        out.append(bool(norm > 0 and (s * g).sum() / norm > 1 - 1e-9))
    return out


def _majority(f, gradients, w):
    """What most of them say."""
    values = [np.asarray(c(w), dtype=float) for c in gradients]
    return [sum(np.allclose(v, u) for u in values) * 2 > len(values) for v in values]


def _best_one(f, gradients, w):
    """The nearest is right, all others wrong."""
    g = _central(f, w)
    errors = [np.nan_to_num(np.abs(c(w) - g).max(), nan=np.inf) for c in gradients]
    return [e == min(errors) for e in errors]


def _indices(f, gradients, w):
    """The places of the right ones."""
    g = _central(f, w)
    return [k for k, c in enumerate(gradients) if (np.abs(c(w) - g) <= 1e-6 * np.maximum(np.abs(g), 1e-3)).all()]


def _errors(f, gradients, w):
    """The errors themselves."""
    g = _central(f, w)
    return [float(np.abs(c(w) - g).max()) for c in gradients]


def _all_right(f, gradients, w):
    """Trusts everybody."""
    return [True] * len(gradients)


def _one_random_direction(f, gradients, w):
    """One nudge in one random direction, loosely."""
    d = np.random.default_rng(0).normal(size=w.shape)
    slope = (f(w + 1e-5 * d) - f(w - 1e-5 * d)) / 2e-5
    return [bool(abs((np.asarray(c(w)) * d).sum() - slope) <= 1e-3 * max(abs(slope), 1e-9)) for c in gradients]


def _nan_is_right(f, gradients, w):
    """not (difference > tolerance): nan passes."""
    g = _central(f, w)
    return [
        not bool((np.abs(c(w) - g) > 1e-6 * np.maximum(np.abs(g), 1e-5 * np.abs(g).max() + 1e-300)).any())
        for c in gradients
    ]


def _norms_and_all_but_nan(f, gradients, w):
    """Two slips: norms, and nan passes."""
    g = _central(f, w)
    return [not bool(np.linalg.norm(c(w) - g) > 1e-3 * max(np.linalg.norm(g), 1e-12)) for c in gradients]


WRONG = {
    "tanh_backprop": [
        (_sigmoid_gain, "slope of σ for tanh"),
        (_sigmoid_hidden, "σ in the hidden layers"),
        (_softmax_output, "softmax outputs"),
        (_gain_at_output, "slope of σ at the output"),
        (_only_the_yes, "half of the loss"),
        (_sign_of_the_second, "the inner sign of 1 minus y"),
        (_slope_along_y, "the slope with respect to y"),
        (_one_minus_a, "the square left out"),
        (_of_z, "squared z"),
        (_one_plus, "plus for minus"),
        (_no_gain, "no slope"),
        (_averaged, "mean over the examples"),
        (_averaged_over_outputs, "mean over the outputs"),
        (_uphill, "opposite sign"),
        (_weights_turned, "W transposed on the way back"),
        (_tanh_output, "tanh outputs"),
        (_backwards_list, "the last layer first"),
        (_two_layers, "one hidden layer written out"),
        (_biases_forgotten, "db zero"),
        (_plain_cross_entropy, "every error counts the same"),
        (_five_times_all, "all errors count five times"),
        (_five_in_t, "five t for t"),
        _sigmoid_gain_and_averaged,
    ],
    "right_gradients": [
        (_exactly_equal, "none right"),
        (_allclose, "an absolute tolerance too wide for flat functions"),
        (_absolute_tolerance, "an absolute tolerance too wide for flat functions"),
        (_norms, "small faults pass"),
        (_one_per_cent, "small faults pass"),
        (_first_entry, "the first entry alone"),
        (_any_entry, "one good entry is enough"),
        (_forward_difference, "none right"),
        _wide_nudge,
        _mean_difference,
        _goes_downhill,
        _direction,
        _majority,
        (_best_one, {"the best one alone", ""}),  # which of two right ones is nearer, rounding decides
        _indices,
        (_errors, "errors"),
        (_all_right, "all right"),
        (_one_random_direction, "small faults pass"),
        (_nan_is_right, "nan passes"),
        _norms_and_all_but_nan,
    ],
}
