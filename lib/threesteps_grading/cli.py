"""The command `threesteps`: one function for each subcommand, which imports what it needs when it runs.

A subcommand returns its exit code: 0 done, 1 a check found something or the judge failed on a submission,
2 wrong use. What it finds goes to stdout, one line each; what is wrong with its use to stderr.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path

from threesteps_grading import Refused, WrongUse
from threesteps_grading.files import alone_in


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with argv (without the program's name), or with the process's own. Result: the exit code."""
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a name that the terminal has no letters for ends nothing
    args = _parser().parse_args(argv)
    try:
        return args.run(args)
    except (OSError, WrongUse) as error:
        print(f"threesteps {args.command}: {error}", file=sys.stderr)
        return 2
    except Refused as refused:
        print(*refused.problems, sep="\n")
        return 1
    except ModuleNotFoundError as missing:
        needs = f"needs the package {missing.name}; `pip install -r requirements.txt` brings all that grading needs"
        print(f"threesteps {args.command}: {needs}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _open_streams() -> None:
    """In place of a closed stream one that leads nowhere: else the next file that is opened would take its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.open(os.devnull, os.O_RDWR), mode, closefd=False))  # noqa: SIM115


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="threesteps",
        description="Grade, build and run the notebooks of the course.",
        epilog="`threesteps COMMAND --help` says more and has examples.",
    )
    parser.add_argument("--version", action="version", version=f"threesteps {version('threesteps')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (_add_grade, _add_merge, _add_report, _add_progress, _add_release, _add_build, _add_execute):
        add(commands)
    return parser


def _command(commands, name: str, run, about: str, examples: str) -> argparse.ArgumentParser:
    """A subcommand's parser: `about` in one line, and `examples`, which its --help shows as they are."""
    parser = commands.add_parser(
        name,
        help=about,
        description=about,
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser


def _add_grade(commands) -> None:
    parser = _command(
        commands,
        "grade",
        _grade,
        "Grade a folder, a file or a zip of submissions into a report.",
        "  threesteps grade submissions --out report\n"
        "  threesteps grade 3c.zip --out report-3c --seed 7 --roster roster.csv\n"
        "  threesteps grade submissions --out report --due 2026-12-01T23:59 --grace 10\n"
        "  threesteps grade submissions --out report-1 --seed 7 --shard 1/4",
    )
    parser.add_argument("submissions", type=Path, metavar="SUBMISSIONS", help="STUDENT/….ipynb, or files, or a zip")
    parser.add_argument("--out", type=Path, required=True, metavar="REPORT", help="the folder for the report")
    parser.add_argument("--seed", type=int, metavar="N", help="of the probes (default: random, kept in run.json)")
    cores = os.cpu_count() or 1
    parser.add_argument("--workers", type=int, default=cores, metavar="N", help=f"processes (default: {cores})")
    parser.add_argument("--timeout", type=float, default=10.0, metavar="S", help="seconds a cell or call (default: 10)")
    parser.add_argument("--memory", type=int, default=2048, metavar="MB", help="for a submission (default: 2048)")
    parser.add_argument("--shard", type=_shard, metavar="K/N", help="grade the K-th of N parts of the class")
    parser.add_argument("--roster", type=Path, metavar="CSV", help="who is in the class, as your LMS exports it")
    _add_lessons(parser)
    parser.add_argument("--due", type=_moment, metavar="TIME", help="the deadline, such as 2026-12-01T23:59")
    parser.add_argument("--grace", type=float, default=0.0, metavar="MINUTES", help="how much later is still in time")
    parser.add_argument("--accept-late", action="store_true", help="let a newer file count though it is late")
    parser.add_argument("--times", action="store_true", help="tell in files.csv when each file was handed in")
    parser.add_argument("--fresh", action="store_true", help="forget what the report holds; start anew")
    parser.add_argument("--unprotected", action="store_true", help="run even where this system can't confine the code")
    parser.add_argument("--json", action="store_true", help="print the summary as JSON")


def _add_lessons(parser: argparse.ArgumentParser) -> None:
    about = (
        "where students read the lessons, for a link on their pages: https://example.org/course/notebooks/LESSON.html"
    )
    parser.add_argument("--lessons", type=_lessons, metavar="URL", help=about)


def _lessons(text: str) -> str:
    if not (text.startswith(("https://", "http://")) and "LESSON" in text):
        raise argparse.ArgumentTypeError(f"{text!r} is not an address with LESSON in the place of a lesson's name")
    return text


def _shard(text: str) -> tuple[int, int]:
    k, _, n = text.partition("/")
    if not (k.isdigit() and n.isdigit() and 1 <= int(k) <= int(n)):
        raise argparse.ArgumentTypeError(f"{text!r} is not K/N with K from 1 to N, such as 3/16")
    return int(k), int(n)


def _moment(text: str) -> str:
    from threesteps_grading.reading import moment

    try:
        moment(text)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no time such as 2026-12-01T23:59, 2026-12-01T23:59+01:00"
        ) from None
    return text.strip()


def _grade(args: argparse.Namespace) -> int:
    from threesteps_grading.judging import Engine
    from threesteps_grading.reading import NOBODY, read_roster

    if args.workers < 1 or not 0 < args.timeout < 1e6 or args.memory < 256:
        raise WrongUse("--workers is at least 1, --timeout is a number of seconds above 0, --memory is at least 256")
    if not args.submissions.exists():
        raise WrongUse(f"{args.submissions} does not exist")
    if not 0 <= args.grace < 1e6:
        raise WrongUse("--grace is at least 0, in minutes")
    roster = read_roster(args.roster) if args.roster else NOBODY
    missing = Engine.missing_protections()
    for protection in missing:
        print(f"not protected here: {protection}", file=sys.stderr)
    if missing and not args.unprotected:
        raise WrongUse("students' code would run without these protections; --unprotected runs it all the same")
    if scarce := Engine.scarce_room(args.workers):
        print(f"threesteps grade: {scarce}", file=sys.stderr)
    with alone_in(args.out):
        return _grade_alone(args, roster)


def _grade_alone(args: argparse.Namespace, roster) -> int:
    from threesteps_grading.judging import grade, options_for
    from threesteps_grading.reading import empty_in, reports_in, some
    from threesteps_grading.reporting import clear, write_lists, write_report

    kept = ("timeout", "memory", "unprotected", "shard", "grace", "accept_late")
    rest = {name: getattr(args, name) for name in kept} | {"due": args.due or "", "extensions": roster.extensions}
    options = options_for(args.out, args.seed, args.fresh, **rest)
    if not options.due and (args.grace or args.accept_late):
        raise WrongUse("--grace and --accept-late need --due")
    deadline = _deadline(options)
    anew = partial(clear, args.out) if args.fresh else None
    times = args.times or deadline is not None
    records = grade(args.submissions, args.out, options, args.workers, _progress, roster, deadline, times, anew)
    write_report(args.out, records, args.lessons or "")
    nothing = write_lists(args.out, roster, records) if args.roster and not options.shard else None
    kept = options.extensions if roster.extensions is None else {}
    try:
        _say_summary(records, args.out, options, args.json, due_as_before=not args.due, kept=kept)
        if nothing is not None and not args.json:
            _say_lists(args.out, roster, records, nothing)
    finally:  # also where nobody reads the lines above
        if reports := reports_in(args.submissions, args.out):
            print(f"threesteps grade: left out as reports of other runs: {some(reports)}", file=sys.stderr)
        if empty := empty_in(args.submissions):
            print(f"threesteps grade: folders with nothing in them ({len(empty)}): {some(empty)}", file=sys.stderr)
        code = _say_doubts("grade", records, roster, whole=not options.shard, kept=kept)
    return code


def _say_doubts(command: str, records: list[dict], roster, whole: bool = True, kept: Collection[str] = ()) -> int:
    """Tell what may be wrong with a run. Result: the exit code."""
    from threesteps_grading.judging import FAILED
    from threesteps_grading.reporting import doubts

    for doubt in doubts(records, roster, whole, kept):
        print(f"threesteps {command}: {doubt}", file=sys.stderr)
    return int(any(FAILED in record for record in records))


def _deadline(options):
    from threesteps_grading.reading import Deadline, moment, own_dates

    if not options.due:
        return None
    due = moment(options.due)
    return Deadline(due, timedelta(minutes=options.grace), own_dates(options.extensions, due), options.accept_late)


def _say_lists(out: Path, roster, records: list[dict], nothing: Sequence[str]) -> None:
    from threesteps_grading.reporting import strangers

    others = strangers(roster, records)
    print(out / "lms.csv")
    print(f"handed in nothing ({len(nothing)}): {'; '.join(nothing) or 'nobody'}")
    if others:
        print(f"not on the roster, or not just one of it ({len(others)}): {'; '.join(others)}")


def _progress(done: Collection, left: Collection) -> None:
    if sys.stderr.isatty():
        end = "" if left else "\n"
        print(f"\r{len(done)} of {len(done) + len(left)} files judged", end=end, file=sys.stderr, flush=True)


def _say_summary(
    records: list[dict],
    out: Path,
    options,
    as_json: bool,
    due_as_before: bool = False,
    kept: Collection[str] = (),
) -> None:
    from threesteps_grading.reading import latest, moment, some
    from threesteps_grading.reporting import known, summary

    outcomes = Counter(record["outcome"] for record in records)
    late = {of: sorted({r["student"] for r in records if r.get("late") and r["outcome"] == of}) for of in outcomes}
    if as_json:
        statuses = Counter(verdict["status"] for record in known(records) for verdict in record["verdicts"])
        students = len({record["student"] for record in records if record["outcome"] != "ignored"})
        told = {
            "students": students,
            "files": dict(outcomes),
            "tasks": dict(statuses),
            "seed": options.seed,
            "report": str(out),
        }
        if options.due:
            told["late"] = late.get("graded", [])
        print(json.dumps(told, sort_keys=True))
        return
    print(*summary(records), sep="\n")
    if options.due:
        grace = f" and {options.grace:g} minutes" if options.grace else ""
        before = " (the deadline of the run before; --fresh begins without)" if due_as_before else ""
        due = moment(options.due)
        zone = ", the zone of all times that have none" if due.tzinfo else ""
        print(f"due {latest(due, due.tzinfo):%Y-%m-%d %H:%M %Z}{zone}{grace}{before}")
        if options.accept_late:
            print("late files count like others (--accept-late)")
        if kept:
            print(f"own deadlines, as in the run before ({len(kept)}): {some(sorted(kept))}")
        for of, what in (("graded", "late, and graded all the same"), ("late", "with late files that do not count")):
            print(f"{what} ({len(late.get(of, []))}): {'; '.join(late.get(of, [])) or 'nobody'}")
        exercises = [record for record in records if record["exercise"]]
        if undated := sum(not record["handed_in"] for record in exercises):
            which = f"{undated} of {len(exercises)} files"
            print(f"no time is known for {which}: of these, late are only those that the LMS called so")
    print(f"{out / 'gradebook.csv'}  (seed {options.seed})")


def _add_merge(commands) -> None:
    parser = _command(
        commands,
        "merge",
        _merge,
        "Join the reports of all shards of a run into one.",
        "  threesteps merge report-1 report-2 report-3 report-4 --out report",
    )
    parser.add_argument("shards", type=Path, nargs="+", metavar="SHARD", help="the report of one shard")
    parser.add_argument("--out", type=Path, required=True, metavar="REPORT", help="the folder for the whole report")
    parser.add_argument("--roster", type=Path, metavar="CSV", help="the roster that the shards were graded with")
    parser.add_argument("--fresh", action="store_true", help="replace a report about other files")
    _add_lessons(parser)


def _merge(args: argparse.Namespace) -> int:
    from threesteps_grading.judging import begin, finish, joined
    from threesteps_grading.reading import NOBODY, read_roster
    from threesteps_grading.reporting import clear, write_lists, write_report

    roster = read_roster(args.roster) if args.roster else NOBODY
    records, options = joined(args.shards, args.out, args.fresh, roster)
    if options.due and roster.extensions not in (None, options.extensions):
        other = f"{args.roster} has other extensions than the shards were graded with"
        raise WrongUse(f"{other}, and to merge moves no deadline: grade the shards again with this roster")
    with alone_in(args.out):
        clear(args.out)
        begin(args.out, options)
        finish(args.out, records, options)
        write_report(args.out, records, args.lessons or "")
        nothing = write_lists(args.out, roster, records) if args.roster else None
        try:
            _say_summary(records, args.out, options, as_json=False)
            if nothing is not None:
                _say_lists(args.out, roster, records, nothing)
        finally:
            code = _say_doubts("merge", records, roster)
    return code


def _add_report(commands) -> None:
    parser = _command(
        commands,
        "report",
        _report,
        "Write one page about the class from a report: how the tasks went, what was misunderstood, who needs help.",
        "  threesteps report report        writes report/class.html",
    )
    parser.add_argument("report", type=Path, metavar="REPORT", help="a folder that `threesteps grade` wrote")


def _report(args: argparse.Namespace) -> int:
    from threesteps_grading.judging import finished_results
    from threesteps_grading.reporting import write_class_page

    print(write_class_page(args.report, finished_results(args.report)))
    return 0


def _add_progress(commands) -> None:
    parser = _command(
        commands,
        "progress",
        _progress_table,
        "Judge your own exercises and say what is done and what is next.",
        "  threesteps progress\n  threesteps progress exercises --markdown",
    )
    parser.add_argument(
        "folder", type=Path, nargs="?", default=Path("exercises"), metavar="FOLDER", help="default: exercises"
    )
    parser.add_argument("--markdown", action="store_true", help="a table in Markdown, as CI services show it")


def _progress_table(args: argparse.Namespace) -> int:
    from threesteps_grading.reporting import as_line, as_markdown, next_steps, progress

    workers = os.cpu_count() or 1
    if args.markdown:
        print(as_markdown(progress(args.folder, workers), args.folder))
        return 0
    colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    standings = progress(args.folder, workers, lambda standing: print(as_line(standing, colours), flush=True))
    print("", *next_steps(standings, args.folder), sep="\n")
    return 0


def _add_release(commands) -> None:
    parser = _command(
        commands,
        "release",
        _release,
        "Write what a class gets: for students, for nbgrader, or for Gradescope.",
        "  threesteps release class                                  class/ and class.zip\n"
        "  threesteps release week6 --exercise 3d_backpropagation    one assignment alone\n"
        "  threesteps release class --ci OWNER/REPOSITORY            with a workflow that grades on push\n"
        "  threesteps release --nbgrader course                      course/source/\n"
        "  threesteps release --gradescope 3d_backpropagation        autograder.zip",
    )
    parser.add_argument("out", type=Path, nargs="?", metavar="OUT", help="the folder (with --gradescope: the zip)")
    parser.add_argument("--exercise", type=_exercise, metavar="E", help="this exercise alone")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--nbgrader", type=Path, metavar="COURSE", help="write an nbgrader course's source/")
    kinds.add_argument("--gradescope", type=_exercise, metavar="E", help="write Gradescope's autograder of an exercise")
    kinds.add_argument("--ci", type=_repository, metavar="OWNER/REPOSITORY", help="where the course is on GitHub")
    parser.add_argument("--root", type=Path, default=Path("."), metavar="DIR", help="the repository (default: here)")


def _exercise(text: str) -> str:
    from threesteps.tasks import EXERCISES

    found = [name for name in EXERCISES if text in (name, name.partition("_")[0])]
    if not found:
        raise argparse.ArgumentTypeError(f"the course has no exercise {text!r}: it has {', '.join(EXERCISES)}")
    return found[0]


def _repository(text: str) -> str:
    if not re.fullmatch(r"[\w-]+/[\w.-]+", text, re.ASCII):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form OWNER/REPOSITORY")
    return text


def _release(args: argparse.Namespace) -> int:
    from threesteps_grading.publishing import autograder, nbgrader_course, release

    points = _points()
    given = {name for name in ("out", "exercise", "nbgrader", "gradescope") if getattr(args, name)}
    clash = given >= {"out", "nbgrader"} or given >= {"exercise", "gradescope"}
    if clash or not given & {"out", "nbgrader", "gradescope"}:
        raise WrongUse("give OUT, or --nbgrader COURSE, or --gradescope E")
    if args.gradescope:
        written = autograder(args.root, args.out or Path("autograder.zip"), args.gradescope)
    elif args.nbgrader:
        written = nbgrader_course(args.root, args.nbgrader, points, args.exercise or "")
    else:
        written = release(args.root, args.out, points, args.exercise or "", args.ci or "")
    print(*written, sep="\n")
    return 0


def _points() -> dict[str, dict[str, float]]:
    from threesteps.tasks import EXERCISES

    return {name: {task.name: task.points for task in tasks} for name, tasks in EXERCISES.items()}


def _add_build(commands) -> None:
    parser = _command(
        commands,
        "build",
        _build,
        "Write exercises/ from solutions/.",
        "  threesteps build           write every exercise anew\n  threesteps build --check   say which are stale",
    )
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if an exercise is not up to date")
    parser.add_argument("--root", type=Path, default=Path("."), metavar="DIR", help="the repository (default: here)")


def _build(args: argparse.Namespace) -> int:
    from threesteps_grading.publishing import build

    problems = build(args.root, _points(), args.check)
    print("\n".join(problems) or f"exercises {'are up to date' if args.check else 'written'}")
    return int(bool(problems))


def _add_execute(commands) -> None:
    parser = _command(
        commands,
        "execute",
        _execute,
        "Run notebooks from top to bottom and store their outputs in place.",
        "  threesteps execute notebooks solutions\n  threesteps execute notebooks/1a_neuron.ipynb",
    )
    parser.add_argument("paths", type=Path, nargs="+", metavar="PATH", help="a notebook, or a folder of notebooks")
    parser.add_argument("--timeout", type=int, default=600, metavar="S", help="seconds for a cell (default: 600)")


def _execute(args: argparse.Namespace) -> int:
    from threesteps_grading.publishing.execute import execute, notebooks_in

    code = 0
    for path in notebooks_in(args.paths):
        try:
            execute(path, args.timeout)
            print(path, flush=True)
        except Refused as refused:
            print(*(f"{path}: {problem}" for problem in refused.problems), sep="\n", flush=True)
            code = 1
    return code
