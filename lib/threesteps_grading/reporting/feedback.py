"""A page for each student and notebook. Holds no times and no paths of the machine."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from markupsafe import Markup

from threesteps.check import card, number
from threesteps_grading.files import write
from threesteps_grading.judging import Record, earned, verdicts_of
from threesteps_grading.reporting.pages import page

LONGEST = 100  # bytes of a name: systems take 255, and a few are added
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


def write_feedback(out: Path, records: Sequence[Record]) -> None:
    """feedback/STUDENT/NOTEBOOK.html for each file that counts: one page that stands alone."""
    names: dict[str, str] = {}
    pages: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if record["outcome"] not in ("graded", "unreadable"):
            continue
        student = record["student"]
        if student not in names:
            names[student] = file_name(student, taken=names.values())
        stem = record["exercise"] or file_name(f"unreadable {Path(record['path']).stem}", taken=pages[student])
        pages[student].add(stem)
        write(out / "feedback" / names[student] / f"{stem}.html", feedback_page(record))


def file_name(name: str, taken: Iterable[str]) -> str:
    """A name as a folder or file may have it on every system, and none of those taken (letter case aside)."""
    clean = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "_", name).strip(" .")
    clean = clean.encode(errors="replace")[:LONGEST].decode(errors="ignore").strip(" .") or "_"
    clean = f"_{clean}" if RESERVED.match(clean) else clean
    lower = {other.lower() for other in taken}
    candidates = (clean if i == 1 else f"{clean}~{i}" for i in range(1, len(lower) + 2))
    return next(candidate for candidate in candidates if candidate.lower() not in lower)


def feedback_page(record: Record) -> str:
    """The page for one submission, as HTML."""
    verdicts = verdicts_of(record)
    parts = [
        {"card": Markup(card(verdict, with_examples=False)), "code": record["code"].get(verdict.task, "")}
        for verdict in verdicts
    ]
    points, most = earned(record), round(sum(verdict.max_points for verdict in verdicts), 2)
    share = 100 * points / most if most else 0
    return page("feedback.html", record=record, parts=parts, points=number(points), most=number(most), share=share)
