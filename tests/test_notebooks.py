"""What every notebook of the course keeps to, and what it links to exists; how to write one is countable here."""

import ast
import re
import symtable
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest
from packaging.requirements import Requirement

from threesteps.tasks import EXERCISES as TASKS
from threesteps_grading.publishing.execute import PREDICT, TELLS, answers
from threesteps_grading.reading.notebook import KERNEL_METADATA, read, where

ROOT = Path(__file__).parents[1]
LESSONS, EXERCISES, SOLUTIONS = (
    sorted((ROOT / folder).glob("*.ipynb")) for folder in ("notebooks", "exercises", "solutions")
)
# No lessons in the narrow sense: the way in, and the exam.
FREER = ("0_start_here", "5_on_your_own")
STRICT = [path for path in LESSONS if path.stem not in FREER]
WIDEST = 88  # characters of a line of code, which a window of 900 pixels shows without scrolling
TEXT_SUFFIXES = {"", ".py", ".md", ".txt", ".toml", ".ipynb", ".yml", ".yaml", ".json", ".csv", ".html", ".cff", ".sh"}

MACHINE_PATH = re.compile(
    r"(?<![\w.:/<~-])/(?:home|root|tmp|usr|mnt|opt|var|work|private|Users)/\w|\b[A-Z]:\\\w|(?<!\w)~/\w"
)
NETWORK = re.compile(
    r"^\s*(?:import|from)\s+(?:urllib|http|requests|httpx|aiohttp|socket|ftplib)\b|\bfetch_\w+\("
    r"|^\s*[!%]+\s*(?:pip|conda|curl|wget|git)\b|\bread_csv\(.https?:|download=True",
    re.MULTILINE,
)
ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}")
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)|(?:href|src)=[\"']([^\"']+)[\"']")


def each(paths):
    return pytest.mark.parametrize("path", paths, ids=lambda path: str(path.relative_to(ROOT)))


def cells_of(path: Path, kind: str):
    """(how to name it, the cell) for each cell of the kind that isn't blank."""
    nb = read(path)
    return [(where(nb, i), cell) for i, cell in enumerate(nb.cells) if cell.cell_type == kind and cell.source.strip()]


def without_code(text: str) -> str:
    """Markdown without code blocks and code spans."""
    return re.sub(r"`[^`\n]+`", "", re.sub(r"^(`{3,}|~{3,}).*?^\1", "", text, flags=re.MULTILINE | re.DOTALL))


def words(text: str) -> int:
    """Words to read at once: not those of code blocks, tables, displayed formulas and folded details."""
    text = re.sub(r"^(`{3,}|~{3,}).*?^\1", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"<details.*?</details>|\$\$.*?\$\$|^\s*\|.*?$", "", text, flags=re.MULTILINE | re.DOTALL)
    return sum(any(character.isalnum() for character in word) for word in text.split())


def lines(code: str) -> int:
    return len(code.strip().split("\n"))


def sizes(path: Path, kind: str, measure) -> list[tuple[str, int]]:
    return [(place, measure(cell.source)) for place, cell in cells_of(path, kind)]


def anchors(path: Path) -> set[str]:
    """What opens a section: JupyterLab finds a cell by its id, a heading by its text only where it shows already."""
    return {f"cell-id={cell.id}" for _, cell in cells_of(path, "markdown") if HEADING.search(cell.source)}


@each(LESSONS)
def test_a_lesson_says_that_it_is_one(path):
    """It defines what exercises ask for, and may be handed in with a whole folder."""
    assert read(path).metadata.threesteps == {"lesson": path.stem}


def test_counting_words():
    counted = "One two — three.\n\n| a | b |\n|---|---|\n\n```python\nx = 1\n```\n\n$$\nz = 1\n$$\n"
    counted += "<details>a b\n\nc</details> four"
    assert words(counted) == 4


def test_what_would_be_a_machine_path_or_the_network():
    for text in ("open('/home/me/x')", "C:\\Users", "~/data", "/tmp/x"):
        assert MACHINE_PATH.search(text), text
    for text in ("a / b", "1/2", "https://a.org/home/x", "../home/x", "</tmp/>", "</var>", "and/or"):
        assert not MACHINE_PATH.search(text), text
    for text in (
        "import requests",
        "from urllib.request import urlopen",
        "!pip install x",
        "%pip install x",
        "fetch_openml(",
    ):
        assert NETWORK.search(text), text
    assert not NETWORK.search("import numpy as np  # as requests do\nsee = 'https://example.org'")


@each(LESSONS + EXERCISES + SOLUTIONS)
def test_every_notebook(path):
    """Valid, cell ids of its own, no trace of a machine, no network, small enough to load."""
    nb = read(path)
    assert len({cell.id for cell in nb.cells}) == len(nb.cells), "cell ids twice"
    assert {key: nb.metadata.get(key) for key in KERNEL_METADATA} == KERNEL_METADATA, "run `threesteps execute`"
    assert "widgets" not in nb.metadata and path.stat().st_size < 1_500_000
    for i, cell in enumerate(nb.cells):
        assert not cell.metadata.keys() & {"execution", "ExecuteTime"}, (
            f"{where(nb, i)}: times; run `threesteps execute`"
        )
        texts = [cell.source]
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            assert "application/vnd.jupyter.widget-view+json" not in data, f"{where(nb, i)}: a widget's view is stored"
            texts += [output.get("text", "")] + [value for mime, value in data.items() if mime.startswith("text/")]
        for text in texts:
            assert not MACHINE_PATH.search(text), (
                f"{where(nb, i)}: {MACHINE_PATH.search(text)[0]!r} is a machine's path"
            )
            assert not ADDRESS.search(text), f"{where(nb, i)}: an address, another in every run"
        assert cell.cell_type != "code" or not NETWORK.search(cell.source), f"{where(nb, i)}: uses the network"


@each(LESSONS + SOLUTIONS)
def test_what_a_run_leaves(path):
    """Run from 1 upwards without error or stderr; each figure with alternative text, its caption right under it."""
    for count, (place, cell) in enumerate(cells_of(path, "code"), start=1):
        assert cell.execution_count == count, f"{place}: was executed as [{cell.execution_count}], not as [{count}]"
        for output in cell.outputs:
            assert output.output_type != "error", f"{place}: an error is stored"
            assert output.get("name") != "stderr", f"{place}: stderr is stored"
            assert "too slow for what is asked" not in str(output), f"{place}: the machine was too busy; run it again"
            shown = "".join(output.get("data", {}).get("text/html", ""))
            assert "image/png" not in output.get("data", {}), f"{place}: a bare image, without alternative text"
            for image, below in re.findall("<img([^>]*)>(.{0,16})", shown):
                assert re.search('alt="[^"]{3,}"', image), f"{place}: a figure without alternative text"
                assert below.startswith("<figcaption>"), f"{place}: a figure without a caption under it"


@each(LESSONS)
def test_answers_wait_until_they_are_asked_for(path):
    nb = read(path)
    folded = [cell for cell in nb.cells if cell.metadata.get("jupyter", {}).get("outputs_hidden")]
    assert folded == answers(nb), "run `threesteps execute`"
    assert len(folded) == sum(PREDICT in cell.source for cell in nb.cells if cell.cell_type == "markdown")
    assert all(cell.metadata.jupyter.get("source_hidden") for cell in folded if TELLS.search(cell.source))


@each(LESSONS + SOLUTIONS)
def test_a_loop_leaves_the_names_of_other_cells_alone(path):
    """Cells may be run again in any order: a loop's variable is none that another cell takes from elsewhere."""
    code = cells_of(path, "code")
    for place, cell in code:
        for other_place, other in code:
            if other is not cell:
                spoilt = loop_variables(ast.parse(cell.source)) & needed(other.source)
                assert not spoilt, f"{place}: its loop changes {spoilt}, which {other_place} needs"


def loop_variables(tree: ast.AST) -> set[str]:
    """The variables of a cell's own for loops, not of those inside functions."""
    found = set()
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda)):
            found |= loop_variables(node)
        if isinstance(node, ast.For):
            found |= {part.id for part in ast.walk(node.target) if isinstance(part, ast.Name)}
    return found


def needed(source: str) -> set[str]:
    """The names that a cell takes from other cells."""
    cell = symtable.symtable(source, "cell", "exec")

    def used(table):
        mine = {s.get_name() for s in table.get_symbols() if s.is_referenced() and (table is cell or s.is_global())}
        return mine.union(*map(used, table.get_children()))

    return used(cell) - {s.get_name() for s in cell.get_symbols() if s.is_assigned() or s.is_imported()}


def test_no_two_notebooks_share_a_name():  # or the tabs of a lesson and its exercise would be equal
    names = {path.name for path in LESSONS + EXERCISES + SOLUTIONS}
    assert len(names) == len(LESSONS + EXERCISES + SOLUTIONS)


@each(STRICT)
def test_a_lesson_ends_with_the_tasks_of_its_exercise(path):
    [line] = re.findall(r"\*\*Now you:\*\*(.*)", "\n".join(cell.source for _, cell in cells_of(path, "markdown")))
    assert {task.name for task in TASKS[path.stem]} == set(re.findall(r"`(\w+)`", line))


@each(EXERCISES)
def test_exercises_hold_nothing_of_a_run(path):
    assert read(path).metadata.threesteps == {"exercise": path.stem.removeprefix("exercise_")}
    for place, cell in cells_of(path, "code"):
        assert cell.outputs == [] and cell.execution_count is None, f"{place}: holds outputs or a count"


@each(EXERCISES + SOLUTIONS)
def test_exercises_use_of_the_package_only_what_checks_loads_and_draws(path):
    names = r"(?:(?:check|load_digits|draw)(?:, )?)+"
    allowed = rf"from threesteps import {names}|from threesteps\.draw import .+|import threesteps\.draw.*"
    for place, cell in cells_of(path, "code"):
        for line in re.findall(r"^\s*((?:from|import) threesteps.*)$", cell.source, re.MULTILINE):
            assert re.fullmatch(allowed, line), f"{place}: {line}"


@each(LESSONS + EXERCISES + SOLUTIONS)
def test_links_lead_somewhere(path):
    broken = []
    for place, cell in cells_of(path, "markdown"):
        for link in filter(None, (a or b for a, b in LINK.findall(without_code(cell.source)))):
            if re.match(r"[a-z][a-z0-9+.-]*:", link):
                continue  # http:, mailto:, attachment:
            file, _, anchor = unquote(link).partition("#")
            target = (path.parent / file).resolve() if file else path
            if not target.is_relative_to(ROOT) or not target.exists():
                broken.append(f"{place}: {link}: no such file")
            elif anchor and target.suffix == ".ipynb" and anchor not in anchors(target):
                broken.append(f"{place}: {link}: not #cell-id=… of a cell with a heading")
    assert not broken, "\n".join(broken)


@each(LESSONS)
def test_lessons_come_in_small_pieces(path):
    low, high = (15 if path.stem in FREER else 25), 45
    nb, found = read(path), []
    if not low <= len(nb.cells) <= high:
        found.append(f"{len(nb.cells)} cells; a lesson has {low} to {high}")
    found += [f"{place}: {n} words; at most 90" for place, n in sizes(path, "markdown", words) if n > 90]
    found += [f"{place}: {n} lines; at most 20" for place, n in sizes(path, "code", lines) if n > 20]
    assert not found, "\n".join(found)


@each(LESSONS + EXERCISES + SOLUTIONS)
def test_code_fits_a_narrow_window(path):
    found = [f"{place}: {line}" for place, cell in cells_of(path, "code") for line in cell.source.split("\n")
             if len(line) > WIDEST]  # fmt: skip
    assert not found, "\n".join(found)


@each(STRICT)
def test_lessons_say_what_for_let_predict_and_look_back(path):
    text = "\n".join(cell.source for _, cell in cells_of(path, "markdown"))
    assert {"What you will be able to do", "Recap", "Ask yourself"} <= set(HEADING.findall(text))
    assert text.count("**Predict.**") >= 3


def test_requirements_hold_what_the_package_needs_with_the_same_bounds():
    lines = [line.partition("#")[0].strip() for line in (ROOT / "requirements.txt").read_text().splitlines()]
    required = [Requirement(line) for line in lines if line and not line.startswith("-")]
    bounds = {requirement.name: requirement.specifier for requirement in required}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = [Requirement(line) for line in project["dependencies"] + project["optional-dependencies"]["grade"]]
    assert {requirement.name: requirement.specifier for requirement in needed}.items() <= bounds.items()


def test_text_files_end_their_lines_with_lf():
    hidden = {".ci", ".github"}
    ours = [path for path in ROOT.iterdir() if not path.name.startswith((".venv", ".git", "submissions", "report"))]
    ours = [path for path in ours if path.is_file() or path.name in hidden or not path.name.startswith(".")]
    files = [file for path in ours for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()]
    texts = [file for file in files if file.suffix in TEXT_SUFFIXES and not {"build", "dist"} & set(file.parts)]
    assert ROOT / "pyproject.toml" in texts and ROOT / "Makefile" in texts
    assert [str(file.relative_to(ROOT)) for file in texts if b"\r\n" in file.read_bytes()] == []
