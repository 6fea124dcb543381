"""A limit of time for a learner's function, kept from outside of it."""

from __future__ import annotations

import _thread
import contextlib
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import CodeType
from typing import Any

SHARE = 0.5  # of the time that has passed: with less of the processor than that, a call is still in time,
LONGEST = 3  # up to so many times its seconds


class TookTooLong(Exception):
    """What `within` raises when the time is up."""


def within(seconds: float | None, function: Callable[[], Any]) -> Any:
    """What `function()` gives; raises TookTooLong when it takes longer. In the main thread only, and not for None."""
    if seconds is None or threading.current_thread() is not threading.main_thread():
        return function()
    try:
        return _keeper.keep(seconds, function)
    except KeyboardInterrupt:
        if not _keeper.fired:
            raise
        raise TookTooLong(f"no result after {seconds:g} seconds") from None


def late(seconds: float, passed: float, worked: float) -> bool:
    """Whether a call has had its seconds, of those that passed and that it had the processor."""
    return passed >= seconds and (worked >= SHARE * passed or passed >= LONGEST * seconds)


class Watchdog:
    """Interrupts the main thread when a call takes too long: one thread for all calls, asleep while none runs.

    What has to share the processor gets longer: no right answer is too slow because the machine is busy.
    """

    TICK = 0.02  # seconds

    def __init__(self) -> None:
        self.fired = False
        self._limit: tuple[float, float, float] | None = None  # seconds, and what both clocks showed at the start
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None

    def keep(self, seconds: float, function: Callable[[], Any]) -> Any:
        """What `function()` gives. It is interrupted after so many seconds; `fired` says whether it was."""
        with self._limited(seconds):
            return function()

    @contextlib.contextmanager
    def _limited(self, seconds: float) -> Iterator[None]:
        self.fired = False
        if self._thread is None or not self._thread.is_alive():  # the first time, and after a fork
            if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # as a shell starts what runs in the background
                signal.signal(signal.SIGINT, signal.default_int_handler)
            self._thread = threading.Thread(target=self._watch, daemon=True)
            self._thread.start()
        with self._lock:
            self._limit = (seconds, time.monotonic(), time.process_time())
        self._wake.set()
        try:
            yield
        finally:
            with self._lock:
                self._limit = None
            if self.fired:
                time.sleep(0.001)  # an interrupt that is still on its way arrives here, not in our caller

    def _watch(self) -> None:
        while True:
            self._wake.wait()
            with self._lock:
                if self._limit is None:
                    self._wake.clear()
                elif self._late(*self._limit):
                    self._limit = None
                    self.fired = True
                    _thread.interrupt_main()
            time.sleep(self.TICK)

    def _late(self, seconds: float, began: float, processor: float) -> bool:
        return late(seconds, time.monotonic() - began, time.process_time() - processor)


class Clock:
    """Looks at the time at each call and at each turn of a loop: where no thread can be started, as in a browser.

    When the time is up it interrupts, and then again at each line that still runs, so that no `except` keeps a loop
    going. Needs Python 3.12.
    """

    TOOL = 4  # of sys.monitoring, one that nothing else claims

    def __init__(self) -> None:
        self.fired = False
        self._deadline = 0.0

    def keep(self, seconds: float, function: Callable[[], Any]) -> Any:
        """What `function()` gives. It is interrupted after so many seconds; `fired` says whether it was."""
        if sys.monitoring.get_tool(self.TOOL):  # within a limit that is kept already
            return function()
        self.fired = False
        self._deadline = time.monotonic() + seconds
        sys.monitoring.use_tool_id(self.TOOL, __name__)
        events = sys.monitoring.events
        for event in (events.JUMP, events.PY_START, events.LINE):
            sys.monitoring.register_callback(self.TOOL, event, self._look)
        try:
            sys.monitoring.set_events(self.TOOL, events.JUMP | events.PY_START)
            return function()
        except BaseException:
            if self.fired:
                raise KeyboardInterrupt from None
            raise
        finally:
            sys.monitoring.set_events(self.TOOL, 0)
            sys.monitoring.free_tool_id(self.TOOL)

    def _look(self, code: CodeType, _: int, *__: int) -> None:
        if time.monotonic() < self._deadline or code is Clock.keep.__code__:
            return
        if not self.fired:
            self.fired = True
            events = sys.monitoring.events
            sys.monitoring.set_events(self.TOOL, events.JUMP | events.PY_START | events.LINE)
        raise KeyboardInterrupt


_keeper = Clock() if sys.platform == "emscripten" else Watchdog()
