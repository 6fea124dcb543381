"""What a report keeps of a run, so that it can go on, be merged and be told: run.json and results.jsonl.

run.json holds the options and, once all is judged, which files they were; results.jsonl a record for each file.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from importlib.metadata import version
from operator import itemgetter
from pathlib import Path
from typing import Any

from threesteps.task import GroupResult, Verdict
from threesteps_grading import WrongUse
from threesteps_grading.files import write
from threesteps_grading.reading import NOBODY, Roster, Submission, place_of, some

Record = Mapping[str, Any]
KEY = ("path", "sha256", "outcome")  # what makes a record that of a submission
key_of = itemgetter(*KEY)
CODE = 20_000  # characters that are kept of an answer's cell
OF_DEADLINE = ("due", "grace", "accept_late", "extensions")
FORM = frozenset(("path", "student", "sha256", "exercise", "outcome", "problem", "notes", "verdicts", "code"))
FAILED = "failed"  # what a record has more where the judge failed on it: why
COUNTS = re.compile(r"of \d+ files for this exercise one counts \(")
# What a verdict hangs on beside the options: who reads, runs and judges, and what an answer is compared with.
LIB = Path(__file__).parents[2]
JUDGES = ("threesteps", *(f"threesteps_grading/{room}" for room in ("reading", "apart", "judging")))
SAID = {"judge_sha256": "state of the course's code"}  # options that messages don't call by their key
OF_VERDICT = frozenset(field.name for field in fields(Verdict))


@dataclass(frozen=True)
class Options:
    """What a run's marks depend on. timeout: seconds for a cell or a call; memory: MB; shard: (K, N) or None; due:
    the deadline as it was given, with minutes of grace, and whether late files count like others; extensions: student
    -> their own, as it was given."""

    seed: int
    timeout: float = 10.0
    memory: int = 2048
    unprotected: bool = False
    shard: tuple[int, int] | None = None
    due: str = ""
    grace: float = 0.0
    accept_late: bool = False
    extensions: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As run.json holds them: without a deadline, where there is none."""
        shard = f"{self.shard[0]}/{self.shard[1]}" if self.shard else None
        judge = {"version": version("threesteps"), "judge_sha256": judge_sha256()}
        told = {**asdict(self), "shard": shard, **judge}
        return {key: value for key, value in told.items() if key not in OF_DEADLINE or self.due}


@cache
def judge_sha256() -> str:
    """Of the files that judge: marks of two states of the course don't stand in one report."""
    files = sorted(path for room in JUDGES for path in (LIB / room).rglob("*") if path.is_file())
    contents = (path.read_bytes().replace(b"\r\n", b"\n") for path in files if path.suffix in (".py", ".npz"))
    return hashlib.sha256(b"\0".join(contents)).hexdigest()[:16]


def options_for(out: Path, seed: int | None, fresh: bool, **rest: Any) -> Options:
    """The options of a run into `out`: those of the run that stands there, if it is the same one.

    A deadline may change: it says which files count, and not how one is judged. Where none is given, it is that of the
    run before; and so are extensions that are None. Raises WrongUse where `out` holds something else than a report, or
    a run with other options (unless `fresh`).
    """
    stands = _run_to_replace(out, fresh)
    if rest.get("shard") and seed is None:
        raise WrongUse("--shard needs --seed: all shards are judged with the same seed")
    if rest.get("extensions") is None:
        rest["extensions"] = {} if stands is None or fresh else stands.get("extensions", {})
    if stands is None or fresh:
        return Options(secrets.randbits(32) if seed is None else seed, **rest)
    if not rest.get("due"):
        rest |= {key: stands[key] for key in OF_DEADLINE if key in stands and rest.get(key) in (None, "", 0)}
    options = Options(stands["seed"] if seed is None else seed, **rest)
    judging = {key: value for key, value in options.as_json().items() if key not in OF_DEADLINE}
    differing = [key for key, value in judging.items() if stands.get(key) != value]
    if differing:
        raise WrongUse(f"{out} holds a run with another {_said(differing, ' and ')}: give another folder, or --fresh")
    return options


def _said(keys: Iterable[str], between: str) -> str:
    return between.join(SAID.get(key, key) for key in keys)


def in_shard(student: str, shard: tuple[int, int] | None) -> bool:
    """Whether a student's work is in shard (K, N): all files of a student are in the same one."""
    return shard is None or zlib.crc32(student.encode()) % shard[1] == shard[0] - 1


# A record


def record(submission: Submission, verdicts: Iterable[Verdict]) -> dict:
    """What a report keeps of a submission: no probe's values, nothing but plain data."""
    return {
        "path": submission.path,
        "student": submission.student,
        "sha256": submission.sha256,
        "exercise": submission.exercise,
        "outcome": submission.outcome,
        "problem": submission.problem,
        "notes": list(submission.notes),
        "verdicts": [asdict(verdict) for verdict in verdicts],
        "code": {verdict.task: _kept(submission.code_of(verdict.task)) for verdict in verdicts},
    }


def _kept(code: str) -> str:
    """A cell's code as a report holds it: its beginning, where it is long."""
    left_out = len(code) - CODE
    return f"{code[:CODE]}\n# … {left_out:,} more characters of this cell are left out here" if left_out > 0 else code


def up_to_date(record: Record, submission: Submission, times: bool) -> dict:
    """The record as it is to be told: with the student's name, that it counts before others, and when the file was
    handed in where that is asked for, as they are now."""
    notes = [*filter(None, [submission.counts]), *(note for note in record["notes"] if not COUNTS.match(note))]
    told = {key: record[key] for key in (*FORM, FAILED) if key in record}
    told |= {"student": submission.student, "notes": notes}
    if times:
        when = submission.handed_in and submission.handed_in.replace(tzinfo=None)
        told |= {"handed_in": when.isoformat(" ", "seconds") if when else "", "late": submission.late}
    return told


def verdicts_of(record: Record) -> list[Verdict]:
    """A record's verdicts, as they were before they became plain data."""
    return [
        Verdict(**{**stored, "groups": tuple(GroupResult(**group) for group in stored["groups"])})
        for stored in record["verdicts"]
    ]


def earned(record: Record) -> float:
    """The points of a submission."""
    return round(sum(verdict["points"] for verdict in record["verdicts"]), 2)


def as_line(record: Record) -> str:
    """A record as results.jsonl holds it."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n"


# Files


def begin(out: Path, options: Options) -> list[dict]:
    """Let `out` hold an unfinished run. Result: the records that it holds already."""
    records = read_results(out)
    write(out / "run.json", json.dumps(options.as_json(), indent=1, sort_keys=True) + "\n")
    write(out / "results.jsonl", "".join(map(as_line, records)))  # without a line that was cut off
    return records


def finish(
    out: Path, records: Sequence[Record], options: Options, read: Sequence[Submission] = (), roster: Roster = NOBODY
) -> None:
    """Let `out` hold a finished run; read: all that was handed in, of which a shard holds a part; roster: who tells
    whose it is."""
    run = {**options.as_json(), "files": len(records), "files_sha256": _hash_of(records)}
    if options.shard:
        run |= {"class_sha256": _sha256(f"{one.sha256}  {one.path}\n" for one in read)}
        run |= {"students_sha256": _sha256(f"{one.student}  {one.path}\n" for one in read)}
        run |= {"roster_sha256": roster.sha256}
    write(out / "results.jsonl", "".join(map(as_line, records)))
    write(out / "run.json", json.dumps(run, indent=1, sort_keys=True) + "\n")


def _hash_of(records: Iterable[Record]) -> str:
    """Of the files that the records are of."""
    return _sha256(f"{record['sha256']}  {record['path']}\n" for record in records)


def _sha256(lines: Iterable[str]) -> str:
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def finished_results(out: Path) -> list[dict]:
    """The records of a finished run. Raises WrongUse where the run isn't, or its records aren't all there."""
    run, records = read_run(out), read_results(out)
    if not is_finished(run):
        raise WrongUse(f"{out} holds no finished report: run `threesteps grade … --out {out}` first")
    if _hash_of(records) != run["files_sha256"]:
        raise WrongUse(f"{out / 'results.jsonl'} is not whole: run the grading into {out} again")
    return records


def read_run(out: Path) -> dict[str, Any] | None:
    """run.json of the report `out`, None where there is none."""
    try:
        run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise WrongUse(f"{out / 'run.json'} can't be read ({error}): give another folder, or --fresh") from error
    return run if isinstance(run, dict) and "seed" in run else None


def is_finished(run: Mapping[str, Any] | None) -> bool:
    """Whether all that was handed in has been judged."""
    return run is not None and "files_sha256" in run


def _run_to_replace(out: Path, fresh: bool = False) -> dict[str, Any] | None:
    try:
        run = read_run(out)
    except WrongUse:
        if fresh:
            return None
        raise
    if run is None and out.exists() and any(not path.name.startswith(".") for path in out.iterdir()):
        raise WrongUse(f"{out} is not empty and holds no report: give another folder")
    return run


def refuse_another_class(out: Path, files: Iterable[tuple[str, str, str]], source: object) -> None:
    """Raise WrongUse where `out` has results for notebooks, and none of them is in `source`, or nothing of one of their
    students, or of most no notebook of the same exercise; files: the path, the student and the exercise of each file
    there, "" for what is no exercise."""
    before = [(record["path"], record["student"], record["exercise"]) for record in read_results(out)]
    before = [(path, student, exercise) for path, student, exercise in before if exercise]
    files = [*files]
    anew = "give another folder, or --fresh to begin anew"
    there = {(path, exercise) for path, _, exercise in files}
    if before and not any((path, exercise) in there for path, _, exercise in before):
        raise WrongUse(f"{out} holds a report about other files, none of which is in {source}: {anew}")
    have = {(call, exercise) for path, student, exercise in files for call in _calls(path, student)}
    known = {call for call, _ in have}
    gone = {student for _, student, _ in before}
    gone -= {student for path, student, _ in before if not known.isdisjoint(_calls(path, student))}
    if gone:
        raise WrongUse(f"{out} holds results of students who are not in {source} ({some(sorted(gone))}): {anew}")
    kept = [not have.isdisjoint((call, exercise) for call in _calls(path, who)) for path, who, exercise in before]
    if 2 * sum(kept) < len(kept):
        lost = some(sorted({exercise for (_, _, exercise), is_kept in zip(before, kept) if not is_kept}))
        raise WrongUse(f"{out} holds a report about {lost}, of which most is not in {source}: {anew}")


def _calls(path: str, student: str) -> set[str]:
    """What a student may still be called in a later run: with another file, or by a roster that comes or goes."""
    top = path.split("/")[0]
    place = place_of(top)
    return {path, student, place.whose if place else top}


def read_results(out: Path) -> list[dict]:
    """The records that a run has written so far; a line cut off by a kill does not count.

    Raises WrongUse where they are of another form than today's.
    """
    try:
        lines = (out / "results.jsonl").read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return []
    records = [record for line in lines if (record := _parsed(line)) is not None]
    for record in records:
        verdicts = record.get("verdicts", ())
        if not record.keys() >= FORM or any(verdict.keys() != OF_VERDICT for verdict in verdicts):
            raise WrongUse(f"{out} was begun by another version of threesteps: give another folder, or --fresh")
    return records


def _parsed(line: str) -> dict | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def joined(
    shards: Sequence[Path], out: Path, fresh: bool = False, roster: Roster = NOBODY
) -> tuple[list[dict], Options]:
    """The records of all shards of a run, as an unsharded run would give them, and its options.

    Raises WrongUse where a shard is missing, unfinished, given twice, or belongs to another run, where a roster is
    given and is not that of the shards, for it may call others by their names, and where `out`, which they are for,
    holds something else than a report, or (unless `fresh`) one about other notebooks.
    """
    if out.resolve() in {shard.resolve() for shard in shards}:
        raise WrongUse(f"{out} is one of the shards: give another folder for the whole")
    runs = {}
    for shard in shards:
        run = read_run(shard)
        if not is_finished(run):
            raise WrongUse(f"{shard} holds no finished run: run it again, it goes on where it stopped")
        if not run.get("shard"):
            raise WrongUse(f"{shard} is no shard")
        if run["shard"] in runs:
            raise WrongUse(f"{shard} and {runs[run['shard']][0]} are both shard {run['shard']}")
        runs[run["shard"]] = (shard, run)
    for key, what in (("class_sha256", "on different files"), ("students_sha256", "with different rosters")):
        if len({run.get(key) for _, run in runs.values()}) > 1:
            raise WrongUse(f"the shards were graded {what}, so a student may be in none: grade them with the same")
    own = ("shard", "files", "files_sha256", "class_sha256", "students_sha256", "roster_sha256")
    common = [{key: value for key, value in run.items() if key not in own} for _, run in runs.values()]
    differing = sorted({key for one in common for key in one | common[0] if one.get(key) != common[0].get(key)})
    if differing:
        raise WrongUse(f"the shards are of runs with different options ({_said(differing, ', ')})")
    if roster is not NOBODY and {run.get("roster_sha256") for _, run in runs.values()} != {roster.sha256}:
        raise WrongUse(
            f"{roster.path} is not the roster that the shards were graded with, and their names may be others' in it: "
            "grade the shards again with it (what was judged is kept)"
        )
    total = {shard.split("/")[1] for shard in runs}
    wanted = [f"{k}/{n}" for n in total for k in range(1, int(n) + 1)]
    if sorted(wanted) != sorted(runs):
        raise WrongUse(f"shards missing: {', '.join(sorted(set(wanted) - set(runs)))}")
    _run_to_replace(out, fresh)
    records = [record for shard, _ in runs.values() for record in finished_results(shard)]
    if len({"late" in record for record in records}) > 1:
        raise WrongUse("some shards were graded with --times and others without: grade them with the same options")
    if not fresh:
        refuse_another_class(out, ((one["path"], one["student"], one["exercise"]) for one in records), "these shards")
    options = Options(**{field.name: common[0][field.name] for field in fields(Options) if field.name in common[0]})
    return sorted(records, key=lambda record: (record["student"], record["path"])), options
