"""Lesson 4a runs with any toolkits; its outputs are compared where all are there."""

from importlib.util import find_spec

ALL_INSTALLED = all(find_spec(name) for name in ("torch", "tensorflow", "jax"))


def pytest_itemcollected(item):
    """Every cell of every notebook passes here, and what else pytest collects."""
    if item.path.name == "4a_frameworks.ipynb" and not ALL_INSTALLED:
        item.options["check"] = False
