"""What learners get wrong in `sigmoid_prime(z)`, the slope σ(z)(1 − σ(z))."""

import math
from functools import partial

import numpy as np

from threesteps.backprop import sigmoid_prime
from threesteps.mistakes import also
from threesteps.network import sigmoid


def the_rule_for_a_applied_to_z(z):
    """a(1 − a) is right when a = σ(z) is what you have. The input here is z, so σ has to be computed first."""
    return z * (1 - z)


@also(lambda z: np.asarray(z) * (1 - sigmoid(z)))
def z_in_one_of_the_factors(z):
    """One of the two factors is made from a = σ(z), the other still from z itself. In a(1 − a) both are made from a."""
    return sigmoid(z) * (1 - np.asarray(z))


def σ_twice(z):
    """σ was applied twice: you have σ(σ(z)) where you need σ(z). Compute a = σ(z) once, then a(1 − a)."""
    return sigmoid_prime(sigmoid(z))


def the_value_in_place_of_the_slope(z):
    """That is σ(z), the height of the curve. Its slope is σ(z)(1 − σ(z)): small at both ends, largest in the middle."""
    return sigmoid(z)


def one_factor_only(z):
    """1 − σ(z) is one of the two factors. The slope is σ(z) times that; it must be small for very negative z too."""
    return 1 - sigmoid(z)


def sign(z):
    """Your slope is negative, but σ rises everywhere. In the chain rule two minus signs meet: one from the power −1,
    one from e⁻ᶻ."""
    return -sigmoid_prime(z)


def the_slope_of_tanh(z):
    """1 − a² is the slope of tanh. For σ it is a(1 − a), at most ¼."""
    return 1 - np.tanh(z) ** 2


def the_rule_of_tanh_for_σ(z):
    """1 − a² is tanh's rule, used here on σ's a. For σ it is a(1 − a): at z = 0 that is ¼."""
    return 1 - sigmoid(z) ** 2


def _nudged(h, z):
    return (sigmoid(z + h) - sigmoid(z)) / h


@also(*(partial(_nudged, h) for h in (0.1, 0.01, 1e-3, 1e-4)))
def a_nudge_to_one_side(z):
    """That is a nudge to one side, (σ(z + h) − σ(z))/h: close, but only a few digits are right. The formula
    σ(z)(1 − σ(z)) is exact."""
    return _nudged(1e-5, z)


def _nudged_both_ways(h, z):
    return (sigmoid(z + h) - sigmoid(z - h)) / (2 * h)


@also(*(partial(_nudged_both_ways, h) for h in (0.1, 0.01, 1e-4, 1e-6, 1e-7, 1e-8)))
def a_nudge_to_both_sides(z):
    """That is a nudge, (σ(z + h) − σ(z − h))/2h: good for a test, but not for every z. Where σ is nearly flat, two
    nearly equal numbers are subtracted, and few digits are left. The formula σ(z)(1 − σ(z)) keeps them all."""
    return _nudged_both_ways(1e-5, z)


def numbers_only(z):
    """It works for one number but not for an array: `math.exp` and `float` take single numbers only. Use np.exp, or
    your own sigmoid."""
    a = 1 / (1 + math.exp(-z))
    return a * (1 - a)


def the_derivative_left_halfway(z):
    """The chain rule stopped early: it still has to be multiplied by −e⁻ᶻ, the derivative of 1 + e⁻ᶻ."""
    return -1 / (1 + np.exp(-z)) ** 2


@also(lambda z: sigmoid(z) ** 2)
def a_times_a(z):
    """That is a · a, or 1/u² with u = 1 + e⁻ᶻ. If you meant a(1 − a), its second factor is what a lacks to 1. If you
    differentiated 1/u: the power rule brings a factor −1 as well, and then comes −e⁻ᶻ, the derivative of u."""
    return 1 / (1 + np.exp(-z)) ** 2


def a_slope_of_0(z):
    """Your slope is 0 everywhere, as if σ were flat. If you wrote a(1 − a): without brackets, `a * 1 - a` is read as
    (a · 1) − a."""
    a = sigmoid(z)
    return a * 1 - a


@also(*(lambda z, h=h: 2 * _nudged_both_ways(h, z) for h in (1e-3, 1e-4, 1e-5, 1e-6)))
def twice_the_slope(z):
    """That is twice the slope. If you nudged z to both sides: from z − h to z + h it is 2h, and that is what the rise
    has to be divided by."""
    return 2 * sigmoid_prime(z)


def plus_for_minus(z):
    """a(1 + a) grows with z; the slope of σ fades at both ends. It is a(1 − a)."""
    return sigmoid(z) * (1 + sigmoid(z))
