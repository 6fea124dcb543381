"""What learners get wrong in `gradient_step(params, grads, learning_rate)`, θ − η ∇L for every W and b."""

import numpy as np

from threesteps.descent import gradient_step
from threesteps.mistakes import also


def _each(params, grads, step):
    return [(step(W, dW), step(b, db)) for (W, b), (dW, db) in zip(params, grads)]


def divided_by_the_learning_rate(params, grads, learning_rate):
    """You *divide* the gradient by the learning rate, so that a small rate makes a long step, and a rate of 0 an
    infinite one. It multiplies: the smaller the rate, the shorter the step."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return _each(params, grads, lambda p, dp: p - dp / learning_rate)


def learning_rate_forgotten_for_the_biases(params, grads, learning_rate):
    """The weights are right. At the biases the learning rate is missing: they make the same kind of step, and the rate
    multiplies their slopes, too."""
    return [(W - learning_rate * dW, b - db) for (W, b), (dW, db) in zip(params, grads)]


def learning_rate_forgotten(params, grads, learning_rate):
    """You subtract the gradient as it is. How far a step goes is for the learning rate to say: it multiplies the
    gradient. (With a rate of 1 you can't tell.)"""
    return _each(params, grads, lambda p, dp: p - dp)


def uphill(params, grads, learning_rate):
    """You add the gradient, and the gradient points where the loss grows. To go down, subtract."""
    return _each(params, grads, lambda p, dp: p + learning_rate * dp)


def biases_skipped(params, grads, learning_rate):
    """The weights move, the biases stay. They are parameters like any other: each b has its gradient db and makes the
    same kind of step."""
    return [(W - learning_rate * dW, b) for (W, b), (dW, _) in zip(params, grads)]


def weights_skipped(params, grads, learning_rate):
    """The biases move, the weights stay. Each W has its gradient dW and makes the same kind of step."""
    return [(W, b - learning_rate * db) for (W, b), (_, db) in zip(params, grads)]


def changed_in_place(params, grads, learning_rate):
    """The new values are right, but `-=` writes them into the caller's own arrays: the old parameters are gone (and an
    array of whole numbers refuses). Compute W − … as a new array."""
    for (W, b), (dW, db) in zip(params, grads):
        W -= learning_rate * dW
        b -= learning_rate * db
    return params


def put_into_the_list_of_the_caller(params, grads, learning_rate):
    """The new arrays are right, but you put them into the caller's own list in place of the old ones, which are lost.
    Start a list of your own."""
    for l, ((W, b), (dW, db)) in enumerate(zip(params, grads)):
        params[l] = W - learning_rate * dW, b - learning_rate * db
    return params


def brackets(params, grads, learning_rate):
    """The learning rate multiplies too much: η (W − dW) shrinks the weights themselves. It belongs to the gradient
    alone."""
    return _each(params, grads, lambda p, dp: learning_rate * (p - dp))


def the_step_and_not_the_place(params, grads, learning_rate):
    """You return the steps, −η ∇L. The new parameters are the old ones plus those."""
    return _each(params, grads, lambda p, dp: -learning_rate * dp)


def the_way_and_not_the_place(params, grads, learning_rate):
    """You return η ∇L, which is what has to be subtracted. The new parameters are the old ones minus that."""
    return _each(params, grads, lambda p, dp: learning_rate * dp)


def nothing_moves(params, grads, learning_rate):
    """You return the parameters as they came: no step was made. Did you compute the new value and then leave it behind?
    Inside the loop, `W = …` changes only what the name W stands for, not the list."""
    for (W, b), (dW, db) in zip(params, grads):
        W = W - learning_rate * dW
        b = b - learning_rate * db
    return params


def one_fixed_learning_rate(params, grads, learning_rate):
    """Your steps are right for a learning rate of 0.1 and no other: use the one that is handed over."""
    return _each(params, grads, lambda p, dp: p - 0.1 * dp)


def parameter_for_gradient(params, grads, learning_rate):
    """You use the parameters themselves where the gradients belong: every W shrinks by a share of itself, and the
    gradients are never looked at."""
    return _each(params, grads, lambda p, dp: p - learning_rate * p)


def parameter_times_gradient(params, grads, learning_rate):
    """You multiply the parameter by something with its gradient. A step is a difference: the old value minus learning
    rate times slope."""
    return _each(params, grads, lambda p, dp: p * (1 - learning_rate * dp))


def the_direction_only(params, grads, learning_rate):
    """Only the sign of each slope counts in your step, so steep or flat makes no difference. The step is proportional
    to the slope."""
    return _each(params, grads, lambda p, dp: p - learning_rate * np.sign(dp))


def steps_of_one_length(params, grads, learning_rate):
    """You divide each gradient by its length, so every step is equally long. Gradient descent steps far where it is
    steep and little where it is flat: use the gradient as it is."""
    return _each(params, grads, lambda p, dp: p - learning_rate * dp / np.linalg.norm(dp))


@also(lambda params, grads, learning_rate: gradient_step(params, grads, learning_rate)[0])
def the_first_layer_only(params, grads, learning_rate):
    """Only the first layer comes back. Does the loop end too early, with a `return` inside it perhaps?"""
    return gradient_step(params, grads, learning_rate)[:1]


@also(lambda params, grads, learning_rate: gradient_step(params, grads, learning_rate)[-1])
def the_last_layer_only(params, grads, learning_rate):
    """Only the last layer comes back. Does each round of the loop start a new list, or overwrite the result?"""
    return gradient_step(params, grads, learning_rate)[-1:]


def the_last_layer_missing(params, grads, learning_rate):
    """Every layer comes back but the last. Does the loop end too early? `range(n)` already stops before n."""
    return gradient_step(params, grads, learning_rate)[:-1]


def only_the_first_layer_moves(params, grads, learning_rate):
    """The first layer makes its step, the others stay as they were. Every layer steps, by its own gradient."""
    return gradient_step(params, grads, learning_rate)[:1] + params[1:]


def only_the_last_layer_moves(params, grads, learning_rate):
    """The last layer makes its step, the others stay as they were. Every layer steps, by its own gradient."""
    return params[:-1] + gradient_step(params, grads, learning_rate)[-1:]


def one_flat_list(params, grads, learning_rate):
    """The new arrays are right, but in one flat list: W, b, W, b, … It should hold pairs, as `params` does."""
    return [p for pair in gradient_step(params, grads, learning_rate) for p in pair]


def all_weights_then_all_biases(params, grads, learning_rate):
    """The new arrays are right, but in two lists, all W in one and all b in the other. Return one list
    of pairs: each layer's W with its b."""
    weights, biases = zip(*gradient_step(params, grads, learning_rate))
    return [list(weights), list(biases)]


def layers_in_reverse(params, grads, learning_rate):
    """The layers come back in the opposite order. First layer first, as they came."""
    return gradient_step(params, grads, learning_rate)[::-1]
