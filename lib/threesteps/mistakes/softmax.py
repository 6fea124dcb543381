"""What learners get wrong in `softmax(Z)`, e^zᵢ / Σⱼ e^zⱼ along each row."""

from functools import partial

import numpy as np

from threesteps.mistakes import also
from threesteps.network import log_softmax, sigmoid, softmax


def _warnings_off(Z):
    with np.errstate(all="ignore"):
        e = np.exp(Z)
        return e / e.sum(axis=-1, keepdims=True)


@also(_warnings_off)
def no_shift(Z):
    """Right for small scores. At 1000 the exponential overflows and leaves ∞/∞, and at −1000 all of them become 0 and
    leave 0/0. Adding the same number to all the scores of a row changes nothing: which number would help?"""
    e = np.exp(Z)
    return e / e.sum(axis=-1, keepdims=True)


def shifted_above_the_line_alone(Z):
    """The exponentials in the numerator are shifted, those in the sum aren't, and so a row doesn't add up to 1. Divide
    and add up the same exponentials: give them a name."""
    return np.exp(Z - Z.max(axis=-1, keepdims=True)) / np.exp(Z).sum(axis=-1, keepdims=True)


def shifted_below_the_line_alone(Z):
    """The exponentials in the sum are shifted, those in the numerator aren't, and so a row doesn't add up to 1. Divide
    and add up the same exponentials: give them a name."""
    return np.exp(Z) / np.exp(Z - Z.max(axis=-1, keepdims=True)).sum(axis=-1, keepdims=True)


def shifted_after_e_to_the_z(Z):
    """The maximum is subtracted from the exponentials, and none of them is left above 0. It belongs to the scores,
    before `np.exp`: by the time a large score comes out of it, it has overflowed."""
    e = np.exp(Z)
    e = e - e.max(axis=-1, keepdims=True)
    return e / e.sum(axis=-1, keepdims=True)


def one_maximum_for_the_whole_batch(Z):
    """One maximum is not enough for a batch: a row whose scores lie far below it gets only zeros, and 0/0. Each row
    needs its own."""
    e = np.exp(Z - Z.max())
    return e / e.sum(axis=-1, keepdims=True)


def columns_add_to_1(Z):
    """In a batch your *columns* add up to 1. Examples are rows, and each has shares of its own: sum along the last
    axis. (For one example there is only one axis, so nothing shows.)"""
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=0)


def columns_add_to_1_after_the_shift_of_each_row(Z):
    """Each row is shifted by its own maximum, as it should be, but then your *columns* add up to 1. Examples are rows,
    and each has shares of its own: sum along the last axis too. (For one example there is only one axis, so nothing
    shows.)"""
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=0)


def columns_add_to_1_after_one_maximum(Z):
    """In a batch your *columns* add up to 1. Examples are rows, and each has shares of its own: sum along the last
    axis. And one maximum is not enough for a batch: a row that lies far below it gets only zeros. Each row needs its
    own. (For one example nothing of this shows.)"""
    e = np.exp(Z - Z.max())
    return e / e.sum(axis=0)


def softmax_of_σ(Z):
    """You squash the scores with σ first, and then softmax takes what comes out. Softmax wants the scores as they are:
    it makes probabilities of them by itself."""
    return softmax(sigmoid(Z))


def columns_add_to_1_and_no_shift(Z):
    """In a batch your *columns* add up to 1. Examples are rows, and each has shares of its own: sum along the last
    axis. (For one example there is only one axis, so nothing shows.) And nothing keeps e to the 1000 away yet."""
    e = np.exp(Z)
    return e / e.sum(axis=0)


def _pythons_own_max(Z):
    e = np.exp(Z - max(Z))
    return e / e.sum(axis=-1, keepdims=True)


@also(_pythons_own_max)
def pythons_own_max_and_sum(Z):
    """Right for one example. Python's own `max` and `sum` take a batch apart into its rows: `max` can't tell which row
    is the larger one, and `sum` adds the rows to each other. `Z.max` and `Z.sum` take an axis."""
    e = np.exp(Z - max(Z))
    return e / sum(e)


def the_maximum_of_each_column(Z):
    """The shares are taken of rows, and the maximum of columns. Then what you subtract differs within a row, and only
    the same number for all the scores of a row cancels."""
    e = np.exp(Z - Z.max(axis=0))
    return e / e.sum(axis=-1, keepdims=True)


def no_keepdims_for_the_sum(Z):
    """Right for one example. In a batch the sums lose their axis and are taken as a *row*: the first sum meets the
    first column, not the first row. That is an error where N and K differ, and silently wrong where they are equal. The
    sums have to stay a column."""
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1)


def no_keepdims_for_the_maximum(Z):
    """Right for one example. In a batch the maxima lose their axis and are taken as a *row*: the first maximum meets
    the first column, not the first row. That is an error where N and K differ, and silently wrong where they are equal.
    The maxima have to stay a column."""
    e = np.exp(Z - Z.max(axis=-1))
    return e / e.sum(axis=-1, keepdims=True)


def no_keepdims_at_all(Z):
    """Right for one example. In a batch the maxima and the sums lose their axis and are taken as *rows*: the first one
    meets the first column, not the first row. That is an error where N and K differ, and silently wrong where they are
    equal. Both have to stay columns."""
    e = np.exp(Z - Z.max(axis=-1))
    return e / e.sum(axis=-1)


def no_keepdims_and_no_shift(Z):
    """Right for one example. In a batch the sums lose their axis and are taken as a *row*: the first sum meets the
    first column, not the first row. That is an error where N and K differ, and silently wrong where they are equal. The
    sums have to stay a column. And nothing keeps e to the 1000 away yet."""
    e = np.exp(Z)
    return e / e.sum(axis=-1)


def one_total_for_the_batch(Z):
    """In a batch all the entries together add up to 1: you divide by the sum of the whole table. Each row is an example
    of its own, and has to add up to 1 by itself."""
    e = np.exp(Z - Z.max())
    return e / e.sum()


def one_total_for_the_batch_after_the_shift_of_each_row(Z):
    """Each row is shifted by its own maximum, as it should be, but then you divide by the sum of the whole table, so
    that all the entries together add up to 1. Each row is an example of its own, and adds up to 1 by itself."""
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum()


def one_total_for_the_batch_and_no_shift(Z):
    """In a batch all the entries together add up to 1: you divide by the sum of the whole table. Each row is an example
    of its own, and adds up to 1 by itself. And nothing keeps e to the 1000 away yet."""
    e = np.exp(Z)
    return e / e.sum()


def _σ_clipped_and_renormalised(Z):
    a = sigmoid(np.clip(Z, -500, 500))
    return a / a.sum(axis=-1, keepdims=True)


@also(_σ_clipped_and_renormalised)
def σ_renormalised(Z):
    """You squash each score with σ and divide by the sum. It adds up to 1, but two large scores both become nearly 1
    first, however far apart they are. Softmax takes e to the z."""
    a = sigmoid(Z)
    return a / a.sum(axis=-1, keepdims=True)


def _σ_with_a_warning(Z):
    return 1 / (1 + np.exp(-Z))


@also(_σ_with_a_warning)
def σ_of_each_score(Z):
    """That is σ, each score for itself: the outputs don't add up to 1. Softmax divides one whole between the
    classes."""
    return sigmoid(Z)


def minus_the_absolute_value(Z):
    """You take e to the minus |z|, as in 1a. There it helped because σ's two sides mirror each other; here it makes −3
    count as much as 3. Subtract each row's maximum instead: that keeps e small, and the order too."""
    e = np.exp(-np.abs(Z))
    return e / e.sum(axis=-1, keepdims=True)


def no_exponential(Z):
    """You divide the scores themselves by their sum. A negative score then gets a negative share: first make all of
    them positive, with e to the z."""
    return Z / Z.sum(axis=-1, keepdims=True)


def not_divided(Z):
    """Your values are in the right proportion, but they don't add up to 1 yet: the exponentials still have to be
    divided by their sum."""
    return np.exp(Z - Z.max(axis=-1, keepdims=True))


def the_exponentials_alone(Z):
    """That is e to the z: positive, in the right order, and not yet shares. Divide by the row's sum (and mind the
    overflow)."""
    return np.exp(Z)


def _sign_of_the_exponent_and_no_shift(Z):
    e = np.exp(-Z)
    return e / e.sum(axis=-1, keepdims=True)


@also(_sign_of_the_exponent_and_no_shift)
def sign_of_the_exponent(Z):
    """The order is upside down: the lowest score gets the largest share. Here it is e to the plus z."""
    return softmax(-Z)


def its_logarithm(Z):
    """That is ln softmax, which is never above 0. It has a task of its own in 2b; here you are asked for the shares
    themselves."""
    return log_softmax(Z)


def _the_largest_divided(Z):
    largest = Z.max(axis=-1, keepdims=True)
    return (largest == Z) / (largest == Z).sum(axis=-1, keepdims=True)


@also(_the_largest_divided)
def all_for_the_largest(Z):
    """The largest score gets everything. Softmax is soft: a class that is close behind gets nearly as much."""
    largest = Z.max(axis=-1, keepdims=True)
    return (largest == Z) * 1.0


def divided_by_the_maximum(Z):
    """You divide the scores by their maximum before e to the z. *Subtracting* the same number from all the scores
    changes nothing; dividing changes how far apart they are, and so the shares."""
    e = np.exp(Z / Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def the_mean_subtracted(Z):
    """You subtract the row's mean. That is allowed, but a score far above the mean still overflows. After the right
    shift no score is above 0."""
    e = np.exp(Z - Z.mean(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def the_minimum_subtracted(Z):
    """You subtract the row's smallest score. That is allowed, but the largest one is then far above 0, and overflows.
    After the right shift no score is above 0."""
    e = np.exp(Z - Z.min(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _clipped_at(limit, Z):
    e = np.exp(np.clip(Z, -limit, limit))
    return e / e.sum(axis=-1, keepdims=True)


@also(*(partial(_clipped_at, limit) for limit in (50, 100, 200, 300, 600, 700, 709)))
def clipped(Z):
    """The warning is gone, and so are the differences: all scores beyond your limit count as equal. Nothing needs to be
    cut off: shift each row instead."""
    return _clipped_at(500, Z)


def batch_only(Z):
    """It works for a batch and not for one example, which has no second axis. `axis=-1`, the last one, is there in
    both."""
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def batch_only_and_no_shift(Z):
    """It works for a batch and not for one example, which has no second axis. `axis=-1`, the last one, is there in
    both. And nothing keeps e to the 1000 away yet."""
    e = np.exp(Z)
    return e / e.sum(axis=1, keepdims=True)


def _row_by_row_without_a_shift(Z):
    return np.array([np.exp(row) / np.exp(row).sum() for row in Z])


@also(_row_by_row_without_a_shift)
def one_example_taken_apart(Z):
    """Your loop goes through the rows of a batch. One example has no rows: there the loop takes each single score for a
    row, and a score that is alone gets all of the probability, 1. `axis=-1` needs no loop, and fits both."""
    return np.array([softmax([row]) if np.ndim(row) == 0 else softmax(row) for row in Z]).reshape(Z.shape)


def Z_changed_in_place(Z):
    """The shares are right, but you have overwritten the caller's own Z, as `Z -= …` does: whoever called it has lost
    the scores. Give the shifted ones a name of their own."""
    Z -= Z.max(axis=-1, keepdims=True)
    e = np.exp(Z)
    return e / e.sum(axis=-1, keepdims=True)


def rounded(Z):
    """The right shares, rounded. Then a row no longer adds up to 1. Compute with all digits, and round when you
    print."""
    return softmax(Z).round(2)
