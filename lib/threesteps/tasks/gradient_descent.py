"""3a: the slope by wiggling, one step downhill, and many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from threesteps.backprop import numerical_gradient
from threesteps.descent import gradient_descent, gradient_step
from threesteps.network import Params
from threesteps.task import Group, Task, Trial, compare, each, fine, shape_of


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
        self.__name__ = "f"  # as a function has one
        self.seen: list[tuple[NDArray, Any]] = []
        self._room = 100_000  # numbers that are kept of what was seen

    def __call__(self, w: Any) -> Any:
        point = np.array(w, dtype=float)
        value = self.of(point) if self.shape in (None, point.shape) else np.nan
        self._room -= 1 + point.size
        if self._room >= 0:
            self.seen.append((point, value))
        return value

    def __deepcopy__(self, memo: dict) -> Function:
        return Function(self.formula, self.of, self.shape, self.watched)


# numerical_gradient

# Third derivatives of at most 27, values of at most a few hundred: central differences with any h from 1e-3 to 1e-8
# stay within the task's tolerance of 1e-5. Differences to one side with h = 1e-5 do, too, but in the last group; the
# other groups are free of what costs one of them: entries that matter to each other, more axes, whole numbers.


def _count(w: NDArray) -> NDArray:
    """1, 2, 3, … in the shape of w, so that no two entries matter alike."""
    return 1.0 + np.arange(w.size).reshape(w.shape)


SQUARES = "½ Σ wᵢ²", lambda w: float(0.5 * (w**2).sum())
LINE = "1·w₀ + 2·w₁ + 3·w₂ + …", lambda w: float((_count(w) * w).sum())
LOG_SUM = "ln Σ exp(wᵢ)", lambda w: float(np.log(np.exp(w).sum()))
PRODUCT = "10⁶ w₀ w₁", lambda w: float(1e6 * w[0] * w[1])
PAIRS = "10⁶ (w₀w₁ + w₀w₂ + w₁w₂)", lambda w: float(1e6 * (w[0] * w[1] + w[0] * w[2] + w[1] * w[2]))
STEEP = "10⁶ Σ wᵢ²", lambda w: float(1e6 * (w**2).sum())


def _at(w: NDArray, function: tuple[str, Callable], watched: bool = False) -> tuple[Function, NDArray]:
    return Function(*function, w.shape, watched), w


def _place(rng: np.random.Generator, *shape: int) -> NDArray:
    """A w at which (w + h) − 2h + h is not w again, whichever power of ten h is: putting back by arithmetic shows. Its
    first entry is negative."""
    while True:
        w = rng.uniform(-1.5, 1.5, shape)
        w.flat[0] = -abs(w.flat[0])
        if all((((w + h) - 2 * h) + h != w).any() for k in range(3, 9) for h in (10.0**-k, -(10.0**-k))):
            return w


def _waves(rng: np.random.Generator, *shape: int) -> tuple[Function, NDArray]:
    """Sines where they have no curvature, but change it: too large an h shows, one side alone doesn't."""
    w = _place(rng, *shape)
    phase = np.pi * rng.integers(2, size=shape) - 3 * w
    return _at(w, ("100 + Σ sin(3 wᵢ + φᵢ)", lambda w: float(100 + np.sin(3 * w + phase).sum())))


def _whole(rng: np.random.Generator, *shape: int) -> NDArray:
    return rng.integers(1, 5, shape) * rng.choice([-1, 1], shape)


def moves(f: Function, w: NDArray) -> list[tuple[NDArray, Any]]:
    """For each place but w itself where f was evaluated: by how much each entry was moved, and the value there.

    What moved by next to nothing, beside the others, is rounding and counts as 0. Places of other shapes are left out.
    """
    found = []
    for point, value in f.seen:
        offset = np.abs(point - w) if point.shape == w.shape else np.zeros(1)
        if offset.max() > 1e-15 * (1 + np.abs(w).max()):
            found.append((np.where(offset > 1e-3 * offset.max(), point - w, 0), value))
    return found


def _both_sides(f: Function, w: NDArray) -> bool:
    """Whether f was evaluated with each entry of w moved up alone, and with each moved down alone."""
    alone = [move for move, _ in moves(f, w) if np.count_nonzero(move) == 1]
    return all(any(side * move[i] > 0 for move in alone) for i in np.ndindex(w.shape) for side in (1, -1))


def _examine(task: Task, trial: Trial) -> str:
    f, w = trial.passed[0], np.asarray(trial.arguments[1], dtype=float)
    strange = next((point for point, _ in f.seen if point.shape != w.shape), None)
    if strange is not None:
        shape = shape_of(strange, {1, *w.shape, w.size})
        return f"It called f with something of {shape}; w has shape {w.shape}, and f takes it as a whole, in its shape."
    problem = compare(task, trial)
    if not f.watched or _both_sides(f, w):
        return problem
    return (
        f"{problem or 'The values are near the right ones.'} {'And' if problem else 'But'} f was not looked at on both "
        "sides of each entry of w, the others left where they were: a central difference takes f(w + h) and f(w − h)."
    )


NUMERICAL_GRADIENT = Task(
    "numerical_gradient",
    4,
    numerical_gradient,
    groups=(
        Group("a vector", 1, lambda rng: [_at(_place(rng, 3), SQUARES), _at(_place(rng, 4), LINE), _waves(rng, 2)]),
        Group(
            "entries that matter to each other",
            1,
            lambda rng: [_at(_place(rng, 3), LOG_SUM), _at(np.zeros(2), PRODUCT), _at(np.zeros(3), PAIRS)],
        ),
        Group(
            "more axes",
            0.5,
            lambda rng: [_at(_place(rng, 2, 3), SQUARES), _at(_place(rng, 3, 3), LINE), _waves(rng, 2, 1, 3)],
        ),
        Group("whole numbers", 0.5, lambda rng: [_at(_whole(rng, 3), LOG_SUM), _at(_whole(rng, 4), LOG_SUM)]),
        Group(
            "f is looked at on both sides of w",
            1,
            lambda rng: [
                _at(np.zeros(2), STEEP, watched=True),
                _at(_place(rng, 3), LINE, watched=True),
                _at(_place(rng, 4), LOG_SUM, watched=True),
            ],
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


TRY = (  # weights and slopes in whole numbers
    [(np.array([[1, 2], [3, 4]]), np.array([0.5, -1]))],
    [(np.array([[4, 0], [-10, 5]]), np.array([1, 2]))],
    0.1,
)

GRADIENT_STEP = Task(
    "gradient_step",
    3,
    gradient_step,
    groups=(
        Group("one layer", 1, fine(gradient_step, each(_step, (0.1, 3, 2), (2.0, 2, 2), (0.03, 1, 4), (0.3, 3, 1)))),
        Group("several layers", 1, fine(gradient_step, each(_step, (0.5, 3, 4, 5, 2), (0.05, 2, 2, 2, 2)))),
        Group(
            "learning rates 1 and 0, and whole numbers",
            1,
            fine(
                gradient_step,
                lambda rng: [
                    _step(rng, 1.0, 2, 3),
                    _step(rng, 0.0, 2, 3),
                    ([(np.array([[1, -2], [-1, 1]]), np.array([1, 0]))], _params(rng, 2, 2), 0.1),
                    TRY,
                ],
            ),
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
NEAR = np.array([0.26234567, -0.13456789])  # the lowest place: six digits after the point are too few in any row


def _walk(w: NDArray, gradient: tuple[str, Callable], learning_rate: float, steps: int) -> tuple:
    return Function(*gradient), w, learning_rate, steps


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
                _walk(rng.uniform(-2, 1, 3), TILTED, 0.3, 4),
                _walk(rng.uniform(2, 3, 3), RIPPLES, 0.5, 3),
                _walk(NEAR, VALLEY, 0.02, 3),
            ],
        ),
        Group(
            "other shapes, starts in whole numbers and where it is flat, one step and none",
            1,
            lambda rng: [
                _walk(rng.uniform(0.5, 1.5, (2, 1, 3)), CUBIC, 0.1, 2),
                _walk(np.array([2, -1, 3]), BOWL, 0.2, 3),
                _walk(np.zeros(2), BOWL, 0.1, 3),
                _walk(rng.uniform(2, 3, 1), RIPPLES, 0.25, 1),
                _walk(rng.uniform(-2, 2, 4), BOWL, 0.1, 0),
                _walk(NEAR[:, None], BOWL, 0.1, 1),
            ],
        ),
    ),
)

TASKS = (NUMERICAL_GRADIENT, GRADIENT_STEP, GRADIENT_DESCENT)
