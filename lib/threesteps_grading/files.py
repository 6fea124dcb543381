"""Writing a file, the same way on every system; and a folder to oneself."""

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None


def write(path: Path, text: str) -> None:
    """Put text into the file, as UTF-8 with LF, at once or not at all; an unchanged file isn't touched.

    Half of a surrogate pair, as a student's name in an odd zip may have it, becomes "?".
    """
    data = text.encode("utf-8", errors="replace")
    if path.exists() and path.read_bytes() == data:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.write_bytes(data)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Work in a folder (made, where there is none) while no other process does so. Raises OSError where one does.

    The claim ends with the process, however that ends; where a system knows no such claims, there is none.
    """
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    claim = os.open(folder, os.O_RDONLY) if fcntl else None
    try:
        if fcntl:
            _claim(claim, folder)
        yield
    finally:
        if fcntl:
            with contextlib.suppress(OSError):
                fcntl.flock(claim, fcntl.LOCK_UN)  # also for processes that were forked meanwhile
            os.close(claim)
        if made:
            with contextlib.suppress(OSError):
                folder.rmdir()  # where nothing came of it


def _claim(descriptor: int, folder: Path, patience: int = 50) -> None:
    """Tried for five seconds: the processes of a grader that was killed take a second or two to see it."""
    for _ in range(patience):
        try:
            return fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.1)
        except OSError:
            return  # a network drive without claims
    raise OSError(f"another grader is at work in {folder}: wait until it is done, or give another folder")
