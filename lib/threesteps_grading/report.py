"""The report: tables for the teacher, a page for each student. Holds no times and no paths of the machine."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from threesteps.check import card, number
from threesteps.task import GroupResult, Task, Verdict

TABLES = ("scores.csv", "gradebook.csv", "files.csv")
# A spreadsheet would run a cell that begins like this.
FORMULA = re.compile(r"^[=+\-@\t\r]")
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)

Records = Sequence[Mapping[str, Any]]


def write(path: Path, text: str) -> None:
    """Put text into a file, UTF-8 with LF, at once or not at all."""
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_bytes(text.encode("utf-8", errors="replace"))
    os.replace(temporary, path)


def verdict_of(stored: Mapping[str, Any]) -> Verdict:
    """A verdict as it was before it became JSON."""
    return Verdict(**{**stored, "groups": tuple(GroupResult(**group) for group in stored["groups"])})


def write_tables(out: Path, records: Records, exercises: Mapping[str, Sequence[Task]]) -> None:
    """scores.csv, gradebook.csv and files.csv; see the README for their columns."""
    order = {task.name: i for i, task in enumerate(task for tasks in exercises.values() for task in tasks)}
    scores = sorted((row for record in records for row in _scores(record)), key=lambda row: _place(row, order))
    header = ["student", "notebook", "task", "points", "max_points", "status", "message"]
    write(out / "scores.csv", table(header, scores))
    write(out / "gradebook.csv", _gradebook(records, exercises))
    files = [
        [record["path"], record["sha256"], record["student"], record["exercise"], record["outcome"], _notes(record)]
        for record in records
    ]
    write(out / "files.csv", table(["path", "sha256", "student", "notebook", "outcome", "notes"], files))


def table(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A CSV table; texts that a spreadsheet would take for a formula get an apostrophe in front."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, (int, float)):
        return number(value)
    text = " ".join(str(value).replace("\0", "").split()) if value else ""
    return f"'{text}" if FORMULA.match(text) else text


def _scores(record: Mapping[str, Any]) -> list[list[Any]]:
    if record["outcome"] == "unreadable":
        return [[record["student"], "", "", 0, "", "unreadable", f"{record['path']}: {record['problem']}"]]
    return [
        [record["student"], record["exercise"], v["task"], v["points"], v["max_points"], v["status"], v["message"]]
        for v in record["verdicts"]
    ]


def _place(row: Sequence[Any], order: Mapping[str, int]) -> tuple:
    return row[0], order.get(row[2], len(order)), row[6]


def _notes(record: Mapping[str, Any]) -> str:
    return "; ".join(filter(None, [record["problem"], *record["notes"]]))


def _gradebook(records: Records, exercises: Mapping[str, Sequence[Task]]) -> str:
    """A row for each student, a column for each exercise; max counts the exercises that anybody handed in."""
    points: dict[str, dict[str, float]] = {r["student"]: {} for r in records if r["outcome"] != "ignored"}
    for record in records:
        if record["outcome"] == "graded":
            earned = round(sum(verdict["points"] for verdict in record["verdicts"]), 2)
            points[record["student"]][record["exercise"]] = earned
    handed_in = {exercise for row in points.values() for exercise in row}
    most = sum(task.points for exercise in handed_in for task in exercises[exercise])
    rows = [
        [student, *(row.get(exercise, "") for exercise in exercises), round(sum(row.values()), 2), most]
        for student, row in sorted(points.items())
    ]
    return table(["student", *exercises, "total", "max"], rows)


# Feedback


def write_feedback(out: Path, records: Records) -> None:
    """feedback/STUDENT/NOTEBOOK.html for each file that counts: one page that stands alone."""
    names: dict[str, str] = {}
    for record in records:
        if record["outcome"] not in ("graded", "unreadable"):
            continue
        student = record["student"]
        if student not in names:
            names[student] = file_name(student, taken=names.values())
        folder = out / "feedback" / names[student]
        folder.mkdir(parents=True, exist_ok=True)
        stem = record["exercise"] or file_name(Path(record["path"]).stem, taken=())
        write(folder / f"{stem}.html", feedback_page(record))


def file_name(name: str, taken: Iterable[str]) -> str:
    """A name as a folder or file may have it on every system, and none of those taken (letter case aside)."""
    clean = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "_", name).strip(" .")[:100] or "_"
    clean = f"_{clean}" if RESERVED.match(clean) else clean
    lower = {other.lower() for other in taken}
    candidates = (clean if i == 1 else f"{clean}~{i}" for i in range(1, len(lower) + 2))
    return next(candidate for candidate in candidates if candidate.lower() not in lower)


def feedback_page(record: Mapping[str, Any]) -> str:
    """The page for one submission, as HTML."""
    verdicts = [verdict_of(stored) for stored in record["verdicts"]]
    parts = [
        {"card": Markup(card(verdict, with_examples=False)), "code": record["code"].get(verdict.task, "")}
        for verdict in verdicts
    ]
    points, most = (round(sum(getattr(v, which) for v in verdicts), 2) for which in ("points", "max_points"))
    return PAGE.render(
        record=record, parts=parts, points=number(points), most=number(most), share=100 * points / most if most else 0
    )


PAGE = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ record.exercise or record.path }}: feedback for {{ record.student }}</title>
<style>
body {
  font: 16px/1.5 system-ui, sans-serif; color: #222; background: #fff; max-width: 50em;
  margin: 2em auto; padding: 0 1em;
}
h1 { font-size: 1.5em; margin: 0; }
header { border-bottom: 1px solid #ccc; margin-bottom: 1.5em; padding-bottom: 1em; }
.sum { font-size: 1.2em; }
.bar { background: #ddd; height: 10px; border-radius: 5px; overflow: hidden; max-width: 20em; margin: .5em 0; }
.bar div { background: #0072b2; height: 100%; }
section { margin: 1.5em 0; break-inside: avoid; }
pre {
  background: #f5f5f5; padding: .8em 1em; font: 13px/1.45 ui-monospace, monospace;
  white-space: pre-wrap; overflow-wrap: anywhere;
}
details { margin: .5em 0 0 .3em; } summary { cursor: pointer; color: #444; }
@media print { body { margin: 0; max-width: none; } pre { border: 1px solid #ccc; } * { print-color-adjust: exact; } }
</style>
</head>
<body>
<header>
<h1>{{ record.exercise or "A file that could not be read" }}</h1>
<div>{{ record.student }} · {{ record.path }}</div>
{% if parts %}
<div class="sum"><strong>{{ points }} of {{ most }} points</strong></div>
<div class="bar" role="img" aria-label="{{ points }} of {{ most }} points">
<div style="width: {{ '%.1f' % share }}%"></div>
</div>
{% else %}
<p>{{ record.problem }}</p>
<p>Open the file in Jupyter, save it, and hand it in again.</p>
{% endif %}
</header>
<main>
{% for part in parts %}
<section>
{{ part.card }}
{% if part.code %}
<details open><summary>Your code</summary>
<pre><code>{{ part.code }}</code></pre>
</details>
{% endif %}
</section>
{% endfor %}
{% if record.notes %}
<section>
<h2>Notes</h2>
<ul>
{% for note in record.notes %}
<li>{{ note }}</li>
{% endfor %}
</ul>
</section>
{% endif %}
</main>
</body>
</html>
""")
