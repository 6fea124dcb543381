"""Writing a file, the same way on every system."""

import os
from pathlib import Path


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
