"""The command `threesteps`: one function for each subcommand, which imports what it needs when it runs.

A subcommand returns its exit code: 0 done, 1 a check found something, 2 wrong use. What it finds
goes to stdout, one line each; what is wrong with its use to stderr.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with argv (without the program's name), or with the process's own. Result: the exit code."""
    args = _parser().parse_args(argv)
    try:
        return args.run(args)
    except OSError as error:
        print(f"threesteps {args.command}: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="threesteps",
        description="Build and run the notebooks of the course.",
        epilog="`threesteps COMMAND --help` says more and has examples.",
    )
    parser.add_argument("--version", action="version", version=f"threesteps {version('threesteps')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in (_add_build, _add_execute):
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
    from threesteps.tasks import EXERCISES
    from threesteps_grading.build import build

    points = {name: {task.name: task.points for task in tasks} for name, tasks in EXERCISES.items()}
    problems = build(args.root, points, args.check)
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
    from threesteps_grading.execute import execute, notebooks_in
    from threesteps_grading.notebook import Refused

    code = 0
    for path in notebooks_in(args.paths):
        try:
            execute(path, args.timeout)
            print(path, flush=True)
        except Refused as refused:
            print(*(f"{path}: {problem}" for problem in refused.problems), sep="\n", flush=True)
            code = 1
    return code
