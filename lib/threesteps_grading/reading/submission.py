"""Reading what students really hand in: whatever can be recovered is, with a note; what can't has its reason."""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat

from threesteps_grading import WrongUse
from threesteps_grading.reading.deadline import Deadline, by_clock
from threesteps_grading.reading.handed_in import (
    BEGINS,
    COUNTS,
    HIDDEN,
    INNER,
    LEFT,
    LINK,
    OURS,
    Handed,
    files,
    flat_names,
)
from threesteps_grading.reading.limited import Failed, each
from threesteps_grading.reading.lms import Place, is_from_canvas
from threesteps_grading.reading.names import one_line, student_name, told_apart
from threesteps_grading.reading.notebook import bound_names, parse, stubs_of
from threesteps_grading.reading.roster import NOBODY, Roster

CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7}) ?", re.MULTILINE)
DEFINITION = re.compile(r"^(?:async\s+)?def\s+(\w+)|^(\w+)\s*=[^=]", re.MULTILINE)
FUNCTION = re.compile(r"^(?:async\s+)?def\s+(\w+)|^(\w+)\s*=\s*lambda\b", re.MULTILINE)
RUNS_ITS_CELL = re.compile(r"^\s*%%(time|capture|prun)\b.*\n")
CHECK = re.compile(r"\bcheck\(\s*[\"']?(\w+)")
TITLE = re.compile(r"# \w{1,2} · ")  # of a lesson
TITLED = 3  # cells in which a title stands: somebody's name, or a badge of Colab's, may be above it
HEADING = re.compile(r"^\s*#+ *Exercise +(\w+)", re.MULTILINE)
OWN_HEADING = re.compile(r"^# Exercise (\w+) · ", re.MULTILINE)  # as the course's exercises begin
STUB = re.compile(r"^\s*raise NotImplementedError\b", re.MULTILINE)
LESSON = "a lesson, not an exercise"
SOLUTION = "the course's own solution, which is nobody's answer"
SOLVED = "### BEGIN SOLUTION"  # in the course's solutions, and in no exercise
BESIDE = "it stands beside the students' work, and is nobody's"
NO_EXERCISE = "no exercise of this course: no metadata, and none of the functions that the tasks ask for"
# What teachers and the exports of LMS put beside the students' work.
OF_TEACHERS = re.compile(r"[^/]+\.csv|(readme|license)(\.\w+)?|index\.html?|submission_metadata\.ya?ml", re.IGNORECASE)
# What is wrong with a notebook that is broken, and not with one that is another, or out of reach.
BROKEN = re.compile(r"the file (is empty|ends too early)|not JSON|merge conflict|not a notebook: |notebook format 3")
OTHER = re.compile(r"not a notebook \(|a web page")  # what is another file than a notebook
CELLS = 2000  # of one notebook
REPLACED = "\N{REPLACEMENT CHARACTER}"
ODD = 20  # files of a student without a notebook that are called unreadable
UNDATED = datetime(1980, 1, 2)  # no later is what an archive holds that knows no time
NOTES, NOTE = 30, 300  # of one submission; characters of one note

# Of each file: the student as its place calls them, what an LMS says there, and the exercise.
Told = Sequence[tuple[str, Place | None, str]]
Exercises = Mapping[str, Sequence[str]]  # exercise -> names of its tasks, both in the order of the course


@dataclass(frozen=True)
class Submission:
    """One file as it was handed in.

    exercise: which one it is, "" where that can't be told; cells: the sources of its code cells that are run, in
    order; defined: task -> indices of the cells that define it; answers: how many tasks have more than the stub;
    sure: whether the course's marks tell the exercise (metadata, grade_ids, checks, heading), or all of its tasks have
    more than the stub, and not just some name that may be of another subject;
    notes: what was repaired or looked odd; counts: of several files for an exercise, that this one counts, and why;
    problem: why nothing can be graded, "" where it can; outcome: "graded", "unreadable", "older", "late" or "ignored";
    handed_in: when, None where nothing tells; late: whether that was after the deadline.
    """

    path: str
    student: str
    sha256: str
    modified: datetime
    exercise: str = ""
    cells: tuple[str, ...] = ()
    defined: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    answers: int = 0
    sure: bool = False
    notes: tuple[str, ...] = ()
    counts: str = ""
    problem: str = ""
    outcome: str = "graded"
    handed_in: datetime | None = None
    late: bool = False

    def code_of(self, task: str) -> str:
        """The cell that the answer to a task stands in, "" where there is none."""
        return self.cells[self.defined[task][-1]] if task in self.defined else ""

    def noting(self, *notes: str) -> Submission:
        """The same with more notes, as far as there is room."""
        notes = (*self.notes, *(one_line(note, NOTE) for note in notes))
        more = (f"… and {len(notes) - NOTES} notes more",) if len(notes) > NOTES else ()
        return replace(self, notes=notes[:NOTES] + more)


class Unreadable(ValueError):
    """A file that can't be read as a notebook; the message is the reason, with the line where there is one."""


def submissions(
    source: Path,
    exercises: Exercises,
    roster: Roster = NOBODY,
    deadline: Deadline | None = None,
    workers: int = 1,
    ours: Collection[Path] = (),
    given: Exercises | None = None,
) -> list[Submission]:
    """Everything under `source` (a folder, a file, or a zip of those), read, and sorted by student and path.

    Each file is read apart; `ours`, files and folders of the teacher's, are left out. given: names of other exercises'
    tasks that an exercise uses itself. Raises WrongUse where `source` is a .zip that is no archive, or another file
    that is no notebook.
    """
    read: list[Submission] = []
    places: list[Handed] = []
    notebooks: list[int] = []

    def to_be_read() -> Iterator[Handed]:
        for file in files(source, exercises, ours):
            read.append(_blank(file))
            places.append(replace(file, contents=""))
            if _may_be_a_notebook(file):
                notebooks.append(len(read) - 1)
                yield file
            else:
                read[-1] = replace(read[-1], outcome="ignored", notes=("not a notebook",))

    from_canvas = is_from_canvas(flat_names(source))

    def place_of(file: Handed) -> Place | None:
        return roster.place_of(file.student, from_canvas)

    def owner(file: Handed) -> tuple[str, ...]:
        place = place_of(file)
        return (place.lms, place.whose) if place else (file.student,)

    found = each(partial(_read, exercises, given or {}), to_be_read(), workers, owner)
    if source.is_file() and source.suffix.lower() != ".zip" and not notebooks:
        raise WrongUse(f"{source} is neither a folder, nor a zip, nor a notebook")
    for i, one in zip(notebooks, found, strict=True):
        read[i] = _failed(read[i], one) if isinstance(one, Failed) else one
    told = [(file.student, place_of(file), one.exercise) for file, one in zip(places, read, strict=True)]
    names = _names(told, roster, from_canvas)
    students = told_apart(names.values(), student_name)
    paths = told_apart((file.path for file in places), _path)
    read = [
        replace(
            _in_its_place(one, file, place_of(file), names[file.student], roster, deadline),
            path=paths[file.path],
            student=students[names[file.student]],
        )
        for one, file in zip(read, places, strict=True)
    ]
    read = one_for_each_exercise(read, accept_late=deadline is None or deadline.accept_late)
    read.sort(key=lambda submission: (submission.student, submission.path))
    others = {submission.student for submission in read if LEFT not in submission.notes}
    read = [one for one in read if LEFT not in one.notes or one.student not in others]
    graded = {submission.student for submission in read if submission.outcome == "graded"}
    read = [_without_scratch(one, exercises) if one.student in graded else one for one in read]
    counted = {submission.student for submission in read if submission.outcome != "ignored"}
    said: Counter[str] = Counter()
    for i, submission in enumerate(read):
        beside = BESIDE in submission.notes or counted and submission.path.partition("/")[0] in OURS
        if submission.student not in counted and not beside and said[submission.student] < ODD:
            said[submission.student] += 1
            read[i] = replace(submission, outcome="unreadable", problem=_not_an_exercise(submission), notes=())
    return read


def _names(handed_in: Told, roster: Roster, from_canvas: bool) -> dict[str, str]:
    """Who each is whom a file's place calls so: by the roster, or else the same, but for what an LMS joins."""
    names = roster.names_of((student for student, _, _ in handed_in), from_canvas)
    names |= {student: student for student in _of_two(handed_in, names, roster)}
    return names | _joined({student: place for student, place, _ in handed_in if names[student] == student})


def _joined(strangers: Mapping[str, Place | None]) -> dict[str, str]:
    """A name for students of whom an LMS gave out several files: the part that is the same in each."""
    several: dict[str, set[str]] = defaultdict(set)
    for student, place in strangers.items():
        several[place.whose if place else ""].add(student)
    return {one: whose for whose, students in several.items() if whose and len(students) > 1 for one in students}


def _of_two(handed_in: Told, names: Mapping[str, str], roster: Roster) -> set[str]:
    """The students whom the roster takes for one though they have two numbers of the LMS, but for whom it knows by the
    number. Moodle gives another number in each assignment, so there it takes the same exercise, too."""
    numbers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for student, place, exercise in handed_in:
        if place and place.number and (exercise or place.lms == "canvas"):
            numbers[names[student], "" if place.lms == "canvas" else exercise].add(place.number)
    two = {name for (name, _), several in numbers.items() if len(several) > 1}
    return {
        student
        for student, place, _ in handed_in
        if place and place.number and names[student] in two and not roster.has_number(names[student], place.number)
    }


def _in_its_place(
    submission: Submission, file: Handed, place: Place | None, student: str, roster: Roster, deadline: Deadline | None
) -> Submission:
    """The submission with when the file was handed in, and whether that was too late."""
    zone = deadline.zone if deadline else None
    known = file.archived or file.modified
    dated = by_clock(known, zone) > by_clock(UNDATED, zone)
    time = (known if dated else None) if place is None else place.time or roster.handed_in.get(student)
    time = time and by_clock(time, zone)
    marked = place is not None and bool(place.late)
    late = deadline is not None and deadline.passed(student, time, marked)
    unknown = place is None and student == file.student
    if submission.outcome == "ignored" and unknown and OF_TEACHERS.fullmatch(file.path):
        submission = replace(submission, notes=(BESIDE,))
    return replace(submission, modified=by_clock(file.modified, zone), handed_in=time, late=late)


def _failed(file: Submission, why: Failed) -> Submission:
    return replace(file, outcome="unreadable", problem=str(why))


def _not_an_exercise(submission: Submission) -> str:
    said = (LESSON, SOLUTION, HIDDEN, INNER, LEFT)
    return next((note for note in said if note in submission.notes), "not a notebook (.ipynb)")


def _without_scratch(submission: Submission, exercises: Collection[str]) -> Submission:
    """The submission; ignored where it is a notebook for trying things, beside one that counts."""
    stem = PurePosixPath(submission.path).stem.removeprefix("exercise_")
    if submission.problem != NO_EXERCISE or stem in exercises:
        return submission
    return replace(submission, outcome="ignored", problem="", notes=(NO_EXERCISE, *submission.notes))


def one_for_each_exercise(read: Sequence[Submission], accept_late: bool = True) -> list[Submission]:
    """Of several files of a student for one exercise one counts: one with answers before one without, then one that is
    sure to be of this exercise, then one in time before a late one (unless late ones are accepted), then the newest,
    then of those that were handed in together the one that was changed last, then one that ends in .ipynb, and is no
    backup, then the last by name. The others are "late" or "older", and the one that counts says so.
    """
    of: dict[tuple[str, str], list[Submission]] = defaultdict(list)
    for submission in read:
        if submission.outcome == "graded":
            of[submission.student, submission.exercise].append(submission)

    def rank(submission: Submission) -> tuple:
        in_time = accept_late or not submission.late
        time = submission.handed_in or submission.modified
        changed = submission.modified
        by_name = submission.path.lower().endswith(".ipynb"), _in_natural_order(submission.path)
        return submission.answers > 0, submission.sure, in_time, time, changed, by_name

    in_time_first = "" if accept_late else "in time before late, "
    rule = f"with answers first, with the course's marks or all answers, {in_time_first}then the newest, last by name"
    counts = {key: max(several, key=rank) for key, several in of.items()}

    def told(submission: Submission) -> Submission:
        if submission.outcome != "graded":
            return submission
        several = of[submission.student, submission.exercise]
        counting = counts[submission.student, submission.exercise]
        if counting is not submission:
            too_late = not accept_late and submission.late > counting.late
            return replace(submission, outcome="late" if too_late else "older")
        fullest = max(several, key=lambda one: (one.answers, rank(one)))
        more = f"; {_beside(fullest.path)} answers more tasks" if fullest.answers > submission.answers else ""
        why = f"of {len(several)} files for this exercise one counts ({rule}): {submission.path}"
        return replace(submission, counts=one_line(why, NOTE - len(more)) + more) if several[1:] else submission

    return [told(submission) for submission in read]


def _beside(path: str) -> str:
    """A path without the student's own folder, in a note."""
    return one_line(path.partition("/")[2] or path, 80)


def _in_natural_order(path: str) -> tuple:
    """What sorts `a (10).ipynb` behind `a (9).ipynb`, and that behind `a.ipynb`."""
    stems = [COUNTS.sub("", part) for part in path.split("/")]
    return [[int(s) if s.isdecimal() else s for s in re.split(r"(\d+)", stem)] for stem in stems], path


# What is in a file


def _blank(file: Handed) -> Submission:
    digest = hashlib.sha256(file.contents).hexdigest() if isinstance(file.contents, bytes) else ""
    return Submission(_path(file.path), student_name(file.student), digest, file.modified)


def _path(path: str) -> str:
    return one_line(path, 1000)


def _may_be_a_notebook(file: Handed) -> bool:
    """Whether the file is worth reading: by its name, or by what is in it. Must not take long, whatever that is."""
    data = file.contents
    if isinstance(data, str):
        return data in (HIDDEN, INNER, LINK) or file.path.endswith("/") or bool(COUNTS.search(file.path))
    if file.path.lower().endswith(".ipynb"):
        return True
    return bool(BEGINS.match(data)) and b'"cell_type"' in data.replace(b"\0", b"")


def _read(exercises: Exercises, given: Exercises, file: Handed) -> Submission:
    data = file.contents
    submission = _blank(file)
    if data in (HIDDEN, INNER, LEFT):
        return replace(submission, outcome="ignored", notes=(data,))
    notes: list[str] = []
    try:
        if isinstance(data, str):
            raise Unreadable(data)
        text = _text(data, notes)
        notebook = _notebook(text, notes)
        if _is_lesson(notebook):  # with a whole folder that was handed in
            return replace(submission, outcome="ignored", notes=(LESSON,))
        if "solutions" in file.path.casefold().split("/")[:-1] and SOLVED in text:
            return replace(submission, outcome="ignored", notes=(SOLUTION,))
        cells = _cells(notebook, exercises, notes)
        exercise, marked = _exercise(notebook, cells, exercises, given)
    except Unreadable as problem:
        return replace(submission, outcome="unreadable", problem=one_line(str(problem), NOTE)).noting(*notes)
    run = [cell for cell in cells if not cell.is_check]
    if any(SOLVED in cell.source for cell in run):
        notes.append(f"it has {SOLVED} in it, as the course's own solutions do")
    defined = _definitions(run, exercises[exercise], notes)
    _look_at_checks(cells, exercises[exercise], notes)
    _look_for_others(cells, exercise, exercises, given, notes)
    answers = {task for task, places in defined.items() if task not in run[places[-1]].stubs}
    functions = {a or b for cell in run for a, b in FUNCTION.findall(cell.source)}
    return replace(
        submission,
        exercise=exercise,
        cells=tuple(cell.source for cell in run),
        defined=defined,
        answers=len(answers),
        sure=marked or {*exercises[exercise]} <= answers & functions,
    ).noting(*notes)


def _text(data: bytes, notes: list[str]) -> str:
    if not data.strip():
        raise Unreadable("the file is empty")
    text = _decoded(data, notes)
    if text.endswith("\0") and text.strip("\0"):
        notes.append("zeros at its end left out")
        text = text.rstrip("\0")
    return text


def _decoded(data: bytes, notes: list[str]) -> str:
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
        text = data.decode("utf-8", errors="replace")
        damaged = 2 * text.count(REPLACED) < sum(not letter.isascii() for letter in text)
        notes.append(f"encoding repaired ({'damaged utf-8' if damaged else 'cp1252'})")
        return text if damaged else data.decode("cp1252", errors="replace")


def _json(text: str, notes: list[str], parse_int: Callable[[str], float] | None = None) -> Any:
    """What the text holds, as far as its beginning is whole: a shorter file saved over a longer one may have a tail."""
    try:
        return json.loads(text, strict=False, parse_int=parse_int)
    except json.JSONDecodeError as error:
        if error.msg != "Extra data" or not text.lstrip().startswith("{") or CONFLICT.search(text):
            raise
        notes.append(f"{len(text) - error.pos:,} characters after the notebook's end left out")
        return _json(text[: error.pos], notes, parse_int)
    except ValueError:  # a number of thousands of digits, in some output
        return _json(text, notes, float)


def _notebook(text: str, notes: list[str]) -> dict:
    try:
        notebook = _json(text, notes)
    except RecursionError:
        raise Unreadable("not JSON that can be read: nested too deep") from None
    except ValueError as error:
        conflict = CONFLICT.search(text)
        if conflict:
            line = text.count("\n", 0, conflict.start()) + 1
            raise Unreadable(f"merge conflict markers, line {line}") from None
        if text.lstrip().startswith("<"):
            raise Unreadable("a web page, and no notebook") from None
        end = len(text.rstrip())
        cut_off = isinstance(error, json.JSONDecodeError) and (error.pos >= end or "Unterminated" in error.msg)
        line = text.count("\n", 0, end if cut_off else getattr(error, "pos", 0)) + 1
        what = "the file ends too early" if cut_off else f"not JSON: {getattr(error, 'msg', error)}"
        raise Unreadable(f"{what}, line {line}") from None
    if not isinstance(notebook, dict):
        raise Unreadable("not a notebook: the JSON is no object")
    if notebook.get("worksheets") and not notebook.get("cells"):
        try:
            notebook = nbformat.reads(text, as_version=4)
        except Exception as error:  # whatever an ancient converter trips over
            raise Unreadable(f"notebook format 3 that can't be converted: {type(error).__name__}") from None
        notes.append("converted from notebook format 3")
    if not isinstance(notebook.get("cells"), list):
        raise Unreadable("not a notebook: it has no cells")
    if len(notebook["cells"]) > CELLS:
        raise Unreadable(f"it has {len(notebook['cells']):,} cells; at most {CELLS:,} are read")
    return notebook


@dataclass(frozen=True)
class _Cell:
    source: str
    grade_id: str
    names: frozenset[str]
    stubs: frozenset[str]
    is_check: bool


def _is_check_call(statement: ast.stmt) -> bool:
    call = statement.value if isinstance(statement, ast.Expr) else None
    named = isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "check"
    return named and all(isinstance(argument, (ast.Constant, ast.Name)) for argument in call.args)


def _cells(notebook: dict, exercises: Exercises, notes: list[str]) -> list[_Cell]:
    """The notebook's code cells, and Markdown or raw cells that hold the definition of a task that no code cell has."""
    tasks = {task for names in exercises.values() for task in names}
    cells, in_code = [], set()
    for number, cell in enumerate(notebook["cells"], start=1):
        if not isinstance(cell, dict):
            notes.append(f"cell {number} of {len(notebook['cells'])}, counted from the top, is not a cell")
            continue
        source = _source(cell)
        is_code = cell.get("cell_type") == "code"
        if not source.strip() or not is_code and not any(task in source for task in tasks):
            continue
        names, stubs, is_check = _bound(source) or _bound_by_words(source, is_code)
        if not is_code and not names & tasks:
            continue
        in_code |= names if is_code else set()
        cells.append((cell, _Cell(source, _grade_id(cell), frozenset(names), frozenset(stubs), is_check)))
    kept = []
    for raw, cell in cells:
        if raw.get("cell_type") != "code":
            if not cell.names & (tasks - in_code):
                continue
            restored = " and ".join(sorted(cell.names & tasks))
            notes.append(f"{restored} restored: the code was in a {raw.get('cell_type')} cell")
        kept.append(cell)
    return kept


def _bound(source: str) -> tuple[set[str], set[str], bool] | None:
    """The names that a cell's code binds, those of them that are stubs, and whether it does nothing but call `check`;
    of `%%time` and its like those of what they run. None where it is no Python."""
    try:
        code, tree = parse(RUNS_ITS_CELL.sub("", source, count=1))
        names = bound_names(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError, RuntimeError):  # the last: IPython, after many `!…`
        return None
    return names, stubs_of(tree), all(map(_is_check_call, tree.body))


def _source(cell: dict) -> str:
    """A cell's source as text; half of a surrogate pair, which JSON may hold and no file, becomes "?"."""
    source = cell.get("source", cell.get("input", ""))
    parts = source if isinstance(source, list) else [source]
    return "".join(part for part in parts if isinstance(part, str)).encode(errors="replace").decode()


def _grade_id(cell: dict) -> str:
    metadata = cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None
    return name if isinstance(name, str) else ""


def _bound_by_words(source: str, is_code: bool) -> tuple[set[str], set[str], bool]:
    """The same of code that does not parse, as far as its words tell."""
    names = {a or b for a, b in DEFINITION.findall(source)} if is_code else set()
    return names, names if STUB.search(source) else set(), False


def _ours(notebook: dict) -> dict:
    """What the course has written into the notebook's metadata."""
    metadata = notebook.get("metadata")
    ours = metadata.get("threesteps") if isinstance(metadata, dict) else None
    return ours if isinstance(ours, dict) else {}


def _is_lesson(notebook: dict) -> bool:
    """By its metadata, or where a tool has dropped them by its title, `# 1a · …`."""
    ours = _ours(notebook)
    first = [_source(cell) for cell in notebook["cells"][:TITLED] if isinstance(cell, dict)]
    return isinstance(ours.get("lesson"), str) or "exercise" not in ours and any(map(TITLE.match, first))


def _exercise(notebook: dict, cells: list[_Cell], exercises: Exercises, given: Exercises) -> tuple[str, bool]:
    """Which it is, and whether the course's marks tell: the notebook's metadata, where nothing in it speaks against
    that, else its grade_ids, what it checks, its heading. Without these it is told by the names that it binds, of which
    those that an exercise gives are no sign of another."""
    ids = {cell.grade_id.removeprefix("check_") for cell in cells}
    names = {name for cell in cells if not cell.is_check for name in cell.names}
    tasks = {task for several in exercises.values() for task in several}

    def fits(exercise: str, found: set[str]) -> bool:
        return not found.isdisjoint(exercises[exercise]) or found & tasks <= {*given.get(exercise, ())}

    checked = {name for cell in cells for name in CHECK.findall(cell.source)}
    heading = HEADING if names & tasks else OWN_HEADING
    headed = {name for cell in notebook["cells"] if isinstance(cell, dict) for name in heading.findall(_source(cell))}
    signs = [
        {e: len(found & {*several, e, e.partition("_")[0]}) for e, several in exercises.items()}
        for found in (ids, checked, headed)
    ]

    def is_whole_of_another(named: str) -> bool:
        """Whether all tasks of another are here, with its marks, and nothing of this one but what that one gives."""
        return any(
            {*several} <= names
            and not (ids | checked).isdisjoint(several)
            and names.isdisjoint({*exercises[named]} - {*given.get(e, ())})
            for e, several in exercises.items()
            if e != named
        )

    named = _ours(notebook).get("exercise")
    if isinstance(named, str) and named in exercises and fits(named, ids | names):
        against = [counts for counts in signs if any(counts.values())]  # all cells may be pasted from another exercise
        if not is_whole_of_another(named) and (not against or any(counts[named] for counts in against)):
            return named, True
    for counts in signs:
        best = _most(counts)
        if len(best) == 1 and fits(best[0], ids | names):
            return best[0], True
    own = {exercise: len(names & {*several}) for exercise, several in exercises.items()}
    best = _most({e: (count + len(names & {*given.get(e, ())}), count) for e, count in own.items() if count})
    if not best:
        raise Unreadable(NO_EXERCISE)
    if len(best) > 1:
        raise Unreadable(f"it could be {' or '.join(best)}: it has as many tasks of each")
    return best[0], False


def _most(counts: Mapping[str, Any]) -> list[str]:
    """The exercises with the largest count; none where all are 0."""
    most = max(counts.values(), default=0)
    return [exercise for exercise, count in counts.items() if most and count == most]


def _definitions(cells: list[_Cell], tasks: Sequence[str], notes: list[str]) -> dict[str, tuple[int, ...]]:
    defined = {}
    for task in tasks:
        places = [i for i, cell in enumerate(cells) if task in cell.names]
        if places:
            defined[task] = tuple(places)
        if len(places) > 1:
            notes.append(f"{task} is defined in {len(places)} cells; the last one counts")
    return defined


def _look_at_checks(cells: list[_Cell], tasks: Sequence[str], notes: list[str]) -> None:
    for task in tasks:
        if not all(cell.is_check for cell in cells if cell.grade_id == f"check_{task}"):
            notes.append(f"the check cell of {task} was edited; it is run like any other")


def _look_for_others(
    cells: list[_Cell], exercise: str, exercises: Exercises, given: Exercises, notes: list[str]
) -> None:
    """Note which answers are to other exercises. A helper may be called like one of their tasks, so it takes a check
    or a grade_id of theirs, or all tasks of one (and not only those that this exercise uses itself)."""
    answered = {name for cell in cells for name in cell.names - cell.stubs}
    asked = {cell.grade_id.removeprefix("check_") for cell in cells}
    asked |= {name for cell in cells for name in CHECK.findall(cell.source)}
    for other, tasks in exercises.items():
        there = [task for task in tasks if task in answered]
        all_of_it = len(there) == len(tasks) and not {*there} <= {*given.get(exercise, ())}
        if other != exercise and (all_of_it or not asked.isdisjoint(there)):
            notes.append(f"{' and '.join(there)} of {other} not graded: a notebook counts for one exercise")
