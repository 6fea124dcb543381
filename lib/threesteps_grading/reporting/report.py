"""The folder that a run's report is."""

import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path, PurePosixPath

from threesteps.tasks import EXERCISES
from threesteps_grading.judging import FAILED, Record
from threesteps_grading.reading import NOBODY, OURS, Roster, place_of, some
from threesteps_grading.reporting.feedback import write_feedback
from threesteps_grading.reporting.tables import TABLES, answered, known, write_tables

BESIDE = ("class.html", "lms.csv", "nothing.csv")  # what only some runs write
FEW = 5  # one of so many students, or fewer: is what they alone answered what the class was asked for?
NAMED = 20  # unreadable files in a summary
WORD = re.compile(r"[^\W\d_]{2,}")
# What files are called, whosever they are.
USUAL = {
    *("exercise", "notebook", "untitled", "homework", "hw", "task", "sheet", "week", "test", "copy", "version"),
    *("solution", "submission", "resubmission", "correction", "corrected", "fixed", "first", "second", "draft"),
    *("final", "old", "new", "backup", "real", "one", "my", "mine", "work", "try", "attempt"),
    *("kopie", "copie", "copia", "aufgabe", "abgabe", "woche", "neu", "alt", "korrektur", "verbessert"),
}
BEST_FIRST = ("passed", "partial", "failed", "error", "timeout", "crashed", "missing")


def write_report(out: Path, records: Sequence[Record], lessons: str = "") -> None:
    """Write the tables and the feedback of a report, and remove what else tells of an earlier run; lessons: their
    address, with LESSON in the place of a name."""
    for name in BESIDE:
        (out / name).unlink(missing_ok=True)
    write_tables(out, records)
    shutil.rmtree(out / "feedback", ignore_errors=True)  # a student may have another name than before
    write_feedback(out, records, lessons)


def summary(records: Sequence[Record]) -> list[str]:
    """What a run came to, in lines for a terminal: how much there was, what can't be read, how the tasks went."""
    students = len({record["student"] for record in records if record["outcome"] != "ignored"})
    graded = sum(record["outcome"] == "graded" for record in records)
    unreadable = [f"  {record['path']}: {record['problem']}" for record in records if record["outcome"] == "unreadable"]
    more = [f"  … and {len(unreadable) - NAMED} more, in files.csv"] if len(unreadable) > NAMED else []
    statuses = Counter(verdict["status"] for record in known(records) for verdict in record["verdicts"])
    went = ", ".join(f"{statuses[status]} {status}" for status in BEST_FIRST if statuses[status])
    return [
        f"{_many(students, 'student')}, {_many(graded, 'notebook')} graded, {len(unreadable)} unreadable",
        *unreadable[:NAMED],
        *more,
        f"{_many(statuses.total(), 'task')}: {went}" if went else "no tasks",
    ]


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def doubts(
    records: Sequence[Record], roster: Roster = NOBODY, whole: bool = True, kept: Collection[str] = ()
) -> list[str]:
    """What may be wrong with a run, a line each: the judge failed; and with the whole of one, a folder is around the
    class, an exercise is few students' alone, the roster is another's, its times can't be read, or nobody has the name
    of one whose own deadline is kept from the run before."""
    counted = [record for record in records if record["outcome"] != "ignored"]
    students = {record["student"] for record in counted}
    found = []
    if tried := [f"{r['student']} ({r['path']}: {r[FAILED]})" for r in records if FAILED in r]:
        said = "that says nothing about their answers, and running the grading again tries them again"
        found.append(f"the judge failed on {some(tried)}: {said}")
    if not whole:
        return found
    if len(students) == 1 and len(counted) > len({record["exercise"] for record in counted}):
        around = f"all files are of one student, {next(iter(students))}"
    else:
        of = defaultdict(list)
        for record in counted:
            of[record["student"]].append(record)
        strangers = sorted(of.keys() - set(roster.names))
        several = [student for student in strangers if _is_a_class(student, of[student], roster)]
        around = f"files of more than one student may be in {some(several)}" if several else ""
    if around:
        found.append(f"{around}: if that is a folder around the class, grade that folder")
    few = {exercise: who for exercise, who in answered(records).items() if FEW * len(who) <= len(students)}
    if few:
        told = "; ".join(f"{exercise} ({some(who)})" for exercise, who in few.items())
        found.append(f"few students answered, and so all have in their max: {told}")
    if students and roster.names and students.isdisjoint(roster.names):
        found.append(f"the roster knows none of these students ({len(students)}): is it of this class?")
    if lost := sorted(set(kept) - students - set(roster.names)):
        found.append(f"own deadlines of the run before are of nobody here ({len(lost)}): {some(lost)}: give its roster")
    if roster.unread:
        can = "English and German ones can"
        found.append(f"times in the roster that can't be read, and count as none: {roster.unread} ({can})")
    return found


def _is_a_class(student: str, records: Sequence[Record], roster: Roster) -> bool:
    """Whether what passes for one student has work of several in it: folders with the same exercise, files for one
    that are called after several, somebody who is on the roster, or an exercise in place of the student."""
    paths = [(PurePosixPath(record["path"]).parts, record["exercise"]) for record in records]
    paths = [(parts, exercise) for parts, exercise in paths if len(parts) > 1]
    if any(place_of(parts[0]) for parts, _ in paths):  # an LMS says whose it is
        return False
    folders = {
        (parts[1], exercise) for parts, exercise in paths if len(parts) > 2 and parts[1] not in OURS and exercise
    }
    names = {PurePosixPath(parts[1]).stem if len(parts) == 2 else parts[1] for parts, _ in paths}
    stems = defaultdict(list)
    for parts, exercise in paths:
        if len(parts) == 2 and exercise:
            stems[exercise].append(PurePosixPath(parts[1]).stem)
    return (
        len(folders) > len({exercise for _, exercise in folders})
        or any(_are_of_several(names, exercise) for exercise, names in stems.items())
        or not set(roster.names).isdisjoint(roster.names_of(names).values())
        or bool(paths)
        and student.casefold().removeprefix("exercise_") in EXERCISES
    )


def _are_of_several(stems: Sequence[str], exercise: str) -> bool:
    """Whether the names of files for one exercise have nothing in common but what files are usually called."""
    named = [{*WORD.findall(stem.casefold())} - USUAL - {*WORD.findall(exercise)} for stem in stems]
    named = [words for words in named if words]
    return len(named) > 1 and not set.intersection(*named)


def clear(out: Path) -> None:
    """Remove all that an earlier run left in a report; at last what says that it is one."""
    shutil.rmtree(out / "feedback", ignore_errors=True)
    for name in (*TABLES, *BESIDE, "results.jsonl", "run.json"):
        (out / name).unlink(missing_ok=True)
