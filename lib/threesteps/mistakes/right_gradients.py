"""What learners get wrong in `right_gradients(f, gradients, w)`: which of these functions give f's gradient at w?

Some mistakes depend on a tolerance, on a width of the nudge or on chance. These are known by the faults
that they let pass; each gradient of a probe knows its own, and f its true slopes.
"""

import numpy as np

from threesteps.backprop import max_relative_difference, numerical_gradient
from threesteps.call import same
from threesteps.mistakes import known_by
from threesteps.mistakes.max_relative_difference import _ratios
from threesteps.task import as_numbers
from threesteps.tasks.exam import bools, right_gradients

_SMALL = "small", "small entry", "small slope"


def _calls_right(faults):
    """Mark a mistake by the faults that it calls right, given the size of the steepest slope; "" is no fault."""

    def test(trial):
        f, gradients, _ = trial.arguments
        if trial.outcome.changed:
            return False
        called_right = faults(np.abs(f.slopes).max())
        return bools(trial) == [gradient.fault in called_right for gradient in gradients]

    return known_by(test)


def _right(trial):
    return [gradient.fault == "" for gradient in trial.arguments[1]]


def _compared(f, gradients, w, agree):
    """What agree(gradient, nudged one) says of each."""
    nudged = numerical_gradient(f, w)
    return [bool(agree(gradient(w), nudged)) for gradient in gradients]


def _close(g, n):
    return (_ratios(g, n) < 1e-5).all()


def all_right(f, gradients, w):
    """You call every gradient right, even those that are far off. Is anything compared with f at all, and does the
    comparison decide?"""
    return [True for gradient in gradients]


def none_right(f, gradients, w):
    """You call every gradient wrong, even the right ones. Numbers that were computed in two ways are hardly ever equal
    to the last digit, and a nudge has an error of its own: how much do you allow?"""
    return _compared(f, gradients, w, lambda g, n: (g == n).all())


def the_wrong_way_round(f, gradients, w):
    """You have told them apart, and then said the opposite: True stands for a right gradient."""
    return [not right for right in right_gradients(f, gradients, w)]


def a_whole_row_nudged(f, gradients, w):
    """Right where w has a single axis. Where it has two, `w[i]` is a whole row, and you nudge all its entries together.
    Each entry needs a nudge of its own, whatever the number of axes."""
    nudged = np.zeros_like(w)
    for i in range(len(w)):
        step = np.zeros_like(w)
        step[i] = 1e-5
        nudged[i] = (f(w + step) - f(w - step)) / 2e-5
    return [bool(_close(gradient(w), nudged)) for gradient in gradients]


@_calls_right(lambda steepest: ("", *_SMALL))
def small_faults_pass(f, gradients, w):
    """Large faults are found, but a gradient that is off by one part in ten thousand passes. Central differences are
    good for many more digits: ask for them."""
    return _compared(f, gradients, w, lambda g, n: (np.abs(g - n) < 1e-3 * np.abs(n)).all())


@_calls_right(lambda steepest: ("", "small slope"))
def a_fault_in_a_small_slope_passes(f, gradients, w):
    """A small fault passes where the slope itself is small. Do you compare lengths of whole arrays, or with the largest
    slope? In a long arrow one short piece hardly counts. Take the ratio entry by entry, and the largest of them."""
    length = np.linalg.norm
    return _compared(f, gradients, w, lambda g, n: length(g - n) < 1e-6 * (length(g) + length(n)))


@_calls_right(lambda steepest: ("", "small entry", "small slope"))
def a_small_fault_in_one_entry_passes(f, gradients, w):
    """A small fault passes where it sits in one entry alone: beside all the right ones it drowns in a sum or a mean.
    Compare entry by entry."""
    return _compared(f, gradients, w, lambda g, n: _ratios(g, n).mean() < 5e-5)


@_calls_right(lambda steepest: ("", "small entry", "small slope", "entry"))
def faults_in_single_entries_pass(f, gradients, w):
    """A gradient passes when one entry is off, however far. Each entry has to agree, and the worst one decides."""
    return _compared(f, gradients, w, lambda g, n: np.median(_ratios(g, n)) < 1e-5)


def the_first_entry_alone(f, gradients, w):
    """Only one entry seems to decide, the first. A fault may sit in any entry: all of them have to be compared."""
    return _compared(f, gradients, w, lambda g, n: _close(g.flat[0], n.flat[0]))


def the_last_entry_alone(f, gradients, w):
    """Only one entry seems to decide, the last. A fault may sit in any entry: all of them have to be compared."""
    return _compared(f, gradients, w, lambda g, n: _close(g.flat[-1], n.flat[-1]))


def one_good_entry_is_enough(f, gradients, w):
    """A gradient passes as soon as *one* entry agrees. All of them have to."""
    return _compared(f, gradients, w, lambda g, n: (_ratios(g, n) < 1e-5).any())


def sums_compared(f, gradients, w):
    """You compare sums of entries, but entries in the wrong order, or two faults that cancel, have the right sum.
    Compare entry by entry."""
    return _compared(f, gradients, w, lambda g, n: abs(g.sum() - n.sum()) < 1e-5 * np.abs(n).sum())


def lengths_compared(f, gradients, w):
    """You compare lengths. A gradient is an arrow: one that points the opposite way, or elsewhere, can have the right
    length. Take the length of the *difference* or, better, look at each entry."""
    return _compared(f, gradients, w, lambda g, n: _close(np.linalg.norm(g), np.linalg.norm(n)))


def signs_ignored(f, gradients, w):
    """You compare sizes without signs: the opposite gradient passes. Take the absolute value of the difference, not of
    both sides."""
    return _compared(f, gradients, w, lambda g, n: _close(np.abs(g), np.abs(n)))


def directions_compared(f, gradients, w):
    """You compare directions: a gradient that is twice as long passes. Its length counts as well."""
    length = np.linalg.norm
    return _compared(f, gradients, w, lambda g, n: (g * n).sum() > (1 - 1e-6) * length(g) * length(n) > 0)


def too_small_passes(f, gradients, w):
    """Whatever is *too small* passes: a difference without its absolute value is negative then, and every negative
    number lies below a tolerance."""
    return _compared(f, gradients, w, lambda g, n: (g - n < 1e-5 * np.abs(n)).all())


def too_large_passes(f, gradients, w):
    """Whatever is *too large* passes: a difference without its absolute value is negative then, and every negative
    number lies below a tolerance."""
    return _compared(f, gradients, w, lambda g, n: (n - g < 1e-5 * np.abs(n)).all())


def nan_passes(f, gradients, w):
    """A gradient with nan in it passes. Every comparison with nan is False: ask whether the error is *small*, and not
    whether it is large."""
    return _compared(f, gradients, w, lambda g, n: not (_ratios(g, n) > 1e-5).any())


@_calls_right(lambda steepest: ("", *_SMALL) if steepest < 0.1 else ("",))
def an_absolute_tolerance_too_wide_for_flat_functions(f, gradients, w):
    """Small faults pass where f is flat and all its slopes are small. What counts is the error *in proportion* to the
    slope. (np.allclose adds a fixed tolerance of its own, `atol`, unless it is told otherwise.)"""
    return _compared(f, gradients, w, lambda g, n: (np.abs(g - n) < 2e-6).all())


@_calls_right(lambda steepest: ("", *_SMALL) if steepest < 0.1 else ("",) if steepest < 200 else ())
def an_absolute_tolerance_too_wide_and_too_tight(f, gradients, w):
    """Small faults pass where f is flat, and right gradients are called wrong where f is steep: one and the same
    tolerance for all. What counts is the error *in proportion* to the slope."""
    return _compared(f, gradients, w, lambda g, n: (np.abs(g - n) < 1e-8).all())


def _says_one(trial):
    said, right = bools(trial), _right(trial)
    if said is None or trial.outcome.changed:
        return False
    return sum(said) == 1 and (not any(right) or right[said.index(True)])


@known_by(_says_one)
def the_best_one_alone(f, gradients, w):
    """You choose one of the gradients and call the others wrong. Several may be right, or none: judge each by
    itself."""
    best = np.argmin(errors(f, gradients, w))
    return [k == best for k in range(len(gradients))]


def numbers_of_the_right_ones(f, gradients, w):
    """You list *which* gradients are right. What is asked for is a bool for each of them, in their order."""
    return [k for k, right in enumerate(right_gradients(f, gradients, w)) if right]


def how_many_are_right(f, gradients, w):
    """You count the right ones. What is asked for is a bool for each gradient, in their order."""
    return sum(right_gradients(f, gradients, w))


def one_bool_for_all(f, gradients, w):
    """You return a single bool. What is asked for is one for each gradient, in their order."""
    return all(right_gradients(f, gradients, w))


def _numbers_larger_for_wrong_ones(trial):
    numbers, right = as_numbers(trial.outcome.value), np.array(_right(trial))
    if numbers is None or numbers.shape != right.shape or np.isin(numbers, (0, 1)).all():
        return False
    numbers = np.where(np.isnan(numbers), np.inf, numbers)
    return numbers.min() >= 0 and numbers[right].max(initial=0) < numbers[~right].min(initial=np.inf)


@known_by(_numbers_larger_for_wrong_ones)
def errors(f, gradients, w):
    """You return how far off each gradient is. The last step is missing: decide what counts as right, and return a bool
    for each."""
    nudged = numerical_gradient(f, w)
    return [max_relative_difference([gradient(w)], [nudged]) for gradient in gradients]


def _tables(trial):
    value, (_, gradients, w) = trial.outcome.value, trial.arguments
    if not isinstance(value, (list, tuple)) or len(value) != len(gradients):
        return False
    return all(isinstance(part, np.ndarray) and part.shape == w.shape and part.dtype == bool for part in value)


@known_by(_tables)
def a_table_of_bools_for_each(f, gradients, w):
    """For each gradient you return a bool for every *entry*. What is asked for is one for the whole gradient."""
    nudged = numerical_gradient(f, w)
    return [_ratios(gradient(w), nudged) < 1e-5 for gradient in gradients]


@known_by(lambda trial: same([str(right) for right in _right(trial)], trial.outcome.value))
def texts(f, gradients, w):
    """You return texts. What is asked for are bools, True and False without quotation marks."""
    return [str(right) for right in right_gradients(f, gradients, w)]


@known_by(lambda trial: 2 in trial.outcome.changed)
def w_changed_in_place(f, gradients, w):
    """You change w, and whoever called still needs the old one. Nudge a copy, or put each entry back exactly as it was:
    w + h − h may differ from w in the last digit."""
    for i in np.ndindex(w.shape):
        w[i] += 1e-5
    return right_gradients(f, gradients, w - 1e-5)
