"""Computation graphs: what each node is worth, and how much the result moves when it moves."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.path import Path
from matplotlib.textpath import text_to_path

from threesteps.draw.picture import BACKWARD, FORWARD, GREY, INK, blank, number, picture

Edge = tuple[int, int]
# In inches: a node's height, from a node to its texts, free space between texts, between layers and
# at the rim, an arrow's head, and the width of a page.
TALL, TO_TEXT, APART, GAP, RIM, HEAD, WIDEST = 0.36, 0.32, 0.12, 0.34, 0.15, 0.08, 8.0


@dataclass
class _Item:
    """A node, or a bend of an edge that passes a layer: where it stands, and how much room it needs."""

    layer: int
    node: int | None
    width: float
    side: float = 0.0  # of its texts
    reach: float = 0.0  # from its middle to the rim of its layer: so far its edges run straight
    x: float = 0.0
    y: float = 0.0


@picture
def graph(
    nodes: Sequence[str],
    edges: Sequence[Edge],
    *,
    title: str,
    caption: str = "",
    values: Sequence[float | None] = (),
    gradients: Sequence[float | str | None] = (),
    slopes: Mapping[Edge, float] | None = None,
    marked: Sequence[int] = (),
    digits: int = 2,
) -> tuple[Figure, str]:
    """A graph of operations, from its inputs on the left to the result on the right.

    nodes: a label each ("x", "×", "c = a + b"). edges: (from, to), numbers of nodes; twice the
    same for a·a. values, gradients: a number for each node, None where there is none yet, or "?";
    values stand above the nodes, gradients below. slopes: the local slope of some edges. marked:
    nodes with a thick frame. A graph too deep for the page runs from top to bottom, with the texts beside the
    nodes. Raises ValueError for edges in a circle and for a graph that is too wide either way.
    """
    values, gradients = (list(given) or [None] * len(nodes) for given in (values, gradients))
    slopes = {edge: f"×{_text(slope, digits)}" for edge, slope in (slopes or {}).items()}
    texts = [[None if n is None else _text(n, digits) for n in pair] for pair in zip(values, gradients)]
    layers, bends = _layers(nodes, edges, texts)
    down, width, height = _place(layers, bends, slopes)

    lines = textwrap.wrap(title, int(11 * width))
    top = 0.25 + 0.2 * len(lines)
    figure = Figure(figsize=(width, height + top))
    figure.set_layout_engine("none")
    figure.suptitle("\n".join(lines), fontsize=12, y=1 - 0.1 / (height + top))
    axes = figure.add_axes((0, 0, 1, height / (height + top)))
    blank(axes)
    axes.set(xlim=(0, width), ylim=(0, height))
    _draw_edges(axes, bends, slopes, down)
    for item in (item for layer in layers for item in layer if item.node is not None):
        _draw_node(axes, item, nodes[item.node], texts[item.node], item.node in marked, down)
    _draw_key(axes, values, gradients, slopes, down)
    return figure, caption or _caption(nodes, edges, texts)


def _text(value: float | str, digits: int) -> str:
    """A whole number or a text as it is, any other number with so many digits."""
    if isinstance(value, str):
        return value
    return number(value, 0 if abs(value - round(value)) < 1e-10 else digits)


def _wide(text: str, size: float = 10) -> float:
    """The width of a text in inches."""
    return text_to_path.get_text_width_height_descent(text, FontProperties(size=size), ismath="$" in text)[0] / 72


# Where everything stands


def _depths(count: int, edges: Sequence[Edge]) -> list[int]:
    """The layer of each node: behind all that it is made of; an input right before its first use."""
    depth = [0] * count
    for _ in range(count + 1):
        before = list(depth)
        for start, end in edges:
            depth[end] = max(depth[end], depth[start] + 1)
        if depth == before:
            break
    else:
        raise ValueError("the edges run in a circle")
    made = {end for _, end in edges}
    for node in range(count):
        used_by = [depth[end] for start, end in edges if start == node]
        if node not in made and used_by:
            depth[node] = min(used_by) - 1
    return depth


def _layers(
    nodes: Sequence[str], edges: Sequence[Edge], texts: list
) -> tuple[list[list[_Item]], list[tuple[Edge, list[_Item]]]]:
    """Items by layer, in an order with few crossings, and for each edge the items it runs along."""
    depth = _depths(len(nodes), edges)
    layers: list[list[_Item]] = [[] for _ in range(max(depth) + 1)]
    items = {}
    for node in _from_the_result(len(nodes), edges):
        beside = max(_wide(text or "") for text in texts[node])
        box = max(_wide(nodes[node], 11) + 0.2, TALL)
        items[node] = _Item(depth[node], node, box, beside)
        layers[depth[node]].append(items[node])
    bends = []
    for start, end in edges:
        way = [_Item(layer, None, 0.0) for layer in range(depth[start] + 1, depth[end])]
        for item in way:
            layers[item.layer].append(item)
        bends.append(((start, end), [items[start], *way, items[end]]))
    _untangle(layers, bends)
    return layers, bends


def _from_the_result(count: int, edges: Sequence[Edge]) -> list[int]:
    """All nodes, each input of a node's before the next one's: depth first from the results."""
    order: list[int] = []

    def visit(node: int) -> None:
        if node not in order:
            order.append(node)
            for start, end in edges:
                if end == node:
                    visit(start)

    for node in range(count):
        if all(start != node for start, _ in edges):
            visit(node)
    return order


def _neighbours(bends: list) -> dict[int, list[_Item]]:
    near: dict[int, list[_Item]] = {}
    for _, way in bends:
        for one, other in zip(way, way[1:]):
            near.setdefault(id(one), []).append(other)
            near.setdefault(id(other), []).append(one)
    return near


def _untangle(layers: list[list[_Item]], bends: list) -> None:
    """Sort each layer by where the neighbours stand (the barycentre heuristic), and keep the best order seen."""
    near = _neighbours(bends)

    def rank() -> None:
        for layer in layers:
            for i, item in enumerate(layer):
                item.y = i - (len(layer) - 1) / 2

    def crossings() -> int:
        wires = [(one.layer, one.y, other.y) for _, way in bends for one, other in zip(way, way[1:])]
        return sum(
            a[0] == b[0] and (a[1] - b[1]) * (a[2] - b[2]) < 0 for i, a in enumerate(wires) for b in wires[i + 1 :]
        )

    rank()
    best, order = crossings(), [list(layer) for layer in layers]
    for sweep in range(8):
        for layer in layers if sweep % 2 else layers[::-1]:
            step = -1 if sweep % 2 else 1
            for item in layer:
                there = [other.y for other in near.get(id(item), []) if other.layer == item.layer + step]
                item.x = float(np.mean(there)) if there else item.y
            layer.sort(key=lambda item: item.x)
            rank()
        if crossings() < best:
            best, order = crossings(), [list(layer) for layer in layers]
    layers[:] = order


def _place(layers: list[list[_Item]], bends: list, slopes: Mapping[Edge, str]) -> tuple[bool, float, float]:
    """Give every item its x and y, in inches; (whether the graph runs down, the width, the height)."""
    labels = [0.0] * len(layers)
    for edge, way in bends:
        if edge in slopes:
            labels[way[0].layer] = max(labels[way[0].layer], _wide(slopes[edge]) + 0.3)
    columns = [max(max(item.width, item.side) for item in layer) for layer in layers]
    least = np.maximum(labels, GAP)[:-1]
    free = WIDEST - 0.01 - 2 * RIM - sum(columns) - sum(least)
    down = free < 0

    if down:
        spans = [[item.width / 2 + item.side + 2 * APART for item in layer] for layer in layers]
        room = [[(item.width / 2 + APART / 2, span) for item, span in zip(*pair)] for pair in zip(layers, spans)]
        along = -(TALL + (0.5 if slopes else 0.34)) * np.arange(len(layers))
    else:
        room = [[(0.5, 0.5) if item.node is not None else (0.2, 0.2) for item in layer] for layer in layers]
        gaps = least + np.clip(free / max(len(least), 1), 0, 0.4)
        along = np.cumsum([0, *((a + b) / 2 + gap for a, b, gap in zip(columns, columns[1:], gaps))])
    _spread(layers, bends, room)

    low = min(item.y - ahead for layer, given in zip(layers, room) for item, (ahead, _) in zip(layer, given))
    high = max(item.y + behind for layer, given in zip(layers, room) for item, (_, behind) in zip(layer, given))
    for layer, at, column in zip(layers, along, columns):
        for item in layer:
            item.x, item.y, item.reach = float(at), item.y - low, TALL / 2 + 0.03 if down else column / 2
    if not down:
        shift = RIM + columns[0] / 2
        for item in (item for layer in layers for item in layer):
            item.x, item.y = item.x + shift, high - low - item.y + 0.35
        return False, max(along[-1] + columns[-1] / 2 + shift + RIM, 4.0), high - low + 0.35
    if high - low + 2 * RIM > WIDEST:
        raise ValueError(f"{high - low:.1f} inches of nodes side by side do not fit a page of {WIDEST:g}")
    width = max(high - low + 2 * RIM, 4.0)
    for item in (item for layer in layers for item in layer):
        item.x, item.y = item.y + (width - high + low) / 2, item.x - along[-1] + TALL / 2 + 0.5
    return True, width, TALL - along[-1] + 0.6


def _spread(layers: list[list[_Item]], bends: list, room: list) -> None:
    """Put each item as near to the mean of its neighbours as the room in its layer allows (y for now)."""
    near = _neighbours(bends)
    for sweep in range(41):
        for layer, given in list(zip(layers, room))[:: 1 if sweep % 2 else -1]:
            wanted = [float(np.mean([other.y for other in near.get(id(item), [item])])) for item in layer]
            least = np.cumsum([0, *(a[1] + b[0] for a, b in zip(given, given[1:]))])
            for item, y in zip(layer, _apart(np.array(wanted) - least) + least):
                item.y = float(y)


def _apart(wanted: np.ndarray) -> np.ndarray:
    """The nearest rising sequence, by least squares: neighbours in the wrong order share their mean."""
    blocks: list[list[float]] = []
    for value in wanted:
        blocks.append([value])
        while len(blocks) > 1 and np.mean(blocks[-2]) > np.mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    return np.array([float(np.mean(block)) for block in blocks for _ in block])


# Drawing


def _draw_edges(axes: Axes, bends: list, slopes: Mapping[Edge, str], down: bool) -> None:
    entering = Counter(edge[1] for edge, _ in bends)
    ways = sorted(bends, key=lambda bend: (bend[0][1], bend[1][-2].x if down else bend[1][-2].y))
    port: Counter = Counter()
    for edge, way in ways:
        offset = (port[edge[1]] - (entering[edge[1]] - 1) / 2) * min(0.14, 0.26 / max(entering[edge[1]] - 1, 1))
        port[edge[1]] += 1
        first, last = way[0], way[-1]
        if down:
            points = [point for item in way for point in ((item.x, item.y + item.reach), (item.x, item.y - item.reach))]
            points[0] = (first.x, first.y - TALL / 2)
            points[-2:] = [(last.x + offset, last.y + last.reach + HEAD), (last.x + offset, last.y + TALL / 2)]
        else:
            points = [point for item in way for point in ((item.x - item.reach, item.y), (item.x + item.reach, item.y))]
            points[0] = (first.x + first.width / 2, first.y)
            points[-2:] = [
                (last.x - last.reach - HEAD, last.y + offset),
                (last.x - last.width / 2, last.y + offset),
            ]
        path = _curve(points, down)
        axes.add_patch(
            FancyArrowPatch(
                path=path, arrowstyle="-|>", mutation_scale=11, color=GREY, linewidth=1.3, shrinkA=0, shrinkB=0
            )
        )
        if edge in slopes:
            (x0, y0), (x1, y1) = points[1], points[2]
            axes.text(
                (x0 + x1) / 2,
                (y0 + y1) / 2,
                slopes[edge],
                fontsize=10,
                ha="center",
                va="center",
                color=INK,
                bbox=_PATCH,
                zorder=5,
            )


_PATCH = {"facecolor": "white", "edgecolor": "none", "pad": 1}


def _curve(points: list[tuple[float, float]], down: bool) -> Path:
    """A smooth line through the points that leaves and arrives in the direction of flow."""
    vertices, codes = [points[0]], [Path.MOVETO]
    for (x0, y0), (x1, y1) in zip(points, points[1:]):
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        vertices += [(x0, y), (x1, y), (x1, y1)] if down else [(x, y0), (x, y1), (x1, y1)]
        codes += [Path.CURVE4] * 3
    return Path(vertices, codes)


def _draw_node(axes: Axes, item: _Item, label: str, texts: list[str | None], marked: bool, down: bool) -> None:
    x, y = item.x, item.y
    axes.add_patch(
        FancyBboxPatch(
            (x - item.width / 2, y - TALL / 2),
            item.width,
            TALL,
            boxstyle=f"round,pad=0,rounding_size={TALL / 2}",
            facecolor="white",
            edgecolor=INK,
            linewidth=3 if marked else 1.3,
            zorder=3,
        )
    )
    axes.text(x, y, label, ha="center", va="center", fontsize=11, color=INK, zorder=4)
    for text, colour, sign in zip(texts, (FORWARD, BACKWARD), (1, -1)):
        if text is None:
            continue
        if down:
            at, how = (x + item.width / 2 + 0.05, y + sign * 0.1), {"ha": "left"}
        else:
            at, how = (x, y + sign * TO_TEXT), {"ha": "center"}
        axes.text(*at, text, va="center", fontsize=10, color=colour, bbox=_PATCH, zorder=4, **how)


def _draw_key(axes: Axes, values: Sequence, gradients: Sequence, slopes: Mapping[Edge, str], down: bool) -> None:
    """What stands above, below and on a wire, in words."""
    high, low = ("upper", "lower") if down else ("above", "below")
    keys = [
        (f"{high}: value", FORWARD, any(value is not None for value in values)),
        ("on a wire: local slope", INK, bool(slopes)),
        (f"{low}: gradient", BACKWARD, any(gradient is not None for gradient in gradients)),
    ]
    shown = [(text, colour) for text, colour, there in keys if there]
    at = (axes.get_xlim()[1] - sum(_wide(text) + 0.2 for text, _ in shown) + 0.2) / 2
    for text, colour in shown:
        axes.text(at, 0.15, text, ha="left", va="center", fontsize=10, color=colour)
        at += _wide(text) + 0.2


def _caption(nodes: Sequence[str], edges: Sequence[Edge], texts: list[list[str | None]]) -> str:
    """The inputs and the results, with their values and gradients, in words."""
    made, used = {end for _, end in edges}, {start for start, _ in edges}

    def said(which: Sequence[int]) -> str:
        parts = []
        for node in which:
            value, gradient = texts[node]
            words = [f"value {value}" if value else "", f"gradient {gradient}" if gradient else ""]
            parts.append(f"{nodes[node]} ({', '.join(filter(None, words)) or 'no number yet'})")
        return ", ".join(parts)

    everything = range(len(nodes))
    return (
        f"From the inputs {said([n for n in everything if n not in made])} "
        f"to the result {said([n for n in everything if n not in used])}."
    )
