"""Bars for the classes of one example: scores, probabilities, targets, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from numpy.typing import ArrayLike, NDArray

from threesteps.draw.picture import FORWARD, GREY, INK, SKY, canvas, headline, largest, number, picture

WIDE, LETTER = 7.8, 0.095  # inches: of a page, and about a letter at 10 pt
Limits = tuple[float, float]


@picture
def bars(
    panels: Mapping[str, ArrayLike],
    names: Sequence[str] | None = None,
    *,
    title: str,
    caption: str = "",
    x: str = "class",
    before: Mapping[str, ArrayLike] | None = None,
    limits: Mapping[str, Limits] | None = None,
    marked: Mapping[str, int] | None = None,
) -> tuple[Figure, str]:
    """One number a class, as bars with the number on each; a panel for each set of numbers.

    panels: {"scores z": (K,), "probabilities y": (K,), …}; names: of the K classes, 0 to K − 1 where
    none are given. before: for some panels where the bars stood before, as dashed outlines. limits:
    for some panels (low, high) of the axis; else 0 to 1 where all numbers lie in that. marked: for
    some panels the class to stand out. A nan is written where its bar would be. Raises ValueError where
    a panel has not one number a class.
    """
    before, limits, marked = before or {}, limits or {}, marked or {}
    rows = {name: np.asarray(values, dtype=float) for name, values in panels.items()}
    names = [str(k) for k in range(len(next(iter(rows.values()))))] if names is None else list(names)
    for name, values in (*rows.items(), *((name, np.asarray(values)) for name, values in before.items())):
        if values.shape != (len(names),):
            raise ValueError(f"{name} has shape {values.shape}, but there are {len(names)} classes")

    down, across = _grid(rows, names)
    width = WIDE if across > 1 else min(WIDE, 3 + 0.5 * len(names))
    figure, axes = canvas(width, 0.6 + (2.3 if down == 1 else 1.9) * down, down, across, squeeze=False)
    axes = axes.ravel()
    for i, (ax, (name, values)) in enumerate(zip(axes, rows.items())):
        old = np.asarray(before[name], dtype=float) if name in before else None
        _panel(ax, values, names, old, limits.get(name), marked.get(name))
        ax.set_title(name, fontsize=11)
        if i + across >= len(rows):
            ax.set_xlabel(x)
    for ax in axes[len(rows) :]:
        ax.set_visible(False)
    if before:
        outline = Patch(facecolor="none", edgecolor=INK, linestyle="--", label="before")
        figure.legend(handles=[outline], loc="outside lower right", frameon=False)
    headline(figure, title)
    return figure, caption or " ".join(_words(name, values, names) for name, values in rows.items())


def _grid(rows: Mapping[str, NDArray], names: Sequence[str]) -> tuple[int, int]:
    """(rows, columns) of panels, as many beside each other as leave room for every number and name."""
    texts = [*names, *(number(value) for values in rows.values() for value in values)]
    panel = 0.75 + len(names) * (LETTER * max(map(len, texts)) + 0.03)
    if panel > WIDE:
        raise ValueError(f"{len(names)} bars with texts of up to {max(map(len, texts))} letters do not fit a page")
    across = min(len(rows), int(WIDE / panel))
    if (len(rows), across) == (3, 2):
        across = 1  # class under class, and no hole
    down = -(-len(rows) // across)
    return down, -(-len(rows) // down)


def _panel(
    axes: Axes, values: NDArray, names: Sequence[str], old: NDArray | None, limits: Limits | None, marked: int | None
) -> None:
    at = np.arange(len(names))
    low, high = limits or _limits(values if old is None else np.concatenate([values, old]))
    room = 0.13 * (high - low)  # for the numbers on the bars
    axes.set(ylim=(low - room if low < 0 else low, high + room), xlim=(-0.6, len(names) - 0.4))
    tops = np.nan_to_num(values, nan=0.0, posinf=high, neginf=low)
    drawn = axes.bar(at, tops, 0.62, color=SKY, edgecolor=FORWARD, linewidth=1.2)
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.set_xticks(at, names)
    axes.tick_params(axis="x", length=0)
    if old is not None:
        axes.bar(at, old, 0.78, facecolor="none", edgecolor=INK, linestyle="--", linewidth=1.2)
    if marked is not None:
        drawn[marked].set(facecolor=FORWARD, linewidth=2.5)
        axes.get_xticklabels()[marked].set_fontweight("bold")
    for k, value in enumerate(values):
        end = min(max(tops[k], low), high)
        if old is not None and old[k] * value >= 0 and abs(abs(old[k]) - abs(end)) < room:
            end = max(end, old[k]) if value >= 0 else min(end, old[k])  # not across the dashed line
        above = not value < 0
        axes.annotate(
            number(value),
            (k, end),
            (0, 3 if above else -3),
            textcoords="offset points",
            ha="center",
            va="bottom" if above else "top",
            fontsize=10,
        )


def _limits(values: NDArray) -> Limits:
    values = np.nan_to_num(values, posinf=1.0, neginf=-1.0)
    if values.min() >= 0 and values.max() <= 1:
        return 0.0, 1.0
    return min(0.0, float(values.min())), max(0.0, float(values.max()))


def _words(name: str, values: NDArray, names: Sequence[str]) -> str:
    """All numbers of a panel; of many the smallest and the largest."""
    if len(values) <= 5:
        return f"{name}: {', '.join(f'{k} {number(v)}' for k, v in zip(names, values))}."
    low, high = largest(-values), largest(values)
    return f"{name}: from {number(values[low])} ({names[low]}) to {number(values[high])} ({names[high]})."
