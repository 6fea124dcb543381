"""Every exercise as it is handed out runs to its end and earns nothing; every solution earns everything."""

from pathlib import Path

import pytest
from nbclient import NotebookClient

from threesteps.tasks import EXERCISES, POINTS, TASKS
from threesteps_grading.reading.notebook import read

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


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_exercise_runs_to_its_end_and_earns_nothing(name, tmp_path):
    nb = read(ROOT / "exercises" / f"exercise_{name}.ipynb")
    NotebookClient(nb, timeout=600, resources={"metadata": {"path": str(tmp_path)}}).execute()
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
    results = plain_results(read(ROOT / "solutions" / f"solution_{name}.ipynb"))
    points = {f"check_{task.name}": repr(float(task.points)) for task in EXERCISES[name]}
    assert results == {**points, f'check("{name}")': repr(float(POINTS[name]))}


def test_no_task_is_in_two_exercises():
    assert sum(map(len, EXERCISES.values())) == len(TASKS)
