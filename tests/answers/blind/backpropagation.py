"""Wrong answers to 3d."""

import numpy as np


def _sigmoid(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def _softmax(Z):
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _turned(delta, A_prev):
    """aᵀ δ: (in, out)."""
    return A_prev.T @ delta


def _mean(delta, A_prev):
    """Divided by N."""
    return delta.T @ A_prev / len(delta)


def _outer_of_sums(delta, A_prev):
    """Adds first, multiplies afterwards."""
    return np.outer(delta.sum(axis=0), A_prev.sum(axis=0))


def _outer_of_first(delta, A_prev):
    """The first example only."""
    return np.outer(delta[0], A_prev[0])


def _last_example(delta, A_prev):
    """W = … instead of W += … in the loop."""
    for d, a in zip(delta, A_prev):
        W = np.outer(d, a)
    return W


def _three_axes(delta, A_prev):
    """One table for each example, not added."""
    return delta[:, :, None] * A_prev[:, None, :]


def _outer_of_all(delta, A_prev):
    """np.outer of the whole tables, which it flattens."""
    return np.outer(delta, A_prev)


def _no_turn(delta, A_prev):
    """δ A, as they stand."""
    return delta @ A_prev


def _wrong_one_turned(delta, A_prev):
    """δ Aᵀ: (N, N)."""
    return delta @ A_prev.T


def _with_slope(delta, A_prev):
    """Times a (1 − a) of what enters."""
    return delta.T @ (A_prev * (1 - A_prev))


def _minus(delta, A_prev):
    """The step, not the slope."""
    return -delta.T @ A_prev


def _entrywise(delta, A_prev):
    """δ * A, added down."""
    return (delta * A_prev).sum(axis=0)


def _mean_and_turned(delta, A_prev):
    """Two slips: turned, and the mean."""
    return A_prev.T @ delta / len(delta)


def _not_added(delta):
    """δ itself."""
    return delta


def _bias_mean(delta):
    """The mean."""
    return delta.mean(axis=0)


def _over_neurons(delta):
    """axis=1."""
    return delta.sum(axis=1)


def _everything(delta):
    """One number."""
    return delta.sum()


def _first_of_batch(delta):
    """delta[0]."""
    return delta[0]


def _row(delta):
    """keepdims."""
    return delta.sum(axis=0, keepdims=True)


def _ones(delta):
    """The slope of z along b: 1."""
    return np.ones(delta.shape[1])


def _count(delta):
    """N for each neuron."""
    return np.full(delta.shape[1], float(len(delta)))


def _absolute_sum(delta):
    """Sum of |δ|."""
    return np.abs(delta).sum(axis=0)


def _builtin_max(delta):
    """The largest."""
    return delta.max(axis=0)


def _step(delta):
    """The step: minus the sum."""
    return -delta.sum(axis=0)


def _column(delta):
    """A column, as a weight matrix for the input 1."""
    return delta.T @ np.ones((len(delta), 1))


def _mean_over_neurons(delta):
    """Two slips: mean, and axis 1."""
    return delta.mean(axis=1)


def _absolute(a, b):
    """The largest |a − b|."""
    return max(np.abs(x - y).max() for x, y in zip(a, b))


def _mean_ratio(a, b):
    """The mean."""
    return float(
        np.mean([np.mean(np.abs(x - y) / np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-12)) for x, y in zip(a, b)])
    )


def _only_a(a, b):
    """Divides by |a|."""
    return max((np.abs(x - y) / np.maximum(np.abs(x), 1e-12)).max() for x, y in zip(a, b))


def _sum_below(a, b):
    """Divides by |a| + |b|, as some courses do."""
    return max((np.abs(x - y) / np.maximum(np.abs(x) + np.abs(y), 1e-12)).max() for x, y in zip(a, b))


def _max_of_arrays(a, b):
    """Divides by the array's largest entry, not entry by entry."""
    return max(np.abs(x - y).max() / max(np.abs(x).max(), np.abs(y).max(), 1e-12) for x, y in zip(a, b))


def _no_floor(a, b):
    """No floor: 0/0."""
    with np.errstate(all="ignore"):
        return max((np.abs(x - y) / np.maximum(np.abs(x), np.abs(y))).max() for x, y in zip(a, b))


def _high_floor(a, b):
    """A floor of 10⁻³."""
    return max((np.abs(x - y) / np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-3)).max() for x, y in zip(a, b))


def _floor_added(a, b):
    """The floor added, not compared."""
    return max((np.abs(x - y) / (np.maximum(np.abs(x), np.abs(y)) + 1e-2)).max() for x, y in zip(a, b))


def _signed(a, b):
    """a − b without bars."""
    return max(((x - y) / np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-12)).max() for x, y in zip(a, b))


def _no_bars_below(a, b):
    """max(a, b) without bars."""
    return max((np.abs(x - y) / np.maximum(np.maximum(x, y), 1e-12)).max() for x, y in zip(a, b))


def _last_array(a, b):
    """The last pair only."""
    for x, y in zip(a, b):
        worst = (np.abs(x - y) / np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-12)).max()
    return worst


def _first_array(a, b):
    """A return in the loop."""
    for x, y in zip(a, b):
        return (np.abs(x - y) / np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-12)).max()


def _list_of_maxima(a, b):
    """One for each array."""
    return [float((np.abs(x - y) / np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-12)).max()) for x, y in zip(a, b)]


def _as_one_array(a, b):
    """np.array of the lists."""
    x, y = np.array(a), np.array(b)
    return (np.abs(x - y) / np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-12)).max()


def _norms(a, b):
    """Ratio of norms over everything."""
    x, y = (np.concatenate([np.ravel(v) for v in vs]) for vs in (a, b))
    return float(np.linalg.norm(x - y) / max(np.linalg.norm(x) + np.linalg.norm(y), 1e-12))


def _smallest(a, b):
    """The smallest."""
    return min((np.abs(x - y) / np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-12)).min() for x, y in zip(a, b))


def _signed_by_a(a, b):
    """Two slips: no bars, and only a below."""
    return max(((x - y) / np.maximum(np.abs(x), 1e-12)).max() for x, y in zip(a, b))


def _general(X, T, params, start=None, gain=None, W_of=None, dW=None, db=None):
    A, Zs = [X], []
    for W, b in params:
        Zs.append(A[-1] @ W.T + b)
        A.append(_sigmoid(Zs[-1]))
    A[-1] = _softmax(Zs[-1])
    delta = (start or (lambda Y, T: Y - T))(A[-1], T)
    grads = []
    for l in reversed(range(len(params))):
        W_slopes = (dW or (lambda d, a: d.T @ a))(delta, A[l])
        b_slopes = (db or (lambda d: d.sum(axis=0)))(delta)
        grads.insert(0, (W_slopes, b_slopes))
        if l > 0:
            back = delta @ (W_of or (lambda W: W))(params[l][0])
            delta = back * (gain or (lambda a, z: a * (1 - a)))(A[l], Zs[l - 1])
    return grads


def _averaged(X, T, params):
    """The mean gradient."""
    return [(dW / len(X), db / len(X)) for dW, db in _general(X, T, params)]


def _uphill(X, T, params):
    """T − Y at the start."""
    return _general(X, T, params, start=lambda Y, T: T - Y)


def _no_gain(X, T, params):
    """σ′ left out."""
    return _general(X, T, params, gain=lambda a, z: 1.0)


def _gain_at_output(X, T, params):
    """σ′ at the output, too."""
    return _general(X, T, params, start=lambda Y, T: (Y - T) * Y * (1 - Y))


def _gain_of_z(X, T, params):
    """z (1 − z)."""
    return _general(X, T, params, gain=lambda a, z: z * (1 - z))


def _weights_turned(X, T, params):
    """Wᵀ on the way back."""
    return _general(X, T, params, W_of=lambda W: W.T)


def _dW_turned(X, T, params):
    """dW as (in, out)."""
    return _general(X, T, params, dW=lambda d, a: a.T @ d)


def _db_not_added(X, T, params):
    """db as (N, out)."""
    return _general(X, T, params, db=lambda d: d)


def _db_averaged(X, T, params):
    """Sum for W, mean for b."""
    return _general(X, T, params, db=lambda d: d.mean(axis=0))


def _backwards_list(X, T, params):
    """Last layer first."""
    return _general(X, T, params)[::-1]


def _flat(X, T, params):
    """dW, db, dW, db."""
    return [array for pair in _general(X, T, params) for array in pair]


def _last_layer_only(X, T, params):
    """Stops after the last layer; zeros before."""
    grads = _general(X, T, params)
    return [(0 * dW, 0 * db) for dW, db in grads[:-1]] + [grads[-1]]


def _three_layers(X, T, params):
    """Three layers, written out."""
    (W1, b1), (W2, b2), (W3, b3) = params
    A1 = _sigmoid(X @ W1.T + b1)
    A2 = _sigmoid(A1 @ W2.T + b2)
    d3 = _softmax(A2 @ W3.T + b3) - T
    d2 = (d3 @ W3) * A2 * (1 - A2)
    d1 = (d2 @ W2) * A1 * (1 - A1)
    return [(d1.T @ X, d1.sum(axis=0)), (d2.T @ A1, d2.sum(axis=0)), (d3.T @ A2, d3.sum(axis=0))]


def _one_example(X, T, params):
    """The first example of the batch."""
    return _general(X[:1], T[:1], params)


def _sigmoid_output(X, T, params):
    """σ at the output instead of softmax."""
    A, Zs = [X], []
    for W, b in params:
        A.append(_sigmoid(A[-1] @ W.T + b))
    delta, grads = A[-1] - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
        delta = (delta @ params[l][0]) * A[l] * (1 - A[l])
    return grads


def _steps_on_the_way(X, T, params):
    """Changes W on the way back, in place."""
    A = [X]
    for W, b in params[:-1]:
        A.append(_sigmoid(A[-1] @ W.T + b))
    delta = _softmax(A[-1] @ params[-1][0].T + params[-1][1]) - T
    grads = []
    for l in reversed(range(len(params))):
        W, b = params[l]
        dW = delta.T @ A[l]
        grads.insert(0, (dW, delta.sum(axis=0)))
        W -= 0.1 * dW
        if l > 0:
            delta = (delta @ W) * A[l] * (1 - A[l])
    return grads


_KEPT = []


def _accumulates(X, T, params):
    """Appends to a list outside of the function."""
    for pair in _general(X, T, params)[::-1]:
        _KEPT.insert(0, pair)
    return _KEPT[: len(params)] if len(_KEPT) == len(params) else list(_KEPT)


def _wide_wiggles(X, T, params):
    """Wiggled with h = 0.01."""

    def loss():
        A = X
        for W, b in params[:-1]:
            A = _sigmoid(A @ W.T + b)
        return -(T * np.log(_softmax(A @ params[-1][0].T + params[-1][1]))).sum()

    params = [(np.array(W, dtype=float), np.array(b, dtype=float)) for W, b in params]
    grads = []
    for pair in params:
        slopes = []
        for array in pair:
            g = np.zeros_like(array)
            for i in np.ndindex(array.shape):
                kept = array[i]
                array[i] = kept + 0.01
                up = loss()
                array[i] = kept - 0.01
                g[i] = (up - loss()) / 0.02
                array[i] = kept
            slopes.append(g)
        grads.append(tuple(slopes))
    return grads


def _hard_targets(X, T, params):
    """Makes soft targets hard."""
    return _general(X, T, params, start=lambda Y, T: Y - np.eye(T.shape[1])[T.argmax(axis=1)])


def _gain_of_next_layer(X, T, params):
    """The gain of the layer before the weights, by an index too far: A[l − 1] where it fits."""
    A, Zs = [X], []
    for W, b in params:
        Zs.append(A[-1] @ W.T + b)
        A.append(_sigmoid(Zs[-1]))
    A[-1] = _softmax(Zs[-1])
    delta, grads = A[-1] - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
        if l > 0:
            a = A[l - 1]
            delta = (delta @ params[l][0]) * a * (1 - a)
    return grads


def _no_gain_and_averaged(X, T, params):
    """Two slips: no σ′, and the mean."""
    return [(dW / len(X), db / len(X)) for dW, db in _no_gain(X, T, params)]


WRONG = {
    "weight_gradient": [
        (_turned, "transposed"),
        (_mean, "mean over the examples"),
        (_outer_of_sums, "sums, then the outer product"),
        (_outer_of_first, "the first example only"),
        (_last_example, "the last example only"),
        (_three_axes, "one table for each example"),
        (_outer_of_all, "all examples in one outer product"),
        (_no_turn, "nothing turned"),
        (_wrong_one_turned, "A turned, not δ"),
        (_with_slope, "a slope too many"),
        (_minus, "sign"),
        _entrywise,
        _mean_and_turned,
    ],
    "bias_gradient": [
        (_not_added, "not summed"),
        (_bias_mean, "mean over the examples"),
        (_over_neurons, "wrong axis"),
        (_everything, "everything in one number"),
        (_first_of_batch, "the first example only"),
        (_row, "a row of one"),
        (_ones, "what enters, without δ"),
        (_count, "what enters, summed, without δ"),
        (_absolute_sum, "without signs"),
        _builtin_max,
        (_step, "sign"),
        (_column, "a column"),
        _mean_over_neurons,
    ],
    "max_relative_difference": [
        (_absolute, "not relative"),
        _mean_ratio,
        (_only_a, "relative to a"),
        (_sum_below, "relative to the sum"),
        (_max_of_arrays, "relative to the largest entry"),
        (_no_floor, "no floor"),
        _high_floor,
        _floor_added,
        (_signed, "the sign of the difference kept"),
        (_no_bars_below, "signs below the line"),
        (_last_array, "the last array only"),
        (_first_array, "the first array only"),
        (_list_of_maxima, "one number for each array"),
        (_as_one_array, "lists made into one array"),
        _norms,
        _smallest,
        _signed_by_a,
    ],
    "backprop": [
        (_averaged, "divided by the number of examples"),
        (_uphill, "sign"),
        (_no_gain, "the gain left out"),
        (_gain_at_output, "an extra slope at the output"),
        (_gain_of_z, "the rule for a, applied to z"),
        (_weights_turned, "W turned the wrong way"),
        (_dW_turned, "weights' slopes transposed"),
        (_db_not_added, "biases not summed"),
        (_db_averaged, "biases averaged"),
        (_backwards_list, "last layer first"),
        (_flat, "one flat list"),
        _last_layer_only,
        (_three_layers, "three layers only"),
        _one_example,
        (_sigmoid_output, "σ at the output"),
        (_steps_on_the_way, "params changed"),
        (_accumulates, "the list grows from call to call"),
        _wide_wiggles,
        _hard_targets,
        _gain_of_next_layer,
        _no_gain_and_averaged,
    ],
}
