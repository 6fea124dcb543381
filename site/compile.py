"""Run in Pyodide (compile.mjs): wheels with their modules compiled, so that a browser starts in a third of the time."""

import _imp
import io
import zipfile
from importlib._bootstrap_external import _RAW_MAGIC_NUMBER, _code_to_hash_pyc
from pathlib import Path

import matplotlib.font_manager  # writes a list of the fonts where the packaged one is of another version

FONTS = Path(matplotlib.__file__).with_name("fontlist.json")
SOURCES = ("threesteps-",)  # learners may read the course's code


def compiled(source, where):
    """A module's bytecode, as its .pyc holds it; it counts as fresh whatever the time."""
    code = compile(source, where, "exec", dont_inherit=True)
    return bytes(_code_to_hash_pyc(code, _imp.source_hash(_RAW_MAGIC_NUMBER, source), False))


def members(archive, where, sources):
    for name in archive.namelist():
        data = archive.read(name)
        if name == "matplotlib/fontlist.json":
            yield name, FONTS.read_bytes()
        elif not name.endswith(".py"):
            yield name, data
        elif sources:
            folder, _, file = name.rpartition("/")
            yield name, data
            yield f"{folder}/__pycache__/{file[:-3]}.cpython-312.pyc", compiled(data, where + name)
        else:
            yield f"{name}c", compiled(data, where + name)


def convert(path, target):
    where = "/lib/python312.zip/" if path.endswith(".zip") else "/lib/python3.12/site-packages/"
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new:
        for name, data in members(old, where, Path(path).name.startswith(SOURCES)):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data)
    Path(target).write_bytes(buffer.getvalue())
