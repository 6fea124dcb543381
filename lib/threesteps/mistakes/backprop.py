"""What learners get wrong in `backprop(X, T, params)`: sigmoid hidden layers, softmax, cross-entropy."""

from functools import partial

import numpy as np

from threesteps.backprop import backprop, backprop_with, numerical_gradients, sigmoid_prime
from threesteps.loss import network_loss
from threesteps.mistakes import also, fresh, known_by
from threesteps.network import forward, sigmoid, softmax


def _walk(
    X,
    T,
    params,
    *,
    hidden=sigmoid,
    output=softmax,
    start=lambda Y, T: Y - T,
    dW=lambda delta, entered: delta.T @ entered,
    db=lambda delta: delta.sum(axis=0),
    back=lambda delta, W: delta @ W,
    gain=lambda Z, A: A * (1 - A),
    entering=lambda A, l: A[l],
    params_back=None,
    gain_of=-1,
    until=1,
    σ_kept=False,
):
    """Backpropagation, of which each part can be replaced by a wrong one.

    params_back: those of the way back; gain_of: whose gain, -1 for the layer before; until: the last
    layer from which δ goes back; σ_kept: the list of what enters ends with σ of the last scores.
    """
    Z, A = [], [X]
    for l, (W, b) in enumerate(params, start=1):
        Z.append(A[-1] @ W.T + b)
        A.append((hidden if σ_kept or l < len(params) else output)(Z[-1]))
    delta, grads = start(output(Z[-1]), T), []
    for l in reversed(range(len(params))):
        grads.insert(0, (dW(delta, entering(A, l)), db(delta)))
        if l >= until:
            W, _ = (params_back or params)[l]
            delta = back(delta, W) * gain(Z[l + gain_of], A[l + 1 + gain_of])
    return grads


def _all_close(mine, its, rtol=1e-6):
    """Are two lists of pairs the same, array by array?"""
    return len(mine) == len(its) and all(
        np.shape(a) == np.shape(b) and np.allclose(a, b, rtol=rtol, atol=1e-9)
        for pair, other in zip(mine, its)
        for a, b in zip(pair, other, strict=True)
    )


def _step_that_explains(given, without, with_one):
    """The s for which given = without + s · (with_one − without) fits best; ValueError for none."""
    given, without, with_one = (np.ravel(array) for array in (given, without, with_one))
    unit = with_one - without
    step = (given - without) @ unit / (unit @ unit)
    if abs(step) < 1e-6:
        raise ValueError("no step was taken")
    return step


def _tested(test):
    """Mark a mistake with a test of (what came back, X, T, params); what is no list of pairs doesn't pass."""

    def safe(trial):
        try:
            return not trial.outcome.changed and test(trial.outcome.value, *trial.arguments)
        except (TypeError, ValueError, LookupError):
            return False

    return known_by(safe)


def _is_δ_through_a_step(given, X, T, params):
    early = partial(δ_through_updated_weights, X, T, params)
    step = _step_that_explains(given[-2][1], early(0)[-2][1], early(1)[-2][1]) if len(params) > 1 else 0
    return _all_close(given, early(step))


def _is_a_step(given, X, T, params):
    steps = partial(parameters_after_a_step, X, T, params)
    return _all_close(given, steps(_step_that_explains(given[-1][0], steps(0)[-1][0], steps(1)[-1][0])))


def _nudged_by(nudged):
    """Known by slopes near those of central differences with a usual h; rounding makes them differ a little. Weights in
    whole numbers tell nothing: nudged in place, they don't move."""

    def test(given, X, T, params):
        whole = any(W.dtype.kind == "i" for W, _ in params)
        return whole or any(_all_close(given, nudged(X, T, params, h=h), 1e-4) for h in (1e-4, 1e-5))

    return _tested(test)


@_nudged_by(numerical_gradients)
def by_wiggling(X, T, params):
    """Those are slopes by wiggling. They take two forward passes for every weight, and no h suits them all unless all
    inputs are of one size: next to an input of 100,000 it is too large, next to one of 0.001 too small. Let the chain
    rule find the slopes, in one pass back; wiggles are for checking it."""
    return numerical_gradients(X, T, params)


def the_gain_left_out(X, T, params):
    """The last layer is right, and all layers before it are not: on the way back each neuron's gain, a(1 − a), is
    missing. (Such a gradient even trains; the check of lesson 3d sees it.)"""
    return _walk(X, T, params, gain=lambda Z, A: 1)


def W_transposed_on_the_way_back(X, T, params):
    """The last layer is right. On the way back you transpose W, where a row of δ meets W as it stands, without `.T`.
    (With square layers no error tells.)"""
    return _walk(X, T, params, back=lambda delta, W: delta @ W.T)


def σ_twice(X, T, params):
    """The last layer is right. On the way back the slope is taken at a, where it should be taken at z: if a = σ(z) is
    what you have, the slope is a(1 − a), and no second σ."""
    return _walk(X, T, params, gain=lambda Z, A: sigmoid_prime(A))


def the_rule_for_a_applied_to_z(X, T, params):
    """The last layer is right. On the way back you multiply by z(1 − z); the gain is a(1 − a), with a = σ(z)."""
    return _walk(X, T, params, gain=lambda Z, A: Z * (1 - Z))


def the_slope_of_tanh(X, T, params):
    """The last layer is right. On the way back you multiply by 1 − a², which is tanh's slope. For σ it is a(1 − a)."""
    return _walk(X, T, params, gain=lambda Z, A: 1 - A**2)


def the_gain_of_the_layer_after(X, T, params):
    """The last layer is right. On the way back δ is multiplied by the gain of the layer that it comes *from*: the index
    is off by one. Having passed W, it is in the layer before, and takes that one's gain."""
    return _walk(X, T, params, gain=lambda Z, A: sigmoid_prime(Z), gain_of=0)


def δ_moved_on_before_the_slopes(X, T, params):
    """In each turn δ goes one layer back first, and then the slopes are noted: they meet the δ of the wrong layer. Note
    the slopes of a layer while you have its own δ, and then go back."""
    *A, Y = forward(X, params)
    delta, grads = Y - T, []
    for l in reversed(range(len(params))):
        if l > 0:
            delta = (delta @ params[l][0]) * A[l] * (1 - A[l])
        grads.insert(0, (delta.T @ A[l], delta.sum(axis=0)))
    return grads


def one_step_too_many(X, T, params):
    """Your loop goes one layer too far: after the first layer's slopes it tries to send δ on to X, where there is no z
    and no gain. (With square layers it happens to run.) The last turn notes its slopes, and stops."""
    return _walk(X, T, params, gain=lambda Z, A: sigmoid_prime(Z), until=0)


@_tested(_is_δ_through_a_step)
def δ_through_updated_weights(X, T, params, step=0.1):
    """The last layer is right. But its W takes a step before δ goes back through it, so δ belongs to two networks at
    once. A gradient is the slope at one point: compute all of it with the old weights; the step comes later."""
    return backprop_with(back=lambda delta, W, dW: delta @ (W - step * dW))(X, T, params)


@_tested(_is_a_step)
def parameters_after_a_step(X, T, params, step=0.1):
    """You return new parameters: the step downhill has been taken already. What is wanted are the slopes alone; the
    step comes later, in gradient_step."""
    return [(W - step * dW, b - step * db) for (W, b), (dW, db) in zip(params, backprop(X, T, params))]


def the_weights_of_another_layer(X, T, params):
    """The last layer is right. On the way back δ goes through the weights of the layer *before*: the index is off by
    one. The weights that lead out of layer l are those of the layer whose δ you have."""
    return _walk(X, T, params, params_back=[params[-1], *params[:-1]])


@also(partial(_walk, start=lambda Y, T: (Y - T) * sigmoid_prime(Y)))
def an_extra_slope_at_the_output(X, T, params):
    """Every layer is off, even the last: the δ of the output has one factor too many, y(1 − y). For softmax with
    cross-entropy it is y − t, and nothing else."""
    return _walk(X, T, params, start=lambda Y, T: (Y - T) * Y * (1 - Y))


def sign(X, T, params):
    """All signs are reversed: δ at the output is y − t. The minus of the step downhill comes later."""
    return _walk(X, T, params, start=lambda Y, T: T - Y)


@also(partial(_walk, output=sigmoid, start=lambda Y, T: (Y - T) * sigmoid_prime(Y)))
def quadratic_cost(X, T, params):
    """That is the gradient of another loss, half the squared error of σ outputs: (y − t) y (1 − y). Here the output is
    softmax and the loss is the cross-entropy, whose δ is y − t."""
    return _walk(X, T, params, output=sigmoid, start=lambda Y, T: (Y - T) * Y * (1 - Y))


def σ_at_the_output(X, T, params):
    """Your last layer squashes with σ, as in lesson 1b. Here the output layer is softmax: δ is y − t for both, but with
    a different y."""
    return _walk(X, T, params, output=sigmoid)


def σ_and_then_softmax_at_the_output(X, T, params):
    """Your last layer squashes with σ first, and then softmax takes what comes out. Softmax wants the scores z as they
    are: it makes probabilities of them by itself."""
    return _walk(X, T, params, output=lambda Z: softmax(sigmoid(Z)))


def no_softmax_at_the_output(X, T, params):
    """Your δ at the output is z − t: you take the last scores for the output. Softmax has to turn them into
    probabilities first."""
    return _walk(X, T, params, output=lambda Z: Z)


def _softmax_over(axis):
    def squash(Z):
        e = np.exp(Z - Z.max(axis=axis, keepdims=True))
        return e / e.sum(axis=axis, keepdims=True)

    return squash


@also(partial(_walk, output=_softmax_over(0)))
def softmax_across_the_examples(X, T, params):
    """Your softmax divides by a sum that runs over several examples. Each example has its own probabilities: in every
    *row* they sum to 1. Which axis do your `sum` and `max` take?"""
    return _walk(X, T, params, output=_softmax_over(None))


def divided_by_the_number_of_examples(X, T, params):
    """All gradients are too small by a factor of N: they are right for one example alone. L is the sum over the
    examples; the training loop of lesson 3e divides, and says so."""
    return _walk(X, T, params, start=lambda Y, T: (Y - T) / len(Y))


def biases_not_summed(X, T, params):
    """The weights' slopes are right. The biases get δ as it is, a row for each example: the rows have yet to be added
    up, to (out,)."""
    return _walk(X, T, params, db=lambda delta: delta)


def biases_averaged(X, T, params):
    """The weights' slopes are right. The biases' slopes are averaged over the batch, where they should be summed."""
    return _walk(X, T, params, db=lambda delta: delta.mean(axis=0))


def dW_transposed(X, T, params):
    """The biases' slopes are right. In each dW rows and columns are swapped: it is (in, out), and W is (out, in)."""
    return _walk(X, T, params, dW=lambda delta, entered: entered.T @ delta)


def sums_then_the_outer_product(X, T, params):
    """The biases' slopes are right. For the weights you add up δ and a over the batch first, and only then multiply: so
    each example's δ meets every other example's a."""
    return _walk(X, T, params, dW=lambda delta, entered: np.outer(delta.sum(axis=0), entered.sum(axis=0)))


@also(partial(_walk, entering=lambda A, l: A[l + 1], σ_kept=True))
def what_leaves_the_layer(X, T, params):
    """The biases' slopes are right. For the weights δ meets the layer's *own* output: the index is off by one. What
    enters through a weight comes from the layer before."""
    return _walk(X, T, params, entering=lambda A, l: A[l + 1])


def X_in_every_layer(X, T, params):
    """The first layer is right, and so are the biases. For the weights of the other layers δ meets X as well: what
    enters a later layer is the a of the layer before it."""
    return _walk(X, T, params, entering=lambda A, l: X)


def _z_kept(X, T, params, gain):
    """Right but for the list of what enters the layers: after X it holds each z."""
    delta, grads, Z = forward(X, params)[-1] - T, [], [X]
    for (W, b), entered in zip(params, forward(X, params)):
        Z.append(entered @ W.T + b)
    for l in reversed(range(len(params))):
        grads.insert(0, (delta.T @ Z[l], delta.sum(axis=0)))
        delta = (delta @ params[l][0]) * gain(Z[l])
    return grads


@also(partial(_z_kept, gain=lambda z: z * (1 - z)))
def z_kept_in_place_of_a(X, T, params):
    """The last layer's biases are right, and its weights are not: δ meets the z of the layer before. What enters
    through a weight is a = σ(z). Which of the two does your list keep?"""
    return _z_kept(X, T, params, gain=sigmoid_prime)


@also(partial(_walk, hidden=lambda Z: Z), partial(_walk, hidden=lambda Z: Z, gain=lambda Z, A: 1))
def no_σ_in_the_forward_pass(X, T, params):
    """Your forward pass hands each layer the z of the one before, without σ: so all slopes are off, and only a network
    of one layer is right. A layer passes on a = σ(z)."""
    return _walk(X, T, params, hidden=lambda Z: Z, gain=lambda Z, A: sigmoid_prime(Z))


def no_bias_in_the_forward_pass(X, T, params):
    """Your forward pass adds no biases, so every a is off, and with it every slope."""
    return _walk(X, T, [(W, 0 * b) for W, b in params])


def last_layer_first(X, T, params):
    """The gradients are right, but they begin with the last layer, in the order in which they were found. `params`
    begins with the first layer, and a step downhill goes through both lists side by side."""
    return backprop(X, T, params)[::-1]


def one_flat_list(X, T, params):
    """The gradients are right, but they stand in one flat list, dW, db, dW, db, … What is wanted is a list of pairs, as
    params is: one (dW, db) per layer."""
    return [array for pair in backprop(X, T, params) for array in pair]


def weights_only(X, T, params):
    """You return the slopes of the weights alone. Each layer has a pair, (dW, db)."""
    return [dW for dW, db in backprop(X, T, params)]


def biases_first(X, T, params):
    """In each pair the biases' slopes stand first. The order is that of params: (dW, db)."""
    return [(db, dW) for dW, db in backprop(X, T, params)]


def the_first_layer_missing(X, T, params):
    """The first layer's pair is missing: the loop ends one layer too early. There is no δ for the input, but the first
    layer's weights have slopes."""
    return backprop(X, T, params)[1:]


def the_loss_as_well(X, T, params):
    """You return the loss along with the gradients. The result is the list of gradients alone."""
    return backprop(X, T, params), network_loss(X, T, params)


def three_layers_only(X, T, params):
    """It works for three layers, and for no other number: the layers are written out one by one. A loop over params
    takes any depth."""
    (W1, b1), (W2, b2), (W3, b3) = params
    return backprop(X, T, [(W1, b1), (W2, b2), (W3, b3)])


@fresh
def the_list_grows_from_call_to_call():
    """The first call is right, and then the list of gradients grows: it keeps what earlier calls put there. Make a new
    one inside the function; a default `grads=[]` in the `def` line, or a list outside, is made only once."""
    grads = []

    def answer(X, T, params):
        grads[:0] = backprop(X, T, params)
        return grads

    return answer


@known_by(lambda trial: 2 in trial.outcome.changed)
def params_changed(X, T, params):
    """Your function changes `params` while it runs. The caller still needs them as they were; and a δ that goes back
    through changed weights belongs to no network, for a gradient is the slope at one point. The step comes later, in
    gradient_step."""
    grads = backprop(X, T, params)
    for (W, b), (dW, db) in zip(params, grads):
        W -= 0.1 * dW
        b -= 0.1 * db
    return grads
