"""The autograder in folders as Gradescope lays them, run by its own scripts; its results in the documented form."""

import json
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import jsonschema
import pytest
from hostile import HONEST, SETUP, notebook
from test_grade import WRONG, fails
from test_release import release

from threesteps.tasks import EXERCISES
from threesteps_grading.judging import Engine
from threesteps_grading.reporting.gradescope import main, results

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Gradescope's machines run Linux; the scripts are for bash")

VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
TEST = {
    "type": "object",
    "properties": {
        "score": {"type": "number", "minimum": 0},
        "max_score": {"type": "number", "minimum": 0},
        "status": {"enum": ["passed", "failed"]},
        "name": {"type": "string"},
        "name_format": FORMAT,
        "number": {"type": "string"},
        "output": {"type": "string"},
        "output_format": FORMAT,
        "tags": {"type": "array", "items": {"type": "string"}},
        "visibility": VISIBILITY,
        "extra_data": {"type": "object"},
    },
    "additionalProperties": False,
}
# https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format
SCHEMA = {
    "type": "object",
    "properties": {
        "score": {"type": "number", "minimum": 0},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        "output_format": FORMAT,
        "test_output_format": FORMAT,
        "test_name_format": FORMAT,
        "visibility": VISIBILITY,
        "stdout_visibility": VISIBILITY,
        "extra_data": {"type": "object"},
        "tests": {"type": "array", "items": TEST},
        "leaderboard": {"type": "array"},
    },
    "required": ["score", "tests"],
    "additionalProperties": False,
}


def laid_out(folder, archive):
    """Gradescope's folders, after the image was built: the zip in `source`, `run_autograder` beside it."""
    for name in ("submission", "results"):
        (folder / name).mkdir(parents=True)
    with zipfile.ZipFile(archive) as whole:
        whole.extractall(folder / "source")
        modes = {entry.filename: entry.external_attr >> 16 for entry in whole.infolist()}
    assert modes["setup.sh"] & 0o111 and modes["run_autograder"] & 0o111
    (folder / "run_autograder").write_bytes((folder / "source" / "run_autograder").read_bytes())
    (folder / "run_autograder").chmod(0o755)
    return folder


@pytest.fixture
def autograder(tmp_path):
    """The folders for exercise 1a; `environment` has this Python's packages, and the course from the zip."""
    assert release("--gradescope", "1a_neuron", tmp_path / "autograder.zip") == 0
    folder = laid_out(tmp_path / "autograder ä", tmp_path / "autograder.zip")
    python = folder / "environment" / "bin" / "python"
    python.parent.mkdir(parents=True)
    fixed = f"""PYTHONPATH='{folder / "source" / "lib"}'"""
    python.write_text(f"#!/bin/sh\n{fixed} exec '{sys.executable}' \"$@\"\n")
    python.chmod(0o755)
    return folder


def judged(folder, submission):
    """results.json for files of a submission, validated."""
    for name, data in submission.items():
        (folder / "submission" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "submission" / name).write_bytes(data)
    done = subprocess.run([folder / "run_autograder"], cwd=folder, capture_output=True, text=True, timeout=1800)
    assert done.returncode == 0, done.stderr
    told = json.loads((folder / "results" / "results.json").read_text(encoding="utf-8"))
    jsonschema.validate(told, SCHEMA)
    return told


def test_a_submission(autograder):
    told = judged(autograder, {"meine Lösung.ipynb": notebook(WRONG), "notes.txt": b"hello"})
    entries = [entry for entry in told["tests"] if entry["visibility"] == "visible"]
    assert told["score"] == 5
    assert [(entry["name"], entry["score"], entry["max_score"], entry["status"]) for entry in entries] == [
        ("sigmoid", 3, 3, "passed"),
        ("affine", 0, 3, "failed"),
        ("sigmoid_prime", 2, 2, "passed"),
    ]
    assert "rows and columns have to be swapped first" in entries[1]["output"]
    assert "meine Lösung.ipynb was judged." in told["output"]


def test_a_notebook_of_another_exercise_and_a_broken_one(autograder):
    other = json.loads((ROOT / "exercises" / "exercise_1c_softmax.ipynb").read_text(encoding="utf-8"))
    told = judged(autograder, {"a/x.ipynb": json.dumps(other).encode(), "y.ipynb": b"{"})
    assert told["score"] == 0 and [entry["score"] for entry in told["tests"][:3]] == [0, 0, 0]
    assert "a/x.ipynb: this is 1c_softmax, and 1a_neuron is asked for here." in told["output"]
    assert "y.ipynb: the file ends too early, line 1" in told["output"]


def test_nothing_handed_in(autograder):
    told = judged(autograder, {})
    assert told["score"] == 0 and "no notebook of this exercise" in told["output"]


def test_no_values_of_probes(autograder):
    """An answer that puts its input into all that it can: exceptions, prints, its result."""
    spy = [SETUP, "def sigmoid(z):\n    print(z)\n    raise ValueError(repr(z))",
           "def affine(X, W, b):\n    return X * 3", "def sigmoid_prime(z):\n    return [str(z)]"]  # fmt: skip
    told = judged(autograder, {"spy.ipynb": notebook(spy)})
    assert "It raised ValueError" in told["tests"][0]["output"]
    assert not [entry for entry in told["tests"] if re.search(r"\d\.\d{3}", entry["output"])]


def test_what_a_container_lacks_is_told_to_the_teacher_alone():
    told = results([], "1a_neuron", ["a thing"])
    jsonschema.validate(told, SCHEMA)
    assert [entry["visibility"] for entry in told["tests"]] == ["visible"] * 3 + ["hidden"]
    assert "lacks a thing" in told["tests"][-1]["output"]


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_points_of_all_entries_are_the_exercises(exercise):
    entries = results([], exercise)["tests"]
    assert sum(entry["max_score"] for entry in entries) == sum(task.points for task in EXERCISES[exercise])


def test_the_zip_is_reproducible_and_whole(tmp_path):
    for name in ("a.zip", "b.zip"):
        assert release("--gradescope", "1a", tmp_path / name) == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = archive.namelist()
    assert {"setup.sh", "run_autograder", "pyproject.toml", "lib/threesteps/digits.npz"} <= set(names)
    assert not [name for name in names if name.endswith(".ipynb") or "__pycache__" in name]


@pytest.mark.slow
def test_setup_installs_what_the_autograder_needs(tmp_path):
    """setup.sh as it stands, with an `apt-get` that has nothing to do, and a Python that can make environments."""
    assert release("--gradescope", "1a", tmp_path / "a.zip") == 0
    folder = laid_out(tmp_path / "autograder", tmp_path / "a.zip")
    venv.create(tmp_path / "system", with_pip=True)
    commands = tmp_path / "commands"
    commands.mkdir()
    (commands / "apt-get").write_text("#!/bin/sh\necho apt-get $@\n")
    (commands / "python3").write_text(f'#!/bin/sh\nexec {tmp_path}/system/bin/python "$@"\n')
    for path in commands.iterdir():
        path.chmod(0o755)
    environment = os.environ | {"PATH": os.pathsep.join([str(commands), os.environ["PATH"]])}
    command = ["bash", folder / "source" / "setup.sh"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=1800)
    assert done.returncode == 0, done.stderr
    assert "apt-get install -y python3 python3-venv libseccomp2" in done.stdout
    assert judged(folder, {"nn.ipynb": notebook(HONEST)})["score"] == 8


def test_where_the_judge_fails_there_is_no_score(tmp_path, monkeypatch):
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission" / "nn.ipynb").write_bytes(notebook(HONEST))
    monkeypatch.setattr(Engine, "open", fails)
    with pytest.raises(SystemExit, match="the judge failed on student/nn.ipynb"):
        main(["1a_neuron", str(tmp_path)])
    assert not (tmp_path / "results").exists()
