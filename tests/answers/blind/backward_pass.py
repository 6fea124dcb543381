"""Wrong answers to 3c."""

import numpy as np


def _sigmoid(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def _slope(z):
    return _sigmoid(z) * (1 - _sigmoid(z))


def _softmax(Z):
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _target_first(Y, T):
    """T − Y."""
    return T - Y


def _averaged(Y, T):
    """Divided by the batch."""
    return (Y - T) / len(Y)


def _slope_along_y(Y, T):
    """∂C/∂y, −t/y: one station too early."""
    return -T / Y


def _with_gain(Y, T):
    """Times y (1 − y), as in a sigmoid layer."""
    return (Y - T) * Y * (1 - Y)


def _softmax_again(Y, T):
    """Softmax applied once more."""
    return _softmax(Y) - T


def _absolute(Y, T):
    """|Y − T|."""
    return np.abs(Y - T)


def _twice(Y, T):
    """2 (Y − T), from squares."""
    return 2 * (Y - T)


def _square(Y, T):
    """(Y − T)²."""
    return (Y - T) ** 2


def _at_the_target_only(Y, T):
    """Only where the target is."""
    return (Y - T) * (T > 0)


def _hard_target(Y, T):
    """Makes the soft target hard."""
    return Y - np.eye(T.shape[1])[T.argmax(axis=1)]


def _weighted(Y, T):
    """T (Y − 1): own class only."""
    return T * (Y - 1)


def _added_up(Y, T):
    """Added over the batch."""
    return (Y - T).sum(axis=0)


def _mean_over_classes(Y, T):
    """Divided by the number of classes."""
    return (Y - T) / Y.shape[1]


def _in_place(Y, T):
    """Y −= T."""
    Y -= T
    return Y


def _first_row(Y, T):
    """One example only."""
    return Y[0] - T[0]


def _loss(Y, T):
    """The cross-entropy itself."""
    return -(T * np.log(Y)).sum(axis=1)


def _swapped_and_averaged(Y, T):
    """Two slips: T − Y, and averaged."""
    return (T - Y) / len(Y)


def _transposed_weights(delta_next, W_next, Z):
    """W.T, as forward."""
    return (delta_next @ W_next.T) * _slope(Z)


def _no_gain(delta_next, W_next, Z):
    """No σ′."""
    return delta_next @ W_next


def _gain_of_a(delta_next, W_next, Z):
    """Takes Z for A: Z (1 − Z)."""
    return (delta_next @ W_next) * Z * (1 - Z)


def _gain_twice(delta_next, W_next, Z):
    """σ′(σ(z))."""
    return (delta_next @ W_next) * _slope(_sigmoid(Z))


def _sigma_for_gain(delta_next, W_next, Z):
    """σ for σ′."""
    return (delta_next @ W_next) * _sigmoid(Z)


def _gain_added(delta_next, W_next, Z):
    """Adds σ′."""
    return delta_next @ W_next + _slope(Z)


def _gain_of_what_comes_back(delta_next, W_next, Z):
    """σ′ of the sum that comes back: a forward neuron."""
    return _slope(delta_next @ W_next)


def _forward(delta_next, W_next, Z):
    """σ of what comes back."""
    return _sigmoid(delta_next @ W_next)


def _gain_before_the_wires(delta_next, W_next, Z):
    """The gain on the wrong side of the weights."""
    return (delta_next * _slope(Z @ W_next.T)) @ W_next


def _summed_over_batch(delta_next, W_next, Z):
    """Adds all examples."""
    return ((delta_next @ W_next) * _slope(Z)).sum(axis=0)


def _averaged_back(delta_next, W_next, Z):
    """Divides by N again."""
    return (delta_next @ W_next) * _slope(Z) / len(Z)


def _one_gain_for_all(delta_next, W_next, Z):
    """The gains of the first example for all."""
    return (delta_next @ W_next) * _slope(Z)[0]


def _matrix_gain(delta_next, W_next, Z):
    """@ for the gain."""
    return (delta_next @ W_next) @ _slope(Z).T


def _one_example(delta_next, W_next, Z):
    """W.T @ δ, for a single vector."""
    return _slope(Z[0]) * (W_next.T @ delta_next[0])


def _columns(delta_next, W_next, Z):
    """Column convention, not turned back."""
    return (W_next.T @ delta_next.T) * _slope(Z).T


def _minus(delta_next, W_next, Z):
    """A minus sign."""
    return -(delta_next @ W_next) * _slope(Z)


def _quarter(delta_next, W_next, Z):
    """The largest gain, ¼, everywhere."""
    return (delta_next @ W_next) / 4


def _tanh(delta_next, W_next, Z):
    """tanh's gain."""
    return (delta_next @ W_next) * (1 - np.tanh(Z) ** 2)


def _no_gain_and_transposed(delta_next, W_next, Z):
    """Two slips: W.T, and no gain."""
    return delta_next @ W_next.T


def _in_place_back(delta_next, W_next, Z):
    """Turns Z into the gains in place."""
    Z[...] = _slope(Z)
    return (delta_next @ W_next) * Z


def _losses(Y, T):
    """The loss of each example's classes, not its slope."""
    return -T * np.log(Y)


def _binary(Y, T):
    """(y − t) / (y(1 − y)): the twin's ∂C/∂y."""
    return (Y - T) / (Y * (1 - Y))


def _over_classes(Y, T):
    """Mean over classes too."""
    return (Y - T) / Y.size


def _labels_subtracted(Y, T):
    """T turned into labels first, then subtracted from every row."""
    return Y - T.argmax(axis=1)[:, None]


def _filled_in_the_targets_kind(Y, T):
    """Wrote into np.zeros_like(T): with whole numbers in T every δ is cut down."""
    delta = np.zeros_like(T)
    for n in range(len(Y)):
        for k in range(Y.shape[1]):
            delta[n, k] = Y[n, k] - T[n, k]
    return delta


def _shown(Y, T):
    """Prints δ."""
    print(Y - T)


def _centred(Y, T):
    """Subtracted 1 everywhere: y − Σt."""
    return Y - T.sum(axis=1, keepdims=True)


def _minus_log(Y, T):
    """log y − t."""
    return np.log(Y) - T


def _turned(Y, T):
    """One example a column."""
    return (Y - T).T


def _sign_and_in_place(Y, T):
    """Two at once: Y -= T in Y itself, and the sign turned."""
    Y -= T
    return -Y


def _gain_before_the_sum(delta_next, W_next, Z):
    """Multiplied by the gain before the weights."""
    return (delta_next * _slope(Z)) @ W_next


def _brackets_missing(delta_next, W_next, Z):
    """delta_next @ (W_next * σ'(Z)): the gain on the weights, row by row."""
    return delta_next @ (W_next * _slope(Z))


def _first_example_for_all(delta_next, W_next, Z):
    """The first example's δ with everybody's gains."""
    return (delta_next[0] @ W_next) * _slope(Z)


def _reshaped(delta_next, W_next, Z):
    """Made W fit with reshape, as a forward layer wants it."""
    return (delta_next @ W_next.T.reshape(W_next.shape)) * _slope(Z)


def _slope_too_early(delta_next, W_next, Z):
    """a · δ: multiplied by what the layer says, not by its gain's two factors."""
    a = _sigmoid(Z)
    return (delta_next @ W_next) * a * a


def _brackets_in_the_gain(delta_next, W_next, Z):
    """back * a * 1 - a."""
    a = _sigmoid(Z)
    return (delta_next @ W_next) * a * 1 - a


def _neurons_of_the_next(delta_next, W_next, Z):
    """Looped over the next layer's neurons in place of this one's."""
    out = np.zeros(Z.shape)
    for j in range(min(len(W_next), Z.shape[1])):
        out[:, j] = _slope(Z[:, j]) * (delta_next @ W_next[:, j])
    return out


def _last_term_only(delta_next, W_next, Z):
    """= where += belongs: only the last wire counts."""
    out = np.zeros(Z.shape)
    for j in range(Z.shape[1]):
        for i in range(len(W_next)):
            out[:, j] = _slope(Z[:, j]) * W_next[i, j] * delta_next[:, i]
    return out


def _filled_in_whole_numbers(delta_next, W_next, Z):
    """Wrote into np.zeros_like(Z): with whole numbers in Z every δ is cut to 0."""
    out = np.zeros_like(Z)
    for n in range(len(Z)):
        for j in range(Z.shape[1]):
            out[n, j] = _slope(Z[n, j]) * (delta_next[n] @ W_next[:, j])
    return out


def _weights_and_deltas_apart(delta_next, W_next, Z):
    """Σ W times Σ δ."""
    return _slope(Z) * W_next.sum(axis=0) * delta_next.sum(axis=1, keepdims=True)


def _turned_where_square(delta_next, W_next, Z):
    """Turned W whenever the shapes allowed it."""
    W = W_next.T if W_next.shape[0] == W_next.shape[1] else W_next
    return (delta_next @ W) * _slope(Z)


def _a_and_mean(delta_next, W_next, Z):
    """Two at once: σ for σ', and divided by N."""
    return (delta_next @ W_next) * _sigmoid(Z) / len(Z)


def _forward_and_gain_at_a(delta_next, W_next, Z):
    """Two at once: W.T, and the gain at a."""
    return (delta_next @ W_next.T) * _slope(_sigmoid(Z))


def _list_of_rows(delta_next, W_next, Z):
    """δ of each example, and of all: one list of two."""
    return [delta_next @ W_next, _slope(Z)]


WRONG = {
    "output_delta": [
        (_target_first, "sign"),
        (_averaged, "divided by the number of examples"),
        (_slope_along_y, "stopped at y"),
        (_with_gain, "an extra slope"),
        (_softmax_again, "softmax twice"),
        (_absolute, "without sign"),
        (_twice, "twice as much"),
        (_square, "squared"),
        (_at_the_target_only, "only where t is above 0"),
        (_hard_target, "one class only"),
        (_weighted, "through its own y only"),
        (_added_up, "summed over the examples"),
        (_mean_over_classes, "divided by the number of classes"),
        (_in_place, "Y changed in place"),
        (_first_row, "the first example only"),
        _loss,
        _swapped_and_averaged,
        (_losses, "the loss in place of its slope"),
        (_binary, "stopped at y of the binary cross entropy"),
        (_over_classes, "divided by the number of entries"),
        _labels_subtracted,
        _filled_in_the_targets_kind,
        _shown,
        _centred,
        _minus_log,
        _turned,
        _sign_and_in_place,
    ],
    "hidden_delta": [
        (_transposed_weights, "W transposed"),
        (_no_gain, "the gain left out"),
        (_gain_of_a, "the rule for a applied to z"),
        (_gain_twice, "σ twice"),
        (_sigma_for_gain, "σ in place of its slope"),
        (_gain_added, "added"),
        (_gain_of_what_comes_back, "the slope at what comes back"),
        (_forward, "squashed on the way back"),
        _gain_before_the_wires,
        (_summed_over_batch, "summed over the examples"),
        (_averaged_back, "divided by the number of examples"),
        (_one_gain_for_all, "gains of the first example for all"),
        _matrix_gain,
        (_one_example, "the first example only"),
        (_columns, "examples as columns"),
        (_minus, "sign"),
        _quarter,
        (_tanh, "the slope of tanh"),
        _no_gain_and_transposed,
        _in_place_back,
        (_gain_before_the_sum, "the gain on the wrong side"),
        (_brackets_missing, "the gains on the weights"),
        _first_example_for_all,
        _reshaped,
        _slope_too_early,
        _brackets_in_the_gain,
        _neurons_of_the_next,
        (_last_term_only, "the last wire only"),
        _filled_in_whole_numbers,
        _weights_and_deltas_apart,
        (_turned_where_square, "W transposed where square"),
        _a_and_mean,
        _forward_and_gain_at_a,
        _list_of_rows,
    ],
}
