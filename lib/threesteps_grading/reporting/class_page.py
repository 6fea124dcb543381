"""The class at a glance: one page from a report, for the teacher who plans the next lesson."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from threesteps.check import STATUS, number
from threesteps.task import Task
from threesteps.tasks import EXERCISES
from threesteps_grading.files import write
from threesteps_grading.judging import Record, earned, key_of
from threesteps_grading.reporting.feedback import places
from threesteps_grading.reporting.pages import page, title_of
from threesteps_grading.reporting.tables import answered, known, place_of

MOST = 20  # files of one student that are listed; all are in files.csv
NEEDS_HELP = 0.5  # of the points of what a student handed in; below it, they are listed
KINDS = {"passed": "right", "partial": "partly", "missing": "unsolved"}  # all other statuses are "wrong"


def write_class_page(out: Path, records: Sequence[Record]) -> Path:
    """Write class.html into the report `out`, from its records. Result: the page's path."""
    write(out / "class.html", class_page(records, handed_in_nothing(out), lambda place: (out / place).is_file()))
    return out / "class.html"


def handed_in_nothing(out: Path) -> list[str]:
    """The students of the roster without a file, as a report made with --roster lists them."""
    try:
        with open(out / "nothing.csv", encoding="utf-8", newline="") as file:
            return [row["student"] for row in csv.DictReader(file)]
    except FileNotFoundError:
        return []


def class_page(
    records: Sequence[Record], nothing: Sequence[str] = (), is_there: Callable[[str], bool] = lambda place: True
) -> str:
    """The page, as HTML: no scripts, nothing from elsewhere; its links lead to the feedback beside it, as far as that
    is there. What the judge failed on, and exercises that nobody answered, count nowhere."""
    where = {key_of(record): quote(place) for record, place in places(records) if is_there(place)}
    asked = answered(records)
    graded = [record for record in known(records) if record["exercise"] in asked]
    return page(
        "class.html",
        students=len({record["student"] for record in records if record["outcome"] != "ignored"} | set(nothing)),
        graded=sum(record["outcome"] == "graded" for record in records),
        unreadable=sum(record["outcome"] == "unreadable" for record in records),
        exercises=_exercises(graded),
        misconceptions=_findings(graded, where, diagnosed=True),
        others=[row for row in _findings(graded, where, diagnosed=False) if row["count"] > 1],
        behind=_behind([*graded, *(record for record in records if record["outcome"] == "unreadable")], where),
        nothing=sorted(nothing),
        where={"": ""} | {record["path"]: where.get(key_of(record), "") for record in records},
        noted=_noted(records),
        limit=f"{NEEDS_HELP:.0%}".replace("%", " %"),
    )


def _by_student(records: Sequence[Record]) -> list[Record]:
    return sorted(records, key=lambda record: (record["student"], record["path"]))


def _noted(records: Sequence[Record]) -> list[Record]:
    """What there is to say of files, but of no more than MOST of a student."""
    noted: dict[str, list[Record]] = defaultdict(list)
    for record in _by_student(records):
        if record["outcome"] != "ignored" and (record["notes"] or record["problem"]):
            noted[record["student"]].append(record)
    rest = {"path": "", "exercise": "", "outcome": "", "notes": []}
    for student, several in noted.items():
        if several[MOST:]:
            several[MOST:] = [rest | {"student": student, "problem": _more(len(several) - MOST)}]
    return [record for several in noted.values() for record in several]


def _more(count: int) -> str:
    return f"… and {count:,} files more, in files.csv"


def _exercises(graded: Sequence[Record]) -> list[dict[str, Any]]:
    """For each exercise: how many handed it in, and how each of its tasks went."""
    told = []
    for exercise, tasks in EXERCISES.items():
        rows = [{v["task"]: v for v in record["verdicts"]} for record in graded if record["exercise"] == exercise]
        rows = [row for row in rows if all(task.name in row for task in tasks)]
        if rows:
            told.append(
                {"name": title_of(exercise), "count": len(rows), "tasks": [_task(task, rows) for task in tasks]}
            )
    return told


def _task(task: Task, rows: Sequence[Mapping[str, Mapping[str, Any]]]) -> dict[str, Any]:
    kinds = Counter(KINDS.get(row[task.name]["status"], "wrong") for row in rows)
    mean = sum(row[task.name]["points"] for row in rows) / len(rows)
    shares = [(kind, 100 * kinds[kind] / len(rows)) for kind in ("right", "partly", "wrong", "unsolved") if kinds[kind]]
    return {"name": task.name, "kinds": kinds, "mean": number(mean), "of": number(task.points), "shares": shares}


def _findings(graded: Sequence[Record], where: Mapping[tuple, str], diagnosed: bool) -> list[dict[str, Any]]:
    """What was said to how many: the known wrong answers, or what else was found; the most frequent first."""
    students: dict[tuple[str, str, str], list[dict[str, str]]] = defaultdict(list)
    answers = Counter(verdict["task"] for record in graded for verdict in record["verdicts"])
    for record in _by_student(graded):
        for verdict in record["verdicts"]:
            told = verdict["message"] and verdict["status"] not in ("passed", "missing")
            if told and bool(verdict["diagnosis"]) == diagnosed:
                students[verdict["task"], verdict["diagnosis"], verdict["message"]].append(
                    {"name": record["student"], "page": where.get(key_of(record), "")}
                )
    rows = [
        {"task": task, "name": name, "says": says, "students": who, "count": len(who), "of": answers[task]}
        for (task, name, says), who in students.items()
    ]
    return sorted(rows, key=lambda row: (-row["count"], place_of(row["task"]), row["name"], row["says"]))


def _behind(records: Sequence[Record], where: Mapping[tuple, str]) -> list[dict[str, Any]]:
    """Those who have less than NEEDS_HELP of the points of what they handed in, and those with an unreadable file."""
    rows: dict[str, dict[str, Any]] = {}
    for record in _by_student(records):
        new = {"student": record["student"], "points": 0, "of": 0, "why": [], "unread": False}
        row = rows.setdefault(record["student"], new)
        link = where.get(key_of(record), "")
        if record["outcome"] == "unreadable":
            row["unread"] = True
            row["why"].append({"name": record["path"], "page": link, "said": f" can't be read: {record['problem']}"})
        else:
            row["points"] += earned(record)
            row["of"] += sum(verdict["max_points"] for verdict in record["verdicts"])
            wrong = [v for v in record["verdicts"] if v["status"] != "passed"]
            said = ", ".join(f"{v['task']} {STATUS[v['status']].removeprefix('✗ ')}" for v in wrong)
            row["why"] += [{"name": record["exercise"], "page": link, "said": f": {said}"}] if wrong else []

    for row in rows.values():
        if row["why"][MOST:]:
            row["why"][MOST:] = [{"name": _more(len(row["why"]) - MOST), "page": "", "said": ""}]

    def share(row: Mapping[str, Any]) -> float:
        return row["points"] / row["of"] if row["of"] else 0.0

    listed = [row for row in rows.values() if row["unread"] or (row["why"] and share(row) < NEEDS_HELP)]
    return [
        {**row, "points": number(row["points"]), "of": number(row["of"])}
        for row in sorted(listed, key=lambda row: (share(row), row["student"]))
    ]
