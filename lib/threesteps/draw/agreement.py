"""Frameworks beside us: how far apart the numbers are, and the times as networks grow; both on log axes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from threesteps.draw.curves import LINES, MARKERS
from threesteps.draw.picture import GREY, INK, SERIES, canvas, headline, picture

LOWEST, ROOM = 1e-18, 8.0  # of the axis, where 0 is drawn; and as a factor above the largest value
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
WHOLE, HOLLOW = "full", "none"
ROUNDING = {"color": GREY, "linestyle": "--", "linewidth": 1.2}


@picture
def agreement(
    differences: Mapping[str, Mapping[str, Sequence[float]]],
    places: Sequence[str],
    *,
    title: str,
    caption: str = "",
    rounding: Mapping[str, float] | None = None,
) -> tuple[Figure, str]:
    """The largest relative differences between frameworks and us, for each place (the loss, layer 1, …), on a log axis.

    differences: {"float64": {"PyTorch": [one value per place], …}, "float32": {…}}; the first kind is
    drawn filled, the second hollow. rounding: for some kinds the size of one rounding, as a dashed
    line. 0 is drawn at the lower edge, and so is what is smaller than 10⁻¹⁸. Raises ValueError for
    more than two kinds, and where a framework has not one value per place.
    """
    frameworks = list(dict.fromkeys(name for kind in differences.values() for name in kind))
    if len(differences) > 2 or len(frameworks) > len(MARKERS):
        raise ValueError(f"two kinds and {len(MARKERS)} frameworks can be told apart, not {len(differences)} and more")
    figure, axes = canvas(8, 4.2)
    for (kind, named), fill in zip(differences.items(), (WHOLE, HOLLOW)):
        for name, values in named.items():
            if len(values) != len(places):
                raise ValueError(f"{name} in {kind} has {len(values)} values, but there are {len(places)} places")
            k = frameworks.index(name)
            at = np.arange(len(places)) + 0.14 * (k - (len(frameworks) - 1) / 2)
            axes.plot(at, np.maximum(values, LOWEST), **_look(k, fill), zorder=3)
    _axis(axes, differences, places, rounding or {})
    handles = [Line2D([], [], **_look(k, WHOLE), label=name) for k, name in enumerate(frameworks)]
    shown = zip(differences, (WHOLE, HOLLOW))
    handles += [Line2D([], [], **(_look(0, fill) | {"color": INK}), label=kind) for kind, fill in shown]
    handles += [Line2D([], [], **ROUNDING, label="one rounding")] if rounding else []
    figure.legend(handles=handles, loc="outside right center", frameon=False)
    headline(figure, title)
    return figure, caption or _words(differences, frameworks)


def _look(k: int, fill: str) -> dict:
    look = {"color": SERIES[k], "marker": MARKERS[k], "linestyle": "", "markersize": 9}
    return look | {"fillstyle": fill, "markeredgewidth": 2}


def _axis(axes: Axes, differences: Mapping, places: Sequence[str], rounding: Mapping[str, float]) -> None:
    values = [*rounding.values(), *(v for kind in differences.values() for named in kind.values() for v in named)]
    high = max([ROOM * value for value in values if math.isfinite(value)] + [1e-12])
    axes.set(
        yscale="log", ylim=(LOWEST / ROOM, high), xlim=(-0.5, len(places) - 0.5), ylabel="largest relative difference"
    )
    every = 3 * math.ceil(math.log10(high / LOWEST) / 24)
    powers = [10.0**power for power in range(-18, math.floor(math.log10(high)) + 1, every)]
    axes.yaxis.set_major_locator(FixedLocator(powers))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: "0" if value <= LOWEST else power_of_ten(value)))
    broken = {"ha": "center", "va": "center", "backgroundcolor": "white", "fontsize": 11}  # no log axis holds 0
    axes.text(0, 12 * LOWEST, "≈", transform=axes.get_yaxis_transform(), **broken)
    axes.set_xticks(range(len(places)), places)
    axes.tick_params(axis="x", length=0)
    for size in rounding.values():
        axes.axhline(size, **ROUNDING, zorder=1)


def power_of_ten(value: float) -> str:
    """The power of ten that a value doesn't exceed.

    >>> power_of_ten(2.8e-16), power_of_ten(1e-12), power_of_ten(0.0)
    ('10⁻¹⁵', '10⁻¹²', '0')
    """
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    return f"10{str(math.ceil(math.log10(value) - 1e-9)).translate(SUPERSCRIPT)}"


def _words(differences: Mapping[str, Mapping[str, Sequence[float]]], frameworks: Sequence[str]) -> str:
    worst = {
        kind: max((max(v, default=0.0) for v in named.values()), default=0.0) for kind, named in differences.items()
    }
    said = ", ".join(f"in {kind} at most {power_of_ten(value)}" for kind, value in worst.items())
    return f"The largest relative differences from ours, {', '.join(frameworks)}: {said}."


@picture
def race(
    sizes: Sequence[int], times: Mapping[str, Sequence[float]], *, title: str, x: str, y: str = "milliseconds per step"
) -> tuple[Figure, str]:
    """Times over sizes on log axes, a line for each contender.

    sizes: rising; times: {"NumPy float64": [one time in milliseconds per size], …}. Contenders of the same
    name share colour and marker; the first kind is drawn filled, the second hollow and dashed. Raises
    ValueError for other counts.
    """
    figure, axes = canvas(8, 3.9)
    names, kinds = (list(dict.fromkeys(words)) for words in zip(*(name.partition(" ")[::2] for name in times)))
    for contender, values in times.items():
        if len(values) != len(sizes):
            raise ValueError(f"{contender} has {len(values)} times, but there are {len(sizes)} sizes")
        name, _, kind = contender.partition(" ")
        k, second = names.index(name), kinds.index(kind) > 0
        look = _look(k, HOLLOW if second else WHOLE) | {"markersize": 7, "linestyle": LINES[second]}
        axes.plot(sizes, values, **look, label=contender)
    axes.set(xscale="log", yscale="log", xlabel=x, ylabel=y)
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.xaxis.set_minor_locator(NullLocator())
    figure.legend(loc="outside right center", frameon=False)
    headline(figure, title)
    said = "; ".join(f"{name} {_time(values[0])} and {_time(values[-1])}" for name, values in times.items())
    return figure, f"A step at {sizes[0]:,} and at {sizes[-1]:,}: {said}."


def _time(milliseconds: float) -> str:
    return f"{milliseconds:.2f} ms" if milliseconds < 1 else f"{milliseconds:.3g} ms"
