"""Tasks with many right answers: whatever comes back is judged without an exception, and labels stay with the judge."""

import copy
from functools import partial

import numpy as np
import pytest

from threesteps.call import Outcome, call
from threesteps.task import Trial, _drawn, judge
from threesteps.tasks import TASKS
from threesteps.tasks.depth import HE_INIT
from threesteps.tasks.exam import RIGHT_GRADIENTS

ODD = [
    "text",
    "",
    True,
    0,
    -1.5,
    float("nan"),
    10**400,
    [],
    (),
    {},
    {"W": [1, 2]},
    [None],
    [[1], [1, 2]],
    [[], []],
    [([], [])] * 3,
    [("W", "b")] * 3,
    [(1, 2)] * 3,
    [(np.array(1.0), np.array([]))] * 3,
    [[10**400, 1]] * 2,
    [[[float("inf")]], 3],
    [[[[[[1]]]]]],
    np.zeros(0),
    np.zeros((3, 0, 2)),
    np.array(1.0),
    np.full((4, 5), np.nan),
    np.array([True, False]),
    [True, "False", None, 1.0],
]


@pytest.mark.parametrize("task", [task for task in TASKS.values() if task.examine], ids=lambda task: task.name)
@pytest.mark.parametrize("value", ODD, ids=lambda value: repr(value)[:30])
def test_odd_values_are_judged_and_never_raise(task, value):
    verdict = judge(task, lambda arguments: Outcome("value", copy.deepcopy(value)), 0)
    assert verdict.points < task.points
    assert verdict.message
    for group in task.groups:
        for arguments in group.probes(np.random.default_rng(0)):
            trial = Trial(arguments, copy.deepcopy(arguments), Outcome("value", value))
            assert all(m.known_by(trial) in (True, False) for m in task.known_mistakes() if m.known_by)


def test_what_an_answer_is_handed_does_not_tell_what_is_right():
    for group in HE_INIT.groups:
        assert all(type(copy.deepcopy(rng)) is np.random.Generator for _, rng in group.probes(np.random.default_rng(0)))
    for group in RIGHT_GRADIENTS.groups:
        for f, gradients, _ in copy.deepcopy(group.probes(np.random.default_rng(0))):
            assert not any(hasattr(function, "fault") or hasattr(function, "slopes") for function in (f, *gradients))


def test_the_same_generator_is_handed_over_twice_and_another_once():
    def states(sizes, rng):
        seen.append((sizes, str(rng.bit_generator.state)))
        return TASKS["he_init"].reference(sizes, rng)

    seen = []
    assert judge(HE_INIT, lambda arguments: call(states, arguments), 5).status == "passed"
    assert len(seen) > len(set(map(str, seen)))
    assert len({state for sizes, state in seen if sizes == seen[-2][0]}) == 2


def spoilt(value):
    """Whatever can be changed in place is, as an answer might."""
    if isinstance(value, np.ndarray):
        value.fill(7)
    elif isinstance(value, np.random.Generator):
        value.random(3)
    elif isinstance(value, (list, tuple)):
        for part in value:
            spoilt(part)
        if isinstance(value, list):
            value.clear()


def as_seen(value):
    if isinstance(value, np.random.Generator):
        return str(value.bit_generator.state)
    if isinstance(value, (list, tuple)):
        return [as_seen(part) for part in value]
    return (value.dtype, value.tobytes()) if isinstance(value, np.ndarray) else type(value)


@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_no_answer_spoils_the_probes_of_the_next(task):
    def spoil(*arguments):
        result = task.reference(*arguments)
        spoilt(arguments)
        return result

    probes = as_seen(_drawn(task, 11))
    for answer in (task.reference, spoil, *(m.ways[0]() for m in task.known_mistakes()[:3])):
        judge(task, partial(call, answer), 11)
    assert as_seen(_drawn(task, 11)) == as_seen(_drawn.__wrapped__(task, 11)) == probes
    assert judge(task, partial(call, task.reference), 11).status == "passed"
