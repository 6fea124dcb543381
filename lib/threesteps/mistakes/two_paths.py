"""What learners get wrong in `two_paths(s)`: (f, via_u, via_v) for f = u·v + sin u with u = s², v = eˢ."""

import numpy as np


def _u_and_v(s):
    return s**2, np.exp(s)


def the_paths_swapped(s):
    """The two contributions are in each other's place: first comes the value, then what comes by way of u, then what
    comes by way of v."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), u * v, (v + np.cos(u)) * 2 * s


def the_path_stops_at_u_and_v(s):
    """Those are ∂f/∂u and ∂f/∂v: the second half of each path. The nudge starts at s, so each still has to be
    multiplied by how far s moves u, or v."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), v + np.cos(u), u


def the_path_goes_only_as_far_as_u_and_v(s):
    """Those are du/ds and dv/ds: the first half of each path. Along a path slopes multiply, all the way to its end,
    which is f."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), 2 * s, v


def the_sine_forgotten_on_the_way(s):
    """u is read twice: by the product and by the sine. Your path by way of u has the product's slope, v, but the sine's
    is missing: at a fork paths add."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), v * 2 * s, u * v


def the_product_forgotten_on_the_way(s):
    """u is read twice: by the sine and by the product. Your path by way of u has the sine's slope, cos u, but the
    product's is missing: at a fork paths add."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), np.cos(u) * 2 * s, u * v


def the_paths_multiplied(s):
    """u is read by the product and by the sine, and you *multiply* the two slopes. They are side by side, not one
    after the other: at a fork paths add."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), v * np.cos(u) * 2 * s, u * v


def each_factor_keeps_its_own(s):
    """× swaps: for f = u·v + … the slope along u holds v, and the slope along v holds u. You let each keep its own
    value."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (u + np.cos(u)) * 2 * s, v * v


def u_itself_on_the_path_of_u(s):
    """× swaps: the slope of u·v along u is v. Your path by way of u has u there."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (u + np.cos(u)) * 2 * s, u * v


def v_itself_on_the_path_of_v(s):
    """× swaps: the slope of u·v along v is u. Your path by way of v has v there."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (v + np.cos(u)) * 2 * s, v * v


def the_sine_is_not_differentiated(s):
    """Your path by way of u has sin u where its slope belongs. The slope of the sine is the cosine."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (v + np.sin(u)) * 2 * s, u * v


def sign_of_the_cosine(s):
    """The slope of sin u is cos u, with a plus. (The minus comes in when a cosine is differentiated.)"""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (v - np.cos(u)) * 2 * s, u * v


def the_cosine_of_s(s):
    """You take the cosine of s. The sine is taken of u, so its slope is taken at u as well."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (v + np.cos(s)) * 2 * s, u * v


def the_2_of_2s_forgotten(s):
    """The slope of s² is twice s: your path by way of u is half as large as it should be."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (v + np.cos(u)) * s, u * v


def the_slope_of_u_at_one_place(s):
    """You use 2 for du/ds. That is right at s = 1 only: s² gets steeper the farther out you go."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (v + np.cos(u)) * 2, u * v


def u_in_place_of_its_slope(s):
    """Your path by way of u has u itself, s², where its slope du/ds belongs."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (v + np.cos(u)) * u, u * v


def the_slope_of_u_for_the_sine_only(s):
    """By way of u, du/ds multiplies *everything* that hands u a slope: the product's v as well as the sine's cosine.
    Look at the brackets."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), v + np.cos(u) * 2 * s, u * v


def the_slope_of_u_for_the_product_only(s):
    """By way of u, du/ds multiplies *everything* that hands u a slope: the sine's cosine as well as the product's v.
    Look at the brackets."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), v * 2 * s + np.cos(u), u * v


def the_slope_of_u_twice(s):
    """The factor du/ds is in the sine's part twice: cos u · 2s already goes all the way back to s."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (v + np.cos(u) * 2 * s) * 2 * s, u * v


def the_power_rule_on_v(s):
    """You treat eˢ as a power of s. But s is in the exponent, and eˢ is its own slope."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (v + np.cos(u)) * 2 * s, u * s * np.exp(s - 1)


def the_slope_of_v_left_out(s):
    """Your path by way of u is right. By way of v a factor is missing: how far does v move when s moves?"""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (v + np.cos(u)) * 2 * s, u


def the_slope_of_u_on_both_paths(s):
    """Your path by way of v has du/ds in it, the slope of the other path. On this path s moves v."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (v + np.cos(u)) * 2 * s, u * 2 * s


def the_sine_on_both_paths(s):
    """Your path by way of v has the sine's slope in it. v is read once, by the product; only u feeds the sine."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (v + np.cos(u)) * 2 * s, (u + np.cos(u)) * v


def the_sine_on_the_other_path(s):
    """What comes by way of the sine is right, but it is in the wrong place: you add it to the path of v. The sine reads
    u, so it belongs to the path by way of u."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), v * 2 * s, u * v + np.cos(u) * 2 * s


def by_terms_and_not_by_paths(s):
    """Your two parts add up to df/ds, but they are those of the *terms* of f: one of u·v, one of sin u. What is asked
    for is how much comes by way of u, in both terms together, and how much by way of v."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), v * 2 * s + u * v, np.cos(u) * 2 * s


def the_sum_twice(s):
    """You return df/ds, the sum of both, in both places. What is asked for is what *each* path contributes, before the
    two are added."""
    u, v = _u_and_v(s)
    both = (v + np.cos(u)) * 2 * s + u * v
    return u * v + np.sin(u), both, both


def the_sum_in_place_of_the_two_paths(s):
    """You return the value and df/ds, the sum of both paths. What is asked for is what *each* contributes, and the
    value: three numbers."""
    u, v = _u_and_v(s)
    return u * v + np.sin(u), (v + np.cos(u)) * 2 * s + u * v


def the_whole_slope_alone(s):
    """That is df/ds: right, but all in one. Three numbers are asked for: the value of f, and what each path
    contributes."""
    u, v = _u_and_v(s)
    return (v + np.cos(u)) * 2 * s + u * v


def without_the_value(s):
    """Both paths are right, but the value of f, which comes first, is missing."""
    u, v = _u_and_v(s)
    return (v + np.cos(u)) * 2 * s, u * v


def f_without_the_sine(s):
    """Both paths are right. Your value is u·v alone: the sine is missing in f itself."""
    u, v = _u_and_v(s)
    return u * v, (v + np.cos(u)) * 2 * s, u * v


def the_sine_of_s(s):
    """Both paths are right. In your value f the sine is taken of s, where it should be taken of u."""
    u, v = _u_and_v(s)
    return u * v + np.sin(s), (v + np.cos(u)) * 2 * s, u * v
