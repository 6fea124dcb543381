"""check(): judging an answer in the notebook where it was written."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable
from functools import partial
from html import escape

from threesteps import call
from threesteps.task import GroupResult, Task, Verdict, judge, missing
from threesteps.tasks import TASKS


class Card(Verdict):
    """A verdict that a notebook shows as a small card, with the inputs that went wrong."""

    def _repr_html_(self) -> str:
        return card(self, with_examples=True)


def check(answer: str | Callable) -> Card:
    """Judge the answer to a task: `check("sigmoid")`, or `check(sigmoid)`.

    With a name, the function of that name in the calling notebook is judged, lambdas and aliases
    too. Never raises: what is wrong stands on the card. As the last expression of a cell it shows
    the card; its plain form is the points alone.
    """
    name = answer if isinstance(answer, str) else getattr(answer, "__name__", repr(answer))
    task = TASKS.get(name)
    if task is None:
        return Card(name, 0.0, 0.0, "missing", _unknown(name, by_name=isinstance(answer, str)))
    function = sys._getframe(1).f_globals.get(name) if isinstance(answer, str) else answer
    return Card(**vars(_verdict(task, function)))


def _verdict(task: Task, function: object) -> Verdict:
    if function is None:
        return missing(
            task, f"There is no {task.name} in this notebook yet: run the cell that defines it, then this one."
        )
    if not callable(function):
        return missing(task, f"{task.name} is {type(function).__name__} here, not a function: was the name used again?")
    return judge(task, partial(call.call, function, timeout=task.timeout), task.seed)


def _unknown(name: str, by_name: bool) -> str:
    near = difflib.get_close_matches(name, TASKS, n=1)
    hint = f' Did you mean "{near[0]}"?' if near else ""
    if not by_name:
        hint = f'{hint} With an alias or a lambda, give the task\'s name: check("{near[0] if near else "sigmoid"}").'
    return f'There is no task called "{name}".{hint}'


COLOURS = {"passed": "#009E73", "partial": "#E69F00"}
WRONG = "#D55E00"


def card(verdict: Verdict, with_examples: bool) -> str:
    """The verdict as HTML that stands alone: points, the message, each group. Examples show probe values."""
    colour = COLOURS.get(verdict.status, "#767676" if verdict.status == "missing" else WRONG)
    points = f"{number(verdict.points)} of {number(verdict.max_points)} points"
    title = f"<strong>{escape(verdict.task)}</strong>: {points}" if verdict.max_points else "<strong>check</strong>"
    message = f'<div style="margin-top:4px">{escape(verdict.message)}</div>' if verdict.message else ""
    rows = "".join(_row(group, verdict.message, with_examples) for group in verdict.groups)
    table = f'<ul style="margin:6px 0 0 0;padding:0;list-style:none">{rows}</ul>' if rows else ""
    return (
        f'<div style="border-left:5px solid {colour};padding:6px 12px;max-width:46em">'
        f"<div>{title}</div>{message}{table}</div>"
    )


def _row(group: GroupResult, message: str, with_examples: bool) -> str:
    mark = f"✗ 0 of {number(group.max_points)}" if group.finding else f"✓ {number(group.points)}"
    said = f": {escape(group.finding)}" if group.finding and group.finding != message else ""
    example = (
        f'<br><code style="font-size:90%">{escape(group.example)}</code>' if with_examples and group.example else ""
    )
    return f'<li style="margin:2px 0"><strong>{mark}</strong> {escape(group.name)}{said}{example}</li>'


def number(points: float) -> str:
    """Points with at most two decimals: 2, 1.5, 0.75."""
    return f"{points:.2f}".rstrip("0").rstrip(".")
