"""What learners get wrong in `to_keras_layout(params)`, the flat list [W¹ᵀ, b¹, W²ᵀ, b², …]."""

import numpy as np

from threesteps.mistakes import also


def W_not_transposed(params):
    """The order is right, but the weights are as they were. A row of our W belongs to a neuron; Keras computes
    x @ kernel, so in a kernel a *column* belongs to a neuron."""
    return [array for W, b in params for array in (W, b)]


def square_layers_left_as_they_are(params):
    """Square weights come back as they were, and only the others are transposed. That a shape fits proves nothing:
    Keras reads a square kernel by columns too, so every W has to be transposed."""
    return [array for W, b in params for array in (W if W.shape[0] == W.shape[1] else W.T, b)]


def W_reshaped(params):
    """The shapes are right, but the numbers are in the wrong places: that is what `reshape` does, which reads the
    numbers row by row into a new shape. Swapping rows and columns is a different operation."""
    return [array for W, b in params for array in (W.reshape(W.shape[::-1]), b)]


def pairs_in_the_list(params):
    """The arrays are right, but they are still packed in pairs, one pair per layer. Keras wants one flat list: kernel,
    bias, kernel, bias, and so on."""
    return [(W.T, b) for W, b in params]


def all_weights_and_then_all_biases(params):
    """All kernels come first and then all biases. Keras goes layer by layer: after each kernel comes the bias of the
    same layer."""
    return [W.T for W, _ in params] + [b for _, b in params]


def bias_before_the_weights(params):
    """In your list the bias of each layer comes before its kernel. Keras has the kernel first."""
    return [array for W, b in params for array in (b, W.T)]


def no_biases(params):
    """The kernels are right, but the biases are missing: each layer has two arrays."""
    return [W.T for W, _ in params]


def the_last_layer_first(params):
    """Your list begins with the last layer. Keras keeps the order of our params: first layer first."""
    return [array for W, b in params[::-1] for array in (W.T, b)]


def the_first_layer_only(params):
    """Only the first layer is in your list. If a `return` is inside the loop, it ends the loop the first time
    round."""
    W, b = params[0]
    return [W.T, b]


def the_last_layer_only(params):
    """Only the last layer is in your list: it seems that the loop, each time round, replaces what was there before."""
    W, b = params[-1]
    return [W.T, b]


def _three_layers(params):
    (W1, b1), (W2, b2), (W3, b3) = params
    return [W1.T, b1, W2.T, b2, W3.T, b3]


@also(_three_layers)
def two_layers_written_out(params):
    """Right for one number of layers, but any other is an error: your code unpacks just so many pairs. params may hold
    any number of layers, and a loop takes them as they come."""
    (W1, b1), (W2, b2) = params
    return [W1.T, b1, W2.T, b2]


@also(lambda params: [part for W, b in params for part in (*W.T, *b)])
def kernels_taken_apart(params):
    """The kernels are taken apart: their rows are in the list one by one. `append` puts a table into a list as one
    thing; `extend` puts its rows in, unless it is in square brackets."""
    return [part for W, b in params for part in (*W.T, b)]


def bias_as_a_row_of_a_table(params):
    """The biases have become tables of one row, (1, out). In Keras a bias is what it is here: (out,)."""
    return [array for W, b in params for array in (W.T, b[None, :])]


def bias_as_a_column(params):
    """The biases have become columns, (out, 1). In Keras a bias is what it is here: (out,)."""
    return [array for W, b in params for array in (W.T, b[:, None])]


def bias_inside_the_kernel(params):
    """You put the bias into the kernel, as one more row. Some books do that, but in Keras kernel and bias are two
    arrays."""
    return [np.vstack([W.T, b]) for W, b in params]


def one_long_array(params):
    """All numbers are in one long row. Keras wants a list of arrays, each in its own shape."""
    return np.concatenate([array.ravel() for W, b in params for array in (W.T, b)])


def kernels_flattened(params):
    """Each kernel has lost its shape: it is a row of numbers. A kernel is a table, (in, out)."""
    return [array for W, b in params for array in (W.T.ravel(), b)]
