"""Notebooks executed anew, in place: the same code on the same versions gives the same file."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import matplotlib.font_manager  # noqa: F401  a first import may build the font cache and write to stderr: not in a cell
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from threesteps_grading import Refused
from threesteps_grading.files import write
from threesteps_grading.reading.notebook import KERNEL_METADATA, read, to_text, where

PREDICT = "**Predict.**"
TELLS = re.compile(r"\b(title|caption)=")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# What front ends and tools leave behind of a run.
PASSING_METADATA = ("execution", "ExecuteTime", "papermill", "widgets")


def notebooks_in(paths: list[Path]) -> list[Path]:
    """The notebooks that paths name: files, and of folders their *.ipynb. Raises FileNotFoundError."""
    found = []
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(f"no such file or folder: {path}")
        found += sorted(path.glob("*.ipynb")) if path.is_dir() else [path]
    return found


def execute(path: Path, timeout: int = 600) -> None:
    """Run the notebook at path from top to bottom and store what came out, in place.

    It runs in its own folder, on this environment's Python. Stored are counts from 1 upwards and
    outputs without widgets, no times; a lesson's answers to "Predict" are folded. timeout: seconds
    per cell. Raises Refused, and leaves the file as it is, where a cell raises or writes to stderr.
    """
    nb = read(path)
    _run(nb, path.parent, timeout)
    nb.metadata.update(KERNEL_METADATA)
    fold_answers(nb)
    for part in (nb, *nb.cells):
        for key in PASSING_METADATA:
            part.metadata.pop(key, None)
    write(path, to_text(nb))


def answers(nb: NotebookNode) -> list[NotebookNode]:
    """The cells of a lesson that answer a "Predict": for each the next one that shows something."""
    found, asked = [], False
    for cell in nb.cells:
        if cell.cell_type == "code" and cell.outputs and asked:
            found.append(cell)
            asked = False
        asked = asked or cell.cell_type == "markdown" and PREDICT in cell.source
    return found if "lesson" in nb.metadata.get("threesteps", {}) else []


def fold_answers(nb: NotebookNode) -> None:
    """Fold the output of each cell that answers a "Predict", and no other's; also its code where a figure's title or
    caption would tell. JupyterLab and Notebook show a folded output when the cell is run; VS Code and code hosts
    don't fold outputs."""
    waiting = answers(nb)
    for cell in nb.cells:
        jupyter = {key: value for key, value in cell.metadata.pop("jupyter", {}).items() if key != "outputs_hidden"}
        if any(cell is answer for answer in waiting):
            jupyter["outputs_hidden"] = True
            if TELLS.search(cell.source):
                jupyter["source_hidden"] = True
        if jupyter:
            cell.metadata.jupyter = jupyter


def _run(nb: NotebookNode, folder: Path, timeout: int) -> None:
    """Fill in the notebook's outputs and counts. Raises Refused."""
    client = NotebookClient(
        nb,
        # Without kernel folders there is one kernel, this environment's: the user's own can't take its place.
        km=AsyncKernelManager(kernel_name="python3", kernel_spec_manager=KernelSpecManager(kernel_dirs=[])),
        timeout=timeout,
        startup_timeout=600,
        resources={"metadata": {"path": str(folder)}},
        record_timing=False,
        store_widget_state=False,
        force_raise_errors=True,
        coalesce_streams=True,
    )
    client.reset_execution_trackers()
    problems = []
    # The kernel's own log goes nowhere; what cells write to stderr comes back as outputs all the same.
    with client.setup_kernel(cleanup_kc=True, stderr=subprocess.DEVNULL):
        for i, cell in enumerate(nb.cells):
            if cell.cell_type != "code":
                continue
            cell.outputs, cell.execution_count = [], None
            try:
                client.execute_cell(cell, i)
            except CellExecutionError as error:
                raise Refused([*problems, f"{where(nb, i)}: raises {error.ename}: {_line(error.evalue)}"]) from error
            except (CellTimeoutError, DeadKernelError) as error:
                raise Refused([*problems, f"{where(nb, i)}: {type(error).__name__}: {_line(str(error))}"]) from error
            for output in cell.outputs:
                if output.get("name") == "stderr":
                    problems.append(f"{where(nb, i)}: writes to stderr: {_line(output.text)}")
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs = _without_widgets(cell.outputs)
    if problems:
        raise Refused(problems)


def _without_widgets(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """Outputs without views of widgets, whose ids are random; what was nothing else goes entirely."""
    kept = []
    for output in outputs:
        data = output.get("data", {})
        if data.pop(WIDGET_VIEW, None) is None or data:
            kept.append(output)
    return kept


def _line(text: str) -> str:
    return " | ".join(filter(None, text.strip().split("\n")))
