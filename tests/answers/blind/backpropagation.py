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


def _sigmoid_2(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1.0, e) / (1 + e)


def _softmax_2(Z):
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _hidden_delta(delta_next, W_next, Z):
    return (delta_next @ W_next) * _sigmoid_2(Z) * (1 - _sigmoid_2(Z))


def _pass(X, params):
    A, Zs = [X], []
    for W, b in params:
        Zs.append(A[-1] @ W.T + b)
        A.append(_sigmoid_2(Zs[-1]))
    A[-1] = _softmax_2(Zs[-1])
    return A, Zs


def _keras_layout(delta, A_prev):
    """Had read elsewhere that a weight matrix is (in, out)."""
    return A_prev.T @ delta


def _weights_meaned(delta, A_prev):
    """Thought of the loss as a mean, as other courses do."""
    return delta.T @ A_prev / len(delta)


def _weights_by_mean_of_two(delta, A_prev):
    """Averaged both tables first, and multiplied then."""
    return np.outer(delta.mean(axis=0), A_prev.mean(axis=0))


def _weights_sums_first(delta, A_prev):
    """Summed both tables over the examples, and took one outer product: a product of sums."""
    return np.outer(delta.sum(axis=0), A_prev.sum(axis=0))


def _weights_first_example(delta, A_prev):
    """Wrote the outer product of one example, and left it at that."""
    return np.outer(delta[0], A_prev[0])


def _weights_last_example(delta, A_prev):
    """Forgot the += in the loop: the last example alone is left."""
    for d, a in zip(delta, A_prev):
        slopes = np.outer(d, a)
    return slopes


def _weights_returned_in_the_loop(delta, A_prev):
    """Indented the return one step too far: only the first example is added."""
    total = np.zeros((delta.shape[1], A_prev.shape[1]))
    for d, a in zip(delta, A_prev):
        total += np.outer(d, a)
        return total


def _weights_stack(delta, A_prev):
    """Left one table for each example: (N, out, in)."""
    return delta[:, :, None] * A_prev[:, None, :]


def _weights_stack_summed_over_the_wrong_axis(delta, A_prev):
    """Made the stack of tables, and summed over the neurons."""
    return (delta[:, :, None] * A_prev[:, None, :]).sum(axis=1)


def _weights_nothing_turned(delta, A_prev):
    """Left the .T away: the shapes fit for square cases only."""
    return delta @ A_prev


def _weights_the_other_turned(delta, A_prev):
    """Turned the second factor: the examples stand outside."""
    return delta @ A_prev.T


def _weights_times(delta, A_prev):
    """Took * for the products of the formula."""
    return delta * A_prev


def _weights_outer_of_all(delta, A_prev):
    """np.outer of the whole tables, which it flattens."""
    return np.outer(delta, A_prev)


def _weights_list_of_tables(delta, A_prev):
    """Collected the outer products, and forgot to sum them."""
    return [np.outer(d, a) for d, a in zip(delta, A_prev)]


def _weights_downhill(delta, A_prev):
    """Turned the sign at once, since training goes downhill."""
    return -delta.T @ A_prev


def _weights_with_gain(delta, A_prev):
    """Multiplied with σ′ of what enters, as in hidden_delta."""
    return delta.T @ (A_prev * (1 - A_prev))


def _weights_squashed(delta, A_prev):
    """Took A_prev for Z and squashed it once more."""
    return delta.T @ _sigmoid_2(A_prev)


def _weights_with_bias_column(delta, A_prev):
    """Put a column of ones on A_prev, for the bias."""
    return delta.T @ np.c_[A_prev, np.ones(len(A_prev))]


def _weights_loop_with_swapped_indices(delta, A_prev):
    """Three loops, with i and j changed over in the result."""
    out, n_in = delta.shape[1], A_prev.shape[1]
    slopes = np.zeros((n_in, out))
    for n in range(len(delta)):
        for i in range(out):
            for j in range(n_in):
                slopes[j, i] += delta[n, i] * A_prev[n, j]
    return slopes


def _weights_loop_from_one(delta, A_prev):
    """Counted the examples from 1."""
    slopes = np.zeros((delta.shape[1], A_prev.shape[1]))
    for n in range(1, len(delta)):
        slopes += np.outer(delta[n], A_prev[n])
    return slopes


def _weights_integers(delta, A_prev):
    """Made the empty table with dtype int, as the worked example has whole numbers."""
    slopes = np.zeros((delta.shape[1], A_prev.shape[1]), dtype=int)
    for d, a in zip(delta, A_prev):
        slopes = slopes + np.outer(d, a).astype(int)
    return slopes


_weight_store = {}


def _weights_collect_for_ever(delta, A_prev):
    """The total stands outside the function and is never set back to 0."""
    key = (delta.shape[1], A_prev.shape[1])
    _weight_store[key] = _weight_store.get(key, 0) + delta.T @ A_prev
    return _weight_store[key]


def _weights_printed(delta, A_prev):
    """Printed the result instead of returning it."""
    print(delta.T @ A_prev)


def _weights_mean_and_turned(delta, A_prev):
    """Two mistakes: the mean, and (in, out)."""
    return A_prev.T @ delta / len(delta)


def _weights_turned_and_downhill(delta, A_prev):
    """Two mistakes: (in, out), and the sign turned."""
    return -(A_prev.T @ delta)


def _weights_rounded(delta, A_prev):
    """Rounded to six digits, as the worked numbers are."""
    return np.round(delta.T @ A_prev, 6)


def _weights_writes_into_delta(delta, A_prev):
    """Halved delta in place on the way (a leftover of the squared error)."""
    delta *= 0.5
    return 2 * delta.T @ A_prev


def _biases_rows(delta):
    """Axis 1: one number for each example."""
    return delta.sum(axis=1)


def _biases_all(delta):
    """No axis: one number in all."""
    return delta.sum()


def _biases_mean(delta):
    """The mean over the batch."""
    return delta.mean(axis=0)


def _biases_kept_row(delta):
    """Kept the row: (1, out)."""
    return delta.sum(axis=0, keepdims=True)


def _biases_column(delta):
    """A column, as vectors are written: (out, 1)."""
    return delta.sum(axis=0)[:, None]


def _biases_first(delta):
    """The first example's δ, as in 3c."""
    return delta[0]


def _biases_delta_itself(delta):
    """In 3c the slope of b *is* δ, so δ was returned as it came."""
    return delta


def _biases_squeezed(delta):
    """δ with the superfluous axis dropped: right for one example only."""
    return delta.squeeze()


def _biases_ones_wrong_side(delta):
    """Ones multiplied from the wrong side."""
    return delta @ np.ones(delta.shape[1])


def _biases_python_sum_of_columns(delta):
    """Python's sum over each row, in a list."""
    return [sum(row) for row in delta]


def _biases_last_axis(delta):
    """Took axis=-1, as with softmax."""
    return np.sum(delta, axis=-1)


def _biases_running(delta):
    """Took cumsum for the sum."""
    return delta.cumsum(axis=0)


def _biases_ones(delta):
    """The value that enters is 1, so the slope was said to be 1."""
    return np.ones(delta.shape[1])


def _biases_number_of_examples(delta):
    """Added the ones that enter, not the δ."""
    return np.full(delta.shape[1], float(len(delta)))


def _biases_downhill(delta):
    """Sign turned, for the step."""
    return -delta.sum(axis=0)


def _biases_mean_of_rows(delta):
    """Two mistakes: the mean, and over the neurons."""
    return delta.mean(axis=1)


def _biases_mean_kept(delta):
    """Two mistakes: the mean, and a row kept."""
    return delta.mean(axis=0, keepdims=True)


def _biases_sizes(delta):
    """Added the sizes, thinking of errors: |δ|."""
    return np.abs(delta).sum(axis=0)


def _biases_loop_forgot_plus(delta):
    """A loop that overwrites: the last example is left."""
    for row in delta:
        db = row
    return db


def _biases_added_in_place(delta):
    """Added the other rows into the first row of the caller's array."""
    for row in delta[1:]:
        delta[0] += row
    return delta[0]


def _biases_tuple(delta):
    """Gave back both things at once, (sum, shape)."""
    return delta.sum(axis=0), delta.shape


def _larger(x, y):
    return np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-12)


def _apart_absolute(a, b):
    """Left the division out: the largest |a − b|."""
    return max(np.abs(x - y).max() for x, y in zip(a, b))


def _apart_with_signs(a, b):
    """No absolute value above the line."""
    return max(((x - y) / _larger(x, y)).max() for x, y in zip(a, b))


def _apart_signs_below(a, b):
    """No absolute values below the line."""
    return max((np.abs(x - y) / np.maximum(np.maximum(x, y), 1e-12)).max() for x, y in zip(a, b))


def _apart_only_a(a, b):
    """Divided by |a| alone, as physicists do."""
    return max((np.abs(x - y) / np.maximum(np.abs(x), 1e-12)).max() for x, y in zip(a, b))


def _apart_only_b(a, b):
    """Divided by |b|, the wiggled, taken as the truth."""
    return max((np.abs(x - y) / np.maximum(np.abs(y), 1e-12)).max() for x, y in zip(a, b))


def _apart_sum_below(a, b):
    """|a| + |b| below the line, as in another course: at most 1."""
    return max((np.abs(x - y) / np.maximum(np.abs(x) + np.abs(y), 1e-12)).max() for x, y in zip(a, b))


def _apart_mean_below(a, b):
    """The mean of |a| and |b| below the line."""
    return max((np.abs(x - y) / np.maximum((np.abs(x) + np.abs(y)) / 2, 1e-12)).max() for x, y in zip(a, b))


def _apart_floor_added(a, b):
    """Added 1e-12 rather than taking the larger: off for tiny entries."""
    return max((np.abs(x - y) / (np.maximum(np.abs(x), np.abs(y)) + 1e-12)).max() for x, y in zip(a, b))


def _apart_floor_coarse(a, b):
    """Took 1e-8 for the floor, as in a library."""
    return max((np.abs(x - y) / np.maximum(np.maximum(np.abs(x), np.abs(y)), 1e-8)).max() for x, y in zip(a, b))


def _apart_floor_missing(a, b):
    """No floor: 0/0 is nan."""
    with np.errstate(all="ignore"):
        return max((np.abs(x - y) / np.maximum(np.abs(x), np.abs(y))).max() for x, y in zip(a, b))


def _apart_nan_to_zero(a, b):
    """0/0 is turned to 0 afterwards: right where both are 0, no floor for tiny ones."""
    with np.errstate(all="ignore"):
        return max(np.nan_to_num(np.abs(x - y) / np.maximum(np.abs(x), np.abs(y))).max() for x, y in zip(a, b))


def _apart_mean_of_entries(a, b):
    """The mean of the entries where the largest is asked for."""
    return float(np.mean([(np.abs(x - y) / _larger(x, y)).mean() for x, y in zip(a, b)]))


def _apart_mean_of_largest(a, b):
    """The largest of each array, and of those the mean."""
    return float(np.mean([(np.abs(x - y) / _larger(x, y)).max() for x, y in zip(a, b)]))


def _apart_by_array(a, b):
    """One number for each array, in a list."""
    return [(np.abs(x - y) / _larger(x, y)).max() for x, y in zip(a, b)]


def _apart_first_array(a, b):
    """return stands in the loop: the first pair only."""
    for x, y in zip(a, b):
        return (np.abs(x - y) / _larger(x, y)).max()


def _apart_last_array(a, b):
    """Overwrites in the loop: the last pair only."""
    for x, y in zip(a, b):
        worst = (np.abs(x - y) / _larger(x, y)).max()
    return worst


def _apart_smallest(a, b):
    """Keeps the smallest: min for max at the end."""
    return min((np.abs(x - y) / _larger(x, y)).max() for x, y in zip(a, b))


def _apart_one_array(a, b):
    """Made one array of all arrays, whose shapes differ."""
    a, b = np.array(a), np.array(b)
    return (np.abs(a - b) / _larger(a, b)).max()


def _apart_np_max(a, b):
    """np.max of the two arrays, which takes the second for an axis."""
    return max((np.abs(x - y) / np.max(np.abs(x), np.abs(y), 1e-12)).max() for x, y in zip(a, b))


def _apart_python_max(a, b):
    """Python's max for arrays: it asks whether one array is larger."""
    return max((abs(x - y) / max(abs(x), abs(y), 1e-12)).max() for x, y in zip(a, b))


def _apart_maximum_of_three(a, b):
    """np.maximum with three things: the third is taken as the place for the result."""
    return max((np.abs(x - y) / np.maximum(np.abs(x), np.abs(y), 1e-12)).max() for x, y in zip(a, b))


def _apart_largest_over_largest(a, b):
    """The largest difference over the largest entry of the array."""
    return max(np.abs(x - y).max() / _larger(x, y).max() for x, y in zip(a, b))


def _apart_norms(a, b):
    """Lengths of whole arrays: |a − b| / max(|a|, |b|) as vectors."""
    return max(np.linalg.norm(x - y) / max(np.linalg.norm(x), np.linalg.norm(y), 1e-12) for x, y in zip(a, b))


def _apart_smaller_below(a, b):
    """np.minimum below the line, for the stricter measure."""
    return max((np.abs(x - y) / np.maximum(np.minimum(np.abs(x), np.abs(y)), 1e-12)).max() for x, y in zip(a, b))


def _apart_per_cent(a, b):
    """In per cent."""
    return 100 * max((np.abs(x - y) / _larger(x, y)).max() for x, y in zip(a, b))


def _apart_tells_true_or_false(a, b):
    """Says whether they are close, as np.allclose does."""
    return all(np.allclose(x, y, rtol=1e-6, atol=0) for x, y in zip(a, b))


def _apart_sizes_first(a, b):
    """Took the sizes first and their difference then: | |a| − |b| |, blind for a wrong sign."""
    return max((np.abs(np.abs(x) - np.abs(y)) / _larger(x, y)).max() for x, y in zip(a, b))


def _apart_sum(a, b):
    """Adds up the largest ratios of all arrays."""
    return sum((np.abs(x - y) / _larger(x, y)).max() for x, y in zip(a, b))


def _apart_capped_at_one(a, b):
    """A relative error can't be more than 1, so it was cut there."""
    return min(1.0, max((np.abs(x - y) / _larger(x, y)).max() for x, y in zip(a, b)))


def _apart_only_where_both(a, b):
    """Leaves out entries where either is 0, because one can't divide there."""
    worst = 0.0
    for x, y in zip(a, b):
        ok = (x != 0) & (y != 0)
        if ok.any():
            worst = max(worst, (np.abs(x - y)[ok] / _larger(x, y)[ok]).max())
    return worst


def _apart_rows(a, b):
    """Loops over the entries of lists of lists, one level too deep: rows in place of arrays, first axis only."""
    return max(abs(x[0] - y[0]).max() / max(abs(x[0]).max(), abs(y[0]).max(), 1e-12) for x, y in zip(a, b))


def _apart_absolute_and_mean(a, b):
    """Two mistakes: no division, and the mean."""
    return float(np.mean([np.abs(x - y).mean() for x, y in zip(a, b)]))


def _apart_only_b_and_first(a, b):
    """Two mistakes: divides by |b|, and looks at the first array only."""
    return (np.abs(a[0] - b[0]) / np.maximum(np.abs(b[0]), 1e-12)).max()


def _apart_sum_below_no_floor(a, b):
    """Two mistakes: |a| + |b| below the line, and no floor."""
    with np.errstate(all="ignore"):
        return max((np.abs(x - y) / (np.abs(x) + np.abs(y))).max() for x, y in zip(a, b))


def _back(X, T, params, start=None, gain=None, step=None, weights=None, biases=None):
    """The right frame, to plant one fault in."""
    A, Zs = _pass(X, params)
    delta, grads = (start(A[-1], T) if start else A[-1] - T), []
    for l in reversed(range(len(params))):
        dW = weights(delta, A[l]) if weights else delta.T @ A[l]
        grads.insert(0, (dW, biases(delta) if biases else delta.sum(axis=0)))
        if l > 0:
            back = step(delta, params[l][0]) if step else delta @ params[l][0]
            delta = back * (gain(A[l], Zs[l - 1]) if gain else A[l] * (1 - A[l]))
    return grads


def _back_no_gain(X, T, params):
    """Forgot σ′ on the way back."""
    return _back(X, T, params, gain=lambda A, Z: 1)


def _back_gain_is_sigma(X, T, params):
    """Took σ for σ′: times a."""
    return _back(X, T, params, gain=lambda A, Z: A)


def _back_gain_of_z(X, T, params):
    """z(1 − z): put Z where A belongs."""
    return _back(X, T, params, gain=lambda A, Z: Z * (1 - Z))


def _back_gain_of_squashed_a(X, T, params):
    """Gave A to hidden_delta where it wants Z."""
    return _back(X, T, params, gain=lambda A, Z: _sigmoid_2(A) * (1 - _sigmoid_2(A)))


def _back_tanh_gain(X, T, params):
    """The slope of tanh, 1 − a²."""
    return _back(X, T, params, gain=lambda A, Z: 1 - A**2)


def _back_gain_at_the_output(X, T, params):
    """y(1 − y) at the output too, as for σ with the squared error."""
    return _back(X, T, params, start=lambda Y, T: (Y - T) * Y * (1 - Y))


def _back_sign(X, T, params):
    """t − y, as in “target minus output”."""
    return _back(X, T, params, start=lambda Y, T: T - Y)


def _back_twice(X, T, params):
    """2(y − t), from the squared error."""
    return _back(X, T, params, start=lambda Y, T: 2 * (Y - T))


def _back_from_the_loss(X, T, params):
    """Began with −t/y, the slope with respect to y, and left softmax's Jacobian out."""
    return _back(X, T, params, start=lambda Y, T: -T / np.maximum(Y, 1e-300))


def _back_hard_answer(X, T, params):
    """Compared the answer (argmax) with t instead of the probabilities."""
    return _back(X, T, params, start=lambda Y, T: np.eye(Y.shape[1])[Y.argmax(axis=1)] - T)


def _back_hard_targets(X, T, params):
    """Made the targets one-hot first: soft ones are lost."""
    return _back(X, T, params, start=lambda Y, T: Y - np.eye(Y.shape[1])[T.argmax(axis=1)])


def _back_only_at_the_label(X, T, params):
    """δ only at the right class: (y − t) where t is not 0."""
    return _back(X, T, params, start=lambda Y, T: (Y - T) * (T > 0))


def _back_mean(X, T, params):
    """Divided by the batch's size: the mean loss."""
    return _back(X, T, params, start=lambda Y, T: (Y - T) / len(T))


def _back_mean_of_all_entries(X, T, params):
    """Divided by all the entries of T, as a mean() of the table does."""
    return _back(X, T, params, start=lambda Y, T: (Y - T) / T.size)


def _back_bias_mean(X, T, params):
    """The sum for W and the mean for b."""
    return _back(X, T, params, biases=lambda delta: delta.mean(axis=0))


def _back_bias_one_number(X, T, params):
    """Forgot axis=0: one number for all biases of a layer."""
    return _back(X, T, params, biases=lambda delta: delta.sum())


def _back_bias_kept(X, T, params):
    """keepdims: biases of shape (1, out)."""
    return _back(X, T, params, biases=lambda delta: delta.sum(axis=0, keepdims=True))


def _back_bias_left_as_delta(X, T, params):
    """Did not sum δ for b."""
    return _back(X, T, params, biases=lambda delta: delta)


def _back_turned(X, T, params):
    """W.T on the way back, after the formula for one example."""
    return _back(X, T, params, step=lambda delta, W: delta @ W.T)


def _back_keras_layout(X, T, params):
    """dW as (in, out)."""
    return _back(X, T, params, weights=lambda delta, A: A.T @ delta)


def _back_last_first(X, T, params):
    """Appended, and forgot to turn the list round."""
    return _back(X, T, params)[::-1]


def _back_flat(X, T, params):
    """A flat list dW1, db1, dW2, db2, …."""
    return [array for pair in _back(X, T, params) for array in pair]


def _back_two_lists(X, T, params):
    """All dW in one list and all db in another."""
    grads = _back(X, T, params)
    return [dW for dW, _ in grads], [db for _, db in grads]


def _back_swapped_pairs(X, T, params):
    """Pairs as (db, dW)."""
    return [(db, dW) for dW, db in _back(X, T, params)]


def _back_weights_only(X, T, params):
    """Only dW, no db."""
    return [dW for dW, _ in _back(X, T, params)]


def _back_dict(X, T, params):
    """A dict with names, as in another course."""
    return {f"dW{l}": dW for l, (dW, _) in enumerate(_back(X, T, params), 1)}


def _back_one_array(X, T, params):
    """One long vector of all slopes."""
    return np.concatenate([array.ravel() for pair in _back(X, T, params) for array in pair])


def _back_forward_only(X, T, params):
    """Half finished: returns the outputs and the activations."""
    return _pass(X, params)


def _back_last_layer_only(X, T, params):
    """Half finished: the last layer's pair, zeros elsewhere."""
    grads = _back(X, T, params)
    return [(0 * W, 0 * b) for W, b in params[:-1]] + grads[-1:]


def _back_two_layers(X, T, params):
    """Written for one hidden layer, as in the digits example."""
    (W1, b1), (W2, b2) = params
    A1 = _sigmoid_2(X @ W1.T + b1)
    D2 = _softmax_2(A1 @ W2.T + b2) - T
    D1 = (D2 @ W2) * A1 * (1 - A1)
    return [(D1.T @ X, D1.sum(axis=0)), (D2.T @ A1, D2.sum(axis=0))]


def _back_three_layers(X, T, params):
    """Written for the lecture's three layers."""
    (W1, b1), (W2, b2), (W3, b3) = params
    A1 = _sigmoid_2(X @ W1.T + b1)
    A2 = _sigmoid_2(A1 @ W2.T + b2)
    D3 = _softmax_2(A2 @ W3.T + b3) - T
    D2 = (D3 @ W3) * A2 * (1 - A2)
    D1 = (D2 @ W2) * A1 * (1 - A1)
    return [(D1.T @ X, D1.sum(axis=0)), (D2.T @ A1, D2.sum(axis=0)), (D3.T @ A2, D3.sum(axis=0))]


def _back_sigmoid_output(X, T, params):
    """σ at the output too, no softmax; δ = y − t."""
    A = [X]
    for W, b in params:
        A.append(_sigmoid_2(A[-1] @ W.T + b))
    delta, grads = A[-1] - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
        delta = (delta @ params[l][0]) * A[l] * (1 - A[l])
    return grads


def _back_no_sigmoid_inside(X, T, params):
    """Forgot σ on the way forward: hidden layers are linear, but the gain is there."""
    A, Zs = [X], []
    for W, b in params:
        Zs.append(A[-1] @ W.T + b)
        A.append(Zs[-1])
    delta, grads = _softmax_2(Zs[-1]) - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
        if l > 0:
            delta = _hidden_delta(delta, params[l][0], Zs[l - 1])
    return grads


def _back_no_bias(X, T, params):
    """Forgot + b on the way forward."""
    return _back(X, T, [(W, 0 * b) for W, b in params])


def _back_softmax_over_the_batch(X, T, params):
    """softmax along axis 0, over the examples."""
    A, Zs = _pass(X, params)
    e = np.exp(Zs[-1] - Zs[-1].max(axis=0))
    Y = e / e.sum(axis=0)
    return _back(X, T, params, start=lambda _, T: Y - T)


def _back_naive_exponentials(X, T, params):
    """The textbook's 1 / (1 + e^−z) and e^z / Σ e^z, which overflow."""
    with np.errstate(all="ignore"):
        A = [X]
        for W, b in params[:-1]:
            A.append(1 / (1 + np.exp(-(A[-1] @ W.T + b))))
        W, b = params[-1]
        e = np.exp(A[-1] @ W.T + b)
        delta, grads = e / e.sum(axis=1, keepdims=True) - T, []
        for l in reversed(range(len(params))):
            grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
            delta = (delta @ params[l][0]) * A[l] * (1 - A[l])
    return grads


def _back_slopes_of_z(X, T, params):
    """Used Z in place of A for the slopes of W: what enters is taken before σ."""
    A, Zs = _pass(X, params)
    entered = [X, *Zs[:-1]]
    delta, grads = A[-1] - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ entered[l], delta.sum(axis=0)))
        if l > 0:
            delta = _hidden_delta(delta, params[l][0], Zs[l - 1])
    return grads


def _back_x_enters_everywhere(X, T, params):
    """X taken for what enters every layer."""
    A, Zs = _pass(X, params)
    delta, grads = A[-1] - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ X, delta.sum(axis=0)))
        if l > 0:
            delta = _hidden_delta(delta, params[l][0], Zs[l - 1])
    return grads


def _back_index_one_late(X, T, params):
    """A[l + 1] for A[l]: what leaves the layer, not what enters."""
    A, Zs = _pass(X, params)
    delta, grads = A[-1] - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ A[l + 1], delta.sum(axis=0)))
        if l > 0:
            delta = _hidden_delta(delta, params[l][0], Zs[l - 1])
    return grads


def _back_own_z(X, T, params):
    """Z of layer l itself, not of the one before it."""
    A, Zs = _pass(X, params)
    delta, grads = A[-1] - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
        if l > 0:
            delta = _hidden_delta(delta, params[l][0], Zs[l])
    return grads


def _back_own_w(X, T, params):
    """W of the layer before, not of layer l."""
    A, Zs = _pass(X, params)
    delta, grads = A[-1] - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
        if l > 0:
            delta = _hidden_delta(delta, params[l - 1][0], Zs[l - 1])
    return grads


def _back_delta_never_moves(X, T, params):
    """Computed the hidden δ under another name, and went on with the old one."""
    A, Zs = _pass(X, params)
    delta, grads = A[-1] - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
        if l > 0:
            delta_before = _hidden_delta(delta, params[l][0], Zs[l - 1])
    return grads


def _back_stops_early(X, T, params):
    """range(len(params) - 1, 0, -1): the first layer is left out."""
    A, Zs = _pass(X, params)
    delta, grads = A[-1] - T, []
    for l in range(len(params) - 1, 0, -1):
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
        delta = _hidden_delta(delta, params[l][0], Zs[l - 1])
    return grads


def _back_no_if(X, T, params):
    """Left out the `if l > 0`, with Zs[l - 1] = Zs[-1] at the end: ends in an error, or goes by luck."""
    A, Zs = _pass(X, params)
    delta, grads = A[-1] - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
        delta = _hidden_delta(delta, params[l][0], Zs[l - 1])
    return grads


def _back_updates_at_once(X, T, params):
    """Made the step in the same loop, W before δ goes back through it (on copies)."""
    params = [(W.copy(), b.copy()) for W, b in params]
    A, Zs = _pass(X, params)
    delta, grads = A[-1] - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
        W, b = params[l]
        W -= 0.1 * grads[0][0]
        b -= 0.1 * grads[0][1]
        if l > 0:
            delta = _hidden_delta(delta, W, Zs[l - 1])
    return grads


def _back_gives_the_stepped(X, T, params):
    """Took the gradient for the new parameters: θ − 0.1 · slope."""
    return [(W - 0.1 * dW, b - 0.1 * db) for (W, b), (dW, db) in zip(params, _back(X, T, params))]


def _back_steps_in_place(X, T, params):
    """A right gradient, but the caller's params make a step."""
    grads = _back(X, T, params)
    for (W, b), (dW, db) in zip(params, grads):
        W -= 0.1 * dW
        b -= 0.1 * db
    return grads


def _back_grads_into_params(X, T, params):
    """Filled the caller's arrays with the gradient."""
    grads = _back(X, T, params)
    for (W, b), (dW, db) in zip(params, grads):
        W[...], b[...] = dW, db
    return params


_grads_outside = []


def _back_list_outside(X, T, params):
    """The list of results stands outside the function and grows with every call."""
    for pair in reversed(_back(X, T, params)):
        _grads_outside.insert(0, pair)
    return list(_grads_outside)


def _back_shared_default(X, T, params, grads=[]):  # noqa: B006
    """A list as a default value: the second call still holds the first one's pairs."""
    for pair in reversed(_back(X, T, params)):
        grads.insert(0, pair)
    return grads[:]


def _back_wiggles(X, T, params, h=1e-5):
    """Wiggles every parameter instead of going back."""

    def loss(params):
        Y = _pass(X, params)[0][-1]
        return -(T * np.log(np.maximum(Y, 1e-300))).sum()

    grads = []
    for k in range(len(params)):
        pair = []
        for which in (0, 1):
            array = params[k][which]
            slopes = np.zeros_like(array)
            for i in np.ndindex(array.shape):
                moved = [[W.copy(), b.copy()] for W, b in params]
                moved[k][which][i] += h
                above = loss(moved)
                moved[k][which][i] -= 2 * h
                slopes[i] = (above - loss(moved)) / (2 * h)
            pair.append(slopes)
        grads.append(tuple(pair))
    return grads


def _back_generator(X, T, params):
    """yield for return."""
    yield from _back(X, T, params)


def _back_first_example(X, T, params):
    """Only the first example of the batch."""
    return _back(X[:1], T[:1], params)


def _back_mean_of_inputs(X, T, params):
    """Averaged the batch before the forward pass."""
    return _back(X.mean(axis=0, keepdims=True), T.mean(axis=0, keepdims=True), params)


def _back_per_example(X, T, params):
    """A list of gradients, one for each example, not summed."""
    return [_back(X[n : n + 1], T[n : n + 1], params) for n in range(len(X))]


def _back_single_pair_as_layers(X, T, params):
    """Unpacked params as (Ws, bs)."""
    Ws, bs = params
    return _back(X, T, list(zip(Ws, bs)))


def _back_loss_too(X, T, params):
    """Gave back the loss with the gradient, as frameworks do."""
    A, _ = _pass(X, params)
    return -(T * np.log(np.maximum(A[-1], 1e-300))).sum(), _back(X, T, params)


def _back_gain_only_once(X, T, params):
    """σ′ only in the last hidden layer; written as if two layers were all."""
    A, Zs = _pass(X, params)
    delta, grads = A[-1] - T, []
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
        if l > 0:
            delta = delta @ params[l][0]
            if l == len(params) - 1:
                delta = delta * A[l] * (1 - A[l])
    return grads


def _back_clipped(X, T, params):
    """Clips the gradient to ±1, which somebody had recommended."""
    return [(np.clip(dW, -1, 1), np.clip(db, -1, 1)) for dW, db in _back(X, T, params)]


def _back_weight_decay(X, T, params):
    """Added a little weight decay."""
    return [(dW + 1e-3 * W, db) for (W, _), (dW, db) in zip(params, _back(X, T, params))]


def _back_single_precision(X, T, params):
    """float32, as frameworks use it."""
    params = [(W.astype(np.float32), b.astype(np.float32)) for W, b in params]
    return _back(X.astype(np.float32), T.astype(np.float32), params)


def _back_mean_and_sign(X, T, params):
    """Two mistakes: t − y, and the mean."""
    return _back(X, T, params, start=lambda Y, T: (T - Y) / len(T))


def _back_no_gain_and_mean(X, T, params):
    """Two mistakes: no σ′, and the mean."""
    return _back(X, T, params, start=lambda Y, T: (Y - T) / len(T), gain=lambda A, Z: 1)


def _back_last_first_and_no_gain(X, T, params):
    """Two mistakes: the wrong order, and no σ′."""
    return _back_no_gain(X, T, params)[::-1]


WRONG = {
    "weight_gradient": [
        (_turned, "transposed"),
        (_mean, "mean over the examples"),
        (_outer_of_sums, "sums then the outer product"),
        (_outer_of_first, "the first example only"),
        (_last_example, "the last example only"),
        (_three_axes, "one table for each example"),
        (_outer_of_all, "all examples in one outer product"),
        (_no_turn, "nothing transposed"),
        (_wrong_one_turned, "A transposed not δ"),
        (_with_slope, "a slope too many"),
        (_minus, "sign"),
        _entrywise,
        _mean_and_turned,
        (_keras_layout, "transposed"),
        (_weights_meaned, "mean over the examples"),
        _weights_by_mean_of_two,
        (_weights_sums_first, "sums then the outer product"),
        (_weights_first_example, "the first example only"),
        (_weights_last_example, "the last example only"),
        (_weights_returned_in_the_loop, "the first example only"),
        (_weights_stack, "one table for each example"),
        _weights_stack_summed_over_the_wrong_axis,
        (_weights_nothing_turned, "nothing transposed"),
        (_weights_the_other_turned, "A transposed not δ"),
        (_weights_times, "entry by entry"),
        (_weights_outer_of_all, "all examples in one outer product"),
        (_weights_list_of_tables, "one table for each example"),
        (_weights_downhill, "sign"),
        (_weights_with_gain, "a slope too many"),
        (_weights_squashed, "squashed once more"),
        _weights_with_bias_column,
        (_weights_loop_with_swapped_indices, "transposed"),
        _weights_loop_from_one,
        _weights_integers,
        _weights_collect_for_ever,
        _weights_printed,
        _weights_mean_and_turned,
        _weights_turned_and_downhill,
        _weights_rounded,
        _weights_writes_into_delta,
    ],
    "bias_gradient": [
        (_not_added, "not summed"),
        (_bias_mean, "mean over the examples"),
        (_over_neurons, "wrong axis"),
        (_everything, "everything in one number"),
        (_first_of_batch, "the first example only"),
        (_row, "a row of one"),
        (_ones, "what enters without δ"),
        (_count, "what enters summed without δ"),
        (_absolute_sum, "without signs"),
        _builtin_max,
        (_step, "sign"),
        (_column, "a column"),
        _mean_over_neurons,
        (_biases_rows, "wrong axis"),
        (_biases_all, "everything in one number"),
        (_biases_mean, "mean over the examples"),
        (_biases_kept_row, "a row of one"),
        (_biases_column, "a column"),
        (_biases_first, "the first example only"),
        (_biases_delta_itself, "not summed"),
        _biases_squeezed,
        (_biases_ones_wrong_side, "wrong axis"),
        (_biases_python_sum_of_columns, "wrong axis"),
        (_biases_last_axis, "wrong axis"),
        _biases_running,
        (_biases_ones, "what enters without δ"),
        (_biases_number_of_examples, "what enters summed without δ"),
        (_biases_downhill, "sign"),
        _biases_mean_of_rows,
        _biases_mean_kept,
        (_biases_sizes, "without signs"),
        (_biases_loop_forgot_plus, "the last example only"),
        _biases_added_in_place,
        _biases_tuple,
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
        (_norms, "by norms"),
        _smallest,
        _signed_by_a,
        (_apart_absolute, "not relative"),
        (_apart_with_signs, "the sign of the difference kept"),
        (_apart_signs_below, "signs below the line"),
        (_apart_only_a, "relative to a"),
        (_apart_only_b, "relative to b"),
        (_apart_sum_below, "relative to the sum"),
        _apart_mean_below,
        (_apart_floor_added, "floor added"),
        (_apart_floor_coarse, "another floor"),
        (_apart_floor_missing, "no floor"),
        (_apart_nan_to_zero, "another floor"),
        _apart_mean_of_entries,
        _apart_mean_of_largest,
        (_apart_by_array, "one number for each array"),
        (_apart_first_array, "the first array only"),
        (_apart_last_array, "the last array only"),
        _apart_smallest,
        (_apart_one_array, "lists made into one array"),
        _apart_np_max,
        _apart_python_max,
        _apart_maximum_of_three,
        (_apart_largest_over_largest, "relative to the largest entry"),
        (_apart_norms, "by norms"),
        (_apart_smaller_below, "relative to the smaller one"),
        _apart_per_cent,
        _apart_tells_true_or_false,
        _apart_sizes_first,
        (_apart_sum, "sum over the arrays"),
        _apart_capped_at_one,
        _apart_only_where_both,
        _apart_rows,
        _apart_absolute_and_mean,
        _apart_only_b_and_first,
        (_apart_sum_below_no_floor, "relative to the sum"),
    ],
    "backprop": [
        (_averaged, "divided by the number of examples"),
        (_uphill, "sign"),
        (_no_gain, "the gain left out"),
        (_gain_at_output, "an extra slope at the output"),
        (_gain_of_z, "the rule for a applied to z"),
        (_weights_turned, "W transposed on the way back"),
        (_dW_turned, "dW transposed"),
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
        (_back_no_gain, "the gain left out"),
        _back_gain_is_sigma,
        (_back_gain_of_z, "the rule for a applied to z"),
        (_back_gain_of_squashed_a, "σ twice"),
        (_back_tanh_gain, "the slope of tanh"),
        (_back_gain_at_the_output, "an extra slope at the output"),
        (_back_sign, "sign"),
        _back_twice,
        _back_from_the_loss,
        _back_hard_answer,
        _back_hard_targets,
        _back_only_at_the_label,
        (_back_mean, "divided by the number of examples"),
        _back_mean_of_all_entries,
        (_back_bias_mean, "biases averaged"),
        _back_bias_one_number,
        _back_bias_kept,
        (_back_bias_left_as_delta, "biases not summed"),
        (_back_turned, "W transposed on the way back"),
        (_back_keras_layout, "dW transposed"),
        (_back_last_first, "last layer first"),
        (_back_flat, "one flat list"),
        _back_two_lists,
        (_back_swapped_pairs, "biases first"),
        (_back_weights_only, "weights only"),
        _back_dict,
        _back_one_array,
        _back_forward_only,
        _back_last_layer_only,
        _back_two_layers,
        (_back_three_layers, "three layers only"),
        (_back_sigmoid_output, "σ at the output"),
        (_back_no_sigmoid_inside, "no σ in the forward pass"),
        (_back_no_bias, "no bias in the forward pass"),
        (_back_softmax_over_the_batch, "softmax across the examples"),
        (_back_slopes_of_z, "z kept in place of a"),
        (_back_x_enters_everywhere, "X in every layer"),
        (_back_index_one_late, "what leaves the layer"),
        (_back_own_z, "the gain of the layer after"),
        (_back_own_w, "the weights of another layer"),
        _back_delta_never_moves,
        (_back_stops_early, "the first layer missing"),
        (_back_no_if, "one step too many"),
        (_back_updates_at_once, "δ through updated weights"),
        (_back_gives_the_stepped, "parameters after a step"),
        (_back_steps_in_place, "params changed"),
        (_back_grads_into_params, "params changed"),
        (_back_list_outside, "the list grows from call to call"),
        (_back_shared_default, "the list grows from call to call"),
        (_back_wiggles, "by wiggling"),
        _back_generator,
        _back_first_example,
        _back_mean_of_inputs,
        _back_per_example,
        _back_single_pair_as_layers,
        _back_loss_too,
        _back_gain_only_once,
        _back_clipped,
        _back_weight_decay,
        _back_single_precision,
        _back_mean_and_sign,
        _back_no_gain_and_mean,
        _back_last_first_and_no_gain,
    ],
}
