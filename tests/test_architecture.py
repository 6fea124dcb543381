"""Who may import whom, read from the code: the rooms of both packages stand one above the other."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

LIB = Path(__file__).parents[1] / "lib"
SUBJECT = ["threesteps.network", "threesteps.loss", "threesteps.backprop", "threesteps.descent", "threesteps.digits"]
WAY = [f"threesteps_grading.{room}" for room in ("reading", "apart", "judging", "reporting")]
COMMON = ["threesteps_grading", "threesteps_grading.files"]
CATALOGUE = "threesteps.mistakes.TASK"
# A room (a module, or a folder) -> the others that it may import.
ROOMS = {
    "threesteps.network": [],
    "threesteps.loss": ["threesteps.network"],
    "threesteps.backprop": ["threesteps.network", "threesteps.loss"],
    "threesteps.descent": ["threesteps.network", "threesteps.backprop"],
    "threesteps.digits": [],
    "threesteps.limit": [],
    "threesteps.call": ["threesteps.limit"],
    "threesteps.frameworks": [],
    "threesteps.draw": ["threesteps.limit", "threesteps.call"],
    "threesteps.mistakes": [],
    "threesteps.task": ["threesteps.call", "threesteps.mistakes"],
    "threesteps.tasks": [*SUBJECT, "threesteps.call", "threesteps.task"],
    # The catalogue itself, which `threesteps.task` imports by name, once an answer is wrong.
    CATALOGUE: [*SUBJECT, *(f"threesteps.{name}" for name in ("call", "mistakes", "task", "tasks"))],
    "threesteps.ran": [],
    "threesteps.check": ["threesteps.call", "threesteps.task", "threesteps.tasks", "threesteps.ran"],
    "threesteps": ["threesteps.check", "threesteps.digits"],
    "threesteps_grading": [],
    "threesteps_grading.files": [],
    "threesteps_grading.reading": ["threesteps_grading"],
    # Runs beside a submission, where no answer may be: nothing that judges, nothing that solves.
    "threesteps_grading.apart": ["threesteps.call", "threesteps.digits", "threesteps.draw"],
    "threesteps_grading.judging": [
        *COMMON,
        *WAY[:2],
        "threesteps.call",
        "threesteps.limit",
        "threesteps.task",
        "threesteps.tasks",
    ],
    "threesteps_grading.reporting": [*COMMON, *WAY[:3], "threesteps.task", "threesteps.tasks", "threesteps.check"],
    "threesteps_grading.publishing": [*COMMON, "threesteps_grading.reading"],
    "threesteps_grading.cli": [*COMMON, *WAY, "threesteps_grading.publishing", "threesteps.tasks"],
    "threesteps_grading.__main__": ["threesteps_grading.cli"],
}


def module_name(path):
    return ".".join(path.relative_to(LIB).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path): path for path in sorted(LIB.rglob("*.py"))}


def room(name):
    """The room that a module belongs to."""
    if name.startswith("threesteps.mistakes."):
        return CATALOGUE
    return name if name in ROOMS else ".".join(name.split(".")[:2])


def imports(name):
    """The modules of the two packages that a module imports, at its top or inside of a function."""
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            parts = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (part if part in MODULES else node.module for part in parts)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_what_its_room_may(name):
    may = [room(name), *ROOMS[room(name)]]
    assert [one for one in imports(name) if room(one) not in may] == []


def test_the_rooms_stand_one_above_the_other():
    assert set(TopologicalSorter(ROOMS).static_order()) == ROOMS.keys()


def test_no_modules_import_each_other_in_a_circle():
    assert set(TopologicalSorter({name: imports(name) for name in MODULES}).static_order()) == MODULES.keys()
