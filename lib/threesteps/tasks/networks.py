"""1b: a network, the number of its parameters, and one that computes XOR."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import combinations, pairwise
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from threesteps.network import Params, affine, count_parameters, relu, sigmoid, softmax
from threesteps.task import Group, Task, Trial, WrongAnswer, as_numbers


def network(X, params):
    """σ in every layer, the last one too."""
    A = X
    for W, b in params:
        A = sigmoid(A @ W.T + b)
    return A


def random_params(rng: np.random.Generator, *sizes: int) -> Params:
    """Weights and biases from a normal distribution; sizes: input first, output last."""
    return [(rng.normal(size=(n_out, n_in)), rng.normal(size=n_out)) for n_in, n_out in pairwise(sizes)]


LECTURE = [
    (np.array([[1, -2], [-1, 1]]), np.array([1, 0])),
    (np.array([[2, -1], [-2, -1]]), np.array([0, 0])),
    (np.array([[3, -1], [-1, 4]]), np.array([-2, 2])),
]


def _with_batch(rng: np.random.Generator, n: int, *sizes: int) -> tuple[NDArray, Params]:
    return rng.normal(size=(n, sizes[0])), random_params(rng, *sizes)


def _with_one(rng: np.random.Generator, *sizes: int) -> tuple[NDArray, Params]:
    return rng.normal(size=sizes[0]), random_params(rng, *sizes)


def _linear(X, params):
    """The weighted sums of the last layer, no σ anywhere."""
    for W, b in params:
        X = affine(X, W, b)
    return X


def _with(layer: Callable) -> Callable[[], Callable]:
    """Makes a network of such layers: layer(A, W, b)."""

    def wrong(X, params):
        A = X
        for W, b in params:
            A = layer(A, W, b)
        return A

    return lambda: wrong


def _three_by_name(X, params):
    (W1, b1), (W2, b2), (W3, b3) = params
    return network(X, [(W1, b1), (W2, b2), (W3, b3)])


def _two_by_name(X, params):
    (W1, b1), (W2, b2) = params
    return network(X, [(W1, b1), (W2, b2)])


def _softmax_last(X, params):
    return softmax(affine(network(X, params[:-1]), *params[-1]))


# z from −16 to 13: whoever keeps activations away from 0 and 1 is seen
SATURATED = (
    np.array([[2.0, -3.0], [-4.0, 1.0]]),
    [(np.array([[3.0, -2.0], [-1.0, 4.0]]), np.array([1.0, -2.0]))],
)


NETWORK = Task(
    "network",
    4,
    network,
    groups=(
        Group(
            "one example, three layers",
            1,
            lambda rng: [(np.array([1, -1]), LECTURE), _with_one(rng, 3, 4, 5, 2), _with_one(rng, 3, 3, 3, 3)],
        ),
        Group(
            "a batch, three layers",
            1,
            lambda rng: [_with_batch(rng, n, 3, 4, 5, 2) for n in (4, 6, 1)] + [_with_batch(rng, 5, 2, 2, 2, 2)],
        ),
        Group(
            "one layer, two, and many",
            1,
            lambda rng: [
                _with_one(rng, 3, 2),
                _with_batch(rng, 4, 5, 3),
                _with_one(rng, 2, 3, 1),
                _with_batch(rng, 4, 3, 2, 5, 4, 1),
                _with_one(rng, 2, 2, 2, 2, 2, 2, 2),
                SATURATED,
            ],
        ),
        Group(
            "square cases, where no shape warns you",
            1,
            lambda rng: [_with_batch(rng, 3, 3, 3, 3, 3), _with_batch(rng, 2, 2, 2, 2, 2)],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "x in every layer",
            "Your result is what the last layer alone makes of x. Each layer takes what the one before gave: does X "
            "itself still stand inside your loop?",
            lambda: lambda X, params: network(X, params[-1:]),
        ),
        WrongAnswer(
            "the first layer only",
            "Your result is that of the first layer. If the `return` stands inside the loop, it ends the loop in its "
            "first round: indent it as far as the `for`.",
            lambda: lambda X, params: network(X, params[:1]),
        ),
        WrongAnswer(
            "the last layer left out",
            "Your result is what *enters* the last layer. That layer weighs, adds and squashes like all others: the "
            "loop goes over all of params.",
            lambda: lambda X, params: network(X, params[:-1]),
        ),
        WrongAnswer(
            "the first layer left out",
            "The first pair of params is never used: x goes straight into the second layer. (x is the input layer, "
            "and the first W and b belong to the layer after it.)",
            lambda: lambda X, params: network(X, params[1:]),
        ),
        WrongAnswer(
            "three layers, written out",
            "Right for three layers, and any other number is an error: your code unpacks exactly three pairs. params "
            "may hold any number of layers, and a loop takes as many as come.",
            lambda: _three_by_name,
        ),
        WrongAnswer(
            "three layers, by number",
            "Right for three layers. With fewer there is no params[2], and of more than three your code uses only the "
            "first three. A loop over params takes as many as come.",
            lambda: lambda X, params: network(X, [params[0], params[1], params[2]]),
        ),
        WrongAnswer(
            "two layers, written out",
            "Right for two layers, as in the network to try. params may hold one pair or many: a loop over it takes as "
            "many as come.",
            lambda: _two_by_name,
            also=(lambda: lambda X, params: network(X, [params[0], params[1]]),),
        ),
        WrongAnswer(
            "x squashed first",
            "x goes through a σ before it meets the first weights. It enters as it is: σ comes after a weighted sum, "
            "and nothing has been weighed yet.",
            lambda: lambda X, params: network(sigmoid(X), params),
        ),
        WrongAnswer(
            "no σ in the hidden layers",
            "Only the last layer squashes; before it you pass on the bare weighted sums. Then all layers together are "
            "no more than one: what each layer passes on is a = σ(z).",
            lambda: lambda X, params: sigmoid(_linear(X, params)),
        ),
        WrongAnswer(
            "no σ in the last layer",
            "The hidden layers are right, and the last one returns its weighted sums. Here σ stands in *every* layer, "
            "so an output lies between 0 and 1.",
            lambda: lambda X, params: affine(network(X, params[:-1]), *params[-1]),
        ),
        WrongAnswer(
            "no σ at all",
            "There is no σ: you weigh and add, layer after layer, and never squash. Such a network is one straight "
            "layer, however deep it is.",
            lambda: _linear,
        ),
        WrongAnswer(
            "σ once more at the end",
            "σ is applied twice in the end: the last layer has squashed already, and its activations are the output.",
            lambda: lambda X, params: sigmoid(network(X, params)),
        ),
        WrongAnswer(
            "softmax at the end",
            "Your last layer uses softmax: its outputs add to 1. That is the next lesson's; here every layer has σ, "
            "and each output stands for itself.",
            lambda: _softmax_last,
        ),
        WrongAnswer(
            "tanh in place of σ",
            "You squash with tanh, which runs from −1 to 1. This network has σ in every layer.",
            _with(lambda A, W, b: np.tanh(A @ W.T + b)),
        ),
        WrongAnswer(
            "W not transposed",
            "Row i of W belongs to neuron i, and an example is a row too: W has to be turned over to meet it, as in "
            "`affine`. (With square layers no shape complains, and the numbers are wrong all the same.)",
            _with(lambda A, W, b: sigmoid(A @ W + b)),
        ),
        WrongAnswer(
            "one example only",
            "W @ a + b is right for one example. In a batch the examples are rows, and this product takes the columns: "
            "put the batch on the left, as `affine` does.",
            _with(lambda A, W, b: sigmoid(W @ A + b)),
        ),
        WrongAnswer(
            "batch only",
            "A batch is right, and one example, which has no rows, is an error. Layers as in `affine` take both, "
            "without asking which it is.",
            lambda: lambda X, params: np.array([network(x, params) for x in X]),
        ),
        WrongAnswer(
            "no biases",
            "The biases are missing. Without them the input 0 gives 0.5 in every neuron of the first layer, whatever "
            "b is.",
            _with(lambda A, W, b: sigmoid(A @ W.T)),
        ),
        WrongAnswer(
            "bias after σ",
            "The bias is added after squashing, so an activation can leave the range from 0 to 1. It belongs to the "
            "weighted sum, inside of σ.",
            _with(lambda A, W, b: sigmoid(A @ W.T) + b),
        ),
        WrongAnswer(
            "bias as a column",
            "You made b a column, so each bias goes to an example and not to a neuron. Neurons are columns of the "
            "result, and b as it is meets them.",
            _with(lambda A, W, b: sigmoid(A @ W.T + b[:, None])),
        ),
        WrongAnswer(
            "the layers from the end",
            "You go through params from the end. First layer first: x meets params[0].",
            lambda: lambda X, params: network(X, params[::-1]),
        ),
        WrongAnswer(
            "the first layer again and again",
            "Every round uses the first layer's W and b. Each layer has a pair of its own: let the loop hand them out.",
            lambda: lambda X, params: network(X, [params[0]] * len(params)),
        ),
        WrongAnswer(
            "every layer's activations",
            "You return what every layer gives, in a list. Asked for is the last one alone: what the network gives.",
            lambda: lambda X, params: [network(X, params[:l]) for l in range(1, len(params) + 1)],
        ),
        WrongAnswer(
            "x and every layer's activations",
            "You return x and what every layer gives, in a list. Asked for is the last one alone: what the network "
            "gives.",
            lambda: lambda X, params: [network(X, params[:l]) for l in range(len(params) + 1)],
        ),
        WrongAnswer(
            "rounded",
            "The right numbers, rounded to two decimals, as in the lesson's pictures. Compute with all digits, and "
            "round where you print.",
            lambda: lambda X, params: network(X, params).round(2),
        ),
        WrongAnswer(
            "the lesson's network, whatever params is",
            "It is right for the lesson's 2-2-2-2 network alone, as if those numbers stood in the function or were "
            "read from a variable outside. Only `params`, the argument, says which network is meant.",
            lambda: lambda X, params: network(X, LECTURE),
        ),
    ),
)


# count_parameters


def _sum_over_layers(of_layer: Callable[[int, int], int]) -> Callable[[], Callable]:
    return lambda: lambda sizes: sum(of_layer(n_in, n_out) for n_in, n_out in pairwise(sizes))


def _three_sizes_by_name(sizes):
    n_in, n_hidden, n_out = sizes
    return count_parameters([n_in, n_hidden, n_out])


COUNT_PARAMETERS = Task(
    "count_parameters",
    1,
    count_parameters,
    groups=(
        Group(
            "with hidden layers",
            1,
            lambda rng: [
                ([256, 500, 500, 10],),
                ([2, 2, 2, 2],),
                ([3, 4, 5, 2],),
                ([7, 6, 2, 5, 3],),
                (rng.integers(2, 90, 4).tolist(),),
            ],
        ),
        Group("no hidden layer", 1, lambda rng: [([2, 1],), ([64, 10],), (rng.integers(3, 90, 2).tolist(),)]),
    ),
    wrong_answers=(
        WrongAnswer(
            "no biases",
            "You count the weights, and each neuron has a bias too: one knob more for every neuron after the input.",
            _sum_over_layers(lambda n_in, n_out: n_in * n_out),
        ),
        WrongAnswer(
            "biases for the input",
            "The inputs are counted as if they had biases. They are no neurons: nothing is weighed or added there, so "
            "biases begin at the first layer after the input.",
            lambda: lambda sizes: count_parameters(sizes) + sizes[0],
        ),
        WrongAnswer(
            "one bias a layer",
            "You give each layer a single bias. Every *neuron* has its own: b of a layer has as many entries as the "
            "layer has neurons.",
            _sum_over_layers(lambda n_in, n_out: n_in * n_out + 1),
        ),
        WrongAnswer(
            "one bias in all",
            "You add a single bias for the whole network. Every neuron after the input has its own.",
            lambda: lambda sizes: sum(n_in * n_out for n_in, n_out in pairwise(sizes)) + 1,
        ),
        WrongAnswer(
            "biases at the wrong end",
            "There are as many biases as *inputs* in each layer of yours. A bias belongs to the neuron that adds it: "
            "count a layer's outputs.",
            _sum_over_layers(lambda n_in, n_out: n_in * n_out + n_in),
        ),
        WrongAnswer(
            "one too many on both sides",
            "(in + 1)(out + 1) counts a neuron too many in each layer: there are *out* of them, with in + 1 knobs "
            "each. The extra 1 on the input side is the bias.",
            _sum_over_layers(lambda n_in, n_out: (n_in + 1) * (n_out + 1)),
        ),
        WrongAnswer(
            "neurons, not parameters",
            "That is the sum of the sizes: you count neurons and inputs. Between two layers every wire has a weight, "
            "and there is a wire from each to each: multiply the sizes.",
            lambda: sum,
        ),
        WrongAnswer(
            "one product of all sizes",
            "You multiply all sizes with each other. A layer's wires run to the next layer only: multiply neighbours, "
            "and *add* the layers.",
            lambda: lambda sizes: prod(sizes),
        ),
        WrongAnswer(
            "the last layer left out",
            "The last layer is missing from your sum: sizes has one entry more than there are layers of weights, and "
            "the output is part of it.",
            lambda: lambda sizes: sum(n_out * (n_in + 1) for n_in, n_out in pairwise(sizes[:-1])),
        ),
        WrongAnswer(
            "the first layer left out",
            "The weights behind the input are missing from your sum: the input's size counts as well.",
            lambda: lambda sizes: sum(n_out * (n_in + 1) for n_in, n_out in pairwise(sizes[1:])),
        ),
        WrongAnswer(
            "the first layer only",
            "That is the first layer alone. If the `return` stands inside the loop, it ends the loop in its first "
            "round.",
            lambda: lambda sizes: count_parameters(sizes[:2]),
        ),
        WrongAnswer(
            "the last layer only",
            "That is the last layer alone. If the loop sets the count anew in each round, only the last one is left: "
            "the rounds are to be added.",
            lambda: lambda sizes: count_parameters(sizes[-2:]),
        ),
        WrongAnswer(
            "a count for each layer",
            "The layers' counts are right. They are still to be added up, to one number.",
            lambda: lambda sizes: [n_out * (n_in + 1) for n_in, n_out in pairwise(sizes)],
        ),
        WrongAnswer(
            "no biases for the outputs",
            "The outputs are counted without biases. They are neurons like those before them: each weighs, adds its "
            "bias and squashes.",
            lambda: lambda sizes: count_parameters(sizes) - sizes[-1],
        ),
        WrongAnswer(
            "from the last layer back to the input",
            "Wires from the outputs back to the inputs are in your count: at position 0 the entry before is sizes[−1], "
            "the *last* one of the list. The input has nothing before it: begin one later.",
            lambda: lambda sizes: sum(sizes[l] * (sizes[l - 1] + 1) for l in range(len(sizes))),
        ),
        WrongAnswer(
            "three sizes, written out",
            "Right for three sizes, like [3, 2, 1]. A network may have any number of layers: go through the list from "
            "neighbour to neighbour.",
            lambda: _three_sizes_by_name,
            also=(lambda: lambda sizes: count_parameters([sizes[0], sizes[1], sizes[2]]),),
        ),
        WrongAnswer(
            "wires that skip layers",
            "You count wires from each layer to *all* later ones. Here a layer is wired to the next one only.",
            lambda: lambda sizes: sum(i * o for i, o in combinations(sizes, 2)) + sum(sizes[1:]),
        ),
    ),
    rtol=1e-12,
)


# xor_network

POINTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
WANTED = np.array([0, 1, 1, 0])
NO, YES = 0.4, 0.6


def _is_xor(y: NDArray) -> bool:
    return bool(np.where(WANTED == 1, y > YES, y < NO).all())


def _layers(value: Any) -> Params | str:
    """`value` as params of a network with two inputs and one output, or what keeps it from being that."""
    if not isinstance(value, (list, tuple)) or not value:
        return f"It returned {_described(value)}, where a list of (W, b) pairs is asked for."
    layers, n_in = [], 2
    for l, pair in enumerate(value, start=1):
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            return f"Layer {l} is {_described(pair)}, where a pair (W, b) is asked for."
        W, b = map(as_numbers, pair)
        if W is None or b is None or W.ndim != 2 or b.ndim != 1:
            return (
                f"Layer {l}: W is {_described(pair[0])} and b is {_described(pair[1])}; asked for is a table and a row."
            )
        if W.shape[1] != n_in or b.shape != W.shape[:1]:
            return (
                f"Layer {l}: W has shape {W.shape} and b {b.shape}. What enters has {n_in} numbers, so W is (out, "
                f"{n_in}), and b is (out,)."
            )
        if not (np.isfinite(W).all() and np.isfinite(b).all()):
            return f"Layer {l} holds numbers that are not finite."
        layers.append((W, b))
        n_in = len(W)
    return layers if n_in == 1 else f"The last layer has {n_in} neurons, where one output is asked for."


def _described(value: Any) -> str:
    array = as_numbers(value)
    if array is not None:
        return f"an array of shape {array.shape}" if array.ndim else "a single number"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} of {len(value)}"
    return {"dict": "a dictionary", "str": "a text"}.get(type(value).__name__, f"{type(value).__name__}")


def _outputs(layers: Params, X: NDArray = POINTS, hidden: Callable = sigmoid, output: Callable = sigmoid) -> NDArray:
    """(4,) What the layers make of the four points with these activations."""
    with np.errstate(all="ignore"):
        for W, b in layers[:-1]:
            X = hidden(X @ W.T + b)
        return output(X @ layers[-1][0].T + layers[-1][1])[:, 0]


def _undecided(layers: Params) -> bool:
    """Whether a neuron of the first layer has its border so near to one of the four points that it says about ½."""
    (W, b), *_ = layers
    Z = np.abs(POINTS @ W.T + b)
    return bool((np.minimum(0.2, 0.1 * np.linalg.norm(W, axis=1)) > Z).any())


def _parted(layers: Params) -> bool:
    """Whether a straight line parts discs from rings in hidden space, with room on both sides of it."""
    H = np.column_stack([sigmoid(affine(POINTS, *layers[0])), np.ones(4)])
    line = np.linalg.lstsq(H, 2.0 * WANTED - 1)[0]
    return bool(((H @ line > 0.5) == WANTED).all() and (np.abs(H @ line) > 0.5).all() and np.abs(line).max() < 8)


def examine_xor(task: Task, trial: Trial) -> str:
    """Which point is off, or what is wrong with the form. (The points are no secret: the task names all four.)"""
    layers = _layers(trial.outcome.value)
    if isinstance(layers, str):
        return layers
    y = _outputs(layers)
    wrong = [n for n in range(4) if not (y[n] > YES if WANTED[n] else y[n] < NO)]
    if not wrong:
        return ""
    n = wrong[0]
    asked = f"above {YES}" if WANTED[n] else f"below {NO}"
    return (
        f"Right at {4 - len(wrong)} of the 4 points. At ({POINTS[n, 0]}, {POINTS[n, 1]}) the output is {y[n]:.4f}, "
        f"and XOR asks for {asked}."
    )


STEPS = (lambda z: (z > 0) * 1.0, lambda z: (z >= 0) * 1.0)


def _as_it_is(z: NDArray) -> NDArray:
    return z


def _axes(value: Any) -> list:
    """The number of axes of each entry of a list, None for what is not numbers; empty for all but lists."""
    if not isinstance(value, (list, tuple)):
        return []
    return [None if (array := as_numbers(entry)) is None else array.ndim for entry in value]


def _pairs(value: Any) -> list[tuple[NDArray, NDArray]]:
    """The pairs of arrays in a list of such pairs, whatever their shapes; empty for all else."""
    axes = [_axes(pair) for pair in value] if isinstance(value, (list, tuple)) else [[]]
    if not all(len(pair) == 2 and None not in pair for pair in axes):
        return []
    return [(as_numbers(W), as_numbers(b)) for W, b in value]


def _outputs_instead(value: Any) -> bool:
    """Whether it is XOR's four outputs, or its table with the outputs in the last column."""
    array = as_numbers(value)
    if array is None or array.size not in (4, 12) or (array.size == 12 and array.shape != (4, 3)):
        return False
    return _is_xor(array.ravel() if array.size == 4 else array[:, 2])


def _form(test: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """A test of a value that is no network with two inputs and one output."""
    return lambda value: isinstance(_layers(value), str) and test(value)


def _function(test: Callable[[Params], bool]) -> Callable[[Any], bool]:
    """A test of the layers of such a network that is not XOR."""

    def holds(value: Any) -> bool:
        layers = _layers(value)
        return not isinstance(layers, str) and not _is_xor(_outputs(layers)) and bool(test(layers))

    return holds


def _says(*tables: str) -> Callable[[Any], bool]:
    """Whether the outputs at the four points are on these sides of ½: "0111" is OR."""
    return _function(lambda layers: "".join("01"[int(y > 0.5)] for y in _outputs(layers)) in tables)


def _turned(layers: Params) -> Params:
    return [(W.T if W.shape[0] == W.shape[1] else W, b) for W, b in layers]


HIDDEN = np.array([[20, 20], [-20, -20]]), np.array([-10, 30])
BOTH = np.array([[20, 20]]), np.array([-30])
RIGHT = [HIDDEN, BOTH]


def _one_hidden_layer(W1: list, b1: list, W2: list, b2: list) -> list:
    return [(np.array(W1), np.array(b1)), (np.array(W2), np.array(b2))]


# (name, what a teacher says, a value that is wrong in this way, whether another value is): the first
# that holds is the name. What can be said for certain of the cause comes before what it looks like.
XOR_FAULTS: tuple[tuple[str, str, Any, Callable[[Any], bool]], ...] = (
    (
        "the outputs in place of the parameters",
        "You returned the outputs that XOR should have. Asked for are the numbers *inside* a network, its weights and "
        "biases, with which `network` computes those outputs.",
        [0, 1, 1, 0],
        _form(_outputs_instead),
    ),
    (
        "a dictionary",
        "Your parameters stand in a dictionary. The form in this course is a list with a pair (W, b) for each layer, "
        "first layer first: that is what the loop in `network` takes apart.",
        {"W1": HIDDEN[0], "b1": HIDDEN[1], "W2": BOTH[0], "b2": BOTH[1]},
        _form(lambda value: isinstance(value, dict)),
    ),
    (
        "one flat list",
        "W and b stand one after the other in a flat list. Each layer is a pair of its own, in round brackets, and the "
        "list holds the pairs.",
        [*HIDDEN, *BOTH],
        _form(lambda value: bool(axes := _axes(value)) and axes == [2, 1] * (len(axes) // 2)),
    ),
    (
        "weights without biases",
        "Your list holds tables of weights only. Each layer is a pair (W, b): the biases decide where the neurons' "
        "borders lie.",
        [HIDDEN[0], BOTH[0]],
        _form(lambda value: bool(axes := _axes(value)) and set(axes) == {2}),
    ),
    (
        "b before W",
        "In your pairs b stands before W. The order is (W, b).",
        [(b, W) for W, b in RIGHT],
        _form(lambda value: bool(pairs := _pairs(value)) and all(W.ndim == 1 and b.ndim == 2 for W, b in pairs)),
    ),
    (
        "a bias that is a single number",
        "A bias of yours is a bare number. b has one entry for each neuron of its layer, also where there is only one "
        "neuron: a list with one entry.",
        [HIDDEN, (BOTH[0], -30)],
        _form(lambda value: any(W.ndim == 2 and b.ndim == 0 for W, b in _pairs(value))),
    ),
    (
        "a bias with two axes",
        "A b of yours has two axes, a table of one row or one column. It is a plain row, of shape (out,): one pair of "
        "square brackets.",
        [(W, b[:, None]) for W, b in RIGHT],
        _form(lambda value: any(W.ndim == 2 and b.ndim == 2 for W, b in _pairs(value))),
    ),
    (
        "weights that are no table",
        "A W of yours is a plain row. It is a table with one row for each neuron, also where there is only one: "
        "then it has two pairs of square brackets, and the shape (1, in).",
        [HIDDEN, (BOTH[0][0], BOTH[1])],
        _form(lambda value: any(W.ndim == 1 and b.ndim == 1 for W, b in _pairs(value))),
    ),
    (
        "the last layer first",
        "Your layers stand in the wrong order: the first pair of the list is the one that x meets.",
        RIGHT[::-1],
        _form(lambda value: isinstance(value, (list, tuple)) and not isinstance(_layers(value[::-1]), str)),
    ),
    (
        "W the other way round",
        "Your tables are turned: one *column* for each neuron. Here row i holds the weights of neuron i, so W has the "
        "shape (out, in).",
        [(HIDDEN[0].T, HIDDEN[1]), (BOTH[0].T, BOTH[1])],
        _form(lambda value: not isinstance(_layers([(W.T, b) for W, b in _pairs(value)]), str)),
    ),
    (
        "more than one output",
        "Your layers fit to each other, but the last one has more than one neuron. XOR is one question, so one output "
        "answers it: near 1 for yes, near 0 for no.",
        [HIDDEN, (np.array([[20, 20], [-20, -20]]), np.array([-30, 30]))],
        _form(lambda value: str(_layers(value)).startswith("The last layer has")),
    ),
    (
        "no hidden layer",
        "Your network is one neuron. Lesson 1a showed that its border is a straight line, and no straight line parts "
        "these four points: it takes a hidden layer.",
        [BOTH],
        _function(lambda layers: len(layers) == 1),
    ),
    (
        "a layer of zeros",
        "All weights of a layer are 0, so nothing of what enters gets through it: your network says the same at all "
        "four points.",
        _one_hidden_layer([[0, 0], [0, 0]], [0, 0], [[0, 0]], [0]),
        _function(lambda layers: any(not W.any() for W, _ in layers)),
    ),
    (
        "one hidden neuron",
        "Your hidden layer is a single neuron. Its one number rises or falls across the plane, and the output neuron "
        "can only follow it: a second hidden neuron is needed.",
        [(HIDDEN[0][:1], HIDDEN[1][:1]), (np.array([[20]]), np.array([-10]))],
        _function(lambda layers: len(layers) == 2 and len(layers[0][0]) == 1),
    ),
    (
        "hidden neurons all alike",
        "Your hidden neurons have the same weights and the same bias, so they say the same, and together they know no "
        "more than one neuron. Give each a question of its own.",
        _one_hidden_layer([[20, 20], [20, 20]], [-10, -10], [[20, 20]], [-30]),
        _function(lambda layers: len(layers) == 2 and len(np.unique(np.column_stack(layers[0]), axis=0)) == 1),
    ),
    (
        "not sure enough",
        "All four outputs are on the right side of ½, so you have XOR. They are only not sure enough: below 0.4 or "
        "above 0.6 is asked for. What did 1a show of a neuron whose weights and bias are all ten times as large?",
        _one_hidden_layer([[20, 20], [-20, -20]], [-10, 30], [[0.5, 0.5]], [-0.75]),
        _function(lambda layers: (((y := _outputs(layers)) > 0.51) == WANTED).all() and ((y < 0.49) != WANTED).all()),
    ),
    (
        "upside down",
        "Your network says yes where XOR says no, at all four points. Which neuron can turn its answer round, and what "
        "happens to σ(z) when z changes its sign?",
        _one_hidden_layer([[20, 20], [-20, -20]], [-10, 30], [[-20, -20]], [30]),
        _says("1001"),
    ),
    (
        "thresholds in place of biases",
        'With every bias\'s sign turned, your numbers solve XOR. A threshold is subtracted, as in "more than 5?", and '
        "a bias is added: it is minus the threshold.",
        [(W, -b) for W, b in RIGHT],
        _function(lambda layers: _is_xor(_outputs([(W, -b) for W, b in layers]))),
    ),
    (
        "a square W turned",
        "With the rows and columns of its square W exchanged, your network solves XOR. Row i of W belongs to neuron i; "
        "in your numbers each *column* seems to be a neuron.",
        _one_hidden_layer([[20, -20], [20, -20]], [-10, 30], [[20, 20]], [-30]),
        _function(lambda layers: _is_xor(_outputs(_turned(layers)))),
    ),
    (
        "the last σ forgotten",
        "Without the last σ your outputs would be XOR: the output neuron's weighted sum is low where 0 is asked for. "
        "But then comes σ, and σ(0) is ½ already. To say no, the weighted sum must be well below 0.",
        _one_hidden_layer([[20, 20], [-20, -20]], [-10, 30], [[1, 1]], [-1]),
        _function(lambda layers: _is_xor(_outputs(layers, output=_as_it_is))),
    ),
    (
        "weights for ReLU",
        "With max(z, 0) in the hidden layer and no σ in the last, your numbers solve XOR. This network has σ in both, "
        "and σ(0) is ½, not 0: for a no, z has to be well below 0, and it is the bias that puts it there.",
        _one_hidden_layer([[1, 1], [1, 1]], [0, -1], [[1, -2]], [0]),
        _function(lambda layers: _is_xor(_outputs(layers, hidden=relu, output=_as_it_is))),
    ),
    (
        "weights for a hard step",
        "If each neuron stepped hard from 0 to 1, your numbers would solve XOR. σ is soft: a z near 0 gives something "
        "near ½, and the next neuron gets half-hearted answers. How do you make σ nearly a step?",
        _one_hidden_layer([[1, 1], [1, 1]], [-0.5, -1.5], [[1, -2]], [-0.5]),
        _function(lambda layers: any(_is_xor(_outputs(layers, hidden=s, output=s)) for s in STEPS)),
    ),
    (
        "inputs of −1 and 1",
        "For inputs of −1 and 1 your network is XOR; here they are 0 and 1. The points stand elsewhere, so the hidden "
        "neurons' borders, which the biases set, have to move.",
        _one_hidden_layer([[20, 20], [-20, -20]], [20, 20], [[20, 20]], [-30]),
        _function(lambda layers: _is_xor(_outputs(layers, X=2 * POINTS - 1))),
    ),
    (
        "an undecided hidden neuron",
        "At one of the four points the z of a hidden neuron is 0 or nearly so, and it answers ½, neither yes nor no: "
        "its border runs through that point. Move the bias, so that each point lies clearly on one side.",
        _one_hidden_layer([[20, 20], [-20, -20]], [-20, 40], [[20, 20]], [-30]),
        _function(lambda layers: len(layers) == 2 and _undecided(layers)),
    ),
    (
        "the output neuron",
        "Your hidden neurons have done their part: in hidden space a straight line can part the discs from the rings. "
        "The output neuron draws another line. Write down what the hidden neurons say of each point, and choose its "
        "weights and its bias anew: z above 0 for the two discs alone.",
        _one_hidden_layer([[20, 20], [-20, -20]], [-10, 30], [[20, 20]], [-10]),
        _function(lambda layers: len(layers) == len(layers[0][0]) == 2 and _parted(layers)),
    ),
    (
        "weights for tanh",
        'With tanh in the hidden layer your numbers solve XOR: there "no" is −1. A σ that says no gives 0, so it adds '
        "nothing to the next sum, and the output's bias has to be another.",
        _one_hidden_layer([[2, 2], [2, 2]], [-1, -3], [[5, -5]], [-5.5]),
        _function(lambda layers: any(_is_xor(_outputs(layers, hidden=np.tanh, output=o)) for o in (sigmoid, np.tanh))),
    ),
    (
        "OR",
        "That is OR: it says yes to (1, 1) as well. One hidden neuron has to notice that *both* inputs are 1, and the "
        "output neuron has to listen to it.",
        _one_hidden_layer([[20, 20], [20, 20]], [-10, -15], [[20, 20]], [-10]),
        _says("0111"),
    ),
    (
        "AND",
        "That is AND: it says yes to (1, 1) alone, and there XOR says no. Yes is wanted where exactly one input is 1.",
        _one_hidden_layer([[20, 0], [0, 20]], [-10, -10], [[20, 20]], [-30]),
        _says("0001"),
    ),
    (
        "not both",
        'That is "not both": it says yes to (0, 0) as well. One hidden neuron has to ask whether *any* input is 1, '
        "and the output neuron has to listen to it.",
        _one_hidden_layer([[20, 0], [0, 20]], [-10, -10], [[-20, -20]], [30]),
        _says("1110"),
    ),
    (
        "neither",
        "Your network says yes to (0, 0) alone, and there XOR says no. Yes is wanted where exactly one input is 1.",
        _one_hidden_layer([[20, 0], [0, 20]], [-10, -10], [[-20, -20]], [10]),
        _says("1000"),
    ),
    (
        "half of XOR",
        "Of the two points where exactly one input is 1, you have one. There are two ways for two inputs to differ: "
        'give each a hidden neuron, or let the output ask for "any, but not both".',
        _one_hidden_layer([[20, -20], [20, -20]], [-10, -15], [[20, 0]], [-10]),
        _says("0010", "0100"),
    ),
    (
        "one input ignored",
        "Your output follows one input and ignores the other. XOR depends on both: is a weight 0, or much smaller than "
        "its neighbour?",
        _one_hidden_layer([[20, 0], [0, 20]], [-10, -10], [[20, 0]], [-10]),
        _says("0011", "0101", "1100", "1010"),
    ),
    (
        "one side of ½",
        "All four outputs lie on the same side of ½. Compute by hand what each hidden neuron says of each point: does "
        "it change its mind from one point to another at all? And does the output's bias leave room for what it says?",
        _one_hidden_layer([[20, 20], [-20, -20]], [-50, 50], [[20, 20]], [-30]),
        _says("0000", "1111"),
    ),
)


def _fault(value: Any) -> str:
    """The name of the first fault that `value` has, "" where it has none of them."""
    return next((name for name, _, _, has in XOR_FAULTS if has(value)), "")


_latest: list = [None, ""]


def _has(name: str, trial: Trial) -> bool:
    if _latest[0] is not trial:  # asked for every fault in turn: look once
        _latest[:] = trial, _fault(trial.outcome.value)
    return _latest[1] == name


def _returning(value: Any) -> Callable[[], Callable]:
    return lambda: lambda: value


XOR_NETWORK = Task(
    "xor_network",
    3,
    lambda: RIGHT,
    groups=(Group("XOR at its four points", 1, lambda rng: [()]),),
    wrong_answers=tuple(
        WrongAnswer(name, says, _returning(value), partial(_has, name)) for name, says, value, _ in XOR_FAULTS
    ),
    examine=examine_xor,
)

TASKS = (NETWORK, COUNT_PARAMETERS, XOR_NETWORK)
