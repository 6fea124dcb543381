"""One neuron."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from threesteps.draw.picture import FORWARD, GREY, INK, blank, canvas, number, picture, short


@picture
def neuron(
    x: Sequence[float], w: Sequence[float], b: float, z: float, a: float, activation: Callable
) -> tuple[Figure, str]:
    """A neuron with its numbers, beside the curve of its activation with (z, a) on it."""
    figure, (left, right) = canvas(8, 3.2, 1, 2, width_ratios=(1.35, 1))
    _wires(left, x, w, b, z, a)
    _curve(right, z, a, activation)
    products = " + ".join(f"({short(weight)})·({short(value)})" for weight, value in zip(w, x))
    caption = (
        f"A neuron with weights {_listed(w)} and bias {short(b)} gets x = {_listed(x)}: "
        f"z = {products} + ({short(b)}) = {short(z)}, and a = σ({short(z)}) = {number(a)}."
    )
    return figure, caption


def _listed(values: Sequence[float]) -> str:
    return f"({', '.join(map(short, values))})"


def _wires(axes: Axes, x: Sequence[float], w: Sequence[float], b: float, z: float, a: float) -> None:
    blank(axes)
    heights = np.linspace(len(x) - 1, 0, len(x)) * 1.5
    middle = heights.mean()
    low = min(heights.min(), middle) - 1.5
    axes.set(xlim=(-0.75, 6.3), ylim=(low - 0.6, heights.max() + 0.6), aspect="equal")
    for i, (height, value, weight) in enumerate(zip(heights, x, w), start=1):
        _arrow(axes, (0.45, height), (2.52, middle + 0.12 * (height - middle)))
        _node(axes, 0, height, short(value), 0.45)
        axes.text(-0.55, height, f"$x_{i}$", ha="right", va="center")
        along = 0.42
        at = (0.45 + along * 2.07, height + along * (middle - height))
        axes.text(*at, f"$w_{i}$ = {short(weight)}", ha="center", va="center", bbox=_LABEL, color=FORWARD)
    axes.annotate("", (3.1, middle - 0.6), (3.1, low + 0.1), arrowprops=_ARROW)
    axes.text(3.1, low, f"$b$ = {short(b)}", ha="center", va="top", color=FORWARD)
    _node(axes, 3.1, middle, short(z), 0.58)
    axes.text(3.1, middle + 0.72, "$z$", ha="center", va="bottom")
    _arrow(axes, (3.68, middle), (4.95, middle))
    axes.text(4.28, middle + 0.12, "σ", ha="center", va="bottom", fontsize=13)
    _node(axes, 5.55, middle, number(a), 0.58)
    axes.text(5.55, middle + 0.72, "$a$", ha="center", va="bottom")
    axes.set_title("weigh, add, squash")


def _curve(axes: Axes, z: float, a: float, activation: Callable) -> None:
    reach = max(6.0, abs(z) + 1)
    at = np.linspace(-reach, reach, 301)
    axes.plot(at, [float(activation(value)) for value in at], color=FORWARD)
    axes.plot([z, z, -reach], [0, a, a], color=GREY, linestyle=":", linewidth=1.5)
    axes.plot(z, a, "o", color=FORWARD, markersize=9)
    axes.set(xlabel="z", ylabel="a = σ(z)", ylim=(-0.05, 1.05), xlim=(-reach, reach), yticks=[0, 0.5, 1])
    axes.set_title(f"σ({short(z)}) = {number(a)}")


_ARROW = {"arrowstyle": "-|>", "color": FORWARD, "linewidth": 1.6, "shrinkA": 0, "shrinkB": 0}
_LABEL = {"facecolor": "white", "edgecolor": "none", "pad": 1.5}


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    axes.annotate("", end, start, arrowprops=_ARROW)


def _node(axes: Axes, x: float, y: float, text: str, radius: float) -> None:
    axes.add_patch(Circle((x, y), radius, facecolor="white", edgecolor=FORWARD, linewidth=2, zorder=3))
    axes.text(x, y, text, ha="center", va="center", color=INK, zorder=4)
