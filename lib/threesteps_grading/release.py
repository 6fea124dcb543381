"""What a class gets: a folder and a zip for students, a course for nbgrader, an autograder for Gradescope.

Exercises are made from solutions/ here and now, so no answer that was tried in exercises/ gets out.
The same repository gives the same bytes everywhere.
"""

from __future__ import annotations

import json
import re
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path

from threesteps_grading.build import Exercises, exercise_text
from threesteps_grading.notebook import Refused

# Of requirements.txt: grading and comparing notebooks need these, learning does not.
GRADING_ONLY = ("nbformat", "nbval", "jinja2", "py-landlock", "pyseccomp")
PACKAGED = (".py", ".npz")
DATE = (1980, 1, 1, 0, 0, 0)
EXECUTABLE = ("setup.sh", "run_autograder")

Files = dict[str, bytes]


def release(root: Path, out: Path, exercises: Exercises, only: str = "", course: str = "") -> list[Path]:
    """Write what students get into the folder `out` and into `out`.zip.

    root: the repository; exercises: the points of each task, by exercise; only: one exercise, with
    its lesson; course: OWNER/REPOSITORY of the course on GitHub, for a workflow that grades on push.
    Result: both paths. Raises FileExistsError where either is there, FileNotFoundError where root is
    no repository of the course, and Refused for a faulty solution.
    """
    out = out if out.name else out.absolute()
    archive = out.with_name(f"{out.name}.zip")
    _must_be_new(archive)
    if not out.is_dir() or any(out.iterdir()):  # an empty folder is as good as none
        _must_be_new(out)
    files = students_files(root, exercises, only, course)
    write_zip(archive, {f"{out.name}/{name}": data for name, data in files.items()})
    _write_files(out, files)
    return [out, archive]


def students_files(root: Path, exercises: Exercises, only: str = "", course: str = "") -> Files:
    """What students get, by path."""
    files = {f"exercises/{path.name}": _exercise(path, exercises).encode() for path in _solutions(root, only)}
    lessons = [root / name for name in _tree(root, "notebooks", ".ipynb") if not only or Path(name).stem == only]
    files |= {f"notebooks/{path.name}": path.read_bytes() for path in lessons}
    files |= _tree(root, "lib/threesteps", *PACKAGED)
    files["requirements.txt"] = _requirements(root).encode()
    files["pyproject.toml"] = _pyproject(root).encode()
    start = f"exercises/{only}.ipynb" if only else "notebooks/0_start_here.ipynb"
    files["README.md"] = README.replace("START", start).encode()
    files[".gitattributes"] = (root / ".gitattributes").read_bytes()
    files[".gitignore"] = b".venv*/\n__pycache__/\n*.egg-info/\n.ipynb_checkpoints/\nbuild/\n"
    if course:
        workflow = (root / ".github" / "classroom" / "grade.yml").read_text(encoding="utf-8")
        files[".github/workflows/grade.yml"] = workflow.replace("OWNER/REPOSITORY", course).encode()
    return files


def nbgrader_course(root: Path, course: Path, exercises: Exercises, only: str = "") -> list[Path]:
    """Write source/ of an nbgrader course, and its configuration where there is none. Result: what was written.

    Raises FileExistsError, and writes nothing, where an assignment is there already, and Refused for
    a faulty solution.
    """
    files = {}
    for path in _solutions(root, only):
        _exercise(path, exercises)  # or Refused
        files[f"source/{path.stem}/{path.name}"] = path.read_bytes()
    there = [str(course / name) for name in files if (course / name).parent.exists()]
    if there:
        raise FileExistsError(f"already there: {', '.join(there)}; remove them, or choose others with --exercise")
    if not (course / "nbgrader_config.py").exists():
        files["nbgrader_config.py"] = CONFIGURATION.encode()
    return _write_files(course, files)


def autograder(root: Path, out: Path, exercises: Exercises, exercise: str) -> list[Path]:
    """Write Gradescope's autograder for one exercise as the zip `out`. Result: its path.

    Raises FileExistsError where it is there, and FileNotFoundError where root is no repository of the course.
    """
    if exercise not in exercises:
        raise FileNotFoundError(f"the course has no exercise {exercise!r}: it has {', '.join(exercises)}")
    files = _tree(root, "lib/threesteps", *PACKAGED) | _tree(root, "lib/threesteps_grading", ".py")
    files |= {name: (root / name).read_bytes() for name in ("pyproject.toml", "README.md", "constraints.txt")}
    files["setup.sh"] = SETUP.encode()
    files["run_autograder"] = RUN.replace("EXERCISE", exercise).encode()
    write_zip(out, files)
    return [out]


# Of the repository


def _solutions(root: Path, only: str) -> list[Path]:
    found = sorted((root / "solutions").glob(f"{only or '*'}.ipynb"))
    if not found:
        what = f"solution of {only}" if only else "solutions"
        raise FileNotFoundError(f"no {what} in {root}: run at the repository's root, or name it with --root")
    return found


def _tree(root: Path, under: str, *suffixes: str) -> Files:
    """The files of a folder that belong to the course, by path."""
    paths = sorted(path for path in (root / under).rglob("*") if path.suffix in suffixes)
    names = {path.relative_to(root).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in names.items() if "/." not in name}


def _exercise(path: Path, exercises: Exercises) -> str:
    try:
        return exercise_text(path, exercises)
    except Refused as refused:
        raise Refused([f"solutions/{path.name}: {problem}" for problem in refused.problems]) from None


def _for_students(requirement: str) -> bool:
    return re.split(r"[<>=!~;\[ ]", requirement)[0].lower() not in GRADING_ONLY


def _requirements(root: Path) -> str:
    lines = (root / "requirements.txt").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith(("#", "-")) and _for_students(line)]
    return "\n".join(["# In this folder: pip install -r requirements.txt", *kept, ".", ""])


def _pyproject(root: Path) -> str:
    whole = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    project = {key: whole["project"][key] for key in ("name", "version", "description", "requires-python")}
    project["dependencies"] = [line for line in whole["project"]["dependencies"] if _for_students(line)]
    find = whole["tool"]["setuptools"]["packages"]["find"]
    tables = {
        "build-system": whole["build-system"],
        "project": project,
        "tool.setuptools.packages.find": find,
        "tool.setuptools.package-data": whole["tool"]["setuptools"]["package-data"],
    }
    return "\n".join(f"[{name}]\n{_toml(table)}" for name, table in tables.items())


def _toml(table: Mapping[str, object]) -> str:
    """Texts and lists of texts, which TOML and JSON write alike."""
    return "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in table.items())


# Writing


def _write_files(folder: Path, files: Files) -> list[Path]:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return [folder / name for name in files]


def _must_be_new(path: Path) -> None:
    if path.exists():
        raise FileExistsError(f"{path} is there already: remove it, or give another name")


def write_zip(path: Path, files: Files) -> None:
    """A zip that hangs on nothing but the files: sorted, without times, not compressed (compressors differ)."""
    _must_be_new(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system = 3  # Unix, so that the next line holds everywhere
            entry.external_attr = (0o100755 if name in EXECUTABLE else 0o100644) << 16
            archive.writestr(entry, data)


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

CONFIGURATION = """c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "deep-learning-in-three-steps"
c.ExecutePreprocessor.timeout = 60
"""

SETUP = """#!/usr/bin/env bash
# Runs once, when Gradescope builds the image: Ubuntu 22.04 or newer.
set -euo pipefail
cd "$(dirname "$0")"
export DEBIAN_FRONTEND=noninteractive
python=python3
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  python=python3.11
fi
apt-get update
apt-get install -y "$python" "$python-venv" libseccomp2
"$python" -m venv ../environment
../environment/bin/python -m pip install --no-cache-dir -c constraints.txt .
../environment/bin/python -c "import matplotlib.font_manager"  # its cache
"""

RUN = """#!/usr/bin/env bash
# Runs for each submission; Gradescope puts it into the folder that holds source, submission and results.
set -euo pipefail
cd "$(dirname "$0")"
exec environment/bin/python -P -m threesteps_grading.gradescope EXERCISE .
"""
