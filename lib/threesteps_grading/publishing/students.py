"""What students get: lessons, exercises and the library, as a folder and a zip; no solutions, nothing that grades."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from threesteps_grading.publishing.build import EXERCISE, Exercises, exercise_id
from threesteps_grading.publishing.bundles import (
    PACKAGED,
    Files,
    exercise_of,
    must_be_new,
    solutions,
    tree,
    write_files,
    write_zip,
)

# Of requirements.txt: grading and comparing notebooks need these, learning does not.
GRADING_ONLY = ("nbformat", "nbval", "jinja2", "py-landlock", "pyseccomp")


def release(root: Path, out: Path, exercises: Exercises, only: str = "", course: str = "") -> list[Path]:
    """Write what students get into the folder `out` and into `out`.zip.

    root: the repository; exercises: the points of each task, by exercise; only: one exercise, with
    its lesson; course: OWNER/REPOSITORY of the course on GitHub, for a workflow that grades on push.
    Result: both paths. Raises FileExistsError where either is there, FileNotFoundError where root is
    no repository of the course, and Refused for a faulty solution.
    """
    out = out if out.name else out.absolute()
    archive = out.with_name(f"{out.name}.zip")
    must_be_new(archive)
    if not out.is_dir() or any(out.iterdir()):  # an empty folder is as good as none
        must_be_new(out)
    files = students_files(root, exercises, only, course)
    write_zip(archive, {f"{out.name}/{name}": data for name, data in files.items()})
    write_files(out, files)
    return [out, archive]


def students_files(root: Path, exercises: Exercises, only: str = "", course: str = "") -> Files:
    """What students get, by path."""
    files = {
        f"exercises/{EXERCISE.format(exercise_id(path))}": exercise_of(path, exercises).encode()
        for path in solutions(root, only)
    }
    lessons = [root / name for name in tree(root, "notebooks", ".ipynb") if not only or Path(name).stem == only]
    files |= {f"notebooks/{path.name}": path.read_bytes() for path in lessons}
    files |= tree(root, "lib/threesteps", *PACKAGED)
    files["requirements.txt"] = _requirements(root).encode()
    files["pyproject.toml"] = _pyproject(root).encode()
    start = f"exercises/{EXERCISE.format(only)}" if only else "notebooks/0_start_here.ipynb"
    files["README.md"] = README.replace("START", start).encode()
    files[".gitattributes"] = (root / ".gitattributes").read_bytes()
    files[".gitignore"] = b".venv*/\n__pycache__/\n*.egg-info/\n.ipynb_checkpoints/\nbuild/\n"
    if course:
        workflow = (root / ".github" / "classroom" / "grade.yml").read_text(encoding="utf-8")
        files[".github/workflows/grade.yml"] = workflow.replace("OWNER/REPOSITORY", course).encode()
    return files


def _for_students(requirement: str) -> bool:
    return re.split(r"[<>=!~;\[ ]", requirement)[0].lower() not in GRADING_ONLY


def _requirements(root: Path) -> str:
    lines = (root / "requirements.txt").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith(("#", "-")) and _for_students(line)]
    return "\n".join(["# In this folder: pip install -r requirements.txt", *kept, ".", ""])


def _pyproject(root: Path) -> str:
    whole = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    kept = ("name", "version", "description", "requires-python", "dependencies")
    project = {key: whole["project"][key] for key in kept}
    find = whole["tool"]["setuptools"]["packages"]["find"]
    tables = {
        "build-system": whole["build-system"],
        "project": project,
        "tool.setuptools.packages.find": find,
        "tool.setuptools.package-data": {"threesteps": whole["tool"]["setuptools"]["package-data"]["threesteps"]},
    }
    return "\n".join(f"[{name}]\n{_toml(table)}" for name, table in tables.items())


def _toml(table: Mapping[str, object]) -> str:
    """Texts and lists of texts, which TOML and JSON write alike."""
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in table.items())


README = """# Deep learning in three steps

A course in Jupyter notebooks, from one neuron to a deep network that reads real handwriting.

## Set up

With Python 3.11 to 3.14, in this folder:

```
python -m venv .venv
source .venv/bin/activate         (on Windows: .venv\\Scripts\\activate)
pip install -r requirements.txt
jupyter lab --ServerApp.root_dir=. START
```

## Work

The lessons are in `notebooks/`, the exercises in `exercises/`. Write your code where it says `# YOUR CODE HERE`, run
the cell, and run the check below it as often as you like: it says which inputs your function gets right and, where it
is wrong in a way that learners often are, in which. `check("1a_neuron")` in a cell of its own adds up an exercise.

## Hand in

Save the notebook and hand in its file as it is; you may rename it. It is judged on other inputs than those of the
check, and what its cells print counts for nothing. Keep the functions' names.

## Data

The digits are the test part of *Optical Recognition of Handwritten Digits* by E. Alpaydin and C. Kaynak (UCI Machine
Learning Repository, 1998, doi:10.24432/C50P49), under CC BY 4.0, packed into one compressed file.
"""
