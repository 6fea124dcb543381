"""`threesteps progress`: a learner's own exercises, and what is next; and the habits of the command line."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import HONEST, notebook
from test_grade import WRONG, fails
from test_nbgrader import filled_in

from threesteps.task import missing
from threesteps.tasks import EXERCISES
from threesteps_grading.apart import protect
from threesteps_grading.cli import main
from threesteps_grading.judging import Engine
from threesteps_grading.judging.batch import TASKS_OF
from threesteps_grading.judging.results import record
from threesteps_grading.reading.notebook import to_text
from threesteps_grading.reading.submission import submissions
from threesteps_grading.reporting import progress

pytestmark = pytest.mark.usefixtures("warm")

ROOT = Path(__file__).parents[1]
ALL = f"{sum(task.points for tasks in EXERCISES.values() for task in tasks):g}"


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A learner's exercises: 1a done, 1b with its first task solved, 1c as it was, 2a broken."""
    folder = tmp_path / "meine Übungen 张" / "exercises"
    folder.mkdir(parents=True)
    (folder / "1a_neuron.ipynb").write_bytes(notebook(HONEST))
    shutil.copy(ROOT / "exercises" / "exercise_1c_softmax.ipynb", folder)
    first = EXERCISES["1b_network"][0].name
    (folder / "exercise_1b_network.ipynb").write_text(to_text(filled_in("1b_network", [first])), encoding="utf-8")
    (folder / "2a_cross_entropy.ipynb").write_text("{")
    monkeypatch.chdir(folder.parent)
    return folder


def said(capsys):
    return {line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line.strip()}


def test_what_is_done_and_what_is_next(mine, capsys):
    assert main(["progress"]) == 0
    lines = said(capsys)
    assert list(lines)[: len(EXERCISES)] == list(EXERCISES)
    second = EXERCISES["1b_network"][1].name
    assert lines["1a_neuron"].endswith("8 of 8   done")
    assert lines["1b_network"].endswith(f"{second}: not solved yet")
    assert lines["1c_softmax"].endswith("not begun")
    assert lines["2a_cross_entropy"].endswith("can't be read")
    assert lines["2b_total_loss"].endswith("no file")
    points = f"{8 + EXERCISES['1b_network'][0].points:g}"
    assert lines["1"] == f"1 of {len(EXERCISES)} exercises done, {points} of {ALL} points."
    assert lines["Next:"] == f"Next: {Path('exercises', 'exercise_1b_network.ipynb')}, task {second}: not solved yet."
    assert "2a_cross_entropy.ipynb can't be read: the file ends too early, line 1" in lines.values()


def test_what_the_judge_failed_on_is_nobodys_fault(mine, capsys, monkeypatch):
    monkeypatch.setattr(Engine, "open", fails)
    assert main(["progress", "--markdown"]) == 0
    told = capsys.readouterr().out
    assert "| 1a_neuron | 0 of 8 | could not be judged: try again |" in told and "Next:" not in told


def test_what_is_wrong_is_said_and_the_best_of_several_files_counts(mine, capsys):
    (mine / "1a_neuron.ipynb").write_bytes(notebook(WRONG))
    assert main(["progress"]) == 0
    lines = said(capsys)
    assert lines["Next:"].endswith("task affine: not right yet.")
    assert "rows and columns have to be swapped first" in " ".join(lines.values())
    (mine / "1a_neuron (copy).ipynb").write_bytes(notebook(HONEST))
    assert main(["progress", str(mine)]) == 0
    assert said(capsys)["1a_neuron"].endswith("done")


def test_an_exercise_is_told_as_soon_as_it_and_those_before_it_are_judged(mine, monkeypatch):
    """Files are judged in any order; 1b comes last here."""
    seen = []

    def grade(folder, out, options, workers, tell):
        found = submissions(folder, TASKS_OF)
        records = [record(one, [missing(task, "") for task in EXERCISES.get(one.exercise, ())]) for one in found]
        order = sorted(range(len(found)), key=lambda i: (found[i].exercise == "1b_network", i))
        for n in range(len(order) + 1):
            tell([records[i] for i in order[:n]], [found[i] for i in order[n:]])
            seen.append(len(told))

    told = []
    monkeypatch.setattr(sys.modules["threesteps_grading.reporting.progress"], "grade", grade)
    assert progress(mine, 1, told.append) == told
    assert seen[0] == 0 and seen[-2] == 1 and seen[-1] == len(EXERCISES)


def test_markdown(mine, capsys):
    assert main(["progress", "--markdown"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == ["| exercise | points | |", "|---|---|---|", "| 1a_neuron | 8 of 8 | done |"]


def test_colours_on_a_terminal_alone(mine, capsys, monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert main(["progress"]) == 0
    assert "\033" not in capsys.readouterr().out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["progress"]) == 0
    assert "\033[32m1a_neuron" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    assert main(["progress"]) == 0
    assert "\033" not in capsys.readouterr().out


def test_it_runs_where_nothing_can_be_confined(mine, capsys, monkeypatch):
    monkeypatch.setattr(protect, "missing", lambda: ["a thing"])
    assert main(["progress"]) == 0
    done = capsys.readouterr()
    assert "8 of 8   done" in done.out and done.err == ""


def test_no_exercises(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["progress"]) == 2
    assert "run in the course's folder" in capsys.readouterr().err


# The command's habits


def test_help_has_examples_and_version_tells(capsys):
    for arguments in ([], *[[name] for name in ("grade", "merge", "report", "progress", "release", "build")]):
        with pytest.raises(SystemExit) as ended:
            main([*arguments, "--help"])
        assert ended.value.code == 0
        assert not arguments or f"examples:\n  threesteps {arguments[0]}" in capsys.readouterr().out
    capsys.readouterr()
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out.startswith("threesteps ")


def test_letters_that_the_terminal_lacks_end_nothing(mine, tmp_path):
    """What is printed holds the folder's name; the terminal is one of 1980."""
    command = [sys.executable, "-X", "utf8=0", "-m", "threesteps_grading", "progress", str(mine)]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, timeout=1800)
    assert done.returncode == 0 and done.stderr == b""
    assert b"meine ?bungen ?" in done.stdout


# On a CI service


@pytest.mark.skipif(os.name == "nt", reason="the workflow runs on Linux")
def test_the_workflows_steps(mine, tmp_path):
    """Each `run` as it stands, in a student's repository; `pip` installs the course into a folder, without its
    dependencies, which are here."""
    yaml = pytest.importorskip("yaml")
    assert main(["release", str(tmp_path / "class"), "--root", str(ROOT), "--ci", "ana/the-course"]) == 0
    workflow = (tmp_path / "class" / ".github" / "workflows" / "grade.yml").read_text(encoding="utf-8")
    repository = tmp_path / "class"
    shutil.copy(mine / "1a_neuron.ipynb", repository / "exercises")
    steps = yaml.safe_load(workflow)["jobs"]["grade"]["steps"]
    assert [step["with"] for step in steps if "repository" in step.get("with", {})] == [
        {"repository": "ana/the-course", "path": ".course"}
    ]
    course = repository / ".course"
    course.mkdir()
    shutil.copytree(ROOT / "lib", course / "lib", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in ("pyproject.toml", "README.md", "constraints.txt"):
        shutil.copy(ROOT / name, course)
    environment = os.environ | {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "PIP_TARGET": str(tmp_path / "installed"),
        "PIP_NO_DEPS": "1",
        "PIP_NO_INDEX": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip's way to say --no-build-isolation
        "PYTHONPATH": str(tmp_path / "installed"),
    }
    for step in (step for step in steps if "run" in step):
        command = ["bash", "-e", "-o", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True, timeout=1800)
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "installed" / "threesteps_grading").is_dir()
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert "| 1a_neuron | 8 of 8 | done |" in summary and "Next: " in summary


def test_progress_leaves_the_notebooks_as_they_are(mine):
    before = {path.name: path.read_bytes() for path in mine.iterdir()}
    assert json.loads(before["1a_neuron.ipynb"])
    assert main(["progress"]) == 0
    assert {path.name: path.read_bytes() for path in mine.iterdir()} == before
