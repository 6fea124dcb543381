"""Inside a submission's process: run its cells, and call its functions when the judge asks.

Nothing here knows what is right. A submission can change all of this, and thereby spoil its own
answers: the judge compares values in a process of its own.
"""

from __future__ import annotations

import ast
import builtins
import contextlib
import itertools
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from threesteps import call
from threesteps_grading.apart.channel import NOTES, Channel, Unfit, decode, encode
from threesteps_grading.apart.statements import DEFINITIONS, IMPORTS, after, definitions, names, statements

ABOVE = re.compile(r"^\s*%%(?:(?:time|prun)\b.*|capture[ \t]*)\n")  # a magic that runs what is below it
MAGICS = ("time", "capture", "writefile", "file")  # these run as ever
PYLAB = "import numpy as np; from numpy import *; from matplotlib import pyplot as plt; from matplotlib.pyplot import *"
SETTINGS = ("matplotlib", "config", "load_ext", "autoreload", "precision")  # these make no difference here,
SHOWING = ("pinfo", "pinfo2", "who", "whos", "timeit", "html", "javascript", "markdown", "latex", "svg")  # nor do these
NO_THREAD = "can't start new thread"  # what Python says
NO_THREADS = "there are no threads here: a submission is graded in a single one"


class Shell(InteractiveShell):
    """IPython without a screen: it shows nothing, keeps no history, and leaves out what would start a program."""

    notes: list[str]

    def enable_gui(self, gui: str | None = None) -> None:
        """Nothing to enable."""

    def showtraceback(self, *args: Any, **kwargs: Any) -> None:
        """The exception's name and first words are told elsewhere; rendering a traceback takes 50 ms."""

    showsyntaxerror = showtraceback

    def transform_cell(self, raw_cell: str) -> str:
        """What is Python as it stands needs no transformation, which would take longer than most cells run."""
        return raw_cell if is_python(raw_cell) else super().transform_cell(raw_cell)

    def system(self, command: str) -> None:
        """`!command`, left out."""
        self.notes.append(f"skipped !{command}")

    def getoutput(self, command: str, *args: Any, **kwargs: Any) -> list[str]:
        """`x = !command`, left out."""
        self.system(command)
        return []

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """What concerns a screen alone is dropped; what is not known to be harmless is left out with a note."""
        if magic_name in MAGICS:
            return super().run_line_magic(magic_name, line, _stack_depth + 1)
        if magic_name == "pylab":
            self.ex(PYLAB)
            return None
        if magic_name not in SETTINGS + SHOWING:
            self.notes.append(f"skipped %{magic_name} {line}")

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """As for a line."""
        if magic_name in MAGICS:
            return super().run_cell_magic(magic_name, line, cell)
        if magic_name not in SETTINGS + SHOWING:
            self.notes.append(f"skipped %%{magic_name} {line}")


def is_python(code: str) -> bool:
    """Whether it parses, and not by chance: "In [1]: x = 2" does, and is meant as x = 2."""
    try:
        ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return "In [" not in code


def make_shell() -> Shell:
    """The shell that every submission's process inherits, warmed up."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.automagic = False
    shell = Shell.instance(config=config)
    shell.display_formatter.format = lambda *args, **kwargs: ({}, {})
    shell.notes = []
    for code in ("def f(x):\n    return x", "f(1);", "%matplotlib inline", "1 / 0"):
        shell.run_cell(code)
    shell.reset(new_session=False)
    return shell


@contextlib.contextmanager
def _interrupted(seconds: float) -> Iterator[None]:
    """Interrupt what runs in here after so many seconds, where the system can. What goes on all the same is the judge's
    to end."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)


class Child:
    """Answers the judge's requests, one by one, until it hangs up. A request is (kind, number, …), its answer too."""

    def __init__(self, channel: Channel, shell: Shell) -> None:
        self.channel = channel
        self.shell = shell
        self.streams = sys.stdout, sys.stderr
        self.taken: dict[str, Any] = {}
        self.absent: dict[str, str] = {}  # names that are not bound, and for want of what that is not here
        self.calling = 0  # the number of the call that runs
        self.lock = threading.Lock()

    def serve(self) -> None:
        """Raises Broken when the judge hangs up."""
        answers = {"cell": self.cell, "kind": self.kind, "call": self.call}
        self.channel.send(encode(("ready", 0, os.getpid())))
        while True:
            kind, number, *details = decode(self.channel.receive(), self._built)
            self.calling = number
            try:
                answer = encode((kind, number, *answers[kind](*details)))
            except Unfit as unfit:  # only a call's value can be so large
                answer = encode((kind, number, "foreign", None, str(unfit), "", (), ""))
            self.calling = 0
            self.channel.send(answer)

    def cell(self, code: str, taken: list[str], way: str, seconds: float) -> tuple:
        """Run a cell as a whole, or only its "definitions", or the "plain" ones of them, each on its own and in half of
        the seconds that are left; then take the functions that count from here on. Result: exception, its first words,
        notes, and the names that it could not bind for want of something."""
        self.shell.notes = []
        before = dict(self.absent)
        code = ABOVE.sub("", code, count=1)
        if way == "whole":
            error = self._whole(code)
        else:
            end = time.monotonic() + seconds
            for statement in definitions(self._statements(code), plain=way == "plain"):
                with _interrupted(max(end - time.monotonic(), 0.01) / 2):
                    self._single(statement)
            error = None
        bound = {name: self.shell.user_ns.get(name) for name in taken}
        self.taken |= {name: value for name, value in bound.items() if callable(value)}
        said = (type(error).__name__, call.first_words(error)) if error else ("", "")
        notes = [note[: call.MESSAGE_LENGTH] for note in self.shell.notes[:NOTES]]
        return *said, notes, [pair for pair in self.absent.items() if pair not in before.items()][:NOTES]

    def _whole(self, code: str) -> BaseException | None:
        """Run a cell, and go on after what raised, each statement on its own: with all of them where that was for want
        of what is not here, else with those that define what nothing has defined. Result: what the notes don't tell."""
        error = self._run(code)
        rest = after(self._statements(code), self._place(error)) if error else []
        errors = []
        if not (rest and isinstance(rest[0], IMPORTS)):  # of an import, each name is tried again
            errors = [error]
            self._note_absent(rest[:1], error)
            rest = rest[1:]
        known = None if self._lacks(error) else set(self.shell.user_ns)
        for statement in rest:
            if known is None or isinstance(statement, DEFINITIONS) and known.isdisjoint(names(statement) or known):
                errors.append(self._single(statement))
                if known is None and errors[-1] and not self._lacks(errors[-1]):
                    known = set(self.shell.user_ns)
        return next(filter(None, errors), None)

    def _single(self, statement: ast.stmt) -> BaseException | None:
        """Run one statement of a cell. Result: the exception that ended it, where a note does not tell why."""
        error = self._run(statement)
        told = isinstance(error, NameError) and error.name in self.absent
        self._note_absent([statement], error)
        if isinstance(error, ImportError) and isinstance(statement, IMPORTS):
            self.shell.notes.append(f"there is no {self._wanted(statement, error)} here: the cell was run without it")
            told = True
        return None if told else error

    def _note_absent(self, body: list[ast.stmt], error: BaseException | None) -> None:
        if self._lacks(error):
            for statement in body:
                self.absent |= dict.fromkeys(names(statement), self._wanted(statement, error)[: call.MESSAGE_LENGTH])

    def _wanted(self, statement: ast.stmt, error: BaseException) -> str:
        """What is not here, in words that follow "there is no"."""
        if isinstance(error, NameError):
            return self.absent[error.name]
        if not (isinstance(error, ImportError) and isinstance(statement, IMPORTS)):
            return "such module" if isinstance(error, ImportError) else "such file"
        module, name = getattr(statement, "module", None), statement.names[0].name
        whole = isinstance(error, ModuleNotFoundError) or not module
        return f"module {module or name}" if whole else f"{name} in the module {module}"

    def _lacks(self, error: BaseException | None) -> bool:
        """Whether it was raised for want of a module or file, or of a name that was not bound for that reason."""
        unbound = isinstance(error, NameError) and error.name in self.absent
        return unbound or isinstance(error, (ImportError, OSError))

    def _statements(self, code: str) -> list[ast.stmt]:
        try:
            return statements(self.shell.transform_cell(code))
        except Exception:  # IPython, over code that it can't read
            return []

    def _place(self, error: BaseException) -> tuple[int, int]:
        """Where in its cell it was raised: line and column; past all cells if that can't be told."""
        trace = error.__traceback__
        while trace and trace.tb_frame.f_globals is not self.shell.user_ns:
            trace = trace.tb_next
        if trace is None:
            return sys.maxsize, 0
        line, _, column, _ = next(itertools.islice(trace.tb_frame.f_code.co_positions(), trace.tb_lasti // 2, None))
        return line or trace.tb_lineno, column or 0

    def _run(self, code: str | ast.stmt) -> BaseException | None:
        """Run code as a cell; the exception that ended it."""
        sys.stdout, sys.stderr = self.streams
        try:
            result = self.shell.run_cell(code if isinstance(code, str) else ast.unparse(code))
            error = result.error_before_exec or result.error_in_exec
            if isinstance(error, RuntimeError) and NO_THREAD in str(error) and NO_THREADS not in self.shell.notes:
                self.shell.notes.append(NO_THREADS)
            return error
        except Exception as tripped:  # IPython over what the cell did, such as taking its output away
            return tripped

    def kind(self, name: str) -> tuple:
        """Result: "function", a type's name, or "" where nothing has this name."""
        found = self._object(name)
        return ("" if found is None else "function" if callable(found) else call.type_name(found),)

    def call(self, name: str, arguments: tuple) -> tuple:
        """Result: an Outcome's fields. The judge keeps the time."""
        return tuple(vars(call.call(self._object(name), arguments, timeout=None)).values())

    def _object(self, name: str) -> Any:
        return self.taken[name] if name in self.taken else self.shell.user_ns.get(name)

    def _built(self, description: tuple) -> Any:
        """What the judge described."""
        kind, *details = description
        if kind == "function":
            return self._function(*details)
        if kind == "scalar":
            return details[0][()]
        name, state, seeds = details
        bits = getattr(np.random, name)(np.random.SeedSequence(**seeds))
        bits.state = state
        return np.random.Generator(bits)

    def _function(self, number: int, index: int) -> Callable:
        """Stands for a function of the judge's, as long as the call runs that it was handed to."""

        def function(*arguments: Any) -> Any:
            if self.calling != number:
                raise RuntimeError("this function works only while the call runs that it was given to")
            try:
                question = encode(("ask", number, index, call.plain(arguments)))
            except (Unfit, call.NotPlain) as problem:
                raise TypeError(str(problem)) from None
            with self.lock:
                self.channel.send(question)
                value, error, text = decode(self.channel.receive(), self._built)
            if error:
                raise getattr(builtins, error, RuntimeError)(text)
            return value

        return function
