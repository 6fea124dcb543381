"""What a class gets: the students' folder and zip worked in, an nbgrader course, an autograder, a workflow."""

import ast
import csv
import json
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest
from test_grade import contents, grade, rows
from test_nbgrader import filled_in, naive

from threesteps.tasks import POINTS
from threesteps_grading.cli import main
from threesteps_grading.publishing.students import GRADING_ONLY
from threesteps_grading.reading.notebook import read, to_text

ROOT = Path(__file__).parents[1]
SOLVED = sorted(path.stem.removeprefix("solution_") for path in (ROOT / "solutions").glob("*.ipynb"))


def release(*arguments, root=ROOT):
    return main(["release", *map(str, arguments), "--root", str(root)])


def run(*command, cwd, **environment):
    """The output of a command that has to succeed."""
    done = subprocess.run(
        list(map(str, command)), cwd=cwd, env=os.environ | environment, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=1800,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def released(tmp_path_factory):
    folder = tmp_path_factory.mktemp("released") / "die Klasse 张"
    assert release(folder) == 0
    return folder


# For students


def test_lessons_and_exercises_and_no_answers(released):
    files = contents(released)
    for folder, into in (("notebooks", "notebooks"), ("solutions", "exercises")):
        names = {path.name.replace("solution_", "exercise_") for path in (ROOT / folder).glob("*.ipynb")}
        assert {path.name for path in (released / into).iterdir()} == names
    for name in SOLVED:
        assert files[f"exercises/exercise_{name}.ipynb"] == (ROOT / "exercises" / f"exercise_{name}.ipynb").read_bytes()
    assert not [name for name in files if "grading" in name or "solution" in name or "tests" in name]
    assert not [name for name, data in files.items() if b"END SOLUTION" in data]
    assert not (released / ".github").exists()


def test_the_zip_holds_the_folder(released, tmp_path):
    with zipfile.ZipFile(released.with_name(f"{released.name}.zip")) as archive:
        archive.extractall(tmp_path)
    assert contents(tmp_path / released.name) == contents(released)


def test_the_same_bytes_from_another_clone_that_was_worked_in(released, tmp_path):
    clone = tmp_path / "clone"
    for name in ("notebooks", "solutions", "lib"):
        shutil.copytree(ROOT / name, clone / name)
    for name in ("requirements.txt", "pyproject.toml", ".gitattributes"):
        shutil.copy(ROOT / name, clone)
    (clone / "exercises").mkdir()
    (clone / "exercises" / "exercise_1a_neuron.ipynb").write_bytes(
        (ROOT / "solutions" / "solution_1a_neuron.ipynb").read_bytes()
    )
    (clone / "notebooks" / ".ipynb_checkpoints").mkdir()
    (clone / "notebooks" / ".ipynb_checkpoints" / "1a_neuron.ipynb").write_text("{}")
    (clone / "lib" / "threesteps" / "__pycache__").mkdir(exist_ok=True)
    (clone / "lib" / "threesteps" / "__pycache__" / "x.pyc").write_bytes(b"")
    assert release(tmp_path / released.name, root=clone) == 0
    assert contents(tmp_path / released.name) == contents(released)
    archives = [folder / f"{released.name}.zip" for folder in (tmp_path, released.parent)]
    assert archives[0].read_bytes() == archives[1].read_bytes()


def test_a_whole_folder_handed_in_is_graded_by_its_exercises(released, tmp_path, capsys):
    handed_in = shutil.copytree(released, tmp_path / "in" / "ana")
    (handed_in / "exercises" / "exercise_1a_neuron.ipynb").write_bytes(
        (ROOT / "solutions" / "solution_1a_neuron.ipynb").read_bytes()
    )
    (tmp_path / "in" / "bo").mkdir()
    shutil.copy(handed_in / "notebooks" / "1a_neuron.ipynb", tmp_path / "in" / "bo")
    assert grade(tmp_path / "in", tmp_path / "out") == 0
    ana = rows(tmp_path / "out", "gradebook.csv")[0]
    assert (ana["1a_neuron"], ana["total"]) == (f"{POINTS['1a_neuron']:g}",) * 2
    files = {row["path"]: row for row in rows(tmp_path / "out", "files.csv")}
    assert {row["outcome"] for path, row in files.items() if path.startswith("ana/exercises")} == {"graded"}
    assert {row["outcome"] for path, row in files.items() if path.startswith("ana/notebooks")} == {"ignored"}
    assert files["bo/1a_neuron.ipynb"]["outcome"] == "unreadable"
    assert "a lesson, not an exercise" in files["bo/1a_neuron.ipynb"]["notes"]


def test_one_assignment_alone(tmp_path):
    assert release(tmp_path / "week 1", "--exercise", "1a") == 0
    notebooks = {path.relative_to(tmp_path / "week 1").as_posix() for path in (tmp_path / "week 1").rglob("*.ipynb")}
    assert notebooks == {"exercises/exercise_1a_neuron.ipynb", "notebooks/1a_neuron.ipynb"}
    assert "root_dir=. exercises/exercise_1a_neuron.ipynb" in (tmp_path / "week 1" / "README.md").read_text(
        encoding="utf-8"
    )


def test_requirements_hold_what_the_library_imports_and_nothing_for_grading(released):
    text = (released / "requirements.txt").read_text() + (released / "pyproject.toml").read_text()
    assert not [name for name in GRADING_ONLY if name in text]
    imported = set()
    for path in (released / "lib").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(node.module.partition(".")[0])
    others = imported - set(sys.stdlib_module_names) - {"threesteps"}
    assert others and all(name.lower() in text for name in others), others


WORK = """
import importlib.util, json, sys
import nbformat
from nbclient import NotebookClient
import threesteps
assert threesteps.__file__.startswith(sys.prefix), threesteps.__file__
assert importlib.util.find_spec("threesteps_grading") is None
nb = nbformat.read(sys.argv[1], 4)
NotebookClient(nb, kernel_name="python3").execute()
checks = [cell for cell in nb.cells if cell.get("source", "").startswith("check(")]
print(json.dumps([cell.outputs[0]["data"]["text/plain"] for cell in checks]))
"""


def worked(python, folder):
    """The points of the checks of exercise 1a, worked in an environment of its own; the kernel is its Python, too."""
    solved = folder / "exercises" / "mine.ipynb"
    solved.write_text(to_text(filled_in("1a_neuron", ["sigmoid", "sigmoid_prime"])), encoding="utf-8")
    return json.loads(run(python, "-I", "-W", "ignore", "-c", WORK, solved, cwd=folder).splitlines()[-1])


def test_an_exercise_is_worked_where_the_release_alone_is_installed(released, tmp_path):
    folder = shutil.copytree(released, tmp_path / released.name)
    venv.create(tmp_path / "fresh", with_pip=False)
    python = tmp_path / "fresh" / ("Scripts" if os.name == "nt" else "bin") / "python"
    site = run(python, "-c", "import site; print(site.getsitepackages()[-1])", cwd=tmp_path).strip()
    # its dependencies are this environment's, without what only its .pth files add: the repository
    Path(site, "dependencies.pth").write_text("\n".join({p for p in sys.path if p.endswith("-packages")}))
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--target", site]
    run(sys.executable, "-m", "pip", "install", *options, ".", cwd=folder)
    assert worked(python, folder) == ["3.0", "0.0", "2.0", "5.0"]


@pytest.mark.slow
def test_an_exercise_is_worked_after_a_full_installation(released, tmp_path):
    folder = shutil.copytree(released, tmp_path / released.name)
    venv.create(tmp_path / "fresh", with_pip=True)
    python = tmp_path / "fresh" / ("Scripts" if os.name == "nt" else "bin") / "python"
    run(python, "-m", "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", "-r", "requirements.txt", cwd=folder)
    assert worked(python, folder) == ["3.0", "0.0", "2.0", "5.0"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "give OUT"),
        (["out", "--nbgrader", "course"], "give OUT"),
        (["--gradescope", "1a", "--exercise", "1b"], "give OUT"),
        (["full"], "is there already"),
        (["zipped"], "is there already"),
        (["out", "--root", "full"], "no solutions"),
        (["--nbgrader", "course", "--exercise", "1a"], "already there"),
        (["--gradescope", "1a", "zipped.zip"], "is there already"),
    ],
)
def test_wrong_use_is_said_and_nothing_is_overwritten(tmp_path, monkeypatch, capsys, arguments, words):
    for name in ("full/thesis.txt", "zipped.zip", "course/source/1a_neuron/mine.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("mine")
    before = contents(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["release", "--root", str(ROOT), *arguments]) == 2
    assert words in capsys.readouterr().err
    assert contents(tmp_path) == before


def test_an_unknown_exercise_is_told_with_those_there_are(capsys):
    with pytest.raises(SystemExit) as ended:
        release("out", "--exercise", "9z")
    assert ended.value.code == 2 and "1a_neuron" in capsys.readouterr().err


@pytest.mark.parametrize("repository", ["ana", "ana/", 'ana/x"; ls', "ana/a/b", "ána/x", "ana/x\n"])
def test_a_repository_has_an_owner_and_a_name(repository, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        release(str(tmp_path / "class"), "--ci", repository)
    assert ended.value.code == 2 and "OWNER/REPOSITORY" in capsys.readouterr().err


def test_a_faulty_solution_is_not_released(tmp_path, capsys):
    (tmp_path / "solutions").mkdir()
    (tmp_path / "solutions" / "solution_1a_neuron.ipynb").write_bytes(
        (ROOT / "exercises" / "exercise_1a_neuron.ipynb").read_bytes()
    )
    assert release(tmp_path / "out", root=tmp_path) == 1
    assert "has no solution region" in capsys.readouterr().out
    assert not (tmp_path / "out").exists() and not (tmp_path / "out.zip").exists()


# With nbgrader


def test_nbgrader_runs_on_the_course_and_its_points_agree(tmp_path):
    course = tmp_path / "der Kurs ä"
    assert release("--nbgrader", course) == 0
    assert sorted(path.name for path in (course / "source").iterdir()) == SOLVED
    handed_in = {
        "all": read(ROOT / "solutions" / "solution_1a_neuron.ipynb"),
        "zoë": naive(),
    }
    for student, nb in handed_in.items():
        path = course / "submitted" / student / "1a_neuron" / "1a_neuron.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(to_text(nb), encoding="utf-8")
    where = {
        "cwd": course,
        "JUPYTER_CONFIG_DIR": str(tmp_path / "config"),
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),  # it calls `alembic` by name
    }
    for command in ("generate_assignment", "autograde", "generate_feedback"):
        run(sys.executable, "-m", "nbgrader", command, "1a_neuron", **where)
    run(sys.executable, "-m", "nbgrader", "export", "--to", "grades.csv", **where)
    blank = course / "release" / "1a_neuron" / "1a_neuron.ipynb"
    assert "END SOLUTION" not in blank.read_text(encoding="utf-8")
    assert (course / "feedback" / "zoë" / "1a_neuron" / "1a_neuron.html").exists()
    with open(course / "grades.csv", encoding="utf-8", newline="") as file:
        theirs = {row["student_id"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)}
    assert grade(course / "submitted", tmp_path / "report") == 0
    ours = {r["student"]: (float(r["1a_neuron"]), float(r["max"])) for r in rows(tmp_path / "report", "gradebook.csv")}
    assert theirs == ours
    assert 0 < ours["zoë"][0] < ours["all"][0] == POINTS["1a_neuron"]
