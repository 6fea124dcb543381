"""How fast a class is graded: `nbgrader autograde`, this package, and the least that it could take.

For each exercise, submissions as a class hands them in (see `handed_in`) are graded on the same machine in the same
run, with all cores busy; the marks must agree. No time holds the start of a program: from that of a whole class we take
that of one submission alone, and nbgrader is called by its API from programs that run already. The floor (see `floor`)
is what no grader of this kind can do without.

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
Times = dict[str, float]  # exercise -> seconds for a submission
Marks = dict[tuple[str, str], float]  # (student, exercise) -> points


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
        points = {(row["student"], e): float(row[e]) for row in csv.DictReader(file) for e in EXERCISES if row[e]}
    return seconds, used.ru_maxrss / 1024, points


def with_threesteps(folder: Path, count: int) -> tuple[Times, Marks]:
    """What a submission takes after the start, and the marks."""
    first, marks, times = next(iter(EXERCISES)), {}, {}
    alone = write_submissions(folder / "alone", first, range(1))
    start = statistics.median(grade(alone, folder / f"report-alone-{i}")[0] for i in range(3))
    for exercise in EXERCISES:
        source = write_submissions(folder / "in" / exercise, exercise, range(count))
        seconds, _, points = grade(source, folder / "report" / exercise)
        times[exercise], marks = (seconds - start) / count, marks | points
    return times, marks


def with_nbgrader(given: tuple[Path, range]) -> tuple[Times, Marks]:
    """What a submission takes nbgrader, after one that is not timed, and the marks. given: a course's folder, to be
    made, and its students."""
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what kernels and the database warn of
    course, numbers = given
    api = NbGraderAPI(config=Config({"CourseDirectory": {"root": str(course)}}))
    times, marks = {}, {}
    for exercise in EXERCISES:
        write(course / "source", exercise, notebook(exercise))
        write(course / "submitted" / "warm", exercise, notebook(exercise))
        write_submissions(course / "submitted", exercise, numbers)
        timed(api.generate_assignment, exercise)
        timed(api.autograde, exercise, "warm")
        times[exercise] = statistics.median(timed(api.autograde, exercise, f"s{number:04}") for number in numbers)
        marks |= {(s["student"], exercise): s["score"] for s in api.get_submissions(exercise) if s["student"] != "warm"}
    return times, marks


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


def together(times: list[Times]) -> Times:
    """What a submission takes where so many programs share the work."""
    return {exercise: statistics.mean(t[exercise] for t in times) / len(times) for exercise in EXERCISES}


def growth(folder: Path) -> None:
    """Print what one exercise takes as the class grows, start included."""
    exercise = next(iter(EXERCISES))
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
        ours, marks = with_threesteps(folder, options.ours)
        shares = [range(core, options.ours, CORES) for core in range(CORES)]
        least = together(at_once(run_bare, [(folder / "in", share) for share in shares]))
        courses = [(folder / f"course{core}", share[: options.nbgrader]) for core, share in enumerate(shares)]
        found = at_once(with_nbgrader, courses)
        theirs = together([times for times, _ in found])
        differing = {k: (points, marks[k]) for _, of in found for k, points in of.items() if points != marks[k]}

        print(f"{'a submission':22} {'nbgrader':>11} {'ours':>9} {'floor':>9}")
        for e in EXERCISES:
            print(f"{e:22} {theirs[e] * 1e3:8.0f} ms {ours[e] * 1e3:6.1f} ms {least[e] * 1e3:6.1f} ms")
        if differing:
            raise SystemExit(f"the marks differ (nbgrader, threesteps): {differing}")
        print(f"the marks of all {sum(len(of) for _, of in found)} agree")
        print(f"a submission that loops costs {cost_of_a_loop(folder):.1f} s at a timeout of 5 s")
        growth(folder)
        faster = statistics.median(theirs[e] / ours[e] for e in EXERCISES)
        above = statistics.median(ours[e] / least[e] for e in EXERCISES)
        each = statistics.median(ours.values()) * 1e3
        print(f"grading: nbgrader {faster:.1f}x floor {above:.1f}x per_submission {each:.1f} ms")


if __name__ == "__main__":
    main()
