"""What judges submissions and keeps the results: one (`judge`, with a `session` in a process apart), a whole `batch`.

`results` says what is kept: the options of a run, and a record for each file.
"""

from threesteps_grading.judging.batch import grade
from threesteps_grading.judging.results import (
    FAILED,
    Options,
    Record,
    begin,
    earned,
    finish,
    finished_results,
    joined,
    key_of,
    options_for,
    verdicts_of,
)
from threesteps_grading.judging.session import Engine

__all__ = [
    "FAILED",
    "Engine",
    "Options",
    "Record",
    "begin",
    "earned",
    "finish",
    "finished_results",
    "grade",
    "joined",
    "key_of",
    "options_for",
    "verdicts_of",
]
