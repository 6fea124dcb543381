"""Hidden space: the points of the plane as a layer of two neurons sees them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from threesteps.draw.picture import INK, canvas, headline, number, picture, short
from threesteps.draw.plane import Point, heat, mark

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
EDGE = 0.25  # of hidden space, shown beyond 0 and 1
TOGETHER = 0.08  # as near as this, points share a label


@picture
def hidden_space(
    hidden: Callable,
    points: Sequence[Point],
    *,
    title: str,
    output: Callable | None = None,
    names: Sequence[str] = ("hidden neuron 1", "hidden neuron 2"),
    caption: str = "",
    low: float = -3.0,
    high: float = 3.0,
) -> tuple[Figure, str]:
    """Two hidden neurons over the plane, and the same points once more at (a₁, a₂): where the layer puts them.

    hidden: takes points as rows, (N, 2), and gives (N, 2). points: (x₁, x₂, class); class 0 is a ring, class 1 a
    disc, lettered from A. output: takes (N, 2) of hidden space and gives (N,) or (N, 1), a heat map there. The plane
    goes from low to high both ways. Raises ValueError for more than 26 points.
    """
    if len(points) > len(LETTERS):
        raise ValueError(f"{len(points)} points, but there are {len(LETTERS)} letters")
    figure, axes = canvas(7.9, 3.3, 1, 3)
    places = np.array([(x, y) for x, y, _ in points], dtype=float)
    seen = np.asarray(hidden(places), dtype=float)
    for k, ax in enumerate(axes[:2]):
        heat(ax, lambda X, k=k: np.asarray(hidden(X))[:, k], low, high)
        mark(ax, points)
        _letters(ax, places, low, high)
        ax.set_title(f"{names[k]}: a{'₁₂'[k]}", fontsize=11)
    _space(axes[2], seen, points, output)
    figure.supxlabel("orange 0, white ½, blue 1; the dashed line is ½", fontsize=10)
    headline(figure, title)
    return figure, caption or _words(seen, points)


def _space(axes: Axes, seen: NDArray, points: Sequence[Point], output: Callable | None) -> None:
    low, high = -EDGE, 1 + EDGE
    if output:
        heat(axes, output, low, high)
    axes.set(xlim=(low, high), ylim=(low, high), aspect="equal", xticks=(0, 0.5, 1), yticks=(0, 1))
    axes.set_xticklabels(["0", "0.5", "1"])
    axes.set_yticklabels(["0", "1"])
    axes.set_xlabel("$a_1$")
    axes.set_ylabel("$a_2$", labelpad=0)
    axes.plot([0, 1, 1, 0, 0], [0, 0, 1, 1, 0], color=INK, linewidth=0.6)
    mark(axes, [(a, b, label) for (a, b), (_, _, label) in zip(seen, points)])
    _letters(axes, seen, low, high)
    axes.set_title("hidden space", fontsize=11)


def _letters(axes: Axes, places: NDArray, low: float, high: float) -> None:
    """The points' letters above them, or below in the lower half; points at one place share a label."""
    size, middle = high - low, (low + high) / 2
    left = list(range(len(places)))
    while left:
        x, y = places[left[0]]
        here = [k for k in left if np.abs(places[k] - (x, y)).max() < TOGETHER * size]
        left = [k for k in left if k not in here]
        up = 1 if y > middle else -1
        if abs(y - middle) > 0.4 * size:  # at the rim: towards the middle
            up = -up
        text = ", ".join(LETTERS[k] for k in here)
        box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1}
        axes.text(x, y + 0.11 * up * size, text, ha="center", va="center", bbox=box)


def _words(seen: NDArray, points: Sequence[Point]) -> str:
    said = [
        f"{LETTERS[k]} ({short(x)}, {short(y)}) {'disc' if label else 'ring'}: ({number(a)}, {number(b)})"
        for k, ((x, y, label), (a, b)) in enumerate(zip(points, seen))
    ]
    return f"Where the points stand in hidden space: {'; '.join(said)}."
