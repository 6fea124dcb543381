"""Wrong answers to 4a."""

import numpy as np


def _as_it_is(params):
    """Not transposed."""
    return [array for pair in params for array in pair]


def _reshaped(params):
    """reshape for transpose."""
    return [array for W, b in params for array in (W.reshape(W.shape[::-1]), b)]


def _pairs(params):
    """Pairs, not flat."""
    return [(W.T, b) for W, b in params]


def _bias_first(params):
    """Bias, kernel."""
    return [array for W, b in params for array in (b, W.T)]


def _kernels_then_biases(params):
    """All kernels, then all biases."""
    return [W.T for W, _ in params] + [b for _, b in params]


def _no_biases(params):
    """Kernels only."""
    return [W.T for W, _ in params]


def _first_layer(params):
    """The first layer only."""
    W, b = params[0]
    return [W.T, b]


def _backwards(params):
    """Last layer first."""
    return [array for W, b in params[::-1] for array in (W.T, b)]


def _bias_as_row(params):
    """b as (1, out)."""
    return [array for W, b in params for array in (W.T, b[None, :])]


def _bias_as_column(params):
    """b as (out, 1)."""
    return [array for W, b in params for array in (W.T, b[:, None])]


def _bias_in_the_kernel(params):
    """One array a layer, the bias as its last row."""
    return [np.vstack([W.T, b]) for W, b in params]


def _only_where_needed(params):
    """Leaves square ones, "which fit already"."""
    return [array for W, b in params for array in (W if W.shape[0] == W.shape[1] else W.T, b)]


def _rotated(params):
    """rot90 for transpose."""
    return [array for W, b in params for array in (np.rot90(W), b)]


def _list_in_place(params):
    """Rewrites the caller's list."""
    for l, (W, b) in enumerate(params):
        params[l] = (W.T, b)
    return [array for pair in params for array in pair]


def _first_transposed_only(params):
    """Transposes the first layer only."""
    return [array for l, (W, b) in enumerate(params) for array in (W.T if l == 0 else W, b)]


def _one_long_vector(params):
    """All numbers in a row."""
    return np.concatenate([np.ravel(array) for W, b in params for array in (W.T, b)])


def _dictionary(params):
    """A dictionary by name."""
    return {f"layer{l}": [W.T, b] for l, (W, b) in enumerate(params)}


def _pairs_and_not_transposed(params):
    """Two slips: pairs, and not transposed."""
    return [[W, b] for W, b in params]


WRONG = {
    "to_keras_layout": [
        (_as_it_is, "W not transposed"),
        (_reshaped, "reshaped, not transposed"),
        (_pairs, "pairs in the list"),
        (_bias_first, "bias before the weights"),
        (_kernels_then_biases, "all weights, then all biases"),
        (_no_biases, "no biases"),
        (_first_layer, "the first layer only"),
        (_backwards, "the last layer first"),
        (_bias_as_row, "bias as a row of a table"),
        (_bias_as_column, "bias as a column"),
        (_bias_in_the_kernel, "bias inside the kernel"),
        (_only_where_needed, "square layers left as they are"),
        _rotated,
        _list_in_place,
        _first_transposed_only,
        (_one_long_vector, "one long array"),
        _dictionary,
        _pairs_and_not_transposed,
    ],
}
