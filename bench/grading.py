"""How fast a class is graded: `nbgrader autograde`, this package, and the notebooks run by a warm IPython.

Submissions of one exercise (right, wrong and blank ones, all of which end) are graded on the same machine in the same
run; the marks must agree. nbgrader grades one submission after the other, so one nbgrader is run for each core. The
floor is the time of the whole notebooks alone, pictures included, one after the other in one warm IPython per core.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXERCISE = "1a_neuron"
SINGLE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
# Changes of the solution: what a line of it becomes.
WRONG = [
    ("return X @ W.T + b", "return X @ W + b"),
    ("return X @ W.T + b", "return X @ W.T"),
    ("return a * (1 - a)", "return z * (1 - z)"),
    ("return np.where(np.asarray(z) >= 0, 1.0, e) / (1 + e)", "return 1 / (1 + np.exp(-z))"),
    ("return X @ W.T + b", "raise ValueError(X.shape)"),
]
LOOP = ("return a * (1 - a)", "while True:\n        pass")


def submission(number: int, change: tuple[str, str] | None = None) -> dict:
    """The notebook of student `number`: of ten, five are right, four wrong and one blank."""
    kind = number % 10
    blank = kind == 9 and not change
    path = f"exercises/exercise_{EXERCISE}.ipynb" if blank else f"solutions/solution_{EXERCISE}.ipynb"
    nb = json.loads((ROOT / path).read_text(encoding="utf-8"))
    change = change or (WRONG[number // 10 % len(WRONG)] if kind in (5, 6, 7, 8) else None)
    for cell in nb["cells"]:
        source = "".join(cell["source"])
        if change and cell["cell_type"] == "code" and change[0] in source:
            source = source.replace(*change)
        if cell["cell_type"] == "code" and "import numpy" in source:
            source = f"# student {number}\n{source}"
        cell["source"] = source
    return nb


def write_submissions(folder: Path, numbers: range, deep: bool) -> Path:
    """STUDENT/x.ipynb, or as nbgrader lays it out: STUDENT/EXERCISE/x.ipynb."""
    for number in numbers:
        place = folder / f"s{number:04}" / (EXERCISE if deep else ".")
        place.mkdir(parents=True)
        (place / f"{EXERCISE}.ipynb").write_text(json.dumps(submission(number)), encoding="utf-8")
    return folder


def environment(folder: Path) -> dict[str, str]:
    """This process's environment, one thread, and configuration of nobody's."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, **SINGLE_THREAD, "PATH": path, "JUPYTER_CONFIG_DIR": str(folder), "IPYTHONDIR": str(folder)}


def with_nbgrader(folder: Path, count: int, cores: int) -> tuple[float, dict[str, float]]:
    """(seconds a submission, points by student) of nbgrader, one process for each core."""
    courses = [folder / f"course{core}" for core in range(cores)]
    for core, course in enumerate(courses):
        write_submissions(course / "submitted", range(core, count, cores), deep=True)
        source = course / "source" / EXERCISE
        source.mkdir(parents=True)
        (source / f"{EXERCISE}.ipynb").write_bytes((ROOT / "solutions" / f"solution_{EXERCISE}.ipynb").read_bytes())
        quietly(["nbgrader", "generate_assignment", EXERCISE], course)
    start = time.perf_counter()
    runs = [start_quietly(["nbgrader", "autograde", EXERCISE], course) for course in courses]
    for run in runs:
        if run.wait():
            raise SystemExit("nbgrader autograde failed")
    seconds = (time.perf_counter() - start) / count
    points = {}
    for course in courses:
        quietly(["nbgrader", "export", "--to", "grades.csv"], course)
        with open(course / "grades.csv", encoding="utf-8", newline="") as file:
            points |= {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    return seconds, points


def quietly(command: list[str], folder: Path) -> None:
    """Run a command of this environment in a folder; its words are shown if it fails."""
    module = [sys.executable, "-m", *command]
    subprocess.run(module, cwd=folder, env=environment(folder), check=True, capture_output=True)


def start_quietly(command: list[str], folder: Path) -> subprocess.Popen:
    """Start a command of this environment in a folder."""
    module = [sys.executable, "-m", *command]
    silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(module, cwd=folder, env=environment(folder), **silent)


def with_threesteps(source: Path, out: Path, *options: str) -> tuple[float, dict[str, float]]:
    """(seconds in all, points by student) of `threesteps grade`."""
    command = [sys.executable, "-m", "threesteps_grading", "grade", str(source), "--out", str(out), "--seed", "1"]
    start = time.perf_counter()
    subprocess.run([*command, *options], env=environment(out.parent), check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    with open(out / "gradebook.csv", encoding="utf-8", newline="") as file:
        return seconds, {row["student"]: float(row["total"]) for row in csv.DictReader(file)}


def floor(source: Path, cores: int) -> float:
    """Seconds for all notebooks in `source`, run one after the other in one warm IPython per core."""
    paths = sorted(source.rglob("*.ipynb"))
    context = multiprocessing.get_context("spawn")
    warm = context.Barrier(cores + 1)
    runs = [context.Process(target=run_notebooks, args=(paths[core::cores], warm)) for core in range(cores)]
    for run in runs:
        run.start()
    warm.wait(120)
    start = time.perf_counter()
    for run in runs:
        run.join()
    return time.perf_counter() - start


def run_notebooks(paths: list[Path], warm) -> None:
    """Import what the notebooks import, run one, meet the others at the barrier `warm`, then run all."""
    os.environ["MPLBACKEND"] = "Agg"
    run_notebook(paths[0])
    warm.wait(120)
    for path in paths:
        run_notebook(path)


def run_notebook(path: Path) -> None:
    """Every code cell of a notebook, in order, in this process's IPython."""
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.enable_gui = lambda gui=None: None
    shell.reset(new_session=False)
    shell.display_pub.publish = lambda *args, **kwargs: None
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for source in code_cells(path):
            shell.run_cell(source, store_history=False)


def code_cells(path: Path) -> Iterator[str]:
    """The sources of a notebook's code cells."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            yield "".join(cell["source"])


def main() -> None:
    """Measure, compare the marks, and print the line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", type=int, default=400, help="submissions graded with this package")
    parser.add_argument("--nbgrader", type=int, default=40, help="submissions graded with nbgrader")
    options = parser.parse_args()
    cores = os.cpu_count() or 1
    os.environ.update(SINGLE_THREAD)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        source = write_submissions(folder / "in", range(options.ours), deep=False)
        seconds, marks = with_threesteps(source, folder / "report")
        ours = seconds / options.ours
        print(f"{options.ours} submissions with threesteps grade, {cores} workers: {seconds:.1f} s")
        bare = floor(source, cores) / options.ours
        print(f"the notebooks alone, {cores} warm IPythons: {bare * options.ours:.1f} s")
        theirs, their_marks = with_nbgrader(folder, options.nbgrader, cores)
        seconds = theirs * options.nbgrader
        print(f"{options.nbgrader} submissions with nbgrader autograde, {cores} at once: {seconds:.1f} s")
        differing = {s: (points, marks[s]) for s, points in their_marks.items() if points != marks[s]}
        if differing or len(their_marks) != options.nbgrader:
            raise SystemExit(f"the marks differ (nbgrader, threesteps): {differing}")
        print(f"the marks of all {len(their_marks)} agree")

        loops = folder / "loop" / "s" / f"{EXERCISE}.ipynb"
        loops.parent.mkdir(parents=True)
        loops.write_text(json.dumps(submission(0, LOOP)), encoding="utf-8")
        alone = write_submissions(folder / "one", range(1), deep=False)
        looping = with_threesteps(folder / "loop", folder / "report-loop", "--timeout", "5")[0]
        ending = with_threesteps(alone, folder / "report-one", "--timeout", "5")[0]
        print(f"a submission that loops in a cell and in a call costs {looping - ending:.1f} s at a timeout of 5 s")
        line = f"nbgrader {theirs / ours:.1f}x floor {ours / bare:.1f}x per_submission {ours * 1000:.1f} ms"
        print(f"grading: {line}")


if __name__ == "__main__":
    main()
