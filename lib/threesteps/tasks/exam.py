"""5: the exam. Backpropagation for a network that the course never showed, and gradients to be told apart."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from threesteps.backprop import max_relative_difference, numerical_gradient
from threesteps.call import same
from threesteps.network import Params, forward, log_softmax, softmax
from threesteps.task import Group, Task, Trial, WrongAnswer, as_numbers
from threesteps.tasks.backpropagation import in_units
from threesteps.tasks.networks import random_params

# tanh_backprop


def tanh_backprop(X, T, params):
    """[(dW, db), …] for tanh hidden layers, sigmoid outputs and binary cross-entropy: the output's δ is Y − T."""
    *A, Y = forward(X, params, "tanh", "sigmoid")
    delta = Y - T
    grads = []
    for l in reversed(range(len(params))):
        grads.append((delta.T @ A[l], delta.sum(axis=0)))
        delta = (delta @ params[l][0]) * (1 - A[l] ** 2)
    return grads[::-1]


def _case(rng: np.random.Generator, n: int, *sizes: int, soft: bool = False) -> tuple[NDArray, NDArray, Params]:
    """(X, T, params) with any number of outputs on, or targets between 0 and 1; z is neither tiny nor saturated."""
    params = [(W / math.sqrt(W.shape[1]), 0.5 * b) for W, b in random_params(rng, *sizes)]
    X, T = rng.normal(size=(n, sizes[0])), rng.random((n, sizes[-1]))
    on = T < 0.6
    on.flat[T.argmin()], on.flat[T.argmax()] = True, False
    return X, T if soft else on.astype(float), params


TANH_BACKPROP = Task(
    "tanh_backprop",
    12,
    tanh_backprop,
    groups=(
        Group(
            "no hidden layer",
            2,
            lambda rng: [_case(rng, 1, 3, 2), in_units(*_case(rng, 4, 2, 3)), _case(rng, 3, 4, 1, soft=True)],
        ),
        Group(
            "one hidden layer, one example", 3, lambda rng: [_case(rng, 1, 3, 4, 2), in_units(*_case(rng, 1, 2, 3, 4))]
        ),
        Group(
            "one hidden layer, a batch",
            2,
            lambda rng: [_case(rng, 4, 3, 5, 2), in_units(*_case(rng, 6, 2, 4, 3, soft=True))],
        ),
        Group(
            "several hidden layers",
            3,
            lambda rng: [
                _case(rng, 4, 3, 4, 5, 2),
                in_units(*_case(rng, 1, 2, 5, 3, 4)),
                _case(rng, 3, 5, 2, 3, 4, 1, soft=True),
            ],
        ),
        Group(
            "square layers, where no shape warns you",
            2,
            lambda rng: [
                _case(rng, 4, 3, 3, 3, 3),
                in_units(*_case(rng, 3, 3, 3, 3)),
                _case(rng, 2, 2, 2, 2, soft=True),
            ],
        ),
    ),
)


# right_gradients

TOLERANCE = 1e-6


def right_gradients(f, gradients, w):
    """Whether each agrees with central differences to six digits in every entry."""
    nudged = numerical_gradient(f, w)
    return [max_relative_difference([gradient(w.copy())], [nudged]) < TOLERANCE for gradient in gradients]


class Hidden:
    """A function that knows what is wrong with it; its copy, the one that an answer gets, can only be called.

    fault: "" for f itself and for right gradients; else "plain" (all entries, or several, are far
    off), "entry" (one is), "small" (all are off by SMALL), "small entry" or "nan" (one is). slopes: f's
    gradient at w.
    """

    def __init__(self, of: Callable[[NDArray], Any], fault: str = "", slopes: NDArray | None = None) -> None:
        self.of, self.fault, self.slopes = of, fault, slopes

    def __call__(self, w: Any) -> Any:
        return self.of(w)

    def __deepcopy__(self, memo: dict) -> Callable:
        return self.of


SMALL = 1.1e-4
Pair = tuple[Callable, Callable]  # f and its gradient


def _sines_and_a_square(rng: np.random.Generator, shape: tuple[int, ...]) -> tuple[Callable, Callable, Callable]:
    """f = Σ cᵢ sin(wᵢ + φᵢ) + ½ (Σ dᵢ wᵢ)²; its gradient, and one without the second term."""
    c, phase, d = rng.uniform(0.5, 2, shape), rng.uniform(0, 6, shape), rng.uniform(-1, 1, shape)

    def f(w):
        return float((c * np.sin(w + phase)).sum() + 0.5 * (d * w).sum() ** 2)

    return f, lambda w: c * np.cos(w + phase) + (d * w).sum() * d, lambda w: c * np.cos(w + phase)


def _bowl(rng: np.random.Generator, shape: tuple[int, ...]) -> tuple[Callable, Callable, Callable]:
    """f = ½ vᵀMv + b·v for an M that is not symmetric; its gradient, and one that takes M for symmetric."""
    n = math.prod(shape)
    M, b = rng.normal(size=(n, n)), rng.normal(size=n)

    def f(w):
        v = np.ravel(w)
        return float(0.5 * v @ M @ v + b @ v)

    def shaped(matrix):
        return lambda w: (matrix @ np.ravel(w) + b).reshape(shape)

    return f, shaped((M + M.T) / 2), shaped(M)


def _layer_of_softmax(rng: np.random.Generator, shape: tuple[int, ...]) -> tuple[Callable, Callable, Callable]:
    """f = the cross-entropy of a softmax layer with the weights w, (out, in); its gradient, and one without T."""
    n_out, n_in = shape
    X, T = rng.normal(size=(4, n_in)), rng.dirichlet(np.ones(n_out), 4)

    def f(w):
        return float(-(T * log_softmax(X @ np.asarray(w, dtype=float).T)).sum())

    return f, lambda w: (softmax(X @ w.T) - T).T @ X, lambda w: softmax(X @ w.T).T @ X


def _probe(rng: np.random.Generator, kind: Callable, shape: tuple[int, ...], faults: str, scale: float = 1.0) -> tuple:
    """(f, gradients, w) with a gradient for each word in `faults`, shuffled; f and all slopes times `scale`.

    Drawn until no slope is much smaller than the largest, what is far off is, and central differences
    with any h from 1e-3 to 1e-7 give the gradient to 5e-6, where the least fault is 1.1e-4.
    """
    while True:
        w = rng.uniform(-1, 1, shape)
        f, gradient, short = (_scaled(function, scale) for function in kind(rng, shape))
        exact = gradient(w)
        sizes = np.abs(exact) / scale
        if not 0.5 < sizes.max() < 50 or sizes.min() < 0.15 * sizes.max() or sizes[_inner(exact)] < sizes.max() / 2:
            continue
        gradients = [_faulty(rng, word, gradient, short, exact) for word in rng.permutation(faults.split()).tolist()]
        near = [numerical_gradient(f, w, h) for h in (1e-3, 1e-7)]
        far = [other(w) for other in gradients if other.fault == "plain"]
        if all(_close(exact, other, 5e-6) for other in near) and not any(_close(exact, other, 0.1) for other in far):
            return Hidden(f, slopes=exact), gradients, w


def _inner(exact: NDArray) -> tuple:
    """Where the largest entry is, the first and the last left aside where there are others."""
    inner = np.abs(exact.ravel())
    inner[[0, -1]] *= inner.size < 3
    return np.unravel_index(inner.argmax(), exact.shape)


def _scaled(function: Callable, scale: float) -> Callable:
    return lambda w: scale * function(np.asarray(w, dtype=float))


def _faulty(rng: np.random.Generator, word: str, gradient: Callable, short: Callable, exact: NDArray) -> Hidden:
    """A gradient with the fault of that name."""
    anywhere = np.unravel_index(rng.integers(exact.size), exact.shape)
    sign = rng.choice([-1, 1])

    def times(factor: Any) -> Callable:
        return lambda w: gradient(w) * factor

    def one(at: tuple, factor: float) -> Callable:
        factors = np.ones(exact.shape)
        factors[at] = factor
        return times(factors)

    made = {
        "right": ("", gradient),
        "otherwise": ("", lambda w: gradient(w) * 3 / 3),
        "minus": ("plain", times(-1)),
        "double": ("plain", times(2)),
        "half": ("plain", times(0.5)),
        "mean": ("plain", times(1 / exact.size)),
        "zero": ("plain", times(0)),
        "short": ("plain", short),
        "reversed": ("plain", lambda w: gradient(w).ravel()[::-1].reshape(exact.shape)),
        "turned": ("plain", lambda w: gradient(w).T),
        "signs": ("plain", times(np.where(np.arange(exact.size).reshape(exact.shape) % 2, 1, -1))),
        "elsewhere": ("plain", lambda w: gradient(w + 0.3)),
        "sign": ("entry", one(anywhere, -1)),
        "lost": ("entry", one(anywhere, 0)),
        "larger": ("entry", one(anywhere, 1.3)),
        "smaller": ("entry", one(anywhere, 0.7)),
        "first": ("entry", one((0,) * exact.ndim, 2)),
        "last": ("entry", one((-1,) * exact.ndim, 2)),
        "above": ("small", times(1 + SMALL)),
        "below": ("small", times(1 - SMALL)),
        "bit": ("small entry", one(_inner(exact), 1 + sign * SMALL)),
        "nan": ("nan", one(anywhere, math.nan)),
    }
    fault, function = made[word]
    return Hidden(function, fault)


def _bools(trial: Trial) -> list[bool] | None:
    """What came back as a list of bools, one a gradient; 0 and 1 count as such. None where it is none."""
    value = trial.outcome.value
    numbers = as_numbers(value)
    if isinstance(value, bool) or numbers is None or numbers.shape != (len(trial.arguments[1]),):
        return None
    return [bool(number) for number in numbers] if np.isin(numbers, (0, 1)).all() else None


def examine_right(task: Task, trial: Trial) -> str:
    """Which kind of gradient was taken for what it is not."""
    bools = _bools(trial)
    if bools is None:
        return "A list with one bool for each of the gradients is asked for."
    faults = [gradient.fault for gradient in trial.arguments[1]]
    if any(fault == "" and not said for fault, said in zip(faults, bools)):
        return "A right gradient is called wrong."
    passed = [fault for fault, said in zip(faults, bools) if said and fault]
    return f"Called right: a gradient {PASSED[passed[0]]}." if passed else ""


PASSED = {
    "plain": "that is far off",
    "entry": "with one entry that is far off",
    "small": "that is off by about one part in ten thousand everywhere",
    "small entry": "with one entry that is off by about one part in ten thousand",
    "nan": "with nan in it",
}

# What a wrong answer says of one gradient, from its value (g), the one by nudging (n) and the fault.
Says = Callable[[NDArray, NDArray, str], bool]


def _relative(g: NDArray, n: NDArray) -> NDArray:
    return np.abs(g - n) / np.maximum(np.maximum(np.abs(g), np.abs(n)), 1e-12)


def _close(g: NDArray, n: NDArray, tolerance: float = 1e-5) -> bool:
    return bool((_relative(g, n) < tolerance).all())


def _missing(*faults: str) -> Says:
    """All is told right but that these faults pass."""
    return lambda g, n, fault: fault in ("", *faults)


def _steep(n: NDArray) -> bool:
    return bool(np.abs(n).max() > 100)


def _flat(n: NDArray) -> bool:
    return bool(np.abs(n).max() < 0.1)


def _judged(trial: Trial, says: Says) -> list[bool]:
    f, gradients, w = trial.arguments
    with np.errstate(invalid="ignore"):
        return [bool(says(gradient(w), f.slopes, gradient.fault)) for gradient in gradients]


def _sayer(says: Says) -> tuple[Callable[[], Callable], Callable[[Trial], bool]]:
    """An answer of that kind, which has no faults to go by, and how to know it."""

    def answer(f, gradients, w):
        nudged = numerical_gradient(f, w)
        return [bool(says(gradient(w), nudged, "")) for gradient in gradients]

    return lambda: answer, lambda trial: _bools(trial) == _judged(trial, says)


def _with_tolerance(tolerance: Callable[[NDArray], float], *faults: str) -> tuple[Callable, Callable]:
    """An answer with |g − n| within a tolerance, known by the faults that pass."""

    def answer(f, gradients, w):
        nudged = numerical_gradient(f, w)
        return [bool((np.abs(gradient(w) - nudged) <= tolerance(nudged)).all()) for gradient in gradients]

    return lambda: answer, lambda trial: _bools(trial) == _judged(trial, _missing(*faults))


def _best_alone(f, gradients, w):
    nudged = numerical_gradient(f, w)
    errors = [np.nan_to_num(_relative(gradient(w), nudged), nan=np.inf).max() for gradient in gradients]
    return [k == int(np.argmin(errors)) for k in range(len(gradients))]


def _says_one(trial: Trial) -> bool:
    bools = _bools(trial)
    faults = [gradient.fault for gradient in trial.arguments[1]]
    return bools is not None and sum(bools) == 1 and ("" not in faults or faults[bools.index(True)] == "")


def _of_right(change: Callable[[list[bool]], Any]) -> tuple[Callable, Callable]:
    """An answer that spoils the right one, known by what it gives."""

    def known_by(trial: Trial) -> bool:
        truth = [gradient.fault == "" for gradient in trial.arguments[1]]
        return same(trial.outcome.value, change(truth))

    return lambda: lambda f, gradients, w: change(right_gradients(f, gradients, w)), known_by


def _errors(f, gradients, w):
    nudged = numerical_gradient(f, w)
    return [max_relative_difference([gradient(w)], [nudged]) for gradient in gradients]


def _are_errors(trial: Trial) -> bool:
    """Whether there is a number for each, larger for the wrong ones, and not 0 and 1 alone."""
    numbers, gradients = as_numbers(trial.outcome.value), trial.arguments[1]
    if numbers is None or numbers.shape != (len(gradients),) or np.isin(numbers, (0, 1)).all():
        return False
    wrong = np.array([gradient.fault != "" for gradient in gradients])
    numbers = np.where(np.isnan(numbers), np.inf, numbers)
    return bool((numbers >= 0).all() and numbers[~wrong].max(initial=0) < numbers[wrong].min(initial=np.inf))


def _entry_by_entry(f, gradients, w):
    nudged = numerical_gradient(f, w)
    return [_relative(gradient(w), nudged) < 1e-5 for gradient in gradients]


def _are_tables(trial: Trial) -> bool:
    value, (_, gradients, w) = trial.outcome.value, trial.arguments
    if not isinstance(value, (list, tuple)) or len(value) != len(gradients):
        return False
    return all(isinstance(part, np.ndarray) and part.shape == w.shape and part.dtype == bool for part in value)


def _nudging_in_place(f, gradients, w):
    for i in np.ndindex(w.shape):
        w[i] += 0.5
    return right_gradients(f, gradients, w - 0.5)


ONE_ENTRY = "only one entry seems to decide. A fault may sit in any entry: all of them have to be compared."
RIGHT_FAULTS = (
    (
        "all right",
        "You call every gradient right, also those that are far off. Is anything compared with f at all, and does the "
        "comparison decide?",
        *_sayer(lambda g, n, fault: True),
    ),
    (
        "none right",
        "You call every gradient wrong, also the right ones. Numbers that were computed in two ways are hardly ever "
        "equal to the last digit, and a nudge has an error of its own: what do you allow?",
        *_sayer(lambda g, n, fault: False),
    ),
    (
        "the wrong way round",
        "You have told them apart, and then said the opposite: True stands for a right gradient.",
        *_of_right(lambda bools: [not said for said in bools]),
    ),
    (
        "small faults pass",
        "Large faults are found, and a gradient that is off by one part in ten thousand passes. Central differences "
        "are good for many more digits: ask for them.",
        *_with_tolerance(lambda n: 1e-3 * np.abs(n), "small", "small entry"),
    ),
    (
        "a small fault in one entry passes",
        "A small fault passes where it sits in one entry alone: next to all the right ones it drowns in a sum or a "
        "mean. Compare entry by entry.",
        lambda: (
            lambda f, gradients, w: [
                bool(_relative(g(w), n).mean() < 0.5 * SMALL) for n in [numerical_gradient(f, w)] for g in gradients
            ]
        ),
        lambda trial: _bools(trial) == _judged(trial, _missing("small entry")),
    ),
    (
        "faults in single entries pass",
        "A gradient passes when one entry is off, be it far off. Each entry has to agree, and the worst one decides.",
        lambda: (
            lambda f, gradients, w: [
                bool(np.median(_relative(g(w), n)) < 1e-5) for n in [numerical_gradient(f, w)] for g in gradients
            ]
        ),
        lambda trial: _bools(trial) == _judged(trial, _missing("small entry", "entry")),
    ),
    (
        "the first entry alone",
        f"{ONE_ENTRY[0].upper()}{ONE_ENTRY[1:]} (Yours looks at the first.)",
        *_sayer(lambda g, n, fault: _close(g.ravel()[:1], n.ravel()[:1])),
    ),
    (
        "the last entry alone",
        f"{ONE_ENTRY[0].upper()}{ONE_ENTRY[1:]} (Yours looks at the last.)",
        *_sayer(lambda g, n, fault: _close(g.ravel()[-1:], n.ravel()[-1:])),
    ),
    (
        "one good entry is enough",
        "A gradient passes as soon as *one* entry agrees. All of them have to.",
        *_sayer(lambda g, n, fault: (_relative(g, n) < 1e-5).any()),
    ),
    (
        "sums compared",
        "You compare sums of entries, and entries in the wrong order, or two faults that cancel, have the right sum. "
        "Compare entry by entry.",
        *_sayer(lambda g, n, fault: abs(g.sum() - n.sum()) < 1e-5 * np.abs(n).sum()),
    ),
    (
        "lengths compared",
        "You compare lengths. A gradient is an arrow: one that points the opposite way, or elsewhere, can have the "
        "right length. Take the length of the *difference*, or better, look at each entry.",
        *_sayer(lambda g, n, fault: _close(np.array([np.linalg.norm(g)]), np.array([np.linalg.norm(n)]))),
    ),
    (
        "signs ignored",
        "You compare sizes without signs: the opposite gradient passes. Take the absolute value of the difference, "
        "not of both sides.",
        *_sayer(lambda g, n, fault: _close(np.abs(g), np.abs(n))),
    ),
    (
        "directions compared",
        "You compare directions: a gradient that is twice as long passes. Its length counts as well.",
        *_sayer(lambda g, n, fault: (g * n).sum() > (1 - 1e-6) * np.linalg.norm(g) * np.linalg.norm(n) > 0),
    ),
    (
        "too small passes",
        "Whatever is *too small* passes: a difference without its absolute value is negative then, and every negative "
        "number lies below a tolerance.",
        *_sayer(lambda g, n, fault: ((g - n) < 1e-5 * np.abs(n)).all()),
    ),
    (
        "too large passes",
        "Whatever is *too large* passes: a difference without its absolute value is negative then, and every negative "
        "number lies below a tolerance.",
        *_sayer(lambda g, n, fault: ((n - g) < 1e-5 * np.abs(n)).all()),
    ),
    (
        "nan passes",
        "A gradient with nan in it passes. Every comparison with nan is False: ask whether the error is *small*, and "
        "not whether it is large.",
        *_sayer(lambda g, n, fault: not (_relative(g, n) > 1e-5).any()),
    ),
    (
        "an absolute tolerance, too wide for flat functions",
        "Small faults pass where f is flat and all its slopes are small. What counts is the error *in proportion* to "
        "the slope. (np.allclose adds a fixed tolerance of its own, `atol`, unless it is told another.)",
        lambda: (
            lambda f, gradients, w: [
                bool((np.abs(g(w) - n) < 2e-6).all()) for n in [numerical_gradient(f, w)] for g in gradients
            ]
        ),
        lambda trial: (
            _bools(trial) == _judged(trial, lambda g, n, fault: fault == "" or ("small" in fault and _flat(n)))
        ),
    ),
    (
        "an absolute tolerance, too wide for flat functions and too tight for steep ones",
        "Small faults pass where f is flat, and right gradients are called wrong where f is steep: one and the same "
        "tolerance for all. What counts is the error *in proportion* to the slope.",
        lambda: (
            lambda f, gradients, w: [
                bool((np.abs(g(w) - n) < 1e-8).all()) for n in [numerical_gradient(f, w)] for g in gradients
            ]
        ),
        lambda trial: (
            _bools(trial)
            == _judged(trial, lambda g, n, fault: (fault == "" and not _steep(n)) or ("small" in fault and _flat(n)))
        ),
    ),
    (
        "the best one alone",
        "You choose one of the gradients and call the others wrong. Several may be right, or none: judge each by "
        "itself.",
        lambda: _best_alone,
        _says_one,
    ),
    (
        "numbers of the right ones",
        "You list *which* gradients are right. Asked for is a bool for each of them, in their order.",
        *_of_right(lambda bools: [k for k, said in enumerate(bools) if said]),
    ),
    (
        "how many are right",
        "You count the right ones. Asked for is a bool for each gradient, in their order.",
        *_of_right(lambda bools: sum(bools)),
    ),
    (
        "one bool for all",
        "You give a single bool. Asked for is one for each gradient, in their order.",
        *_of_right(lambda bools: all(bools)),
    ),
    (
        "errors",
        "You return how far off each gradient is. The last step is missing: decide what counts as right, and give a "
        "bool.",
        lambda: _errors,
        _are_errors,
    ),
    (
        "a table of bools for each",
        "For each gradient you return a bool for every *entry*. One for the whole gradient is asked for.",
        lambda: _entry_by_entry,
        _are_tables,
    ),
    (
        "texts",
        "You return texts. Asked for are bools, True and False without quotation marks.",
        *_of_right(lambda bools: [str(said) for said in bools]),
    ),
    (
        "w changed in place",
        "The answers are right, and w was changed: whoever called still needs the old one. Nudge a copy, or put each "
        "entry back as it was.",
        lambda: _nudging_in_place,
        lambda trial: 2 in trial.outcome.changed,
    ),
)


def _plain(rng: np.random.Generator) -> list[tuple]:
    return [
        _probe(rng, _sines_and_a_square, (5,), "right minus double short otherwise reversed"),
        _probe(rng, _bowl, (2, 3), "mean short right signs half"),
        _probe(rng, _layer_of_softmax, (3, 3), "turned right short zero minus"),
        _probe(rng, _sines_and_a_square, (4,), "elsewhere double right"),
    ]


def _single(rng: np.random.Generator) -> list[tuple]:
    return [
        _probe(rng, _sines_and_a_square, (6,), "first right last sign lost larger"),
        _probe(rng, _layer_of_softmax, (2, 4), "right larger smaller otherwise last sign"),
        _probe(rng, _bowl, (3, 3), "smaller first right lost"),
    ]


def _small(rng: np.random.Generator) -> list[tuple]:
    return [
        _probe(rng, _sines_and_a_square, (5,), "above below right bit"),
        _probe(rng, _layer_of_softmax, (3, 2), "bit right above otherwise bit"),
        _probe(rng, _bowl, (2, 2), "right below bit"),
    ]


def _unusual(rng: np.random.Generator) -> list[tuple]:
    return [
        _probe(rng, _sines_and_a_square, (4,), "above right bit below otherwise", scale=1e-6),
        _probe(rng, _bowl, (2, 3), "right below otherwise bit", scale=1e4),
        _probe(rng, _layer_of_softmax, (3, 2), "nan right"),
        _probe(rng, _bowl, (3,), "right otherwise right"),
        _probe(rng, _sines_and_a_square, (2, 2), "minus sign above"),
        _probe(rng, _sines_and_a_square, (1,), "right double below"),
    ]


RIGHT_GRADIENTS = Task(
    "right_gradients",
    8,
    right_gradients,
    groups=(
        Group("gradients that are right or far off", 2, _plain),
        Group("one entry far off", 2, _single),
        Group("off by one part in ten thousand", 2, _small),
        Group("flat and steep functions, nan, all right, none right", 2, _unusual),
    ),
    wrong_answers=tuple(WrongAnswer(*parts) for parts in RIGHT_FAULTS),
    examine=examine_right,
)

TASKS = (TANH_BACKPROP, RIGHT_GRADIENTS)
