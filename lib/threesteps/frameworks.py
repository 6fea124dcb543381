"""PyTorch, TensorFlow with Keras, and JAX, for lesson 4a: where one is missing, its answers are read from a file.

The file is written by running the lesson where all are installed, with THREESTEPS_STORE set to its path.
"""

from __future__ import annotations

import importlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

MODULES = {"NumPy": ["numpy"], "PyTorch": ["torch"], "Keras": ["tensorflow", "keras"], "JAX": ["jax"]}
# One thread each, or times can't be compared; no graphics card.
SETTINGS = {
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "KERAS_BACKEND": "tensorflow",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "JAX_PLATFORMS": "cpu",
    "CUDA_VISIBLE_DEVICES": "-1",
}
STORED: dict[str, Any] = json.loads((files("threesteps") / "frameworks.json").read_text(encoding="utf-8"))
answered: dict[str, Any] = {}


def load(*names: str) -> list[ModuleType | None]:
    """The modules of these names, None for each that is not installed; on one thread, without a graphics card."""
    os.environ |= SETTINGS
    return [_module(name) for name in names]


def missing(names: str | Sequence[str]) -> list[str]:
    """Those of `names` ("NumPy", "PyTorch", "Keras", "JAX") that are not installed."""
    names = [names] if isinstance(names, str) else names
    return [name for name in names if None in map(_module, MODULES[name])]


def ask(names: str | Sequence[str], question: str, compute: Callable[..., Any], *args: Any) -> Any:
    """compute(*args), or, where one of `names` is missing, what it gave when the lesson was written.

    question: says what is computed, different for each use. The answer is made of numbers, strings, lists and
    dicts with strings as keys. Raises LookupError for a question without a stored answer.
    """
    key = f"{names if isinstance(names, str) else ', '.join(names)}: {question}"
    if lacking := missing(names):
        if key not in STORED:
            raise LookupError(f"no answer to this is stored: it needs {' and '.join(lacking)}")
        return STORED[key]
    answered[key] = compute(*args)
    if path := os.environ.get("THREESTEPS_STORE"):
        Path(path).write_text(json.dumps(answered, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    return answered[key]


def _module(name: str) -> ModuleType | None:
    try:
        with _silence():
            return importlib.import_module(name)
    except ImportError:  # also where a part of it is missing, as TensorFlow for Keras
        return None


@contextmanager
def _silence() -> Iterator[None]:
    """Nothing on stderr, where TensorFlow logs while it is imported, before it can be told not to."""
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)
