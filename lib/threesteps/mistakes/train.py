"""What learners get wrong in `train(X, T, sizes, rng)`, told by the network that came back.

Where it is no network of the sizes that were asked for, its form tells the mistake. Where it is one
and misses the target, what it shows does: the mistakes of that kind stand in an order, and one that
shows hides those after it. A network that reads the digits tells nothing against most mistakes: they
may have spoilt another network of the same answer.
"""

from functools import cached_property, lru_cache, partial

import numpy as np

from threesteps import descent
from threesteps.backprop import backprop
from threesteps.descent import gradient_step
from threesteps.mistakes import known_by
from threesteps.network import normal_init
from threesteps.tasks.training import RATE, TARGET, fits, outputs, pairs_of, share_right

FINISHED = 0.95  # of the digits that it was given: a whole training reads 96 % of them and more


class _Look:
    """A network that came back, looked at from all sides."""

    def __init__(self, trial):
        self.X, self.T, self.sizes, rng = trial.arguments
        self.value = trial.outcome.value
        self.params = pairs_of(self.value) or []
        self.fits = fits(self.params, self.sizes)
        self.new = rng.new

    def below(self, limit):
        return all((np.abs(array) < limit).all() for pair in self.params for array in pair)

    @cached_property
    def sound(self):
        return self.fits and self.below(1e100)  # beyond that, outputs overflow

    @property
    def deep(self):
        return len(self.sizes) > 3

    @cached_property
    def outputs(self):
        """[A¹, …, Y] for the new digits."""
        return outputs(self.new.X, self.params)

    @cached_property
    def share(self):
        return share_right(self.outputs[-1], self.new.labels)

    @property
    def reads(self):
        return self.sound and self.share >= TARGET

    @property
    def guesses(self):
        return self.share < 0.2

    @cached_property
    def same_for_all(self):
        return bool(np.ptp(self.outputs[-1], axis=0).max() < 0.1)

    @property
    def stuck(self):
        """A hidden layer whose neurons stand at 0 or 1, each the same for every picture."""
        return any(
            ((A < 0.01) | (A > 0.99)).mean() > 0.99 and np.ptp(A, axis=0).mean() < 0.05 for A in self.outputs[:-1]
        )

    @cached_property
    def last_seen(self):
        """The data came sorted, and half of the probability is on the two classes that came last."""
        labels = self.T.argmax(axis=1)
        starts = np.flatnonzero(np.diff(labels)) + 1
        return len(starts) == 9 and bool(self.outputs[-1][:, labels[starts[-2:]]].mean() > 0.25)

    @cached_property
    def start(self):
        """Weights of the first layer that are nearly where they began: those at the three pixels with the least ink."""
        return self.params[0][0][:, self.X.mean(axis=0).argsort()[:3]]

    @property
    def twins(self):
        """In each hidden layer most neurons have the same weights; rounding may have driven a few away."""
        hidden = [np.column_stack(layer) for layer in self.params[:-1]]
        apart = ((np.abs(layer - np.median(layer, axis=0)).max(axis=1), np.abs(layer).max()) for layer in hidden)
        return all(np.median(distances) <= 1e-4 * max(1.0, largest) for distances, largest in apart)

    @property
    def unfinished(self):
        """Digits that it was given are misread, too."""
        return share_right(outputs(self.X, self.params)[-1], self.T.argmax(axis=1)) < FINISHED

    def no_bias(self, layers=slice(None)):
        return not any(b.any() for _, b in self.params[layers])

    def would_read(self, X, hidden="sigmoid"):
        """Whether for other inputs, or with another activation, it would reach the target and be much better than now.

        Some eighty pictures tell in most cases.
        """
        few, labels = slice(80), self.new.labels
        return all(
            share_right(outputs(X[part], self.params, hidden)[-1], labels[part]) >= least
            for part, least in ((few, TARGET - 0.1), (slice(None), max(TARGET, self.share + 0.1)))
        )

    @cached_property
    def other_activation(self):
        return any(self.would_read(self.new.X, hidden) for hidden in ("tanh", "relu"))

    @cached_property
    def other_inputs(self):
        """Whether it would read pictures that are changed in one of the ways of learners."""
        X, seen = self.new.X, self.X
        mean, spread = seen.mean(axis=0), seen.std(axis=0)
        floored = (spread + 1e-8, np.where(spread > 0, spread, 1), spread + 1)
        moved = [X - mean, X - seen.mean(), (X - seen.mean()) / seen.std(), *((X - mean) / s for s in floored)]
        return any(map(self.would_read, [*moved, 2 * X - 1, 16 * X, X / 16, X / 255, X > 0, X >= 0.5]))


_look = lru_cache(maxsize=16)(_Look)


# Marks: what tells the mistake


def _known(test, reading):
    """Known by test(look), and by a network that reads the digits if `reading`."""
    return known_by(lambda trial: reading if (look := _look(trial)).reads else bool(test(look)))


def _form(test):
    """Known by test(look) where it is no network of these sizes with numbers that can be computed with."""
    return _known(lambda look: not look.sound and test(look), reading=True)


_hiding = []


def _unhidden(test, hides):
    """test(look), where no mistake before this one hides it."""
    before = tuple(_hiding)
    _hiding.append(hides)
    return lambda look: look.sound and test(look) and not any(hide(look) for hide in before)


def _may_show(test):
    """Known by test(look) where no mistake before it shows; whoever makes it may reach the target all the same."""
    return _known(_unhidden(test, hides=test), reading=True)


def _always_shows(test, hides):
    """Known by test(look) where no mistake before it shows; it hides those after it only if hides(look), too."""
    return _known(_unhidden(test, hides=lambda look: test(look) and hides(look)), reading=False)


# Trainings gone wrong


def _taught(X, T, sizes, rng, rate=RATE, epochs=20, scale=1.0, gradient=backprop):
    """The lesson's training with something changed."""
    start = normal_init(sizes, rng, scale)
    return descent.train(start, X, T, rng, learning_rate=rate, epochs=epochs, gradient=gradient)


def _is_list(value, length=None):
    return isinstance(value, (list, tuple)) and length in (None, len(value))


# No network of the sizes that were asked for


@_form(lambda look: isinstance(look.value, dict))
def a_dictionary(X, T, sizes, rng):
    """You return a dictionary. The task asks for `params` as everywhere in this course: a list with one pair (W, b) for
    each layer, the first layer first."""
    return {f"W{l}": W for l, (W, b) in enumerate(normal_init(sizes, rng), start=1)}


@_form(lambda look: isinstance(look.value, (bool, int, float)))
def a_number(X, T, sizes, rng):
    """You return one number, perhaps a loss or a share of right answers. The task asks for the trained `params`; how
    good they are is measured afterwards, on digits that they have not seen."""
    return 0.97


@_form(lambda look: _is_list(look.value) and len(look.value) > 1 and fits(pairs_of(look.value[0]), look.sizes))
def something_beside_the_parameters(X, T, sizes, rng):
    """You return something beside the parameters, perhaps a history of the loss. The result is `params` alone."""
    history = [2.3, 0.4]
    return normal_init(sizes, rng), history


def _in_one_row(look):
    value = look.value
    return _is_list(value) and len(value) % 2 == 0 and fits(pairs_of([*zip(value[::2], value[1::2])]), look.sizes)


@_form(_in_one_row)
def one_flat_list(X, T, sizes, rng):
    """The arrays are the right ones, but in one flat list, W, b, W, b, … `params` is a list of pairs, one (W, b) for
    each layer."""
    return [array for pair in normal_init(sizes, rng) for array in pair]


def _in_two_lists(look):
    value = look.value
    return _is_list(value, 2) and all(map(_is_list, value)) and fits(pairs_of([*zip(*value)]), look.sizes)


@_form(_in_two_lists)
def weights_and_biases_apart(X, T, sizes, rng):
    """You return two lists, one of weights and one of biases. `params` is a list of pairs, one (W, b) for each
    layer."""
    params = normal_init(sizes, rng)
    return [W for W, b in params], [b for W, b in params]


@_form(lambda look: fits([(W.T, b) for W, b in look.params], look.sizes))
def W_as_in_by_out(X, T, sizes, rng):
    """Your W are (in, out). In this course W is (out, in), a row for each neuron, and Z = A @ W.T + b. (Many books and
    frameworks have it the other way.)"""
    return [(W.T, b) for W, b in normal_init(sizes, rng)]


@_form(lambda look: fits(look.params[::-1], look.sizes))
def last_layer_first(X, T, sizes, rng):
    """The last layer stands first in your list. params begins with the layer that gets the pixels."""
    return normal_init(sizes, rng)[::-1]


def _of_other_sizes(look):
    """Whether they are layers that fit together, from 64 inputs to 10 outputs, but of other sizes."""
    params = look.params
    if not params or not all(W.ndim == 2 for W, _ in params):
        return False
    own = [params[0][0].shape[1], *(len(W) for W, _ in params)]
    return own != list(look.sizes) and (own[0], own[-1]) == (look.sizes[0], look.sizes[-1]) and fits(params, own)


@_form(_of_other_sizes)
def other_sizes_than_asked(X, T, sizes, rng):
    """Your layers fit together, but they are not the ones that `sizes` asks for. Are the numbers written into the code?
    `sizes` holds all the layers, the input first and the output last."""
    return normal_init([64, 16, 10], rng)


@_form(lambda look: look.fits and not look.below(np.inf))
def not_finite(X, T, sizes, rng):
    """Your parameters hold nan or inf: on the way numbers overflowed, and from then on nothing is learned. The usual
    reasons: steps that are much too long, an exp without the shift by the maximum, or the logarithm of 0."""
    return [(W * np.nan, b) for W, b in normal_init(sizes, rng)]


# What a network shows that misses the target


@_may_show(lambda look: look.twins)
def all_neurons_of_a_layer_alike(X, T, sizes, rng):
    """In each hidden layer all neurons, or nearly all, have the same weights: they are one neuron, many times over. If
    they begin alike (all zeros, all ones), they get the same gradient in every step and stay alike. Begin with random
    weights: only differences grow into differences."""
    return _taught(X, T, sizes, rng, scale=0.0, epochs=5)


_with_tanh = partial(backprop, hidden="tanh")


@_may_show(lambda look: look.other_activation)
def another_activation(X, T, sizes, rng):
    """With tanh or ReLU in the hidden layers your parameters would reach the target. The network that the task asks for
    has σ there, and so has the one that the check runs: train the function that will be used."""
    return _taught(X, T, sizes, rng, rate=0.5, gradient=_with_tanh)


@_may_show(lambda look: look.other_inputs)
def other_inputs(X, T, sizes, rng):
    """On other inputs (shifted, scaled, or made 0 and 1) your parameters would reach the target. So the function was
    trained on changed pixels, but it will get them as they are, from 0 to 1. Train on X itself."""
    return _taught((X - X.mean(axis=0)) / (X.std(axis=0) + 1e-8), T, sizes, rng, rate=1.0)


@_may_show(lambda look: look.no_bias() and look.guesses)
def no_step_arrived(X, T, sizes, rng):
    """It reads no more than a guess would, and all biases are exactly 0: it looks as if no step arrived in the params
    that you return. gradient_step gives *new* parameters; do you keep its result, and does the next step start from
    it?"""
    return normal_init(sizes, rng)


@_may_show(lambda look: bool((look.start > 0).mean() > 0.85))
def a_positive_start(X, T, sizes, rng):
    """At the pixels with the least ink, whose weights keep nearly their start, nearly all weights of your first layer
    are positive. If all weights begin above 0, nothing cancels in the sums z: they get large, and σ comes to stand near
    1, where it is nearly flat. Begin with weights on both sides of 0, as from a normal distribution around 0.
    (`rng.random` gives numbers from 0 to 1.)"""
    params = [(rng.random((n_out, n_in)), np.zeros(n_out)) for n_in, n_out in zip(sizes, sizes[1:])]
    return descent.train(params, X, T, rng, learning_rate=RATE)


# Steps that are much too long make weights large, too, but least of all these.
@_may_show(lambda look: np.abs(look.start).mean() > max(2, 0.5 * np.abs(look.params[0][0]).mean()))
def a_start_too_large(X, T, sizes, rng):
    """At the pixels with the least ink, whose weights keep nearly their start, the weights of your first layer are
    large: they began so. With large weights σ stands near 0 or 1, where it is nearly flat, and most neurons learn next
    to nothing. The more inputs a neuron has, the *smaller* its weights should begin."""
    return _taught(X, T, sizes, rng, scale=64.0, epochs=5)


def _without_biases(X, T, params):
    return [(dW, 0 * db) for dW, db in backprop(X, T, params)]


@_may_show(lambda look: look.no_bias())
def biases_left_out(X, T, sizes, rng):
    """Where the target is missed, all biases are exactly 0: they take no part in the training. There is more to learn,
    with them or with more steps."""
    return _taught(X, T, sizes, rng, rate=1.0, epochs=6, gradient=_without_biases)


def _of_the_last_layer(X, T, params):
    *before, last = backprop(X, T, params)
    return [*((0 * dW, 0 * db) for dW, db in before), last]


@_may_show(lambda look: look.no_bias(slice(-1)))
def the_last_layer_only(X, T, sizes, rng):
    """The biases of the hidden layers are all exactly 0, those of the last layer are not: it looks as if the last layer
    alone took its steps. Each layer has a pair (dW, db), and each takes its step."""
    return _taught(X, T, sizes, rng, epochs=10, gradient=_of_the_last_layer)


# Digits that come sorted can drive neurons as far as long steps do.
@_always_shows(lambda look: look.same_for_all and look.stuck, hides=lambda look: not look.last_seen)
def blown_up(X, T, sizes, rng):
    """Your network says the same to every picture: its hidden neurons are driven so far that σ stands at 0 or 1
    whatever comes in. Steps that are much too long do that (Is the gradient divided by the number of examples in the
    batch? Is the learning rate too large?), and so do steps uphill (a + for the −)."""
    return _taught(X, T, sizes, rng, rate=200.0, epochs=2)


@_may_show(lambda look: look.last_seen)
def never_shuffled(X, T, sizes, rng):
    """From digits that come class by class your network learns little more than the classes that came last: those are
    its answers to most pictures. Data may come sorted. Is every epoch shuffled, all examples anew?"""
    params = normal_init(sizes, rng)
    for _ in range(10):
        for start in range(0, len(X), 32):
            batch = slice(start, start + 32)
            params = gradient_step(params, backprop(X[batch], T[batch], params), RATE / 32)
    return params


def _out_of_step(X, T, params):
    return backprop(X, np.roll(T, 7, axis=0), params)


# A deeper network wakes up later: what looks like guessing may just be unfinished.
@_always_shows(lambda look: look.same_for_all and look.share < 0.3, hides=lambda look: not look.deep)
def how_frequent_the_digits_are(X, T, sizes, rng):
    """Your network gives nearly the same ten probabilities for every picture: it has learned how frequent the digits
    are, if anything. Does each step start from the params that the last one gave, and does the `return` come after all
    epochs? Do the rows of X and T still belong together after the shuffling? Or were the steps too few or too short for
    the hidden layers to wake up?"""
    return _taught(X, T, sizes, rng, epochs=3, gradient=_out_of_step)


@_always_shows(lambda look: look.guesses and not look.same_for_all, hides=lambda look: not look.deep)
def no_better_than_guessing(X, T, sizes, rng):
    """Your network's answers differ from picture to picture, but they are right no more often than guesses would be.
    Did the steps arrive in the params that you return? Are the columns of T still where they were, and do the rows of X
    and T still belong together after the shuffling?"""
    *before, (W, b) = _taught(X, T, sizes, rng)
    return [*before, (np.roll(W, 1, axis=0), np.roll(b, 1))]


@_may_show(lambda look: look.unfinished)
def not_yet_finished(X, T, sizes, rng):
    """Where it misses the target it has learned too little: it reads less than 95 % even of the digits that it was
    *given*, so the new ones are not the problem. Draw the loss, epoch by epoch. If it still falls: more epochs, or
    longer steps. If it doesn't: does each epoch go on where the last one ended (no new start, no `return` inside the
    loop)? Is each epoch shuffled? Does the gradient pass the check of exercise 3d?"""
    return _taught(X, T, sizes, rng, epochs=2)
