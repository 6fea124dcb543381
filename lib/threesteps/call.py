"""Calling a learner's function: whatever it does, what comes back is plain data and no exception.

This module knows nothing of tasks, so that it can run beside a learner's code in a process where
the right answers are not.
"""

from __future__ import annotations

import contextlib
import math
import re
import types
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy  # by name, as what follows: a submission's process may have replaced it in its module
from dataclasses import dataclass, replace
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np
from numpy import errstate

from threesteps.limit import TookTooLong, within

MESSAGE_LENGTH = 300
# Of arithmetic, and of memory that a `where=` without `out=` leaves as it was.
NUMPYS_WARNINGS = (RuntimeWarning, UserWarning)
DEPTH = 20  # of nested lists
ENTRIES = 1_000_000  # of all nested lists together
ARRAY = 10_000_000  # entries of one array
ROWS = 20_000  # of one array, along all axes but the last: what loops over them takes its time
TEXT = 10_000  # characters of one text


@dataclass(frozen=True)
class Outcome:
    """What one call did.

    kind: "value", "foreign" (a value that is not plain data), "unsolved" (NotImplementedError),
    "error", "timeout" or "crashed". value: the plain data of a "value". name and text: the type's
    name of a foreign value; "empty" where `np.empty` was used on the way to a value; the other
    function that is unsolved; the exception's class and first words of an error. changed: the
    positions of the arguments that the call changed in place. warned: NumPy's first warning. lacks:
    what an error is for want of, where its caller knows it.
    """

    kind: str
    value: Any = None
    name: str = ""
    text: str = ""
    changed: tuple[int, ...] = ()
    warned: str = ""
    lacks: str = ""


class NotPlain(TypeError):
    """A value that is not plain data; its argument is the type's name, or one of these."""

    ENDLESS = "a list nested without end"
    LONG = "a list of more than a million entries"
    WORDY = "a text of more than ten thousand characters"
    LARGE = "an array of more than ten million entries, or of more than twenty thousand rows"
    HEAVY = "an array of too many megabytes"
    DEEP = "a value too long or too deep"
    OWN = "a class of its own"
    ALL = (ENDLESS, LONG, WORDY, LARGE, HEAVY, DEEP, OWN)


def plain(value: Any) -> Any:
    """The same value as plain data: None, bool, int, float, str, arrays of numbers, and lists, tuples, dicts of these.

    NumPy scalars become Python numbers, arrays are copied, and those of objects that are all numbers
    become arrays of floats. Named tuples and the like become what they hold, whatever their class says
    of it. Raises NotPlain for all else: complex arrays, other subclasses, generators, and lists without
    an end.
    """
    left = ENTRIES

    def walk(value: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if depth > DEPTH or left < 0:
            raise NotPlain(NotPlain.ENDLESS if depth > DEPTH else NotPlain.LONG)
        kind = type(value)
        if kind is str and len(value) > TEXT:
            raise NotPlain(NotPlain.WORDY)
        if value is None or kind is str:
            return value
        if _is_number(value):
            if kind in (bool, int, float):
                return value
            return value.item() if value.dtype.itemsize <= 8 else float(value)
        if kind is np.ndarray and value.dtype.kind in "biufO":
            if too_large(value.shape):
                raise NotPlain(NotPlain.LARGE)
            if value.dtype.kind != "O":
                return np.array(value, dtype=value.dtype.newbyteorder("="))
            if all(map(_is_number, value.flat)):
                with contextlib.suppress(OverflowError):
                    return value.astype(float)
        for plain_kind in (list, tuple):
            if issubclass(kind, plain_kind):
                return plain_kind(walk(item, depth + 1) for item in list(plain_kind.__iter__(value)))
        if kind is dict:
            return {walk(key, depth + 1): walk(item, depth + 1) for key, item in value.items()}
        raise NotPlain(type_name(value))

    return walk(value, 0)


def _is_number(value: Any) -> bool:
    return type(value) in (bool, int, float) or isinstance(value, np.generic) and value.dtype.kind in "biuf"


def too_large(shape: Sequence[int]) -> bool:
    """Whether an array of this shape is more than anyone asks for; zeros((10**15, 0)) is, though it holds nothing."""
    sizes = [size or 1 for size in shape]
    return len(sizes) > DEPTH or math.prod(sizes) > ARRAY or math.prod(sizes[:-1]) > ROWS


def type_name(value: Any) -> str:
    """The type's name, where Python or NumPy defines it: a learner's class could carry anything in its name."""
    kind = type(value)
    if kind is np.ndarray:
        return f"array of {value.dtype.type.__name__.rstrip('_')}"
    return kind.__name__ if kind.__module__.partition(".")[0] in ("builtins", "collections", "numpy") else NotPlain.OWN


def copied(value: Any) -> Any:
    """A deep copy, in half of deepcopy's time: for arrays, numbers, and lists and tuples of them."""
    kind = type(value)
    if kind is np.ndarray and value.dtype.kind in "biuf":
        return value.copy(order="K")
    if kind is list or kind is tuple:
        return kind([copied(part) for part in value])
    return value if kind in (bool, int, float) else deepcopy(value)


def same(a: Any, b: Any) -> bool:
    """Whether two arguments are equal in every bit of data; things that are not plain data count as equal."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return (
            isinstance(a, np.ndarray)
            and isinstance(b, np.ndarray)
            and a.shape == b.shape
            and a.dtype == b.dtype
            and a.tobytes() == b.tobytes()
        )
    if isinstance(a, (list, tuple)):
        return type(a) is type(b) and len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, (bool, int, float, str, type(None))):
        return type(a) is type(b) and (a == b or (a != a and b != b))
    return True


def call(function: Callable, arguments: tuple, timeout: float | None = 10.0) -> Outcome:
    """Call `function(*arguments)` and tell what happened; never raises but for the user's own interrupt.

    timeout: seconds, kept in the main thread only (another thread can't be interrupted); None where
    the caller keeps the time. Output is swallowed. The arguments are handed over as they are: pass copies.
    """
    before = copied(arguments)
    try:
        with (
            _swallowed_output(),
            _unset_shows() as used,
            catch_warnings(record=True) as seen,
            errstate(all="warn", under="ignore"),
        ):
            simplefilter("always")
            value = within(timeout, lambda: plain(function(*arguments)))
        outcome = {"kind": "value", "value": value, "name": "".join(used)}
    except NotPlain as problem:
        outcome = {"kind": "foreign", "name": str(problem)}
    except TookTooLong as late:
        return Outcome("timeout", text=str(late))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # also SystemExit: a learner's exit() must not end the notebook
        if isinstance(error, NotImplementedError) and not error.args:  # the stub's; with a text it is a learner's own
            return Outcome("unsolved", name=_raised_in(error, function))
        outcome = {"kind": "error", "name": type(error).__name__, "text": first_words(error)}
    changed = tuple(i for i, (was, now) in enumerate(zip(before, arguments)) if not same(was, now))
    warned = next((str(w.message) for w in seen if issubclass(w.category, NUMPYS_WARNINGS)), "")
    return Outcome(**outcome, changed=changed, warned=warned[:MESSAGE_LENGTH])


def _numpy_warns() -> bool:
    with catch_warnings(record=True) as seen, errstate(over="warn"):
        simplefilter("always")
        np.exp(np.float64(1000.0))
    return bool(seen)


WARNS = _numpy_warns()  # not in a browser: WebAssembly has no flags that would tell NumPy of an overflow


def lacking(outcome: Outcome, absent: Mapping[str, str]) -> Outcome:
    """The outcome with what it lacks, where it is an error over one of the absent names; absent: for want of what."""
    over = re.match(r"name '(\w+)' is not defined", outcome.text) if outcome.name == "NameError" else None
    if over is None or over[1] not in absent:
        return outcome
    return replace(outcome, lacks=f"where answers are graded there is no {absent[over[1]]}, and so no `{over[1]}`")


def give_up(function: Callable) -> None:
    """Remember that a function does not end: `endless` tells whether something would wait for it."""
    with contextlib.suppress(TypeError):
        _endless.add(function)


def endless(function: Callable) -> bool:
    """Whether it was given up, or uses by name, in its own code or through functions of its notebook, one that was."""
    seen, left = set(), [function]
    while _endless and left:
        function = left.pop()
        if id(function) in seen or not isinstance(function, types.FunctionType):
            continue
        if function in _endless:
            return True
        seen.add(id(function))
        left += [function.__globals__.get(name) for name in _names(function.__code__)]
    return False


_endless: weakref.WeakSet[Callable] = weakref.WeakSet()


def _names(code: types.CodeType) -> Iterator[str]:
    yield from code.co_names
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            yield from _names(part)


def _raised_in(error: BaseException, function: Callable) -> str:
    """The name of the function that raised it, "" for this one."""
    trace = error.__traceback__
    while trace.tb_next:
        trace = trace.tb_next
    code = trace.tb_frame.f_code
    return "" if code is getattr(function, "__code__", None) else code.co_name


def first_words(error: BaseException) -> str:
    """The first line of an exception's text, cut where it gets long."""
    try:
        lines = str(error).splitlines()
    except Exception:  # a learner's exception class may have a broken __str__
        return ""
    return lines[0][:MESSAGE_LENGTH] if lines else ""


class _Nowhere:
    """A text stream that keeps nothing: a function that prints for ever must not fill the memory."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


@contextlib.contextmanager
def _unset_shows() -> Iterator[set[str]]:
    """What `np.empty` leaves unset is nan, or a whole number far out, and not what the memory held: that may be 0, and
    is something else beside other answers. What is yielded holds "empty" once it was used."""
    before, used = (np.empty, np.empty_like), set()
    np.empty, np.empty_like = (_filled(make, used) for make in before)
    try:
        yield used
    finally:
        np.empty, np.empty_like = before


def _filled(make: Callable, used: set[str]) -> Callable:
    def empty(*args: Any, **kwargs: Any) -> np.ndarray:
        array = make(*args, **kwargs)
        used.add("empty")
        if array.dtype.kind in "fc":
            array.fill(np.nan)
        elif array.dtype.kind in "iu":
            array.fill(np.iinfo(array.dtype).max)
        return array

    return empty


@contextlib.contextmanager
def _swallowed_output() -> Iterator[None]:
    with contextlib.redirect_stdout(_Nowhere()), contextlib.redirect_stderr(_Nowhere()):
        yield
