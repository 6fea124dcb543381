"""Gradients: one neuron both ways, the slope on every wire, and the check of a gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, Polygon

from threesteps.draw.curves import LINES, MARKERS
from threesteps.draw.network import (
    HALF,
    LABEL,
    TIP,
    Params,
    Vectors,
    four,
    left_out,
    listed,
    name_of,
    plan_of,
    raised,
    sheet,
    vectors_of,
    wires_of,
    write_on,
)
from threesteps.draw.picture import (
    BACKWARD,
    FORWARD,
    GREY,
    INK,
    SERIES,
    blank,
    canvas,
    headline,
    largest,
    number,
    picture,
    short,
)


@picture
def neuron_both_ways(
    z: float,
    a: float,
    weights: Sequence[float],
    z_next: Sequence[float],
    gain: float,
    delta_next: Sequence[float],
    came_in: float,
    delta: float,
    *,
    layer: int = 2,
    title: str = "Backwards, a neuron weighs and adds as well, but multiplies by a fixed number",
) -> tuple[Figure, str]:
    """A neuron that feeds others, and its mirror image: what comes back through the same weights, added, times a gain.

    weights: from this neuron to each next one; z_next, delta_next: of the next ones; came_in: Σ w δ; layer: its own.
    """
    rows = len(weights)
    height = 1.15 * max(rows, 1.5) + 0.3
    figure, axes = canvas(8, height + 0.5)
    blank(axes)
    axes.set(xlim=(0, 8), ylim=(0, height), aspect="equal")
    heights = height / 2 - 0.12 + 1.15 * (np.arange(rows)[::-1] - (rows - 1) / 2)
    middle = height / 2 - 0.12
    _node(axes, 0.5, middle, number(z), "z", FORWARD)
    _node(axes, 1.75, middle, number(a), "a = σ(z)", FORWARD)
    _arrow(axes, (0.5 + HALF, middle), (1.75 - HALF, middle), FORWARD)
    _node(axes, 6.15, middle, number(came_in), "∂C/∂a", BACKWARD)
    axes.text(6.15, middle - HALF - 0.13, "added", **LABEL, color=BACKWARD)
    corners = [(4.8 - TIP, middle), (5.48, middle + HALF), (5.48, middle - HALF)]
    axes.add_patch(Polygon(corners, facecolor="white", edgecolor=BACKWARD, linewidth=2))
    axes.text(5.41, middle, four(gain), ha="right", va="center", fontsize=10)
    axes.text(5.2, middle - HALF - 0.13, "× σ′(z)", **LABEL, color=BACKWARD)
    _arrow(axes, (6.15 - HALF, middle), (5.48, middle), BACKWARD)
    axes.text(4.75, middle + 0.42, f"δ = {four(delta)}", ha="center", color=BACKWARD, fontweight="bold")
    for k, (w, y) in enumerate(zip(weights, heights), start=1):
        _arrow(axes, (1.75 + HALF, middle), (3.4 - HALF, y), FORWARD)
        axes.text(2.6, (middle + y) / 2, short(w), **LABEL, color=FORWARD)
        name = f"z^{layer + 1}_{k}"
        _node(axes, 3.4, y, number(z_next[k - 1]), f"${name}$", FORWARD)
        box = FancyBboxPatch((7.6 - HALF, y - 0.15), 2 * HALF, 0.3, boxstyle="round,pad=0", facecolor="white")
        box.set(edgecolor=BACKWARD, linewidth=2)
        axes.add_patch(box)
        axes.text(7.6, y, four(delta_next[k - 1]), ha="center", va="center", fontsize=10)
        axes.text(7.6, y + 0.3, rf"$\partial C/\partial {name}$", ha="center", va="center", color=BACKWARD, fontsize=10)
        _arrow(axes, (7.6 - HALF, y), (6.15 + HALF, middle), BACKWARD)
        axes.text(6.95, (middle + y) / 2, short(w), **LABEL, color=BACKWARD)
    headline(figure, title)
    terms = " + ".join(f"({short(w)})·({four(d)})" for w, d in zip(weights, delta_next))
    caption = (
        f"Forward: z = {number(z)} is squashed to a = {number(a)} and sent through the weights "
        f"{listed(weights, short)}. Backward: {terms} = {four(came_in)}, times the gain σ′(z) = {four(gain)}, "
        f"is δ = {four(delta)}."
    )
    return figure, caption


def _node(axes: Axes, x: float, y: float, text: str, name: str, colour: str) -> None:
    axes.add_patch(Circle((x, y), HALF, facecolor="white", edgecolor=colour, linewidth=2, zorder=3))
    axes.text(x, y, text, ha="center", va="center", fontsize=10, zorder=4)
    axes.text(x, y + HALF + 0.12, name, **LABEL, color=colour)


def _arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str) -> None:
    style = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.5, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", end, start, arrowprops=style, zorder=1)


@picture
def slopes(
    activations: Vectors,
    deltas: Vectors,
    params: Params,
    grads: Params,
    *,
    title: str = "Each wire's slope is the a at its start times the δ at its end",
) -> tuple[Figure, str]:
    """Each neuron with its a (above) and δ (below), and on each wire the slope ∂C/∂w = a · δ.

    activations: [x, a¹, …, y]; deltas: [δ¹, …, δᴸ]; grads: [(dW, db), …] in the shapes of params.
    """
    activations, deltas = vectors_of(activations, params), vectors_of(deltas, params, skip=1)
    plan = plan_of(grads, 8.0, write=four)
    figure, axes = sheet(plan, title, panels=1)
    for wire in wires_of(params):
        (x0, y0), (x1, y1) = plan.wire(wire)
        axes.plot([x0, x1], [y0, y1], color=GREY, linewidth=1.2, zorder=1)
        write_on(axes, plan, wire, grads, INK, four)
    for l, column in enumerate(plan.columns):
        x = column[0, 0]
        above = name_of(l, len(params))
        axes.text(x, plan.top - 0.1, above, ha="center", va="center", color=FORWARD, fontsize=10)
        if l:
            axes.text(x, plan.top - 0.28, f"δ{raised(l)}", ha="center", va="center", color=BACKWARD, fontsize=10)
        for i, (x, y) in enumerate(column):
            _half(axes, x, y + (0.15 if l else 0), (short if l == 0 else number)(activations[l][i]), FORWARD)
            if l:
                _half(axes, x, y - 0.15, four(deltas[l - 1][i]), BACKWARD)
    l, i, j = wires_of(grads)[largest([abs(slope) for dW, _ in grads for slope in np.ravel(dW)])]
    caption = (
        f"Blue, from the forward pass: a. Orange-red, from the backward pass: δ. On each wire their product; the "
        f"largest is {number(activations[l][j])} · ({four(deltas[l][i])}) = {four(grads[l][0][i, j])}. "
        "A bias gets 1, so its slope is δ itself."
    )
    return figure, f"{caption}{left_out(plan)}"


def _half(axes: Axes, x: float, y: float, text: str, colour: str) -> None:
    style = {"boxstyle": "round,pad=0", "facecolor": "white", "edgecolor": colour, "linewidth": 2, "zorder": 3}
    axes.add_patch(FancyBboxPatch((x - HALF, y - 0.13), 2 * HALF, 0.26, **style))
    axes.text(x, y, text, ha="center", va="center", fontsize=10, zorder=4)


@picture
def check_errors(
    errors: Mapping[str, Sequence[float]],
    *,
    title: str,
    limit: float = 1e-6,
) -> tuple[Figure, str]:
    """The relative error of gradients, layer by layer, on a log axis; `limit` separates right from wrong.

    errors: {name: [layer 1's error, …]}. Zero is drawn at the lower edge.
    """
    figure, axes = canvas(7.5, 3.8)
    lowest = 1e-13
    for k, (name, values) in enumerate(errors.items()):
        layers = np.arange(1, len(values) + 1)
        colour, marker = SERIES[k % len(SERIES)], MARKERS[k % len(MARKERS)]
        at = layers + 0.13 * (k - (len(errors) - 1) / 2)
        axes.plot(at, np.maximum(values, lowest), marker, color=colour, markersize=9, label=name)
    axes.axhline(limit, color=INK, linestyle="--", linewidth=1)
    axes.axhspan(limit, 30, color=BACKWARD, alpha=0.07)
    axes.text(0.45, limit * 1.6, "a fault", ha="left", va="bottom", fontsize=10)
    count = max(map(len, errors.values()))
    axes.set(
        yscale="log",
        ylim=(lowest / 2, 30),
        yticks=[1e-12, 1e-9, 1e-6, 1e-3, 1],
        xlim=(0.4, count + 0.6),
        ylabel="largest relative error",
    )
    axes.set_xticks(range(1, count + 1), [f"layer {l}" for l in range(1, count + 1)])
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    headline(figure, title)
    above = {name: [str(l) for l, e in enumerate(values, start=1) if e > limit] for name, values in errors.items()}
    said = [f"{name}: {'in layer ' + ', '.join(layers) if layers else 'nowhere'}" for name, layers in above.items()]
    return figure, f"Where the largest relative error is above {limit:f}: {'; '.join(said)}."


@picture
def by_setting(
    runs: Mapping[str, Sequence[Sequence[float]]],
    settings: Sequence[str],
    *,
    title: str,
    caption: str,
    x: str,
    y: str,
) -> tuple[Figure, str]:
    """How each method fares at each setting: a symbol for each run, and a line through the means.

    runs: {name: [the runs at the first setting, …]}, in the colours and symbols of `check_errors`.
    """
    figure, axes = canvas(7.5, 3.8)
    for (name, groups), colour, marker, line in zip(runs.items(), SERIES, MARKERS, LINES):
        axes.plot([np.mean(group) for group in groups], color=colour, linestyle=line, linewidth=1.5)
        for at, group in enumerate(groups):
            label = name if at == 0 else None
            axes.plot([at] * len(group), group, marker, color=colour, markersize=7, alpha=0.7, label=label)
    axes.set_xticks(range(len(settings)), list(settings))
    axes.set(xlabel=x, ylabel=y)
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    headline(figure, title)
    return figure, caption
