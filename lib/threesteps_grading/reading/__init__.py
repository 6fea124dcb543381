"""What reads: a folder of what students handed in, the class's roster, and the course's own notebooks, strictly."""

from threesteps_grading.reading.deadline import Deadline, latest, moment, own_dates
from threesteps_grading.reading.handed_in import OURS, empty_in, reports_in
from threesteps_grading.reading.lms import place_of
from threesteps_grading.reading.names import STEERING, some
from threesteps_grading.reading.notebook import parse, read_names
from threesteps_grading.reading.roster import NOBODY, Roster, read_roster
from threesteps_grading.reading.submission import BROKEN, OTHER, Submission, submissions

__all__ = [
    "BROKEN",
    "NOBODY",
    "OTHER",
    "OURS",
    "STEERING",
    "Deadline",
    "Roster",
    "Submission",
    "empty_in",
    "latest",
    "moment",
    "own_dates",
    "parse",
    "place_of",
    "read_names",
    "read_roster",
    "reports_in",
    "some",
    "submissions",
]
