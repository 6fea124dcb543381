"""Wrong answers to 1c."""

import math

import numpy as np


def _right(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _over_the_whole_table(Z):
    """One sum for the whole batch."""
    e = np.exp(Z - np.max(Z))
    return e / e.sum()


def _axis_one(Z):
    """axis=1: no single example."""
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def _axis_zero(Z):
    """axis=0: each column adds to 1."""
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=0)


def _no_keepdims_maximum(Z):
    """keepdims at the sum but not at the maximum."""
    e = np.exp(Z - Z.max(axis=-1))
    return e / e.sum(axis=-1, keepdims=True)


def _divided_by_the_maximum(Z):
    """Divides the scores by the largest instead of subtracting it."""
    e = np.exp(Z / np.max(np.abs(Z), axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _no_exponentials(Z):
    """Shares of the scores themselves."""
    return Z / np.sum(Z, axis=-1, keepdims=True)


def _shifted_to_positive(Z):
    """Shares of the scores, moved so that none is negative."""
    S = Z - np.min(Z, axis=-1, keepdims=True)
    return S / np.maximum(S.sum(axis=-1, keepdims=True), 1e-12)


def _hardest(Z):
    """All to the largest."""
    return (Z == np.max(Z, axis=-1, keepdims=True)) * 1.0


def _log_of_it(Z):
    """The logarithm of softmax."""
    return np.log(_right(Z) + 1e-300)


def _subtracts_the_minimum(Z):
    """The smallest subtracted, so that large differences overflow."""
    e = np.exp(Z - np.min(Z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _in_place(Z):
    """Subtracts in the caller's table."""
    Z -= np.max(Z, axis=-1, keepdims=True)
    e = np.exp(Z)
    return e / e.sum(axis=-1, keepdims=True)


def _clips(Z):
    """Clips the scores at ±50."""
    e = np.exp(np.clip(Z, -50, 50))
    return e / e.sum(axis=-1, keepdims=True)


def _binary(Z):
    """2 to the z."""
    e = 2.0 ** (Z - np.max(Z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _mean_shift(Z):
    """The mean subtracted: not enough for ±1000."""
    e = np.exp(Z - np.mean(Z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _mean_of_exponentials(Z):
    """Divides by the mean instead of the sum."""
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return e / e.mean(axis=-1, keepdims=True)


def _int_table(Z):
    """Writes into a table of the type of Z."""
    out = np.empty_like(Z)
    out[...] = _right(Z)
    return out


def _only_the_largest(Z):
    """The largest probability of each row."""
    return _right(Z).max(axis=-1)


def _axis_zero_no_shift(Z):
    """Two slips: the wrong axis and no shift."""
    e = np.exp(Z)
    return e / e.sum(axis=0)


def _as_many_as_occur(labels, n_classes):
    """As many columns as different labels."""
    kinds = np.unique(labels)
    return (np.asarray(labels)[:, None] == kinds) * 1.0


def _up_to_the_largest(labels, n_classes):
    """As many columns as the largest label needs."""
    return np.eye(int(np.max(labels)) + 1)[labels]


def _counts_from_one(labels, n_classes):
    """Class 1 in the first column."""
    return np.eye(n_classes)[np.asarray(labels) - 1]


def _columns(labels, n_classes):
    """An example a column."""
    return np.eye(n_classes)[:, labels]


def _all_rows(labels, n_classes):
    """T[:, labels] = 1 in every row."""
    T = np.zeros((len(labels), n_classes))
    T[:, labels] = 1
    return T


def _the_label_itself(labels, n_classes):
    """Writes the label where the 1 belongs."""
    T = np.zeros((len(labels), n_classes))
    T[np.arange(len(labels)), labels] = labels
    return T


def _ten_always(labels, n_classes):
    """Ten classes, as the digits have."""
    return np.eye(10)[labels]


def _one_cold(labels, n_classes):
    """Zeros and ones the wrong way round."""
    return 1 - np.eye(n_classes)[labels]


def _square(labels, n_classes):
    """A square table of the number of examples."""
    T = np.zeros((len(labels), len(labels)))
    for n, label in enumerate(labels):
        T[n, label % len(labels)] = 1
    return T


def _one_row(labels, n_classes):
    """One row with a 1 for every label that occurs."""
    row = np.zeros(n_classes)
    row[labels] = 1
    return row


def _counted(labels, n_classes):
    """How often each class occurs."""
    return np.bincount(labels, minlength=n_classes)


def _texts(labels, n_classes):
    """A table of characters."""
    return [["1" if k == label else "0" for k in range(n_classes)] for label in labels]


def _plus_minus(labels, n_classes):
    """−1 for "not this class"."""
    return 2 * np.eye(n_classes)[labels] - 1


def _columns_counted_from_one(labels, n_classes):
    """Two slips: columns for examples, and counted from one."""
    return np.eye(n_classes)[:, np.asarray(labels) - 1]


def _the_probability(Y):
    """The largest probability itself."""
    return Y.max(axis=-1)


def _over_everything(Y):
    """One place for the whole table."""
    return Y.argmax()


def _axis_zero_place(Y):
    """The place in each column."""
    return Y.argmax(axis=0)


def _last_of_equals(Y):
    """>= in a loop: the last of equal ones."""
    out = []
    for row in Y:
        best = 0
        for k, y in enumerate(row):
            if y >= row[best]:
                best = k
        out.append(best)
    return np.array(out)


def _sorted_last(Y):
    """argsort and the last place."""
    return np.argsort(Y, axis=1, kind="stable")[:, -1]


def _counted_from_one(Y):
    """Classes from 1."""
    return Y.argmax(axis=1) + 1


def _hot(Y):
    """One-hot rows instead of class numbers."""
    return (Y == Y.max(axis=1, keepdims=True)).astype(int)


def _smallest(Y):
    """argmin."""
    return Y.argmin(axis=1)


def _above_half(Y):
    """The class above one half, 0 where there is none."""
    return np.array([int(np.argmax(row > 0.5)) for row in Y])


def _kept_column(Y):
    """keepdims, by habit."""
    return Y.argmax(axis=1, keepdims=True)


def _first_row(Y):
    """The first example only."""
    return int(np.argmax(Y[0]))


def _rounded_place(Y):
    """Multiplies by the class number and rounds: an expected class."""
    return np.round(Y @ np.arange(Y.shape[1])).astype(int)


def _ties_at_random(Y):
    """One of the largest at random."""
    rng = np.random.default_rng()
    return np.array([rng.choice(np.flatnonzero(row == row.max())) for row in Y])


def _place_and_probability(Y):
    """Pairs of class and probability."""
    return [(int(row.argmax()), float(row.max())) for row in Y]


def _soft(Z):
    e = np.exp(Z - np.max(Z, axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _softmax_paper(Z):
    """As on paper: one sum over everything."""
    e = np.exp(Z)
    return e / e.sum()


def _softmax_global_max(Z):
    """Subtracts the largest number of the whole table."""
    e = np.exp(Z - np.max(Z))
    return e / e.sum(axis=-1, keepdims=True)


def _softmax_no_keepdims(Z):
    """Row sums without keepdims."""
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1)


def _softmax_no_shift(Z):
    """Right, but nothing is subtracted: overflows at 1000."""
    e = np.exp(Z)
    return e / e.sum(axis=-1, keepdims=True)


def _softmax_shift_after(Z):
    """Subtracts the maximum from the exponentials."""
    e = np.exp(Z)
    e = e - e.max(axis=-1, keepdims=True)
    return e / e.sum(axis=-1, keepdims=True)


def _softmax_shift_numerator_only(Z):
    """Shifts above the line and not below it."""
    return np.exp(Z - Z.max(axis=-1, keepdims=True)) / np.exp(Z).sum(axis=-1, keepdims=True)


def _softmax_squares(Z):
    """Squares for positive shares."""
    s = np.square(np.asarray(Z, float))
    return s / s.sum(axis=-1, keepdims=True)


def _softmax_sigmoid(Z):
    """σ of each score."""
    return 1 / (1 + np.exp(-np.clip(Z, -500, 500)))


def _softmax_sigmoid_normalised(Z):
    """σ of each score, then divided by the sum."""
    s = 1 / (1 + np.exp(-np.clip(Z, -500, 500)))
    return s / s.sum(axis=-1, keepdims=True)


def _softmax_minus(Z):
    """e^(-z), as in σ: the order is turned round."""
    e = np.exp(-(Z - Z.min(axis=-1, keepdims=True)))
    return e / e.sum(axis=-1, keepdims=True)


def _softmax_log(Z):
    """Logarithm of softmax, as in another framework."""
    return (
        Z
        - Z.max(axis=-1, keepdims=True)
        - np.log(np.exp(Z - Z.max(axis=-1, keepdims=True)).sum(axis=-1, keepdims=True))
    )


def _softmax_exp_only(Z):
    """Half done: the exponentials, shifted, not divided."""
    return np.exp(Z - Z.max(axis=-1, keepdims=True))


def _softmax_clip(Z):
    """Clips the scores to ±500."""
    e = np.exp(np.clip(Z, -500, 500))
    return e / e.sum(axis=-1, keepdims=True)


def _softmax_epsilon(Z):
    """Adds 1e-3 below the line against dividing by nothing."""
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / (e.sum(axis=-1, keepdims=True) + 1e-3)


def _softmax_flat(Z):
    """Loop over rows, list of lists of floats; one example fails."""
    return [[math.exp(z - max(row)) / sum(math.exp(v - max(row)) for v in row) for z in row] for row in Z]


def _softmax_adds_axis(Z):
    """Always a table: (K,) comes back as (1, K)."""
    return _soft(np.atleast_2d(Z))


def _softmax_base_two(Z):
    """Two at once: powers of 2, and the maximum of the whole table."""
    e = 2.0 ** (Z - np.max(Z))
    return e / e.sum(axis=-1, keepdims=True)


def _softmax_errstate(Z):
    """Silences the warning, gets nan."""
    with np.errstate(all="ignore"):
        e = np.exp(Z)
        return e / e.sum(axis=-1, keepdims=True)


def _hot_counts_from_one(labels, n_classes):
    """Class 1 first: one off."""
    T = np.zeros((len(labels), n_classes + 1))
    T[np.arange(len(labels)), labels + 1] = 1
    return T


def _hot_rows(labels, n_classes):
    """T[labels] = 1 sets whole rows."""
    T = np.zeros((max(len(labels), n_classes), n_classes))
    T[labels] = 1
    return T[: len(labels)]


def _hot_first_only(labels, n_classes):
    """Returns in the loop, after the first example."""
    T = np.zeros((len(labels), n_classes))
    for n, k in enumerate(labels):
        T[n, k] = 1
        return T


def _hot_square(labels, n_classes):
    """A table of n_classes rows, whatever the number of labels."""
    T = np.zeros((n_classes, n_classes))
    for n, k in enumerate(labels[:n_classes]):
        T[n, k] = 1
    return T


def _hot_shared_row(labels, n_classes):
    """The same list as each row ([[0] * K] * N)."""
    T = [[0] * n_classes] * len(labels)
    for n, k in enumerate(labels):
        T[n][k] = 1
    return np.array(T)


def _hot_strings(labels, n_classes):
    """Text in place of numbers."""
    return np.array([["1" if k == label else "0" for k in range(n_classes)] for label in labels])


def _hot_four(labels, n_classes):
    """Always the four classes of the example."""
    return np.eye(4)[labels % 4]


def _hot_cumulative(labels, n_classes):
    """Ones up to the label (thermometer): k <= label."""
    return (np.arange(n_classes) <= labels[:, None]).astype(int)


def _hot_sorted(labels, n_classes):
    """Sorts the labels first, and counts from one: two at once."""
    labels = np.sort(labels)
    T = np.zeros((len(labels), n_classes))
    T[np.arange(len(labels)), labels - 1] = 1
    return T


def _hot_generator(labels, n_classes):
    """A generator of rows."""
    return ([int(k == label) for k in range(n_classes)] for label in labels)


def _predict_onehot(Y):
    """A one-hot row for each."""
    return np.eye(Y.shape[1])[np.argmax(Y, axis=1)]


def _predict_argsort(Y):
    """The order of the classes, all of them, not the last."""
    return np.argsort(Y, axis=1)


def _predict_where(Y):
    """np.where(Y == max): places in both rows and columns."""
    return np.where(Y == Y.max(axis=1, keepdims=True))


def _predict_where_second(Y):
    """np.where and the columns: ties give two answers for one example."""
    return np.where(Y == Y.max(axis=1, keepdims=True))[1]


def _predict_pairs(Y):
    """Class and probability."""
    return np.argmax(Y, axis=1), np.max(Y, axis=1)


def _predict_digit_order(Y):
    """The lecture's order: the last column stands for 0."""
    return (np.argmax(Y, axis=1) + 1) % Y.shape[1]


def _predict_example_size(Y):
    """Only ever looks at three classes."""
    return np.argmax(Y[:, :3], axis=1)


def _softmax_first_score(Z):
    """Subtracts each row's first score: any number will do, it says."""
    e = np.exp(Z - Z[..., :1])
    return e / e.sum(axis=-1, keepdims=True)


def _softmax_last_score(Z):
    """Subtracts each row's last score, and silences the warning."""
    with np.errstate(all="ignore"):
        e = np.exp(Z - Z[..., -1:])
        return e / e.sum(axis=-1, keepdims=True)


def _softmax_largest_size(Z):
    """Subtracts the largest absolute value: scores that are all negative vanish."""
    e = np.exp(Z - np.abs(Z).max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _softmax_nan_to_zero(Z):
    """Turns what is nan into 0."""
    with np.errstate(all="ignore"):
        e = np.exp(Z)
        return np.nan_to_num(e / e.sum(axis=-1, keepdims=True))


def _softmax_over_shifted_scores(Z):
    """Exponentials over the sum of the shifted scores, not of their exponentials."""
    shifted = Z - Z.max(axis=-1, keepdims=True)
    return np.exp(shifted) / np.maximum(np.abs(shifted).sum(axis=-1, keepdims=True), 1e-9)


def _hot_never_reset(labels, n_classes):
    """One row for all, copied, and never set back to zeros."""
    row, T = np.zeros(n_classes), []
    for k in labels:
        row[k] = 1
        T.append(row.copy())
    return np.array(T)


def _hot_one_long_row(labels, n_classes):
    """Extends one row in place of appending rows."""
    rows = []
    for k in labels:
        rows += [int(j == k) for j in range(n_classes)]
    return np.array(rows)


def _hot_from_the_right(labels, n_classes):
    """Counts the columns from the right, as one writes numbers."""
    return np.eye(n_classes)[labels][:, ::-1]


def _hot_smoothed(labels, n_classes):
    """0.9 for the label, and the rest shared, as some books smooth labels."""
    return 0.9 * np.eye(n_classes)[labels] + 0.1 / n_classes


def _hot_from_the_smallest(labels, n_classes):
    """Counts the classes from the smallest label."""
    return np.eye(n_classes)[labels - labels.min()]


_kept = {}


def _hot_kept(labels, n_classes):
    """Keeps a table for each size, with the ones of earlier calls."""
    T = _kept.setdefault((len(labels), n_classes), np.zeros((len(labels), n_classes)))
    T[np.arange(len(labels)), labels] = 1
    return T


def _predict_rounds_first(Y):
    """Rounds to one digit before it compares."""
    return np.argmax(np.round(Y, 1), axis=1)


def _predict_skips_class_zero(Y):
    """Looks from column 1 on."""
    return np.argmax(Y[:, 1:], axis=1) + 1


def _predict_each_class_once(Y):
    """The classes that occur, each once."""
    return np.unique(np.argmax(Y, axis=1))


def _predict_sorts_in_place(Y):
    """Right, and leaves the caller's rows sorted."""
    k = np.argmax(Y, axis=1)
    Y.sort(axis=1)
    return k


WRONG = {
    "softmax": [
        (_over_the_whole_table, "one total for the batch"),
        (_axis_one, "batch only"),
        (_axis_zero, "columns add to 1"),
        (_no_keepdims_maximum, "no keepdims for the maximum"),
        _divided_by_the_maximum,
        (_no_exponentials, "no exponential"),
        _shifted_to_positive,
        (_hardest, "all for the largest"),
        _log_of_it,
        (_subtracts_the_minimum, "the minimum subtracted"),
        (_in_place, "Z changed in place"),
        (_clips, "clipped"),
        _binary,
        (_mean_shift, "the mean subtracted"),
        _mean_of_exponentials,
        _int_table,
        _only_the_largest,
        (_axis_zero_no_shift, "columns add to 1 and no shift"),
        (_softmax_paper, "one total for the batch and no shift"),
        (_softmax_global_max, "one maximum for the whole batch"),
        (_softmax_no_keepdims, "no keepdims for the sum"),
        (_softmax_no_shift, "no shift"),
        (_softmax_shift_after, "shifted after e to the z"),
        (_softmax_shift_numerator_only, "shifted above the line alone"),
        _softmax_squares,
        (_softmax_sigmoid, "σ of each score"),
        (_softmax_sigmoid_normalised, "σ renormalised"),
        (_softmax_minus, "sign of the exponent"),
        (_softmax_log, "its logarithm"),
        (_softmax_exp_only, "not divided"),
        (_softmax_clip, "clipped"),
        _softmax_epsilon,
        _softmax_flat,
        _softmax_adds_axis,
        _softmax_base_two,
        (_softmax_errstate, "no shift"),
        _softmax_first_score,
        _softmax_last_score,
        _softmax_largest_size,
        _softmax_nan_to_zero,
        _softmax_over_shifted_scores,
    ],
    "one_hot": [
        (_as_many_as_occur, "only the classes that occur"),
        (_up_to_the_largest, "as many columns as labels reach"),
        (_counts_from_one, "labels counted from 1"),
        (_columns, "one column for each example"),
        (_all_rows, "every label in every row"),
        (_the_label_itself, "the label as the value"),
        (_ten_always, "always ten classes"),
        (_one_cold, "zeros and ones exchanged"),
        _square,
        (_one_row, "one row for all"),
        _counted,
        _texts,
        _plus_minus,
        _columns_counted_from_one,
        _hot_counts_from_one,
        _hot_rows,
        (_hot_first_only, "the first row only"),
        _hot_square,
        (_hot_shared_row, "every label in every row"),
        _hot_strings,
        _hot_four,
        _hot_cumulative,
        _hot_sorted,
        _hot_generator,
        (_hot_never_reset, "ones of earlier rows"),
        _hot_one_long_row,
        _hot_from_the_right,
        _hot_smoothed,
        _hot_from_the_smallest,
        _hot_kept,
    ],
    "predict": [
        (_the_probability, "the largest probability itself"),
        (_over_everything, "no axis"),
        (_axis_zero_place, "down the columns"),
        (_last_of_equals, "the last of a tie"),
        (_sorted_last, "the last of a tie"),
        (_counted_from_one, "counted from 1"),
        (_hot, "one hot"),
        (_smallest, "the smallest"),
        (_above_half, "above one half"),
        (_kept_column, "a column"),
        (_first_row, "the first row only"),
        _rounded_place,
        _ties_at_random,
        _place_and_probability,
        (_predict_onehot, "one hot the lowest of a tie"),
        (_predict_argsort, "the order of the classes"),
        (_predict_where, "rows and columns of the maxima"),
        (_predict_where_second, "every place of a maximum"),
        _predict_pairs,
        _predict_digit_order,
        _predict_example_size,
        (_predict_rounds_first, "rounded first"),
        _predict_skips_class_zero,
        _predict_each_class_once,
        _predict_sorts_in_place,
    ],
}
