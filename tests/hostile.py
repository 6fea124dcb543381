"""Submissions that attack the grader or break, one idea each: what must happen is said with it.

Each is exercise 1a as a list of code cells, or a file's bytes. `earns` is what it has honestly earned: an attack may
cost points, it never brings any. Where the rest of the notebook is honest and must still be graded, `earns` is exact.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

SETUP = "import numpy as np\n\nfrom threesteps import check, draw"
SIGMOID = "def sigmoid(z):\n    e = np.exp(-np.abs(z))\n    return np.where(np.asarray(z) >= 0, 1.0, e) / (1 + e)"
AFFINE = "def affine(X, W, b):\n    return X @ W.T + b"
PRIME = "def sigmoid_prime(z):\n    a = sigmoid(z)\n    return a * (1 - a)"
HONEST = [SETUP, SIGMOID, AFFINE, PRIME]
REST = [AFFINE, PRIME]  # worth 5; sigmoid_prime needs a sigmoid


@dataclass(frozen=True)
class Case:
    """content: code cells, or the bytes of a file; earns: points, exactly, or at most (3 is what an honest affine is
    worth); status: of the first task, where it matters."""

    name: str
    content: list[str] | bytes
    earns: float = 3.0
    exact: bool = True
    status: str = ""


def notebook(cells: list[str], **extra) -> bytes:
    """A notebook file with these code cells."""
    body = [
        {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "execution_count": None, "id": f"c{i}"}
        for i, source in enumerate(cells)
    ]
    whole = {"cells": body, "metadata": {"threesteps": {"exercise": "1a_neuron"}}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps({**whole, **extra}).encode()


def answer(body: str, *before: str) -> list[str]:
    """An attack in place of sigmoid; affine is honest and earns its 3 points."""
    return [SETUP, *before, f"def sigmoid(z):\n{body}", AFFINE]


def aside(cell: str) -> list[str]:
    """An attack in a cell of its own before honest answers."""
    return [SETUP, cell, SIGMOID, AFFINE, PRIME]


# Pretending

PRETENDING = [
    Case("prints a verdict", answer("    print('3.0')\n    print('{\"points\": 3}')")),
    Case("returns a card", answer("    return check('sigmoid')")),
    Case("patches comparisons", answer("    return z * 0", "np.isclose = np.allclose = lambda *a, **k: True")),
    Case("patches builtins", answer("    return z * 0", "import builtins\nbuiltins.all = builtins.any = lambda x: True")),
    Case("patches the check", answer("    return z", "import threesteps\nthreesteps.check = lambda *a: 3.0")),
    Case("hides that it changes X", [SETUP, SIGMOID, "import copy, sys\ncopy.deepcopy = lambda x: x\n"
        "sys.modules['threesteps.call'].same = lambda a, b: True",
        "def affine(X, W, b):\n    z = X @ W.T + b\n    X *= 2\n    return z"], earns=5.0),
    Case("hides NumPy's warnings", answer(
        "    return 1 / (1 + np.exp(-z))", "import sys, warnings\nwarnings.simplefilter = lambda *a: None\n"
        "sys.modules['threesteps.call'].NUMPYS_WARNINGS = ()"), earns=5.0),
    Case("imports the answer", answer("    from threesteps.network import sigmoid as s\n    return s(z)")),
    Case("imports the task", answer("    from threesteps.tasks import TASKS\n    return TASKS['sigmoid'].reference(z)")),
    Case("imports the judge", answer("    from threesteps_grading.judging import judge\n    return judge.judge")),
    Case("imports by path", answer(
        "    import importlib.util, os, threesteps.draw\n"
        "    here = os.path.dirname(os.path.dirname(threesteps.draw.__file__))\n"
        "    spec = importlib.util.spec_from_file_location('n', os.path.join(here, 'network.py'))\n"
        "    m = importlib.util.module_from_spec(spec)\n    spec.loader.exec_module(m)\n    return m.sigmoid(z)")),
    Case("finds it among the objects", answer(
        "    import gc\n"
        "    for o in gc.get_objects():\n"
        "        if callable(o) and getattr(o, '__name__', '') == 'sigmoid' and o is not sigmoid:\n"
        "            return o(z)")),
    Case("finds it in the modules", answer(
        "    import sys\n"
        "    for m in list(sys.modules.values()):\n"
        "        f = getattr(m, 'sigmoid', None)\n"
        "        if f is not None and f is not sigmoid and callable(f):\n            return f(z)")),
    Case("walks the frames", answer(
        "    import sys\n    f = sys._getframe()\n"
        "    while f:\n"
        "        for v in list(f.f_locals.values()) + list(f.f_globals.values()):\n"
        "            if callable(getattr(v, 'reference', None)):\n                return v.reference(z)\n"
        "        f = f.f_back")),
    Case("is equal to everything", answer(
        "    class E:\n        def __eq__(self, o): return True\n        def __array__(self, *a, **k): return np.zeros(3)\n"
        "    return E()")),
    Case("an array that is equal to everything", answer(
        "    class E(np.ndarray):\n        def __sub__(self, o): return np.zeros(np.shape(self))\n"
        "    return np.asarray(z, float).view(E)")),
    Case("a float that is equal to everything", answer(
        "    class F(float):\n        def __eq__(self, o): return True\n        __hash__ = float.__hash__\n    return F(1)")),
    Case("a list that is equal to everything", answer(
        "    class L(list):\n        def __eq__(self, o): return True\n    return L([1.0])")),
    Case("a generator", answer("    yield z")),
    Case("an object array", answer("    return np.array([None, z], dtype=object)")),
    Case("nan everywhere", answer("    return np.full(np.shape(z), np.nan)")),
    Case("memorised values", answer(
        "    known = {4.0: 0.98201379, -2.0: 0.11920292, 0.0: 0.5, -1000.0: 0.0, 1000.0: 1.0}\n"
        "    return known.get(z, 0.3) if isinstance(z, float) else np.full(np.shape(z), 0.3)")),
    Case("right on the first call alone", answer(
        "    global calls\n    calls += 1\n    return 1 / (1 + np.exp(-z)) if calls == 1 else 0.5", "calls = 0")),
    Case("stays a stub when asked", answer("    raise NotImplementedError"), status="missing"),
    Case("redefined after its check", [*HONEST, "def sigmoid(z):\n    return z"], earns=3.0),
    Case("an honest callable object", [
        SETUP, "class S:\n    def __call__(self, z):\n        e = np.exp(-np.abs(z))\n"
        "        return np.where(np.asarray(z) >= 0, 1.0, e) / (1 + e)\n\n\nsigmoid = S()", AFFINE, PRIME], earns=8.0),
]  # fmt: skip

# Reaching out of the process

REACHING = [
    Case("kills its parent", aside("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"), earns=8.0),
    Case("kills everything", aside("import os, signal\nos.kill(-1, signal.SIGKILL)"), earns=8.0),
    Case("stops its parent", aside("import os, signal\nos.kill(os.getppid(), signal.SIGSTOP)"), earns=8.0),
    Case("reads its parent's memory", answer(
        "    import os\n    with open(f'/proc/{os.getppid()}/mem', 'rb') as f:\n        f.read(10)\n    return 0.5")),
    Case("reads its parent's environment", answer(
        "    import os\n    open(f'/proc/{os.getppid()}/environ').read()\n    return 0.5")),
    Case("traces its parent", aside(
        "import ctypes, os\nif ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) == 0:\n    os._exit(9)"), earns=8.0),
    Case("reads the solutions", answer(
        "    import glob, json, os, threesteps.draw\n"
        "    root = os.path.abspath(os.path.join(os.path.dirname(threesteps.draw.__file__), '..', '..', '..'))\n"
        "    space = {}\n"
        "    for cell in json.load(open(root + '/solutions/solution_1a_neuron.ipynb'))['cells']:\n"
        "        if 'BEGIN SOLUTION' in ''.join(cell['source']):\n"
        "            exec('import numpy as np\\n' + ''.join(cell['source']), space)\n"
        "    return space['sigmoid'](z)")),
    Case("reads the library", answer(
        "    import os, threesteps.draw\n"
        "    here = os.path.dirname(os.path.dirname(threesteps.draw.__file__))\n"
        "    space = {'__name__': 'x'}\n    exec(open(os.path.join(here, 'network.py')).read(), space)\n"
        "    return space['sigmoid'](z)")),
    Case("reads other submissions", answer(
        "    import glob, os\n"
        "    for base in ('/tmp', '/home', '/root', '/var/tmp', os.getcwd(), '..', '../..'):\n"
        "        for path in glob.glob(base + '/**/*.ipynb', recursive=True):\n"
        "            open(path).read()\n            return 1 / (1 + np.exp(-z))\n    return 0.5")),
    Case("writes into the folders around", aside(
        "import os\nfor base in ('/', '/tmp', '/var/tmp', os.path.expanduser('~'), '..', '/dev/shm'):\n"
        "    try:\n        open(os.path.join(base, 'threesteps-was-here'), 'w').write('x')\n    except OSError:\n        pass"
    ), earns=8.0),
    Case("connects", answer(
        "    import socket\n    s = socket.create_connection(('127.0.0.1', 9), timeout=1)\n    return 0.5")),
    Case("sends a datagram", answer(
        "    import socket\n    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))\n    return 0.5")),
    Case("listens on a unix socket", answer(
        "    import socket\n    socket.socket(socket.AF_UNIX).bind('\\0threesteps')\n    return 0.5")),
    Case("starts a program", answer("    import subprocess\n    return float(subprocess.run(['echo', '1']).returncode)")),
    Case("calls a shell", answer("    import os\n    return 0.5 + os.system('touch /tmp/threesteps-was-here')")),
    Case("replaces itself", aside("import os, sys\nos.execv(sys.executable, [sys.executable, '-c', 'pass'])"), earns=8.0),
    Case("forks for ever", aside("import os\nwhile True:\n    os.fork()"), earns=8.0),
    Case("leaves a daemon", aside(
        "import os, time\n"
        "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        time.sleep(3600)\n    os._exit(0)"), earns=8.0),
    Case("starts threads for ever", aside(
        "import threading, time\nfor _ in range(5000):\n    threading.Thread(target=time.sleep, args=(3600,)).start()"),
        earns=8.0),
    Case("uses multiprocessing", aside("import multiprocessing\nmultiprocessing.Pool(2).map(abs, [1])"), earns=8.0),
    Case("writes to every descriptor", aside(
        "import os\nfor fd in range(64):\n    try:\n        os.write(fd, b'\\xff' * 1000)\n    except OSError:\n        pass"),
        earns=8.0, exact=False),
    Case("writes to every descriptor when called", answer(
        "    import os\n    for fd in range(64):\n        try:\n            os.write(fd, b'{\"value\": 1}' * 100)\n"
        "        except OSError:\n            pass\n    return 0.5")),
    Case("closes every descriptor", aside("import os\nos.closerange(0, 256)"), earns=8.0, exact=False),
    Case("reads every descriptor when called", answer(
        "    import os\n    for fd in range(64):\n        try:\n            os.set_blocking(fd, False)\n"
        "            os.read(fd, 10**6)\n        except OSError:\n            pass\n    return 0.5")),
]  # fmt: skip

# Taking too much

TAKING = [
    Case("a cell loops", aside("while True:\n    pass"), earns=8.0),
    Case("a call loops", answer("    while True:\n        pass"), earns=3.0, status="timeout"),
    Case("a call sleeps", answer("    import time\n    time.sleep(3600)"), earns=3.0, status="timeout"),
    Case("a call loops and catches everything", answer(
        "    while True:\n        try:\n            while True:\n                pass\n        except BaseException:\n"
        "            pass"), earns=3.0, status="timeout"),
    Case("the defining cell loops", [SETUP, SIGMOID + "\n\n\nwhile True:\n    pass", AFFINE], earns=6.0),
    Case("ignores signals", answer(
        "    import signal\n    for s in (1, 2, 3, 14, 15):\n        signal.signal(s, signal.SIG_IGN)\n"
        "    while True:\n        pass"), earns=3.0, status="timeout"),
    Case("stops itself", answer("    import os, signal\n    os.kill(os.getpid(), signal.SIGSTOP)"), earns=3.0),
    Case("waits for input", answer("    return float(input())")),
    Case("recurses", answer("    return sigmoid(z)")),
    Case("recurses without a limit", answer(
        "    import sys\n    sys.setrecursionlimit(10**9)\n    def r(x): return r(x) + 1\n    return r(z)")),
    Case("takes all memory", answer("    x = []\n    while True:\n        x.append(bytearray(10**8))")),
    Case("takes all memory in a cell", aside("x = bytearray(10**12)"), earns=8.0),
    Case("fills the disk", aside(
        "with open('big', 'wb') as f:\n    while True:\n        f.write(b'0' * 10**7)"), earns=8.0),
    Case("prints for ever", aside("while True:\n    print('x' * 10**6)"), earns=8.0),
    Case("prints a lot when called", answer("    print('x' * 10**7)\n    return 0.5")),
    Case("returns a huge array", answer("    return np.zeros((20000, 20000))")),
    Case("returns a huge number", answer("    return 10 ** 100000")),
    Case("returns a list without end", answer("    x = []\n    x.append(x)\n    return x")),
    Case("returns a deep list", answer("    x = 0.5\n    for _ in range(10**5):\n        x = [x]\n    return x")),
    Case("returns a huge text", answer("    return 'x' * 10**9")),
    Case("raises a huge text", answer("    raise ValueError('x' * 10**7)")),
    Case("raises what can't be shown", answer(
        "    class E(Exception):\n        def __str__(self):\n            raise SystemExit\n    raise E")),
    Case("ends the process", answer("    import os\n    os._exit(0)"), earns=3.0, status="crashed"),
    Case("ends the process in a cell", aside("import os\nos._exit(0)"), earns=8.0),
    Case("exits", aside("import sys\nsys.exit('bye')"), earns=8.0),
    Case("exits when called", answer("    raise SystemExit")),
    Case("aborts", answer("    import os\n    os.abort()"), earns=3.0, status="crashed"),
    Case("reads address zero", answer("    import ctypes\n    return ctypes.string_at(0)"), earns=3.0, status="crashed"),
    Case("loops at exit", aside("import atexit\n@atexit.register\ndef f():\n    while True:\n        pass"), earns=8.0),
    Case("loops when deleted", aside(
        "class D:\n    def __del__(self):\n        while True:\n            pass\n\n\nd = D()"), earns=8.0),
    Case("a thread that never ends", aside(
        "import threading\ndef f():\n    while True:\n        pass\n\n\nthreading.Thread(target=f).start()"), earns=8.0),
]  # fmt: skip

# Spoiling its own house

SPOILING = [
    Case("deletes builtins", [*HONEST, "import builtins\nfor n in ('len', 'print', 'isinstance'):\n    delattr(builtins, n)"],
         earns=8.0, exact=False),
    Case("breaks imports", aside("import builtins\nbuiltins.__import__ = None"), earns=8.0, exact=False),
    Case("breaks numpy", aside("np.ndarray = np.array = np.asarray = None"), earns=8.0, exact=False),
    Case("turns warnings into errors", aside("import warnings\nwarnings.simplefilter('error')\nnp.seterr(all='raise')"),
         earns=8.0),
    Case("traces itself", aside("import sys\nsys.settrace(lambda *a: None)"), earns=8.0),
    Case("has no output", aside("import sys\nsys.stdout = sys.stderr = None"), earns=8.0),
    Case("uses magics", aside("%matplotlib inline\n%pip install nothing\n!rm -rf ~\n%timeit 1"), earns=8.0, exact=False),
    Case("uses a shell cell", aside("%%bash\nrm -rf /"), earns=8.0),
    Case("resets the namespace", [*HONEST, "%reset -f"], earns=8.0, exact=False),
    Case("shows a thousand figures", aside(
        "import matplotlib.pyplot as plt\nfor _ in range(30):\n    plt.figure()\n    plt.plot([1, 2])\nplt.show()"), earns=8.0),
    Case("uses widgets", aside("import ipywidgets\nipywidgets.interact(lambda x: x, x=3)\nipywidgets.IntSlider()"), earns=8.0),
    Case("awaits", aside("import asyncio\nawait asyncio.sleep(0)"), earns=8.0),
    Case("raises in a cell", aside("1 / 0"), earns=8.0),
    Case("a syntax error in a cell", aside("def f(:\n"), earns=8.0),
    Case("a syntax error in an answer", [SETUP, "def sigmoid(z:\n    return z", AFFINE], earns=3.0, status="missing"),
    Case("works in its own folder", aside("open('notes.txt', 'w').write('x')\nassert open('notes.txt').read() == 'x'"),
         earns=8.0),
    Case("html in an error", answer("    raise ValueError('<script>alert(1)</script>')")),
    Case("changes its folder", aside("import os\nos.chdir('/')"), earns=8.0),
]  # fmt: skip

# Files that are broken

BROKEN = [
    Case("empty", b"", earns=0.0),
    Case("not json", b"hello", earns=0.0),
    Case("truncated", notebook(HONEST)[:-40], earns=0.0),
    Case("a conflict", b"<<<<<<< HEAD\n" + notebook(HONEST), earns=0.0),
    Case("not a notebook", b"[]", earns=0.0),
    Case("utf-16", notebook(HONEST).decode().encode("utf-16"), earns=8.0),
    Case("byte order mark", b"\xef\xbb\xbf" + notebook(HONEST), earns=8.0),
    Case("no ids, old format", notebook(HONEST, nbformat_minor=0), earns=8.0),
    Case("unknown kernel", notebook(HONEST, metadata={"kernelspec": {"name": "julia-1.9"}}), earns=8.0),
    Case(
        "stored outputs that claim points",
        notebook([SETUP, "def sigmoid(z):\n    return 3.0", "check('sigmoid')"]),
        earns=0.0,
    ),
]

GROUPS = {"pretending": PRETENDING, "reaching": REACHING, "taking": TAKING, "spoiling": SPOILING, "broken": BROKEN}
