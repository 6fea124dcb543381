"""Gradescope's autograder: a zip with the course's package and the two scripts that Gradescope runs."""

from __future__ import annotations

from pathlib import Path

from threesteps_grading.publishing.bundles import PACKAGED, tree, write_zip

SETUP = """#!/usr/bin/env bash
# Runs once, when Gradescope builds the image: Ubuntu 22.04 or newer.
set -euo pipefail
cd "$(dirname "$0")"
export DEBIAN_FRONTEND=noninteractive
python=python3
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  python=python3.11
fi
apt-get update
apt-get install -y "$python" "$python-venv" libseccomp2
"$python" -m venv ../environment
../environment/bin/python -m pip install --no-cache-dir -c constraints.txt ".[grade]"
../environment/bin/python -c "import matplotlib.font_manager"  # its cache
"""

RUN = """#!/usr/bin/env bash
# Runs for each submission; Gradescope puts it into the folder that holds source, submission and results.
set -euo pipefail
cd "$(dirname "$0")"
exec environment/bin/python -P -m threesteps_grading.reporting.gradescope EXERCISE .
"""


def autograder(root: Path, out: Path, exercise: str) -> list[Path]:
    """Write Gradescope's autograder for one exercise as the zip `out`. Result: its path.

    Raises FileExistsError where it is there, and FileNotFoundError where root is no repository of the course.
    """
    files = tree(root, "lib/threesteps", *PACKAGED) | tree(root, "lib/threesteps_grading", *PACKAGED)
    files |= {name: (root / name).read_bytes() for name in ("pyproject.toml", "README.md", "constraints.txt")}
    files["setup.sh"] = SETUP.encode()
    files["run_autograder"] = RUN.replace("EXERCISE", exercise).encode()
    write_zip(out, files)
    return [out]
