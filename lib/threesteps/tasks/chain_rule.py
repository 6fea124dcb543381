"""3b: the slopes of one neuron, a value that takes two paths, and what enters each weight."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from threesteps.backprop import sigmoid_prime
from threesteps.network import affine, sigmoid
from threesteps.task import Group, Task, WrongAnswer
from threesteps.tasks.networks import LECTURE, network, random_params

# neuron_gradient


def neuron_gradient(x, w, b):
    """(∂a/∂w, ∂a/∂b, ∂a/∂x) of a = σ(w·x + b)."""
    slope = sigmoid_prime(w @ x + b)
    return slope * x, slope, slope * w


def _neuron(rng: np.random.Generator, n: int) -> tuple[NDArray, NDArray, float]:
    return rng.normal(size=n), rng.normal(size=n), float(rng.uniform(0.3, 1.5) * rng.choice([-1, 1]))


def _with_slope(slope: Callable[[float], float]) -> Callable[[], Callable]:
    """Makes an answer that is right but for the slope of σ, slope(z)."""

    def wrong(x, w, b):
        s = slope(w @ x + b)
        return s * x, s, s * w

    return lambda: wrong


def _entry_by_entry(x, w, b):
    s = sigmoid_prime(w * x + b)
    return s * x, s, s * w


def _two_inputs(x, w, b):
    s = sigmoid_prime(w[0] * x[0] + w[1] * x[1] + b)
    return np.array([s * x[0], s * x[1]]), s, np.array([s * w[0], s * w[1]])


def _nudged_to_one_side(x, w, b, h=1e-4):
    def moved(dx, dw, db):
        return (sigmoid((w + dw) @ (x + dx) + b + db) - sigmoid(w @ x + b)) / h

    steps = h * np.eye(len(x))
    return np.array([moved(0, d, 0) for d in steps]), moved(0, 0, h), np.array([moved(d, 0, 0) for d in steps])


NEURON_GRADIENT = Task(
    "neuron_gradient",
    2,
    neuron_gradient,
    groups=(
        Group(
            "two inputs",
            1,
            lambda rng: [(np.array([1, -1]), np.array([1, -2]), 1.0), _neuron(rng, 2), _neuron(rng, 2)],
        ),
        Group(
            "one input, and many",
            1,
            lambda rng: [_neuron(rng, 1), _neuron(rng, 3), _neuron(rng, 7), (np.zeros(3), rng.normal(size=3), -0.5)],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "w and x exchanged",
            "∂a/∂w and ∂a/∂x are exchanged. × swaps: a weight's slope holds the value that *enters through it*, and an "
            "input's slope holds the weight.",
            lambda: lambda x, w, b: neuron_gradient(w, x, b),
        ),
        WrongAnswer(
            "in the order of the arguments",
            "The slopes are right, and they stand in the order x, w, b. Asked for are those of w, of b, and of x last.",
            lambda: lambda x, w, b: tuple(neuron_gradient(x, w, b)[i] for i in (2, 0, 1)),
        ),
        WrongAnswer(
            "b last",
            "The slopes are right, and b's stands last. The order asked for is w, b, x.",
            lambda: lambda x, w, b: tuple(neuron_gradient(x, w, b)[i] for i in (0, 2, 1)),
        ),
        WrongAnswer(
            "σ′ left out",
            "Those are the slopes of z. From z to a the nudge goes through σ too: along a chain slopes multiply, and "
            "the factor σ′(z) is missing.",
            _with_slope(lambda z: 1.0),
        ),
        WrongAnswer(
            "σ in place of σ′",
            "You multiply by σ(z), the value, where the slope σ′(z) belongs.",
            _with_slope(sigmoid),
        ),
        WrongAnswer(
            "σ twice",
            "σ was applied twice: the slope is taken at a, and it belongs at z. In terms of a it is a(1 − a), without "
            "another σ.",
            _with_slope(lambda z: sigmoid_prime(sigmoid(z))),
        ),
        WrongAnswer(
            "the rule for a, applied to z",
            "Your factor is z(1 − z). The rule a(1 − a) wants the activation: a = σ(z) has to come first.",
            _with_slope(lambda z: z * (1 - z)),
        ),
        WrongAnswer(
            "one factor of σ′ only",
            "1 − σ(z) is one of the two factors of σ′. The slope is a(1 − a).",
            _with_slope(lambda z: 1 - sigmoid(z)),
        ),
        WrongAnswer(
            "the slope of tanh",
            "1 − a² is the slope of tanh. This neuron squashes with σ.",
            _with_slope(lambda z: 1 - np.tanh(z) ** 2),
            also=(_with_slope(lambda z: 1 - sigmoid(z) ** 2),),
        ),
        WrongAnswer(
            "no slope at all",
            "All your slopes are 0, and σ is nowhere quite flat. (If the slope is written `a * 1 - a`, that is a − a: "
            "brackets are missing.)",
            _with_slope(lambda z: 0.0),
        ),
        WrongAnswer(
            "the bias left out of z",
            "σ′ is taken at w·x, and z = w·x + b: the bias moves the place on the curve, and with it the slope.",
            lambda: lambda x, w, b: neuron_gradient(x, w, 0.0),
        ),
        WrongAnswer(
            "the bias's slope is 1",
            "∂a/∂w and ∂a/∂x are right, and ∂a/∂b is 1, which is ∂z/∂b. From z to a the bias's nudge goes through σ "
            "like all others.",
            lambda: lambda x, w, b: (*neuron_gradient(x, w, b)[:1], 1.0, neuron_gradient(x, w, b)[2]),
        ),
        WrongAnswer(
            "the bias's slope times b",
            "Your ∂a/∂b has b itself as a factor. How far does z move when b moves by one unit?",
            lambda: (
                lambda x, w, b: (
                    *neuron_gradient(x, w, b)[:1],
                    neuron_gradient(x, w, b)[1] * b,
                    neuron_gradient(x, w, b)[2],
                )
            ),
        ),
        WrongAnswer(
            "σ′ for the weights only",
            "∂a/∂w is right. ∂a/∂x is only w, which is ∂z/∂x: its nudge goes through σ as well.",
            lambda: lambda x, w, b: (*neuron_gradient(x, w, b)[:2], w),
        ),
        WrongAnswer(
            "entry by entry",
            "You don't add up: `*` gives one product for each input, and the neuron has only one z, their sum with b. "
            "So there is one slope σ′(z) for all of them.",
            lambda: _entry_by_entry,
        ),
        WrongAnswer(
            "w times x everywhere",
            "Both slopes hold w times x. × swaps: the slope with respect to one factor is the *other* one alone.",
            lambda: (
                lambda x, w, b: (
                    sigmoid_prime(w @ x + b) * w * x,
                    sigmoid_prime(w @ x + b),
                    sigmoid_prime(w @ x + b) * w * x,
                )
            ),
        ),
        WrongAnswer(
            "written out for two inputs",
            "Right for two inputs, and written out for those two. `@` adds up any number of products, and σ′(z) "
            "times a vector works on every entry.",
            lambda: _two_inputs,
        ),
        WrongAnswer(
            "a as well",
            "You return a too. Asked for are the three slopes alone, in the order w, b, x.",
            lambda: lambda x, w, b: (sigmoid(w @ x + b), *neuron_gradient(x, w, b)),
        ),
        WrongAnswer(
            "one long array",
            "The right numbers, all in one long row. Three things are asked for, so that each slope can be told from "
            "the others: an array for w, a number for b, an array for x, with commas between them.",
            lambda: lambda x, w, b: np.hstack(neuron_gradient(x, w, b)),
        ),
        WrongAnswer(
            "without x",
            "∂a/∂w and ∂a/∂b are right, and ∂a/∂x is missing. An input can be nudged as well; the hidden layers of 3c "
            "live on that.",
            lambda: lambda x, w, b: neuron_gradient(x, w, b)[:2],
        ),
        WrongAnswer(
            "sign",
            "Your slopes have the wrong sign. σ rises everywhere, so a larger b makes a larger a.",
            _with_slope(lambda z: -sigmoid_prime(z)),
        ),
        WrongAnswer(
            "a nudge to one side",
            "That is a nudge to one side, close and not exact: a few digits only. The chain rule gives the slopes "
            "without any nudge.",
            lambda: _nudged_to_one_side,
        ),
    ),
)


# two_paths


def two_paths(s):
    """(f, via_u, via_v) for f = u·v + sin u with u = s², v = e^s."""
    u, v = s**2, np.exp(s)
    via_u = (v + np.cos(u)) * (2 * s)
    via_v = u * v
    return u * v + np.sin(u), via_u, via_v


def _paths(via_u: Callable, via_v: Callable | None = None, f: Callable | None = None) -> Callable[[], Callable]:
    """Makes an answer that is right but for the parts given: functions of s, u, v."""

    def wrong(s):
        u, v = s * s, np.exp(s)
        right = two_paths(s)
        return (
            f(s, u, v) if f else right[0],
            via_u(s, u, v) if via_u else right[1],
            via_v(s, u, v) if via_v else right[2],
        )

    return lambda: wrong


TWO_PATHS = Task(
    "two_paths",
    4,
    two_paths,
    groups=(
        Group(
            "positive s",
            1,
            lambda rng: [(1.0,), (0.5,), (float(rng.uniform(0.2, 2.0)),), (2,), (float(rng.uniform(2, 3)),)],
        ),
        Group(
            "s = 0, and negative s",
            1,
            lambda rng: [(0.0,), (-1.0,), (float(rng.uniform(-2.5, -0.2)),), (float(rng.uniform(-2.5, -0.2)),), (-2,)],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "the paths exchanged",
            "The two contributions are exchanged: first the value, then what comes by way of u, then by way of v.",
            lambda: lambda s: tuple(two_paths(s)[i] for i in (0, 2, 1)),
        ),
        WrongAnswer(
            "the path stops at u and v",
            "Those are ∂f/∂u and ∂f/∂v: the second half of each path. The nudge starts at s, so each is to be "
            "multiplied by how far s moves u, or v.",
            _paths(lambda s, u, v: v + np.cos(u), lambda s, u, v: u),
        ),
        WrongAnswer(
            "the path goes only as far as u and v",
            "Those are du/ds and dv/ds: the first half of each path. Along a path slopes multiply, up to the end, "
            "which is f.",
            _paths(lambda s, u, v: 2 * s, lambda s, u, v: v),
        ),
        WrongAnswer(
            "the sine forgotten on the way",
            "u is read twice: by the product and by the sine. Your path by way of u has the product's slope, v, and "
            "the sine's is missing: at a fork the ways add.",
            _paths(lambda s, u, v: v * 2 * s),
        ),
        WrongAnswer(
            "the product forgotten on the way",
            "u is read twice: by the sine and by the product. Your path by way of u has the sine's slope, cos u, and "
            "the product's is missing: at a fork the ways add.",
            _paths(lambda s, u, v: np.cos(u) * 2 * s),
        ),
        WrongAnswer(
            "the ways multiplied",
            "u is read by the product and by the sine, and you *multiply* the two slopes. They lie beside each other, "
            "not one after the other: at a fork the ways add.",
            _paths(lambda s, u, v: v * np.cos(u) * 2 * s),
        ),
        WrongAnswer(
            "× keeps its own",
            "× swaps: for f = u·v + … the slope along u holds v, and the slope along v holds u. You have each keep its "
            "own value.",
            _paths(lambda s, u, v: (u + np.cos(u)) * 2 * s, lambda s, u, v: v * v),
        ),
        WrongAnswer(
            "u's own value on the path of u",
            "× swaps: the slope of u·v along u is v. In your path by way of u stands u.",
            _paths(lambda s, u, v: (u + np.cos(u)) * 2 * s),
        ),
        WrongAnswer(
            "v's own value on the path of v",
            "× swaps: the slope of u·v along v is u. In your path by way of v stands v.",
            _paths(None, lambda s, u, v: v * v),
        ),
        WrongAnswer(
            "the sine is not differentiated",
            "In your path by way of u stands sin u where its slope belongs. The slope of the sine is the cosine.",
            _paths(lambda s, u, v: (v + np.sin(u)) * 2 * s),
        ),
        WrongAnswer(
            "sign of the cosine",
            "The slope of sin u is cos u, with a plus. (The minus comes in when a cosine is differentiated.)",
            _paths(lambda s, u, v: (v - np.cos(u)) * 2 * s),
        ),
        WrongAnswer(
            "the cosine of s",
            "You take the cosine of s. The sine sits on u, so its slope is taken at u.",
            _paths(lambda s, u, v: (v + np.cos(s)) * 2 * s),
        ),
        WrongAnswer(
            "the 2 of s² forgotten",
            "The slope of s² is twice s: your path by way of u is half as large as it should be.",
            _paths(lambda s, u, v: (v + np.cos(u)) * s),
        ),
        WrongAnswer(
            "the slope of s² at one place",
            "You use 2 for du/ds. That is right at s = 1 only: s² is steeper the farther out it goes.",
            _paths(lambda s, u, v: (v + np.cos(u)) * 2),
        ),
        WrongAnswer(
            "s² in place of its slope",
            "In your path by way of u stands u itself, s², where its slope du/ds belongs.",
            _paths(lambda s, u, v: (v + np.cos(u)) * u),
        ),
        WrongAnswer(
            "du/ds for the sine only",
            "By way of u, du/ds multiplies *everything* that hands u a slope: the product's v as well as the sine's "
            "cosine. Look at the brackets.",
            _paths(lambda s, u, v: v + np.cos(u) * 2 * s),
        ),
        WrongAnswer(
            "du/ds for the product only",
            "By way of u, du/ds multiplies *everything* that hands u a slope: the sine's cosine as well as the "
            "product's v. Look at the brackets.",
            _paths(lambda s, u, v: v * 2 * s + np.cos(u)),
        ),
        WrongAnswer(
            "du/ds twice",
            "The factor du/ds stands twice in the sine's part: cos u · 2s is its whole way from s already.",
            _paths(lambda s, u, v: (v + np.cos(u) * 2 * s) * 2 * s),
        ),
        WrongAnswer(
            "the power rule on eˢ",
            "You treat eˢ as a power of s. In eˢ the s is in the exponent: it is its own slope.",
            _paths(None, lambda s, u, v: u * s * np.exp(s - 1)),
        ),
        WrongAnswer(
            "dv/ds left out",
            "By way of u all is right. By way of v the last factor is missing: how far does v move when s moves?",
            _paths(None, lambda s, u, v: u),
        ),
        WrongAnswer(
            "du/ds on both paths",
            "Your path by way of v has du/ds in it, the slope of the other path. On this path s moves v.",
            _paths(None, lambda s, u, v: u * 2 * s),
        ),
        WrongAnswer(
            "the sine on both paths",
            "In your path by way of v stands the sine's slope. v is read once, by the product; only u feeds the sine.",
            _paths(None, lambda s, u, v: (u + np.cos(u)) * v),
        ),
        WrongAnswer(
            "by terms, not by paths",
            "Your two parts add up to df/ds, but they are those of the *terms* of f: one of u·v, one of sin u. Asked "
            "for is how much comes by way of u, in both terms together, and how much by way of v.",
            _paths(lambda s, u, v: v * 2 * s + u * v, lambda s, u, v: np.cos(u) * 2 * s),
        ),
        WrongAnswer(
            "the sum, twice",
            "You return df/ds, the sum of both, in both places. Asked for is what *each* path contributes; you have "
            "added them already.",
            _paths(lambda s, u, v: sum(two_paths(s)[1:]), lambda s, u, v: sum(two_paths(s)[1:])),
        ),
        WrongAnswer(
            "the sum in place of the two paths",
            "You return the value and df/ds, the sum of both paths. Asked for is what *each* contributes: three "
            "numbers.",
            lambda: lambda s: (two_paths(s)[0], sum(two_paths(s)[1:])),
        ),
        WrongAnswer(
            "df/ds alone",
            "That is df/ds, right and all in one. Asked for are three numbers: the value of f, and what each path "
            "contributes.",
            lambda: lambda s: sum(two_paths(s)[1:]),
        ),
        WrongAnswer(
            "without the value",
            "Both paths are right, and the value of f, which comes first, is missing.",
            lambda: lambda s: two_paths(s)[1:],
        ),
        WrongAnswer(
            "f without the sine",
            "Both paths are right. The value is u·v alone: the sine is missing in f itself.",
            _paths(None, None, lambda s, u, v: u * v),
        ),
        WrongAnswer(
            "the sine of s",
            "Both paths are right. In the value f the sine is taken of s, and it sits on u.",
            _paths(None, None, lambda s, u, v: u * v + np.sin(s)),
        ),
    ),
)


# forward_pass


def forward_pass(x, params):
    """[x, a¹, …]: what enters each layer."""
    entering = [x]
    for W, b in params[:-1]:
        entering.append(sigmoid(W @ entering[-1] + b))
    return entering


def _entering(layer: Callable) -> Callable[[], Callable]:
    """Makes an answer that is right but for what a layer passes on, layer(a, W, b)."""
    return lambda: lambda x, params: list(accumulate(params[:-1], lambda a, pair: layer(a, *pair), initial=x))


def _weighted_sums(x, params):
    return [x, *(affine(a, *pair) for a, pair in zip(forward_pass(x, params), params[:-1]))]


def _three_by_name(x, params):
    (W1, b1), (W2, b2), _ = params
    return forward_pass(x, [(W1, b1), (W2, b2), _])


def _two_by_name(x, params):
    W, b = params[0]
    return [x, sigmoid(W @ x + b)]


def _x_in_every_layer(x, params):
    return [x, *(sigmoid(W @ x + b) for W, b in params[:-1])]


def _one_row_for_each_weight(x, params):
    return [np.tile(a, (len(b), 1)) for a, (_, b) in zip(forward_pass(x, params), params)]


def _passed_through(rng: np.random.Generator, *sizes: int) -> tuple[NDArray, list]:
    return rng.normal(size=sizes[0]), random_params(rng, *sizes)


FORWARD_PASS = Task(
    "forward_pass",
    2,
    forward_pass,
    groups=(
        Group(
            "three layers",
            1,
            lambda rng: [
                (np.array([1, -1]), LECTURE),
                _passed_through(rng, 3, 4, 5, 2),
                _passed_through(rng, 3, 3, 3, 3),
            ],
        ),
        Group(
            "one layer, two, and many",
            1,
            lambda rng: [
                _passed_through(rng, 3, 2),
                _passed_through(rng, 2, 5, 1),
                _passed_through(rng, 4, 2, 3, 6, 5, 2),
            ],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "the output as well",
            "Your list has the network's output at its end. The output enters no layer, so it multiplies no weight: "
            "the list has one vector for each layer.",
            lambda: lambda x, params: [*forward_pass(x, params), network(x, params)],
        ),
        WrongAnswer(
            "what leaves each layer",
            "Your list holds what *leaves* each layer, a¹ up to the output. What enters is one station earlier: it "
            "begins with x, and the output is not in it.",
            lambda: lambda x, params: [*forward_pass(x, params)[1:], network(x, params)],
        ),
        WrongAnswer(
            "x left out",
            "x is missing. It enters the first layer, so its entries are the ∂z/∂w of the first layer's weights.",
            lambda: lambda x, params: forward_pass(x, params)[1:],
        ),
        WrongAnswer(
            "the last vector only",
            "You return only what enters the last layer. All of them are asked for: keep each in a list on the way.",
            lambda: lambda x, params: forward_pass(x, params)[-1],
        ),
        WrongAnswer(
            "the output only",
            "That is the network's output. Asked for is what enters each layer on the way to it.",
            lambda: network,
        ),
        WrongAnswer(
            "weighted sums in the list",
            "Behind x your list holds the weighted sums z. What enters the next layer is a = σ(z).",
            lambda: _weighted_sums,
        ),
        WrongAnswer(
            "no σ",
            "There is no σ: you pass the bare weighted sums on. What enters the next layer is a = σ(z).",
            _entering(lambda a, W, b: affine(a, W, b)),
        ),
        WrongAnswer(
            "x in every layer",
            "Every layer gets x again. Each gets what the one before it gave: the last vector in your list so far.",
            lambda: _x_in_every_layer,
        ),
        WrongAnswer(
            "no biases",
            "The biases are missing: a = σ(W a + b), with the a on the right from the layer before.",
            _entering(lambda a, W, b: sigmoid(W @ a)),
        ),
        WrongAnswer(
            "W turned",
            "Row i of W belongs to neuron i, and with a on its left W has to be turned over (or stand on a's left). "
            "With square layers no shape complains, and the numbers are wrong all the same.",
            _entering(lambda a, W, b: sigmoid(a @ W + b)),
        ),
        WrongAnswer(
            "slopes in place of activations",
            "Behind x your list holds σ′(z). What enters a weight is the activation itself; σ′ belongs to the other "
            "half, the way back.",
            lambda: lambda x, params: [x, *(a * (1 - a) for a in forward_pass(x, params)[1:])],
        ),
        WrongAnswer(
            "x squashed",
            "You squash x too. The input enters the first layer as it is.",
            lambda: lambda x, params: forward_pass(sigmoid(x), params),
        ),
        WrongAnswer(
            "three layers, written out",
            "Right for three layers, and any other number is an error: your code unpacks exactly three pairs. A loop "
            "takes as many as come.",
            lambda: _three_by_name,
        ),
        WrongAnswer(
            "two layers, written out",
            "Your list has two vectors, however many layers there are: x and what the first layer makes of it. What "
            "enters every layer but the first is made by the one before it: a loop goes through all of them.",
            lambda: _two_by_name,
        ),
        WrongAnswer(
            "the first layer passed over",
            "You go through the layers from the second on, and x enters the second. It belongs to the first; the "
            "one that your loop can leave out is the *last*, whose output enters nothing.",
            lambda: lambda x, params: forward_pass(x, [*params[1:], params[0]]),
        ),
        WrongAnswer(
            "all numbers in a row",
            "All numbers stand in one long row, and no longer show which layer they enter. `append` puts a vector into "
            "a list as one thing; `+=` and `extend` put its numbers in, one by one.",
            lambda: lambda x, params: np.concatenate(forward_pass(x, params)),
        ),
        WrongAnswer(
            "from the end",
            "The right vectors, last one first. First layer first.",
            lambda: lambda x, params: forward_pass(x, params)[::-1],
        ),
        WrongAnswer(
            "a row for each neuron",
            "You repeat what enters for every neuron of the layer, one number a weight. Those are all ∂z/∂w; but all "
            "rows are equal, and the vector alone, once a layer, is asked for.",
            lambda: _one_row_for_each_weight,
        ),
        WrongAnswer(
            "a 1 for the bias",
            "Each vector of yours has a 1 more, for the bias. ∂z/∂b is 1, true, and the list asks for the weights' "
            "alone.",
            lambda: lambda x, params: [np.append(a, 1.0) for a in forward_pass(x, params)],
        ),
        WrongAnswer(
            "a list with one vector too few",
            "What enters the last layer is missing: its weights have a ∂z/∂w too. The list is as long as params.",
            lambda: lambda x, params: forward_pass(x, params)[:-1],
        ),
        WrongAnswer(
            "the weights",
            "You return the weights. A weight is ∂z/∂a, what an input is multiplied by; for ∂z/∂w × swaps: it is the "
            "value that enters.",
            lambda: lambda x, params: [W for W, _ in params],
        ),
        WrongAnswer(
            "rounded",
            "The right numbers, rounded to two decimals. Compute with all digits, and round where you print.",
            lambda: lambda x, params: [np.round(a, 2) for a in forward_pass(x, params)],
        ),
    ),
)

TASKS = (NEURON_GRADIENT, TWO_PATHS, FORWARD_PASS)
