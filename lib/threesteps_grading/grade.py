"""Grading a batch: read, run apart, judge, report. An interrupted run goes on where it stopped."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import secrets
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from threesteps.task import TIMEOUT, Task, Verdict, judge, missing
from threesteps.tasks import EXERCISES
from threesteps_grading import report
from threesteps_grading.session import Cell, Engine, EngineError, Session
from threesteps_grading.submissions import Submission, code_of, submissions

TASKS_OF = {exercise: [task.name for task in tasks] for exercise, tasks in EXERCISES.items()}


class WrongUse(ValueError):
    """The command can't be carried out as it was given; the message says why."""


@dataclass(frozen=True)
class Options:
    """What a run's marks depend on. timeout: seconds for a cell or a call; memory: MB; shard: (K, N) or None."""

    seed: int
    timeout: float = 10.0
    memory: int = 2048
    unprotected: bool = False
    shard: tuple[int, int] | None = None

    def as_json(self) -> dict[str, Any]:
        """As run.json holds them."""
        shard = f"{self.shard[0]}/{self.shard[1]}" if self.shard else None
        return {**asdict(self), "shard": shard, "version": version("threesteps")}


def options_for(out: Path, seed: int | None, fresh: bool, **rest: Any) -> Options:
    """The options of a run into `out`: those of the run that stands there, if it is the same one.

    Raises WrongUse where `out` holds something else than a report, or a run with other options (unless `fresh`).
    """
    stands = read_run(out)
    if out.exists() and stands is None and any(out.iterdir()):
        raise WrongUse(f"{out} is not empty and holds no report: give another folder")
    if rest.get("shard") and seed is None:
        raise WrongUse("--shard needs --seed: all shards are judged with the same seed")
    if stands is None or fresh:
        return Options(secrets.randbits(32) if seed is None else seed, **rest)
    options = Options(stands["seed"] if seed is None else seed, **rest)
    differing = [key for key, value in options.as_json().items() if stands.get(key) != value]
    if differing:
        raise WrongUse(f"{out} holds a run with another {' and '.join(differing)}: give another folder, or --fresh")
    return options


def read_run(out: Path) -> dict[str, Any] | None:
    """run.json of the report `out`, None where there is none."""
    try:
        run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise WrongUse(f"{out / 'run.json'} can't be read: {error}") from error
    return run if isinstance(run, dict) and "seed" in run else None


def grade(
    source: Path,
    out: Path,
    options: Options,
    workers: int,
    fresh: bool = False,
    tell: Callable[[int, int], None] = lambda done, of: None,
    name_of: Callable[[str], str] = str,
) -> list[dict]:
    """Grade everything in `source` into the report `out`; `tell(done, of)` is called after each file.
    `name_of` is the student's name for what a file or folder calls them, as a roster has it.

    Result: one record for each file, as results.jsonl holds them. Files that `out` has results for are not run again.
    """
    if fresh:
        _clear(out)
    handed_in = [s for s in submissions(source, TASKS_OF, name_of) if in_shard(s.student, options.shard)]
    out.mkdir(parents=True, exist_ok=True)
    report.write(out / "run.json", json.dumps(options.as_json(), indent=1, sort_keys=True) + "\n")
    done = {_key(record): record for record in read_results(out)}
    todo = [s for s in handed_in if (s.path, s.sha256, s.outcome) not in done]
    with open(out / "results.jsonl", "a", encoding="utf-8", newline="\n") as results:
        for count, record in enumerate(_graded(todo, options, workers), start=len(handed_in) - len(todo) + 1):
            results.write(json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n")
            results.flush()
            done[_key(record)] = record
            tell(count, len(handed_in))
    records = [done[s.path, s.sha256, s.outcome] | {"student": s.student} for s in handed_in]
    write_report(out, records, options)
    return records


def write_report(out: Path, records: list[dict], options: Options) -> None:
    """Write every file of a report from its records."""
    records = sorted(records, key=lambda record: (record["student"], record["path"]))
    listed = "".join(f"{record['sha256']}  {record['path']}\n" for record in records)
    run = {**options.as_json(), "files": len(records), "files_sha256": hashlib.sha256(listed.encode()).hexdigest()}
    lines = "".join(json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n" for record in records)
    report.write(out / "results.jsonl", lines)
    report.write_tables(out, records, EXERCISES)
    shutil.rmtree(out / "feedback", ignore_errors=True)  # a student may have another name than before
    report.write_feedback(out, records)
    report.write(out / "run.json", json.dumps(run, indent=1, sort_keys=True) + "\n")


def merge(shards: list[Path], out: Path) -> list[dict]:
    """Join the reports of all shards of a run into one, equal to that of an unsharded run.

    Raises WrongUse where a shard is missing, unfinished, given twice, or belongs to another run.
    """
    runs = {}
    for shard in shards:
        run = read_run(shard)
        if run is None or "files_sha256" not in run:
            raise WrongUse(f"{shard} holds no finished run: run it again, it goes on where it stopped")
        if not run["shard"]:
            raise WrongUse(f"{shard} is no shard")
        if run["shard"] in runs:
            raise WrongUse(f"{shard} and {runs[run['shard']][0]} are both shard {run['shard']}")
        runs[run["shard"]] = (shard, run)
    common = [{k: v for k, v in run.items() if k not in ("shard", "files", "files_sha256")} for _, run in runs.values()]
    if any(one != common[0] for one in common):
        raise WrongUse("the shards are of runs with different options")
    total = {shard.split("/")[1] for shard in runs}
    wanted = [f"{k}/{n}" for n in total for k in range(1, int(n) + 1)]
    if sorted(wanted) != sorted(runs):
        raise WrongUse(f"shards missing: {', '.join(sorted(set(wanted) - set(runs)))}")
    if out.exists() and any(out.iterdir()) and read_run(out) is None:
        raise WrongUse(f"{out} is not empty and holds no report: give another folder")
    _clear(out)
    out.mkdir(parents=True, exist_ok=True)
    records = [record for shard, _ in runs.values() for record in read_results(shard)]
    write_report(out, records, Options(**{k: v for k, v in common[0].items() if k != "version"}))
    return records


def in_shard(student: str, shard: tuple[int, int] | None) -> bool:
    """Whether a student's work is in shard (K, N): all files of a student are in the same one."""
    return shard is None or zlib.crc32(student.encode()) % shard[1] == shard[0] - 1


def read_results(out: Path) -> list[dict]:
    """The records that a run has written so far; a line cut off by a kill does not count."""
    try:
        lines = (out / "results.jsonl").read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return []
    return [json.loads(line) for line in lines[:-1] if line.endswith("}")]


def _clear(out: Path) -> None:
    for name in ("run.json", "results.jsonl", *report.TABLES, "class.html", "lms.csv", "nothing.csv"):
        (out / name).unlink(missing_ok=True)
    shutil.rmtree(out / "feedback", ignore_errors=True)


def _key(record: Mapping[str, Any]) -> tuple[str, str, str]:
    return record["path"], record["sha256"], record["outcome"]


# One submission after another, in worker processes


def _graded(todo: list[Submission], options: Options, workers: int) -> Iterator[dict]:
    """The record of each submission, in the order in which they are finished."""
    run = [submission for submission in todo if submission.outcome == "graded"]
    yield from (_record(submission, []) for submission in todo if submission.outcome != "graded")
    left = dict(enumerate(run))
    with _pool(options, min(workers, len(run)) or 1) as pool:
        futures = {pool.submit(_grade_one, submission): i for i, submission in left.items()}
        try:
            for future in as_completed(futures):
                yield future.result()
                del left[futures[future]]
            return
        except BrokenProcessPool:
            pass
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    for submission in left.values():  # one of these ended a judge's process: each gets a process of its own
        with _pool(options, 1) as pool:
            try:
                yield pool.submit(_grade_one, submission).result()
            except BrokenProcessPool:
                yield _record(submission, _all_crashed(submission, "It ended the judge's process."))


def _pool(options: Options, workers: int) -> ProcessPoolExecutor:
    method = "fork" if hasattr(os, "fork") else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(options,))


_worker: tuple[Engine, Options]


def _start(options: Options) -> None:
    global _worker
    _worker = (Engine(options.timeout, options.memory, options.unprotected), options)


def _grade_one(submission: Submission) -> dict:
    engine, options = _worker
    try:
        for attempt in (1, 2):
            try:
                verdicts, notes = _judged(engine, submission, options)
                break
            except EngineError:  # the server died under it: nobody's fault, once
                if attempt == 2:
                    raise
    except Exception as error:  # a fault of ours must not stop the batch, nor pass for the student's
        verdicts = _all_crashed(submission, f"The judge failed ({type(error).__name__}): please report this.")
        notes = [f"judge failed: {type(error).__name__}: {error}"]
    return _record(replace(submission, notes=(*submission.notes, *notes)), verdicts)


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


def seed_of(task: Task, seed: int) -> int:
    """A task's seed in a run: never the one of the notebook's check."""
    mixed = zlib.crc32(f"{seed}:{task.name}".encode())
    return mixed if mixed != task.seed else mixed + 1


def _all_crashed(submission: Submission, message: str) -> list[Verdict]:
    return [Verdict(t.name, 0.0, t.points, "crashed", message) for t in EXERCISES[submission.exercise]]


def _record(submission: Submission, verdicts: list[Verdict]) -> dict:
    """What a report keeps of a submission: no probe's values, nothing but plain data."""
    return {
        "path": submission.path,
        "student": submission.student,
        "sha256": submission.sha256,
        "exercise": submission.exercise,
        "outcome": submission.outcome,
        "problem": submission.problem,
        "notes": list(submission.notes),
        "verdicts": [asdict(_without_examples(verdict)) for verdict in verdicts],
        "code": {verdict.task: code_of(submission, verdict.task) for verdict in verdicts},
    }


def _without_examples(verdict: Verdict) -> Verdict:
    return replace(verdict, groups=tuple(replace(group, example="") for group in verdict.groups))
