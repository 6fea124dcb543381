"""A class's submissions as the benchmark grades them: most right, a third wrong in known ways, some broken."""

from __future__ import annotations

import ast
import builtins
import inspect
import json
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

from threesteps.tasks import EXERCISES

ROOT = Path(__file__).parents[1]
NAMES = list(EXERCISES)
BROKEN = ("raise ValueError('not finished')", "return undefined_name", "return (")  # the last one does not parse


def submission(number: int) -> tuple[str, dict]:
    """(exercise, notebook) of student `number`: of all, 57 % are right, 33 % wrong in a known way, 5 % broken and 5 %
    blank. All exercises have their turn."""
    exercise, rng = NAMES[number % len(NAMES)], random.Random(number)
    (kind,) = rng.choices(("right", "mistaken", "broken", "blank"), (57, 33, 5, 5))
    path = f"exercises/exercise_{exercise}.ipynb" if kind == "blank" else f"solutions/solution_{exercise}.ipynb"
    nb = json.loads((ROOT / path).read_text(encoding="utf-8"))
    task = rng.choice(EXERCISES[exercise]).name
    task, answer = rng.choice(mistakes(exercise)) if kind == "mistaken" else (task, "")
    for cell in nb["cells"]:
        source = "".join(cell["source"])
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == task and kind in ("mistaken", "broken"):
            source = answer or with_body(source, rng.choice(BROKEN))
        elif "import numpy" in source:
            source = f"# student {number}\n{source}"
        cell["source"] = source
    return exercise, nb


@cache
def mistakes(exercise: str) -> list[tuple[str, str]]:
    """(task, the answer's code) of the known mistakes whose code stands alone."""
    known = [(task.name, make) for task in EXERCISES[exercise] for m in task.known_mistakes() for make in m.ways[:1]]
    functions = [(task, inspect.getclosurevars(make).nonlocals.get("function")) for task, make in known]
    return [(task, renamed(function, task)) for task, function in functions if function and stands_alone(function)]


def stands_alone(function: Callable) -> bool:
    """Whether it uses NumPy and Python alone."""
    return inspect.getclosurevars(function).globals.keys() <= {"np", *vars(builtins)}


def renamed(function: Callable, name: str) -> str:
    """The code of a function with another name, and without docstring and decorators."""
    (node,) = ast.parse(inspect.getsource(function)).body
    node.name, node.decorator_list, node.body = name, [], node.body[1:]
    return ast.unparse(node)


def with_body(source: str, line: str) -> str:
    """A cell's function with this line for its body."""
    return f"{source[: source.index('###')]}{line}\n"


def write_submissions(folder: Path, numbers: range) -> Path:
    """STUDENT/EXERCISE/EXERCISE.ipynb, as nbgrader lays it out."""
    for number in numbers:
        exercise, nb = submission(number)
        place = folder / f"s{number:04}" / exercise
        place.mkdir(parents=True)
        (place / f"{exercise}.ipynb").write_text(json.dumps(nb), encoding="utf-8")
    return folder
