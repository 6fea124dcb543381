"""How far a learner is: their own exercises, judged, as a table with what is next."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from threesteps.check import STATUS, number
from threesteps.tasks import EXERCISES, POINTS
from threesteps_grading.judging import FAILED, Engine, Options, Record, earned, grade
from threesteps_grading.reading import Submission

SEED = 1  # the same result as long as the notebook is the same
NAME, WIDTH = max(map(len, EXERCISES)), 20  # of an exercise's name, of a bar
COLOURS = {"done": "32", "begun": "33", "problem": "31"}


@dataclass(frozen=True)
class Standing:
    """One exercise: "done", "begun", "open", "problem" (its file can't be read), "unjudged" (the judge failed) or
    "absent" (there is no file)."""

    exercise: str
    state: str
    points: float
    most: float
    path: str = ""
    task: str = ""  # the first that is not right yet
    status: str = ""
    message: str = ""


def progress(folder: Path, workers: int, show: Callable[[Standing], None] = lambda standing: None) -> list[Standing]:
    """Where each exercise stands, in the order of the course; of several files for one the best counts.

    `show` is called with each as soon as it and those before it are judged. The code is the learner's own, so it
    runs even where this system can't confine it. Raises FileNotFoundError where there is no such folder.
    """
    if not folder.exists():
        raise FileNotFoundError(f"{folder} does not exist: run in the course's folder, or name your exercises' folder")
    options = Options(SEED, unprotected=bool(Engine.missing_protections()))
    standings: list[Standing] = []

    def tell(done: Collection[Record], left: Collection[Submission]) -> None:
        for exercise in list(EXERCISES)[len(standings) :]:
            if any(one.outcome != "graded" or one.exercise == exercise for one in left):
                return
            standings.append(_standing(exercise, done))
            show(standings[-1])

    with tempfile.TemporaryDirectory() as report:
        grade(folder, Path(report), options, workers, tell)
    return standings


def _standing(exercise: str, records: Collection[Record]) -> Standing:
    most = POINTS[exercise]
    graded = [record for record in records if record["outcome"] == "graded" and record["exercise"] == exercise]
    if not graded:
        unread = [
            r
            for r in records
            if r["outcome"] == "unreadable" and Path(r["path"]).stem.removeprefix("exercise_") == exercise
        ]
        if unread:
            return Standing(exercise, "problem", 0, most, unread[0]["path"], message=unread[0]["problem"])
        return Standing(exercise, "absent", 0, most)
    record = max(graded, key=earned)
    if FAILED in record:
        return Standing(exercise, "unjudged", 0, most, record["path"])
    points = earned(record)
    wrong = [verdict for verdict in record["verdicts"] if verdict["status"] != "passed"]
    if not wrong:
        return Standing(exercise, "done", points, most, record["path"])
    begun = points or any(verdict["status"] != "missing" for verdict in wrong)
    first = wrong[0]
    state, status = "begun" if begun else "open", STATUS[first["status"]].removeprefix("✗ ")
    return Standing(exercise, state, points, most, record["path"], first["task"], status, first["message"])


def as_line(standing: Standing, colours: bool) -> str:
    """One exercise, for a terminal."""
    filled = round(WIDTH * standing.points / standing.most)
    points = f"{number(standing.points):>5} of {number(standing.most)}"
    line = f"{standing.exercise:{NAME}}  {'#' * filled}{'.' * (WIDTH - filled)} {points:<12} {_said(standing)}"
    colour = COLOURS.get(standing.state) if colours else None
    return f"\033[{colour}m{line}\033[0m" if colour else line


def as_markdown(standings: Sequence[Standing], folder: Path) -> str:
    """The table for a page that a CI service shows, and what is next."""
    rows = [f"| {s.exercise} | {number(s.points)} of {number(s.most)} | {_said(s)} |" for s in standings]
    lines = next_steps(standings, folder)
    return "\n".join(["| exercise | points | |", "|---|---|---|", *rows, "", *(f"{line}  " for line in lines)])


def _said(standing: Standing) -> str:
    fixed = {"done": "done", "open": "not begun", "absent": "no file"}
    fixed |= {"problem": "can't be read", "unjudged": "could not be judged: try again"}
    return fixed.get(standing.state) or f"{standing.task}: {standing.status}"


def next_steps(standings: Sequence[Standing], folder: Path) -> list[str]:
    """What is done in all, and what is next."""
    points, most = (sum(getattr(standing, name) for standing in standings) for name in ("points", "most"))
    done = sum(standing.state == "done" for standing in standings)
    lines = [f"{done} of {len(standings)} exercises done, {number(round(points, 2))} of {number(most)} points."]
    unread = [standing for standing in standings if standing.state == "problem"]
    lines += [f"{standing.path} can't be read: {standing.message}" for standing in unread]
    left = [standing for standing in standings if standing.state in ("begun", "open")]
    if left:
        path = folder / left[0].path if folder.is_dir() else folder
        lines.append(f"Next: {path}, task {left[0].task}: {left[0].status}.")
        lines += [left[0].message] if left[0].message and left[0].status != STATUS["missing"] else []
    elif done == len(standings):
        lines.append("All done.")
    return lines
