"""The page about the class: from records, and from a report that the command wrote."""

import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hostile import HONEST
from test_grade import WRONG, grade, write
from test_report import UNREADABLE, record

from threesteps.tasks import EXERCISES
from threesteps_grading.cli import main
from threesteps_grading.reporting.class_page import class_page
from threesteps_grading.reporting.feedback import write_feedback

pytestmark = pytest.mark.usefixtures("warm")

NETWORK = EXERCISES["1b_network"]
SLIP = "W has to be transposed: `X @ W.T`"


def slipped(student, **changes):
    """A record whose affine is a known wrong answer."""
    made = record(student, points=(3, 0, 2), **changes)
    made["verdicts"][1] |= {"diagnosis": "not transposed", "message": SLIP}
    return made


CLASS = [
    record("ana", points=(3, 3, 2)),
    slipped("bo", notes=["encoding repaired (utf-16)"]),
    slipped("张 Zoë"),
    record("cy", points=(0, 0, 2)),
    record("dee", path="dee/broken.ipynb", **UNREADABLE),
    record("eve", outcome="older", points=(0, 0, 0)),
]


class Tables(HTMLParser):
    """The texts of all tables' rows, the open elements checked on the way."""

    def __init__(self, page):
        super().__init__()
        self.rows, self.open = [], []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "br"):
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            assert tag == "td" or "scope" in dict(attrs)
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data

    def row(self, *begin):
        return next(cells for cells in ([" ".join(c.split()) for c in row] for row in self.rows)
                    if cells[: len(begin)] == list(begin))  # fmt: skip


def test_how_the_tasks_went():
    tables = Tables(class_page(CLASS))
    assert tables.open == []
    assert tables.row("sigmoid") == ["sigmoid", "", "3", "0", "1", "0", "2.25 of 3"]
    assert tables.row("affine") == ["affine", "", "1", "0", "3", "0", "0.75 of 3"]
    assert "handed in by 4" in class_page(CLASS)


def test_what_was_misunderstood_most_often_comes_first_and_undiagnosed_repetitions_come_apart():
    other = slipped("fay")
    other["verdicts"][0] |= {
        "points": 0.0,
        "status": "failed",
        "diagnosis": "minus",
        "message": "The minus is gone.",
    }
    page = class_page([*CLASS, other])
    first, second = page.index("W has to be transposed"), page.index("The minus is gone.")
    assert first < second
    row = Tables(page).row("3 of 5")
    assert row[2:] == ["affine", "W has to be transposed: X @ W.Tbo, fay, 张 Zoë"]
    assert "<code>X @ W.T</code>" in page
    assert "something about" not in page  # one student alone
    twice = class_page([*CLASS, record("gil", points=(0, 3, 2))])
    assert Tables(twice).row("2 of 5", "", "sigmoid")[3] == "something about sigmoidcy, gil"


def test_who_needs_help_and_files_with_notes():
    tables = Tables(class_page(CLASS, nothing=["Hal, Ina"]))
    assert tables.row("cy", "2 of 8")[2] == "1a_neuron: sigmoid not right yet, affine not right yet"
    assert "dee/broken.ipynb can't be read: the file is empty" in tables.row("dee", "0 of 0")[2]
    with pytest.raises(StopIteration):
        tables.row("bo", "5 of 8")
    assert tables.row("bo/nn.ipynb")[3] == "encoding repaired (utf-16)"
    page = class_page(CLASS, nothing=["Hal, Ina"])
    assert "1 of the roster handed in nothing" in page and "Hal, Ina" in page


def test_thousands_of_files_of_one_student_take_little_room():
    many = [record("ana", path=f"ana/{i}.ipynb", **UNREADABLE) for i in range(3000)]
    page = class_page([*many, record("dee", path="dee/broken.ipynb", **UNREADABLE)])
    assert len(set(re.findall(r"ana/\d+\.ipynb", page))) == 20
    assert page.count("… and 2,980 files more, in files.csv") == 2
    assert page.count("dee/broken.ipynb") == 2


def test_what_nobody_answered_counts_nowhere():
    """As in gradebook.csv: in a whole course's folder most exercises are blank."""
    blank = [record(name, exercise="1b_network", points=(0, 0, 0)) for name in ("ana", "cy")]
    for one in blank:
        one["verdicts"] = [v | {"task": t.name, "status": "missing"} for v, t in zip(one["verdicts"], NETWORK)]
    page = class_page([*CLASS, *blank])
    assert "Exercise 1b" not in page and "(handed in by 4)" in page
    assert Tables(page).row("cy", "2 of 8")
    with pytest.raises(StopIteration):
        Tables(page).row("ana")


def test_what_the_judge_failed_on_counts_nowhere():
    page = class_page([*CLASS, record("gil", points=(0, 0, 0), failed="MemoryError")])
    tables, without = Tables(page), Tables(class_page(CLASS))
    assert tables.row("sigmoid") == without.row("sigmoid")
    with pytest.raises(StopIteration):
        tables.row("gil")


def test_names_lead_to_the_feedback_pages(tmp_path):
    same = record("ana", path="ana/1a_neuron.ipynb", **UNREADABLE)
    records = [*CLASS, slipped("a/b #1"), same]
    write_feedback(tmp_path, records)
    page = class_page(records)
    links = {unquote(link) for link in re.findall('href="([^"]*)"', page)}
    assert {"feedback/bo/1a_neuron.html", "feedback/张 Zoë/1a_neuron.html", "feedback/a_b #1/1a_neuron.html",
            "feedback/ana/unreadable 1a_neuron.html", "feedback/dee/unreadable broken.html"} <= links  # fmt: skip
    assert all((tmp_path / link).is_file() for link in links)
    assert '<a href="feedback/bo/1a_neuron.html">bo</a>, <a' in page
    assert "href=" not in class_page(records, is_there=lambda place: False)


def test_an_empty_class_has_a_page():
    assert "No notebook was graded." in class_page([])


def test_the_page_escapes_needs_nothing_else_and_holds_no_code():
    evil = "<script>alert(1)</script>"
    made = slipped(evil, notes=[evil], code={"affine": "secret = 1"})
    made["verdicts"][1]["message"] = f"`{evil}`"
    page = class_page([made], nothing=[evil])
    assert "<script" not in page and "secret" not in page
    assert not re.search(r"src=|href=\"(?!feedback/)|url\(|@import|https?:", page)


def test_the_command(tmp_path, capsys):
    write(tmp_path / "in", {"ana": HONEST, "bo": WRONG, "Łukasz b c": WRONG})
    out = tmp_path / "the report"
    assert main(["report", str(out)]) == 2
    assert "holds no finished report" in capsys.readouterr().err
    assert grade(tmp_path / "in", out, "--seed", 7) == 0
    capsys.readouterr()
    assert main(["report", str(out)]) == 0
    assert capsys.readouterr().out.strip() == str(out / "class.html")
    page = (out / "class.html").read_text(encoding="utf-8")
    row = Tables(page).row("2 of 3")
    assert row[2] == "affine" and row[3].endswith("bo, Łukasz b c")
    assert "rows and columns have to be swapped first" in row[3]
    assert main(["report", str(out)]) == 0
    assert (out / "class.html").read_text(encoding="utf-8") == page
