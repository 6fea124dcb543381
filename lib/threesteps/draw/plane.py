"""Functions of two numbers as heat maps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from threesteps.draw.picture import INK, UNIT, canvas, headline, picture, short

Point = tuple[float, float, int]


@picture
def planes(
    functions: Mapping[str, Callable],
    *,
    title: str,
    caption: str,
    points: Sequence[Point] = (),
    reach: float = 3.0,
    low: float | None = None,
) -> tuple[Figure, str]:
    """Heat maps of functions from the plane to [0, 1], side by side, with the line where the output is ½.

    functions: {name: f}, where f takes points as rows, (N, 2), and gives (N,) or (N, 1). points:
    (x₁, x₂, class) to mark, class 0 as a ring and class 1 as a disc. The plane goes from −reach
    (or low) to reach both ways.
    """
    columns = 2 if len(functions) == 4 else min(len(functions), 3)
    rows = -(-len(functions) // columns)
    side = {1: 3.4, 2: 2.4, 3: 2.05}[columns]
    figure, axes = canvas(1.3 + (side + 0.15) * columns, 0.5 + (side + 0.3) * rows, rows, columns, squeeze=False)
    low = -reach if low is None else low
    for ax, (name, function) in zip(axes.flat, functions.items()):
        image = heat(ax, function, low, reach)
        mark(ax, points)
        ax.set_title(name, fontsize=11)
    for ax in axes.flat[len(functions) :]:
        ax.set_visible(False)
    figure.colorbar(image, ax=list(axes.flat), label="output a", ticks=[0, 0.5, 1], shrink=0.8, aspect=25 * rows)
    headline(figure, title)
    figure.set_figheight(figure.get_figheight() + 0.2 * figure.get_suptitle().count("\n"))
    return figure, caption


def heat(axes: Axes, function: Callable, low: float, high: float):
    """One heat map on `axes`; returns what a colour bar needs."""
    at = np.linspace(low, high, 121)
    grid = np.stack(np.meshgrid(at, at), axis=-1).reshape(-1, 2)
    values = np.asarray(function(grid), dtype=float).reshape(121, 121)
    image = axes.imshow(values, origin="lower", extent=(low, high, low, high), cmap=UNIT, vmin=0, vmax=1)
    if values.min() < 0.5 < values.max():
        axes.contour(at, at, values, levels=[0.5], colors=INK, linewidths=1.2, linestyles="--")
    ticks = [low, (low + high) / 2, high]
    axes.set(xlabel="$x_1$", ylabel="$x_2$", xticks=ticks, yticks=ticks)
    axes.set_xticklabels(map(short, ticks))
    axes.set_yticklabels(map(short, ticks))
    axes.yaxis.labelpad = -4
    return image


def mark(axes: Axes, points: Sequence[Point]) -> None:
    """Mark points of class 0 (rings) and class 1 (discs)."""
    for x, y, label in points:
        axes.plot(x, y, "o", markersize=11, markeredgecolor=INK, markeredgewidth=2, color=INK if label else "white")
