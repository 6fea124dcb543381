"""Lesson 4a: its stored outputs show every toolkit, and it runs with none, one or all of them."""

import importlib.util
import re
from pathlib import Path

import nbformat
import pytest

from threesteps_grading.publishing.execute import execute
from threesteps_grading.reading.notebook import read

ROOT = Path(__file__).parents[2]
LESSON = ROOT / "notebooks" / "4a_frameworks.ipynb"
NAMES = {"PyTorch": "torch", "Keras": "tensorflow", "JAX": "jax"}


def texts(nb) -> list[str]:
    """What each code cell printed and displayed as text."""
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    return [
        "".join(output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in cell.outputs)
        for cell in cells
    ]


def test_stored_outputs_come_from_a_run_with_all_toolkits():
    said = texts(read(LESSON))
    for name in NAMES:
        assert sum(name in text for text in said) >= 6, f"{name} is missing: execute it where all are installed"


def squeezed(code: str) -> str:
    return re.sub(r"\s+|,(?=\s*[)\]])", "", code)


def test_lines_side_by_side_are_the_lines_that_run():
    """Each line of code on a table's right side stands in a cell, up to spaces and line breaks."""
    nb = read(LESSON)
    code = squeezed("\n".join(cell.source for cell in nb.cells if cell.cell_type == "code"))
    rows = [row for cell in nb.cells if cell.cell_type == "markdown" for row in cell.source.split("\n")]
    theirs = [span for row in rows if row.startswith("| `") for span in re.findall(r"`([^`]+)`", row.split("|")[2])]
    assert len(theirs) >= 12
    assert [span for span in theirs if squeezed(span) not in code] == []


@pytest.mark.parametrize("here", [[], ["PyTorch"], ["Keras"], ["JAX"]], ids=lambda here: "".join(here) or "none")
def test_runs_with_what_there_is(here, tmp_path):
    """No error, nothing on stderr, and not a word of the toolkits that are missing."""
    installed = [name for name, module in NAMES.items() if importlib.util.find_spec(module)]
    if not installed or not set(here) <= set(installed):
        pytest.skip(f"installed: {installed or 'none, so nbval has run the lesson like this'}")
    missing = [name for name in NAMES if name not in here]
    nb = read(LESSON)
    blocked = {NAMES[name]: None for name in missing}
    nb.cells.insert(0, nbformat.v4.new_code_cell(f"import sys\n\nsys.modules.update({blocked})"))
    path = tmp_path / LESSON.name
    nbformat.write(nb, path)
    execute(path)
    said = texts(read(path))
    assert not any(name in text for name in missing for text in said)
    for name in here:
        assert sum(name in text for text in said) >= 6
