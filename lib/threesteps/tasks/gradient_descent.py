"""3a: the slope by wiggling, one step downhill, and many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from threesteps.backprop import numerical_gradient
from threesteps.descent import gradient_descent, gradient_step
from threesteps.network import Params
from threesteps.task import Group, Task, Trial, WrongAnswer, as_numbers, compare


class Function:
    """A function of an array that a probe hands over: `formula` shows it, `seen` holds where it was evaluated, and
    each value.

    Where a shape is given, anything of another shape gives nan. Copies start with nothing seen.
    """

    def __init__(
        self,
        formula: str,
        of: Callable[[NDArray], Any],
        shape: tuple[int, ...] | None = None,
        watched: bool = False,
    ) -> None:
        self.formula, self.of, self.shape, self.watched = formula, of, shape, watched
        self.seen: list[tuple[NDArray, Any]] = []

    def __call__(self, w: Any) -> Any:
        point = np.array(w, dtype=float)
        value = self.of(point) if self.shape in (None, point.shape) else np.nan
        if len(self.seen) < 10_000:
            self.seen.append((point, value))
        return value

    def __deepcopy__(self, memo: dict) -> Function:
        return Function(self.formula, self.of, self.shape, self.watched)


# numerical_gradient

# Third derivatives of at most 27, values of at most a few hundred: central differences with any h
# from 1e-3 to 1e-8 stay within the task's tolerance of 1e-5.


def _count(w: NDArray) -> NDArray:
    """1, 2, 3, … in the shape of w, so that no two entries matter alike."""
    return 1.0 + np.arange(w.size).reshape(w.shape)


SQUARES = "Σ wᵢ²", lambda w: float((w**2).sum())
LINE = "1·w₀ + 2·w₁ + 3·w₂ + …", lambda w: float((_count(w) * w).sum())
WAVES = "100 + Σ sin(3 wᵢ)", lambda w: float(100 + np.sin(3 * w).sum())
WEIGHED = "1·sin w₀ + 2·sin w₁ + 3·sin w₂ + …", lambda w: float((_count(w) * np.sin(w)).sum())
LOG_SUM = "ln Σ exp(wᵢ)", lambda w: float(np.log(np.exp(w).sum()))
PRODUCT = "10⁶ w₀ w₁", lambda w: float(1e6 * w[0] * w[1])
SQUARE_OF_SUM = "10⁶ (Σ wᵢ)²", lambda w: float(1e6 * w.sum() ** 2)
STEEP = "10⁶ Σ wᵢ²", lambda w: float(1e6 * (w**2).sum())
ROWS = "Σ (w x)², x = (1, 2, …)", lambda w: float(((w @ (1.0 + np.arange(w.shape[1]))) ** 2).sum())


def _at(w: NDArray, function: tuple[str, Callable], watched: bool = False) -> tuple[Function, NDArray]:
    return Function(*function, w.shape, watched), w


def _place(rng: np.random.Generator, *shape: int) -> NDArray:
    """A w at which (w + h) − 2h + h is not w again, whichever power of ten h is: putting back by arithmetic shows."""
    while True:
        w = rng.uniform(-1.5, 1.5, shape)
        if all((((w + h) - 2 * h) + h != w).any() for h in 10.0 ** -np.arange(3, 9)):
            return w


def _whole(rng: np.random.Generator, *shape: int) -> NDArray:
    return rng.integers(1, 5, shape) * rng.choice([-1, 1], shape)


@dataclass(frozen=True)
class Look:
    """Where an answer evaluated f, around w. up and down hold, for each entry of w, the first value of f where this
    entry alone was moved up or down, above and below by how much (nan where it never was)."""

    w: NDArray
    here: float
    up: NDArray
    down: NDArray
    above: NDArray
    below: NDArray
    moved: list[NDArray]  # for each point other than w: which entries stand elsewhere
    points: list[NDArray]
    strange: list[tuple[int, ...]]  # shapes that w doesn't have

    @property
    def one_at_a_time(self) -> bool:
        return all(mask.sum() == 1 for mask in self.moved)

    @property
    def both_sides(self) -> bool:
        return bool(np.isfinite(self.above).all() and np.isfinite(self.below).all())

    @property
    def central(self) -> NDArray:
        return (self.up - self.down) / (self.above + self.below)

    @property
    def largest_step(self) -> float:
        return float(np.fmax(self.above, self.below).max())


def _look(trial: Trial) -> Look:
    f, w = trial.passed[0], np.asarray(trial.arguments[1], dtype=float)
    up, down, above, below = (np.full(w.shape, np.nan) for _ in range(4))
    moved, points = [], [point for point, _ in f.seen if point.shape == w.shape]
    for point, value in f.seen:
        offset = point - w if point.shape == w.shape else np.zeros(1)
        reach = np.abs(offset).max()
        if not reach > 1e-15 * (1 + np.abs(w).max()):
            continue  # w itself, but for rounding
        mask = np.abs(offset) > 1e-3 * reach
        moved.append(mask)
        if mask.sum() == 1:
            i = np.unravel_index(mask.argmax(), w.shape)
            values, steps = (up, above) if offset[i] > 0 else (down, below)
            if np.isnan(steps[i]):
                values[i], steps[i] = value, abs(offset[i])
    strange = [point.shape for point, _ in f.seen if point.shape != w.shape]
    return Look(w, f.of(w), up, down, above, below, moved, points, strange)


def _examine(task: Task, trial: Trial) -> str:
    look = _look(trial)
    if look.strange:
        return (
            f"It called f with something of shape {look.strange[0]}, but w has the shape {look.w.shape}: "
            "f takes w as a whole, in its shape."
        )
    problem = compare(task, trial)
    if look.both_sides or not (problem or trial.passed[0].watched):
        return problem
    return (
        f"{problem or 'The values are near the right ones.'} {'And' if problem else 'But'} f was not looked at on both "
        "sides of each entry of w, the others left where they were: a central difference takes f(w + h) and f(w − h)."
    )


# Which known wrong answer it is shows in where f was evaluated, whatever h is.

Pattern = Callable[[Look, NDArray, Trial], bool]


def _known(pattern: Pattern) -> Callable[[Trial], bool]:
    """pattern(look, what came back as numbers, trial), where both can be had."""

    def known_by(trial: Trial) -> bool:
        look, got = _look(trial), as_numbers(trial.outcome.value)
        with np.errstate(all="ignore"):
            return got is not None and not look.strange and bool(pattern(look, got, trial))

    return known_by


def _near(got: NDArray, expected: NDArray) -> bool:
    return got.shape == expected.shape and bool((np.abs(got - expected) <= 1e-3 * np.abs(expected) + 1e-12).all())


def _combined(combine: Callable[[NDArray, NDArray, NDArray], NDArray]) -> Callable[[Trial], bool]:
    """Right places, and combine(f above, f below, h) made of the two values."""

    def pattern(look: Look, got: NDArray, _: Trial) -> bool:
        right_places = look.one_at_a_time and look.both_sides
        return right_places and _near(got, combine(look.up, look.down, (look.above + look.below) / 2))

    return _known(pattern)


def _entry_by_entry(slope: Callable[[Function, NDArray, NDArray], float], h: float = 1e-5) -> Callable[[], Callable]:
    """An answer that takes slope(f, w, nudge) for each entry; the nudge is h there and 0 elsewhere."""

    def answer(f: Function, w: NDArray) -> NDArray:
        w = np.array(w, dtype=float)
        gradient = np.zeros_like(w)
        for i in np.ndindex(w.shape):
            nudge = np.zeros_like(w)
            nudge[i] = h
            gradient[i] = slope(f, w, nudge)
        return gradient

    return lambda: answer


def _differences(combine: Callable[[float, float, float], float], h: float = 1e-5) -> Callable[[], Callable]:
    """An answer that evaluates f as it should, and combines the two values in its own way."""
    return _entry_by_entry(lambda f, w, nudge: combine(f(w + nudge), f(w - nudge), h), h)


def _slope(up: float, down: float, h: float) -> float:
    return (up - down) / (2 * h)


def _forward(over: float) -> Callable[[], Callable]:
    return _entry_by_entry(lambda f, w, nudge: (f(w + nudge) - f(w)) / (over * nudge.max()))


def _one_side(over: float) -> Pattern:
    def pattern(look: Look, got: NDArray, _: Trial) -> bool:
        forward = (look.up - look.here) / (over * look.above)
        backward = (look.here - look.down) / (over * look.below)
        one_side = np.isnan(look.above).all() or np.isnan(look.below).all()
        return look.one_at_a_time and one_side and (_near(got, forward) or _near(got, backward))

    return pattern


def _in_place(f: Function, w: NDArray) -> NDArray:
    gradient = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        kept = w[i]
        w[i] = kept + 1e-5
        up = f(w)
        w[i] = kept - 1e-5
        gradient[i] = (up - f(w)) / 2e-5
        w[i] = kept
    return gradient


def _is_whole(trial: Trial) -> bool:
    return trial.arguments[1].dtype.kind in "iu"


def _whole_steps(look: Look, got: NDArray, trial: Trial) -> bool:
    if _is_whole(trial):
        return all((point == np.round(point)).all() for point in look.points)
    return look.one_at_a_time and _near(got, look.central) and not trial.outcome.changed


def _in_the_callers_w(f: Function, w: NDArray) -> NDArray:
    gradient = np.zeros(w.shape)
    for i in np.ndindex(w.shape):
        w[i] += 1e-5
        up = f(w)
        w[i] -= 2e-5
        gradient[i] = (up - f(w)) / 2e-5
        w[i] += 1e-5
    return gradient


def _callers_w(look: Look, got: NDArray, trial: Trial) -> bool:
    """Slopes by central differences, and w changed, or cut off where it holds whole numbers."""
    if _is_whole(trial):
        return all((point == np.round(point)).all() for point in look.points)
    changed = bool(trial.outcome.changed) or not look.w.any()
    return changed and look.one_at_a_time and _near(got, look.central)


def _cut(look: Look, got: NDArray, trial: Trial) -> bool:
    return look.one_at_a_time and _near(got, np.trunc(look.central) if _is_whole(trial) else look.central)


def _not_put_back(f: Function, w: NDArray) -> NDArray:
    w = np.array(w, dtype=float)
    gradient = np.zeros_like(w)
    for i in np.ndindex(w.shape):
        w[i] += 1e-5
        up = f(w)
        w[i] -= 2e-5
        gradient[i] = (up - f(w)) / 2e-5
    return gradient


def _left_behind(look: Look, got: NDArray, trial: Trial) -> bool:
    """From point to point more entries stand elsewhere, in their order."""
    counts = [int(mask.sum()) for mask in look.moved]
    in_order = all(mask.ravel()[:count].all() for mask, count in zip(look.moved, counts))
    return in_order and counts == sorted(counts) and {1, look.w.size} <= set(counts)


def _all_at_once(f: Function, w: NDArray) -> float:
    return (f(w + 1e-5) - f(w - 1e-5)) / 2e-5


def _together(look: Look, got: NDArray, trial: Trial) -> bool:
    offsets = [point - look.w for point in look.points]
    return bool(look.moved) and all(np.ptp(offset) <= 1e-3 * np.abs(offset).max() for offset in offsets)


def _row_by_row(f: Function, w: NDArray) -> NDArray:
    w = np.array(w, dtype=float)
    gradient = np.zeros_like(w)
    for i in range(len(w)):
        nudge = np.zeros_like(w)
        nudge[i] = 1e-5
        gradient[i] = (f(w + nudge) - f(w - nudge)) / 2e-5
    return gradient


def _whole_rows(look: Look, got: NDArray, trial: Trial) -> bool:
    if look.w.ndim == 1:
        return look.one_at_a_time and _near(got, look.central)
    rows = [mask.reshape(len(mask), -1) for mask in look.moved]
    return bool(rows) and all(
        mask.any(axis=1).sum() == 1 and (mask.all(axis=1) == mask.any(axis=1)).all() for mask in rows
    )


def _entry_alone(f: Function, w: NDArray) -> NDArray:
    return np.array([(f(w[i] + 1e-5) - f(w[i] - 1e-5)) / 2e-5 for i in range(len(w))])


def _called_with_a_part(trial: Trial) -> bool:
    look = _look(trial)
    return bool(look.strange) and not look.points and all(len(shape) < look.w.ndim for shape in look.strange)


def _first_entry_only(f: Function, w: NDArray) -> NDArray:
    gradient, nudge = np.zeros(w.shape), np.zeros(w.shape)
    nudge.flat[0] = 1e-5
    gradient.flat[0] = _slope(f(w + nudge), f(w - nudge), 1e-5)
    return gradient


def _stopped_early(look: Look, got: NDArray, trial: Trial) -> bool:
    return bool(look.moved) and look.one_at_a_time and all(mask.ravel()[0] for mask in look.moved)


def _dusty(f: Function, w: NDArray) -> NDArray:
    return _in_the_callers_w(f, np.asarray(w, dtype=float))  # a copy of whole numbers, the caller's own w else


def _dust_left(look: Look, got: NDArray, trial: Trial) -> bool:
    dust = 1 in trial.outcome.changed or _is_whole(trial) or not look.w.any()
    return dust and look.one_at_a_time and _near(got, look.central) and 1e-9 < look.largest_step < 5e-3


def _shares(look: Look, got: NDArray, trial: Trial) -> bool:
    if not look.w.any():
        return not look.moved and bool(look.points)
    share = look.above / np.abs(look.w)
    return look.both_sides and look.one_at_a_time and _near(share, np.full(share.shape, share.flat[0]))


def _flattened(look: Look, got: NDArray, trial: Trial) -> bool:
    return look.one_at_a_time and _near(got, look.central.ravel())


NUMERICAL_GRADIENT = Task(
    "numerical_gradient",
    4,
    numerical_gradient,
    groups=(
        Group(
            "a vector",
            1,
            lambda rng: [
                _at(_place(rng, 3), SQUARES),
                _at(_place(rng, 4), LINE),
                _at(_place(rng, 2), WAVES),
            ],
        ),
        Group(
            "entries that matter to each other",
            1,
            lambda rng: [
                _at(_place(rng, 3), LOG_SUM),
                _at(np.zeros(2), PRODUCT),
                _at(np.zeros(3), SQUARE_OF_SUM),
            ],
        ),
        Group(
            "more axes",
            0.5,
            lambda rng: [
                _at(_place(rng, 2, 3), ROWS),
                _at(_place(rng, 3, 3), WEIGHED),
                _at(_place(rng, 2, 3, 2), WAVES),
            ],
        ),
        Group(
            "whole numbers",
            0.5,
            lambda rng: [_at(_whole(rng, 3), LOG_SUM), _at(_whole(rng, 2, 2), WEIGHED)],
        ),
        Group(
            "f is looked at on both sides of w",
            1,
            lambda rng: [
                _at(np.zeros(2), STEEP, watched=True),
                _at(_place(rng, 3), WEIGHED, watched=True),
                _at(_place(rng, 2, 2), LOG_SUM, watched=True),
            ],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "one side only",
            "You look at f on one side of w only, so where f curves your slope is off by an amount of the order of h. "
            "At the bottom of a steep valley, where the slope is 0, that is a lot. Look on both sides: w + h and "
            "w − h, which are 2h apart.",
            _forward(1),
            _known(_one_side(1)),
        ),
        WrongAnswer(
            "one side, divided by 2h",
            "Your slopes are half as large as they should be: you divide by 2h, but the two places where you look, w "
            "and w moved by h, are only h apart. Move to the other side of w as well.",
            _forward(2),
            _known(_one_side(2)),
        ),
        WrongAnswer(
            "h for 2h",
            "Your slopes are twice the right ones. From w − h to w + h is a way of 2h, and the rise has to be "
            "divided by all of it.",
            _differences(lambda up, down, h: (up - down) / h),
            _combined(lambda up, down, h: (up - down) / h),
        ),
        WrongAnswer(
            "sign",
            "Your slopes have the wrong sign. A slope is positive where f grows with w: f(w + h) comes first, "
            "f(w − h) is subtracted. (The minus of the descent comes later.)",
            _differences(lambda up, down, h: (down - up) / (2 * h)),
            _combined(lambda up, down, h: (down - up) / (2 * h)),
        ),
        WrongAnswer(
            "not divided",
            "You return by how much f changes, and that depends on how far you moved. A slope is the change *for each "
            "unit* of w: divide by the distance between the two places.",
            _differences(lambda up, down, h: up - down),
            _combined(lambda up, down, h: up - down),
        ),
        WrongAnswer(
            "multiplied by h",
            "Look at the brackets: `/ 2 * h` divides by 2 and then multiplies by h. The whole of 2h is the divisor "
            "and needs its own pair.",
            _differences(lambda up, down, h: (up - down) / 2 * h),
            _combined(lambda up, down, h: (up - down) / 2 * h),
        ),
        WrongAnswer(
            "only the second value divided",
            "Look at the brackets: only the second value of f is divided by 2h, since / goes before −. The "
            "difference needs its own pair.",
            _differences(lambda up, down, h: up - down / (2 * h)),
            _combined(lambda up, down, h: up - down / (2 * h)),
        ),
        WrongAnswer(
            "second derivative",
            "f(w + h) − 2 f(w) + f(w − h), divided by h², is how the slope itself changes: the second derivative. The "
            "slope is a difference of two values.",
            _entry_by_entry(lambda f, w, n: (f(w + n) - 2 * f(w) + f(w - n)) / n.max() ** 2, 1e-4),
            _known(
                lambda look, got, trial: (
                    look.one_at_a_time
                    and look.both_sides
                    and _near(got, (look.up - 2 * look.here + look.down) / (look.above * look.below))
                )
            ),
        ),
        WrongAnswer(
            "steps cut to whole numbers",
            "With whole numbers in w the nudge gets lost: w[i] + h is written into an array of integers, which cuts "
            "off everything after the point. Make a copy of w as floats first, and nudge the copy.",
            lambda: _in_place,
            _known(_whole_steps),
        ),
        WrongAnswer(
            "nudged in the caller's w",
            "You nudge the caller's own w. Taking h away again does not give w back to the last digit, and where w "
            "holds whole numbers they can't take the nudge. Make a copy of w as floats first, and nudge the copy.",
            lambda: _in_the_callers_w,
            _known(_callers_w),
        ),
        WrongAnswer(
            "slopes cut to whole numbers",
            "You look in the right places, but where w holds whole numbers your slopes lose what comes after the "
            "point: an array made like w, with `zeros_like(w)` say, holds whole numbers too. Ask for floats.",
            lambda: lambda f, w: numerical_gradient(f, w).astype(w.dtype),
            _known(_cut),
        ),
        WrongAnswer(
            "w not put back",
            "After an entry was nudged it stays where it is, so the next one is looked at from another place. Where "
            "entries matter to each other, as in w₀ · w₁, the slope is that of the wrong place. Put each entry back "
            "before you go on.",
            lambda: _not_put_back,
            _known(_left_behind),
        ),
        WrongAnswer(
            "all entries at once",
            "You move all entries of w together, and learn how f changes along that one direction: a single number, "
            "the sum of all slopes. Each entry wants a nudge of its own, the others held.",
            lambda: _all_at_once,
            _known(_together),
        ),
        WrongAnswer(
            "whole rows at once",
            "A vector works. With more axes, w[i] is a whole row, and you move all of its entries together. Every "
            "single entry needs its nudge: `np.ndindex(w.shape)` counts through all of them, for any number of axes.",
            lambda: _row_by_row,
            _known(_whole_rows),
        ),
        WrongAnswer(
            "f of a part of w",
            "f was called with a part of w, such as a single entry. But f is a function of the whole of w: hand over "
            "all of it, with one entry moved.",
            lambda: _entry_alone,
            _called_with_a_part,
        ),
        WrongAnswer(
            "stopped after the first entry",
            "Only the first entry of w was ever moved. Does the loop end too early: a `return` inside of it, perhaps?",
            lambda: _first_entry_only,
            _known(_stopped_early),
        ),
        WrongAnswer(
            "put back by arithmetic",
            "Your slopes are right, but w is not quite what it was: (w + h) − 2h + h can differ from w in the last "
            "digit, because every step rounds. Keep the old value and write that back, or nudge a copy.",
            lambda: _dusty,
            _known(_dust_left),
        ),
        WrongAnswer(
            "h too large",
            "You look in the right places, but too far away: with so large an h, f has time to curve. Lesson 3a "
            "measured which h is best; around 1e-5 both errors are small.",
            _differences(_slope, 0.01),
            _known(lambda look, got, trial: _near(got, look.central) and look.largest_step >= 5e-3),
        ),
        WrongAnswer(
            "no nudge arrives",
            "f is asked at w itself each time, so nothing moves and there is no slope. Are both nudges made in one "
            "array, where the second takes the first one back? (A second name is no copy: `a = b = …` is one array.) "
            "Or is h so small that w + h is w again?",
            _differences(_slope, 1e-20),
            _known(lambda look, got, trial: bool(look.points) and not look.moved and not got.any()),
        ),
        WrongAnswer(
            "h too small",
            "Your h is so small that rounding takes over: f(w + h) and f(w − h) agree in almost all of their sixteen "
            "digits, and the rest is noise. Lesson 3a measured which h is best; around 1e-5 both errors are small.",
            _differences(_slope, 1e-12),
            _known(lambda look, got, trial: bool(look.moved) and look.one_at_a_time and look.largest_step <= 1e-9),
        ),
        WrongAnswer(
            "h as a share of w",
            "Your h is a share of w itself. Where an entry of w is 0, h is 0 too, and 0/0 is nan. A fixed h, or one "
            "that never gets to 0, does not have this hole.",
            _entry_by_entry(lambda f, w, n: (f(w + n * w) - f(w - n * w)) / (2 * (n * w).sum())),
            _known(_shares),
        ),
        WrongAnswer(
            "flattened",
            "The slopes are right, but they stand in one long row. Wanted is the shape of w, so that each slope "
            "stands where its entry does.",
            lambda: lambda f, w: numerical_gradient(f, w).ravel(),
            _known(_flattened),
        ),
    ),
    rtol=1e-5,
    atol=1e-5,
    examine=_examine,
)


# gradient_step


def _params(rng: np.random.Generator, *sizes: int) -> Params:
    def values(*shape: int) -> NDArray:
        return rng.uniform(0.5, 2, shape) * rng.choice([-1, 1], shape)

    return [(values(n_out, n_in), values(n_out)) for n_in, n_out in zip(sizes, sizes[1:])]


def _step(rng: np.random.Generator, learning_rate: float, *sizes: int) -> tuple[Params, Params, float]:
    """Parameters, gradients and a learning rate; a step changes no parameter by more than half, so that no digits
    cancel and float32 is good enough."""
    scale = 0.12 / (learning_rate or 1)
    grads = [(scale * dW, scale * db) for dW, db in _params(rng, *sizes)]
    return _params(rng, *sizes), grads, learning_rate


LECTURE: Params = [
    (np.array([[1, -2], [-1, 1]]), np.array([1, 0])),
    (np.array([[2, -1], [-2, -1]]), np.array([0, 0])),
    (np.array([[3, -1], [-1, 4]]), np.array([-2, 2])),
]


def _stepping(step: Callable[[NDArray, NDArray, float], NDArray]) -> Callable[[], Callable]:
    """An answer that changes every W and b by the same wrong rule."""

    def answer(params: Params, grads: Params, learning_rate: float) -> Params:
        return [(step(W, dW, learning_rate), step(b, db, learning_rate)) for (W, b), (dW, db) in zip(params, grads)]

    return lambda: answer


def _changed_in_place(params: Params, grads: Params, learning_rate: float) -> Params:
    for (W, b), (dW, db) in zip(params, grads):
        W -= learning_rate * dW
        b -= learning_rate * db
    return params


def _in_the_callers_list(params: Params, grads: Params, learning_rate: float) -> Params:
    params[:] = gradient_step(params, grads, learning_rate)
    return params


def _only(layers: slice | int) -> Callable[[], Callable]:
    return lambda: lambda params, grads, learning_rate: gradient_step(params, grads, learning_rate)[layers]


def _first_layer_moves(params: Params, grads: Params, learning_rate: float) -> Params:
    return gradient_step(params, grads, learning_rate)[:1] + params[1:]


def _last_layer_moves(params: Params, grads: Params, learning_rate: float) -> Params:
    return params[:-1] + gradient_step(params, grads, learning_rate)[-1:]


GRADIENT_STEP = Task(
    "gradient_step",
    3,
    gradient_step,
    groups=(
        Group("one layer", 1, lambda rng: [_step(rng, 0.1, 3, 2), _step(rng, 2.0, 2, 2), _step(rng, 0.03, 1, 4)]),
        Group("several layers", 1, lambda rng: [_step(rng, 0.5, 3, 4, 5, 2), _step(rng, 0.2, 2, 2, 2, 2)]),
        Group(
            "learning rates 1 and 0, and whole numbers",
            1,
            lambda rng: [_step(rng, 1.0, 2, 3, 2), _step(rng, 0.0, 2, 3, 2), (LECTURE, _params(rng, 2, 2, 2, 2), 0.1)],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "learning rate forgotten for the biases",
            "The weights are right. At the biases the learning rate is missing: they make the same step, and the rate "
            "multiplies their slopes, too.",
            _stepping(lambda p, g, rate: p - (rate if p.ndim == 2 else 1) * g),
        ),
        WrongAnswer(
            "learning rate forgotten",
            "You subtract the gradient as it is. How far a step goes is for the learning rate to say: it multiplies "
            "the gradient. (With a rate of 1 you can't tell.)",
            _stepping(lambda p, g, rate: p - g),
        ),
        WrongAnswer(
            "uphill",
            "You add the gradient, and the gradient points where the loss grows. To go down, subtract.",
            _stepping(lambda p, g, rate: p + rate * g),
        ),
        WrongAnswer(
            "biases skipped",
            "The weights move, the biases stay. They are parameters like any other: each b has its gradient db and "
            "makes the same step.",
            lambda: (
                lambda params, grads, rate: [
                    (W, b) for (W, _), (_, b) in zip(gradient_step(params, grads, rate), params)
                ]
            ),
        ),
        WrongAnswer(
            "weights skipped",
            "The biases move, the weights stay. Each W has its gradient dW and makes the same step.",
            lambda: (
                lambda params, grads, rate: [
                    (W, b) for (W, _), (_, b) in zip(params, gradient_step(params, grads, rate))
                ]
            ),
        ),
        WrongAnswer(
            "changed in place",
            "The new values are right, but `-=` writes them into the caller's own arrays: the old parameters are gone "
            "(and an array of whole numbers refuses). Compute W − … as a new array.",
            lambda: _changed_in_place,
        ),
        WrongAnswer(
            "in the caller's list",
            "The new arrays are right, but they are put into the caller's own list, in the place of the old ones, and "
            "those are lost. Begin a list of your own.",
            lambda: _in_the_callers_list,
        ),
        WrongAnswer(
            "brackets",
            "The learning rate multiplies too much: η (W − dW) shrinks the weights themselves. It belongs to the "
            "gradient alone.",
            _stepping(lambda p, g, rate: rate * (p - g)),
        ),
        WrongAnswer(
            "the step, not the place",
            "You return the steps, −η ∇L. The new parameters are the old ones plus those.",
            _stepping(lambda p, g, rate: -rate * g),
        ),
        WrongAnswer(
            "the way, not the place",
            "You return η ∇L, which is what has to be subtracted. The new parameters are the old ones minus that.",
            _stepping(lambda p, g, rate: rate * g),
        ),
        WrongAnswer(
            "nothing moves",
            "You return the parameters as they came: no step was made. Is the new value computed and then left behind? "
            "Inside the loop, `W = …` changes only what the name W stands for, not the list.",
            _stepping(lambda p, g, rate: p),
        ),
        WrongAnswer(
            "one fixed learning rate",
            "Your steps are right for a learning rate of 0.1 and no other: use the one that is handed over.",
            _stepping(lambda p, g, rate: p - 0.1 * g),
        ),
        WrongAnswer(
            "parameter for gradient",
            "The parameters themselves stand where the gradients belong: every W shrinks by a share of itself, and "
            "the gradients are never looked at.",
            _stepping(lambda p, g, rate: p - rate * p),
        ),
        WrongAnswer(
            "parameter times gradient",
            "You multiply the parameter by something with its gradient. A step is a difference: the old value minus "
            "learning rate times slope.",
            _stepping(lambda p, g, rate: p * (1 - rate * g)),
        ),
        WrongAnswer(
            "the direction only",
            "Only the sign of each slope counts in your step, so steep or flat makes no difference. The step is "
            "proportional to the slope.",
            _stepping(lambda p, g, rate: p - rate * np.sign(g)),
        ),
        WrongAnswer(
            "steps of one length",
            "You divide each gradient by its length, so that every step is equally long. Gradient descent steps far "
            "where it is steep and little where it is flat: the gradient is used as it is.",
            _stepping(lambda p, g, rate: p - rate * g / np.linalg.norm(g)),
        ),
        WrongAnswer(
            "the first layer only",
            "Only the first layer comes back. Does the loop end too early: a `return` inside of it, perhaps?",
            _only(slice(None, 1)),
            also=(_only(0),),
        ),
        WrongAnswer(
            "the last layer only",
            "Only the last layer comes back. Does each turn of the loop start a new list, or overwrite the result?",
            _only(slice(-1, None)),
            also=(_only(-1),),
        ),
        WrongAnswer(
            "the last layer missing",
            "Every layer comes back but the last. Does the loop end too early? `range(n)` stops before n by itself.",
            _only(slice(None, -1)),
        ),
        WrongAnswer(
            "only the first layer moves",
            "The first layer makes its step, the others stay as they were. Every layer steps, by its own gradient.",
            lambda: _first_layer_moves,
        ),
        WrongAnswer(
            "only the last layer moves",
            "The last layer makes its step, the others stay as they were. Every layer steps, by its own gradient.",
            lambda: _last_layer_moves,
        ),
        WrongAnswer(
            "one flat list",
            "The new arrays are right, but in one flat list: W, b, W, b, … Pairs are wanted, as in `params`.",
            lambda: lambda params, grads, rate: [p for pair in gradient_step(params, grads, rate) for p in pair],
        ),
        WrongAnswer(
            "all weights, then all biases",
            "The new arrays are right, but they come in two lists, all W in one and all b in the other. Wanted is one "
            "list, in which the W and the b of a layer stand together.",
            lambda: lambda params, grads, rate: [list(part) for part in zip(*gradient_step(params, grads, rate))],
        ),
        WrongAnswer(
            "layers turned round",
            "The layers come back in the opposite order. First layer first, as they came.",
            lambda: lambda params, grads, rate: gradient_step(params, grads, rate)[::-1],
        ),
    ),
)


# gradient_descent

BOWL = "2 w", lambda w: 2 * w
VALLEY = "(2 w₀, 20 w₁)", lambda w: np.array([2.0, 20.0]) * w
MATRIX, LOWEST = np.array([[2.0, 1, 0], [1, 3, 0.5], [0, 0.5, 1]]), np.array([4.0, 5, 8])
TILTED = "A (w − (4, 5, 8))", lambda w: MATRIX @ (w - LOWEST)
RIPPLES = "cos w", np.cos
CUBIC = "w³ − w", lambda w: w**3 - w


def _walk(w: NDArray, gradient: tuple[str, Callable], learning_rate: float, steps: int) -> tuple:
    return Function(*gradient), w, learning_rate, steps


def _walking(step: Callable[[list[NDArray], Callable, float], NDArray]) -> Callable[[], Callable]:
    """An answer that takes every step by the same wrong rule, from the path so far."""

    def answer(gradient: Callable, w: NDArray, learning_rate: float, steps: int) -> NDArray:
        path = [np.array(w, dtype=float)]
        for _ in range(steps):
            path.append(step(path, gradient, learning_rate))
        return np.array(path)

    return lambda: answer


def _part(*parts: Callable[[NDArray, int], NDArray], more: int = 0) -> tuple[Callable, Callable]:
    """(make, known_by) of an answer that returns part(path, steps), on a walk that goes on for some steps more.

    Known is each of the parts. Where nothing is left of the path, what came back may be empty in any shape.
    """

    def answer(part: Callable, gradient: Callable, w: NDArray, learning_rate: float, steps: int) -> NDArray:
        return part(gradient_descent(gradient, w, learning_rate, steps + more), steps)

    def known_by(trial: Trial) -> bool:
        got = as_numbers(trial.outcome.value)
        return got is not None and any(_same(got, answer(part, *trial.arguments)) for part in parts)

    return lambda: partial(answer, parts[0]), known_by


def _same(got: NDArray, expected: NDArray) -> bool:
    if not expected.size:
        return not got.size
    return got.shape == expected.shape and np.allclose(got, expected, rtol=1e-6, atol=1e-9)


def _one_array(gradient: Callable, w: NDArray, learning_rate: float, steps: int) -> list[NDArray]:
    path = [w]
    for _ in range(steps):
        w -= learning_rate * gradient(w)
        path.append(w)
    return path


def _one_copy(gradient: Callable, w: NDArray, learning_rate: float, steps: int) -> NDArray:
    path = gradient_descent(gradient, w, learning_rate, steps)
    return np.array([path[-1]] * len(path))


def _start_kept(gradient: Callable, w: NDArray, learning_rate: float, steps: int) -> NDArray:
    path = gradient_descent(gradient, w, learning_rate, steps)
    return np.array([path[0]] + [path[-1]] * steps)


def _in_the_callers_array(gradient: Callable, w: NDArray, learning_rate: float, steps: int) -> list[NDArray]:
    path = [w.copy()]
    for _ in range(steps):
        w -= learning_rate * gradient(w)
        path.append(w.copy())
    return path


def _like_w(gradient: Callable, w: NDArray, learning_rate: float, steps: int) -> NDArray:
    path = np.zeros((steps + 1, *w.shape), dtype=w.dtype)
    path[0] = w
    for k in range(steps):
        path[k + 1] = path[k] - learning_rate * gradient(path[k])
    return path


def _slopes_on_the_way(places: slice) -> Callable[[], Callable]:
    return lambda: lambda *walk: np.array([walk[0](place) for place in gradient_descent(*walk)[places]])


def _one_step(gradient: Callable, w: NDArray, learning_rate: float, steps: int) -> NDArray | None:
    return gradient_descent(gradient, w, learning_rate, 1) if steps else None


def _stopped_after_one(trial: Trial) -> bool:
    steps, got = trial.arguments[3], as_numbers(trial.outcome.value)
    if not steps:
        return trial.outcome.value is None or got is not None and len(np.atleast_1d(got)) <= 1
    return got is not None and _same(got, gradient_descent(*trial.arguments[:3], 1))


def _stops_where_flat(gradient: Callable, w: NDArray, learning_rate: float, steps: int) -> NDArray:
    path = [w]
    for _ in range(steps):
        slope = gradient(path[-1])
        if np.abs(slope).max() < 1e-6:
            break
        path.append(path[-1] - learning_rate * slope)
    return np.array(path)


def _first_row_left(*walk: Any) -> NDArray:
    path = gradient_descent(*walk)
    path[0] = 0
    return path


def _last_row_left(*walk: Any) -> NDArray:
    path = gradient_descent(*walk)
    path[1:][-1:] = 0
    return path


def _entry_after_entry(gradient: Callable, w: NDArray, learning_rate: float, steps: int) -> NDArray:
    w = np.array(w, dtype=float)
    path = [w.copy()]
    for _ in range(steps):
        for i in np.ndindex(w.shape):
            w[i] -= learning_rate * gradient(w)[i]
        path.append(w.copy())
    return np.array(path)


GRADIENT_DESCENT = Task(
    "gradient_descent",
    2,
    gradient_descent,
    groups=(
        Group(
            "several steps",
            1,
            lambda rng: [
                _walk(rng.uniform(0.5, 2, 2), VALLEY, 0.02, 4),
                _walk(rng.uniform(6, 9, 3), TILTED, 0.3, 7),
                _walk(rng.uniform(2, 3, 3), RIPPLES, 0.5, 3),
            ],
        ),
        Group(
            "other shapes, starts in whole numbers and where it is flat, one step and none",
            1,
            lambda rng: [
                _walk(rng.uniform(0.5, 1.5, (2, 3)), CUBIC, 0.1, 2),
                _walk(np.array([2, -1, 3]), BOWL, 0.2, 3),
                _walk(np.zeros(2), BOWL, 0.1, 3),
                _walk(rng.uniform(2, 3, 1), RIPPLES, 0.25, 1),
                _walk(rng.uniform(-2, 2, 4), BOWL, 0.1, 0),
            ],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "the start is missing",
            "The start is missing: your path begins after the first step. The first row is w itself, before any step, "
            "so there are steps + 1 rows.",
            *_part(lambda path, steps: path[1:]),
        ),
        WrongAnswer(
            "the end is missing",
            "The last place is missing: your path has one row a step, and the start is one of them. The row after the "
            "last step belongs to it too, so there are steps + 1.",
            *_part(lambda path, steps: path[: max(steps, 1)], lambda path, steps: path[:steps]),
        ),
        WrongAnswer(
            "one step too many",
            "You go one step too far: steps + 1 rows are the start and one row for each of the steps.",
            *_part(lambda path, steps: path, more=1),
        ),
        WrongAnswer(
            "the start twice",
            "The start stands in your path twice, and the place after the last step is missing: each turn of the loop "
            "keeps w before it steps. Step first, then keep the new place.",
            *_part(lambda path, steps: np.concatenate([path[:1], path[:steps]])),
        ),
        WrongAnswer(
            "one step only",
            "Your path holds the start and one step, however many were asked for. Does the loop end too early: a "
            "`return` inside of it, perhaps?",
            lambda: _one_step,
            _stopped_after_one,
        ),
        WrongAnswer(
            "stops by itself",
            "Where the slope is 0 or small your walk ends before all its steps are made. That saves time, but here as "
            "many steps are wanted as were asked for, even if they lead nowhere.",
            lambda: _stops_where_flat,
        ),
        WrongAnswer(
            "a row left at 0",
            "One row of your path still holds the zeros that it was made with: the first, where the start belongs, or "
            "the last. Write the start into row 0, and after it as many places as there are steps.",
            lambda: _first_row_left,
            also=(lambda: _last_row_left,),
        ),
        WrongAnswer(
            "only where it ends",
            "You return the last place alone. Wanted is the whole path, a row for each place: collect them on the way.",
            *_part(lambda path, steps: path[-1]),
        ),
        WrongAnswer(
            "uphill",
            "Your path climbs: the gradient points where the loss grows. To go down, subtract.",
            _walking(lambda path, gradient, rate: path[-1] + rate * gradient(path[-1])),
        ),
        WrongAnswer(
            "learning rate forgotten",
            "You subtract the gradient as it is, in each step. The learning rate says which share of it a step takes.",
            _walking(lambda path, gradient, rate: path[-1] - gradient(path[-1])),
        ),
        WrongAnswer(
            "the slope of the start",
            "Every step of yours uses the slope at the start, so the path is a straight line. The slope changes on "
            "the way: compute it anew, where you stand.",
            _walking(lambda path, gradient, rate: path[-1] - rate * gradient(path[0])),
        ),
        WrongAnswer(
            "each step from the start",
            "Each step of yours sets out from the start again. A step sets out from where the last one arrived.",
            _walking(lambda path, gradient, rate: path[0] - rate * gradient(path[-1])),
            also=(_walking(lambda path, gradient, rate: path[0] - rate * gradient(path[0])),),
        ),
        WrongAnswer(
            "one entry after the other",
            "The entries of w step one after the other, so the later ones feel the slope at a place where the earlier "
            "ones have moved already. One gradient for each step, taken before anything moves.",
            lambda: _entry_after_entry,
        ),
        WrongAnswer(
            "one array under many names",
            "All rows are the same, and the caller's w has changed: `-=` writes into one and the same array, and the "
            "list holds it many times. Make a new array in each step (w = w − …).",
            lambda: _one_array,
        ),
        WrongAnswer(
            "all rows are the end",
            "All rows are alike, the place where the walk ends: one array stands in the path many times, and each step "
            "writes into it. Make a new array in each step (w = w − …).",
            lambda: _one_copy,
        ),
        WrongAnswer(
            "all rows but the first are the end",
            "All rows after the first are alike, the place where the walk ends: one array stands in the path many "
            "times, and each step writes into it. Make a new array in each step (w = w − …).",
            lambda: _start_kept,
        ),
        WrongAnswer(
            "the caller's w walks along",
            "The path is right, but the caller's own w has walked along: `-=` writes into it (and an array of whole "
            "numbers refuses). Make a new array in each step (w = w − …).",
            lambda: _in_the_callers_array,
        ),
        WrongAnswer(
            "cut to whole numbers",
            "Where the start is in whole numbers, your path stays in whole numbers: an array made like w cuts off "
            "everything after the point. Ask for floats.",
            lambda: _like_w,
        ),
        WrongAnswer(
            "turned",
            "The values are right, but the path lies on its side: a row for each step is wanted, and the numbers of w "
            "along the row.",
            *_part(lambda path, steps: np.moveaxis(path, 0, -1), lambda path, steps: path.T),
        ),
        WrongAnswer(
            "the steps, not the places",
            "You collect the steps, by how much w changes. Wanted are the places: each is the last one plus the step.",
            *_part(lambda path, steps: np.diff(path, axis=0)),
        ),
        WrongAnswer(
            "the gradients, not the places",
            "You collect the gradients on the way. Wanted are the places where you stood.",
            _slopes_on_the_way(slice(None, -1)),
            also=(_slopes_on_the_way(slice(None)),),
        ),
        WrongAnswer(
            "steps of one length",
            "You divide the gradient by its length, so that every step is equally long. Gradient descent steps far "
            "where it is steep and little where it is flat: the gradient is used as it is.",
            _walking(lambda path, gradient, rate: path[-1] - rate * _unit(gradient(path[-1]))),
        ),
    ),
)


def _unit(slope: NDArray) -> NDArray:
    return slope / np.linalg.norm(slope)


TASKS = (NUMERICAL_GRADIENT, GRADIENT_STEP, GRADIENT_DESCENT)
