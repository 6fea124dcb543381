"""Wrong answers to 2a."""

import numpy as np


def _each(Y, T):
    return -(T * np.log(np.where(T > 0, Y, 1))).sum(axis=-1)


def _no_minus(Y, T):
    """Forgot the minus."""
    return -_each(Y, T)


def _over_the_batch(Y, T):
    """Adds down the columns."""
    return -(T * np.log(np.where(T > 0, Y, 1))).sum(axis=0)


def _one_number(Y, T):
    """The sum over all examples."""
    return float(_each(Y, T).sum())


def _average(Y, T):
    """The average, as toolkits give it."""
    return float(_each(Y, T).mean())


def _mean_over_classes(Y, T):
    """mean along the classes instead of sum."""
    return -(T * np.log(np.where(T > 0, Y, 1))).mean(axis=-1)


def _base_two(Y, T):
    """Bits."""
    return _each(Y, T) / np.log(2)


def _base_ten(Y, T):
    """log10."""
    return -(T * np.log10(np.where(T > 0, Y, 1))).sum(axis=-1)


def _roles_swapped(Y, T):
    """y ln t."""
    return -(Y * np.log(np.where(T > 0, T, 1))).sum(axis=-1)


def _log_of_the_product(Y, T):
    """−ln Σ t y."""
    return -np.log((T * Y).sum(axis=-1))


def _binary(Y, T):
    """The two-sided formula for yes-no outputs."""
    P = np.clip(Y, 1e-15, 1 - 1e-15)
    return -(T * np.log(P) + (1 - T) * np.log(1 - P)).sum(axis=-1)


def _squared(Y, T):
    """Squared error."""
    return ((Y - T) ** 2).sum(axis=-1)


def _wide_epsilon(Y, T):
    """ln(y + 10⁻³) everywhere."""
    return -(T * np.log(Y + 1e-3)).sum(axis=-1)


def _nan_to_num(Y, T):
    """Mends the nan afterwards: too late for the warning."""
    return -np.nan_to_num(T * np.log(Y)).sum(axis=-1)


def _argmax_of_the_target(Y, T):
    """Picks the target's class: no soft targets."""
    return -np.log(Y[np.arange(len(Y)), T.argmax(axis=-1)])


def _largest_probability(Y, T):
    """−ln of the largest probability."""
    return -np.log(Y.max(axis=-1))


def _with_entropy_taken_off(Y, T):
    """The divergence: soft targets lose their own entropy."""
    return _each(Y, T) - _each(T, T)


def _where_y(Y, T):
    """where(T == 1, Y, 1): drops all soft terms."""
    return -(T * np.log(np.where(T == 1, Y, 1))).sum(axis=-1)


def _sum_kept(Y, T):
    """keepdims: a column."""
    return -(T * np.log(np.where(T > 0, Y, 1))).sum(axis=-1, keepdims=True)


def _no_minus_and_mean(Y, T):
    """Two slips: no minus, and the mean."""
    return (T * np.log(np.where(T > 0, Y, 1))).mean(axis=-1)


def _picked(Y, labels):
    return Y[np.arange(len(Y)), labels]


def _colon(Y, labels):
    """Every row with every label."""
    return -np.log(Y[:, labels])


def _colon_summed(Y, labels):
    """The colon, and the table's rows added to get (N,)."""
    return -np.log(Y[:, labels]).sum(axis=1)


def _colon_diagonal_flipped(Y, labels):
    """Y[labels]: the label as a row number."""
    return -np.log(Y[labels]).max(axis=1)


def _row_for_column(Y, labels):
    """Indices swapped: Y[labels, n]."""
    return -np.log(Y[labels, np.arange(len(labels))])


def _sum_of_labels(Y, labels):
    """One number for the batch."""
    return float(-np.log(_picked(Y, labels)).sum())


def _mean_of_labels(Y, labels):
    """The average."""
    return float(-np.log(_picked(Y, labels)).mean())


def _no_log(Y, labels):
    """The probability itself."""
    return _picked(Y, labels)


def _one_minus(Y, labels):
    """1 − y."""
    return 1 - _picked(Y, labels)


def _positive_log(Y, labels):
    """ln y, without the minus."""
    return np.log(_picked(Y, labels))


def _labels_times_log(Y, labels):
    """Multiplied by the label, as by a target."""
    return -(labels[:, None] * np.log(Y)).sum(axis=1)


def _from_one(Y, labels):
    """Labels counted from 1."""
    return -np.log(Y[np.arange(len(Y)), labels - 1])


def _first_classes_only(Y, labels):
    """One-hot rows with as many columns as the largest label needs, cut or filled."""
    T = np.zeros_like(Y)
    for n, k in enumerate(labels):
        T[n, k] = k
    return -(T * np.log(Y)).sum(axis=1)


def _own_best(Y, labels):
    """The loss at the predicted class, not at the label."""
    return -np.log(Y[np.arange(len(Y)), Y.argmax(axis=1)])


def _right_or_wrong(Y, labels):
    """0 where the prediction is right, 1 where not."""
    return (Y.argmax(axis=1) != labels).astype(float)


def _in_a_table(Y, labels):
    """An (N, K) table with one filled entry a row."""
    T = np.zeros_like(Y)
    T[np.arange(len(Y)), labels] = 1
    return -T * np.log(Y)


def _diagonal(Y, labels):
    """The diagonal: right for the labels 0, 1, 2 of the example."""
    return -np.log(np.diag(Y))


def _colon_and_mean(Y, labels):
    """Two slips: the colon, and a mean."""
    return -np.log(Y[:, labels]).mean(axis=0)


WRONG = {
    "cross_entropy": [
        (_no_minus, "no minus"),
        (_over_the_batch, "wrong axis"),
        (_one_number, "summed over the examples"),
        (_average, "mean over the examples"),
        (_mean_over_classes, "mean over the classes"),
        (_base_two, "base 2"),
        (_base_ten, "base 10"),
        (_roles_swapped, "roles of y and t swapped"),
        (_log_of_the_product, "sum before the logarithm"),
        (_binary, "binary cross-entropy"),
        (_squared, "squared error"),
        (_wide_epsilon, "something added"),
        (_nan_to_num, "repaired afterwards"),
        (_argmax_of_the_target, "one class only"),
        (_largest_probability, "the largest probability"),
        (_with_entropy_taken_off, "excess over the target's entropy"),
        _where_y,
        (_sum_kept, "a column"),
        _no_minus_and_mean,
    ],
    "cross_entropy_of_labels": [
        (_colon, "every label in every row"),
        _colon_summed,
        _colon_diagonal_flipped,
        (_row_for_column, "rows and columns exchanged"),
        (_sum_of_labels, "summed over the examples"),
        (_mean_of_labels, "mean over the examples"),
        (_no_log, "no logarithm"),
        (_one_minus, "1 − p"),
        (_positive_log, "no minus"),
        _labels_times_log,
        (_from_one, "labels counted from 1"),
        _first_classes_only,
        (_own_best, "the largest probability"),
        (_right_or_wrong, "right or wrong"),
        (_in_a_table, "one term for every class"),
        _diagonal,
        _colon_and_mean,
    ],
}
