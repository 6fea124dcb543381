"""The class's roster: who is meant by what an LMS calls a student in its export, and who handed in nothing.

A roster is a CSV file with a header, as Moodle, Canvas and Blackboard export their gradebooks and
lists of participants, or one of your own with columns such as `name`, `login`, `id`, `email`.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from threesteps_grading import WrongUse

WHOLE = ("name", "student", "full name", "student name", "fullname")
FIRST = ("first name", "firstname", "given name")
LAST = ("last name", "lastname", "surname", "family name")
LOGIN = ("login", "username", "user name", "login id", "sis login id", "user")
NUMBER = ("id", "id number", "idnumber", "sis user id", "student id", "student number")
EMAIL = ("email", "e-mail", "email address", "e-mail address", "mail")
KEPT = (*WHOLE, *FIRST, *LAST, *LOGIN, *NUMBER, *EMAIL, "section")
SHORTEST = 4  # digits of a number that may stand for a student inside of a longer name


@dataclass(frozen=True)
class Roster:
    """header and rows: the columns that say who somebody is, as they stand in the file; names: one for each row, all
    different; points_row: the row of Canvas that holds the most points of each column; known: what somebody may be
    called (in `_plain` form) -> their name."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    points_row: tuple[str, ...] = ()
    known: Mapping[str, str] = field(default_factory=dict, repr=False)

    def name_of(self, student: str) -> str:
        """The roster's name for what an export calls a student; `student` itself where that isn't just one of them.

        Looked for are the names, logins, numbers and e-mail addresses of the roster, as the whole of
        it or as a part between underscores: `Ana Bo_1234_assignsubmission_file`, `boana_LATE_1234_99_x`,
        `Week 1_ana.bo_attempt_2024-01-31`.
        """
        whole = self.known.get(_plain(student))
        if whole:
            return whole
        parts = student.split("_")
        runs = ["_".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, len(parts) + 1)]
        found = {self.known.get(_plain(run)) for run in runs if not re.fullmatch(rf"\d{{1,{SHORTEST - 1}}}", run)}
        found.discard(None)
        return found.pop() if len(found) == 1 else student


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file. Raises WrongUse where it has no column that says who somebody is."""
    lines = _lines(path.read_bytes())
    header = [column.strip() for column in lines[0]] if lines else []
    kept = [i for i, column in enumerate(header) if column.casefold() in KEPT]
    people = {i: header[i].casefold() for i in kept if header[i].casefold() != "section"}
    if not people:
        raise WrongUse(
            f"{path}: none of its columns ({', '.join(header) or 'there are none'}) says who somebody is; "
            "the first line has to name columns such as name, login, id, email"
        )
    rows, points_row = [], ()
    for line in lines[1:]:
        cells = tuple((line[i].strip() if i < len(line) else "") for i in kept)
        if any(cell.casefold() == "points possible" for cell in cells):
            points_row = cells
        elif any(cells[kept.index(i)] for i in people):
            rows.append(cells)
    columns = [header[i].casefold() for i in kept]
    names = _different(
        [_name(dict(zip(columns, row))) for row in rows], [_key(dict(zip(columns, row))) for row in rows]
    )
    known = _known(zip(names, (dict(zip(columns, row)) for row in rows)))
    return Roster(tuple(header[i] for i in kept), tuple(rows), tuple(names), points_row, known)


def _lines(data: bytes) -> list[list[str]]:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return [line for line in csv.reader(io.StringIO(text), delimiter=delimiter) if any(cell.strip() for cell in line)]


def _name(person: Mapping[str, str]) -> str:
    whole = next((person[column] for column in WHOLE if person.get(column)), "")
    parts = [next((person[column] for column in columns if person.get(column)), "") for columns in (FIRST, LAST)]
    return whole or " ".join(filter(None, parts)) or _key(person)


def _key(person: Mapping[str, str]) -> str:
    return next((person[column] for column in (*LOGIN, *EMAIL, *NUMBER) if person.get(column)), "")


def _different(names: Sequence[str], keys: Sequence[str]) -> list[str]:
    """Namesakes get their login, or else a number, behind their name."""
    count = Counter(names)
    told = [f"{name} ({key})" if count[name] > 1 and key else name for name, key in zip(names, keys)]
    return [name if told.index(name) == i else f"{name} ~{i + 1}" for i, name in enumerate(told)]


def _known(people: Iterable[tuple[str, Mapping[str, str]]]) -> dict[str, str]:
    """What somebody may be called -> their name, as far as it means just one person."""
    called = defaultdict(set)
    for name, person in people:
        keys = [person[column] for column in (*LOGIN, *NUMBER, *EMAIL) if person.get(column)]
        keys += [person[column].partition("@")[0] for column in EMAIL if person.get(column)]
        words = re.split(r"[\s,]+", _name(person))
        keys += [" ".join(words[i:] + words[:i]) for i in range(len(words))]  # also the family name first
        for key in (name, *keys):
            called[_plain(key)].add(name)
    return {key: names.pop() for key, names in called.items() if key and len(names) == 1}


def _plain(text: str) -> str:
    """Without letter case, accents' spelling, and all that an export leaves out of a name."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s,'’._-]+", "", text) if "@" not in text else text.strip()
