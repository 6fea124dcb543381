"""A page for each student and notebook. Holds no times and no paths of the machine."""

from __future__ import annotations

import contextlib
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from threesteps.check import STATUS, card, number
from threesteps_grading.files import write
from threesteps_grading.judging import FAILED, Record, earned, verdicts_of
from threesteps_grading.reading import BROKEN, OTHER, read_names
from threesteps_grading.reporting.pages import page, title_of

SAID = {
    "missing": "not solved yet",
    "error": "raising an error",
    "partial": "only partly right",
    "timeout": "taking too long",
    "crashed": "ending the process",
}
LONGEST = 100  # bytes of a name: systems take 255, and a few are added
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


def write_feedback(out: Path, records: Sequence[Record], lessons: str = "") -> None:
    """feedback/STUDENT/NOTEBOOK.html for each file that counts: one page that stands alone.

    lessons: where the lessons are on the web, with LESSON in the place of a lesson's name.
    """
    for record, place in places(records):
        write(out / place, feedback_page(record, lessons))


def places(records: Sequence[Record]) -> list[tuple[Record, str]]:
    """The records that have a page, and where in the report it is."""
    names: dict[str, str] = {}
    pages: dict[str, set[str]] = defaultdict(set)
    found = []
    for record in records:
        if record["outcome"] not in ("graded", "unreadable"):
            continue
        student = record["student"]
        if student not in names:
            names[student] = file_name(student, taken=names.values())
        stem = record["exercise"] or file_name(f"unreadable {Path(record['path']).stem}", taken=pages[student])
        pages[student].add(stem)
        found.append((record, f"feedback/{names[student]}/{stem}.html"))
    return found


def file_name(name: str, taken: Iterable[str]) -> str:
    """A name as a folder or file may have it on every system, and none of those taken (letter case aside)."""
    clean = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "_", name).strip(" .")
    clean = clean.encode(errors="replace")[:LONGEST].decode(errors="ignore").strip(" .") or "_"
    clean = f"_{clean}" if RESERVED.match(clean) else clean
    lower = {other.lower() for other in taken}
    candidates = (clean if i == 1 else f"{clean}~{i}" for i in range(1, len(lower) + 2))
    return next(candidate for candidate in candidates if candidate.lower() not in lower)


def feedback_page(record: Record, lessons: str = "") -> str:
    """The page for one submission, as HTML; without marks where the judge failed."""
    verdicts = verdicts_of(record) if FAILED not in record else []
    parts = [
        {
            "task": verdict.task,
            "points": f"{number(verdict.points)} of {number(verdict.max_points)}",
            "status": STATUS[verdict.status],
            "card": Markup(card(verdict, with_examples=False)),
            "follows": follows(record, verdict.task),
            "code": record["code"].get(verdict.task, ""),
        }
        for verdict in verdicts
    ]
    lesson = lessons.replace("LESSON", quote(record["exercise"])) if record["exercise"] else ""
    points, most = earned(record), round(sum(verdict.max_points for verdict in verdicts), 2)
    share = 100 * points / most if most else 0
    shown = {"points": number(points), "most": number(most), "share": share, "lesson": lesson}
    shown |= {"broken": bool(BROKEN.match(record["problem"])), "other": bool(OTHER.match(record["problem"]))}
    return page("feedback.html", record=record, title=title_of(record["exercise"]), parts=parts, **shown)


def follows(record: Record, task: str) -> str:
    """What an answer that is not right uses of others that aren't: a sentence, or ""."""
    status = {verdict["task"]: verdict["status"] for verdict in record["verdicts"]}
    if status[task] == "passed":
        return ""
    names = dict.fromkeys(names_in(record["code"].get(task, "")))
    used = [other for other in names if other != task and status.get(other, "passed") != "passed"]
    said = [f"your `{other}`, which is {SAID.get(status[other], 'not right yet')}" for other in used]
    return f"`{task}` uses {', and '.join(said)}: begin there." if said else ""


def names_in(code: str) -> list[str]:
    """The names that code reads in its notebook, in order: not those that it defines, nor those of a function's own,
    nor attributes, nor words in strings and comments."""
    names, before = [], ""
    with contextlib.suppress(tokenize.TokenError, SyntaxError):  # up to where it is broken
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type == tokenize.NAME and before not in ("def", "."):
                names.append(token.string)
            before = token.string
    with contextlib.suppress(Exception):  # whatever trips the compiler, magics too: then it is all that it names
        known = read_names(code)
        return [name for name in names if name in known]
    return names
