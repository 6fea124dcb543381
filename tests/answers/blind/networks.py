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


WRONG = {
    "network": [
        (_return_in_the_loop, "the first layer only"),
        (_x_again, "x in every layer"),
        (_no_sigma_at_the_end, "no σ in the last layer"),
        (_sigma_at_the_end_only, "no σ in the hidden layers"),
        _two_layers,
        _first_and_last,
        (_backwards, "the layers from the end"),
        (_all_activations, "x and every layer's activations"),
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
    ],
    "count_parameters": [
        (_no_biases, "no biases"),
        (_bias_for_inputs, "biases for the input"),
        (_one_bias_a_layer, "one bias a layer"),
        (_bias_of_the_layer_before, "biases at the wrong end"),
        (_all_pairs, "wires that skip layers"),
        (_product, "one product of all sizes"),
        (_neurons, "neurons, not parameters"),
        _three_sizes,
        (_drops_the_last, "the last layer left out"),
        _off_the_end,
        (_by_layer, "a count for each layer"),
        _as_text,
        _of_the_lecture,
        _pops,
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
        (_xor_wrong_bias, "weights for tanh"),
        _xor_strings,
    ],
}
