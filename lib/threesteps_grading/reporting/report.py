"""The folder that a run's report is."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from threesteps_grading.judging import Record
from threesteps_grading.reporting.feedback import write_feedback
from threesteps_grading.reporting.tables import TABLES, write_tables


def write_report(out: Path, records: Sequence[Record]) -> None:
    """Write the tables and the feedback of a report."""
    write_tables(out, records)
    shutil.rmtree(out / "feedback", ignore_errors=True)  # a student may have another name than before
    write_feedback(out, records)


def clear(out: Path) -> None:
    """Remove all that an earlier run left in a report; at last what says that it is one."""
    shutil.rmtree(out / "feedback", ignore_errors=True)
    for name in (*TABLES, "class.html", "lms.csv", "nothing.csv", "results.jsonl", "run.json"):
        (out / name).unlink(missing_ok=True)
