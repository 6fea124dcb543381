"""How many seeds the banks of answers are judged with, and what a run leaves to `make test-all`."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

# What runs in Pyodide (`make test-wasm`), and the website's tests, which need a browser (`make test-site`).
collect_ignore = ["wasm"] if find_spec("playwright") else ["wasm", "website"]

SLOW = re.compile(r"^@pytest\.mark\.slow\n(?:@.*\n)*def test_(\w+)", re.MULTILINE)


def pytest_addoption(parser):
    parser.addoption("--seeds", type=int, default=20, help="how many seeds the banks of answers are judged with")


def pytest_terminal_summary(terminalreporter, config):
    if config.option.nbval and config.option.markexpr == "not slow":
        tests = [
            name for path in Path(__file__).parent.glob("test_*.py") for name in SLOW.findall(path.read_text("utf-8"))
        ]
        terminalreporter.section("left to `make test-all`")
        for name in sorted(tests):
            terminalreporter.write_line(name.replace("_", " "))
        terminalreporter.write_line(f"the banks of answers with 20 seeds; here {config.option.seeds}")


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
