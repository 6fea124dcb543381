"""Two banks of answers for each task, which the checks do not know.

One module for each exercise. RIGHT: right answers written quite differently; all must earn full
points. WRONG: wrong answers; all must be rejected, and none may be given a known one's name, but for an
entry (function, name), which does the same as that known one though it is written differently.
EQUIVALENT: mutants of the reference (tests/mutate.py names them) that are right answers too, each
with the reason.
"""

import importlib
import pkgutil

import numpy as np


def bank(name, package=__name__):
    """task -> entries, of all modules of the package that have a bank of that name."""
    folder = importlib.import_module(package).__path__
    modules = [importlib.import_module(f"{package}.{module.name}") for module in pkgutil.iter_modules(folder)]
    return {task: entries for module in modules for task, entries in getattr(module, name, {}).items()}


def into_one_like(argument, result):
    """`result` written into an array made like an argument, where the shapes allow it: whole numbers cut it off."""
    out = np.zeros_like(argument)
    if out.shape != np.shape(result):
        return result
    out[...] = result
    return out
