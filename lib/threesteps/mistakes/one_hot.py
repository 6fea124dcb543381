"""What learners get wrong in `one_hot(labels, n_classes)`, a table with a 1 at each row's label."""

import numpy as np

from threesteps.loss import one_hot
from threesteps.mistakes import also


def as_many_columns_as_labels_reach(labels, n_classes):
    """Your table ends at the column of the largest label. A batch needn't contain every class: n_classes says how many
    there are."""
    return one_hot(labels, int(labels.max()) + 1)


def ones_of_earlier_rows(labels, n_classes):
    """The first row is right, and each further one still holds the ones of all the rows before it. If one row serves
    for all: begin each with zeros again."""
    row = np.zeros(n_classes)
    T = []
    for label in labels:
        row[label] = 1
        T.append(row.copy())
    return np.array(T)


def only_the_classes_that_occur(labels, n_classes):
    """Your table has a column for each class that *occurs*. A batch needn't contain every class: n_classes says how
    many columns there are, and label k means column k."""
    return (labels[:, None] == np.unique(labels)).astype(float)


def always_ten_classes(labels, n_classes):
    """Your table always has ten columns. n_classes says how many there are."""
    return one_hot(labels, 10)


def one_column_for_each_example(labels, n_classes):
    """Your table has a column for each example. Examples are rows: (N, n_classes)."""
    return one_hot(labels, n_classes).T


def every_label_in_every_row(labels, n_classes):
    """Every row got a 1 at *all* the labels. `T[:, labels]` does that, as it means all rows, and so does one list that
    stands in the table N times. Row n and label n belong together: each row is its own, and gets one 1."""
    T = np.zeros((len(labels), n_classes))
    T[:, labels] = 1
    return T


def labels_as_rows(labels, n_classes):
    """`T[labels]` means whole rows. A label names a column, and row n is the one to look in: the square brackets need
    two entries, rows first."""
    T = np.zeros((len(labels), n_classes))
    T[labels] = 1
    return T


def rows_and_columns_exchanged(labels, n_classes):
    """The two indices are exchanged: the label went to the row, and the example's number to the column. Rows come
    first, and a row is an example."""
    T = np.zeros((len(labels), n_classes))
    T[labels, np.arange(len(labels))] = 1
    return T


def _in_both_places(labels, n_classes):
    T = np.zeros((len(labels), n_classes))
    for label in labels:
        T[label, label] = 1
    return T


@also(_in_both_places)
def labels_taken_for_the_numbers_of_rows(labels, n_classes):
    """Your loop runs through the labels and takes each for the number of a row. The rows are numbered from 0 to N − 1:
    `range(len(labels))` counts them, and `enumerate(labels)` gives each number with its label."""
    T = np.zeros((len(labels), n_classes))
    for i in labels:
        T[i, labels[i]] = 1
    return T


def labels_counted_from_1(labels, n_classes):
    """Your 1 stands one column too far to the left: labels count from 0, so label 0 is column 0. (With `labels - 1`,
    label 0 ends up in the last column, and no error says so.)"""
    T = np.zeros((len(labels), n_classes))
    T[np.arange(len(labels)), labels - 1] = 1
    return T


def one_column_too_far(labels, n_classes):
    """Your 1 stands one column too far to the right, and the last class falls off the table. Labels count from 0, as
    columns do."""
    T = np.zeros((len(labels), n_classes))
    T[np.arange(len(labels)), labels + 1] = 1
    return T


def the_label_as_the_value(labels, n_classes):
    """The label itself stands in the table. It says *where*; what stands there is a 1. (For class 0 your row is all
    zeros.)"""
    T = np.zeros((len(labels), n_classes))
    T[np.arange(len(labels)), labels] = labels
    return T


def the_first_row_only(labels, n_classes):
    """Only the first row has its 1. A `return` inside the loop ends it in its first round: indent it only as far as the
    `for`."""
    T = np.zeros((len(labels), n_classes))
    for n, label in enumerate(labels):
        T[n, label] = 1
        return T


def one_row_for_all(labels, n_classes):
    """All the labels share a single row. Each example has a target of its own: N labels, N rows."""
    T = np.zeros(n_classes)
    T[labels] = 1
    return T


def _as_many_columns_as_examples_row_by_row(labels, n_classes):
    T = np.zeros((len(labels), len(labels)))
    for n, label in enumerate(labels):
        T[n, label] = 1
    return T


@also(_as_many_columns_as_examples_row_by_row)
def as_many_columns_as_examples(labels, n_classes):
    """Your table is square: as many columns as examples. Rows are examples, and columns are classes: n_classes says how
    many of those there are."""
    return np.eye(len(labels))[labels]


def as_many_rows_as_classes(labels, n_classes):
    """Your table has as many rows as there are classes, so it has too few or too many for the examples. Each label has
    a row of its own: (N, n_classes)."""
    T = np.zeros((n_classes, n_classes))
    for n, label in enumerate(labels):
        T[n, label] = 1
    return T


def _the_diagonal_row_by_row(labels, n_classes):
    T = np.zeros((len(labels), n_classes))
    for n in range(len(labels)):
        T[n, n] = 1
    return T


@also(_the_diagonal_row_by_row, lambda labels, n_classes: np.eye(n_classes))
def labels_not_looked_at(labels, n_classes):
    """Row n has its 1 in column n, whatever the label is: the labels are never used. Which rows of that square table do
    the labels ask for?"""
    return np.eye(len(labels), n_classes)


def compared_without_a_column(labels, n_classes):
    """`labels == np.arange(n_classes)` compares entry by entry, which fits only where N and K are equal, and gives one
    row. To compare each label with each class, the labels must stand in a column."""
    return (labels == np.arange(n_classes)).astype(float)


def all_zeros(labels, n_classes):
    """The table has the right shape, but it holds zeros only: the ones are never written into what you return."""
    return np.zeros((len(labels), n_classes))


def zeros_and_ones_exchanged(labels, n_classes):
    """Ones and zeros are exchanged: the label's class should have the 1, and all the others 0."""
    return 1 - one_hot(labels, n_classes)


def sorted_labels(labels, n_classes):
    """Your rows are those of the *sorted* labels. Row n belongs to label n, in the order in which they come."""
    return one_hot(np.sort(labels), n_classes)
