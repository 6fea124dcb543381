"""5: the exam. Backpropagation with a loss that the course never showed, and gradients to be told apart."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from threesteps.backprop import max_relative_difference, numerical_gradient
from threesteps.network import Params, forward, log_softmax, softmax
from threesteps.task import Group, Task, Trial, as_numbers
from threesteps.tasks.backpropagation import aside, in_units
from threesteps.tasks.networks import random_params

# tanh_backprop


def tanh_backprop(X, T, params):
    """[(dW, db), …] for tanh hidden layers, sigmoid outputs, and the loss −Σ [5 t ln y + (1 − t) ln(1 − y)]."""
    *A, Y = forward(X, params, "tanh", "sigmoid")
    delta = (1 - T) * Y - 5 * T * (1 - Y)
    grads = []
    for l in reversed(range(len(params))):
        grads.append((delta.T @ A[l], delta.sum(axis=0)))
        delta = (delta @ params[l][0]) * (1 - A[l] ** 2)
    return grads[::-1]


def _case(rng: np.random.Generator, n: int, *sizes: int, soft: bool = False) -> tuple[NDArray, NDArray, Params]:
    """(X, T, params) with any number of outputs on, two or more in the first example where there are more, or targets
    between 0 and 1; z is neither tiny nor saturated."""
    params = [(W / math.sqrt(W.shape[1]), 0.5 * b) for W, b in random_params(rng, *sizes)]
    X, T = rng.normal(size=(n, sizes[0])), rng.random((n, sizes[-1]))
    on = T < 0.6
    on.flat[T.argmin()], on.flat[T.argmax()] = True, False
    if sizes[-1] > 2:
        on[0, T[0].argsort()[:2]] = True
    return X, T if soft else on.astype(float), params


def _sure(rng: np.random.Generator, n: int, *sizes: int) -> tuple[NDArray, NDArray, Params]:
    """The same with all z of the outputs above 40, where y is exactly 1: right for the second example, wrong for the
    first and the third."""
    X, T, params = _case(rng, n, *sizes)
    T[0], T[1:2], T[2:3] = 0, 1, 0
    W, b = params[-1]
    return X, T, [*params[:-1], (W, b + rng.uniform(60, 600, len(b)))]


WHOLE = (  # all in whole numbers but one bias
    np.array([[1, -1]]),
    np.array([[1, 0]]),
    [
        (np.array([[1, 1], [2, 1], [-1, 0]]), np.array([0.1, 0, -0.2])),
        (np.array([[1, -1, 1], [0, 1, -1]]), np.array([0, -1])),
    ],
)

TANH_BACKPROP = Task(
    "tanh_backprop",
    12,
    tanh_backprop,
    groups=(
        Group(
            "no hidden layer",
            2,
            lambda rng: [aside(*_case(rng, 1, 3, 2)), in_units(*_case(rng, 4, 2, 3)), _case(rng, 3, 4, 1)],
        ),
        Group(
            "one hidden layer, one example",
            2,
            lambda rng: [aside(*_case(rng, 1, 3, 4, 2)), in_units(*_case(rng, 1, 2, 3, 4)), WHOLE],
        ),
        Group(
            "one hidden layer, a batch",
            2,
            lambda rng: [aside(*_case(rng, 4, 3, 5, 2)), in_units(*_case(rng, 6, 2, 4, 3, soft=True))],
        ),
        Group(
            "several hidden layers",
            3,
            lambda rng: [
                aside(*_case(rng, 4, 3, 4, 5, 2)),
                in_units(*_case(rng, 1, 2, 5, 3, 4)),
                _case(rng, 3, 5, 2, 3, 4, 2),
            ],
        ),
        Group(
            "square layers, where no shape warns you",
            2,
            lambda rng: [
                aside(*_case(rng, 4, 3, 3, 3, 3)),
                in_units(*_case(rng, 3, 3, 3, 3)),
                _case(rng, 2, 2, 2, 2),
            ],
        ),
        Group(
            "outputs so sure that y is exactly 1",
            1,
            lambda rng: [
                aside(*_sure(rng, 4, 3, 4, 2)),
                in_units(*_sure(rng, 1, 3, 4, 2)),
                in_units(*_sure(rng, 4, 2, 3, 3)),
                in_units(*_sure(rng, 4, 2, 3, 4)),
            ],
        ),
    ),
    atol=1e-12,
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
    off), "entry" (one is), "small" (all are off by SMALL), "small entry", "small slope" or "nan" (one is). slopes: f's
    gradient at w.
    """

    def __init__(self, of: Callable[[NDArray], Any], fault: str = "", slopes: NDArray | None = None) -> None:
        self.of, self.fault, self.slopes = of, fault, slopes

    def __call__(self, w: Any) -> Any:
        return self.of(w)

    def __deepcopy__(self, memo: dict) -> Callable:
        return self.of


SMALL = 1.1e-4
OTHERWISE = 2.6e-9  # by which a right gradient may differ: who asks for more than nudges can tell meets it anywhere


def _sines_and_a_square(rng: np.random.Generator, w: NDArray) -> tuple[Callable, Callable, Callable]:
    """f = Σ cᵢ sin(wᵢ + φᵢ) + ½ (Σ dᵢ wᵢ)²; its gradient, and one without the second term."""
    c, phase, d = rng.uniform(0.5, 2, w.shape), rng.uniform(0, 6, w.shape), rng.uniform(-1, 1, w.shape)

    def f(w):
        return float((c * np.sin(w + phase)).sum() + 0.5 * (d * w).sum() ** 2)

    return f, lambda w: c * np.cos(w + phase) + (d * w).sum() * d, lambda w: c * np.cos(w + phase)


def _bowl(rng: np.random.Generator, w: NDArray) -> tuple[Callable, Callable, Callable]:
    """f = ½ vᵀMv + b·v for an M that is not symmetric; its gradient, and one that takes M for symmetric."""
    M, b = rng.normal(size=(w.size, w.size)), rng.normal(size=w.size)

    def f(w):
        v = np.ravel(w)
        return float(0.5 * v @ M @ v + b @ v)

    def shaped(matrix):
        return lambda w: (matrix @ np.ravel(w) + b).reshape(w.shape)

    return f, shaped((M + M.T) / 2), shaped(M)


def _layer_of_softmax(rng: np.random.Generator, w: NDArray) -> tuple[Callable, Callable, Callable]:
    """f = the cross-entropy of a softmax layer with the weights w, (out, in), or in a row, for three outputs; its
    gradient, and one without T."""
    n_out, n_in = w.shape if w.ndim == 2 else (3, w.size // 3)
    X, T = rng.normal(size=(4, n_in)), rng.dirichlet(np.ones(n_out), 4)

    def scores(w):
        return X @ np.reshape(w, (n_out, n_in)).T

    def f(w):
        return float(-(T * log_softmax(scores(w))).sum())

    def less(T):
        return lambda w: ((softmax(scores(w)) - T).T @ X).reshape(w.shape)

    return f, less(T), less(0)


def _one_flat_way(rng: np.random.Generator, w: NDArray) -> tuple[Callable, Callable, Callable]:
    """f = b·v + ½ |v|², v from w, with one slope near 0, whose square is left out; its gradient, and b."""
    b, curved = rng.uniform(1, 2, w.shape) * rng.choice([-1, 1], w.shape), np.ones(w.shape)
    flat = rng.integers(w.size)
    b[flat], curved[flat] = 3e-3, 0

    def f(at):
        return float(b @ (at - w) + 0.5 * curved @ (at - w) ** 2)

    return f, lambda at: b + curved * (at - w), lambda at: b


def _probe(
    rng: np.random.Generator,
    kind: Callable,
    shape: tuple[int, ...],
    faults: str,
    scale: float = 1.0,
    inner: float | None = None,
) -> tuple:
    """(f, gradients, w) with a gradient for each word in `faults`, shuffled; f and all slopes times `scale`, or such
    that the slope at `_inner` has the size `inner`: there a fault of one entry stands, and it is no luck then whether a
    tolerance of a fixed size sees it.

    Drawn until the slopes are `_fit`, what is far off is so to both sides, and central differences with any h from
    1e-3 to 1e-7 give the gradient to 5e-6, where the least fault is 1.1e-4, and with h = 1e-3 to 5e-7.
    """
    while True:
        w = rng.uniform(-1, 1, shape)
        made = kind(rng, w)
        slopes = made[1](w)
        scale = inner / abs(slopes[_inner(slopes)]) if inner else scale
        f, gradient, short = (_scaled(function, scale) for function in made)
        exact = gradient(w)
        if not _fit(exact / scale, kind):
            continue
        gradients = [_faulty(rng, word, gradient, short, exact) for word in _shuffled(rng, faults.split())]
        near = [(numerical_gradient(f, w, h), tolerance) for h, tolerance in ((1e-3, 5e-7), (1e-7, 5e-6))]
        far = [other(w) for other in gradients if other.fault == "plain"]
        if all(_near(exact, *other) for other in near) and not any(
            _near(exact, other, 0.1) or _one_sign(other - exact) for other in far
        ):
            return Hidden(f, slopes=exact), gradients, w


def _shuffled(rng: np.random.Generator, words: list[str]) -> list[str]:
    """In an order that shows whether a list of verdicts stands the wrong way round, where there is one."""
    while True:
        order = rng.permutation(words).tolist()
        right = [word in ("right", "otherwise") for word in order]
        if right != right[::-1] or len(set(right)) == 1:
            return order


def _fit(slopes: NDArray, kind: Callable) -> bool:
    """Whether slopes have both signs, one in the middle is large, none is small, and they don't add up to 0; the last
    two as far as the kind of function allows it."""
    sizes = np.abs(slopes)
    return bool(
        0.5 < sizes.max() < 3
        and sizes[_inner(slopes)] > sizes.max() / 2
        and (sizes.min() > 0.15 * sizes.max() or kind is _one_flat_way)
        and (abs(slopes.sum()) > 0.2 * sizes.sum() or kind is _layer_of_softmax)
        and not _one_sign(slopes)
    )


def _one_sign(numbers: NDArray) -> bool:
    return numbers.size > 1 and bool((numbers >= 0).all() or (numbers <= 0).all())


def _near(exact: NDArray, other: NDArray, tolerance: float) -> bool:
    return max_relative_difference([exact], [other]) < tolerance


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

    def times(factor: Any) -> Callable:
        return lambda w: gradient(w) * factor

    def one(at: tuple, factor: float) -> Callable:
        factors = np.ones(exact.shape)
        factors[at] = factor
        return times(factors)

    made = {
        "right": ("", gradient),
        "otherwise": ("", times(1 + OTHERWISE)),
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
        "more": ("small entry", one(_inner(exact), 1 + SMALL)),
        "less": ("small entry", one(_inner(exact), 1 - SMALL)),
        "speck": ("small slope", one(np.unravel_index(np.abs(exact).argmin(), exact.shape), 1 + SMALL)),
        "nan": ("nan", one(anywhere, math.nan)),
    }
    fault, function = made[word]
    return Hidden(function, fault)


def bools(trial: Trial) -> list[bool] | None:
    """What came back as a list of bools, one a gradient; 0 and 1 count as such. None where it is none."""
    value = trial.outcome.value
    numbers = as_numbers(value)
    if isinstance(value, bool) or numbers is None or numbers.shape != (len(trial.arguments[1]),):
        return None
    return [bool(number) for number in numbers] if np.isin(numbers, (0, 1)).all() else None


def examine_right(task: Task, trial: Trial) -> str:
    """Which kind of gradient was taken for what it is not."""
    said = bools(trial)
    if said is None:
        return "A list with one bool for each of the gradients is asked for."
    faults = [gradient.fault for gradient in trial.arguments[1]]
    if any(fault == "" and not right for fault, right in zip(faults, said)):
        return "A right gradient is called wrong."
    passed = [fault for fault, right in zip(faults, said) if right and fault]
    return f"Called right: a gradient {PASSED[passed[0]]}." if passed else ""


PASSED = {
    "plain": "that is far off",
    "entry": "with one entry that is far off",
    "small": "that is off by about one part in ten thousand everywhere",
    "small entry": "with one entry that is off by about one part in ten thousand",
    "small slope": "with one entry, a small one, that is off by about one part in ten thousand",
    "nan": "with nan in it",
}


def _plain(rng: np.random.Generator) -> list[tuple]:
    return [
        _probe(rng, _sines_and_a_square, (5,), "right minus double short otherwise reversed"),
        _probe(rng, _bowl, (5,), "mean short right signs half"),
        _probe(rng, _layer_of_softmax, (9,), "reversed right short zero minus"),
        _probe(rng, _sines_and_a_square, (4,), "elsewhere double right"),
    ]


def _single(rng: np.random.Generator) -> list[tuple]:
    return [
        _probe(rng, _sines_and_a_square, (6,), "first right last sign lost larger"),
        _probe(rng, _layer_of_softmax, (6,), "right larger smaller otherwise last sign"),
        _probe(rng, _bowl, (5,), "smaller first right lost"),
    ]


def _small(rng: np.random.Generator) -> list[tuple]:
    return [
        _probe(rng, _sines_and_a_square, (5,), "above below right more less"),
        _probe(rng, _layer_of_softmax, (6,), "less right above otherwise more"),
        _probe(rng, _bowl, (4,), "right below less"),
        _probe(rng, _one_flat_way, (5,), "speck right speck", scale=45),
    ]


def _unusual(rng: np.random.Generator) -> list[tuple]:
    """All tables are here, for what goes wrong with the second axis costs these points alone."""
    return [
        _probe(rng, _sines_and_a_square, (4,), "above right more below otherwise", inner=7e-7),
        _probe(rng, _bowl, (2, 2), "right below right less", scale=2.7e4),  # rounding beyond 1e-8
        _probe(rng, _layer_of_softmax, (3, 3), "turned right short zero minus"),
        _probe(rng, _layer_of_softmax, (3, 2), "nan right"),
        _probe(rng, _bowl, (3,), "right otherwise right"),
        _probe(rng, _sines_and_a_square, (2, 2), "minus sign above"),
        _probe(rng, _bowl, (2, 3), "mean short right signs less"),
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
        Group("flat and steep functions, tables, nan, all right, none right", 2, _unusual),
    ),
    examine=examine_right,
)

TASKS = (TANH_BACKPROP, RIGHT_GRADIENTS)
