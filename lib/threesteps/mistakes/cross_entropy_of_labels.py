"""What learners get wrong in `cross_entropy_of_labels(Y, labels)`, −ln of the probability at each example's label."""

import numpy as np

from threesteps.loss import cross_entropy
from threesteps.mistakes import also
from threesteps.network import softmax


def _picked(Y, labels):
    """The probability that each example's label got."""
    return Y[np.arange(len(labels)), labels]


def _one_hot(Y, labels):
    return np.eye(Y.shape[1])[labels]


@also(
    lambda Y, labels: -np.log(Y[:, labels]).sum(axis=0),
    lambda Y, labels: -np.log(Y[:, labels]).sum(axis=1),
    lambda Y, labels: -np.log(Y[:, labels]).mean(axis=0),
    lambda Y, labels: -np.log(Y[:, labels]).mean(axis=1),
)
def every_label_in_every_row(Y, labels):
    """Your table (N, N) has from each row the columns of all labels, its own and those of the others, as `Y[:, labels]`
    takes them (or `@` with one-hot rows). Row n and label n belong together: number the rows as well, with
    `np.arange`."""
    return -np.log(Y[:, labels])


def labels_as_rows(Y, labels):
    """`Y[labels]` picks whole rows, by label. But a label names a column, and row n is the one to look in: the square
    brackets need two entries, rows first."""
    return -np.log(Y[labels])


def rows_and_columns_swapped(Y, labels):
    """The two indices are swapped: the label went to the row and the example's number to the column. Rows come first,
    and a row is an example. (Where N = K, no error tells you.)"""
    return -np.log(Y[labels, np.arange(len(labels))])


def the_first_row_for_all(Y, labels):
    """Every label looks into the first row of Y, that of the first example. Row n and label n belong together: let the
    row's number run along with the label. (`np.take` without an axis counts through the whole table, and the first row
    comes first.)"""
    return -np.log(Y[0, labels])


@also(lambda Y, labels: [-np.log(Y[n, labels[n]]) for n in range(Y.shape[1])])
def as_many_rows_as_classes(Y, labels):
    """Your rows are numbered up to the number of *classes*, `Y.shape[1]`. Y has a row for each example: as many as
    there are labels. (Where N = K, no error tells you.)"""
    return -np.log(Y[np.arange(Y.shape[1]), labels])


def the_largest_probability(Y, labels):
    """You take −ln of the largest probability, as if the network's favourite were always right. What counts is the
    probability that was given to what happened: only the label says where to look."""
    return -np.log(Y.max(axis=-1))


def labels_counted_from_1(Y, labels):
    """You look one column too far to the left: labels here count from 0, so label 0 is column 0 already. (With
    `labels - 1`, label 0 ends up at column −1, the last one, and no error tells you.)"""
    return -np.log(_picked(Y, labels - 1))


def summed_over_the_examples(Y, labels):
    """You went one step further: all examples in one number. Here each example keeps its own value, and the result has
    the shape (N,)."""
    return -np.log(_picked(Y, labels)).sum()


def mean_over_the_examples(Y, labels):
    """You average over the batch. Here each example keeps its own value: N examples in, N values out."""
    return -np.log(_picked(Y, labels)).mean()


def no_minus(Y, labels):
    """Your values are negative, and a cross-entropy never is: ln of a probability is at most 0, and the minus sign in
    front of it turns that into a wrongness of at least 0."""
    return np.log(_picked(Y, labels))


@also(lambda Y, labels: -_picked(Y, labels))
def no_logarithm(Y, labels):
    """You found the right probabilities: one for each example, at its label. The ruler is still missing: how wrong is
    a p? It is −ln p."""
    return _picked(Y, labels)


def one_minus_p(Y, labels):
    """There is no logarithm in your values. 1 − p has a ceiling of 1, for the unlikely and the impossible alike; −ln p
    is the ruler that tells them apart."""
    return 1 - _picked(Y, labels)


def base_2(Y, labels):
    """You measure in bits: that is the logarithm to base 2, larger than ln by the factor 1/ln 2, about 1.4. This course
    uses ln, which NumPy calls `np.log`."""
    return -np.log2(_picked(Y, labels))


def base_10(Y, labels):
    """That is the logarithm to base 10. The cross-entropy takes the natural one, ln, which NumPy calls `np.log`."""
    return -np.log10(_picked(Y, labels))


def no_guard_for_0_times_ln_0(Y, labels):
    """By way of one-hot targets it is right, until a class that is not the label's has the probability 0: 0 · ln 0 is
    nan. If you pick the label's own probability first, you never meet those."""
    return -(_one_hot(Y, labels) * np.log(Y)).sum(axis=-1)


def right_or_wrong(Y, labels):
    """You only ask whether the most probable class is the label: 0 for right, 1 for wrong. The cross-entropy asks how
    much probability the label got."""
    return (Y.argmax(axis=-1) != labels).astype(float)


def a_column(Y, labels):
    """The values are right, but they stand in a column, (N, 1). What is asked for is N values in a plain row, (N,)."""
    return -np.log(_picked(Y, labels))[:, None]


def one_term_for_every_class(Y, labels):
    """You return one number for each class, (N, K). Only the class at the label counts, and each example has one
    value."""
    return -_one_hot(Y, labels) * np.log(Y)


@also(
    lambda Y, labels: cross_entropy(Y, np.eye(labels.max() + 1)[labels]),
    lambda Y, labels: -(np.eye(len(labels))[labels] * np.log(Y)).sum(axis=-1),
    lambda Y, labels: -(np.eye(10)[labels] * np.log(Y)).sum(axis=-1),
    lambda Y, labels: -(np.eye(labels.max() + 1)[labels] * np.log(Y)).sum(axis=-1),
)
def one_hot_rows_of_the_wrong_width(Y, labels):
    """Your one-hot rows don't fit Y: they need a column for each class, as many as Y has. The number of examples, the
    largest label plus one, or 10, is the number of classes only by chance."""
    return cross_entropy(Y, np.eye(len(labels))[labels])


@also(
    lambda Y, labels: -labels * np.log(_picked(Y, labels)),
    lambda Y, labels: -(labels * np.log(Y)).sum(axis=-1),
    lambda Y, labels: -(labels[:, None] * _one_hot(Y, labels) * np.log(Y)).sum(axis=-1),
)
def labels_as_weights(Y, labels):
    """The labels themselves stand where a target belongs: label 2 weighs twice, label 0 not at all. A label is the
    number of a class, and says where to look: in which column of Y."""
    return -(labels[:, None] * np.log(Y)).sum(axis=-1)


@also(lambda Y, labels: -np.log(_picked(Y, labels))[:1])
def the_first_example_only(Y, labels):
    """Only the first example is judged. Does the loop end too early, perhaps with a `return` inside it? N examples in,
    N values out."""
    return -np.log(Y[0, labels[0]])


def softmax_once_more(Y, labels):
    """You send Y through softmax once more. Y holds probabilities already; softmax makes others of them, all nearer to
    each other. (Losses that take scores, as in the frameworks, do that step inside.)"""
    return -np.log(_picked(softmax(Y), labels))
