"""Wrong answers to 1b."""

import numpy as np


def _sigmoid(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)


def _return_in_the_loop(X, params):
    """The return stands inside the loop: one layer."""
    a = X
    for W, b in params:
        a = _sigmoid(a @ W.T + b)
        return a


def _x_again(X, params):
    """Feeds x, not a, into every layer."""
    for W, b in params:
        a = _sigmoid(X @ W.T + b)
    return a


def _no_sigma_at_the_end(X, params):
    """No σ in the last layer, as for logits."""
    a = X
    for W, b in params[:-1]:
        a = _sigmoid(a @ W.T + b)
    W, b = params[-1]
    return a @ W.T + b


def _sigma_at_the_end_only(X, params):
    """σ once, at the end."""
    a = X
    for W, b in params:
        a = a @ W.T + b
    return _sigmoid(a)


def _two_layers(X, params):
    """Wrote the drawing's two layers out."""
    (W1, b1), (W2, b2) = params
    return _sigmoid(_sigmoid(X @ W1.T + b1) @ W2.T + b2)


def _first_and_last(X, params):
    """Only the first and the last layer."""
    a = _sigmoid(X @ params[0][0].T + params[0][1])
    return _sigmoid(a @ params[-1][0].T + params[-1][1])


def _backwards(X, params):
    """Through the layers from the last to the first."""
    a = X
    for W, b in reversed(params):
        a = _sigmoid(a @ W.T + b)
    return a


def _all_activations(X, params):
    """Returns the list of all activations."""
    values = [X]
    for W, b in params:
        values.append(_sigmoid(values[-1] @ W.T + b))
    return values


def _no_transpose(X, params):
    """W not transposed."""
    a = X
    for W, b in params:
        a = _sigmoid(a @ W + b)
    return a


def _skip_the_first(X, params):
    """range(1, …): begins with the second layer."""
    a = X
    for i in range(1, len(params)):
        a = _sigmoid(a @ params[i][0].T + params[i][1])
    return a


def _skip_the_last(X, params):
    """range(len − 1): stops one layer early."""
    a = X
    for i in range(len(params) - 1):
        a = _sigmoid(a @ params[i][0].T + params[i][1])
    return a


def _one_example_only(X, params):
    """W a + b, for a single example."""
    a = X
    for W, b in params:
        a = _sigmoid(W @ a + b)
    return a


def _first_column(X, params):
    """A single number out of the last layer."""
    a = X
    for W, b in params:
        a = _sigmoid(a @ W.T + b)
    return a[..., 0]


def _bias_outside(X, params):
    """Adds the bias after σ."""
    a = X
    for W, b in params:
        a = _sigmoid(a @ W.T) + b
    return a


def _residual(X, params):
    """Adds the layer's input where the sizes allow it."""
    a = np.asarray(X, dtype=float)
    for W, b in params:
        new = _sigmoid(a @ W.T + b)
        a = new + a if new.shape == a.shape else new
    return a


def _hard(X, params):
    """Rounds every neuron to yes or no."""
    a = X
    for W, b in params:
        a = np.where(a @ W.T + b > 0, 1.0, 0.0)
    return a


def _softmax_at_the_end(X, params):
    """The next lesson's last layer."""
    a = X
    for W, b in params[:-1]:
        a = _sigmoid(a @ W.T + b)
    z = a @ params[-1][0].T + params[-1][1]
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _relu_inside_and_early_return(X, params):
    """Two slips: another activation, and one layer only."""
    for W, b in params:
        return np.maximum(X @ W.T + b, 0)


def _no_biases(sizes):
    """Weights only."""
    return sum(a * b for a, b in zip(sizes, sizes[1:]))


def _bias_for_inputs(sizes):
    """A bias for every neuron, the inputs too."""
    return sum(a * b for a, b in zip(sizes, sizes[1:])) + sum(sizes)


def _one_bias_a_layer(sizes):
    """One bias for each layer."""
    return sum(a * b + 1 for a, b in zip(sizes, sizes[1:]))


def _bias_of_the_layer_before(sizes):
    """n in + 1 and n out swapped: (n_out + 1) · n_in."""
    return sum(a * (b + 1) for a, b in zip(sizes, sizes[1:]))


def _all_pairs(sizes):
    """Wires between all layers, not only neighbours."""
    return sum(sizes[i] * sizes[j] for i in range(len(sizes)) for j in range(i)) + sum(sizes[1:])


def _product(sizes):
    """Multiplied all sizes."""
    return int(np.prod(sizes))


def _neurons(sizes):
    """Counted neurons."""
    return sum(sizes)


def _three_sizes(sizes):
    """The formula of a network with one hidden layer."""
    i, h, o = sizes
    return i * h + h + h * o + o


def _drops_the_last(sizes):
    """One layer too few."""
    return sum(sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(len(sizes) - 2))


def _off_the_end(sizes):
    """One index too many."""
    return sum(sizes[i] * sizes[i + 1] + sizes[i + 1] for i in range(len(sizes)))


def _by_layer(sizes):
    """A list with the count of each layer."""
    return [a * b + b for a, b in zip(sizes, sizes[1:])]


def _as_text(sizes):
    """Formatted with a comma."""
    return f"{sum(a * b + b for a, b in zip(sizes, sizes[1:])):,}"


def _of_the_lecture(sizes):
    """The lecture's number, whatever the sizes."""
    return 384010


def _pops(sizes):
    """Takes the list apart."""
    total, n = 0, sizes.pop(0)
    while sizes:
        total, n = total + n * sizes[0] + sizes[0], sizes.pop(0)
    return total


def _xor_or():
    """Both hidden neurons ask "at least one?"."""
    return [(np.array([[20, 20], [20, 20]]), np.array([-10, -10])), (np.array([[20, 20]]), np.array([-30]))]


def _xor_and():
    """A network for AND."""
    return [(np.array([[20, 20]]), np.array([-30]))]


def _xor_bias_forgotten():
    """The two right questions, and no bias at the output."""
    return [(np.array([[20, -20], [-20, 20]]), np.array([-10, -10])), (np.array([[20, 20]]), np.array([0]))]


def _xor_turned():
    """XNOR: the answers the wrong way round."""
    return [(np.array([[20, -20], [-20, 20]]), np.array([-10, -10])), (np.array([[-20, -20]]), np.array([10]))]


def _xor_small_weights():
    """The right signs, and weights of 1."""
    return [(np.array([[1, -1], [-1, 1]]), np.array([-0.5, -0.5])), (np.array([[1, 1]]), np.array([-0.5]))]


def _xor_output_flat():
    """The output's W without its second pair of brackets."""
    return [(np.array([[20, -20], [-20, 20]]), np.array([-10, -10])), (np.array([20, 20]), np.array([-10]))]


def _xor_flat_list():
    """W, b, W, b in one list."""
    return [np.array([[20, -20], [-20, 20]]), np.array([-10, -10]), np.array([[20, 20]]), np.array([-10])]


def _xor_four_outputs():
    """The four answers instead of a network."""
    return [0, 1, 1, 0]


def _xor_function():
    """A function that computes XOR."""
    return lambda x1, x2: int(x1 != x2)


def _xor_two_outputs():
    """Two outputs, yes and no."""
    return [
        (np.array([[20, -20], [-20, 20]]), np.array([-10, -10])),
        (np.array([[20, 20], [-20, -20]]), np.array([-10, 10])),
    ]


def _xor_three_inputs():
    """The bias as a third input that is always 1."""
    return [(np.array([[20, -20, -10], [-20, 20, -10]]), np.zeros(2)), (np.array([[20, 20]]), np.array([-10]))]


def _xor_zeros():
    """All zero: one half everywhere."""
    return [(np.zeros((2, 2)), np.zeros(2)), (np.zeros((1, 2)), np.zeros(1))]


def _xor_single_neuron():
    """One neuron without a hidden layer."""
    return [(np.array([[20, -20]]), np.array([0]))]


def _xor_transposed():
    """The output's weights as a column."""
    return [(np.array([[20, -20], [-20, 20]]), np.array([-10, -10])), (np.array([[20], [20]]), np.array([-10]))]


def _xor_wrong_bias():
    """The lesson's two questions with the output of the other two: is one true?"""
    return [(np.array([[20, 20], [-20, -20]]), np.array([-10, 30])), (np.array([[20, 20]]), np.array([-10]))]


def _xor_strings():
    """Weights as text."""
    return [("20 -20; -20 20", "-10 -10"), ("20 20", "-10")]


def _sig(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1.0, e) / (1 + e)


def _aff(X, W, b):
    return X @ W.T + b


def _a(rows, b):
    return np.array(rows, float), np.array(b, float)


def _net_no_sigma(X, params):
    """Forgot σ."""
    a = X
    for W, b in params:
        a = _aff(a, W, b)
    return a


def _net_sigma_on_input(X, params):
    """σ before each layer, on the inputs too."""
    a = _sig(X)
    for W, b in params:
        a = _sig(_aff(a, W, b))
    return a


def _net_no_bias(X, params):
    """Leaves the biases out."""
    a = X
    for W, _ in params:
        a = _sig(a @ W.T)
    return a


def _net_three_layers(X, params):
    """Written out for the lecture's three layers."""
    (W1, b1), (W2, b2), (W3, b3) = params
    return _sig(_aff(_sig(_aff(_sig(_aff(X, W1, b1)), W2, b2)), W3, b3))


def _net_two_layers(X, params):
    """Written out for the two layers of the example to try."""
    (W1, b1), (W2, b2) = params[0], params[1]
    return _sig(_aff(_sig(_aff(X, W1, b1)), W2, b2))


def _net_pop(X, params):
    """Takes the layers off the list until it is empty."""
    a = X
    while params:
        W, b = params.pop(0)
        a = _sig(_aff(a, W, b))
    return a


def _net_sums_layers(X, params):
    """Adds what the layers give."""
    a, y = X, 0
    for W, b in params:
        a = _sig(_aff(a, W, b))
        y = y + a.sum(axis=-1, keepdims=True)
    return y


def _net_answer_rounded(X, params):
    """Rounds each layer to four digits, as the numbers in the text."""
    a = X
    for W, b in params:
        a = np.round(_sig(_aff(a, W, b)), 4)
    return a


def _net_step(X, params):
    """Yes or no in hidden layers (a > ½), σ at the end."""
    a = X
    for W, b in params[:-1]:
        a = (_sig(_aff(a, W, b)) > 0.5).astype(float)
    return _sig(_aff(a, *params[-1]))


def _net_relu(X, params):
    """ReLU in hidden layers."""
    a = X
    for W, b in params[:-1]:
        a = np.maximum(0, _aff(a, W, b))
    return _sig(_aff(a, *params[-1]))


def _net_double_bias(X, params):
    """Two at once: adds b after σ, and X in every layer."""
    for W, b in params:
        y = _sig(X @ W.T) + b
    return y


def _net_one_number(X, params):
    """Takes the first entry, since the example has one output."""
    a = X
    for W, b in params:
        a = _sig(_aff(a, W, b))
    return float(np.ravel(a)[0])


def _count_only_ends(sizes):
    """First and last: one layer only."""
    return sizes[0] * sizes[-1] + sizes[-1]


def _count_three_sizes(sizes):
    """Written for three sizes, as in the example."""
    return sizes[0] * sizes[1] + sizes[1] + sizes[1] * sizes[2] + sizes[2]


def _count_wraps(sizes):
    """Begins at 0: sizes[-1] is the last, which counts wires round the corner."""
    return sum(sizes[l] * sizes[l - 1] + sizes[l] for l in range(len(sizes)))


def _count_resets(sizes):
    """Overwrites the count in the loop instead of adding."""
    for n, m in zip(sizes[:-1], sizes[1:]):
        total = n * m + m
    return total


def _count_prints(sizes):
    """Prints."""
    print(sum(n * m + m for n, m in zip(sizes[:-1], sizes[1:])))


def _count_constant(sizes):
    """The number of the example."""
    return 11


def _count_hidden_bias_only(sizes):
    """Outputs have no bias."""
    return sum(n * m for n, m in zip(sizes[:-1], sizes[1:])) + sum(sizes[1:-1])


def _count_squares(sizes):
    """Two at once: n squared plus n, all layers, the input too."""
    return sum(n * n + n for n in sizes)


def _count_float(sizes):
    """Sums as floats, after a division by 1."""
    return sum(n * m / 1 + m for n, m in zip(sizes[:-1], sizes[1:])) + 0.5


def _h_xor_or(*_):
    """OR: forgets "not both"."""
    return [_a([[10, 10]], [-5])]


def _xor_nand_alone():
    """Only "not both"."""
    return [_a([[-10, -10]], [15])]


def _xor_or_of_the_two():
    """The hidden neurons are right, the output joins them by OR."""
    return [_a([[10, 10], [-10, -10]], [-5, 15]), _a([[10, 10]], [-5])]


def _xor_xnor():
    """Exactly the wrong way round."""
    return [_a([[10, 10], [-10, -10]], [-5, 15]), _a([[-10, -10]], [15])]


def _h_xor_small_weights():
    """Right signs, small weights: everything is near ½."""
    return [_a([[1, 1], [-1, -1]], [-0.5, 1.5]), _a([[1, 1]], [-1.5])]


def _xor_no_output():
    """Forgets the output neuron: two outputs."""
    return [_a([[10, 10], [-10, -10]], [-5, 15])]


def _xor_flat_output():
    """W of the output neuron as a plain list of two."""
    return [_a([[10, 10], [-10, -10]], [-5, 15]), _a([10, 10], [-15])]


def _xor_scalar_bias():
    """The output's bias is a plain number, the weights a flat list."""
    return [_a([[10, 10], [-10, -10]], [-5, 15]), _a([10, 10], -15)]


def _xor_prints():
    """Prints the parameters."""
    print([_a([[10, 10], [-10, -10]], [-5, 15]), _a([[10, 10]], [-15])])


def _xor_step_thresholds():
    """Borders that pass through the points: bias 10 for 15, "one" is not less than "both"."""
    return [_a([[10, 10], [-10, -10]], [-10, 20]), _a([[10, 10]], [-15])]


def _xor_bias_sign():
    """All biases with the other sign (threshold convention)."""
    return [_a([[10, 10], [-10, -10]], [5, -15]), _a([[10, 10]], [15])]


def _h_xor_transposed():
    """Written in columns: W as (in, out)."""
    return [_a([[10, -10], [10, -10]], [-5, 15]), _a([[10], [10]], [-15])]


def _xor_and_hidden():
    """Second neuron says "both" and is added instead of subtracted."""
    return [_a([[10, 10], [10, 10]], [-5, -15]), _a([[10, 10]], [-5])]


def _xor_no_bias():
    """Only weights, all biases 0."""
    return [_a([[10, -10], [-10, 10]], [0, 0]), _a([[10, 10]], [0])]


def _xor_first_not_second_only():
    """Only one of the two questions: "the first, but not the second"."""
    return [_a([[10, -10], [10, -10]], [-5, -5]), _a([[10, 10]], [-5])]


def _xor_sigma_omitted():
    """Solved on paper without σ: |x1 - x2| as two differences, added."""
    return [_a([[1, -1], [-1, 1]], [0, 0]), _a([[1, 1]], [0])]


def _xor_dict():
    """A dictionary, W1, b1, …"""
    (W1, b1), (W2, b2) = _a([[10, 10], [-10, -10]], [-5, 15]), _a([[10, 10]], [-15])
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def _h_xor_flat_list():
    """One flat list W1, b1, W2, b2, not pairs."""
    return [*_a([[10, 10], [-10, -10]], [-5, 15]), *_a([[10, 10]], [-15])]


def _xor_one_hot_outputs():
    """Two outputs, "no" and "yes", as a classifier."""
    return [_a([[10, 10], [-10, -10]], [-5, 15]), _a([[-10, -10], [10, 10]], [15, -15])]


def _xor_output_bias_too_small():
    """Output neuron asks too little: bias -9 where -15 is needed."""
    return [_a([[10, 10], [-10, -10]], [-5, 15]), _a([[10, 10]], [-9])]


def _xor_reversed_order():
    """The output layer first."""
    return [_a([[10, 10]], [-15]), _a([[10, 10], [-10, -10]], [-5, 15])]


def _xor_bias_first():
    """Pairs (b, W)."""
    return [(b, W) for W, b in [_a([[10, 10], [-10, -10]], [-5, 15]), _a([[10, 10]], [-15])]]


def _xor_random():
    """Random numbers, in the hope that one will do."""
    rng = np.random.default_rng(3)
    return [(rng.normal(size=(2, 2)), rng.normal(size=2)), (rng.normal(size=(1, 2)), rng.normal(size=1))]


def _xor_almost_three():
    """Right for three points; (1, 1) is undecided at ½."""
    return [_a([[10, 10], [-10, -10]], [-5, 20]), _a([[10, 10]], [-15])]


def _net_clipped(X, params):
    """Keeps every activation between 0.001 and 0.999, to be safe."""
    for W, b in params:
        X = np.clip(_sig(_aff(X, W, b)), 0.001, 0.999)
    return X


def _net_columns(X, params):
    """W a as on paper, and the batch stays on its side."""
    a = X.T
    for W, b in params:
        a = _sig(W @ a + (b[:, None] if a.ndim == 2 else b))
    return a


def _net_first_example(X, params):
    """Only the first example of a batch."""
    a = X if X.ndim == 1 else X[0]
    for W, b in params:
        a = _sig(_aff(a, W, b))
    return a


def _net_three_at_most(X, params):
    """params[:3]: no more than three layers."""
    for W, b in params[:3]:
        X = _sig(_aff(X, W, b))
    return X


def _net_writes_into_x(X, params):
    """Works in the caller's X where a layer is as wide as its input."""
    a = X
    for W, b in params:
        new = _sig(_aff(a, W, b))
        if new.shape == a.shape and a.dtype == float:
            a[...] = new
        else:
            a = new
    return a


def _count_both_plus_one(sizes):
    """(m + 1)(n + 1): a neuron too many on both sides."""
    return sum((m + 1) * (n + 1) for m, n in zip(sizes[:-1], sizes[1:]))


def _count_by_index(sizes):
    """Looks the neighbour up with sizes.index: wrong where a size occurs twice."""
    return sum(n * (sizes[sizes.index(n) - 1] + 1) for n in sizes[1:])


def _count_equal_layers_once(sizes):
    """Keeps the layers in a dictionary by their sizes: equal ones count once."""
    return sum({(m, n): n * (m + 1) for m, n in zip(sizes[:-1], sizes[1:])}.values())


def _xor_hidden_alike(*_):
    """The same hidden question twice."""
    return [([[20, 20], [20, 20]], [-10, -10]), ([[20, 20]], [-30])]


def _xor_borders_on_points():
    """Weights for neurons that switch at 0: points on the border stay at one half."""
    return [([[20, 20], [20, 20]], [-20, -40]), ([[20, -20]], [-10])]


def _xor_bias_tables():
    """Each b as a table of one row."""
    return [([[20, -20], [-20, 20]], [[-10, -10]]), ([[20, 20]], [[-10]])]


def _xor_triples():
    """(W, b, "sigmoid"): names each layer's activation."""
    return [([[20, -20], [-20, 20]], [-10, -10], "sigmoid"), ([[20, 20]], [-10], "sigmoid")]


def _xor_one_bias_a_layer():
    """One bias for both hidden neurons."""
    return [([[20, -20], [-20, 20]], [-10]), ([[20, 20]], [-10])]


WRONG = {
    "network": [
        (_return_in_the_loop, "the first layer only"),
        (_x_again, "x in every layer"),
        (_no_sigma_at_the_end, "no σ in the last layer"),
        (_sigma_at_the_end_only, "no σ in the hidden layers"),
        (_two_layers, "two layers written out"),
        _first_and_last,
        (_backwards, "the layers from the end"),
        (_all_activations, "x and the activations of every layer"),
        (_no_transpose, "W not transposed"),
        (_skip_the_first, "the first layer left out"),
        (_skip_the_last, "the last layer left out"),
        (_one_example_only, "one example only"),
        _first_column,
        (_bias_outside, "bias after σ"),
        _residual,
        _hard,
        (_softmax_at_the_end, "softmax at the end"),
        _relu_inside_and_early_return,
        (_net_no_sigma, "no σ at all"),
        (_net_sigma_on_input, "x squashed first"),
        (_net_no_bias, "no biases"),
        (_net_three_layers, "three layers written out"),
        (_net_two_layers, "two layers written out"),
        _net_pop,
        _net_sums_layers,
        _net_answer_rounded,
        _net_step,
        _net_relu,
        _net_double_bias,
        _net_one_number,
        _net_clipped,
        _net_columns,
        _net_first_example,
        _net_three_at_most,
        _net_writes_into_x,
    ],
    "count_parameters": [
        (_no_biases, "no biases"),
        (_bias_for_inputs, "biases for the input"),
        (_one_bias_a_layer, "one bias per layer"),
        (_bias_of_the_layer_before, "biases at the wrong end"),
        (_all_pairs, "wires that skip layers"),
        (_product, "one product of all sizes"),
        (_neurons, "neurons not parameters"),
        _three_sizes,
        (_drops_the_last, "the last layer left out"),
        _off_the_end,
        (_by_layer, "a count for each layer"),
        _as_text,
        _of_the_lecture,
        _pops,
        _count_only_ends,
        (_count_three_sizes, "three sizes written out"),
        (_count_wraps, "from the last layer back to the input"),
        (_count_resets, "the last layer only"),
        _count_prints,
        _count_constant,
        (_count_hidden_bias_only, "no biases for the outputs"),
        _count_squares,
        _count_float,
        (_count_both_plus_one, "one too many on both sides"),
        _count_by_index,
        _count_equal_layers_once,
    ],
    "xor_network": [
        (_xor_or, "hidden neurons all alike"),
        (_xor_and, "no hidden layer"),
        (_xor_bias_forgotten, "the last σ forgotten"),
        (_xor_turned, "upside down"),
        (_xor_small_weights, "weights for a hard step"),
        (_xor_output_flat, "weights that are no table"),
        (_xor_flat_list, "one flat list"),
        (_xor_four_outputs, "the outputs in place of the parameters"),
        _xor_function,
        (_xor_two_outputs, "more than one output"),
        _xor_three_inputs,
        (_xor_zeros, "a layer of zeros"),
        (_xor_single_neuron, "no hidden layer"),
        (_xor_transposed, "W the other way round"),
        (_xor_wrong_bias, "the output neuron"),
        _xor_strings,
        (_h_xor_or, "no hidden layer"),
        (_xor_nand_alone, "no hidden layer"),
        (_xor_or_of_the_two, "the output neuron"),
        (_xor_xnor, "upside down"),
        (_h_xor_small_weights, "weights for a hard step"),
        (_xor_no_output, "more than one output"),
        (_xor_flat_output, "weights that are no table"),
        _xor_scalar_bias,
        _xor_prints,
        (_xor_step_thresholds, "an undecided hidden neuron"),
        (_xor_bias_sign, "thresholds in place of biases"),
        (_h_xor_transposed, "W the other way round"),
        (_xor_and_hidden, "the output neuron"),
        (_xor_no_bias, "weights for ReLU"),
        (_xor_first_not_second_only, "hidden neurons all alike"),
        (_xor_sigma_omitted, "weights for ReLU"),
        (_xor_dict, "a dictionary"),
        (_h_xor_flat_list, "one flat list"),
        (_xor_one_hot_outputs, "more than one output"),
        (_xor_output_bias_too_small, "the output neuron"),
        (_xor_reversed_order, "the last layer first"),
        (_xor_bias_first, "b before W"),
        (_xor_random, "one side of one half"),
        (_xor_almost_three, "the last σ forgotten"),
        (_xor_hidden_alike, "hidden neurons all alike"),
        (_xor_borders_on_points, "weights for a hard step"),
        (_xor_bias_tables, "a bias with two axes"),
        _xor_triples,
        _xor_one_bias_a_layer,
    ],
}
