"""Wrong answers to 3b."""

import numpy as np


def _sigmoid(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def _slope(z):
    return _sigmoid(z) * (1 - _sigmoid(z))


def _not_swapped(x, w, b):
    """Along w the weight, along x the input."""
    s = _slope(w @ x + b)
    return s * w, s, s * x


def _no_sigma(x, w, b):
    """Stops at z: σ′ is missing."""
    return 1.0 * x, 1.0, 1.0 * w


def _bias_one(x, w, b):
    """The bias has the slope 1, as for z."""
    s = _slope(w @ x + b)
    return s * x, 1.0, s * w


def _bias_b(x, w, b):
    """Multiplies by b itself."""
    s = _slope(w @ x + b)
    return s * x, s * b, s * w


def _slope_of_a(x, w, b):
    """σ′ of a instead of z."""
    s = _slope(_sigmoid(w @ x + b))
    return s * x, s, s * w


def _value_for_slope(x, w, b):
    """σ for σ′."""
    s = _sigmoid(w @ x + b)
    return s * x, s, s * w


def _without_bias_in_z(x, w, b):
    """z without b."""
    s = _slope(w @ x)
    return s * x, s, s * w


def _order(x, w, b):
    """x first, as in the arguments."""
    s = _slope(w @ x + b)
    return s * w, s * x, s


def _two_inputs(x, w, b):
    """Two inputs, written out."""
    s = _slope(w[0] * x[0] + w[1] * x[1] + b)
    return np.array([s * x[0], s * x[1]]), s, np.array([s * w[0], s * w[1]])


def _one_array(x, w, b):
    """All slopes in one array."""
    s = _slope(w @ x + b)
    return np.concatenate([s * x, [s], s * w])


def _bias_as_array(x, w, b):
    """The bias's slope as an array of one."""
    s = _slope(w @ x + b)
    return s * x, np.array([s]), s * w


def _slopes_of_each_product(x, w, b):
    """σ′ of every single product."""
    s = _slope(w * x + b)
    return s * x, s.sum(), s * w


def _of_loss(x, w, b):
    """Times a as well, as if the loss were a²/2."""
    a = _sigmoid(w @ x + b)
    s = _slope(w @ x + b) * a
    return s * x, s, s * w


def _nothing_for_x(x, w, b):
    """x is data: no slope."""
    s = _slope(w @ x + b)
    return s * x, s, np.zeros_like(w, dtype=float)


def _dictionary(x, w, b):
    """A dictionary."""
    s = _slope(w @ x + b)
    return {"w": s * x, "b": s, "x": s * w}


def _not_swapped_and_of_a(x, w, b):
    """Two slips: not swapped, and σ′ of a."""
    s = _slope(_sigmoid(w @ x + b))
    return s * w, s, s * x


def _sine_forgotten(s):
    """u is read once."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s * v, v * u


def _sine_for_cosine(s):
    """The slope of sin u taken for sin u."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s * (v + np.sin(u)), v * u


def _minus_cosine(s):
    """−cos."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s * (v - np.cos(u)), v * u


def _brackets(s):
    """2s · v + cos u: the brackets forgotten."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s * v + np.cos(u), v * u


def _not_swapped_product(s):
    """Along u the value u, along v the value v."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s * (u + np.cos(u)), v * v


def _not_down_to_s(s):
    """∂f/∂u and ∂f/∂v."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), v + np.cos(u), u


def _dv_forgotten(s):
    """dv/ds left out."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s * (v + np.cos(u)), u


def _slope_of_exp(s):
    """s e^(s − 1), by the rule for powers."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s * (v + np.cos(u)), s * np.exp(s - 1) * u


def _sum_twice(s):
    """(f, df/ds, df/ds)."""
    u, v = s**2, np.exp(s)
    total = 2 * s * (v + np.cos(u)) + v * u
    return u * v + np.sin(u), total, total


def _two_numbers(s):
    """(f, df/ds)."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s * (v + np.cos(u)) + v * u


def _order_of_paths(s):
    """v before u."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), v * u, 2 * s * (v + np.cos(u))


def _cosine_of_s(s):
    """cos s for cos u."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s * (v + np.cos(s)), v * u


def _sine_of_s(s):
    """sin s in f."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(s), 2 * s * (v + np.cos(u)), v * u


def _s_for_two_s(s):
    """The slope of s² taken for s."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), s * (v + np.cos(u)), v * u


def _sine_to_both(s):
    """cos u on both paths."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s * (v + np.cos(u)), v * (u + np.cos(u))


def _absolute(s):
    """2|s|."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * abs(s) * (v + np.cos(u)), v * u


def _wide_nudge(s):
    """Measured with h = 0.01."""
    f = lambda p, q: p**2 * np.exp(q) + np.sin(p**2)
    h = 0.01
    return f(s, s), (f(s + h, s) - f(s - h, s)) / (2 * h), (f(s, s + h) - f(s, s - h)) / (2 * h)


def _degrees(s):
    """Degrees."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(np.deg2rad(u)), 2 * s * (v + np.cos(np.deg2rad(u))), v * u


def _brackets_and_dv(s):
    """Two slips: the brackets, and dv/ds forgotten."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s * v + np.cos(u), u


def _with_the_output(x, params):
    """The output is in the list, too."""
    values = [x]
    for W, b in params:
        values.append(_sigmoid(W @ values[-1] + b))
    return values


def _without_x(x, params):
    """x is missing; the output is in."""
    values, a = [], x
    for W, b in params:
        a = _sigmoid(W @ a + b)
        values.append(a)
    return values


def _hidden_only(x, params):
    """Only the hidden layers."""
    values, a = [], x
    for W, b in params[:-1]:
        a = _sigmoid(W @ a + b)
        values.append(a)
    return values


def _scores(x, params):
    """z for a."""
    values, a = [x], x
    for W, b in params[:-1]:
        z = W @ a + b
        values.append(z)
        a = _sigmoid(z)
    return values


def _no_sigma_passed(x, params):
    """σ forgotten altogether."""
    values = [x]
    for W, b in params[:-1]:
        values.append(W @ values[-1] + b)
    return values


def _x_each_time(x, params):
    """Feeds x into every layer."""
    return [x] + [_sigmoid(W @ x + b) for W, b in params[:-1]]


def _last_only(x, params):
    """The last entering vector only."""
    a = x
    for W, b in params[:-1]:
        a = _sigmoid(W @ a + b)
    return a


def _gains(x, params):
    """σ′ for σ in the list."""
    values, a = [x], x
    for W, b in params[:-1]:
        z = W @ a + b
        values.append(_slope(z))
        a = _sigmoid(z)
    return values


def _three_layers(x, params):
    """Three layers, written out."""
    (W1, b1), (W2, b2), _ = params
    a1 = _sigmoid(W1 @ x + b1)
    return [x, a1, _sigmoid(W2 @ a1 + b2)]


def _always_one_hidden(x, params):
    """x and a¹, even of a single layer."""
    return [x, _sigmoid(params[0][0] @ x + params[0][1])]


def _tables(x, params):
    """A whole matrix ∂z/∂W for each layer."""
    values, a = [], x
    for W, b in params:
        values.append(np.tile(a, (len(b), 1)))
        a = _sigmoid(W @ a + b)
    return values


def _with_a_one(x, params):
    """A 1 for the bias at the end of each."""
    values, a = [], x
    for W, b in params:
        values.append(np.append(a, 1.0))
        a = _sigmoid(W @ a + b)
    return values


def _rows(x, params):
    """Batches of one: (1, in)."""
    values = [np.atleast_2d(x)]
    for W, b in params[:-1]:
        values.append(_sigmoid(values[-1] @ W.T + b))
    return values


def _backwards_order(x, params):
    """The list the other way round."""
    values = [x]
    for W, b in params[:-1]:
        values.append(_sigmoid(W @ values[-1] + b))
    return values[::-1]


def _not_transposed(x, params):
    """a @ W."""
    values = [x]
    for W, b in params[:-1]:
        values.append(_sigmoid(values[-1] @ W + b))
    return values


def _scores_with_output(x, params):
    """Two slips: z for a, and the output's z too."""
    values, a = [x], x
    for W, b in params:
        z = W @ a + b
        values.append(z)
        a = _sigmoid(z)
    return values


WRONG = {
    "neuron_gradient": [
        (_not_swapped, "w and x exchanged"),
        (_no_sigma, "σ′ left out"),
        (_bias_one, "the bias's slope is 1"),
        (_bias_b, "the bias's slope times b"),
        (_slope_of_a, "σ twice"),
        (_value_for_slope, "σ in place of σ′"),
        (_without_bias_in_z, "the bias left out of z"),
        (_order, "in the order of the arguments"),
        (_two_inputs, "written out for two inputs"),
        _one_array,
        _bias_as_array,
        _slopes_of_each_product,
        _of_loss,
        _nothing_for_x,
        _dictionary,
        _not_swapped_and_of_a,
    ],
    "two_paths": [
        (_sine_forgotten, "the sine forgotten on the way"),
        (_sine_for_cosine, "the sine is not differentiated"),
        (_minus_cosine, "sign of the cosine"),
        (_brackets, "du/ds for the product only"),
        (_not_swapped_product, "× keeps its own"),
        (_not_down_to_s, "the path stops at u and v"),
        (_dv_forgotten, "dv/ds left out"),
        (_slope_of_exp, "the power rule on eˢ"),
        (_sum_twice, "the sum, twice"),
        (_two_numbers, "the sum in place of the two paths"),
        (_order_of_paths, "the paths exchanged"),
        (_cosine_of_s, "the cosine of s"),
        (_sine_of_s, "the sine of s"),
        (_s_for_two_s, "the 2 of s² forgotten"),
        (_sine_to_both, "the sine on both paths"),
        _absolute,
        _wide_nudge,
        _degrees,
        _brackets_and_dv,
    ],
    "forward_pass": [
        (_with_the_output, "the output as well"),
        (_without_x, "what leaves each layer"),
        (_hidden_only, "x left out"),
        (_scores, "weighted sums in the list"),
        (_no_sigma_passed, "no σ"),
        (_x_each_time, "x in every layer"),
        (_last_only, "the last vector only"),
        (_gains, "slopes in place of activations"),
        (_three_layers, "three layers, written out"),
        _always_one_hidden,
        (_tables, "a row for each neuron"),
        (_with_a_one, "a 1 for the bias"),
        _rows,
        (_backwards_order, "from the end"),
        (_not_transposed, "W turned"),
        _scores_with_output,
    ],
}
