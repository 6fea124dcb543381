"""Starting and ending the processes apart, in which submissions run.

Where the system can fork, a warm server gives a fresh process within milliseconds (`server`);
elsewhere each is a Python of its own. This module runs on the judge's side, all others of this
folder in the processes apart.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from threesteps_grading.apart.channel import Channel
from threesteps_grading.apart.server import BYE, END, OPEN

LEAST_MEMORY = 256
START = 120.0  # seconds for the server's imports
# Of the grader's environment, what a Python may need to start, and what decides which kernels compute.
ENVIRONMENT = ("HOME", "LD_LIBRARY_PATH", "SYSTEMROOT", "XDG_CACHE_HOME", "MPLCONFIGDIR")
ENVIRONMENT += ("OPENBLAS_CORETYPE", "NPY_DISABLE_CPU_FEATURES")
FIXED = {"MPLBACKEND": "Agg", "PYTHONHASHSEED": "0"} | dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
COMMAND = "import sys; sys.path.insert(0, sys.argv[1]); from threesteps_grading.apart.server import main; main()"


class EngineError(RuntimeError):
    """No process for submissions can be had, or the server of one died; its argument says more."""


class Processes:
    """Gives one process after the other, each with an empty folder to itself; a context manager.

    memory: megabytes of each. Raises ValueError for too little.
    """

    def __init__(self, memory: int) -> None:
        if memory < LEAST_MEMORY:
            raise ValueError(f"memory is {memory} MB, but Python and NumPy alone need {LEAST_MEMORY}")
        self.memory = memory
        self.forking = sys.platform == "linux"
        self._process: subprocess.Popen | None = None
        self._control: socket.socket | None = None
        self._temporary = tempfile.TemporaryDirectory(prefix="threesteps-", ignore_cleanup_errors=True)
        self.folder = Path(self._temporary.name).resolve()

    def __enter__(self):
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes and remove the folder."""
        self._stop()
        self._temporary.cleanup()

    def begin(self) -> Channel:
        """A new process, and the channel to it. Raises EngineError."""
        if not self.forking:
            return self._alone()
        ours, theirs = socket.socketpair()
        with theirs:
            for _attempt in range(2):  # the server may have died since it was last used
                if self._process is None:
                    self._serve()
                with contextlib.suppress(OSError):
                    socket.send_fds(self._control, [OPEN], [theirs.fileno()])
                    if self._control.recv(1):
                        return Channel(ours)
                self._stop()
        ours.close()
        raise EngineError("the server for submissions does not stay alive")

    def end(self) -> None:
        """End the process with all that it started, and empty its folder. Raises EngineError if the server had died."""
        if not self.forking:
            self._stop()
            return
        with contextlib.suppress(OSError):
            self._control.sendall(END)
            if self._control.recv(1):
                return
        self._stop()
        raise EngineError("the server for submissions has died")

    def _serve(self) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._launch("fork", theirs.fileno(), pass_fds=[theirs.fileno()])
        self._control.settimeout(START)
        with contextlib.suppress(TimeoutError):
            if self._control.recv(1):
                return
        raise EngineError(f"the server for submissions does not start: {self._last_words()}")

    def _alone(self) -> Channel:
        """A Python of its own, where there is no fork to rely on: slower."""
        token = secrets.token_hex().encode() + b"\n"  # others on this machine could connect, too
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(START)
            self._launch("alone", listener.getsockname()[1], stdin=subprocess.PIPE)
            with contextlib.suppress(OSError):
                with self._process.stdin as pipe:
                    pipe.write(token)
                connection, _ = listener.accept()
                connection.settimeout(START)
                if connection.recv(len(token), socket.MSG_WAITALL) == token:
                    return Channel(connection)
                connection.close()
        raise EngineError(f"no process for a submission starts: {self._last_words()}")

    def _launch(self, mode: str, number: int, **options: Any) -> None:
        kept = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  closed in _stop
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-P",
                "-c",
                COMMAND,
                Path(__file__).parents[2],
                self.folder,
                *map(str, (self.memory, mode, number)),
            ],
            env=kept | FIXED | {"IPYTHONDIR": str(self.folder)},
            cwd=self.folder,
            start_new_session=True,
            **{"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": self._errors} | options,
        )

    def _last_words(self) -> str:
        self._errors.seek(0)
        lines = self._errors.read().decode(errors="replace").split("\n")
        self._stop()
        return next(filter(None, map(str.strip, reversed(lines))), "it says nothing")

    def _stop(self) -> None:
        if self._control is not None:
            with contextlib.suppress(OSError), self._control:
                self._control.sendall(BYE)
            self._control = None
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(10.0 if self.forking else 0.0)
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL) if os.name == "posix" else self._process.kill()
            self._process.wait()
            self._process = None
            self._errors.close()
