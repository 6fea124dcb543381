"""Sliders that redraw a picture. Code hosts and printouts show no widgets: give each a still twin."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets
from IPython.display import display

from threesteps.draw.picture import Picture

VIEW = "application/vnd.jupyter.widget-view+json"


class Widget:
    """A widget shown as nothing but its live view, so that a stored notebook holds no trace of it."""

    def __init__(self, box: ipywidgets.Widget) -> None:
        self.box = box

    def _ipython_display_(self) -> None:
        display({VIEW: {"model_id": self.box.model_id, "version_major": 2, "version_minor": 0}}, raw=True)


def explore(render: Callable[..., Picture], **knobs: tuple) -> Widget:
    """A picture with a slider for each argument of `render`.

    knobs: `name=(low, high, start)` for a number in steps of a fiftieth of the range,
    `name=(low, high, start, step)` for other steps (whole numbers give whole numbers), or
    `name=["one", "two"]` for a choice.
    """
    controls = {name: _control(name, knob) for name, knob in knobs.items()}
    view = ipywidgets.HTML()

    def redraw(_change: object = None) -> None:
        view.value = render(**{name: control.value for name, control in controls.items()}).html

    for control in controls.values():
        control.observe(redraw, names="value")
    redraw()
    return Widget(ipywidgets.VBox([*controls.values(), view]))


def _control(name: str, knob: tuple | list) -> ipywidgets.Widget:
    label = {"description": name, "style": {"description_width": "7em"}}
    if isinstance(knob, list):
        return ipywidgets.Dropdown(options=knob, **label)
    low, high, start, *step = knob
    wide = {"layout": ipywidgets.Layout(width="32em", max_width="100%"), **label}
    if all(isinstance(value, int) for value in knob) and step:
        return ipywidgets.IntSlider(start, low, high, step[0], **wide)
    return ipywidgets.FloatSlider(start, min=low, max=high, step=step[0] if step else (high - low) / 50, **wide)


class Progress:
    """A bar that fills while something runs: `bar = Progress("training", 20)`, `bar.step()`."""

    def __init__(self, label: str, steps: int) -> None:
        self.bar = ipywidgets.IntProgress(0, 0, steps, description=label, style={"description_width": "auto"})
        Widget(self.bar)._ipython_display_()

    def step(self) -> None:
        """One step further."""
        self.bar.value += 1
