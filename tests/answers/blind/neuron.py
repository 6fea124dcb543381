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


def _sig(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1.0, e) / (1 + e)


def _sigmoid_forgot_minus(z):
    """Read e^(-z) as e^z."""
    return 1 / (1 + np.exp(z))


def _sigmoid_math_exp(z):
    """Knows math.exp and not np.exp: numbers only."""
    return 1 / (1 + math.exp(-z))


def _sigmoid_paper(z):
    """Typed the formula, did not think of -1000."""
    return 1 / (1 + np.exp(-z))


def _sigmoid_other_form(z):
    """Uses e^z/(1+e^z), which is nan at 1000."""
    return np.exp(z) / (1 + np.exp(z))


def _sigmoid_where_both(z):
    """Splits by sign with np.where, and both branches are computed all the same."""
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


def _sigmoid_abs_only(z):
    """Took e^(-|z|) for e^(-z) everywhere: negative z come out as positive ones."""
    return 1 / (1 + np.exp(-np.abs(z)))


def _sigmoid_half_tanh_no_half(z):
    """Knows that sigmoid is a shifted tanh, forgot the half inside."""
    return 0.5 * (1 + np.tanh(z))


def _sigmoid_clip_small(z):
    """Clips z at 20, to be safe."""
    return 1 / (1 + np.exp(-np.clip(z, -20, 20)))


def _sigmoid_list(z):
    """Loops over the entries of a list or vector and returns a list."""
    return [1 / (1 + math.exp(-v)) for v in z]


def _sigmoid_flat(z):
    """Loops over all entries and loses the shape."""
    z = np.ravel(z)
    return np.array([_sig(v) for v in z])


def _sigmoid_in_place(z):
    """Works in the given array to save memory."""
    z = np.asarray(z, dtype=float)
    neg = z < 0
    np.abs(z, out=z)
    e = np.exp(-z)
    return np.where(neg, e, 1.0) / (1 + e)


def _sigmoid_softmax(z):
    """Confused with softmax: divides by the sum over the entries."""
    e = np.exp(z - np.max(z))
    return e / e.sum()


def _sigmoid_base_two(z):
    """Powers of two, or 2.718 for e."""
    return 1 / (1 + 2.718 ** (-np.abs(z) * np.sign(z)))


def _sigmoid_no_negative_branch(z):
    """Only made the positive branch safe, forgot the 1 that becomes e for z < 0 (half done)."""
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1 / (1 + e), 0.0)


def _affine_no_transpose(X, W, b):
    """X W + b, as the letters stand there."""
    return X @ W + b


def _affine_wx_transposed(X, W, b):
    """W X^T + b: examples as columns."""
    return W @ X.T + b


def _affine_transposed_result(X, W, b):
    """(W X^T) + b as a column: the right numbers, lying on their side."""
    return W @ X.T + (b[:, None] if np.ndim(X) == 2 else b)


def _affine_keras(X, W, b):
    """Keras's way: weights (in, out), so turned when they don't fit."""
    return X @ (W if X.shape[-1] == W.shape[0] else W.T) + b


def _affine_star_sum(X, W, b):
    """X * W summed over the row: one example only."""
    return (X * W).sum(axis=1) + b


def _affine_bias_column(X, W, b):
    """Adds b as a column, to the examples."""
    return X @ W.T + b[:, None]


def _affine_bias_inside(X, W, b):
    """Brackets: X (W + b)^T."""
    return X @ (W.T + b)


def _affine_loop_first_neuron(X, W, b):
    """Returns inside the loop, after the first neuron."""
    for i in range(len(b)):
        return X @ W[i] + b[i]


def _affine_first_example(X, W, b):
    """Two at once: only the first example of a batch, without the bias."""
    return (X if np.ndim(X) == 1 else X[0]) @ W.T


def _affine_bias_in_place(X, W, b):
    """Scales the weights it was given so that nothing gets large (in place)."""
    Z = X @ W.T + b
    W *= 0
    return Z


def _affine_summed_bias(X, W, b):
    """Adds the sum of all biases to each."""
    return X @ W.T + b.sum()


def _affine_tuple(X, W, b):
    """Returns z and σ(z), both are needed later."""
    Z = X @ W.T + b
    return Z, _sig(Z)


def _affine_list(X, W, b):
    """Loops in plain Python, one example only, list."""
    return [sum(w * x for w, x in zip(row, X)) + bi for row, bi in zip(W, b)]


def _affine_global(X, W, b):
    """Uses the W and b of the try cell, not its arguments."""
    return X @ np.array([[1, 0, 3], [-1, 2, 1]]).T + np.array([0.5, -1])


def _prime_half(z):
    """Only 1 - a."""
    return 1 - _sig(z)


def _prime_square(z):
    """a - a, then squared: (1 - a)^2."""
    return (1 - _sig(z)) ** 2


def _prime_no_inner(z):
    """Forgot the inner derivative: -u^-2."""
    return -((1 + np.exp(-z)) ** -2.0)


def _prime_nudge_coarse(z):
    """Nudges one way only, with a large step."""
    return (_sig(z + 1e-3) - _sig(z)) / 1e-3


def _prime_sigma_of_sigma(z):
    """σ(σ(z)) (1 - σ(σ(z))): squashes twice."""
    a = _sig(_sig(z))
    return a * (1 - a)


def _prime_matrix_product(z):
    """@ for *: one number for a vector."""
    a = _sig(z)
    return np.dot(a, 1 - a)


def _prime_times_z(z):
    """Chain rule in too much: times z."""
    a = _sig(z)
    return a * (1 - a) * z


def _prime_gradient(z):
    """np.gradient of the sigmoid along the array."""
    return np.gradient(_sig(np.asarray(z, float)))


def _prime_rounded(z):
    """Rounds to six digits, like the example."""
    a = _sig(z)
    return np.round(a * (1 - a), 6)


def _prime_prints(z):
    """Prints, returns nothing."""
    a = _sig(z)
    print(a * (1 - a))


def _prime_scalar(z):
    """math.exp: numbers only."""
    a = 1 / (1 + math.exp(-z))
    return a * (1 - a)


def _prime_precedence(z):
    """No brackets: a * 1 - a is 0."""
    a = _sig(z)
    return a * 1 - a


def _prime_forgot_minus_two(z):
    """Two at once: wrong sign in the exponent, and a + instead of -."""
    a = 1 / (1 + np.exp(z))
    return a * (1 + a)


def _prime_cubed(z):
    """The second derivative, a (1-a) (1-2a)."""
    a = _sig(z)
    return a * (1 - a) * (1 - 2 * a)


def _sigmoid_one_case_for_all(z):
    """if np.all(z >= 0): one formula for the whole array, so that mixed signs overflow."""
    if np.all(np.asarray(z) >= 0):
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


def _sigmoid_shifted_like_softmax(z):
    """Subtracts the largest entry first, as softmax does."""
    z = np.asarray(z, dtype=float)
    return _stable(z - z.max())


def _affine_reshaped(X, W, b):
    """reshape in place of the transpose: the shapes fit, the numbers don't."""
    return X @ W.reshape(W.shape[1], W.shape[0]) + b


def _affine_squeezed(X, W, b):
    """Squeezes the result: a batch of one, or one neuron, loses its axis."""
    return np.squeeze(np.atleast_2d(X) @ W.T + b)


def _affine_first_bias(X, W, b):
    """The first bias for every neuron."""
    return X @ W.T + b[0]


def _affine_turned_when_needed(X, W, b):
    """Turns W over only where the shapes complain."""
    try:
        return X @ W + b
    except ValueError:
        return X @ W.T + b


def _prime_sigma_of_one_minus(z):
    """Reads 1 − σ(z) as σ(1 − z)."""
    return _stable(z) * _stable(1 - np.asarray(z))


def _prime_square_forgotten(z):
    """e⁻ᶻ/(1 + e⁻ᶻ): the square below the line is missing."""
    e = np.exp(-np.asarray(z, dtype=float))
    return e / (1 + e)


def _prime_of_a_clipped_sigma(z):
    """The slope from a sigmoid that cuts z off at ±5."""
    a = _stable(np.clip(z, -5, 5))
    return a * (1 - a)


def _prime_multiplied_out(z):
    """a(1 − a) multiplied out to a − 2a²."""
    a = _stable(z)
    return a - 2 * a**2


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
        (_sigmoid_forgot_minus, "sign of the exponent"),
        (_sigmoid_math_exp, "numbers only"),
        (_sigmoid_paper, "overflow at very negative z"),
        (_sigmoid_other_form, "overflow at very positive z"),
        (_sigmoid_where_both, "both formulas computed"),
        (_sigmoid_abs_only, "the same on both sides of zero"),
        _sigmoid_half_tanh_no_half,
        (_sigmoid_clip_small, "clipped"),
        _sigmoid_list,
        _sigmoid_flat,
        _sigmoid_in_place,
        _sigmoid_softmax,
        _sigmoid_base_two,
        _sigmoid_no_negative_branch,
        _sigmoid_one_case_for_all,
        _sigmoid_shifted_like_softmax,
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
        (_affine_no_transpose, "W not transposed"),
        (_affine_wx_transposed, "examples as columns b along them"),
        (_affine_transposed_result, "examples as columns"),
        _affine_keras,
        (_affine_star_sum, "sums of one example only"),
        (_affine_bias_column, "bias as a column"),
        _affine_bias_inside,
        _affine_loop_first_neuron,
        _affine_first_example,
        _affine_bias_in_place,
        _affine_summed_bias,
        _affine_tuple,
        _affine_list,
        _affine_global,
        (_affine_reshaped, "W reshaped"),
        _affine_squeezed,
        _affine_first_bias,
        _affine_turned_when_needed,
    ],
    "sigmoid_prime": [
        (_of_a, "the rule for a applied to z"),
        (_of_z, "z in one of the factors"),
        (_only_a, "the value in place of the slope"),
        (_a_squared, "a times a"),
        (_sign_of_the_slope, "sign"),
        (_quotient_rule_half, "the derivative left halfway"),
        (_quotient_rule_sign, "sign"),
        (_wide_nudge, "a nudge to both sides"),
        (_one_sided_nudge, "a nudge to one side"),
        (_forgot_two, "twice the slope"),
        _always_a_quarter,
        (_tanh_slope, "the rule of tanh for σ"),
        _sum_of_slopes,
        (_prime_half, "one factor only"),
        _prime_square,
        (_prime_no_inner, "the derivative left halfway"),
        (_prime_nudge_coarse, "a nudge to one side"),
        (_prime_sigma_of_sigma, "σ twice"),
        _prime_matrix_product,
        _prime_times_z,
        _prime_gradient,
        _prime_rounded,
        _prime_prints,
        (_prime_scalar, "numbers only"),
        (_prime_precedence, "a slope of 0"),
        _prime_forgot_minus_two,
        _prime_cubed,
        _prime_sigma_of_one_minus,
        (_prime_square_forgotten, "one factor only"),
        _prime_of_a_clipped_sigma,
        _prime_multiplied_out,
    ],
}
