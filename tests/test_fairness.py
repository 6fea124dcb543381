"""Scores of two submissions of equal code are equal, whatever else is in the batch: honest submissions among hostile
ones, in any order, in any shards, after any kill."""

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hostile import AFFINE, GROUPS, HONEST, PRIME, SETUP, SIGMOID, notebook
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_grade import EXTRA, MISSING, WRONG, contents, grade

from threesteps_grading.judging import batch, joined
from threesteps_grading.judging.results import Options

HONEST_ONES = [
    HONEST,
    WRONG,
    [SETUP, SIGMOID, PRIME, AFFINE, "print(sigmoid(2.0))"],
    [SETUP, "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))", AFFINE],
    [SETUP, "def sigmoid(z):\n    raise NotImplementedError", AFFINE],
    [SETUP, AFFINE, "def sigmoid(z):\n    return np.random.rand(*np.shape(z))"],
    [SETUP, "cache = {}", SIGMOID.replace("    e =", "    cache[len(cache)] = z\n    e ="), AFFINE, PRIME],
]
# Not those that take a timeout, or all the memory there is: `test_grade` has these.
SLOW = (
    "loop", "sleep", "ignores", "for ever", "for input", "never ends", "memory", "disk", "recurses", "kills everything",
    "stops", "huge", "deep", "prints a lot", "thousand", "objects", "other submissions",
)  # fmt: skip
HOSTILE_ONES = [
    case.content for bank in GROUPS.values() for case in bank if not any(word in case.name for word in SLOW)
]


OPTIONS = Options(seed=11, timeout=4, memory=1024, unprotected=bool(MISSING))


class Kill(BaseException):
    """Comes where a kill would."""


known = {}  # code -> the score that it got alone


def score(record):
    return [(v["task"], v["points"], v["status"], v["message"]) for v in record["verdicts"]], record["outcome"]


def alone(code):
    key = repr(code)
    if key not in known:
        with tempfile.TemporaryDirectory() as folder:
            source = hand_in(Path(folder, "in"), {"alone": (code, 0)})
            (record,) = batch.grade(source, Path(folder, "out"), OPTIONS, 1)
        known[key] = score(record)
    return known[key]


def hand_in(folder, handed_in, zipped=False):
    """{student: (code, how it is packed)} as files of a class."""
    for name, (code, packing) in handed_in.items():
        data = code if isinstance(code, bytes) else notebook(code)
        if packing and not isinstance(code, bytes):
            data = json.dumps(json.loads(data), indent=packing).encode()
        path = folder / name / ("nn.ipynb", "exercises/nn.ipynb", "nn (1).ipynb")[packing]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    if not zipped:
        return folder
    with zipfile.ZipFile(folder.with_suffix(".zip"), "w") as archive:
        for path in folder.rglob("*.ipynb"):
            archive.write(path, path.relative_to(folder))
    return folder.with_suffix(".zip")


def graded(source, out, options, kills):
    """The records of a run that is killed after so many new results, and of what it had written then keeps so much."""
    for after, kept in kills:
        left = after

        def tell(done, of):
            nonlocal left
            left -= 1
            if left < 0:
                raise Kill

        try:
            batch.grade(source, out, options, 1, tell)
        except Kill:
            results = out / "results.jsonl"
            data = results.read_bytes()
            results.write_bytes(data[: int(kept * len(data))])
    return batch.grade(source, out, options, 1)


NAMES = st.text("abcdeéß张", min_size=1, max_size=3)
CODES = st.sampled_from(HONEST_ONES) | st.sampled_from(HOSTILE_ONES)
CLASSES = st.dictionaries(NAMES, st.tuples(CODES, st.integers(0, 2)), min_size=1, max_size=5)
KILLS = st.lists(st.tuples(st.integers(0, 5), st.floats(0, 1)), max_size=2)


@settings(max_examples=7, suppress_health_check=list(HealthCheck))
@given(CLASSES, st.integers(1, 3), KILLS, st.booleans())
def test_equal_code_has_equal_scores(warm, handed_in, shards, kills, zipped):
    equal_code_has_equal_scores(handed_in, shards, kills, zipped)


@pytest.mark.skipif(os.name != "posix", reason="workers are forked")
@pytest.mark.parametrize("ends", ["always", "once", "at the start"])
def test_what_ends_a_judges_process_costs_itself_alone(tmp_path, monkeypatch, ends):
    source = hand_in(tmp_path / "in", {f"s{i:02}": (HONEST, 0) for i in range(24)})
    judged, started, pools = batch.judged, batch._start, []

    def first_time():
        try:
            (tmp_path / "ended").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def judged_or_not(engine, submission, options):
        if submission.student == "s07" and (ends == "always" or ends == "once" and first_time()):
            os._exit(1)
        return judged(engine, submission, options)

    def started_or_not(options):
        if ends == "at the start" and first_time():
            os._exit(1)
        started(options)

    def pool(options, workers):
        pools.append(workers)
        return pools_of(options, workers)

    pools_of = batch._pool
    monkeypatch.setattr(batch, "judged", judged_or_not)
    monkeypatch.setattr(batch, "_start", started_or_not)
    monkeypatch.setattr(batch, "_pool", pool)
    records = batch.grade(source, tmp_path / "out", OPTIONS, 2)
    failed = {record["student"] for record in records if "judge failed" in str(record)}
    assert failed == ({"s07"} if ends == "always" else set())
    assert len(records) == 24 and sum(pools) <= 2 + 5 + 2
    assert {str(score(record)) for record in records if record["student"] not in failed} == {str(alone(HONEST))}


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(CLASSES, st.integers(1, 3), KILLS, st.booleans())
def test_equal_code_has_equal_scores_in_many_classes(warm, handed_in, shards, kills, zipped):
    equal_code_has_equal_scores(handed_in, shards, kills, zipped)


def equal_code_has_equal_scores(handed_in, shards, kills, zipped):
    expected = {name: alone(code) for name, (code, _) in handed_in.items()}
    with tempfile.TemporaryDirectory() as folder:
        source = hand_in(Path(folder, "in"), handed_in, zipped)
        outs = [Path(folder, f"out{k}") for k in range(1, shards + 1)]
        for k, out in enumerate(outs, start=1):
            records = graded(source, out, replace(OPTIONS, shard=(k, shards) if shards > 1 else None), kills)
        if shards > 1:
            records, _ = joined(outs, Path(folder, "all"))
    assert {record["student"]: score(record) for record in records} == expected


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_a_class_graded_in_spite_of_kills_at_any_moment(tmp_path, seed):
    rng = random.Random(seed)
    handed_in = {f"h{i}": (code, 0) for i, code in enumerate(HOSTILE_ONES)} | {f"a{i}": (HONEST, 0) for i in range(20)}
    source = hand_in(tmp_path / "in", handed_in)
    start = time.monotonic()
    assert grade(source, tmp_path / "whole", "--seed", 3) == 0
    took = time.monotonic() - start
    command = [sys.executable, "-m", "threesteps_grading", "grade", source, "--seed", "3", "--out", tmp_path / "out"]
    for how in rng.choices([signal.SIGTERM, signal.SIGKILL, signal.SIGINT, signal.SIGHUP], k=4):
        with subprocess.Popen([*command, *EXTRA], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            time.sleep(rng.uniform(0.1, took))
            run.send_signal(how)
    assert grade(source, tmp_path / "out", "--seed", 3) == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "whole")
