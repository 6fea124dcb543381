"""What learners get wrong in `log_softmax(Z)`, (z − m) − ln Σ e^(z − m) of each row, with m its largest score."""

import math

import numpy as np

from threesteps import network
from threesteps.mistakes import also, known_by
from threesteps.mistakes.cross_entropy import POWERS, _with_any
from threesteps.network import softmax
from threesteps.task import Trial, as_numbers

EPSILONS = (*POWERS, *(10.0**-k for k in range(12, 17)), 1e-20, 1e-30, 1e-50, 1e-100, 1e-200, 1e-300)


def _shifted(Z):
    return Z - Z.max(axis=-1, keepdims=True)


def _log_sum_exp(Z):
    """ln Σ eᶻ of each row, as a column."""
    return np.log(np.exp(Z).sum(axis=-1, keepdims=True))


def _normalised(Z):
    return Z - _log_sum_exp(Z)


def softmax_and_then_the_logarithm(Z):
    """You go by way of the probability, or of 1 over it: at z = (0, −1000) the second one is too small for the computer
    and becomes 0, and ln 0 is −∞. Take the logarithm with a pencil first: ln of a quotient is a difference, and ln
    undoes e."""
    return np.log(softmax(Z))


@_with_any(*EPSILONS)
@also(lambda Z, epsilon=1e-12: np.log(np.maximum(softmax(Z), epsilon)))
def something_added_to_the_softmax(Z, epsilon=1e-12):
    """You go by way of the probability, and a little something keeps it away from ln 0. So the result never gets below
    the logarithm of that something, and far down all results are alike. Without the probability, nothing has to be
    added."""
    return np.log(softmax(Z) + epsilon)


def _one_number_far_down(trial: Trial) -> bool:
    """Right above −700, and one and the same number below."""
    right, got = network.log_softmax(*trial.arguments), as_numbers(trial.outcome.value)
    if got is None or got.shape != right.shape:
        return False
    far_down = right < -700
    fillers = np.unique(got[far_down])
    one = not fillers.size or (fillers.size == 1 and np.isfinite(fillers[0]) and not -695 <= fillers[0] < 0)
    return bool(one and np.allclose(got[~far_down], right[~far_down], rtol=1e-6, atol=1e-9))


@known_by(_one_number_far_down)
def filled_in_below_a_limit(Z):
    """Far down, everything comes out as one and the same number: finite, but not the logarithm of what it stands for.
    If it fills in for −∞, a probability of 0 was made on the way; the formula makes none, and needs no limit."""
    return np.maximum(network.log_softmax(Z), -745)


def no_shift(Z):
    """z − ln Σ eᶻ is the right formula, but eᶻ itself overflows at z = 1000 (and is 0 at −1000, whose logarithm is −∞).
    Subtract each row's maximum from its scores first: the result stays the same. (If you do subtract something:
    `argmax` is the place of the largest score, `max` the score itself.)"""
    return _normalised(Z)


def softmax_without_shift_and_then_the_logarithm(Z):
    """ln of eᶻ/Σ eᶻ, computed just so, overflows: at z = 1000 it is ∞/∞, which is nan. Shift by each row's maximum, and
    do the division with a pencil: ln of a quotient is a difference."""
    return np.log(np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True))


def one_maximum_for_the_whole_batch(Z):
    """You shift all rows by the same maximum, that of the whole batch. A row far below it underflows as a whole: (0, 1)
    beside (900, 901). Each row needs its own maximum: look at axis and keepdims."""
    return _normalised(Z - Z.max())


@also(
    lambda Z: _normalised(Z - Z[..., :1]),
    lambda Z: _normalised(Z - Z[..., -1:]),
    lambda Z: _normalised(Z - Z.mean(axis=-1, keepdims=True)),
    lambda Z: _normalised(Z - np.abs(Z).max(axis=-1, keepdims=True)),
)
def not_the_maximum(Z):
    """You shift each row, but not by its maximum. After a shift by its smallest, first or last score, or the mean,
    others may lie far above 0, and their eᶻ overflows; after one by its largest |z|, all may lie far below 0, and their
    sum is 0. Only the maximum puts the largest score at 0."""
    return _normalised(Z - Z.min(axis=-1, keepdims=True))


@also(lambda Z: _shifted(Z) - np.log(np.exp(_shifted(Z)).sum()))
def over_the_whole_batch(Z):
    """A single row comes out right. In a batch you add up over everything, so that all the probabilities of the batch
    share one total of 1. Each row has to add up to 1: name the axis."""
    shifted = Z - Z.max()
    return shifted - np.log(np.exp(shifted).sum())


@also(lambda Z: _shifted(Z) - np.log(sum(np.exp(_shifted(Z)))))
def wrong_axis(Z):
    """You add up along the columns, over the examples. The classes of one example stand beside each other in its row:
    that is the last axis, −1."""
    shifted = Z - Z.max(axis=0)
    return shifted - np.log(np.exp(shifted).sum(axis=0))


def _nowhere_keepdims(Z):
    shifted = Z - Z.max(axis=-1)
    return shifted - np.log(np.exp(shifted).sum(axis=-1))


@also(_nowhere_keepdims)
def no_keepdims(Z):
    """One row is right. In a batch the sums of the rows, (N,), are laid along the columns of (N, K): that is an error,
    or with N = K wrong numbers without one. `keepdims=True` leaves them as a column."""
    return _shifted(Z) - np.log(np.exp(_shifted(Z)).sum(axis=-1))


def batch_only(Z):
    """It works for a batch, but not for one row of scores, which has no second axis: `axis=-1`, the last one, is there
    in both."""
    shifted = Z - Z.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


@also(
    lambda z: [z_i - max(z) - math.log(sum(math.exp(z_j - max(z)) for z_j in z)) for z_i in z],
    lambda z: z - max(z) - np.log(np.exp(z - max(z)).sum()),
)
def one_row_only(Z):
    """Right for one row, as on paper in the lesson: Python's own `max` and loops over scores take a single row. The
    task hands you a batch as well, in which each row has a maximum and a sum of its own: `Z.max` and `.sum` take an
    axis."""
    m = max(Z)
    return [z - m - np.log(sum(np.exp(z_j - m) for z_j in Z)) for z in Z]


def a_single_row_taken_apart(Z):
    """A batch works. A single row of scores is taken apart into its numbers, as if each were a row: its softmax is 1
    then, and the logarithm 0. The last axis, `axis=-1`, is the right one for both, without a loop."""
    rows = [row - row.max() for row in Z]
    return np.array([row - np.log(np.exp(row).sum()) for row in rows])


def plus_for_minus(Z):
    """You add the logarithm of the sum. Softmax divides by the sum, and the logarithm of a quotient is a
    difference."""
    return _shifted(Z) + _log_sum_exp(_shifted(Z))


def the_maximum_only(Z):
    """You subtract the maximum, and that alone: so the largest score always gets ln y = 0, a probability of 1. The
    second term is missing: minus the logarithm of the sum."""
    return _shifted(Z)


@also(lambda Z: _shifted(Z) - _log_sum_exp(Z))
def the_maximum_half_taken(Z):
    """The maximum is subtracted in one of the two terms only. z − ln Σ eᶻ stays the same if both get it: (z − m) −
    ln Σ e^(z − m). Or add m back to the logarithm."""
    return Z - _log_sum_exp(_shifted(Z))


def no_logarithm(Z):
    """That is softmax itself: values between 0 and 1. What is asked for is its logarithm, which is at most 0
    everywhere."""
    return softmax(Z)


def the_maximum_twice(Z):
    """The maximum is subtracted twice: from the scores, and again with the logarithm of the sum. With z − m goes
    ln Σ e^(z − m), and with z itself goes m + ln Σ e^(z − m): one or the other."""
    return _shifted(Z) - (Z.max(axis=-1, keepdims=True) + _log_sum_exp(_shifted(Z)))


@also(lambda Z: Z - np.log(Z.sum(axis=-1, keepdims=True)))
def no_exponential(Z):
    """Your sum adds up the scores themselves: `np.exp` is missing. Softmax divides by the sum of all the e to the z.
    (That sum is above 0, so that it has a logarithm; a sum of scores may well be below.)"""
    return _shifted(Z) - np.log(_shifted(Z).sum(axis=-1, keepdims=True))


def the_sum_without_its_logarithm(Z):
    """From each score you subtract the sum of the exponentials itself. What has to be subtracted is the logarithm of
    that sum."""
    return _shifted(Z) - np.exp(_shifted(Z)).sum(axis=-1, keepdims=True)


def quotient_of_the_logarithms(Z):
    """The logarithm of a quotient is a difference of logarithms. You divide them."""
    return _shifted(Z) / _log_sum_exp(_shifted(Z))


def sign(Z):
    """Your values are the right ones with the opposite sign. A probability is at most 1, so its logarithm is at most 0.
    (The minus of the cross-entropy comes later.)"""
    return -_normalised(_shifted(Z))


def base_2(Z):
    """You measure in bits: that is the logarithm to base 2, larger than ln by the factor 1/ln 2, about 1.4. This course
    uses ln, which NumPy calls `np.log`."""
    return _normalised(_shifted(Z)) / np.log(2)


def mean_in_place_of_sum(Z):
    """You take the logarithm of the mean of the exponentials. Softmax divides by their sum; the two differ by ln K."""
    return _shifted(Z) - np.log(np.exp(_shifted(Z)).mean(axis=-1, keepdims=True))


def softmax_twice(Z):
    """Softmax is applied twice: its probabilities are taken for scores. Start from the scores Z themselves."""
    return np.log(softmax(softmax(Z)))


@also(lambda Z: Z.max(axis=-1, keepdims=True) + _log_sum_exp(_shifted(Z)))
def log_sum_exp_only(Z):
    """That is ln Σ eᶻ, one number per row, the second of the two terms. It still has to be subtracted from each
    score."""
    return Z.max(axis=-1) + np.log(np.exp(_shifted(Z)).sum(axis=-1))
