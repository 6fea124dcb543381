"""The files that were handed in: where they are in a folder or a zip, whose they are, and what is in them."""

from __future__ import annotations

import errno
import io
import os
import re
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from threesteps_grading import WrongUse
from threesteps_grading.reading.lms import MOODLE

LARGEST = 100 * 2**20  # bytes of one file
MANY = 200_000  # files of the class's zip
DEEPEST = 100  # folders within each other; `os.walk` calls itself for each
WITHIN = 1000  # files of a student's zip
TOGETHER = 300 * 2**20  # bytes of all zips of a student
LISTED = 50_000  # entries that it may have, folders too
ENTRY = b"PK\x01\x02"  # begins each entry in a zip's list
JUNK = re.compile(
    r"(^|[/\\])(__MACOSX/|\._|\.~|\.(ipynb_\w*checkpoints|virtual_documents|git|Trash[^/\\]*)[/\\]"
    r"|Thumbs\.db$|desktop\.ini$)"
)
PACKAGES = re.compile(r"(^|[/\\])(site-packages|node_modules|__pycache__)[/\\]")  # what nobody wrote, by the thousand
DOT = re.compile(r"(^|[/\\])\.(?!\.[/\\])")  # where a hidden name begins
HIDDEN = "hidden, because its name or its folder's begins with a dot: it is not read"
BEGINS = re.compile(rb"[\xef\xbb\xbf\xfe\xff\0\s]*\{")  # JSON of a notebook, in whatever encoding
ZIP = b"PK\x03\x04"  # begins a zip
# What a zip may be called by mistake: others, of Word or NumPy, are zips, too.
RENAMED = re.compile(r"(\.(ipynb|txt|json)|(^|/)[^./]+)$", re.IGNORECASE)
# Folders of the course itself: a student who hands in all of it is not called "exercises".
OURS = ("exercises", "notebooks", "solutions", "lib")
REPORT = {"run.json", "results.jsonl"}  # stand in the report of a run
DRIVE = re.compile(r"[A-Za-z]:")  # begins a path of Windows
LEFT = "a copy that a program left behind (.ipynb_checkpoints, __MACOSX, …): it is not read"
NOTHING = "a zip that is empty, or holds nothing but what programs leave behind"
LINK = "a link that leads out of the student's own folder"
INNER = "a zip within a zip: it is not opened"
ENCRYPTED, UTF8 = 0x1, 0x800  # flags of a zip's entry; the latter: its name is UTF-8
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # of other kinds, zipfile unpacks chunks whatever they come to
COUNTS = re.compile(r"\.(ipynb(\.(txt|json))?|zip)$", re.IGNORECASE)  # browsers save notebooks as .ipynb.txt, too


@dataclass(frozen=True)
class Handed:
    """One file, or a folder that can't be opened (its path ends with /). student: what its place calls whoever handed
    it in; modified: with a zone where the file system knows it, as an archive doesn't; contents: its bytes, or in words
    why they can't be had; archived: when the archive that a student made was modified, if it was in one."""

    path: str
    student: str
    modified: datetime
    contents: bytes | str
    archived: datetime | None = None


def files(source: Path, exercises: Collection[str] = (), ours: Collection[Path] = ()) -> Iterator[Handed]:
    """Each file of a folder or a zip, or the one that `source` is. A zip inside of these is unpacked.

    exercises: what the course calls them; files with these names are not called after students. ours: files and folders
    of the teacher's, which are left out. Raises WrongUse where `source` itself is a .zip that can't be opened, or
    that has too many files.
    """
    source = Path(os.path.abspath(source))  # "." has a name, too
    unpacked: Counter[str] = Counter()
    if source.is_dir():
        yield from _in_folder(source, {path.resolve() for path in ours}, unpacked)
    elif source.suffix.lower() == ".zip":
        try:
            archive = _Zip(source)
        except Exception as error:  # as in `_unpacked`
            raise WrongUse(f"{source} is not a zip archive that can be opened: {_said(error)}") from error
        with archive:
            yield from _zipped(archive, (), _stem(_readable(source.name)), unpacked, exercises)
    else:
        name = _readable(source.name)
        yield Handed(name, _stem(name), _time_of(source), _contents(source, source.parent))


def reports_in(source: Path, own: Path) -> list[str]:
    """The folders among the students' that are reports of runs, which `files` leaves out; but for the run's own."""
    if not source.is_dir():
        return sorted("/".join(folder) for folder in _reports(_listed(source)))
    found = (name for name in _within(source)[0] if _is_report(_within(source / name)[1]))
    return sorted(name for name in found if not own.samefile(source / name))


def empty_in(source: Path) -> list[str]:
    """The students' folders of which `files` says nothing: nothing is in them that anybody handed in."""

    def is_empty(name: str) -> bool:
        walk = os.walk(source / name)
        paths = [Path(folder, one) for folder, inner, files in walk for one in (*inner, *files)]
        handed = [path for path in paths if path.is_symlink() or not path.is_dir()]
        return all(_is_junk(path.relative_to(source).as_posix()) and not _may_count(path.name) for path in handed)

    names = (name for name in _within(source)[0] if name not in OURS and not _is_junk(f"{name}/"))
    return sorted(_readable(name) for name in names if os.access(source / name, os.R_OK) and is_empty(name))


def _within(folder: Path) -> tuple[list[str], list[str]]:
    """The folders and the files that stand in a folder; none where it can't be opened, or is none."""
    return next((found[1:] for found in os.walk(folder)), ([], []))


def _is_report(names: Collection[str]) -> bool:
    return {*names} >= REPORT and not any(map(_may_count, names))


def _reports(paths: Collection[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """The folders of a zip that are reports: among those at its top, or in the only one that is there."""
    depth = 2 if len({parts[0] for parts in paths if parts}) == 1 else 1
    names = defaultdict(set)
    for parts in paths:
        if len(parts) == depth + 1:
            names[parts[:-1]].add(parts[-1])
    return {folder for folder, inside in names.items() if _is_report(inside)}


def _listed(archive: Path) -> list[tuple[str, ...]]:
    """The parts of each path in a zip; none where it is no zip, or can't be opened, as `files` says."""
    try:
        with zipfile.ZipFile(archive) as file:
            paths = [_parts(entry) for entry in file.infolist() if not entry.is_dir()]
    except Exception:
        return []
    return [parts for parts in paths if parts and not _is_junk("/".join(parts))]


def flat_names(source: Path) -> set[str]:
    """What the files are called that stand in the class's own folder, and not in a student's."""
    if source.is_dir():
        with os.scandir(source) as entries:
            return {_stem(_readable(entry.name)) for entry in entries if not entry.is_dir(follow_symlinks=False)}
    paths = _listed(source)
    around = len({parts[0] for parts in paths}) == 1
    return {_stem(parts[-1]) for parts in paths if len(parts) == 1 + around}


class _Zip(zipfile.ZipFile):
    """An archive that counts the bytes that were unpacked of it, also in vain."""

    unpacked = 0


def _in_folder(source: Path, ours: Collection[Path], unpacked: Counter[str]) -> Iterator[Handed]:
    top = source.resolve()
    owner = _readable(source.name)
    closed: list[OSError] = []
    for folder, inner, names in os.walk(source, onerror=closed.append):
        real = top / Path(folder).relative_to(source)
        if real.parent == top and _is_report(names):
            inner.clear()
            continue
        inner[:] = sorted(name for name in inner if real / name not in ours)
        links = [name for name in inner if os.path.islink(os.path.join(folder, name))]
        for name in sorted([*names, *links]):
            path = Path(folder, name)
            parts = tuple(_readable(part) for part in path.relative_to(source).parts)
            if real / name in ours:
                continue
            if _is_junk("/".join(parts)):
                if _is_left(parts):
                    yield Handed("/".join(parts), _student(parts, owner), _time_of(path), LEFT)
                continue
            # A student's own folder; a file that stands in the class's folder has none, and may lead nowhere.
            own = source / path.relative_to(source).parts[0] if len(parts) > 1 else path
            contents = HIDDEN if DOT.search("/".join(parts)) else _contents(path, own)
            file = Handed("/".join(parts), _student(parts, owner), _time_of(path), contents)
            yield from _unpacked(file, parts, owner, unpacked)
        if len(real.parts) - len(top.parts) >= DEEPEST:
            deeper = [os.path.join(folder, name) for name in inner if name not in links]
            closed += [OSError(errno.ENAMETOOLONG, f"more than {DEEPEST} folders within each other", x) for x in deeper]
            inner.clear()
    for error in closed:
        path = Path(error.filename)
        if path == source:
            raise error
        parts = (*map(_readable, path.relative_to(source).parts), "")
        if not _is_junk("/".join(parts)):
            yield Handed("/".join(parts), _student(parts, owner), _time_of(path), _why_not(error))


def _is_junk(path: str) -> bool:
    """What nobody handed in, of which nothing is told."""
    unsaid = DOT.search(path) or PACKAGES.search(path)
    return bool(JUNK.search(path) or unsaid and not _may_count(path))


def _is_left(parts: tuple[str, ...]) -> bool:
    """Whether what nobody handed in stands in a student's folder, and could be all that is left of their work."""
    own = len(parts) > 1 and parts[0].strip("/.") and not _is_junk(f"{parts[0]}/")
    return bool(own) and _may_count(parts[-1])


def _unpacked(file: Handed, parts: tuple[str, ...], owner: str, unpacked: Counter[str]) -> Iterator[Handed]:
    """The file, or where it is a student's own zip what is in that: notebooks first, and within limits.

    unpacked: how many bytes of each student's zips were before, to which this one's are added.
    """
    if isinstance(file.contents, str) or not _is_zip(file):
        yield file
        return
    if file.contents.count(ENTRY) > LISTED:  # before it is opened, for that reads the whole list
        yield replace(file, contents=f"a zip of more than {LISTED:,} files and folders is not opened")
        return
    before = unpacked[file.student]
    if before > TOGETHER:
        yield replace(file, contents=f"not unpacked: the student's zips before it held {TOGETHER / 2**20:.0f} MB")
        return
    try:
        with _Zip(io.BytesIO(file.contents)) as archive:
            count = -1
            for count, inner in enumerate(_zipped(archive, parts, owner, unpacked)):
                unpacked[file.student] = before + archive.unpacked
                if archive.unpacked > LARGEST or count >= WITHIN:
                    yield replace(file, contents=f"of it, only {WITHIN:,} files and {LARGEST / 2**20:.0f} MB are read")
                    return
                yield replace(inner, student=file.student, archived=file.modified)
            if count < 0:
                yield replace(file, contents=NOTHING)
    except Exception as error:  # whatever its list trips: BadZipFile, NotImplementedError, OverflowError, …
        yield replace(file, contents=f"a zip that can't be opened: {_said(error)}")


def _is_zip(file: Handed) -> bool:
    """By its contents, as far as they can be had and its name leaves it open."""
    data = file.contents if isinstance(file.contents, bytes) else b""
    if file.path.lower().endswith(".zip"):
        return not BEGINS.match(data)
    return data.startswith(ZIP) and bool(RENAMED.search(file.path))


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__


def _readable(name: str) -> str:
    """A file's name as text; one that is no UTF-8, as old zip programs leave it, by the code page of Windows."""
    if name.isascii():
        return name
    data = os.fsencode(name)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _time_of(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.lstat().st_mtime).astimezone()
    except (OSError, OverflowError, ValueError):
        return datetime.min


def _contents(path: Path, own: Path) -> bytes | str:
    """The file's bytes; `own` is the folder, or the file itself, that it must not lead out of."""
    try:
        if not path.resolve().is_relative_to(own.parent.resolve() / own.name):
            return LINK
        if not path.is_file():
            return "it is no plain file" if os.path.lexists(path) else "it went away while the folder was read"
        if path.stat().st_size > LARGEST:
            return _too_large(path.stat().st_size)
        return path.read_bytes()
    except FileNotFoundError:
        return "it went away while the folder was read"
    except (OSError, RuntimeError) as error:  # RuntimeError: links in a circle
        return _why_not(error)


def _why_not(error: OSError | RuntimeError) -> str:
    return f"it can't be opened: {getattr(error, 'strerror', None) or 'its links go in a circle'}"


def _zipped(
    archive: _Zip, within: Sequence[str], owner: str, unpacked: Counter[str], exercises: Collection[str] = ()
) -> Iterator[Handed]:
    """The files of a zip. within: the parts of its own path in the class's folder; owner: whose it is, if it is just
    one student's; unpacked: as for `_unpacked`."""
    entries, earlier, left = {}, set(), []
    for entry in archive.infolist():
        parts = _parts(entry)
        if entry.filename.endswith(("/", "\\")):
            continue
        if not _is_junk("/".join(parts)):
            if parts in entries:
                earlier.add(parts)
            entries[parts] = entry
        elif not within:
            left.append((parts, entry))
    if len(entries) > MANY:
        raise WrongUse(f"{archive.filename} has more than {MANY:,} files: unpack it, and grade the folder")
    hidden = {parts for parts in entries if DOT.search("/".join(parts))}
    top = _folder_around([parts for parts in entries if parts not in hidden], exercises) if not within else ""
    reports = _reports(entries) if not within else set()
    for parts, entry in left:
        path = parts[1:] if parts[0] == top else parts
        if _is_left(path):
            yield Handed("/".join(path), _student(path, owner), _zip_time(entry), LEFT)

    def rank(parts: tuple[str, ...]) -> tuple:  # notebooks first, of which hidden ones are none, and packages last
        path = "/".join(parts)
        return bool(PACKAGES.search(path)), parts in hidden or ".ipynb" not in path, parts

    for parts, entry in sorted(entries.items(), key=lambda item: rank(item[0])):
        path = (*within, *parts)
        if parts[:1] in reports or parts[:2] in reports:
            continue
        if not parts or parts[0].startswith("/") or ".." in parts or DRIVE.match(parts[0]):
            name = str(PurePosixPath(*parts)) if parts else "?"
            inside = [part for part in parts if part.strip("/.") and not DRIVE.match(part)]
            yield Handed(
                "/".join((*within, name)),
                _student((*within, *(inside or ["?"])), owner),
                _zip_time(entry),
                f"its path, {name}, leads out of the archive" if parts else "an entry of a zip without a name",
            )
            continue
        if top and parts[0] == top and parts[1:]:
            path = parts[1:]
        contents = HIDDEN if parts in hidden else _unzipped(archive, entry)
        file = Handed("/".join(path), _student(path, owner), _zip_time(entry), contents)
        if parts in earlier:
            yield replace(file, contents="the archive holds several files of this name: the last one is read")
        if within:
            yield replace(file, contents=INNER) if _is_zip(file) else file
        else:
            yield from _unpacked(file, path, owner, unpacked)


def _parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    return tuple(part for part in PurePosixPath(_name_of(entry).replace("\\", "/")).parts if part != ".")


def _name_of(entry: zipfile.ZipInfo) -> str:
    """An entry's name. Many programs write UTF-8 without saying so, and it is read as the code page of DOS."""
    if entry.flag_bits & UTF8 or entry.filename.isascii():
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode()
    except UnicodeError:
        return entry.filename


def _zip_time(entry: zipfile.ZipInfo) -> datetime:
    try:
        return datetime(*entry.date_time)
    except ValueError:
        return datetime.min


def _unzipped(archive: _Zip, entry: zipfile.ZipInfo) -> bytes | str:
    """An entry's bytes, of which no more are unpacked than the archive's list says."""
    if entry.file_size > LARGEST:
        return _too_large(entry.file_size)
    if entry.flag_bits & ENCRYPTED:
        return "it can't be unpacked without a password"
    if entry.compress_type not in PACKED:
        return "it is packed in a way that is not read: make the zip anew with the usual method, deflate"
    archive.unpacked += entry.file_size
    try:
        with archive.open(entry) as file:
            return file.read(entry.file_size + 1)  # one more, so that its sum is looked at even where it is empty
    except Exception as error:  # whatever a damaged archive trips: zlib.error, BadZipFile, EOFError, struct.error, …
        return f"it can't be unpacked: {_said(error)}"


def _folder_around(paths: list[tuple[str, ...]], exercises: Collection[str]) -> str:
    """The folder that a zip program put around the class, "" where there is none: one top folder with several
    students' folders in it, or several students' files. A folder of Moodle's is one student's, and so is one with the
    course's own folders, or with exercises under their own names, unless there is more beside them: then, of folders
    those with notebooks, and of files those that have other names."""
    tops = {parts[0] for parts in paths if parts}
    folders = {parts[1] for parts in paths if len(parts) > 2}
    stems = {_stem(parts[1]) for parts in paths if len(parts) == 2 and _may_count(parts[1])}
    ours = (*exercises, *(f"exercise_{name}" for name in exercises))
    course = len(folders & {*OURS}) + len(stems & {*ours})
    if course:
        folders = {parts[1] for parts in paths if len(parts) > 2 and _may_count(parts[-1])} - {*OURS}
        stems = {stem for stem in stems if not stem.startswith(ours)}
    if len(tops) != 1 or max(len(folders), len(stems)) <= max(course, 1):
        return ""
    top = tops.pop()
    return "" if top in OURS or MOODLE.match(top) else top


def _may_count(name: str) -> bool:
    return bool(COUNTS.search(name))


def _stem(name: str) -> str:
    """A file's name without its ending, nor .ipynb before that."""
    stem = PurePosixPath(name).stem
    return PurePosixPath(stem).stem if stem.lower().endswith(".ipynb") else stem


def _too_large(size: int) -> str:
    return f"it has {size / 2**20:.0f} MB; at most {LARGEST / 2**20:.0f} MB are read"


def _student(parts: Sequence[str], owner: str) -> str:
    """Who handed a file in: the top folder, or the file's stem where it stands alone; `owner` where the top folder is
    one of the course's own. With accents written in one way, of which systems have two."""
    alone = len(parts) == 1 or parts[0].lower().endswith(".zip")
    name = _stem(parts[0]) if alone else parts[0]
    return unicodedata.normalize("NFC", owner if parts[0] in OURS and len(parts) > 1 else name)
