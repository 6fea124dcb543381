"""3c: can one more pass give all the gradients? δ at the output, and δ one layer further back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from threesteps.backprop import hidden_delta, output_delta, sigmoid_prime
from threesteps.loss import one_hot
from threesteps.network import sigmoid, softmax
from threesteps.task import Group, Task, WrongAnswer
from threesteps.tasks.cross_entropy import hard, predictions

# output_delta


def _soft(rng: np.random.Generator, n: int, k: int) -> tuple[NDArray, NDArray]:
    """(Y, T), T soft, and no entry of Y so near to T's that their difference would lose digits."""
    Y, T = predictions(rng, n, k), predictions(rng, n, k)
    while np.abs(Y - T).min() < 0.03:
        T = predictions(rng, n, k)
    return Y, T


def _whole(Y: NDArray, T: NDArray) -> tuple[NDArray, NDArray]:
    """One-hot targets as whole numbers."""
    return Y, T.astype(int)


# What the lesson's network says to its example: softmax outputs, target (1, 0).
LECTURE = (np.array([[0.249812, 0.750188]]), np.array([[1.0, 0.0]]))


def _own_way(Y: NDArray, T: NDArray) -> NDArray:
    return Y * (1 - Y) * (-T / Y)


def _hit(Y: NDArray, T: NDArray) -> NDArray:
    Y[np.arange(len(Y)), T.argmax(axis=1)] -= 1
    return Y


def _subtracted(Y: NDArray, T: NDArray) -> NDArray:
    Y -= T
    return Y


OUTPUT_DELTA = Task(
    "output_delta",
    2,
    output_delta,
    groups=(
        Group(
            "one-hot targets",
            1,
            lambda rng: [LECTURE, hard(rng, 4, 3), _whole(*hard(rng, 3, 3)), hard(rng, 1, 5), hard(rng, 5, 2)],
        ),
        Group("soft targets", 1, lambda rng: [_soft(rng, 4, 3), _soft(rng, 3, 3), _soft(rng, 1, 4), _soft(rng, 5, 2)]),
    ),
    wrong_answers=(
        WrongAnswer(
            "sign",
            "The sign is turned round: you have t − y. δ is the slope of the loss. Where y is too large, a larger z "
            "makes the loss larger, so δ is above 0 there. (The step downhill subtracts it; that minus comes later.)",
            lambda: lambda Y, T: T - Y,
        ),
        WrongAnswer(
            "an extra slope",
            "There is a y(1 − y) too many. It is the factor of the squared error with σ. For softmax with "
            "cross-entropy the slope of the activation cancels against the 1/y of the logarithm, and no factor is "
            "left.",
            lambda: lambda Y, T: (Y - T) * Y * (1 - Y),
        ),
        WrongAnswer(
            "by the own output only",
            "You followed each z to its own y alone: that gives 0 wherever t is 0. With softmax every y depends on "
            "every z, so z has a way to the loss through each of them: case 2, the ways add.",
            lambda: _own_way,
        ),
        WrongAnswer(
            "stopped at y",
            "That is −t/y, the slope of the loss along y. δ is the slope along z: the way from z to y, through "
            "softmax, is still missing.",
            lambda: lambda Y, T: -T / Y,
        ),
        WrongAnswer(
            "stopped at y, of the binary cross-entropy",
            "That is (y − t)/(y(1 − y)), the slope of the binary cross-entropy along y. δ is the slope along z, one "
            "step further back, and the loss here is the cross-entropy with softmax.",
            lambda: lambda Y, T: (Y - T) / (Y * (1 - Y)),
        ),
        WrongAnswer(
            "divided by the number of examples",
            "Your δ is too small by the number of examples: right for one example alone. L is the sum over the "
            "examples; nothing is divided here. (The training loop divides, visibly, in lesson 3e.)",
            lambda: lambda Y, T: (Y - T) / len(Y),
        ),
        WrongAnswer(
            "divided by the number of entries",
            "Your δ is too small by N · K, the number of all entries: there is a `mean` or a `size` in it. L is a sum; "
            "nothing is divided.",
            lambda: lambda Y, T: (Y - T) / Y.size,
        ),
        WrongAnswer(
            "divided by the number of classes",
            "Your δ is too small by K, the number of classes. Nothing is divided: C is a sum over the classes.",
            lambda: lambda Y, T: (Y - T) / Y.shape[1],
        ),
        WrongAnswer(
            "softmax twice",
            "Softmax was applied once more: Y holds the probabilities already.",
            lambda: lambda Y, T: softmax(Y) - T,
        ),
        WrongAnswer(
            "one class only",
            "Right for one-hot targets, where 1 is subtracted at one class. A soft target spreads its weight: each "
            "class has its own t to subtract.",
            lambda: lambda Y, T: _hit(Y.copy(), T),
        ),
        WrongAnswer(
            "one class only, and Y changed",
            "You subtract 1 from Y itself, at one class. Whoever called the function still needs the old Y; and a soft "
            "target spreads its weight, so that each class has its own t to subtract.",
            lambda: _hit,
        ),
        WrongAnswer(
            "Y changed in place",
            "The numbers are right, but they were written into Y itself (`-=`, or `out=`). Whoever called the function "
            "still needs the old Y: make a new array.",
            lambda: _subtracted,
        ),
        WrongAnswer(
            "summed over the examples",
            "You added up over the examples. Each example goes back through the network with a δ of its own: (N, K) "
            "in, (N, K) out. The sum over the batch comes with the weights.",
            lambda: lambda Y, T: (Y - T).sum(axis=0),
        ),
        WrongAnswer(
            "the first example only",
            "Your result is the δ of the first example alone. Is there an index [0], or a `return` inside a loop? Each "
            "example has a row of its own.",
            lambda: lambda Y, T: (Y - T)[0],
        ),
        WrongAnswer(
            "the loss in place of its slope",
            "That is −t ln y, the terms of the loss itself. δ is the loss's slope along z.",
            lambda: lambda Y, T: -T * np.log(Y),
        ),
        WrongAnswer(
            "squared",
            "You squared the difference: that is another loss, and not a slope. δ has a sign: below 0 where y is "
            "still too small.",
            lambda: lambda Y, T: (Y - T) ** 2,
        ),
        WrongAnswer(
            "twice as much",
            "Your δ is twice the right one. A 2 comes down from a square, and the cross-entropy has none.",
            lambda: lambda Y, T: 2 * (Y - T),
        ),
        WrongAnswer(
            "without sign",
            "The sizes are right, the signs are gone. Where y is too small, a larger z makes the loss *smaller*: δ is "
            "below 0 there.",
            lambda: lambda Y, T: np.abs(Y - T),
        ),
        WrongAnswer(
            "rounded to a class first",
            "You rounded the prediction to one class before you took t away. How *sure* the network was is what δ is "
            "made of: use the probabilities as they are.",
            lambda: lambda Y, T: one_hot(Y.argmax(axis=1), Y.shape[1]) - T,
        ),
    ),
)


# hidden_delta


def _layer(rng: np.random.Generator, n: int, n_next: int, n_out: int) -> tuple[NDArray, NDArray, NDArray]:
    return rng.normal(size=(n, n_next)), rng.normal(size=(n_next, n_out)), rng.normal(0, 1.5, size=(n, n_out))


# δ³, W³ and z² of the lesson's network.
LAST = (
    np.array([[-0.750188, 0.750188]]),
    np.array([[3.0, -1.0], [-1.0, 4.0]]),
    np.array([[1.844825, -2.083231]]),
)

# A layer of whole numbers, and z far enough from 0 for its gains to differ.
WHOLE = (np.array([[1, -2], [3, 1]]), np.array([[2, 0, -1], [1, 3, 1]]), np.array([[1, 0, -1], [-2, 2, 1]]))


def _turned_where_square(D: NDArray, W: NDArray, Z: NDArray) -> NDArray:
    return (D @ (W.T if W.shape[0] == W.shape[1] else W)) * sigmoid_prime(Z)


HIDDEN_DELTA = Task(
    "hidden_delta",
    5,
    hidden_delta,
    groups=(
        Group("one example", 1, lambda rng: [LAST, _layer(rng, 1, 2, 3), _layer(rng, 1, 5, 4), _layer(rng, 1, 1, 2)]),
        Group(
            "a batch",
            2,
            lambda rng: [
                _layer(rng, 4, 2, 5),
                _layer(rng, 4, 5, 3),
                _layer(rng, 2, 3, 4),
                _layer(rng, 5, 4, 1),
                WHOLE,
            ],
        ),
        Group(
            "square layers, where no shape warns you",
            2,
            lambda rng: [_layer(rng, 4, 3, 3), _layer(rng, 3, 3, 3), _layer(rng, 2, 4, 4)],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "W turned the wrong way",
            "W is turned the wrong way: `W_next.T` on the right of a row of δ. Here rows are examples, and a δ of the "
            "next layer meets the *rows* of W_next, (next, out), as they stand. (A square W lets it pass without an "
            "error, a symmetric one even with the right numbers.)",
            lambda: lambda D, W, Z: (D @ W.T) * sigmoid_prime(Z),
        ),
        WrongAnswer(
            "W turned where it is square",
            "Right where W is not square. Where it is, you use it the other way round: no shape complains then, and "
            "the weights that leave a neuron are taken for those that enter it. One rule holds for all shapes.",
            lambda: _turned_where_square,
        ),
        WrongAnswer(
            "the gain left out",
            "What comes back is weighed and added, and then passed on as it is. Each neuron's gain σ′(z) is missing.",
            lambda: lambda D, W, Z: D @ W,
        ),
        WrongAnswer(
            "the gain on the wrong side",
            "The gain stands on the wrong side of the weights: you multiply the *next* layer's δ by this layer's "
            "slopes. Weigh and add first, then the gain of the neuron where it arrives. (`*` and `@` are worked "
            "through from left to right: brackets decide.)",
            lambda: lambda D, W, Z: (D * sigmoid_prime(Z)) @ W,
        ),
        WrongAnswer(
            "the gains on the weights",
            "The gains are multiplied into the weights. With one example that comes to the same; in a batch each "
            "example has gains of its own, and all share W. Weigh and add first: the sums have the shape of Z.",
            lambda: lambda D, W, Z: D @ (W * sigmoid_prime(Z)),
        ),
        WrongAnswer(
            "the last wire only",
            "Only the last neuron of the next layer counts. All of them are added up: in a loop that is `+=`, where "
            "`=` forgets what was there before.",
            lambda: lambda D, W, Z: D[:, -1:] * W[-1] * sigmoid_prime(Z),
        ),
        WrongAnswer(
            "the rule for a, applied to z",
            "z(1 − z) is not the gain: a(1 − a) is, with a = σ(z). The argument here is Z.",
            lambda: lambda D, W, Z: (D @ W) * Z * (1 - Z),
        ),
        WrongAnswer(
            "σ in place of σ′",
            "You multiply by a = σ(z), the height of the curve. What passes a nudge on is its *slope*, σ′(z).",
            lambda: lambda D, W, Z: (D @ W) * sigmoid(Z),
        ),
        WrongAnswer(
            "half of the slope",
            "1 − a is one of the two factors of σ′(z). The other one, a, is missing.",
            lambda: lambda D, W, Z: (D @ W) * (1 - sigmoid(Z)),
        ),
        WrongAnswer(
            "σ twice",
            "σ was applied twice: the slope is taken at σ(z), where it should be taken at z. (Your sigmoid_prime takes "
            "z itself.)",
            lambda: lambda D, W, Z: (D @ W) * sigmoid_prime(sigmoid(Z)),
        ),
        WrongAnswer(
            "squashed on the way back",
            "You squash what comes back, as the forward pass does. The way back is linear: the sum is multiplied by "
            "a number that was fixed in the forward pass, the slope at this layer's z.",
            lambda: lambda D, W, Z: sigmoid(D @ W),
            also=(lambda: lambda D, W, Z: sigmoid(D @ W) * sigmoid_prime(Z),),
        ),
        WrongAnswer(
            "the slope at what comes back",
            "You take the slope of σ at the sum that comes back. The gain was fixed in the forward pass: it is the "
            "slope at this layer's own z, and it multiplies the sum.",
            lambda: lambda D, W, Z: sigmoid_prime(D @ W),
        ),
        WrongAnswer(
            "added",
            "You add the gain. A neuron that passes a nudge on *multiplies* it: case 1 of the chain rule.",
            lambda: lambda D, W, Z: D @ W + sigmoid_prime(Z),
        ),
        WrongAnswer(
            "entry by entry",
            "δ and W are multiplied entry by entry, and nothing is added up. A neuron is read by *every* neuron of the "
            "next layer: weigh each one's δ, and add.",
            lambda: lambda D, W, Z: D * W * sigmoid_prime(Z),
        ),
        WrongAnswer(
            "written for a column",
            "W_next stands on the left, turned: that is the formula for one δ written as a column. Here each "
            "example's δ is a *row* of delta_next, so the factors change places. (Where all sizes are equal no error "
            "tells, but examples and neurons are mixed up.)",
            lambda: lambda D, W, Z: (W.T @ D) * sigmoid_prime(Z),
        ),
        WrongAnswer(
            "examples as columns",
            "The numbers are right, but each example stands in a column. In this course an example is a row, going in "
            "and coming out: (N, out).",
            lambda: lambda D, W, Z: ((D @ W) * sigmoid_prime(Z)).T,
        ),
        WrongAnswer(
            "the first example's gains for all",
            "One example is right. In a batch you use the gains of the first example for all of them: each example has "
            "its own z, and with it its own gains.",
            lambda: lambda D, W, Z: (D @ W) * sigmoid_prime(Z[0]),
        ),
        WrongAnswer(
            "the first example only",
            "Your result is the δ of the first example alone. Is there an index [0], or a `return` inside a loop? Each "
            "example has a row of its own.",
            lambda: lambda D, W, Z: (D[0] @ W) * sigmoid_prime(Z[0]),
        ),
        WrongAnswer(
            "summed over the examples",
            "You added up over the examples. Each example goes back with a δ of its own; the sum over the batch comes "
            "with the weights, in the next lesson.",
            lambda: lambda D, W, Z: ((D @ W) * sigmoid_prime(Z)).sum(axis=0),
            also=(lambda: lambda D, W, Z: ((D @ W) * sigmoid_prime(Z)).sum(axis=0, keepdims=True),),
        ),
        WrongAnswer(
            "divided by the number of examples",
            "Right for one example, and too small by N for a batch of N. L is the sum over the examples, so nothing "
            "is divided.",
            lambda: lambda D, W, Z: (D @ W) * sigmoid_prime(Z) / len(Z),
        ),
        WrongAnswer(
            "the slope of tanh",
            "1 − tanh² is the slope of tanh. The layer here is a sigmoid layer: its slope is a(1 − a), at most ¼.",
            lambda: lambda D, W, Z: (D @ W) * (1 - np.tanh(Z) ** 2),
        ),
        WrongAnswer(
            "1 − a² with a = σ(z)",
            "1 − a² is tanh's rule, used on σ's a. For σ it is a(1 − a).",
            lambda: lambda D, W, Z: (D @ W) * (1 - sigmoid(Z) ** 2),
        ),
        WrongAnswer(
            "the slope of ReLU",
            "You let through what comes back where z > 0, and nothing elsewhere: that is the rule for a ReLU layer. A "
            "sigmoid layer passes on a part everywhere, a(1 − a) of it.",
            lambda: lambda D, W, Z: (D @ W) * (Z > 0),
        ),
        WrongAnswer(
            "sign",
            "Your δ has the opposite sign. Nothing turns the sign on the way back: no minus stands in the formula.",
            lambda: lambda D, W, Z: -(D @ W) * sigmoid_prime(Z),
        ),
    ),
)

TASKS = (OUTPUT_DELTA, HIDDEN_DELTA)
