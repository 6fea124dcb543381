"""4c: a tape of operations, played forwards and backwards."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from threesteps.task import Group, Task, Trial, WrongAnswer, as_numbers

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


# Tapes to probe with: (tape, inputs)


def _numbers(rng: np.random.Generator, count: int) -> list[float]:
    """Away from 0 and 1, where a wrong rule could give the right number."""
    return (rng.uniform(0.3, 0.9, count) * rng.choice([-1, 1], count)).tolist()


def _single(rng: np.random.Generator) -> list[tuple]:
    """Each operation alone, on three inputs."""
    entries = [("add", 2, 0), ("mul", 0, 1), ("neg", 1, None), ("exp", 0, None), ("tanh", 2, None)]
    return [([entry], _numbers(rng, 3)) for entry in entries]


def _chain(rng: np.random.Generator) -> tuple[list[Entry], list[float]]:
    """All five operations in some order, each on the result before; every value is used just once."""
    tape, newest, fresh = [], 0, [1, 2]
    for k, op in enumerate(rng.permutation([*BINARY, *UNARY]).tolist()):
        other = fresh.pop() if op in BINARY else None
        tape.append((op, other, newest) if other and rng.random() < 0.5 else (op, newest, other))
        newest = 3 + k
    return tape, _numbers(rng, 3)


def _random(rng: np.random.Generator, inputs: int, length: int) -> tuple[list[Entry], list[float]]:
    """Mostly made from the newest value, and from any other; no value is near 0 or large."""
    start = values = _numbers(rng, inputs)
    tape: list[Entry] = []
    while len(tape) < length:
        op = str(rng.choice([*BINARY, *BINARY, *UNARY]))
        i, j = len(values) - 1 if rng.random() < 0.7 else int(rng.integers(len(values))), int(rng.integers(len(values)))
        i, j = (i, j) if rng.random() < 0.5 else (j, i)
        entry = (op, i, j) if op in BINARY else (op, max(i, j), None)
        longer = tape_forward([entry], values)
        if 0.05 < abs(longer[-1]) < 3:
            tape, values = [*tape, entry], longer
    return tape, start


def _forks(rng: np.random.Generator) -> list[tuple]:
    """3b's (a + b)(b + 1); a value that needs both its shares before it passes them on; several of these."""
    return [
        ([("add", 0, 1), ("add", 1, 2), ("mul", 3, 4)], _numbers(rng, 3)),
        ([("add", 0, 1), ("mul", 2, 1), ("add", 2, 3)], _numbers(rng, 2)),
        ([("mul", 1, 0), ("exp", 2, None), ("neg", 2, None), ("tanh", 3, None), ("mul", 4, 5)], _numbers(rng, 2)),
        _random(rng, 3, 12),
        _random(rng, 2, 20),
    ]


def _twice(rng: np.random.Generator) -> list[tuple]:
    """One value as both operands."""
    return [
        ([("mul", 0, 0)], _numbers(rng, 1)),
        ([("add", 1, 1), ("tanh", 2, None)], _numbers(rng, 2)),
        ([("mul", 0, 1), ("mul", 2, 2), ("neg", 3, None), ("add", 4, 4)], _numbers(rng, 2)),
    ]


def _unused(rng: np.random.Generator) -> list[tuple]:
    """Inputs and values that the result doesn't depend on; and nothing computed at all."""
    return [
        ([("mul", 1, 3), ("exp", 4, None)], _numbers(rng, 4)),
        ([("add", 0, 1), ("exp", 2, None), ("tanh", 0, None)], _numbers(rng, 2)),
        ([("mul", 0, 2), ("neg", 3, None), ("mul", 3, 1), ("tanh", 1, None), ("add", 5, 3)], _numbers(rng, 3)),
        ([], _numbers(rng, 3)),
    ]


def _played(probes: Callable) -> Callable:
    """The same tapes with their values: (tape, values)."""
    return lambda rng: [(tape, tape_forward(tape, inputs)) for tape, inputs in probes(rng)]


# Forwards

COMPUTE = {
    "add": lambda x, y: x + y,
    "mul": lambda x, y: x * y,
    "neg": lambda x, y: -x,
    "exp": lambda x, y: math.exp(x),
    "tanh": lambda x, y: math.tanh(x),
}


def _computing(**changed: Callable) -> Callable[[], Callable]:
    """Makes an answer with other rules for some operations."""
    rules = COMPUTE | changed

    def wrong(tape, inputs):
        values = list(inputs)
        for op, i, j in tape:
            values.append(rules[op](values[i], values[i] if j is None else values[j]))
        return values

    return lambda: wrong


def _both_operands_always(tape, inputs):
    values = list(inputs)
    for op, i, j in tape:
        values.append(COMPUTE[op](values[i], values[j]))
    return values


def _j_asked_for_truth(tape, inputs):
    values = list(inputs)
    for op, i, j in tape:
        values.append(COMPUTE[op](values[i], values[j] if j else None))
    return values


def _zero_for_the_first(tape, inputs):
    values = list(inputs)
    for op, i, j in tape:
        values.append(COMPUTE[op](values[i], values[j] if j else 0.0))
    return values


def _inputs_alone(tape, inputs):
    return [*inputs, *(COMPUTE[op](inputs[i], None if j is None else inputs[j]) for op, i, j in tape)]


def _counted_from_the_tape(tape, inputs):
    values = list(inputs)
    for op, i, j in tape:
        first = len(inputs)
        values.append(COMPUTE[op](values[first + i], None if j is None else values[first + j]))
    return values


def _over_the_inputs(tape, inputs):
    values = list(inputs)
    for k, (op, i, j) in enumerate(tape):
        values[k] = COMPUTE[op](values[i], None if j is None else values[j])
    return values


def _into_the_inputs(tape, inputs):
    for op, i, j in tape:
        inputs.append(COMPUTE[op](inputs[i], None if j is None else inputs[j]))
    return inputs


def _always_the_newest(tape, inputs):
    values = list(inputs)
    for op, _, j in tape:
        values.append(COMPUTE[op](values[-1], None if j is None else values[j]))
    return values


def _first_entry_only(tape, inputs):
    return tape_forward(tape[:1], inputs)


TAPE_FORWARD = Task(
    "tape_forward",
    4,
    tape_forward,
    groups=(
        Group("one operation", 1, _single),
        Group("one after the other", 1, lambda rng: [_chain(rng) for _ in range(4)]),
        Group("values that are used again, or twice by one operation", 1, lambda rng: [*_twice(rng), *_forks(rng)[:3]]),
        Group(
            "long tapes, and an empty one",
            1,
            lambda rng: [_random(rng, 1, 15), _random(rng, 3, 30), _random(rng, 4, 10), *_unused(rng)],
        ),
    ),
    wrong_answers=(
        WrongAnswer(
            "the inputs left out",
            "You return what the operations gave, without the inputs. The list begins with the inputs: i and j count "
            "from there.",
            lambda: lambda tape, inputs: tape_forward(tape, inputs)[len(inputs) :],
        ),
        WrongAnswer(
            "the last value only",
            "You return the result alone. Playing back needs every value on the way, so the whole list is asked for.",
            lambda: lambda tape, inputs: tape_forward(tape, inputs)[-1],
        ),
        WrongAnswer(
            "i and j index the inputs",
            "It works as long as the operations use inputs only. i and j index the *growing* list: an operation may "
            "use what an earlier one gave.",
            lambda: _inputs_alone,
        ),
        WrongAnswer(
            "i and j count from the tape's start",
            "You look for i and j behind the inputs, as if 0 were the first operation's result. 0 is the first "
            "*input*.",
            lambda: _counted_from_the_tape,
        ),
        WrongAnswer(
            "results written over the inputs",
            "Each result goes to a place from the list's beginning, where an input stands that is still needed. "
            "Results stand behind the inputs: let the list grow.",
            lambda: _over_the_inputs,
        ),
        WrongAnswer(
            "the caller's list grows",
            "The values are right, and they were appended to the caller's own list of inputs: the next call starts "
            "with too many. Make a new list first.",
            lambda: _into_the_inputs,
        ),
        WrongAnswer(
            "the newest value in place of entry i",
            "You always work on the newest value. i says which value is meant, and that may be any earlier one.",
            lambda: _always_the_newest,
        ),
        WrongAnswer(
            "the first operation only",
            "The list ends after one operation. If a `return` stands inside the loop, it ends the loop in its first "
            "round.",
            lambda: _first_entry_only,
        ),
        WrongAnswer(
            "two operands always",
            "It raises a TypeError wherever j is None: an operation with one operand has no second value to look up.",
            lambda: _both_operands_always,
        ),
        WrongAnswer(
            "j = 0 taken for none",
            "It raises a TypeError where j is 0. In a condition 0 counts as False, just like None; but 0 is the first "
            "input. Ask for None itself.",
            lambda: _j_asked_for_truth,
        ),
        WrongAnswer(
            "0 where j = 0",
            "It counts with 0 where j is 0. In a condition 0 counts as False, just like None; but 0 is the first "
            "input, and its value is wanted. Ask for None itself.",
            lambda: _zero_for_the_first,
        ),
        WrongAnswer(
            "neg without a minus",
            "`neg` gives back what it got. It turns the sign: −x.",
            _computing(neg=lambda x, y: x),
        ),
        WrongAnswer(
            "neg as an absolute value",
            "`neg` gives −|x| here, which is never positive. It turns the sign, so that −0.5 becomes 0.5.",
            _computing(neg=lambda x, y: -abs(x)),
        ),
        WrongAnswer(
            "1/x for neg",
            "`neg` gives 1/x here. It stands for the minus sign in front of one value: −x.",
            _computing(neg=lambda x, y: 1 / x),
        ),
        WrongAnswer(
            "mul adds",
            "`mul` adds its two values; it multiplies them.",
            _computing(mul=lambda x, y: x + y),
        ),
        WrongAnswer(
            "add multiplies",
            "`add` multiplies its two values; it adds them.",
            _computing(add=lambda x, y: x * y),
        ),
        WrongAnswer(
            "σ for tanh",
            "`tanh` gives σ here, which runs from 0 to 1. tanh runs from −1 to 1; the math module and NumPy have it.",
            _computing(tanh=lambda x, y: 1 / (1 + math.exp(-x))),
        ),
        WrongAnswer(
            "tan for tanh",
            "`tanh` gives the tangent, tan. The hyperbolic tangent is another function, with an h in its name.",
            _computing(tanh=lambda x, y: math.tan(x)),
        ),
        WrongAnswer(
            "−x in the exponent",
            "`exp` gives e⁻ˣ here. It is eˣ; where a minus is wanted, the tape has a `neg` of its own.",
            _computing(exp=lambda x, y: math.exp(-x)),
        ),
        WrongAnswer(
            "a power of two",
            "`exp` gives 2ˣ here. It is the natural exponential function, eˣ.",
            _computing(exp=lambda x, y: 2**x),
        ),
    ),
)


# Backwards

SLOPES = {
    "add": lambda x, y, out: (1, 1),
    "mul": lambda x, y, out: (y, x),
    "neg": lambda x, y, out: (-1,),
    "exp": lambda x, y, out: (out,),
    "tanh": lambda x, y, out: (1 - out**2,),
}


def _playing(
    put: Callable = lambda old, share: old + share,
    *,
    start: Callable = lambda values: 1.0,
    first: float = 0.0,
    share: Callable = lambda slope, grad: slope * grad,
    order: Callable = reversed,
    **changed: Callable,
) -> Callable[[], Callable]:
    """Makes an answer that plays back otherwise.

    put: the new gradient from the old one and a share; start: the gradient of the last value;
    first: of all others; share: from the local slope and what comes from behind; changed: other
    local slopes for some operations, from the operands' values and the result.
    """
    rules = SLOPES | changed

    def wrong(tape, values):
        grads = [first] * len(values)
        grads[-1] = start(values)
        inputs = len(values) - len(tape)
        for k in order(range(len(tape))):
            op, i, j = tape[k]
            slopes = rules[op](values[i], None if j is None else values[j], values[inputs + k])
            for source, slope in zip((i, j), slopes):
                grads[source] = put(grads[source], share(slope, grads[inputs + k]))
        return grads

    return lambda: wrong


def _second_operand_by_truth(tape, values):
    grads = [0.0] * (len(values) - 1) + [1.0]
    inputs = len(values) - len(tape)
    for k in reversed(range(len(tape))):
        op, i, j = tape[k]
        slopes = SLOPES[op](values[i], None if j is None else values[j], values[inputs + k])
        grads[i] += slopes[0] * grads[inputs + k]
        if j:
            grads[j] += slopes[1] * grads[inputs + k]
    return grads


def _counted_without_inputs(tape, values):
    grads = [0.0] * (len(values) - 1) + [1.0]
    for k in reversed(range(len(tape))):
        op, i, j = tape[k]
        for source, slope in zip((i, j), SLOPES[op](values[i], None if j is None else values[j], values[k])):
            grads[source] += slope * grads[k]
    return grads


def _none_where_unused(tape, values):
    used = {len(values) - 1}
    for k, (_, i, j) in reversed(list(enumerate(tape, start=len(values) - len(tape)))):
        used |= {i, j} if k in used else set()
    return [grad if k in used else None for k, grad in enumerate(tape_backward(tape, values))]


def _right_but_for_none(trial: Trial) -> bool:
    value = trial.outcome.value
    got = as_numbers([0.0 if entry is None else entry for entry in value]) if isinstance(value, list) else None
    wanted = np.array(tape_backward(*trial.arguments))
    right = got is not None and got.shape == wanted.shape and np.allclose(got, wanted, rtol=1e-6, atol=1e-9)
    return bool(right and not trial.outcome.changed)


def _in_the_callers_list(tape, values):
    values[:] = tape_backward(tape, values)
    return values


def _same_value_once(tape, values):
    grads = [0.0] * (len(values) - 1) + [1.0]
    inputs = len(values) - len(tape)
    for k in reversed(range(len(tape))):
        op, i, j = tape[k]
        slopes = SLOPES[op](values[i], None if j is None else values[j], values[inputs + k])
        for source, slope in dict(zip((i, j), slopes)).items():
            grads[source] += slope * grads[inputs + k]
    return grads


def _kept_between_calls():
    kept: dict[int, float] = {}

    def wrong(tape, values):
        grads = tape_backward(tape, values)
        for k, grad in enumerate(grads):
            kept[k] = kept.get(k, 0.0) + grad
        return [kept[k] for k in range(len(grads))]

    return wrong


TAPE_BACKWARD = Task(
    "tape_backward",
    4,
    tape_backward,
    groups=(
        Group("one after the other", 1, _played(lambda rng: [*_single(rng), *(_chain(rng) for _ in range(4))])),
        Group("forks, where ways add", 1, _played(_forks)),
        Group("one value twice in an operation", 1, _played(_twice)),
        Group("what the result does not use", 1, _played(_unused)),
    ),
    wrong_answers=(
        WrongAnswer(
            "assigned, not added",
            "Right where every value is used once. At a fork a value gets a share from each of its uses, and they add; "
            "in yours the share that comes last replaces the others.",
            _playing(lambda old, share: share),
        ),
        WrongAnswer(
            "the first share only",
            "Right where every value is used once. At a fork a value gets a share from each of its uses, and they add; "
            "in yours the share that comes first stays, and later ones are dropped.",
            _playing(lambda old, share: old or share),
        ),
        WrongAnswer(
            "one of two in x · x",
            "Right but where one value is both operands, as in x · x: it has a share by way of each, and yours gets "
            "one of them only.",
            lambda: _same_value_once,
        ),
        WrongAnswer(
            "mul's factors not exchanged",
            "In x · y the slope along x is y, and along y it is x. In yours each gets its own value.",
            _playing(mul=lambda x, y, out: (x, y)),
        ),
        WrongAnswer(
            "mul like add",
            "Your `mul` passes on what comes from behind as it is, which is what `add` does. Nudge x in x · y: the "
            "product moves y times as far.",
            _playing(mul=lambda x, y, out: (1, 1)),
        ),
        WrongAnswer(
            "add like mul",
            "Your `add` multiplies by the other value, which is what `mul` does. Nudge x in x + y: the sum moves just "
            "as far.",
            _playing(add=lambda x, y, out: (y, x)),
        ),
        WrongAnswer(
            "add splits",
            "Your `add` hands half to each side. Nudge x in x + y: the sum moves just as far, so each side gets all of "
            "what comes from behind.",
            _playing(add=lambda x, y, out: (0.5, 0.5)),
        ),
        WrongAnswer(
            "the second operand gets nothing",
            "The second operand of `add` and `mul` gets no share: j stands for a value that moves the result as well.",
            _playing(add=lambda x, y, out: (1,), mul=lambda x, y, out: (y,)),
        ),
        WrongAnswer(
            "j = 0 gets nothing",
            "It goes wrong where j is 0. In a condition 0 counts as False, just like None; but 0 is the first input.",
            lambda: _second_operand_by_truth,
        ),
        WrongAnswer(
            "played forwards",
            "You go through the tape from its beginning. A value can pass on only what it has: begin at the end, where "
            "the gradient is known.",
            _playing(order=lambda indices: indices),
        ),
        WrongAnswer(
            "local slopes alone",
            "You hand on the local slopes without what comes from behind. Along a chain factors multiply: local slope "
            "× the result's own gradient.",
            _playing(share=lambda slope, grad: slope),
        ),
        WrongAnswer(
            "all start at 1",
            "All your gradients start at 1. Only the last value is known to move itself by 1; the others begin with 0 "
            "and get what comes from behind.",
            _playing(first=1.0),
        ),
        WrongAnswer(
            "the end starts at 0",
            "All your gradients are 0: what is handed on is a multiple of what the last value has, and that is 1, "
            "because it moves itself by 1.",
            _playing(start=lambda values: 0.0),
        ),
        WrongAnswer(
            "the end starts at its value",
            "You start at the end with the result's *value*. How much does the result move when the result moves by 1? "
            "That is the number to start with.",
            _playing(start=lambda values: values[-1]),
        ),
        WrongAnswer(
            "neg without a minus",
            "Your `neg` passes on what comes from behind with its sign. Nudge x in −x upwards: the result goes down.",
            _playing(neg=lambda x, y, out: (1,)),
        ),
        WrongAnswer(
            "exp's slope is x",
            "Your `exp` uses the value that went in. The slope of eˣ is eˣ itself, the value that came out.",
            _playing(exp=lambda x, y, out: (x,)),
        ),
        WrongAnswer(
            "exp twice",
            "Your `exp` takes the exponential of its result once more. The slope of eˣ is eˣ: the result as it stands.",
            _playing(exp=lambda x, y, out: (math.exp(out),)),
        ),
        WrongAnswer(
            "tanh's slope from what went in",
            "1 − (…)² is the right form for `tanh`, and yours squares the value that went *in*. It is the result that "
            "is squared.",
            _playing(tanh=lambda x, y, out: (1 - x**2,)),
        ),
        WrongAnswer(
            "tanh applied twice",
            "Your `tanh` squares the tanh of the result, so tanh is applied twice. The value after the operation is "
            "tanh(x) already.",
            _playing(tanh=lambda x, y, out: (1 - math.tanh(out) ** 2,)),
        ),
        WrongAnswer(
            "σ's slope for tanh",
            "a(1 − a) is the slope of σ. That of tanh is another, 1 at 0.",
            _playing(tanh=lambda x, y, out: (out * (1 - out),)),
        ),
        WrongAnswer(
            "1 − a for tanh",
            "Your `tanh` uses 1 minus the result. Look at the slope of tanh once more: a power is missing.",
            _playing(tanh=lambda x, y, out: (1 - out,)),
        ),
        WrongAnswer(
            "counted without the inputs",
            "You take the entry number k of the tape for the value number k. Before the results stand the inputs: the "
            "first operation's result is the first value *behind* them.",
            lambda: _counted_without_inputs,
        ),
        WrongAnswer(
            "the inputs' gradients only",
            "The numbers are right, and only those of the inputs are there. The gradient with respect to *every* value "
            "is asked for, as many as there are values.",
            lambda: lambda tape, values: tape_backward(tape, values)[: len(values) - len(tape)],
        ),
        WrongAnswer(
            "from the end",
            "The numbers are right, in the opposite order: yours begins with the last value. The order is that of "
            "`values`.",
            lambda: lambda tape, values: tape_backward(tape, values)[::-1],
        ),
        WrongAnswer(
            "None for what is unused",
            "What the result does not use has None in your list. It doesn't move the result, and that is a number: 0.",
            lambda: _none_where_unused,
            _right_but_for_none,
        ),
        WrongAnswer(
            "written into values",
            "The gradients are right, and they were written into the caller's own list of values. Make a list of your "
            "own.",
            lambda: _in_the_callers_list,
        ),
        WrongAnswer(
            "kept between calls",
            "The first call is right, and the next one begins with what the first had left: the gradients are kept "
            "outside of the function, or in a default argument. Start every call with zeros.",
            _kept_between_calls,
        ),
    ),
)

TASKS = (TAPE_FORWARD, TAPE_BACKWARD)
