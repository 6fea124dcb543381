"""The deadline: which files were in time, as far as the times of files tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo

from threesteps_grading import WrongUse

MINUTES = re.compile(r"\d[^\d:.+-]\d\d:?\d\d(Z|[+-][\d:]+)?$")  # the end of a time without seconds


@dataclass(frozen=True)
class Deadline:
    """due: with a zone, or by the clock of this machine; grace: how much later a file may be and still be in time; own:
    student -> their own `due`; accept_late: whether a late file counts like any other."""

    due: datetime
    grace: timedelta = timedelta(0)
    own: Mapping[str, datetime] = field(default_factory=dict)
    accept_late: bool = False

    @property
    def zone(self) -> tzinfo | None:
        """Of the clock that the run goes by, None for that of this machine."""
        return self.due.tzinfo

    def passed(self, student: str, handed_in: datetime | None, marked: bool = False) -> bool:
        """Whether this is too late. What has no time is not, unless it is marked as late by the LMS, whose mark tells
        of its own deadline, and so counts for nobody whose own `due` is later than the class's."""
        own, due = (latest(time, self.zone) for time in (self.own.get(student, self.due), self.due))
        late = handed_in is not None and by_clock(handed_in, self.zone) - own > self.grace
        return (marked and own <= due) or late


def by_clock(when: datetime, zone: tzinfo | None) -> datetime:
    """A time as the clock of a zone shows it, or that of this machine (None), and with the zone; one without is what
    that clock showed."""
    try:
        return when.replace(tzinfo=zone) if zone and not when.tzinfo else when.astimezone(zone)
    except (OSError, OverflowError, ValueError):  # at the beginning or the end of all days
        return when.replace(tzinfo=UTC)


def latest(when: datetime, zone: tzinfo | None) -> datetime:
    """`by_clock`; of a time that the clock shows twice or never, in a night in which it is changed, the later one."""
    return max(by_clock(when.replace(fold=fold), zone) for fold in (0, 1))


def moment(text: str) -> datetime:
    """`2026-12-01T23:59` without a zone, `2026-12-01T23:59+01:00` with one, or `2026-12-01` for the end of that day. A
    time without seconds is the end of its minute.

    Raises ValueError, and OverflowError at the end of all days.

    >>> moment("2026-12-01 23:59")
    datetime.datetime(2026, 12, 1, 23, 59, 59, 999999)
    >>> moment("2026-12-01T23:59:00")
    datetime.datetime(2026, 12, 1, 23, 59)
    >>> moment("2026-12-01") > moment("2026-12-01T23:59:59")
    True
    """
    found = datetime.fromisoformat(text.strip())
    found.astimezone()  # raises where a clock can't show it
    if re.fullmatch(r"[\d-]+", text.strip()):
        return datetime.combine(found, time.max)
    if MINUTES.search(text.strip()):
        found = found.replace(second=59, microsecond=999_999)
    return found


def own_dates(extensions: Mapping[str, str], due: datetime) -> dict[str, datetime]:
    """Student -> their own date, of what a roster's column holds: a date, or a number of whole or half days more.

    Raises WrongUse for anything else: `3.12` may be meant as the third of December.
    """
    own = {}
    for student, text in extensions.items():
        try:
            days = float(text.replace(",", ".")) if re.fullmatch(r"\d{1,3}([.,][05]0*)?", text) else None
            own[student] = moment(text) if days is None else due + timedelta(days=days)
        except (ValueError, OverflowError):
            raise WrongUse(
                f"the extension of {student} is {text!r}: "
                "give a date such as 2026-12-03T23:59, or a number of days such as 2 or 1.5"
            ) from None
    return own
