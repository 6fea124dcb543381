"""What learners get wrong in `neuron_gradient(x, w, b)`, the slopes (∂a/∂w, ∂a/∂b, ∂a/∂x) of a = σ(w·x + b)."""

import numpy as np

from threesteps.backprop import sigmoid_prime
from threesteps.mistakes import also
from threesteps.network import sigmoid


def w_and_x_swapped(x, w, b):
    """∂a/∂w and ∂a/∂x are in each other's place. × swaps: a weight's slope holds the value that *enters through it*,
    and an input's slope holds the weight."""
    slope = sigmoid_prime(w @ x + b)
    return slope * w, slope, slope * x


def in_the_order_of_the_arguments(x, w, b):
    """The slopes are right, but they are in the order x, w, b. The order asked for is w, b, and x last."""
    slope = sigmoid_prime(w @ x + b)
    return slope * w, slope * x, slope


def b_last(x, w, b):
    """The slopes are right, but that of b comes last. The order asked for is w, b, x."""
    slope = sigmoid_prime(w @ x + b)
    return slope * x, slope * w, slope


def the_slope_of_σ_left_out(x, w, b):
    """Those are the slopes of z. From z to a the nudge goes through σ too: along a chain slopes multiply, and the
    factor σ′(z) is missing."""
    return x, 1.0, w


def σ_in_place_of_its_slope(x, w, b):
    """You multiply by σ(z), the value, where the slope σ′(z) belongs."""
    slope = sigmoid(w @ x + b)
    return slope * x, slope, slope * w


def σ_twice(x, w, b):
    """σ is applied twice: you take the slope at a, but it belongs at z. In terms of a it is a(1 − a), without another
    σ."""
    slope = sigmoid_prime(sigmoid(w @ x + b))
    return slope * x, slope, slope * w


def the_rule_for_a_applied_to_z(x, w, b):
    """Your factor is z(1 − z). The rule a(1 − a) needs the activation: a = σ(z) has to come first."""
    z = w @ x + b
    slope = z * (1 - z)
    return slope * x, slope, slope * w


def one_factor_of_the_slope_only(x, w, b):
    """1 − σ(z) is one of the two factors of σ′. The slope is a(1 − a)."""
    slope = 1 - sigmoid(w @ x + b)
    return slope * x, slope, slope * w


def _by_the_rule_of_tanh(x, w, b):
    slope = 1 - sigmoid(w @ x + b) ** 2
    return slope * x, slope, slope * w


@also(_by_the_rule_of_tanh)
def the_slope_of_tanh(x, w, b):
    """1 − a² is the slope of tanh. This neuron squashes with σ."""
    slope = 1 - np.tanh(w @ x + b) ** 2
    return slope * x, slope, slope * w


def no_slope_at_all(x, w, b):
    """All your slopes are 0, but σ is nowhere quite flat. (If the slope is written `a * 1 - a`, that is a − a: brackets
    are missing.)"""
    a = sigmoid(w @ x + b)
    slope = a * 1 - a
    return slope * x, slope, slope * w


def the_bias_left_out_of_z(x, w, b):
    """You take σ′ at w·x, but z = w·x + b: the bias moves the place on the curve, and with it the slope."""
    slope = sigmoid_prime(w @ x)
    return slope * x, slope, slope * w


def the_slope_of_the_bias_is_1(x, w, b):
    """∂a/∂w and ∂a/∂x are right, but your ∂a/∂b is 1, which is ∂z/∂b. From z to a the bias's nudge goes through σ like
    all the others."""
    slope = sigmoid_prime(w @ x + b)
    return slope * x, 1.0, slope * w


def the_slope_of_the_bias_times_b(x, w, b):
    """Your ∂a/∂b has b itself as a factor. How far does z move when b moves by one unit?"""
    slope = sigmoid_prime(w @ x + b)
    return slope * x, slope * b, slope * w


def the_slope_of_σ_for_the_weights_only(x, w, b):
    """∂a/∂w is right. Your ∂a/∂x is only w, which is ∂z/∂x: an input's nudge goes through σ as well."""
    slope = sigmoid_prime(w @ x + b)
    return slope * x, slope, w


def entry_by_entry(x, w, b):
    """You don't add up: `*` gives one product for each input, but the neuron has only one z, their sum with b. So there
    is one slope σ′(z) for all of them."""
    slope = sigmoid_prime(w * x + b)
    return slope * x, slope, slope * w


def w_times_x_everywhere(x, w, b):
    """Both slopes hold w times x. × swaps: the slope with respect to one factor is the *other* one alone."""
    slope = sigmoid_prime(w @ x + b)
    return slope * w * x, slope, slope * w * x


def written_out_for_two_inputs(x, w, b):
    """Right for two inputs, but written out for those two. `@` adds up any number of products, and σ′(z) times a vector
    works on every entry."""
    slope = sigmoid_prime(w[0] * x[0] + w[1] * x[1] + b)
    return np.array([slope * x[0], slope * x[1]]), slope, np.array([slope * w[0], slope * w[1]])


def a_as_well(x, w, b):
    """You return a too. Only the three slopes are asked for, in the order w, b, x."""
    a = sigmoid(w @ x + b)
    slope = a * (1 - a)
    return a, slope * x, slope, slope * w


def one_long_array(x, w, b):
    """The right numbers, but all in one long row. Three things are asked for, so that the slopes can be told apart: an
    array for w, a number for b, an array for x, with commas between them."""
    slope = sigmoid_prime(w @ x + b)
    return np.hstack([slope * x, slope, slope * w])


def without_x(x, w, b):
    """∂a/∂w and ∂a/∂b are right, but ∂a/∂x is missing. An input can be nudged as well; the hidden layers of 3c live on
    that."""
    slope = sigmoid_prime(w @ x + b)
    return slope * x, slope


def sign(x, w, b):
    """Your slopes have the wrong sign. σ rises everywhere, so a larger b makes a larger a."""
    slope = -sigmoid_prime(w @ x + b)
    return slope * x, slope, slope * w


def a_nudge_to_one_side(x, w, b):
    """That is a nudge to one side: close, but right to a few digits only. The chain rule gives the slopes without any
    nudge."""
    h = 1e-4
    a = sigmoid(w @ x + b)
    steps = h * np.eye(len(x))
    along_w = np.array([sigmoid((w + step) @ x + b) - a for step in steps]) / h
    along_x = np.array([sigmoid(w @ (x + step) + b) - a for step in steps]) / h
    return along_w, (sigmoid(w @ x + b + h) - a) / h, along_x
