"""2b: how good is one function on all the data? The total loss, and logarithms that survive."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from threesteps.loss import binary_cross_entropy, cross_entropy, total_loss
from threesteps.network import log_softmax, softmax
from threesteps.task import Group, Task, Trial, WrongAnswer, as_numbers
from threesteps.tasks.cross_entropy import (
    ADDED,
    BASE_TEN,
    LARGEST,
    POWERS,
    SOFTMAX_ONCE_MORE,
    SWAPPED,
    TWO_LOGARITHMS,
    added,
    hard,
    soft,
    sure,
    with_epsilon,
    with_zeros,
)

Loss = Callable[[NDArray, NDArray], float]


def _of_each(C: Callable[[NDArray, NDArray], NDArray]) -> Callable[[], Loss]:
    """The total of another measure for one example, made anew."""
    return lambda: lambda Y, T: float(C(Y, T).sum())


def _added(Y: NDArray, T: NDArray, epsilon: float) -> NDArray:
    return added(Y, T, epsilon).sum()


def _swapped(Y: NDArray, T: NDArray, epsilon: float) -> NDArray:
    return -(Y * np.log(T + epsilon)).sum()


def _swapped_and_guarded(Y: NDArray, T: NDArray, epsilon: float) -> NDArray:
    return -(Y * np.log(np.where(Y > 0, T, 1) + epsilon)).sum()


def _by_product(Y: NDArray, T: NDArray) -> float:
    return -np.log(np.prod(np.exp(-cross_entropy(Y, T))))


TOTAL_LOSS = Task(
    "total_loss",
    3,
    total_loss,
    groups=(
        Group("one example", 1, lambda rng: [hard(rng, 1, 3), soft(rng, 1, 4)]),
        Group("a batch", 1, lambda rng: [hard(rng, 4, 3), hard(rng, 3, 3), soft(rng, 5, 2), soft(rng, 3, 3), sure()]),
        Group("two thousand examples", 0.5, lambda rng: [hard(rng, 2000, 3)]),
        Group("a 0 among the probabilities", 0.5, lambda rng: [with_zeros(rng, 5, 4), with_zeros(rng, 3, 3)]),
    ),
    wrong_answers=(
        WrongAnswer(
            "mean over the examples",
            "Your value is the mean, L/N: right for one example, too small for more. The total loss is the sum over "
            "the examples; nothing is divided.",
            lambda: lambda Y, T: cross_entropy(Y, T).mean(),
        ),
        WrongAnswer(
            "mean over everything",
            "Your value is too small by N · K, the number of all entries: `mean` without an axis divides by that. The "
            "total loss is the sum over the examples; nothing is divided.",
            lambda: lambda Y, T: total_loss(Y, T) / Y.size,
        ),
        WrongAnswer(
            "divided by the number of classes",
            "Your value is too small by K, the number of classes. Add up over the classes, and then over the "
            "examples; nothing is divided.",
            lambda: lambda Y, T: total_loss(Y, T) / Y.shape[-1],
        ),
        WrongAnswer(
            "one value per example",
            "Those are the Cⁿ, one for each example. The total loss is one number: they are still to be added up.",
            lambda: cross_entropy,
        ),
        WrongAnswer(
            "one value per class",
            "You added up over the examples and stopped, so there is one number for each class. The total loss is "
            "one number for everything.",
            lambda: lambda Y, T: -(T * np.log(np.where(T > 0, Y, 1))).sum(axis=0),
        ),
        WrongAnswer(
            "one example only",
            "Your value is the loss of the first example alone. Is there a `return` inside the loop, or an index [0]? "
            "All examples are to be added up.",
            lambda: lambda Y, T: cross_entropy(Y, T)[0],
        ),
        WrongAnswer(
            "the last example only",
            "Your value is the loss of the last example alone. Is the total overwritten in each turn of the loop, "
            "where it should grow?",
            lambda: lambda Y, T: cross_entropy(Y, T)[-1],
        ),
        WrongAnswer(
            "one example left out",
            "One example is missing in your sum. In Python the examples are numbered from 0 to N − 1, and `range(N)` "
            "goes through them all.",
            lambda: lambda Y, T: cross_entropy(Y, T)[1:].sum(),
            also=(lambda: lambda Y, T: cross_entropy(Y, T)[:-1].sum(),),
        ),
        WrongAnswer(
            "the worst example only",
            "Your value is the loss of one example, the one that is most wrong. The total loss counts them all.",
            lambda: lambda Y, T: cross_entropy(Y, T).max(),
        ),
        WrongAnswer(
            "softmax once more",
            SOFTMAX_ONCE_MORE,
            lambda: lambda Y, T: total_loss(softmax(Y), T),
        ),
        WrongAnswer(
            "every label in every row",
            "`Y[:, labels]` takes from each row the columns of all labels, so your sum has N · N terms. Example n "
            "goes with target n alone.",
            lambda: lambda Y, T: -np.log(Y[:, T.argmax(axis=-1)]).sum(),
        ),
        WrongAnswer(
            "one class only",
            "Right for one-hot targets, where a single class happened. A soft target spreads its weight: every class "
            "with t > 0 brings a term of its own, weighed by t.",
            lambda: lambda Y, T: -np.log(Y[np.arange(len(Y)), T.argmax(axis=-1)]).sum(),
        ),
        WrongAnswer(
            "the product first",
            "The product of two thousand probabilities is too small for the computer's numbers: it underflows to 0, "
            "and −ln 0 is infinite. Take the logarithms first and add them.",
            lambda: _by_product,
            also=(lambda: lambda Y, T: -np.log(np.prod((T * Y).sum(axis=-1))),),
        ),
        WrongAnswer(
            "sum before the logarithm",
            "Your sum over the examples stands inside the logarithm. ln(a + b) is not ln a + ln b: first a logarithm "
            "for each example, then add.",
            lambda: lambda Y, T: -np.log((T * Y).sum()),
        ),
        WrongAnswer(
            "no guard for 0 · ln 0",
            "Right, until a probability is 0: then 0 · ln 0 = 0 · (−∞) is nan, and one nan makes the whole sum nan. "
            "The cross_entropy of exercise 2a has a guard for that; you may use it.",
            lambda: lambda Y, T: -(T * np.log(Y)).sum(),
        ),
        WrongAnswer(
            "no minus",
            "Your loss is negative, and a total loss never is: every Cⁿ is at least 0. The minus of −Σ t ln y is "
            "missing, or there are two.",
            lambda: lambda Y, T: -total_loss(Y, T),
        ),
        WrongAnswer("something added", ADDED, lambda: lambda Y, T: _added(Y, T, 0.01), with_epsilon(_added)),
        WrongAnswer(
            "roles of y and t swapped",
            SWAPPED,
            lambda: lambda Y, T: _swapped(Y, T, 0),
            with_epsilon(_swapped, _swapped_and_guarded, epsilons=(0, *POWERS, 1e-10, 1e-12, 1e-15)),
        ),
        WrongAnswer("the largest probability", LARGEST, _of_each(lambda Y, T: -np.log(Y.max(axis=-1)))),
        WrongAnswer(
            "squared error",
            "That is the squared error, summed over everything. Lesson 2a compares the two: here the measure for each "
            "example is the cross-entropy, −Σ t ln y.",
            _of_each(lambda Y, T: (Y - T) ** 2),
        ),
        WrongAnswer(
            "binary cross-entropy",
            "That is the binary cross-entropy: it also counts (1 − t) ln(1 − y), as if each class were a yes-or-no "
            "question of its own. Softmax outputs share one total, and Σ t ln y says it all.",
            _of_each(binary_cross_entropy),
        ),
        WrongAnswer("base 2", TWO_LOGARITHMS, lambda: lambda Y, T: total_loss(Y, T) / np.log(2)),
        WrongAnswer("base 10", BASE_TEN, lambda: lambda Y, T: total_loss(Y, T) / np.log(10)),
    ),
)


# log_softmax


def _rows(rng: np.random.Generator, *shape: int) -> tuple[NDArray]:
    """Scores in sixteenths, near each other: float32 holds them exactly, and no probability comes near 1."""
    return (rng.integers(-14, 15, shape) / 16,)


def _far_out(rng: np.random.Generator) -> list[tuple]:
    """Rows of which each breaks another short cut."""
    return [
        (np.array([0.0, -1000.0]),),
        (np.array([1000.0, 1001.0, 999.0]),),
        (np.array([[0.0, 1.0], [900.0, 901.0], [-901.0, -900.0]]),),
        (rng.permuted(np.array([[-1000, -400, 350, 1000], [700, -150, 60, -999]]), axis=1),),
        (_rows(rng, 2, 3)[0] - 1000,),
    ]


def _lse(Z: NDArray, **options) -> NDArray:
    return np.log(np.exp(Z).sum(**options))


def _by_largest(Z: NDArray) -> NDArray:
    return Z - Z.max(axis=-1, keepdims=True)


def _no_keepdims(Z: NDArray) -> NDArray:
    shifted = _by_largest(Z)
    return shifted - _lse(shifted, axis=-1)


def _one_sum(Z: NDArray) -> NDArray:
    shifted = Z - Z.max()
    return shifted - _lse(shifted)


def _one_maximum(Z: NDArray) -> NDArray:
    shifted = Z - Z.max()
    return shifted - _lse(shifted, axis=-1, keepdims=True)


def _epsilon_inside(Z: NDArray, epsilon: float) -> NDArray:
    return np.log(softmax(Z) + epsilon)


def _epsilon_below(Z: NDArray, epsilon: float) -> NDArray:
    return np.log(np.maximum(softmax(Z), epsilon))


def _by_own_largest_and_one_sum(Z: NDArray) -> NDArray:
    shifted = _by_largest(Z)
    return shifted - _lse(shifted)


def _nowhere_keepdims(Z: NDArray) -> NDArray:
    shifted = Z - Z.max(axis=-1)
    return shifted - _lse(shifted, axis=-1)


def _sum_of_rows(Z: NDArray) -> NDArray:
    shifted = _by_largest(Z)
    return shifted - (_lse(shifted, axis=0) if Z.ndim == 2 else _lse(shifted))


def _filled_in(trial: Trial) -> bool:
    """Right above −700, and one and the same number below."""
    right, got = log_softmax(*trial.arguments), as_numbers(trial.outcome.value)
    if got is None or got.shape != right.shape:
        return False
    below, fillers = right < -700, np.unique(got[right < -700])
    one = not fillers.size or fillers.size == 1 and np.isfinite(fillers) and not -695 <= fillers < 0
    return bool(one) and np.allclose(got[~below], right[~below], rtol=1e-6, atol=1e-9)


EPSILONS = (*POWERS, *(10.0**-k for k in range(10, 17)), 1e-20, 1e-30, 1e-50, 1e-100, 1e-200, 1e-300)


def _shifted_by(something: Callable) -> Callable[[], Callable]:
    def answer(Z: NDArray) -> NDArray:
        shifted = Z - something(Z, axis=-1, keepdims=True)
        return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))

    return lambda: answer


LOG_SOFTMAX = Task(
    "log_softmax",
    3,
    log_softmax,
    groups=(
        Group(
            "one row of scores",
            1,
            lambda rng: [(np.array([1.0, 2.0, 3.0]),), _rows(rng, 4), _rows(rng, 2), (rng.integers(-4, 5, 5),)],
        ),
        Group("a batch", 1, lambda rng: [_rows(rng, 4, 3), _rows(rng, 3, 3), _rows(rng, 2, 5), _rows(rng, 1, 4)]),
        Group("scores around ±1000", 1, _far_out),
    ),
    wrong_answers=(
        WrongAnswer(
            "softmax, then the logarithm",
            "The shift by the maximum is right, but you go by way of the probability: at z = (0, −1000) the second one "
            "underflows to 0, and ln 0 is −∞. Take the logarithm with the pencil first: ln of a quotient is a "
            "difference, and ln undoes e.",
            lambda: lambda Z: np.log(softmax(Z)),
        ),
        WrongAnswer(
            "something added to the softmax",
            "You go by way of the probability, and a little something keeps it away from ln 0. So the result never "
            "gets below the logarithm of that something, and far down all results are alike. Without the probability, "
            "nothing has to be added.",
            lambda: lambda Z: _epsilon_inside(Z, 1e-12),
            with_epsilon(_epsilon_inside, _epsilon_below, epsilons=EPSILONS),
        ),
        WrongAnswer(
            "filled in below a limit",
            "Far down, everything comes out as one and the same number: finite, and not the logarithm of what it "
            "stands for. If it fills in for −∞, a probability of 0 was made on the way; the formula makes none, and "
            "needs no limit.",
            lambda: lambda Z: np.maximum(log_softmax(Z), -745),
            _filled_in,
        ),
        WrongAnswer(
            "no shift",
            "z − ln Σ eᶻ is the right formula, but eᶻ itself overflows at z = 1000 (and is 0 at −1000, whose "
            "logarithm is −∞). Subtract each row's maximum from its scores first: the result stays the same.",
            lambda: lambda Z: Z - _lse(Z, axis=-1, keepdims=True),
        ),
        WrongAnswer(
            "softmax without shift, then the logarithm",
            "ln of eᶻ/Σ eᶻ, computed just so, overflows: at z = 1000 it is ∞/∞, which is nan. Shift by each row's "
            "maximum, and do the division with the pencil: ln of a quotient is a difference.",
            lambda: lambda Z: np.log(np.exp(Z) / np.exp(Z).sum(axis=-1, keepdims=True)),
        ),
        WrongAnswer(
            "one maximum for the whole batch",
            "You shift all rows by the same maximum, that of the whole batch. A row far below it underflows as a "
            "whole: (0, 1) beside (900, 901). Each row needs its own maximum: look at axis and keepdims.",
            lambda: _one_maximum,
        ),
        WrongAnswer(
            "not the maximum",
            "You shift each row, but not by its maximum. After a shift by its smallest score, or by the mean, other "
            "scores still lie far above 0, and their eᶻ overflows. Only the maximum leaves none above 0.",
            _shifted_by(np.min),
            also=(_shifted_by(np.mean),),
        ),
        WrongAnswer(
            "over the whole batch",
            "A single row comes out right. In a batch you add up over everything, so that all the probabilities of "
            "the batch share one total of 1. Each row is to add to 1: name the axis.",
            lambda: _one_sum,
            also=(lambda: _by_own_largest_and_one_sum,),
        ),
        WrongAnswer(
            "wrong axis",
            "You add up along the columns, over the examples. The classes of one example stand beside each other in "
            "its row: that is the last axis, −1.",
            lambda: lambda Z: log_softmax(Z.T).T,
            also=(lambda: _sum_of_rows,),
        ),
        WrongAnswer(
            "no keepdims",
            "One row is right. In a batch the sums of the rows, (N,), are laid along the columns of (N, K): an "
            "error, or with N = K wrong numbers in silence. `keepdims=True` leaves them as a column.",
            lambda: _no_keepdims,
            also=(lambda: _nowhere_keepdims,),
        ),
        WrongAnswer(
            "batch only",
            "It works for a batch and not for one row of scores, which has no second axis: `axis=-1`, the last one, is "
            "there in both.",
            lambda: lambda Z: log_softmax(Z) if Z.ndim == 2 else Z.max(axis=1),
        ),
        WrongAnswer(
            "a single row taken apart",
            "A batch works. A single row of scores is taken apart into its numbers, as if each were a row: its softmax "
            "is 1 then, and the logarithm 0. The last axis, `axis=-1`, is the right one for both, without a loop.",
            lambda: lambda Z: log_softmax(Z) if Z.ndim == 2 else np.zeros(Z.shape),
        ),
        WrongAnswer(
            "plus for minus",
            "You add the logarithm of the sum. Softmax divides by the sum, and the logarithm of a quotient is a "
            "difference.",
            lambda: lambda Z: _by_largest(Z) + _lse(_by_largest(Z), axis=-1, keepdims=True),
        ),
        WrongAnswer(
            "the maximum only",
            "You subtract the maximum, and that alone: so the largest score always gets ln y = 0, a probability of 1. "
            "The second term is missing: minus the logarithm of the sum.",
            lambda: _by_largest,
        ),
        WrongAnswer(
            "the maximum half taken",
            "The maximum is subtracted in one of the two terms only. z − ln Σ eᶻ stays the same if both get it: "
            "(z − m) − ln Σ e^(z − m). Or add m back to the logarithm.",
            lambda: lambda Z: Z - _lse(_by_largest(Z), axis=-1, keepdims=True),
            also=(lambda: lambda Z: _by_largest(Z) - _lse(Z, axis=-1, keepdims=True),),
        ),
        WrongAnswer(
            "no logarithm",
            "That is softmax itself: values between 0 and 1. Its logarithm is wanted, at most 0 everywhere.",
            lambda: softmax,
        ),
        WrongAnswer(
            "the sum without its logarithm",
            "From each score you subtract the sum of the exponentials itself. What is subtracted is the logarithm of "
            "that sum.",
            lambda: lambda Z: _by_largest(Z) - np.exp(_by_largest(Z)).sum(axis=-1, keepdims=True),
        ),
        WrongAnswer(
            "quotient of the logarithms",
            "The logarithm of a quotient is a difference of logarithms. You divide them.",
            lambda: lambda Z: _by_largest(Z) / _lse(_by_largest(Z), axis=-1, keepdims=True),
        ),
        WrongAnswer(
            "sign",
            "Your values are the right ones with the opposite sign. A probability is at most 1, so its logarithm is "
            "at most 0. (The minus of the cross-entropy comes later.)",
            lambda: lambda Z: -log_softmax(Z),
        ),
        WrongAnswer("base 2", TWO_LOGARITHMS, lambda: lambda Z: log_softmax(Z) / np.log(2)),
        WrongAnswer(
            "mean in place of sum",
            "You take the logarithm of the mean of the exponentials. Softmax divides by their sum; the two differ "
            "by ln K.",
            lambda: lambda Z: log_softmax(Z) + np.log(Z.shape[-1]),
        ),
        WrongAnswer(
            "softmax twice",
            "Softmax was applied twice: its probabilities were taken for scores. Start from the scores Z themselves.",
            lambda: lambda Z: log_softmax(softmax(Z)),
        ),
        WrongAnswer(
            "log-sum-exp only",
            "That is ln Σ eᶻ, one number a row, the second of the two terms. From each score it is still to be "
            "subtracted.",
            lambda: lambda Z: np.asarray(Z - log_softmax(Z))[..., 0],
            also=(lambda: lambda Z: np.asarray(Z - log_softmax(Z))[..., :1],),
        ),
    ),
)

TASKS = (TOTAL_LOSS, LOG_SOFTMAX)
