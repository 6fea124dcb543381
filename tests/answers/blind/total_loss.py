"""Wrong answers to 2b."""

import numpy as np


def _each(Y, T):
    return -(T * np.log(np.where(T > 0, Y, 1))).sum(axis=-1)


def _list_of_losses(Y, T):
    """One value for each example."""
    return _each(Y, T)


def _mean(Y, T):
    """The mean."""
    return _each(Y, T).mean()


def _mean_over_everything(Y, T):
    """The mean of the whole table."""
    return -(T * np.log(np.where(T > 0, Y, 1))).mean()


def _no_minus(Y, T):
    """The minus is lost."""
    return np.sum(T * np.log(np.where(T > 0, Y, 1)))


def _log_of_the_sum(Y, T):
    """The logarithm of a sum is not the sum of logarithms."""
    return -np.log(np.sum(T * Y))


def _log_of_the_product(Y, T):
    """Multiplies the probabilities first: two thousand underflow."""
    with np.errstate(divide="ignore"):
        return -np.log(np.prod(np.sum(T * Y, axis=1)))


def _no_guard(Y, T):
    """0 · ln 0."""
    return -np.sum(T * np.log(Y))


def _epsilon(Y, T):
    """ln(y + 0.001) everywhere."""
    return -np.sum(T * np.log(Y + 1e-3))


def _first_example(Y, T):
    """A return inside the loop over the examples."""
    total = 0.0
    for y, t in zip(Y, T):
        total += -np.sum(t * np.log(np.where(t > 0, y, 1)))
        return total


def _last_example(Y, T):
    """total = … instead of total += … in the loop."""
    total = 0.0
    for y, t in zip(Y, T):
        total = -np.sum(t * np.log(np.where(t > 0, y, 1)))
    return total


def _one_hot_only(Y, T):
    """Picks the target's class."""
    return -np.log(Y[np.arange(len(Y)), T.argmax(axis=1)]).sum()


def _three_examples(Y, T):
    """range(3), as in the example."""
    return sum(_each(Y, T)[n] for n in range(3))


def _squares(Y, T):
    """Sum of squares."""
    return float(((Y - T) ** 2).sum())


def _largest(Y, T):
    """The worst example only."""
    return _each(Y, T).max()


def _formatted(Y, T):
    """Rounded to two digits."""
    return round(float(_each(Y, T).sum()), 2)


def _swapped(Y, T):
    """cross_entropy(T, Y)."""
    return _each(T, Y).sum()


def _mean_and_no_minus(Y, T):
    """Two slips: a mean, and no minus."""
    return -_each(Y, T).mean()


def _softmax(Z):
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _log_of_softmax(Z):
    """np.log(softmax(Z))."""
    with np.errstate(divide="ignore"):
        return np.log(_softmax(Z))


def _log_of_clipped_softmax(Z):
    """The logarithm of a probability kept above 1e−12."""
    return np.log(np.maximum(_softmax(Z), 1e-12))


def _no_shift(Z):
    """z − ln Σ e^z, unshifted."""
    return Z - np.log(np.exp(Z).sum(axis=-1, keepdims=True))


def _shift_in_the_sum_only(Z):
    """Subtracts m inside the sum, and not from z."""
    m = Z.max(axis=-1, keepdims=True)
    return Z - np.log(np.exp(Z - m).sum(axis=-1, keepdims=True))


def _shift_outside_only(Z):
    """Subtracts m from z, and not inside the sum."""
    m = Z.max(axis=-1, keepdims=True)
    return (Z - m) - np.log(np.exp(Z).sum(axis=-1, keepdims=True))


def _one_maximum(Z):
    """One maximum for the batch."""
    with np.errstate(divide="ignore"):
        S = Z - np.max(Z)
        return S - np.log(np.exp(S).sum(axis=-1, keepdims=True))


def _no_keepdims(Z):
    """keepdims forgotten at the sum."""
    S = Z - Z.max(axis=-1, keepdims=True)
    return S - np.log(np.exp(S).sum(axis=-1))


def _axis_zero(Z):
    """Down the columns."""
    S = Z - Z.max(axis=0)
    return S - np.log(np.exp(S).sum(axis=0))


def _axis_one(Z):
    """axis=1: no single row."""
    S = Z - Z.max(axis=1, keepdims=True)
    return S - np.log(np.exp(S).sum(axis=1, keepdims=True))


def _divided(Z):
    """Divides by the logarithm of the sum."""
    S = Z - Z.max(axis=-1, keepdims=True)
    return S / np.log(np.exp(S).sum(axis=-1, keepdims=True))


def _plus(Z):
    """Adds the logarithm of the sum."""
    S = Z - Z.max(axis=-1, keepdims=True)
    return S + np.log(np.exp(S).sum(axis=-1, keepdims=True))


def _shift_only(Z):
    """Stops after the shift."""
    return Z - Z.max(axis=-1, keepdims=True)


def _log_sum_of_logs(Z):
    """Σ ln e^z: the sum and the logarithm swapped."""
    S = Z - Z.max(axis=-1, keepdims=True)
    return S - S.sum(axis=-1, keepdims=True)


def _negative(Z):
    """The loss of each class: −log_softmax."""
    S = Z - Z.max(axis=-1, keepdims=True)
    return np.log(np.exp(S).sum(axis=-1, keepdims=True)) - S


def _in_place(Z):
    """Z −= m in the caller's table."""
    Z -= Z.max(axis=-1, keepdims=True)
    return Z - np.log(np.exp(Z).sum(axis=-1, keepdims=True))


def _log_two(Z):
    """log2."""
    S = Z - Z.max(axis=-1, keepdims=True)
    return S - np.log2(np.exp(S).sum(axis=-1, keepdims=True))


def _softmax_itself(Z):
    """softmax."""
    return _softmax(Z)


def _no_shift_and_axis_zero(Z):
    """Two slips: no shift, and the wrong axis."""
    return Z - np.log(np.exp(Z).sum(axis=0))


WRONG = {
    "total_loss": [
        (_list_of_losses, "one value per example"),
        (_mean, "mean over the examples"),
        (_mean_over_everything, "mean over everything"),
        (_no_minus, "no minus"),
        (_log_of_the_sum, "sum before the logarithm"),
        (_log_of_the_product, "the product first"),
        (_no_guard, "no guard for 0 · ln 0"),
        (_epsilon, "something added"),
        (_first_example, "one example only"),
        (_last_example, "the last example only"),
        (_one_hot_only, "one class only"),
        _three_examples,
        (_squares, "squared error"),
        _largest,
        _formatted,
        (_swapped, "roles of y and t swapped"),
        _mean_and_no_minus,
    ],
    "log_softmax": [
        (_log_of_softmax, "softmax, then the logarithm"),
        (_log_of_clipped_softmax, "something added to the softmax"),
        (_no_shift, "no shift"),
        (_shift_in_the_sum_only, "the maximum half taken"),
        (_shift_outside_only, "the maximum half taken"),
        (_one_maximum, "one maximum for the whole batch"),
        (_no_keepdims, "no keepdims"),
        (_axis_zero, "wrong axis"),
        (_axis_one, "batch only"),
        (_divided, "quotient of the logarithms"),
        _plus,
        (_shift_only, "the maximum only"),
        _log_sum_of_logs,
        (_negative, "sign"),
        _in_place,
        _log_two,
        (_softmax_itself, "no logarithm"),
        _no_shift_and_axis_zero,
    ],
}
