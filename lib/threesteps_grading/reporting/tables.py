"""The tables of a report, as CSV. They hold no times and no paths of the machine."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from threesteps.check import number
from threesteps.tasks import EXERCISES, POINTS, TASKS
from threesteps_grading.files import write
from threesteps_grading.judging import FAILED, Record, earned
from threesteps_grading.reading import STEERING, Roster

PLACES = {task: i for i, task in enumerate(TASKS)}
TABLES = ("scores.csv", "gradebook.csv", "files.csv")
# A spreadsheet would run a cell that begins like this, and some take a semicolon or a tab for the end of one. (After a
# comma none begins: a cell that has one stands in quotation marks.)
FORMULA = re.compile(r"(^|[;\t\n]\s*)(?=[=+\-@＝＋－＠])")
# An id, a login, a telephone number: a spreadsheet may show an error for it, but nothing in it computes or calls.
PLAIN = re.compile(r"[+\-@][\w .@]*")


# The columns of scores.csv, a row for each verdict of a record, and of files.csv, a row for each record.
SCORES: dict[str, Callable[[Record, Mapping[str, Any]], Any]] = {
    "student": lambda record, verdict: record["student"],
    "notebook": lambda record, verdict: record["exercise"],
    "task": lambda record, verdict: verdict["task"],
    "points": lambda record, verdict: verdict["points"],
    "max_points": lambda record, verdict: verdict["max_points"],
    "status": lambda record, verdict: verdict["status"],
    "message": lambda record, verdict: verdict["message"],
}
FILES: dict[str, Callable[[Record], Any]] = {
    "path": lambda record: record["path"],
    "sha256": lambda record: record["sha256"],
    "student": lambda record: record["student"],
    "notebook": lambda record: record["exercise"],
    "outcome": lambda record: record["outcome"],
    "notes": lambda record: "; ".join(filter(None, [record["problem"], *record["notes"]])),
}
# What files.csv has more, where it is asked for.
TIMES: dict[str, Callable[[Record], Any]] = {
    "handed_in": lambda record: record["handed_in"],
    "late": lambda record: "late" if record["late"] else "",
}


def write_tables(out: Path, records: Sequence[Record]) -> None:
    """scores.csv, gradebook.csv and files.csv; see the README for their columns."""
    judged = [(record, verdict) for record in records for verdict in _verdicts(record)]
    judged.sort(key=lambda pair: (pair[0]["student"], place_of(pair[1]["task"]), pair[1]["message"]))
    write(out / "scores.csv", table(SCORES, [[value(*pair) for value in SCORES.values()] for pair in judged]))
    write(out / "gradebook.csv", _gradebook(records))
    files = FILES | (TIMES if any("late" in record for record in records) else {})
    write(out / "files.csv", table(files, [[value(record) for value in files.values()] for record in records]))


def write_lists(out: Path, roster: Roster, records: Sequence[Record]) -> list[str]:
    """Write lms.csv, for the import, and nothing.csv into a report. Result: those who handed in nothing.

    lms.csv has the roster's own columns, so that the LMS knows its students again, and one for each
    exercise that anybody answered.
    """
    points = _points(records)
    columns = _handed_in(records)
    most = [POINTS[exercise] for exercise in columns]
    rows = [[*roster.points_row, *most]] if roster.points_row else []
    for name, row in zip(roster.names, roster.rows):
        rows.append([*row, *(points.get(name, {}).get(column, "") for column in columns)])
    write(out / "lms.csv", table([*roster.header, *columns], rows, _cell_of_lms))
    absent = [(name, row) for name, row in zip(roster.names, roster.rows) if name not in points]
    others = [i for i, column in enumerate(roster.header) if column.casefold() != "student"]
    header = ["student", *(roster.header[i] for i in others)]
    write(out / "nothing.csv", table(header, [[name, *(row[i] for i in others)] for name, row in absent]))
    return [name for name, _ in absent]


def strangers(roster: Roster, records: Sequence[Record]) -> list[str]:
    """The students of a report who are not on the roster."""
    return sorted(_points(records).keys() - set(roster.names))


def place_of(task: str) -> int:
    """Where a task stands in the course; one that the course has no longer, behind all."""
    return PLACES.get(task, len(PLACES))


def table(header: Iterable[str], rows: Iterable[Sequence[Any]], cell: Callable[[Any], str] | None = None) -> str:
    """A CSV table; what a spreadsheet would take for a formula gets an apostrophe in front."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([(cell or _cell)(value) for value in row] for row in rows)
    return buffer.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, (int, float)):
        return number(value)
    return FORMULA.sub(r"\1'", STEERING.sub("", " ".join(str(value).split())) if value else "")


def _cell_of_lms(value: Any) -> str:
    """The roster's own cell as it is, for the LMS knows the student by it; only a formula gets its apostrophe."""
    if not isinstance(value, str):
        return _cell(value)
    return value if PLAIN.fullmatch(value) else FORMULA.sub(r"\1'", value)


def known(records: Iterable[Record]) -> list[Record]:
    """The records of answers that were judged: where the judge failed, nothing is known of them."""
    return [record for record in records if record["outcome"] == "graded" and FAILED not in record]


def _verdicts(record: Record) -> list[Mapping[str, Any]]:
    if FAILED in record:
        return [verdict | {"points": "", "status": "unjudged"} for verdict in record["verdicts"]]
    if record["outcome"] != "unreadable":
        return record["verdicts"]
    problem = f"{record['path']}: {record['problem']}"
    return [{"task": "", "points": 0, "max_points": "", "status": "unreadable", "message": problem, "diagnosis": ""}]


def _points(records: Sequence[Record]) -> dict[str, dict[str, float]]:
    """The points of each student who handed in anything, by exercise; none where the judge failed."""
    points: dict[str, dict[str, float]] = {r["student"]: {} for r in records if r["outcome"] != "ignored"}
    for record in known(records):
        points[record["student"]][record["exercise"]] = earned(record)
    return points


def _handed_in(records: Sequence[Record]) -> list[str]:
    """The exercises in which anybody has answered anything; those that anybody handed in, if there are none.

    A blank notebook, or another one with the wrong label, is not what the class was asked for.
    """
    found = answered(records)
    return [exercise for exercise in EXERCISES if exercise in found]


def answered(records: Sequence[Record]) -> dict[str, list[str]]:
    """The exercises of `_handed_in`, each with the students who did so."""
    graded = [record for record in records if record["outcome"] == "graded"]
    solved = [r for r in known(graded) if any(verdict["status"] != "missing" for verdict in r["verdicts"])]
    found = defaultdict(list)
    for record in solved or graded:
        found[record["exercise"]].append(record["student"])
    return found


def _gradebook(records: Sequence[Record]) -> str:
    """A row for each student, a column for each exercise; max counts the exercises of `_handed_in`."""
    points = _points(records)
    most = sum(POINTS[exercise] for exercise in _handed_in(records))
    rows = [
        [student, *(row.get(exercise, "") for exercise in EXERCISES), round(sum(row.values()), 2), most]
        for student, row in sorted(points.items())
    ]
    return table(["student", *EXERCISES, "total", "max"], rows)
