"""One submission, judged: its functions are called apart, and what they give is compared here."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from threesteps.task import TIMEOUT, Task, Verdict, judge, missing
from threesteps.tasks import EXERCISES
from threesteps_grading.judging.results import Options, record
from threesteps_grading.judging.session import Cell, Engine, EngineError, Session
from threesteps_grading.reading import Submission


def judged(engine: Engine, submission: Submission, options: Options) -> dict:
    """The record of a submission, whatever happens."""
    try:
        for attempt in (1, 2):
            try:
                verdicts, notes = _judged(engine, submission, options)
                break
            except EngineError:  # the server died under it: nobody's fault, once
                if attempt == 2:
                    raise
    except Exception as error:  # a fault of ours must not stop the batch, nor pass for the student's
        return crashed(
            submission,
            f"The judge failed ({type(error).__name__}): please report this.",
            f"judge failed: {type(error).__name__}: {error}",
        )
    return record(replace(submission, notes=(*submission.notes, *notes)), verdicts)


def crashed(submission: Submission, message: str, *notes: str) -> dict:
    """The record of a submission that could not be judged."""
    verdicts = [Verdict(t.name, 0.0, t.points, "crashed", message) for t in EXERCISES[submission.exercise]]
    return record(replace(submission, notes=(*submission.notes, *notes)), verdicts)


def seed_of(task: Task, seed: int) -> int:
    """A task's seed in a run: never the one of the notebook's check."""
    mixed = zlib.crc32(f"{seed}:{task.name}".encode())
    return mixed if mixed != task.seed else mixed + 1


def _judged(engine: Engine, submission: Submission, options: Options) -> tuple[list[Verdict], list[str]]:
    with engine.open(submission.cells, submission.defined) as session:
        verdicts = [_verdict(session, submission, task, options) for task in EXERCISES[submission.exercise]]
        notes = [f"cell {i}: {note}" for i, note in enumerate(_cell_notes(session.report), start=1) if note]
    return verdicts, notes


def _cell_notes(cells: list[Cell]) -> Iterator[str]:
    for cell in cells:
        fate = {"timeout": "ran too long and was left out", "crashed": "ended the process and was left out"}
        raised = f"raised {cell.name}" if cell.status == "raised" else ""
        yield "; ".join(filter(None, [fate.get(cell.status, raised), *cell.notes]))


def _verdict(session: Session, submission: Submission, task: Task, options: Options) -> Verdict:
    if task.name not in submission.defined:
        return missing(task, f"There is no {task.name} in this notebook.")
    cell = session.report[submission.defined[task.name]]
    if cell.status in ("timeout", "crashed"):
        what = "ran too long" if cell.status == "timeout" else "ended the process"
        return Verdict(task.name, 0.0, task.points, cell.status, f"The cell that defines it {what}.")
    if not session.defined(task.name):
        why = f" Its cell raised {cell.name}." if cell.status == "raised" else ""
        return missing(task, f"There is no function {task.name} after its cell was run.{why}")
    timeout = max(task.timeout, options.timeout) if task.timeout > TIMEOUT else options.timeout
    return judge(task, partial(session.call, task.name, timeout=timeout), seed_of(task, options.seed))
