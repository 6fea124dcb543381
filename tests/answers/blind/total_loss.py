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


def _cross_entropy(Y, T):
    return -(T * np.log(np.where(T > 0, Y, 1))).sum(axis=-1)


def _likelihood_in_a_loop(Y, T):
    """Multiplied e^(−C) up, and one logarithm at the end."""
    p = 1.0
    for c in _cross_entropy(Y, T):
        p *= np.exp(-c)
    return -np.log(p)


def _a_little_inside(Y, T):
    """Wrote the formula anew, with 1e-7 inside the logarithm, as Keras does."""
    return -np.sum(T * np.log(Y + 1e-7))


def _running(Y, T):
    """The running total."""
    return np.cumsum(_cross_entropy(Y, T))


def _first_left_out(Y, T):
    """range(1, N): the formula counts from 1."""
    return sum(_cross_entropy(Y[n], T[n]) for n in range(1, len(Y)))


def _last_left_out(Y, T):
    """range(N − 1)."""
    return sum(_cross_entropy(Y[n], T[n]) for n in range(len(Y) - 1))


def _over_the_classes(Y, T):
    """range over the columns where the rows are meant."""
    return sum(_cross_entropy(Y[n], T[n]) for n in range(Y.shape[1]))


def _softmax_2(Z):
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _softmax_first(Y, T):
    """Took Y for scores, since softmax stands in the first cell."""
    return _cross_entropy(_softmax_2(Y), T).sum()


def _length(Y, T):
    """The norm of the vector of cross-entropies."""
    return np.linalg.norm(_cross_entropy(Y, T))


_total = 0.0


def _never_reset(Y, T):
    """Keeps its total from one call to the next."""
    global _total
    _total += _cross_entropy(Y, T).sum()
    return _total


def _diagonal(Y, T):
    """In the example the targets are the diagonal."""
    return -np.log(np.diag(Y)).sum()


def _mask_of_ones(Y, T):
    """Y[T == 1]: soft targets have none."""
    return -np.log(Y[T == 1]).sum()


def _mean_and_minus_twice(Y, T):
    """Two at once: the mean, and a second minus."""
    return -_cross_entropy(Y, T).mean()


def _printed(Y, T):
    """print in place of return."""
    print(end=str(_cross_entropy(Y, T).sum())[:0])


def _one_sum_for_all(Z):
    """The maximum of each row, the sum of the whole table."""
    s = Z - Z.max(axis=-1, keepdims=True)
    return s - np.log(np.exp(s).sum())


def _without_keepdims(Z):
    """axis=-1, but the results lie down as rows."""
    s = Z - Z.max(axis=-1)
    return s - np.log(np.exp(s).sum(axis=-1))


def _nan_to_num(Z):
    """Made the infinite ones finite afterwards."""
    with np.errstate(all="ignore"):
        return np.nan_to_num(np.log(_softmax_2(Z)))


def _clipped(Z):
    """Nothing below −700."""
    s = Z - Z.max(axis=-1, keepdims=True)
    return np.maximum(s - np.log(np.exp(s).sum(axis=-1, keepdims=True)), -700)


def _clipped_scores(Z):
    """Clipped the scores to ±500, so that nothing overflows."""
    Z = np.clip(Z, -500, 500)
    s = Z - Z.max(axis=-1, keepdims=True)
    return s - np.log(np.exp(s).sum(axis=-1, keepdims=True))


def _pythons_sum(Z):
    """Python's sum adds the rows of a table."""
    s = Z - Z.max(axis=-1, keepdims=True)
    return s - np.log(sum(np.exp(s)))


def _smallest(Z):
    """min where max is meant."""
    s = Z - Z.min(axis=-1, keepdims=True)
    return s - np.log(np.exp(s).sum(axis=-1, keepdims=True))


def _row_by_row_in_a_loop(Z):
    """A loop over rows: a single row falls apart into numbers."""
    out = []
    for z in Z:
        s = z - z.max()
        out.append(s - np.log(np.exp(s).sum()))
    return np.array(out)


def _first_rows_m(Z):
    """m = max(Z[0]) for all rows."""
    s = Z - (Z[0].max() if np.ndim(Z) == 2 else Z.max())
    return s - np.log(np.exp(s).sum(axis=-1, keepdims=True))


def _log_of_shares(Z):
    """ln of z / Σ z, no exponentials."""
    return np.log(Z / Z.sum(axis=-1, keepdims=True))


def _log_sum_exp_only(Z):
    """Half finished: the log-sum-exp alone."""
    m = Z.max(axis=-1, keepdims=True)
    return m + np.log(np.exp(Z - m).sum(axis=-1, keepdims=True))


def _log_sigmoid(Z):
    """ln σ(z) for each score."""
    return -np.logaddexp(0, -Z)


def _log10(Z):
    """log10."""
    s = Z - Z.max(axis=-1, keepdims=True)
    return s - np.log10(np.exp(s).sum(axis=-1, keepdims=True))


def _axis_0_and_plus(Z):
    """Two at once: the first axis and a plus."""
    s = Z - Z.max(axis=0, keepdims=True)
    return s + np.log(np.exp(s).sum(axis=0, keepdims=True))


def _no_m_and_one_sum(Z):
    """Two at once: no m, and one sum for the whole table."""
    return Z - np.log(np.exp(Z).sum())


def _softmax_again(Z):
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def _cross_entropy_again(Y, T):
    return -(T * np.log(np.where(T > 0, Y, 1))).sum(axis=-1)


def _per_class(Y, T):
    """Python's sum over the table: one value per class."""
    return sum(-(T * np.log(np.where(T > 0, Y, 1))))


def _grows(Y, T, seen=[]):  # noqa: B006
    """Collected the values in a default list, which is never emptied."""
    seen.extend(_cross_entropy_again(Y, T))
    return sum(seen)


def _wrong_count(Y, T):
    """Counted the mistakes."""
    return float((Y.argmax(axis=1) != T.argmax(axis=1)).sum())


def _n_ln_k(Y, T):
    """Gave the loss to expect, N ln K."""
    return len(Y) * np.log(Y.shape[1])


def _binary_sum(Y, T):
    """The binary cross-entropy, summed."""
    no = (1 - T) * np.log(np.where(T < 1, 1 - Y, 1))
    return _cross_entropy_again(Y, T).sum() - no.sum()


def _minus_entropy(Y, T):
    """Took off the entropy of the targets, so that a perfect forecast costs nothing."""
    return _cross_entropy_again(Y, T).sum() - _cross_entropy_again(T, T).sum()


def _tuple(Y, T):
    """Sum and mean, both."""
    C = _cross_entropy_again(Y, T)
    return C.sum(), C.mean()


def _floor_300(Z):
    """Raised a probability of 0 to the smallest number that the computer has."""
    return np.log(np.maximum(_softmax_again(Z), 1e-300))


def _whole_numbers(Z):
    """A place for the result that is of Z's kind: whole numbers cut the logarithms off."""
    out = np.zeros_like(Z)
    m = Z.max(axis=-1, keepdims=True)
    out[...] = Z - m - np.log(np.exp(Z - m).sum(axis=-1, keepdims=True))
    return out


def _always_a_table(Z):
    """atleast_2d, and left it so: (K,) gives (1, K)."""
    Z = np.atleast_2d(Z)
    s = Z - Z.max(axis=1, keepdims=True)
    return s - np.log(np.exp(s).sum(axis=1, keepdims=True))


def _ln_of_e(Z):
    """ln e^(z − m) computed as it stands."""
    e = np.exp(Z - Z.max(axis=-1, keepdims=True))
    return np.log(e) - np.log(e.sum(axis=-1, keepdims=True))


def _middle(Z):
    """Took the mean of the row for m."""
    s = Z - Z.mean(axis=-1, keepdims=True)
    return s - np.log(np.exp(s).sum(axis=-1, keepdims=True))


def _log_of_sigmoid(Z):
    """ln σ(z), each score for itself."""
    return -np.logaddexp(0, -np.asarray(Z, dtype=float))


def _log_sum_exp(Z):
    """Only the log-sum-exp."""
    m = Z.max(axis=-1, keepdims=True)
    return (m + np.log(np.exp(Z - m).sum(axis=-1, keepdims=True)))[..., 0]


def _clip(Z):
    """Clipped the scores to ±700 against the overflow."""
    Z = np.clip(Z, -700, 700)
    return Z - np.log(np.exp(Z).sum(axis=-1, keepdims=True))


def _ln_missing(Z):
    """Subtracted the sum, not its logarithm."""
    s = Z - Z.max(axis=-1, keepdims=True)
    return s - np.exp(s).sum(axis=-1, keepdims=True)


def _one_m_in_the_sum_only(Z):
    """Two at once: one m for all, and only in the sum."""
    return Z - np.log(np.exp(Z - Z.max()).sum(axis=-1, keepdims=True))


WRONG = {
    "total_loss": [
        (_list_of_losses, "one value per example"),
        (_mean, "mean over the examples"),
        (_mean_over_everything, "mean over everything"),
        (_no_minus, "no minus"),
        (_log_of_the_sum, "sum before the logarithm"),
        (_log_of_the_product, "the product first"),
        (_no_guard, "no guard for 0 times ln 0"),
        (_epsilon, "something added"),
        (_first_example, "one example only"),
        (_last_example, "the last example only"),
        (_one_hot_only, "one class only"),
        _three_examples,
        (_squares, "squared error"),
        (_largest, "the worst example only"),
        _formatted,
        (_swapped, "roles of y and t swapped"),
        _mean_and_no_minus,
        (_likelihood_in_a_loop, "the product first"),
        (_a_little_inside, "something added"),
        _running,
        (_first_left_out, "one example left out"),
        (_last_left_out, "one example left out"),
        _over_the_classes,
        (_softmax_first, "softmax once more"),
        _length,
        _never_reset,
        _diagonal,
        (_mask_of_ones, "only where t is 1"),
        _mean_and_minus_twice,
        _printed,
        (_per_class, "one value per class"),
        _grows,
        _wrong_count,
        _n_ln_k,
        (_binary_sum, "binary cross entropy"),
        _minus_entropy,
        _tuple,
    ],
    "log_softmax": [
        (_log_of_softmax, "softmax and then the logarithm"),
        (_log_of_clipped_softmax, "something added to the softmax"),
        (_no_shift, "no shift"),
        (_shift_in_the_sum_only, "the maximum half taken"),
        (_shift_outside_only, "the maximum half taken"),
        (_one_maximum, "one maximum for the whole batch"),
        (_no_keepdims, "no keepdims"),
        (_axis_zero, "wrong axis"),
        (_axis_one, "batch only"),
        (_divided, "quotient of the logarithms"),
        (_plus, "plus for minus"),
        (_shift_only, "the maximum only"),
        _log_sum_of_logs,
        (_negative, "sign"),
        _in_place,
        _log_two,
        (_softmax_itself, "no logarithm"),
        _no_shift_and_axis_zero,
        (_one_sum_for_all, "over the whole batch"),
        (_without_keepdims, "no keepdims"),
        (_nan_to_num, "filled in below a limit"),
        (_clipped, "filled in below a limit"),
        _clipped_scores,
        (_pythons_sum, "wrong axis"),
        (_smallest, "not the maximum"),
        (_row_by_row_in_a_loop, "a single row taken apart"),
        _first_rows_m,
        _log_of_shares,
        (_log_sum_exp_only, "log sum exp only"),
        _log_sigmoid,
        _log10,
        _axis_0_and_plus,
        _no_m_and_one_sum,
        (_floor_300, "something added to the softmax"),
        _whole_numbers,
        _always_a_table,
        (_ln_of_e, "softmax and then the logarithm"),
        (_middle, "not the maximum"),
        _log_of_sigmoid,
        (_log_sum_exp, "log sum exp only"),
        _clip,
        (_ln_missing, "the sum without its logarithm"),
        _one_m_in_the_sum_only,
    ],
}
