"""How Moodle, Canvas and Blackboard name what they give out: which part of a name is theirs, and what it says.

What follows that part is the student's own file name, which says nothing about whose it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

MOODLE = re.compile(r"(.*?)_(\d+)_assignsubmission_[a-z]+(?:_|$)")
CANVAS = re.compile(r"(.*?)(_LATE)?_(\d+)_\d+_")
IN_CANVAS = re.compile(r"(.*?)(?:_LATE)?_(\d{3,})_\d{3,}_")  # its form as it really is, and not `_03_2026_`
BLACKBOARD = re.compile(r"(.*?)_attempt_(\d{4}(?:-\d\d){5})(?:_|$)")
# Code pages that names are read in by mistake, and those that they were written in.
MISREAD = ("cp437", "cp850", "cp1252", "latin-1")
WRITTEN = ("utf-8", "cp437", "cp850", "cp852", "cp1250", "cp1252")


@dataclass(frozen=True)
class Place:
    """What an LMS's part of a name says.

    student: their name, or for Blackboard a text that ends with their login; number: Moodle's for the participant,
    Canvas' for the user; time: when it was handed in; late: whether the LMS calls it late, None where it doesn't say.
    """

    lms: str
    student: str
    number: str = ""
    time: datetime | None = None
    late: bool | None = None

    @property
    def whose(self) -> str:
        """What is the same in all names of one student."""
        return f"{self.student}_{self.number}" if self.number else self.student


def place_of(name: str, of: str = "", from_canvas: bool = True) -> Place | None:
    """What the name of a file or a folder says, None where no LMS names files like that.

    of: the LMS, where it is known; a student could give a file a name that looks like another's. from_canvas: whether
    the name may be Canvas', whose form others have by chance (`is_from_canvas`).

    >>> place_of("Ana Bo_1234567_assignsubmission_file_").number
    '1234567'
    >>> place_of("boana_LATE_5011_81234_my_own_name").student
    'boana'
    >>> place_of("Week 1_abo_attempt_2026-12-01-23-59-30_my_own_name").time
    datetime.datetime(2026, 12, 1, 23, 59, 30)
    """
    moodle, canvas, blackboard = MOODLE.match(name), from_canvas and CANVAS.match(name), BLACKBOARD.match(name)
    # The one in front counts, for what follows is the student's; in `Week_1_2045_attempt_…` 2045 is a login.
    ends = {
        "canvas": canvas.end() if canvas else None,
        "blackboard": blackboard.end(1) if blackboard else None,
        "moodle": moodle.end(2) if moodle else None,
    }
    found = {lms: end for lms, end in ends.items() if end is not None}
    lms = of if of in found else min(found, key=found.__getitem__, default="")
    if lms == "moodle":
        return Place("moodle", moodle[1], moodle[2])
    if lms == "canvas":
        return Place("canvas", canvas[1], canvas[3], late=bool(canvas[2]))
    return Place("blackboard", blackboard[1], time=_time(blackboard[2])) if blackboard else None


def is_from_canvas(names: Collection[str]) -> bool:
    """Whether a class whose files have these names was given out by Canvas: most have its form, and not Blackboard's,
    two students at least, and no number is that of two.

    >>> is_from_canvas(["boana_5011_81234_nn", "cydi_LATE_5012_81235_nn"])
    True
    >>> is_from_canvas(["ana_2026_121_nn", "bo_2026_121_nn"]), is_from_canvas(["team_123_456_a", "team_124_456_b"])
    (False, False)
    """
    matches = (IN_CANVAS.match(name) for name in names if not BLACKBOARD.match(name))
    found = [match.groups() for match in matches if match]
    of: dict[str, set[str]] = defaultdict(set)
    for student, number in found:
        of[number].add(student)
    theirs = [(student, number) for student, number in found if len(of[number]) == 1]
    return 2 * len(theirs) > len(names) and all(len({*several}) > 1 for several in zip(*theirs))


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d-%H-%M-%S")
    except ValueError:
        return None


def readings(name: str) -> list[str]:
    """The name, and what it may have been before a program took it for another code page: nothing in which letters
    become signs, for then it was right as it is."""
    found = [name]
    for misread in MISREAD if not name.isascii() else ():
        for written in WRITTEN:
            try:
                reading = name.encode(misread).decode(written)
            except UnicodeError:
                continue
            pairs = zip(name, reading) if written != "utf-8" else ()  # elsewhere a character is a byte
            if all(new == old or new.isalpha() or new == "’" or not old.isalpha() for old, new in pairs):
                found.append(reading)
    return list(dict.fromkeys(found))
