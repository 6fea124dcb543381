"""A cell taken apart, for where it can't be run as a whole: its statements, and which of them define something."""

from __future__ import annotations

import ast
import copy

IMPORTS = (ast.Import, ast.ImportFrom)
DEFINITIONS = (*IMPORTS, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
ENCLOSING = (ast.If, ast.Try, ast.With)
COMPUTING = (ast.Call, ast.comprehension, ast.Await)


def statements(code: str) -> list[ast.stmt]:
    """The statements of a cell, with one for each name that is imported; none where it does not parse."""
    try:
        body = ast.parse(code).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    return [single for statement in body for single in _singles(statement)]


def _singles(statement: ast.stmt) -> list[ast.stmt]:
    if not isinstance(statement, IMPORTS):
        return [statement]
    singles = [copy.copy(statement) for _ in statement.names]
    for single, alias in zip(singles, statement.names, strict=True):
        single.names = [alias]
    return singles


def after(body: list[ast.stmt], place: tuple[int, int]) -> list[ast.stmt]:
    """The statements from the one on that holds this place: a line, and a column in bytes."""
    return [statement for statement in body if (statement.end_lineno, statement.end_col_offset) > place]


def definitions(body: list[ast.stmt], plain: bool) -> list[ast.stmt]:
    """What statements import, define and assign, also within `if`, `try` and `with`, without what else they do.

    plain: without assignments of what has to be computed by calls or loops.
    """
    kept = []
    for statement in body:
        if isinstance(statement, DEFINITIONS) and not (plain and _computes(statement)):
            kept.append(statement)
        elif isinstance(statement, ENCLOSING):
            for block in (statement, *getattr(statement, "handlers", ())):
                for part in ("body", "orelse", "finalbody"):
                    if getattr(block, part, None):
                        setattr(block, part, definitions(getattr(block, part), plain) or [ast.Pass()])
            kept.append(statement)
    return kept


def _computes(statement: ast.stmt) -> bool:
    value = getattr(statement, "value", None)  # of an assignment
    if value is None or isinstance(value, ast.Lambda):
        return False
    return any(isinstance(node, COMPUTING) for node in ast.walk(value))


def names(statement: ast.stmt) -> set[str]:
    """The names that a statement binds."""
    if isinstance(statement, IMPORTS):
        return {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {statement.name}
    parts = statement.targets if isinstance(statement, ast.Assign) else [statement]
    nodes = [node for part in parts for node in ast.walk(part)]
    return {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
