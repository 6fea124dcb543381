"""How many seeds the banks of answers get, what a run leaves to `make test-all`, and how long it may last."""

import gc
import re
import time
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from nbval import kernel

# What runs in Pyodide (`make test-wasm`), and the website's tests, which need a browser (`make test-site`).
collect_ignore = ["wasm"] if find_spec("playwright") else ["wasm", "website"]

# Nothing is timed in a test: a slow machine is no fault of the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

SLOW = re.compile(r"^@pytest\.mark\.slow\n(?:@.*\n)*def test_(\w+)", re.MULTILINE)


def pytest_addoption(parser):
    parser.addoption("--seeds", type=int, default=20, help="how many seeds the banks of answers are judged with")
    parser.addoption("--minutes", type=float, help="skip what would begin later than this")


def pytest_configure(config):
    kernel.start_new_kernel = _again(kernel.start_new_kernel)
    if config.option.minutes is not None:
        config.pluginmanager.register(TimeLimit(config.option.minutes))


def pytest_collection_finish():
    gc.freeze()  # thousands of tests that stay: to look through them again and again takes a fifth of the banks' time
    gc.set_threshold(50_000, 20, 20)  # so that it is looked for what holds itself less often than every 700 objects


def _again(start):
    """Start a kernel once more where it died at once: of many that start together, two may be given one port."""

    def started(*args, **kwargs):
        try:
            return start(*args, **kwargs)
        except RuntimeError:
            return start(*args, **kwargs)

    return started


class TimeLimit:
    """For a machine too slow for all of it. A plugin, as hooks of this file are for the tests beside it alone."""

    def __init__(self, minutes):
        self.minutes, self.end = minutes, time.monotonic() + 60 * minutes

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        if time.monotonic() > self.end:
            pytest.skip(f"{self.minutes:g} minutes have passed")


def pytest_terminal_summary(terminalreporter, config):
    if config.option.nbval and config.option.markexpr == "not slow":
        tests = [
            name for path in Path(__file__).parent.glob("test_*.py") for name in SLOW.findall(path.read_text("utf-8"))
        ]
        terminalreporter.section("left to `make test-all`")
        for name in sorted(tests):
            terminalreporter.write_line(name.replace("_", " "))
        terminalreporter.write_line(f"the banks of answers with 20 seeds; here {config.option.seeds}")


@pytest.fixture(scope="session")
def judge_here():
    from warm import warmed

    with warmed() as warm:
        yield warm


@pytest.fixture
def warm(judge_here, monkeypatch):
    """Grading starts no process of its own but for submissions."""
    judge_here(monkeypatch)


@pytest.fixture
def unjudged(monkeypatch):
    """Grading without running anything: whatever a notebook defines is right."""
    from threesteps.task import Verdict
    from threesteps.tasks import EXERCISES
    from threesteps_grading.judging import batch, results

    def verdict(task, submission):
        right = task.name in submission.defined
        return Verdict(task.name, right * task.points, task.points, "passed" if right else "missing", "")

    def judged(todo, options, workers):
        for submission in todo:
            tasks = EXERCISES[submission.exercise] if submission.outcome == "graded" else []
            yield results.record(submission, [verdict(task, submission) for task in tasks])

    monkeypatch.setattr(batch, "_judged", judged)
