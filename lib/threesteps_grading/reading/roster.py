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
from datetime import datetime
from pathlib import Path

from threesteps_grading import WrongUse
from threesteps_grading.reading.lms import Place, place_of, readings
from threesteps_grading.reading.names import STEERING, one_line, student_name

# Columns by their headings: after the English ones those of Moodle in German, French and Spanish.
WHOLE = ("name", "student", "full name", "student name", "fullname")
WHOLE += ("vollständiger name", "nom complet", "nombre completo")
FIRST = ("first name", "firstname", "given name", "vorname", "prénom", "nombre", "nombre(s)")
LAST = ("last name", "lastname", "surname", "family name", "nachname", "nom", "nom de famille", "apellido(s)")
LOGIN = ("login", "username", "user name", "login id", "sis login id", "user", "github_username")
LOGIN += ("anmeldename", "nom d'utilisateur", "nombre de usuario")
NUMBER = ("id", "id number", "idnumber", "sis user id", "student id", "student number")
NUMBER += ("id-nummer", "matrikelnummer", "numéro d'identification", "número de id")
EMAIL = ("email", "e-mail", "email address", "e-mail address", "mail")
EMAIL += ("e-mail-adresse", "adresse de courriel", "dirección de correo")
IDENTIFIER = ("identifier", "identifiant", "identificador")  # of a worksheet of Moodle's (in German: id), of GitHub's
PARTICIPANT = re.compile(r"(?:participante?|teilnehmer\S*?)\s*(\d+)", re.IGNORECASE)  # what stands there in Moodle
KEPT = (*WHOLE, *FIRST, *LAST, *LOGIN, *NUMBER, *EMAIL, *IDENTIFIER, "section")
EXTENSION = ("due", "extension")
HANDED_IN = "last modified (submission)"  # of Moodle's grading worksheet, too
# Columns that only one of them exports.
OF = {"sis user id": "canvas", "sis login id": "canvas", "last access": "blackboard", "availability": "blackboard"}
OF |= {"github_username": "github"}
LONGEST = 1000  # characters of a name that are looked at
PARTS = 10  # between underscores or hyphens, of a login or a name


@dataclass(frozen=True)
class Roster:
    """Who is in the class; an empty one knows nobody.

    header and rows: the columns that say who somebody is, as they stand in the file; names: one for each row, as a
    report tells them, all different; points_row: the row of Canvas that holds the most points of each column; known:
    kind of column -> what somebody may be called in it (in `_plain` form) -> the names of those it may mean;
    extensions: name -> what the column `due` or `extension` holds; handed_in: name -> when, in Moodle's grading
    worksheet; lms: whose export it is, "" where its columns don't tell; path: the file that it was read from.
    """

    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    names: tuple[str, ...] = ()
    points_row: tuple[str, ...] = ()
    known: Mapping[str, Mapping[str, set[str]]] = field(default_factory=dict, repr=False)
    extensions: Mapping[str, str] = field(default_factory=dict, repr=False)
    handed_in: Mapping[str, datetime] = field(default_factory=dict, repr=False)
    lms: str = ""
    path: Path | None = None

    def name_of(self, student: str) -> str:
        """The roster's name for what a file's or a folder's name calls a student; `student` itself where that isn't
        just one of them.

        That is the place where an LMS writes the student (`lms.place_of`), or else the whole: a name, a login, a
        number or an e-mail address of the roster. A name in the wrong code page is read in others, too.
        """
        for reading in readings(student[:LONGEST]):
            if len(found := self._meant_by(reading)) == 1:
                return found.pop()
        return student

    def place_of(self, student: str) -> Place | None:
        """What an LMS's part of this name says."""
        return place_of(student[:LONGEST], self.lms)

    def _meant_by(self, text: str) -> set[str]:
        whole = self._called(text, *self.known)
        if not whole and self.lms == "github":  # a clone's folder: ASSIGNMENT-LOGIN, both with hyphens
            return self._called_at_the_end(text, "login")
        place = self.place_of(text)
        if whole or place is None:
            return whole
        if place.lms == "blackboard":
            parts = place.student.split("_")[-PARTS:]
            return set().union(*(self._called("_".join(parts[i:]), "login", "number") for i in range(len(parts))))
        named = self._called(place.student, "name")
        if place.lms == "moodle" and not named:  # with groups: GROUP-NAME, both with hyphens
            named = self._called_at_the_end(place.student, "name")
        if place.lms == self.lms == "canvas":
            return named & self._called(place.number, "id")
        if place.lms == "moodle" and (numbered := self._called(place.number, "participant")):
            return named & numbered if named else numbered
        return named & self._called(place.number, "number") or named  # of namesakes, the one with this number

    def _called_at_the_end(self, text: str, kind: str) -> set[str]:
        parts = text.split("-")[-PARTS:]
        return set().union(*(self._called("-".join(parts[i:]), kind) for i in range(1, len(parts))))

    def _called(self, text: str, *kinds: str) -> set[str]:
        plain = _plain(text)
        return set().union(*(self.known.get(kind, {}).get(plain, ()) for kind in kinds))


NOBODY = Roster()


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file. Raises WrongUse where it has no column that says who somebody is."""
    lines = _lines(path)
    header = [column.strip() for column in lines[0]] if lines else []
    columns = [_clean(column).casefold().replace("’", "'") for column in header]
    kept = [i for i, column in enumerate(columns) if column in KEPT]
    people = [i for i in kept if columns[i] != "section"]
    if not people:
        found = one_line(", ".join(header), LONGEST) or "there are none"
        raise WrongUse(
            f"{path}: none of its columns ({found}) says who somebody is; "
            "the first line has to name columns such as name, login, id, email"
        )
    rows, whole_rows, points_row = [], [], ()
    seen = set()
    for line in lines[1:]:
        line = [cell.strip() for cell in line] + [""] * (len(header) - len(line))
        cells = tuple(line[i] for i in kept)
        person = dict(zip(columns, map(_clean, line)))
        same = tuple(person[columns[i]].casefold() for i in kept)
        if any(cell.casefold() == "points possible" for cell in cells):
            points_row = cells
        elif any(person[columns[i]] for i in people) and not (same in seen and _key(person)):
            rows.append(cells)
            whole_rows.append(person)
            seen.add(same)
    names = _different([_name(person) for person in whole_rows], [_key(person) for person in whole_rows])
    names = [student_name(name) for name in names]
    extensions = {name: _first(person, EXTENSION) for name, person in zip(names, whole_rows)}
    handed_in = {name: _moodle_time(person.get(HANDED_IN, "")) for name, person in zip(names, whole_rows)}
    return Roster(
        tuple(header[i] for i in kept),
        tuple(rows),
        tuple(names),
        points_row,
        _known(zip(names, whole_rows)),
        {name: text for name, text in extensions.items() if text},
        {name: time for name, time in handed_in.items() if time},
        next((OF[column] for column in columns if column in OF), ""),
        path,
    )


def _lines(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count), strict=True)
    try:
        return [line for line in reader if any(cell.strip() for cell in line)]
    except csv.Error as error:
        raise WrongUse(
            f"{path}: line {reader.line_num} is no CSV ({error}): is there a quote that is not closed?"
        ) from None


def _clean(text: str) -> str:
    """What a cell says, without marks of direction and what else could steer a terminal."""
    return " ".join(STEERING.sub("", " ".join(text.split())).split())


def _first(person: Mapping[str, str], columns: Iterable[str]) -> str:
    """What stands in the first of these columns that is there and not empty."""
    return next((person[column] for column in columns if person.get(column)), "")


def _name(person: Mapping[str, str]) -> str:
    return (
        _first(person, WHOLE) or " ".join(filter(None, (_first(person, FIRST), _first(person, LAST)))) or _key(person)
    )


def _key(person: Mapping[str, str]) -> str:
    return _first(person, (*LOGIN, *EMAIL, *NUMBER, *IDENTIFIER))


def _moodle_time(text: str) -> datetime | None:
    """`Tuesday, 1 December 2026, 11:59 PM`; None for a dash and for other languages."""
    try:
        return datetime.strptime(text.replace("\u202f", " "), "%A, %d %B %Y, %I:%M %p")
    except ValueError:
        return None


def _different(names: Sequence[str], keys: Sequence[str]) -> list[str]:
    """Namesakes get their login, or else a number, behind their name."""
    count = Counter(names)
    told = [f"{name} ({key})" if count[name] > 1 and key else name for name, key in zip(names, keys)]
    return [name if told.index(name) == i else f"{name} ~{i + 1}" for i, name in enumerate(told)]


def _known(people: Iterable[tuple[str, Mapping[str, str]]]) -> dict[str, dict[str, set[str]]]:
    """Kind of column -> what somebody may be called in it -> the names of those that it may mean."""
    known: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, person in people:
        words = re.split(r"[\s,]+", _name(person))
        others = [person[column] for column in IDENTIFIER if person.get(column)]
        participant = PARTICIPANT.fullmatch(_first(person, (*IDENTIFIER, "id")))
        emails = [person[column] for column in EMAIL if person.get(column)] + [text for text in others if "@" in text]
        keys = {
            "name": [name, *(" ".join(words[i:] + words[:i]) for i in range(len(words)))],  # also family name first
            "login": [person[column] for column in LOGIN if person.get(column)],
            "number": others + [person[column] for column in NUMBER if person.get(column)],
            "id": [person.get("id", "")],
            "email": emails + [email.partition("@")[0] for email in emails],
            "participant": [participant[1]] if participant else [],
        }
        for kind, texts in keys.items():
            for text in filter(None, map(_plain, texts)):
                known[kind][text].add(name)
    return known


def _plain(text: str) -> str:
    """Letters and digits alone, without case and accents' spelling: an export leaves out what else a name has."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return text.strip() if "@" in text else "".join(c for c in text if unicodedata.category(c)[0] in "LMN")
