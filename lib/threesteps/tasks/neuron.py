"""1a: one neuron, one layer, and how steep the sigmoid is."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from threesteps.backprop import sigmoid_prime
from threesteps.network import affine, sigmoid
from threesteps.task import Group, Task, WrongAnswer

# sigmoid


def _naive(z):
    return 1 / (1 + np.exp(-z))


def _for_one_number(z):
    return 1 / (1 + math.exp(-z))


def _cases_for_one_number(z):
    return 1 / (1 + np.exp(-z)) if z >= 0 else np.exp(z) / (1 + np.exp(z))


def _step(at_zero, z):
    return np.heaviside(np.asarray(z, dtype=float), at_zero)


SIGMOID = Task(
    "sigmoid",
    3,
    sigmoid,
    groups=(
        Group("one number", 1, lambda rng: [(4.0,), (-2.0,), (0.0,), (float(rng.normal(0, 3)),)]),
        Group(
            "arrays, whole numbers too",
            1,
            lambda rng: [(rng.normal(0, 3, 5),), (rng.normal(0, 3, (4, 3)),), (rng.integers(-5, 6, (2, 3, 2)),)],
        ),
        Group(
            "far from zero, without a warning",
            1,
            lambda rng: [(-1000.0,), (1000.0,), (rng.uniform(-1000, 1000, 6),), (np.array([[-800, 0, 800]]),)],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "sign of the exponent",
            "Your curve falls where σ rises: σ(4) is close to 1, but 1/(1 + e⁴) is close to 0. "
            "Look at the sign in the exponent: it is e to the minus z. (If you tell two cases apart: which one is for "
            "z ≥ 0?)",
            lambda: lambda z: np.where(z <= 0, 1.0, np.exp(-np.abs(z))) / (1 + np.exp(-np.abs(z))),
        ),
        WrongAnswer(
            "sign of the exponent, and overflow",
            "Your curve falls where σ rises: σ(4) is close to 1, but 1/(1 + e⁴) is close to 0. "
            "Look at the sign in the exponent: it is e to the minus z. (It also overflows at z = 1000.)",
            lambda: lambda z: 1 / (1 + np.exp(z)),
        ),
        WrongAnswer(
            "overflow at very negative z",
            "The formula is right, and the computer's numbers run out: at z = −1000 it needs e¹⁰⁰⁰, which overflows. "
            "For negative z use the same fraction multiplied by eᶻ above and below, so that only e^(−|z|) is needed.",
            lambda: _naive,
        ),
        WrongAnswer(
            "overflow at very positive z",
            "eᶻ/(1 + eᶻ) is the right formula, but at z = 1000 it is ∞/∞, which is nan. "
            "For positive z divide above and below by eᶻ, so that only e^(−|z|) is needed.",
            lambda: lambda z: np.exp(z) / (1 + np.exp(z)),
        ),
        WrongAnswer(
            "both formulas computed",
            "The values are right, and on both sides of zero something overflows that isn't needed. Was `np.where` "
            "given both formulas? It computes each of them for every z, and chooses afterwards. Built from e^(−|z|) "
            "alone, neither can overflow.",
            lambda: lambda z: np.where(np.asarray(z) >= 0, _naive(z), np.exp(z) / (1 + np.exp(z))),
        ),
        WrongAnswer(
            "the same on both sides of zero",
            "Your curve is its own mirror image: σ(−2) comes out as σ(2). e^(−|z|) stands for e^(−z) only where z ≥ 0. "
            "For negative z the fraction has the same denominator, and another numerator.",
            lambda: lambda z: _naive(np.abs(z)),
        ),
        WrongAnswer(
            "numbers only",
            "It works for one number, and an array is too much for it: `math.exp`, `float` and `if` take single "
            "numbers only. np.exp works on every entry of an array at once, np.where chooses for every entry, and both "
            "take single numbers as well.",
            lambda: _for_one_number,
            also=(lambda: _cases_for_one_number,),
        ),
        WrongAnswer(
            "clipped",
            "The warning is gone, but so are the values: you cut z off, and a neuron that is surer than that can't "
            "say so. No cutting is needed when only e^(−|z|) is computed.",
            lambda: lambda z: _naive(np.clip(z, -10, 10)),
            also=(lambda: lambda z: _naive(np.clip(z, -20, 20)),),
        ),
        WrongAnswer(
            "tanh in place of σ",
            "That is tanh, which runs from −1 to 1. σ runs from 0 to 1, and σ(0) is ½. "
            "(The two are relatives: σ(z) = (1 + tanh(z/2))/2.)",
            lambda: np.tanh,
        ),
        WrongAnswer(
            "e without the one",
            "1/e⁻ᶻ is just eᶻ: it passes 1 already at z = 0. The 1 in the denominator is what keeps σ below 1.",
            lambda: lambda z: 1 / np.exp(-z),
        ),
        WrongAnswer(
            "brackets",
            "Look at the brackets: 1 / 1 + e⁻ᶻ is read as (1/1) + e⁻ᶻ. The whole denominator, 1 + e⁻ᶻ, "
            "needs its own pair.",
            lambda: lambda z: 1 / 1 + np.exp(-z),
        ),
        WrongAnswer(
            "the slope in place of the value",
            "That is σ(z)(1 − σ(z)), the slope of σ, which the third task asks for. Here the value σ(z) itself is "
            "wanted.",
            lambda: sigmoid_prime,
        ),
        WrongAnswer(
            "a hard step",
            "That is a hard step from 0 to 1. σ is its soft version: near z = 0 it passes through every value between, "
            "which is what gives it a slope to learn from.",
            lambda: partial(_step, 0.5),
            also=(lambda: partial(_step, 0.0), lambda: partial(_step, 1.0)),
        ),
        WrongAnswer(
            "rounded",
            "The formula is right, but the result is rounded. Round when you print; compute with all digits.",
            lambda: lambda z: np.round(sigmoid(z), 2),
            also=tuple(lambda digits=digits: lambda z: np.round(sigmoid(z), digits) for digits in (1, 3, 4, 5, 6)),
        ),
    ),
    atol=1e-12,
    quiet=True,
)


# affine


def _layer(rng, n_in, n_out, *batch):
    return rng.normal(size=(*batch, n_in)), rng.normal(size=(n_out, n_in)), rng.normal(size=n_out)


def _whole_inputs(rng, n_in, n_out, *batch):
    """Inputs and biases in whole numbers: what is written into an array like one of these is cut off."""
    X, W, b = _layer(rng, n_in, n_out, *batch)
    return rng.integers(-4, 5, X.shape), W, rng.integers(1, 5, b.shape)


LECTURE = (np.array([1, -1]), np.array([[1, -2], [-1, 1]]), np.array([1, 0]))

AFFINE = Task(
    "affine",
    3,
    affine,
    groups=(
        Group("one example", 1, lambda rng: [LECTURE, _layer(rng, 3, 2), _whole_inputs(rng, 3, 3)]),
        Group("a batch", 1, lambda rng: [_layer(rng, 3, 2, 4), _layer(rng, 2, 5, 3), _layer(rng, 3, 3, 4)]),
        Group(
            "square cases, where no shape warns you",
            1,
            lambda rng: [_layer(rng, 3, 3, 3), _whole_inputs(rng, 4, 4, 4), _layer(rng, 1, 1, 1)],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "W not transposed",
            "A row of W holds the weights of one neuron, and an example is a row too: row meets row, so W has to be "
            "turned over first. (With a square W no shape complains, and the numbers are wrong all the same.)",
            lambda: lambda X, W, b: X @ W + b,
        ),
        WrongAnswer(
            "W reshaped",
            "The shape fits, and the weights are mixed up: `reshape` deals the same numbers out anew, row by row, so a "
            "neuron gets weights of others. Turning W over makes each row a column: that is another operation.",
            lambda: lambda X, W, b: X @ W.reshape(W.shape[::-1]) + b,
        ),
        WrongAnswer(
            "bias inside the product",
            "The bias went through the weights: (x + b)Wᵀ. It is added after the product, once for each neuron.",
            lambda: lambda X, W, b: (X + b) @ W.T,
        ),
        WrongAnswer(
            "bias as a column",
            "You made b a column, so each bias goes to an example and not to a neuron. Neurons are the columns of the "
            "result, and b as it is, (out,), is added to every row by itself.",
            lambda: lambda X, W, b: X @ W.T + b[:, None],
        ),
        WrongAnswer(
            "no bias",
            "The weighted sum is right, and the bias is missing: with x = 0 your z is 0, whatever b is.",
            lambda: lambda X, W, b: X @ W.T,
        ),
        WrongAnswer(
            "bias subtracted",
            "The bias is added: z = w·x + b. (Some texts write a threshold that is subtracted; the bias is minus "
            "that.)",
            lambda: lambda X, W, b: X @ W.T - b,
        ),
        WrongAnswer(
            "product entry by entry",
            "`*` multiplies entry by entry and adds nothing up. A neuron adds the products: that is `@`.",
            lambda: lambda X, W, b: X * W + b,
        ),
        WrongAnswer(
            "one example only",
            "W @ x + b is right for one example. In a batch the examples are rows, and W @ X would take the columns. "
            "With X on the left of the product, one form serves for both; what has to be done to W then?",
            lambda: lambda X, W, b: W @ X + b,
        ),
        WrongAnswer(
            "batch only",
            "It works for a batch and not for one example, which has no rows. A product with X on "
            "its left takes both as they are, so nothing has to be asked about the number of axes.",
            lambda: lambda X, W, b: np.array([W @ x + b for x in X]),
        ),
        WrongAnswer(
            "already squashed",
            "You went one step further: affine is the weighted sum z alone; σ comes after it.",
            lambda: lambda X, W, b: sigmoid(X @ W.T + b),
        ),
        WrongAnswer(
            "examples as columns",
            "Your result has one example per column. In this course an example is a row, going in and coming out: "
            "(N, in) becomes (N, out).",
            lambda: lambda X, W, b: W @ X.T + b[:, None] if X.ndim == 2 else W @ X + b,
        ),
        WrongAnswer(
            "examples as columns, b along them",
            "Right for one example. In a batch your product has one *column* for each example, (out, N), and b is laid "
            "along these columns. Leave each example a row, with X on the left of the product: then b fits as it is.",
            lambda: lambda X, W, b: W @ X.T + b,
        ),
        WrongAnswer(
            "sums of one example only",
            "Right for one example, which meets every row of W entry by entry. A batch has rows of its own, and *each* "
            "row of X has to meet *each* row of W: that is what `@` is for.",
            lambda: lambda X, W, b: (X * W).sum(axis=-1) + b,
        ),
        WrongAnswer(
            "b changed in place",
            "`b += …` writes the result into the caller's own b: the next call starts from a wrong bias, and a batch "
            "does not fit into it. Make a new array: write the sum with `+`.",
            lambda: _bias_in_place,
        ),
    ),
)


def _bias_in_place(X, W, b):
    b += X @ W.T
    return b


# sigmoid_prime

SIGMOID_PRIME = Task(
    "sigmoid_prime",
    2,
    sigmoid_prime,
    groups=(
        Group("one number", 1, lambda rng: [(0.0,), (4.0,), (-2.0,), (float(rng.normal(0, 2)),)]),
        Group(
            "arrays, whole numbers too",
            1,
            lambda rng: [
                (rng.normal(0, 3, 5),),
                (rng.normal(0, 3, (4, 3)),),
                (rng.integers(-4, 5, (2, 3)),),
                (np.array([-11.0, 7.0]),),
            ],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "the rule for a, applied to z",
            "a(1 − a) is right when a = σ(z) is what you have. The input here is z, so σ has to be computed first.",
            lambda: lambda z: z * (1 - z),
        ),
        WrongAnswer(
            "z in one of the factors",
            "One of the two factors is made of a = σ(z), the other still of z itself. In a(1 − a) both hold a.",
            lambda: lambda z: sigmoid(z) * (1 - np.asarray(z)),
            also=(lambda: lambda z: np.asarray(z) * (1 - sigmoid(z)),),
        ),
        WrongAnswer(
            "σ twice",
            "σ was applied twice: σ(σ(z)) stands where σ(z) belongs. Compute a = σ(z) once, then a(1 − a).",
            lambda: lambda z: sigmoid_prime(sigmoid(z)),
        ),
        WrongAnswer(
            "the value in place of the slope",
            "That is σ(z), the height of the curve. Its slope is σ(z)(1 − σ(z)): small at both ends, largest in the "
            "middle.",
            lambda: sigmoid,
        ),
        WrongAnswer(
            "one factor only",
            "1 − σ(z) is one of the two factors. The slope is σ(z) times that; it must be small for very "
            "negative z too.",
            lambda: lambda z: 1 - sigmoid(z),
        ),
        WrongAnswer(
            "sign",
            "Your slope is negative, but σ rises everywhere. In the chain rule two minus signs meet: one from the "
            "power −1, one from e⁻ᶻ.",
            lambda: lambda z: -sigmoid_prime(z),
        ),
        WrongAnswer(
            "the slope of tanh",
            "1 − a² is the slope of tanh. For σ it is a(1 − a), at most ¼.",
            lambda: lambda z: 1 - np.tanh(z) ** 2,
        ),
        WrongAnswer(
            "1 − a² with a = σ(z)",
            "1 − a² is tanh's rule, used on σ's a. For σ it is a(1 − a): at z = 0 that is ¼.",
            lambda: lambda z: 1 - sigmoid(z) ** 2,
        ),
        WrongAnswer(
            "a nudge to one side",
            "That is a nudge to one side, (σ(z + h) − σ(z))/h: close, but right to a few digits only. The formula "
            "σ(z)(1 − σ(z)) is exact.",
            lambda: lambda z: (sigmoid(z + 1e-5) - sigmoid(z)) / 1e-5,
            also=tuple(lambda h=h: lambda z: (sigmoid(z + h) - sigmoid(z)) / h for h in (0.1, 0.01, 1e-3, 1e-4)),
        ),
        WrongAnswer(
            "numbers only",
            "It works for one number, and an array is too much for it: `math.exp` and `float` take single numbers "
            "only. Use np.exp, or your own sigmoid.",
            lambda: lambda z: _for_one_number(z) * (1 - _for_one_number(z)),
        ),
        WrongAnswer(
            "the derivative left halfway",
            "The chain rule stopped early: the derivative of 1 + e⁻ᶻ itself, −e⁻ᶻ, is still to be multiplied in.",
            lambda: lambda z: 1 / (1 + np.exp(-z)) ** 2,
            also=(lambda: lambda z: -1 / (1 + np.exp(-z)) ** 2,),
        ),
        WrongAnswer(
            "a slope of 0",
            "Your slope is 0 everywhere, as if σ were flat. If it is a(1 − a) that you wrote: without brackets "
            "`a * 1 - a` is read as (a · 1) − a.",
            lambda: lambda z: 0 * sigmoid(z),
        ),
        WrongAnswer(
            "twice the slope",
            "That is twice the slope. If you nudged z to both sides: from z − h to z + h it is 2h, and the rise is to "
            "be divided by that.",
            lambda: lambda z: 2 * sigmoid_prime(z),
        ),
        WrongAnswer(
            "+ for −",
            "a(1 + a) grows with z; the slope of σ fades at both ends. It is a(1 − a).",
            lambda: lambda z: sigmoid(z) * (1 + sigmoid(z)),
        ),
    ),
)

TASKS = (SIGMOID, AFFINE, SIGMOID_PRIME)
