"""What learners get wrong in `max_relative_difference(a, b)`, the largest |a − b| / max(|a|, |b|, 1e−12).

Some mistakes are the same whatever stands in place of 1e−12: they take this floor as one more argument.
"""

import numpy as np

from threesteps.mistakes import also, known_by
from threesteps.task import as_numbers

_FLOORS = (*(10.0**-k for k in range(4, 17)), 0.0)


def _with_any_floor(*floors):
    """Mark a mistake that takes a floor: with one of these it gives what came back."""

    def mark(mistake):
        def test(trial):
            got = as_numbers(trial.outcome.value)
            values = [value for floor in floors for value in _maxima(mistake, *trial.arguments, floor)]
            alone = got is not None and got.ndim == 0 and not trial.outcome.changed
            return alone and np.isclose(got, values, 1e-6, 1e-9, equal_nan=True).any()

        return known_by(test)(mistake)

    return mark


@np.errstate(divide="ignore", invalid="ignore")
def _maxima(mistake, a, b, floor):
    """What a learner's loop may give where there is a nan: Python's `max` loses it, unless it comes first."""
    each = [mistake([x], [y], floor) for x, y in zip(a, b)]
    return np.max(each), max(each), max(0.0, *each)


def _larger(x, y):
    return np.maximum(np.abs(x), np.abs(y))


def _ratios(x, y, floor=1e-12):
    return np.abs(x - y) / np.maximum(_larger(x, y), floor)


def not_relative(a, b):
    """That is the largest difference itself, |a − b|. Being off by 0.0001 is nothing for a slope of 5 and everything
    for one of 0.0002: measure each difference against the size of its own two numbers."""
    return max(np.abs(x - y).max() for x, y in zip(a, b))


@_with_any_floor(*_FLOORS)
def relative_to_a(a, b, floor=1e-12):
    """You measure each difference against |a| alone. The two lists have equal rights: what counts is the larger of |a|
    and |b| (and 1e−12, where both are smaller than that)."""
    return max((np.abs(x - y) / np.maximum(np.abs(x), floor)).max() for x, y in zip(a, b))


@_with_any_floor(*_FLOORS)
def relative_to_b(a, b, floor=1e-12):
    """You measure each difference against |b| alone. The two lists have equal rights: what counts is the larger of |a|
    and |b| (and 1e−12, where both are smaller than that)."""
    return max((np.abs(x - y) / np.maximum(np.abs(y), floor)).max() for x, y in zip(a, b))


@_with_any_floor(*_FLOORS)
def relative_to_the_sum(a, b, floor=1e-12):
    """You divide by |a| + |b|, as some books do. Here the *larger* of the two stands below the line (or 1e−12, where
    both are smaller than that)."""
    return max((np.abs(x - y) / np.maximum(np.abs(x) + np.abs(y), floor)).max() for x, y in zip(a, b))


def relative_to_the_smaller_one(a, b):
    """You divide by the smaller of |a| and |b|. The larger of the two stands below the line, so that the result never
    exceeds 2."""
    smaller = [np.minimum(np.abs(x), np.abs(y)) for x, y in zip(a, b)]
    return max((np.abs(x - y) / np.maximum(small, 1e-12)).max() for x, y, small in zip(a, b, smaller))


@_with_any_floor(*(floor for floor in _FLOORS if floor not in (1e-12, 0.0)))
def another_floor(a, b, floor=1e-8):
    """All is right except for very small entries: the floor below the line is not 1e−12. With a higher one a fault in a
    small slope hides; with a lower one rounding looks like a fault."""
    return max(_ratios(x, y, floor).max() for x, y in zip(a, b))


@_with_any_floor(0.0)
def no_floor(a, b, floor=0.0):
    """Right, until both numbers are 0: then 0/0 is nan. (Pixels that are always blank have such slopes.) The 1e−12 is
    the third of the numbers, the largest of which stands below the line."""
    return np.max([_ratios(x, y, floor).max() for x, y in zip(a, b)])


@_with_any_floor(*_FLOORS[:-1])
def floor_added(a, b, floor=1e-12):
    """You *add* something small to the larger of the two. The 1e−12 should only step in where both are smaller than
    that: a maximum of three, not a sum."""
    return max((np.abs(x - y) / (_larger(x, y) + floor)).max() for x, y in zip(a, b))


_norm = np.linalg.norm


def _flat(arrays):
    return np.concatenate([np.ravel(x) for x in arrays])


@also(
    lambda a, b: max(_norm(x - y) / (_norm(x) + _norm(y)) for x, y in zip(a, b)),
    lambda a, b: max(_norm(x - y) / _norm(y) for x, y in zip(a, b)),
    lambda a, b: _norm(_flat(a) - _flat(b)) / (_norm(_flat(a)) + _norm(_flat(b))),
    lambda a, b: _norm(_flat(a) - _flat(b)) / _norm(_flat(b)),
)
def by_norms(a, b):
    """You compare lengths of whole arrays, not their entries. A small entry that is wrong hides behind the large
    ones. Here every entry has a ratio of its own, and the largest counts."""
    return max(_norm(x - y) / max(_norm(x), _norm(y), 1e-12) for x, y in zip(a, b))


def relative_to_the_largest_entry(a, b):
    """You divide by the largest entry of the array. A small entry that is wrong hides behind it: measure each
    difference against the size of its own two numbers."""
    return max(np.abs(x - y).max() / max(_larger(x, y).max(), 1e-12) for x, y in zip(a, b))


def mean_in_place_of_the_largest(a, b):
    """You average. One wrong slope among thousands of right ones would be diluted; the *largest* ratio counts."""
    return np.concatenate([_ratios(x, y).ravel() for x, y in zip(a, b)]).mean()


def the_first_array_only(a, b):
    """Only the first array of each list counts in your result. Is there a `return` inside the loop, or an index [0]?"""
    return _ratios(a[0], b[0]).max()


def the_last_array_only(a, b):
    """Only the last array of each list counts in your result. Does each turn of the loop forget the largest value so
    far?"""
    for x, y in zip(a, b):
        largest = _ratios(x, y).max()
    return largest


def sum_over_the_arrays(a, b):
    """You add up the largest values of all arrays. What is wanted is the largest of them."""
    return sum(_ratios(x, y).max() for x, y in zip(a, b))


def one_number_for_each_array(a, b):
    """You return a number for each array. What is wanted is one for everything: the largest of them."""
    return [_ratios(x, y).max() for x, y in zip(a, b)]


def the_sign_of_the_difference_kept(a, b):
    """You take the largest of a − b with its sign, so an entry where b is larger can't count. What is wanted is the
    *size* of the difference."""
    return max(((x - y) / np.maximum(_larger(x, y), 1e-12)).max() for x, y in zip(a, b))


def signs_below_the_line(a, b):
    """Below the line you compare a and b with their signs. Where both are negative, neither beats 1e−12, and the ratio
    explodes: compare their *sizes*."""
    return max((np.abs(x - y) / np.maximum(np.maximum(x, y), 1e-12)).max() for x, y in zip(a, b))


def lists_made_into_one_array(a, b):
    """`np.array` of a list whose arrays have different shapes raises an error. Take the arrays pair by pair:
    `zip(a, b)`."""
    return _ratios(np.array(a), np.array(b)).max()
