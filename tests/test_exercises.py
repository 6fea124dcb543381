"""Every exercise as it is handed out runs to its end and earns nothing; every solution earns everything."""

import ast
import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from threesteps.tasks import EXERCISES, GIVEN, POINTS, TASKS
from threesteps_grading.judging.batch import GIVEN_IN, TASKS_OF
from threesteps_grading.reading.handed_in import Handed
from threesteps_grading.reading.notebook import bound_names, grade_id, parse, read
from threesteps_grading.reading.submission import _read

ROOT = Path(__file__).parents[1]
NAMES = sorted(path.stem.removeprefix("solution_") for path in (ROOT / "solutions").glob("*.ipynb"))


def plain_results(nb):
    """grade_id (or the source of a check without one) -> the plain form of what the check cell gave."""
    return {
        cell.metadata.get("nbgrader", {}).get("grade_id", cell.source): output.data["text/plain"]
        for cell in nb.cells
        if cell.cell_type == "code" and cell.source.startswith("check(")
        for output in cell.outputs
        if output.output_type == "execute_result"
    }


def test_there_is_a_solution_for_each_exercise():
    assert set(NAMES) == EXERCISES.keys()


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """A function that runs a notebook, each in the same kernel: starting one takes longer than an exercise."""
    path = str(tmp_path_factory.mktemp("kernel"))
    client = NotebookClient(new_notebook(), timeout=1800, startup_timeout=600, resources={"metadata": {"path": path}})

    def executed(nb):
        client.nb = nb
        nb.cells.insert(0, new_code_cell("%reset -f"))
        for index, cell in enumerate(nb.cells):
            client.execute_cell(cell, index)
        return nb

    with client.setup_kernel():
        yield executed


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_exercise_runs_to_its_end_and_earns_nothing(name, executed):
    nb = executed(exercise(name))
    assert not [
        output
        for cell in nb.cells
        for output in cell.get("outputs", [])
        if output.output_type == "error" or output.get("name") == "stderr"
    ]
    results = plain_results(nb)
    assert results.keys() == {f"check_{task.name}" for task in EXERCISES[name]} | {f'check("{name}")'}
    assert set(results.values()) == {"0.0"}


@pytest.mark.parametrize("name", NAMES)
def test_a_solution_earns_all_points(name):
    results = plain_results(solution(name))
    points = {f"check_{task.name}": repr(float(task.points)) for task in EXERCISES[name]}
    assert results == {**points, f'check("{name}")': repr(float(POINTS[name]))}


def test_no_task_is_in_two_exercises():
    assert sum(map(len, EXERCISES.values())) == len(TASKS)


def code(nb):
    """(grade_id, source) of each code cell."""
    return [(grade_id(cell), cell.source) for cell in nb.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("name", NAMES)
def test_what_an_exercise_gives_is_known(name):
    given = {bound for task, source in code(exercise(name)) if task is None for bound in bound_names(parse(source)[0])}
    assert given & TASKS.keys() == {*GIVEN.get(name, "").split()}


WITHOUT_POINTS = {"4a_frameworks": {"framework_loss"}}  # asked for by name, in a given cell


@pytest.mark.parametrize("name", NAMES)
def test_below_the_first_answer_all_names_are_the_students_own(name):
    """But `shown`, as the first cell says: a helper of another name is never overwritten by a cell that is given."""
    cells = code(exercise(name))
    first = next(i for i, (task, _) in enumerate(cells) if task in TASKS)
    below = {bound for task, source in cells[first:] if task is None for bound in bound_names(parse(source)[0])}
    assert below <= {"shown"} | WITHOUT_POINTS.get(name, set())
    said = exercise(name).cells[0].source
    assert "any name but `shown`" in said and "only what the first cell imports is there" in said
    answers = [source for task, source in code(solution(name)) if task in TASKS]
    used = {node.id for source in answers for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)}
    assert not below & used.union(*map(bound_names, answers))


def solution(name):
    return read(ROOT / "solutions" / f"solution_{name}.ipynb")


def exercise(name):
    return read(ROOT / "exercises" / f"exercise_{name}.ipynb")


def bare(nb, without=(), keep=lambda source: True):
    """The notebook as an editor leaves it that knows no metadata; without: names whose cells were deleted."""
    cells = [
        {"cell_type": cell.cell_type, "metadata": {}, "source": cell.source}
        for cell in nb.cells
        if grade_id(cell) not in without and keep(cell.source)
    ]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return json.dumps({"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 4})


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_is_known_without_metadata_and_without_one_of_its_tasks(name):
    """By its checks, its heading or its functions, each of them alone; by its checks and its heading also blank."""
    nb, tasks = exercise(name), {task.name for task in EXERCISES[name]}
    keeps = {
        "checks": lambda source: not source.startswith("# Exercise"),
        "heading": lambda source: not source.startswith("check("),
        "functions": lambda source: not re.match(r"check\(|# Exercise", source),
    }
    cases = [(kept, {task}) for kept in keeps for task in tasks if kept != "functions" or len(tasks) > 1]
    for kept, without in [*cases, ("checks", tasks), ("heading", tasks), ("functions", ())]:
        file = Handed("nn.ipynb", "ana", datetime.min, bare(nb, without, keeps[kept]).encode())
        assert _read(TASKS_OF, GIVEN_IN, file).exercise == name, (kept, without)
