"""How large δ is in each layer, and functions side by side."""

import numpy as np
import pytest
from drawing import assert_apart, assert_readable, texts

from threesteps import draw
from threesteps.draw.depth import magnitude

FALLING = [1.8e-4, 7.5e-4, 3.1e-3, 1.5e-2, 5.3e-2, 0.22, 0.96]
FLAT = [1.19, 1.2, 1.18, 1.25, 1.08, 1.05, 0.97]


def said(picture):
    return [text.get_text() for text in texts(picture)]


@pytest.mark.parametrize("norms", [FALLING, FLAT, [0.9], [1e-12, 5.0], [1.0] * 12, [1.0] * 20, [0.1] * 41])
@pytest.mark.parametrize("factor", [None, 4])
def test_one_line(norms, factor):
    drawn = draw.layer_norms({"sigmoid": norms}, title="Several words " * 9, factor=factor)
    assert_readable(drawn)
    assert_apart(drawn)
    assert said(drawn).count("out") == 1
    assert ("÷4 per layer" in said(drawn)) == bool(factor)
    low, high = drawn.figure.axes[0].get_ylim()
    assert low < min(norms) <= max(norms) < high and high / low >= 99


def test_caption_names_both_ends():
    drawn = draw.layer_norms({"sigmoid": FALLING, "ReLU": {"at the start": FLAT, "later": FALLING}}, title="t")
    assert "sigmoid, from the output layer back to the first: 0.96 → 1.8·10⁻⁴." in drawn.caption
    assert "ReLU, from the output layer back to the first: at the start 0.97 → 1.2; later 0.96" in drawn.caption
    assert draw.layer_norms({"sigmoid": FALLING}, title="t", caption="c").caption == "c"


def test_panels_share_their_axis_and_their_key():
    series = {"at the start": FALLING, "after 1 epoch": FLAT, "after 5 epochs": FALLING, "after 20 epochs": FLAT}
    panels = {"sigmoid, W from N(0, 1/n)": series, "sigmoid, W from N(0, 16/n)": series, "ReLU and He's 2/n": series}
    drawn = draw.layer_norms(panels, title="Several words " * 9, factor=4)
    assert_readable(drawn)
    assert_apart(drawn)
    assert len({axes.get_ylim() for axes in drawn.figure.axes}) == 1
    for key in (*series, "÷4 per layer"):
        assert said(drawn).count(key) == 1


def test_lines_of_a_panel_differ_in_more_than_colour():
    drawn = draw.layer_norms({"a": {"one": FALLING, "two": FLAT, "three": FLAT, "four": FALLING}}, title="t")
    lines = drawn.figure.axes[0].lines
    assert len({line.get_marker() for line in lines}) == len({line.get_color() for line in lines}) == 4


@pytest.mark.parametrize("norms", [[0.0, 0.0, 0.5], [0.0, 0.0], [np.nan, np.inf, 1.0]])
def test_what_a_log_axis_cannot_show_is_left_out(norms):
    drawn = draw.layer_norms({"dead": norms}, title="t")
    assert_readable(drawn)
    assert_apart(drawn)
    assert "dead" in drawn.caption


def test_limits_hold_the_axis_still():
    drawn = draw.layer_norms({"a": FLAT}, title="t", limits=(1e-8, 1e2))
    assert drawn.figure.axes[0].get_ylim() == (1e-8, 1e2)


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("wanted", [None, np.sin])
def test_function_panels(count, wanted):
    fits = {f"{4**k} bumps": lambda x, k=k: np.sin(x) + 0.3**k * np.sin(9 * x) for k in range(1, count + 1)}
    drawn = draw.function_panels(fits, -3, 3, title="Several words " * 9, caption="c", y="output", wanted=wanted)
    assert_readable(drawn)
    assert_apart(drawn)
    assert set(fits) <= set(said(drawn))
    assert ("wanted" in said(drawn)) == bool(wanted)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (99.6, "100"),
        (0.1, "0.1"),
        (0.010, "0.01"),
        (-0.5, "−0.5"),
        (9.96e-11, "1.0·10⁻¹⁰"),
        (5e20, "5.0·10²⁰"),
    ],
)
def test_magnitude(value, text):
    assert magnitude(value) == text
