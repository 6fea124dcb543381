"""Handwritten digits: as pictures and as numbers, what a network says of them, and its weights as pictures."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from threesteps.draw.picture import FORWARD, GREY, INK, ORANGE, SKY, UNIT, canvas, headline, largest, number, picture
from threesteps.draw.picture import blank as without_frame

PAPER = LinearSegmentedColormap.from_list("paper", ["#FFFFFF", INK])  # ink on paper: 0 is white, 1 is black
WIDE, LETTER, LINE = 7.8, 0.088, 0.19  # inches: of a page, about a letter at 10 pt, and a line of text


@picture
def digits(
    X: ArrayLike, under: Sequence | None = None, *, title: str, caption: str, columns: int | None = None
) -> tuple[Figure, str]:
    """A wall of square pictures, ink from 0 (white) to 1 (black). X: (N, pixels), row by row.

    under: what stands under each (labels, predictions), one or more lines; columns: as many as
    fit where none are given.
    """
    figure, axes = _wall(np.asarray(X, dtype=float), under, columns, PAPER, (0.0, 1.0))
    headline(figure, title)
    return figure, caption


@picture
def weights(
    W: ArrayLike,
    under: Sequence | None = None,
    *,
    title: str,
    caption: str,
    columns: int | None = None,
    label: str = "weight",
) -> tuple[Figure, str]:
    """Each row of W, the weights of a neuron that looks at a square picture, as such a picture.

    Blue weights are above 0, orange ones below, white ones near 0; under, columns: as for `digits`;
    label: what the colours mean.
    """
    W = np.asarray(W, dtype=float)
    reach = float(np.abs(W).max()) or 1.0
    figure, axes = _wall(W, under, columns, UNIT, (-reach, reach), page=WIDE - 1.0)
    bar = figure.colorbar(ScalarMappable(Normalize(-reach, reach), UNIT), ax=axes, shrink=0.7, aspect=30)
    bar.set_ticks([-reach, 0, reach], labels=[number(-reach, 1), "0", number(reach, 1)])
    bar.set_label(label)
    headline(figure, title)
    return figure, caption


def _wall(
    X: NDArray,
    under: Sequence | None,
    columns: int | None,
    colours: LinearSegmentedColormap,
    limits: tuple[float, float],
    page: float = WIDE,
) -> tuple[Figure, Axes]:
    """Pictures on one axes, whose unit is an inch. Raises ValueError for pictures that aren't square."""
    side = _side(X.shape[-1])
    texts = [""] * len(X) if under is None else [str(text) for text in under]
    if X.ndim != 2 or len(texts) != len(X):
        raise ValueError(
            f"X is (N, pixels), with a text for each row, but X has shape {X.shape} and {len(texts)} texts"
        )
    lines = [line for text in texts for line in text.split("\n")]
    width = max(0.65, LETTER * max(map(len, lines), default=0) + 0.1)  # of a picture and the gap to the next
    columns = min(len(X), columns or int(page / width)) or 1
    width = max(width, min(page / columns, 1.0))
    shown = min(width - 0.1, 1.1)
    height = shown + 0.1 + LINE * max(text.count("\n") + 1 if text else 0 for text in texts or [""])
    rows = math.ceil(len(X) / columns)

    beside = WIDE - page
    figure, axes = canvas(min(8, max(5, width * columns + beside + 0.3)), max(2.2, height * rows + 0.6))
    without_frame(axes)
    for i, (x, text) in enumerate(zip(X, texts)):
        left, top = (i % columns + 0.5) * width - shown / 2, -(i // columns) * height
        extent = (left, left + shown, top - shown, top)
        axes.imshow(x.reshape(side, side), cmap=colours, vmin=limits[0], vmax=limits[1], extent=extent)
        axes.add_patch(Rectangle((left, top - shown), shown, shown, fill=False, edgecolor=GREY, linewidth=0.8))
        axes.text(left + shown / 2, top - shown - 0.03, text, ha="center", va="top", fontsize=10, linespacing=1.1)
    axes.set(xlim=(0, width * columns), ylim=(-height * rows, 0.05), aspect="equal")
    return figure, axes


def _side(pixels: int) -> int:
    side = math.isqrt(pixels)
    if side * side != pixels:
        raise ValueError(f"a picture is square, but this one has {pixels} pixels")
    return side


@picture
def digit_numbers(x: ArrayLike, *, title: str, caption: str) -> tuple[Figure, str]:
    """One square picture beside the numbers that it is made of. x: (pixels,) from 0 to 1."""
    x = np.asarray(x, dtype=float)
    side = _side(x.size)
    x = x.reshape(side, side)
    figure, (left, right) = canvas(WIDE, 0.45 * side + 0.6, 1, 2, width_ratios=(1, 1.1))
    for axes in (left, right):
        without_frame(axes)
    left.imshow(x, cmap=PAPER, vmin=0, vmax=1, aspect="auto")
    right.imshow(np.zeros_like(x), cmap=PAPER, vmin=0, vmax=1, aspect="auto")
    for (row, column), ink in np.ndenumerate(x):
        text = number(ink) if 0 < ink < 1 else f"{ink:.0f}"
        right.text(column, row, text, ha="center", va="center", fontsize=10, color=INK if ink else GREY)
    for axes in (left, right):
        for at in np.arange(side + 1) - 0.5:
            axes.plot([at, at], [-0.5, side - 0.5], color=GREY, linewidth=0.5)
            axes.plot([-0.5, side - 0.5], [at, at], color=GREY, linewidth=0.5)
    headline(figure, title)
    return figure, caption


@picture
def probabilities(
    x: ArrayLike,
    y: ArrayLike,
    label: int | None = None,
    *,
    before: ArrayLike | None = None,
    pixel: tuple[int, int] | None = None,
    title: str = "",
    caption: str = "",
) -> tuple[Figure, str]:
    """A picture beside a network's outputs for it, one bar a class. x: (pixels,); y: (K,) from 0 to 1.

    label: the true class, where it is known; before: outputs to compare with, as dashed outlines;
    pixel: (row, column) to be framed.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    side = _side(x.size)
    figure, (left, right) = canvas(WIDE, 3.1, 1, 2, width_ratios=(1, 2))
    left.imshow(x.reshape(side, side), cmap=PAPER, vmin=0, vmax=1)
    left.set(xticks=[], yticks=[])
    left.spines[:].set(visible=True, color=GREY)
    if pixel is not None:
        row, column = pixel
        frame = {"fill": False, "edgecolor": ORANGE, "linewidth": 3}
        left.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, **frame))
    drawn = right.bar(range(len(y)), y, 0.66, color=SKY, edgecolor=FORWARD, linewidth=1.2)
    drawn[largest(y)].set(facecolor=FORWARD)
    if before is not None:
        outline = {"facecolor": "none", "edgecolor": INK, "linestyle": "--", "linewidth": 1.2}
        right.bar(range(len(y)), before, 0.84, **outline)
    for k, value in enumerate(y):
        old = -1 if before is None else before[k]
        top = max(value, old) if abs(old - value) < 0.1 else value  # not across the dashed line
        right.text(k, top + 0.02, number(value), ha="center", va="bottom", fontsize=10)
    right.set(ylim=(0, 1.12), yticks=[0, 0.5, 1], ylabel="output y")
    right.set_xlabel("class" if before is None else "class (dashed: before)")
    names = [f"{k}\ntrue" if k == label else str(k) for k in range(len(y))]
    right.set_xticks(range(len(y)), names)
    if label is not None:
        right.get_xticklabels()[label].set_fontweight("bold")
    said = _verdict(y, label)
    headline(figure, title or said)
    return figure, caption or f"A handwritten digit and the network's {len(y)} outputs for it. {said}."


def _verdict(y: NDArray, label: int | None) -> str:
    read = int(largest(y))
    said = f"Read as {read} with probability {number(y[read])}"
    if label is None:
        return said
    return f"{said}: right" if read == label else f"{said}, but the label is {label}, which got {number(y[label])}"


@picture
def mistakes(
    X: ArrayLike, labels: ArrayLike, Y: ArrayLike, *, most: int = 30, title: str = "", caption: str = ""
) -> tuple[Figure, str]:
    """The digits that a network reads wrongly, and what it thought. X: (N, pixels); labels: (N,); Y: (N, K).

    Under each: what it is, what it was read as, and the probabilities of both. At most `most` are drawn.
    """
    X, labels, Y = np.asarray(X), np.asarray(labels), np.asarray(Y)
    read = largest(Y)
    wrong = np.flatnonzero(read != labels)
    under = [
        f"{labels[n]}, read as {read[n]}\n{read[n]}: {Y[n, read[n]]:.0%}, {labels[n]}: {Y[n, labels[n]]:.0%}".replace(
            "%", " %"
        )
        for n in wrong[:most]
    ]
    figure, _ = _wall(X[wrong[:most]], under, None, PAPER, (0.0, 1.0))
    said = f"{len(wrong)} of {len(X)} digits were read wrongly"
    headline(figure, title or said)
    pairs = ", ".join(f"{labels[n]} as {read[n]}" for n in wrong[:most])
    return figure, caption or f"{said}{': ' if pairs else ''}{pairs}."


@picture
def confusion(
    matrix: ArrayLike, names: Sequence | None = None, *, title: str = "", caption: str = ""
) -> tuple[Figure, str]:
    """Counts of what was read as what: row, what it is; column, what it was read as. matrix: (K, K) integers."""
    matrix = np.asarray(matrix)
    names = range(len(matrix)) if names is None else names
    figure, axes = canvas(1.6 + 0.46 * len(matrix), 1.3 + 0.4 * len(matrix))
    right = np.eye(len(matrix), dtype=bool)
    share = matrix / max(1, matrix[~right].max(initial=0))
    for (i, j), count in np.ndenumerate(matrix):
        colour, strength = (SKY, 0.45) if i == j else (ORANGE, 0.25 + 0.75 * share[i, j])
        if count:
            axes.add_patch(Rectangle((j - 0.5, i - 0.5), 1, 1, facecolor=colour, alpha=strength))
        weight = "bold" if count and i != j else "normal"
        style = {"ha": "center", "va": "center", "fontsize": 10, "color": INK if count else GREY}
        axes.text(j, i, str(count), fontweight=weight, **style)
    axes.set(xlim=(-0.5, len(matrix) - 0.5), ylim=(len(matrix) - 0.5, -0.5), xlabel="read as", ylabel="it is")
    axes.set_xticks(range(len(matrix)), names)
    axes.set_yticks(range(len(matrix)), names)
    axes.tick_params(length=0)
    headline(figure, title or "What was read as what")
    return figure, caption or _mixed_up(matrix, list(names))


def _mixed_up(matrix: NDArray, names: list) -> str:
    said = f"{np.trace(matrix)} of {matrix.sum()} stand on the diagonal, where what was read is what it is."
    off = [(-matrix[i, j], i, j) for i in range(len(matrix)) for j in range(len(matrix)) if i != j and matrix[i, j]]
    most = [f"{names[i]} read as {names[j]} ({-count})" for count, i, j in sorted(off)[:3]]
    return f"{said} Most often mixed up: {', '.join(most)}." if most else said


@picture
def class_counts(counts: Mapping[str, Sequence[int]], *, title: str, caption: str = "") -> tuple[Figure, str]:
    """How many examples of each class there are, a panel for each part of the data. counts: {part: (K,)}."""
    figure, axes = canvas(7, 0.9 + 1.25 * len(counts), len(counts), 1, sharex=True, squeeze=False)
    for ax, (part, values) in zip(axes[:, 0], counts.items()):
        ax.bar(range(len(values)), values, 0.66, color=SKY, edgecolor=FORWARD, linewidth=1.2)
        for k, value in enumerate(values):
            ax.annotate(str(value), (k, value), (0, 2), textcoords="offset points", ha="center", fontsize=10)
        ax.set(ylim=(0, 1.35 * max(values)), yticks=[], ylabel=f"{part}\n({sum(values):,})")
        ax.set_xticks(range(len(values)))
        ax.spines["left"].set_visible(False)
    axes[-1, 0].set_xlabel("class")
    headline(figure, title)
    said = [f"{part}: {sum(values):,}, from {min(values)} to {max(values)} a class" for part, values in counts.items()]
    return figure, caption or f"{'; '.join(said)}."


@picture
def neighbours(
    nearest: ArrayLike, starts: Sequence[int], parts: Mapping[str, int], *, title: str, caption: str
) -> tuple[Figure, str]:
    """Where in a file the digits stand that look most alike: a dot for each digit and its nearest neighbour.

    nearest: (N,), the place of each digit's nearest neighbour; starts: where each writer's block
    begins, drawn as a square; parts: {name: number of digits}, in the file's order.
    """
    nearest = np.asarray(nearest)
    n = len(nearest)
    figure, axes = canvas(6.6, 6.2)
    for low, high in zip(starts, [*starts[1:], n]):
        square = {"facecolor": SKY, "alpha": 0.35, "edgecolor": FORWARD, "linewidth": 0.8}
        axes.add_patch(Rectangle((low, low), high - low, high - low, **square))
    axes.plot(range(n), nearest, ".", color=INK, markersize=2.5)
    begin = 0
    for name, size in parts.items():
        if begin:
            axes.axvline(begin, color=ORANGE, linewidth=1.5, linestyle="--")
        axes.text(begin + size / 2, n + 20, name, ha="center", va="bottom", fontsize=10)
        begin += size
    axes.set(xlim=(0, n), ylim=(0, n), aspect="equal", xlabel="a digit's place in the file")
    axes.set_ylabel("place of the digit most like it")
    headline(figure, title)
    return figure, caption
