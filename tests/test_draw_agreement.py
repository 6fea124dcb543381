"""How far frameworks are apart, and how their times grow, on log axes."""

import numpy as np
import pytest
from drawing import assert_apart, assert_readable, texts

from threesteps import draw
from threesteps.draw.agreement import power_of_ten

PLACES = ["loss", "layer 1", "layer 2", "layer 3"]
DOUBLE = {"PyTorch": [4.4e-16, 2e-17, 5.6e-17, 2.2e-16], "Keras": [0, 2.6e-17, 2.8e-16, 1.1e-16], "JAX": [0, 0, 0, 0]}
SINGLE = {"PyTorch": [1.8e-7, 4.6e-8, 4.5e-8, 3.8e-8], "JAX": [1.8e-7, 4.6e-8, 3.7e-8, 3.8e-8]}
ROUNDING = {"float64": 2.0**-53, "float32": 2.0**-24}
LONG = "Several words that do not fit into one line " * 3


def said(picture):
    return [text.get_text() for text in texts(picture)]


@pytest.mark.parametrize(
    "differences",
    [
        {"float64": DOUBLE, "float32": SINGLE},
        {"float64": DOUBLE},
        {"float64": {}, "float32": {}},
        {"float64": {"PyTorch": [1e-3, 2.0, 1e3, 1e5]}},
        {"float64": {"PyTorch": [np.nan, np.inf, 0, 1e-16]}},
    ],
)
@pytest.mark.parametrize("rounding", [None, ROUNDING])
def test_any_differences(differences, rounding):
    drawn = draw.agreement(differences, PLACES, title=LONG, rounding=rounding)
    assert_readable(drawn)
    assert_apart(drawn)
    assert set(PLACES) | set(differences) <= set(said(drawn))
    assert ("one rounding" in said(drawn)) == bool(rounding)


def test_any_number_of_places():
    for count in (1, 2, 7):
        values = list(np.geomspace(1e-16, 1e-14, count))
        drawn = draw.agreement({"float64": {"PyTorch": values}}, [f"layer {k}" for k in range(count)], title="t")
        assert_readable(drawn)
        assert_apart(drawn)


def test_caption_names_the_largest():
    caption = draw.agreement({"float64": DOUBLE, "float32": SINGLE}, PLACES, title="t").caption
    assert caption == (
        "The largest relative differences from ours, PyTorch, Keras, JAX: in float64 at most 10⁻¹⁵, "
        "in float32 at most 10⁻⁶."
    )
    assert draw.agreement({"float64": DOUBLE}, PLACES, title="t", caption="c").caption == "c"


def test_frameworks_differ_in_more_than_colour_and_kinds_in_their_fill():
    drawn = draw.agreement({"float64": DOUBLE, "float32": SINGLE}, PLACES, title="t")
    points = drawn.figure.axes[0].lines
    assert len({line.get_marker() for line in points}) == len({line.get_color() for line in points}) == 3
    assert [line.get_fillstyle() for line in points] == ["full"] * 3 + ["none"] * 2


def test_zero_stands_at_the_lower_edge():
    drawn = draw.agreement({"float64": DOUBLE}, PLACES, title="t")
    (axes,) = drawn.figure.axes
    assert axes.lines[2].get_ydata().tolist() == [axes.get_yticks()[0]] * 4
    assert said(drawn).count("0") == 1


def test_what_cannot_be_drawn():
    with pytest.raises(ValueError, match="has 3 values, but there are 4 places"):
        draw.agreement({"float64": {"JAX": [0, 0, 0]}}, PLACES, title="t")
    with pytest.raises(ValueError, match="told apart"):
        draw.agreement({"a": {}, "b": {}, "c": {}}, PLACES, title="t")


@pytest.mark.parametrize(
    ("value", "text"), [(1e-12, "10⁻¹²"), (1.01e-12, "10⁻¹¹"), (0.3, "10⁰"), (250, "10³"), (np.inf, "inf")]
)
def test_power_of_ten(value, text):
    assert power_of_ten(value) == text


TIMES = {
    "NumPy float64": [0.07, 0.2, 2.0, 10.2],
    "PyTorch float64": [0.35, 0.6, 3.0, 8.0],
    "PyTorch float32": [0.36, 0.5, 1.1, 3.0],
    "Keras float32": [0.96, 1.1, 3.9, 12.0],
}


@pytest.mark.parametrize("count", [1, 2, 4])
@pytest.mark.parametrize("sizes", [[32, 128, 512, 1024], [1, 10, 100, 100_000], [100, 200, 400, 800]])
def test_any_race(count, sizes):
    drawn = draw.race(sizes, dict(list(TIMES.items())[:count]), title=LONG, x="neurons a layer")
    assert_readable(drawn)
    assert_apart(drawn)
    assert {f"{size:,}" for size in sizes} | set(list(TIMES)[:count]) <= set(said(drawn))


def test_a_races_caption_gives_both_ends():
    caption = draw.race([32, 128, 512, 1024], TIMES, title="t", x="x").caption
    assert caption == (
        "A step at 32 and at 1,024: NumPy float64 0.07 ms and 10.2 ms; PyTorch float64 0.35 ms and 8 ms; "
        "PyTorch float32 0.36 ms and 3 ms; Keras float32 0.96 ms and 12 ms."
    )


def test_in_a_race_colour_is_the_name_and_fill_the_kind():
    lines = draw.race([32, 128, 512, 1024], TIMES, title="t", x="x").figure.axes[0].lines
    assert len({line.get_color() for line in lines}) == len({line.get_marker() for line in lines}) == 3
    assert lines[1].get_color() == lines[2].get_color()
    assert [line.get_fillstyle() for line in lines] == ["full", "full", "none", "none"]


def test_a_race_needs_a_time_for_each_size():
    with pytest.raises(ValueError, match="has 4 times, but there are 3 sizes"):
        draw.race([32, 128, 512], TIMES, title="t", x="x")
