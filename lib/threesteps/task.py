"""What a task is, and judging an answer to it.

A task has a reference, and probes in named groups: inputs drawn from a seed. An answer earns a
group's share of the points where it is right on all of the group's probes. If it is wrong in just
the way of one of the known mistakes, that one's sentence is the diagnosis; otherwise the first
difference is described as far as it holds for certain. What a probe's right value is is never told.
"""

from __future__ import annotations

import builtins
import inspect
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

import numpy as np

from threesteps import call, mistakes
from threesteps.call import Outcome
from threesteps.mistakes import Mistake

TIMEOUT = 10.0
UNSOLVED = "Not solved yet."
ROUNDING = 1e-15  # of an array's largest entry: differences that say nothing
Probes = Callable[[np.random.Generator], list[tuple]]
Caller = Callable[[tuple], Outcome]
Sizes = frozenset[int]


@dataclass(frozen=True, eq=False)
class Trial:
    """One call of an answer: the probe's arguments, the copies that were handed over, the outcome, and the group's
    calls before this one.

    A function among the arguments may record in `passed` where it was evaluated.
    """

    arguments: tuple
    passed: tuple
    outcome: Outcome
    earlier: tuple[Trial, ...] = ()


class Draw(np.random.Generator):
    """A generator that knows what is to be judged of its numbers; its copy, which the answer gets, is a plain one."""

    def __init__(self, seed: int, **known: Any) -> None:
        super().__init__(np.random.PCG64(seed))
        vars(self).update(known, seed=seed)


def each(make: Callable[..., tuple], *arguments: tuple, first: Sequence[tuple] = ()) -> Probes:
    """Probes: the first ones as they are, then make(rng, *these) for each tuple of arguments."""
    return lambda rng: [*first, *(make(rng, *these) for these in arguments)]


def fine(reference: Callable, probes: Probes) -> Probes:
    """The same probes, drawn until a result that is rounded to six digits after the point, as cells show it that try a
    function, is wrong on one of them, and not only where the seed will have it so."""

    def drawn(rng: np.random.Generator) -> list[tuple]:
        while True:
            made = probes(rng)
            if any(_loses_digits(reference(*call.copied(arguments))) for arguments in made):
                return made

    return drawn


@np.errstate(invalid="ignore")  # ∞ − ∞
def _loses_digits(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return any(map(_loses_digits, value))
    value = np.asarray(value, dtype=float)
    return bool((np.abs(np.round(value, 6) - value) > 1.1e-6 * np.abs(value) + 1e-12).any())


def steady(make: Callable[..., tuple], reference: Callable) -> Callable[..., tuple]:
    """What makes a probe, drawn until float32 is good enough on it, and not only where the seed will have it so."""

    def drawn(rng: np.random.Generator, *arguments: Any) -> tuple:
        while not is_steady(probe := make(rng, *arguments), reference, rng):
            pass
        return probe

    return drawn


def is_steady(probe: tuple, reference: Callable, rng: np.random.Generator) -> bool:
    """Whether a result is near the right one however float32 would round the probe's numbers: near enough to leave
    room for steps that are rounded, too. All is computed in float64, so that every machine draws the same probes."""
    exact = np.hstack(reference(*probe))
    rough = (np.hstack(reference(*_nudged(probe, rng))) for _ in range(8))
    return all(np.allclose(result, exact, rtol=3e-7, atol=0) for result in rough)


def _nudged(value: Any, rng: np.random.Generator) -> Any:
    if isinstance(value, (list, tuple)):
        return type(value)(_nudged(part, rng) for part in value)
    if not isinstance(value, (float, np.ndarray)):
        return value
    return value * (1 + 2**-24 * rng.uniform(-1, 1, np.shape(value)))


@dataclass(frozen=True)
class Group:
    """Probes with a name ("a batch") that earn a share of the points together. quiet: a warning of NumPy costs them,
    unless the right value is infinite."""

    name: str
    share: float
    probes: Probes
    quiet: bool = False


@dataclass(frozen=True, eq=False)
class Task:
    """A function that the learner writes, named like the task.

    examine(task, trial) says what is wrong with a value that came back, "" where nothing is; by
    default it compares with the reference: within rtol, and within atol or what rounding makes of the
    largest entry. together(trials) says what is wrong with a group's values beside each other, where
    each alone is right.
    layers: the result has a part for each layer, and is looked at from the last one on, as a backward
    pass goes. mistakes: functions, by default those of the module threesteps.mistakes.NAME.
    """

    name: str
    points: float
    reference: Callable
    groups: tuple[Group, ...]
    mistakes: tuple[Callable, ...] | None = None
    rtol: float = 1e-6
    atol: float = 0.0
    layers: bool = False
    timeout: float = TIMEOUT
    examine: Callable[[Task, Trial], str] | None = None
    together: Callable[[list[Trial]], str] | None = None

    @property
    def seed(self) -> int:
        """The seed that the notebook's check uses; grading draws another."""
        return zlib.crc32(self.name.encode())

    @property
    def quiet(self) -> bool:
        """Whether any of its groups is."""
        return any(group.quiet for group in self.groups)

    def known_mistakes(self) -> tuple[Mistake, ...]:
        """The catalogue of what learners get wrong here; its module is imported now, not before."""
        return mistakes.of_task(self.name) if self.mistakes is None else mistakes.catalogue(self.mistakes)


@dataclass(frozen=True)
class GroupResult:
    """How one group went: `finding` says what is wrong in words that may leave the notebook, `example` shows the input
    and what came out, for the notebook alone."""

    name: str
    points: float
    max_points: float
    finding: str = ""
    example: str = ""


@dataclass(frozen=True)
class Verdict:
    """The judge's word on one answer. Its plain form is the points alone: nbgrader reads partial credit from that."""

    task: str
    points: float
    max_points: float
    status: str
    message: str = ""
    diagnosis: str = ""  # the known mistake's name
    groups: tuple[GroupResult, ...] = field(default=())

    def __repr__(self) -> str:
        return repr(float(self.points))


def missing(task: Task, message: str) -> Verdict:
    """The verdict on an answer that is not there, or not solved yet."""
    return Verdict(task.name, 0.0, task.points, "missing", message)


@np.errstate(all="ignore")  # an answer may hold any numbers, and nothing may be written about them to stderr
def judge(task: Task, answer: Caller, seed: int, examples: bool = True) -> Verdict:
    """Try an answer on the task's probes. `answer(arguments)` calls it and tells the Outcome, as `call.call` does.

    Whatever the answer does, the result is a Verdict; what happened is compared with the
    reference here, so an answer can't speak for itself. examples: whether the groups' results
    show what went in and what came out, which is for the notebook alone.
    """
    rows = _trials(answer, _drawn(task, seed))
    if all(trial.outcome.kind == "unsolved" and not _unsolved(task, trial.outcome) for row in rows for trial in row):
        return missing(task, UNSOLVED)

    total = sum(group.share for group in task.groups)
    results = []
    stuck = _stuck(rows)
    kept = True  # until changed arguments have cost a group: a fault costs one
    for group, row in zip(task.groups, rows):
        worth = round(task.points * group.share / total, 2)
        finding, trial = _first_problem(task, group, row, kept)
        finding += stuck
        kept = kept and not (finding and any(trial.outcome.changed for trial in row))
        example = _example(task, trial) if examples and trial else ""
        results.append(GroupResult(group.name, 0.0 if finding else worth, worth, finding, example))

    wrong = [result for result in results if result.finding]
    earned = min(round(sum(result.points for result in results), 2), task.points) if wrong else task.points
    known = _known_mistake(task, seed, [trial for row in rows for trial in row]) if wrong else None
    message = known.says if known else next((result.finding for result in wrong), "")
    name = known.name if known else ""
    return Verdict(task.name, float(earned), task.points, _status(results, rows), message, name, tuple(results))


@lru_cache(maxsize=64)
def _drawn(task: Task, seed: int) -> list[list[tuple]]:
    """Each group's probes; the very first comes once more at its group's end, to see whether calls are independent.

    The same for every answer that is judged: nobody is handed anything but copies.
    """
    groups = [group.probes(np.random.default_rng([seed, i])) for i, group in enumerate(task.groups)]
    groups[0].append(groups[0][0])
    return groups


def _trials(answer: Caller, groups: list[list[tuple]]) -> list[list[Trial]]:
    rows: list[list[Trial]] = []
    for probes in groups:
        row: list[Trial] = []
        for arguments in probes:
            passed = call.copied(arguments)
            row.append(Trial(arguments, passed, _stopped(rows, row) or answer(passed), tuple(row)))
        rows.append(row)
    return rows


def _stopped(rows: list[list[Trial]], row: list[Trial]) -> Outcome | None:
    """What is taken for the next probe's outcome without a call: a group ends with the first call that doesn't come
    back, and all ends after two groups in which none did."""
    so_far = row[-1:] or [trial for group in rows for trial in group]
    ended = all(trial.outcome.kind in ("timeout", "crashed") for trial in so_far)
    return so_far[-1].outcome if ended and (row or len(rows) > 1) else None


def _stuck(rows: list[list[Trial]]) -> str:
    """A sentence where every call gave the number inf or nan, of which a sum that is kept never gets rid."""
    values = [trial.outcome.value for row in rows for trial in row]
    if any(not isinstance(value, float) or np.isfinite(value) for value in values):
        return ""
    return " So does every other: is something kept between calls, such as a sum that is outside of the function?"


def _status(results: list[GroupResult], rows: list[list[Trial]]) -> str:
    if not any(result.finding for result in results):
        return "passed"
    if any(result.points for result in results):
        return "partial"
    kinds = [{trial.outcome.kind for trial in row} for row in rows]
    for kind in ("timeout", "crashed"):
        if any(kind in row for row in kinds):
            return kind
    return "error" if all("error" in row for row in kinds) else "failed"


def _known_mistake(task: Task, seed: int, trials: list[Trial]) -> Mistake | None:
    """The one known mistake that this is, if there is just one. Errors alone tell of none: they have many causes."""
    if all(trial.outcome.kind == "error" for trial in trials):
        return None
    rest = _without_cuts(task, trials)
    return _named_by(task, seed, trials) or (_named_by(task, seed, rest) if rest else None)


def _named_by(task: Task, seed: int, trials: list[Trial | None]) -> Mistake | None:
    alike = [
        mistake
        for mistake, ways in _known_outcomes(task, seed)
        if mistake.known_by
        and _known_by(mistake, [trial for trial in trials if trial])
        or any(all(map(partial(_alike, task), outcomes, trials)) for outcomes in ways)
    ]
    return alike[0] if len(alike) == 1 else None


def _without_cuts(task: Task, trials: list[Trial]) -> list[Trial | None]:
    """The trials with None for those that raised because an array of whole numbers can't hold what was to be put into
    it: such a fault comes on top of another one, where others tell of that. Else nothing."""
    rest = [None if trial.outcome.name == "UFuncTypeError" else trial for trial in trials]
    telling = None in rest and any(trial and _finding(task, task.groups[0], trial, kept=True) for trial in rest)
    return rest if telling else []


@dataclass(frozen=True, eq=False)
class _Outcomes:
    """What a function does on each probe. It is called as far as anyone iterates, and on each probe once."""

    function: Callable
    probes: list[tuple]
    timeout: float
    known: list[Outcome] = field(default_factory=list)

    def __iter__(self) -> Iterator[Outcome]:
        for i, arguments in enumerate(self.probes):
            if i == len(self.known):
                self.known.append(call.call(self.function, call.copied(arguments), self.timeout))
            yield self.known[i]


@lru_cache(maxsize=256)
def _known_outcomes(task: Task, seed: int) -> list[tuple[Mistake, list[_Outcomes]]]:
    """What each known mistake, in each way it is written, does on the probes of a seed: the same for every answer that
    is judged."""
    probes = [arguments for group in _drawn(task, seed) for arguments in group]
    return [
        (mistake, [] if mistake.known_by else [_Outcomes(make(), probes, task.timeout) for make in mistake.ways])
        for mistake in task.known_mistakes()
    ]


def _known_by(mistake: Mistake, trials: list[Trial]) -> bool:
    return all(trial.outcome.kind == "value" and mistake.known_by(trial) for trial in trials)


def _alike(task: Task, one: Outcome, trial: Trial | None) -> bool:
    """Whether the trial went like that one; None counts as if it did."""
    if trial is None:
        return True
    other = trial.outcome
    if (one.kind, one.changed) != (other.kind, other.changed) or (one.kind != "value" and one.name != other.name):
        return False
    if task.quiet and bool(one.warned) != bool(other.warned):
        return False
    return one.kind != "value" or _equal(task, one.value, other.value)


# What is wrong with an outcome, in words


def _first_problem(task: Task, group: Group, row: list[Trial], kept: bool) -> tuple[str, Trial | None]:
    """(finding, trial) of a group's first trial that went wrong; "" where none did, None where no trial alone did.
    kept: whether arguments have to be left as they are."""
    once, again = row[0], row[-1]
    if again is not once and again.arguments is once.arguments and again.outcome.kind == "value":
        finding = _finding(task, group, again, kept)
        if finding and not _finding(task, group, once, kept):
            kept = f"The second call with the same input went wrong: something is kept between calls. {finding}"
            return kept, again
        values = once.outcome.value, again.outcome.value
        if finding and not task.examine and once.outcome.kind == "value" and not _equal(task, *values):
            differs = (
                "Called twice with the same input, it gives two results: something is kept between calls, or random."
            )
            return f"{differs} {finding}", again
    for trial in row:
        finding = _finding(task, group, trial, kept)
        if finding:
            return finding, trial
    return task.together(row) if task.together else "", None


def _finding(task: Task, group: Group, trial: Trial, kept: bool) -> str:
    outcome = trial.outcome
    if outcome.kind == "unsolved":
        stub = "It comes to `raise NotImplementedError()`, the stub's own line: here no `return` ends it before."
        return _unsolved(task, outcome) or stub
    if outcome.kind == "timeout":
        return f"It gave {outcome.text}: is there a loop without an end?"
    if outcome.kind == "crashed":
        return "It ended the whole process."
    if outcome.name == "RecursionError":
        return "It calls itself without an end, or more than a thousand levels deep (RecursionError)."
    if outcome.kind == "error":
        means = outcome.lacks or next((means for words, means in CAUSES.items() if words in outcome.text), "")
        cause = f": {means}" if means else ""
        return f"It raised {_public(outcome.name)}{cause}{'' if cause.endswith('?') else '.'}"
    if outcome.kind == "foreign" and outcome.name == "generator":
        return (
            "It returned a generator: is there a `yield`, or a `for` in round brackets? Make a list of it, or add it "
            "up, as the task asks."
        )
    if outcome.kind == "foreign" and outcome.name == "array of object":
        return (
            "It returned an array of objects that are not all numbers, as NumPy makes of arrays of different shapes. "
            "Return a plain list."
        )
    if outcome.kind == "foreign" and outcome.name in FUNCTIONS:
        return "It returned a function, or something that holds one, and not its value: are the brackets missing?"
    if outcome.kind == "foreign":
        instead = next((words for words, names in INSTEAD.items() if outcome.name in names), "")
        return f"It returned {foreign(outcome.name)}; numbers, arrays and lists of numbers can be judged{instead}."
    if outcome.value is None:
        return "It returned None: is the `return` missing?"
    if outcome.changed and kept:
        names = list(inspect.signature(task.reference).parameters)
        changed = " and ".join(names[i] for i in outcome.changed)
        return f"It changed its argument {changed} in place; whoever called it still needs the old value."
    problem = task.examine(task, trial) if task.examine else compare(task, trial)
    if problem:
        unset = " It uses `np.empty`, whose entries are anything until they are set."
        return problem + _handed_back(task, trial) + unset * (outcome.name == "empty")
    if task.quiet and outcome.warned and np.isfinite(as_numbers(outcome.value)).all():
        luck = next((f" {means}" for words, means in WARNINGS.items() if words in outcome.warned), "")
        if group.quiet or luck:
            return f"The values are right, but NumPy gave a warning.{luck}"
    return ""


def _unsolved(task: Task, outcome: Outcome) -> str:
    """A sentence where it is another task's answer, which this one calls, that is not there yet."""
    other = re.fullmatch(r"[a-z]\w*", outcome.name) and outcome.name != task.name and mistakes.of_task(outcome.name)
    return f"It calls `{outcome.name}`, which is not solved yet." if other else ""


def _handed_back(task: Task, trial: Trial) -> str:
    """A sentence where what came back equals an argument; "" where it does not, or is 0 by chance."""
    value, names = trial.outcome.value, inspect.signature(task.reference).parameters
    same = (name for name, at in zip(names, trial.arguments) if type(at) is type(value) and call.same(value, at))
    plain_zero = np.isscalar(value) and value == 0
    return "" if plain_zero else next((f" Here it equals the argument {name}." for name in same), "")


# What some errors of Python and NumPy mean, by words in their texts; the first that fits. The texts themselves stay in
# the notebook.
CAUSES = {
    "truth value of an array": "an `if`, `and`, `or`, `in`, or Python's own `max` or `min`, asked a whole array "
    "whether it is true; `np.where`, `np.maximum` and `np.max` work on arrays",
    "could not broadcast input array": "an array was to be written into a place of another shape",
    "indexing arrays could not be broadcast": "two indices in one pair of brackets differ in length",
    "could not be broadcast": "two arrays whose shapes don't fit met entry by entry (`+` between a list and an array "
    "makes them meet, too)",
    "mismatch in its core dimension": "in a product with `@` the shapes don't fit: is a table the wrong "
    "way round, or a `.T` missing or too many?",
    "matmul: Input operand": "`@` takes arrays; a single number is multiplied with `*`",
    "not aligned": "in a product of matrices the shapes don't fit",
    "inhomogeneous shape": "an array was to be made of parts that differ in shape, such as rows of different lengths, "
    "or both parts of a pair",
    "Cannot cast ufunc": "an array of whole numbers was changed in place, as `+=` does, and can't hold what came out; "
    "`Z = Z + b` makes a new array",
    "setting an array element with a sequence": "an array or a list was to be written where one number belongs",
    "converted to Python scalars": "a function for single numbers, such as `math.exp` or `float`, got an array",
    "is out of bounds for": "an array of this shape has no such index or axis",
    "too many indices": "an array has fewer axes than it is asked for: one example has one axis, a batch has two",
    "tuple index out of range": "a shape has fewer axes than it is asked for: one example has one, a batch has two",
    "invalid index to scalar": "a single number was given an index",
    "list index out of range": "an index is beyond the end of a list",
    "list indices must be": "a list was given an index that is no whole number: `[i, j]` is for arrays; or is a comma "
    "missing between two lists?",
    "values to unpack": "a list has another number of parts than it is unpacked into",
    "cannot unpack": "a single thing was unpacked as if it were a list",
    "cannot reshape": "an array doesn't have as many entries as the shape it is to be given",
    "return arrays must be of ArrayType": "a function that compares two arrays, such as `np.maximum`, got a third one",
    "converted to a scalar index": "an array stands where a whole number, such as an axis, is wanted",
    "NoneType": "something is None; functions that work in place, such as `rng.shuffle`, return None",
    "math domain error": "a function of `math` got a number that it has no value for, such as ln 0",
    "math range error": "a function of `math` got a number so large that the result overflows",
    "too large to convert to float": "a whole number grew too large for a float",
    "division by zero": "a plain number of Python was divided by 0",
    "multiply sequence by non-int": "a whole list was multiplied; go through its parts, or make it an array",
    "'tuple' object does not support item assignment": "a tuple can't be changed; make a new pair",
    "does not support item assignment": "a part was to be set in something that has none, or can't be changed",
    "not iterable": "a loop wanted a list and got a single thing",
    "has no len()": "`len` counts the parts of a list or an array; a single number has none, and what `zip` or `map` "
    "gives has to be made a list first",
    "not subscriptable": "something was given an index that has no parts to pick from (what `zip` or `map` gives has "
    "to be made a list first)",
    "not callable": "something that is no function was called: does a name, such as `sum` or the function's own, stand "
    "for something else by now, or is an operator or a comma missing before a bracket?",
    "takes exactly one argument": "a function that takes one thing, such as a list's `append`, got none or several",
    "positional argument": "a function was called with another number of arguments than it takes",
    "unexpected keyword argument": "a function was called with an argument that it doesn't know",
    "local variable": "a variable is used before it gets a value",
    "can't start new thread": "it starts a thread, and there are none where submissions are graded",
    "threesteps": "of the course's library, nothing but what the first cell imports is there where answers are graded",
    "No module named": "it imports a module that isn't here",
    "cannot import name": "it imports something that its module doesn't have here",
    "is not defined": "a name is used that was never given a value; is `np.` missing before it, is it spelt right, and "
    "was its cell run?",
    "has no attribute": "something was asked for a part or a method that it doesn't have",
    "unhashable": "a list or an array can't be looked up in a dictionary or a set",
    "interpreted as an integer": "something else stands where a whole number is wanted, as in `range`",
    "'list'": "a whole list was calculated with; go through its parts, or make it an array",
    "'tuple'": "a whole tuple was calculated with; go through its parts",
}

# The same for NumPy's warnings.
WARNINGS = {
    "'where' used without 'out'": "`where=` alone leaves the other entries as the memory happens to be, so they are "
    "right by luck. Let `np.where` choose what the function is given, or add an `out=` that is filled.",
}


# Names of types and exceptions that may leave the notebook, for a class of the learner's own could carry anything in
# its name, a probe's values too.
KNOWN = {name for module in (builtins, np, np.exceptions, np.random) for name in dir(module)}
KNOWN |= {"LinAlgError", "UFuncTypeError", "NoneType", "module"}
KNOWN |= {f"dict_{part}" for part in ("keys", "values", "items")} | {"ellipsis", "range_iterator", "list_iterator"}

FUNCTIONS = {"function", "method", "builtin_function_or_method", "ufunc"}
INSTEAD = {  # what makes plain data of types that are nearly that
    ". `list(…)` makes a list of it": {"deque", "map", "zip", "filter", "range", "list_reverseiterator", "dict_values"},
    ". `.filled(…)` makes a plain array of it": {"MaskedArray"},
    ". `np.asarray(…)` makes a plain array of it": {"matrix"},
}
KNOWN |= FUNCTIONS.union(*INSTEAD.values())


def _public(name: str) -> str:
    return name if name in KNOWN else "an exception of its own"


def foreign(name: str) -> str:
    """What came back, or what has an answer's name, that is no plain data, in words; `name` is its type's."""
    if name in call.NotPlain.ALL:
        return name
    array, of, kind = name.rpartition("array of ")
    return f"something of type {name}" if kind in KNOWN and array in ("", of) else "something that is no plain data"


def compare(task: Task, trial: Trial) -> str:
    """How the value that came back differs from the reference's; "" where it doesn't."""
    expected = task.reference(*call.copied(trial.arguments))
    sizes = frozenset(_sizes((trial.arguments, expected))) | {0, 1}
    return _difference(task, expected, trial.outcome.value, sizes) or ""


def _sizes(value: Any) -> Iterator[int]:
    """The lengths of all axes and lists in a value: what a finding may name without telling a probe's numbers."""
    if isinstance(value, np.ndarray):
        yield from value.shape
    elif isinstance(value, (list, tuple)):
        yield len(value)
        for part in value:
            yield from _sizes(part)


def _equal(task: Task, expected: Any, got: Any) -> bool:
    """Whether `_difference` finds none, without the work of putting one into words."""
    if isinstance(expected, (list, tuple)):
        row = isinstance(got, (list, tuple)) or (isinstance(got, np.ndarray) and got.ndim > 0)
        return row and len(got) == len(expected) and all(_equal(task, e, g) for e, g in zip(expected, got))
    array, wanted = as_numbers(got), as_numbers(expected)
    return call.same(expected, got) if array is None or wanted is None else _close(task, array, wanted)


def _difference(task: Task, expected: Any, got: Any, sizes: Sizes = frozenset(), path: str = "") -> str | None:
    """What tells `got` from `expected`, or None where nothing does. path: where in the result, as an index."""
    where = f"`result{path}`" if path else "It"
    if isinstance(expected, (list, tuple)):
        if not isinstance(got, (list, tuple)) and (not isinstance(got, np.ndarray) or got.ndim == 0):
            return f"{where} is {_kind(got, sizes)}, where a {type(expected).__name__} of {len(expected)} is asked for."
        if len(got) != len(expected):
            has = _entries(len(got)) if len(got) in sizes else "another number of entries"
            return f"{where} has {has}, where {_entries(len(expected))} should be."
        by_layer = task.layers and not path
        if by_layer and _equal(task, expected, got[::-1]) and not _equal(task, expected, got):
            return "All parts are right, but in reverse: the last layer's comes first."
        order = reversed(range(len(expected))) if by_layer else range(len(expected))
        parts = ((i, _difference(task, expected[i], got[i], sizes, f"{path}[{i}]")) for i in order)
        i, problem = next(((i, part) for i, part in parts if part is not None), (0, None))
        return f"{_from_the_output(i, len(expected))}: {problem}" if by_layer and problem else problem

    array = as_numbers(got)
    if array is None:
        return f"{where} is {_kind(got, sizes)}, where numbers are asked for."
    expected = np.asarray(expected, dtype=float)
    subject = where if path else "The result"
    if array.shape != expected.shape:
        problem = _other_shape(expected, array, subject, sizes, task)
        comma = isinstance(got, tuple) and got
        return f"{problem} It came as a tuple: is there a comma in the `return`?" if comma else problem
    problem = _other_values(expected, array, subject, sizes, task)
    dtype = np.asarray(got).dtype
    if problem and array.ndim and dtype.kind in "iu" and np.array_equal(array, np.trunc(expected)):
        return f"{problem} They are whole numbers: were they written into an array of integers?"
    if problem and dtype in (np.float16, np.float32) and _near(expected, array):
        return f"{subject} is right to a few digits only: it is {dtype}. Compute in float64, NumPy's usual kind."
    return problem


def _from_the_output(i: int, count: int) -> str:
    """Where a fault comes in, counted as the backward pass goes."""
    if i == count - 1:
        return "Even the last layer is off" if count > 1 else "The only layer is off"
    return f"Counted from the output, layer {i + 1} is the first that is off"


def _entries(count: int) -> str:
    return f"{count} entr{'y' if count == 1 else 'ies'}"


def _same_entries(task: Task, got: np.ndarray, expected: np.ndarray) -> np.ndarray:
    """What np.isclose with equal_nan says of float arrays of one shape, in a fifth of its time."""
    finite = np.isfinite(expected)
    rounding = ROUNDING * np.abs(expected[finite]).max(initial=0)
    near = (np.abs(got - expected) <= max(task.atol, rounding) + task.rtol * np.abs(expected)) & finite
    return near | (got == expected) | (np.isnan(got) & np.isnan(expected))


def _close(task: Task, got: np.ndarray, expected: np.ndarray) -> bool:
    return got.shape == expected.shape and bool(_same_entries(task, got, expected).all())


def _near(expected: np.ndarray, got: np.ndarray) -> bool:
    return bool((np.abs(got - expected) <= 0.01 * np.abs(expected).max(initial=0)).all())


def _other_shape(expected: np.ndarray, got: np.ndarray, subject: str, sizes: Sizes, task: Task) -> str:
    swapped = " It is right but for being transposed." if _close(task, got.T, expected) else ""
    has = f"has {shape_of(got, sizes)}" if got.shape else "is a single number"
    return (
        f"{subject} {has}, where {shape_of(expected) if expected.shape else 'a single number'} is asked for.{swapped}"
    )


def _other_values(expected: np.ndarray, got: np.ndarray, subject: str, sizes: Sizes, task: Task) -> str | None:
    if _close(task, got, expected):
        return None
    if not np.isfinite(got).all() and np.isfinite(expected).all():
        return f"{subject} holds {'nan' if np.isnan(got).any() else 'inf'}: not every entry is a finite number."
    if np.isfinite(got).all() and not np.isfinite(expected).all():
        return f"{subject} is finite where the right one is infinite."
    if _close(task, got.T, expected):
        return f"{subject} is the transpose of the right one."
    if got.ndim == 0 and got * expected < 0:  # one number alone is no pattern
        return f"{subject} is {'negative' if got < 0 else 'positive'}, and the right one is not."
    if _close(task, -got, expected):
        return f"{subject} has the opposite sign of the right one."
    if (expected % 1).any() and _near(expected, got):
        return f"{subject} is near the right one, but not near enough: is anything rounded, added or only approximated?"
    ratio = _ratio(expected, got)
    if ratio and _close(task, got / ratio, expected):
        return f"{subject} is {_times(ratio, sizes)} the right one."
    if got.ndim == 0:
        return f"{subject} is not the right value."
    if got.size == 1:
        return f"{subject} has the right shape, {got.shape}, but its only value is off."
    off = (~_same_entries(task, got, expected)).sum()
    which = f"all of its {got.size} values are" if off == got.size else f"{off} of its {got.size} values {_are(off)}"
    return f"{subject} has the right shape, {got.shape}, but {which} off."


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def shape_of(array: np.ndarray, sizes: Sizes | None = None) -> str:
    """The shape, where its lengths are those of the probe: any others could carry a number out of it."""
    return f"shape {array.shape}" if sizes is None or sizes.issuperset(array.shape) else "another shape"


def _ratio(expected: np.ndarray, got: np.ndarray) -> float | None:
    """The one factor between the two, where several entries tell (one number alone is no pattern, nor is one beside its
    opposite, as two outputs of softmax have it)."""
    at = np.abs(expected) > 1e-9
    few = 2 if np.abs(expected.sum()) > 1e-9 else 3
    if at.sum() < few or not np.isfinite(got).all():
        return None
    ratio = float(np.median(got[at] / expected[at]))
    return ratio if ratio not in (0.0, 1.0) else None


def _times(ratio: float, sizes: Sizes) -> str:
    """The factor, where it is one that mistakes make: a half-integer, a length of the probe, a power of ten, ln 2 or
    ln 10, or one over these."""
    usual = [*np.arange(2, 21) / 2, *sizes, *10.0 ** np.arange(1, 9), np.log(2), np.log(10)]
    named = any(np.isclose(abs(r), usual, rtol=1e-6).any() for r in (ratio, 1 / ratio))
    return f"{ratio:.4g} times" if named else "a constant multiple of"


def as_numbers(value: Any) -> np.ndarray | None:
    """`value` as a float array; None where it is not numbers, or a list whose rows have different lengths."""
    if isinstance(value, (bool, int, float)):
        try:
            return np.asarray(float(value))
        except OverflowError:
            return np.asarray(np.inf)
    try:
        array = np.asarray(value)
    except (ValueError, OverflowError):
        return None
    return array.astype(float) if array.dtype.kind in "biuf" and array.size < call.ENTRIES else None


def _kind(value: Any, sizes: Sizes) -> str:
    if isinstance(value, np.ndarray):
        return f"an array of {shape_of(value, sizes)}"
    if value is None:
        return "None"
    if isinstance(value, (list, tuple)):
        return f"a {type(value).__name__} whose parts are not all numbers or rows of one length"
    return {"str": "a text", "dict": "a dictionary"}.get(type(value).__name__, f"a single {type(value).__name__}")


def _example(task: Task, trial: Trial) -> str:
    """What went in and what came out, in a line; below it, in full, what is too long for that."""
    names = inspect.signature(task.reference).parameters
    inputs = {name: (value, *_brief(value)) for name, value in zip(names, trial.arguments)}
    parts = [f"{name} {'of' if long else '='} {text}" for name, (_, text, long) in inputs.items()]
    brief = ", ".join(parts) or f"{task.name}()"
    outcome = trial.outcome
    if outcome.kind == "value":
        inputs["it gave"] = outcome.value, *_brief(outcome.value)
        brief += f" gave {inputs['it gave'][1]}" + (f"  ({outcome.warned})" if outcome.warned else "")
    elif outcome.kind == "error":
        brief += f" raised {outcome.name}: {outcome.text}"
    in_full = [f"{name} = {_in_full(value, len(name) + 3)}" for name, (value, _, long) in inputs.items() if long]
    return "\n".join([brief, *in_full])[:4000]


def _brief(value: Any) -> tuple[str, bool]:
    """(the value as text, False), or where that would be long (its size, True)."""
    text = show(value)
    if not isinstance(value, (np.ndarray, list, tuple)) or len(text) <= 100:
        return text, False
    return f"shape {value.shape}" if isinstance(value, np.ndarray) else _entries(len(value)), True


def _in_full(value: Any, indent: int) -> str:
    """A value with one row on a line; inner lines are indented."""
    if isinstance(value, np.ndarray):
        return np.array2string(value, precision=6, separator=", ", threshold=100, edgeitems=3, prefix=" " * indent)
    if isinstance(value, (list, tuple)):
        ends = "[]" if isinstance(value, list) else "()"
        rows = [_in_full(item, indent + 1) for item in value[:20]] + ["…"] * (len(value) > 20)
        return ends[0] + f",\n{' ' * (indent + 1)}".join(rows) + ends[1]
    return show(value)


def show(value: Any, most: int = 400) -> str:
    """A value as a learner would write it, six digits a number, cut where it gets long."""
    if isinstance(value, np.ndarray):
        text = np.array2string(value, precision=6, separator=", ", threshold=40, edgeitems=3)
        text = re.sub(r"(?<=\[) | (?=[\],])", "", " ".join(text.split()))  # no padding
        text += f" (shape {value.shape})" if value.ndim else ""
    elif isinstance(value, float):
        text = f"{value:.6g}"
    elif isinstance(value, int) and abs(value) >= 10**100:  # Python refuses to write out the largest ones
        text = f"an integer of {value.bit_length()} bits"
    elif isinstance(value, (list, tuple)):
        ends = "[]" if isinstance(value, list) else "()"
        text = (
            f"{ends[0]}{', '.join(show(item, 100) for item in value[:10])}{', …' if len(value) > 10 else ''}{ends[1]}"
        )
    elif callable(value):
        text = getattr(value, "formula", "a function")
    elif isinstance(value, np.random.Generator):
        text = "a generator"  # its repr is an address, another in every run
    else:
        text = repr(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"
