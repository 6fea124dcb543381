"""Bars for classes, and points in hidden space."""

import numpy as np
import pytest
from drawing import assert_apart, assert_readable, texts

from threesteps import draw
from threesteps.network import sigmoid, softmax

LONG = "Several words that do not fit into one line " * 3
XOR = [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)]


def said(picture):
    return [text.get_text() for text in texts(picture)]


@pytest.mark.parametrize("scores", [[0.48, 1.58], [-3, 0, 2.5], [0.001, -0.002, 0.003], [900, -901, 0]])
def test_bars_of_scores_and_probabilities(scores):
    drawn = draw.bars({"scores z": scores, "probabilities y": softmax(scores)}, title=LONG)
    assert_readable(drawn)
    assert_apart(drawn)
    largest = f"{softmax(scores).max():.2f}"
    assert largest in said(drawn) and largest in drawn.caption
    assert drawn.figure.axes[1].get_ylim()[0] == 0


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("values", [[np.nan] * 3, [0.2, np.nan, 0.8], [-5, np.inf, 3], [1, -np.inf, np.nan]])
def test_bars_write_what_is_not_a_finite_number(values):
    drawn = draw.bars({"softmax": values}, title="t", before={"softmax": [0.1, 0.2, 0.7]})
    assert_readable(drawn)
    assert_apart(drawn)
    written = [text.lower() for text in said(drawn)]
    assert all(any(word in text for text in written) for word in ("nan", "inf") if word in str(np.array(values)))


@pytest.mark.parametrize("last", [0.3, 0.1 + 0.2])  # 0.30000000000000004
def test_what_differs_by_rounding_alone_is_equally_large(last):
    drawn = draw.bars({"y": [0.2, 0.1, 0.3, 0.1, 0, last]}, title="t")
    assert drawn.caption == "y: from 0.00 (4) to 0.30 (2)."


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("classes", [1, 2, 3, 10])
def test_bars_of_any_number_of_panels_and_classes(count, classes):
    rows = {f"number {i}": np.random.default_rng(i).dirichlet(np.ones(classes)) for i in range(count)}
    drawn = draw.bars(rows, title="t", marked={"number 0": classes - 1})
    assert_readable(drawn)
    assert_apart(drawn)
    assert all(f"{value:.2f}" in said(drawn) for row in rows.values() for value in row)


def test_three_panels_that_do_not_fit_side_by_side_stand_under_each_other():
    names = ["cat", "dog", "fox", "owl"]
    drawn = draw.bars({name: [-0.48, 0.5, 0.03, -0.05] for name in "abc"}, names, title="t")
    assert len({axes.get_position().x0 for axes in drawn.figure.axes}) == 1


@pytest.mark.parametrize("after", [[4, 2, 3], [1, 2, 3.05], [-5, -2, 0], [5, 5, 5]])
def test_bars_show_where_they_stood_before(after):
    before = [1, 2, 3]
    drawn = draw.bars(
        {"scores z": after, "softmax": softmax(after)},
        ["first", "second", "third"],
        before={"scores z": before, "softmax": softmax(before)},
        limits={"scores z": (-5, 5)},
        title="One score moves, every probability moves",
    )
    assert_readable(drawn)
    assert_apart(drawn)
    assert "before" in said(drawn) and "first" in drawn.caption


def test_bars_refuse_what_does_not_fit():
    with pytest.raises(ValueError, match="2 classes"):
        draw.bars({"z": [1, 2], "y": [1, 2, 3]}, title="t")
    with pytest.raises(ValueError, match="shape"):
        draw.bars({"z": [1, 2]}, before={"z": [1]}, title="t")
    with pytest.raises(ValueError, match="do not fit a page"):
        draw.bars({"z": np.zeros(100)}, title="t")


def test_hidden_space_says_where_each_point_goes():
    def hidden(X):
        return sigmoid(X @ np.array([[10, 10], [-10, -10]]).T + np.array([-5, 15]))

    for output in (None, lambda A: sigmoid(A @ np.array([10, 10]) - 15)):
        drawn = draw.hidden_space(hidden, XOR, output=output, title=LONG, low=-0.5, high=1.5)
        assert_readable(drawn)
        assert_apart(drawn)
        assert "B, C" in said(drawn)
        assert "B (0, 1) disc: (0.99, 0.99)" in drawn.caption


@pytest.mark.parametrize("seed", range(4))
def test_hidden_space_of_any_layer(seed):
    rng = np.random.default_rng(seed)
    W, b = rng.normal(0, 2, (2, 2)), rng.normal(size=2)
    points = [(-2.9, -2.9, 0), (2.9, 2.9, 1), (-2.5, 2.5, 1), (0, 0, 0), (2, -2, 1)]
    drawn = draw.hidden_space(lambda X: sigmoid(X @ W.T + b), points, title="t", names=("one", "two"))
    assert_readable(drawn)
    assert all(f"{letter} (" in drawn.caption for letter in "ABCDE")


def test_hidden_space_refuses_more_points_than_letters():
    with pytest.raises(ValueError, match="26 letters"):
        draw.hidden_space(sigmoid, [(0, 0, 0)] * 27, title="t")
