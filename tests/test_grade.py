"""Grading batches through the installed command: honest and hostile submissions together."""

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from hostile import GROUPS, HONEST, PRIME, notebook

from threesteps.tasks import EXERCISES
from threesteps_grading.cli import main
from threesteps_grading.files import alone_in
from threesteps_grading.judging import batch, results
from threesteps_grading.judging import session as session_module
from threesteps_grading.judging.batch import TASKS_OF
from threesteps_grading.judging.judge import seed_of
from threesteps_grading.judging.results import FORM, Options, as_line, begin
from threesteps_grading.judging.session import Engine, EngineError
from threesteps_grading.reading.submission import submissions

pytestmark = pytest.mark.usefixtures("warm")  # but what a whole module shares, and what is started as a program

ROOT = Path(__file__).parents[1]
with Engine() as engine:
    MISSING = engine.missing_protections()
EXTRA = ["--unprotected"] if MISSING else []
TASKS = EXERCISES["1a_neuron"]
SLOWNESS = round(float(os.environ.get("SLOWNESS", "1")))  # how many times as long this machine may take
WRONG = [*HONEST[:2], "def affine(X, W, b):\n    return X @ W + b", HONEST[3]]


def write(folder, submissions):
    """{student: cells or bytes} as files of a class."""
    for student, content in submissions.items():
        path = folder / student / "nn.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else notebook(content))
        os.utime(path, (1e9, 1e9))
    return folder


def grade(source, out, *options):
    """The command, with one worker unless told otherwise: to start another takes longer than most of these classes."""
    return main(["grade", str(source), "--out", str(out), "--workers", "1", *EXTRA, *map(str, options)])


def rows(out, table="scores.csv"):
    with open(out / table, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def earned(out, student):
    return sum(float(row["points"]) for row in rows(out) if row["student"] == student)


def contents(out, without=()):
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in without
    }


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A class of five with the report on it, graded with seed 7."""
    folder = tmp_path_factory.mktemp("small")
    blank = json.loads((ROOT / "exercises" / "exercise_1a_neuron.ipynb").read_text(encoding="utf-8"))
    submissions = {"ana": HONEST, "bo": WRONG, "cy": json.dumps(blank).encode(), "dee": b"{", "张 Zoë": HONEST}
    write(folder / "in", submissions)
    assert grade(folder / "in", folder / "out", "--seed", 7, "--workers", 2) == 0
    return folder


def test_a_small_class(small):
    table = {(row["student"], row["task"]): (row["points"], row["status"]) for row in rows(small / "out")}
    assert [table["ana", task.name] for task in TASKS] == [("3", "passed"), ("3", "passed"), ("2", "passed")]
    assert [table["bo", task.name] for task in TASKS] == [("3", "passed"), ("0", "failed"), ("2", "passed")]
    assert [table["cy", task.name] for task in TASKS] == [("0", "missing")] * 3
    assert table["dee", ""] == ("0", "unreadable")
    books = {
        row["student"]: (row["1a_neuron"], row["total"], row["max"]) for row in rows(small / "out", "gradebook.csv")
    }
    assert books == {"ana": ("8", "8", "8"), "bo": ("5", "5", "8"), "cy": ("0", "0", "8"), "dee": ("", "0", "8"),
                     "张 Zoë": ("8", "8", "8")}  # fmt: skip


def test_the_misconception_reaches_the_table_and_the_page(small):
    message = next(row["message"] for row in rows(small / "out") if (row["student"], row["task"]) == ("bo", "affine"))
    assert "rows and columns have to be swapped first" in message
    page = (small / "out" / "feedback" / "bo" / "1a_neuron.html").read_text(encoding="utf-8")
    assert "rows and columns have to be swapped" in page and "X @ W + b" in page


def test_a_regrade_is_byte_identical(small, tmp_path):
    assert grade(small / "in", tmp_path / "again", "--seed", 7) == 0
    assert contents(tmp_path / "again") == contents(small / "out")


def test_marks_do_not_hang_on_the_seed_and_it_is_never_the_notebooks(small, tmp_path):
    assert grade(small / "in", tmp_path / "other") == 0
    assert [row["points"] for row in rows(tmp_path / "other")] == [row["points"] for row in rows(small / "out")]
    assert all(seed_of(task, seed) != task.seed for task in TASKS for seed in range(100))


def test_the_same_command_resumes_and_others_are_refused(small, tmp_path, capsys):
    out = tmp_path / "out"
    shutil.copytree(small / "out", out)
    lines = (out / "results.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (out / "results.jsonl").write_text("".join(lines[:2]) + lines[2][:50], encoding="utf-8")
    for name in ("scores.csv", "gradebook.csv", "files.csv"):
        (out / name).unlink()
    assert grade(small / "in", out) == 0
    assert contents(out) == contents(small / "out")
    assert grade(small / "in", out, "--seed", 8) == 2
    assert grade(small / "in", out, "--timeout", 3) == 2
    assert "--fresh" in capsys.readouterr().err
    assert contents(out) == contents(small / "out")
    assert grade(small / "in", out, "--seed", 8, "--fresh") == 0
    assert json.loads((out / "run.json").read_text())["seed"] == 8


@pytest.mark.parametrize("rest", ['{"pa', '{"path": "a}', "\0\0\0", '{"path": "a"{"path": "b"}\n', "7\n", "\n\n"])
def test_a_line_that_was_cut_off_does_not_join_the_next(tmp_path, rest):
    one = dict.fromkeys(FORM, "") | {"verdicts": []}
    (tmp_path / "results.jsonl").write_text(as_line(one) + rest)
    assert begin(tmp_path, Options(seed=1)) == [one]
    assert (tmp_path / "results.jsonl").read_text() == as_line(one)


@pytest.mark.parametrize("change", [lambda r: r.pop("sha256"), lambda r: r["verdicts"][0].pop("groups")])
def test_a_report_of_an_older_form_is_named(small, tmp_path, capsys, change):
    out = tmp_path / "out"
    shutil.copytree(small / "out", out)
    records = [json.loads(line) for line in (out / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    change(records[0])
    (out / "results.jsonl").write_text("".join(map(as_line, records)), encoding="utf-8")
    assert grade(small / "in", out) == 2
    assert main(["report", str(out)]) == 2
    said = capsys.readouterr().err
    assert said.count("was begun by another version of threesteps: give another folder, or --fresh") == 2
    assert grade(small / "in", out, "--fresh", "--seed", 7) == 0
    assert contents(out) == contents(small / "out")


def test_a_record_has_the_form_that_is_asked_of_it(small):
    records = [json.loads(line) for line in (small / "out" / "results.jsonl").read_text("utf-8").splitlines()]
    assert {frozenset(record) for record in records} == {FORM}


def test_a_finished_report_whose_records_are_not_all_there(small, tmp_path, capsys):
    for k in (1, 2):
        assert grade(small / "in", tmp_path / f"s{k}", "--seed", 7, "--shard", f"{k}/2") == 0
    results = tmp_path / "s1" / "results.jsonl"
    results.write_text(results.read_text("utf-8")[:-9], encoding="utf-8")
    assert main(["report", str(tmp_path / "s1")]) == 2
    assert main(["merge", str(tmp_path / "s1"), str(tmp_path / "s2"), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.count("is not whole: run the grading into") == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere", "--out", "o"], "does not exist"),
        ([".", "--out", "o", "--workers", "0"], "--workers"),
        *(([".", "--out", "o", "--timeout", t], "--timeout is a number of seconds") for t in ("nan", "inf", "0", "-1")),
        ([".", "--out", "o", "--shard", "1/2"], "--shard needs --seed"),
        (["broken.zip", "--out", "o"], "not a zip archive"),
        (["class.tar.gz", "--out", "o"], "neither a folder, nor a zip, nor a notebook"),
        ([".", "--out", "full"], "holds no report"),
    ],
)
def test_wrong_use_is_said(tmp_path, monkeypatch, capsys, arguments, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.zip").write_bytes(b"PK")
    (tmp_path / "class.tar.gz").write_bytes(b"\x1f\x8b")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("mine")
    assert main(["grade", *arguments, *EXTRA]) == 2
    assert words in capsys.readouterr().err
    assert (tmp_path / "full" / "thesis.txt").read_text() == "mine"


def test_json_summary(small, tmp_path, capsys):
    assert grade(small / "in", tmp_path / "out", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["students"], told["files"]) == (5, {"graded": 4, "unreadable": 1})
    assert told["tasks"] == {"passed": 8, "failed": 1, "missing": 3}


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["hw1/ana", "hw1/bob"], "all files are of one student, hw1: if that is a folder around the class, grade that"),
        (["ana", "bob"], ""),
        (["hw1/ana"], ""),
    ],
)
def test_a_folder_around_the_class_is_suspected(tmp_path, capsys, names, said):
    write(tmp_path / "in", dict.fromkeys(names, ["1"]))
    assert grade(tmp_path / "in", tmp_path / "out") == 0
    assert said in (err := capsys.readouterr().err) and ("one student" in err) == bool(said)


def test_of_a_cell_that_is_too_long_the_reason_and_the_beginning_are_told(tmp_path):
    long = "\n".join(HONEST[1:]) + "\n#" + "<" * 9_000_000
    write(tmp_path / "in", {"ana": [HONEST[0], long], "bo": [HONEST[0], "\n".join(HONEST[1:]) + "\n#" + "<" * 30_000]})
    assert grade(tmp_path / "in", tmp_path / "out") == 0
    told = "The cell that defines it was not run. The cell is too long."
    assert {row["message"] for row in rows(tmp_path / "out") if row["student"] == "ana"} == {told}
    assert earned(tmp_path / "out", "bo") == sum(task.points for task in TASKS)
    assert max(path.stat().st_size for path in (tmp_path / "out").rglob("*") if path.is_file()) < 2**20
    page = (tmp_path / "out" / "feedback" / "bo" / "1a_neuron.html").read_text("utf-8")
    left_out = len("\n".join(HONEST[1:])) + 2 + 30_000 - 20_000
    assert page.count(f"# … {left_out:,} more characters of this cell are left out here") == len(TASKS)


def test_a_report_and_a_roster_among_the_submissions_are_nobodys(tmp_path):
    write(tmp_path / "in", {"ana": HONEST})
    roster = tmp_path / "in" / "roster.csv"
    roster.write_text("name\nana\nbo\n")
    (tmp_path / "in" / "bo.ipynb").symlink_to(roster)
    for _ in range(2):
        assert grade(tmp_path / "in", tmp_path / "in" / "report", "--seed", 7, "--roster", roster) == 0
        found = {row["path"]: row["outcome"] for row in rows(tmp_path / "in" / "report", "files.csv")}
        assert found == {"ana/nn.ipynb": "graded", "bo.ipynb": "unreadable"}


def test_other_reports_and_tables_among_the_submissions_are_nobodys(tmp_path, capsys, unjudged):
    source = write(tmp_path / "in", {name: HONEST for name in ("ana", "bo", "cy")})
    assert grade(source, source / "report") == 0
    (source / "scores.csv").write_text("a,b\n")
    (source / "di.csv").write_text("a,b\n")
    (source / "cy" / "run.json").write_text("{}")
    (source / "cy" / "results.jsonl").write_text("")
    (tmp_path / "roster.csv").write_text("name,login\nDi,di\nAna,ana\n")
    roster = ["--roster", tmp_path / "roster.csv"]
    capsys.readouterr()
    for k in (1, 2):
        assert grade(source, source / f"shard-{k}", "--seed", 7, "--shard", f"{k}/2", *roster) == 0
    assert "left out as reports of other runs: report; shard-1\n" in capsys.readouterr().err
    shards = [str(source / f"shard-{k}") for k in (1, 2)]
    assert main(["merge", *shards, "--out", str(tmp_path / "out")]) == 0
    found = {row["path"]: (row["student"], row["outcome"]) for row in rows(tmp_path / "out", "files.csv")}
    assert found == {
        "ana/nn.ipynb": ("Ana", "graded"),
        "bo/nn.ipynb": ("bo", "graded"),
        "cy/nn.ipynb": ("cy", "graded"),
        "cy/results.jsonl": ("cy", "ignored"),
        "cy/run.json": ("cy", "ignored"),
        "di.csv": ("Di", "unreadable"),
        "scores.csv": ("scores", "ignored"),
    }


def test_a_zip_gives_the_same_marks(small, tmp_path):
    shutil.make_archive(str(tmp_path / "class"), "zip", small / "in")
    assert grade(tmp_path / "class.zip", tmp_path / "out", "--seed", 7) == 0
    assert (tmp_path / "out" / "scores.csv").read_bytes() == (small / "out" / "scores.csv").read_bytes()


def test_shards_one_killed_and_run_again_merge_to_the_whole(small, tmp_path):
    write(tmp_path / "in", {f"student {i}": HONEST if i % 3 else WRONG for i in range(12)})
    assert grade(tmp_path / "in", tmp_path / "whole", "--seed", 3) == 0
    command = [sys.executable, "-m", "threesteps_grading", "grade", str(tmp_path / "in"), "--seed", "3", *EXTRA]
    shards = [tmp_path / f"shard{k}" for k in range(1, 5)]
    runs = [
        subprocess.Popen(
            [*command, "--out", str(out), "--shard", f"{k}/4", "--workers", "1"], stdout=subprocess.DEVNULL
        )
        for k, out in enumerate(shards, start=1)
    ]
    while not (shards[1] / "run.json").exists() and runs[1].poll() is None:
        time.sleep(0.01)
    runs[1].send_signal(signal.SIGKILL)
    assert [run.wait(120 * SLOWNESS) for run in (runs[0], *runs[2:])] == [0, 0, 0]
    runs[1].wait()
    merge = ["merge", *map(str, shards), "--out", str(tmp_path / "merged")]
    if "files_sha256" not in json.loads((shards[1] / "run.json").read_text()):
        assert main(merge) == 2
    assert (
        subprocess.run([*command, "--out", str(shards[1]), "--shard", "2/4"], stdout=subprocess.DEVNULL).returncode == 0
    )
    assert main(merge) == 0
    assert contents(tmp_path / "merged") == contents(tmp_path / "whole")
    assert main(["merge", str(shards[0]), str(shards[2]), "--out", str(tmp_path / "half")]) == 2


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """Every hostile submission graded in one run, together with as many honest ones; how long it took."""
    folder = tmp_path_factory.mktemp("attacked")
    cases = {f"{group}, {case.name}": case for group, bank in GROUPS.items() for case in bank}
    names = {name: f"h{i:03}" for i, name in enumerate(cases)}
    write(folder / "in", {names[name]: case.content for name, case in cases.items()})
    write(folder / "in", {f"honest {i}": HONEST for i in range(20)})
    start = time.monotonic()
    limits = "--timeout", SLOWNESS, "--memory", 512
    assert grade(folder / "in", folder / "out", "--seed", 1, "--workers", 2, *limits) == 0
    return folder, names, time.monotonic() - start


def test_every_submission_is_in_the_report(attacked):
    folder, names, _ = attacked
    assert {row["student"] for row in rows(folder / "out", "gradebook.csv")} == {
        *names.values(),
        *(f"honest {i}" for i in range(20)),
    }


def test_honest_neighbours_get_their_full_marks(attacked):
    folder, _, _ = attacked
    assert [earned(folder / "out", f"honest {i}") for i in range(20)] == [8.0] * 20


@pytest.mark.parametrize(
    ("group", "case"), [pytest.param(g, c, id=f"{g}-{c.name}") for g, bank in GROUPS.items() for c in bank]
)
def test_a_hostile_submission_gets_no_point_that_it_did_not_earn(attacked, group, case):
    folder, names, _ = attacked
    student = names[f"{group}, {case.name}"]
    points = earned(folder / "out", student)
    told = [
        (row["task"], row["points"], row["status"], row["message"])
        for row in rows(folder / "out")
        if row["student"] == student
    ]
    assert points <= case.earns, told
    if case.exact and not MISSING:
        assert points == case.earns, told
    if case.status:
        assert told[0][2] == case.status, told


def test_hostile_submissions_cost_a_bounded_time(attacked):
    folder, names, seconds = attacked
    assert seconds < len(names) * 5 * SLOWNESS


def test_nothing_was_left_behind(attacked):
    for folder in ("/tmp", "/var/tmp", "/", "/dev/shm", str(Path.home())):
        assert not Path(folder, "threesteps-was-here").exists()
    if sys.platform == "linux":
        commands = [path.read_bytes() for path in Path("/proc").glob("[0-9]*/comm") if path.exists()]
        assert not [command for command in commands if b"threesteps-sub" in command]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="it reads a process's memory from /proc")
def test_memory_stays_flat_over_2000_submissions(monkeypatch, tmp_path):
    def megabytes():
        pages = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in (os.getpid(), engine._process.pid)]
        return [count * os.sysconf("SC_PAGE_SIZE") / 2**20 for count in pages]

    write(tmp_path, {"ana": HONEST, "bo": WRONG})
    handed_in = submissions(tmp_path, TASKS_OF)
    with Engine(unprotected=bool(MISSING)) as engine:
        monkeypatch.setattr(batch, "_worker", (engine, Options(seed=1)), raising=False)
        for i in range(2000):
            assert batch._judge_one(handed_in[i % 2])["verdicts"][0]["status"] == "passed"
            if i == 200:
                before = megabytes()
        growth = [now - then for now, then in zip(megabytes(), before)]
    assert max(growth) < 20, growth


def test_the_bound_of_a_submission_is_told_in_the_card(tmp_path, monkeypatch):
    monkeypatch.setattr(session_module, "CELLS", 1)
    monkeypatch.setattr(session_module, "ANSWERS", 1)
    monkeypatch.setattr(session_module, "CALLS", 1)
    slow = f"import time\ntime.sleep({0.9 * SLOWNESS})"
    late = f"import time\ndef affine(X, W, b):\n    time.sleep({0.6 * SLOWNESS})\n    return X @ W.T + b"
    write(tmp_path / "in", {"ana": [*HONEST[:2], *[f"{slow}\n{PRIME}"] * 8], "bo": [HONEST[0], late]})
    assert grade(tmp_path / "in", tmp_path / "out", "--timeout", SLOWNESS) == 0
    told = {(row["student"], row["task"]): (row["status"], row["message"]) for row in rows(tmp_path / "out")}
    bound = f"The cells of this notebook take more than {2 * SLOWNESS} seconds, so not all could be run."
    assert told["ana", "sigmoid_prime"] == ("timeout", bound)
    assert f"no result within the {SLOWNESS} seconds for all calls" in told["bo", "affine"][1]
    page = (tmp_path / "out" / "feedback" / "ana" / "1a_neuron.html").read_text(encoding="utf-8")
    assert bound in page


@pytest.mark.skipif(sys.platform != "linux", reason="a worker learns of the grader's death on Linux alone")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_grader_leaves_nothing_behind(tmp_path, how):
    busy = ["import time; time.sleep(5)", *HONEST]
    write(tmp_path / "in", {"ana": busy, "bo": busy})
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-m", "threesteps_grading", "grade", tmp_path / "in", "--out", tmp_path / "out", *EXTRA]
    with subprocess.Popen(
        command, env=os.environ | {"TMPDIR": str(tmp_path / "tmp")}, stderr=subprocess.DEVNULL
    ) as run:
        deadline = time.monotonic() + 60 * SLOWNESS
        while not list((tmp_path / "tmp").glob("threesteps-*")) and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(4)  # the servers have started
        run.send_signal(how)
    while (left := remains(tmp_path / "tmp")) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Ctrl-C comes in other ways")
def test_ctrl_c_ends_a_run_without_a_word(tmp_path):
    write(tmp_path / "in", {"ana": HONEST, "bo": ["import time; time.sleep(5)", *HONEST]})  # one worker waits
    command = [sys.executable, "-m", "threesteps_grading", "grade", tmp_path / "in", "--out", tmp_path / "out", *EXTRA]
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, start_new_session=True, **pipes) as run:
        results = tmp_path / "out" / "results.jsonl"
        while run.poll() is None and not (results.exists() and results.stat().st_size):
            time.sleep(0.05)
        time.sleep(0.1)
        os.killpg(run.pid, signal.SIGINT)  # as the terminal sends it: to all of them
        assert "Traceback" not in run.communicate(timeout=60 * SLOWNESS)[1]
    assert run.returncode == 130
    deadline = time.monotonic() + 60 * SLOWNESS
    while (left := alive(run.pid)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not left


def alive(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def remains(folder):
    """What a run with this temporary folder has left: files, and processes that were started with it."""
    processes = [path for path in Path("/proc").glob("[0-9]*/environ") if is_of(path, folder)]
    return [*folder.iterdir(), *processes]


def is_of(environ, folder):
    try:
        return os.fsencode(folder) in environ.read_bytes() + environ.with_name("cmdline").read_bytes()
    except OSError:
        return False


def test_a_merge_that_is_killed_at_any_write_can_be_run_again(tmp_path, monkeypatch):
    source = write(tmp_path / "in", {"ana": HONEST, "bo": b"{"})
    assert grade(source, tmp_path / "whole", "--seed", 7) == 0
    for k in (1, 2):
        assert grade(source, tmp_path / f"s{k}", "--seed", 7, "--shard", f"{k}/2") == 0
    merge = ["merge", str(tmp_path / "s1"), str(tmp_path / "s2"), "--out", str(tmp_path / "out")]
    killed, steps = True, 0
    while killed:
        steps += 1
        with monkeypatch.context() as patch:
            killed = killed_at(patch, steps, lambda: main(merge))
        assert main(merge) == 0
        assert contents(tmp_path / "out") == contents(tmp_path / "whole")
        if steps % 2:
            shutil.rmtree(tmp_path / "out")
    assert steps > 10


def killed_at(patch, step, run):
    """Whether `run` was stopped before its `step`-th change of a file, as a kill would stop it."""
    left = step

    class Kill(BaseException):
        pass

    def counted(change):
        def changed(*arguments, **options):
            nonlocal left
            left -= 1
            if left == 0:
                raise Kill
            return change(*arguments, **options)

        return changed

    patch.setattr(os, "replace", counted(os.replace))
    patch.setattr(os, "unlink", counted(os.unlink))
    patch.setattr(os, "rmdir", counted(os.rmdir))
    patch.setattr(Path, "unlink", counted(Path.unlink))
    try:
        run()
    except Kill:
        return True
    return False


def test_merge_into_one_of_the_shards_is_refused(small, tmp_path, capsys):
    for k in (1, 2):
        assert grade(small / "in", tmp_path / f"s{k}", "--seed", 7, "--shard", f"{k}/2") == 0
    before = contents(tmp_path / "s1")
    assert main(["merge", str(tmp_path / "s1"), str(tmp_path / "s2"), "--out", str(tmp_path / "s1")]) == 2
    assert "is one of the shards" in capsys.readouterr().err
    assert contents(tmp_path / "s1") == before


# What may be wrong with a run as a whole


def test_what_the_judge_failed_on_is_told_and_tried_again(tmp_path, capsys, monkeypatch):
    write(tmp_path / "in", {"ana": HONEST, "bo": b"{"})
    (tmp_path / "roster.csv").write_text("name\nana\nbo\n")
    roster = ["--roster", tmp_path / "roster.csv"]
    with monkeypatch.context() as patch:
        patch.setattr(Engine, "open", fails)
        assert grade(tmp_path / "in", tmp_path / "out", "--seed", 7, *roster) == 1
    assert "the judge failed on ana (ana/nn.ipynb: EngineError)" in capsys.readouterr().err
    assert [row["1a_neuron"] for row in rows(tmp_path / "out", "lms.csv")] == ["", ""]
    assert [row["1a_neuron"] for row in rows(tmp_path / "out", "gradebook.csv")] == ["", ""]
    assert "judge failed: EngineError: no server" in rows(tmp_path / "out", "files.csv")[0]["notes"]
    told = [(row["points"], row["status"]) for row in rows(tmp_path / "out") if row["student"] == "ana"]
    assert told == [("", "unjudged")] * len(TASKS)
    page = (tmp_path / "out" / "feedback" / "ana" / "1a_neuron.html").read_text(encoding="utf-8")
    assert "could not be judged yet. That says nothing about your answers" in page and " of 8" not in page
    assert grade(tmp_path / "in", tmp_path / "out", *roster) == 0
    assert "judge" not in capsys.readouterr().err
    assert grade(tmp_path / "in", tmp_path / "again", "--seed", 7, *roster) == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "again")


def fails(*arguments, **options):
    raise EngineError("no server")


def test_a_merge_tells_what_the_judge_failed_on(tmp_path, capsys, monkeypatch):
    write(tmp_path / "in", {"ana": HONEST, "bo": HONEST})
    monkeypatch.setattr(Engine, "open", fails)
    for k in (1, 2):
        assert grade(tmp_path / "in", tmp_path / f"s{k}", "--seed", 7, "--shard", f"{k}/2") in (0, 1)
    capsys.readouterr()
    assert main(["merge", str(tmp_path / "s1"), str(tmp_path / "s2"), "--out", str(tmp_path / "out")]) == 1
    assert "the judge failed on ana (ana/nn.ipynb: EngineError); bo (" in capsys.readouterr().err


def test_beginning_anew_keeps_the_report_until_all_is_read(tmp_path, unjudged):
    write(tmp_path / "in", {"ana": HONEST})
    (tmp_path / "broken.zip").write_bytes(b"PK")
    assert grade(tmp_path / "in", tmp_path / "out") == 0
    before = contents(tmp_path / "out")
    assert grade(tmp_path / "broken.zip", tmp_path / "out", "--fresh") == 2
    assert contents(tmp_path / "out") == before
    (tmp_path / "out" / "run.json").write_text("")
    assert grade(tmp_path / "in", tmp_path / "out") == 2
    assert grade(tmp_path / "in", tmp_path / "out", "--fresh") == 0
    assert contents(tmp_path / "out").keys() == before.keys()


def test_another_class_does_not_replace_a_report(tmp_path, capsys, unjudged):
    write(tmp_path / "in", {"ana": HONEST, "bo": HONEST})
    write(tmp_path / "other", {"cy": HONEST})
    (tmp_path / "empty").mkdir()
    assert grade(tmp_path / "in", tmp_path / "out") == 0
    before = contents(tmp_path / "out")
    for source in ("other", "empty"):
        assert grade(tmp_path / source, tmp_path / "out") == 2
        assert "none of which is in" in (err := capsys.readouterr().err) and "--fresh to begin anew" in err
        assert contents(tmp_path / "out") == before
    assert grade(tmp_path / "other", tmp_path / "out", "--fresh") == 0
    assert {row["student"] for row in rows(tmp_path / "out")} == {"cy"}


def test_a_part_of_a_class_does_not_replace_the_report_on_all_of_it(tmp_path, capsys, unjudged):
    canvas, moodle = "cydi_5011_81234_nn", "Ed Fo_7_assignsubmission_file_"
    write(tmp_path / "in", {"ana": HONEST, "bo": HONEST, canvas: HONEST, moodle: HONEST, "dee": b"{"})
    assert grade(tmp_path / "in", tmp_path / "out") == 0
    before = contents(tmp_path / "out")
    shutil.copytree(tmp_path / "in" / "bo", tmp_path / "part" / "bo")
    assert grade(tmp_path / "part", tmp_path / "out") == 2
    assert (
        f"students who are not in {tmp_path / 'part'} (Ed Fo_7_assignsubmission_file_; ana; cydi_5011_81234_nn): "
        in (capsys.readouterr().err)
    )
    assert contents(tmp_path / "out") == before
    # Another file of each is still theirs, under whatever name the roster gives them, and so is an answer corrected.
    names = {"ana": "ana", canvas: "cydi_LATE_5011_99999_nn-1", moodle: f"{moodle}new"}
    for old, new in names.items():
        (tmp_path / "in" / old / "nn.ipynb").rename(tmp_path / "in" / old / "v2.ipynb")
        (tmp_path / "in" / old).rename(tmp_path / "in" / new)
    write(tmp_path / "in", {"bo": WRONG, "fay": HONEST})
    (tmp_path / "roster.csv").write_text("name,login\nAna,ana\nFo Ed,ed\n")
    assert grade(tmp_path / "in", tmp_path / "out", "--roster", tmp_path / "roster.csv") == 0
    assert grade(tmp_path / "in", tmp_path / "out") == 0
    assert len({row["student"] for row in rows(tmp_path / "out")}) == 6
    assert grade(tmp_path / "part", tmp_path / "out", "--fresh") == 0
    assert {row["student"] for row in rows(tmp_path / "out")} == {"bo"}


def test_what_is_no_notebook_makes_no_class_the_same(tmp_path, capsys, unjudged):
    for name, defined in (("week1", "sigmoid"), ("week2", "network")):
        write(tmp_path / name, {f"ana/{name}": [f"def {defined}(*z):\n    return z"], "ana/broken": b"{"})
        (tmp_path / name / "ana" / "README.md").write_text("mine")
    assert grade(tmp_path / "week1", tmp_path / "out") == 0
    before = contents(tmp_path / "out")
    assert grade(tmp_path / "week2", tmp_path / "out") == 2
    assert "holds a report about other files" in capsys.readouterr().err
    assert contents(tmp_path / "out") == before


def test_a_file_of_last_week_makes_no_week_the_same(tmp_path, capsys, unjudged):
    week1, week2 = ([f"def {name}(*z):\n    return z"] for name in ("sigmoid", "network"))
    write(tmp_path / "in", dict.fromkeys("abcd", week1))
    assert grade(tmp_path / "in", tmp_path / "out") == 0
    before = contents(tmp_path / "out")
    write(tmp_path / "in", dict.fromkeys("bcd", week2))
    assert grade(tmp_path / "in", tmp_path / "out") == 2
    assert "holds a report about 1a_neuron, of which most is not in" in capsys.readouterr().err
    assert contents(tmp_path / "out") == before
    # Beside last week's, or in the place of some, they are a later run's.
    write(tmp_path / "in", {"b": week1, "c/week2": week2})
    assert grade(tmp_path / "in", tmp_path / "out") == 0


def shards_of(folder, name, students, *options):
    """The reports of a class in two shards, each with the options that it is given."""
    write(folder / name, dict.fromkeys(students, HONEST))
    shards = [folder / f"{name}-{k}" for k in (1, 2)]
    for k, shard in enumerate(shards, start=1):
        more = options[k - 1] if options else []
        assert grade(folder / name, shard, "--seed", 7, "--shard", f"{k}/2", *more) == 0
    return [str(shard) for shard in shards]


def test_a_merge_does_not_replace_a_report_about_others(tmp_path, capsys, unjudged):
    out, names = tmp_path / "out", "abcdef"
    merge = ["merge", "--out", str(out)]
    mine, others = (shards_of(tmp_path, name, [f"{name} {i}" for i in names]) for name in ("mine", "others"))
    assert main([*merge, *mine]) == main([*merge, *mine]) == 0
    before = contents(out)
    assert main([*merge, *others]) == 2
    assert "holds a report about other files, none of which is in these shards" in capsys.readouterr().err
    assert contents(out) == before
    assert main([*merge, *others, "--fresh"]) == 0
    assert {row["student"] for row in rows(out, "gradebook.csv")} == {f"others {i}" for i in names}


@pytest.mark.parametrize(
    ("one", "said"),
    [(["--times"], "with --times and others without"), (["--timeout", 3], "different options (timeout)")],
)
def test_shards_of_different_options_are_not_merged(tmp_path, capsys, unjudged, one, said):
    shards = shards_of(tmp_path, "in", "abcdef", one, [])
    assert main(["merge", *shards, "--out", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_marks_of_two_states_of_the_course_do_not_stand_in_one_report(tmp_path, capsys, monkeypatch, unjudged):
    shards = shards_of(tmp_path, "in", "abcdef")
    assert grade(tmp_path / "in", tmp_path / "out", "--seed", 7) == 0
    before = contents(tmp_path / "out")
    monkeypatch.setattr(results, "judge_sha256", lambda: "corrected")
    capsys.readouterr()
    assert grade(tmp_path / "in", tmp_path / "out") == 2
    said = "holds a run with another state of the course's code: give another folder, or --fresh"
    assert said in capsys.readouterr().err and contents(tmp_path / "out") == before
    assert grade(tmp_path / "in", shards[0], "--seed", 7, "--shard", "1/2", "--fresh") == 0
    assert main(["merge", *shards, "--out", str(tmp_path / "whole")]) == 2
    assert "of runs with different options (state of the course's code)" in capsys.readouterr().err
    assert grade(tmp_path / "in", tmp_path / "out", "--fresh") == 0


def test_the_state_of_the_course_is_that_of_what_judges(tmp_path, monkeypatch):
    lib = tmp_path / "lib"
    shutil.copytree(ROOT / "lib", lib, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(results, "LIB", lib)
    state = results.judge_sha256.__wrapped__
    before = state()
    for name in ("threesteps_grading/reporting/pages.py", "threesteps_grading/cli.py", "threesteps/notes.txt"):
        (lib / name).write_text("changed")
    assert state() == before == results.judge_sha256()
    for name in ("threesteps/tasks/neuron.py", "threesteps/task.py", "threesteps_grading/judging/judge.py"):
        (lib / name).write_text((lib / name).read_text("utf-8") + "# changed\n", encoding="utf-8")
        assert state() != before
        before = state()


def test_what_a_later_run_does_not_write_is_removed(tmp_path, unjudged):
    write(tmp_path / "in", {"ana": HONEST})
    (tmp_path / "roster.csv").write_text("name\nana\nbo\n")
    assert grade(tmp_path / "in", tmp_path / "out", "--seed", 7) == 0
    plain = contents(tmp_path / "out")
    assert grade(tmp_path / "in", tmp_path / "out", "--roster", tmp_path / "roster.csv") == 0
    assert main(["report", str(tmp_path / "out")]) == 0
    assert contents(tmp_path / "out").keys() == plain.keys() | {"lms.csv", "nothing.csv", "class.html"}
    assert grade(tmp_path / "in", tmp_path / "out") == 0
    assert contents(tmp_path / "out") == plain


@pytest.mark.parametrize("changed", ["roster", "files"])
def test_shards_of_different_classes_are_not_merged(tmp_path, capsys, unjudged, changed):
    write(tmp_path / "in", {f"u{i}": HONEST for i in range(4)})
    for k in (1, 2):
        name = f"Name{k * (changed == 'roster')} "
        (tmp_path / "roster.csv").write_text("name,login\n" + "".join(f"{name}{i},u{i}\n" for i in range(4)))
        roster = ["--roster", tmp_path / "roster.csv"]
        assert grade(tmp_path / "in", tmp_path / f"s{k}", "--seed", 7, "--shard", f"{k}/2", *roster) == 0
        if changed == "files":
            write(tmp_path / "in", {"u4": HONEST})
    assert main(["merge", str(tmp_path / "s1"), str(tmp_path / "s2"), "--out", str(tmp_path / "out")]) == 2
    what = "with different rosters" if changed == "roster" else "on different files"
    assert f"the shards were graded {what}" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("names", "roster", "several"),
    [
        (["3a/ana", "3a/bo", "3b/cy", "3b/di"], "", "3a; 3b"),
        (["class/ana", "class/bo", "zoe"], "", "class"),
        (["ana/exercises", "ana/solutions", "bo"], "", ""),
        (["ana/old", "bo"], "", ""),
        (["3a/ana", "3b/bo", "cy"], "ana", "3a"),
        (["ana/old", "ana/new", "bo"], "ana", ""),
        (["Ana_7_assignsubmission_file_/old", "Ana_7_assignsubmission_file_/new", "bo"], "", ""),
    ],
)
def test_a_folder_around_a_part_of_the_class_is_suspected(tmp_path, capsys, unjudged, names, roster, several):
    write(tmp_path / "in", dict.fromkeys(names, HONEST))
    (tmp_path / "roster.csv").write_text(f"name\n{roster or 'bo'}\nzoe\ncy\n")
    given = ["--roster", tmp_path / "roster.csv"] if roster else []
    assert grade(tmp_path / "in", tmp_path / "out", *given) == 0
    said = f"files of more than one student may be in {several}: if that is a folder around the class"
    assert ("more than one" in (err := capsys.readouterr().err)) == bool(several) and (not several or said in err)


@pytest.mark.parametrize(
    ("names", "several"),
    [
        (["A/ana", "A/bo", "cy"], "A"),
        (["Sec1/1a_ana", "Sec1/ana_1a_2", "Sec1/1a_bo", "Sec2/cy", "Sec2/di"], "Sec1; Sec2"),
        (["1a_neuron/ana", "Exercise_1b_network/ana"], "1a_neuron; Exercise_1b_network"),
        (["A.zip/ana", "A.zip/bo", "cy"], "A"),
        (["ana/exercise_1a_neuron", "ana/exercise_1a_neuron (1)", "ana/1a_neuron-Copy1", "ana/old", "bo"], ""),
        (["ana/work", "ana/work 2", "ana/my work", "ana/work 3 final", "bo"], ""),
        (["Ana_7_assignsubmission_file_/mine", "Ana_7_assignsubmission_file_/yours", "bo"], ""),
        (["ana/week1", "ana/resubmission", "bo/abgabe", "bo/neu", "cy/first", "cy/second", "di/hw1", "di/fixed"], ""),
        (["exercise_1a_neuron", "ana"], ""),
    ],
)
def test_a_folder_whose_files_are_called_after_several_students_is_suspected(
    tmp_path, capsys, unjudged, names, several
):
    (tmp_path / "in").mkdir()
    for name in names:
        top, _, stem = name.rpartition("/")
        if top.endswith(".zip"):
            with zipfile.ZipFile(tmp_path / "in" / top, "a") as archive:
                archive.writestr(f"{stem}.ipynb", notebook(HONEST))
        else:
            (tmp_path / "in" / top).mkdir(exist_ok=True)
            (tmp_path / "in" / f"{name}.ipynb").write_bytes(notebook(HONEST))
    assert grade(tmp_path / "in", tmp_path / "out") == 0
    said = f"files of more than one student may be in {several}: if that is a folder around the class"
    assert ("more than one" in (err := capsys.readouterr().err)) == bool(several) and (not several or said in err)


def test_that_a_file_counts_before_others_is_told_as_it_is_now(tmp_path, unjudged):
    write(tmp_path / "in", {"ana": HONEST})
    blank = tmp_path / "in" / "ana" / "blank.ipynb"
    told = []
    for there in (False, True, False):
        blank.write_bytes(notebook(["def sigmoid(z):\n    raise NotImplementedError"])) if there else blank.unlink(True)
        assert grade(tmp_path / "in", tmp_path / "out", "--seed", 7) == 0
        assert grade(tmp_path / "in", tmp_path / "new", "--seed", 7, "--fresh") == 0
        assert contents(tmp_path / "out") == contents(tmp_path / "new")
        (row,) = (row for row in rows(tmp_path / "out", "files.csv") if row["outcome"] == "graded")
        told.append(row["notes"].partition(" (")[0])
    assert told == ["", "of 2 files for this exercise one counts", ""]


def test_folders_with_nothing_in_them_are_told(tmp_path, capsys, unjudged):
    write(tmp_path / "in", {"ana": HONEST, "bo/deeper": HONEST, "cy/.git": HONEST})
    for name in ("di", "ed/deeper", "exercises", ".hidden", "fay/.git"):
        (tmp_path / "in" / name).mkdir(parents=True)
    (tmp_path / "in" / "fay" / ".git" / "config").write_text("")
    (tmp_path / "in" / "gus").mkdir()
    (tmp_path / "in" / "gus" / "ana").symlink_to("../ana")  # told in files.csv, as a link that is not followed
    assert grade(tmp_path / "in", tmp_path / "in" / "out") == 0
    assert "folders with nothing in them (3): di; ed; fay\n" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="a folder can't be claimed there")
def test_of_two_graders_with_one_report_the_second_is_refused(tmp_path, capsys, unjudged):
    write(tmp_path / "in", {"ana": HONEST})
    with alone_in(tmp_path / "out"):
        assert grade(tmp_path / "in", tmp_path / "out") == 2
        assert "another grader is at work in" in capsys.readouterr().err
        assert contents(tmp_path / "out") == {}
    assert not (tmp_path / "out").exists()
    assert grade(tmp_path / "in", tmp_path / "out") == grade(tmp_path / "in", tmp_path / "out") == 0


def test_what_nobody_can_read_costs_no_file_and_no_doubt(small, tmp_path, capsys, monkeypatch):
    (tmp_path / "roster.csv").write_text("login\nnobody\n")

    class Full(io.StringIO):
        def write(self, text):
            raise OSError(28, "No space left on device")

    def graded(out):
        return grade(small / "in", out, "--seed", 7, "--roster", tmp_path / "roster.csv")

    assert graded(tmp_path / "out") == 0
    doubts = capsys.readouterr().err
    assert "the roster knows none of these students" in doubts
    monkeypatch.setattr(sys, "stdout", Full())
    assert graded(tmp_path / "full") == 2
    assert capsys.readouterr().err == doubts + "threesteps grade: [Errno 28] No space left on device\n"
    assert contents(tmp_path / "full") == contents(tmp_path / "out")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes the streams")
def test_closed_streams_stop_nothing(small, tmp_path):
    command = [sys.executable, "-m", "threesteps_grading", "grade", small / "in", "--out", tmp_path / "out", *EXTRA]
    subprocess.run(["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *command, "--seed", "7"], check=True)
    assert contents(tmp_path / "out") == contents(small / "out")


def test_a_temporary_folder_without_room_is_told(small, tmp_path, capsys, monkeypatch):
    usage = shutil.disk_usage(tmp_path)
    for megabytes, said in ((128, False), (127, True)):
        monkeypatch.setattr(shutil, "disk_usage", lambda path, free=megabytes: usage._replace(free=free * 2**20))
        assert grade(small / "in", tmp_path / "out", "--workers", 2) == 0
        assert ("has only 127 MB free, and submissions may save 128 MB at a time" in capsys.readouterr().err) == said


def test_an_answer_that_wants_threads_is_told_why_it_is_not_there(tmp_path):
    threads = "from concurrent.futures import ThreadPoolExecutor as Pool\n"
    outside = f"{threads}sigmoid = list(Pool(2).map(lambda f: f, [np.tanh]))[0]"
    inside = f"{threads}def sigmoid(z):\n    return list(Pool(2).map(np.tanh, [z]))[0]"
    write(tmp_path / "in", {"ana": [HONEST[0], outside], "bo": [HONEST[0], inside]})
    assert grade(tmp_path / "in", tmp_path / "out") == 0
    said = {row["student"]: row["message"] for row in rows(tmp_path / "out") if row["task"] == "sigmoid"}
    assert "There are no threads here: a submission is graded in a single one." in said["ana"]
    assert "it starts a thread, and there are none where submissions are graded." in said["bo"]
