"""The course's website, in `_site`: pages to read, and JupyterLite to run them. `make site` runs this.

`python site/build.py PYODIDE`: a folder or address with Pyodide's packages, in place of Pyodide's own.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from kernel import size, write_kernel
from lite import write_lite
from pages import write_pages
from sphinx.cmd.build import build_main

HERE = Path(__file__).parent
ROOT = HERE.parent
BUILD = ROOT / "build" / "site"
PYODIDE = "https://cdn.jsdelivr.net/pyodide/v0.27.7/full"
MATHJAX = ("tex-chtml.js", "input/tex/extensions", "output/chtml/fonts")


def main(pyodide: str) -> None:
    site = BUILD / "html"
    shutil.rmtree(site, ignore_errors=True)
    notebooks = write_pages(ROOT, BUILD / "pages")
    kernel = write_kernel(ROOT, BUILD, pyodide)
    options = f"-q -W --keep-going -E -D html_context.size={size(kernel)}".split()
    folders = ("-c", HERE, "-d", BUILD / "doctrees", BUILD / "pages", site)
    if build_main([*options, *map(str, folders)]):
        raise SystemExit("make site: the pages have faults, see above")
    copy_mathjax(site / "_static" / "mathjax")
    write_lite(ROOT, BUILD, kernel, notebooks, site)
    shutil.rmtree(ROOT / "_site", ignore_errors=True)
    shutil.move(site, ROOT / "_site")


def copy_mathjax(target: Path) -> None:
    """What the pages load of MathJax."""
    source = HERE / "node_modules" / "mathjax" / "es5"
    for name in MATHJAX:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (source / name).is_dir() else shutil.copy)(source / name, target / name)


if __name__ == "__main__":
    main(*sys.argv[1:2] or [PYODIDE])
