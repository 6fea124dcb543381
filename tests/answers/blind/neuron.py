"""Wrong answers to 1a."""

import math

import numpy as np


def _stable(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def _minus_outside(z):
    """Put the minus in front of the power, not into the exponent."""
    return 1 / (1 - np.exp(z))


def _forgot_one(z):
    """Dropped the 1 in the denominator."""
    return 1 / np.exp(-np.asarray(z, dtype=float))


def _precedence(z):
    """Left out the brackets around the denominator."""
    return 1 / 1 + np.exp(-np.asarray(z, dtype=float))


def _branch_on_a_number(z):
    """An if on z: right for a number, an error for an array."""
    if z >= 0:
        return 1 / (1 + math.exp(-z))
    return math.exp(z) / (1 + math.exp(z))


def _loop_over_one_axis(z):
    """A list comprehension over the entries: neither a number nor a table goes through."""
    return np.array([_stable(float(v)) for v in z])


def _both_sides_swapped(z):
    """np.where with its two cases the wrong way round."""
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, e, 1) / (1 + e)


def _zero_not_counted(z):
    """Treated z = 0 in neither case."""
    e = np.exp(-np.abs(z))
    return (np.asarray(z) > 0) * 1 / (1 + e) + (np.asarray(z) < 0) * e / (1 + e)


def _step_function(z):
    """Took the neuron's threshold for its activation."""
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


def _tanh_of_another_book(z):
    """Another book's squashing function."""
    return np.tanh(z)


def _clipped_at_ten(z):
    """Clipped z far too early to avoid the overflow."""
    return 1 / (1 + np.exp(-np.clip(z, -10, 10)))


def _rounded(z):
    """Rounded to the digits of the worked example."""
    return np.round(_stable(z), 6)


def _warning_switched_off_and_ints_kept(z):
    """Writes into an array like z: whole numbers come out as 0 and 1."""
    out = np.zeros_like(z)
    out[...] = _stable(z)
    return out


def _prints(z):
    """Shows the value instead of returning it."""
    print(_stable(z))


def _returns_both(z):
    """Returns z along with a, as the lesson names both."""
    return z, _stable(z)


def _sign_and_no_brackets(z):
    """Two slips at once: the sign, and the brackets."""
    return 1 / 1 + np.exp(np.minimum(z, 700))


def _derivative(z):
    """Gave the slope instead of the value."""
    return _stable(z) * (1 - _stable(z))


def _bias_forgotten(X, W, b):
    """Weights only."""
    return X @ W.T


def _bias_subtracted(X, W, b):
    """Took the bias for a threshold to be subtracted."""
    return X @ W.T - b


def _columns(X, W, b):
    """W X + b as on the slide, one example a column."""
    return W @ X + b


def _columns_transposed_in(X, W, b):
    """Columns inside, and not turned back at the end."""
    return W @ np.atleast_2d(X).T + b[:, None]


def _always_a_batch(X, W, b):
    """Makes a batch of one out of one example, and returns that."""
    return np.atleast_2d(X) @ W.T + b


def _first_example_only(X, W, b):
    """Puts only the first row of a batch through."""
    x = X[0] if X.ndim == 2 else X
    return W @ x + b


def _with_sigmoid(X, W, b):
    """The whole layer, σ too."""
    return _stable(X @ W.T + b)


def _bias_by_input(X, W, b):
    """Adds each bias once for every input."""
    return np.array([[sum(w * x + bias for w, x in zip(row, example)) for row, bias in zip(W, b)] for example in X])


def _entrywise(X, W, b):
    """Took the product of matrices for * and sums nothing."""
    return X * W + b


def _sums_everything(X, W, b):
    """One number for the whole layer."""
    return np.sum(X @ W.T + b)


def _two_by_three_only(X, W, b):
    """Wrote out the sizes of the example."""
    return np.array([W[i, 0] * X[..., 0] + W[i, 1] * X[..., 1] + W[i, 2] * X[..., 2] + b[i] for i in range(2)])


def _in_place(X, W, b):
    """Adds up in the caller's bias."""
    if X.ndim == 1:
        b += W @ X
        return b
    return X @ W.T + b


def _mean_of_inputs(X, W, b):
    """Averages over the inputs instead of adding."""
    return X @ W.T / X.shape[-1] + b


def _no_transpose_no_bias(X, W, b):
    """Two slips at once: W as it is, and no bias."""
    return X @ W


def _of_a(z):
    """Took what came in for a."""
    return z * (1 - z)


def _of_z(z):
    """σ(z)(1 − z): only half of the way from z to a."""
    return _stable(z) * (1 - np.asarray(z))


def _only_a(z):
    """Returned σ itself."""
    return _stable(z)


def _a_squared(z):
    """a − 1 squared away: a²."""
    return _stable(z) ** 2


def _sign_of_the_slope(z):
    """a(a − 1)."""
    return _stable(z) * (_stable(z) - 1)


def _quotient_rule_half(z):
    """Derived 1/(1 + e⁻ᶻ), and forgot the inner derivative of e⁻ᶻ: −1/(1 + e⁻ᶻ)²."""
    return -1 / (1 + np.exp(-np.clip(z, -700, 700))) ** 2


def _quotient_rule_sign(z):
    """Derived by the quotient rule and lost a sign."""
    return -np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2


def _wide_nudge(z):
    """A difference with a step so wide that three digits are right."""
    return (_stable(np.asarray(z) + 0.1) - _stable(np.asarray(z) - 0.1)) / 0.2


def _one_sided_nudge(z):
    """A one-sided difference with a moderate step."""
    return (_stable(np.asarray(z) + 1e-4) - _stable(z)) / 1e-4


def _forgot_two(z):
    """Divided the two-sided difference by h."""
    return (_stable(np.asarray(z) + 1e-5) - _stable(np.asarray(z) - 1e-5)) / 1e-5


def _always_a_quarter(z):
    """The largest slope everywhere."""
    return np.full(np.shape(z), 0.25)


def _tanh_slope(z):
    """1 − a², the slope of another function."""
    return 1 - _stable(z) ** 2


def _sum_of_slopes(z):
    """Adds the slopes up."""
    return np.sum(_stable(z) * (1 - _stable(z)))


def _overflowing_slope(z):
    """e^z over (1 + e^z)², which needs e¹⁰⁰⁰."""
    e = np.exp(np.asarray(z, dtype=float))
    return e / (1 + e) ** 2


WRONG = {
    "sigmoid": [
        _minus_outside,
        (_forgot_one, "e without the one"),
        (_precedence, "brackets"),
        (_branch_on_a_number, "numbers only"),
        _loop_over_one_axis,
        (_both_sides_swapped, "sign of the exponent"),
        _zero_not_counted,
        (_step_function, "a hard step"),
        (_tanh_of_another_book, "tanh in place of σ"),
        (_clipped_at_ten, "clipped"),
        (_rounded, "rounded"),
        _warning_switched_off_and_ints_kept,
        _prints,
        _returns_both,
        _sign_and_no_brackets,
        (_derivative, "the slope in place of the value"),
    ],
    "affine": [
        (_bias_forgotten, "no bias"),
        (_bias_subtracted, "bias subtracted"),
        (_columns, "one example only"),
        _columns_transposed_in,
        _always_a_batch,
        _first_example_only,
        (_with_sigmoid, "already squashed"),
        _bias_by_input,
        (_entrywise, "product entry by entry"),
        _sums_everything,
        _two_by_three_only,
        _in_place,
        _mean_of_inputs,
        _no_transpose_no_bias,
    ],
    "sigmoid_prime": [
        (_of_a, "the rule for a, applied to z"),
        (_of_z, "z in one of the factors"),
        (_only_a, "the value in place of the slope"),
        (_a_squared, "the derivative left halfway"),
        (_sign_of_the_slope, "sign"),
        _quotient_rule_half,
        (_quotient_rule_sign, "sign"),
        _wide_nudge,
        (_one_sided_nudge, "a nudge to one side"),
        _forgot_two,
        _always_a_quarter,
        (_tanh_slope, "1 − a² with a = σ(z)"),
        _sum_of_slopes,
    ],
}
