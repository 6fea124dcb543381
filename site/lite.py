"""JupyterLite, with the course's notebooks and the site's own Pyodide, and the page that holds it."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
from kernel import EXTENSION

HERE = Path(__file__).parent
SETTINGS = "@jupyterlite/pyodide-kernel-extension:kernel"


def write_lite(root: Path, build: Path, pyodide: Path, notebooks: Sequence[str], site: Path) -> None:
    """Write JupyterLite into `site`/lite, and `site`/run.html."""
    lite = build / "lite"
    shutil.rmtree(lite, ignore_errors=True)
    shutil.copytree(pyodide, lite / "static" / "pyodide")
    versions = {}
    for name in notebooks:
        path = lite / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(nbformat.read(root / name, as_version=4)), encoding="utf-8")
        versions[name] = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    config = json.loads((HERE / "jupyter-lite.json").read_text(encoding="utf-8"))
    packages = json.loads((pyodide / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"].values()
    options = config["jupyter-config-data"]["litePluginSettings"][SETTINGS]["loadPyodideOptions"]
    options["packages"] = [package["name"] for package in packages]
    (lite / "jupyter-lite.json").write_text(json.dumps(config), encoding="utf-8")
    build_config = {
        "apps": ["lab"],
        "contents": ["files"],
        "output_dir": str(site / "lite"),
        "federated_extensions": [
            str(Path(sys.prefix) / EXTENSION),
            *(str(wheel) for wheel in (build / "wheels").glob("jupyterlab_widgets-*.whl")),
        ],
        "ignore_sys_prefix": ["federated_extensions"],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
    }
    (lite / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": build_config}), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "jupyterlite_core", "build"], cwd=lite, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    _free_the_arrows(site / "lite" / "build" / "schemas" / "all.json")
    _add_to_head(site / "lite" / "lab" / "index.html", (HERE / "lab.html").read_text(encoding="utf-8"))
    files = [[f"lite/static/pyodide/{path.name}", path.stat().st_size] for path in sorted(pyodide.iterdir())]
    built = json.dumps({"files": [f for f in files if not f[0].endswith(".mjs")], "versions": versions})
    page = (HERE / "run.html").read_text(encoding="utf-8").replace("BUILT", built)
    (site / "run.html").write_text(page, encoding="utf-8")


def _free_the_arrows(schemas: Path) -> None:
    """Sliders move by the arrow keys, which this version of JupyterLab keeps for headings."""
    plugins = json.loads(schemas.read_text(encoding="utf-8"))
    for plugin in plugins:
        if shortcuts := plugin["schema"].get("jupyter.lab.shortcuts"):
            kept = [one for one in shortcuts if one["keys"] not in (["ArrowLeft"], ["ArrowRight"])]
            plugin["schema"]["jupyter.lab.shortcuts"] = kept
    schemas.write_text(json.dumps(plugins), encoding="utf-8")


def _add_to_head(page: Path, more: str) -> None:
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("</head>", f"{more}</head>", 1), encoding="utf-8")
