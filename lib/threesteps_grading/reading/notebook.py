"""Notebook files: read strictly, told alike on every system; and how messages name a cell."""

from __future__ import annotations

import ast
import contextlib
import json
import symtable
from collections.abc import Iterator
from pathlib import Path

import nbformat
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbformat.validator import iter_validate

from threesteps_grading import Refused

# No Python version in here, so that a newer Python changes no notebook.
KERNEL_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "pygments_lexer": "ipython3",
    },
}


def read(path: Path) -> NotebookNode:
    """The notebook at path. Raises Refused where it isn't valid, and where cells have no ids."""
    try:
        text = path.read_text(encoding="utf-8")
        raw = json.loads(text)
        major, minor = raw["nbformat"], raw["nbformat_minor"]
    except (ValueError, KeyError, TypeError) as error:
        raise Refused([f"not a notebook: {type(error).__name__}: {error}"]) from error
    if major != 4 or minor < 5:
        raise Refused([f"notebook format {major}.{minor} has no cell ids; save it as 4.5 or newer"])
    problems = []
    for error in iter_validate(raw):
        number = "".join(f"cell {step + 1}: " for step in list(error.absolute_path)[1:2])
        problems.append(f"{number}not valid: {error.message}")
    if problems:
        raise Refused(problems)
    return nbformat.v4.reads(text)


def to_text(nb: NotebookNode) -> str:
    """The notebook as its file holds it: sorted keys, readable UTF-8, a newline at the end."""
    return nbformat.v4.writes(nb) + "\n"


def grade_id(cell: NotebookNode) -> str | None:
    """nbgrader's name for the cell, if it has one."""
    metadata = cell.metadata.get("nbgrader")
    return metadata.get("grade_id") if isinstance(metadata, dict) else None


def where(nb: NotebookNode, index: int) -> str:
    """How messages name a cell: its number in the notebook, from 1, its id, and its grade_id."""
    cell = nb.cells[index]
    return f"cell {index + 1} ({', '.join(filter(None, [cell.id, grade_id(cell)]))})"


def parse(source: str) -> tuple[str, ast.Module]:
    """A cell's code as Python, its `%magic` lines as calls, and as a tree. What is Python as it stands remains so:
    IPython's transformation takes ten times as long as all else here. Raises SyntaxError and others."""
    with contextlib.suppress(SyntaxError):
        if "In [" not in source:  # "In [1]: x = 2" is Python by chance, and meant as x = 2
            return source, ast.parse(source)
    code = TransformerManager().transform_cell(source)
    return code, ast.parse(code)


def bound_names(code: str) -> set[str]:
    """The names that Python code binds in its notebook: by =, def, import, for, del, `global` and the like."""

    def bound(table: symtable.SymbolTable) -> Iterator[str]:
        for symbol in table.get_symbols():
            outermost = table.get_type() == "module" or symbol.is_declared_global()
            if outermost and (symbol.is_assigned() or symbol.is_imported()):
                yield symbol.get_name()
        for child in table.get_children():
            yield from bound(child)

    return set(bound(symtable.symtable(code, "cell", "exec")))


def read_names(code: str) -> set[str]:
    """The names that Python code reads in its notebook: no arguments and no other names of a function's own."""

    def read(table: symtable.SymbolTable) -> Iterator[str]:
        outermost = table.get_type() == "module"
        yield from (s.get_name() for s in table.get_symbols() if s.is_referenced() and (outermost or s.is_global()))
        for child in table.get_children():
            yield from read(child)

    return set(read(symtable.symtable(code, "cell", "exec")))


def stubs_of(tree: ast.Module) -> set[str]:
    """The functions that code defines, and that come to `raise NotImplementedError` whatever they are given, or have
    nothing in them; and those of the course's library that it imports, which are nobody's answer either."""
    stubs: set[str] = set()
    for statement in tree.body:
        if stubs:
            stubs -= bound_names(ast.unparse(statement))
        if isinstance(statement, ast.FunctionDef) and _is_stub(statement):
            stubs.add(statement.name)
        if isinstance(statement, ast.ImportFrom) and (statement.module or "").partition(".")[0] == "threesteps":
            stubs |= {name.asname or name.name for name in statement.names}
    return stubs


def _is_stub(function: ast.FunctionDef) -> bool:
    if all(map(_does_nothing, function.body)):
        return True
    for statement in function.body:
        if isinstance(statement, ast.Raise):
            raised = getattr(statement.exc, "func", statement.exc)
            return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
        if any(isinstance(node, ast.Return) for node in ast.walk(statement)):
            return False
    return False


def _does_nothing(statement: ast.stmt) -> bool:
    """Whether this is `pass`, `...`, a docstring or `return None`."""
    if isinstance(statement, ast.Return):
        return statement.value is None or isinstance(statement.value, ast.Constant) and statement.value.value is None
    return (
        isinstance(statement, ast.Pass) or isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    )
