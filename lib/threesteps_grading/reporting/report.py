"""The folder that a run's report is."""

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from threesteps_grading.judging import Record
from threesteps_grading.reporting.feedback import write_feedback
from threesteps_grading.reporting.tables import TABLES, write_tables

NAMED = 20  # unreadable files in a summary
BEST_FIRST = ("passed", "partial", "failed", "error", "timeout", "crashed", "missing")


def write_report(out: Path, records: Sequence[Record], lessons: str = "") -> None:
    """Write the tables and the feedback of a report; lessons: their address, with LESSON in the place of a name."""
    write_tables(out, records)
    shutil.rmtree(out / "feedback", ignore_errors=True)  # a student may have another name than before
    write_feedback(out, records, lessons)


def summary(records: Sequence[Record]) -> list[str]:
    """What a run came to, in lines for a terminal: how much there was, what can't be read, how the tasks went."""
    students = len({record["student"] for record in records if record["outcome"] != "ignored"})
    graded = sum(record["outcome"] == "graded" for record in records)
    unreadable = [f"  {record['path']}: {record['problem']}" for record in records if record["outcome"] == "unreadable"]
    more = [f"  … and {len(unreadable) - NAMED} more, in files.csv"] if len(unreadable) > NAMED else []
    statuses = Counter(verdict["status"] for record in records for verdict in record["verdicts"])
    went = ", ".join(f"{statuses[status]} {status}" for status in BEST_FIRST if statuses[status])
    return [
        f"{students} students, {graded} notebooks graded, {len(unreadable)} unreadable",
        *unreadable[:NAMED],
        *more,
        f"{statuses.total()} tasks: {went}" if went else "no tasks",
    ]


def all_of_one(records: Sequence[Record]) -> str:
    """The student, if all is one's and an exercise is there twice: so it looks where a folder is around the class."""
    counted = [record for record in records if record["outcome"] != "ignored"]
    students = {record["student"] for record in counted}
    return students.pop() if len(students) == 1 and len(counted) > len({r["exercise"] for r in counted}) else ""


def clear(out: Path) -> None:
    """Remove all that an earlier run left in a report; at last what says that it is one."""
    shutil.rmtree(out / "feedback", ignore_errors=True)
    for name in (*TABLES, "class.html", "lms.csv", "nothing.csv", "results.jsonl", "run.json"):
        (out / name).unlink(missing_ok=True)
