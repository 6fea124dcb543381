"""What learners get wrong in `sigmoid(z)`, σ(z) = 1 / (1 + e⁻ᶻ)."""

import math
from functools import partial

import numpy as np

from threesteps.backprop import sigmoid_prime
from threesteps.mistakes import also
from threesteps.network import sigmoid


def _by_the_formula(z):
    return 1 / (1 + np.exp(-z))


@also(
    lambda z: 1 / (1 + np.exp(z)),
    lambda z: np.exp(-z) / (1 + np.exp(-z)),
    lambda z: 1 - 1 / (1 + np.exp(-z)),
)
def sign_of_the_exponent(z):
    """Your curve falls where σ rises: σ(4) is close to 1, but 1/(1 + e⁴) is close to 0. Look at the signs in the
    exponents (or, with two cases, at which one is for z ≥ 0): 1 divided by 1 + e⁻ᶻ, or eᶻ by 1 + eᶻ."""
    return np.where(z <= 0, 1.0, np.exp(-np.abs(z))) / (1 + np.exp(-np.abs(z)))


@also(lambda z: 1 / (1 + math.e**-z))
def overflow_at_very_negative_z(z):
    """The formula is right, but the computer runs out of numbers: at z = −1000 it needs e¹⁰⁰⁰, which overflows. For
    negative z, multiply top and bottom by eᶻ; then only e^(−|z|) is needed."""
    return _by_the_formula(z)


def overflow_at_very_positive_z(z):
    """eᶻ/(1 + eᶻ) is the right formula, but at z = 1000 it is ∞/∞, which is nan. For positive z, divide top and bottom
    by eᶻ; then only e^(−|z|) is needed."""
    return np.exp(z) / (1 + np.exp(z))


def both_formulas_computed(z):
    """The values are right, but something that isn't needed overflows on either side of zero. Did you give `np.where`
    both formulas? It computes each of them for every z, and only then chooses. Built from e^(−|z|) alone, neither can
    overflow."""
    return np.where(np.asarray(z) >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


@also(lambda z: np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))
def the_same_on_both_sides_of_zero(z):
    """Your curve is its own mirror image: it says the same at −2 and at 2. e^(−|z|) stands for e^(−z) where z ≥ 0, and
    for eᶻ where z < 0. The two sides have the same denominator, but different numerators."""
    return 1 / (1 + np.exp(-np.abs(z)))


@also(lambda z: np.where(np.asarray(z) >= 0, 1 / (1 + np.exp(-np.abs(z))), np.exp(-np.abs(z))))
def a_denominator_on_one_side_only(z):
    """On one side of zero the denominator is missing. Both sides have the same one, and only the numerators differ:
    choose the numerator alone with `np.where`, close its bracket, and then divide."""
    return np.where(np.asarray(z) >= 0, 1, np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))))


def _two_cases_for_one_number(z):
    return 1 / (1 + np.exp(-z)) if z >= 0 else np.exp(z) / (1 + np.exp(z))


@also(_two_cases_for_one_number)
def numbers_only(z):
    """It works for one number but not for an array: `math.exp`, `float` and `if` take single numbers only. np.exp works
    on every entry of an array at once, np.where chooses entry by entry, and both take single numbers as well."""
    return 1 / (1 + math.exp(-z))


@also(lambda z: _by_the_formula(np.clip(z, -20, 20)))
def clipped(z):
    """The warning is gone, but so are the values: you cut z off, and a neuron that is surer than that can't say so.
    Nothing needs to be cut when only e^(−|z|) is computed."""
    return _by_the_formula(np.clip(z, -10, 10))


@also(lambda z: np.clip(_by_the_formula(z), 1e-7, 1 - 1e-7), lambda z: np.clip(_by_the_formula(z), 1e-6, 1 - 1e-6))
def the_result_clipped(z):
    """You clip the result, as some code does before it takes a logarithm. That makes a neuron less sure than it is, and
    does not stop the overflow, which comes earlier. Nothing needs to be clipped when only e^(−|z|) is computed."""
    return np.clip(_by_the_formula(z), 1e-8, 1 - 1e-8)


def tanh_in_place_of_σ(z):
    """That is tanh, which runs from −1 to 1. σ runs from 0 to 1, and σ(0) is ½. (The two are relatives: σ(z) = (1 +
    tanh(z/2))/2.)"""
    return np.tanh(z)


def e_without_the_one(z):
    """1/e⁻ᶻ is just eᶻ, which is greater than 1 for every positive z. The 1 in the denominator is what keeps σ
    below 1."""
    return 1 / np.exp(-z)


def brackets(z):
    """Look at the brackets: `1 / 1 + e⁻ᶻ` is read as (1/1) + e⁻ᶻ. The whole denominator, 1 + e⁻ᶻ, needs its own
    pair."""
    return 1 / 1 + np.exp(-z)


def the_slope_in_place_of_the_value(z):
    """That is σ(z)(1 − σ(z)), the slope of σ, which the third task asks for. This task
    asks for the value σ(z) itself."""
    return sigmoid_prime(z)


def _step(at_zero, z):
    return np.heaviside(np.asarray(z, dtype=float), at_zero)


@also(partial(_step, 0.0), partial(_step, 1.0))
def a_hard_step(z):
    """That is a hard step from 0 to 1. σ is its soft version: near z = 0 it passes through every value in between,
    which is what gives it a slope to learn from."""
    return _step(0.5, z)


def _rounded_to(digits, z):
    return np.round(sigmoid(z), digits)


@also(*(partial(_rounded_to, digits) for digits in (1, 3, 4, 5, 6)))
def rounded(z):
    """The formula is right, but the result is rounded. Round when you print; compute with all digits."""
    return _rounded_to(2, z)
