"""The pages to read, as Sphinx takes them: notebooks as they are, and what is made of the README and the catalogue."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from html import escape
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from threesteps.mistakes import of_task
from threesteps.tasks import EXERCISES

HERE = Path(__file__).parent
STEPS = {
    "0": "Start",
    "1": "Step 1: a set of functions",
    "2": "Step 2: goodness of a function",
    "3": "Step 3: pick the best",
    "4": "Beyond",
    "5": "Exam",
}
LESSON = re.compile(r"\[([^\]]+)\]\(notebooks/(\w+)\.ipynb\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
# A link to a section names its cell, for JupyterLab.
CELL = re.compile(r"(?<=\.ipynb#)cell-id=(\w+)")
# What a lesson folds -> the same for a page.
FOLDED = {"source_hidden": "hide-input", "outputs_hidden": "hide-output"}


def write_pages(root: Path, out: Path) -> list[str]:
    """Write Sphinx's sources into the folder `out`, which is made anew. Result: the notebooks' paths."""
    shutil.rmtree(out, ignore_errors=True)
    notebooks = [*sorted(root.glob("notebooks/*.ipynb")), *sorted(root.glob("exercises/*.ipynb"))]
    readme = (root / "README.md").read_text(encoding="utf-8")
    anchors = dict(anchor for path in notebooks for anchor in sections(path))
    pages = {path.relative_to(root).as_posix(): nbformat.writes(to_read(path, anchors)) for path in notebooks}
    pages |= {
        "index.md": start(readme, notebooks, (HERE / "index.md").read_text(encoding="utf-8")),
        "install.md": install(readme),
        "glossary.md": glossary(root / "notebooks" / "0_start_here.ipynb"),
        "teach.md": teach(readme),
        "mistakes.md": "\n\n".join(mistakes(readme)),
    }
    for name, text in pages.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    return [path.relative_to(root).as_posix() for path in notebooks]


def sections(path: Path) -> Iterator[tuple[str, str]]:
    """(cell's id, anchor of the heading in it)."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown" and (heading := HEADING.search(cell.source)):
            yield cell.id, slug(heading[1])


def to_read(path: Path, anchors: dict[str, str]) -> NotebookNode:
    """The notebook for its page: links to cells go to their headings' anchors, what answers a Predict is folded, and
    the words of its name are found by a search."""
    nb = nbformat.read(path, as_version=4)
    nb.metadata.myst = {"html_meta": {"keywords": ", ".join(path.stem.split("_"))}}
    for cell in nb.cells:
        cell.source = cell.source.replace("](../README.md)", "](../install.md)")
        cell.source = CELL.sub(lambda link: anchors[link[1]], cell.source)
        hidden = [tag for key, tag in FOLDED.items() if cell.metadata.get("jupyter", {}).get(key)]
        cell.metadata.tags = [*cell.metadata.get("tags", []), *hidden]
    return nb


def slug(title: str) -> str:
    """An anchor, as Jupyter makes it too."""
    return title.replace(" ", "-")


def section(text: str, heading: str) -> str:
    """What stands under a heading of the second level, up to the next one."""
    return re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE)[1].strip()


def start(readme: str, notebooks: list[Path], page: str) -> str:
    """The start page: the README's table of lessons, with their exercises, and the navigation by steps."""
    exercise_of = {
        nbformat.read(path, as_version=4).metadata.threesteps.exercise: f"exercises/{path.stem}"
        for path in notebooks
        if path.parent.name == "exercises"
    }
    rows, trees = ["| step | lesson | question | exercise |", "|---|---|---|---|"], {}
    for row in section(readme, "Learn").splitlines():
        if not (row.startswith("|") and (lesson := LESSON.search(row))):
            continue
        title, name = lesson.groups()
        exercise, number = exercise_of.get(name), title.split()[0]
        rows.append(f"{row} {f'[{number}]({exercise}.ipynb)' if exercise else ''} |")
        tree = trees.setdefault(STEPS[name[0]], [])
        tree.append(f"{title} <notebooks/{name}>")
        tree += [f"Exercise {number} <{exercise}>"] if exercise else []
    trees["More"] = ["Glossary <glossary>", "On your computer <install>"]
    trees["For teachers"] = ["Teach <teach>", "What learners get wrong <mistakes>"]
    trees = [f"```{{toctree}}\n:hidden:\n:caption: '{name}'\n\n" + "\n".join(t) + "\n```" for name, t in trees.items()]
    return (
        page.replace("FIGURE", three_steps(notebooks[0])).replace("LESSONS", "\n".join(rows))
        + "\n"
        + "\n\n".join(trees)
        + "\n"
    )


def three_steps(start_here: Path) -> str:
    """The first lesson's picture of the way."""
    cells = nbformat.read(start_here, as_version=4).cells
    return next(cell.outputs[0].data["text/html"] for cell in cells if cell.source == "draw.three_steps()")


def install(readme: str) -> str:
    """Where to get the course, and how to set it up on one's own computer."""
    text = re.sub(r"^\|.*\n", "", section(readme, "Learn"), flags=re.MULTILINE)
    if address := repository():
        where = f"Get the course from [its repository]({address}): clone it, or download it as a zip and unpack that."
    else:
        where = "You need the course's folder: whoever gave you the address of this site has it."
    return f"# On your computer\n\n{where} Then open a terminal in the folder.\n\n{_site_links(text)}\n"


def repository() -> str:
    """The address of the course's repository, as REPOSITORY has it or GitHub, where the site is built there."""
    server, name = os.environ.get("GITHUB_SERVER_URL"), os.environ.get("GITHUB_REPOSITORY")
    return os.environ.get("REPOSITORY") or (f"{server}/{name}" if name else "")


def teach(readme: str) -> str:
    """The README's part for teachers, with a heading for each of its topics."""
    text = re.sub(r"^\*\*(.+?)\.?\*\*(?= )", r"## \1\n\n", section(readme, "Teach"), flags=re.MULTILINE)
    text = text.replace("](#learn)", "](install.md)")
    more = "What the checks recognise is told on [What learners get wrong](mistakes.md)."
    return f"# Teach\n\n{more}\n\n{_site_links(text)}\n"


def _site_links(text: str) -> str:
    """Links into the repository that the site has no page for become their text alone."""
    return re.sub(r"\[([^\]]+)\]\((?!http|notebooks/|#|mistakes)[^)]*\)", r"\1", text)


def glossary(start_here: Path) -> str:
    """The first lesson's glossary, as a page of its own."""
    cells = nbformat.read(start_here, as_version=4).cells
    text = next(cell.source for cell in cells if "\n## Glossary\n" in cell.source)
    return "# Glossary\n\n" + section(text, "Glossary").replace("](", "](notebooks/") + "\n"


def mistakes(readme: str) -> Iterator[str]:
    """The catalogue by exercise and task: each mistake's name, and what its learner is told."""
    count = sum(len(of_task(task.name)) for tasks in EXERCISES.values() for task in tasks)
    titles = {name: title for title, name in LESSON.findall(section(readme, "Learn"))}
    yield "# What learners get wrong"
    yield (
        f"{count} mistakes that the checks recognise by what an answer does, and what they tell the learner. "
        "No text says what the right value is."
    )
    for exercise, tasks in EXERCISES.items():
        yield f"## {titles[exercise].replace(' ', ' · ', 1)}"
        for task in tasks:
            yield f"### `{task.name}`"
            for mistake in of_task(task.name):
                yield f"{mistake.name}\n: {escape(mistake.says, quote=False)}"
