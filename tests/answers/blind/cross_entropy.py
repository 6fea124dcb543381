"""Wrong answers to 2a."""

import math

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
    """The average, as frameworks give it."""
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


def _clipped_like_keras(Y, T):
    """Clipped the probabilities to 1e-7 … 1 − 1e-7, as Keras does."""
    return -(T * np.log(np.clip(Y, 1e-7, 1 - 1e-7))).sum(axis=1)


def _where_after_log(Y, T):
    """np.where around the logarithm: the value is right, the warning is still there."""
    return -(T * np.where(T > 0, np.log(Y), 0)).sum(axis=1)


def _nansum(Y, T):
    """Left the nan to nansum."""
    return -np.nansum(T * np.log(Y), axis=1)


def _entropy_of_y(Y, T):
    """Weighed by Y in place of T."""
    return -(Y * np.log(np.where(Y > 0, Y, 1))).sum(axis=1)


def _first_row(Y, T):
    """return stands in the loop over the examples."""
    for y, t in zip(Y, T):
        return -sum(b * np.log(a) for a, b in zip(y, t) if b > 0)


def _softmax_first(Y, T):
    """Took Y for scores, as PyTorch's loss does."""
    e = np.exp(Y)
    return -(T * np.log(e / e.sum(axis=1, keepdims=True))).sum(axis=1)


def _matrix_product(Y, T):
    """Used @ for the sum over the classes."""
    return -(T @ np.log(np.where(Y > 0, Y, 1)).T)


def _log2_and_no_minus(Y, T):
    """Two at once: bits, and no minus."""
    return (T * np.log2(np.where(T > 0, Y, 1))).sum(axis=1)


def _shifted_and_mean(Y, T):
    """Two at once: a little in the logarithm, and the mean over the classes."""
    return -(T * np.log(Y + 0.01)).mean(axis=1)


def _rounded(Y, T):
    """Rounded to three places."""
    return np.round(-(T * np.log(np.where(T > 0, Y, 1))).sum(axis=1), 3)


def _ones_into_y(Y, T):
    """Wrote the guard into the caller's Y."""
    Y[T == 0] = 1
    return -(T * np.log(Y)).sum(axis=1)


def _without_weights(Y, T):
    """Summed −ln y wherever t > 0, without the weight t."""
    return -np.log(np.where(T > 0, Y, 1)).sum(axis=1)


def _printed(Y, T):
    """Printed it."""
    print(-(T * np.log(np.where(T > 0, Y, 1))).sum(axis=1))


def _logs_dropped(Y, T):
    """Dropped the entries where t is 0, and with them the rows."""
    return -(T[T > 0] * np.log(Y[T > 0]))


def _eye_of_n(Y, labels):
    """One-hot rows as long as there are examples."""
    return -(np.eye(len(labels))[labels] * np.log(Y)).sum(axis=1)


def _eye_of_max(Y, labels):
    """One-hot rows as long as the largest label says."""
    return -(np.eye(max(labels) + 1)[labels] * np.log(Y)).sum(axis=1)


def _labels_as_row(Y, labels):
    """The same, by broadcasting along the row."""
    return -(labels * np.log(Y)).sum(axis=1)


def _columns_of_eye(Y, labels):
    """One-hot columns in place of rows."""
    return -(np.eye(Y.shape[1])[:, labels] * np.log(Y)).sum(axis=1)


def _first_label_for_all(Y, labels):
    """Used the first label for all rows."""
    return np.array([-np.log(y[labels[0]]) for y in Y])


def _arange_k(Y, labels):
    """Counted the classes for the row numbers."""
    return -np.log(Y[np.arange(Y.shape[1]), labels])


def _column_of_labels(Y, labels):
    """take_along_axis, and left the axis there."""
    return -np.log(np.take_along_axis(Y, np.asarray(labels)[:, None], axis=1))


def _colon_no_minus(Y, labels):
    """Two at once: a colon and no minus."""
    return np.log(Y[:, labels])


def _from_one_in_bits(Y, labels):
    """Two at once: labels from 1, and log2."""
    return -np.log2(Y[np.arange(len(labels)), np.array(labels) - 1])


def _everything_else(Y, labels):
    """Took −ln of what was *not* given to the label."""
    return -np.log(1 - Y[np.arange(len(labels)), labels])


def _binary_labels(Y, labels):
    """The binary cross-entropy of one-hot rows."""
    T = np.eye(Y.shape[1])[labels]
    return -(T * np.log(Y) + (1 - T) * np.log(1 - Y)).sum(axis=1)


def _flat(Y, labels):
    """np.take without an axis counts through the flat array."""
    return -np.log(np.take(Y, labels))


def _zero_instead_of_one(Y, T):
    """Put 0 in the logarithm where the term is struck out."""
    return -(T * np.log(np.where(T > 0, Y, 0))).sum(axis=1)


def _only_ones_count(Y, T):
    """A loop that takes a term only where t is exactly 1."""
    C = np.zeros(len(Y))
    for n in range(len(Y)):
        for k in range(Y.shape[1]):
            if T[n, k] == 1:
                C[n] = -np.log(Y[n, k])
    return C


def _mask_of_positives(Y, T):
    """Y[T > 0] in one row, not weighed: right for one-hot targets."""
    return -np.log(Y[T > 0])


def _weights_forgotten(Y, T):
    """Every class with t > 0 counts fully."""
    return -np.log(np.where(T > 0, Y, 1)).sum(axis=1)


def _last_term_only(Y, T):
    """A loop with = in place of +=."""
    C = np.zeros(len(Y))
    for n in range(len(Y)):
        for k in range(Y.shape[1]):
            if T[n, k] > 0:
                C[n] = -T[n, k] * np.log(Y[n, k])
    return C


def _math_log(Y, T):
    """math.log in two loops, no guard for 0."""
    return np.array([-sum(tk * math.log(yk) for yk, tk in zip(y, t)) for y, t in zip(Y, T)])


def _running_sum(Y, T):
    """One sum that is not set back for each example."""
    C, s = [], 0.0
    for y, t in zip(Y, T):
        for yk, tk in zip(y, t):
            if tk > 0:
                s -= tk * np.log(yk)
        C.append(s)
    return np.array(C)


def _bits_and_mean(Y, T):
    """Two at once: log2, and the mean over the classes."""
    return -(T * np.log2(np.where(T > 0, Y, 1))).mean(axis=1)


def _plain_without_minus(Y, T):
    """Two at once: no guard, no minus."""
    return (T * np.log(Y)).sum(axis=1)


def _whole_numbers(Y, labels):
    """Filled np.zeros_like(labels), which holds whole numbers only."""
    C = np.zeros_like(labels)
    for n, label in enumerate(labels):
        C[n] = -np.log(Y[n, label])
    return C


def _three_classes(Y, labels):
    """np.eye(3), as in the example."""
    T = np.eye(3)[labels]
    return -(T * np.log(np.where(T > 0, Y, 1))).sum(axis=1)


def _labels_as_targets(Y, labels):
    """Called the first function with the labels for T."""
    return -(labels * np.log(np.where(labels > 0, Y, 1))).sum(axis=1)


def _take_flat(Y, labels):
    """np.take without an axis counts through the flattened table."""
    return -np.log(np.take(Y, labels))


def _a_little_inside(Y, labels):
    """Keras' 1e-7 inside the logarithm."""
    return -np.log(Y[np.arange(len(labels)), labels] + 1e-7)


def _of_the_first_label(Y, labels):
    """labels[0] for all rows."""
    return -np.log(Y[:, labels[0]])


def _minus_ln_of_the_rest(Y, labels):
    """Two at once: 1 − p, and no minus."""
    return np.log(1 - Y[np.arange(len(labels)), labels])


def _swapped_and_log10(Y, labels):
    """Two at once: exchanged indices and log10."""
    return -np.log10(Y[labels, np.arange(len(labels))])


def _printed_2(Y, labels):
    """Printed each value and returned nothing."""
    for y, label in zip(Y, labels):
        print(end=str(-np.log(y[label]))[:0])


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
        (_binary, "binary cross entropy"),
        (_squared, "squared error"),
        (_wide_epsilon, "something added"),
        (_nan_to_num, "repaired afterwards"),
        (_argmax_of_the_target, "one class only"),
        (_largest_probability, "the largest probability"),
        (_with_entropy_taken_off, "excess over the entropy of the target"),
        (_where_y, "only where t is 1"),
        (_sum_kept, "a column"),
        _no_minus_and_mean,
        (_clipped_like_keras, "clipped"),
        (_where_after_log, "repaired afterwards"),
        (_nansum, "repaired afterwards"),
        _entropy_of_y,
        (_first_row, "the first example only"),
        (_softmax_first, "softmax once more"),
        (_matrix_product, "every target with every prediction"),
        _log2_and_no_minus,
        _shifted_and_mean,
        _rounded,
        _ones_into_y,
        (_without_weights, "weights dropped"),
        _printed,
        (_logs_dropped, "a mask picks the entries"),
        (_zero_instead_of_one, "ln of 0 where t is 0"),
        (_only_ones_count, "only where t is 1"),
        (_mask_of_positives, "a mask picks the entries"),
        (_weights_forgotten, "weights dropped"),
        _last_term_only,
        _math_log,
        (_running_sum, "the sum runs on"),
        _bits_and_mean,
        (_plain_without_minus, "no minus"),
    ],
    "cross_entropy_of_labels": [
        (_colon, "every label in every row"),
        (_colon_summed, "every label in every row"),
        _colon_diagonal_flipped,
        (_row_for_column, "rows and columns swapped"),
        (_sum_of_labels, "summed over the examples"),
        (_mean_of_labels, "mean over the examples"),
        (_no_log, "no logarithm"),
        (_one_minus, "one minus p"),
        (_positive_log, "no minus"),
        (_labels_times_log, "labels as weights"),
        (_from_one, "labels counted from 1"),
        (_first_classes_only, "labels as weights"),
        (_own_best, "the largest probability"),
        (_right_or_wrong, "right or wrong"),
        (_in_a_table, "one term for every class"),
        _diagonal,
        (_colon_and_mean, "every label in every row"),
        (_eye_of_n, "one hot rows of the wrong width"),
        (_eye_of_max, "one hot rows of the wrong width"),
        (_labels_as_row, "labels as weights"),
        _columns_of_eye,
        _first_label_for_all,
        (_arange_k, "as many rows as classes"),
        (_column_of_labels, "a column"),
        _colon_no_minus,
        _from_one_in_bits,
        _everything_else,
        _binary_labels,
        (_flat, "the first row for all"),
        _whole_numbers,
        _three_classes,
        (_labels_as_targets, "labels as weights"),
        (_take_flat, "the first row for all"),
        _a_little_inside,
        _of_the_first_label,
        _minus_ln_of_the_rest,
        _swapped_and_log10,
        _printed_2,
    ],
}
