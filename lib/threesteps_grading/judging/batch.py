"""A whole class, judged in worker processes. An interrupted run goes on where it stopped."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from operator import attrgetter
from pathlib import Path

from threesteps.tasks import EXERCISES, GIVEN
from threesteps_grading.judging.judge import failed, judged
from threesteps_grading.judging.results import (
    FAILED,
    KEY,
    Options,
    Record,
    as_line,
    begin,
    finish,
    in_shard,
    key_of,
    record,
    refuse_another_class,
    up_to_date,
)
from threesteps_grading.judging.session import Engine
from threesteps_grading.reading import NOBODY, Deadline, Roster, Submission, submissions
from threesteps_grading.reading.limited import end_with_parent

Tell = Callable[[Collection[Record], Collection[Submission]], None]
TASKS_OF = {exercise: [task.name for task in tasks] for exercise, tasks in EXERCISES.items()}
GIVEN_IN = {exercise: names.split() for exercise, names in GIVEN.items()}
_key = attrgetter(*KEY)


def grade(
    source: Path,
    out: Path,
    options: Options,
    workers: int,
    tell: Tell = lambda done, left: None,
    roster: Roster = NOBODY,
    deadline: Deadline | None = None,
    times: bool = False,
    clear: Callable[[], None] | None = None,
) -> list[dict]:
    """Judge everything in `source`, keeping the results in `out`. `tell(done, left)` is called at the beginning and
    after each file: with the records that there are, and the submissions that are still to be judged. times: whether
    the records hold when a file was handed in, and whether that was late. clear: what empties `out`, to begin anew;
    it is called when all has been read.

    Result: one record for each file, as results.jsonl holds them, sorted by student and path. Files that `out` has
    results for are not run again, but for those that the judge failed on. Raises WrongUse where `out` has results for
    other notebooks alone, or of a student who isn't there any more.
    """
    ours = [out, *filter(None, [roster.path])]
    read = submissions(source, TASKS_OF, roster, deadline, workers, ours, GIVEN_IN)
    if clear:
        clear()
    else:
        refuse_another_class(out, ((one.path, one.student, one.exercise) for one in read), source)
    handed_in = [submission for submission in read if in_shard(submission.student, options.shard)]
    left = {_key(submission): submission for submission in handed_in}
    judged_before = [one for one in begin(out, options) if one["outcome"] == "graded" and FAILED not in one]
    done = {key_of(record): record for record in judged_before if left.pop(key_of(record), None)}
    tell(done.values(), left.values())
    with open(out / "results.jsonl", "a", encoding="utf-8", newline="\n") as results:
        for new in _judged([*left.values()], options, workers):
            results.write(as_line(new))
            results.flush()
            done[key_of(new)] = new
            del left[key_of(new)]
            tell(done.values(), left.values())
    records = [up_to_date(done[_key(submission)], submission, times) for submission in handed_in]
    finish(out, records, options, read, roster)
    return records


def _judged(todo: list[Submission], options: Options, workers: int) -> Iterator[dict]:
    """The record of each submission, in the order in which they are finished."""
    run = [submission for submission in todo if submission.outcome == "graded"]
    yield from (record(submission, []) for submission in todo if submission.outcome != "graded")
    left = dict(enumerate(run))
    while left:
        yield from _together(left, options, workers)
        begun = [*left][: 2 * workers + 1]  # at most so many: one for each worker, and one more each on the way to it
        for submission in map(left.pop, begun):  # one of these ended a judge's process: each gets a process of its own
            with _pool(options, 1) as pool:
                try:
                    yield pool.submit(_judge_one, submission).result()
                except BrokenProcessPool:
                    yield failed(submission, "BrokenProcessPool: the judge's process ended")


def _together(left: dict[int, Submission], options: Options, workers: int) -> Iterator[dict]:
    """The record of each submission, which is taken out of `left`; of all, unless a judge's process ends."""
    futures: dict[Future, int] = {}
    with _pool(options, min(workers, len(left))) as pool:
        try:
            for i, submission in left.items():
                futures[pool.submit(_judge_one, submission)] = i
            for future in as_completed(futures):
                yield future.result()
                del left[futures[future]]
        except BrokenProcessPool:
            pass
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    for future, i in futures.items():
        if i in left and future.exception() is None:
            yield future.result()
            del left[i]


def _pool(options: Options, workers: int) -> ProcessPoolExecutor:
    method = "fork" if hasattr(os, "fork") else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(options,))


_worker: tuple[Engine, Options]


def _start(options: Options) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends it without a word: the grader says what there is to say
    end_with_parent(signal.SIGTERM)  # its server ends with it, and removes what submissions have left
    _worker = (engine_for(options), options)


def engine_for(options: Options) -> Engine:
    """An engine with the limits of a run."""
    return Engine(options.timeout, options.memory, options.unprotected)


def _judge_one(submission: Submission) -> dict:
    engine, options = _worker
    return judged(engine, submission, options)
