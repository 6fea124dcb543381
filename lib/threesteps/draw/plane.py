"""Functions of two numbers as heat maps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patheffects import Normal, Stroke

from threesteps.draw.picture import INK, UNIT, canvas, headline, picture, short

Point = tuple[float, float, int]
HALO = [Stroke(linewidth=4, foreground="white")]


@picture
def planes(
    functions: Mapping[str, Callable],
    *,
    title: str,
    caption: str,
    points: Sequence[Point] = (),
    reach: float = 3.0,
    low: float | None = None,
    neurons: Mapping[str, tuple[float, float, float]] | None = None,
    label: str = "output a",
) -> tuple[Figure, str]:
    """Heat maps of functions from the plane to [0, 1], side by side, with the line where the output is ½.

    functions: {name: f}, where f takes points as rows, (N, 2), and gives (N,) or (N, 1). points:
    (x₁, x₂, class) to mark, class 0 as a ring and class 1 as a disc. The plane goes from −reach
    (or low) to reach both ways. neurons: {name: (w₁, w₂, b)}: their panels get an arrow for the
    direction of w. label: what the colours stand for.
    """
    columns = 2 if len(functions) == 4 else min(len(functions), 3)
    rows = -(-len(functions) // columns)
    side = {1: 3.4, 2: 2.4, 3: 2.05}[columns]
    figure, axes = canvas(1.3 + (side + 0.15) * columns, 0.5 + (side + 0.3) * rows, rows, columns, squeeze=False)
    low = -reach if low is None else low
    for ax, (name, function) in zip(axes.flat, functions.items()):
        image = heat(ax, function, low, reach)
        mark(ax, points)
        if neurons and name in neurons:
            _direction(ax, *neurons[name], length=(reach - low) / 5)
        ax.set_title(name, fontsize=11)
    for ax in axes.flat[len(functions) :]:
        ax.set_visible(False)
    figure.colorbar(image, ax=list(axes.flat), label=label, ticks=[0, 0.5, 1], shrink=0.8, aspect=25 * rows)
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


def _direction(axes: Axes, w1: float, w2: float, b: float, length: float) -> None:
    """The direction of w: an arrow that starts at the origin's nearest point on the line w·x + b = 0."""
    w = np.array([w1, w2], dtype=float)
    if not w.any():
        return
    nearest = -b * w / (w @ w)
    effects, view = [*HALO, Normal()], axes.axis()
    axes.plot(*np.transpose([(0, 0), nearest]), color=INK, linestyle=":", linewidth=2, path_effects=effects)
    axes.plot(0, 0, "o", color=INK, markersize=5, path_effects=effects, zorder=5)
    arrow = {"arrowstyle": "-|>", "color": INK, "linewidth": 1.8, "shrinkA": 0, "shrinkB": 0, "path_effects": effects}
    axes.annotate("", nearest + length * w / np.hypot(*w), nearest, arrowprops=arrow, annotation_clip=True)
    axes.axis(view)


def mark(axes: Axes, points: Sequence[Point]) -> None:
    """Mark points of class 0 (rings) and class 1 (discs)."""
    for x, y, label in points:
        axes.plot(x, y, "o", markersize=11, markeredgecolor=INK, markeredgewidth=2, color=INK if label else "white")
