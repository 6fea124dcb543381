"""The class at a glance: one page from a report, for the teacher who plans the next lesson."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from threesteps.check import STATUS, number
from threesteps.task import Task
from threesteps_grading.report import Records, write

NEEDS_HELP = 0.5  # of the points of what a student handed in; below it, they are listed
KINDS = {"passed": "right", "partial": "partly", "missing": "unsolved"}  # all other statuses are "wrong"


def write_class_page(out: Path, records: Records, exercises: Mapping[str, Sequence[Task]]) -> Path:
    """Write class.html into the report `out`, from its records. Result: the page's path."""
    write(out / "class.html", class_page(records, exercises, handed_in_nothing(out)))
    return out / "class.html"


def handed_in_nothing(out: Path) -> list[str]:
    """The students of the roster without a file, as a report made with --roster lists them."""
    try:
        with open(out / "nothing.csv", encoding="utf-8", newline="") as file:
            return [row["student"] for row in csv.DictReader(file)]
    except FileNotFoundError:
        return []


def class_page(records: Records, exercises: Mapping[str, Sequence[Task]], nothing: Sequence[str] = ()) -> str:
    """The page, as HTML that stands alone: no scripts, nothing from elsewhere."""
    graded = [record for record in records if record["outcome"] == "graded"]
    return PAGE.render(
        students=len({record["student"] for record in records if record["outcome"] != "ignored"} | set(nothing)),
        graded=len(graded),
        unreadable=sum(record["outcome"] == "unreadable" for record in records),
        exercises=_exercises(graded, exercises),
        misconceptions=_findings(graded, exercises, diagnosed=True),
        others=[row for row in _findings(graded, exercises, diagnosed=False) if row["count"] > 1],
        behind=_behind(records),
        nothing=sorted(nothing),
        noted=[r for r in _by_student(records) if r["outcome"] != "ignored" and (r["notes"] or r["problem"])],
        words=_words,
        limit=f"{NEEDS_HELP:.0%}".replace("%", " %"),
    )


def _by_student(records: Records) -> list[Mapping[str, Any]]:
    return sorted(records, key=lambda record: (record["student"], record["path"]))


def _exercises(graded: Records, exercises: Mapping[str, Sequence[Task]]) -> list[dict[str, Any]]:
    """For each exercise that anybody handed in: how many did, and how each of its tasks went."""
    told = []
    for exercise, tasks in exercises.items():
        rows = [{v["task"]: v for v in record["verdicts"]} for record in graded if record["exercise"] == exercise]
        rows = [row for row in rows if all(task.name in row for task in tasks)]
        if rows:
            told.append({"name": exercise, "count": len(rows), "tasks": [_task(task, rows) for task in tasks]})
    return told


def _task(task: Task, rows: Sequence[Mapping[str, Mapping[str, Any]]]) -> dict[str, Any]:
    kinds = Counter(KINDS.get(row[task.name]["status"], "wrong") for row in rows)
    mean = sum(row[task.name]["points"] for row in rows) / len(rows)
    shares = [(kind, 100 * kinds[kind] / len(rows)) for kind in ("right", "partly", "wrong", "unsolved") if kinds[kind]]
    return {"name": task.name, "kinds": kinds, "mean": number(mean), "of": number(task.points), "shares": shares}


def _findings(graded: Records, exercises: Mapping[str, Sequence[Task]], diagnosed: bool) -> list[dict[str, Any]]:
    """What was said to how many: the known wrong answers, or what else was found; the most frequent first."""
    order = {task.name: i for i, task in enumerate(task for tasks in exercises.values() for task in tasks)}
    students: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    answers = Counter(verdict["task"] for record in graded for verdict in record["verdicts"])
    for record in _by_student(graded):
        for verdict in record["verdicts"]:
            told = verdict["message"] and verdict["status"] not in ("passed", "missing")
            if told and bool(verdict["diagnosis"]) == diagnosed:
                students[verdict["task"], verdict["diagnosis"], verdict["message"]].append(record["student"])
    rows = [
        {"task": task, "name": name, "says": says, "students": who, "count": len(who), "of": answers[task]}
        for (task, name, says), who in students.items()
    ]
    return sorted(rows, key=lambda row: (-row["count"], order.get(row["task"], len(order)), row["name"], row["says"]))


def _words(text: str) -> Markup:
    """A sentence as HTML: what stands between backticks is code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))


def _behind(records: Records) -> list[dict[str, Any]]:
    """Those who have less than NEEDS_HELP of the points of what they handed in, and those with an unreadable file."""
    rows: dict[str, dict[str, Any]] = {}
    for record in _by_student(records):
        row = rows.setdefault(record["student"], {"student": record["student"], "points": 0, "of": 0, "why": []})
        if record["outcome"] == "unreadable":
            row["why"].append(f"{record['path']} can't be read: {record['problem']}")
        elif record["outcome"] == "graded":
            row["points"] += sum(verdict["points"] for verdict in record["verdicts"])
            row["of"] += sum(verdict["max_points"] for verdict in record["verdicts"])
            wrong = [v for v in record["verdicts"] if v["status"] != "passed"]
            said = ", ".join(f"{v['task']} {STATUS[v['status']].removeprefix('✗ ')}" for v in wrong)
            row["why"] += [f"{record['exercise']}: {said}"] if wrong else []

    def share(row: Mapping[str, Any]) -> float:
        return row["points"] / row["of"] if row["of"] else 0.0

    listed = [row for row in rows.values() if row["why"] and share(row) < NEEDS_HELP]
    listed += [row for row in rows.values() if row not in listed and any("can't be read" in why for why in row["why"])]
    return [
        {**row, "points": number(row["points"]), "of": number(row["of"])}
        for row in sorted(listed, key=lambda row: (share(row), row["student"]))
    ]


PAGE = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The class: {{ students }} students</title>
<style>
body {
  font: 16px/1.5 system-ui, sans-serif; color: #222; background: #fff; max-width: 62em;
  margin: 2em auto; padding: 0 1em;
}
h1 { font-size: 1.6em; margin: 0; } h2 { font-size: 1.25em; margin: 2em 0 .3em; } h3 { font-size: 1em; margin: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .5em 0 1.5em; }
caption { text-align: left; font-weight: 600; padding: .4em 0; }
th, td { text-align: left; vertical-align: top; padding: .3em .7em .3em 0; border-bottom: 1px solid #ddd; }
thead th { font-weight: 600; color: #444; border-bottom: 2px solid #888; vertical-align: bottom; }
th.n, td.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tbody th { font-weight: 400; overflow-wrap: anywhere; } code, .task { font-family: ui-monospace, monospace; }
td.task, th.task { white-space: nowrap; overflow-wrap: normal; font-size: .9em; }
.who { color: #444; font-size: .9em; } td { overflow-wrap: anywhere; } tr { break-inside: avoid; }
.bar { display: flex; height: 1.1em; min-width: 10em; margin-top: .2em; border: 1px solid #444; }
.bar span + span { border-left: 1px solid #444; }
.right { background: #0072b2; }
.partly { background: repeating-linear-gradient(90deg, #e69f00 0 4px, #f6d48a 4px 8px); }
.wrong { background: repeating-linear-gradient(135deg, #d55e00 0 5px, #f0b38c 5px 8px); }
.unsolved { background: #fff; }
.key { display: inline-block; width: 1.6em; height: .9em; border: 1px solid #444; vertical-align: -.1em; }
.legend span { margin-right: .4em; } .legend { margin: .3em 0; }
@media print {
  body { margin: 0; max-width: none; font-size: 11pt; } * { print-color-adjust: exact; }
  .wide { overflow: visible; } h2 { break-after: avoid; } caption { break-after: avoid; }
}
</style>
</head>
<body>
<header>
<h1>The class</h1>
<p>{{ students }} students, {{ graded }} notebooks graded, {{ unreadable }} unreadable
{%- if nothing %}, {{ nothing | length }} of the roster handed in nothing{% endif %}.</p>
</header>
<main>
<section>
<h2>How the tasks went</h2>
<p class="legend">
<span class="key right"></span>all points <span></span>
<span class="key partly"></span>some <span></span>
<span class="key wrong"></span>wrong <span></span>
<span class="key unsolved"></span>not solved yet
</p>
{% for exercise in exercises %}
<div class="wide"><table>
<caption>{{ exercise.name }}: handed in by {{ exercise.count }}</caption>
<thead><tr><th scope="col" style="width: 25%">task</th><th scope="col" style="width: 30%">distribution</th>
<th scope="col" class="n">all points</th><th scope="col" class="n">some</th><th scope="col" class="n">wrong</th>
<th scope="col" class="n">not solved</th><th scope="col" class="n">mean</th></tr></thead>
<tbody>
{% for task in exercise.tasks %}
<tr><th scope="row" class="task">{{ task.name }}</th>
<td><div class="bar" aria-hidden="true">
{%- for kind, share in task.shares %}<span class="{{ kind }}" style="width: {{ '%.2f' % share }}%"></span>
{%- endfor %}</div></td>
{% for kind in ("right", "partly", "wrong", "unsolved") %}
<td class="n">{{ task.kinds[kind] }}</td>
{% endfor %}
<td class="n">{{ task.mean }} of {{ task.of }}</td></tr>
{% endfor %}
</tbody></table></div>
{% else %}
<p>No notebook was graded.</p>
{% endfor %}
</section>
{% macro findings(rows, caption) %}
<div class="wide"><table>
<caption>{{ caption }}</caption>
<thead><tr><th scope="col" class="n">how many</th><th scope="col" style="width: 12%">share</th>
<th scope="col">task</th><th scope="col">what was said, and to whom</th></tr></thead>
<tbody>
{% for row in rows %}
<tr><td class="n">{{ row.count }} of {{ row.of }}</td>
<td><div class="bar" aria-hidden="true" style="min-width: 5em">
<span class="wrong" style="width: {{ '%.2f' % (100 * row.count / row.of) }}%"></span></div></td>
<td class="task">{{ row.task }}</td>
<td>{{ words(row.says) }}<div class="who">{{ row.students | join(", ") }}</div></td></tr>
{% endfor %}
</tbody></table></div>
{% endmacro %}
<section>
<h2>What was misunderstood</h2>
{% if misconceptions %}
<p>Answers that behave just like a known wrong one; the most frequent are a start for the next lesson.</p>
{{ findings(misconceptions, "Misconceptions that were diagnosed") }}
{% else %}
<p>No known misconception was diagnosed.</p>
{% endif %}
{% if others %}
{{ findings(others, "Also found with more than one student, without a known cause") }}
{% endif %}
</section>
<section>
<h2>Who needs help</h2>
{% if behind %}
<div class="wide"><table>
<caption>Less than {{ limit }} of the points of what they handed in, or a file that can't be read</caption>
<thead><tr><th scope="col">student</th><th scope="col" class="n">points</th><th scope="col">where</th></tr></thead>
<tbody>
{% for row in behind %}
<tr><th scope="row">{{ row.student }}</th><td class="n">{{ row.points }} of {{ row.of }}</td>
<td>{% for why in row.why %}{{ why }}{% if not loop.last %}<br>{% endif %}{% endfor %}</td></tr>
{% endfor %}
</tbody></table></div>
{% else %}
<p>Nobody has less than {{ limit }} of the points of what they handed in.</p>
{% endif %}
{% if nothing %}
<h3>Handed in nothing</h3>
<p>{{ nothing | join("; ") }}</p>
{% endif %}
</section>
<section>
<h2>Files with notes</h2>
{% if noted %}
<div class="wide"><table>
<caption>What was repaired, left out or looked odd</caption>
<thead><tr><th scope="col">file</th><th scope="col">student</th><th scope="col">became</th>
<th scope="col">notes</th></tr></thead>
<tbody>
{% for record in noted %}
<tr><th scope="row">{{ record.path }}</th><td>{{ record.student }}</td>
<td>{{ record.exercise or "" }} {{ record.outcome }}</td>
<td>{% for note in [record.problem] + record.notes if note %}
{{ note }}{% if not loop.last %}<br>{% endif %}{% endfor %}</td></tr>
{% endfor %}
</tbody></table></div>
{% else %}
<p>None.</p>
{% endif %}
</section>
</main>
</body>
</html>
""")
