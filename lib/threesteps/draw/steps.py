"""The map of the course: its three steps."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from threesteps.draw.picture import FORWARD, GREEN, GREY, INK, ORANGE, PURPLE, canvas, headline, picture

AT = np.linspace(-2.4, 2.4, 200)
DATA = np.array([(-2.0, -0.9), (-1.2, -0.75), (-0.3, -0.05), (0.5, 0.35), (1.3, 0.95), (2.1, 0.85)])


def _curve(x: np.ndarray, slope: float) -> np.ndarray:
    return np.tanh(slope * x)


@picture
def three_steps(lessons: tuple[str, str, str] = ("1a  1b  1c", "2a  2b", "3a  3b  3c  3d  3e")) -> tuple[Figure, str]:
    """The three steps side by side: a set of functions, how good one is, a way downhill; under each its lessons."""
    figure, axes = canvas(8, 3.7, 1, 3)
    titles = ("1 · Define a set\nof functions", "2 · Goodness\nof a function", "3 · Pick the best\nfunction")
    for ax, title, names, draw in zip(axes, titles, lessons, (_functions, _goodness, _descent)):
        draw(ax)
        ax.set(xticks=[], yticks=[])
        ax.set_title(title, fontweight="bold")
        ax.set_xlabel(f"lessons {names}", labelpad=8)
    headline(figure, "Deep learning in three steps")
    caption = (
        "Step 1: a network is a set of functions, one for each setting of its parameters. Step 2: the loss measures "
        "how far a function is from the data (here, by vertical distances). Step 3: gradient descent walks downhill on "
        "the loss to a better function."
    )
    return figure, caption


def _functions(axes: Axes) -> None:
    for slope, colour, line in ((-0.7, ORANGE, "--"), (0.15, GREEN, "-."), (0.6, FORWARD, "-"), (3, GREY, ":")):
        axes.plot(AT, _curve(AT, slope), color=colour, linestyle=line)
    axes.text(0, -1.3, "each curve: its own parameters", ha="center", va="center", fontsize=10)
    axes.set(ylim=(-1.55, 1.35))


def _goodness(axes: Axes) -> None:
    axes.plot(AT, _curve(AT, 0.15), color=GREEN, linestyle="-.")
    for x, y in DATA:
        axes.plot([x, x], [y, float(_curve(x, 0.15))], color=PURPLE, linewidth=1.5)
        axes.plot(x, y, "o", color=INK, markersize=5)
    axes.text(0, -1.3, "loss: how far from the data?", ha="center", va="center", fontsize=10)
    axes.set(ylim=(-1.55, 1.35))


def _descent(axes: Axes) -> None:
    axes.plot(AT, AT**2 / 3, color=INK, linewidth=1.5)
    path = -2.1 * 0.62 ** np.arange(6)
    axes.plot(path, path**2 / 3, "o", color=PURPLE, markersize=6)
    for start, end in zip(path[:3], path[1:4]):
        tip, tail = (end, end**2 / 3), (start, start**2 / 3)
        axes.annotate("", tip, tail, arrowprops={"arrowstyle": "-|>", "color": PURPLE, "linewidth": 1.5})
    axes.text(0, -0.45, "downhill, step by step", ha="center", va="center", fontsize=10)
    axes.text(0.1, 1.55, "loss against\na parameter", ha="center", va="center", fontsize=10)
    axes.set(ylim=(-0.75, 2.1))
