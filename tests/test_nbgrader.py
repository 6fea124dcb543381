"""nbgrader itself, on a course made from the solutions, gives the points that our judge gives."""

import contextlib
import inspect
import io
import logging
import os
import shutil
import sys
from functools import partial
from pathlib import Path

import pytest
from answers import bank

from threesteps import call
from threesteps.task import judge
from threesteps.tasks import EXERCISES
from threesteps_grading.reading.notebook import grade_id, read, to_text

ROOT = Path(__file__).parents[1]
NAMES = sorted(path.stem.removeprefix("solution_") for path in (ROOT / "solutions").glob("*.ipynb"))
BLIND = bank("WRONG", "answers.blind")

pytestmark = pytest.mark.filterwarnings("ignore")  # what nbgrader and its database warn of is theirs


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A function that grades notebooks of an exercise: (name, {student: notebook}) -> points by student."""
    root = tmp_path_factory.mktemp("course")
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(root / "config"))
        monkeypatch.setenv("IPYTHONDIR", str(root / "ipython"))
        # nbgrader calls `alembic` by name
        monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
        monkeypatch.chdir(root)
        yield partial(graded, root)


def graded(root, name, submitted):
    from nbgrader.api import Gradebook
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    source = root / "source" / name
    source.mkdir(parents=True)
    shutil.copy(ROOT / "solutions" / f"solution_{name}.ipynb", source / f"{name}.ipynb")
    for student, nb in submitted.items():
        folder = root / "submitted" / student / name
        folder.mkdir(parents=True)
        (folder / f"{name}.ipynb").write_text(to_text(nb), encoding="utf-8")
    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.db_url = f"sqlite:///{root}/gradebook.db"
    log = io.StringIO()
    logging.disable(logging.CRITICAL)
    try:
        with contextlib.redirect_stderr(log):
            api = NbGraderAPI(config=config)
            released = api.generate_assignment(name)
            assert released["success"], released
            for student in submitted:
                result = api.autograde(name, student)
                assert result["success"], result
            with Gradebook(config.CourseDirectory.db_url) as gradebook:
                return {student: _scores(gradebook, name, student) for student in submitted}
    finally:
        logging.disable(logging.NOTSET)


def _scores(gradebook, name, student):
    notebook = gradebook.find_submission_notebook(name, name, student)
    return {grade.name: grade.auto_score for grade in notebook.grades}


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


@pytest.mark.parametrize("name", NAMES)
def test_right_answers_then_a_partly_right_one_and_blank_ones(name, course):
    points = {task.name: float(task.points) for task in EXERCISES[name]}
    task, source, earned = partly_right(name)
    right = [*points][: [*points].index(task)]
    handed_in = filled_in(name, right)
    next(cell for cell in handed_in.cells if grade_id(cell) == task).source = source
    expected = dict.fromkeys(points, 0.0) | {of: points[of] for of in right} | {task: earned}
    assert course(name, {"zoë": handed_in})["zoë"] == {f"check_{of}": value for of, value in expected.items()}
