"""The tables and the feedback pages."""

import csv
import io
import re
from pathlib import Path

import pytest

from threesteps.check import STATUS
from threesteps.tasks import EXERCISES
from threesteps_grading.cli import main
from threesteps_grading.reading import read_roster
from threesteps_grading.reading.notebook import read
from threesteps_grading.reporting.feedback import feedback_page, file_name, write_feedback
from threesteps_grading.reporting.pages import title_of
from threesteps_grading.reporting.report import BEST_FIRST, doubts, summary
from threesteps_grading.reporting.tables import TABLES, table, write_lists, write_tables

TASKS = EXERCISES["1a_neuron"]


def record(student="ana", points=(3, 1.5, 0), **changes):
    verdicts = [
        {
            "task": task.name,
            "points": float(earned),
            "max_points": task.points,
            "status": "passed" if earned == task.points else "partial" if earned else "failed",
            "message": "" if earned == task.points else f"something about {task.name}",
            "diagnosis": "",
            "groups": [{"name": "g", "points": float(earned), "max_points": task.points, "finding": "", "example": ""}],
        }
        for task, earned in zip(TASKS, points)
    ]
    return {
        "path": f"{student}/nn.ipynb",
        "student": student,
        "sha256": "0" * 64,
        "exercise": "1a_neuron",
        "outcome": "graded",
        "problem": "",
        "notes": [],
        "verdicts": verdicts,
        "code": {task.name: f"def {task.name}(): ..." for task in TASKS},
        **changes,
    }


UNREADABLE = {"exercise": "", "outcome": "unreadable", "problem": "the file is empty", "verdicts": [], "code": {}}


def tables(tmp_path, records):
    write_tables(tmp_path, records)
    return {name: list(csv.DictReader(io.StringIO((tmp_path / name).read_text()))) for name in TABLES}


def test_scores(tmp_path):
    rows = tables(tmp_path, [record("bo"), record("ana"), record("cy", **UNREADABLE)])["scores.csv"]
    assert list(rows[0]) == ["student", "notebook", "task", "points", "max_points", "status", "message"]
    assert [(row["student"], row["task"]) for row in rows] == [
        *(("ana", task.name) for task in TASKS),
        *(("bo", task.name) for task in TASKS),
        ("cy", ""),
    ]
    assert (rows[1]["points"], rows[1]["max_points"], rows[1]["status"]) == ("1.5", "3", "partial")
    assert rows[-1]["status"] == "unreadable" and "the file is empty" in rows[-1]["message"]
    assert rows[-1]["max_points"] == ""


def test_gradebook(tmp_path):
    records = [record("ana"), record("bo", points=(3, 3, 2)), record("cy", **UNREADABLE)]
    records.append(record("dee", outcome="ignored", verdicts=[], code={}))
    rows = tables(tmp_path, records)["gradebook.csv"]
    assert list(rows[0]) == ["student", *EXERCISES, "total", "max"]
    assert [(row["student"], row["1a_neuron"], row["total"], row["max"]) for row in rows] == [
        ("ana", "4.5", "4.5", "8"),
        ("bo", "8", "8", "8"),
        ("cy", "", "0", "8"),
    ]


def test_a_blank_notebook_of_another_exercise_raises_nobodys_max(tmp_path):
    def blank(student, exercise):
        made = record(student, points=(0, 0, 0), exercise=exercise)
        return made | {"verdicts": [verdict | {"status": "missing"} for verdict in made["verdicts"]]}

    def most(*records):
        return {(row["total"], row["max"]) for row in tables(tmp_path, records)["gradebook.csv"]}

    assert most(record("ana"), blank("bo", "5_on_your_own"), blank("cy", "1a_neuron")) == {("4.5", "8"), ("0", "8")}
    assert most(blank("bo", "1a_neuron")) == {("0", "8")}
    assert most(record("ana", points=(0, 0, 0))) == {("0", "8")}
    assert most(record("ana"), record("bo", exercise="1b_network")) == {("4.5", "16")}


def test_an_exercise_that_few_students_answered_is_named():
    records = [record(f"s{i}") for i in range(10)]
    assert doubts(records) == []
    records += [record(name, exercise="1b_network") for name in ("s3", "s4")]
    assert doubts(records) == ["few students answered, and so all have in their max: 1b_network (s3; s4)"]
    assert doubts(records[1:]) == doubts(records, whole=False) == []
    assert doubts([*records, record("s5", exercise="1b_network")]) == []


def test_files(tmp_path):
    rows = tables(tmp_path, [record(notes=["encoding repaired (utf-16)", "x"]), record("bo", outcome="older")])
    assert [(row["path"], row["outcome"], row["notes"]) for row in rows["files.csv"]] == [
        ("ana/nn.ipynb", "graded", "encoding repaired (utf-16); x"),
        ("bo/nn.ipynb", "older", ""),
    ]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "=cmd|' /C calc'!A0"])
def test_no_cell_is_a_formula(tmp_path, name):
    for rows in tables(tmp_path, [record(name)]).values():
        assert all(not re.match(r"[=+\-@]", str(value)) for row in rows for value in row.values())


def test_line_breaks_and_odd_characters_stay_in_their_cell(tmp_path):
    rows = tables(tmp_path, [record('a\nb,"c"\t\0d')])["scores.csv"]
    assert {row["student"] for row in rows} == {'a b,"c" d'}
    assert b"\r" not in (tmp_path / "scores.csv").read_bytes()


def test_a_feedback_page(tmp_path):
    records = [record("ana", notes=["a note"]), record("bo", **UNREADABLE), record("cy", outcome="older")]
    write_feedback(tmp_path, records)
    assert sorted(str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*.html")) == [
        "feedback/ana/1a_neuron.html",
        "feedback/bo/unreadable nn.html",
    ]
    page = (tmp_path / "feedback/ana/1a_neuron.html").read_text()
    assert "4.5 of 8 points" in page and "def affine" in page and "a note" in page
    assert "<title>1a · One neuron, one layer: feedback for ana</title>" in page
    assert (
        page.index('<table class="tasks">') < page.index('<section id="sigmoid">') and 'href="#sigmoid_prime"' in page
    )
    assert "notebooks/1a_neuron.ipynb" in page
    assert "the file is empty" in (tmp_path / "feedback/bo/unreadable nn.html").read_text()


def test_a_feedback_page_escapes_and_needs_nothing_else():
    evil = "<script>alert(1)</script>"
    changes = {"code": {"sigmoid": evil}, "notes": [evil]}
    page = feedback_page(record(evil, **changes))
    assert "<script" not in page and page.count("&lt;script&gt;") >= 4
    assert not re.search(r"src=|href=\"(?!#)|url\(|@import|https?:", page)


@pytest.mark.parametrize(
    ("problem", "again"),
    [
        ("the file ends too early, line 3", True),
        ("not JSON: Expecting value, line 1", True),
        ("not a notebook: it has no cells", True),
        ("not a notebook (.ipynb)", False),
        ("a lesson, not an exercise", False),
        ("it can't be unpacked without a password", False),
        ("it has 200 MB; at most 100 MB are read", False),
    ],
)
def test_only_a_broken_notebook_is_to_be_saved_again(problem, again):
    assert ("save it" in feedback_page(record(**UNREADABLE | {"problem": problem}))) == again


def test_a_link_to_the_lesson(tmp_path):
    write_feedback(tmp_path, [record("ana"), record("bo", **UNREADABLE)], "https://example.org/LESSON.html")
    assert '<a href="https://example.org/1a_neuron.html">' in (tmp_path / "feedback/ana/1a_neuron.html").read_text()
    assert "https:" not in (tmp_path / "feedback/bo/unreadable nn.html").read_text()


def test_an_address_of_lessons_has_a_place_for_their_name(tmp_path, capsys):
    for address in ("https://example.org/", "javascript:LESSON", ""):
        with pytest.raises(SystemExit):
            main(["grade", str(tmp_path), "--out", str(tmp_path / "out"), "--lessons", address])
        assert "with LESSON in the place of a lesson's name" in capsys.readouterr().err


def test_a_failure_that_follows_from_another_is_said_to():
    code = {
        "sigmoid": "def sigmoid(z):\n    raise NotImplementedError",
        "affine": 'def affine(X, W, b):\n    """Not sigmoid."""  # nor sigmoid_prime\n    return X.sigmoid',
        "sigmoid_prime": "def sigmoid_prime(z):\n    return sigmoid(z) * (1 - sigmoid(z))\n    (",
    }
    made = record(points=(0, 0, 0), code=code)
    made["verdicts"][0]["status"] = "missing"
    page = feedback_page(made)
    assert page.count("begin there") == 1
    assert "<code>sigmoid_prime</code> uses your <code>sigmoid</code>, which is not solved yet: begin there." in page
    assert "begin there" not in feedback_page(record(points=(0, 0, 2), code=code))
    assert "begin there" not in feedback_page(record(points=(3, 0, 0), code=code))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("    return sigmoid(z)", 1),
        ("    def own(z):\n        return sigmoid(z)\n    return own(z)", 1),
        ("    sigmoid = 1 / (1 + np.exp(-z))\n    return sigmoid", 0),
        ("    def sigmoid(t):\n        return t\n    return 2 * sigmoid(z)", 0),
        ("    return (lambda sigmoid: sigmoid * z)(2)", 0),
        ("    %timeit z\n    return sigmoid(z)", 1),
    ],
)
def test_a_failure_follows_from_no_name_of_the_answers_own(body, said):
    made = record(points=(0, 3, 0), code={"sigmoid_prime": f"def sigmoid_prime(z):\n{body}"})
    assert feedback_page(made).count("begin there") == said


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        ("not a notebook (.ipynb)", "the file that ends with .ipynb"),
        ("a web page, and no notebook", "the file that ends with .ipynb"),
        ("the file is empty", "Open the file in Jupyter"),
        ("it has 101 MB; at most 100 MB are read", ""),
    ],
)
def test_a_page_about_a_file_that_is_not_read_says_what_to_do(problem, said):
    page = feedback_page(record(**UNREADABLE | {"problem": problem}))
    assert said in page and page.count("and hand it in") + page.count("Hand in") == bool(said)


def test_titles_are_those_of_the_notebooks():
    for exercise in EXERCISES:
        (path,) = (Path(__file__).parents[1] / "solutions").glob(f"*{exercise}.ipynb")
        assert f"# Exercise {title_of(exercise)}" == read(path).cells[0].source.split("\n")[0]


def test_a_summary_names_what_cannot_be_read_and_begins_with_the_best():
    records = [record("ana"), record("bo", points=(3, 3, 2)), record("cy", path="cy/a.ipynb", **UNREADABLE)]
    assert summary(records) == [
        "3 students, 2 notebooks graded, 1 unreadable",
        "  cy/a.ipynb: the file is empty",
        "6 tasks: 4 passed, 1 partial, 1 failed",
    ]
    many = summary([record("cy", path=f"cy/{i}.ipynb", **UNREADABLE) for i in range(25)])
    assert many[-2:] == ["  … and 5 more, in files.csv", "no tasks"] and len(many) == 23
    assert set(BEST_FIRST) | {"unreadable"} == set(STATUS)


def test_an_unreadable_file_leaves_the_graded_page_alone(tmp_path):
    unreadable = record("ana", **UNREADABLE | {"path": "ana/1a_neuron.ipynb"})
    for records in ([record("ana"), unreadable, unreadable], [unreadable, unreadable, record("ana")]):
        write_feedback(tmp_path, records)
        assert "4.5 of 8 points" in (tmp_path / "feedback/ana/1a_neuron.html").read_text()
    names = sorted(path.name for path in tmp_path.rglob("*.html"))
    assert names == ["1a_neuron.html", "unreadable 1a_neuron.html", "unreadable 1a_neuron~2.html"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("x;=1+1;", "x;'=1+1;"),
        ("x; -1", "x; '-1"),
        ("a-b; c = 3, d", "a-b; c = 3, d"),
        ("+49 170", "'+49 170"),
        ("-5+1", "'-5+1"),
        ("-5\t=1", "'-5 =1"),
        ("by |a| + |b|: [[1, -2], [-3, 4]]", "by |a| + |b|: [[1, -2], [-3, 4]]"),
    ],
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text, shown):
    assert table(["a"], [[text]]).splitlines()[1].strip('"') == shown


def test_what_the_lms_knows_a_student_by_goes_back_as_it_is_unless_it_computes(tmp_path):
    (tmp_path / "roster.csv").write_text("name,id\nana,-5\nbo,-5+1\ncy,@cy\ndi,-b\nef,+49 123\ngo,@x(1)\nhi,=1\n")
    write_lists(tmp_path, read_roster(tmp_path / "roster.csv"), [record()])
    told = ["ana,-5,4.5", "bo,'-5+1,", "cy,@cy,", "di,-b,", "ef,+49 123,", "go,'@x(1),", "hi,'=1,"]
    assert (tmp_path / "lms.csv").read_text().splitlines()[1:] == told


def test_long_names_fit_every_system():
    assert len(file_name("漢" * 83, []).encode()) <= 100


def test_file_names():
    taken = []
    for name in ["../../x", "A", "a", "con", "Zoë 张", "x" * 300, "", "..", "a/b"]:
        taken.append(file_name(name, taken))
    assert taken == ["_.._x", "A", "a~2", "_con", "Zoë 张", "x" * 100, "_", "_~2", "a_b"]
