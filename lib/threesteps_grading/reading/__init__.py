"""What reads: a folder of what students handed in, the class's roster, and the course's own notebooks, strictly."""

from threesteps_grading.reading.roster import Roster, read_roster
from threesteps_grading.reading.submission import Submission, submissions

__all__ = ["Roster", "Submission", "read_roster", "submissions"]
