"""The loss as a landscape over two parameters, with functions as points on it and descents as paths."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, LogNorm, Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from threesteps.draw.picture import GREEN, GREY, INK, ORANGE, PURPLE, SKY, canvas, headline, number, picture, short
from threesteps.draw.plane import Point, heat, mark

Span = tuple[float, float]
Path = tuple[str, Sequence[Sequence[float]]]

HEIGHT = LinearSegmentedColormap.from_list("height", ["#FFFFFF", "#D4D4D4", "#8C8C8C"])
FOG = "#E6E6E6"
MARKERS = ("o", "s", "^", "D", "v", "P")
PATHS = ((PURPLE, "-", "o"), (GREEN, "--", "s"), (ORANGE, "-.", "^"), (SKY, ":", "D"))
CIRCLE = np.radians(np.arange(0, 360, 5))
PLACES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


@picture
def landscape(
    loss: Callable,
    x: Span,
    y: Span,
    *,
    title: str,
    caption: str,
    names: tuple[str, str] = ("$w_1$", "$w_2$"),
    marks: Mapping[str, Sequence[float]] | None = None,
    paths: Sequence[Path] = (),
    numbered: Sequence[str] = (),
    levels: int = 12,
    log: bool = False,
) -> tuple[Figure, str]:
    """A loss over two parameters: light is low, and along a line the loss is the same.

    loss: takes an array (2,) and gives a number. x, y: (low, high) of each parameter; names: what
    the axes are called. marks: {name: (x, y)}, functions as points with their loss. paths:
    [(label, (steps + 1, 2))], from a ring through one marker per step; a path that leaves the
    picture is cut at its edge. numbered: labels of paths whose steps are counted. levels: about how
    many lines, spaced by equal factors with `log` (for a loss above 0). The marks' and paths' losses
    are added to the caption.
    """
    figure, axes = canvas(6.4, 5.0)
    _heights(figure, axes, loss, x, y, levels, log)
    for (label, path), (colour, line, marker) in zip(paths, PATHS):
        shown = _in_sight(np.asarray(path, dtype=float), x, y)
        axes.plot(*shown.T, color=colour, linestyle=line, marker=marker, markersize=5, linewidth=1.6, label=label)
        if label in numbered:
            _count(axes, shown, x, y)
        axes.plot(*shown[0], "o", color="white", markeredgecolor=colour, markeredgewidth=2, markersize=10, zorder=4)
    axes.set(xlim=x, ylim=y, xlabel=names[0], ylabel=names[1])
    if paths:
        figure.legend(loc="outside lower center", ncols=min(len(paths), 3), frameon=False)
    headline(figure, title)
    _mark(figure, axes, loss, marks or {})
    return figure, " ".join([caption, *_marks_in_words(loss, marks or {}), *_paths_in_words(loss, paths, x, y)])


@picture
def walk(
    visited: Sequence[Sequence[float]],
    x: Span,
    y: Span,
    function: Callable,
    *,
    names: tuple[str, str] = ("$w_1$", "$w_2$"),
    points: Sequence[Point] = (),
) -> tuple[Figure, str]:
    """A walk in fog: of a landscape only the places visited so far, beside the function at the last one.

    visited: [(x, y, loss), …], lighter where the loss is lower; x, y, names: as for `landscape`;
    function: takes points as rows, (N, 2), and gives (N,) in [0, 1]; points: (x₁, x₂, class) to
    mark on its heat map.
    """
    path = np.asarray(visited, dtype=float)
    *here, loss = path[-1]
    figure, (left, right) = canvas(8, 3.7, 1, 2)
    left.plot(*path.T[:2], color=GREY, linewidth=0.8)
    left.scatter(*path.T[:2], 60, path[:, 2], cmap=HEIGHT, edgecolors=INK, clip_on=False, zorder=3)
    left.plot(*here, "o", color=INK, markersize=14, markeredgewidth=2.5, fillstyle="none", clip_on=False, zorder=4)
    left.set(xlim=x, ylim=y, xlabel=names[0], ylabel=names[1], title="where you have been", box_aspect=1)
    left.set_facecolor(FOG)
    image = heat(right, function, -3, 3)
    mark(right, points)
    right.set_title("your function")
    figure.colorbar(image, ax=right, label="output", ticks=[0, 0.5, 1])
    headline(figure, f"In fog: here L = {number(loss, 3)}, and the lowest so far was {number(path[:, 2].min(), 3)}")
    caption = (
        f"You are at the ring, ({short(here[0])}, {short(here[1])}). Of the land you see only the places where you "
        "have been, lighter where L is lower; beside it is your function, orange for 0 and blue for 1."
    )
    return figure, caption


@picture
def downhill(
    loss: Callable,
    x: Span,
    y: Span,
    places: Sequence[Sequence[float]],
    slopes: Callable,
    step: float,
    *,
    title: str,
    caption: str,
    names: tuple[str, str] = ("$w_1$", "$w_2$"),
    levels: int = 12,
) -> tuple[Figure, str]:
    """The way straight down: at some places of a landscape, and close up at the first one, which has a box.

    loss, x, y, names, levels: as for `landscape`. places: [(x, y), …]; slopes: takes a place and
    gives the gradient (2,) there; an arrow points against it, and is as long as two gradients.
    Close up, 72 steps of length `step` go in all directions; a mark at the end of each tells
    whether the loss falls or rises, and its size tells by how much.
    """
    figure, (left, right) = canvas(8, 4.4, 1, 2)
    _heights(figure, left, loss, x, y, levels, log=False)
    left.set(xlim=x, ylim=y, xlabel=names[0], ylabel=names[1], title="the map", box_aspect=1)
    for place in places:
        _arrow(left, place, -2 * np.asarray(slopes(place)))
        left.plot(*place, "o", color=INK, markersize=4)
    left.plot(*places[0], "s", color=INK, markersize=13, fillstyle="none")
    _close_up(right, loss, np.asarray(places[0], dtype=float), np.asarray(slopes(places[0])), step)
    right.set(xlabel=names[0], ylabel=names[1], title=f"close up: steps of length {step:g}", box_aspect=1)
    right.legend(loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2, frameon=False, handletextpad=0.2)
    headline(figure, title)
    return figure, caption


def _close_up(axes: Axes, loss: Callable, here: np.ndarray, slopes: np.ndarray, step: float) -> None:
    """Contour lines, a circle of steps with their change of the loss, and an arrow straight down."""
    circle = step * np.stack([np.cos(CIRCLE), np.sin(CIRCLE)], axis=1)
    changes = np.array([float(loss(here + move)) for move in circle]) - float(loss(here))
    sizes = 110 * (changes / np.abs(changes).max()) ** 2
    for falls, colour, marker, label in ((True, GREEN, "v", "the loss falls"), (False, ORANGE, "o", "it rises")):
        of = (changes < 0) == falls
        face = colour if falls else "white"
        axes.scatter(*(here + circle[of]).T, sizes[of], face, marker=marker, edgecolors=colour, label=label)
    reach = 1.45 * step
    xs, ys = (np.linspace(middle - reach, middle + reach, 31) for middle in here)
    values = [[float(loss(np.array([a, b]))) for a in xs] for b in ys]
    spread = np.abs(changes).max() * np.arange(-2, 2.5, 0.5)
    axes.contour(xs, ys, values, float(loss(here)) + spread, colors=INK, linewidths=0.6, alpha=0.6)
    axes.contour(xs, ys, values, [float(loss(here))], colors=INK, linewidths=1.6)
    _arrow(axes, here, -0.9 * step * slopes / np.linalg.norm(slopes))
    for axis, middle in ((axes.xaxis, here[0]), (axes.yaxis, here[1])):
        axis.set_ticks([middle - step, middle, middle + step])


def _arrow(axes: Axes, start: Sequence[float], move: Sequence[float]) -> None:
    style = {"arrowstyle": "-|>", "color": PURPLE, "linewidth": 2.2, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 14}
    axes.annotate("", np.add(start, move), start, arrowprops=style, zorder=5)


def _heights(
    figure: Figure, axes: Axes, loss: Callable, x: Span, y: Span, levels: int, log: bool, grid: int = 61
) -> None:
    xs, ys = np.linspace(*x, grid), np.linspace(*y, grid)
    values = np.array([[float(loss(np.array([a, b]))) for a in xs] for b in ys])
    values = np.ma.masked_invalid(values)
    if log:
        lowest = max(values.min(), 1e-6 * values.max())
        at = np.geomspace(lowest, values.max(), levels)
        norm = LogNorm(at[0], at[-1])
    else:
        at = MaxNLocator(levels, steps=[1, 2, 5, 10]).tick_values(values.min(), values.max())
        norm = Normalize(at[0], at[-1])
    filled = axes.contourf(
        xs, ys, values, at, cmap=HEIGHT, norm=norm, extend="min" if values.min() < at[0] else "neither"
    )
    axes.contour(xs, ys, values, at, colors=INK, linewidths=0.6, alpha=0.6)
    bar = figure.colorbar(
        filled, ax=axes, label="loss L", ticks=_round_numbers(at[0], at[-1]) if log else MaxNLocator(7)
    )
    if log:
        bar.ax.minorticks_off()
        bar.ax.yaxis.set_major_formatter("{x:.3g}")


def _round_numbers(low: float, high: float) -> NDArray:
    """Numbers with one digit between two that are above 0, at most about seven: 1, 2, 3, 4, 6, 8, or fewer a decade."""
    decades = 10.0 ** np.arange(np.floor(np.log10(low)), np.log10(high) + 1)
    for digits in ((1, 2, 3, 4, 6, 8), (1, 2, 5), (1,)):
        numbers = np.multiply.outer(decades, digits).ravel()
        numbers = numbers[(low <= numbers) & (numbers <= high)]
        if len(numbers) <= 7:
            return numbers
    return numbers[:: -(-len(numbers) // 7)]


def _mark(figure: Figure, axes: Axes, loss: Callable, marks: Mapping[str, Sequence[float]]) -> None:
    """Each mark with its name and loss beside it, where no other label and no other mark stands."""
    for at, marker in zip(marks.values(), MARKERS):
        axes.plot(*at, marker, color=INK, markersize=9, markeredgecolor="white", zorder=5)
    figure.draw_without_rendering()
    frame = axes.get_window_extent()
    taken = [_around(axes.transData.transform(at)) for at in marks.values()]
    for name, at in marks.items():
        for right, up in PLACES:
            label = axes.annotate(
                f"{name}\nL = {number(float(loss(np.asarray(at, dtype=float))))}",
                at,
                (12 * right, 12 * up),
                textcoords="offset points",
                ha={1: "left", 0: "center", -1: "right"}[right],
                va={1: "bottom", 0: "center", -1: "top"}[up],
                fontsize=10,
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1},
                zorder=6,
            )
            box = label.get_window_extent()
            inside = frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1
            if (inside and not any(box.overlaps(other) for other in taken)) or (right, up) == PLACES[-1]:
                break
            label.remove()
        taken.append(box)


def _around(pixel: np.ndarray, radius: float = 7.0) -> Bbox:
    return Bbox([pixel - radius, pixel + radius])


def _count(axes: Axes, path: np.ndarray, x: Span, y: Span) -> None:
    """The number of each step where it ends, on the side away from the path."""
    size = np.array([x[1] - x[0], y[1] - y[0]])
    for step, place in enumerate(path[1:], start=1):
        away = (2 * place - path[step - 1] - path[min(step + 1, len(path) - 1)]) / size
        offset = 11 * away / max(np.linalg.norm(away), 1e-9)
        if _inside(place, x, y):
            axes.annotate(
                str(step), place, offset, textcoords="offset points", ha="center", va="center", fontweight="bold"
            )


def _in_sight(path: np.ndarray, x: Span, y: Span) -> np.ndarray:
    """The path up to where it is so far away that no line back would be seen, or no number any more."""
    middle = np.array([sum(x), sum(y)]) / 2
    size = np.array([x[1] - x[0], y[1] - y[0]])
    far = ~(np.abs(path - middle) < 100 * size).all(axis=1)
    return path[: far.argmax()] if far.any() else path


def _inside(point: Sequence[float], x: Span, y: Span) -> bool:
    return bool(x[0] <= point[0] <= x[1] and y[0] <= point[1] <= y[1])


def _marks_in_words(loss: Callable, marks: Mapping[str, Sequence[float]]) -> list[str]:
    said = [
        f"{name} ({short(at[0])}, {short(at[1])}) with L = {number(float(loss(np.asarray(at, dtype=float))))}"
        for name, at in marks.items()
    ]
    return [f"Marked: {'; '.join(said)}."] if said else []


def _paths_in_words(loss: Callable, paths: Sequence[Path], x: Span, y: Span) -> list[str]:
    said = []
    for label, path in paths:
        path = np.asarray(path, dtype=float)
        start = f"{label}: {len(path) - 1} steps from L = {number(float(loss(path[0])))}"
        if _inside(path[-1], x, y):
            said.append(f"{start} to L = {number(float(loss(path[-1])))}.")
        else:
            said.append(f"{start} out of the picture.")
    return said
