"""The catalogue of mistakes: its form, what its sentences may say, and that it waits until it is needed."""

import pkgutil
import re
import subprocess
import sys

import numpy as np
import pytest

from threesteps import mistakes
from threesteps.tasks import TASKS

ALL = [pytest.param(t, m, id=f"{t.name}: {m.name}") for t in TASKS.values() for m in t.known_mistakes()]


def test_a_module_for_each_task():
    assert {module.name for module in pkgutil.iter_modules(mistakes.__path__)} == set(TASKS)


@pytest.mark.parametrize(("task", "mistake"), ALL)
def test_what_it_says_to_the_learner(task, mistake):
    assert 40 <= len(mistake.says) <= 420
    assert mistake.says.endswith((".", ".)", "?", "?)"))
    assert mistake.says.count("`") % 2 == 0


@pytest.mark.parametrize(("task", "mistake"), ALL)
def test_it_tells_no_expected_value(task, mistake):
    """No number of three digits or more in the sentence is one that a probe asks for."""
    told = [number for number in re.findall(r"\d+\.?\d*", mistake.says) if len(number.replace(".", "").strip("0")) >= 3]
    for number in told:
        digits = len(number.partition(".")[2])
        assert not any(round(abs(value), digits) == float(number) for value in expected_values(task))


def expected_values(task):
    if not task.examine:
        for i, group in enumerate(task.groups):
            for arguments in group.probes(np.random.default_rng([task.seed, i])):
                yield from numbers_in(task.reference(*arguments))


def numbers_in(value):
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from numbers_in(part)
    else:
        yield from np.ravel(np.asarray(value, dtype=float)).tolist()


def test_the_catalogue_is_imported_when_an_answer_is_wrong_and_not_before():
    script = """if True:
        import sys
        from threesteps import check
        def imported():
            return [name for name in sys.modules if name.startswith("threesteps.mistakes.")]
        sigmoid = lambda z: 1 / (1 + 2.718281828459045 ** -z) if z > 0 else 0.5
        assert not imported()
        check("sigmoid")
        print(*imported())
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["threesteps.mistakes.sigmoid"]


def test_marks():
    def other(x):
        return x + 2

    @mistakes.fresh
    def counting():
        """It counts
        the calls."""
        calls = []

        def answer(x):
            calls.append(x)
            return len(calls)

        return answer

    @mistakes.also(other)
    @mistakes.known_by(lambda trial: True)
    def one_more(x):
        """One more."""
        return x + 1

    first, second = mistakes.catalogue([counting, one_more])
    assert (first.name, first.says, first.known_by) == ("counting", "It counts the calls.", None)
    assert [make()(0) for make in first.ways * 2] == [1, 1]  # made anew
    assert (second.name, second.known_by(None)) == ("one more", True)
    assert [make()(0) for make in second.ways] == [1, 2]
