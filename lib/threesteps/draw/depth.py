"""Deep networks: how large δ is in each layer, and what layers can build."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import NullFormatter
from numpy.typing import ArrayLike

from threesteps.draw.curves import LINES, MARKERS
from threesteps.draw.picture import BACKWARD, FORWARD, GREY, INK, canvas, headline, picture, short

Norms = Sequence[float]


@picture
def layer_norms(
    panels: Mapping[str, Norms | Mapping[str, Norms]],
    *,
    title: str,
    caption: str = "",
    quantity: str = "norm of δ",
    factor: float | None = None,
    limits: tuple[float, float] | None = None,
) -> tuple[Figure, str]:
    """How large δ (or a gradient) is in each layer, on a log axis: the first layer left, the output layer right.

    panels: {"sigmoid": norms}, first layer first, or {"sigmoid": {"at the start": norms, …}} for
    several lines, drawn from light to dark. factor: also a dotted line that falls by it a layer from
    the output of each panel's first line. limits: of the axis, else they follow from the values. What
    is 0 or not finite has no place on a log axis and is left out.
    """
    lines = {name: given if isinstance(given, Mapping) else {"": given} for name, given in panels.items()}
    named = list(dict.fromkeys(key for series in lines.values() for key in series))
    look = dict(zip(named, zip(_shades(len(named)), LINES, MARKERS)))
    figure, axes = canvas(min(8.0, 3.6 + 2.4 * len(lines)), 3.9, 1, len(lines), squeeze=False, sharey=True)
    for ax, (name, series) in zip(axes[0], lines.items()):
        for key, norms in series.items():
            colour, line, marker = look[key]
            ax.plot(range(1, len(norms) + 1), _on_log(norms), color=colour, linestyle=line, marker=marker, markersize=6)
        most = max(map(len, series.values()))
        if factor:
            last = next(iter(series.values()))
            guide = last[-1] / float(factor) ** np.arange(len(last) - 1, -1, -1)
            ax.plot(range(1, len(last) + 1), guide, color=GREY, linestyle=":", linewidth=1.5, zorder=1)
        ax.set(yscale="log", xlim=(0.6, most + 0.4))
        every = math.ceil(most / 12)
        ticks = [layer for layer in range(1, most, every) if most - layer >= every]
        ax.set_xticks([*ticks, most], [*map(str, ticks), "out"])
        ax.set_xlabel("layer   (← backward)")
        if len(lines) > 1:
            ax.set_title(textwrap.fill(name, 84 // len(lines)), fontsize=11)
    _reach(axes[0, 0], [norms for series in lines.values() for norms in series.values()], limits)
    axes[0, 0].set_ylabel(quantity)
    _key(figure, look, factor)
    headline(figure, title)
    return figure, caption or " ".join(_words(*item) for item in lines.items())


def _shades(count: int) -> list[tuple]:
    """The colour of the backward pass, from a light shade to a dark one; alone as it is."""
    if count == 1:
        return [to_rgb(BACKWARD)]
    white, base, ink = (np.array(to_rgb(colour)) for colour in ("white", BACKWARD, INK))
    steps = np.linspace(-0.45, 0.7, count)
    return [tuple(base + abs(s) * ((white if s < 0 else ink) - base)) for s in steps]


def _on_log(norms: ArrayLike) -> np.ndarray:
    norms = np.asarray(norms, dtype=float)
    return np.where((norms > 0) & np.isfinite(norms), norms, np.nan)


def _reach(axes: Axes, norms: Sequence[Norms], limits: tuple[float, float] | None) -> None:
    """The log axis from one power of ten to another, never less than two of them."""
    shown = np.concatenate([_on_log(values) for values in norms])
    shown = np.log10(shown[~np.isnan(shown)])
    low, high = (math.floor(shown.min() - 0.1), math.ceil(shown.max() + 0.1)) if len(shown) else (-1, 1)
    axes.set_ylim(*(limits or (10.0 ** min(low, high - 2), 10.0**high)))
    axes.yaxis.set_minor_formatter(NullFormatter())


def _key(figure: Figure, look: Mapping[str, tuple], factor: float | None) -> None:
    handles = [
        Line2D([], [], color=colour, linestyle=line, marker=marker, markersize=6, label=key)
        for key, (colour, line, marker) in look.items()
        if key
    ]
    if factor:
        handles.append(Line2D([], [], color=GREY, linestyle=":", linewidth=1.5, label=f"÷{short(factor)} per layer"))
    if handles:
        figure.legend(handles=handles, loc="outside lower center", ncols=min(len(handles), 5), frameon=False)


def _words(name: str, series: Mapping[str, Norms]) -> str:
    """From the output to the first layer, in words."""
    parts = [f"{f'{key} ' if key else ''}{magnitude(n[-1])} → {magnitude(n[0])}" for key, n in series.items()]
    return f"{name}, from the output layer back to the first: {'; '.join(parts)}."


def magnitude(value: float) -> str:
    """A number by its two leading digits, small and large ones with a power of ten.

    >>> magnitude(0.962), magnitude(0.00018), magnitude(1234.0), magnitude(0.0)
    ('0.96', '1.8·10⁻⁴', '1.2·10³', '0')
    """
    if not math.isfinite(value) or value == 0:
        return f"{value:g}"
    digits, power = f"{value:.1e}".replace("-", "−").split("e")
    if "00" <= power.lstrip("+−") <= "02":
        return f"{float(f'{value:.2g}'):g}".replace("-", "−")
    raised = power.lstrip("+").replace("−0", "−").lstrip("0").translate(str.maketrans("−0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{digits}·10{raised}"


@picture
def function_panels(
    named: Mapping[str, Callable],
    low: float,
    high: float,
    *,
    title: str,
    caption: str,
    x: str = "x",
    y: str = "",
    wanted: Callable | None = None,
) -> tuple[Figure, str]:
    """Functions of one number, each in a panel of its own; with `wanted`, dashed, what they are meant to come near.

    All take an array of x and give one of the same shape.
    """
    figure, axes = canvas(8, 3.2 if wanted else 2.9, 1, len(named), sharey=True, squeeze=False)
    at = np.linspace(low, high, 641)
    for ax, (name, function) in zip(axes[0], named.items()):
        ax.plot(at, function(at), color=FORWARD)
        if wanted:
            ax.plot(at, wanted(at), color=INK, linestyle="--", linewidth=1.5)
        ax.set_title(textwrap.fill(name, 84 // len(named)), fontsize=11)
        ax.set_xlabel(x)
    axes[0, 0].set_ylabel(y)
    if wanted:
        handles = [
            Line2D([], [], color=INK, linestyle="--", linewidth=1.5, label="wanted"),
            Line2D([], [], color=FORWARD, label="network"),
        ]
        figure.legend(handles=handles, loc="outside lower center", ncols=2, frameon=False)
    headline(figure, title)
    return figure, caption
