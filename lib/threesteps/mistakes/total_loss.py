"""What learners get wrong in `total_loss(Y, T)`, the sum of the cross-entropies of all examples."""

import numpy as np

from threesteps import loss
from threesteps.loss import cross_entropy
from threesteps.mistakes import also
from threesteps.mistakes.cross_entropy import POWERS, _guarded_or_not, _ln, _with_any
from threesteps.network import softmax


def _each(Y, T, ln=_ln):
    return -(T * ln(Y, T)).sum(axis=-1)


@also(*(lambda Y, T, tiny=tiny: -(T * np.log(Y + tiny)).sum() / len(Y) for tiny in (0, 1e-12, 1e-9, 1e-8, 1e-7)))
def mean_over_the_examples(Y, T):
    """Your value is the mean, L/N: right for one example, too small for more. The total loss is the sum over the
    examples; nothing is divided."""
    return cross_entropy(Y, T).mean()


@_guarded_or_not
def mean_over_everything(Y, T, ln=_ln):
    """Your value is too small by the factor N · K, the number of all entries: `mean` without an axis divides by that.
    The total loss is the sum over the examples; nothing is divided."""
    return -(T * ln(Y, T)).mean()


@_guarded_or_not
def divided_by_the_number_of_classes(Y, T, ln=_ln):
    """Your value is too small by the factor K, the number of classes. Add up over the classes, and then over the
    examples; nothing is divided."""
    return _each(Y, T, ln).sum() / Y.shape[-1]


@_guarded_or_not
def one_value_per_example(Y, T, ln=_ln):
    """Those are the Cⁿ, one for each example. The total loss is one number: they still have to be added up."""
    return _each(Y, T, ln)


@_guarded_or_not
def one_value_per_class(Y, T, ln=_ln):
    """You added up over the examples and stopped, so there is one number for each class. The total loss is one number
    for everything."""
    return -(T * ln(Y, T)).sum(axis=0)


@_guarded_or_not
def one_example_only(Y, T, ln=_ln):
    """Your value is the loss of the first example alone. Is there a `return` inside the loop, or an index [0]? All
    examples have to be added up."""
    return _each(Y, T, ln)[0]


@_guarded_or_not
def the_last_example_only(Y, T, ln=_ln):
    """Your value is the loss of the last example alone. Is the total overwritten each time round the loop, where it
    should grow?"""
    return _each(Y, T, ln)[-1]


@_guarded_or_not
@also(lambda Y, T: cross_entropy(Y, T)[:-1].sum())
def one_example_left_out(Y, T, ln=_ln):
    """One example is missing from your sum. In Python the examples are numbered from 0 to N − 1, and `range(N)` goes
    through them all."""
    return _each(Y, T, ln)[1:].sum()


@_guarded_or_not
def the_worst_example_only(Y, T, ln=_ln):
    """Your value is the loss of one example, the one that is most wrong. The total loss counts them all."""
    return _each(Y, T, ln).max()


def softmax_once_more(Y, T):
    """You send Y through softmax once more. Y holds probabilities already; softmax makes others of them, all nearer to
    each other. (Losses that take scores, as in the frameworks, do that step inside.)"""
    return cross_entropy(softmax(Y), T).sum()


def every_label_in_every_row(Y, T):
    """`Y[:, labels]` takes from each row the columns of all labels, so your sum has N · N terms. Example n goes with
    target n alone."""
    return -np.log(Y[:, T.argmax(axis=-1)]).sum()


def one_class_only(Y, T):
    """Right for one-hot targets, where a single class happened. A soft target spreads its weight: every class with
    t > 0 brings a term of its own, weighted by t."""
    return -np.log(Y[np.arange(len(Y)), T.argmax(axis=-1)]).sum()


def only_where_t_is_1(Y, T):
    """You pick the probabilities where t is exactly 1. In a soft target no entry is 1, and nothing is left. Every class
    brings a term t ln y; a t of 0 strikes out its own term without your help."""
    return -np.log(Y[T == 1]).sum()


@also(lambda Y, T: -np.log(np.prod((T * Y).sum(axis=-1))), lambda Y, T: -np.log(np.prod(Y[T == 1])))
def the_product_first(Y, T):
    """The product of two thousand probabilities is too small for the computer's numbers: it underflows to 0, and −ln 0
    is infinite. Take the logarithms first and add them."""
    return -np.log(np.prod(np.exp(-cross_entropy(Y, T))))


@_with_any(0, 1e-7, 1e-8, 1e-12, 1e-15)
@also(lambda Y, T, epsilon=0: -np.log((T * np.clip(Y, epsilon, 1 - epsilon)).sum(axis=-1)).mean())
def sum_over_the_classes_before_the_logarithm(Y, T, epsilon=0):
    """For each example the sum over the classes stands inside the logarithm: −ln Σ t y. For one-hot targets that is the
    same, but not for soft ones: first a logarithm for each class, then weight and add."""
    return -np.log((T * np.clip(Y, epsilon, 1 - epsilon)).sum(axis=-1)).sum()


def sum_before_the_logarithm(Y, T):
    """Your sum over the examples is inside the logarithm. ln(a + b) is not ln a + ln b: first a logarithm for each
    example, then add."""
    return -np.log((T * Y).sum())


def no_guard_for_0_times_ln_0(Y, T):
    """Right, until a probability is 0: then 0 · ln 0 = 0 · (−∞) is nan, and one nan makes the whole sum nan. The
    `cross_entropy` of exercise 2a has a guard for that; you may use it."""
    return -(T * np.log(Y)).sum()


@_guarded_or_not
def no_minus(Y, T, ln=_ln):
    """Your loss is negative, and a total loss never is: every Cⁿ is at least 0. The minus of −Σ t ln y is missing, or
    there are two."""
    return -_each(Y, T, ln).sum()


@_with_any(*POWERS)
def something_added(Y, T, epsilon=0.01):
    """Something is added inside the logarithm. That keeps nan away, but it moves every other value too: a small p is no
    longer as wrong as it is. Leave y alone where it counts, and guard only the terms where t is 0."""
    return -(T * np.log(Y + epsilon)).sum()


@_with_any(0, *POWERS, 1e-12, 1e-15)
@also(lambda Y, T, epsilon=0: -(Y * np.log(np.where(Y > 0, T, 1) + epsilon)).sum())
def roles_of_y_and_t_swapped(Y, T, epsilon=0):
    """The roles of y and t are swapped: you take the logarithm of the target and weight it by the prediction. What
    happened, t, does the weighting; what was said about it, y, goes into the logarithm."""
    return -(Y * np.log(T + epsilon)).sum()


def the_largest_probability(Y, T):
    """You take −ln of the largest probability, as if the network's favourite were always right. What counts is the
    probability that was given to what happened: only the target says where to look."""
    return -np.log(Y.max(axis=-1)).sum()


def squared_error(Y, T):
    """That is the squared error, summed over everything. Lesson 2a compares the two: here the measure for each example
    is the cross-entropy, −Σ t ln y."""
    return ((Y - T) ** 2).sum()


@also(lambda Y, T: -(T * np.log(Y) + (1 - T) * np.log(1 - Y)).sum())
def binary_cross_entropy(Y, T):
    """That is the binary cross-entropy: it also counts (1 − t) ln(1 − y), as if each class were a yes-or-no question of
    its own. Softmax outputs share one total, and Σ t ln y says it all."""
    return loss.binary_cross_entropy(Y, T).sum()


@_guarded_or_not
def base_2(Y, T, ln=_ln):
    """You measure in bits: that is the logarithm to base 2, larger than ln by the factor 1/ln 2, about 1.4. This course
    uses ln, which NumPy calls `np.log`."""
    return _each(Y, T, ln).sum() / np.log(2)


@_guarded_or_not
def base_10(Y, T, ln=_ln):
    """That is the logarithm to base 10. The cross-entropy takes the natural one, ln, which NumPy calls `np.log`."""
    return _each(Y, T, ln).sum() / np.log(10)
