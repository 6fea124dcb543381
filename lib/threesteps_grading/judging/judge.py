"""One submission, judged: its functions are called apart, and what they give is compared here."""

from __future__ import annotations

import zlib
from functools import partial

from threesteps.task import TIMEOUT, Task, Verdict, foreign, judge, missing
from threesteps.tasks import EXERCISES
from threesteps_grading.judging.results import FAILED, Options, record
from threesteps_grading.judging.session import Cell, Engine, EngineError, Session
from threesteps_grading.reading import Submission

ATTEMPTS = 3  # to judge a submission
LACKED = ("there is no ", "there are no threads")  # begin notes on a cell that tell why an answer is not there


def judged(engine: Engine, submission: Submission, options: Options) -> dict:
    """The record of a submission, whatever happens."""
    try:
        for attempt in range(ATTEMPTS):
            last = attempt == ATTEMPTS - 1
            try:
                verdicts, notes = _judged(engine, submission, options, doubts=not last)
                break
            except EngineError:  # the server died under it, or all stood still: nobody's fault, at first
                if last:
                    raise
    except Exception as error:  # a fault of ours must not stop the batch, nor pass for the student's
        return failed(submission, f"{type(error).__name__}: {error}")
    return record(submission.noting(*notes), verdicts)


def failed(submission: Submission, why: str) -> dict:
    """The record of a submission that the judge failed on, which is nobody's answer: the next run tries again."""
    error = why.partition(":")[0]
    message = f"The judge failed ({error}), which says nothing about this answer."
    verdicts = [Verdict(t.name, 0.0, t.points, "crashed", message) for t in EXERCISES[submission.exercise]]
    return record(submission.noting(f"judge failed: {why}"), verdicts) | {FAILED: error}


def seed_of(task: Task, seed: int) -> int:
    """A task's seed in a run: never the one of the notebook's check."""
    mixed = zlib.crc32(f"{seed}:{task.name}".encode())
    return mixed if mixed != task.seed else mixed + 1


def _judged(engine: Engine, submission: Submission, options: Options, doubts: bool) -> tuple[list[Verdict], list[str]]:
    with engine.open(submission.cells, submission.defined, doubts) as session:
        verdicts = [_verdict(session, submission, task, options) for task in EXERCISES[submission.exercise]]
        notes = [f"{_name(submission, i)}: {note}" for i, note in enumerate(map(_fate, session.report)) if note]
    return verdicts, notes


def _name(submission: Submission, i: int) -> str:
    """A cell by what it defines, or by how it begins."""
    tasks = [task for task, places in submission.defined.items() if i in places]
    return f"the cell of {' and '.join(tasks)}" if tasks else f"the cell {_beginning(submission.cells[i])!r}"


def _beginning(source: str) -> str:
    line = source.strip().partition("\n")[0].strip()
    return line if len(line) <= 40 else f"{line[:39]}…"


def _fate(cell: Cell) -> str:
    fates = {
        "timeout": "ran too long; only what it defines was run",
        "crashed": "ended the process; only what it defines was run",
        "not run": cell.text or "only what it defines was run: the cells before it had taken all the time",
        "raised": f"raised {cell.name}",
    }
    return "; ".join(filter(None, [fates.get(cell.status, ""), *cell.notes]))


def _verdict(session: Session, submission: Submission, task: Task, options: Options) -> Verdict:
    kind = session.kind(task.name)
    if kind == "function":
        timeout = max(task.timeout, options.timeout) if task.timeout > TIMEOUT else options.timeout
        answer = partial(session.call, task.name, timeout=timeout)
        return judge(task, answer, seed_of(task, options.seed), examples=False)
    if kind:
        return missing(task, f"{task.name} is {foreign(kind)} here, not a function: was the name used again?")
    if task.name not in submission.defined:
        return missing(task, f"There is no {task.name} in this notebook.")
    if session.cut_short:
        text = f"The cells of this notebook take more than {session.most:g} seconds, so not all could be run."
        return Verdict(task.name, 0.0, task.points, "timeout", text)
    cell = session.report[submission.defined[task.name][-1]]
    if cell.status in ("timeout", "crashed"):
        what = "ran too long" if cell.status == "timeout" else "ended the process"
        return Verdict(task.name, 0.0, task.points, cell.status, f"The cell that defines it {what}.")
    if cell.status == "not run" and cell.text:
        return missing(task, f"The cell that defines it was not run. {cell.text}")
    why = f" Its cell raised {cell.name}." if cell.status == "raised" else ""
    absent = "".join(f" {note.capitalize()}." for note in cell.notes if note.startswith(LACKED))
    return missing(task, f"There is no function {task.name} after its cell was run.{why}{absent}")
