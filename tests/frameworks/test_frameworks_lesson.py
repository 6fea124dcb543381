"""Lesson 4a: its stored outputs show every framework, and it shows the same with none, one or all of them."""

import ast
import importlib.util
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from threesteps.network import log_softmax
from threesteps_grading.publishing.execute import execute
from threesteps_grading.reading.notebook import read

ROOT = Path(__file__).parents[2]
LESSON = ROOT / "notebooks" / "4a_frameworks.ipynb"
SOLUTION = ROOT / "solutions" / "solution_4a_frameworks.ipynb"
NAMES = {"PyTorch": "torch", "Keras": "tensorflow", "JAX": "jax"}


def is_code(cell) -> bool:
    return cell.cell_type == "code"


def texts(nb) -> list[str]:
    """What each code cell printed and displayed as text."""
    cells = [cell for cell in nb.cells if is_code(cell)]
    return [
        "".join(output.get("text", "") + output.get("data", {}).get("text/plain", "") for output in cell.outputs)
        for cell in cells
    ]


def test_stored_outputs_come_from_a_run_with_all_frameworks():
    said = texts(read(LESSON))
    for name in NAMES:
        assert sum(name in text for text in said) >= 5, f"{name} is missing: execute it where all are installed"


def programs() -> list[str]:
    """The programs to copy: PyTorch's and Keras'."""
    source = next(cell.source for cell in read(LESSON).cells if "## A program of your own" in cell.source)
    return re.findall(r"```python\n(.*?)```", source, re.DOTALL)


def squeezed(code: str) -> str:
    return re.sub(r"\s+|,(?=\s*[)\]])", "", code)


def test_lines_side_by_side_are_the_lines_that_run():
    """Each line of code on a table's right side stands in a cell, or in the program to copy, up to spaces and line
    breaks."""
    nb = read(LESSON)
    code = squeezed("\n".join([cell.source for cell in nb.cells if cell.cell_type == "code"] + programs()))
    rows = [row for cell in nb.cells if cell.cell_type == "markdown" for row in cell.source.split("\n")]
    theirs = [span for row in rows if row.startswith("| `") for span in re.findall(r"`([^`]+)`", row.split("|")[2])]
    assert len(theirs) >= 12
    assert [span for span in theirs if squeezed(span) not in code] == []


def share_read(scope: dict) -> float:
    return (scope["answers"] == scope["data"].validation.labels).mean()


@pytest.mark.parametrize(("module", "which"), [("torch", 0), ("keras", 1)])
def test_the_program_to_copy_reads_digits(module, which):
    framework = pytest.importorskip(module)
    (framework.manual_seed if which == 0 else framework.utils.set_random_seed)(0)
    scope = {}
    exec(programs()[which], scope)
    assert share_read(scope) > 0.85


def parts_with_a_slip() -> list[str]:
    source = next(cell.source for cell in read(SOLUTION).cells if "## Four programs" in cell.source)
    return re.findall(r"```python\n(.*?)```", source, re.DOTALL)


@pytest.mark.parametrize(
    ("slip", "instead_of", "loss", "share"),
    [
        (0, r" +optimizer.zero_grad\(\)\n.*?step\(\)\n", (2.2, 2.7), (0.0, 0.2)),
        (1, r" +torch.nn.Linear\(32, 32\).*?10\),\n", (1.9, 2.31), (0.2, 0.6)),
        (2, r"C = .*?lr=2.0\)\n", (10, np.inf), (0.0, 0.2)),
        (3, r"    for batch.*?step\(\)\n", (8, np.inf), (0.0, 0.2)),
    ],
)
def test_the_exercises_slips_show_what_they_are_said_to(slip, instead_of, loss, share):
    torch = pytest.importorskip("torch")
    torch.manual_seed(0)
    program, count = re.subn(instead_of, lambda _: parts_with_a_slip()[slip], programs()[0], flags=re.DOTALL)
    assert count == 1
    scope = {}
    exec(program, scope)
    reached = torch.nn.CrossEntropyLoss()(scope["model"](scope["X"]), scope["labels"]).item()
    assert loss[0] < reached < loss[1]
    assert share[0] <= share_read(scope) <= share[1]


def practice() -> tuple[dict, dict]:
    """The tables of the exercise's comparison, and its folded answer."""
    cells = read(SOLUTION).cells
    comparison = ast.parse(next(cell.source for cell in cells if is_code(cell) and "PyTorch {theirs" in cell.source))
    dicts = [node for node in ast.walk(comparison) if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict)]
    folded = next(cell.source for cell in cells if "<summary>One answer</summary>" in cell.source)
    answer = {"np": np}
    exec(re.search(r"```python\n(.*?)```", folded, re.DOTALL)[1], answer)
    return {node.targets[0].id: ast.literal_eval(node.value) for node in dicts}, answer


def test_the_practices_answer_says_what_pytorch_says():
    names, answer = practice()
    for Z, labels, theirs in names["said"].values():
        ours = answer["framework_loss"](np.array(Z, dtype=float), np.array(labels))
        assert ours == pytest.approx(theirs, abs=6e-7)


def test_the_practices_slips_are_what_they_are_called():
    names, _ = practice()
    Z, labels, right = names["said"]["three examples"]
    logs = log_softmax(np.array(Z))
    twice, down = log_softmax(np.exp(logs)), log_softmax(np.array(Z).T).T
    crossed = Z - np.log(np.exp(Z).sum(axis=1))  # a row's sum for each column
    own, own_twice, own_down, own_crossed = (table[[0, 1, 2], labels] for table in (logs, twice, down, crossed))
    slips = [-own.sum(), -own.sum() / logs.size, -logs[:, labels].mean(), -logs[labels].mean(), -logs.mean()]
    slips += [-own_twice.mean(), -own_down.mean(), -own_crossed.mean(), -(labels * logs).sum(axis=1).mean(), own.mean()]
    assert list(names["slips"]) == pytest.approx(slips, abs=6e-7)
    assert len({round(loss, 5) for loss in [right, *slips]}) == 11


def test_the_practices_numbers_are_pytorchs():
    torch = pytest.importorskip("torch")
    for Z, labels, theirs in practice()[0]["said"].values():
        loss = torch.nn.CrossEntropyLoss()(torch.tensor(Z, dtype=torch.float64), torch.tensor(labels))
        assert loss.item() == pytest.approx(theirs, abs=6e-7)


@pytest.mark.parametrize("here", [[], ["PyTorch"], ["Keras"], ["JAX"]], ids=lambda here: "".join(here) or "none")
def test_shows_the_same_with_what_there_is(here, tmp_path):
    """No error, nothing on stderr, and what each cell shows is what is stored in the lesson: nothing is lost."""
    installed = [name for name, module in NAMES.items() if importlib.util.find_spec(module)]
    if not installed or not set(here) <= set(installed):
        pytest.skip(f"installed: {installed or 'none, so nbval has run the lesson like this'}")
    nb = read(LESSON)
    compared = ["nbval-ignore-output" not in cell.metadata.get("tags", []) for cell in nb.cells if is_code(cell)]
    stored = texts(nb)
    blocked = {NAMES[name]: None for name in NAMES if name not in here}
    nb.cells.insert(0, nbformat.v4.new_code_cell(f"import sys\n\nsys.modules.update({blocked})"))
    path = tmp_path / LESSON.name
    nbformat.write(nb, path)
    execute(path)
    _, *shown = texts(read(path))
    assert [a for a, same in zip(shown, compared) if same] == [a for a, same in zip(stored, compared) if same]
    assert all(bool(a) == bool(b) for a, b in zip(shown, stored))
