"""What learners get wrong in `predict(Y)`, the class with the largest probability in each row."""

import numpy as np

from threesteps.mistakes import also


def down_the_columns(Y):
    """You look down the columns: for each class, at the example that has most of it. Each row has a largest entry of
    its own: look along the last axis."""
    return Y.argmax(axis=0)


def no_axis(Y):
    """Without an axis, `argmax` runs through the whole table as one long row, and gives a single number. Each row has a
    largest entry of its own."""
    return Y.argmax()


def the_largest_probability_itself(Y):
    """Those are the largest probabilities. The task asks *where* they stand: for the class, a whole number."""
    return Y.max(axis=-1)


def the_last_of_a_tie(Y):
    """Right, but for ties: of several largest entries you take the last one. By agreement it is the lowest class."""
    return Y.shape[-1] - 1 - Y[:, ::-1].argmax(axis=-1)


def counted_from_1(Y):
    """You count the classes from 1. Here the first column is class 0."""
    return Y.argmax(axis=-1) + 1


def the_smallest(Y):
    """You found the class with the *smallest* probability in each row."""
    return Y.argmin(axis=-1)


def one_hot(Y):
    """You return a table with a 1 at the predicted class (in a tie, at several). The task asks for the number of the
    class, one per row."""
    largest = Y.max(axis=-1, keepdims=True)
    return (largest == Y) * 1.0


def one_hot_the_lowest_of_a_tie(Y):
    """You return a table with a 1 at the predicted class. The task asks for its number, one per row."""
    return np.eye(Y.shape[-1])[Y.argmax(axis=-1)]


def a_column(Y):
    """The classes are right, but they stand in a column, (N, 1). They belong in one plain row of N numbers."""
    return Y.argmax(axis=-1, keepdims=True)


def above_one_half(Y):
    """You look for a probability above ½. With several classes the largest can be far below that: in ten equal shares
    each is 0.1."""
    return (Y > 0.5).argmax(axis=-1)


@also(np.round)
def a_table_of_yes_and_no(Y):
    """You return a table that says for each probability whether it is above ½. The task asks for one class per row, the
    place of the largest probability, which can be far below ½: in ten equal shares each is 0.1."""
    return Y > 0.5


def rounded_first(Y):
    """You round before you compare, so probabilities that differ become equal, and the lowest class of them wins.
    Compare with all digits."""
    return Y.round(1).argmax(axis=-1)


def every_place_of_a_maximum(Y):
    """You list every place that holds its row's maximum, so a row with a tie appears several times. Each row has one
    class: the lowest."""
    largest = Y.max(axis=-1, keepdims=True)
    return np.where(largest == Y)[1]


def rows_and_columns_of_the_maxima(Y):
    """`np.where` gives two rows of indices: where in the table the maxima stand. The task asks for one class for each
    row of Y."""
    largest = Y.max(axis=-1, keepdims=True)
    return np.where(largest == Y)


def the_first_row_only(Y):
    """You answer for the first row alone. Y holds N examples, and each gets a class."""
    return int(Y[0].argmax())


def the_expected_class(Y):
    """You weigh the numbers of the classes with their probabilities. Between a 0 and an 8 that says 4, which nobody
    believed in: take the class with the largest probability."""
    return Y @ np.arange(Y.shape[-1])


@also(lambda Y: Y.argsort(axis=-1))  # of equal ones any may come first
def the_order_of_the_classes(Y):
    """You sort each row's classes. The task asks only for the one with the largest probability."""
    return Y.argsort(axis=-1, kind="stable")
