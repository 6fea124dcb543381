"""What can be checked of a figure: its texts are readable, inside the canvas, and apart from each other."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.text import Text

from threesteps.draw import Picture


def texts(picture: Picture) -> list[Text]:
    """All visible texts of a figure that say something, placed as in the PNG: drawn anew, they could move."""
    hidden = {id(label) for axes in picture.figure.axes for label in _labels_out_of_view(axes)}
    return [
        text
        for text in picture.figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and id(text) not in hidden
    ]


def _labels_out_of_view(axes: Axes) -> Iterator[Text]:
    """Tick labels beyond the axis's range exist and are not drawn."""
    for axis in (axes.xaxis, axes.yaxis):
        place = axis.get_transform().transform  # a log axis is even in the logarithm
        low, high = sorted(place(axis.get_view_interval()))
        slack = 1e-9 * (high - low)
        for tick in [*axis.get_major_ticks(), *axis.get_minor_ticks()]:
            if not axes.get_visible() or not low - slack <= place(tick.get_loc()) <= high + slack:
                yield from (tick.label1, tick.label2)


def assert_readable(picture: Picture, smallest: float = 10.0) -> None:
    """Every text is at least `smallest` points high and lies inside the canvas (two pixels are forgiven); there is a
    caption; the figure is at most eight inches wide."""
    assert picture.caption.strip()
    assert picture.png.startswith(b"\x89PNG")
    width, height = picture.figure.get_size_inches() * picture.figure.dpi
    assert width <= 800
    for text in texts(picture):
        assert text.get_fontsize() >= smallest, text.get_text()
        box = text.get_window_extent()
        inside = box.x0 >= -2 and box.y0 >= -2 and box.x1 <= width + 2 and box.y1 <= height + 2
        assert inside, f"{text.get_text()!r} leaves the canvas: {box}"


def assert_apart(picture: Picture) -> None:
    """No two texts overlap by more than two pixels both ways."""
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(picture)]
    for i, (one, a) in enumerate(boxes):
        for other, b in boxes[i + 1 :]:
            wide = min(a.x1, b.x1) - max(a.x0, b.x0)
            high = min(a.y1, b.y1) - max(a.y0, b.y0)
            assert wide <= 2 or high <= 2, f"{one!r} and {other!r} overlap"
