"""The figures of lesson 1a and what all figures share."""

import base64
import re

import numpy as np
import pytest
from drawing import assert_apart, assert_readable
from IPython.display import Markdown

from threesteps import draw
from threesteps.draw.picture import Note
from threesteps.network import sigmoid


@pytest.mark.parametrize(
    ("x", "w", "b"), [((1, -1), (1, -2), 1), ((0.5, -12.25), (-3.125, 40), -17.5), ((1, 2, 3), (0.1, 0.2, 0.3), 0)]
)
def test_neuron(x, w, b):
    z = float(np.dot(w, x) + b)
    drawn = draw.neuron(x, w, b, z, float(sigmoid(z)), sigmoid)
    assert_readable(drawn)
    assert_apart(drawn)
    assert f"{float(sigmoid(z)):.2f}" in drawn.caption


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_planes(count):
    functions = {f"number {i}": lambda X, i=i: sigmoid(X @ np.array([i - 2.0, 1.0])) for i in range(count)}
    drawn = draw.planes(functions, title="Several functions " * 4, caption="c", points=[(0, 0, 0), (1, 1, 1)])
    assert_readable(drawn)
    assert len([ax for ax in drawn.figure.axes if ax.get_visible()]) == count + 1


def test_planes_of_a_constant_function_has_no_border():
    assert_readable(draw.planes({"½": lambda X: np.full(len(X), 0.5)}, title="t", caption="c"))


@pytest.mark.parametrize(("w1", "w2", "b"), [(1, -2, 1), (10, -20, 6), (-1, 1, 0), (1, 0, -6), (0, 0, 1)])
def test_planes_with_the_direction_of_a_neurons_weights(w1, w2, b):
    function = {"n": lambda X: sigmoid(X @ np.array([w1, w2]) + b)}
    drawn = draw.planes(function, title="t", caption="c", neurons={"n": (w1, w2, b)})
    assert_readable(drawn)
    arrows = drawn.figure.axes[0].texts
    assert len(arrows) == (1 if w1 or w2 else 0)
    for arrow in arrows:
        start, tip = np.array(arrow.xyann), np.array(arrow.xy)
        assert np.isclose(start @ (w1, w2) + b, 0)
        assert np.isclose(np.linalg.norm(start), abs(b) / np.hypot(w1, w2))
        assert np.allclose((tip - start) / np.linalg.norm(tip - start), (w1, w2) / np.hypot(w1, w2))


def test_functions_marks_points():
    drawn = draw.functions({"σ": sigmoid}, -8, 8, title="t", caption="c", points=[(0, 0.5)])
    assert_readable(drawn)
    assert "(0, 0.5)" in [text.get_text() for text in drawn.figure.axes[0].texts]


def test_functions_mark_a_point_in_its_curves_colour_and_below_where_asked():
    curves = {"σ": sigmoid, "σ′": lambda z: sigmoid(z) * (1 - sigmoid(z))}
    drawn = draw.functions(curves, -8, 8, title="t", caption="c", points=[(0, 0.25), (0, 0.5), (2, 0.4)], below=True)
    assert_readable(drawn)
    first, second, *dots = drawn.figure.axes[0].lines[:5]
    assert [dot.get_color() for dot in dots] == [line.get_color() for line in (second, first, first)]
    assert {text.get_va() for text in drawn.figure.axes[0].texts} == {"top"}


def test_functions_beside_what_was_measured():
    drawn = draw.functions({"σ": sigmoid}, -8, 8, title="t", caption="c", measured={"measured": [(0, 0.5), (8, 1)]})
    assert_readable(drawn)
    assert [text.get_text() for text in drawn.figure.axes[0].get_legend().get_texts()] == ["σ", "measured"]


def test_runs():
    groups = {"1\nrate 0.25": [84.7, 93.1, 90.0], "200": [10.0], "heaps": [97.2] * 14}
    drawn = draw.runs(groups, title="t", caption="c", x="what", y="% right", marked=["heaps"])
    assert_readable(drawn)
    assert_apart(drawn)
    axes = drawn.figure.axes[0]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert [list(line.get_ydata()) for line in dots] == list(groups.values())
    assert [text.get_text() for text in axes.texts] == ["89", "10", "97"]
    assert [label.get_text() for label in axes.get_xticklabels()] == list(groups)
    assert dots[0].get_color() == dots[1].get_color() != dots[2].get_color()


def test_runs_with_medians():
    drawn = draw.runs({"a": [10, 95, 97.0]}, title="t", caption="c", x="what", y="% right", middle=np.median)
    axes = drawn.figure.axes[0]
    assert [text.get_text() for text in axes.texts] == ["95"]
    assert list(axes.lines[1].get_ydata()) == [95, 95]


def test_histories():
    panels = {"loss": {"training": [3, 2, 1.0], "validation": [3, 2.5, 2]}, "accuracy": {"training": [0.1, 0.5, 0.9]}}
    drawn = draw.histories(panels, title="t", caption="c", log=["loss"])
    assert_readable(drawn)
    assert drawn.figure.axes[0].get_yscale() == "log"
    assert not drawn.figure.legends and all(ax.get_legend() for ax in drawn.figure.axes)
    first, other = drawn.figure.axes[0].get_lines()
    assert first.get_linewidth() > other.get_linewidth()  # seen where the other lies on it


def test_histories_alike_have_one_y_axis():
    panels = {"rate 2": {"PyTorch": [1, 2]}, "rate 8": {"PyTorch": [1, 200]}}
    for alike in (False, True):
        a, b = draw.histories(panels, title="t", caption="c", alike=alike).figure.axes
        assert (a.get_ylim() == b.get_ylim()) == alike


def test_histories_of_the_same_series_have_one_legend():
    drawn = draw.histories({"loss": {"training": [3, 2]}, "accuracy": {"training": [0.1, 0.5]}}, title="t", caption="c")
    assert_readable(drawn)
    assert len(drawn.figure.legends) == 1 and not any(ax.get_legend() for ax in drawn.figure.axes)


def test_the_same_call_gives_the_same_bytes():
    def once():
        return draw.functions({"σ": sigmoid}, -8, 8, title="t", caption="c").png

    assert once() == once()


def test_a_picture_is_named_by_its_title_and_its_caption_stands_below(monkeypatch):
    shown = []
    monkeypatch.setattr("threesteps.draw.picture.display", lambda data, raw: shown.append(data))
    drawn = draw.functions({"σ": sigmoid}, -1, 1, title='a "claim"', caption="what <it> shows")
    drawn._ipython_display_()
    (data,) = shown
    assert data["text/plain"] == 'a "claim": what <it> shows'
    image, below = re.fullmatch(
        "<figure[^>]*>(<img [^>]*>)<figcaption>(.*)</figcaption></figure>", data["text/html"]
    ).groups()
    assert 'alt="a &quot;claim&quot;"' in image
    assert base64.b64decode(re.search('base64,([^"]*)', image)[1]) == drawn.png
    assert below == "<em>what &lt;it&gt; shows</em>"


def test_attempt_gives_a_note_for_a_stub_and_for_an_error():
    def stub(z):
        raise NotImplementedError

    note = draw.attempt(lambda: stub(1))
    assert isinstance(note, Note) and "Not solved yet" in repr(note)
    assert "ZeroDivisionError" in repr(draw.attempt(lambda: 1 / 0))
    assert draw.attempt(lambda: 3) == 3


def test_source_is_shown_and_can_be_folded():
    assert "def sigmoid" in draw.source(sigmoid).data
    folded = draw.source(sigmoid, folded=True)
    assert isinstance(folded, Markdown) and folded.data.startswith("<details>")


def test_sliders_redraw():
    asked = []

    def render(w, choice):
        asked.append((w, choice))
        return draw.functions({"w z": lambda z: w * z}, -1, 1, title=choice, caption=f"w = {w}")

    widget = draw.explore(render, w=(-1.0, 1.0, 0.5), choice=["one", "two"])
    slider, dropdown, view = widget.box.children
    before = view.value
    slider.value = -1.0
    dropdown.value = "two"
    assert asked == [(0.5, "one"), (-1.0, "one"), (-1.0, "two")]
    assert view.value != before and 'alt="two"' in view.value and "w = -1.0" in view.value


def test_widgets_display_nothing_but_their_view(capsys, monkeypatch):
    shown = []
    monkeypatch.setattr("threesteps.draw.widgets.display", lambda data, raw: shown.append((data, raw)))
    bar = draw.Progress("training", 3)
    bar.step()
    assert bar.bar.value == 1
    assert [list(data) for data, raw in shown if raw] == [["application/vnd.jupyter.widget-view+json"]]
    assert capsys.readouterr().out == ""


def test_attempt_gives_up_on_what_takes_too_long(monkeypatch):
    monkeypatch.setattr("threesteps.draw.picture.PATIENCE", 0.2)

    def forever():
        while True:
            pass

    assert "too slow" in repr(draw.attempt(forever)) and "0.2 seconds" in repr(draw.attempt(forever))
    assert draw.attempt(lambda: 3) == 3
