"""What every figure of the course shares: one palette, one size of text, a caption in words."""

from __future__ import annotations

import base64
import functools
import html
import inspect
import io
import textwrap
from collections.abc import Callable
from typing import Any

import matplotlib
import numpy as np
from IPython.display import Markdown, display
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from threesteps.call import endless
from threesteps.limit import TookTooLong, within

# Seconds that `attempt` waits for a learner's function and its picture: some train, and a browser is slow.
PATIENCE = 30.0

# The Okabe-Ito palette, which colour-blind readers can tell apart. What runs forward is always
# blue, what runs backward always vermilion.
FORWARD, BACKWARD = "#0072B2", "#D55E00"
ORANGE, SKY, GREEN, YELLOW, PURPLE, INK, GREY = (
    "#E69F00",
    "#56B4E9",
    "#009E73",
    "#F0E442",
    "#CC79A7",
    "#222222",
    "#767676",
)
SERIES = (FORWARD, ORANGE, GREEN, PURPLE, SKY, INK)
# From 0 (orange) over ½ (white) to 1 (blue): a probability, an activation.
UNIT = LinearSegmentedColormap.from_list("unit", [ORANGE, "#FFFFFF", FORWARD])

STYLE = {
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.labelsize": 11,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "legend.fontsize": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": matplotlib.cycler(color=SERIES),
    "lines.linewidth": 2,
    "figure.dpi": 100,
    "figure.facecolor": "white",
    "figure.constrained_layout.use": True,
    "svg.hashsalt": "threesteps",
}


# The white panel with a margin keeps a figure readable, and from glaring, in a dark theme.
PANEL = "max-width:100%;box-sizing:border-box;background:#fff;padding:6px;border-radius:6px"


class Picture:
    """A finished figure: `png` its bytes, `title` its claim, `caption` what it shows in words.

    As the last expression of a cell it shows the picture, named by its title for who can't see it,
    and the caption under it. (The `alt` in an image's metadata reaches nobody in JupyterLab.)
    """

    def __init__(self, figure: Figure, caption: str) -> None:
        self.figure = figure
        self.caption = caption
        self.title = _title(figure)
        buffer = io.BytesIO()
        # as figure.savefig does, which would go through it once more beforehand
        FigureCanvasAgg(figure).print_png(buffer, metadata={"Software": None})
        self.png = buffer.getvalue()

    def __repr__(self) -> str:
        return f"{self.title}: {self.caption}"

    @property
    def html(self) -> str:
        """The figure as HTML that stands alone."""
        content = base64.b64encode(self.png).decode()
        image = f'<img alt="{html.escape(self.title)}" style="{PANEL}" src="data:image/png;base64,{content}">'
        return f'<figure style="margin:0">{image}<figcaption><em>{html.escape(self.caption)}</em></figcaption></figure>'

    def _ipython_display_(self) -> None:
        display({"text/html": self.html, "text/plain": repr(self)}, raw=True)


def _title(figure: Figure) -> str:
    titles = [figure.get_suptitle()] if figure.get_suptitle() else [axes.get_title() for axes in figure.axes]
    return "; ".join(" ".join(title.split()) for title in titles if title.strip()) or "A figure"


def picture(draw: Callable[..., tuple[Figure, str]]) -> Callable[..., Picture]:
    """Make a function that returns (figure, caption) return a Picture in the course's style."""

    @functools.wraps(draw)
    def styled(*args: Any, **kwargs: Any) -> Picture:
        with matplotlib.rc_context(STYLE):
            return Picture(*draw(*args, **kwargs))

    styled.__annotations__["return"] = "Picture"
    return styled


def canvas(width: float, height: float, rows: int = 1, columns: int = 1, **options: Any) -> tuple[Figure, Any]:
    """A figure of `width` × `height` inches and its axes: one, or an array of them."""
    figure = Figure(figsize=(width, height))
    return figure, figure.subplots(rows, columns, **options)


def headline(figure: Figure, title: str) -> None:
    """The figure's claim above all its axes, broken into lines where it is wider than the figure."""
    figure.suptitle(textwrap.fill(title, int(11 * figure.get_figwidth())), fontsize=12)


def blank(axes: Axes) -> None:
    """Take ticks and frame away: for drawings that are no plots."""
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(False)


class Note:
    """A line of words where a picture or a value can't stand yet."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f'<div style="border-left:5px solid {GREY};padding:6px 12px">{html.escape(self.text)}</div>'


def attempt(make: Callable[[], Any]) -> Any:
    """What `make()` gives: a picture or a value from your own function, or a note where it is not solved yet.

    `attempt(lambda: sigmoid(4.0))` never raises, so that a notebook with blanks runs to its end; after
    thirty seconds it gives up, and at once where a check has found that the function does not end.
    """
    if endless(make):
        return Note("Your function does not come to an end, as the check has found: mend it first.")
    try:
        return within(PATIENCE, make)
    except NotImplementedError:
        return Note("Not solved yet: what your function gives will appear here.")
    except TookTooLong as late:
        return Note(f"Your function is too slow for what is asked of it here: {late}.")
    except Exception as error:
        return Note(f"Your function does not fit here yet: {type(error).__name__}: {error}")


def number(value: float, digits: int = 2) -> str:
    """A number for a label: two decimals, a real minus sign, no minus before a rounded zero.

    Its tenth decimal is the last that counts, so a half is rounded alike however it was computed.

    >>> number(-0.119203), number(-0.001), number(4), number(0.125), number(0.125 + 1e-15)
    ('−0.12', '0.00', '4.00', '0.12', '0.12')
    """
    text = f"{round(value, 10):.{digits}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def short(value: float) -> str:
    """A number for a label, without decimals that are zero.

    >>> short(-2.0), short(0.25), short(1/3)
    ('−2', '0.25', '0.33')
    """
    text = number(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def largest(values: ArrayLike) -> NDArray:
    """The index of the largest value along the last axis: the first one where several differ by rounding alone.

    >>> int(largest([0.2, 0.4 - 1e-16, 0.4])), largest([[1, 2], [2, 1]])
    (1, array([1, 0]))
    """
    values = np.asarray(values, dtype=float)
    return (values >= np.fmax.reduce(values, axis=-1, keepdims=True) - 1e-10).argmax(axis=-1)


def source(*functions: Callable, folded: bool = False) -> Markdown:
    """The source of library functions, as a cell's output; folded behind a click where an exercise asks for it."""
    code = "\n\n".join(inspect.getsource(function).rstrip() for function in functions)
    block = f"```python\n{code}\n```"
    names = ", ".join(f"<code>{function.__name__}</code>" for function in functions)
    if folded:
        block = f"<details><summary>Show {names} from the library</summary>\n\n{block}\n\n</details>"
    return Markdown(block)
