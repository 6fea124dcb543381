"""The limit of time, kept by a thread and, where none can be started, by looking at the clock."""

import contextlib
import itertools
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from threesteps import limit
from threesteps.call import call
from threesteps.draw.picture import attempt
from threesteps.limit import Clock, TookTooLong, Watchdog, within

# What can keep a limit here: a browser has no threads, and Python 3.11 nothing that looks at each turn of a loop.
KEEPERS = [Watchdog] if sys.platform != "emscripten" else []
KEEPERS += [Clock] if sys.version_info >= (3, 12) else []


@pytest.fixture(params=KEEPERS)
def keeper(request, monkeypatch):
    monkeypatch.setattr(limit, "_keeper", request.param())
    return request.param


def loop():
    while True:
        pass


def calls():
    while True:
        abs(-1)


def counts():
    for _ in itertools.count():
        pass


def comprehends():
    return [None for _ in itertools.count()]


def yields():
    return sum(0 for _ in itertools.count())


def catches_exceptions():
    while True:
        try:
            while True:
                pass
        except Exception:
            pass


@pytest.mark.parametrize("function", [loop, calls, counts, comprehends, yields, catches_exceptions])
def test_a_loop_without_end_is_ended(keeper, function):
    start = time.monotonic()
    outcome = call(function, (), timeout=0.2)
    assert (outcome.kind, outcome.text) == ("timeout", "no result after 0.2 seconds")
    assert time.monotonic() - start < 60
    assert call(lambda: 3, (), timeout=30).value == 3


def catches_all():
    while True:
        try:
            pass
        except BaseException:
            pass


def catches_all_around_a_loop():
    while True:
        try:
            while True:
                pass
        except:
            continue


def catches_all_thrice():
    while True:
        try:
            try:
                try:
                    loop()
                except BaseException:
                    loop()
            except BaseException:
                loop()
        except BaseException:
            pass


def catches_in_a_function():
    def inner():
        with contextlib.suppress(BaseException):
            loop()

    while True:
        inner()


def catches_in_a_generator():
    def numbers():
        while True:
            try:
                yield 1
            except BaseException:
                yield 2

    for number in numbers():
        try:
            number += 1
        except BaseException:
            pass


def raises_another():
    while True:
        try:
            loop()
        except BaseException as error:
            raise ValueError from error


STUBBORN = [
    catches_all,
    catches_all_around_a_loop,
    catches_all_thrice,
    catches_in_a_function,
    catches_in_a_generator,
    raises_another,
]


if Clock in KEEPERS:  # a thread interrupts but once

    @pytest.mark.parametrize("keeper", [Clock], indirect=True)
    @pytest.mark.parametrize("function", STUBBORN)
    def test_nothing_that_is_caught_keeps_a_function_going_against_the_clock(keeper, function):
        assert call(function, (), timeout=0.2).kind == "timeout"
        assert call(lambda: 3, (), timeout=30).value == 3


def test_an_interrupt_that_is_not_ours_goes_through(keeper):
    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        within(5, interrupted)


def test_what_takes_its_time_but_not_too_long_comes_back(keeper):
    assert within(30, lambda: sum(i for i in range(10**5))) == 4999950000
    assert within(None, lambda: 7) == 7


def test_an_attempt_that_does_not_end_becomes_a_note(keeper, monkeypatch):
    monkeypatch.setattr("threesteps.draw.picture.PATIENCE", 0.2)
    assert "too slow for what is asked of it here: no result after 0.2 seconds" in repr(attempt(loop))


def test_a_limit_within_a_limit_ends(keeper):
    with pytest.raises(TookTooLong):
        within(0.2, lambda: within(0.2, loop))


if Watchdog in KEEPERS:  # a browser starts no processes

    @pytest.mark.parametrize(
        ("passed", "worked", "late"), [(9, 9, False), (11, 6, True), (11, 4, False), (29, 14, False), (31, 0, True)]
    )
    def test_what_hardly_gets_the_processor_has_three_times_as_long(monkeypatch, passed, worked, late):
        now = {"monotonic": lambda: 100 + passed, "process_time": lambda: 3 + worked}
        clocks = SimpleNamespace(sleep=time.sleep, **now)  # the watchdog of earlier tests still looks
        monkeypatch.setattr(limit, "time", clocks)
        assert Watchdog()._late(10, 100, 3) is late

    def test_a_process_in_the_background_ends_loops_too():
        """A shell without job control starts what runs in the background with interrupts ignored."""
        script = """if True:
            import signal
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            from threesteps.limit import TookTooLong, within
            def forever():
                while True:
                    pass
            try:
                within(0.2, forever)
            except TookTooLong:
                print("ended")
        """
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=1800, check=True)
        assert done.stdout == "ended\n"
