"""What learners get wrong: a module for each task, a function for each mistake.

A function's name says what went wrong, its docstring is what a good teacher says to whoever wrote
it, its body is what they wrote. The public functions of `mistakes/sigmoid.py`, in their order, are
what is known of the task `sigmoid`; a mistake newly met in class is one more function. An answer
is recognised by doing the same as one of them, and no other, on every probe.

Three marks, for what a plain function can't say: `also`, `fresh` and `known_by`.
"""

from __future__ import annotations

import importlib
import importlib.util
import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

Test = Callable[[Any], bool]  # of a `threesteps.task.Trial`


def also(*ways: Callable) -> Callable[[Callable], Callable]:
    """Mark a mistake with other ways to write it, where those behave differently on some probe."""
    return _marking(ways=ways)


def fresh(make: Callable[[], Callable]) -> Callable[[], Callable]:
    """Mark a mistake that keeps something between calls: the function takes nothing, and makes the answer anew."""
    return _marking(fresh=True)(make)


def known_by(test: Test) -> Callable[[Callable], Callable]:
    """Mark a mistake, where many answers are right, that is recognised by `test` on each trial that came back."""
    return _marking(known_by=test)


def _marking(**marks: object) -> Callable[[Callable], Callable]:
    def mark(function: Callable) -> Callable:
        vars(function).update(marks)
        return function

    return mark


@dataclass(frozen=True)
class Mistake:
    """One entry of the catalogue. Each of `ways` makes an answer, with state of its own."""

    name: str
    says: str
    ways: tuple[Callable[[], Callable], ...]
    known_by: Test | None = None


@cache
def of_task(name: str) -> tuple[Mistake, ...]:
    """The mistakes that are known of a task, in the order of its module; none where there is no such module."""
    where = f"{__name__}.{name}"
    if importlib.util.find_spec(where) is None:
        return ()
    functions = [f for f in vars(importlib.import_module(where)).values() if inspect.isfunction(f)]
    return catalogue(f for f in functions if f.__module__ == where and not f.__name__.startswith("_"))


def catalogue(functions: Iterable[Callable]) -> tuple[Mistake, ...]:
    """The functions as entries: names in words, docstrings on one line."""
    return tuple(
        Mistake(
            function.__name__.replace("_", " "),
            " ".join((function.__doc__ or "").split()),
            tuple(map(_maker, (function, *getattr(function, "ways", ())))),
            getattr(function, "known_by", None),
        )
        for function in functions
    )


def _maker(function: Callable) -> Callable[[], Callable]:
    return function if getattr(function, "fresh", False) else lambda: function
