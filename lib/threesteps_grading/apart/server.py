"""The warm server: a Python with NumPy, Matplotlib, IPython and a stand-in for the course's package, that forks.

Started by `processes`, over inherited sockets, in a process that never imports the judge. In its
`threesteps`, `check` does nothing and `draw` draws nothing; the subject modules and the tasks are
neither there nor readable on disk.
"""

from __future__ import annotations

import contextlib
import copy
import functools
import gc
import importlib.util
import os
import random
import shutil
import signal
import site
import socket
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

OPEN, END, BYE, READY = b"o", b"e", b"b", b"r"


def stand_in() -> Path:
    """Put a package `threesteps` in place that holds no answers. Result: the folder of the real one."""
    spec = importlib.util.find_spec("threesteps")
    package = importlib.util.module_from_spec(spec)  # its own code, which imports the tasks, is not run
    sys.modules["threesteps"] = package
    from threesteps import digits, draw

    stored = digits.load_digits()
    package.load_digits = digits.load_digits = lambda: copy.deepcopy(stored)
    package.check = lambda *args, **kwargs: Unjudged()
    package.__all__ = ["check", "load_digits"]
    draw.picture.PATIENCE = None  # the judge keeps the time
    for name in set(draw.__all__) - {"Picture", "attempt", "source"}:
        setattr(draw, name, _undrawn(draw.Picture))
    return Path(spec.origin).parent


class Unjudged:
    """What `check` gives: a verdict that says nothing, or the sum of none."""

    points = max_points = 0.0
    task = exercise = status = message = diagnosis = unseen = next = ""
    groups = verdicts = ()

    def __repr__(self) -> str:
        return repr(self.points)


def _undrawn(picture: type) -> type:
    """A class that takes any arguments and is a picture of nothing: drawing takes long, and no mark depends on it."""

    class Undrawn(picture):
        png, title, caption = b"", "", ""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            pass

        @functools.cached_property
        def figure(self) -> Any:
            figure = sys.modules["matplotlib.figure"].Figure()
            figure.add_subplot()
            return figure

        def _ipython_display_(self) -> None:
            pass

        def step(self) -> None:
            """As a progress bar does."""

    return Undrawn


class Warm:
    """All that the submissions' processes share: modules, a shell, and the confinement that each takes on."""

    def __init__(self, folder: Path, memory: int) -> None:
        course, grader = stand_in(), Path(__file__).parents[1]
        import ipywidgets  # noqa: F401
        import matplotlib.pyplot  # noqa: F401
        import numpy as np
        import numpy.random  # NumPy's own import leaves it out

        from threesteps_grading.apart import channel, child, protect

        self.channel, self.child, self.protect, self.folder, self.np = channel, child, protect, folder, np
        self.shell = child.make_shell()
        self.confinement = protect.Confinement(folder, memory, [course, grader], [course / "draw"])
        sys.modules["threesteps"].__path__.clear()
        for name in [name for name in sys.modules if name.startswith("threesteps_grading.")]:
            del sys.modules[name]
        for name in ("call", "limit"):  # what tells of a call is none of the submission's business
            del sys.modules[f"threesteps.{name}"]
            delattr(sys.modules["threesteps"], name)
        sys.modules["threesteps_grading"] = None  # can't be imported
        sys.path[:] = [path for path in sys.path if path != str(grader.parent) or path in site.getsitepackages()]
        sys.path.append(str(folder))  # with what `%%writefile` writes there
        threads = {name: most for name, most in os.environ.items() if name.endswith("_THREADS")}
        os.environ.clear()
        tempfile.tempdir = str(folder)  # what it was for the server is already known
        os.environ.update(threads)  # a library that could start none may end the process
        os.environ.update(HOME=str(folder), TMPDIR=str(folder), PATH=os.defpath, LANG="C.UTF-8", USER="student")
        self.empty()

    def run(self, connection: socket.socket) -> NoReturn:
        """Be a submission's process until the judge hangs up."""
        try:
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            os.close(nowhere)
            random.seed(0)  # what a submission draws from global state is the same on every run
            self.np.random.seed(0)
            channel = self.channel.Channel(connection)
            try:
                self.confinement.apply()
            except Exception as error:
                channel.send(self.channel.encode(("unconfined", 0, f"{type(error).__name__}: {error}")))
            else:
                self.child.Child(channel, self.shell).serve()
        finally:
            os._exit(1)

    def empty(self) -> None:
        """Remove what a submission left in its folder."""
        for entry in os.scandir(self.folder):
            with contextlib.suppress(OSError, RecursionError):
                shutil.rmtree(entry.path) if entry.is_dir(follow_symlinks=False) else os.unlink(entry.path)


def serve(control: socket.socket, warm: Warm) -> None:
    """Fork on OPEN, for the connection that comes with it; end what was forked on END, on BYE, or if the judge died."""
    gc.collect()
    gc.freeze()
    request, pid = END, 0
    while request in (OPEN, END):
        request, files = _next(control)
        if request == OPEN:
            pid = os.fork()
            if not pid:
                control.close()
                os.setsid()
                warm.run(socket.socket(fileno=files[0]))
            os.close(files[0])
        elif pid:
            os.kill(pid, signal.SIGKILL)  # still ours to collect: the number can't be another process's
            os.waitpid(pid, 0)
            warm.protect.end_children()
            warm.empty()
            pid = 0
    if request != BYE:
        shutil.rmtree(warm.folder, ignore_errors=True)


def _next(control: socket.socket) -> tuple[bytes, list[int]]:
    """The judge's next request and the files that come with it; b"" if it died, be it before the server was ready."""
    try:
        control.sendall(READY)
        return socket.recv_fds(control, 1, 1)[:2]
    except ConnectionError:
        return b"", []


def main() -> None:
    """Arguments: FOLDER MEMORY, and `fork SOCKET` to serve, or `alone PORT` to be one submission's process."""
    folder, memory, mode, number = sys.argv[2:]
    warm = Warm(Path(folder), int(memory))
    if mode == "fork":
        serve(socket.socket(fileno=int(number)), warm)
        os._exit(0)
    connection = socket.create_connection(("127.0.0.1", int(number)))
    connection.sendall(sys.stdin.buffer.readline())
    warm.run(connection)
