"""The site's own Pyodide: what the course imports and no more, compiled, with the course's package in its lock file.

Python itself and the list of Pyodide's packages, with a hash for each, come from the npm package `pyodide`, by the
hash in package-lock.json. The packages come from PYODIDE, a folder or an address: by default Pyodide's own.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from urllib.request import urlopen

from threesteps.tasks import EXERCISES
from threesteps_grading.publishing.bundles import write_files
from threesteps_grading.publishing.students import students_files

HERE = Path(__file__).parent
CORE = HERE / "node_modules" / "pyodide"
CORE_FILES = ("pyodide.js", "pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip")
EXTENSION = Path("share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension")
JUPYTERLITE = 8  # MB of it that a browser loads
# What the kernel loads before the first cell runs; these and what they depend on are all that the site has.
LOADED = ("ssl", "sqlite3", "ipython", "jedi", "ipykernel", "comm", "piplite", "pyodide_kernel", "threesteps")
UNUSED = ("fonttools", "pytz")  # matplotlib says that it depends on these; PNGs don't
# Wheels beside Pyodide's own -> what they depend on.
WHEELS = {
    "threesteps": ["numpy", "matplotlib", "ipywidgets"],
    "ipywidgets": ["comm", "ipython", "widgetsnbextension"],
    "pyodide_kernel": ["ipython", "comm", "ipykernel"],
    "piplite": ["micropip"],
    "comm": ["traitlets"],
    "ipykernel": [],
    "widgetsnbextension": [],
}


def write_kernel(root: Path, build: Path, pyodide: str) -> Path:
    """Write the site's Pyodide into a folder of `build`. Result: the folder.

    root: the repository; pyodide: the folder or address of Pyodide's packages. Raises SystemExit where a file
    is not what its hash says.
    """
    plain, target = _new(build / "plain"), _new(build / "pyodide")
    lock = json.loads((CORE / "pyodide-lock.json").read_text())
    lock["packages"] |= {_key(wheel): _entry(wheel) for wheel in _wheels(root, build, plain)}
    lock["packages"] = {name: lock["packages"][name] for name in sorted(_needed(lock["packages"], LOADED))}
    for package in lock["packages"].values():
        if not (plain / package["file_name"]).exists():
            shutil.copy(_fetched(package, pyodide, build / "downloads"), plain)
    for name in CORE_FILES:
        shutil.copy(CORE / name, plain)
    (plain / "pyodide-lock.json").write_text(json.dumps(lock))
    _compile(plain, target, build / "compiled")
    for package in lock["packages"].values():
        package["sha256"] = _hash(target / package["file_name"])
    (target / "pyodide-lock.json").write_text(json.dumps(lock))
    return target


def size(folder: Path) -> int:
    """What a learner's browser loads before the first cell runs, in MB: the folder, and JupyterLite."""
    return JUPYTERLITE + round(sum(path.stat().st_size for path in folder.iterdir()) / 1e6)


def _new(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _key(wheel: Path) -> str:
    return re.sub("[-_.]+", "-", wheel.name.split("-")[0]).lower()


def _wheels(root: Path, build: Path, target: Path) -> list[Path]:
    """The course's package, as students get it, and what JupyterLite's kernel and sliders need."""
    course = _new(build / "course")
    write_files(course, students_files(root, {name: {t.name: t.points for t in ts} for name, ts in EXERCISES.items()}))
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", target, course], check=True)
    subprocess.run(
        [*pip, "download", "--no-deps", "--require-hashes", "-d", build / "wheels", "-r", HERE / "wheels.txt"],
        check=True,
    )
    kernel = (Path(sys.prefix) / EXTENSION / "static" / "pypi").glob("*.whl")
    for wheel in sorted([*kernel, *(build / "wheels").glob("*.whl")]):  # of two versions, the newer one comes last
        if wheel.name.split("-")[0] in WHEELS:
            shutil.copy(wheel, target)
    return sorted(target.glob("*.whl"))


def _entry(wheel: Path) -> dict:
    """A wheel's entry in Pyodide's lock file."""
    name, version = wheel.name.split("-")[:2]
    files = [file for file in zipfile.ZipFile(wheel).namelist() if file.endswith(".py") and ".data/" not in file]
    return {
        "name": name,
        "version": version,
        "file_name": wheel.name,
        "sha256": _hash(wheel),
        "depends": WHEELS[name],
        "imports": sorted({file.split("/")[0].removesuffix(".py") for file in files}),
        "install_dir": "site",
        "package_type": "package",
        "unvendored_tests": False,
    }


def _needed(packages: dict, names: Iterable[str]) -> set[str]:
    """The names, and all that they depend on; what is unused is no longer named."""
    needed, todo = set(), list(names)
    while todo:
        name = todo.pop().lower().replace("_", "-")
        if name not in needed:
            needed.add(name)
            packages[name]["depends"] = [one for one in packages[name]["depends"] if one not in UNUSED]
            todo += packages[name]["depends"]
    return needed


def _fetched(package: dict, pyodide: str, folder: Path) -> Path:
    """A package of Pyodide's, fetched once, and what its hash says."""
    path = folder / package["file_name"]
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        if pyodide.startswith(("https://", "http://")):
            with urlopen(f"{pyodide.rstrip('/')}/{path.name}", timeout=60) as answer:
                path.write_bytes(answer.read())
        else:
            shutil.copy(Path(pyodide) / path.name, path)
    if _hash(path) != package["sha256"]:
        path.unlink()
        raise SystemExit(f"{path.name} from {pyodide} is not the file that Pyodide's list of packages names")
    return path


def _compile(plain: Path, target: Path, cache: Path) -> None:
    """Everything of `plain` in `target`, modules compiled; what has been compiled before comes from the cache."""
    cache.mkdir(exist_ok=True)
    recipe = _hash(HERE / "compile.py")
    archives = {path: cache / f"{_hash(path)[:16]}-{recipe[:16]}-{path.name}" for path in plain.iterdir()}
    archives = {
        path: kept for path, kept in archives.items() if path.suffix == ".whl" or path.name == "python_stdlib.zip"
    }
    todo = [path.name for path, kept in archives.items() if not kept.exists()]
    if todo:
        node = Path(sys.executable).with_name("node")
        subprocess.run([node, HERE / "compile.mjs", plain, target, *todo], check=True)
    for path in plain.iterdir():
        kept = archives.get(path)
        if kept and path.name in todo:
            shutil.copy(target / path.name, kept)
        elif path.name != "pyodide-lock.json":
            shutil.copy(kept or path, target / path.name)
