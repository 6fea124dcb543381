"""The files that were handed in: where they are in a folder or a zip, whose they are, and what is in them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from threesteps_grading import WrongUse

LARGEST = 100 * 2**20  # bytes of one file
JUNK = re.compile(r"(^|[/\\])(\.(?!\.[/\\])|__MACOSX/|Thumbs\.db$|desktop\.ini$)")


def files(source: Path) -> Iterator[tuple[str, str, float, bytes | str]]:
    """(path, student, time, contents) of each file; in place of contents that can't be read, the reason."""
    if source.is_dir():
        for path in sorted(source.rglob("*")):
            name = path.relative_to(source).as_posix()
            if path.is_file() and not JUNK.search(name):
                yield name, _student(name), path.stat().st_mtime, _contents(path, source)
    elif source.suffix.lower() == ".zip":
        yield from _zipped(source)
    else:
        yield source.name, source.stem, source.stat().st_mtime, _contents(source, source.parent)


def _contents(path: Path, within: Path) -> bytes | str:
    if not path.resolve().is_relative_to(within.resolve()):
        return "a link that leads out of the folder"
    if path.stat().st_size > LARGEST:
        return _too_large(path.stat().st_size)
    try:
        return path.read_bytes()
    except OSError as error:
        return f"the file can't be opened: {error.strerror}"


def _zipped(source: Path) -> Iterator[tuple[str, str, float, bytes | str]]:
    try:
        archive = zipfile.ZipFile(source)
    except zipfile.BadZipFile as error:
        raise WrongUse(f"{source} is not a zip archive: {error}") from error
    with archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir() and not JUNK.search(entry.filename)]
        skipped = _common_folder([entry.filename for entry in entries])
        for entry in sorted(entries, key=lambda entry: entry.filename):
            path = PurePosixPath(entry.filename.replace("\\", "/"))
            name = path.as_posix().removeprefix(skipped)
            time = float("{:04}{:02}{:02}{:02}{:02}{:02}".format(*entry.date_time))  # sorts like a time
            if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
                yield path.name, path.stem, time, f"its path, {entry.filename}, leads out of the archive"
                continue
            yield name, _student(name), time, _unzipped(archive, entry)


def _unzipped(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | str:
    try:
        with archive.open(entry) as file:
            data = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        return f"it can't be unpacked: {error}"
    return data if len(data) <= LARGEST else _too_large(entry.file_size)


def _common_folder(names: list[str]) -> str:
    """The folder that a zip program put around the whole: one top folder with several folders in it."""
    tops = {name.partition("/")[0] for name in names}
    inner = {PurePosixPath(name).parts[1] for name in names if len(PurePosixPath(name).parts) > 2}
    return f"{tops.pop()}/" if len(tops) == 1 and len(inner) > 1 else ""


def _too_large(size: int) -> str:
    return f"it has {size / 2**20:.0f} MB; at most {LARGEST / 2**20:.0f} MB are read"


def _student(name: str) -> str:
    path = PurePosixPath(name)
    return path.parts[0] if len(path.parts) > 1 else path.stem
