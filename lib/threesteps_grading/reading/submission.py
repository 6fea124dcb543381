"""Reading what students really hand in: whatever can be recovered is, with a note; what can't has its reason."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nbformat

from threesteps_grading.reading.handed_in import files
from threesteps_grading.reading.notebook import bound_names, parse

CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7}) ?", re.MULTILINE)
CHECK_CALL = re.compile(r"^\s*check\(.*\)\s*;?\s*$")
DEFINITION = re.compile(r"^(?:async\s+)?def\s+(\w+)|^(\w+)\s*=[^=]", re.MULTILINE)
LESSON = "a lesson, not an exercise"

Exercises = Mapping[str, Sequence[str]]  # exercise -> names of its tasks, both in the order of the course


@dataclass(frozen=True)
class Submission:
    """One file as it was handed in.

    exercise: which one it is, "" where that can't be told; cells: the sources of its code cells that are run, in
    order; defined: task -> index of the last cell that defines it; notes: what was repaired or looked odd; problem:
    why nothing can be graded, "" where it can; outcome: "graded", "unreadable", "older" or "ignored".
    """

    path: str
    student: str
    sha256: str
    modified: float
    exercise: str = ""
    cells: tuple[str, ...] = ()
    defined: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problem: str = ""
    outcome: str = "graded"

    def code_of(self, task: str) -> str:
        """The cell that the answer to a task stands in, "" where there is none."""
        return self.cells[self.defined[task]] if task in self.defined else ""


class Unreadable(ValueError):
    """A file that can't be read as a notebook; the message is the reason, with the line where there is one."""


def submissions(source: Path, exercises: Exercises, name_of: Callable[[str], str] = str) -> list[Submission]:
    """Everything under `source` (a folder, a file, or a zip of those), read, and sorted by student and path.

    name_of: the student's name for what the file or folder calls them, as a roster has it.
    Of several files of a student for one exercise the newest counts (then the last by path). Raises
    FileNotFoundError where there is nothing, and WrongUse where a .zip is not a zip archive.
    """
    read = [_read(path, name_of(student), time, data, exercises) for path, student, time, data in files(source)]
    read = _with_one_for_each_exercise(read)
    handed_in = {submission.student for submission in read if submission.outcome != "ignored"}
    read = [
        replace(submission, outcome="unreadable", problem=_not_an_exercise(submission))
        if submission.outcome == "ignored" and submission.student not in handed_in
        else submission
        for submission in read
    ]
    return sorted(read, key=lambda submission: (submission.student, submission.path))


def _not_an_exercise(submission: Submission) -> str:
    return LESSON if LESSON in submission.notes else "not a notebook (.ipynb)"


def _with_one_for_each_exercise(read: list[Submission]) -> list[Submission]:
    newest: dict[tuple[str, str], Submission] = {}
    for submission in sorted(read, key=lambda s: (s.modified, s.path)):
        if submission.exercise and submission.outcome == "graded":
            newest[submission.student, submission.exercise] = submission
    return [
        replace(s, outcome="older") if s.outcome == "graded" and newest.get((s.student, s.exercise), s) is not s else s
        for s in read
    ]


# What is in a file


def _read(path: str, student: str, modified: float, data: bytes | str, exercises: Exercises) -> Submission:
    digest = hashlib.sha256(data if isinstance(data, bytes) else b"").hexdigest()
    submission = Submission(path, student, digest, modified)
    if not path.lower().endswith(".ipynb") and (isinstance(data, str) or data.lstrip()[:1] != b"{"):
        return replace(submission, outcome="ignored", notes=("not a notebook",))
    notes: list[str] = []
    try:
        if isinstance(data, str):
            raise Unreadable(data)
        notebook = _notebook(_text(data, notes), notes)
        if isinstance(_ours(notebook).get("lesson"), str):  # with a whole folder that was handed in
            return replace(submission, outcome="ignored", notes=(LESSON,))
        cells = _cells(notebook, exercises, notes)
        exercise = _exercise(notebook, cells, exercises)
    except Unreadable as problem:
        return replace(submission, outcome="unreadable", problem=str(problem), notes=tuple(notes))
    run = [cell for cell in cells if not cell.is_check]
    defined = _definitions(run, exercises[exercise], notes)
    _look_at_checks(cells, exercises[exercise], notes)
    sources = tuple(cell.source for cell in run)
    return replace(submission, exercise=exercise, cells=sources, defined=defined, notes=tuple(notes))


def _text(data: bytes, notes: list[str]) -> str:
    if not data.strip():
        raise Unreadable("the file is empty")
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            notes.append(f"encoding repaired ({encoding.replace('-sig', ' with a byte order mark')})")
            return data.decode(encoding, errors="replace")
    if data[:2] in (b"{\0", b"\0{"):
        notes.append("encoding repaired (utf-16)")
        return data.decode("utf-16-le" if data[1] == 0 else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        notes.append("encoding repaired (cp1252)")
        return data.decode("cp1252", errors="replace")


def _notebook(text: str, notes: list[str]) -> dict:
    try:
        notebook = json.loads(text, strict=False)
    except RecursionError:
        raise Unreadable("not JSON that can be read: nested too deep") from None
    except ValueError as error:
        conflict = CONFLICT.search(text)
        if conflict:
            line = text.count("\n", 0, conflict.start()) + 1
            raise Unreadable(f"merge conflict markers, line {line}") from None
        end = len(text.rstrip())
        cut_off = isinstance(error, json.JSONDecodeError) and (error.pos >= end or "Unterminated" in error.msg)
        line = text.count("\n", 0, end if cut_off else getattr(error, "pos", 0)) + 1
        what = "the file ends too early" if cut_off else f"not JSON: {getattr(error, 'msg', error)}"
        raise Unreadable(f"{what}, line {line}") from None
    if not isinstance(notebook, dict):
        raise Unreadable("not a notebook: the JSON is no object")
    if "worksheets" in notebook:
        try:
            notebook = nbformat.convert(nbformat.from_dict(notebook), 4)
        except Exception as error:  # whatever an ancient converter trips over
            raise Unreadable(f"notebook format 3 that can't be converted: {type(error).__name__}") from None
        notes.append("converted from notebook format 3")
    if not isinstance(notebook.get("cells"), list):
        raise Unreadable("not a notebook: it has no cells")
    return notebook


@dataclass(frozen=True)
class _Cell:
    source: str
    grade_id: str
    names: frozenset[str]

    @property
    def is_check(self) -> bool:
        return self.grade_id.startswith("check_") or all(
            CHECK_CALL.match(line) for line in self.source.splitlines() if line.strip() and not line.startswith("#")
        )


def _cells(notebook: dict, exercises: Exercises, notes: list[str]) -> list[_Cell]:
    """The notebook's code cells, and Markdown or raw cells that hold a task's definition."""
    tasks = {task for names in exercises.values() for task in names}
    cells = []
    for number, cell in enumerate(notebook["cells"], start=1):
        if not isinstance(cell, dict):
            notes.append(f"cell {number} is not a cell")
            continue
        source = _joined(cell.get("source", cell.get("input", "")))
        is_code = cell.get("cell_type") == "code"
        names = _names(source, by_words=is_code)
        if not is_code and not names & tasks:
            continue
        if not is_code:
            notes.append(f"cell {number} restored: code in a {cell.get('cell_type')} cell")
        if source.strip():
            cells.append(_Cell(source, _grade_id(cell), frozenset(names)))
    return cells


def _joined(source: Any) -> str:
    if isinstance(source, list):
        return "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else ""


def _grade_id(cell: dict) -> str:
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else ""


def _names(source: str, by_words: bool) -> set[str]:
    """What the code binds; where it does not parse, what it seems to define."""
    try:
        return bound_names(parse(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {a or b for a, b in DEFINITION.findall(source)} if by_words else set()


def _ours(notebook: dict) -> dict:
    """What the course has written into the notebook's metadata."""
    metadata = notebook.get("metadata")
    ours = metadata.get("threesteps") if isinstance(metadata, dict) else None
    return ours if isinstance(ours, dict) else {}


def _exercise(notebook: dict, cells: list[_Cell], exercises: Exercises) -> str:
    """By the notebook's metadata, else by its grade_ids, else by the functions that it defines."""
    named = _ours(notebook).get("exercise")
    if isinstance(named, str) and named in exercises:
        return named
    ids = Counter(cell.grade_id.removeprefix("check_") for cell in cells)
    names = Counter(name for cell in cells if not cell.is_check for name in cell.names)
    for found in (ids, names):
        counts = {exercise: sum(task in found for task in tasks) for exercise, tasks in exercises.items()}
        most = max(counts.values(), default=0)
        best = [exercise for exercise, count in counts.items() if count == most]
        if most and len(best) == 1:
            return best[0]
        if most and found is names:
            raise Unreadable(f"it could be {' or '.join(best)}: it has as many tasks of each")
    raise Unreadable("no exercise of this course: no metadata, and none of the functions that the tasks ask for")


def _definitions(cells: list[_Cell], tasks: Sequence[str], notes: list[str]) -> dict[str, int]:
    defined = {}
    for task in tasks:
        places = [i for i, cell in enumerate(cells) if task in cell.names]
        if places:
            defined[task] = places[-1]
        if len(places) > 1:
            notes.append(f"{task} is defined in {len(places)} cells; the last one counts")
    return defined


def _look_at_checks(cells: list[_Cell], tasks: Sequence[str], notes: list[str]) -> None:
    for task in tasks:
        checks = [cell.source for cell in cells if cell.grade_id == f"check_{task}"]
        if any(not CHECK_CALL.match(source) for source in checks):
            notes.append(f"the check cell of {task} was edited; it is not run")
