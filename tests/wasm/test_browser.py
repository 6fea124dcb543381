"""What is different in a browser; runs in Pyodide, as a part of `make test-wasm`."""

import warnings
from functools import partial

import numpy as np
import pytest

from threesteps import call, check
from threesteps.check import UNSEEN
from threesteps.task import judge
from threesteps.tasks import TASKS


def test_numpy_never_warns_so_a_check_says_that_it_can_not_see_it():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.exp(np.float64(1000.0)) == np.inf
    assert not call.WARNS

    def sigmoid(z):
        return 1 / (1 + np.exp(-z))

    card = check(sigmoid)
    assert card.points == 3 and UNSEEN in card._repr_html_()


def test_a_mistake_gets_its_diagnosis():
    def sigmoid(z):
        return 1 / (1 + np.exp(z))

    card = check(sigmoid)
    assert (card.points, card.diagnosis) == (0, "sign of the exponent")


def test_an_answer_that_never_ends_gets_its_card():
    def sigmoid(z):
        while True:
            pass

    card = check(sigmoid)
    assert (card.status, card.message) == (
        "timeout",
        "It gave no result after 10 seconds: is there a loop without an end?",
    )


@pytest.mark.parametrize("name", TASKS)
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_right_answers_pass_where_whole_numbers_have_32_bits(name, seed):
    task = TASKS[name]
    verdict = judge(task, partial(call.call, task.reference), task.seed if seed is None else seed)
    assert (verdict.status, verdict.points) == ("passed", task.points)
