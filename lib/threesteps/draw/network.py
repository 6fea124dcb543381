"""A network with its numbers on it: forward, and reversed.

Both passes are drawn on one plan, so that a wire and its weight stand at the same place in both.
Lengths are in inches. A wire is (layer, i, j): the weight W[i, j] of that layer, from 0.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.patches import Circle, FancyBboxPatch, Polygon
from numpy.typing import NDArray

from threesteps.draw.picture import BACKWARD, FORWARD, GREEN, GREY, INK, PURPLE, blank, number, picture, short
from threesteps.draw.plane import heat

Vectors = Sequence[NDArray]
Params = Sequence[tuple[NDArray, NDArray]]
Wire = tuple[int, int, int]

HALF = 0.34  # of a node's width
TIP = 0.14  # how far the tip of a backward neuron reaches beyond that
LINE = 0.19  # the height of a line of text
MOST = 8  # neurons in a layer that fit above each other
PENDING = "#C4C4C4"
MAP = 2.2  # the height of a heat map with its labels
WHITE = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}


@picture
def network(
    activations: Vectors,
    params: Params,
    *,
    step: int | None = None,
    loss: float | None = None,
    bias: str = "b",
    planes: Mapping[str, Callable] | None = None,
    reach: float = 3.0,
    title: str = "Forward: weigh, add, squash, layer by layer",
    caption: str = "",
) -> tuple[Figure, str]:
    """A feed-forward network with every number on it: activations in the nodes, weights on the wires, biases below.

    activations: [x, a¹, …, y], a vector for each layer, input first; params: [(W, b), …]. step: show
    the first so many wires and nodes of the pass only. loss: a node C behind the last layer, which then
    holds the scores z in place of y. bias: what is written for b. planes: heat maps to draw beside, as in `planes`.
    """
    activations = vectors_of(activations, params)
    width = 5.7 if planes else 8.0 if loss is None else 6.9
    planes = planes or {}
    plan = plan_of(params, width)
    room = max(0.0, MAP * len(planes) - plan.height)
    figure, axes = sheet(plan, title, panels=1, below=room)
    end = "" if loss is None else f"z{raised(len(params))}"
    _forward(axes, plan.lifted(room / 2), activations, params, step, end=end, bias=bias)
    if loss is not None:
        _loss(axes, plan, number(loss))
    for k, (name, function) in enumerate(planes.items()):
        bottom = (plan.height + room) * (1 - (k + 1) / len(planes)) + 0.5
        beside = figure.add_axes(np.array((6.3, bottom, 1.45, 1.45)) / np.tile(figure.get_size_inches(), 2))
        image = heat(beside, function, -reach, reach)
        beside.plot(*activations[0], "o", markersize=7, markerfacecolor="none", markeredgecolor=INK, markeredgewidth=2)
        beside.set_title(_with_side(name, image), fontsize=11)
    words = f"{_forward_words(activations, params, step, end)}{left_out(plan)}"
    if planes:
        colours = "orange for 0, white for ½, blue for 1"
        words += f" Beside it {' and '.join(planes)} over the plane, {colours}; the ring is this x."
    return figure, caption or words


def _with_side(name: str, image: AxesImage) -> str:
    """The map's name, and on which side of ½ it is where no line shows that."""
    low, high = image.get_array().min(), image.get_array().max()
    return f"{name}: all above ½" if low > 0.5 else f"{name}: all below ½" if high < 0.5 else name


@picture
def reversed_network(
    deltas: Vectors,
    params: Params,
    gains: Vectors,
    *,
    step: int | None = None,
    title: str = "Backward: the same wires, a fixed gain in each neuron",
    caption: str = "",
) -> tuple[Figure, str]:
    """The lecture's reversed network: δ at each neuron, the same weights, and gains σ′(z) that are constants by now.

    deltas: [δ¹, …, δᴸ]; params: [(W, b), …]; gains: [σ′(z¹), …] of the hidden layers. step: show the
    first so many of `backward_steps(params)` only.
    """
    deltas, gains = vectors_of(deltas, params, skip=1), vectors_of(gains, params[:-1], skip=1)
    plan = plan_of(params, 8.0)
    figure, axes = sheet(plan, title, panels=1)
    _backward(axes, plan, deltas, params, gains, step)
    return figure, caption or f"{_backward_words(deltas, params, gains, step)}{left_out(plan)}"


@picture
def both_passes(
    activations: Vectors,
    deltas: Vectors,
    params: Params,
    gains: Vectors,
    *,
    step: int | None = None,
    title: str = "One pass forward, one pass back over the same wires",
    caption: str = "",
) -> tuple[Figure, str]:
    """The network forward and, under it, reversed: the same wires and weights, every number; see the two above."""
    activations = vectors_of(activations, params)
    deltas, gains = vectors_of(deltas, params, skip=1), vectors_of(gains, params[:-1], skip=1)
    plan = plan_of(params, 8.0)
    figure, axes = sheet(plan, title, panels=2)
    _forward(axes, plan.lifted(plan.height), activations, params)
    _backward(axes, plan, deltas, params, gains, step)
    words = f"{_forward_words(activations, params)} {_backward_words(deltas, params, gains, step)}{left_out(plan)}"
    return figure, caption or words


@picture
def pencil_sheet(
    activations: Vectors,
    params: Params,
    gains: Vectors,
    target: NDArray,
    *,
    title: str = "",
) -> tuple[Figure, str]:
    """A page to print: the forward pass with its numbers, the reversed network and the gradients as blanks."""
    activations, gains = vectors_of(activations, params), vectors_of(gains, params[:-1], skip=1)
    plan = plan_of(params, 8.0)
    rows = max(len(W) for W, _ in params)
    below = 0.75 + 0.5 * rows
    wanted = f"Target t = {listed(target, short)}. Fill in every δ, from right to left; then every ∂C/∂w = a · δ"
    figure, axes = sheet(plan, title or wanted, panels=2, below=below)
    _forward(axes, plan.lifted(below + plan.height), activations, params, digits=3)
    _backward(axes, plan.lifted(below), None, params, gains)
    _blank_tables(axes, params, below, named=bool(plan.along))
    caption = (
        f"A sheet to print. Given: x = {listed(activations[0], short)}, all activations up to y = "
        f"{listed(activations[-1])}, the target t = {listed(target, short)} and the gains. To fill in: every δ, "
        f"and {sum(W.size for W, _ in params)} slopes ∂C/∂w."
    )
    return figure, f"{caption}{left_out(plan)}"


@picture
def shared_work(
    params: Params,
    first: Wire,
    second: Wire,
    *,
    title: str = "Wherever the nudge comes from, the last part of the way to C is the same",
) -> tuple[Figure, str]:
    """The wires that a nudge of each of two weights travels to the loss C: those of the first alone dashed, those of
    the second alone dotted, those of both thick. The two weights are framed."""
    plan = plan_of(params, 6.9)
    figure, axes = sheet(plan, title, panels=1)
    ways = [_onward(params, wire) for wire in (first, second)]
    shared, alone = ways[0] & ways[1], ways[0] ^ ways[1]
    for wire in wires_of(params):
        mine = [wire in way for way in ways]
        colour, line, thick = {
            (True, True): (FORWARD, "-", 4),
            (True, False): (GREEN, "--", 2),
            (False, True): (PURPLE, ":", 2.5),
            (False, False): (PENDING, "-", 1),
        }[tuple(mine)]
        _wire(axes, plan, wire, colour, thick, line=line)
        write_on(axes, plan, wire, params, INK if any(mine) else GREY, frame=colour if wire in (first, second) else "")
    _loss(axes, plan, "C", 4)
    for l, column in enumerate(plan.columns):
        name = name_of(l, len(params), f"z{raised(len(params))}")
        axes.text(column[0, 0], plan.top - 0.12, name, ha="center", va="center")
        for x, y in column:
            axes.add_patch(Circle((x, y), HALF, facecolor="white", edgecolor=INK, linewidth=1.5, zorder=3))
    caption = (
        "The two framed weights are nudged, and the nudges travel to C, one along the dashed wires, one along the "
        f"dotted: {len(alone)} wires serve one of them alone, and {len(shared)} wires (thick) serve both, so going "
        "forward from each weight does their work twice."
    )
    return figure, f"{caption}{left_out(plan)}"


def backward_steps(params: Params) -> int:
    """How many steps the backward pass has: a node or a wire each."""
    return len(_backward_order(params))


# The plan: where everything stands


@dataclass(frozen=True)
class Plan:
    """columns: the nodes' centres, (n, 2) a layer, input first. along: for each wire the share of its length at which
    its weight is written; empty where there is no room. width, height: of a panel; bottom: where it begins."""

    columns: list[NDArray]
    along: dict[Wire, float]
    width: float
    height: float
    bottom: float = 0.0

    @property
    def top(self) -> float:
        return self.bottom + self.height

    def lifted(self, by: float) -> Plan:
        """The same plan, higher by `by`."""
        return Plan([c + (0, by) for c in self.columns], self.along, self.width, self.height, self.bottom + by)

    def wire(self, wire: Wire) -> tuple[NDArray, NDArray]:
        """Both ends of a wire, the end at the input's side first."""
        l, i, j = wire
        return self.columns[l][j] + (HALF, 0), self.columns[l + 1][i] - (HALF, 0)


def plan_of(params: Params, width: float, write: Callable = short) -> Plan:
    """Where the nodes go, and the labels of the wires as `write` writes them."""
    sizes = [np.shape(params[0][0])[1], *(len(W) for W, _ in params)]
    if max(sizes) > MOST:
        raise ValueError(f"at most {MOST} neurons in a layer can be drawn, but the sizes are {sizes}")
    pitch = {1: 1.4, 2: 1.4, 3: 1.15}.get(max(sizes), 0.98)
    below, above = HALF + 0.25, HALF + 0.55
    height = below + pitch * (max(sizes) - 1) + above
    at = np.linspace(0.55, width - 0.55, len(sizes))
    middle = (below + height - above) / 2
    columns = [np.array([(x, middle + pitch * ((n - 1) / 2 - k)) for k in range(n)]) for x, n in zip(at, sizes)]
    bare = Plan(columns, {}, width, height)
    along: dict[Wire, float] = {}
    for l, (W, _) in enumerate(params):
        wires = [wire for wire in wires_of(params) if wire[0] == l]
        found = _room(bare, wires, [_width(write(W[i][j])) for _, i, j in wires])
        if found is None:
            return bare
        along |= dict(zip(wires, found))
    return Plan(columns, along, width, height)


def _room(plan: Plan, wires: list[Wire], widths: list[float]) -> list[float] | None:
    """Where along its wire each label can stand without touching another label, off other wires where possible."""
    start, end = (np.array(ends) for ends in zip(*map(plan.wire, wires)))
    run = end[0, 0] - start[0, 0]
    half = np.array([[w / 2 + 0.05, LINE / 2] for w in widths])
    candidates = np.linspace(0.1, 0.9, 33)
    if not (half[:, 0] < 0.5 * run).all():
        return None

    def at(share: NDArray | float, k: int) -> NDArray:
        return start[k] + np.multiply.outer(share, end[k] - start[k])

    def crossed(k: int, slack: float) -> NDArray:
        """How many other wires come as close to the label as `slack`, at each candidate."""
        centre = at(candidates, k)[:, None]
        wide, high = half[k] + slack
        sides = [np.clip((centre[..., 0] + s * wide - start[:, 0]) / run, 0, 1) for s in (-1, 1)]
        heights = [start[:, 1] + side * (end[:, 1] - start[:, 1]) - centre[..., 1] for side in sides]
        through = (np.minimum(*heights) < high) & (np.maximum(*heights) > -high)
        through[:, k] = False
        return through.sum(axis=1)

    inside = [np.abs(candidates - 0.5) * run + half[k, 0] <= run / 2 for k in range(len(wires))]
    costs = [
        crossed(k, 0) + crossed(k, 0.12) + 0.4 * np.abs(candidates - 0.6) + np.where(inside[k], 0, 50)
        for k in range(len(wires))
    ]
    chosen = [float(candidates[cost.argmin()]) for cost in costs]
    for _ in range(6):
        for k in range(len(wires)):
            others = np.array([at(chosen[m], m) for m in range(len(wires))])
            away = np.abs(at(candidates, k)[:, None] - others) - half[k] - half
            touched = (away < 0).all(axis=2)
            touched[:, k] = False
            chosen[k] = float(candidates[(costs[k] + 10 * touched.sum(axis=1)).argmin()])
    centres = np.array([at(chosen[k], k) for k in range(len(wires))])
    touching = (np.abs(centres[:, None] - centres) < half[:, None] + half).all(axis=2).sum() > len(wires)
    return None if touching else chosen


def _width(text: str) -> float:
    """About how wide a text is in inches at 10 pt."""
    return sum({".": 0.044, "−": 0.116}.get(character, 0.088) for character in text)


def sheet(plan: Plan, title: str, panels: int, below: float = 0.0) -> tuple[Figure, Axes]:
    """A figure of 8 inches width for so many panels, with axes in inches all over it, and the title on top."""
    title = textwrap.fill(title, 80)
    height = below + panels * plan.height + 0.3 + 0.2 * title.count("\n")
    figure = Figure(figsize=(8, height))
    figure.set_layout_engine("none")
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, 8), ylim=(0, height))
    blank(axes)
    figure.suptitle(title, y=1 - 0.08 / height, va="top", fontsize=12)
    return figure, axes


def vectors_of(vectors: Vectors, params: Params, skip: int = 0) -> list[NDArray]:
    """The vectors of one example, (n,) each; raises ValueError where they don't fit the parameters."""
    vectors = [np.ravel(np.asarray(vector, dtype=float)) for vector in vectors]
    sizes = [np.shape(params[0][0])[1], *(len(b) for _, b in params)][skip:] if len(params) else []
    if [len(vector) for vector in vectors] != sizes:
        raise ValueError(f"the vectors have sizes {[len(v) for v in vectors]}, but the layers have sizes {sizes}")
    return vectors


def wires_of(params: Params) -> list[Wire]:
    return [(l, i, j) for l, (W, _) in enumerate(params) for i, j in np.ndindex(np.shape(W))]


def _onward(params: Params, wire: Wire) -> set[Wire]:
    """A wire and all wires between its end and the output."""
    l, i, _ = wire
    return {wire} | {other for other in wires_of(params) if other[0] > l + 1 or (other[0] == l + 1 and other[2] == i)}


# The two passes


def _forward_order(params: Params) -> list[tuple]:
    """Nodes (column, i) and wires (layer, i, j) in the order in which the forward pass reaches them."""
    return [
        part
        for l, (W, _) in enumerate(params)
        for i in range(len(W))
        for part in (*((l, i, j) for j in range(np.shape(W)[1])), (l + 1, i))
    ]


def _backward_order(params: Params) -> list[tuple]:
    order: list[tuple] = [(len(params), i) for i in range(len(params[-1][1]))]
    for l in range(len(params) - 1, 0, -1):
        n_out, n_in = np.shape(params[l][0])
        for j in range(n_in):
            order += [*((l, i, j) for i in range(n_out)), (l, j)]
    return order


def _forward(
    axes: Axes,
    plan: Plan,
    activations: Vectors,
    params: Params,
    step: int | None = None,
    digits: int = 2,
    end: str = "",
    bias: str = "b",
) -> None:
    order = _forward_order(params)
    done, now = _so_far(order, step)
    for wire in wires_of(params):
        _wire(axes, plan, wire, FORWARD if wire in done else PENDING, 3 if wire == now else _thickness(plan))
        write_on(axes, plan, wire, params, FORWARD if wire in done else GREY)
    for l, (column, a) in enumerate(zip(plan.columns, activations)):
        name = name_of(l, len(params), end)
        axes.text(column[0, 0], plan.top - 0.12, name, ha="center", va="center", color=FORWARD)
        for i, (x, y) in enumerate(column):
            known = l == 0 or (l, i) in done
            edge = {"edgecolor": FORWARD if known else PENDING, "linewidth": 3.5 if (l, i) == now else 2}
            axes.add_patch(Circle((x, y), HALF, facecolor="white", zorder=3, **edge))
            if known:
                text = number(a[i], digits) if l else short(a[i])
                axes.text(x, y, text, ha="center", va="center", fontsize=10, zorder=4)
            if l:
                written = f"{bias} = {short(params[l - 1][1][i])}"
                axes.text(x, y - HALF - 0.11, written, **LABEL, color=FORWARD if known else GREY)


def _loss(axes: Axes, plan: Plan, text: str, thickness: float = 1.5) -> None:
    """The node C at the right edge, and a wire into it from each node of the last layer."""
    x, y = 8 - 0.55, float(plan.columns[-1][:, 1].mean())
    for node in plan.columns[-1]:
        style = {"arrowstyle": "-|>", "color": FORWARD, "linewidth": thickness, "shrinkA": 0, "shrinkB": 0}
        axes.annotate("", (x - HALF, y), node + (HALF, 0), arrowprops=style, zorder=1)
    axes.add_patch(Circle((x, y), HALF, facecolor="white", edgecolor=FORWARD, linewidth=2, zorder=3))
    axes.text(x, y, text, ha="center", va="center", fontsize=10, zorder=4)
    if text != "C":
        axes.text(x, plan.top - 0.12, "C", ha="center", va="center", color=FORWARD)


def _backward(
    axes: Axes, plan: Plan, deltas: Vectors | None, params: Params, gains: Vectors, step: int | None = None
) -> None:
    """The reversed network; without deltas, with blanks in their place."""
    order = _backward_order(params)
    done, now = _so_far(order, step)
    last = len(params)
    for wire in wires_of(params):
        if wire[0] == 0:
            continue
        colour = BACKWARD if wire in done else PENDING
        _wire(axes, plan, wire, colour, 3 if wire == now else _thickness(plan), back=True)
        write_on(axes, plan, wire, params, BACKWARD if wire in done else GREY)
    for l in range(1, last + 1):
        name = f"δ{raised(l)} = y − t" if l == last else f"δ{raised(l)}"
        here = {"ha": "center", "va": "center", "color": BACKWARD}
        x = plan.columns[l][0, 0]
        axes.text(min(x, 8 - 0.6), plan.top - 0.12, name, **here)
        for i, (x, y) in enumerate(plan.columns[l]):
            known = (l, i) in done
            edge = {"edgecolor": BACKWARD if known else PENDING, "linewidth": 3.5 if (l, i) == now else 2}
            text = "" if deltas is None or not known else four(deltas[l - 1][i])
            if l == last:
                box = FancyBboxPatch(
                    (x - HALF, y - 0.15), 2 * HALF, 0.3, boxstyle="round,pad=0", facecolor="white", zorder=3, **edge
                )
                axes.add_patch(box)
                axes.text(x, y, text, ha="center", va="center", fontsize=10, zorder=4)
                continue
            corners = [(x - HALF - TIP, y), (x + HALF, y + HALF), (x + HALF, y - HALF)]
            axes.add_patch(Polygon(corners, facecolor="white", zorder=3, joinstyle="round", **edge))
            axes.text(x + HALF - 0.07, y, four(gains[l - 1][i]), ha="right", va="center", fontsize=10, zorder=4)
            if deltas is None:
                axes.add_patch(_empty(x, y + HALF + 0.14, 0.8))
            elif known:
                axes.text(x, y + HALF + 0.11, text, **LABEL, color=BACKWARD, fontweight="bold")
    if len(params) > 1:
        _key(axes, plan)


def _key(axes: Axes, plan: Plan) -> None:
    """What a triangle means, where the forward network has its inputs."""
    x, y = plan.columns[0][0, 0] + 0.1, plan.bottom + plan.height / 2
    corners = [(x - 0.3, y + 0.1), (x + 0.3, y + 0.4), (x + 0.3, y - 0.2)]
    axes.add_patch(Polygon(corners, facecolor="white", edgecolor=GREY, linewidth=1.2))
    axes.text(x, y - 0.3, "gain σ′(z),\na constant", ha="center", va="top", fontsize=10, color=GREY)


def _blank_tables(axes: Axes, params: Params, height: float, named: bool) -> None:
    """An empty box for each ∂C/∂w, a table for each layer; named: with each weight in grey."""
    left = 0.15
    for l, (W, _) in enumerate(params, start=1):
        rows, columns = np.shape(W)
        wide = min(1.0, (7.7 / len(params) - 0.2) / columns)
        axes.text(left, height - 0.12, f"∂C/∂W{raised(l)}", va="top", ha="left")
        for i, j in np.ndindex(rows, columns):
            y = height - 0.7 - 0.5 * i
            axes.add_patch(_empty(left + wide * (j + 0.5), y, wide - 0.08, 0.38))
            if named:
                name = f"{short(W[i][j])}:"
                axes.text(left + wide * j + 0.08, y, name, va="center", fontsize=10, color=GREY, zorder=6)
        left += wide * columns + 0.25


LABEL = {"ha": "center", "va": "center", "fontsize": 10, "zorder": 5, "bbox": WHITE}


def _empty(x: float, y: float, width: float, height: float = 0.24) -> FancyBboxPatch:
    """A box to write a number into."""
    corner = (x - width / 2, y - height / 2)
    style = {"boxstyle": "square,pad=0", "facecolor": "white", "edgecolor": GREY, "linewidth": 1, "zorder": 5}
    return FancyBboxPatch(corner, width, height, **style)


def _wire(
    axes: Axes, plan: Plan, wire: Wire, colour: str, thickness: float, back: bool = False, line: str = "-"
) -> None:
    start, end = plan.wire(wire)
    tip, tail = (start, end) if back else (end, start)
    style = {"arrowstyle": "-|>", "color": colour, "linewidth": thickness, "linestyle": line, "shrinkA": 0}
    axes.annotate("", tip, tail, arrowprops={**style, "shrinkB": 0}, zorder=1)


def write_on(
    axes: Axes, plan: Plan, wire: Wire, params: Params, colour: str, write: Callable = short, frame: str = ""
) -> None:
    """The weight on its wire, where there is room for it; frame: the colour of a frame around it."""
    if plan.along:
        start, end = plan.wire(wire)
        l, i, j = wire
        label = {**LABEL, "bbox": {**WHITE, "edgecolor": frame, "linewidth": 1.5, "pad": 2.5}} if frame else LABEL
        axes.text(*(start + plan.along[wire] * (end - start)), write(params[l][0][i][j]), **label, color=colour)


def _thickness(plan: Plan) -> float:
    return 1.5 if plan.along else 0.7


def _so_far(order: list[tuple], step: int | None) -> tuple[Collection[tuple], tuple | None]:
    """The parts that are done after so many steps, and the last of them; all where step is None."""
    if step is None:
        return set(order), None
    return set(order[:step]), order[min(step, len(order)) - 1] if step > 0 else None


# Words


def name_of(l: int, last: int, end: str = "") -> str:
    return "x" if l == 0 else end or f"y = a{raised(l)}" if l == last else f"a{raised(l)}"


def raised(l: int) -> str:
    return "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(l))


def listed(values: NDArray, write: Callable = number) -> str:
    return f"({', '.join(write(float(value)) for value in np.ravel(values))})"


def four(value: float) -> str:
    """A δ or a slope for a label: four decimals."""
    return number(value, 4)


def left_out(plan: Plan) -> str:
    return "" if plan.along else " There are too many weights to write on the wires."


def _layers(vectors: Mapping[str, NDArray], write: Callable) -> str:
    """`name = (…)` for each; of more than a dozen numbers the first and the last layer alone."""
    if sum(map(len, vectors.values())) > 12:
        first, *_, last = vectors.items()
        vectors = dict([first, last])
    return ", ".join(f"{name} = {write(values)}" for name, values in vectors.items())


def _forward_words(activations: Vectors, params: Params, step: int | None = None, end: str = "") -> str:
    order = _forward_order(params)
    x = f"Forward: x = {listed(activations[0], short)}"
    if step is not None:
        done = [part for part in order[:step] if len(part) == 2]
        found = ", ".join(f"{_one('a', part)} = {number(activations[part[0]][part[1]])}" for part in done[-3:])
        return f"Step {min(step, len(order))} of {len(order)}. {x}{'; last found: ' + found if found else ''}."
    rest = {name_of(l, len(params), end): a for l, a in enumerate(activations) if l}
    return f"{x} gives {_layers(rest, listed)}."


def _backward_words(deltas: Vectors, params: Params, gains: Vectors, step: int | None = None) -> str:
    if step is not None:
        return _backward_step(deltas, params, gains, step)
    named = {f"δ{raised(l)}": delta for l, delta in reversed(list(enumerate(deltas, start=1)))}
    return f"Backward: {_layers(named, lambda delta: listed(delta, four))}."


def _backward_step(deltas: Vectors, params: Params, gains: Vectors, step: int) -> str:
    order = _backward_order(params)
    if step < 1:
        return f"Backward, step 0 of {len(order)}: the gains are known from the forward pass, no δ is known yet."
    part = order[min(step, len(order)) - 1]
    start = f"Backward, step {min(step, len(order))} of {len(order)}:"
    if len(part) == 3:
        l, i, j = part
        delta = f"{_one('δ', (l + 1, i))} = {four(deltas[l][i])}"
        return (
            f"{start} {delta} goes back through the weight {short(params[l][0][i][j])} to neuron {j + 1} of layer {l}."
        )
    l, i = part
    result = f"{_one('δ', part)} = {four(deltas[l - 1][i])}"
    if l == len(params):
        return f"{start} {result} is y − t, the output's error."
    terms = " + ".join(f"({short(w[i])})·({four(d)})" for w, d in zip(params[l][0], deltas[l]))
    return f"{start} {result} is the gain {four(gains[l - 1][i])} times what came in, {terms}."


def _one(symbol: str, part: tuple[int, int]) -> str:
    l, i = part
    return f"{symbol}{raised(l)}{'₀₁₂₃₄₅₆₇₈₉'[i + 1]}"
