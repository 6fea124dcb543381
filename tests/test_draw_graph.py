"""Computation graphs: legible whatever their shape, and their numbers on the right nodes."""

import numpy as np
import pytest
from drawing import assert_apart, assert_readable, texts

from threesteps import draw
from threesteps.draw.picture import BACKWARD, FORWARD

CIRCUIT = ["$w_0$", "$x_0$", "$w_1$", "$x_1$", "$w_2$", "×", "×", "+", "+", "σ"]
WIRES = [(0, 5), (1, 5), (2, 6), (3, 6), (5, 7), (6, 7), (7, 8), (4, 8), (8, 9)]


def random_graph(seed, count, inputs, reach):
    """Each node but the first few is made of two of the `reach` nodes before it (or twice of one)."""
    rng = np.random.default_rng(seed)
    edges = [(int(i), end) for end in range(inputs, count) for i in rng.integers(max(0, end - reach), end, size=2)]
    values, gradients = rng.normal(0, 40, size=(2, count))
    return [f"$v_{{{i}}}$" for i in range(count)], edges, values, gradients


def test_a_circuit():
    values = [2, -1, -3, -2, -3, -2, 6, 4, 1, 0.73]
    gradients = [-0.2, 0.39, -0.39, -0.59, 0.2, 0.2, 0.2, 0.2, 0.2, 1]
    drawn = draw.graph(CIRCUIT, WIRES, title="A circuit", values=values, gradients=gradients)
    assert_readable(drawn)
    assert_apart(drawn)
    assert "$x_1$ (value −2, gradient −0.59)" in drawn.caption and "σ (value 0.73, gradient 1)" in drawn.caption


def test_values_stand_above_in_blue_and_gradients_below_in_vermilion():
    drawn = draw.graph(["a", "b", "+"], [(0, 2), (1, 2)], title="t", values=[1, 2, 4], gradients=[5, 6, 7], digits=0)
    found = {text.get_text(): text for text in texts(drawn)}
    assert found["4"].get_color() == FORWARD and found["7"].get_color() == BACKWARD
    assert found["4"].get_position()[1] > found["+"].get_position()[1] > found["7"].get_position()[1]
    assert found["a"].get_position()[0] < found["+"].get_position()[0]


def test_numbers_may_be_missing():
    drawn = draw.graph(["a", "exp"], [(0, 1)], title="t", values=[1.5, None])
    assert_readable(drawn)
    assert "exp (no number yet)" in drawn.caption
    assert not any("gradient" in text.get_text() for text in texts(drawn))
    assert_readable(draw.graph(["a", "exp"], [(0, 1)], title="t"))


def test_a_gradient_that_is_asked_for():
    drawn = draw.graph(["a", "exp"], [(0, 1)], title="t", values=[0, 1], gradients=["?", 1], marked=[0])
    assert_readable(drawn)
    assert "?" in [text.get_text() for text in texts(drawn)] and "a (value 0, gradient ?)" in drawn.caption


def test_slopes_stand_on_the_edges():
    nodes = ["a", "b", "c = a + b", "d = b + 1", "e = c·d"]
    slopes = {(0, 2): 1, (1, 2): 1, (1, 3): 1, (2, 4): 2, (3, 4): 3}
    drawn = draw.graph(nodes, list(slopes), title="A fork", slopes=slopes, values=[2, 1, 3, 2, 6], marked=[1], digits=0)
    assert_readable(drawn)
    assert_apart(drawn)
    assert {"×2", "×3"} <= {text.get_text() for text in texts(drawn)}


@pytest.mark.parametrize("count", [2, 7, 8, 15])
def test_chains_run_down_where_they_are_too_deep(count):
    wires = [(i, i + 1) for i in range(count - 1)]
    drawn = draw.graph(
        ["z"] * count,
        wires,
        title="A long claim, one that needs two lines on a narrow figure",
        values=[-1.25] * count,
        gradients=[-0.5] * count,
        slopes=dict.fromkeys(wires, -0.2),
    )
    assert_readable(drawn)
    assert_apart(drawn)
    assert drawn.figure.get_figwidth() <= 8


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("count", "inputs", "reach"), [(9, 4, 4), (12, 5, 5), (15, 5, 6), (15, 2, 3)])
def test_random_graphs(seed, count, inputs, reach):
    nodes, edges, values, gradients = random_graph(seed, count, inputs, reach)
    drawn = draw.graph(nodes, edges, title="Any graph", values=values, gradients=gradients, digits=4)
    assert_readable(drawn)
    assert_apart(drawn)


def test_twice_the_same_input_gives_two_wires():
    drawn = draw.graph(["a", "×"], [(0, 1), (0, 1)], title="a squared", values=[3, 9], gradients=[6, 1])
    assert len([patch for patch in drawn.figure.axes[0].patches if type(patch).__name__ == "FancyArrowPatch"]) == 2


def test_a_circle_is_refused():
    with pytest.raises(ValueError, match="circle"):
        draw.graph(["a", "b"], [(0, 1), (1, 0)], title="t")


def test_the_same_call_gives_the_same_bytes():
    def once():
        return draw.graph(CIRCUIT, WIRES, title="t", values=range(10)).png

    assert once() == once()
