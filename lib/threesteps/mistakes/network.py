"""What learners get wrong in `network(X, params)`, with σ in every layer."""

import numpy as np

from threesteps.mistakes import also
from threesteps.network import sigmoid, softmax
from threesteps.tasks.networks import LECTURE, network


def x_in_every_layer(X, params):
    """Your result is what the last layer alone makes of x. Each layer takes what the one before it gave: does X itself
    still stand inside your loop?"""
    for W, b in params:
        A = sigmoid(X @ W.T + b)
    return A


def the_first_layer_only(X, params):
    """Your result is that of the first layer. A `return` inside the loop ends it in its first round: indent it only as
    far as the `for`."""
    for W, b in params:
        return sigmoid(X @ W.T + b)


def the_last_layer_left_out(X, params):
    """Your result is what *enters* the last layer. That layer weighs, adds and squashes like all the others: the loop
    runs over all of params."""
    return network(X, params[:-1])


def the_first_layer_left_out(X, params):
    """The first pair of params is never used: x goes straight into the second layer. (x is the input layer, and the
    first W and b belong to the layer after it.)"""
    return network(X, params[1:])


def three_layers_written_out(X, params):
    """Right for three layers, and an error for any other number: your code unpacks exactly three pairs. params may hold
    any number of layers, and a loop takes as many as come."""
    (W1, b1), (W2, b2), (W3, b3) = params
    A = sigmoid(X @ W1.T + b1)
    A = sigmoid(A @ W2.T + b2)
    return sigmoid(A @ W3.T + b3)


def three_layers_by_number(X, params):
    """Right for three layers. With fewer there is no params[2], and with more your code uses only the first three. A
    loop over params takes as many as come."""
    return network(X, [params[0], params[1], params[2]])


@also(lambda X, params: network(X, [params[0], params[1]]))
def two_layers_written_out(X, params):
    """Right for two layers, like the network to try. params may hold one pair or many: a loop over it takes as many as
    come."""
    (W1, b1), (W2, b2) = params
    A = sigmoid(X @ W1.T + b1)
    return sigmoid(A @ W2.T + b2)


def x_squashed_first(X, params):
    """x goes through a σ before it meets the first weights. It enters as it is: σ comes after a weighted sum, and
    nothing has been weighed yet."""
    return network(sigmoid(X), params)


def no_σ_in_the_hidden_layers(X, params):
    """Only the last layer squashes; before it you pass on the bare weighted sums. Then all the layers together can do
    no more than one. What each layer passes on is a = σ(z)."""
    for W, b in params:
        X = X @ W.T + b
    return sigmoid(X)


def no_σ_in_the_last_layer(X, params):
    """The hidden layers are right, and the last one returns its weighted sums. Here σ stands in *every* layer, so that
    an output lies between 0 and 1."""
    *before, (W, b) = params
    return network(X, before) @ W.T + b


def no_σ_at_all(X, params):
    """There is no σ: you weigh and add, layer after layer, and never squash. Such a network can do no more than one
    layer of weighted sums, however deep it is."""
    for W, b in params:
        X = X @ W.T + b
    return X


def σ_once_more_at_the_end(X, params):
    """At the end σ is applied twice: the last layer has squashed already, and its activations are the output."""
    return sigmoid(network(X, params))


def softmax_at_the_end(X, params):
    """Your last layer uses softmax: its outputs add up to 1. That comes in the next lesson; here every layer has σ, and
    each output stands for itself."""
    *before, (W, b) = params
    return softmax(network(X, before) @ W.T + b)


def softmax_after_σ(X, params):
    """Behind your last σ stands a softmax: the outputs add up to 1. That comes in the next lesson; here σ is the end,
    and each output stands for itself."""
    return softmax(network(X, params))


def tanh_in_place_of_σ(X, params):
    """You squash with tanh, which runs from −1 to 1. This network has σ in every layer."""
    for W, b in params:
        X = np.tanh(X @ W.T + b)
    return X


def W_not_transposed(X, params):
    """Row i of W belongs to neuron i, and an example is a row too: for the two to meet, the rows and columns of W have
    to be swapped, as in `affine`. (With square layers no shape complains, and the numbers are wrong all the same.)"""
    for W, b in params:
        X = sigmoid(X @ W + b)
    return X


def one_example_only(X, params):
    """W @ a + b is right for one example. In a batch the examples are rows, and this product takes the columns: put the
    batch on the left, as `affine` does."""
    for W, b in params:
        X = sigmoid(W @ X + b)
    return X


def batch_only(X, params):
    """A batch comes out right, but one example, which has no rows, is an error. Layers as in `affine` take both,
    without asking which it is."""
    return np.array([network(x, params) for x in X])


def no_biases(X, params):
    """The biases are missing. Without them the input 0 gives ½ in every neuron of the first layer, whatever b is."""
    for W, _ in params:
        X = sigmoid(X @ W.T)
    return X


def bias_after_σ(X, params):
    """The bias is added after squashing, so an activation can leave the range from 0 to 1. It belongs to the weighted
    sum, inside σ."""
    for W, b in params:
        X = sigmoid(X @ W.T) + b
    return X


def bias_as_a_column(X, params):
    """You made b a column, so each bias goes to an example and not to a neuron. Neurons are the columns of the result,
    and b as it is fits them."""
    for W, b in params:
        X = sigmoid(X @ W.T + b[:, None])
    return X


def the_layers_from_the_end(X, params):
    """You go through params from the end. The first layer comes first: x meets params[0]."""
    return network(X, params[::-1])


def the_first_layer_again_and_again(X, params):
    """Every round uses the first layer's W and b. Each layer has a pair of its own: let the loop hand them out."""
    W, b = params[0]
    for _ in params:
        X = sigmoid(X @ W.T + b)
    return X


def the_activations_of_every_layer(X, params):
    """You return what every layer gives, in a list. The task asks for the last one alone: what the network gives."""
    activations = []
    for W, b in params:
        X = sigmoid(X @ W.T + b)
        activations.append(X)
    return activations


def x_and_the_activations_of_every_layer(X, params):
    """You return x and what every layer gives, in a list. The task asks for the last one alone: what the network
    gives."""
    activations = [X]
    for W, b in params:
        activations.append(sigmoid(activations[-1] @ W.T + b))
    return activations


def rounded(X, params):
    """The right numbers, rounded to two decimals as in the lesson's pictures. Compute with all digits, and round when
    you print."""
    return network(X, params).round(2)


def the_network_of_the_lesson_whatever_params_is(X, params):
    """It is right for the lesson's 2-2-2-2 network alone, as if those numbers stood in the function or came from a
    variable outside it. Only `params`, the argument, says which network is meant."""
    return network(X, LECTURE)
