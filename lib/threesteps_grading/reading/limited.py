"""Reading apart: a file that takes too long, too much memory, or trips a reader costs itself and no other."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from multiprocessing.connection import Connection, wait
from typing import Any

SECONDS = 10.0  # for one item
TOGETHER = 30.0  # seconds for all items of one owner
MEMORY = 2**30  # bytes beyond what the process has when it starts
LOOK = 1.0  # seconds from one look at what is being read to the next
STILL = 2.0  # seconds by which a wait is longer than asked where this process was stopped
GROWN = 2**24  # bytes that an item may leave behind in a process which reads another after it
PR_SET_PDEATHSIG = 1
ENDED = "it ends the process that reads it"
TOO_LONG = "it can't be read within {:g} seconds"


class Failed(Exception):
    """What became of an item that could not be read; the message is the reason, in words."""


def each(read: Callable[[Any], Any], items: Iterable[Any], workers: int, owner: Callable[[Any], Hashable]) -> list[Any]:
    """read(item) for each item, in processes with limits; Failed in place of a result.

    `read` is a function of a module; items and results are pickled, and come from this program's own processes alone.
    Once the items of one owner have taken TOGETHER, those that come after them fail, whichever were read at the time.
    What fails after this process was stopped and went on (Ctrl-Z, and `fg`) is read once more, and so is what ended the
    process that read it.
    """
    left = enumerate(items)
    busy: dict[Connection, tuple[int, Any, float, _Reader]] = {}
    doubtful: set[int] = set()
    again: set[int] = set()
    idle: list[_Reader] = []
    owners: list[Hashable] = []
    results: dict[int, Any] = {}
    took: Counter[int] = Counter()
    spent: Counter[Hashable] = Counter()

    def hand_out() -> None:
        while len(busy) < workers:
            index, item = next(left, (None, None))
            if index is None:
                return
            owners.append(owner(item))
            if spent[owners[index]] < TOGETHER:
                begin(index, item, idle.pop() if idle else _Reader(read))

    def begin(index: int, item: Any, reader: _Reader) -> None:
        reader.begin(item)
        busy[reader.connection] = (index, item, time.monotonic(), reader)

    try:
        while hand_out() or busy:
            now = time.monotonic()
            first = min(began for _, _, began, _ in busy.values())
            asked = max(0.0, min(LOOK, first + SECONDS - now))
            wait(list(busy), timeout=asked)
            if time.monotonic() - now > asked + STILL:
                doubtful |= {index for index, *_ in busy.values()} - again
            for connection, (index, item, began, reader) in list(busy.items()):
                seconds = time.monotonic() - began
                if connection.poll():
                    result, seconds = reader.end(seconds)
                elif seconds >= SECONDS:
                    result, seconds = Failed(TOO_LONG.format(SECONDS)), SECONDS
                else:
                    continue
                del busy[connection]
                if isinstance(result, Failed) and str(result) == ENDED and index not in again:
                    doubtful.add(index)  # somebody else may have ended the process
                    took[index] = seconds
                    spent[owners[index]] += seconds
                if isinstance(result, Failed) and index in doubtful:
                    doubtful.remove(index)
                    again.add(index)
                    reader.stop()
                    begin(index, item, _Reader(read))
                    continue
                if isinstance(result, Failed) or reader.has_grown:
                    reader.stop()
                else:
                    idle.append(reader)
                results[index] = result
                took[index] += seconds
                spent[owners[index]] += seconds
    finally:
        for reader in [*idle, *(reader for *_, reader in busy.values())]:
            reader.stop()
    spent.clear()
    for index, who in enumerate(owners):
        if spent[who] >= TOGETHER:
            results[index] = Failed(f"it is not read: the student's files before it took {TOGETHER:g} seconds")
        spent[who] += took[index]
    return [results[index] for index in range(len(owners))]


class _Reader:
    """A process that reads one item after another, as long as none leaves much behind: each has all the memory."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        method = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
        self.connection, theirs = method.Pipe()
        self.process = method.Process(target=_serve, args=(read, theirs), daemon=True)
        self.process.start()
        self.has_grown = False
        theirs.close()

    def begin(self, item: Any) -> None:
        with contextlib.suppress(OSError):  # the process is gone: `end` says so
            self.connection.send(item)

    def end(self, seconds: float) -> tuple[Any, float]:
        """What came of the item, and how long that took by the process's own clock: this one may have been busy."""
        try:
            said, result, own_seconds = self.connection.recv()
            self.has_grown = self.connection.recv()
        except (EOFError, OSError):
            if seconds >= 2 * SECONDS:  # the process has ended by itself, as nobody looked
                return Failed(TOO_LONG.format(SECONDS)), SECONDS
            return Failed(ENDED), seconds
        return Failed(result) if said == "failed" else result, own_seconds

    def stop(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()
        self.process.close()


def _serve(read: Callable[[Any], Any], connection: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the grader's, which stops this one
    warnings.simplefilter("ignore")  # Python's own on students' code are nothing for the teacher's terminal
    at_first = _size()
    _limit_memory(at_first)
    end_with_parent(signal.SIGKILL)
    parent = os.getppid()
    while True:
        while not connection.poll(1.0):
            if os.getppid() != parent:  # killed; and readers that were forked later hold its end of the pipe
                return
        try:
            _serve_one(read, connection)
        except EOFError:
            return
        connection.send(_size() - at_first > GROWN)


def _serve_one(read: Callable[[Any], Any], connection: Connection) -> None:
    """Read an item, of which this process keeps nothing."""
    _end_after(2 * SECONDS)  # from here on: where the grader is killed while it sends, the rest never comes
    item = connection.recv()
    began = time.monotonic()
    try:
        result = read(item)
        _end_after(0)
        connection.send(("read", result, time.monotonic() - began))
        return
    except MemoryError:
        why = f"it takes more than {MEMORY / 2**30:g} GB to read"
    except Exception as error:
        why = f"reading it failed: {type(error).__name__}"
    _end_after(0)
    connection.send(("failed", why, time.monotonic() - began))


def end_with_parent(how: int) -> None:
    """Get the signal `how` when the process that started this one ends, however it ends, or has ended before; on Linux
    alone. For processes that `multiprocessing` started."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, how)
        if os.getppid() != multiprocessing.parent_process().pid:  # it ended before this one could ask for the signal
            os.kill(os.getpid(), how)


def _end_after(seconds: float) -> None:
    """The end of this process, should nobody else end it; 0 for never."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _size() -> int:
    """The bytes that this process has taken; 0 where that can't be told."""
    try:
        import resource

        with open("/proc/self/statm") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError, ValueError, IndexError):  # Windows, macOS
        return 0


def _limit_memory(at_first: int) -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        if at_first:
            resource.setrlimit(resource.RLIMIT_AS, (at_first + MEMORY,) * 2)
