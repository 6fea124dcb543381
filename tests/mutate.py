"""Wrong answers made by machine: a function's source with one small change each."""

from __future__ import annotations

import ast
import copy
import inspect
import textwrap
from collections.abc import Callable, Iterator

OPERATORS = {
    ast.Add: [ast.Sub, ast.Mult],
    ast.Sub: [ast.Add, ast.Mult],
    ast.Mult: [ast.Add, ast.Div],
    ast.Div: [ast.Mult, ast.Sub],
    ast.MatMult: [ast.Mult],
    ast.Pow: [ast.Mult],
    ast.FloorDiv: [ast.Div],
    ast.GtE: [ast.Gt, ast.LtE],
    ast.Gt: [ast.GtE, ast.Lt],
    ast.LtE: [ast.Lt, ast.GtE],
    ast.Lt: [ast.LtE, ast.Gt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
}
AXES = {-1: [0, None], 0: [-1, 1, None], 1: [0, None], None: [0]}


def mutants(function: Callable) -> Iterator[tuple[str, Callable]]:
    """(name, function) for each change of one operator, constant, axis, transpose, sign or term."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    tree.body[0].body = [statement for statement in tree.body[0].body if not _does_not_count(statement)]
    nodes = [node for statement in tree.body[0].body for node in ast.walk(statement)]
    seen = set()
    for index, node in enumerate(nodes):
        for label, change in _changes(node):
            mutant = copy.deepcopy(tree)
            target = [n for statement in mutant.body[0].body for n in ast.walk(statement)][index]
            before = ast.unparse(target)
            replaced = change(target)
            if replaced is not target:
                mutant = _Replace(target, replaced).visit(mutant)
            ast.fix_missing_locations(mutant)
            name = f"{label} in: {before}"
            source = ast.unparse(mutant)
            if source in seen:
                continue
            seen.add(source)
            namespace = dict(function.__globals__)
            exec(compile(mutant, f"<mutant: {name}>", "exec"), namespace)
            yield name, namespace[function.__name__]


def _does_not_count(statement: ast.stmt) -> bool:
    """Docstrings, and guards that only raise: probes are valid inputs."""
    if isinstance(statement, ast.If):
        return all(isinstance(inner, ast.Raise) for inner in statement.body) and not statement.orelse
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


class _Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def _changes(node: ast.AST) -> Iterator[tuple[str, Callable[[ast.AST], ast.AST]]]:
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        for other in OPERATORS.get(type(node.op), []):
            yield f"{type(node.op).__name__} -> {other.__name__}", _setting("op", other())
    if isinstance(node, ast.BinOp):
        yield "left term alone", lambda n: n.left
        yield "right term alone", lambda n: n.right
        if not isinstance(node.op, (ast.Add, ast.Mult)):
            yield "terms swapped", _swap_terms
    if isinstance(node, ast.Compare):
        for other in OPERATORS.get(type(node.ops[0]), []):
            yield f"{type(node.ops[0]).__name__} -> {other.__name__}", _setting("ops", [other()])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Invert)):
        yield "sign dropped", lambda n: n.operand
    if isinstance(node, ast.Return) and node.value is not None:
        yield "sign turned", lambda n: _set(n, "value", ast.UnaryOp(ast.USub(), n.value))
        yield "twice", lambda n: _set(n, "value", ast.BinOp(ast.Constant(2), ast.Mult(), n.value))
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield "constant + 1", lambda n: _set(n, "value", n.value + 1)
        if node.value:
            yield "constant turned", lambda n: _set(n, "value", -n.value)
    if isinstance(node, ast.keyword) and node.arg == "axis":
        value = ast.literal_eval(node.value)
        for other in AXES.get(value, []):
            yield f"axis {value} -> {other}", _setting("value", ast.Constant(other))
    if isinstance(node, ast.keyword) and node.arg == "keepdims":
        yield "keepdims turned", lambda n: _set(n, "value", ast.Constant(not n.value.value))
    if isinstance(node, ast.Attribute) and node.attr == "T":
        yield "T dropped", lambda n: n.value
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in ("W", "X", "delta", "W_next"):
        yield "transposed", lambda n: ast.Attribute(n, "T", ast.Load())
    if isinstance(node, ast.Call) and len(node.args) >= 2:
        yield "arguments swapped", _swap_arguments
    if isinstance(node, ast.Call) and len(node.args) == 1 and not node.keywords:
        yield "call dropped", lambda n: n.args[0]
    if isinstance(node, ast.Slice) and (node.lower or node.upper):
        yield "slice opened", lambda n: ast.Slice(None, None, n.step)


def _set(node: ast.AST, field: str, value: object) -> ast.AST:
    setattr(node, field, value)
    return node


def _setting(field: str, value: object) -> Callable[[ast.AST], ast.AST]:
    return lambda node: _set(node, field, value)


def _swap_terms(node: ast.BinOp) -> ast.BinOp:
    node.left, node.right = node.right, node.left
    return node


def _swap_arguments(node: ast.Call) -> ast.Call:
    node.args[0], node.args[1] = node.args[1], node.args[0]
    return node
