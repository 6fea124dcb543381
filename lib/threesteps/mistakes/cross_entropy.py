"""What learners get wrong in `cross_entropy(Y, T)`, −Σ t ln y of each example."""

from collections.abc import Callable

import numpy as np

from threesteps.mistakes import also, known_by
from threesteps.network import softmax
from threesteps.task import Trial, as_numbers

POWERS = tuple(10.0**-k for k in range(1, 12))  # what is added or clipped at, as far as it shows for y above 1e−5
ALL_POWERS = (*POWERS, *(10.0**-k for k in (*range(12, 31), 50, 100, 300)), np.finfo(float).eps, np.finfo(float).tiny)


def _with_any(*epsilons: float) -> Callable[[Callable], Callable]:
    """Mark a mistake with an `epsilon`: known by what came back, which is what one of these gives."""

    def mark(mistake: Callable) -> Callable:
        def shows(trial: Trial) -> bool:
            got = as_numbers(trial.outcome.value)
            if got is None or trial.outcome.changed:
                return False
            ways = (mistake, *getattr(mistake, "ways", ()))
            given = [np.asarray(way(*trial.arguments, epsilon)) for way in ways for epsilon in epsilons]
            fitting = [one.ravel() for one in given if one.shape == got.shape]
            if not fitting:
                return False
            same = np.isclose(fitting, got.ravel(), rtol=1e-6, atol=1e-9, equal_nan=True)
            return bool(same.all(axis=-1).any())

        return known_by(shows)(mistake)

    return mark


def _ln(Y, T):
    """ln where it counts."""
    return np.log(np.where(T > 0, Y, 1))


def _ln_of_positive(Y, T):
    return np.log(np.where(Y > 0, Y, 1))


def _ln_of_all(Y, T):
    return np.log(Y)


def _without_warnings(Y, T):
    with np.errstate(all="ignore"):
        return -(T * np.log(Y)).sum(axis=-1)


def _guarded_or_not(mistake):
    """Mark a mistake that is made with a guard for 0 · ln 0, by the target or by y, as well as without one."""
    ways = [lambda Y, T, ln=ln: mistake(Y, T, ln) for ln in (_ln_of_positive, _ln_of_all)]
    return also(*ways, *vars(mistake).get("ways", ()))(mistake)


@_with_any(0, *POWERS, 1e-12, 1e-15)
@also(lambda Y, T, epsilon=0: -(Y * np.log(np.where(T > 0, T, 1) + epsilon)).sum(axis=-1))
def roles_of_y_and_t_swapped(Y, T, epsilon=0):
    """The roles of y and t are swapped: you take the logarithm of the target and weight it by the prediction. What
    happened, t, does the weighting; what was said about it, y, goes into the logarithm."""
    return -(Y * np.log(T + epsilon)).sum(axis=-1)


def the_largest_probability(Y, T):
    """You take −ln of the largest probability, as if the network's favourite were always right. What counts is the
    probability that was given to what happened: only the target says where to look."""
    return -np.log(Y.max(axis=-1))


@_guarded_or_not
def divided_by_the_number_of_examples(Y, T, ln=_ln):
    """You divide by the number of examples. Each example has a loss of its own, whoever else is in the batch; means are
    taken later, if at all."""
    return -(T * ln(Y, T)).sum(axis=-1) / len(Y)


def one_class_only(Y, T):
    """Right for one-hot targets, where a single class happened. A soft target spreads its weight: every class with
    t > 0 brings a term of its own, weighted by t."""
    return -np.log(Y[np.arange(len(Y)), T.argmax(axis=-1)])


@also(lambda Y, T: -np.log(np.where(T == 1, Y, 1)).sum(axis=-1))
def only_where_t_is_1(Y, T):
    """You pick the probabilities where t is exactly 1. In a soft target no entry is 1, and nothing is left. Every class
    brings a term t ln y; a t of 0 strikes out its own term without your help."""
    return -np.log(Y[T == 1])


@also(lambda Y, T: -(T[T > 0] * np.log(Y[T > 0])))
def a_mask_picks_the_entries(Y, T):
    """Right for one-hot targets. A mask such as Y[T > 0] picks entries, but forgets whose they are: with soft targets
    an example has several terms, each weighted by its t. Keep the table, and add up its rows."""
    return -np.log(Y[T > 0])


@_with_any(0, 1e-7, 1e-8, 1e-12, 1e-15)
def sum_before_the_logarithm(Y, T, epsilon=0):
    """The sum is inside the logarithm: −ln Σ t y. For one-hot targets that is the same, but not for soft ones:
    first a logarithm for each class, then weight and add."""
    return -np.log((T * np.clip(Y, epsilon, 1 - epsilon)).sum(axis=-1))


def weights_dropped(Y, T):
    """Every class with t > 0 counts fully in your sum, whether its t is 0.1 or 0.9. Each logarithm is weighted by its
    t. (With one-hot targets that makes no difference, with soft ones it does.)"""
    return -np.log(np.where(T > 0, Y, 1)).sum(axis=-1)


@also(_without_warnings)
def no_guard_for_0_times_ln_0(Y, T):
    """Right, until a probability is 0: then the computer takes 0 · ln 0 = 0 · (−∞), which is nan. Where t is 0 the term
    is 0, whatever y is, so the logarithm need not be taken there at all."""
    return -(T * np.log(Y)).sum(axis=-1)


def ln_of_0_where_t_is_0(Y, T):
    """You put 0 into the logarithm where t is 0, and 0 · ln 0 is nan. Whatever you put there is multiplied by 0, so any
    number will do that has a finite logarithm."""
    return -(T * np.log(np.where(T > 0, Y, 0))).sum(axis=-1)


@also(lambda Y, T: -np.nan_to_num(T * np.log(Y)).sum(axis=-1))
def repaired_afterwards(Y, T):
    """On the way ln 0 is still taken, and NumPy warns. `nansum` and `nan_to_num` mend the result when it is too late
    (and `nan_to_num` makes an infinite loss finite), and so does `np.where` around the terms: it computes both of its
    choices everywhere. Give the logarithm only numbers that it can take."""
    return -np.where(T > 0, T * np.log(Y), 0).sum(axis=-1)


def the_impossible_made_perfect(Y, T):
    """Right, but for the worst forecast of all: where y is 0 and t is not, your guard takes ln 1 = 0, so whoever called
    impossible what then happened is not wrong at all. Guard by the target: the terms to leave out are those with
    t = 0."""
    return -(T * _ln_of_positive(Y, T)).sum(axis=-1)


@_with_any(*ALL_POWERS)
def something_added(Y, T, epsilon=0.01):
    """Something is added inside the logarithm. That keeps nan away, but it moves every other value too: a small p is no
    longer as wrong as it is. Leave y alone where it counts, and guard only the terms where t is 0."""
    return -(T * np.log(Y + epsilon)).sum(axis=-1)


@_with_any(*ALL_POWERS)
@also(lambda Y, T, epsilon=0.001: -(T * np.log(np.maximum(Y, epsilon))).sum(axis=-1))
def clipped(Y, T, epsilon=0.001):
    """You clip the probabilities, so a forecast beyond the limit is judged as if it stood at the limit: back comes the
    ceiling that −ln p was chosen to avoid. A much smaller limit hides it better; taking the logarithm only where t > 0
    needs none."""
    return -(T * np.log(np.clip(Y, epsilon, 1 - epsilon))).sum(axis=-1)


@_guarded_or_not
def wrong_axis(Y, T, ln=_ln):
    """You add up over the examples, so each class got a number. Examples are rows, and each needs its own value: add
    along the last axis, over the classes."""
    return -(T * ln(Y, T)).sum(axis=0)


@_guarded_or_not
def summed_over_the_examples(Y, T, ln=_ln):
    """You went one step further: all examples in one number. That is the total loss of the next lesson; here each
    example keeps its own value, and the result has the shape (N,)."""
    return -(T * ln(Y, T)).sum()


@_guarded_or_not
def mean_over_the_examples(Y, T, ln=_ln):
    """You average over the batch. Here each example keeps its own value: N examples in, N values out."""
    return -(T * ln(Y, T)).sum(axis=-1).mean()


@_guarded_or_not
def mean_over_the_classes(Y, T, ln=_ln):
    """Your values are too small by a factor: K, the number of classes. `mean` along the last axis divides by it, but
    the terms of the classes are added up, not averaged."""
    return -(T * ln(Y, T)).mean(axis=-1)


@_guarded_or_not
def the_terms_and_not_their_sum(Y, T, ln=_ln):
    """You return the terms, one for each class. They still have to be added up, so that each example has one number:
    (N, K) becomes (N,)."""
    return -T * ln(Y, T)


@_guarded_or_not
def no_minus(Y, T, ln=_ln):
    """Your values are negative, and a cross-entropy never is: ln of a probability is at most 0, and the minus sign in
    front of the sum turns that into a wrongness of at least 0."""
    return (T * ln(Y, T)).sum(axis=-1)


@_guarded_or_not
def base_2(Y, T, ln=_ln):
    """You measure in bits: that is the logarithm to base 2, larger than ln by the factor 1/ln 2, about 1.4. This course
    uses ln, which NumPy calls `np.log`."""
    return -(T * ln(Y, T)).sum(axis=-1) / np.log(2)


@_guarded_or_not
def base_10(Y, T, ln=_ln):
    """That is the logarithm to base 10. The cross-entropy takes the natural one, ln, which NumPy calls `np.log`."""
    return -(T * ln(Y, T)).sum(axis=-1) / np.log(10)


def no_logarithm(Y, T):
    """There is no logarithm in your values. 1 − p has a ceiling of 1, for the unlikely and the impossible alike; −ln p
    is the ruler that tells them apart."""
    return 1 - (T * Y).sum(axis=-1)


@_with_any(0, 1e-7, 1e-8, 1e-12, 1e-15)
@also(
    lambda Y, T, epsilon=0: -(T * _ln(Y, T) + (1 - T) * np.log(1 - Y + epsilon)).sum(axis=-1),
    lambda Y, T, epsilon=0: -(T * np.log(Y + epsilon) + (1 - T) * np.log(1 - Y + epsilon)).mean(axis=-1),
)
def binary_cross_entropy(Y, T, epsilon=0):
    """That is the binary cross-entropy: it also counts (1 − t) ln(1 − y), as if each class were a yes-or-no question of
    its own. Softmax outputs share one total, and Σ t ln y says it all."""
    Y = np.clip(Y, epsilon, 1 - epsilon)
    return -(T * np.log(Y) + (1 - T) * np.log(1 - Y)).sum(axis=-1)


@_guarded_or_not
def the_sum_runs_on(Y, T, ln=_ln):
    """The first value is right, and each of the others contains those before it. Does your sum start at 0 once, above
    the loop? Each example needs a sum of its own."""
    return -(T * ln(Y, T)).sum(axis=-1).cumsum()


def squared_error(Y, T):
    """That is the squared error. It has a ceiling where the cross-entropy has none; lesson 2a compares the two slopes.
    What is asked for is −Σ t ln y."""
    return ((Y - T) ** 2).sum(axis=-1)


@_guarded_or_not
def a_column(Y, T, ln=_ln):
    """Your values stand in a column, (N, 1): `keepdims=True` keeps the axis that you summed over. What is asked for is
    N values in a plain row, (N,)."""
    return -(T * ln(Y, T)).sum(axis=-1, keepdims=True)


@_guarded_or_not
def excess_over_the_entropy_of_the_target(Y, T, ln=_ln):
    """Right for one-hot targets, but for soft ones you subtract the target's own entropy (or add t ln t): that is
    another measure, the Kullback–Leibler divergence. The cross-entropy keeps the entropy."""
    return -(T * ln(Y, T)).sum(axis=-1) + (T * _ln(T, T)).sum(axis=-1)


@_guarded_or_not
@also(lambda Y, T: -(T[:1] * _ln(Y[:1], T[:1])).sum(axis=-1))
def the_first_example_only(Y, T, ln=_ln):
    """Only the first example is judged. Does the loop end too early, perhaps with a `return` inside it? N examples in,
    N values out."""
    return -(T[0] * ln(Y[0], T[0])).sum()


def softmax_once_more(Y, T):
    """You send Y through softmax once more. Y holds probabilities already; softmax makes others of them, all nearer to
    each other. (Losses that take scores, as in the frameworks, do that step inside.)"""
    return -(T * np.log(softmax(Y))).sum(axis=-1)


@also(
    lambda Y, T: -(_ln(Y, T) @ T.T),
    lambda Y, T: -(_ln_of_positive(Y, T) @ T.T),
    lambda Y, T: -(T @ _ln_of_positive(Y, T).T),
    lambda Y, T: -(T @ np.log(Y).T),
    lambda Y, T: -(np.log(Y) @ T.T),
)
def every_target_with_every_prediction(Y, T):
    """`@` multiplies every target with every prediction: N rows, N columns. A target belongs to its own prediction:
    multiply entry by entry, and add along the classes."""
    return -(T @ _ln(Y, T).T)
