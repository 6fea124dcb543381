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
KINDS = {"right": 57, "mistaken": 33, "broken": 5, "blank": 5}  # in a hundred
BROKEN = ("raise ValueError('not finished')", "return undefined_name", "return (")  # the last one does not parse


def write_submissions(folder: Path, exercise: str, numbers: range) -> Path:
    """STUDENT/EXERCISE/EXERCISE.ipynb, as nbgrader lays it out."""
    for number in numbers:
        write(folder / f"s{number:04}", exercise, submission(exercise, number))
    return folder


def write(folder: Path, exercise: str, nb: dict) -> None:
    """EXERCISE/EXERCISE.ipynb in a folder."""
    (folder / exercise).mkdir(parents=True)
    (folder / exercise / f"{exercise}.ipynb").write_text(json.dumps(nb), encoding="utf-8")


def submission(exercise: str, number: int) -> dict:
    """The notebook of student `number`."""
    rng = random.Random(f"{exercise} {number}")
    (kind,) = rng.choices([*KINDS], KINDS.values())
    nb = notebook(exercise, blank=kind == "blank")
    if kind == "mistaken":
        change(nb, *rng.choice(mistakes(exercise)))
    elif kind == "broken":
        task = rng.choice(EXERCISES[exercise]).name
        change(nb, task, f"def {task}(*arguments):\n    {rng.choice(BROKEN)}")
    nb["cells"].append({"cell_type": "code", "source": f"# student {number}", "metadata": {}, "outputs": []})
    nb["cells"][-1] |= {"id": f"student-{number}", "execution_count": None}
    return nb


def notebook(exercise: str, blank: bool = False) -> dict:
    """The solution of an exercise, or the exercise as it is handed out."""
    path = f"exercises/exercise_{exercise}.ipynb" if blank else f"solutions/solution_{exercise}.ipynb"
    return json.loads((ROOT / path).read_text(encoding="utf-8"))


def change(nb: dict, task: str, answer: str) -> None:
    """Put another answer to a task into a notebook."""
    for cell in nb["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == task:
            cell["source"] = answer


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
