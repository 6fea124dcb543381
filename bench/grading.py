"""How fast a class is graded: `nbgrader autograde`, this package, and the least that it could take.

For each exercise, submissions as a class hands them in (see `handed_in`) are graded on the same machine, one way after
the other, with all cores busy; the marks must agree. No time holds the start of a program: from that of a whole class
we take that of one submission for each core, and nbgrader is called by its API, after one submission that doesn't
count. The floor (see `floor`) is what no grader of this kind can do without.

Then one exercise is graded for growing classes.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from floor import run_bare
from handed_in import change, notebook, write, write_submissions

from threesteps.tasks import EXERCISES

CORES = os.cpu_count() or 1
SIZES = (100, 400, 2000)
LOOP = "def sigmoid_prime(z):\n    while True:\n        pass"
Marks = dict[str, float]  # student -> points


def grade(source: Path, out: Path, *options: str) -> tuple[float, float, Marks]:
    """(seconds, MB of the largest process, marks) of `threesteps grade`."""
    command = [sys.executable, "-m", "threesteps_grading", "grade", source, "--out", out, "--seed", "1", *options]
    start = time.perf_counter()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(run.pid, 0)
    seconds = time.perf_counter() - start
    if status:
        raise SystemExit("threesteps grade failed")
    with open(out / "gradebook.csv", encoding="utf-8", newline="") as file:
        points = {row["student"]: float(row["total"]) for row in csv.DictReader(file)}
    return seconds, used.ru_maxrss / 1024, points


def with_nbgrader(given: tuple[Path, str, range]) -> tuple[float, Marks]:
    """Seconds for a submission, after one that is not timed, and the marks. given: a course's folder, to be made, the
    exercise and the students."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what kernels and the database warn of
    course, exercise, numbers = given
    api = NbGraderAPI(config=Config({"CourseDirectory": {"root": str(course)}}))
    write(course / "source", exercise, notebook(exercise))
    write(course / "submitted" / "warm", exercise, notebook(exercise))
    write_submissions(course / "submitted", exercise, numbers)
    timed(api.generate_assignment, exercise)
    timed(api.autograde, exercise, "warm")
    seconds = statistics.median(timed(api.autograde, exercise, f"s{number:04}") for number in numbers)
    return seconds, {s["student"]: s["score"] for s in api.get_submissions(exercise) if s["student"] != "warm"}


def timed(run: Callable[..., dict], *arguments: str) -> float:
    """The seconds that nbgrader took, at the second attempt if a kernel did not start, because its port was taken."""
    for _ in range(2):
        start = time.perf_counter()
        result = run(*arguments)
        if result["success"]:
            return time.perf_counter() - start
    raise SystemExit(result["log"] or result["error"])


def at_once(run: Callable, arguments: list) -> list:
    """run(argument) for each, one on each core, each in a Python of its own."""
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as pool:
        return list(pool.map(run, arguments))


def compare(folder: Path, exercise: str, start: float, ours: int, theirs: int) -> tuple[float, float, float]:
    """Seconds for a submission of an exercise, with all cores busy: nbgrader's, ours, and the floor. start: what ours
    takes for one on each core. Leaves where the marks differ."""
    source = write_submissions(folder / "in" / exercise, exercise, range(ours))
    seconds, _, marks = grade(source, folder / "report" / exercise)
    shares = [range(core, ours, CORES) for core in range(CORES)]
    least = at_once(run_bare, [(source, exercise, share) for share in shares])
    graded = at_once(
        with_nbgrader, [(folder / f"course{share[0]}" / exercise, exercise, share[:theirs]) for share in shares]
    )
    differing = {s: (points, marks[s]) for _, of in graded for s, points in of.items() if points != marks[s]}
    if differing:
        raise SystemExit(f"{exercise}: the marks differ (nbgrader, threesteps): {differing}")
    nbgrader = statistics.mean(seconds for seconds, _ in graded)
    return nbgrader / CORES, (seconds - start) / ours, statistics.mean(least) / CORES


def growth(folder: Path) -> None:
    """Print what one exercise takes as the class grows, start included."""
    exercise = "1a_neuron"
    print(f"\n{exercise:22} {'each':>8} {'largest process':>16} {'report':>8}")
    for size in SIZES:
        source, out = write_submissions(folder / f"in-{size}", exercise, range(size)), folder / f"report-{size}"
        seconds, memory, _ = grade(source, out)
        report = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
        print(f"{size:6} submissions     {seconds / size * 1e3:5.1f} ms {memory:13.0f} MB {report / 2**20:5.1f} MB")


def cost_of_a_loop(folder: Path) -> float:
    """Seconds more that a submission takes whose function never ends, in a cell and in a call, at a timeout of 5."""
    nb = notebook("1a_neuron")
    write(folder / "ends" / "s", "1a_neuron", nb)
    change(nb, "sigmoid_prime", LOOP)
    write(folder / "loops" / "s", "1a_neuron", nb)
    loops, ends = (grade(folder / name, folder / f"report-{name}", "--timeout", "5")[0] for name in ("loops", "ends"))
    return loops - ends


def main() -> None:
    """Measure, compare the marks, and print the tables and the line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ours", type=int, default=100, help="submissions of each exercise graded with this package")
    parser.add_argument("--nbgrader", type=int, default=2, help="of these, how many each nbgrader grades")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        os.environ.update({f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")})
        os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        os.environ.update(JUPYTER_CONFIG_DIR=temporary, IPYTHONDIR=temporary, MPLBACKEND="Agg")
        alone = write_submissions(folder / "alone", "1a_neuron", range(CORES))
        start = statistics.median(grade(alone, folder / f"report-alone-{i}")[0] for i in range(3))
        print(f"{'a submission':22} {'nbgrader':>11} {'ours':>9} {'floor':>9}")
        rows = []
        for exercise in EXERCISES:
            rows.append(compare(folder, exercise, start, options.ours, options.nbgrader))
            theirs, ours, least = (1e3 * seconds for seconds in rows[-1])
            print(f"{exercise:22} {theirs:8.0f} ms {ours:6.1f} ms {least:6.1f} ms", flush=True)
        print("all marks agree")
        print(f"a submission that loops costs {cost_of_a_loop(folder):.1f} s at a timeout of 5 s")
        growth(folder)
        faster = statistics.median(theirs / ours for theirs, ours, _ in rows)
        above = statistics.median(ours / least for _, ours, least in rows)
        each = statistics.median(ours for _, ours, _ in rows) * 1e3
        print(f"grading: nbgrader {faster:.1f}x floor {above:.1f}x per_submission {each:.1f} ms")


if __name__ == "__main__":
    main()
