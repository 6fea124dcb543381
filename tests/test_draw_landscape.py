"""The loss as a landscape, and lines of measured values."""

import numpy as np
import pytest
from drawing import assert_apart, assert_readable, texts

from threesteps import draw

FORK = {"title": "t", "caption": "What it shows."}


def bowl(w):
    return float(w[0] ** 2 + 10 * w[1] ** 2 + 0.01)


def said(picture):
    return [text.get_text() for text in texts(picture)]


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("span", [((-4, 4), (-2, 2)), ((0.001, 0.002), (-3000, 5000))])
def test_landscape_of_any_size(span, log):
    drawn = draw.landscape(bowl, *span, title="Several words " * 9, caption="c", log=log)
    assert_readable(drawn)
    assert_apart(drawn)


def test_landscape_tells_the_loss_of_each_mark():
    marks = {"start": (-3, 1), "valley": (0, 0), "beside it": (0.3, 0.1), "in a corner": (4, 2), "other": (-4, -2)}
    drawn = draw.landscape(bowl, (-4, 4), (-2, 2), marks=marks, **FORK)
    assert_readable(drawn)
    assert_apart(drawn)
    assert "start\nL = 19.01" in said(drawn)
    assert "What it shows. Marked: start (−3, 1) with L = 19.01; valley (0, 0) with L = 0.01;" in drawn.caption


def test_landscape_tells_where_each_path_goes():
    away = np.array([[3.0 * (-2.0) ** i, 1.0] for i in range(1000)] + [[np.inf, np.nan]])
    paths = [("η = 0.1", np.array([[3.0, 1.0], [1.0, 0.5], [0.0, 0.0]])), ("η = 2", away), ("η = 0", [[3.0, 1.0]])]
    drawn = draw.landscape(bowl, (-4, 4), (-2, 2), paths=paths, marks={"valley": (0, 0)}, **FORK)
    assert_readable(drawn)
    assert_apart(drawn)
    assert {"η = 0.1", "η = 2", "η = 0"} <= set(said(drawn))
    assert "η = 0.1: 2 steps from L = 19.01 to L = 0.01." in drawn.caption
    assert "η = 2: 1000 steps from L = 19.01 out of the picture." in drawn.caption


def test_landscape_counts_the_steps_of_a_path_that_is_to_be_numbered():
    hops = np.array([[3.0, 1.0], [-2.0, -1.0], [2.0, 1.5], [9.0, 1.0]])
    drawn = draw.landscape(
        bowl, (-4, 4), (-2, 2), paths=[("hops", hops), ("rest", hops / 2)], numbered=["hops"], **FORK
    )
    assert_readable(drawn)
    assert_apart(drawn)
    assert [text.get_text() for text in drawn.figure.axes[0].texts] == ["1", "2"]


@pytest.mark.parametrize(("low", "high"), [(2.2, 11), (0.01, 170), (1e-6, 1e9), (2.1, 2.9)])
def test_a_log_scale_shows_round_numbers(low, high):
    drawn = draw.landscape(lambda w: low * (high / low) ** w[0], (0, 1), (0, 1), log=True, **FORK)
    ticks = drawn.figure.axes[1].get_yticks()
    assert len(ticks) <= 7
    assert all(f"{tick:.0e}" == f"{tick:.6e}".replace(".000000", "") for tick in ticks)


def test_downhill_has_an_arrow_at_each_place():
    drawn = draw.downhill(
        bowl, (-4, 4), (-2, 2), [(-3, 1), (1, -1)], lambda w: np.array([2 * w[0], 20 * w[1]]) / 20, 0.01, **FORK
    )
    assert_readable(drawn)
    assert_apart(drawn)
    assert {"the loss falls", "it rises", "close up: steps of length 0.01"} <= set(said(drawn))
    left, close_up = drawn.figure.axes[0], drawn.figure.axes[1]
    assert [len([a for a in axes.texts if a.arrow_patch]) for axes in (left, close_up)] == [2, 1]
    assert sum(len(marks.get_offsets()) for marks in close_up.collections[:2]) == 72


def test_landscape_leaves_out_what_is_no_number():
    drawn = draw.landscape(lambda w: np.inf if w[0] > 3 else bowl(w), (-4, 4), (-2, 2), **FORK)
    assert_readable(drawn)
    assert_apart(drawn)


@pytest.mark.parametrize("at", [(0, 0), (-4, 2), (4, -2)])
def test_walk_shows_where_we_are_and_have_been(at):
    visited = [(*place, bowl(place)) for place in ((1, 1), at)]
    drawn = draw.walk(visited, (-4, 4), (-2, 2), lambda X: X[:, 0] > 0, points=[(0, 0, 0), (1, 1, 1)])
    assert_readable(drawn)
    assert_apart(drawn)
    lowest = min(bowl(at), bowl((1, 1)))
    assert drawn.title == f"In fog: here L = {bowl(at):.3f}, and the lowest so far was {lowest:.3f}"
    assert len(drawn.figure.axes[0].collections[0].get_offsets()) == 2


def test_lines_on_log_axes():
    series = {"one-sided": ([1e-1, 1e-5], [1e-2, 1e-6]), "central": ([1e-1, 1e-5], [1e-3, 1e-11])}
    drawn = draw.lines(series, title="t", caption="c", x="h", y="error", log="xy", points=[(1e-5, 1e-6, "best")])
    assert_readable(drawn)
    assert_apart(drawn)
    axes = drawn.figure.axes[0]
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert {"one-sided", "central", "best"} <= set(said(drawn))


def test_lines_of_one_series():
    drawn = draw.lines({"L": ([1, 2, 3], [3, 2, 1])}, title="Several words " * 9, caption="c", x="N", y="L")
    assert_readable(drawn)
    assert "L" in said(drawn) and drawn.figure.axes[0].get_legend() is None


def test_functions_marks_points_with_words():
    drawn = draw.functions({"−ln p": lambda p: -np.log(p)}, 0.01, 1, points=[(0.7, 0.36, "today"), (0.1, 2.3)], **FORK)
    assert_readable(drawn)
    assert_apart(drawn)
    assert {"today", "(0.1, 2.3)"} <= set(said(drawn))
