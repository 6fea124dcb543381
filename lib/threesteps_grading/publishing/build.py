"""Exercises from solutions: each solution region becomes nbgrader's stub, outputs go, all else stays.

A solution notebook is the one hand-edited source of its exercise. Whatever could make the exercise
leak an answer, or nbgrader or `threesteps grade` misread it, is refused here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from threesteps_grading import Refused
from threesteps_grading.files import write
from threesteps_grading.reading.notebook import (
    KERNEL_METADATA,
    bound_names,
    grade_id,
    parse,
    read,
    to_text,
    where,
)

# What nbgrader puts in place of a solution region.
STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")
MARKER = re.compile(r"(\s*)### (BEGIN|END) SOLUTION\s*$")
# What is meant as a marker, however it is spelt: nbgrader would overlook some of these.
LIKE_MARKER = re.compile(r"\b(begin|end)[ _-]*solution", re.IGNORECASE)

ANSWER = {"cell_type": "code", "grade": False, "locked": False, "schema_version": 3, "solution": True, "task": False}
CHECK = ANSWER | {"grade": True, "locked": True, "solution": False}
KEPT_CELL_METADATA = ("deletable", "editable", "jupyter", "nbgrader", "tags")

# The names differ, so that the tabs of a lesson, its exercise and its solution do.
SOLUTION, EXERCISE = "solution_{}.ipynb", "exercise_{}.ipynb"

Exercises = Mapping[str, Mapping[str, float]]
Finding = tuple[int, str]


def build(root: Path, exercises: Exercises, check: bool = False) -> list[str]:
    """Write exercises/ from solutions/: all of it or, where a solution is refused, nothing.

    root: the repository; exercises: the points of each task, by exercise; check: write nothing, but
    say what is stale, missing or superfluous. Result: the problems, one line each. Raises
    FileNotFoundError where root has no solutions.
    """
    solutions, target = root / "solutions", root / "exercises"
    if not solutions.is_dir():
        raise FileNotFoundError(
            f"no folder 'solutions' in {root}: run at the repository's root, or name it with --root"
        )
    sources = sorted(solutions.glob("*.ipynb"))
    texts, problems = {}, []
    for source in sources:
        try:
            texts[target / EXERCISE.format(exercise_id(source))] = exercise_text(source, exercises)
        except Refused as refused:
            problems += [f"solutions/{source.name}: {problem}" for problem in refused.problems]
    for path, text in texts.items():
        if not check and not problems:
            write(path, text)
        elif check and (not path.exists() or path.read_bytes() != text.encode()):
            problems.append(f"exercises/{path.name}: {'stale' if path.exists() else 'missing'}; run `threesteps build`")
    extra = {path.name for path in target.glob("*.ipynb")} - {
        EXERCISE.format(exercise_id(source)) for source in sources
    }
    return problems + [f"exercises/{name}: superfluous, it has no solution; remove it" for name in sorted(extra)]


def exercise_id(path: Path) -> str:
    """The exercise that the solution at path is named after."""
    return path.stem.removeprefix("solution_")


def exercise_text(path: Path, exercises: Exercises) -> str:
    """The exercise of the solution at path, as its file holds it. Raises Refused with all that is wrong."""
    exercise = exercise_id(path)
    nb, tasks, problems = read(path), exercises.get(exercise, {}), []
    if path.name != SOLUTION.format(exercise):
        problems.append(f"its file must be named {SOLUTION.format(exercise)}")
    if nb.metadata.get("threesteps") != {"exercise": exercise}:
        problems.append(
            f'the notebook\'s metadata must have "threesteps": {{"exercise": "{exercise}"}}, as its file is named'
        )
    if exercise not in exercises:
        problems.append(f"the course has no exercise {exercise!r}: it has {', '.join(exercises)}")
    for finder in (_run, _tasks, _sources):
        problems += [f"{where(nb, i)}: {message}" for i, message in finder(nb, tasks)]
    ids = {grade_id(cell) for cell in nb.cells}
    problems += [f"task {task!r} has no answer cell" for task in tasks if task not in ids]
    problems += [f"task {task!r} has no check cell" for task in tasks if f"check_{task}" not in ids]
    try:
        built = _exercise(nb, exercise)
        problems += [f"{where(nb, i)}: {message}" for i, message in _leaks(nb, built)]
    except ValueError:
        assert problems  # _sources told of bad markers
    if problems:
        raise Refused(problems)
    return to_text(built)


def clear(source: str) -> tuple[str, list[list[str]]]:
    """A cell's source with a stub for each solution region, and the regions' lines.

    Raises ValueError for markers that are misspelt or not in pairs.
    """
    kept, regions, inside = [], [], False
    for line in source.split("\n"):
        marker = MARKER.match(line)
        if not marker and LIKE_MARKER.search(line):
            raise ValueError(
                f"{line.strip()!r} is no marker: '### BEGIN SOLUTION' or '### END SOLUTION' on its line is"
            )
        if not marker:
            (regions[-1] if inside else kept).append(line)
        elif (marker[2] == "BEGIN") == inside:
            raise ValueError("BEGIN SOLUTION inside of a region" if inside else "END SOLUTION without BEGIN SOLUTION")
        elif marker[2] == "BEGIN":
            inside = True
            regions.append([])
            kept += [marker[1] + stub for stub in STUB]
        else:
            inside = False
    if inside:
        raise ValueError("BEGIN SOLUTION without END SOLUTION")
    return "\n".join(kept), regions


def _run(nb: NotebookNode, tasks: Mapping[str, float]) -> Iterator[Finding]:
    """Ids are unique; code cells were executed from 1 upwards, without an error."""
    ids = [cell.id for cell in nb.cells]
    count = 0
    for i, cell in enumerate(nb.cells):
        if cell.id in ids[:i]:
            yield i, f"cell {ids.index(cell.id) + 1} has the same id"
        if cell.cell_type == "code" and cell.source.strip():
            count += 1
            if cell.execution_count != count:
                yield i, f"was executed as [{cell.execution_count}], not as [{count}]; run `threesteps execute`"
            if any(output.output_type == "error" for output in cell.outputs):
                yield i, "its output is an error"


def _tasks(nb: NotebookNode, tasks: Mapping[str, float]) -> Iterator[Finding]:
    """Each task has one answer cell, directly followed by its check cell; both have nbgrader's full metadata."""
    ids = [grade_id(cell) for cell in nb.cells]
    for i, cell in enumerate(nb.cells):
        if "nbgrader" not in cell.metadata:
            continue
        task = str(ids[i]).removeprefix("check_")
        if ids[i] is not None and ids[i] in ids[:i]:
            yield i, f"cell {ids.index(ids[i]) + 1} has the same grade_id"
        if task not in tasks:
            yield i, f"{ids[i]!r} is no task of this exercise: it has {', '.join(tasks)}"
        elif ids[i] == task:
            yield from ((i, message) for message in _differences(cell.metadata.nbgrader, ANSWER | {"grade_id": task}))
            yield from ((i, message) for message in _answer(cell, task))
            if ids[i + 1 : i + 2] != [f"check_{task}"]:
                yield i, f"the check cell of {task!r} doesn't follow it directly"
        else:
            wanted = CHECK | {"grade_id": ids[i], "points": tasks[task]}
            yield from ((i, message) for message in _differences(cell.metadata.nbgrader, wanted))
            if cell.metadata.get("editable") is not False or cell.metadata.get("deletable") is not False:
                yield i, 'its metadata must have "editable": false, "deletable": false'
            if cell.cell_type != "code" or cell.source != f'check("{task}")':
                yield i, f'it must be a code cell with check("{task}") alone'


def _differences(found: NotebookNode, wanted: Mapping[str, object]) -> Iterator[str]:
    for key in sorted(found.keys() | wanted.keys()):
        if found.get(key) != wanted.get(key):
            yield f"nbgrader's {key} is {found.get(key)!r}, not {wanted.get(key)!r}"


def _answer(cell: NotebookNode, task: str) -> Iterator[str]:
    """The answer hides something, and what is left is a function that raises when it is called, not before."""
    try:
        stub, regions = clear(cell.source)
        whole = parse(cell.source)[1].body
    except (ValueError, SyntaxError):
        return  # _sources tells
    try:
        left = parse(stub)[1].body
    except SyntaxError as error:
        yield f"the stub made of it is not Python: line {error.lineno}: {error.msg}"
        return

    def defines(node: ast.stmt) -> bool:
        return isinstance(node, ast.FunctionDef) and node.name == task

    if not any(line.strip() for region in regions for line in region):
        yield "has no solution region, or an empty one"
    if sum(map(defines, left)) != 1:
        yield f"'def {task}(…):' must stand in it once, not indented, outside of the region"
    elif task in bound_names(ast.unparse([node for node in whole if not defines(node)])):
        yield f"binds {task!r} a second time"
    if any(isinstance(node, ast.Raise) for node in left):
        yield "its region must stand inside of a function, or else running the stub raises"


def _sources(nb: NotebookNode, tasks: Mapping[str, float]) -> Iterator[Finding]:
    """Markers stand in answer cells alone, in pairs; a task's name is bound in its answer cell alone."""
    for i, cell in enumerate(nb.cells):
        is_code = cell.cell_type == "code"
        own = {grade_id(cell)} & tasks.keys() if is_code else set()
        try:
            if clear(cell.source)[1] and not own:
                yield i, "a solution region in a cell that is no answer cell"
            bound = bound_names(parse(cell.source)[0]) if is_code else set()
            yield from ((i, f"binds {name!r}; only its answer cell may") for name in sorted(bound & tasks.keys() - own))
        except SyntaxError as error:
            yield i, f"is not Python: line {error.lineno}: {error.msg}"
        except ValueError as error:
            yield i, str(error)


def _exercise(nb: NotebookNode, name: str) -> NotebookNode:
    """The solution without answers, outputs and counts; of the metadata only what is needed."""
    cells = []
    for cell in nb.cells:
        metadata = {key: cell.metadata[key] for key in KEPT_CELL_METADATA if key in cell.metadata}
        kept = {key: cell[key] for key in ("cell_type", "id", "attachments") if key in cell}
        output = {"execution_count": None, "outputs": []} if cell.cell_type == "code" else {}
        cells.append(kept | output | {"metadata": metadata, "source": clear(cell.source)[0]})
    metadata = KERNEL_METADATA | {"threesteps": {"exercise": name}}
    return nbformat.from_dict({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def _leaks(nb: NotebookNode, exercise: NotebookNode) -> Iterator[Finding]:
    """Lines of an answer that the exercise shows elsewhere, in a hint or in code that is given.

    Short lines, block heads and imports (`else:`, `return params`) tell nothing, unless they are all
    that a region holds.
    """
    telling = {}
    for cell in nb.cells:
        for region in clear(cell.source)[1]:
            lines = [line.strip() for line in region if line.strip()]
            for line in lines:
                if len(lines) == 1 or (len(line) >= 16 and not line.endswith(":") and " import " not in f" {line}"):
                    telling[line] = grade_id(cell)
    for i, cell in enumerate(exercise.cells):
        shown = {line.strip() for line in cell.source.split("\n")} - set(STUB)
        yield from (
            (i, f"shows a line of the answer to {telling[line]!r}: {line}") for line in sorted(shown & telling.keys())
        )
        if LIKE_MARKER.search(to_text(nbformat.v4.new_notebook(cells=[cell]))):
            yield i, "a solution marker remains in its metadata or attachments"
