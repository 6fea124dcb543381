"""Toolkits beside us: how far apart the numbers are, and the times as networks grow; both on log axes."""

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
    """The largest differences between toolkits and us, for each place (the loss, layer 1, …), on a log axis.

    differences: {"float64": {"PyTorch": [one value a place], …}, "float32": {…}}; the first kind is
    drawn filled, the second hollow. rounding: for some kinds the size of one rounding, as a dashed
    line. 0 is drawn at the lower edge, and so is what is smaller than 10⁻¹⁸. Raises ValueError for
    more than two kinds, and where a toolkit has not one value a place.
    """
    toolkits = list(dict.fromkeys(name for kind in differences.values() for name in kind))
    if len(differences) > 2 or len(toolkits) > len(MARKERS):
        raise ValueError(f"two kinds and {len(MARKERS)} toolkits can be told apart, not {len(differences)} and more")
    figure, axes = canvas(8, 4.2)
    for (kind, named), fill in zip(differences.items(), (WHOLE, HOLLOW)):
        for name, values in named.items():
            if len(values) != len(places):
                raise ValueError(f"{name} in {kind} has {len(values)} values, but there are {len(places)} places")
            k = toolkits.index(name)
            at = np.arange(len(places)) + 0.14 * (k - (len(toolkits) - 1) / 2)
            axes.plot(at, np.maximum(values, LOWEST), **_look(k, fill), zorder=3)
    _axis(axes, differences, places, rounding or {})
    handles = [Line2D([], [], **_look(k, WHOLE), label=name) for k, name in enumerate(toolkits)]
    shown = zip(differences, (WHOLE, HOLLOW))
    handles += [Line2D([], [], **(_look(0, fill) | {"color": INK}), label=kind) for kind, fill in shown]
    handles += [Line2D([], [], **ROUNDING, label="one rounding")] if rounding else []
    figure.legend(handles=handles, loc="outside right center", frameon=False)
    headline(figure, title)
    return figure, caption or _words(differences, toolkits)


def _look(k: int, fill: str) -> dict:
    look = {"color": SERIES[k], "marker": MARKERS[k], "linestyle": "", "markersize": 9}
    return look | {"fillstyle": fill, "markeredgewidth": 2}


def _axis(axes: Axes, differences: Mapping, places: Sequence[str], rounding: Mapping[str, float]) -> None:
    values = [*rounding.values(), *(v for kind in differences.values() for named in kind.values() for v in named)]
    high = max([ROOM * value for value in values if math.isfinite(value)] + [1e-12])
    axes.set(yscale="log", ylim=(LOWEST / ROOM, high), xlim=(-0.5, len(places) - 0.5), ylabel="largest difference")
    every = 3 * math.ceil(math.log10(high / LOWEST) / 24)
    powers = [10.0**power for power in range(-18, math.floor(math.log10(high)) + 1, every)]
    axes.yaxis.set_major_locator(FixedLocator(powers))
    axes.yaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: "0" if value <= LOWEST else power_of_ten(value)))
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


def _words(differences: Mapping[str, Mapping[str, Sequence[float]]], toolkits: Sequence[str]) -> str:
    worst = {
        kind: max((max(v, default=0.0) for v in named.values()), default=0.0) for kind, named in differences.items()
    }
    said = ", ".join(f"in {kind} at most {power_of_ten(value)}" for kind, value in worst.items())
    return f"The largest differences from ours, {', '.join(toolkits)}: {said}."


@picture
def race(
    sizes: Sequence[int], times: Mapping[str, Sequence[float]], *, title: str, x: str, y: str = "milliseconds a step"
) -> tuple[Figure, str]:
    """Times over sizes on log axes, a line for each contender; the caption says where each beats the first one.

    sizes: rising; times: {name: one time in milliseconds for each size}. Raises ValueError for other counts.
    """
    figure, axes = canvas(8, 3.9)
    for (name, values), colour, line, marker in zip(times.items(), SERIES, LINES, MARKERS):
        if len(values) != len(sizes):
            raise ValueError(f"{name} has {len(values)} times, but there are {len(sizes)} sizes")
        axes.plot(sizes, values, color=colour, linestyle=line, marker=marker, markersize=6, label=name)
    axes.set(xscale="log", yscale="log", xlabel=x, ylabel=y)
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.xaxis.set_minor_locator(NullLocator())
    figure.legend(loc="outside right center", frameon=False)
    headline(figure, title)
    said = "; ".join(f"{name} {_time(values[0])} and {_time(values[-1])}" for name, values in times.items())
    caption = f"A step at {sizes[0]:,} and at {sizes[-1]:,}: {said}."
    (first, base), *others = times.items()
    ahead = {name: [n for n, time, ours in zip(sizes, values, base) if time < ours] for name, values in others}
    if ahead:
        parts = [f"{name} at {', '.join(f'{n:,}' for n in won) or 'none of the sizes'}" for name, won in ahead.items()]
        caption += f" Faster than {first}: {'; '.join(parts)}."
    return figure, caption


def _time(milliseconds: float) -> str:
    return f"{milliseconds:.2f} ms" if milliseconds < 1 else f"{milliseconds:.3g} ms"
