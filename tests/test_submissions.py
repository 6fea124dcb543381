"""Reading what students hand in."""

import errno
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
import zlib
from datetime import UTC, datetime
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from threesteps_grading import WrongUse
from threesteps_grading.judging.batch import GIVEN_IN, TASKS_OF
from threesteps_grading.reading import handed_in, limited, read_roster, reports_in, submission
from threesteps_grading.reading.deadline import Deadline
from threesteps_grading.reading.submission import submissions

ROOT = Path(__file__).parents[1]
SLOWNESS = round(float(os.environ.get("SLOWNESS", "1")))  # how many times as long this machine may take
EXERCISES = {"1a_neuron": ["sigmoid", "affine"], "1c_softmax": ["softmax", "predict"]}
SIGMOID = "def sigmoid(z):\n    return z"


def cell(source, kind="code", grade_id=None, **extra):
    metadata = {"nbgrader": {"grade_id": grade_id}} if grade_id else {}
    return {"cell_type": kind, "source": source, "metadata": metadata, **extra}


def notebook(*cells, exercise=None, **extra):
    metadata = {"threesteps": {"exercise": exercise}} if exercise else {}
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5, **extra}


def one(tmp_path, content, name="ana/nn (1).ipynb"):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    (submission,) = submissions(tmp_path, EXERCISES)
    return submission


@pytest.mark.parametrize(
    "content",
    [
        notebook(cell(SIGMOID), exercise="1a_neuron"),
        notebook(cell(SIGMOID, grade_id="sigmoid")),
        notebook(cell(SIGMOID)),
        notebook(cell(SIGMOID), cell("def softmax(Z): pass"), cell("def affine(X, W, b): pass")),
        notebook(cell("x = 1"), cell('check("affine")', grade_id="check_affine")),
        notebook(cell([*SIGMOID.splitlines(keepends=True)])),
        notebook(cell("%matplotlib inline\n" + SIGMOID)),
        notebook(cell("def sigmoid(z)\n    return z")),
        notebook(cell(SIGMOID), nbformat_minor=0),
        notebook(cell(SIGMOID), worksheets=[]),
        notebook(cell(SIGMOID), worksheets=[{"cells": [], "metadata": {}}]),
        {"worksheets": [{"cells": [{"cell_type": "code", "input": SIGMOID, "language": "python", "outputs": []}]}],
         "metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0},
    ],
)  # fmt: skip
def test_which_exercise_it_is(tmp_path, content):
    submission = one(tmp_path, content)
    assert (submission.exercise, submission.outcome, submission.student) == ("1a_neuron", "graded", "ana")


def test_the_name_of_the_file_does_not_count(tmp_path):
    assert one(tmp_path, notebook(cell(SIGMOID)), "ana/1c_softmax.ipynb").exercise == "1a_neuron"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"hello", "not JSON: Expecting value, line 1"),
        (b'{"cells": [\n{"cell_type": "code",\n', "the file ends too early, line 2"),
        (b'{\n"cells": [\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> x\n]}', "merge conflict markers, line 3"),
        (b"[1, 2]", "not a notebook: the JSON is no object"),
        (b'{"a": 1}', "not a notebook: it has no cells"),
        (b"[" * 100_000, "nested too deep"),
        (json.dumps(notebook(cell("x = 1"))).encode(), "no exercise of this course"),
        (json.dumps(notebook(cell(SIGMOID), cell("def softmax(Z): pass"))).encode(), "1a_neuron or 1c_softmax"),
        (b"\x00" * 50, "not JSON"),
        (b"%PDF-1.7 ...", "not JSON"),
        (b"\n<!DOCTYPE html><title>Sign in</title>", "a web page, and no notebook"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path, data, reason):
    submission = one(tmp_path, data)
    assert submission.outcome == "unreadable"
    assert reason in submission.problem


@pytest.mark.parametrize(
    ("encode", "note"),
    [
        (lambda text: b"\xef\xbb\xbf" + text.encode(), "byte order mark"),
        (lambda text: text.encode("utf-16"), "utf-16"),
        (lambda text: text.encode("utf-16-le"), "utf-16"),
        (lambda text: text.encode("utf-16-be"), "utf-16"),
        (lambda text: text.encode("cp1252"), "cp1252"),
        (lambda text: text.encode().replace(b"# ", "# ñandú ".encode() + b"\xff "), "damaged utf-8"),
        (lambda text: text.encode() + bytes(9), "zeros at its end left out"),
        (lambda text: text.encode("utf-16") + bytes(8), "zeros at its end left out"),
    ],
)
def test_encodings_are_repaired(tmp_path, encode, note):
    text = json.dumps(notebook(cell(f"# señor\n{SIGMOID}")), ensure_ascii=False)
    submission = one(tmp_path, encode(text))
    assert submission.exercise == "1a_neuron" and "señor" in submission.cells[0]
    assert any(note in said for said in submission.notes)


@pytest.mark.parametrize("tail", ["}]}", "\n\nSent from my phone", "\n{", json.dumps(notebook(cell("x = 1"))), "\n7"])
def test_a_tail_behind_the_notebook_is_left_out(tmp_path, tail):
    found = one(tmp_path, json.dumps(notebook(cell(SIGMOID))).encode() + tail.encode() + b"\n")
    assert (found.outcome, found.cells) == ("graded", (SIGMOID,))
    assert found.notes == (f"{len(tail.lstrip()) + 1} characters after the notebook's end left out",)
    conflict = json.dumps(notebook(cell(SIGMOID))).encode() + b"\n=======\n{}\n>>>>>>> x\n"
    assert "merge conflict" in one(tmp_path, conflict).problem


def test_a_number_of_thousands_of_digits_in_an_output_is_no_problem(tmp_path):
    printed = cell(SIGMOID, outputs=["n"])
    for end in ("", "}]"):
        found = one(tmp_path, json.dumps(notebook(printed)).replace('"n"', "9" * 5000).encode() + end.encode())
        assert (found.outcome, len(found.notes)) == ("graded", bool(end))


def test_too_large(tmp_path, monkeypatch):
    monkeypatch.setattr(handed_in, "LARGEST", 10)
    assert "at most 0 MB are read" in one(tmp_path, notebook(cell(SIGMOID))).problem


def test_the_last_definition_counts_and_a_note_says_so(tmp_path):
    submission = one(tmp_path, notebook(cell(SIGMOID, grade_id="sigmoid"), cell("x = 1"), cell(SIGMOID + " + 1")))
    assert submission.defined == {"sigmoid": (0, 2)}
    assert "sigmoid is defined in 2 cells; the last one counts" in submission.notes


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([cell("def softmax(Z): return Z"), cell("predict = softmax")], "softmax and predict"),
        ([cell("def predict(X): return X", grade_id="predict")], "predict"),
        ([cell("def softmax(Z): return Z\ncheck('softmax')")], "softmax"),
        ([cell("def softmax(Z): return Z")], ""),
        ([cell("def softmax(Z): pass\ncheck('softmax')")], ""),
        ([cell("def softmax(Z):\n    raise NotImplementedError"), cell('check("softmax")')], ""),
    ],
)
def test_answers_to_a_second_exercise_are_named(tmp_path, cells, told):
    found = one(tmp_path, notebook(cell(SIGMOID, grade_id="sigmoid"), *cells, exercise="1a_neuron"))
    note = f"{told} of 1c_softmax not graded: a notebook counts for one exercise"
    assert (found.exercise, found.notes) == ("1a_neuron", (note,) if told else ())


def test_an_exercise_that_another_uses_is_no_second_one(tmp_path):
    content = notebook(cell("def softmax(Z): pass\ndef predict(X): pass"), cell(SIGMOID), exercise="1a_neuron")
    (tmp_path / "ana.ipynb").write_text(json.dumps(content))
    (found,) = submissions(tmp_path, EXERCISES, given={"1a_neuron": ["softmax", "predict"]})
    assert found.notes == ()


def test_the_courses_own_notebooks_answer_one_exercise_each(monkeypatch):
    monkeypatch.setattr(limited, "SECONDS", 600)
    found = submissions(ROOT / "solutions", TASKS_OF, given=GIVEN_IN)
    assert {s.exercise for s in found} >= TASKS_OF.keys()
    assert [note for s in found for note in s.notes if "not graded" in note] == []


def test_the_courses_own_solution_in_what_a_student_hands_in_is_nobodys_answer(tmp_path):
    solved = notebook(cell("def sigmoid(z):\n    ### BEGIN SOLUTION\n    return z\n    ### END SOLUTION"))
    mine = notebook(cell(SIGMOID))
    zipped(tmp_path / "ana.zip", {"course/exercises/a.ipynb": mine, "course/solutions/b.ipynb": solved})
    zipped(tmp_path / "bo.zip", {"Solutions/b.ipynb": solved, "solutions/mine.ipynb": mine})
    zipped(tmp_path / "cy.zip", {"course/solutions/old/b.ipynb": solved})
    found = {s.path: (s.outcome, s.problem or "".join(s.notes)) for s in submissions(tmp_path, EXERCISES)}
    told = "the course's own solution, which is nobody's answer"
    assert found == {
        "ana.zip/course/exercises/a.ipynb": ("graded", ""),
        "ana.zip/course/solutions/b.ipynb": ("ignored", told),
        "bo.zip/Solutions/b.ipynb": ("ignored", told),
        "bo.zip/solutions/mine.ipynb": ("graded", ""),
        "cy.zip/course/solutions/old/b.ipynb": ("unreadable", told),
    }


def test_a_copy_of_the_courses_own_solution_is_noted(monkeypatch):
    monkeypatch.setattr(limited, "SECONDS", 600)
    for folder, noted in (("solutions", True), ("exercises", False)):
        found = submissions(ROOT / folder, TASKS_OF, given=GIVEN_IN)
        assert {any("as the course's own solutions do" in note for note in s.notes) for s in found if s.exercise} == {
            noted
        }


def test_a_notebook_for_trying_things_is_no_problem_beside_one_that_counts(tmp_path):
    for name in ("ana/a", "ana/Untitled", "ana/exercise_1c_softmax", "bo/Untitled"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        source = SIGMOID if name == "ana/a" else "1 + 1"
        (tmp_path / f"{name}.ipynb").write_text(json.dumps(notebook(cell(source))))
    found = {s.path.removesuffix(".ipynb"): s for s in submissions(tmp_path, EXERCISES)}
    assert {path: s.outcome for path, s in found.items()} == {
        "ana/a": "graded",
        "ana/Untitled": "ignored",
        "ana/exercise_1c_softmax": "unreadable",
        "bo/Untitled": "unreadable",
    }
    assert found["ana/Untitled"].notes == (found["bo/Untitled"].problem,)


def test_what_is_wrong_with_a_file_is_said_once(tmp_path):
    found = one(tmp_path, notebook() | {"metadata": {"threesteps": {"lesson": "1a_neuron"}}})
    assert (found.outcome, found.problem, found.notes) == ("unreadable", "a lesson, not an exercise", ())


def test_check_cells_are_not_run(tmp_path):
    cells = [
        cell(SIGMOID),
        cell('check("sigmoid")'),
        cell("# run me\ncheck('affine')\n"),
        cell("# mine\ncheck('sigmoid');  # twice\n\ncheck(\n    sigmoid\n)", grade_id="check_sigmoid"),
    ]
    submission = one(tmp_path, notebook(*cells))
    assert submission.cells == (SIGMOID,) and not submission.notes


@pytest.mark.parametrize(
    "source",
    [
        "affine = abs\ncheck('affine')",
        "check('sigmoid'); affine = lambda X: X; print(1)",
        "check(affine := abs)",
        "def affine(X, W, b):\n    return X",
    ],
)
@pytest.mark.parametrize("grade_id", [None, "check_sigmoid"])
def test_a_check_cell_that_does_more_is_run(tmp_path, source, grade_id):
    submission = one(tmp_path, notebook(cell(SIGMOID), cell(source, grade_id=grade_id)))
    assert submission.cells == (SIGMOID, source) and submission.defined["affine"] == (1,)
    note = "the check cell of sigmoid was edited; it is run like any other"
    assert submission.notes == ((note,) if grade_id else ())


def test_code_turned_into_markdown_is_restored(tmp_path):
    submission = one(tmp_path, notebook(cell("# Title\n\nSome text"), cell(SIGMOID, "markdown"), cell("text", "raw")))
    assert submission.cells == ("# Title\n\nSome text", SIGMOID)
    assert "sigmoid restored: the code was in a markdown cell" in submission.notes


def test_odd_cells_do_no_harm(tmp_path):
    odd = [
        None,
        3,
        {},
        {"cell_type": "code"},
        {"cell_type": "code", "source": 7, "metadata": []},
        {"source": [1, None]},
    ]
    submission = one(tmp_path, notebook(*odd, cell(SIGMOID)))
    assert submission.cells == (SIGMOID,)


def test_students_and_the_newest_file(tmp_path):
    for name, age in [("ana/old.ipynb", 100), ("ana/sub/dir/new.ipynb", 50), ("bo.ipynb", 10), ("ana/soft.ipynb", 1)]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        source = "def softmax(Z): pass" if "soft" in name else SIGMOID
        path.write_text(json.dumps(notebook(cell(source))))
        os.utime(path, (1e9 - age, 1e9 - age))
    found = [(s.student, s.path, s.exercise, s.outcome) for s in submissions(tmp_path, EXERCISES)]
    assert found == [
        ("ana", "ana/old.ipynb", "1a_neuron", "older"),
        ("ana", "ana/soft.ipynb", "1c_softmax", "graded"),
        ("ana", "ana/sub/dir/new.ipynb", "1a_neuron", "graded"),
        ("bo", "bo.ipynb", "1a_neuron", "graded"),
    ]


def test_files_that_are_no_notebooks(tmp_path):
    (tmp_path / "ana").mkdir()
    (tmp_path / "ana" / "a.ipynb").write_text(json.dumps(notebook(cell(SIGMOID))))
    (tmp_path / "ana" / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / "ana" / ".ipynb_checkpoints").mkdir()
    (tmp_path / "ana" / ".ipynb_checkpoints" / "a-checkpoint.ipynb").write_text("{")
    (tmp_path / "bo").mkdir()
    (tmp_path / "bo" / "essay.pdf").write_bytes(b"%PDF")
    found = {s.path: (s.outcome, s.problem) for s in submissions(tmp_path, EXERCISES)}
    assert found == {
        "ana/a.ipynb": ("graded", ""),
        "ana/photo.png": ("ignored", ""),
        "bo/essay.pdf": ("unreadable", "not a notebook (.ipynb)"),
    }


def test_a_notebook_that_an_lms_renamed(tmp_path):
    assert one(tmp_path, notebook(cell(SIGMOID)), "ana_123_nn.ipynb.txt").outcome == "graded"


def test_a_notebook_that_a_browser_saved_as_text(tmp_path):
    names = ["abo.ipynb", "cy.ipynb.txt", "di.IPYNB.json", "v1.2.ipynb.txt"]
    for name in names:
        assert one(tmp_path / name, notebook(cell(SIGMOID)), name).student == name.lower().partition(".ipynb")[0]
        (found,) = submissions(tmp_path / name / name, EXERCISES)
        assert (found.outcome, found.student) == ("graded", name.lower().partition(".ipynb")[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("name", ["ana.ipynb.txt", "ana.txt"])
def test_a_notebook_saved_as_text_in_any_encoding(tmp_path, name, encoding):
    assert one(tmp_path, json.dumps(notebook(cell(SIGMOID))).encode(encoding), name).outcome == "graded"


def test_what_could_not_be_had_has_no_hash(tmp_path):
    (tmp_path / "ana.ipynb").symlink_to("gone")
    (tmp_path / "bo.ipynb").write_bytes(b"")
    assert [len(s.sha256) for s in submissions(tmp_path, EXERCISES)] == [0, 64]


def test_links_that_lead_out_are_not_followed(tmp_path):
    outside = tmp_path / "solutions.ipynb"
    outside.write_text(json.dumps(notebook(cell(SIGMOID))))
    inside = tmp_path / "in" / "ana"
    inside.mkdir(parents=True)
    (inside / "a.ipynb").symlink_to(outside)
    (submission,) = submissions(tmp_path / "in", EXERCISES)
    assert submission.problem == "a link that leads out of the student's own folder"


def zipped(path, entries):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content if isinstance(content, (str, bytes)) else json.dumps(content))
    return path


def test_a_zip(tmp_path):
    entries = {
        "class/ana/a.ipynb": notebook(cell(SIGMOID)),
        "class/bo/b.ipynb": notebook(cell(SIGMOID)),
        "__MACOSX/ana/._a.ipynb": "junk",
    }
    found = [(s.student, s.path) for s in submissions(zipped(tmp_path / "c.zip", entries), EXERCISES)]
    assert found == [("ana", "ana/a.ipynb"), ("bo", "bo/b.ipynb")]


@pytest.mark.parametrize(
    ("names", "students"),
    [
        (["subs/ana.ipynb", "subs/bob.ipynb", "subs/cy.ipynb"], {"ana", "bob", "cy"}),
        (["subs/exercise_1a_neuron_ana.ipynb", "subs/1a_neuron-bob.ipynb"],
         {"exercise_1a_neuron_ana", "1a_neuron-bob"}),
        (["subs/ana.zip", "subs/bob.zip"], {"ana", "bob"}),
        (["subs/ana.zip", "subs/bob.ipynb"], {"ana", "bob"}),
        (["subs/ana.ipynb.txt", "subs/bob.IPYNB.json"], {"ana", "bob"}),
        (["subs/ana/a.ipynb", "subs/bob.ipynb", "subs/cy/a.ipynb"], {"ana", "bob", "cy"}),
        (["ana/exercise_1a_neuron.ipynb", "ana/exercise_1a_neuron (1).ipynb"], {"ana"}),
        (["ana/1a_neuron.ipynb", "ana/1c_softmax.ipynb"], {"ana"}),
        (["ana/a.ipynb", "ana/notes.txt", "ana/more/b.ipynb"], {"ana"}),
        (["Ana_12_assignsubmission_file_/a/x.ipynb", "Ana_12_assignsubmission_file_/b/y.ipynb"],
         {"Ana_12_assignsubmission_file_"}),
        (["Ana_12_assignsubmission_file_/x.ipynb", "Ana_12_assignsubmission_file_/y.ipynb"],
         {"Ana_12_assignsubmission_file_"}),
        (["exercises/a/x.ipynb", "exercises/b/y.ipynb"], {"class"}),
        (["subs/ana.ipynb", "subs/bo.ipynb", "subs/exercise_1a_neuron.ipynb"], {"ana", "bo", "exercise_1a_neuron"}),
        (["subs/ana/a.ipynb", "subs/bo/b.ipynb", "subs/1a_neuron.ipynb"], {"ana", "bo", "1a_neuron"}),
        (["subs/ana/a.ipynb", "subs/bo/b.ipynb", "subs/solutions/x.ipynb"], {"ana", "bo", "class"}),
        (["ana/exercise_1a_neuron.ipynb", "ana/exercise_1a_neuron-v2.ipynb", "ana/test.ipynb"], {"ana"}),
        (["course/exercises/a.ipynb", "course/lib/x.py", "course/data/x.csv", "course/a/x.txt", "course/b/x.txt"],
         {"course"}),
        (["ana/exercise_1a_neuron.ipynb", "ana/old/a.ipynb"], {"ana"}),
    ],
)  # fmt: skip
def test_a_folder_around_the_class_in_a_zip(tmp_path, names, students):
    right = notebook(cell(SIGMOID))
    own = zipped(tmp_path / "own.zip", {"a.ipynb": right}).read_bytes()
    entries = {name: own if name.endswith(".zip") else right for name in names}
    assert {s.student for s in submissions(zipped(tmp_path / "class.zip", entries), EXERCISES)} == students


def test_what_stands_beside_the_class_is_nobodys(tmp_path):
    solved = notebook(cell("def sigmoid(z):\n    ### BEGIN SOLUTION\n    return z\n    ### END SOLUTION"))
    report = {f"report/{name}": "" for name in ("run.json", "results.jsonl", "class.html", "feedback/ana/a.html")}
    names = ("README.md", "index.html", "submission_metadata.yml", "LICENSE", "scores.csv")
    entries = dict.fromkeys(("ana/a.ipynb", "di/a.ipynb"), notebook(cell(SIGMOID))) | {
        "bo.html": "",
        "cy/README.md": "",
    }
    entries |= dict.fromkeys(names, "") | {"solutions/a.ipynb": solved} | report
    expected = {"ana": "graded", "bo": "unreadable", "cy": "unreadable", "di": "graded"}
    beside = {
        "it stands beside the students' work, and is nobody's",
        "the course's own solution, which is nobody's answer",
    }
    for around in ("", "class/"):
        path = zipped(tmp_path / f"{around[:-1]}c.zip", {around + name: content for name, content in entries.items()})
        assert reports_in(path, tmp_path) == [f"{around}report"]
        with zipfile.ZipFile(path) as archive:
            archive.extractall(tmp_path / path.stem)
        for source in (path, tmp_path / path.stem / around):
            found = submissions(source, EXERCISES)
            assert {s.student: s.outcome for s in found if s.outcome != "ignored"} == expected
            assert {note for s in found if s.outcome == "ignored" for note in s.notes} == beside
            assert len(found) == len(names) + len(expected) + 1


@pytest.mark.parametrize(
    "name", ["../evil.ipynb", "/etc/evil.ipynb", "a/../../evil.ipynb", "..\\evil.ipynb", "C:\\e.ipynb"]
)
def test_paths_of_a_zip_cannot_escape(tmp_path, name):
    path = zipped(tmp_path / "c.zip", {name: notebook(cell(SIGMOID)), "ana.ipynb": notebook(cell(SIGMOID))})
    found = {s.student: s.outcome for s in submissions(path, EXERCISES)}
    assert found.pop("ana") == "graded"
    assert list(found.values()) == ["unreadable"]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["c.zip"]


def test_members_that_lead_out_are_told_apart(tmp_path):
    names = ["/abs/w.ipynb", "../up/w.ipynb", "a/../../w.ipynb", "C:/d/w.ipynb"]
    path = zipped(tmp_path / "c.zip", dict.fromkeys([*names, "ana/w.ipynb"], notebook(cell(SIGMOID))))
    zipped(tmp_path / "d.zip", {"cy/own.zip": path.read_bytes()})
    students = {"abs", "up", "a", "d"}
    for source, within, who in ((path, "", students), (tmp_path / "d.zip", "cy/own.zip/", {"cy"})):
        found = {s.path: s for s in submissions(source, EXERCISES)}
        assert found.pop(f"{within}ana/w.ipynb").outcome == "graded"
        assert {p: s.problem for p, s in found.items()} == {
            within + name: f"its path, {name}, leads out of the archive" for name in names
        }
        assert {s.student for s in found.values()} == who


@pytest.mark.parametrize(
    ("one", "two"), [("x\x01", "x\x02"), ("x" * 300 + "a", "x" * 300 + "b"), ("x\u202e", "x\u202d")]
)
def test_students_with_odd_names_are_not_one(tmp_path, one, two):
    path = zipped(tmp_path / "c.zip", {f"{name}/a.ipynb": notebook(cell(SIGMOID)) for name in (one, two, "Ana  Bo")})
    students = {s.student for s in submissions(path, EXERCISES)}
    assert len(students) == 3 and "Ana Bo" in students and max(map(len, students)) <= 250


def test_students_whose_names_differ_in_spaces_are_not_one(tmp_path):
    for name in ("Ana Bo", "Ana  Bo", "Cy  Di", " "):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.ipynb").write_text(json.dumps(notebook(cell(SIGMOID))))
    found = {s.student: s.path for s in submissions(tmp_path, EXERCISES)}
    (second,) = (student for student in found if student.startswith("Ana Bo ~"))
    assert found.keys() == {"?", "Ana Bo", second, "Cy Di"}
    assert found["Ana Bo"] == "Ana Bo/a.ipynb" and found[second].startswith("Ana Bo/a.ipynb ~")


@pytest.mark.parametrize("as_zip", [False, True])
def test_hidden_notebooks_are_told_and_what_programs_leave_is_not(tmp_path, as_zip):
    right = json.dumps(notebook(cell(SIGMOID)))
    told = [".ana/w.ipynb", "...x/w.ipynb", "bob/.w.ipynb", "bob/w.ipynb"]
    left = [".DS_Store", ".git/w.ipynb", ".ipynb_checkpoints/w-checkpoint.ipynb", "._w.ipynb", ".x/data.csv"]
    names = [*told, *(f"bob/{name}" for name in left), "__MACOSX/bob/._w.ipynb"]
    for name in names:
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(right)
    source = zipped(tmp_path / "c.zip", dict.fromkeys(names, right)) if as_zip else tmp_path / "in"
    found = {s.path: (s.outcome, s.problem or "".join(s.notes)) for s in submissions(source, EXERCISES)}
    hidden = "hidden, because its name or its folder's begins with a dot: it is not read"
    assert found == {
        ".ana/w.ipynb": ("unreadable", hidden),
        "...x/w.ipynb": ("unreadable", hidden),
        "bob/.w.ipynb": ("ignored", hidden),
        "bob/w.ipynb": ("graded", ""),
    }


@pytest.mark.parametrize(
    ("name", "content", "outcome"),
    [
        ("settings.json", b'{"a": 1}', "ignored"),
        ("settings.json", b'{"a": ', "ignored"),
        ("nn.json", json.dumps(notebook(cell("def softmax(Z): pass"))).encode(), "graded"),
        ("nn.json", json.dumps(notebook(cell("def softmax(Z): pass"))).encode("utf-16-le"), "graded"),
        ("nn.ipynb.txt", json.dumps(notebook(cell("def softmax(Z): pass"))).encode()[:-9], "unreadable"),
        ("nn.ipynb", b'{"a": 1}', "unreadable"),
    ],
)
def test_json_beside_a_notebook_is_none_unless_it_looks_like_one(tmp_path, name, content, outcome):
    (tmp_path / "ana").mkdir()
    (tmp_path / "ana" / "right.ipynb").write_text(json.dumps(notebook(cell(SIGMOID))))
    (tmp_path / "ana" / name).write_bytes(content)
    found = {s.path: s.outcome for s in submissions(tmp_path, EXERCISES)}
    assert found == {"ana/right.ipynb": "graded", f"ana/{name}": outcome}


def test_a_zip_bomb_and_a_broken_zip(tmp_path, monkeypatch):
    monkeypatch.setattr(handed_in, "LARGEST", 1000)
    (submission,) = submissions(zipped(tmp_path / "c.zip", {"ana.ipynb": b"0" * 10**6}), EXERCISES)
    assert "at most" in submission.problem
    (tmp_path / "d.zip").write_bytes(b"PK no")
    with pytest.raises(ValueError, match="is not a zip archive"):
        submissions(tmp_path / "d.zip", EXERCISES)


def spoiled(archive, at, new):
    """A zip with other bytes in the first entry of its list."""
    at += archive.index(b"PK\1\2")
    return archive[:at] + new + archive[at + len(new) :]


@pytest.mark.parametrize(
    ("at", "new", "why"),
    [
        (6, b"\x40", "zip file version 6.4"),
        (8, b"\0\x08", "codec can't decode"),
        (30, b"\x05", "orrupt"),  # the length of an extra field that isn't there
    ],
)
def test_a_zip_whose_list_trips_the_reader_costs_itself_alone(tmp_path, at, new, why):
    good = zipped(tmp_path / "good.zip", {"\u00e4.ipynb": notebook(cell(SIGMOID)), "b.txt": "1"}).read_bytes()
    bad = spoiled(good, 46, b"\xff") if at == 8 else good
    source = zipped(tmp_path / "c.zip", {"ana/a.zip": spoiled(bad, at, new), "bo/b.zip": good})
    found = {s.student: s.problem for s in submissions(source, EXERCISES) if s.outcome != "ignored"}
    assert found["bo"] == "" and found["ana"].startswith("a zip that can't be opened: ") and why in found["ana"]
    source.write_bytes(spoiled(bad, at, new))
    with pytest.raises(WrongUse, match="not a zip archive that can be opened: .*" + why):
        submissions(source, EXERCISES)


def test_an_error_of_zipfiles_without_words_is_named(tmp_path, monkeypatch):
    path = zipped(tmp_path / "c.zip", {"ana.ipynb": notebook(cell(SIGMOID))})

    def fails(*_):
        raise MemoryError

    monkeypatch.setattr(zipfile.ZipFile, "open", fails)
    (found,) = submissions(path, EXERCISES)
    assert found.problem == "it can't be unpacked: MemoryError"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_only_what_can_be_unpacked_within_bounds_is(tmp_path, method):
    with zipfile.ZipFile(tmp_path / "c.zip", "w", method) as archive:
        archive.writestr("ana.ipynb", b"0" * 10**6)
    (found,) = submissions(tmp_path / "c.zip", EXERCISES)
    assert found.outcome == "unreadable" and "the usual method, deflate" in found.problem


def test_an_encrypted_file_says_so(tmp_path):
    path = zipped(tmp_path / "c.zip", {"ana.ipynb": notebook(cell(SIGMOID))})
    path.write_bytes(spoiled(path.read_bytes(), 8, b"\1"))
    (found,) = submissions(path, EXERCISES)
    assert found.problem == "it can't be unpacked without a password"


def test_what_is_unpacked_in_vain_counts_and_what_is_too_large_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(handed_in, "LARGEST", 10**6)
    opened, really = [], zipfile.ZipFile.open
    large = zipped(tmp_path / "large.zip", {f"{i}.ipynb": b"0" * (10**6 + 1) for i in range(3)}).read_bytes()
    bad = zipped(tmp_path / "bad.zip", {f"{i}.ipynb": b"0" * 400_000 for i in range(9)})
    wrong_sums = bad.read_bytes().replace(zlib.crc32(b"0" * 400_000).to_bytes(4, "little"), b"none")
    source = zipped(tmp_path / "c.zip", {"ana/a.zip": large, "bo/b.zip": wrong_sums})

    def opening(archive, entry):
        opened.append(entry.filename)
        return really(archive, entry)

    monkeypatch.setattr(zipfile.ZipFile, "open", opening)
    found = {s.path: s.problem for s in submissions(source, EXERCISES)}
    assert opened == ["ana/a.zip", "bo/b.zip", "0.ipynb", "1.ipynb", "2.ipynb"]
    assert all("at most" in found[f"ana/a.zip/{i}.ipynb"] for i in range(3))
    assert "Bad CRC" in found["bo/b.zip/1.ipynb"] and found["bo/b.zip"].startswith("of it, only")


def test_of_a_file_no_more_is_unpacked_than_it_says_of_itself(tmp_path, monkeypatch):
    came, really = [], zlib.decompressobj

    class Counting:
        def __init__(self, *args):
            self.inner = really(*args)

        def __getattr__(self, name):
            return getattr(self.inner, name)

        def decompress(self, *args):
            came.append(self.inner.decompress(*args))
            return came[-1]

    path = zipped(tmp_path / "c.zip", {"ana.ipynb": b" " * 10**6})
    data = spoiled(path.read_bytes(), 16, zlib.crc32(b" " * 10).to_bytes(4, "little"))
    path.write_bytes(spoiled(data, 24, (10).to_bytes(4, "little")))
    monkeypatch.setattr(zlib, "decompressobj", Counting)
    (found,) = submissions(path, EXERCISES)
    assert found.problem == "the file is empty" and 10 <= sum(map(len, came)) < 10_000


def test_a_class_of_more_files_than_are_read_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(handed_in, "MANY", 3)
    right = notebook(cell(SIGMOID))
    junk = {f"__MACOSX/{i}/._a.ipynb": "" for i in range(9)}
    entries = {f"{name}/a.ipynb": right for name in ("ana", "bo", "cy")} | junk
    assert len(submissions(zipped(tmp_path / "c.zip", entries), EXERCISES)) == 3
    with pytest.raises(WrongUse, match="c.zip has more than 3 files: unpack it, and grade the folder"):
        submissions(zipped(tmp_path / "c.zip", entries | {"di/a.ipynb": right}), EXERCISES)


@settings(max_examples=150)
@given(st.binary(max_size=300))
def test_no_bytes_make_it_raise(data):
    result = submission._read(EXERCISES, {}, handed_in.Handed("a.ipynb", "a", datetime.min, data))
    assert result.outcome == "unreadable" and result.problem


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just(SIGMOID),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from(["cells", "cell_type", "source", "metadata", "nbgrader", "grade_id", "threesteps",
                                       "exercise", "worksheets", "code"]), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=300)
@given(
    st.dictionaries(st.sampled_from(["cells", "metadata", "worksheets", "nbformat"]), JSON), st.lists(JSON, max_size=4)
)
def test_no_mutated_notebook_makes_it_raise(content, cells):
    if isinstance(content.get("cells"), list):
        content["cells"] += [*cells, cell(SIGMOID)]
    result = submission._read(
        EXERCISES, {}, handed_in.Handed("a.ipynb", "a", datetime.min, json.dumps(content).encode())
    )
    assert result.outcome in ("graded", "unreadable")


# Files that would stop, slow or flood the others


def read_slowly(item):
    if item == "loop":
        while True:
            time.sleep(0.01)
    if item == "memory":
        return len(bytearray(2**34))
    if item == "exit":
        os._exit(3)
    if item == "slow":
        for _ in range(20):
            time.sleep(0.05)
    if item == "raise":
        raise RuntimeError
    return item * 2


@pytest.mark.parametrize("workers", [1, 3])
def test_what_trips_the_reader_costs_itself_alone(monkeypatch, workers):
    monkeypatch.setattr(limited, "SECONDS", 3.0)
    items = ["a", "loop", "b", "exit", "raise", "memory", "c"]
    found = limited.each(read_slowly, items, workers, owner=str)
    assert list(map(str, found)) == [
        "aa",
        "it can't be read within 3 seconds",
        "bb",
        "it ends the process that reads it",
        "reading it failed: RuntimeError",
        "it takes more than 1 GB to read",
        "cc",
    ]


def test_a_reader_that_is_ended_from_outside_costs_no_file(tmp_path):
    found = limited.each(ended_at_first, [tmp_path / "a", tmp_path / "b"], 1, owner=str)
    assert found == ["a", "b"]


def test_both_times_count_of_what_ends_its_reader_twice(monkeypatch):
    monkeypatch.setattr(limited, "TOGETHER", 1.5)
    items = [("eve", i) for i in range(4)] + [("ana", 0)]
    found = limited.each(ended_later, items, 1, owner=itemgetter(0))
    late = "it is not read: the student's files before it took 1.5 seconds"
    assert list(map(str, found)) == ["it ends the process that reads it"] * 2 + [late] * 2 + ["ana"]


def ended_later(item):
    if item[0] == "eve":
        time.sleep(0.5)
        os._exit(3)
    return item[0]


def ended_at_first(path):
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return path.name


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
def test_whether_a_file_can_be_read_is_up_to_that_file(monkeypatch):
    monkeypatch.setattr(limited, "MEMORY", 2**28)
    sizes = [60, 60, 1, 120, 60]
    found = limited.each(read_twice, [bytes(size * 10**6) for size in sizes], 1, owner=len)
    assert [len(one) // 10**6 if isinstance(one, bytes) else str(one) for one in found] == [
        60, 60, 1, "it takes more than 0.25 GB to read", 60,
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
def test_what_can_be_read_and_not_be_told_is_too_large(monkeypatch):
    monkeypatch.setattr(limited, "MEMORY", 2**28)
    found = limited.each(zeros, [180, 1], 1, owner=id)
    assert [str(found[0]), found[1]] == ["it takes more than 0.25 GB to read", bytes(10**6)]


def zeros(megabytes):
    return bytes(megabytes * 10**6)


def read_twice(item):
    return bytes(bytearray(item))


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_slow_files_of_a_student_cost_that_student_alone(tmp_path, monkeypatch, workers):
    monkeypatch.setattr(limited, "SECONDS", 3.0)
    monkeypatch.setattr(limited, "TOGETHER", 5.4)
    items = [("eve", "loop"), ("eve", "a"), *[("eve", "loop")] * 3, ("eve", "b"), ("ana", "c")]
    found = limited.each(read_of_one, items, workers, owner=itemgetter(0))
    late = "it can't be read within 3 seconds"
    assert list(map(str, found)) == [
        late, "aa", late, *["it is not read: the student's files before it took 5.4 seconds"] * 3, "cc",
    ]  # fmt: skip


def read_of_one(item):
    return read_slowly(item[1])


@pytest.mark.skipif(os.name != "posix", reason="nothing stops a process there")
@pytest.mark.parametrize("ends", [False, True])
def test_what_is_read_while_all_is_stopped_is_read_again(monkeypatch, ends):
    monkeypatch.setattr(limited, "SECONDS", 4.0 if ends else 3.0)
    begun, started = limited._Reader.begin, []

    def begin_and_be_stopped(reader, item):
        begun(reader, item)
        if item == "slow":
            monkeypatch.setattr(limited._Reader, "begin", begun)
            kill = "true" if not ends else f"kill -KILL {reader.process.pid}"  # as its own alarm would
            ours = f"{reader.process.pid} {os.getpid()}"
            script = f"sleep 0.3; kill -STOP {ours}; sleep 5; {kill}; kill -CONT {ours}"
            started.append(subprocess.Popen(["sh", "-c", script]))

    monkeypatch.setattr(limited._Reader, "begin", begin_and_be_stopped)
    assert limited.each(read_slowly, ["a", "slow", "b"], 1, owner=str) == ["aa", "slowslow", "bb"]
    assert [process.wait() for process in started] == [0]


@pytest.mark.skipif(sys.platform != "linux", reason="a reader learns of the grader's death on Linux alone")
def test_a_reader_ends_with_a_grader_that_is_killed_while_it_sends(tmp_path):
    grader = """
import os, signal, time
from threesteps_grading.reading import limited
reader = limited._Reader(str)
print(reader.process.pid, flush=True)
reader.begin("first")
reader.end(0.0)
os.write(reader.connection.fileno(), bytes([0, 0, 1, 0]))  # a message of 256 bytes, of which none follows
time.sleep(1)
os.kill(os.getpid(), signal.SIGKILL)
"""
    run = subprocess.run([sys.executable, "-c", grader], capture_output=True, text=True, timeout=60 * SLOWNESS)
    assert ends(run.stdout)


def ends(pid: str) -> bool:
    """Whether a process does so by itself, within some seconds."""
    process = Path("/proc", str(int(pid)))
    deadline = time.monotonic() + 10 * SLOWNESS
    while process.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not process.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="a worker learns of the grader's death on Linux alone")
def test_a_worker_ends_whose_grader_was_killed_before_the_worker_began(tmp_path):
    grader = """
import multiprocessing, os, signal, time
from threesteps_grading.reading.limited import end_with_parent

def worker(grader):
    while os.getppid() == grader:
        time.sleep(0.01)
    end_with_parent(signal.SIGTERM)
    time.sleep(1000)

process = multiprocessing.get_context("fork").Process(target=worker, args=(os.getpid(),))
process.start()
print(process.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    with open(tmp_path / "pid", "w+") as out:
        subprocess.run([sys.executable, "-c", grader], stdout=out, timeout=60 * SLOWNESS)
        out.seek(0)
        assert ends(out.read())


@pytest.mark.parametrize(
    "source",
    [
        SIGMOID + "\n!ls" * 501,
        SIGMOID + "\ncheck()" + " " * 40_000 + "x",
        "x = '\ud800'\n" + SIGMOID,
        SIGMOID + "\n# \x1b[2J\u202e",
    ],
)
def test_odd_cells_are_read(tmp_path, monkeypatch, source):
    monkeypatch.setattr(limited, "SECONDS", 1000)
    found = one(tmp_path, notebook(cell(source)))
    assert found.exercise == "1a_neuron" and "sigmoid" in found.defined
    "".join(found.cells).encode()


def test_thousands_of_cells_are_refused(tmp_path):
    assert one(tmp_path, notebook(*[cell("1")] * 3000)).problem == "it has 3,000 cells; at most 2,000 are read"


def test_notes_have_a_bound_and_steer_no_terminal(tmp_path):
    cells = [cell(SIGMOID + f" + {i}", kind="raw") for i in range(100)]
    found = one(tmp_path, notebook(*cells, exercise="1a_neuron"), name="ana/\x1b[31m\u202exyz.ipynb")
    assert len(found.notes) == 31 and found.notes[-1] == "… and 71 notes more"
    assert found.path == "ana/�[31m�xyz.ipynb"


@pytest.mark.parametrize("magic", ["%%time", "%%capture out", "  %%time  ", "%%prun -q"])
def test_answers_below_a_magic_that_runs_its_cell(tmp_path, magic):
    assert one(tmp_path, notebook(cell(f"{magic}\n{SIGMOID}"), exercise="1a_neuron")).defined == {"sigmoid": (0,)}


@pytest.mark.parametrize("kind", ["raw", "markdown"])
def test_an_old_attempt_in_a_cell_of_words_does_not_replace_the_code(tmp_path, kind):
    found = one(tmp_path, notebook(cell(SIGMOID), cell("def sigmoid(z):\n    return 0", kind=kind)))
    assert found.cells == (SIGMOID,) and not found.notes


def test_format_3_with_a_heading(tmp_path):
    cells = [
        {"cell_type": "heading", "level": 1, "source": "One neuron", "metadata": {}},
        {"cell_type": "code", "input": SIGMOID, "language": "python", "outputs": [], "metadata": {}},
    ]
    old = {
        "worksheets": [{"cells": cells, "metadata": {}}],
        "metadata": {"name": ""},
        "nbformat": 3,
        "nbformat_minor": 0,
    }
    assert one(tmp_path, old).defined == {"sigmoid": (0,)}


def test_a_blank_copy_does_not_beat_an_answer(tmp_path):
    stub = "def sigmoid(z):\n    raise NotImplementedError"
    for name, source, age in [("a.ipynb", SIGMOID, 9), ("Copy of a.ipynb", stub, 0), ("older.ipynb", SIGMOID, 50)]:
        path = tmp_path / "ana" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(notebook(cell(source))))
        os.utime(path, (1e9 - age, 1e9 - age))
    found = {s.path: s for s in submissions(tmp_path, EXERCISES)}
    assert {path: s.outcome for path, s in found.items()} == {
        "ana/Copy of a.ipynb": "older",
        "ana/a.ipynb": "graded",
        "ana/older.ipynb": "older",
    }
    assert found["ana/a.ipynb"].counts == (
        "of 3 files for this exercise one counts (with answers first, with the course's marks or all answers, "
        "then the newest, last by name): ana/a.ipynb"
    )


MARKS = [
    notebook(cell(SIGMOID), exercise="1a_neuron"),
    notebook(cell(SIGMOID, grade_id="sigmoid")),
    notebook(cell(SIGMOID), cell('check("sigmoid")')),
    notebook(cell("# Exercise 1a: Neuron", "markdown"), cell(SIGMOID)),
]


@pytest.mark.parametrize("marked", MARKS, ids=["metadata", "grade_id", "check", "heading"])
@pytest.mark.parametrize(
    "other",
    [
        "sigmoid, x = 1, 2",
        "from threesteps.network import sigmoid",
        SIGMOID,
        "from torch import sigmoid\naffine = 0.5",
        "sigmoid = nn.Sigmoid()\naffine: float = 0",
    ],
)
@pytest.mark.parametrize("late", [False, True])
def test_a_notebook_of_another_subject_does_not_take_the_place_of_an_exercise(tmp_path, marked, other, late):
    (tmp_path / "ana").mkdir()
    for name, content, age in [("a.ipynb", marked, 9), ("scratch.ipynb", notebook(cell(other)), 99 if late else 0)]:
        (tmp_path / "ana" / name).write_text(json.dumps(content))
        os.utime(tmp_path / "ana" / name, (1e9 - age, 1e9 - age))
    deadline = Deadline(datetime.fromtimestamp(1e9 - 50, UTC)) if late else None
    found = submissions(tmp_path, EXERCISES, deadline=deadline)
    assert {s.path: s.outcome for s in found} == {"ana/a.ipynb": "graded", "ana/scratch.ipynb": "older"}


@pytest.mark.parametrize("late", [False, True])
def test_all_answers_in_a_notebook_without_marks_are_an_attempt_like_any_other(tmp_path, late):
    """The newer one counts, and the one in time before a late one."""
    (tmp_path / "ana").mkdir()
    own = notebook(cell(SIGMOID), cell("def affine(X, W, b):\n    return X"))
    for name, content, age in [("a.ipynb", MARKS[0], 0 if late else 9), ("Untitled.ipynb", own, 9 if late else 0)]:
        (tmp_path / "ana" / name).write_text(json.dumps(content))
        os.utime(tmp_path / "ana" / name, (1e9 - age, 1e9 - age))
    deadline = Deadline(datetime.fromtimestamp(1e9 - 5, UTC)) if late else None
    found = {s.path: s.outcome for s in submissions(tmp_path, EXERCISES, deadline=deadline)}
    assert found == {"ana/Untitled.ipynb": "graded", "ana/a.ipynb": "late" if late else "older"}


@pytest.mark.parametrize(
    "content",
    [
        notebook(cell("from threesteps import check\nfrom threesteps.network import sigmoid\ncheck('sigmoid')")),
        notebook(cell("from threesteps.network import affine as sigmoid, affine"), exercise="1a_neuron"),
        notebook(cell("# 0 · What will I be able to do?", "markdown"), cell(SIGMOID), cell("check('sigmoid')")),
        notebook(
            cell("Ana Bo", "markdown"), cell("# 1a · One neuron", "markdown"), cell(SIGMOID), cell("check('sigmoid')")
        ),
    ],
    ids=["scratch with a check", "a blank with the library's", "a lesson without metadata", "and a name above it"],
)
def test_what_the_library_gives_is_no_answer_and_a_lesson_no_exercise(tmp_path, content):
    (tmp_path / "ana").mkdir()
    for name, written, age in [("a.ipynb", MARKS[2], 9), ("new.ipynb", content, 0)]:
        (tmp_path / "ana" / name).write_text(json.dumps(written))
        os.utime(tmp_path / "ana" / name, (1e9 - age, 1e9 - age))
    assert [s.path for s in submissions(tmp_path, EXERCISES) if s.outcome == "graded"] == ["ana/a.ipynb"]


def test_all_cells_of_an_exercise_pasted_into_anothers_notebook(tmp_path):
    softmax = "def softmax(Z):\n    return Z"
    heading = cell("# Exercise 1c: Softmax", "markdown")
    for signs in (
        [cell(softmax, grade_id="softmax")],
        [cell(softmax), cell("check('softmax')")],
        [heading, cell(softmax)],
    ):
        pasted = notebook(cell(SIGMOID), *signs, exercise="1a_neuron")
        assert one(tmp_path, pasted).exercise == "1c_softmax"
    mixed = notebook(cell(SIGMOID, grade_id="sigmoid"), *signs, exercise="1a_neuron")
    assert one(tmp_path, mixed).exercise == "1a_neuron"


@pytest.mark.parametrize("sign", [{"grade_id": "softmax"}, {}])
@pytest.mark.parametrize("left", [cell("# Exercise 1a · A neuron", "markdown"), cell("check('affine')")])
def test_all_cells_of_another_exercise_are_that_whatever_sign_of_the_first_is_left(tmp_path, sign, left):
    cells = left, cell(SIGMOID), cell("predict = softmax = len", **sign), cell("check('softmax')")
    for own, exercise in (([], "1c_softmax"), ([cell("def affine(X, W, b): return X")], "1a_neuron")):
        (tmp_path / "ana.ipynb").write_text(json.dumps(notebook(*cells, *own, exercise="1a_neuron")))
        (found,) = submissions(tmp_path, EXERCISES, given={"1c_softmax": ["sigmoid"]})
        assert found.exercise == exercise


def test_of_files_with_the_same_time_a_notebook_goes_before_its_backup(tmp_path):
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        for name in ("w.ipynb.bak", "w.ipynb~", "w.ipynb", "w.json", "w.ipynb.txt", "bo"):
            path = f"ana/{name}" if "w" in name else "bo/w.ipynb"
            archive.writestr(zipfile.ZipInfo(path, (2026, 11, 30, 10, 0, 0)), json.dumps(notebook(cell(SIGMOID))))
    found = submissions(tmp_path / "c.zip", EXERCISES)
    assert {s.path for s in found if s.outcome == "graded"} == {"ana/w.ipynb", "bo/w.ipynb"}


def test_a_heading_alone_is_no_exercise(tmp_path):
    assert one(tmp_path, notebook(cell("## Exercise 1a", "markdown"), cell("x = 1"))).problem == submission.NO_EXERCISE


def test_answers_in_a_notebook_without_marks_go_before_a_blank_one_with_them(tmp_path):
    (tmp_path / "ana").mkdir()
    blank = notebook(cell("def sigmoid(z):\n    pass"), cell('check("sigmoid")'))
    for name, content in (("a.ipynb", notebook(cell(SIGMOID))), ("blank.ipynb", blank)):
        (tmp_path / "ana" / name).write_text(json.dumps(content))
    assert {s.path for s in submissions(tmp_path, EXERCISES) if s.outcome == "graded"} == {"ana/a.ipynb"}


@pytest.mark.parametrize("name", ["old.ipynb", f"{'long' * 99}.ipynb"[-200:]])
def test_that_an_older_file_answers_more_is_told(tmp_path, name):
    both = f"{SIGMOID}\ndef affine(X, W, b):\n    return X"
    (tmp_path / "ana").mkdir()
    for path, source, age in [(name, both, 9), ("new.ipynb", SIGMOID, 0), ("oldest.ipynb", SIGMOID, 10)]:
        (tmp_path / "ana" / path).write_text(json.dumps(notebook(cell(source), exercise="1a_neuron")))
        os.utime(tmp_path / "ana" / path, (1e9 - age, 1e9 - age))
    found = {s.path: s for s in submissions(tmp_path, EXERCISES)}
    shown = name if len(name) <= 80 else f"{name[:79]}…"
    assert found["ana/new.ipynb"].counts.endswith(f": ana/new.ipynb; {shown} answers more tasks")
    assert found[f"ana/{name}"].outcome == "older" and not found[f"ana/{name}"].counts


def test_of_files_that_were_handed_in_together_the_last_changed_counts(tmp_path):
    with zipfile.ZipFile(tmp_path / "ana.zip", "w") as archive:
        for name, day in (("a (new).ipynb", 30), ("a_old.ipynb", 1)):
            changed = zipfile.ZipInfo(name, (2026, 11, day, 10, 0, 0))
            archive.writestr(changed, json.dumps(notebook(cell(SIGMOID))))
    moodle = "Bo_7_assignsubmission_file_"
    (tmp_path / moodle).mkdir()
    for name, when in (("a.ipynb", 2e9), ("b.ipynb", 1e9)):
        (tmp_path / moodle / name).write_text(json.dumps(notebook(cell(SIGMOID))))
        os.utime(tmp_path / moodle / name, (when, when))
    (tmp_path / "roster.csv").write_text(
        'Identifier,Full name,Last modified (submission)\nParticipant 7,Bo,"Tuesday, 1 December 2026, 11:59 PM"\n'
    )
    roster = read_roster(tmp_path / "roster.csv")
    found = submissions(tmp_path, EXERCISES, roster, ours=[roster.path])
    assert {s.path: s.outcome for s in found} == {
        f"{moodle}/a.ipynb": "graded",
        f"{moodle}/b.ipynb": "older",
        "ana.zip/a (new).ipynb": "graded",
        "ana.zip/a_old.ipynb": "older",
    }


@pytest.mark.parametrize(
    "names",
    [
        ["w", "w (1)", "w (2)"],
        ["w (9)", "w (10)"],
        ["w", "w-v2", "w-v10"],
        ["1. try/w", "10. try/a"],
        ["w.ipynb.txt", "w1.ipynb.json"],
    ],
)
def test_of_files_with_the_same_time_the_last_by_name_as_people_count_counts(tmp_path, names):
    paths = {f"ana/{name}" + ".ipynb" * (".ipynb" not in name): notebook(cell(SIGMOID)) for name in names}
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        for path, content in reversed((paths | {"bo/w.ipynb": ""}).items()):
            archive.writestr(zipfile.ZipInfo(path, (2026, 11, 30, 10, 0, 0)), json.dumps(content))
    found = {s.path: s.outcome for s in submissions(tmp_path / "c.zip", EXERCISES)}
    assert [found[path] for path in paths] == ["older"] * (len(paths) - 1) + ["graded"]


STUB = "def sigmoid(z):\n    raise NotImplementedError()"


@pytest.mark.parametrize(
    ("source", "answers"),
    [
        (STUB, 0),
        ('def sigmoid(z):\n    """σ(z)."""\n    # YOUR CODE HERE\n    raise NotImplementedError()', 0),
        ("def sigmoid(z):\n    e = 2.7 ** -z\n    raise NotImplementedError", 0),
        ("def sigmoid(z)\n    raise NotImplementedError()", 0),
        (f"{SIGMOID}\n{STUB}", 0),
        *(
            (f"def sigmoid(z):\n    {nothing}", 0)
            for nothing in ("pass", "...", '"""σ(z)."""', "return None", "return")
        ),
        ('def sigmoid(z):\n    """σ(z)."""\n    # TODO\n    pass\n    return None', 0),
        ("def sigmoid(z):\n    pass\n    return z", 1),
        ("def sigmoid(z):\n    print(z)", 1),
        ("def sigmoid(z):\n    # raise NotImplementedError()\n    return z", 1),
        ("def sigmoid(z):\n    return z\n    raise NotImplementedError()", 1),
        ("def sigmoid(z):\n    if z is None:\n        raise NotImplementedError()\n    return z", 1),
        ("def sigmoid(z):\n    if z is not None:\n        return z\n    raise NotImplementedError()", 1),
        ('def sigmoid(z):\n    """In place of raise NotImplementedError()."""\n    return z', 1),
        ("def sigmoid(z)\n    # raise NotImplementedError()\n    return z", 1),
        (f"{STUB}\n{SIGMOID}", 1),
        (f"{STUB}\nsigmoid = lambda z: z", 1),
        (f"%%time\n{SIGMOID}\n    raise NotImplementedError()", 1),
    ],
)
def test_blank_is_what_comes_to_the_stub(tmp_path, source, answers):
    assert one(tmp_path, notebook(cell(source))).answers == answers


def test_what_is_left_of_the_stub_does_not_make_an_answer_blank(tmp_path):
    right = "def sigmoid(z):\n    # raise NotImplementedError()\n    return z"
    for name, source, age in [("old.ipynb", "def sigmoid(z): return 1", 9), ("new.ipynb", right, 0)]:
        (tmp_path / "ana").mkdir(exist_ok=True)
        (tmp_path / "ana" / name).write_text(json.dumps(notebook(cell(source))))
        os.utime(tmp_path / "ana" / name, (1e9 - age, 1e9 - age))
    assert {s.path: s.outcome for s in submissions(tmp_path, EXERCISES)} == {
        "ana/new.ipynb": "graded",
        "ana/old.ipynb": "older",
    }


@pytest.mark.parametrize("source", ["def f(a, a): pass", "nonlocal x", "x: int = 3\nglobal x", "def f(:"])
def test_a_cell_that_the_compiler_refuses_costs_itself_alone(tmp_path, source):
    found = one(tmp_path, notebook(cell(SIGMOID), cell(source)))
    assert (found.outcome, found.defined) == ("graded", {"sigmoid": (0,)})


def test_what_a_pasted_prompt_defines(tmp_path):
    found = one(tmp_path, notebook(cell("In [1]: sigmoid = abs"), cell(">>> affine = abs")))
    assert found.defined == {"sigmoid": (0,), "affine": (1,)}


# Names and places


def test_a_name_that_is_not_utf8(tmp_path):
    folder = os.fsencode(tmp_path) + b"/J\xf6rg"
    os.mkdir(folder)
    with open(folder + b"/l\xf6sung.ipynb", "w") as file:
        json.dump(notebook(cell(SIGMOID)), file)
    (found,) = submissions(tmp_path, EXERCISES)
    assert (found.student, found.path, found.outcome) == ("Jörg", "Jörg/lösung.ipynb", "graded")


def test_a_zip_that_does_not_say_that_its_names_are_utf8(tmp_path):
    path = zipped(
        tmp_path / "c.zip", {"Daniel/a.ipynb": notebook(cell(SIGMOID)), "bo/a.ipynb": notebook(cell(SIGMOID))}
    )
    path.write_bytes(path.read_bytes().replace(b"Daniel", "Dani\u00e9".encode()))
    assert {s.student for s in submissions(path, EXERCISES)} == {"Danié", "bo"}


@pytest.mark.parametrize("prefix", ["./", "./class/", ".\\"])
def test_members_that_begin_with_a_dot(tmp_path, prefix):
    entries = {f"{prefix}{name}/a.ipynb": notebook(cell(SIGMOID)) for name in ("ana", "bo")}
    assert [s.student for s in submissions(zipped(tmp_path / "c.zip", entries), EXERCISES)] == ["ana", "bo"]


@pytest.mark.parametrize("top", ["", "deep-learning/"])
def test_the_whole_course_of_one_student(tmp_path, top):
    entries = {f"{top}{room}/1a_neuron.ipynb": notebook(cell(SIGMOID)) for room in ("exercises", "notebooks")}
    students = {s.student for s in submissions(zipped(tmp_path / "ana.zip", entries), EXERCISES)}
    assert students == {"deep-learning" if top else "ana"}


def test_a_students_own_zip_is_unpacked(tmp_path):
    (tmp_path / "ana").mkdir()
    zipped(tmp_path / "ana" / "homework.zip", {"exercises/1a.ipynb": notebook(cell(SIGMOID))})
    zipped(tmp_path / "bo.zip", {"1a.ipynb": notebook(cell(SIGMOID))})
    found = [(s.student, s.path, s.outcome) for s in submissions(tmp_path, EXERCISES)]
    assert found == [("ana", "ana/homework.zip/exercises/1a.ipynb", "graded"), ("bo", "bo.zip/1a.ipynb", "graded")]


@pytest.mark.parametrize("name", ["ana.zip", "ana.ipynb.zip", "ana/a.zip", "bo.zip/ana.zip"])
def test_a_notebook_that_is_called_a_zip_is_read(tmp_path, name):
    if name.startswith("bo"):
        zipped(tmp_path / "bo.zip", {"ana.zip": notebook(cell(SIGMOID))})
        (found,) = submissions(tmp_path, EXERCISES)
    else:
        found = one(tmp_path, notebook(cell(SIGMOID)), name)
    assert (found.student, found.path, found.outcome) == (name.split("/")[0].split(".")[0], name, "graded")


@pytest.mark.parametrize("name", ["ana", "ana.ipynb", "ana.txt", "ana.json", "ana/x"])
def test_a_zip_that_is_called_otherwise_is_unpacked(tmp_path, name):
    inner = zipped(tmp_path / "a.zip", {"a.ipynb": notebook(cell(SIGMOID)), "b.docx": b"PK\x03\x04"}).read_bytes()
    (tmp_path / "a.zip").unlink()
    (path := tmp_path / "in" / name).parent.mkdir(parents=True)
    path.write_bytes(inner)
    path.with_name("word.docx").write_bytes(inner)
    found = {s.path: (s.student, s.outcome) for s in submissions(tmp_path / "in", EXERCISES) if "word" not in s.path}
    assert found == {f"{name}/a.ipynb": ("ana", "graded"), f"{name}/b.docx": ("ana", "ignored")}
    inside = {s.path for s in submissions(tmp_path / "in", EXERCISES) if "word" in s.path}
    assert inside == {str(path.with_name("word.docx").relative_to(tmp_path / "in"))}


def test_a_students_zip_within_the_classs_zip_is_unpacked(tmp_path):
    own = zipped(tmp_path / "own.zip", {"exercises/1a.ipynb": notebook(cell(SIGMOID)), "data.txt": "1"}).read_bytes()
    entries = {"Ana_1_assignsubmission_file_/homework.zip": own, "bobo_12_345_nn.zip": own, "cy/broken.zip": b"PK no"}
    found = {
        s.path: (s.student, s.outcome, s.problem) for s in submissions(zipped(tmp_path / "c.zip", entries), EXERCISES)
    }
    student = "Ana_1_assignsubmission_file_"
    assert found == {
        f"{student}/homework.zip/exercises/1a.ipynb": (student, "graded", ""),
        f"{student}/homework.zip/data.txt": (student, "ignored", ""),
        "bobo_12_345_nn.zip/exercises/1a.ipynb": ("bobo_12_345_nn", "graded", ""),
        "bobo_12_345_nn.zip/data.txt": ("bobo_12_345_nn", "ignored", ""),
        "cy/broken.zip": ("cy", "unreadable", "a zip that can't be opened: File is not a zip file"),
    }


@pytest.mark.parametrize(
    "bomb", [{f"x{i}.bin": b"0" * 400_000 for i in range(4)}, {f"{i}.txt": b"" for i in range(60)}]
)
def test_of_a_students_zip_a_bounded_part_is_read_and_notebooks_first(tmp_path, monkeypatch, bomb):
    monkeypatch.setattr(handed_in, "LARGEST", 10**6)
    monkeypatch.setattr(handed_in, "WITHIN", 50)
    for name in ("ana", "bo"):
        (tmp_path / name).mkdir()
    zipped(tmp_path / "ana" / "all.zip", {**bomb, "z/nn.ipynb": notebook(cell(SIGMOID))})
    zipped(tmp_path / "bo" / "all.zip", {**bomb})
    found = {s.path: s.problem for s in submissions(tmp_path, EXERCISES) if s.outcome != "ignored"}
    told = "of it, only 50 files and 1 MB are read"
    assert found.pop("ana/all.zip/z/nn.ipynb") == ""
    assert found["ana/all.zip"] == found["bo/all.zip"] == told


def test_all_zips_of_a_student_are_unpacked_within_one_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(handed_in, "TOGETHER", 10**6)
    for name in ("ana", "eve"):
        (tmp_path / name).mkdir()
    for i in range(5):
        zipped(tmp_path / "eve" / f"{i}.zip", {f"{i}.txt": b"0" * 600_000})
    zipped(tmp_path / "ana" / "0.zip", {"nn.ipynb": notebook(cell(SIGMOID))})
    zipped(tmp_path / "eve" / "5.zip", {"nn.ipynb": notebook(cell(SIGMOID))})
    found = {s.path: s.problem or s.outcome for s in submissions(tmp_path, EXERCISES)}
    late = "not unpacked: the student's zips before it held 1 MB"
    assert found == {
        "ana/0.zip/nn.ipynb": "graded",
        **{f"eve/{i}.zip/{i}.txt": "ignored" for i in range(2)},
        **{f"eve/{i}.zip": late for i in range(2, 6)},
    }


def test_installed_packages_come_last_in_a_students_zip(tmp_path, monkeypatch):
    monkeypatch.setattr(handed_in, "WITHIN", 3)
    entries = {f"env/lib/site-packages/{i}.ipynb": notebook(cell("1")) for i in range(5)}
    zipped(tmp_path / "ana.zip", entries | {"work/a.ipynb": notebook(cell(SIGMOID)), "work/data.txt": "1"})
    found = [s.path for s in submissions(tmp_path, EXERCISES) if s.path.startswith("ana.zip/work")]
    assert found == ["ana.zip/work/a.ipynb", "ana.zip/work/data.txt"]


def test_a_students_zip_of_too_many_folders_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(handed_in, "LISTED", 20)
    right = notebook(cell(SIGMOID))
    zipped(tmp_path / "ana.zip", {"a.ipynb": right, **{f"d{i}/": "" for i in range(19)}})
    zipped(tmp_path / "bo.zip", {"a.ipynb": right, **{f"d{i}/": "" for i in range(20)}})
    assert {s.path: s.problem for s in submissions(tmp_path, EXERCISES)} == {
        "ana.zip/a.ipynb": "",
        "bo.zip": "a zip of more than 20 files and folders is not opened",
    }


@pytest.mark.parametrize("folder", ["subs\\", "subs\\ana\\", "subs"])
def test_folders_that_a_zip_names_with_backslashes_or_without_a_sign(tmp_path, folder):
    files = {f"subs\\{name}\\w.ipynb": notebook(cell(SIGMOID)) for name in ("ana", "bo")}
    found = submissions(zipped(tmp_path / "c.zip", {folder: "", **files}), EXERCISES)
    assert [(s.student, s.path) for s in found if s.outcome == "graded"] == [
        ("ana", "ana/w.ipynb"),
        ("bo", "bo/w.ipynb"),
    ]
    assert [s.path for s in found if s.outcome != "graded"] == [folder] * (folder == "subs")


@pytest.mark.parametrize("name", ["Exercise 1a 30:11.ipynb", "30:11/w.ipynb", "1:w.ipynb"])
def test_a_colon_in_a_name_leads_nowhere(tmp_path, name):
    zipped(tmp_path / "ana.zip", {name: notebook(cell(SIGMOID))})
    (found,) = submissions(tmp_path, EXERCISES)
    assert (found.outcome, found.path) == ("graded", f"ana.zip/{name}")


@pytest.mark.parametrize("as_zip", [False, True])
def test_installed_packages_are_not_told_and_what_is_no_notebook_is_not_read(tmp_path, monkeypatch, as_zip):
    read, really = [], submission.each

    def each(reading, items, *rest):
        items = [*items]
        read.extend(file.path for file in items)
        return really(reading, items, *rest)

    monkeypatch.setattr(submission, "each", each)
    packages = ("env/lib/site-packages", "site/node_modules", "__pycache__")
    names = ["env/pyvenv.cfg", "env/bin/data.json", *(f"{folder}/x.py" for folder in packages)]
    entries = {f"ana/{name}": '{"a": 1}' for name in names} | {"ana/work/w.ipynb": notebook(cell(SIGMOID)), "bo/x": ""}
    zipped(tmp_path / "c.zip", entries)
    if not as_zip:
        with zipfile.ZipFile(tmp_path / "c.zip") as archive:
            archive.extractall(tmp_path / "in")
    found = submissions(tmp_path / ("c.zip" if as_zip else "in"), EXERCISES)
    told = {"ana/env/bin/data.json": "ignored", "ana/env/pyvenv.cfg": "ignored", "ana/work/w.ipynb": "graded"}
    assert {s.path: s.outcome for s in found if s.student == "ana"} == told
    assert read == ["ana/work/w.ipynb"]


def test_damaged_and_nameless_members(tmp_path):
    right = notebook(cell(SIGMOID))
    path = zipped(tmp_path / "c.zip", {"ana/a.ipynb": right, "bo/a.ipynb": os.urandom(500), "Q.ipynb": right})
    with zipfile.ZipFile(path) as archive:
        damaged = archive.getinfo("bo/a.ipynb").header_offset + 60
    data = bytearray(path.read_bytes().replace(b"Q.ipynb", b"\0.ipynb"))
    data[damaged : damaged + 10] = bytes(10)
    path.write_bytes(data)
    found = {s.student: (s.outcome, s.problem) for s in submissions(path, EXERCISES)}
    assert found["ana"] == ("graded", "")
    assert found["bo"][0] == "unreadable" and "can't be unpacked" in found["bo"][1]
    assert found["?"][0] == "unreadable"


def test_a_link_to_a_classmates_work(tmp_path):
    for name in ("ana", "bo"):
        (tmp_path / name).mkdir()
    (tmp_path / "ana" / "a.ipynb").write_text(json.dumps(notebook(cell(SIGMOID))))
    (tmp_path / "ana" / "same.ipynb").symlink_to("a.ipynb")
    (tmp_path / "bo" / "b.ipynb").symlink_to(tmp_path / "ana" / "a.ipynb")
    (tmp_path / "cy").symlink_to("ana")
    (tmp_path / "di.ipynb").symlink_to("ana/a.ipynb")
    found = {s.path: s.problem for s in submissions(tmp_path, EXERCISES)}
    refused = "a link that leads out of the student's own folder"
    assert found == {"ana/a.ipynb": "", "ana/same.ipynb": "", "bo/b.ipynb": refused, "cy": refused, "di.ipynb": refused}


def test_a_file_that_went_away(tmp_path):
    (tmp_path / "gone.ipynb").symlink_to("gone.ipynb.not")
    file = handed_in._contents(tmp_path / "never.ipynb", tmp_path / "never.ipynb")
    assert file == "it went away while the folder was read"
    (found,) = submissions(tmp_path, EXERCISES)
    assert found.outcome == "unreadable"


def test_a_folder_that_cannot_be_opened(tmp_path, monkeypatch):
    for name in ("ana", "j.doe", "ana/more"):
        (tmp_path / name).mkdir()
    (tmp_path / "ana" / "a.ipynb").write_text(json.dumps(notebook(cell(SIGMOID))))
    closed, scandir = {"j.doe", "more"}, os.scandir

    def opened(path):
        if os.path.basename(path) in closed:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", opened)
    found = {s.path: (s.student, s.outcome, s.problem) for s in submissions(tmp_path, EXERCISES)}
    denied = "it can't be opened: Permission denied"
    assert found == {
        "ana/a.ipynb": ("ana", "graded", ""),
        "ana/more/": ("ana", "unreadable", denied),
        "j.doe/": ("j.doe", "unreadable", denied),
    }
    closed.add(tmp_path.name)
    with pytest.raises(PermissionError):
        submissions(tmp_path, EXERCISES)


def test_folders_within_folders_have_a_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(handed_in, "DEEPEST", 3)
    (tmp_path / "ana" / "1" / "2" / "3" / "4").mkdir(parents=True)
    for folder in ("ana/1/2", "ana/1/2/3", "bo"):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / "a.ipynb").write_text(json.dumps(notebook(cell(SIGMOID))))
    found = {s.path: s.problem for s in submissions(tmp_path, EXERCISES)}
    deep = "it can't be opened: more than 3 folders within each other"
    assert found == {"ana/1/2/a.ipynb": "", "ana/1/2/3/": deep, "bo/a.ipynb": ""}


def test_the_folder_that_one_is_in_has_a_name(tmp_path, monkeypatch):
    (tmp_path / "ana" / "exercises").mkdir(parents=True)
    (tmp_path / "ana" / "exercises" / "a.ipynb").write_text(json.dumps(notebook(cell(SIGMOID))))
    monkeypatch.chdir(tmp_path / "ana")
    (found,) = submissions(Path("."), EXERCISES)
    assert (found.student, found.path) == ("ana", "exercises/a.ipynb")


@pytest.mark.parametrize("as_zip", [False, True])
def test_what_is_all_that_a_student_has_is_told(tmp_path, as_zip):
    zipped(tmp_path / "empty.zip", {})
    zipped(tmp_path / "mac.zip", {"work/": "", "__MACOSX/work/a.ipynb": notebook(cell(SIGMOID))})
    entries = {
        "ana/.ipynb_checkpoints/a-checkpoint.ipynb": notebook(cell(SIGMOID)),
        "bo/.ipynb_checkpoints/a-checkpoint.ipynb": notebook(cell(SIGMOID)),
        "bo/a.ipynb": notebook(cell(SIGMOID)),
        "cy.zip": (tmp_path / "empty.zip").read_bytes(),
        "dee/w.zip": (tmp_path / "mac.zip").read_bytes(),
        "ed/.DS_Store": "",
        ".ipynb_checkpoints/b.ipynb": notebook(cell(SIGMOID)),
    }
    zipped(tmp_path / "c.zip", entries)
    if not as_zip:
        with zipfile.ZipFile(tmp_path / "c.zip") as archive:
            archive.extractall(tmp_path / "in")
    found = {s.path: s.problem for s in submissions(tmp_path / ("c.zip" if as_zip else "in"), EXERCISES)}
    assert found == {
        "ana/.ipynb_checkpoints/a-checkpoint.ipynb": handed_in.LEFT,
        "bo/a.ipynb": "",
        "cy.zip": handed_in.NOTHING,
        "dee/w.zip": handed_in.NOTHING,
    }


def test_a_zip_within_a_students_zip_is_not_opened(tmp_path, monkeypatch):
    inner = zipped(tmp_path / "inner.zip", {"a.ipynb": notebook(cell(SIGMOID))}).read_bytes()
    source = tmp_path / "in"
    source.mkdir()
    zipped(source / "ana.zip", {"more/work.zip": inner})
    zipped(source / "bo.zip", {"a.ipynb": notebook(cell(SIGMOID)), "data.ZIP": inner})
    found = {s.path: (s.outcome, s.problem or "".join(s.notes)) for s in submissions(source, EXERCISES)}
    told = "a zip within a zip: it is not opened"
    assert found == {
        "ana.zip/more/work.zip": ("unreadable", told),
        "bo.zip/a.ipynb": ("graded", ""),
        "bo.zip/data.ZIP": ("ignored", told),
    }
    zipped(source / "bo.zip", {"a.ipynb": notebook(cell(SIGMOID)), "data.ZIP": bytes(10**6)})
    monkeypatch.setattr(handed_in, "LARGEST", 10**5)
    assert {s.path: (s.outcome, s.problem or "".join(s.notes)) for s in submissions(source, EXERCISES)} == found


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_members_with_the_same_name_the_last_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        for source in (SIGMOID, "def softmax(Z): pass"):
            archive.writestr("ana/a.ipynb", json.dumps(notebook(cell(source))))
    found = {(s.path, s.outcome): s.exercise or s.problem for s in submissions(tmp_path / "c.zip", EXERCISES)}
    assert found == {
        ("ana/a.ipynb", "graded"): "1c_softmax",
        ("ana/a.ipynb", "unreadable"): "the archive holds several files of this name: the last one is read",
    }


def test_of_many_files_without_a_notebook_some_are_named(tmp_path):
    (tmp_path / "ana").mkdir()
    for i in range(30):
        (tmp_path / "ana" / f"{i:02}.py").write_text("")
    found = [s.outcome for s in submissions(tmp_path, EXERCISES)]
    assert found == ["unreadable"] * 20 + ["ignored"] * 10
