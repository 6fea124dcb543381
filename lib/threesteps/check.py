"""check(): judging an answer in the notebook where it was written."""

from __future__ import annotations

import contextlib
import difflib
import re
import sys
import types
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from threesteps import call
from threesteps.call import Outcome
from threesteps.ran import outdated, watch
from threesteps.task import UNSOLVED, GroupResult, Task, Verdict, judge, missing
from threesteps.tasks import EXERCISES, TASKS

UNSEEN = "NumPy gives no warnings in a browser: whether there would be one is judged where the course is installed."
VALUES = " (the values alone: see above)"

GRADED_WITH = ("threesteps.check", "threesteps.draw", "threesteps.digits")  # of this library; what solves is not there

watch()


@dataclass(frozen=True, repr=False)
class Card(Verdict):
    """A verdict that a notebook shows as a small card, with the inputs that went wrong, what could not be judged here
    (`unseen`) and what to do `next`."""

    unseen: str = ""
    next: str = ""

    def _repr_html_(self) -> str:
        return card(self, self.unseen, self.next, with_examples=True)


@dataclass(frozen=True, repr=False)
class Sum:
    """The verdicts on all tasks of an exercise; its plain form is the sum of the points."""

    exercise: str
    verdicts: tuple[Verdict, ...]

    def __repr__(self) -> str:
        return repr(float(round(sum(verdict.points for verdict in self.verdicts), 2)))

    def _repr_html_(self) -> str:
        return sum_card(self.exercise, self.verdicts, UNSEEN if any(map(_unseen, self.verdicts)) else "")


def check(answer: str | Callable) -> Card | Sum:
    """Judge the answer to a task: `check("sigmoid")`, or `check(sigmoid)`; or a whole exercise: `check("1a_neuron")`.

    With a name, the function of that name in the calling notebook is judged, lambdas and aliases
    too. Never raises: what is wrong stands on the card. As the last expression of a cell it shows
    the card; its plain form is the points alone.
    """
    name = answer if isinstance(answer, str) else getattr(answer, "__name__", repr(answer))
    namespace = sys._getframe(1).f_globals
    if name in EXERCISES:
        return Sum(name, tuple(_verdict(task, namespace.get(task.name), namespace) for task in EXERCISES[name]))
    if name not in TASKS:
        return Card(name, 0.0, 0.0, "missing", _unknown(name, by_name=isinstance(answer, str)))
    function = namespace.get(name) if isinstance(answer, str) else answer
    verdict = _verdict(TASKS[name], function, namespace)
    if verdict.status == "timeout":
        call.give_up(function)
    unseen = _unseen(verdict)
    groups = (replace(group, name=group.name + VALUES * (group.name in unseen)) for group in verdict.groups)
    parts = vars(verdict) | {"groups": tuple(groups)}
    return Card(**parts, unseen=UNSEEN if unseen else "", next=_next(verdict))


def _unseen(verdict: Verdict) -> set[str]:
    """The groups whose points a warning would cost, where NumPy can't give one."""
    quiet = {group.name for group in TASKS[verdict.task].groups if group.quiet and not call.WARNS}
    return {result.name for result in verdict.groups if result.name in quiet and not result.finding}


def _verdict(task: Task, function: object, namespace: dict[str, Any]) -> Verdict:
    if function is None:
        return missing(task, f"There is no {task.name} in this notebook yet.")
    if not callable(function):
        return missing(task, f"{task.name} is {type(function).__name__} here, not a function: was the name used again?")
    if _solves(function):
        own = f"{task.name} is the course's own here, of {_module(function)}"
        return missing(task, f"{own}, which is not there where answers are graded: write yours.")

    def answer(arguments: tuple) -> Outcome:
        with _as_graded(namespace) as absent:
            return call.lacking(call.call(function, arguments, task.timeout), absent)

    return judge(task, answer, task.seed)


@contextlib.contextmanager
def _as_graded(namespace: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Hide what is not there where answers are graded: what a notebook has of the library, by name or to be imported.
    Gives the names, and for want of what they are hidden."""
    places = namespace, vars(sys.modules["threesteps"]), sys.modules
    hidden = [{name: value for name, value in [*place.items()] if _solves(value)} for place in places]
    for place, those in zip(places, hidden):
        for name in those:
            del place[name]
    sys.modules.update(dict.fromkeys(hidden[2]))  # None: not to be imported again
    try:
        yield {name: f"module {_module(value)}" for name, value in hidden[0].items()}
    finally:
        for place, those in zip(places, hidden):
            place.update(those)


def _solves(value: object) -> bool:
    """Whether it is a part of this library that is not there where answers are graded."""
    module = _module(value)
    return module.startswith("threesteps.") and not module.startswith(GRADED_WITH)


def _module(value: object) -> str:
    if isinstance(value, types.ModuleType):
        return value.__name__
    return str(value.__module__) if isinstance(value, (types.FunctionType, type)) else ""


def _next(verdict: Verdict) -> str:
    """What the learner does now."""
    if verdict.status == "passed":
        exercise, tasks = next((e, tasks) for e, tasks in EXERCISES.items() if TASKS[verdict.task] in tasks)
        later = [task.name for task in tasks[tasks.index(TASKS[verdict.task]) + 1 :]]
        return f"Next: `{later[0]}`." if later else f'That was the last task here: `check("{exercise}")` sums up.'
    older = outdated(verdict.task)
    if older:
        return older
    what = f"Write `{verdict.task}`" if verdict.status == "missing" else "Mend it"
    return f"{what} in its cell above, run that cell, then this one."


def _unknown(name: str, by_name: bool) -> str:
    near = difflib.get_close_matches(name, TASKS, n=1)
    hint = f' Did you mean "{near[0]}"?' if near else ""
    if not by_name:
        hint = f'{hint} With an alias or a lambda, give the task\'s name: check("{near[0] if near else "sigmoid"}").'
    return f'There is no task called "{name}".{hint}'


STATUS = {
    "passed": "✓ passed",
    "partial": "partly right",
    "missing": "not solved yet",
    "error": "✗ raises an error",
    "timeout": "✗ takes too long",
    "crashed": "✗ ends the process",
    "failed": "✗ not right yet",
    "unreadable": "✗ can't be read",
}
COLOURS = {"passed": "#009E73", "partial": "#E69F00", "missing": "#767676"}
WRONG = "#D55E00"
FRAME = '<div style="border-left:5px solid {};padding:6px 12px;max-width:46em">{}</div>'
BLOCK = '<pre style="margin:2px 0 4px 0;font-size:90%;white-space:pre-wrap">{}</pre>'


def card(verdict: Verdict, *remarks: str, with_examples: bool = False) -> str:
    """The verdict as HTML that stands alone: points, status, the message, remarks, each group.

    The first example is open, the others are folded; examples show probe values.
    """
    points = f"{number(verdict.points)} of {number(verdict.max_points)} points"
    head = f"<strong>{escape(verdict.task)}</strong>: {points}, {STATUS[verdict.status]}"
    parts = [head if verdict.max_points else "<strong>check</strong>"]
    parts += [words(text) for text in (verdict.message, *remarks) if text not in ("", UNSOLVED)]
    lines = "".join(f'<div style="margin-top:{4 * (i > 0)}px">{part}</div>' for i, part in enumerate(parts))
    examples = [group for group in verdict.groups if group.example]
    rows = "".join(_row(group, verdict.message, with_examples, group in examples[:1]) for group in verdict.groups)
    table = f'<ul style="margin:6px 0 0 0;padding:0;list-style:none">{rows}</ul>' if rows else ""
    return FRAME.format(COLOURS.get(verdict.status, WRONG), lines + table)


def sum_card(title: str, verdicts: Iterable[Verdict], remark: str = "") -> str:
    """The points of several verdicts as an HTML table with their sum, and what is to be said of them."""
    verdicts = list(verdicts)
    rows = "".join(
        f'<tr><td style="text-align:left">{escape(verdict.task)}</td>'
        f"<td>{number(verdict.points)} of {number(verdict.max_points)}</td>"
        f'<td style="text-align:left">{STATUS[verdict.status]}</td></tr>'
        for verdict in verdicts
    )
    points, most = (sum(getattr(verdict, name) for verdict in verdicts) for name in ("points", "max_points"))
    colour = COLOURS["passed" if points == most else "partial" if points else "missing"]
    head = f"<strong>{escape(title)}</strong>: {number(points)} of {number(most)} points"
    said = f'<div style="margin-top:4px">{words(remark)}</div>' if remark else ""
    return FRAME.format(colour, f'{head}{said}<table style="margin-top:6px">{rows}</table>')


def _row(group: GroupResult, message: str, with_examples: bool, unfolded: bool) -> str:
    mark = f"✗ 0 of {number(group.max_points)}" if group.finding else f"✓ {number(group.points)}"
    said = f": {words(group.finding)}" if group.finding and group.finding != message else ""
    example = _example(group.example, unfolded) if with_examples and group.example else ""
    return f'<li style="margin:2px 0"><strong>{mark}</strong> {words(group.name)}{said}{example}</li>'


def _example(text: str, unfolded: bool) -> str:
    """The input and what came of it; all the numbers, where they are many, folded below."""
    line, *full = _minus(text).split("\n", 1)
    numbers = _folded("the numbers", BLOCK.format(escape(full[0]))) if full else ""
    block = BLOCK.format(escape(line)) + numbers
    return block if unfolded else _folded("an example", block)


def _folded(summary: str, content: str) -> str:
    return f'<details style="font-size:95%"><summary>{summary}</summary>{content}</details>'


def _minus(text: str) -> str:
    """The text with true minus signs before its numbers."""
    return re.sub(r"(?<![\w.)\]])-(?=[\d.]|inf)", "−", text)


def words(text: str) -> str:
    """A sentence as HTML: what stands between backticks is code, and a word between asterisks is stressed."""
    parts = escape(text).split("`")
    parts[1::2] = [f"<code>{part}</code>" for part in parts[1::2]]
    parts[::2] = [re.sub(r"(?<!\w)\*(\w[^*]*)\*(?!\w)", r"<em>\1</em>", part) for part in parts[::2]]
    return "".join(parts)


def number(points: float) -> str:
    """Points with at most two decimals: 2, 1.5, 0.75."""
    return f"{points:.2f}".rstrip("0").rstrip(".")
