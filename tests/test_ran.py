"""What ran: a check in a real IPython, where the answer that you see is not the one that is judged."""

import json
import os
import subprocess
import sys
import time

import pytest
from IPython.core.interactiveshell import InteractiveShell

from threesteps import ran

STUB = "def sigmoid(z):\n    raise NotImplementedError\n"
RIGHT = "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n"


@pytest.fixture
def shell(monkeypatch):
    monkeypatch.setattr(ran, "_runs", ran.deque(maxlen=3))
    shell = InteractiveShell()
    shell.history_manager.enabled = False
    shell.events.register("post_run_cell", ran._remember)
    monkeypatch.setattr(shell, "showtraceback", lambda *args, **kwargs: None)
    monkeypatch.setattr(shell, "showsyntaxerror", lambda *args, **kwargs: None)
    return shell


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([], ""),
        ([STUB], ""),
        ([STUB, "def sigmoid(z):\n    return (1\n"], "Python can't read the newest version of its cell: "),
        ([STUB, "def sigmoid(z) return 1", "sigmoid = None"], ""),
        ([STUB, "1 / 0\n" + RIGHT], "The newest run of its cell ended early, with ZeroDivisionError."),
        ([STUB, "%%time\n" + RIGHT.replace("np", "math")], ""),
        ([STUB, "    sigmoid(3)", "def sigmoid_prime(z): return ("], ""),
        ([STUB, *3 * ["1"]], ""),  # too long ago
    ],
)
def test_what_ran(shell, cells, said):
    for cell in cells:
        shell.run_cell(cell)
    found = ran.outdated("sigmoid")
    assert found.startswith(said) and bool(found) == bool(said)


@pytest.mark.parametrize(
    ("saved", "later", "said"),
    [
        (RIGHT, 10, "Its cell was changed since it ran: run it, then this one."),
        (RIGHT, -10, ""),
        (STUB, 10, ""),
        ("x = 1", 10, ""),
    ],
)
def test_a_cell_that_was_changed_and_saved_but_not_run(shell, tmp_path, monkeypatch, saved, later, said):
    shell.run_cell(STUB)
    path = tmp_path / "x.ipynb"
    cells = [{"cell_type": "markdown", "source": [RIGHT]}, {"cell_type": "code", "source": saved.splitlines(True)}]
    path.write_text(json.dumps({"cells": cells}))
    os.utime(path, (time.time() + later,) * 2)
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    assert ran.outdated("sigmoid") == said


@pytest.mark.parametrize("text", ["", "[]", '{"cells": 3}', '{"cells": [1]}', '{"cells": [{}]}', "\x00"])
def test_a_file_that_is_no_notebook_says_nothing(shell, tmp_path, monkeypatch, text):
    path = tmp_path / "x.ipynb"
    path.write_text(text)
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    assert ran._saved(since=0) == []


def test_the_card_says_so_in_a_notebook():
    script = f"""if True:
        from IPython.core.interactiveshell import InteractiveShell
        shell = InteractiveShell.instance()
        shell.showsyntaxerror = lambda *args, **kwargs: None
        for cell in ("from threesteps import check", {STUB!r}, "def sigmoid(z) return z"):
            shell.run_cell(cell)
        print(shell.run_cell('check("sigmoid").next').result)
    """
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "Python can't read the newest version of its cell: expected ':', line 1." in done.stdout
