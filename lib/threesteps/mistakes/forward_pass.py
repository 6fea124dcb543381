"""What learners get wrong in `forward_pass(x, params)`, the list [x, a¹, …] of what enters each layer."""

import numpy as np

from threesteps.backprop import sigmoid_prime
from threesteps.mistakes import also
from threesteps.network import sigmoid


def _all_of_them(x, params):
    """[x, a¹, …] with the network's output at its end."""
    activations = [x]
    for W, b in params:
        activations.append(sigmoid(W @ activations[-1] + b))
    return activations


def _entering(x, params):
    return _all_of_them(x, params)[:-1]


def the_output_as_well(x, params):
    """Your list has the network's output at its end. The output enters no layer, so it multiplies no weight: the list
    has one vector for each layer."""
    return _all_of_them(x, params)


def what_leaves_each_layer(x, params):
    """Your list holds what *leaves* each layer, a¹ up to the output. What enters is one station earlier: the list
    begins with x, and the output is not in it."""
    return _all_of_them(x, params)[1:]


def x_left_out(x, params):
    """x is missing. It enters the first layer, so its entries are the ∂z/∂w of the first layer's weights."""
    return _entering(x, params)[1:]


def x_alone(x, params):
    """Your list holds x alone, however many layers there are. x enters the first layer; each later layer is entered by
    what the one before it gave, and that belongs in the list too."""
    return [x]


def the_last_vector_only(x, params):
    """You return only what enters the last layer. All of them are asked for: keep each in a list on the way."""
    return _entering(x, params)[-1]


def the_output_only(x, params):
    """That is the network's output. What is asked for is what enters each layer on the way to it."""
    return _all_of_them(x, params)[-1]


def weighted_sums_in_the_list(x, params):
    """After x your list holds the weighted sums z. What enters the next layer is a = σ(z)."""
    a, entering = x, [x]
    for W, b in params[:-1]:
        z = W @ a + b
        a = sigmoid(z)
        entering.append(z)
    return entering


def no_σ(x, params):
    """There is no σ: you pass the bare weighted sums on. What enters the next layer is a = σ(z)."""
    entering = [x]
    for W, b in params[:-1]:
        entering.append(W @ entering[-1] + b)
    return entering


def x_in_every_layer(x, params):
    """Every layer gets x again. Each should get what the one before it gave: the last vector in your list so far."""
    entering = [x]
    for W, b in params[:-1]:
        entering.append(sigmoid(W @ x + b))
    return entering


def no_biases(x, params):
    """The biases are missing: a = σ(W a + b), where the a on the right comes from the layer before."""
    entering = [x]
    for W, _ in params[:-1]:
        entering.append(sigmoid(W @ entering[-1]))
    return entering


def W_the_wrong_way_round(x, params):
    """Your a meets the columns of W, but the weights of neuron i are row i. With W on the left of `@`, its rows meet a
    as they are; with W on the right, its rows and columns have to be swapped first. (With square layers no shape
    complains, and the numbers are wrong all the same.)"""
    entering = [x]
    for W, b in params[:-1]:
        entering.append(sigmoid(entering[-1] @ W + b))
    return entering


def _slopes_passed_on(x, params):
    entering = [x]
    for W, b in params[:-1]:
        entering.append(sigmoid_prime(W @ entering[-1] + b))
    return entering


@also(_slopes_passed_on)
def slopes_in_place_of_activations(x, params):
    """After x your list holds σ′(z). What enters a weight is the activation itself; σ′ belongs to the other half, the
    way back."""
    return [x, *(a * (1 - a) for a in _entering(x, params)[1:])]


def x_squashed(x, params):
    """You squash x too. The input enters the first layer as it is."""
    return _entering(sigmoid(x), params)


def three_layers_written_out(x, params):
    """Right for three layers, but any other number is an error: your code unpacks exactly three pairs. A loop takes as
    many as there are."""
    (W1, b1), (W2, b2), _ = params
    a1 = sigmoid(W1 @ x + b1)
    a2 = sigmoid(W2 @ a1 + b2)
    return [x, a1, a2]


def two_layers_written_out(x, params):
    """Your list has two vectors, however many layers there are: x and what the first layer makes of it. What enters any
    later layer is made by the one before it: a loop goes through all of them."""
    W, b = params[0]
    return [x, sigmoid(W @ x + b)]


def the_first_layer_passed_over(x, params):
    """You go through the layers from the second on, so x enters the second. It belongs to the first; the one that your
    loop can leave out is the *last*, whose output enters nothing."""
    entering = [x]
    for W, b in params[1:]:
        entering.append(sigmoid(W @ entering[-1] + b))
    return entering


def all_numbers_in_a_row(x, params):
    """All numbers are in one long row, which no longer shows which layer they enter. `append` puts a vector into a list
    as one thing; `+=` and `extend` put its numbers in, one by one."""
    return np.concatenate(_entering(x, params))


def from_the_end(x, params):
    """The right vectors, but the last one comes first. The list should begin with the first layer."""
    return _entering(x, params)[::-1]


def a_row_for_each_neuron(x, params):
    """You repeat what enters for every neuron of the layer, one number per weight. Those are indeed all ∂z/∂w; but all
    rows are equal, and what is asked for is the vector alone, once per layer."""
    return [np.tile(a, (len(b), 1)) for a, (_, b) in zip(_entering(x, params), params)]


def a_1_for_the_bias(x, params):
    """Each of your vectors has a 1 at its end, for the bias. True, ∂z/∂b is 1, but the list is for the weights
    alone."""
    return [np.append(a, 1.0) for a in _entering(x, params)]


def one_vector_too_few(x, params):
    """What enters the last layer is missing: its weights have a ∂z/∂w too. The list is as long as params."""
    return _entering(x, params)[:-1]


def the_weights(x, params):
    """You return the weights. A weight is ∂z/∂a, what an input is multiplied by; for ∂z/∂w × swaps: it is the value
    that enters."""
    return [W for W, _ in params]


def rounded(x, params):
    """The right numbers, rounded to two decimals. Compute with all digits, and round where you print."""
    return [np.round(a, 2) for a in _entering(x, params)]
