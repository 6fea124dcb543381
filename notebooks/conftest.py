"""Lesson 4a is run with whatever toolkits are installed; its outputs are compared only where all of them are."""

from importlib.util import find_spec

ALL_INSTALLED = all(find_spec(name) for name in ("torch", "tensorflow", "jax"))


def pytest_itemcollected(item):
    """Every cell of every notebook passes here, and what else pytest collects."""
    if item.path.name == "4a_frameworks.ipynb" and not ALL_INSTALLED:
        item.options["check"] = False
