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
        _at_the_target_only,
        (_hard_target, "one class only"),
        (_weighted, "by the own output only"),
        (_added_up, "summed over the examples"),
        (_mean_over_classes, "divided by the number of classes"),
        (_in_place, "Y changed in place"),
        _first_row,
        _loss,
        _swapped_and_averaged,
    ],
    "hidden_delta": [
        (_transposed_weights, "W turned the wrong way"),
        (_no_gain, "the gain left out"),
        (_gain_of_a, "the rule for a, applied to z"),
        (_gain_twice, "σ twice"),
        (_sigma_for_gain, "σ in place of σ′"),
        (_gain_added, "added"),
        (_gain_of_what_comes_back, "the slope at what comes back"),
        (_forward, "squashed on the way back"),
        _gain_before_the_wires,
        (_summed_over_batch, "summed over the examples"),
        (_averaged_back, "divided by the number of examples"),
        (_one_gain_for_all, "the first example's gains for all"),
        _matrix_gain,
        (_one_example, "the first example only"),
        (_columns, "examples as columns"),
        (_minus, "sign"),
        _quarter,
        (_tanh, "the slope of tanh"),
        _no_gain_and_transposed,
        _in_place_back,
    ],
}
