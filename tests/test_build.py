"""`threesteps build`: exercises are byte-reproducible, leak no answer, and a broken solution is refused by cell."""

import json
from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import v4

from threesteps_grading import Refused
from threesteps_grading.cli import main
from threesteps_grading.files import write
from threesteps_grading.publishing.build import build, clear, exercise_text
from threesteps_grading.reading.notebook import to_text

NAME = "1a_neuron"
COURSE = {NAME: {"sigmoid": 3, "affine": 2.5}, "1b_network": {"network": 4}}
ANSWER = {"cell_type": "code", "grade": False, "locked": False, "schema_version": 3, "solution": True, "task": False}


def answer_cell(task: str, source: str):
    return v4.new_code_cell(source, id=f"answer-{task}", metadata={"nbgrader": ANSWER | {"grade_id": task}})


def check_cell(task: str, points: float):
    meta = ANSWER | {"grade_id": f"check_{task}", "grade": True, "locked": True, "solution": False, "points": points}
    metadata = {"nbgrader": meta, "editable": False, "deletable": False}
    output = v4.new_output("execute_result", {"text/plain": str(points)}, execution_count=1)
    return v4.new_code_cell(f'check("{task}")', id=f"check-{task}", metadata=metadata, outputs=[output])


def good():
    """A solution with what makes one tricky: two regions in a cell, deep indentation, magics, unicode, attachments."""
    cells = [
        v4.new_markdown_cell(
            "# One neuron: σ, ∂ and 反向传播", id="title", attachments={"a.png": {"image/png": "AA=="}}
        ),
        v4.new_code_cell("%matplotlib inline\nimport numpy as np\n\nfrom threesteps import check", id="setup"),
        v4.new_markdown_cell("<details><summary>Hint</summary>\n\nTwo cases.\n\n</details>", id="hint"),
        answer_cell(
            "sigmoid",
            'def sigmoid(z):\n    """σ(z)"""\n    ### BEGIN SOLUTION\n    secret_one = np.exp(-np.abs(z))\n'
            "    return np.where(z >= 0, 1, secret_one) / (1 + secret_one)\n    ### END SOLUTION",
        ),
        check_cell("sigmoid", 3),
        answer_cell(
            "affine",
            "def affine(X, W, b):\n    if X.ndim == 1:\n        ### BEGIN SOLUTION\n        return W @ X + b  # σ\n"
            "        ### END SOLUTION\n    total = 0\n    ### BEGIN SOLUTION\n\n    total = X @ W.T + b\n"
            "    return total\n    ### END SOLUTION  \n",
        ),
        check_cell("affine", 2.5),
        v4.new_code_cell("", id="room"),
    ]
    cells[2].metadata["scrolled"] = True
    cells[3].metadata.update(execution={"iopub.status.busy": "2026-01-01"}, tags=["answer"])
    metadata = {"threesteps": {"exercise": NAME}, "widgets": {}, "language_info": {"name": "python", "version": "3.99"}}
    nb = v4.new_notebook(cells=cells, metadata=metadata)
    run = [cell for cell in nb.cells if cell.cell_type == "code" and cell.source]
    for count, cell in enumerate(run, start=1):
        cell.execution_count = count
    return nb


def refusal(tmp_path: Path, nb, name: str = NAME) -> list[str]:
    path = tmp_path / f"solution_{name}.ipynb"
    path.write_text(nb if isinstance(nb, str) else to_text(nb), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        exercise_text(path, COURSE)
    return refused.value.problems


@pytest.fixture
def root(tmp_path):
    write(tmp_path / "solutions" / f"solution_{NAME}.ipynb", to_text(good()))
    return tmp_path


def test_the_exercise_is_the_solution_with_stubs_and_without_outputs(root):
    assert build(root, COURSE) == []
    raw = (root / "exercises" / f"exercise_{NAME}.ipynb").read_bytes()
    text, exercise, solution = raw.decode(), nbformat.reads(raw.decode(), 4), good()
    nbformat.validate(exercise)
    assert [cell.id for cell in exercise.cells] == [cell.id for cell in solution.cells]
    assert exercise.cells[3].source == (
        'def sigmoid(z):\n    """σ(z)"""\n    # YOUR CODE HERE\n    raise NotImplementedError()'
    )
    assert exercise.cells[3].metadata == {"nbgrader": solution.cells[3].metadata.nbgrader, "tags": ["answer"]}
    assert exercise.cells[4].metadata == solution.cells[4].metadata
    assert exercise.cells[0].attachments == solution.cells[0].attachments
    assert exercise.cells[2].metadata == {}
    code = [cell for cell in exercise.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert exercise.metadata.keys() == {"kernelspec", "language_info", "threesteps"}
    assert exercise.metadata.kernelspec.name == "python3" and "version" not in exercise.metadata.language_info
    assert b"\r" not in raw and text.endswith("}\n") and "反向传播" in text
    assert "SOLUTION" not in text and "secret" not in text and "X @ W.T" not in text and "W @ X" not in text


def test_the_exercise_depends_on_nothing_but_what_the_solution_says(root):
    build(root, COURSE)
    first = (root / "exercises" / f"exercise_{NAME}.ipynb").read_bytes()
    assert build(root, COURSE) == [] == build(root, COURSE, check=True)
    rerun = good()  # other outputs, written by another front end on another Python
    rerun.cells[4].outputs = []
    rerun.metadata.language_info.version = "3.14.1"
    (root / "solutions" / f"solution_{NAME}.ipynb").write_text(json.dumps(rerun), encoding="utf-8")
    build(root, COURSE)
    assert (root / "exercises" / f"exercise_{NAME}.ipynb").read_bytes() == first


def test_the_stub_is_nbgraders_own(root):
    from nbgrader.preprocessors import ClearSolutions

    theirs, _ = ClearSolutions().preprocess(good(), {})
    build(root, COURSE)
    ours = nbformat.read(root / "exercises" / f"exercise_{NAME}.ipynb", 4)
    answers = [i for i, cell in enumerate(theirs.cells) if cell.metadata.get("nbgrader", {}).get("solution")]
    assert [ours.cells[i].source for i in answers] == [theirs.cells[i].source for i in answers]


LINE = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(st.sampled_from(["", " ", "    ", "\t"]), st.lists(LINE, max_size=3), LINE), max_size=4))
def test_no_line_of_a_region_survives_and_every_other_does(regions):
    from nbgrader.preprocessors import ClearSolutions

    lines = ["def f():"]
    for indent, hidden, shown in regions:
        lines += [f"{indent}### BEGIN SOLUTION", *(f"{indent}SECRET{line}" for line in hidden)]
        lines += [f"{indent}### END SOLUTION", f"{indent}OPEN{shown}"]
    source = "\n".join(lines)
    cell = answer_cell("f", source)
    if regions:  # nbgrader turns an answer cell without any into a bare stub; we refuse it
        ClearSolutions().preprocess_cell(cell, {"language": "python"}, 0)
    cleared, found = clear(source)
    assert cleared == cell.source and "SECRET" not in cleared and "SOLUTION" not in cleared
    assert [line for line in cleared.split("\n") if "OPEN" in line] == [line for line in lines if "OPEN" in line]
    assert sum(map(len, found)) == sum("SECRET" in line for line in lines)


def change(index: int, old: str, new: str):
    def mutate(nb):
        assert old in nb.cells[index].source
        nb.cells[index].source = nb.cells[index].source.replace(old, new)

    return mutate


def put(index: int, cell):
    return lambda nb: nb.cells.insert(index, cell)


def meta(index: int, **values):
    return lambda nb: nb.cells[index].metadata.nbgrader.update(values)


SETUP = "cell 2 (setup)"
HINT = "cell 3 (hint)"
ANSWER_CELL = "cell 4 (answer-sigmoid, sigmoid)"
CHECK_CELL = "cell 5 (check-sigmoid, check_sigmoid)"
AFFINE_CELL = "cell 6 (answer-affine, affine)"
MUTATIONS = {
    "unclosed": (change(3, "    ### END SOLUTION", ""), ANSWER_CELL, "BEGIN SOLUTION without END"),
    "unopened": (change(3, "    ### BEGIN SOLUTION\n", ""), ANSWER_CELL, "END SOLUTION without"),
    "nested": (change(3, "    return", "    ### BEGIN SOLUTION\n    return"), ANSWER_CELL, "BEGIN SOLU"),
    "misspelt": (change(3, "### BEGIN", "#BEGIN"), ANSWER_CELL, "'#BEGIN SOLUTION' is no marker"),
    "misspelt end": (change(3, "### END SOL", "### End Sol"), ANSWER_CELL, "'### End SolUTION' is no marker"),
    "two spaces": (change(3, "N SOLUTION", "N  SOLUTION"), ANSWER_CELL, "'### BEGIN  SOLUTION' is"),
    "on one line": (change(3, "N SOLUTION\n", "N SOLUTION ### END SOLUTION\n"), ANSWER_CELL, "'### B"),
    "marker in markdown": (change(2, "Two cases.", "### BEGIN SOLUTION\nx\n### END SOLUTION"), HINT, "a solution reg"),
    "one marker in markdown": (change(2, "Two cases.", "# END SOLUTION"), HINT, "'# END SOLUTION' is no marker"),
    "region in other code": (change(1, "import numpy as np", "### BEGIN SOLUTION\n### END SOLUTION"), SETUP, "a"),
    "region in a check": (
        change(4, "check(", "### BEGIN SOLUTION\n### END SOLUTION\ncheck("),
        CHECK_CELL,
        "a solution region",
    ),
    "marker in metadata": (lambda nb: nb.cells[1].metadata.update(tags=["END SOLUTION"]), SETUP, "a solution mar"),
    "no region": (lambda nb: nb.cells[3].update(source=clear(nb.cells[3].source)[0]), ANSWER_CELL, "has"),
    "empty region": (
        lambda nb: nb.cells[3].update(source='def sigmoid(z):\n    "σ"\n    ### BEGIN SOLUTION\n    ### END SOLUTION'),
        ANSWER_CELL,
        "has no solution region, or an empty one",
    ),
    "answer shown in a hint": (change(2, "Two cases.", "secret_one = np.exp(-np.abs(z))"), HINT, "shows a line of"),
    "short answer given": (
        put(2, v4.new_code_cell("def f():\n    return W @ X + b  # σ", id="given", execution_count=2)),
        "cell 3 (given)",
        "shows a line of the answer to 'affine': return W @ X + b",
    ),
    "duplicate grade_id": (
        put(7, answer_cell("sigmoid", good().cells[3].source)),
        "cell 8 (answer-sigmoid, sigmoid)",
        "cell 4 has",
    ),
    "duplicate cell id": (lambda nb: nb.cells[2].update(id="title"), "cell 3 (title)", "cell 1 has the same id"),
    "missing cell id": (lambda nb: nb.cells[2].pop("id"), "cell 3", "not valid: 'id' is a required property"),
    "old format": (lambda nb: nb.update(nbformat_minor=4), "", "notebook format 4.4 has no cell ids"),
    "not valid": (lambda nb: nb.cells[1].update(execution_count="1"), "cell 2", "not valid: '1' is not"),
    "no check cell": (lambda nb: nb.cells.pop(4), "", "task 'sigmoid' has no check cell"),
    "no answer cell": (lambda nb: nb.cells.pop(3), "", "task 'sigmoid' has no answer cell"),
    "check cell elsewhere": (
        lambda nb: nb.cells.insert(3, nb.cells.pop(2)),
        "cell 3 (answer-sigmoid, sigmoid)",
        "the check cell of 'sigmoid' doesn't follow it directly",
    ),
    "other check": (change(4, "sigmoid", "affine"), CHECK_CELL, 'it must be a code cell with check("sig'),
    "check and more": (change(4, ")", "); x = 1"), CHECK_CELL, "it must be a code cell with check("),
    "unlocked check": (meta(4, locked=False), CHECK_CELL, "nbgrader's locked is False, not True"),
    "editable check": (lambda nb: nb.cells[4].metadata.update(editable=True), CHECK_CELL, "its metadata"),
    "deletable check": (lambda nb: nb.cells[4].metadata.pop("deletable"), CHECK_CELL, "its metadata"),
    "other points": (meta(4, points=4), CHECK_CELL, "nbgrader's points is 4, not 3"),
    "answer with points": (meta(3, points=3), ANSWER_CELL, "nbgrader's points is 3, not None"),
    "answer is no solution cell": (meta(3, solution=False), ANSWER_CELL, "nbgrader's solution is False"),
    "old nbgrader schema": (meta(3, schema_version=1), ANSWER_CELL, "nbgrader's schema_version is 1"),
    "unknown task": (meta(3, grade_id="tanh"), "cell 4 (answer-sigmoid, tanh)", "'tanh' is no task of this exercise"),
    "a task of another exercise": (
        meta(3, grade_id="network"),
        "cell 4 (answer-sigmoid, network)",
        "'network' is no task",
    ),
    "nbgrader cell without a name": (
        lambda nb: nb.cells[3].metadata.nbgrader.pop("grade_id"),
        "cell 4 (answer-sigmoid)",
        "None is",
    ),
    "def inside of the region": (
        change(
            3,
            'def sigmoid(z):\n    """σ(z)"""\n    ### BEGIN SOLUTION',
            '### BEGIN SOLUTION\ndef sigmoid(z):\n    """σ(z)"""',
        ),
        ANSWER_CELL,
        "'def sigmoid(…):' must stand in it once",
    ),
    "another def": (change(3, "def sigmoid", "def sigma"), ANSWER_CELL, "'def sigmoid(…):' must stand"),
    "stub does not parse": (
        change(3, "    ### BEGIN", "  ### BEGIN"),
        ANSWER_CELL,
        "the stub made of it is not",
    ),
    "answer does not parse": (change(3, "np.abs(z))", "np.abs(z)"), ANSWER_CELL, "is not Python: line 4"),
    "stub raises when run": (
        change(3, "    ### END SOLUTION", "    ### END SOLUTION\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION"),
        ANSWER_CELL,
        "its region must stand inside of a function",
    ),
    "bound twice in its cell": (
        change(3, "    ### END SOLUTION", "    ### END SOLUTION\n\n\nsigmoid = np.vectorize(sigmoid)"),
        ANSWER_CELL,
        "binds 'sigmoid' a second time",
    ),
    "bound by =": (change(1, "import numpy as np", "sigmoid = None"), SETUP, "binds 'sigmoid'; only its"),
    "bound by import": (change(1, "import check", "import check as affine"), SETUP, "binds 'affine'; only its"),
    "bound by def": (change(1, "import numpy as np", "def affine(): ..."), SETUP, "binds 'affine'; only its"),
    "bound by global": (
        change(1, "import numpy as np", "def f():\n    global affine\n    affine = 1"),
        SETUP,
        "binds 'aff",
    ),
    "bound by for": (change(1, "import numpy as np", "for affine in []: pass"), SETUP, "binds 'affine'; only its"),
    "deleted": (change(1, "import numpy as np", "del affine"), SETUP, "binds 'affine'; only its"),
    "bound in another answer": (change(5, "total = X", "total = 1\n\nsigmoid = X"), AFFINE_CELL, ""),
    "no Python": (change(1, "import numpy as np", "import numpy as"), SETUP, "is not Python: line 2"),
    "no metadata": (lambda nb: nb.metadata.pop("threesteps"), "", "the notebook's metadata must have"),
    "other name": (
        lambda nb: nb.metadata.threesteps.update(exercise="1b_network"),
        "",
        "the notebook's metadata must have",
    ),
    "not run": (lambda nb: nb.cells[3].update(execution_count=None), ANSWER_CELL, "was executed as [None]"),
    "run out of order": (lambda nb: nb.cells[3].update(execution_count=7), ANSWER_CELL, "was executed as [7]"),
    "an error output": (
        lambda nb: nb.cells[1].outputs.append(v4.new_output("error", ename="E", evalue="", traceback=[])),
        SETUP,
        "its output is an error",
    ),
}


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_broken_solution_is_refused_with_its_cell_and_nothing_is_written(root, capsys, mutation):
    mutate, place, message = MUTATIONS[mutation]
    nb = good()
    mutate(nb)
    write(root / "solutions" / f"solution_{NAME}.ipynb", to_text(nb))
    sound = v4.new_notebook(metadata={"threesteps": {"exercise": "2a_fine"}})
    write(root / "solutions" / "solution_2a_fine.ipynb", to_text(sound))
    problems = build(root, COURSE | {"2a_fine": {}})
    start = f"solutions/solution_{NAME}.ipynb: " + (f"{place}: " if place else "") + message
    assert any(problem.startswith(start) for problem in problems), problems
    assert all("\n" not in problem for problem in problems)
    assert not (root / "exercises").exists()


def test_the_good_solution_is_not_refused_for_what_a_teacher_may_well_write(root):
    nb = good()
    for cell in nb.cells[1:4]:
        cell.source = cell.source.replace("Two cases.", "Let the end be near: the solution begins with two cases.")
    nb.cells[1].source += "\n\n\ndef plot(sigmoid):\n    affine = sigmoid\n    return affine"  # local names
    nb.cells[1].source += "\n\n\ndef f():\n    total = 0\n    return total"  # a short line that an answer has too
    write(root / "solutions" / f"solution_{NAME}.ipynb", to_text(nb))
    assert build(root, COURSE) == []


def test_all_problems_come_in_one_go(tmp_path):
    nb = good()
    nb.cells[3].source = "x = 1"
    nb.cells[4].metadata.nbgrader.points = 1
    nb.cells[4].metadata.editable = True
    nb.cells[5].execution_count = None
    nb.metadata.threesteps.exercise = "x"
    assert len(refusal(tmp_path, nb)) == 6  # no region and no def are two


def test_a_solution_is_named_after_its_exercise(root):
    (root / "solutions" / f"solution_{NAME}.ipynb").rename(root / "solutions" / f"{NAME}.ipynb")
    assert build(root, COURSE) == [f"solutions/{NAME}.ipynb: its file must be named solution_{NAME}.ipynb"]


def test_what_is_no_notebook_at_all(tmp_path):
    for text in ("", "{", "[]", "{}", "null", '{"nbformat": "4", "nbformat_minor": 5}'):
        assert len(refusal(tmp_path, text)) == 1
    (tmp_path / f"solution_{NAME}.ipynb").write_bytes(b"\xff\xfe{}")
    with pytest.raises(Refused, match="not a notebook: UnicodeDecodeError"):
        exercise_text(tmp_path / f"solution_{NAME}.ipynb", COURSE)
    nb = good()
    nb.metadata.threesteps = nb.cells[3].metadata.nbgrader = nb.cells[4].metadata.nbgrader = "?"
    assert len(refusal(tmp_path, nb)) == 7


def test_an_exercise_that_the_course_does_not_have(tmp_path):
    nb = good()
    nb.metadata.threesteps.exercise = "9_more"
    assert refusal(tmp_path, nb, "9_more")[0] == "the course has no exercise '9_more': it has 1a_neuron, 1b_network"


def test_check_lists_what_is_stale_missing_and_superfluous_and_writes_nothing(root):
    path = root / "exercises" / f"exercise_{NAME}.ipynb"
    assert build(root, COURSE, check=True) == [f"exercises/exercise_{NAME}.ipynb: missing; run `threesteps build`"]
    assert not path.exists()
    build(root, COURSE)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (root / "exercises" / "old.ipynb").write_text("{}")
    kept = path.read_bytes()
    assert build(root, COURSE, check=True) == [
        f"exercises/exercise_{NAME}.ipynb: stale; run `threesteps build`",
        "exercises/old.ipynb: superfluous, it has no solution; remove it",
    ]
    assert path.read_bytes() == kept
    assert len(build(root, COURSE)) == 1 and (root / "exercises" / "old.ipynb").exists()  # never deletes


def test_the_command(root, capsys, monkeypatch):
    (root / "solutions" / f"solution_{NAME}.ipynb").unlink()
    assert main(["build", "--root", str(root)]) == 0
    assert main(["build", "--check", "--root", str(root)]) == 0
    (root / "exercises").mkdir()
    (root / "exercises" / "old.ipynb").write_text("{}")
    capsys.readouterr()
    assert main(["build", "--check", "--root", str(root)]) == 1
    assert capsys.readouterr().out == "exercises/old.ipynb: superfluous, it has no solution; remove it\n"
    monkeypatch.chdir(root / "exercises")
    assert main(["build"]) == 2
    assert "no folder 'solutions' in .: run at the repository's root" in capsys.readouterr().err


USES = [([], 2), (["bake"], 2), (["--help"], 0), (["build", "-h"], 0), (["--version"], 0)]


@pytest.mark.parametrize(("arguments", "code"), USES)
def test_usage(capsys, arguments, code):
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == code
    shown = capsys.readouterr()
    assert bool(shown.err) == (code == 2) and "Traceback" not in shown.err
