"""What learners get wrong in `weight_gradient(delta, A_prev)`, the slopes δᵀA of one layer's weights."""

import numpy as np

from threesteps.network import sigmoid


def transposed(delta, A_prev):
    """The numbers are right, but rows and columns are swapped: your table is (in, out), and W is (out, in). Which of
    the two factors has to be transposed?"""
    return A_prev.T @ delta


def sums_then_the_outer_product(delta, A_prev):
    """You add up the δ, add up the a, and multiply the two sums. That is right for one example, but in a batch each
    example's δ then meets every other example's a. Multiply within each example first, then add."""
    return np.outer(delta.sum(axis=0), A_prev.sum(axis=0))


def all_examples_in_one_outer_product(delta, A_prev):
    """`np.outer` makes one long row of each table before it multiplies. It is made for two vectors, that is, for one
    example; a batch comes out far too large, with each example's δ meeting every example's a."""
    return np.outer(delta, A_prev)


def mean_over_the_examples(delta, A_prev):
    """Your value is too small by a factor of N: it is right for one example alone. L is the sum over the examples, and
    so is its slope; nothing is divided."""
    return delta.T @ A_prev / len(delta)


def one_table_for_each_example(delta, A_prev):
    """You return a table for each example, (N, out, in). They have yet to be added up: every example pulls at the
    same W."""
    return np.array([np.outer(d, a) for d, a in zip(delta, A_prev)])


def the_first_example_only(delta, A_prev):
    """Your value is the first example's share alone. Is there an index [0], or a `return` inside the loop? All examples
    add up."""
    return np.outer(delta[0], A_prev[0])


def the_last_example_only(delta, A_prev):
    """Your value is the last example's share alone. Does each turn of the loop overwrite the table, where it should
    add to it?"""
    for d, a in zip(delta, A_prev):
        dW = np.outer(d, a)
    return dW


def A_transposed_not_δ(delta, A_prev):
    """You transposed A_prev where δ should be: each example meets every example, and the neurons are what is added up.
    The result has to be (out, in), so `out` must come first and N must be in the middle."""
    return delta @ A_prev.T


def nothing_transposed(delta, A_prev):
    """Neither of the two is transposed, so a row of δ (the neurons of one example) meets a column of A (one input in
    all examples). What has to meet is example and example."""
    return delta @ A_prev


def entry_by_entry(delta, A_prev):
    """`*` multiplies entry by entry and adds nothing up. *Every* δ of an example meets *every* a of the same example,
    and the examples add up."""
    return delta * A_prev


def a_slope_too_many(delta, A_prev):
    """You multiply by a(1 − a), the gain of the layer before, which belongs in that layer's δ. What enters through a
    weight is a itself."""
    return delta.T @ (A_prev * (1 - A_prev))


def squashed_once_more(delta, A_prev):
    """A_prev holds the values that enter this layer. They have been squashed already, and you squash them again."""
    return delta.T @ sigmoid(A_prev)


def sign(delta, A_prev):
    """Your value has the opposite sign. The slope is a · δ; the minus of the step downhill comes later."""
    return -delta.T @ A_prev
