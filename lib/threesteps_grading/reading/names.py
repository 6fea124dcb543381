"""Texts of others on one line: names of students as a report tells them, notes, paths."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
NAME = 250  # characters of a student's name
NAMED = 20  # students in a line


def one_line(text: str, most: int) -> str:
    """A text on one line, without what could steer a terminal or turn a line's direction, cut where it gets long."""
    text = STEERING.sub("�", " ".join(text.split()))
    return text if len(text) <= most else f"{text[: most - 1]}…"


def some(names: Sequence[str]) -> str:
    """Names in a line, the first of them where there are many."""
    return "; ".join(names[:NAMED]) + (f"; and {len(names) - NAMED} more" if len(names) > NAMED else "")


def student_name(name: str) -> str:
    r"""A student's name as a report tells it; one that has to be changed gets a sum, as two of these may look alike.
    The name of a name is itself.

    >>> student_name("Ana  Bo"), student_name("Ana\x1bBo")
    ('Ana Bo', 'Ana�Bo ~df6f3cff')
    """
    if STEERING.search(" ".join(name.split())) or len(name) > NAME:
        return with_sum(one_line(name, NAME - 10), name)
    return one_line(name, NAME) or "?"


def with_sum(shown: str, text: str) -> str:
    """What is shown for a text, told from others that look like it."""
    return f"{shown} ~{zlib.crc32(text.encode(errors='replace')):08x}"


def told_apart(texts: Iterable[str], shown: Callable[[str], str]) -> dict[str, str]:
    """What is shown for each text, all different.

    >>> told_apart(["Ana Bo", "Ana  Bo", "Cy  Di"], student_name)
    {'Ana Bo': 'Ana Bo', 'Ana  Bo': 'Ana Bo ~6e8129f4', 'Cy  Di': 'Cy Di'}
    """
    all_shown = {text: shown(text) for text in texts}
    count = Counter(all_shown.values())
    return {t: with_sum(one, t) if count[one] > 1 and one != t else one for t, one in all_shown.items()}
