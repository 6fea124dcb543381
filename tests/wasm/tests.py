"""Runs in Pyodide: pytest, with the arguments that it is given."""

import sys

arguments, sys.argv[1:] = sys.argv[1:], []

import pyodide_kernel  # noqa: E402, F401  what of Unix IPython and pytest import, it replaces

sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__

import pytest  # noqa: E402

# No file descriptors can be captured, no faults caught, and no plugins are here.
BROWSER = ["--capture=sys", "-p", "no:faulthandler", "-p", "no:cacheprovider", "-o", "addopts="]
if code := pytest.main([*BROWSER, *arguments]):
    raise SystemExit(f"pytest: {code!r}")
