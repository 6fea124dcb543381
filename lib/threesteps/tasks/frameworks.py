"""4a: our parameters in the layout that Keras keeps."""

from __future__ import annotations

import numpy as np

from threesteps.task import Group, Task, WrongAnswer
from threesteps.tasks.networks import random_params


def to_keras_layout(params):
    """[W¹ᵀ, b¹, W²ᵀ, b², …]: Keras computes x @ kernel + bias, so its kernel is (in, out)."""
    return [array for W, b in params for array in (W.T, b)]


def _networks(*sizes):
    """Probes: a network of each of these sizes."""
    return lambda rng: [(random_params(rng, *each),) for each in sizes]


def _each(*arrays):
    """An answer that puts these arrays of every layer in a row, one layer after the other."""
    return lambda: lambda params: [make(W, b) for W, b in params for make in arrays]


def _in_square_layers_only(params):
    return [array for W, b in params for array in (W if W.shape[0] == W.shape[1] else W.T, b)]


def _two_layers(params):
    (W1, b1), (W2, b2) = params
    return [W1.T, b1, W2.T, b2]


TO_KERAS_LAYOUT = Task(
    "to_keras_layout",
    3,
    to_keras_layout,
    groups=(
        Group("one layer", 1, _networks((3, 2), (2, 5), (4, 1))),
        Group("several layers", 1, _networks((3, 4, 5, 2), (2, 3, 1), (5, 2, 3, 4, 2))),
        Group("square layers, where no shape warns you", 1, _networks((3, 3), (4, 4, 4), (2, 2, 2, 2))),
    ),
    wrong_answers=(
        WrongAnswer(
            "W not transposed",
            "The order is right, and the weights are as they were. A row of our W belongs to a neuron; Keras computes "
            "x @ kernel, so in a kernel a *column* belongs to a neuron.",
            _each(lambda W, b: W, lambda W, b: b),
        ),
        WrongAnswer(
            "square layers left as they are",
            "Square weights come back as they were, and the others are turned over. That a shape fits proves nothing: "
            "Keras reads a square kernel by columns too, so every W is turned over.",
            lambda: _in_square_layers_only,
        ),
        WrongAnswer(
            "reshaped, not transposed",
            "The shapes are right and the numbers stand in the wrong places: that is what `reshape` does, which reads "
            "the numbers row by row into a new shape. Turning rows into columns is another operation.",
            _each(lambda W, b: W.reshape(W.shape[::-1]), lambda W, b: b),
        ),
        WrongAnswer(
            "pairs in the list",
            "The arrays are right, and they are still packed in pairs, one pair a layer. Keras wants one flat list: "
            "kernel, bias, kernel, bias, and so on.",
            lambda: lambda params: [(W.T, b) for W, b in params],
        ),
        WrongAnswer(
            "all weights, then all biases",
            "All kernels come first and then all biases. Keras goes layer by layer: after each kernel comes the bias "
            "of the same layer.",
            lambda: lambda params: [W.T for W, _ in params] + [b for _, b in params],
        ),
        WrongAnswer(
            "bias before the weights",
            "In your list the bias of each layer stands before its kernel. Keras has the kernel first.",
            _each(lambda W, b: b, lambda W, b: W.T),
        ),
        WrongAnswer(
            "no biases",
            "The kernels are right, and the biases are missing: each layer has two arrays.",
            _each(lambda W, b: W.T),
        ),
        WrongAnswer(
            "the last layer first",
            "Your list begins with the last layer. Keras keeps the order of our params: first layer first.",
            lambda: lambda params: to_keras_layout(params[::-1]),
        ),
        WrongAnswer(
            "the first layer only",
            "Only the first layer is in your list. If a `return` stands inside the loop, it ends the loop in its first "
            "round.",
            lambda: lambda params: to_keras_layout(params[:1]),
        ),
        WrongAnswer(
            "the last layer only",
            "Only the last layer is in your list: each round of a loop seems to replace what the one before had put "
            "there.",
            lambda: lambda params: to_keras_layout(params[-1:]),
        ),
        WrongAnswer(
            "two layers, written out",
            "Right for two layers, and any other number is an error: your code unpacks just two pairs. params may hold "
            "any number of layers.",
            lambda: _two_layers,
        ),
        WrongAnswer(
            "kernels taken apart",
            "The kernels are taken apart: their rows stand in the list one by one. `append` puts a table into a list "
            "as one thing; `+=` and `extend` put its rows in, unless it stands in square brackets.",
            lambda: lambda params: [part for W, b in params for part in (*W.T, b)],
            also=(lambda: lambda params: [part for W, b in params for part in (*W.T, *b)],),
        ),
        WrongAnswer(
            "bias as a row of a table",
            "The biases have become tables of one row, (1, out). In Keras a bias is what it is here: (out,).",
            _each(lambda W, b: W.T, lambda W, b: b[None, :]),
        ),
        WrongAnswer(
            "bias as a column",
            "The biases have become columns, (out, 1). In Keras a bias is what it is here: (out,).",
            _each(lambda W, b: W.T, lambda W, b: b[:, None]),
        ),
        WrongAnswer(
            "bias inside the kernel",
            "You put the bias into the kernel, as one row more. In some books that is done; in Keras kernel and bias "
            "are two arrays.",
            _each(lambda W, b: np.vstack([W.T, b])),
        ),
        WrongAnswer(
            "one long array",
            "All numbers stand in one long row. Keras wants a list of arrays, each in its own shape.",
            lambda: lambda params: np.concatenate([array.ravel() for array in to_keras_layout(params)]),
        ),
        WrongAnswer(
            "kernels flattened",
            "Each kernel has lost its shape: it is a row of numbers. A kernel is a table, (in, out).",
            _each(lambda W, b: W.T.ravel(), lambda W, b: b),
        ),
    ),
)

TASKS = (TO_KERAS_LAYOUT,)
