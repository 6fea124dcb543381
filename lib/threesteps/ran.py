"""What ran in this notebook, so that a check can say where it judges an older answer than the one you see."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Run:
    """One run of a cell: its source, when it ended (time.time()), and the exception that ended it, if any."""

    source: str
    ended: float
    error: BaseException | None


_runs: deque[Run] = deque(maxlen=500)


def watch() -> None:
    """From now on remember what cells run, if this is a notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    if shell and _remember not in shell.events.callbacks["post_run_cell"]:
        shell.events.register("post_run_cell", _remember)


def _remember(result: Any) -> None:
    if result.info is not None:
        _runs.append(Run(result.info.raw_cell, time.time(), result.error_before_exec or result.error_in_exec))


def outdated(name: str) -> str:
    """A sentence where the newest version of `name` that can be known of did not run, or not to its end; "" elsewhere.

    Known are the cells that ran, and the notebook's file, where Jupyter tells which it is and it was saved since.
    """
    defines = re.compile(rf"^(def\s+{name}\b|{name}\s*=)", re.MULTILINE)
    run = next((run for run in reversed(_runs) if defines.search(run.source)), None)
    if run is None:
        return ""
    if isinstance(run.error, SyntaxError):
        return f"Python can't read the newest version of its cell: {run.error.msg}, line {run.error.lineno}."
    if run.error is not None:
        return f"The newest run of its cell ended early, with {type(run.error).__name__}."
    saved = [source for source in _saved(since=run.ended) if defines.search(source)]
    if saved and run.source.strip() not in map(str.strip, saved):
        return "Its cell was changed since it ran: run it, then this one."
    return ""


def _saved(since: float) -> list[str]:
    """The code cells of this notebook's file, if it was written later than `since`."""
    try:
        path = Path(os.environ["JPY_SESSION_NAME"])
        if path.stat().st_mtime <= since:
            return []
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (KeyError, TypeError, OSError, ValueError):
        return []
