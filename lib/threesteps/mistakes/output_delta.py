"""What learners get wrong in `output_delta(Y, T)`, δ = Y − T for softmax with cross-entropy."""

import numpy as np

from threesteps.backprop import sigmoid_prime
from threesteps.loss import one_hot
from threesteps.mistakes import also
from threesteps.network import softmax


def sign(Y, T):
    """You have t − y, which is the opposite sign. δ is the slope of the loss: where y is too large, a larger z makes
    the loss larger, so δ is positive there. (The step downhill subtracts it; that minus comes later.)"""
    return T - Y


def an_extra_slope(Y, T):
    """There is one factor y(1 − y) too many: it belongs to the squared error with σ. For softmax with cross-entropy the
    slope of the activation cancels against the 1/y of the logarithm, and no factor is left."""
    return (Y - T) * Y * (1 - Y)


def the_slope_at_y(Y, T):
    """Two things at once: Y holds probabilities already, so σ′(Y) takes σ a second time; and for softmax with
    cross-entropy no slope is left over, because it cancels. What is left is very short."""
    return sigmoid_prime(Y) * (Y - T)


def through_its_own_y_only(Y, T):
    """You followed each z through its own y alone, and that gives 0 wherever t is 0. With softmax every y depends on
    every z, so each z has a path to the loss through every y: case 2, the paths add."""
    return Y * (1 - Y) * (-T / Y)


def only_where_t_is_above_0(Y, T):
    """Your δ is 0 wherever t is 0. The guard of the cross-entropy does not belong here: what the network gives to a
    class that did not happen is a mistake, too, and its score should come down."""
    return np.where(T > 0, Y - T, 0)


def stopped_at_y(Y, T):
    """That is −t/y, the slope of the loss along y. δ is the slope along z: the way from z to y, through softmax, is
    still missing."""
    return -T / Y


def stopped_at_y_of_the_binary_cross_entropy(Y, T):
    """That is (y − t)/(y(1 − y)), the slope of the binary cross-entropy along y. δ is the slope along z, one step
    further back, and the loss here is the cross-entropy with softmax."""
    return (Y - T) / (Y * (1 - Y))


def divided_by_the_number_of_examples(Y, T):
    """Right for one example, but too small by a factor N for a batch of N. L is the sum over the examples: nothing is
    divided here. (The training loop divides, in plain sight, in lesson 3e.)"""
    return (Y - T) / len(Y)


def divided_by_the_number_of_entries(Y, T):
    """Your δ is too small by a factor N · K, the number of all entries: is there a `mean` or a `size` in it? L is a
    sum; nothing is divided."""
    return (Y - T) / Y.size


def divided_by_the_number_of_classes(Y, T):
    """Your δ is too small by a factor K, the number of classes. C is a sum over the classes; nothing is divided."""
    return (Y - T) / Y.shape[1]


def softmax_twice(Y, T):
    """Softmax was applied once more. Y already holds the probabilities."""
    return softmax(Y) - T


@also(lambda Y, T: np.where(T == 1, Y - 1, Y), lambda Y, T: np.where(T > 0, Y - 1, Y))
def one_class_only(Y, T):
    """Right for one-hot targets, where 1 is subtracted at the class that happened. A soft target spreads its
    weight: each class has its own t to subtract."""
    delta = Y.copy()
    delta[np.arange(len(Y)), T.argmax(axis=1)] -= 1
    return delta


def one_class_only_and_Y_changed(Y, T):
    """You subtract 1 from Y itself, at one class. Whoever called the function still needs the old Y; and a soft target
    spreads its weight, so each class has its own t to subtract."""
    Y[np.arange(len(Y)), T.argmax(axis=1)] -= 1
    return Y


def Y_changed_in_place(Y, T):
    """The numbers are right, but you wrote them into Y itself (`-=`, or `out=`). Whoever called the function still
    needs the old Y: make a new array."""
    Y -= T
    return Y


def summed_over_the_examples(Y, T):
    """You added up over the examples. Each example goes back through the network with a δ of its own: (N, K) in,
    (N, K) out. The sum over the batch comes later, with the weights."""
    return (Y - T).sum(axis=0)


def the_first_example_only(Y, T):
    """Your result is the δ of the first example alone. Is there an index [0], or a `return` inside a loop? Each example
    has a row of its own."""
    return (Y - T)[0]


def the_loss_in_place_of_its_slope(Y, T):
    """That is −t ln y, the terms of the loss itself. δ is the loss's slope along z."""
    return -T * np.log(Y)


def squared(Y, T):
    """You squared the difference: that is another loss, not a slope. δ has a sign: it is negative where y is still too
    small."""
    return (Y - T) ** 2


def twice_as_much(Y, T):
    """Your δ is twice the right one. A 2 comes down from a square, and the cross-entropy has no square."""
    return 2 * (Y - T)


def without_sign(Y, T):
    """The sizes are right, but the signs are gone. Where y is too small, a larger z makes the loss *smaller*: δ is
    negative there."""
    return np.abs(Y - T)


def rounded_to_a_class_first(Y, T):
    """You rounded the prediction to one class before you subtracted t. How *sure* the network was is what δ is made of:
    use the probabilities as they are."""
    return one_hot(Y.argmax(axis=1), Y.shape[1]) - T
