"""The judge's side: a submission's code runs in a process apart, and its functions are called there.

An `Engine` keeps a warm server, and opens a `Session` for each submission. A session runs the
cells, starts anew where a cell or a call ends the process, and calls functions on plain data.
Whatever comes back from that process is read as a claim: values are judged, words keep to a form.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from threesteps import call, limit
from threesteps.call import Outcome
from threesteps_grading.apart import protect
from threesteps_grading.apart.channel import NOTES, Broken, Channel, Unfit, decode, encode
from threesteps_grading.apart.processes import START, EngineError, Processes

CELLS = 6  # timeouts that all cells of a submission may take together, repetitions counted
ANSWERS = 12  # timeouts more for cells with answers in them, for those that were quick, and for what the others define
QUICK = 0.05  # of a timeout
# What is run of a cell: at first, after it had to be ended once, twice, and after that.
WAYS = ("whole", "definitions", "plain", "nothing")
CALLS = 30  # timeouts that all calls of a submission may take together
STARTS = 18  # processes for one submission
QUESTIONS = 20_000  # evaluations of a function among the arguments, in one call
QUESTION_SIZE = 16 * 1024
FOLDER_SIZE, FOLDER_FILES = 64 * 2**20, 1000


@dataclass(frozen=True)
class Cell:
    """How a cell went: "ok", "raised", "timeout", "crashed" or "not run".

    name and text: the exception and its first words. notes: what was left out ("skipped %pip …"). absent: the names
    that it could not bind, and for want of what.
    """

    status: str
    name: str = ""
    text: str = ""
    notes: tuple[str, ...] = ()
    absent: tuple[tuple[str, str], ...] = ()


class _Limit:
    """A limit of time for what is asked of a process: like the notebook's, it gets longer for one that has to share the
    processor, and not for one that sleeps. Whoever waits asks now and then whether it is late; nothing is measured
    before the second time."""

    def __init__(self, pid: int, seconds: float) -> None:
        self.end = time.monotonic() + limit.LONGEST * seconds
        self._pid, self._seconds, self._began = pid, seconds, time.monotonic()
        self._first: tuple[float, float] | None = None
        self._share = 1.0  # of the time, without that in which it waits for the processor

    def is_late(self) -> bool:
        now, worked = time.monotonic(), _worked(self._pid)
        if self._first is None:
            self._first = now, worked
        if now == self._first[0]:
            return False
        self._share = (worked - self._first[1]) / (now - self._first[0])
        passed = now - self._began
        return limit.late(self._seconds, passed, self._share * passed)

    @property
    def spent(self) -> float:
        """The seconds that count: of those that passed, where it had to share, those in which it didn't wait."""
        share = 1.0 if self._share >= limit.SHARE else max(self._share, 1 / limit.LONGEST)
        return share * (time.monotonic() - self._began)


def _worked(pid: int) -> float:
    """The seconds for which a process has not waited for the processor; all time where that can't be told."""
    try:
        with open(f"/proc/{pid}/schedstat") as file:
            return time.monotonic() - int(file.read().split()[1]) / 1e9
    except (OSError, IndexError):
        return time.monotonic()


class _Gone(Exception):
    """The process ended, or was ended: "crashed" or "timeout"."""


class Engine(Processes):
    """Runs submissions apart, one after the other; a context manager, not to be shared between threads.

    timeout: seconds for a cell or a call. memory: megabytes. unprotected: go on where the system
    can't confine a process. Raises ValueError for too little memory.
    """

    def __init__(self, timeout: float = 10.0, memory: int = 2048, unprotected: bool = False) -> None:
        super().__init__(memory)
        self.timeout, self.unprotected = timeout, unprotected
        self._session: Session | None = None

    @staticmethod
    def missing_protections() -> list[str]:
        """What this system does not offer, in plain words; empty where all is there."""
        return protect.missing()

    @staticmethod
    def scarce_room(workers: int) -> str:
        """In words, that the temporary folder has too little room for so many engines, of which each submission may
        take all that is its own; "" where it has enough."""
        folder, needed = tempfile.gettempdir(), workers * FOLDER_SIZE
        free = shutil.disk_usage(folder).free
        if free >= needed:
            return ""
        return (
            f"{folder} has only {free // 2**20} MB free, and submissions may save {needed // 2**20} MB at a time: one "
            "could take another's room (TMPDIR=FOLDER chooses another place, and fewer --workers need less)"
        )

    def open(
        self, cells: Sequence[str], taken: Mapping[str, Sequence[int]] | None = None, doubts: bool = True
    ) -> Session:
        """Run a submission's code cells in a fresh process. The session before, if any, is closed.

        taken: for a function's name, the indices of the cells that bind it; what counts is the last
        function that it was bound to there. Other names are looked up when they are asked for.
        Of a cell that takes too long or ends the process, only what it defines is run. doubts: whether
        a limit of time that was passed while this process itself was stopped (by Ctrl-Z, or with all
        that runs here) is an EngineError, after which the submission should be opened again.
        Raises EngineError.
        """
        if not self.unprotected and (missing := self.missing_protections()):
            raise EngineError(f"this system lacks {'; and '.join(missing)}")
        self._close_session()
        self._session = Session(self, cells, taken or {}, doubts)
        return self._session

    def close(self) -> None:
        """End all processes and remove the folder."""
        self._close_session()
        super().close()

    def _close_session(self) -> None:
        if self._session is not None:
            self._session.close()


class Session:
    """One submission: `report` tells how its cells went; `defined`, `kind` and `call` reach what they defined.

    The methods raise EngineError where the server died under the submission, or a limit of time is in doubt: nobody's
    fault, so try again.
    """

    def __init__(self, engine: Engine, cells: Sequence[str], taken: Mapping[str, Sequence[int]], doubts: bool) -> None:
        self.report: list[Cell] = []
        self._doubts = doubts
        self._engine = engine
        self._code = cells
        self._taken = [[name for name, places in taken.items() if i in places] for i in range(len(cells))]
        self._ended_cells: Counter[int] = Counter()
        self._quick: set[int] = set()
        self._cells = CELLS * engine.timeout
        self._calls = CALLS * engine.timeout
        self._number = self._starts = self._pid = 0
        self._spent = 0.0  # seconds, by the last request
        self._closed = False
        self._channel: Channel | None = None
        with contextlib.suppress(_Gone):
            self._run_all()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End the submission's process for good; nothing that it started stays alive."""
        self._closed = True
        if self._channel is not None:
            with contextlib.suppress(EngineError):
                self._end()

    def _end(self) -> None:
        self._channel.connection.close()
        self._channel = None
        self._engine.end()

    @property
    def most(self) -> float:
        """The seconds that all its cells may take together."""
        return (CELLS + ANSWERS) * self._engine.timeout

    @property
    def cut_short(self) -> bool:
        """Whether its cells have taken all their time, so that some with answers were not run."""
        return self._left(True) <= 0

    def _left(self, needed: bool) -> float:
        """The seconds left for a cell, whether answers need it or not."""
        return self._cells + (ANSWERS * self._engine.timeout if needed else 0.0)

    def defined(self, name: str) -> bool:
        """Whether the submission defines this name."""
        return bool(self.kind(name))

    def kind(self, name: str) -> str:
        """What the submission binds to this name: "function", the name of a type, or "" for nothing."""
        try:
            self._run_all()
            with self._taking_from_calls() as left:
                return self._request("kind", name, seconds=min(self._engine.timeout, left), read=_kind)
        except _Gone:
            return ""

    @contextlib.contextmanager
    def _taking_from_calls(self) -> Iterator[float]:
        """The seconds left for calls, and less by those that the block takes."""
        try:
            yield max(self._calls, 0.01)
        finally:
            self._calls -= self._spent

    def call(self, name: str, arguments: tuple, timeout: float | None = None) -> Outcome:
        """Call the submission's function and tell what happened, as `threesteps.call.call` does.

        Where that ended the process, or it had to be ended, it is started again when it is next needed.
        """
        timeout = self._engine.timeout if timeout is None else timeout
        seconds, within = min(timeout, self._calls), f"after {timeout:.3g} seconds"
        if seconds < timeout:
            within = f"within the {CALLS * self._engine.timeout:g} seconds for all calls of a submission"
        late = Outcome("timeout", text=f"no result {within}")
        if seconds <= 0:
            return late
        try:
            self._run_all()
            with self._taking_from_calls():
                outcome = self._request("call", name, arguments, seconds=seconds, read=_outcome(len(arguments)))
                return call.lacking(outcome, dict(pair for cell in self.report for pair in cell.absent))
        except _Gone as gone:
            return late if str(gone) == "timeout" else Outcome(str(gone))

    def _run_all(self) -> None:
        """Have a process in which all cells have run; where one ends it, it starts anew without that one."""
        if self._closed:
            raise EngineError("this session is closed")
        while self._channel is None:
            self._starts += 1
            if self._starts > STARTS:
                self.report += [Cell("not run")] * (len(self._code) - len(self.report))
                raise _Gone("crashed")
            self._channel = self._engine.begin()
            self._welcome()
            with contextlib.suppress(_Gone):
                for i in range(len(self._code)):
                    self._run(i)

    def _welcome(self) -> None:
        try:
            kind, _, *details = decode(self._channel.receive(time.monotonic() + START))
        except (Broken, TimeoutError):
            kind, details = "", ["it ends at once; has it enough memory?"]
        if kind == "ready":
            (self._pid,) = details
        else:
            self.close()
            raise EngineError(f"a submission's process can't be set up: {details[0]}")

    def _run(self, i: int) -> None:
        """Run a cell, or what is left of it, while there is time."""
        needed = bool(self._taken[i]) or i in self._quick
        late = self._left(needed) <= 0
        left = self._left(needed or late)
        step = max(self._ended_cells[i], late * WAYS.index("plain"), (left <= 0) * WAYS.index("nothing"))
        way = WAYS[min(step, len(WAYS) - 1)]
        code = "" if way == "nothing" else self._code[i]
        seconds = min(self._engine.timeout, left) if code else self._engine.timeout
        try:
            cell = self._request("cell", code, self._taken[i], way, seconds, seconds=seconds, read=self._cell)
            if way == "whole" and self._spent < QUICK * self._engine.timeout:
                self._quick.add(i)
        except Unfit:
            cell = Cell("not run", text="The cell is too long.")
        except _Gone as gone:
            self._ended_cells[i] += 1
            self.report[i:] = [Cell(str(gone)), *self.report[i + 1 :]]
            raise
        finally:
            self._cells -= self._spent
        if i == len(self.report):
            self.report.append(Cell("not run") if late else cell)

    def _request(self, kind: str, *details: Any, seconds: float, read: Callable[[list], Any]) -> Any:
        """Ask the process; `read` makes of its answer what is wanted. Raises _Gone if the process ended, or had to."""
        self._number += 1
        self._spent = 0.0
        number, functions, asked = self._number, [], 0

        def special(value: Any) -> tuple:
            if not callable(value):
                return _described(value)
            functions.append(value)
            return "function", number, len(functions) - 1

        data = encode((kind, number, *details), special)
        limited, stood = _Limit(self._pid, seconds), self._channel.stood

        def look() -> None:
            self._watch()
            if limited.is_late():
                raise TimeoutError

        try:
            self._channel.send(data, limited.end)
            while True:
                data = self._channel.receive(limited.end, look)
                answer_kind, answer_number, *answer = decode(data)
                if type(answer_number) is not int or answer_number != number:
                    raise Broken("an answer to another question")
                if type(answer_kind) is str and answer_kind == kind:
                    self._watch()
                    return read(answer)
                asked += 1
                if len(data) > QUESTION_SIZE:
                    raise Broken("neither an answer nor a short question")
                if asked > QUESTIONS:
                    raise TimeoutError
                self._channel.send(_answered(functions, *answer), limited.end)
        except TimeoutError:
            if self._doubts and self._channel.stood > stood:
                raise EngineError("this process was stopped while a submission ran") from None
            gone = _Gone("timeout")
        except (Broken, TypeError, ValueError, LookupError):  # also an answer of another form than ours
            gone = _Gone("crashed")
        finally:
            self._spent = max(limited.spent - (self._channel.stood - stood), 0.0)
        self._end()
        raise gone

    def _watch(self) -> None:
        """Raises Broken for a process that fills its folder."""
        entries = list(os.scandir(self._engine.folder))
        with contextlib.suppress(FileNotFoundError):  # removed at this moment
            used = sum(entry.stat(follow_symlinks=False).st_size for entry in entries[:FOLDER_FILES])
            if used > FOLDER_SIZE or len(entries) > FOLDER_FILES:
                raise Broken("its folder is full")

    def _cell(self, answer: list) -> Cell:
        name, text, notes, absent = answer
        _check_texts(name, text, *notes[:NOTES], *(part for pair in absent[:NOTES] for part in pair))
        notes = tuple(map(self._tidy, notes[:NOTES]))
        absent = tuple((_name(unbound), self._tidy(what)) for unbound, what in absent[:NOTES])
        return Cell("raised" if name else "ok", _name(name), self._tidy(text), notes, absent)

    def _tidy(self, text: str) -> str:
        """One line, without what differs from run to run."""
        text = re.sub(r"0x[0-9a-fA-F]{6,}", "0x…", text.replace(str(self._engine.folder), "."))
        return " ".join(text.split())[: call.MESSAGE_LENGTH]


def _check_texts(*values: Any) -> None:
    if any(type(value) is not str for value in values):
        raise Broken("no text")


def _kind(answer: list) -> str:
    (name,) = answer
    _check_texts(name)
    return _words(name) if name else ""


def _outcome(arguments: int) -> Callable[[list], Outcome]:
    def read(answer: list) -> Outcome:
        kind, value, name, text, changed, warned, *_ = answer
        _check_texts(kind, name, text, warned)
        if kind not in ("value", "foreign", "unsolved", "error"):
            raise Broken("no outcome")
        name = _words(name) if kind == "foreign" else _name(name)
        changed = tuple(i for i in range(arguments) if i in changed)
        return Outcome(kind, value, name, text[: call.MESSAGE_LENGTH], changed, warned[: call.MESSAGE_LENGTH])

    return read


def _words(text: str) -> str:
    """A type's name, or words like "array of complex128"; no numbers that a probe could be told by."""
    known = text in call.NotPlain.ALL or re.fullmatch(r"[A-Za-z_ ]{1,60}(8|16|32|64|128|256)?", text)
    return text if known else "a type of its own"


def _name(text: str) -> str:
    return text if not text or re.fullmatch(r"[A-Za-z_][A-Za-z_0-9]{0,60}", text) else "Exception"


def _described(value: Any) -> tuple:
    """NumPy's numbers and random generators in plain data, of which a submission's process builds them again."""
    if isinstance(value, np.generic):
        return "scalar", np.asarray(value)
    if isinstance(value, np.random.Generator):
        bits = value.bit_generator
        return "generator", type(bits).__name__, bits.state, bits.seed_seq.state  # the latter for rng.spawn()
    raise Unfit(f"a value of type {type(value).__name__}")


def _answered(functions: list[Callable], index: int, arguments: tuple) -> bytes:
    """The answer to a submission's question what a function of ours gives: value, or exception and its text."""
    function = functions[index]
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            value = function(*arguments)
        return encode((value, "", ""), _described)
    except Exception as error:  # at a wrong shape, say: the submission shall see it, as in its notebook
        return encode((None, type(error).__name__, str(error)[: call.MESSAGE_LENGTH]))
