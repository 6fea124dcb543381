"""The network with its numbers: forward, reversed, both, and as a sheet for the pencil."""

import numpy as np
import pytest
from drawing import assert_apart, assert_readable, texts
from subject import LECTURE, UNEVEN

from threesteps import draw
from threesteps.backprop import SLOPE, hidden_delta, output_delta
from threesteps.network import forward, logits, sigmoid

SHAPES = {
    "2-2-2-2": LECTURE,
    "3-4-5-2": UNEVEN,
    "1-1-1-1": [(np.array([[1.0]]), np.array([0.0])), (np.array([[2.0]]), [-1.0]), (np.array([[3.0]]), [-2.0])],
    "3-2": [(np.array([[0.5, -1.25, 2.0], [-12.5, 0.0, 1.0]]), np.array([0.0, -10.75]))],
    "five layers of six": [(np.sin(np.arange(36.0) + l).reshape(6, 6), np.cos(np.arange(6.0) + l)) for l in range(5)],
}


def passes(params):
    """(activations, deltas, gains, target) of one example."""
    x = np.array([1.0, -1.0, 0.5, 2.0, 0.0, -0.25])[: params[0][0].shape[1]]
    target = np.eye(len(params[-1][1]))[0]
    activations = forward(x, params)
    gains = [SLOPE["sigmoid"](a) for a in activations[1:-1]]
    deltas = [output_delta(activations[-1][None], target[None])]
    for l in range(len(params) - 1, 0, -1):
        z = logits(x[None], params[:l])
        deltas.insert(0, hidden_delta(deltas[0], params[l][0], z))
    return activations, deltas, gains, target


@pytest.mark.parametrize("params", SHAPES.values(), ids=SHAPES)
def test_all_shapes(params):
    activations, deltas, gains, _ = passes(params)
    for drawn in (
        draw.network(activations, params),
        draw.reversed_network(deltas, params, gains),
        draw.both_passes(activations, deltas, params, gains),
    ):
        assert_readable(drawn)
        assert_apart(drawn)


@pytest.mark.parametrize("name", ["2-2-2-2", "1-1-1-1", "3-2"])
@pytest.mark.parametrize("step", [0, 1, 5, 10_000])
def test_all_steps(name, step):
    activations, deltas, gains, _ = passes(SHAPES[name])
    for drawn in (
        draw.network(activations, SHAPES[name], step=step),
        draw.both_passes(activations, deltas, SHAPES[name], gains, step=step),
    ):
        assert_readable(drawn)
        assert_apart(drawn)


@pytest.mark.parametrize("params", SHAPES.values(), ids=SHAPES)
def test_sheet_and_shared_work(params):
    activations, _, gains, target = passes(params)
    for drawn in (
        draw.pencil_sheet(activations, params, gains, target),
        draw.shared_work(params, (0, 0, 0), (0, len(params[0][1]) - 1, 0)),
    ):
        assert_readable(drawn)
        assert_apart(drawn)


def shown(drawn):
    return [text.get_text() for text in texts(drawn)]


def test_the_lectures_numbers():
    activations, deltas, gains, _ = passes(LECTURE)
    drawn = draw.both_passes(activations, deltas, LECTURE, gains)
    for number in ("0.98", "0.12", "0.86", "0.11", "0.25", "0.75"):
        assert number in shown(drawn) and number in drawn.caption
    for number in ("−0.7502", "0.7502", "−0.3537", "0.3694", "−0.0255", "−0.0017"):
        assert number in shown(drawn) and number in drawn.caption
    for number in ("0.0177", "0.1050", "0.1179", "0.0985", "b = −2", "b = 2", "4"):
        assert number in shown(drawn)
    assert shown(drawn).count("3") == 2, "the same weight on the same wire in both"


def test_the_same_wire_stands_at_the_same_place_in_both():
    activations, deltas, gains, _ = passes(LECTURE)
    drawn = draw.both_passes(activations, deltas, LECTURE, gains)
    (x1, y1), (x2, y2) = [text.get_position() for text in texts(drawn) if text.get_text() == "3"]
    (_, v1), (_, v2) = [text.get_position() for text in texts(drawn) if text.get_text() == "4"]
    assert x1 == pytest.approx(x2) and y1 - v1 == pytest.approx(y2 - v2)


def test_a_sheet_has_blanks_for_deltas():
    activations, deltas, gains, target = passes(LECTURE)
    drawn = draw.pencil_sheet(activations, LECTURE, gains, target)
    assert "0.982" in shown(drawn) and "0.1179" in shown(drawn)
    named = " ".join(text for text in shown(drawn) if text.endswith(":"))
    assert named == "1: −2: −1: 1: 2: −1: −2: −1: 3: −1: −1: 4:"
    assert not {f"{value:.4f}".replace("-", "−") for delta in deltas for value in delta[0]} & set(shown(drawn))
    assert "12 slopes" in drawn.caption and "t = (1, 0)" in drawn.caption


def test_steps_go_from_the_output_back():
    _, deltas, gains, _ = passes(LECTURE)
    assert draw.backward_steps(LECTURE) == 14
    pictures = {k: draw.reversed_network(deltas, LECTURE, gains, step=k) for k in (0, 1, 3, 5, 8, 14)}
    assert "no δ is known" in pictures[0].caption and "−0.7502" not in shown(pictures[0])
    assert "y − t" in pictures[1].caption and "−0.7502" in shown(pictures[1])
    assert "weight 3 to neuron 1 of layer 2" in pictures[3].caption
    assert "δ²₁ = −0.3537 is the gain 0.1179 times" in pictures[5].caption
    assert "(3)·(−0.7502) + (−1)·(0.7502)" in pictures[5].caption
    assert "δ¹₂ = −0.0017" in pictures[14].caption and pictures[14].caption.startswith("Backward, step 14 of 14")
    known = [sum(text in shown(p) for text in ("−0.7502", "−0.3537", "0.3694", "−0.0255")) for p in pictures.values()]
    assert known == sorted(known) and known[-1] == 4


def test_forward_steps():
    activations, *_ = passes(LECTURE)
    drawn = draw.network(activations, LECTURE, step=3)
    assert "0.98" in shown(drawn) and "0.12" not in shown(drawn)
    assert drawn.caption.startswith("Step 3 of 18") and "a¹₁ = 0.98" in drawn.caption


def test_weights_are_left_out_where_there_is_no_room_and_the_caption_says_so():
    for name, params in SHAPES.items():
        drawn = draw.network(passes(params)[0], params)
        assert ("too many weights" in drawn.caption) == (name == "five layers of six")


def test_heat_maps_beside():
    activations, *_ = passes(LECTURE)
    maps = {"y₁": lambda X: sigmoid(X[:, 0]), "y₂": lambda X: sigmoid(X[:, 1])}
    for planes in (maps, {"y₁": maps["y₁"]}):
        drawn = draw.network(activations, LECTURE, planes=planes)
        assert_readable(drawn)
        assert_apart(drawn)
        assert " and ".join(planes) in drawn.caption


def test_a_map_without_a_border_says_on_which_side_it_is():
    activations, *_ = passes(LECTURE)
    maps = {"y₁": lambda X: sigmoid(X[:, 0] + 4), "y₂": lambda X: sigmoid(X[:, 1] - 4)}
    drawn = draw.network(activations, LECTURE, planes=maps)
    assert_readable(drawn)
    assert_apart(drawn)
    assert {"y₁: all above ½", "y₂: all below ½"} <= {axes.get_title() for axes in drawn.figure.axes}


def test_the_loss_as_a_node_of_its_own():
    activations, *_ = passes(LECTURE)
    drawn = draw.network(activations, LECTURE, loss=1.387, bias="∂z/∂b")
    assert_readable(drawn)
    assert_apart(drawn)
    assert {"C", "1.39", "z³", "∂z/∂b = −2"} <= set(shown(drawn)) and "y = a³" not in shown(drawn)
    assert "z³ = " in drawn.caption


def test_a_network_is_named_by_its_claim():
    activations, *_ = passes(LECTURE)
    assert draw.network(activations, LECTURE, title="From x to y").title == "From x to y"


def test_shared_work_counts_wires():
    drawn = draw.shared_work(LECTURE, (0, 0, 0), (0, 1, 0))
    assert "6 wires serve one of them alone, and 4 wires (thick) serve both" in drawn.caption
    assert "C" in shown(drawn) and "z³" in shown(drawn)


def test_what_does_not_fit_is_said():
    activations, deltas, gains, _ = passes(LECTURE)
    with pytest.raises(ValueError, match=r"sizes \[2, 2, 2\], but the layers have sizes \[2, 2, 2, 2\]"):
        draw.network(activations[:-1], LECTURE)
    with pytest.raises(ValueError, match=r"\[2, 2, 2, 2\], but the layers have sizes \[2, 2, 2\]"):
        draw.reversed_network([activations[0], *deltas], LECTURE, gains)
    with pytest.raises(ValueError, match="at most 8 neurons"):
        draw.network([np.zeros(9), np.zeros(1)], [(np.zeros((1, 9)), np.zeros(1))])
