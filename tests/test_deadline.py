"""Which files were in time: by what the place of a file tells, which counts, and how that is told."""

import json
import os
import time
import zipfile
from datetime import datetime, timedelta, timezone

import pytest
from hostile import HONEST, SETUP, SIGMOID
from hostile import notebook as as_file
from test_grade import WRONG, contents, grade, rows
from test_roster import WORKSHEET
from test_submissions import EXERCISES

from threesteps_grading import WrongUse
from threesteps_grading.cli import main
from threesteps_grading.reading import Deadline, moment, own_dates, read_roster
from threesteps_grading.reading.submission import submissions
from threesteps_grading.reporting import doubts

pytestmark = pytest.mark.usefixtures("warm")

DUE = datetime(2026, 12, 1, 23, 59)
ALMOST_A_MINUTE = timedelta(seconds=59, microseconds=999_999)
STUB = "def sigmoid(z):\n    raise NotImplementedError"


def hand_in(folder, **times):
    """Files of a class: {path with __ for / and without its end: time, or (time, cells)}."""
    for name, given in times.items():
        when, cells = given if isinstance(given, tuple) else (given, [SETUP, SIGMOID])
        path = folder / f"{name.replace('__', '/')}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_file(cells))
        os.utime(path, (when.timestamp(),) * 2)
    return folder


def judged(source, roster=None, **deadline):
    """{path: (outcome, late)} of what is read."""
    found = submissions(source, EXERCISES, *([roster] if roster else []), deadline=Deadline(DUE, **deadline))
    return {s.path.removesuffix(".ipynb"): (s.outcome, s.late) for s in found}


def after(minutes):
    return DUE + timedelta(minutes=minutes)


def test_the_last_in_time_counts(tmp_path):
    hand_in(tmp_path, ana__a=after(-60), ana__b=after(0), ana__c=after(1), bo__a=after(-1), cy__a=after(90))
    expected = {
        "ana/a": ("older", False),
        "ana/b": ("graded", False),
        "ana/c": ("late", True),
        "bo/a": ("graded", False),
        "cy/a": ("graded", True),
    }
    assert judged(tmp_path) == expected
    accepted = expected | {"ana/b": ("older", False), "ana/c": ("graded", True)}
    assert judged(tmp_path, accept_late=True) == accepted
    graceful = {path: (outcome, path == "cy/a") for path, (outcome, _) in accepted.items()}
    assert judged(tmp_path, grace=timedelta(minutes=1)) == graceful


def test_of_late_files_alone_the_newest_counts(tmp_path):
    hand_in(tmp_path, ana__a=after(5), ana__b=after(10))
    assert judged(tmp_path) == {"ana/a": ("older", True), "ana/b": ("graded", True)}


def test_an_answer_that_is_late_counts_before_a_blank_in_time(tmp_path):
    hand_in(tmp_path, ana__a=(after(-5), [SETUP, STUB]), ana__b=after(5))
    assert judged(tmp_path) == {"ana/a": ("older", False), "ana/b": ("graded", True)}


def test_an_extension_is_that_of_one_student(tmp_path):
    hand_in(tmp_path, ana=after(60), bo=after(60))
    own = own_dates({"ana": "2026-12-03T12:00"}, DUE)
    assert judged(tmp_path, own=own) == {"ana": ("graded", False), "bo": ("graded", True)}


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026-12-03T12:00", datetime(2026, 12, 3, 12, 0, 59, 999999)),
        ("2026-12-03T12:00:00", datetime(2026, 12, 3, 12)),
        ("2026-12-03 12:00:30", datetime(2026, 12, 3, 12, 0, 30)),
        ("2026-12-03", datetime(2026, 12, 3, 23, 59, 59, 999999)),
        ("2", datetime(2026, 12, 3, 23, 59)),
        ("1,5", datetime(2026, 12, 3, 11, 59)),
        ("0", DUE),
    ],
)
def test_what_an_extension_may_be(text, due):
    assert own_dates({"ana": text}, DUE) == {"ana": due}


@pytest.mark.parametrize("text", ["tomorrow", "12/03/2026", "-1", "2026-13-01", "20261", "1e3", "3.12", "1,25"])
def test_what_is_no_extension_names_the_student(text):
    with pytest.raises(WrongUse, match="extension of ana is"):
        own_dates({"ana": text}, DUE)


def test_a_time_may_have_a_zone():
    local = DUE.astimezone()
    assert moment("2026-12-01T23:59:00") == DUE and moment(local.isoformat()) == local
    assert moment("2026-12-01T23:59") - DUE == moment(local.isoformat(timespec="minutes")) - local == ALMOST_A_MINUTE
    assert moment("2026-12-01T23:59Z") - moment("2026-12-01T23:59+02:00") == timedelta(hours=2)


@pytest.fixture
def clock(monkeypatch):
    """Set the clock of this machine to a zone's."""

    def set_to(zone):
        monkeypatch.setenv("TZ", zone)
        time.tzset()

    yield set_to
    monkeypatch.undo()
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the clock can't be set here")
def test_a_deadlines_zone_is_that_of_all_times_that_have_none(tmp_path, clock, capsys):
    clock("UTC")
    name = "HW_{}_attempt_2026-12-01-{}_nn"
    late, early = name.format("bo", "23-59-01"), name.format("ana", "23-58-00")
    hand_in(tmp_path / "in", **{late: DUE, early: DUE, "cy__nn": datetime(2026, 12, 1, 22, 59, 30)})
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        for student, minute in (("ana", 58), ("bo", 59)):
            when = (2026, 12, 1, 23, minute, 30)
            archive.writestr(zipfile.ZipInfo(f"{student}/nn.ipynb", when), as_file([SETUP, SIGMOID]))
    (tmp_path / "roster.csv").write_text("name,due\ncy,2026-12-01T23:58:00\n")
    options = ["--due", "2026-12-01T23:59:00+01:00", "--roster", tmp_path / "roster.csv"]
    assert grade(tmp_path / "in", tmp_path / "out", *options) == 0
    said = capsys.readouterr().out
    assert "due 2026-12-01 23:59 UTC+01:00, the zone of all times that have none\n" in said
    files = [(row["handed_in"], row["late"]) for row in rows(tmp_path / "out", "files.csv")]
    assert files == [
        ("2026-12-01 23:58:00", ""),
        ("2026-12-01 23:59:01", "late"),
        ("2026-12-01 23:59:30", "late"),
    ]
    assert grade(tmp_path / "c.zip", tmp_path / "zip", *options[:2]) == 0
    assert [row["late"] for row in rows(tmp_path / "zip", "files.csv")] == ["", "late"]


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the clock can't be set here")
def test_a_night_in_which_the_clock_is_put_back_has_its_hour_twice(tmp_path, clock):
    clock("CET-1CEST,M3.5.0,M10.5.0/3")
    summer, winter = (timezone(timedelta(hours=hours)) for hours in (2, 1))
    first, again = (datetime(2026, 10, 25, 2, 30, tzinfo=zone) for zone in (summer, winter))
    quarter = timedelta(minutes=15)
    hand_in(tmp_path, ana__old=first + quarter, ana__new=again - quarter, bo=datetime(2026, 10, 25, 23, 50))
    (of,) = (s for s in submissions(tmp_path, EXERCISES) if s.student == "ana" and s.outcome == "graded")
    assert of.path == "ana/new.ipynb"
    due = datetime(2026, 10, 25, 1, 50)
    found = submissions(tmp_path, EXERCISES, deadline=Deadline(due, timedelta(minutes=60)))
    assert {s.path: s.late for s in found} == {"ana/old.ipynb": False, "ana/new.ipynb": True, "bo.ipynb": True}
    found = submissions(tmp_path, EXERCISES, deadline=Deadline(datetime(2026, 10, 25, 2, 30)))
    assert {s.path: s.late for s in found} == {"ana/old.ipynb": False, "ana/new.ipynb": False, "bo.ipynb": True}
    own = own_dates({"bo": "1"}, datetime(2026, 10, 24, 23, 55))
    found = submissions(tmp_path, EXERCISES, deadline=Deadline(due, own=own))
    assert [s.late for s in found if s.student == "bo"] == [False]


def test_blackboard_writes_the_time_into_the_name(tmp_path):
    late, early = "HW_bo_attempt_2026-12-02-00-00-00_nn", "HW_ana_attempt_2026-12-01-23-58-00_nn"
    hand_in(tmp_path, **{late: after(-999), early: after(999)})
    assert judged(tmp_path) == {early: ("graded", False), late: ("graded", True)}


@pytest.mark.parametrize("due", [DUE, datetime.min, datetime.max])
def test_a_time_at_the_end_of_all_days_stops_nothing(tmp_path, due):
    first, last = "x_attempt_0001-01-01-00-00-00", "y_attempt_9999-12-31-23-59-59"
    hand_in(tmp_path, **dict.fromkeys((first, last), DUE))
    found = submissions(tmp_path, EXERCISES, deadline=Deadline(due, timedelta(minutes=10)))
    assert [s.late for s in found] == [False, due < datetime.max]


def test_of_blackboards_attempts_the_last_in_time_counts(tmp_path):
    names = [f"HW_ana_attempt_2026-12-0{day}-00-00-00_nn" for day in (1, 2)]
    hand_in(tmp_path, **dict.fromkeys(names, after(999)))
    (tmp_path / "roster.csv").write_text("login\nana\n")
    roster = read_roster(tmp_path / "roster.csv")
    (tmp_path / "roster.csv").unlink()
    assert judged(tmp_path, roster) == {names[0]: ("graded", False), names[1]: ("late", True)}


def test_canvas_says_late_and_has_no_time(tmp_path):
    hand_in(tmp_path, boana_5011_81234_nn=after(999), bobo_LATE_5012_81235_nn=after(-999))
    assert judged(tmp_path) == {
        "boana_5011_81234_nn": ("graded", False),
        "bobo_LATE_5012_81235_nn": ("graded", True),
    }


@pytest.mark.parametrize(
    "names",
    [
        ["team_1234567_7654321_ex1a", "bo"],
        ["ana_2026_12_01_v2", "bo_2026_12_01_v2"],
        ["ana_2026_1201_v2", "bo_2026_1201_v2"],
        ["blatt_2026_101_a", "blatt_2027_102_b"],
        ["ana_LATE_1234_5678_a"],
    ],
)
def test_a_name_like_those_of_canvas_hides_no_time_where_the_class_has_others(tmp_path, names):
    hand_in(tmp_path, **dict.fromkeys(names, after(9)))
    assert judged(tmp_path) == dict.fromkeys(names, ("graded", True))


def test_what_stands_before_blackboards_login_is_no_number_of_canvas(tmp_path):
    names = [f"Week_1_2_{login}_attempt_2026-12-02-10-00-00_nn" for login in ("ana", "bo")]
    hand_in(tmp_path, **dict.fromkeys(names, after(-9)))
    assert judged(tmp_path) == dict.fromkeys(names, ("graded", True))


@pytest.mark.parametrize("around", ["", "class/"])
@pytest.mark.parametrize(
    ("names", "students"),
    [
        (
            ["boana_5011_99999_nn", "boana_LATE_5011_100000_nn-1", "cydi_5012_100001_nn"],
            ["boana_5011", "cydi_5012_100001_nn"],
        ),
        (
            [
                "W_ana_attempt_2026-12-01-10-00-00_nn",
                "W_ana_attempt_2026-12-01-11-00-00_nn",
                "W_bo_attempt_2026-12-01-10-00-00",
            ],
            ["W_ana", "W_bo_attempt_2026-12-01-10-00-00"],
        ),
        (
            ["Ana_1_assignsubmission_file_a", "Ana_1_assignsubmission_file_b", "Ana_2_assignsubmission_file_a"],
            ["Ana_1", "Ana_2_assignsubmission_file_a"],
        ),
    ],
)
def test_without_a_roster_the_lms_tells_which_files_are_of_one_student(tmp_path, names, students, around):
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        for name in names:
            archive.writestr(f"{around}{name}.ipynb", as_file([SETUP, SIGMOID]))
    found = [(s.student, s.path.removesuffix(".ipynb"), s.outcome) for s in submissions(tmp_path / "c.zip", EXERCISES)]
    expected = [(students[0], names[0], "older"), (students[0], names[1], "graded"), (students[1], names[2], "graded")]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize(("own", "late"), [("2027-12-01", False), ("3", False), ("0", True), ("2026-11-01", True)])
def test_what_canvas_calls_late_is_in_time_for_whom_the_teacher_gave_longer(tmp_path, own, late):
    hand_in(tmp_path, boana_LATE_5011_81234_nn=after(9999), cydi_5012_81235_nn=after(9999))
    (tmp_path / "roster.csv").write_text("name,login\nAna Bo,boana\n")
    roster = read_roster(tmp_path / "roster.csv")
    (tmp_path / "roster.csv").unlink()
    of = own_dates({"Ana Bo": own}, DUE)
    grace = timedelta(minutes=10)
    assert judged(tmp_path, roster, own=of, grace=grace)["boana_LATE_5011_81234_nn"] == ("graded", late)


def test_moodles_times_are_those_of_its_worksheet(tmp_path):
    names = ["Ana Bo_7100001", "Ana Bo_7100002", "Daniël Żak_7100003"]
    hand_in(tmp_path / "in", **{f"{name}_assignsubmission_file___nn": after(999) for name in names})
    (tmp_path / "roster.csv").write_text(WORKSHEET, encoding="utf-8")
    found = submissions(tmp_path / "in", EXERCISES, read_roster(tmp_path / "roster.csv"), Deadline(DUE))
    found = [(s.student, s.handed_in and s.handed_in.replace(tzinfo=None), s.late) for s in found]
    assert found == [
        ("Ana Bo (ana@example.org)", datetime(2026, 12, 1, 23, 58), False),
        ("Ana Bo (bo@example.org)", datetime(2026, 12, 2, 0, 7), True),
        ("Daniël Żak", None, False),
    ]


def test_the_times_of_a_zip_and_of_a_students_own_zip(tmp_path):
    def zipped(path, *members):
        with zipfile.ZipFile(path, "w") as archive:
            for name, when, data in members:
                archive.writestr(zipfile.ZipInfo(name, when.timetuple()[:6]), data)
        return path

    data = as_file([SETUP, SIGMOID])
    own = zipped(tmp_path / "own.zip", ("nn.ipynb", after(-999), data)).read_bytes()
    path = zipped(
        tmp_path / "class.zip",
        ("ana/nn.ipynb", after(-1), data),
        ("bo/nn.ipynb", after(2), data),
        ("cy/homework.zip", after(2), own),  # what is in it may have any time
        ("dee/nn.ipynb", datetime(1980, 1, 1), data),
    )
    assert judged(path) == {
        "ana/nn": ("graded", False),
        "bo/nn": ("graded", True),
        "cy/homework.zip/nn": ("graded", True),
        "dee/nn": ("graded", False),
    }


MONDAY = datetime(2026, 11, 30, 21, 5)


@pytest.mark.parametrize(
    ("text", "when", "unread"),
    [
        ("Monday, 30 November 2026, 9:05 PM", MONDAY, 0),
        ("Monday, November 30, 2026, 9:05 PM", MONDAY, 0),
        ("Monday, 30 November 2026, 21:05", MONDAY, 0),
        ("-", None, 0),
        ("", None, 0),
        ("30/11/26, 21:05", None, 1),
        ("Montag, 30. November 2026, 21:05", MONDAY, 0),
        ("Montag, 31. November 2026, 21:05", None, 1),
        ("lundi 30 novembre 2026, 21:05", None, 1),
    ],
)
def test_what_moodles_worksheet_writes_as_a_time(tmp_path, text, when, unread):
    (tmp_path / "roster.csv").write_text(f'Full name,Last modified (submission)\nAna,"{text}"\nBo,-\n')
    roster = read_roster(tmp_path / "roster.csv")
    assert (roster.handed_in, roster.unread) == ({"Ana": when} if when else {}, unread)
    assert len(doubts([], roster)) == unread
    (tmp_path / "roster.csv").write_text(f"Vollständiger Name;Zuletzt geändert (Abgabe)\nAna;{text}\n", "utf-8")
    assert read_roster(tmp_path / "roster.csv").handed_in == roster.handed_in


# The report


def test_a_report_with_a_deadline(tmp_path, capsys):
    one, two = [SETUP, SIGMOID], WRONG
    hand_in(tmp_path / "in", ana__a=(after(-9), one), ana__b=(after(9), HONEST), bo__a=(after(30), two))
    assert grade(tmp_path / "in", tmp_path / "plain", "--seed", 3) == 0
    plain = contents(tmp_path / "plain")
    capsys.readouterr()
    assert grade(tmp_path / "in", tmp_path / "out", "--seed", 3, "--due", "2026-12-01T23:59") == 0
    said = capsys.readouterr().out
    assert "due 2026-12-01 23:59" in said
    assert "late, and graded all the same (1): bo\nwith late files that do not count (1): ana\n" in said
    files = [
        (row["path"], row["outcome"], row["handed_in"], row["late"]) for row in rows(tmp_path / "out", "files.csv")
    ]
    assert files == [
        ("ana/a.ipynb", "graded", "2026-12-01 23:50:00", ""),
        ("ana/b.ipynb", "late", "2026-12-02 00:08:00", "late"),
        ("bo/a.ipynb", "graded", "2026-12-02 00:29:00", "late"),
    ]
    assert [row["total"] for row in rows(tmp_path / "out", "gradebook.csv")] == ["3", "5"]
    page = (tmp_path / "out" / "feedback" / "bo" / "1a_neuron.html").read_text(encoding="utf-8")
    assert "Handed in after the deadline: 2026-12-02 00:29:00" in page
    assert "run before" not in said
    # A deadline may be given and moved later, and stays where none is given; so do the bytes of what was judged.
    with_deadline = contents(tmp_path / "out")
    assert grade(tmp_path / "in", tmp_path / "out") == 0
    assert "due 2026-12-01 23:59" in (said := capsys.readouterr().out)
    assert "(the deadline of the run before; --fresh begins without)\n" in said
    assert contents(tmp_path / "out") == with_deadline
    for options in (["--due", "2026-12-01T23:59", "--accept-late"], []):
        assert grade(tmp_path / "in", tmp_path / "out", *options) == 0
        assert [row["total"] for row in rows(tmp_path / "out", "gradebook.csv")] == ["8", "5"]
        assert "late files count like others (--accept-late)\n" in capsys.readouterr().out
    assert grade(tmp_path / "in", tmp_path / "out", "--due", "2026-12-01T23:59") == 0
    assert contents(tmp_path / "out") == with_deadline
    assert grade(tmp_path / "in", tmp_path / "out", "--grace", 10) == 0
    assert [row["late"] for row in rows(tmp_path / "out", "files.csv")] == ["", "", "late"]
    assert grade(tmp_path / "in", tmp_path / "out", "--seed", 3, "--fresh") == 0
    assert contents(tmp_path / "out") == plain


def test_times_are_told_when_asked(tmp_path):
    hand_in(tmp_path / "in", ana=after(0))
    assert grade(tmp_path / "in", tmp_path / "out", "--times") == 0
    (row,) = rows(tmp_path / "out", "files.csv")
    assert (row["handed_in"], row["late"]) == ("2026-12-01 23:59:00", "")


def test_extensions_of_the_roster_in_shards(tmp_path, capsys):
    hand_in(tmp_path / "in", ana=after(60), bo=after(60), cy=after(-60))
    (tmp_path / "roster.csv").write_text("name,extension\nana,2\nbo,\ncy,\n")
    options = ["--seed", 3, "--due", "2026-12-01T23:59", "--roster", tmp_path / "roster.csv"]
    assert grade(tmp_path / "in", tmp_path / "whole", *options) == 0
    assert [row["late"] for row in rows(tmp_path / "whole", "files.csv")] == ["", "late", ""]
    assert list(rows(tmp_path / "whole", "lms.csv")[0]) == ["name", "1a_neuron"]
    for k in (1, 2):
        assert grade(tmp_path / "in", tmp_path / f"s{k}", *options, "--shard", f"{k}/2") == 0
    capsys.readouterr()
    shards = [str(tmp_path / f"s{k}") for k in (1, 2)]
    assert main(["merge", *shards, "--out", str(tmp_path / "out"), "--roster", str(tmp_path / "roster.csv")]) == 0
    assert "late, and graded all the same (1): bo" in capsys.readouterr().out
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
    run = json.loads((tmp_path / "out" / "run.json").read_text())
    assert (run["due"], run["grace"], run["accept_late"]) == ("2026-12-01T23:59", 0, False)


def test_extensions_stay_where_no_others_are_given_as_the_deadline_does(tmp_path, capsys):
    hand_in(tmp_path / "in", ana__a=(after(-9), WRONG), ana__b=(after(99), HONEST), bo=after(99))
    roster = tmp_path / "roster.csv"
    roster.write_text("login,name,extension\nana,,2\nbo,Bo,1\n")
    assert grade(tmp_path / "in", tmp_path / "out", "--due", "2026-12-01T23:59", "--roster", roster) == 0
    given = rows(tmp_path / "out", "files.csv")
    assert [(row["outcome"], row["late"]) for row in given] == [("graded", ""), ("older", ""), ("graded", "")]
    roster.write_text("login,name\nana,\nbo,Bo\n")
    for options in ([], ["--due", "2026-12-01T23:58"]):
        assert grade(tmp_path / "in", tmp_path / "out", *options, "--roster", roster) == 0
        assert "own deadlines, as in the run before (2): Bo; ana\n" in capsys.readouterr().out
        assert rows(tmp_path / "out", "files.csv") == given
    assert grade(tmp_path / "in", tmp_path / "out") == 0  # now Bo is called bo
    assert "own deadlines of the run before are of nobody here (1): Bo: give its roster\n" in capsys.readouterr().err
    assert [row["late"] for row in rows(tmp_path / "out", "files.csv")] == ["", "", "late"]
    roster.write_text("login,name,extension\nana,,\nbo,Bo,\n")
    assert grade(tmp_path / "in", tmp_path / "out", "--roster", roster) == 0
    assert [row["late"] for row in rows(tmp_path / "out", "files.csv")] == ["late", "", "late"]
    said = capsys.readouterr()
    assert "own deadlines" not in said.out + said.err


def test_shards_with_different_extensions_are_not_merged(tmp_path, capsys):
    hand_in(tmp_path / "in", ana=after(60), bo=after(60), cy=after(60))
    due = ["--seed", 3, "--due", "2026-12-01T23:59"]
    for name, k, extension in (("a", 1, 3), ("b", 2, ""), ("c", 2, 3)):
        (tmp_path / f"{name}.csv").write_text(f"name,extension\nana,{extension}\nbo,{extension}\ncy,\n")
        roster = ["--roster", tmp_path / f"{name}.csv"]
        assert grade(tmp_path / "in", tmp_path / name, *due, *roster, "--shard", f"{k}/2") == 0

    def merged(shards, roster):
        shards = [str(tmp_path / name) for name in shards]
        return main(["merge", *shards, "--out", str(tmp_path / "out"), "--roster", str(tmp_path / f"{roster}.csv")])

    assert merged("ab", "a") == 2
    assert "of runs with different options (extensions)" in capsys.readouterr().err
    assert merged("ac", "b") == 2
    assert "b.csv has other extensions than the shards were graded with" in capsys.readouterr().err
    assert merged("ac", "a") == 0


@pytest.mark.parametrize(
    "heading", ["due", "Due date", "extension", "Extension (days)", "Extended due date", "New deadline", "Extended to"]
)
def test_what_a_column_of_extensions_may_be_called(tmp_path, heading):
    (tmp_path / "roster.csv").write_text(f"name,{heading},Essay due Friday\nana,2026-12-03,5\n")
    assert read_roster(tmp_path / "roster.csv").extensions == {"ana": "2026-12-03"}


def test_who_has_two_deadlines_of_their_own_is_named(tmp_path):
    (tmp_path / "roster.csv").write_text("name,due,extension\nana,2026-12-03,\nbo,2026-12-03,2\n")
    with pytest.raises(WrongUse, match="only one of the columns due, extension may be filled for bo"):
        read_roster(tmp_path / "roster.csv")


def test_who_stands_there_twice_has_one_deadline(tmp_path):
    roster = tmp_path / "roster.csv"
    for first, second, own in (("3", "", "3"), ("", "3", "3"), ("3", "3", "3")):
        roster.write_text(f"name,login,section,extension\nCy Di,cdi,A,{first}\nCy Di,cdi,B,{second}\n")
        assert read_roster(roster).extensions == {"Cy Di": own}
    roster.write_text("name,login,section,extension\nCy Di,cdi,A,1\nCy Di,cdi,B,3\n")
    with pytest.raises(WrongUse, match="Cy Di stands there twice, with extension 1 and 3: give one of them"):
        read_roster(roster)


def test_how_many_files_have_no_time_is_said(tmp_path, capsys):
    names = [f"Ana Bo_{i}_assignsubmission_file___nn" for i in (1, 2)]
    hand_in(tmp_path / "in", **dict.fromkeys(names, after(999)), cy=after(-9))
    assert grade(tmp_path / "in", tmp_path / "out", "--due", "2026-12-01T23:59") == 0
    assert "\nno time is known for 2 of 3 files: of these, late are only those that" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--grace", "5"], "need --due"),
        (["--accept-late"], "need --due"),
        (["--due", "2026-12-01", "--grace", "-1"], "--grace is at least 0"),
        (["--due", "2026-12-01", "--grace", "nan"], "--grace is at least 0"),
    ],
)
def test_wrong_use_of_a_deadline(tmp_path, capsys, options, words):
    assert grade(tmp_path, tmp_path / "out", *options) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("text", ["tomorrow", "", "9999-12-31T23:59:59-12:00", "23:59"])
def test_what_is_no_time_is_said(tmp_path, capsys, text):
    with pytest.raises(SystemExit):
        grade(tmp_path, tmp_path / "out", "--due", text)
    assert f"{text!r} is no time such as 2026-12-01T23:59" in capsys.readouterr().err
