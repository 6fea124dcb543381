"""3d: how does it become fifteen lines of code? The slopes of W and b, the check of a gradient, and all of backprop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from threesteps.backprop import (
    backprop,
    bias_gradient,
    max_relative_difference,
    numerical_gradients,
    sigmoid_prime,
    weight_gradient,
)
from threesteps.loss import one_hot, total_loss
from threesteps.network import Params, sigmoid, softmax
from threesteps.task import Group, Task, Trial, WrongAnswer, as_numbers
from threesteps.tasks.cross_entropy import predictions

# weight_gradient


def _meeting(rng: np.random.Generator, n: int, n_out: int, n_in: int) -> tuple[NDArray, NDArray]:
    return rng.normal(size=(n, n_out)), rng.normal(size=(n, n_in))


WEIGHT_GRADIENT = Task(
    "weight_gradient",
    3,
    weight_gradient,
    groups=(
        Group(
            "one example",
            1,
            lambda rng: [
                (np.array([[0.5, -1.0]]), np.array([[1.0, 2.0, 3.0]])),
                _meeting(rng, 1, 4, 2),
                _meeting(rng, 1, 3, 3),
            ],
        ),
        Group("a batch", 1, lambda rng: [_meeting(rng, 4, 2, 5), _meeting(rng, 3, 5, 4), _meeting(rng, 2, 1, 3)]),
        Group(
            "square cases, where no shape warns you",
            1,
            lambda rng: [
                _meeting(rng, 4, 3, 3),
                _meeting(rng, 3, 3, 3),
                (rng.normal(size=(4, 4)), rng.integers(-4, 5, (4, 4))),
            ],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "transposed",
            "The numbers are right, but the table lies on its side: it is (in, out), and W is (out, in). Which of the "
            "two factors has to be turned?",
            lambda: lambda D, A: A.T @ D,
        ),
        WrongAnswer(
            "sums, then the outer product",
            "You add up the δ and add up the a, and multiply the two sums: right for one example, but in a batch each "
            "example's δ then meets every other example's a. First multiply within an example, then add.",
            lambda: lambda D, A: np.outer(D.sum(axis=0), A.sum(axis=0)),
        ),
        WrongAnswer(
            "all examples in one outer product",
            "`np.outer` makes one long row of each table before it multiplies. It is made for two vectors, that is for "
            "one example; a batch comes out far too large, with each example's δ meeting every example's a.",
            lambda: np.outer,
        ),
        WrongAnswer(
            "mean over the examples",
            "Your value is too small by N: right for one example alone. L is the sum over the examples, and so is its "
            "slope; nothing is divided.",
            lambda: lambda D, A: D.T @ A / len(D),
        ),
        WrongAnswer(
            "one table for each example",
            "You return a table for each example, (N, out, in). They are still to be added up: every example pulls at "
            "the same W.",
            lambda: lambda D, A: np.einsum("ni,nj->nij", D, A),
        ),
        WrongAnswer(
            "the first example only",
            "Your value is the first example's share alone. Is there an index [0], or a `return` inside the loop? All "
            "examples add up.",
            lambda: lambda D, A: np.outer(D[0], A[0]),
        ),
        WrongAnswer(
            "the last example only",
            "Your value is the last example's share alone. Is the table overwritten in each turn of the loop, where "
            "it should grow?",
            lambda: lambda D, A: np.outer(D[-1], A[-1]),
        ),
        WrongAnswer(
            "A turned, not δ",
            "A_prev is turned on its side where δ should be: so each example meets every example, and the neurons are "
            "what is added up. The result has to be (out, in), so `out` must come first and N must be in the middle.",
            lambda: lambda D, A: D @ A.T,
        ),
        WrongAnswer(
            "nothing turned",
            "Neither of the two is turned on its side, so a row of δ (the neurons of one example) meets a column of A "
            "(one input in all examples). What has to meet is example and example.",
            lambda: lambda D, A: D @ A,
        ),
        WrongAnswer(
            "entry by entry",
            "`*` multiplies entry by entry and adds nothing up. *Every* δ of an example meets *every* a of the same "
            "example, and the examples add up.",
            lambda: lambda D, A: D * A,
        ),
        WrongAnswer(
            "a slope too many",
            "You multiply by a(1 − a), the gain of the layer before. It belongs to that layer's δ. What enters through "
            "a weight is a itself.",
            lambda: lambda D, A: D.T @ (A * (1 - A)),
        ),
        WrongAnswer(
            "squashed once more",
            "A_prev holds the values that enter this layer: they were squashed already, and you do it again.",
            lambda: lambda D, A: D.T @ sigmoid(A),
        ),
        WrongAnswer(
            "sign",
            "Your value has the opposite sign. The slope is a · δ; the minus of the step downhill comes later.",
            lambda: lambda D, A: -D.T @ A,
        ),
    ),
)


# bias_gradient


def _delta(rng: np.random.Generator, n: int, n_out: int) -> tuple[NDArray]:
    return (rng.normal(size=(n, n_out)),)


BIAS_GRADIENT = Task(
    "bias_gradient",
    2,
    bias_gradient,
    groups=(
        Group(
            "one example",
            0.5,
            lambda rng: [(np.array([[0.5, -1.0, 0.25]]),), _delta(rng, 1, 2), _delta(rng, 1, 5)],
        ),
        Group("a batch", 1, lambda rng: [_delta(rng, 4, 3), _delta(rng, 2, 5), _delta(rng, 5, 1)]),
        Group(
            "as many examples as neurons, where no shape warns you",
            0.5,
            lambda rng: [_delta(rng, 3, 3), _delta(rng, 4, 4)],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "not summed",
            "You return δ as it is, one row for each example. All examples pull at the same b, (out,): their rows add "
            "up. (With one example it must still be (out,), not (1, out).)",
            lambda: lambda D: D,
        ),
        WrongAnswer(
            "mean over the examples",
            "Your value is too small by N: right for one example alone. L is the sum over the examples, and so is its "
            "slope; nothing is divided.",
            lambda: lambda D: D.mean(axis=0),
        ),
        WrongAnswer(
            "wrong axis",
            "You add up over the neurons, so each *example* got a number. Neurons are columns, and each wants its own: "
            "add up along the rows' axis, over the examples.",
            lambda: lambda D: D.sum(axis=1),
        ),
        WrongAnswer(
            "everything in one number",
            "You add up everything: `sum` without an axis. Each neuron has a bias of its own.",
            lambda: lambda D: D.sum(),
        ),
        WrongAnswer(
            "a row of one",
            "The numbers are right, but the shape is (1, out): `keepdims` or a product keeps the axis that you summed "
            "over. b is (out,).",
            lambda: lambda D: D.sum(axis=0, keepdims=True),
        ),
        WrongAnswer(
            "a column",
            "The numbers are right, but they stand in a column, (out, 1). In this course b is one plain row, (out,).",
            lambda: lambda D: D.sum(axis=0)[:, None],
        ),
        WrongAnswer(
            "the first example only",
            "Your value is the first example's δ alone. All examples pull at the same bias: add them up.",
            lambda: lambda D: D[0],
        ),
        WrongAnswer(
            "the last example only",
            "Your value is the last example's δ alone. Is it overwritten in each turn of a loop, where it should grow?",
            lambda: lambda D: D[-1],
        ),
        WrongAnswer(
            "sign",
            "Your value has the opposite sign. z moves as b does, so ∂L/∂b is δ itself, summed; the minus of the step "
            "downhill comes later.",
            lambda: lambda D: -D.sum(axis=0),
        ),
        WrongAnswer(
            "what enters, without δ",
            "You return the 1 that enters through a bias. It is half of the slope; the other half is δ.",
            lambda: lambda D: np.ones(D.shape[1]),
        ),
        WrongAnswer(
            "what enters, summed, without δ",
            "You add up the 1 that enters through a bias, once for each example: that gives N. It is half of the "
            "slope; the other half is δ.",
            lambda: lambda D: np.full(D.shape[1], float(len(D))),
        ),
        WrongAnswer(
            "without signs",
            "You add up the sizes of the δ. They have signs: two examples that pull in opposite directions cancel.",
            lambda: lambda D: np.abs(D).sum(axis=0),
        ),
    ),
)


# max_relative_difference


def _near(rng: np.random.Generator, off: float, *shapes: tuple) -> tuple[list[NDArray], list[NDArray]]:
    """Two lists of arrays whose entries differ by a part of about `off`."""
    a = [rng.normal(size=shape) for shape in shapes]
    return a, [x * (1 + off * rng.normal(size=x.shape)) for x in a]


def _far(rng: np.random.Generator, *shapes: tuple) -> tuple[list[NDArray], list[NDArray]]:
    """Two lists of arrays that have nothing to do with each other."""
    return [rng.normal(size=shape) for shape in shapes], [rng.normal(size=shape) for shape in shapes]


def _lists(rng: np.random.Generator, a: list[float], b: list[float]) -> tuple[list[NDArray], list[NDArray]]:
    """The same entries in two lists, shuffled alike, and cut into two arrays."""
    order = rng.permutation(len(a))
    return [np.array(a)[order][:2], np.array(a)[order][2:]], [np.array(b)[order][:2], np.array(b)[order][2:]]


def _small(rng: np.random.Generator) -> list[tuple]:
    return [
        _lists(rng, [0.0, 2.0, -1.0, 0.5], [0.0, 2.0, -1.0, 0.5]),
        _lists(rng, [0.0, 2.0, -1.0, 0.5], [0.0, 2.0, -1.001, 0.5]),
        _lists(rng, [0.0, 2.0, -1.0, 4e-13, 1.0], [0.0, 2.001, -1.0, 1e-13, 1.0]),
        _lists(rng, [0.0, 2.0, -3e-12, -1.0], [0.0, 2.001, -5e-12, -1.0]),
        _lists(rng, [0.0, 2.0, -1.0, 2e-13], [0.0, 2.0, -1.0, -3e-13]),
        _lists(rng, [0.0, 1.0, -3.0, 1.0], [1e-3, 1.0, -3.0, 1.0]),
    ]


Ratio = Callable[[NDArray, NDArray, float], NDArray]


def _each(ratio: Ratio, a: list, b: list, floor: float) -> list[float]:
    """The largest of a ratio in each pair of arrays, with a floor below the line."""
    return [float(np.max(ratio(x, y, floor))) for x, y in zip(a, b)]


def _greatest(ratio: Ratio, floor: float = 1e-12) -> Callable[[], Callable]:
    return lambda: lambda a, b: float(np.max(_each(ratio, a, b, floor)))


def _any_floor(ratio: Ratio, *floors: float) -> Callable[[Trial], bool]:
    """Whether what came back is the largest of this ratio, with any of the floors."""

    def known_by(trial: Trial) -> bool:
        got = as_numbers(trial.outcome.value)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = [_each(ratio, *trial.arguments, floor) for floor in floors]
        # Python's max loses a nan, unless it comes first.
        values = [pick(each) for each in found for pick in (np.max, max, lambda each: max([0.0, *each]))]
        return got is not None and got.ndim == 0 and bool(np.isclose(got, values, 1e-6, 1e-9, equal_nan=True).any())

    return known_by


def _larger(x: NDArray, y: NDArray) -> NDArray:
    return np.maximum(np.abs(x), np.abs(y))


def _right(x: NDArray, y: NDArray, floor: float = 1e-12) -> NDArray:
    return np.abs(x - y) / np.maximum(_larger(x, y), floor)


def _to_a(x: NDArray, y: NDArray, floor: float) -> NDArray:
    return np.abs(x - y) / np.maximum(np.abs(x), floor)


def _to_b(x: NDArray, y: NDArray, floor: float) -> NDArray:
    return _to_a(y, x, floor)


def _to_sum(x: NDArray, y: NDArray, floor: float) -> NDArray:
    return np.abs(x - y) / np.maximum(np.abs(x) + np.abs(y), floor)


def _floor_added(x: NDArray, y: NDArray, floor: float) -> NDArray:
    return np.abs(x - y) / (_larger(x, y) + floor)


FLOORS = tuple(10.0**-k for k in range(4, 17))
OTHER_FLOORS = tuple(floor for floor in FLOORS if floor != 1e-12)

MAX_RELATIVE_DIFFERENCE = Task(
    "max_relative_difference",
    2,
    max_relative_difference,
    groups=(
        Group(
            "one array in each list",
            0.5,
            lambda rng: [
                ([np.array([[1.0, -2.0], [4.0, 5.0]])], [np.array([[1.0, -2.5], [4.4, 5.0]])]),
                _near(rng, 1e-3, (3, 4)),
                _far(rng, (5,)),
                _near(rng, 1e-6, (2, 3)),
            ],
        ),
        Group(
            "several arrays of different shapes",
            1,
            lambda rng: [
                _near(rng, 1e-3, (4, 3), (4,), (2, 4), (2,)),
                _far(rng, (2, 3), (2,), (5, 2), (5,)),
                _one_outlier(rng),
                _near(rng, 1e-5, (2, 2), (2,)),
            ],
        ),
        Group("zeros, and entries below 1e−12", 0.5, _small),
    ),
    wrong_answers=(
        WrongAnswer(
            "not relative",
            "That is the largest difference itself, |a − b|. Off by 0.0001 is nothing for a slope of 5 and everything "
            "for one of 0.0002: each difference is measured against the size of its own two numbers.",
            _greatest(lambda x, y, floor: np.abs(x - y)),
        ),
        WrongAnswer(
            "relative to a",
            "You measure each difference against |a| alone. The two lists have equal rights: it is the larger of |a| "
            "and |b| that counts (and 1e−12, where both are smaller than that).",
            _greatest(_to_a),
            _any_floor(_to_a, *FLOORS, 0),
        ),
        WrongAnswer(
            "relative to b",
            "You measure each difference against |b| alone. The two lists have equal rights: it is the larger of |a| "
            "and |b| that counts (and 1e−12, where both are smaller than that).",
            _greatest(_to_b),
            _any_floor(_to_b, *FLOORS, 0),
        ),
        WrongAnswer(
            "relative to the sum",
            "You divide by |a| + |b|, as some books do. Here the *larger* of the two stands below the line (or 1e−12, "
            "where both are smaller than that).",
            _greatest(_to_sum),
            _any_floor(_to_sum, *FLOORS, 0),
        ),
        WrongAnswer(
            "relative to the smaller one",
            "You divide by the smaller of |a| and |b|. The larger of the two stands below the line, so that the result "
            "never passes 2.",
            _greatest(lambda x, y, floor: np.abs(x - y) / np.maximum(np.minimum(np.abs(x), np.abs(y)), floor)),
        ),
        WrongAnswer(
            "no floor",
            "Right, until both numbers are 0: then 0/0 is nan. (Pixels that are always blank have such slopes.) The "
            "1e−12 is the third of the numbers of which the largest stands below the line.",
            _greatest(_right, 0),
            _any_floor(_right, 0),
        ),
        WrongAnswer(
            "floor added",
            "You *add* something small to the larger of the two. The 1e−12 should only step in where both are smaller "
            "than it: a maximum of three, not a sum.",
            _greatest(_floor_added),
            _any_floor(_floor_added, *FLOORS),
        ),
        WrongAnswer(
            "another floor",
            "All is right but for very small entries: the floor below the line is not 1e−12. With a higher one a fault "
            "in a small slope hides, with a lower one rounding looks like a fault.",
            _greatest(_right, 1e-8),
            _any_floor(_right, *OTHER_FLOORS),
        ),
        WrongAnswer(
            "by norms",
            "You compare lengths of whole arrays: one number a layer. A small entry that is wrong hides behind the "
            "large ones. Here every entry has a ratio of its own, and the largest counts.",
            lambda: lambda a, b: float(max(_by_norm(x, y) for x, y in zip(a, b))),
        ),
        WrongAnswer(
            "relative to the largest entry",
            "You divide by the largest entry of the array. A small entry that is wrong hides behind it: each "
            "difference is measured against the size of its own two numbers.",
            _greatest(lambda x, y, floor: np.abs(x - y) / max(_larger(x, y).max(), floor)),
        ),
        WrongAnswer(
            "mean in place of the largest",
            "You average. One wrong slope among thousands of right ones would be diluted; the *largest* ratio counts.",
            lambda: lambda a, b: float(np.mean(np.concatenate([_right(x, y).ravel() for x, y in zip(a, b)]))),
        ),
        WrongAnswer(
            "the first array only",
            "Only the first array of each list counts in your result. Is there a `return` inside the loop, or an "
            "index [0]?",
            lambda: lambda a, b: float(_right(a[0], b[0]).max()),
        ),
        WrongAnswer(
            "the last array only",
            "Only the last array of each list counts in your result. Is the largest value so far forgotten in each "
            "turn of the loop?",
            lambda: lambda a, b: float(_right(a[-1], b[-1]).max()),
        ),
        WrongAnswer(
            "sum over the arrays",
            "You add up the largest values of all arrays. Wanted is the largest of them.",
            lambda: lambda a, b: float(sum(_right(x, y).max() for x, y in zip(a, b))),
        ),
        WrongAnswer(
            "one number for each array",
            "You return a number for each array. Wanted is one for everything: the largest of them.",
            lambda: lambda a, b: [float(_right(x, y).max()) for x, y in zip(a, b)],
        ),
        WrongAnswer(
            "the sign of the difference kept",
            "You take the largest of a − b with its sign, so an entry where b is larger can't count. The *size* of the "
            "difference is wanted.",
            _greatest(lambda x, y, floor: (x - y) / np.maximum(_larger(x, y), floor)),
        ),
        WrongAnswer(
            "signs below the line",
            "Below the line you compare a and b with their signs. Where both are below 0, neither beats 1e−12, and the "
            "ratio explodes: their *sizes* are to be compared.",
            _greatest(lambda x, y, floor: np.abs(x - y) / np.maximum(np.maximum(x, y), floor)),
        ),
        WrongAnswer(
            "lists made into one array",
            "`np.array` of a list whose arrays have different shapes raises an error. Take the arrays one pair after "
            "the other: `zip(a, b)`.",
            lambda: lambda a, b: float(_right(np.array(a), np.array(b)).max()),
        ),
        WrongAnswer(
            "Python's max on arrays",
            "It raises an error on every input, as Python's own `max` does with arrays: whether one whole array is "
            "larger than another has no answer. `np.maximum` compares entry by entry, and takes two at a time.",
            _greatest(lambda x, y, floor: np.abs(x - y) / max(np.abs(x), np.abs(y), floor)),
        ),
    ),
)


def _one_outlier(rng: np.random.Generator) -> tuple[list[NDArray], list[NDArray]]:
    """The largest ratio is at a small entry in the middle one of three arrays."""
    a, b = _near(rng, 1e-4, (3, 2), (3,), (2, 3))
    a[1][1] = -1e-3
    b[1][1] = -1e-3 * rng.uniform(1.3, 1.8)
    return a, b


def _by_norm(x: NDArray, y: NDArray) -> float:
    return np.linalg.norm(x - y) / max(np.linalg.norm(x), np.linalg.norm(y), 1e-12)


# backprop

LECTURE = [
    (np.array([[1.0, -2.0], [-1.0, 1.0]]), np.array([1.0, 0.0])),
    (np.array([[2.0, -1.0], [-2.0, -1.0]]), np.array([0.0, 0.0])),
    (np.array([[3.0, -1.0], [-1.0, 4.0]]), np.array([-2.0, 2.0])),
]


def _case(rng: np.random.Generator, n: int, *sizes: int, soft: bool = False) -> tuple[NDArray, NDArray, Params]:
    """(X, T, params), no bias zero."""
    params = [(rng.normal(size=(n_out, n_in)), rng.normal(size=n_out)) for n_in, n_out in zip(sizes, sizes[1:])]
    T = predictions(rng, n, sizes[-1]) if soft else one_hot(rng.integers(sizes[-1], size=n), sizes[-1])
    return rng.normal(size=(n, sizes[0])), T, params


def in_units(X: NDArray, T: NDArray, params: Params) -> tuple[NDArray, NDArray, Params]:
    """The same with the first input 100,000 times as large and the last one a hundredth, and weights to make up for it.

    No single h serves slopes by wiggling then, nor one in proportion to the weight: one neuron has 0 there.
    """
    scale = np.array([1e5] + [1.0] * (X.shape[1] - 2) + [1e-2])
    (W, b), *rest = params
    W = W / scale
    W[0, [0, -1]] = 0
    return X * scale, T, [(W, b), *rest]


def _walk(
    X: NDArray,
    T: NDArray,
    params: Params,
    output: Callable = softmax,
    start: Callable = lambda Y, T: Y - T,
    weights: Callable = lambda D, A, l: D.T @ A[l],
    biases: Callable = lambda D: D.sum(axis=0),
    back: Callable = lambda D, W, A: (D @ W) * A * (1 - A),
    W_of: Callable = lambda params, l: params[l][0],
) -> Params:
    """Backpropagation, of which each part can be exchanged for a wrong one."""
    A = [X]
    for W, b in params[:-1]:
        A.append(sigmoid(A[-1] @ W.T + b))
    W, b = params[-1]
    A.append(output(A[-1] @ W.T + b))
    D, grads = start(A[-1], T), []
    for l in reversed(range(len(params))):
        grads.insert(0, (weights(D, A, l), biases(D)))
        if l:
            D = back(D, W_of(params, l), A[l])
    return grads


def _with(**changes: Callable) -> Callable[[], Callable]:
    return lambda: partial(_walk, **changes)


def _then(change: Callable[[Params], object]) -> Callable[[], Callable]:
    """Another form of the right gradients."""
    return lambda: lambda X, T, params: change(backprop(X, T, params))


def _updating(X: NDArray, T: NDArray, params: Params) -> Params:
    """Each layer takes its step as soon as its gradient is there."""
    steps = iter(params[::-1])

    def stepping(D: NDArray, A: list[NDArray], l: int) -> NDArray:
        slope = D.T @ A[l]
        next(steps)[0][...] -= 0.1 * slope
        return slope

    return _walk(X, T, params, weights=stepping)


def _growing() -> Callable:
    grads: Params = []

    def growing(X: NDArray, T: NDArray, params: Params) -> Params:
        grads[:0] = backprop(X, T, params)
        return grads

    return growing


def _three_layers(X: NDArray, T: NDArray, params: Params) -> Params:
    (W1, b1), (W2, b2), (W3, b3) = params
    return backprop(X, T, [(W1, b1), (W2, b2), (W3, b3)])


BY_WIGGLING = (
    "Those are slopes by wiggling. They take two forward passes for every weight, and h suits all of them only where "
    "all inputs are of one size: with an input of 100,000 beside one of 0.01 it is too large for one weight and too "
    "small for another. Let the chain rule find the slopes, in one pass back; wiggles are for checking it."
)

BACKPROP = Task(
    "backprop",
    6,
    backprop,
    groups=(
        Group(
            "one example",
            1,
            lambda rng: [
                (np.array([[1.0, -1.0]]), np.array([[1.0, 0.0]]), LECTURE),
                _case(rng, 1, 3, 4, 5, 2),
                in_units(*_case(rng, 1, 2, 5, 4, 3)),
            ],
        ),
        Group("a batch", 1, lambda rng: [_case(rng, 4, 3, 4, 5, 2), in_units(*_case(rng, 5, 2, 3, 4, 3))]),
        Group(
            "square layers, where no shape warns you",
            1,
            lambda rng: [_case(rng, 4, 3, 3, 3, 3), in_units(*_case(rng, 3, 3, 3, 3, 3))],
        ),
        Group(
            "soft targets",
            1,
            lambda rng: [_case(rng, 4, 3, 4, 5, 2, soft=True), in_units(*_case(rng, 3, 2, 3, 2, 4, soft=True))],
        ),
        Group("a single layer", 1, lambda rng: [_case(rng, 4, 3, 2), in_units(*_case(rng, 3, 2, 4, soft=True))]),
        Group("two and four layers", 1, lambda rng: [_case(rng, 4, 3, 5, 2), in_units(*_case(rng, 3, 4, 3, 5, 4, 2))]),
    ),
    wrong_answers=(
        WrongAnswer(
            "by wiggling",
            BY_WIGGLING,
            lambda: numerical_gradients,
            also=(lambda: partial(numerical_gradients, h=1e-4),),
        ),
        WrongAnswer(
            "the gain left out",
            "The last layer is right, and all layers before it are not: on the way back each neuron's gain, a(1 − a), "
            "is missing. (Such a gradient even trains; the check of lesson 3d sees it.)",
            _with(back=lambda D, W, A: D @ W),
        ),
        WrongAnswer(
            "W turned the wrong way",
            "The last layer is right. On the way back W is turned the wrong way: a row of δ meets W as it stands, "
            "without `.T`. (With square layers no error tells.)",
            _with(back=lambda D, W, A: (D @ W.T) * A * (1 - A)),
        ),
        WrongAnswer(
            "σ twice",
            "The last layer is right. On the way back the slope is taken at a, where it should be taken at z: if "
            "a = σ(z) is what you have, the slope is a(1 − a), and no second σ.",
            _with(back=lambda D, W, A: (D @ W) * sigmoid_prime(A)),
        ),
        WrongAnswer(
            "the rule for a, applied to z",
            "The last layer is right. On the way back you multiply by z(1 − z); the gain is a(1 − a), with a = σ(z).",
            _with(back=lambda D, W, A: (D @ W) * _score(A) * (1 - _score(A))),
        ),
        WrongAnswer(
            "the slope of tanh",
            "The last layer is right. On the way back you multiply by 1 − a², which is tanh's slope. For σ it is "
            "a(1 − a).",
            _with(back=lambda D, W, A: (D @ W) * (1 - A * A)),
        ),
        WrongAnswer(
            "the weights of another layer",
            "The last layer is right. On the way back δ goes through the weights of the layer *before*: the index is "
            "off by one. The weights that lead out of layer l are those of the layer whose δ you have.",
            _with(W_of=lambda params, l: params[l - 1][0]),
        ),
        WrongAnswer(
            "an extra slope at the output",
            "Every layer is off, the last one too: the δ of the output has a y(1 − y) too many. For softmax with "
            "cross-entropy it is y − t, and nothing else.",
            _with(start=lambda Y, T: (Y - T) * Y * (1 - Y)),
        ),
        WrongAnswer(
            "sign",
            "All signs are turned round: δ at the output is y − t. The minus of the step downhill comes later.",
            _with(start=lambda Y, T: T - Y),
        ),
        WrongAnswer(
            "σ at the output",
            "Your last layer squashes with σ, as in lesson 1b. Here the output layer is softmax: the δ is y − t for "
            "both, but with another y.",
            _with(output=sigmoid),
        ),
        WrongAnswer(
            "no softmax at the output",
            "Your δ at the output is z − t: the last scores are taken for the output. Softmax makes probabilities of "
            "them first.",
            _with(output=lambda Z: Z),
        ),
        WrongAnswer(
            "divided by the number of examples",
            "All gradients are too small by N: right for one example alone. L is the sum over the examples; the "
            "training loop of lesson 3e divides, and says so.",
            _with(start=lambda Y, T: (Y - T) / len(Y)),
        ),
        WrongAnswer(
            "biases not summed",
            "The weights' slopes are right. The biases get δ as it is, a row for each example: their rows are still to "
            "be added up, to (out,).",
            _with(biases=lambda D: D),
        ),
        WrongAnswer(
            "biases averaged",
            "The weights' slopes are right. The biases' slopes are averaged over the batch, where they should be "
            "summed.",
            _with(biases=lambda D: D.mean(axis=0)),
        ),
        WrongAnswer(
            "weights' slopes transposed",
            "The biases' slopes are right. Each dW lies on its side: it is (in, out), and W is (out, in).",
            _with(weights=lambda D, A, l: A[l].T @ D),
        ),
        WrongAnswer(
            "sums, then the outer product",
            "The biases' slopes are right. For the weights you add up δ and a over the batch first, and multiply then: "
            "so each example's δ meets every other example's a.",
            _with(weights=lambda D, A, l: np.outer(D.sum(axis=0), A[l].sum(axis=0))),
        ),
        WrongAnswer(
            "the layer's own output",
            "The biases' slopes are right. For the weights δ meets the layer's *own* output: the index is off by one. "
            "What enters through a weight comes from the layer before.",
            _with(weights=lambda D, A, l: D.T @ A[l + 1]),
        ),
        WrongAnswer(
            "X in every layer",
            "The first layer is right, and so are the biases. For the weights of the others δ meets X as well: what "
            "enters a later layer is the a of the layer before it.",
            _with(weights=lambda D, A, l: D.T @ A[0]),
        ),
        WrongAnswer(
            "no bias in the forward pass",
            "Your forward pass adds no biases, so every a is off, and with it every slope.",
            lambda: lambda X, T, params: _walk(X, T, [(W, 0 * b) for W, b in params]),
        ),
        WrongAnswer(
            "last layer first",
            "The gradients are right, but the last layer stands first, in the order in which they were found. `params` "
            "begins with the first layer, and a step downhill goes through both lists side by side.",
            _then(lambda grads: grads[::-1]),
        ),
        WrongAnswer(
            "one flat list",
            "The gradients are right, but they stand in one flat list, dW, db, dW, db, … Wanted is a list of pairs, as "
            "params is: one (dW, db) a layer.",
            _then(lambda grads: [array for pair in grads for array in pair]),
        ),
        WrongAnswer(
            "weights only",
            "You return the slopes of the weights alone. Each layer has a pair, (dW, db).",
            _then(lambda grads: [dW for dW, _ in grads]),
        ),
        WrongAnswer(
            "biases first",
            "In each pair the biases' slopes stand first. The order is that of params: (dW, db).",
            _then(lambda grads: [(db, dW) for dW, db in grads]),
        ),
        WrongAnswer(
            "the first layer missing",
            "The first layer's pair is missing: the loop ends one layer too early. There is no δ for the input, but "
            "the first layer's weights have slopes.",
            _then(lambda grads: grads[1:]),
        ),
        WrongAnswer(
            "the loss as well",
            "You return the loss beside the gradients. The result is the list of gradients alone.",
            lambda: lambda X, T, params: (backprop(X, T, params), total_loss(_walk_output(X, params), T)),
        ),
        WrongAnswer(
            "three layers only",
            "It works for three layers, and for no other number: the layers are written out one by one. A loop over "
            "params takes any depth.",
            lambda: _three_layers,
        ),
        WrongAnswer(
            "the list grows from call to call",
            "The first call is right, and then the list of gradients grows: it keeps what earlier calls put there. "
            "Make it anew inside the function; a default `grads=[]` in the `def` line, or a list outside, is made "
            "once only.",
            _growing,
        ),
        WrongAnswer(
            "params changed",
            "Your function changes `params` while it runs. The caller still needs them as they were; and a δ that goes "
            "back through changed weights belongs to no network, for a gradient is the slope at one point. The step "
            "comes later, in gradient_step.",
            lambda: _updating,
            lambda trial: 2 in trial.outcome.changed,
        ),
    ),
)


def _score(A: NDArray) -> NDArray:
    """z of a = σ(z)."""
    return np.log(A / (1 - A))


def _walk_output(X: NDArray, params: Params) -> NDArray:
    A = X
    for W, b in params[:-1]:
        A = sigmoid(A @ W.T + b)
    return softmax(A @ params[-1][0].T + params[-1][1])


TASKS = (WEIGHT_GRADIENT, BIAS_GRADIENT, MAX_RELATIVE_DIFFERENCE, BACKPROP)
