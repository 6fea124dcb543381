"""4c: a tape of operations, played forwards and backwards."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from threesteps.task import Group, Task, fine, is_steady

Entry = tuple[str, int, int | None]
BINARY, UNARY = ("add", "mul"), ("neg", "exp", "tanh")


def tape_forward(tape, inputs):
    """The inputs, then one value per entry (op, i, j) of the tape; i and j index that list."""
    values = list(inputs)
    for op, i, j in tape:
        if op == "add":
            value = values[i] + values[j]
        elif op == "mul":
            value = values[i] * values[j]
        elif op == "neg":
            value = -values[i]
        elif op == "exp":
            value = math.exp(values[i])
        else:
            value = math.tanh(values[i])
        values.append(value)
    return values


def tape_backward(tape, values):
    """The gradient of the last value with respect to each: local slope times what comes from behind, added up."""
    grads = [0.0] * len(values)
    grads[-1] = 1.0
    for k in range(1, len(tape) + 1):
        op, i, j = tape[-k]
        grad = grads[-k]
        if op == "add":
            grads[i] += grad
            grads[j] += grad
        elif op == "mul":
            grads[i] += grad * values[j]
            grads[j] += grad * values[i]
        elif op == "neg":
            grads[i] -= grad
        elif op == "exp":
            grads[i] += grad * values[-k]
        else:
            grads[i] += grad * (1 - values[-k] ** 2)
    return grads


# Tapes to probe with: (tape, inputs). In none does rounding matter much.


def _numbers(rng: np.random.Generator, count: int) -> list[float]:
    """Away from 0 and 1, where a wrong rule could give the right number; neighbours have opposite signs."""
    return (rng.uniform(0.3, 0.9, count) * (-1.0) ** (np.arange(count) + rng.integers(2))).tolist()


def _is_steady(tape: list[Entry], inputs: list[float], rng: np.random.Generator) -> bool:
    """Whether float32 does, forwards and backwards; no sum is far less than a part of it, which was rounded, too."""
    values = tape_forward(tape, inputs)
    sums = [(abs(values[k]), i, j) for k, (op, i, j) in enumerate(tape, len(inputs)) if op == "add"]
    return (
        all(total > 0.3 * max(abs(values[i]), abs(values[j])) or total == 0 for total, i, j in sums)
        and is_steady((tape, inputs), tape_forward, rng)
        and is_steady((tape, values), tape_backward, rng)
    )


def _with(rng: np.random.Generator, count: int, *tape: Entry) -> tuple[list[Entry], list[float]]:
    """The tape with so many inputs."""
    while not _is_steady([*tape], inputs := _numbers(rng, count), rng):
        pass
    return [*tape], inputs


def _single(rng: np.random.Generator) -> list[tuple]:
    """Each operation alone, on three inputs: minus a positive number and a negative one."""
    entries = [("add", 2, 0), ("mul", 0, 1), ("neg", 1, None), ("neg", 0, None), ("exp", 0, None), ("tanh", 1, None)]
    inputs = _numbers(rng, 3)
    return [([entry], inputs) for entry in entries]


def _chain(rng: np.random.Generator) -> list[Entry]:
    """All five operations in some order, each on the result before; every value is used just once, and j is not 0."""
    tape, newest, fresh = [], 0, [1, 2]
    for k, op in enumerate(rng.permutation([*BINARY, *UNARY]).tolist()):
        other = fresh.pop() if op in BINARY else None
        tape.append((op, other, newest) if other and newest and rng.random() < 0.5 else (op, newest, other))
        newest = 3 + k
    return tape


ZERO = ([("mul", 0, 1), ("mul", 3, 2)], [2.0, 0.0, -3.0])  # a product can't be divided by its factor then


def _chains(rng: np.random.Generator) -> list[tuple]:
    """One of them begins with minus a negative number; in two, each operation has results only, not just the newest."""
    first, last = (
        [("neg", 0, None), ("exp", 1, None), ("tanh", 2, None)],
        [(op, 7 + k, None) for k, op in enumerate(UNARY)],
    )
    tapes = [[*first, (one, 3, 4), (other, 6, 5), *last] for one, other in (BINARY, BINARY[::-1])]
    tapes += [[("mul", 1, 2), ("neg", 3, None), ("exp", 4, None)], *(_chain(rng) for _ in range(4))]
    return [_with(rng, 3, *tape) for tape in tapes]


def _random(rng: np.random.Generator, inputs: int, length: int) -> tuple[list[Entry], list[float]]:
    """Mostly made from the newest value, and from any other, never from one twice; no value is near 0 or large."""
    start = values = _numbers(rng, inputs)
    tape: list[Entry] = []
    while len(tape) < length:
        op = str(rng.choice([*BINARY, *BINARY, *UNARY]))
        i, j = len(values) - 1 if rng.random() < 0.7 else int(rng.integers(len(values))), int(rng.integers(len(values)))
        i, j = (i, j) if rng.random() < 0.5 else (j, i)
        entry = (op, i, j) if op in BINARY else (op, max(i, j), None)
        longer = tape_forward([entry], values)
        if i != entry[2] and 0.05 < abs(longer[-1]) < 3:
            tape, values = [*tape, entry], longer
    return (tape, start) if _is_steady(tape, start, rng) else _random(rng, inputs, length)


def _forks(rng: np.random.Generator) -> list[tuple]:
    """3b's (a + b)(b + 1); a value that needs both its shares before it passes them on; several of these."""
    both = [("mul", 1, 0), ("tanh", 2, None), ("neg", 3, None), ("exp", 3, None), ("tanh", 5, None), ("mul", 6, 4)]
    return [
        _with(rng, 3, ("add", 0, 1), ("add", 1, 2), ("mul", 3, 4)),
        _with(rng, 2, ("add", 0, 1), ("mul", 2, 1), ("add", 2, 3)),
        _with(rng, 2, *both),
        _random(rng, 3, 12),
        _random(rng, 2, 20),
    ]


TRY = ([("add", 0, 1), ("add", 1, 2), ("mul", 3, 4)], [2, 1, 1])  # whole numbers


def _shared(rng: np.random.Generator) -> list[tuple]:
    """Each operation on an input that has a share already when it is reached, as its first operand or its second."""
    entries = [("add", 0, 1), ("add", 1, 0), ("mul", 0, 1), ("mul", 1, 0), *((op, 0, None) for op in UNARY)]
    return [_with(rng, 2, entry, ("add", 2, 0)) for entry in entries]


def _twice(rng: np.random.Generator) -> list[tuple]:
    """One value as both operands."""
    return [
        _with(rng, 1, ("mul", 0, 0)),
        _with(rng, 2, ("add", 1, 1), ("tanh", 2, None)),
        _with(rng, 2, ("mul", 0, 1), ("mul", 2, 2), ("neg", 3, None), ("exp", 4, None), ("add", 5, 5)),
    ]


def _unused(rng: np.random.Generator) -> list[tuple]:
    """Inputs and values that the result doesn't depend on, without a fork; and nothing computed at all."""
    return [
        _with(rng, 4, ("mul", 1, 3), ("exp", 4, None)),
        _with(rng, 2, ("exp", 0, None), ("neg", 1, None)),
        _with(rng, 3, ("exp", 2, None), ("add", 1, 0), ("tanh", 4, None)),
        _with(rng, 4, ("mul", 0, 3), ("add", 1, 2), ("neg", 4, None), ("exp", 5, None), ("tanh", 6, None)),
        _with(rng, 3),
    ]


def _played(probes: Callable) -> Callable:
    """The same tapes with their values: (tape, values)."""
    return lambda rng: [(tape, tape_forward(tape, inputs)) for tape, inputs in probes(rng)]


TAPE_FORWARD = Task(
    "tape_forward",
    4,
    tape_forward,
    groups=(
        Group("one operation", 1, fine(tape_forward, _single)),
        Group("one after the other", 1, fine(tape_forward, _chains)),
        Group(
            "values that are used again, or twice by one operation",
            1,
            fine(tape_forward, lambda rng: [*_twice(rng), *_forks(rng)[:3], TRY]),
        ),
        Group(
            "long tapes, and an empty one",
            1,
            fine(
                tape_forward,
                lambda rng: [_random(rng, 1, 15), _random(rng, 3, 30), _random(rng, 4, 10), *_unused(rng)],
            ),
        ),
    ),
)

TAPE_BACKWARD = Task(
    "tape_backward",
    4,
    tape_backward,
    groups=(
        Group("one after the other", 1, fine(tape_backward, _played(lambda rng: [*_single(rng), *_chains(rng), ZERO]))),
        Group(
            "forks, where paths add",
            1,
            fine(tape_backward, _played(lambda rng: [*_forks(rng), *_shared(rng), TRY])),
        ),
        Group("one value twice in an operation", 1, fine(tape_backward, _played(_twice))),
        Group("what the result does not use", 1, fine(tape_backward, _played(_unused))),
    ),
    atol=1e-12,
)

TASKS = (TAPE_FORWARD, TAPE_BACKWARD)
