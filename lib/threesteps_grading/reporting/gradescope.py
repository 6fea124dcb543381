"""One submission on Gradescope: judged as ever, told in the form of its results.json.

Run by the autograder's `run_autograder`: `python -m threesteps_grading.reporting.gradescope EXERCISE FOLDER`,
where FOLDER holds `submission` and gets `results/results.json`. The form is documented at
https://gradescope-autograders.readthedocs.io/en/latest/specs/.
"""

from __future__ import annotations

import json
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from threesteps.check import STATUS, number
from threesteps.task import Task, Verdict, missing
from threesteps.tasks import EXERCISES
from threesteps_grading.files import write
from threesteps_grading.judging import FAILED, Engine, Options, Record, grade, verdicts_of


def main(argv: Sequence[str]) -> None:
    """Judge FOLDER/submission as EXERCISE, and write FOLDER/results/results.json; where the judge fails, end with an
    error and without a score, of which Gradescope tells the teacher."""
    exercise, folder = argv[0], Path(argv[1])
    began = time.monotonic()
    lacking = Engine.missing_protections()
    records = _graded(folder / "submission", Options(secrets.randbits(32), unprotected=bool(lacking)))
    if failed := next((record for record in records if FAILED in record), None):
        sys.exit(f"the judge failed on {failed['path']} ({failed[FAILED]}): run the autograder again")
    told = results(records, exercise, lacking) | {"execution_time": round(time.monotonic() - began)}
    write(folder / "results" / "results.json", json.dumps(told, ensure_ascii=False, indent=1) + "\n")


def _graded(submission: Path, options: Options) -> list[dict]:
    """The records of all files that were handed in, as those of one student."""
    with tempfile.TemporaryDirectory() as temporary:
        shutil.copytree(submission, Path(temporary, "in", "student"), symlinks=True)
        return grade(Path(temporary, "in"), Path(temporary, "report"), options, workers=1)


def results(records: Sequence[Record], exercise: str, lacking: Sequence[str] = ()) -> dict[str, Any]:
    """What results.json holds: an entry for each task, and one for the teacher where protections are lacking."""
    tasks = EXERCISES[exercise]
    record = next((r for r in records if r["outcome"] == "graded" and r["exercise"] == exercise), None)
    if record:
        verdicts = verdicts_of(record)
        notes = [f"{record['path'].partition('/')[2]} was judged.", *record["notes"]]
    else:
        why = "There is no notebook of this exercise among what was handed in."
        verdicts = [missing(task, why) for task in tasks]
        notes = [why, *_found_instead(records, exercise)]
    entries = [_entry(i, verdict, task) for i, (verdict, task) in enumerate(zip(verdicts, tasks), start=1)]
    if lacking:
        said = "; ".join(lacking)
        text = f"The code ran in a process of its own, but this container lacks {said}."
        entries.append({"name": "For the teacher", "output": text, "output_format": "text", "visibility": "hidden"})
    return {
        "score": round(sum(verdict.points for verdict in verdicts), 2),
        "output": "\n".join(notes),
        "output_format": "text",
        "stdout_visibility": "hidden",
        "tests": entries,
    }


def _found_instead(records: Sequence[Record], exercise: str) -> list[str]:
    for_another = "{}: this is {}, and {} is asked for here."
    return [
        for_another.format(record["path"].partition("/")[2], record["exercise"], exercise)
        if record["exercise"]
        else f"{record['path'].partition('/')[2]}: {record['problem'] or 'not a notebook'}"
        for record in records
    ]


def _entry(count: int, verdict: Verdict, task: Task) -> dict[str, Any]:
    lines = [STATUS[verdict.status], verdict.message]
    for group in verdict.groups:
        finding = f": {group.finding}" if group.finding and group.finding != verdict.message else ""
        lines.append(f"{'✗' if group.finding else '✓'} {group.name}: {number(group.points)} of "
                     f"{number(group.max_points)}{finding}")  # fmt: skip
    return {
        "name": task.name,
        "number": str(count),
        "score": verdict.points,
        "max_score": task.points,
        "status": "passed" if verdict.status == "passed" else "failed",
        "output": "\n".join(filter(None, lines)),
        "output_format": "text",
        "visibility": "visible",
    }


if __name__ == "__main__":
    main(sys.argv[1:])
