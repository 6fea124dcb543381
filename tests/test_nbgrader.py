"""nbgrader itself, on a course made from the solutions, gives the points that our judge gives."""

import contextlib
import inspect
import io
import logging
import os
import sys
from functools import partial
from pathlib import Path

import pytest
from answers import bank
from nbformat.v4 import new_notebook

from threesteps import call
from threesteps.task import judge
from threesteps.tasks import EXERCISES
from threesteps_grading.reading.notebook import grade_id, read, to_text

ROOT = Path(__file__).parents[1]
NAMES = sorted(path.stem.removeprefix("solution_") for path in (ROOT / "solutions").glob("*.ipynb"))
BLIND = bank("WRONG", "answers.blind")

pytestmark = pytest.mark.filterwarnings("ignore")  # what nbgrader and its database warn of is theirs


def by_nbgrader(root, solved, submitted):
    """nbgrader's points for a notebook that is handed in, check -> points, in a course whose source is `solved`."""
    from nbgrader.api import Gradebook
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    for path, nb in (("source/whole/whole.ipynb", solved), ("submitted/zoë/whole/whole.ipynb", submitted)):
        (root / path).parent.mkdir(parents=True)
        (root / path).write_text(to_text(nb), encoding="utf-8")
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.db_url = f"sqlite:///{root}/gradebook.db"
    logging.disable(logging.CRITICAL)
    try:
        with pytest.MonkeyPatch.context() as monkeypatch, contextlib.redirect_stderr(io.StringIO()):
            monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(root / "config"))
            monkeypatch.setenv("IPYTHONDIR", str(root / "ipython"))
            # nbgrader calls `alembic` by name
            monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
            monkeypatch.chdir(root)
            api = NbGraderAPI(config=config)
            for result in (api.generate_assignment("whole"), api.autograde("whole", "zoë")):
                assert result["success"], result
            with Gradebook(config.CourseDirectory.db_url) as gradebook:
                grades = gradebook.find_submission_notebook("whole", "whole", "zoë").grades
                return {grade.name: grade.auto_score for grade in grades}
    finally:
        logging.disable(logging.NOTSET)


def filled_in(name, solved):
    """The exercise with the answers to `solved` taken from the solution."""
    nb = read(ROOT / "exercises" / f"exercise_{name}.ipynb")
    answers = {grade_id(cell): cell.source for cell in read(ROOT / "solutions" / f"solution_{name}.ipynb").cells}
    for cell in nb.cells:
        if grade_id(cell) in solved:
            cell.source = answers[grade_id(cell)]
    return nb


def naive():
    """Exercise 1a with an answer that earns a part of its task's points."""
    nb = filled_in("1a_neuron", ["affine"])
    for cell in nb.cells:
        if grade_id(cell) == "sigmoid":
            cell.source = "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))"
    return nb


def partly_right(name):
    """(task, answer cell, points that our judge gives it) of a wrong answer that earns a part of its points, to the
    last task for which the bank has one: what later tasks earn may hang on earlier answers."""
    for task in reversed(EXERCISES[name]):
        for entry in BLIND[task.name]:
            function = entry[0] if isinstance(entry, tuple) else entry
            verdict = judge(task, partial(call.call, function), task.seed)
            if 0 < verdict.points < task.points:
                module = inspect.getsource(inspect.getmodule(function))
                return task.name, f"{module}\n{task.name} = {function.__name__}", verdict.points
    raise AssertionError(f"the bank has no partly right answer for {name}")


def put_together(notebooks):
    """One notebook with the cells of all: nbgrader starts one kernel then."""
    whole = new_notebook(metadata=notebooks[0].metadata, cells=[cell for nb in notebooks for cell in nb.cells])
    for i, cell in enumerate(whole.cells):
        cell.id = f"cell-{i}"
    return whole


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """What nbgrader and our judge give each task, right up to a partly right answer in each exercise: name of the
    check -> points."""
    handed_in, expected = [], {}
    for name in NAMES:
        points = {task.name: float(task.points) for task in EXERCISES[name]}
        task, source, earned = partly_right(name)
        right = [*points][: [*points].index(task)]
        handed_in.append(filled_in(name, right))
        next(cell for cell in handed_in[-1].cells if grade_id(cell) == task).source = source
        expected |= dict.fromkeys(points, 0.0) | {of: points[of] for of in right} | {task: earned}
    solved = put_together([read(path) for path in sorted((ROOT / "solutions").glob("*.ipynb"))])
    theirs = by_nbgrader(tmp_path_factory.mktemp("course"), solved, put_together(handed_in))
    return theirs, {f"check_{task}": value for task, value in expected.items()}


@pytest.mark.parametrize("name", NAMES)
def test_right_answers_then_a_partly_right_one_and_blank_ones(name, graded):
    theirs, ours = ({check: given[check] for check in checks_of(name)} for given in graded)
    assert theirs == ours


def checks_of(name):
    return [f"check_{task.name}" for task in EXERCISES[name]]


def test_nothing_else_is_graded(graded):
    assert graded[0].keys() == graded[1].keys()
