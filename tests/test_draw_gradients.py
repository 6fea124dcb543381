"""One neuron both ways, the slope on every wire, the check of a gradient."""

import numpy as np
import pytest
from drawing import assert_apart, assert_readable, texts
from test_draw_network import SHAPES, passes

from threesteps import draw
from threesteps.backprop import backprop
from threesteps.network import logits


@pytest.mark.parametrize("weights", [(3, -1), (2.5,), (1, -2.25, 3)])
def test_neuron_both_ways(weights):
    deltas = (-0.75019, 0.75019, 0.1)[: len(weights)]
    came_in = float(np.dot(weights, deltas))
    drawn = draw.neuron_both_ways(
        1.845, 0.863, weights, (0.48, 1.58, -1)[: len(weights)], 0.11786, deltas, came_in, -0.1
    )
    assert_readable(drawn)
    assert_apart(drawn)
    assert f"{came_in:.4f}".replace("-", "−") in drawn.caption and "0.1179" in drawn.caption


@pytest.mark.parametrize("params", SHAPES.values(), ids=SHAPES)
def test_slopes(params):
    activations, deltas, _, target = passes(params)
    grads = backprop(activations[0][None], target[None], params)
    drawn = draw.slopes(activations, deltas, params, grads)
    assert_readable(drawn)
    assert_apart(drawn)


@pytest.mark.parametrize("nudge", [0, 1e-14, -1e-14])
def test_the_lectures_slopes(nudge):
    """Two slopes are equally large; the first is named, whatever the last bits say."""
    params = SHAPES["2-2-2-2"]
    activations, deltas, _, target = passes(params)
    assert logits(activations[0], params) == pytest.approx([0.479817, 1.579431], abs=1e-6)
    grads = backprop(activations[0][None], target[None], params)
    grads[2][0][1] += nudge
    drawn = draw.slopes(activations, deltas, params, grads)
    said = [text.get_text() for text in texts(drawn)]
    for slope in ("−0.6478", "−0.0831", "0.6478", "0.0831", "−0.3473", "0.3627", "0.0255"):
        assert slope in said
    assert "0.86 · (−0.7502) = −0.6478" in drawn.caption


@pytest.mark.parametrize("count", [1, 2, 4])
def test_check_errors(count):
    errors = {f"the gradient number {i}": [10.0**-i, 0.0, 1.0] for i in range(count)}
    drawn = draw.check_errors(errors, title="Where the fault is")
    assert_readable(drawn)
    assert_apart(drawn)
    assert "the gradient number 0: in layer 1, 3" in drawn.caption and "0.000001" in drawn.caption
    marked = [line.get_ydata() for line in drawn.figure.axes[0].lines if line.get_marker() != "None"]
    assert len(marked) == count and all(min(values) > 0 for values in marked)


def test_a_check_without_a_fault():
    drawn = draw.check_errors({"right": [1e-9, 1e-8]}, title="No fault")
    assert_readable(drawn)
    assert "right: nowhere" in drawn.caption


@pytest.mark.parametrize("count", [1, 4])
def test_by_setting(count):
    runs = {f"the gradient number {i}": [[10.0 * i, 12.0 * i + 1], [99.5, 100.0], [50.0, 0.0]] for i in range(count)}
    drawn = draw.by_setting(
        runs, ["0.1", "1", "100"], title="Which one wins hangs on the rate", caption="c", x="rate", y="%"
    )
    assert_readable(drawn)
    assert_apart(drawn)
    axes = drawn.figure.axes[0]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["0.1", "1", "100"]
    assert sum(line.get_marker() != "None" for line in axes.lines) == 3 * count
    assert list(axes.lines[0].get_ydata()) == [0.5, 99.75, 25.0]
