"""What learners get wrong in `tanh_backprop(X, T, params)`: tanh, then σ, and a missed yes counts 5 times."""

from functools import partial

import numpy as np

from threesteps.backprop import numerical_gradient, sigmoid_prime
from threesteps.mistakes import also, backprop, fresh
from threesteps.network import logits, sigmoid, softmax
from threesteps.tasks.exam import tanh_backprop


def _delta(Y, T):
    """The output's δ, ∂C/∂z."""
    return (1 - T) * Y - 5 * T * (1 - Y)


_walk = partial(backprop._walk, hidden=np.tanh, output=sigmoid, gain=lambda Z, A: 1 - A**2, start=_delta)


def _nudged(X, T, params, h=1e-5):
    def of(layer, which):
        def loss(value):
            changed = [list(pair) for pair in params]
            changed[layer][which] = value
            Z = logits(X, changed, "tanh")
            return float((5 * T * np.logaddexp(0, -Z) + (1 - T) * np.logaddexp(0, Z)).sum())

        return numerical_gradient(loss, params[layer][which], h)

    return [(of(layer, 0), of(layer, 1)) for layer in range(len(params))]


@backprop._nudged_by(_nudged)
def by_nudging(X, T, params):
    """Those are slopes by nudging. They take two forward passes for every weight, and no h suits them all unless all
    inputs are of one size: next to an input of 100,000 it is too large, next to one of 0.001 too small. Let the chain
    rule find the slopes, in one pass back; nudges are for checking it."""
    return _nudged(X, T, params)


def slope_of_σ_for_tanh(X, T, params):
    """The forward pass is right, but on the way back hidden layers use a(1 − a). That is σ's slope. Derive tanh's, or
    look how steep tanh is at 0."""
    return _walk(X, T, params, gain=lambda Z, A: A * (1 - A))


def σ_prime_of_z_for_tanh(X, T, params):
    """The forward pass is right, but on the way back hidden layers use σ′(z), as in lesson 3c. These squash with tanh:
    its slope belongs there. Derive it, or look how steep tanh is at 0."""
    return _walk(X, T, params, gain=lambda Z, A: sigmoid_prime(Z))


def σ_in_the_hidden_layers(X, T, params):
    """That is the gradient of another network: its hidden layers squash with σ. Here they use tanh, forward and
    back."""
    return _walk(X, T, params, hidden=sigmoid, gain=lambda Z, A: A * (1 - A))


def tanh_on_the_way_back_only(X, T, params):
    """Your hidden layers squash with σ, but on the way back use the slope of tanh. Both passes have to be those of
    tanh."""
    return _walk(X, T, params, hidden=sigmoid)


@also(partial(_walk, output=softmax, start=lambda Y, T: Y - T))
def softmax_outputs(X, T, params):
    """Your outputs add up to 1: that is softmax. Here each output is a σ of its own, a yes or no by itself."""
    return _walk(X, T, params, output=softmax)


def tanh_outputs(X, T, params):
    """Your output layer squashes with tanh. The hidden layers do; the outputs are σ, between 0 and 1."""
    return _walk(X, T, params, output=np.tanh)


def no_slope(X, T, params):
    """The last layer is right, and before it the slope of tanh is missing: what comes back through W is only half of a
    hidden neuron's δ."""
    return _walk(X, T, params, gain=lambda Z, A: 1)


def squared_z(X, T, params):
    """Your slope squares z, where the neuron's *output* is meant: the slope of tanh is written most easily with
    a = tanh z."""
    return _walk(X, T, params, gain=lambda Z, A: 1 - Z**2)


def the_square_left_out(X, T, params):
    """Your slope is 1 − a. It should fade where a nears −1 as well as where it nears 1: a power is missing."""
    return _walk(X, T, params, gain=lambda Z, A: 1 - A)


def tanh_twice(X, T, params):
    """Your slope takes the tanh of what is tanh z already. The forward pass keeps a, and a is what the slope needs."""
    return _walk(X, T, params, gain=lambda Z, A: 1 - np.tanh(A) ** 2)


def plus_for_minus(X, T, params):
    """Your slope is 1 + a², which grows where the neuron saturates. Look at the curve of tanh: it is steepest in the
    middle."""
    return _walk(X, T, params, gain=lambda Z, A: 1 + A**2)


def every_error_counts_the_same(X, T, params):
    """Your output δ is y − t. That belongs to the plain binary cross-entropy; in this loss a missed yes counts five
    times. Derive ∂C/∂z from the formula of L, as it is."""
    return _walk(X, T, params, start=lambda Y, T: Y - T)


def all_errors_count_five_times(X, T, params):
    """In your loss everything counts five times. The 5 belongs to its first part alone, to what should be *yes*."""
    return _walk(X, T, params, start=lambda Y, T: 5 * (Y - T))


def a_false_yes_counts_five_times(X, T, params):
    """In your loss it is the false yes that counts five times. The 5 belongs to the part with t, to a *missed* yes."""
    return _walk(X, T, params, start=lambda Y, T: 5 * (1 - T) * Y - T * (1 - Y))


def five_t_for_t(X, T, params):
    """Your output δ is y − 5t: the known y − t with 5t in it. But t occurs twice in the loss, and only one of
    them has a 5. Derive ∂C/∂z from the formula of L."""
    return _walk(X, T, params, start=lambda Y, T: Y - 5 * T)


def hard_targets_alone(X, T, params):
    """Right where every target is 0 or 1, and wrong for those between: there both terms of the loss count, each with
    its own weight. Derive δ for any t before you simplify."""
    return _walk(X, T, params, start=lambda Y, T: (1 + 4 * T) * (Y - T))


def the_inner_sign_of_1_minus_y(X, T, params):
    """At the output δ is right where t is 1, and has the opposite sign where t is 0. The derivative of ln(1 − y) has an
    inner derivative: what is the slope of 1 − y?"""
    return _walk(X, T, params, start=lambda Y, T: -5 * T * (1 - Y) - (1 - T) * Y)


def slope_of_σ_at_the_output(X, T, params):
    """Your output δ has one factor too many, σ′. It belongs to the squared error; the slope of this loss with respect
    to y has fractions that cancel it. Work it out on paper."""
    return _walk(X, T, params, start=lambda Y, T: _delta(Y, T) * Y * (1 - Y))


def the_slope_with_respect_to_y(X, T, params):
    """Your output δ is ∂C/∂y. A δ is a slope with respect to z: the output's own squashing lies between the two."""
    return _walk(X, T, params, start=lambda Y, T: _delta(Y, T) / (Y * (1 - Y)))


@also(partial(_walk, start=lambda Y, T: (-5 * T / Y + (1 - T) / (1 - Y)) * Y * (1 - Y)))
def the_fraction_not_cancelled(X, T, params):
    """Right, until an output is so sure that y is 0 or 1 in the computer's numbers: then you divide by y(1 − y) = 0.
    Multiply ∂C/∂y and ∂y/∂z on paper first: y(1 − y) cancels, and what is left is short and always finite."""
    return _walk(X, T, params, start=lambda Y, T: _delta(Y, T) / (Y * (1 - Y)) * Y * (1 - Y))


@also(partial(_walk, start=lambda Y, T: -T * (1 - Y)))
def half_of_the_loss(X, T, params):
    """Only the first part seems to be in your loss, the one with ln y. There is a second, for what should be *no*:
    −(1 − t) ln(1 − y)."""
    return _walk(X, T, params, start=lambda Y, T: -5 * T * (1 - Y))


def opposite_sign(X, T, params):
    """All your slopes have the opposite sign: the minus of a downhill step is not part of the gradient. Look at the
    output's δ."""
    return _walk(X, T, params, start=lambda Y, T: -_delta(Y, T))


def mean_over_the_examples(X, T, params):
    """Your slopes are divided by the number of examples: right for one example, and wrong for a batch. The loss is the
    sum over all examples."""
    return _walk(X, T, params, start=lambda Y, T: _delta(Y, T) / len(Y))


def mean_over_the_outputs(X, T, params):
    """Your slopes are divided by the number of outputs. The loss is *summed* over outputs and examples."""
    return _walk(X, T, params, start=lambda Y, T: _delta(Y, T) / Y.shape[1])


def mean_over_all(X, T, params):
    """Your slopes are divided by the number of examples and by that of outputs: a mean over the whole table. The loss
    is summed over both."""
    return _walk(X, T, params, start=lambda Y, T: _delta(Y, T) / Y.size)


def twice(X, T, params):
    """All your slopes are twice what they should be. A 2 comes from squares, and there is no squared error here."""
    return _walk(X, T, params, start=lambda Y, T: 2 * _delta(Y, T))


def W_transposed_on_the_way_back(X, T, params):
    """You transpose W on the way back. Forward it is transposed because the examples are rows; backward (N, out) meets
    (out, in) as it is. (Square layers don't complain.)"""
    return _walk(X, T, params, back=lambda delta, W: delta @ W.T)


def the_weights_left_out_on_the_way_back(X, T, params):
    """Your δ goes back without passing the weights. Each hidden neuron hears of the next layer's δ through its own
    wires, each with its weight."""
    return _walk(X, T, params, back=lambda delta, W: delta.sum(axis=1, keepdims=True))


def dW_transposed(X, T, params):
    """In your dW rows and columns are swapped: they have the shape (in, out), and W is (out, in)."""
    return _walk(X, T, params, dW=lambda delta, entered: entered.T @ delta)


def sums_then_the_outer_product(X, T, params):
    """dW is right for one example. In a batch you add first and only then multiply, so that each example's δ meets
    every other example's a."""
    return _walk(X, T, params, dW=lambda delta, entered: np.outer(delta.sum(axis=0), entered.sum(axis=0)))


def db_not_summed(X, T, params):
    """db is a table with a row for each example. The examples add up, as they do in dW."""
    return _walk(X, T, params, db=lambda delta: delta)


def mean_in_db_alone(X, T, params):
    """dW is right, and db is divided by the number of examples. Both are sums over the batch."""
    return _walk(X, T, params, db=lambda delta: delta.mean(axis=0))


def db_zero(X, T, params):
    """dW is right, but your db are 0. A bias is a weight whose input is 1: its slope is δ, added up."""
    return _walk(X, T, params, db=lambda delta: 0 * delta[0])


def no_biases_forward(X, T, params):
    """Your forward pass leaves out the biases, so every activation is off, and with it every slope."""
    return _walk(X, T, [(W, 0 * b) for W, b in params])


_own_output = partial(_walk, entering=lambda A, l: A[l + 1])


@also(partial(_own_output, dW=lambda delta, left: np.outer(delta.sum(axis=0), left.sum(axis=0))))
def the_values_behind_the_weights(X, T, params):
    """dW is made with what *leaves* the layer. The slope of a weight is δ times what *enters* through it."""
    return _own_output(X, T, params)


def the_last_layer_first(X, T, params):
    """The slopes are right, but they begin with the last layer. The first layer comes first, as in params."""
    return tanh_backprop(X, T, params)[::-1]


def flat(X, T, params):
    """dW and db come one after the other in a flat list. What is wanted are pairs, as in params."""
    return [array for pair in tanh_backprop(X, T, params) for array in pair]


def the_last_layer_alone(X, T, params):
    """The last layer is right, but the slopes of all others are 0."""
    *_, last = tanh_backprop(X, T, params)
    return [*((0 * W, 0 * b) for W, b in params[:-1]), last]


def one_hidden_layer_written_out(X, T, params):
    """Right with one hidden layer, and an error with any other number: your code unpacks exactly two pairs."""
    (W1, b1), (W2, b2) = params
    return tanh_backprop(X, T, [(W1, b1), (W2, b2)])


def the_last_example_alone(X, T, params):
    """In a batch your slopes are those of the last example: each example's seem to replace the ones before. They
    add up."""
    for x, t in zip(X, T):
        grads = tanh_backprop(x[None, :], t[None, :], params)
    return grads


def the_first_example_alone(X, T, params):
    """In a batch your slopes are those of the first example. If the `return` is inside the loop, it ends the loop in
    its first turn."""
    return tanh_backprop(X[:1], T[:1], params)


def params_changed_in_place(X, T, params):
    """The slopes are right, but params were changed: a gradient only tells where downhill is. Taking the step is
    somebody else's task."""
    grads = tanh_backprop(X, T, params)
    for (W, b), (dW, db) in zip(params, grads):
        W -= 0.1 * dW
        b -= 0.1 * db
    return grads


@fresh
def kept_between_calls():
    """The first call is right, and the next one adds to what it left: slopes are kept outside the function, or in a
    default argument."""
    kept = {}

    def answer(X, T, params):
        shapes = tuple(W.shape for W, b in params)
        before = kept.get(shapes, [(0, 0)] * len(params))
        kept[shapes] = [(dW + p, db + q) for (dW, db), (p, q) in zip(tanh_backprop(X, T, params), before)]
        return kept[shapes]

    return answer
