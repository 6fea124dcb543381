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


def _reshaped_by_columns(params):
    """reshape with order='F': rows and columns mixed."""
    return [a for W, b in params for a in (W.reshape(W.shape[::-1], order="F"), b)]


def _flat_arrays(params):
    """Took "flat" for flat arrays."""
    return [a for W, b in params for a in (W.T.ravel(), b)]


def _rows_one_by_one(params):
    """arrays += W.T: the list grows by the rows, not by the array."""
    arrays = []
    for W, b in params:
        arrays += list(W.T)
        arrays.append(b)
    return arrays


def _numbers_one_by_one(params):
    """extend for both: rows and the numbers of b."""
    arrays = []
    for W, b in params:
        arrays.extend(W.T)
        arrays.extend(b)
    return arrays


def _last_not_turned(params):
    """Turned the hidden layers, the last one as it is."""
    *hidden, (W, b) = params
    return [a for V, c in hidden for a in (V.T, c)] + [W, b]


def _two_layers(params):
    """Wrote out two layers."""
    (W1, b1), (W2, b2) = params[0], params[-1]
    return [W1.T, b1, W2.T, b2]


_arrays = []


def _list_outside(params):
    """The list lives outside and grows from call to call."""
    for W, b in params:
        _arrays.extend([W.T, b])
    return _arrays


def _one_at_a_time(params):
    """A generator."""
    for W, b in params:
        yield W.T
        yield b


def _shown(params):
    """Prints them."""
    for W, b in params:
        print(W.T, b)


def _whole_numbers(params):
    """Cast to whole numbers, as the example has them."""
    return [a.astype(int) for W, b in params for a in (W.T, b)]


def _float16(params):
    """Half precision, to save memory."""
    return [a.astype(np.float16) for W, b in params for a in (W.T, b)]


def _reshaped_and_bias_first(params):
    """Two at once: reshape, and the bias first."""
    return [a for W, b in params for a in (b, W.reshape(W.shape[::-1]))]


def _apart_and_as_they_are(params):
    """Two at once: all W, then all b, nothing turned."""
    return [W for W, _ in params] + [b for _, b in params]


WRONG = {
    "to_keras_layout": [
        (_as_it_is, "W not transposed"),
        (_reshaped, "W reshaped"),
        (_pairs, "pairs in the list"),
        (_bias_first, "bias before the weights"),
        (_kernels_then_biases, "all weights and then all biases"),
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
        _reshaped_by_columns,
        (_flat_arrays, "kernels flattened"),
        (_rows_one_by_one, "kernels taken apart"),
        (_numbers_one_by_one, "kernels taken apart"),
        _last_not_turned,
        _two_layers,
        _list_outside,
        _one_at_a_time,
        _shown,
        _whole_numbers,
        _float16,
        _reshaped_and_bias_first,
        _apart_and_as_they_are,
    ],
}
