"""Curves: functions of one number, and quantities that change while training."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from threesteps.draw.picture import FORWARD, GREY, INK, ORANGE, SERIES, SKY, canvas, headline, picture, short

MARKERS = ("o", "s", "^", "D", "v", "P")
LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)))


@picture
def functions(
    named: Mapping[str, Callable],
    low: float,
    high: float,
    *,
    title: str,
    caption: str,
    measured: Mapping[str, Sequence[tuple[float, float]]] | None = None,
    x: str = "z",
    y: str = "",
    points: Sequence[tuple] = (),
    below: bool = False,
) -> tuple[Figure, str]:
    """Functions of one number, drawn over [low, high]; measured: black dots, {name: [(x, y), …]}.

    points: (x, y) or (x, y, text) to mark, in the colour of the curve that passes there; without a
    text they show their coordinates. below: their texts are below them, clear of a rising curve.
    """
    figure, axes = canvas(7, 3.6)
    at = np.linspace(low, high, 401)
    for (name, function), colour, line in zip(named.items(), SERIES, LINES):
        axes.plot(at, [float(function(value)) for value in at], color=colour, linestyle=line, label=name)
    _mark(axes, points, [_colour_at(named, *point[:2]) for point in points], below)
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.set(title=textwrap.fill(title, 75), xlabel=x, ylabel=y or next(iter(named)))
    for name, dots in (measured or {}).items():
        axes.plot(*zip(*dots), "o", color=INK, markersize=6, label=name)
    if len(named) > 1 or measured:
        _legend(axes)
    return figure, caption


@picture
def lines(
    series: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    *,
    title: str,
    caption: str,
    x: str,
    y: str,
    log: str = "",
    markers: bool = True,
    points: Sequence[tuple] = (),
) -> tuple[Figure, str]:
    """Measured series, {name: (x values, y values)}, as lines with a marker for each value.

    log: which axes are logarithmic, "x", "y" or "xy" (values that are not above 0 are left out
    there). points: (x, y) or (x, y, text) to mark.
    """
    figure, axes = canvas(7, 3.8)
    axes.set(xscale="log" if "x" in log else "linear", yscale="log" if "y" in log else "linear")
    for (name, (xs, ys)), colour, line, marker in zip(series.items(), SERIES, LINES, MARKERS):
        axes.plot(xs, ys, color=colour, linestyle=line, marker=marker if markers else "", markersize=5, label=name)
    if all(isinstance(value, int) for xs, _ in series.values() for value in xs) and "x" not in log:
        axes.xaxis.get_major_locator().set_params(integer=True)
    _mark(axes, points)
    axes.set(xlabel=x, ylabel=y)
    if len(series) > 1:
        _legend(axes)
    headline(figure, title)
    return figure, caption


def _colour_at(named: Mapping[str, Callable], px: float, py: float) -> str:
    """The colour of the first curve through the point, or of the first curve where none passes."""
    close = (colour for function, colour in zip(named.values(), SERIES) if np.isclose(float(function(px)), py))
    return next(close, SERIES[0])


def _legend(axes: Axes) -> None:
    """Where there is room. Said outright, as else matplotlib warns when its search takes a slow machine a second."""
    axes.legend(loc="best", frameon=False)


def _mark(axes: Axes, points: Sequence[tuple], colours: Sequence[str] = (), below: bool = False) -> None:
    """Points with a text above, or below near the upper edge; their coordinates where no text is given."""
    for (px, py, *_), colour in zip(points, colours or [FORWARD] * len(points)):
        axes.plot(px, py, "o", color=colour, markersize=8)
    axes.autoscale_view()
    for px, py, *text in points:
        said = text[0] if text else f"({short(px)}, {short(py)})"
        high = axes.transAxes.inverted().transform(axes.transData.transform((px, py)))[1] > 0.9
        place = {"xytext": (8, -8), "va": "top"} if high or below else {"xytext": (8, 8)}
        axes.annotate(said, (px, py), textcoords="offset points", **place)


@picture
def histories(
    panels: Mapping[str, Mapping[str, Sequence[float]]],
    *,
    title: str,
    caption: str,
    x: str = "epoch",
    log: Sequence[str] = (),
    alike: bool = False,
) -> tuple[Figure, str]:
    """What happened in the course of training: a panel for each quantity, a line for each series, from epoch 1.

    panels: {"accuracy": {"training": [...], "validation": [...]}, …}. log: panels with a log axis.
    alike: all panels have the same y axis.
    """
    figure, axes = canvas(8, 3.4, 1, len(panels), squeeze=False, sharey=alike)
    for ax, (quantity, series) in zip(axes[0], panels.items()):
        for i, ((name, values), colour, line) in enumerate(zip(series.items(), SERIES, LINES)):
            width = 2 if i else 4  # the first one shows under another that covers it
            ax.plot(range(1, len(values) + 1), values, color=colour, linestyle=line, linewidth=width, label=name)
        ax.set(xlabel=x, ylabel=quantity, yscale="log" if quantity in log else "linear")
        ax.xaxis.get_major_locator().set_params(integer=True)
    if len({tuple(series) for series in panels.values()}) == 1:
        figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=4, frameon=False)
    else:
        for ax in axes[0]:
            _legend(ax)
    headline(figure, title)
    return figure, caption


@picture
def runs(
    groups: Mapping[str, Sequence[float]],
    *,
    title: str,
    caption: str,
    x: str,
    y: str,
    marked: Sequence[str] = (),
    middle: Callable[[Sequence[float]], float] = np.mean,
) -> tuple[Figure, str]:
    """Repeated runs: a dot for each, and a bar with a number for each group's middle.

    groups: {name: values}, at least one value each, side by side in their order; marked: the names
    of groups to stand out; middle: the mean, or for instance np.median.
    """
    figure, axes = canvas(7.8, 3.8)
    for at, (name, values) in enumerate(groups.items()):
        colour, level = ORANGE if name in marked else SKY, float(middle(values))
        axes.plot(np.linspace(-0.16, 0.16, len(values)) + at, values, "o", color=colour, markersize=6, alpha=0.8)
        axes.plot([at - 0.3, at + 0.3], [level, level], color=INK)
        axes.annotate(f"{level:.0f}", (at, max(values)), (0, 6), textcoords="offset points", ha="center", fontsize=10)
    axes.set_xticks(range(len(groups)), list(groups))
    axes.tick_params(axis="x", length=0)
    axes.margins(y=0.12)
    axes.set(xlim=(-0.6, len(groups) - 0.4), xlabel=x, ylabel=y)
    headline(figure, title)
    return figure, caption
