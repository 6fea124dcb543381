"""What learners get wrong in `bias_gradient(delta)`, the slopes of one layer's biases: δ, summed over the batch."""

import numpy as np


def not_summed(delta):
    """You return δ as it is, one row for each example. All examples pull at the same b, (out,): their rows add up.
    (With one example it must still be (out,), not (1, out).)"""
    return delta


def mean_over_the_examples(delta):
    """Your value is too small by a factor of N: it is right for one example alone. L is the sum over the examples, and
    so is its slope; nothing is divided."""
    return delta.mean(axis=0)


def wrong_axis(delta):
    """You add up over the neurons, so each *example* got a number. Neurons are columns, and each of them needs its own:
    add up over the rows, which are the examples."""
    return delta.sum(axis=1)


def everything_in_one_number(delta):
    """`sum` without an axis adds up everything, to one number. Each neuron has a bias of its own."""
    return delta.sum()


def a_row_of_one(delta):
    """The numbers are right, but the shape is (1, out): `keepdims`, or a product, keeps the axis that you summed over.
    b is (out,)."""
    return delta.sum(axis=0, keepdims=True)


def a_column(delta):
    """The numbers are right, but they stand in a column, (out, 1). In this course b is one plain row, (out,)."""
    return delta.sum(axis=0)[:, None]


def the_first_example_only(delta):
    """Your value is the first example's δ alone. All examples pull at the same bias: add them up."""
    return delta[0]


def the_last_example_only(delta):
    """Your value is the last example's δ alone. Does each turn of a loop overwrite it, where it should add to it?"""
    return delta[-1]


def sign(delta):
    """Your value has the opposite sign. z moves as b does, so ∂L/∂b is δ itself, summed; the minus of the step downhill
    comes later."""
    return -delta.sum(axis=0)


def what_enters_without_δ(delta):
    """You return the 1 that enters through a bias. It is half of the slope; the other half is δ."""
    return np.ones(delta.shape[1])


def what_enters_summed_without_δ(delta):
    """You add up the 1 that enters through a bias, once for each example: that gives N. It is half of the slope; the
    other half is δ."""
    return np.ones(delta.shape).sum(axis=0)


def without_signs(delta):
    """You add up the sizes of the δ. They have signs: two examples that pull in opposite directions cancel."""
    return np.abs(delta).sum(axis=0)
