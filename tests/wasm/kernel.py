"""Runs inside Pyodide: a notebook in JupyterLite's own kernel, cell after cell.

argv: the notebook, the folder that it runs in, and the file for what came out: for each code cell its "outputs" as
in a notebook, its "error", its "seconds" of wall time and of the processor's, and how often a widget "moved".
"""

import json
import os
import sys
import time
from pathlib import Path

import pyodide_kernel
from js import process

_, NOTEBOOK, FOLDER, RESULT = sys.argv
kernel, shell = pyodide_kernel.kernel_instance, pyodide_kernel.ipython_shell
outputs, moved = [], []


def stream(name, text):
    if not outputs or outputs[-1].get("name") != name:
        outputs.append({"output_type": "stream", "name": name, "text": ""})
    outputs[-1]["text"] += text


def shown(kind):
    return lambda data, *_: outputs.append({"output_type": kind, "data": json.loads(json.dumps(data))})


pyodide_kernel.stdout_stream.publish_stream_callback = stream
pyodide_kernel.stderr_stream.publish_stream_callback = stream
shell.display_pub.display_data_callback = shown("display_data")
shell.displayhook.publish_execution_result = lambda _, data, __: shown("execute_result")(data)
shell.send_comm = lambda kind, *_: moved.append((kind, time.monotonic()))


def processor():
    used = process.cpuUsage()
    return (used.user + used.system) / 1e6


async def run(source):
    outputs.clear()
    moved.clear()
    start = time.monotonic(), processor()
    done = await kernel.run(source)
    seconds = time.monotonic() - start[0], processor() - start[1]
    times = [start[0], *(when for kind, when in moved if kind == "comm_msg"), start[0] + seconds[0]]
    return {
        "outputs": list(outputs),
        "error": "" if done["status"] == "ok" else "\n".join(done["traceback"]),
        "wall": seconds[0],
        "cpu": seconds[1],
        "still": max(after - before for before, after in zip(times, times[1:])),
    }


os.chdir(FOLDER)
cells = [cell for cell in json.loads(Path(NOTEBOOK).read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
Path(RESULT).write_text(json.dumps([await run("".join(cell["source"])) for cell in cells]), "utf-8")  # noqa: F704
