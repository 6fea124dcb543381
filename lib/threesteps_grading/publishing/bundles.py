"""Files of the repository, given out as a folder or a zip: the same repository gives the same bytes everywhere."""

from __future__ import annotations

import zipfile
from pathlib import Path

from threesteps_grading import Refused
from threesteps_grading.publishing.build import SOLUTION, Exercises, exercise_text

PACKAGED = (".py", ".npz", ".json", ".html", ".css")
DATE = (1980, 1, 1, 0, 0, 0)
EXECUTABLE = ("setup.sh", "run_autograder")

Files = dict[str, bytes]


# Of the repository


def solutions(root: Path, only: str) -> list[Path]:
    """All solutions, or `only` one. Raises FileNotFoundError where root is no repository of the course."""
    found = sorted((root / "solutions").glob(SOLUTION.format(only or "*")))
    if not found:
        what = f"solution of {only}" if only else "solutions"
        raise FileNotFoundError(f"no {what} in {root}: run at the repository's root, or name it with --root")
    return found


def tree(root: Path, under: str, *suffixes: str) -> Files:
    """The files of a folder that belong to the course, by path."""
    paths = sorted(path for path in (root / under).rglob("*") if path.suffix in suffixes)
    names = {path.relative_to(root).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in names.items() if "/." not in name}


def exercise_of(path: Path, exercises: Exercises) -> str:
    """The exercise of the solution at path, made here and now: nothing of what was tried in exercises/ gets out.

    Raises Refused, with the solution's name in front of what is wrong.
    """
    try:
        return exercise_text(path, exercises)
    except Refused as refused:
        raise Refused([f"solutions/{path.name}: {problem}" for problem in refused.problems]) from None


# Writing


def write_files(folder: Path, files: Files) -> list[Path]:
    """Write files into a folder. Result: their paths."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return [folder / name for name in files]


def must_be_new(path: Path) -> None:
    """Raises FileExistsError where something is there."""
    if path.exists():
        raise FileExistsError(f"{path} is there already: remove it, or give another name")


def write_zip(path: Path, files: Files) -> None:
    """A zip that hangs on nothing but the files: sorted, without times, not compressed (compressors differ)."""
    must_be_new(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, DATE)
            entry.create_system = 3  # Unix, so that the next line holds everywhere
            entry.external_attr = (0o100755 if name in EXECUTABLE else 0o100644) << 16
            archive.writestr(entry, data)
