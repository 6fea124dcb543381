"""The class's roster: who is meant by what an LMS calls a student in its export, and who handed in nothing.

A roster is a CSV file with a header, as Moodle, Canvas and Blackboard export their gradebooks and
lists of participants, or one of your own with columns such as `name`, `login`, `id`, `email`.
"""

from __future__ import annotations

import contextlib
import csv
import hashlib
import io
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from threesteps_grading import WrongUse
from threesteps_grading.reading.lms import Place, place_of, readings
from threesteps_grading.reading.names import STEERING, one_line, some, student_name

# Columns by their headings: after the English ones those of Moodle in German, French and Spanish.
WHOLE = ("name", "student", "full name", "student name", "fullname")
WHOLE += ("vollständiger name", "nom complet", "nombre completo")
FIRST = ("first name", "firstname", "given name", "vorname", "prénom", "nombre", "nombre(s)")
LAST = ("last name", "lastname", "surname", "family name", "nachname", "nom", "nom de famille", "apellido(s)")
LAST += ("apellidos", "apellido")
LOGIN = ("login", "username", "user name", "login id", "sis login id", "user", "github_username")
LOGIN += ("anmeldename", "nom d'utilisateur", "nombre de usuario")
NUMBER = ("id", "id number", "idnumber", "sis user id", "student id", "student number")
NUMBER += ("id-nummer", "matrikelnummer", "numéro d'identification", "número de id")
EMAIL = ("email", "e-mail", "email address", "e-mail address", "mail")
EMAIL += ("e-mail-adresse", "adresse de courriel", "dirección de correo")
IDENTIFIER = ("identifier", "identifiant", "identificador")  # of a worksheet of Moodle's (in German: id), of GitHub's
PARTICIPANT = re.compile(r"(?:participante?|teilnehmer\S*?)\s*(\d+)", re.IGNORECASE)  # what stands there in Moodle
KEPT = (*WHOLE, *FIRST, *LAST, *LOGIN, *NUMBER, *EMAIL, *IDENTIFIER, "section")
EXTENSION = re.compile(r"((own|new|extended) )?(due|deadline|extension)s?( date)?( in days| \(days\))?|extended to")
# Of Moodle's grading worksheet, and what stands there: in English, or in German with these months.
HANDED_IN = ("last modified (submission)", "zuletzt geändert (abgabe)")
MONTHS = ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november")
MONTHS += ("dezember",)
GERMAN = re.compile(r"\w+, (\d+)\. (\w+) (\d{4}), (\d+):(\d+)")
# Columns that only one of them exports.
OF = {"sis user id": "canvas", "sis login id": "canvas", "last access": "blackboard", "availability": "blackboard"}
OF |= {"github_username": "github"}
MOODLE_TIMES = ("%A, %d %B %Y, %I:%M %p", "%A, %d %B %Y, %H:%M", "%A, %B %d, %Y, %I:%M %p", "%A, %B %d, %Y, %H:%M")
SPREADSHEET = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # begin .xlsx and .ods, and .xls
APOSTROPHE = re.compile("['’`´]")
COPY = re.compile(r"\s*\(\d{1,2}\)\s*$")  # of a file that a browser has saved twice
BETWEEN_LETTERS = re.compile(r"(?<!\d) (?!\d)")
WORDS = re.compile(r"[\s,]+")  # between the words of a name
LONGEST = 1000  # characters of a name that are looked at
PARTS = 10  # between underscores or hyphens, of a login or a name

# For each place where a student may begin in a text: what stands before it, and who is meant by the rest.
Ends = Sequence[tuple[str, set[str]]]


def _exact(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _plain(text: str) -> str:
    """Letters and digits alone, in words, without case and accents' spelling, nor the number of a browser's copy.

    >>> _plain("D'Or-Bo,  Ána (1)")
    'dor bo ána'
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    if "@" in text:
        return text.strip()
    text = APOSTROPHE.sub("", COPY.sub("", text))
    return " ".join("".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).split())


def _run_together(text: str) -> str:
    """The same without what stands between words, as an export leaves it out; but what is beside a digit tells two
    numbers apart.

    >>> _run_together("D'Or-Bo, Ána"), _run_together("mueller-1")
    ('dorboána', 'mueller 1')
    """
    return BETWEEN_LETTERS.sub("", _plain(text))


@dataclass(frozen=True)
class Calls:
    """What students may be called. A text means those whom the roster calls so, if its `form` is one of the forms in
    which the roster's are `written`. known: kind of column -> form of a text -> the names of those it may mean."""

    form: Callable[[str], str]
    written: tuple[Callable[[str], str], ...]
    known: dict[str, dict[str, set[str]]] = field(default_factory=dict)

    def add(self, kind: str, texts: Iterable[str], name: str) -> None:
        for form in {form(text) for text in texts for form in self.written} - {""}:
            self.known.setdefault(kind, {}).setdefault(form, set()).add(name)

    def called(self, text: str, *kinds: str) -> set[str]:
        """Those that a text may mean: in these kinds of columns, or in all."""
        form = self.form(text)
        return set().union(*(self.known.get(kind, {}).get(form, ()) for kind in kinds or self.known))


@dataclass(frozen=True)
class Roster:
    """Who is in the class; an empty one knows nobody.

    header and rows: the columns that say who somebody is, as they stand in the file; names: one for each row, as a
    report tells them, all different; points_row: the row of Canvas that holds the most points of each column; exact and
    plain: what they may be called, as it stands in the roster and what is like it; extensions: name -> what the column
    `due` or `extension` holds, None where there is none; handed_in: name -> when, in Moodle's grading worksheet;
    unread: how many of its times can't be read; lms: whose export it is, "" where its columns don't tell; path: the
    file that it was read from.
    """

    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    names: tuple[str, ...] = ()
    points_row: tuple[str, ...] = ()
    exact: Calls = field(default_factory=lambda: Calls(_exact, (_exact,)), repr=False)
    plain: Calls = field(default_factory=lambda: Calls(_plain, (_plain, _run_together)), repr=False)
    extensions: Mapping[str, str] | None = field(default=None, repr=False)
    handed_in: Mapping[str, datetime] = field(default_factory=dict, repr=False)
    unread: int = 0
    lms: str = ""
    path: Path | None = None

    @property
    def sha256(self) -> str:
        """Of what says who is who."""
        return hashlib.sha256(json.dumps([self.header, self.rows, self.names]).encode()).hexdigest()

    def name_of(self, student: str) -> str:
        """What `names_of` says of one that was handed in alone."""
        return self.names_of([student])[student]

    def names_of(self, students: Iterable[str], from_canvas: bool = True) -> dict[str, str]:
        """The roster's name for what a file's or a folder's name calls a student, for all that were handed in together;
        the same itself where that isn't just one of the roster (and `NAME (unclear)` where it is the name of one).

        What counts is the place where an LMS writes the student (`lms.place_of`), or else the whole: a name, a login, a
        number or an e-mail address of the roster, as it stands there before what is only like it. A name in the wrong
        code page is read in others, too. Where something may stand before the student, an assignment or a group, the
        class tells what: that which most students share. from_canvas: as for `place_of`.
        """
        texts = {student: readings(student[:LONGEST]) for student in students}
        meant: dict[str, set[str]] = {}
        ends: dict[str, list[Ends]] = {}
        shared: dict[str, set[str]] = defaultdict(set)  # what may stand before students -> those students
        for student, several in texts.items():
            found = (self._meant_by(text, calls) for calls in (self.exact, self.plain) for text in several)
            people = next((people for people in found if people is not None), None)
            meant[student] = people or set()
            ends[student] = [self._ends(text, from_canvas) for text in several] if people is None else []
            for before, people in [("", meant[student]), *(end for each in ends[student] for end in each)]:
                if len(people) == 1:
                    shared[before] |= people
        for student, several in ends.items():
            for each in several:
                meant[student] = meant[student] or _after_the_shared(each, shared)
        numbers = {student: self._number_in_moodle(student) for student in texts}
        known = {number for number in numbers.values() if self.exact.called(number, "participant")}
        if known:  # it is this assignment's worksheet: whose number isn't in it is somebody else
            meant |= {student: set() for student, number in numbers.items() if number and number not in known}
        undecided = {
            student: f"{student} (unclear)" if student_name(student) in self.names else student for student in meant
        }
        return {student: min(people) if len(people) == 1 else undecided[student] for student, people in meant.items()}

    def place_of(self, student: str, from_canvas: bool = True) -> Place | None:
        """What an LMS's part of this name says; from_canvas: whether it may be Canvas', where the roster isn't."""
        return place_of(student[:LONGEST], self.lms, from_canvas or self.lms == "canvas")

    def _number_in_moodle(self, student: str) -> str:
        place = self.place_of(student)
        return place.number if place and place.lms == "moodle" else ""

    def has_number(self, name: str, number: str) -> bool:
        """Whether it is in the roster that this student has this number."""
        return name in self.exact.called(number, "participant", "id", "number")

    def _meant_by(self, text: str, calls: Calls) -> set[str] | None:
        """Who is meant, where nothing stands before the student: nobody where two things contradict each other, None
        where the text says nothing."""
        if whole := calls.called(text):
            return whole
        place = self.place_of(text)
        if place is None or place.lms == "blackboard":
            return None
        named = calls.called(place.student, "name")
        if place.lms == self.lms == "canvas":
            return named & self.exact.called(place.number, "id") if named else None
        numbered = self.exact.called(place.number, "participant") if place.lms == "moodle" else set()
        if numbered and (named or calls is self.plain):
            named = named or set().union(*(calls.called(end, "name") for _, end in _splits(place.student, "-")))
            return named & numbered if named else numbered
        return named & self.plain.called(place.number, "number") or named or None  # of namesakes, who has this number

    def _ends(self, text: str, from_canvas: bool) -> Ends:
        place = self.place_of(text, from_canvas)
        if place is None:  # a clone's folder: ASSIGNMENT-LOGIN
            splits = _splits(text, "-") if self.lms == "github" else []
            return [(before, self.exact.called(end, "login")) for before, end in splits]
        if place.lms == "blackboard":  # ASSIGNMENT_LOGIN
            splits = _splits(place.student, "_")
            return [(before, self.exact.called(end, "login", "number")) for before, end in splits[1:] or splits]
        if place.lms == "canvas" or self.exact.known.get("participant"):  # its number says who it is
            return []
        splits = _splits(place.student, "-")  # GROUP-NAME
        return [(before, self.exact.called(end, "name") or self.plain.called(end, "name")) for before, end in splits]


def _splits(text: str, at: str) -> list[tuple[str, str]]:
    """Nothing and the whole, then the text in two at each of the last PARTS places where `at` stands."""
    parts = text.rsplit(at, PARTS)
    return [(at.join(parts[:i]), at.join(parts[i:])) for i in range(len(parts))]


def _after_the_shared(ends: Ends, shared: Mapping[str, set[str]]) -> set[str]:
    """Who is meant after what most students share; nobody where no two do, unless there is but one place to begin."""
    most = max((len(shared.get(before, ())) for before, _ in ends), default=0)
    meant = [people for before, people in ends if len(shared.get(before, ())) == most]
    return set().union(*meant) if (most > 1 or len(ends) == 1) and all(meant) else set()


NOBODY = Roster()


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file. Raises WrongUse where it has no column that says who somebody is."""
    lines = _lines(path)
    header = [column.strip() for column in lines[0]] if lines else []
    columns = [_clean(column).casefold().replace("’", "'") for column in header]
    kept = [i for i, column in enumerate(columns) if column in KEPT]
    people = [i for i in kept if columns[i] != "section"]
    dated = list(filter(EXTENSION.fullmatch, columns))
    if not people:
        found = one_line(", ".join(header), LONGEST) or "there are none"
        raise WrongUse(
            f"{path}: none of its columns ({found}) says who somebody is; "
            "the first line has to name columns such as name, login, id, email"
        )
    lms = next((OF[column] for column in columns if column in OF), "")
    rows, whole_rows, points_row = [], [], ()
    seen: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    if len(set(dated)) < len(dated):
        raise WrongUse(f"{path}: two of its columns are called {' or '.join(dated)}: give them names of their own")
    for line in lines[1:]:
        line = [cell.strip() for cell in line] + [""] * (len(header) - len(line))
        if any(line[len(header) :]):
            row = one_line(", ".join(filter(None, line)), LONGEST)
            more = f"a row has more cells than the heading has columns: {row}"
            raise WrongUse(f"{path}: {more} (a name with a comma in it has to stand in quotes)")
        cells = tuple(line[i] for i in kept)
        person: dict[str, str] = {}
        for column, cell in zip(columns, line):
            person[column] = person.get(column) or _clean(cell)
        if any(cell.casefold() == "points possible" for cell in cells):
            points_row = cells
        elif lms == "canvas" and _name(person).casefold() == "student, test" and not person.get("sis user id"):
            continue  # Canvas' own, for teachers to try things
        elif any(person[columns[i]] for i in people):
            alike = seen[_name(person).casefold(), _key(person).casefold()] if _key(person) else []
            if again := next((one for one in alike if _is_one(one, person)), None):  # in another section
                for column in dated:
                    if person[column] and again[column] not in ("", person[column]):
                        said = f"stands there twice, with {column} {again[column]} and {person[column]}"
                        raise WrongUse(f"{path}: {_name(person)} {said}: give one of them")
                again.update({column: text for column, text in person.items() if not again[column]})
                continue
            rows.append(cells)
            whole_rows.append(person)
            alike.append(person)
    names = _different([_name(person) for person in whole_rows], [_key(person) for person in whole_rows])
    names = [student_name(name) for name in names]
    times = {name: _first(person, HANDED_IN).strip("-–") for name, person in zip(names, whole_rows)}
    handed_in = {name: _moodle_time(text) for name, text in times.items() if text}
    return Roster(
        tuple(header[i] for i in kept),
        tuple(rows),
        tuple(names),
        points_row,
        *_calls(zip(names, whole_rows)),
        _extensions(dict(zip(names, whole_rows)), dated, path),
        {name: time for name, time in handed_in.items() if time},
        [*handed_in.values()].count(None),
        lms,
        path,
    )


def _extensions(people: Mapping[str, Mapping[str, str]], columns: Sequence[str], path: Path) -> dict[str, str] | None:
    """What these columns hold for each who has something there. Raises WrongUse for one who has several."""
    found = {name: [person[column] for column in columns if person[column]] for name, person in people.items()}
    if several := [name for name, texts in found.items() if len(texts) > 1]:
        raise WrongUse(f"{path}: only one of the columns {', '.join(columns)} may be filled for {some(several)}")
    return {name: texts[0] for name, texts in found.items() if texts} if columns else None


def _lines(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    if data.startswith(SPREADSHEET):
        raise WrongUse(f"{path} is an Excel file, or another spreadsheet's own: save it as CSV, and give that")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    first, _, rest = text.partition("\n")
    if re.fullmatch(r'"?sep=[,;\t]"?', first, re.IGNORECASE):  # Excel's own, which says what stands between cells
        text, first = rest, rest.partition("\n")[0]
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
    whole, first, last = (_first(person, columns) for columns in (WHOLE, FIRST, LAST))
    part = first or last
    if (
        part
        and not (first and last)
        and whole == person.get("name")
        and not set(part.split()) < set(WORDS.split(whole))
    ):
        first, last, whole = first or whole, last or whole, ""  # Name, Vorname; Name, Surname
    return whole or " ".join(filter(None, (first, last))) or _key(person)


def _key(person: Mapping[str, str]) -> str:
    return _first(person, (*LOGIN, *EMAIL, *NUMBER, *IDENTIFIER))


def _is_one(person: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether no login or number tells two of the same name apart."""
    both = [(person[column].casefold(), other[column].casefold()) for column in (*LOGIN, *NUMBER) if column in person]
    return all(one == two for one, two in both if one and two)


def _moodle_time(text: str) -> datetime | None:
    """`Tuesday, 1 December 2026, 11:59 PM` and its like in English, `Dienstag, 1. Dezember 2026, 23:59` in German; None
    for other languages."""
    german = GERMAN.fullmatch(text)
    if german and german[2].casefold() in MONTHS:
        day, month, *rest = german.groups()
        with contextlib.suppress(ValueError):
            return datetime(int(rest[0]), MONTHS.index(month.casefold()) + 1, int(day), *map(int, rest[1:]))
    for form in MOODLE_TIMES:
        with contextlib.suppress(ValueError):
            return datetime.strptime(text.replace("\u202f", " "), form)
    return None


def _different(names: Sequence[str], keys: Sequence[str]) -> list[str]:
    """Namesakes get their login, or else a number, behind their name: none is called by the name alone, as a file may
    be that could be any of theirs. What is only spelt another way is the same name."""
    count = Counter(map(_plain, names))
    told = [
        name if count[_plain(name)] == 1 else f"{name} ({key})" if key else f"{name} ~{i}"
        for i, (name, key) in enumerate(zip(names, keys), start=1)
    ]
    return [name if told.index(name) == i else f"{name} ~{i + 1}" for i, name in enumerate(told)]


def _calls(people: Iterable[tuple[str, Mapping[str, str]]]) -> tuple[Calls, Calls]:
    """What each may be called as it stands in the roster, and what is like it."""
    exact, plain = Calls(_exact, (_exact,)), Calls(_plain, (_plain, _run_together))
    for name, person in people:
        words = WORDS.split(_name(person))
        others = [person[column] for column in IDENTIFIER if person.get(column)]
        participant = PARTICIPANT.fullmatch(_first(person, (*IDENTIFIER, "id")))
        emails = [person[column] for column in EMAIL if person.get(column)] + [text for text in others if "@" in text]
        keys = {
            "name": [_name(person)],  # not as it is told: a browser calls a copy `NAME (1)`, too
            "login": [person[column] for column in LOGIN if person.get(column)],
            "number": others + [person[column] for column in NUMBER if person.get(column)],
            "id": [person.get("id", "")],
            "email": emails,
            "participant": [participant[1]] if participant else [],
        }
        for kind, texts in keys.items():
            exact.add(kind, texts, name)
            plain.add(kind, texts, name)
        plain.add("name", (" ".join(words[i:] + words[:i]) for i in range(len(words))), name)  # also family name first
        plain.add("email", (email.partition("@")[0] for email in emails), name)
    return exact, plain
