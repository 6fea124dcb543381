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


def _inputs_before_the_bias(x, w, b):
    """Returned w, x, b: the bias last, as one lists a neuron's parts."""
    s = _slope(w @ x + b)
    return s * x, s * w, s


def _one_long_array(x, w, b):
    """Joined everything in one array."""
    s = _slope(w @ x + b)
    return np.concatenate([s * x, [s], s * w])


def _brackets_in_the_slope(x, w, b):
    """a * 1 - a for a · (1 − a)."""
    a = _sigmoid(w @ x + b)
    s = a * 1 - a
    return s * x, s, s * w


def _slope_of_tanh(x, w, b):
    """Remembered 1 − a², the slope of tanh."""
    s = 1 - _sigmoid(w @ x + b) ** 2
    return s * x, s, s * w


def _never_summed(x, w, b):
    """z = w * x + b, one number an input, not their sum."""
    s = _slope(w * x + b)
    return s * x, s, s * w


def _wiggled_coarsely(x, w, b):
    """Nudged each number forward by 0.001."""
    h = 1e-3
    a = _sigmoid(w @ x + b)
    eye = h * np.eye(len(x))
    on_w = np.array([(_sigmoid((w + e) @ x + b) - a) / h for e in eye])
    on_x = np.array([(_sigmoid(w @ (x + e) + b) - a) / h for e in eye])
    return on_w, (_sigmoid(w @ x + b + h) - a) / h, on_x


def _parameters_only(x, w, b):
    """Left the input's slopes out: nobody wants to change x."""
    s = _slope(w @ x + b)
    return s * x, s


def _slope_without_square(x, w, b):
    """e^-z / (1 + e^-z), the square forgotten."""
    z = w @ x + b
    s = np.exp(-z) / (1 + np.exp(-z))
    return s * x, s, s * w


def _whole_product(x, w, b):
    """Multiplied by both factors: σ' · w · x on w and on x."""
    s = _slope(w @ x + b)
    return s * w * x, s, s * w * x


def _one_number_each(x, w, b):
    """Summed the slopes of all inputs."""
    s = _slope(w @ x + b)
    return np.sum(s * x), s, np.sum(s * w)


def _mean_of_the_inputs(x, w, b):
    """Took the mean in z where the sum stands."""
    s = _slope(np.mean(w * x) + b)
    return s * x, s, s * w


def _size_only(x, w, b):
    """Thought a slope says how far, so it has no sign."""
    s = _slope(w @ x + b)
    return np.abs(s * x), s, np.abs(s * w)


def _no_sigma_in_x(x, w, b):
    """Multiplied w and b by σ', but gave ∂z/∂x for the input."""
    s = _slope(w @ x + b)
    return s * x, s, w


def _no_bias_and_one(x, w, b):
    """Two at once: b left out of z, and 1 for its slope."""
    s = _slope(w @ x)
    return s * x, 1.0, s * w


def _wrote_into_the_inputs_kind(x, w, b):
    """Filled np.zeros_like(x) one by one; with whole numbers in x every slope is cut down to 0."""
    s = _slope(w @ x + b)
    on_w, on_x = np.zeros_like(x), np.zeros_like(w)
    for i in range(len(x)):
        on_w[i] = s * x[i]
        on_x[i] = s * w[i]
    return on_w, s, on_x


def _last_input_forgotten(x, w, b):
    """Looped to len(x) − 1."""
    z = b
    for i in range(len(x) - 1):
        z = z + w[i] * x[i]
    s = _slope(z)
    return s * x, s, s * w


def _term_by_term(s):
    """Split by the terms of f, not by paths: product rule for u·v, then sin's slope."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s * v + u * v, 2 * s * np.cos(u)


def _first_stations_only(s):
    """du/ds and dv/ds."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s, v


def _root_of_u(s):
    """du/ds as 2√u, which has lost s's sign."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * np.sqrt(u) * (v + np.cos(u)), v * u


def _divided_by_s(s):
    """du/ds as 2u/s: nothing at 0."""
    u, v = np.float64(s) ** 2, np.exp(s)
    with np.errstate(all="ignore"):
        return u * v + np.sin(u), 2 * u / s * (v + np.cos(u)), v * u


def _product_of_both_factors(s):
    """Multiplied along a fork: ∂f/∂u = v · cos u."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s * v * np.cos(u), v * u


def _shares(s):
    """How much comes by way of each, as shares of 1."""
    u, v = s**2, np.exp(s)
    via_u, via_v = 2 * s * (v + np.cos(u)), v * u
    return u * v + np.sin(u), via_u / (via_u + via_v), via_v / (via_u + via_v)


def _nudged_coarsely(s):
    """Hint 4 as the answer, with a nudge of 0.001 to one side."""

    def f(in_u, in_v):
        return in_u**2 * np.exp(in_v) + np.sin(in_u**2)

    h = 1e-3
    return f(s, s), (f(s + h, s) - f(s, s)) / h, (f(s, s + h) - f(s, s)) / h


def _rounded(s):
    """Rounded to two decimals, for a nicer look."""
    u, v = s**2, np.exp(s)
    return round(u * v + np.sin(u), 2), round(2 * s * (v + np.cos(u)), 2), round(v * u, 2)


def _worked_example(s):
    """Copied the numbers of the example."""
    return 10.861874, 11.560546, 10.083800


def _e_times_s(s):
    """Read eˢ as e · s."""
    u, v = s**2, np.e * s
    return u * v + np.sin(u), 2 * s * (v + np.cos(u)), np.e * u


def _slopes_without_f(s):
    """Left f out."""
    u, v = s**2, np.exp(s)
    return 2 * s * (v + np.cos(u)), v * u


def _as_text(s):
    """Returned a sentence."""
    u, v = s**2, np.exp(s)
    return f"f = {u * v + np.sin(u)}, via u {2 * s * (v + np.cos(u))}, via v {v * u}"


def _sine_overlooked_and_order(s):
    """Two at once: no sine in ∂f/∂u, and v before u."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), v * u, 2 * s * v


def _cosine_at_s_and_brackets(s):
    """Two at once: cos(s), outside the brackets."""
    u, v = s**2, np.exp(s)
    return u * v + np.sin(u), 2 * s * v + np.cos(s), v * u


def _without_bias(x, params):
    """Forgot b."""
    entering = [x]
    for W, _b in params[:-1]:
        entering.append(_sigmoid(W @ entering[-1]))
    return entering


def _sigma_of_x_too(x, params):
    """Squashed the input before it enters."""
    entering = [_sigmoid(x)]
    for W, b in params[:-1]:
        entering.append(_sigmoid(W @ entering[-1] + b))
    return entering


def _first_layer_skipped(x, params):
    """params[1:] for params[:-1]."""
    entering = [x]
    for W, b in params[1:]:
        entering.append(_sigmoid(W @ entering[-1] + b))
    return entering


def _one_layer_too_few(x, params):
    """params[:-2]: stopped a layer early."""
    entering = [x]
    for W, b in params[:-2]:
        entering.append(_sigmoid(W @ entering[-1] + b))
    return entering


def _softmax_between(x, params):
    """Softmax in every layer."""
    entering = [x]
    for W, b in params[:-1]:
        e = np.exp(W @ entering[-1] + b)
        entering.append(e / e.sum())
    return entering


_kept = []


def _list_that_stays(x, params):
    """The list stands outside the function and grows from call to call."""
    _kept.append(x)
    a = x
    for W, b in params[:-1]:
        a = _sigmoid(W @ a + b)
        _kept.append(a)
    return _kept


def _list_in_the_defaults(x, params, entering=[]):  # noqa: B006
    """An empty list as a default argument."""
    entering.append(x)
    for W, b in params[:-1]:
        entering.append(_sigmoid(W @ entering[-1] + b))
    return entering


def _used_up_params(x, params):
    """Took the layers out of params with pop."""
    entering = [x]
    while len(params) > 1:
        W, b = params.pop(0)
        entering.append(_sigmoid(W @ entering[-1] + b))
    return entering


def _one_long_vector(x, params):
    """Joined the vectors end to end."""
    entering = [x]
    for W, b in params[:-1]:
        entering.append(_sigmoid(W @ entering[-1] + b))
    return np.concatenate(entering)


def _one_by_one(x, params):
    """A generator."""
    a = x
    yield a
    for W, b in params[:-1]:
        a = _sigmoid(W @ a + b)
        yield a


def _z_in_and_on(x, params):
    """Two at once: no bias, and the output kept."""
    entering = [x]
    for W, _b in params:
        entering.append(_sigmoid(W @ entering[-1]))
    return entering


def _x_out_and_no_sigma(x, params):
    """Two at once: without x, and weighted sums only."""
    left, a = [], x
    for W, b in params:
        a = W @ a + b
        left.append(a)
    return left


def _with_the_weights(x, params):
    """Pairs of what enters and the weights it meets."""
    pairs, a = [], x
    for W, b in params:
        pairs.append((a, W))
        a = _sigmoid(W @ a + b)
    return pairs


def _extended(x, params):
    """entering += a: a list grows by the numbers of an array, one by one."""
    entering, a = list(x), x
    for W, b in params[:-1]:
        a = _sigmoid(W @ a + b)
        entering += list(a)
    return entering


def _overwritten(x, params):
    """Wrote every activation into x, so that the list holds the same array again and again."""
    entering, a = [x], x
    for W, b in params[:-1]:
        new = _sigmoid(W @ a + b)
        if new.shape == a.shape and a.dtype == float:
            a[:] = new
        else:
            a = new
        entering.append(a)
    return entering


WRONG = {
    "neuron_gradient": [
        (_not_swapped, "w and x swapped"),
        (_no_sigma, "the slope of σ left out"),
        (_bias_one, "the slope of the bias is 1"),
        (_bias_b, "the slope of the bias times b"),
        (_slope_of_a, "σ twice"),
        (_value_for_slope, "σ in place of its slope"),
        (_without_bias_in_z, "the bias left out of z"),
        (_order, "in the order of the arguments"),
        (_two_inputs, "written out for two inputs"),
        (_one_array, "one long array"),
        _bias_as_array,
        _slopes_of_each_product,
        _of_loss,
        _nothing_for_x,
        _dictionary,
        _not_swapped_and_of_a,
        (_inputs_before_the_bias, "b last"),
        (_one_long_array, "one long array"),
        (_brackets_in_the_slope, "no slope at all"),
        (_slope_of_tanh, "the slope of tanh"),
        (_never_summed, "entry by entry"),
        _wiggled_coarsely,
        (_parameters_only, "without x"),
        (_slope_without_square, "one factor of the slope only"),
        (_whole_product, "w times x everywhere"),
        _one_number_each,
        _mean_of_the_inputs,
        _size_only,
        (_no_sigma_in_x, "the slope of σ for the weights only"),
        _no_bias_and_one,
        _wrote_into_the_inputs_kind,
        _last_input_forgotten,
    ],
    "two_paths": [
        (_sine_forgotten, "the sine forgotten on the way"),
        (_sine_for_cosine, "the sine is not differentiated"),
        (_minus_cosine, "sign of the cosine"),
        (_brackets, "the slope of u for the product only"),
        (_not_swapped_product, "each factor keeps its own"),
        (_not_down_to_s, "the path stops at u and v"),
        (_dv_forgotten, "the slope of v left out"),
        (_slope_of_exp, "the power rule on v"),
        (_sum_twice, "the sum twice"),
        (_two_numbers, "the sum in place of the two paths"),
        (_order_of_paths, "the paths swapped"),
        (_cosine_of_s, "the cosine of s"),
        (_sine_of_s, "the sine of s"),
        (_s_for_two_s, "the 2 of 2s forgotten"),
        (_sine_to_both, "the sine on both paths"),
        _absolute,
        _wide_nudge,
        _degrees,
        _brackets_and_dv,
        (_term_by_term, "by terms and not by paths"),
        (_first_stations_only, "the path goes only as far as u and v"),
        _root_of_u,
        _divided_by_s,
        (_product_of_both_factors, "the paths multiplied"),
        _shares,
        _nudged_coarsely,
        _rounded,
        _worked_example,
        _e_times_s,
        (_slopes_without_f, "without the value"),
        _as_text,
        _sine_overlooked_and_order,
        _cosine_at_s_and_brackets,
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
        (_three_layers, "three layers written out"),
        (_always_one_hidden, "two layers written out"),
        (_tables, "a row for each neuron"),
        (_with_a_one, "a 1 for the bias"),
        _rows,
        (_backwards_order, "from the end"),
        (_not_transposed, "W the wrong way round"),
        _scores_with_output,
        (_without_bias, "no biases"),
        (_sigma_of_x_too, "x squashed"),
        (_first_layer_skipped, "the first layer passed over"),
        _one_layer_too_few,
        _softmax_between,
        _list_that_stays,
        _list_in_the_defaults,
        _used_up_params,
        (_one_long_vector, "all numbers in a row"),
        _one_by_one,
        _z_in_and_on,
        _x_out_and_no_sigma,
        _with_the_weights,
        (_extended, "all numbers in a row"),
        _overwritten,
    ],
}
