"""What learners get wrong in `accuracy(Y, labels)`, the share of rows whose largest output is at the label."""

import numpy as np

from threesteps.descent import accuracy


def wrong_axis(Y, labels):
    """`argmax` runs along the wrong axis: for each class it finds the example that has most of it. What you need is the
    class for each example, in its row."""
    return (Y.argmax(axis=0) == labels).mean()


def every_answer_against_every_label(Y, labels):
    """Each answer is compared with *every* label: one of the two stands as a column, (N, 1), and `==` makes a whole
    table of N · N. Answer n belongs to label n alone."""
    return (Y.argmax(axis=1)[:, None] == labels).mean()


def argmax_over_everything(Y, labels):
    """`argmax` without an axis finds one place in the whole table. Each row has a largest output of its own."""
    return (Y.argmax() == labels).mean()


def a_count(Y, labels):
    """You count the right ones. The task asks for their share, from 0 to 1: divide by how many examples there are."""
    return (Y.argmax(axis=1) == labels).sum()


def per_cent(Y, labels):
    """You give per cent, from 0 to 100. The task asks for a share from 0 to 1."""
    return 100 * (Y.argmax(axis=1) == labels).mean()


def the_share_of_the_wrong_ones(Y, labels):
    """That is the share of the *wrong* answers: 0 when all are right. Accuracy is the share of the right ones."""
    return (Y.argmax(axis=1) != labels).mean()


def divided_by_the_number_of_classes(Y, labels):
    """You divide by the number of classes. The share is one of the *examples*: divide by how many rows there are."""
    return (Y.argmax(axis=1) == labels).sum() / Y.shape[1]


def divided_by_all_entries(Y, labels):
    """You divide by the number of all entries, N · K. Each *row* is one answer: divide by N."""
    return (Y.argmax(axis=1) == labels).sum() / Y.size


def all_entries_compared(Y, labels):
    """You compare whole tables, entry by entry, and count the zeros that agree as well. What counts is one comparison
    for each *row*: its answer, `argmax`, with its label."""
    K = Y.shape[1]
    return (np.eye(K)[Y.argmax(axis=1)] == np.eye(K)[labels]).mean()


def the_largest_output_not_its_place(Y, labels):
    """You compare the largest *value* with the label. Its *place* in the row is the class: argmax."""
    return (Y.max(axis=1) == labels).mean()


def ties_to_the_highest_class(Y, labels):
    """Right, until two outputs are equally large: you take the last of them. By agreement it is the lowest class."""
    predicted = Y.shape[1] - 1 - Y[:, ::-1].argmax(axis=1)
    return (predicted == labels).mean()


def ties_always_right(Y, labels):
    """Right, until two outputs are equally large: then you count the label as found if it is any of them. The network
    has one answer, by agreement the lowest class. (Otherwise ten equal outputs would be 100 % right.)"""
    return (Y[np.arange(len(Y)), labels] == Y.max(axis=1)).mean()


def ties_always_wrong(Y, labels):
    """Right, until two outputs are equally large: then you count it as wrong, whatever the label. The network's answer
    is the lower of the two classes."""
    tops = (Y.max(axis=1, keepdims=True) == Y).sum(axis=1)
    return ((Y.argmax(axis=1) == labels) & (tops == 1)).mean()


def above_one_half(Y, labels):
    """You ask whether the label got more than ½. With several classes the largest output can be smaller than that, and
    still be the answer."""
    return (Y[np.arange(len(Y)), labels] > 0.5).mean()


def the_mean_probability_of_the_label(Y, labels):
    """You average the probabilities that the labels got. Accuracy counts: an answer is right or wrong, however sure the
    network was."""
    return Y[np.arange(len(Y)), labels].mean()


def one_value_for_each_example(Y, labels):
    """You return right or wrong for each example. The task asks for their mean, one number."""
    return Y.argmax(axis=1) == labels


def all_or_nothing(Y, labels):
    """It is 1 where everything is right, and 0 otherwise. Do you ask whether *all* are right, or is the share cut to a
    whole number (`//` and `int` do that)? The task asks for the share itself."""
    return int((Y.argmax(axis=1) == labels).mean())


def rounded(Y, labels):
    """The share is rounded. Round when you print; compute with all digits."""
    return round(accuracy(Y, labels), 2)


def classes_counted_from_1(Y, labels):
    """You compare with a class number that is one off: classes count from 0 here, as argmax does."""
    return (Y.argmax(axis=1) + 1 == labels).mean()


def the_smallest_output(Y, labels):
    """You take the class with the *smallest* output. The network's answer is the one with the largest."""
    return (Y.argmin(axis=1) == labels).mean()


def mean_over_the_classes(Y, labels):
    """You take the share within each class first, and average those. Then a rare class weighs as much as a frequent
    one; here each *example* weighs the same."""
    right = Y.argmax(axis=1) == labels
    return np.mean([right[labels == k].mean() for k in np.unique(labels)])
