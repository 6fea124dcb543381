"""Runs in Pyodide: a notebook in JupyterLite's own kernel, cell after cell.

argv: the notebook, and the file for what came of its code cells: for each its "outputs" as in a notebook, the text of
its "error", the processor's "seconds", and those of them that went by in one go, "still", without a widget that moved.
"""

import json
import os
import sys
from pathlib import Path

arguments, sys.argv[1:] = sys.argv[1:], []  # IPython's application would read them, too

import matplotlib.font_manager  # noqa: E402, F401  its cache, so that no cell is the one to build it
import pyodide_kernel  # noqa: E402
from js import process  # noqa: E402

outputs, moves = [], []


def stream(name, text):
    if not outputs or outputs[-1].get("name") != name:
        outputs.append({"output_type": "stream", "name": name, "text": ""})
    outputs[-1]["text"] += text


def shown(data):
    outputs.append({"output_type": "display_data", "data": json.loads(json.dumps(data))})


pyodide_kernel.stdout_stream.publish_stream_callback = stream
pyodide_kernel.stderr_stream.publish_stream_callback = stream
pyodide_kernel.ipython_shell.display_pub.display_data_callback = lambda data, *_: shown(data)
pyodide_kernel.ipython_shell.displayhook.publish_execution_result = lambda _, data, __: shown(data)
pyodide_kernel.ipython_shell.send_comm = lambda *_: moves.append(seconds())


def seconds():
    used = process.cpuUsage()
    return (used.user + used.system) / 1e6


async def run(source):
    outputs.clear()
    moves[:] = [seconds()]
    done = await pyodide_kernel.kernel_instance.run(source)
    moves.append(seconds())
    still = max(after - before for before, after in zip(moves, moves[1:]))
    error = "" if done["status"] == "ok" else "\n".join(done["traceback"])
    return {"outputs": list(outputs), "error": error, "seconds": moves[-1] - moves[0], "still": still}


async def main(notebook, result):
    os.chdir(Path(notebook).parent)
    cells = [cell for cell in json.loads(Path(notebook).read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    Path(result).write_text(json.dumps([await run("".join(cell["source"])) for cell in cells]), "utf-8")


await main(*arguments)  # noqa: F704
