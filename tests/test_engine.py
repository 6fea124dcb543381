"""The engine: submissions run apart, whatever they do, and their functions are judged from outside."""

from __future__ import annotations

import ast
import copy
import os
import subprocess
import sys
import textwrap
import threading
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from threesteps.check import GRADED_WITH
from threesteps.task import foreign, judge
from threesteps.tasks import TASKS
from threesteps_grading.apart import processes, protect
from threesteps_grading.apart.statements import definitions, statements
from threesteps_grading.judging import session as session_module
from threesteps_grading.judging.session import Cell, Engine, EngineError

ROOT = Path(__file__).parents[1]
SLOWNESS = float(os.environ.get("SLOWNESS", "1"))  # how many times as long this machine may take as an ordinary one
TIMEOUT = 1.5 * SLOWNESS
LACKING = protect.missing()
confined = pytest.mark.skipif(bool(LACKING), reason=f"this system lacks {'; '.join(LACKING)}")
linux = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")


@pytest.fixture(scope="module")
def engine():
    with Engine(timeout=TIMEOUT, memory=1024, unprotected=bool(LACKING)) as engine:
        yield engine


@pytest.fixture
def run(engine):
    """Run cells, each given with any indentation."""
    return lambda *cells, **options: engine.open([textwrap.dedent(cell) for cell in cells], **options)


def value(session, name, *arguments):
    outcome = session.call(name, arguments)
    assert outcome.kind == "value", outcome
    return outcome.value


def statuses(session):
    return [cell.status for cell in session.report]


SIGMOID = """
import numpy as np
def sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1.0, e) / (1 + e)
"""


def test_a_right_answer_earns_all_its_points(run):
    session = run(SIGMOID)
    verdict = judge(TASKS["sigmoid"], partial(session.call, "sigmoid"), 7)
    assert (verdict.points, verdict.status) == (3, "passed")


def test_a_wrong_answer_is_diagnosed_as_in_the_notebook(run):
    session = run("import numpy as np\nsigmoid = lambda z: 1 / (1 + np.exp(-z))")
    task = TASKS["sigmoid"]
    verdict = judge(task, partial(session.call, "sigmoid"), 7)
    assert verdict.diagnosis == "overflow at very negative z"
    assert 0 < verdict.points < task.points


def test_neither_a_types_name_nor_a_shape_carries_a_number_out(run):
    session = run(
        """
        import numpy as np
        class P: pass
        P.__module__, P.__name__ = "builtins", "secret"
        sigmoid = P()
        def numerical_gradient(f, w):
            f(np.zeros((5865, 0)))
            return w
        """
    )
    assert "secret" not in foreign(session.kind("sigmoid"))
    verdict = judge(TASKS["numerical_gradient"], partial(session.call, "numerical_gradient"), 7)
    assert "something of another shape" in verdict.message and "5865" not in str(verdict)


# Cells


def test_cells_run_in_order_and_go_on_after_one_that_raises(run):
    session = run(
        "a = [1]", "a.append(2)\nraise ValueError('two\\nlines')", "a.append(3)", "this is no Python", "f = lambda: a"
    )
    assert statuses(session) == ["ok", "raised", "ok", "raised", "ok"]
    assert session.report[1] == Cell("raised", "ValueError", "two")
    assert session.report[3].name == "SyntaxError"
    assert value(session, "f") == [1, 2, 3]


def test_pasted_prompts_are_not_python(run):
    session = run("In [1]: x = 2", ">>> def f():\n...     return x")
    assert statuses(session) == ["ok", "ok"]
    assert value(session, "f") == 2


def test_a_process_finds_numpys_random_numbers_loaded_and_its_environment_bare(run):
    session = run(
        "import os, sys\nthere = 'numpy.random.mtrand' in sys.modules\nnames = sorted(os.environ)",
        "def f():\n    return there, names",
    )
    there, names = value(session, "f")
    names = {name for name in names if not name.endswith("_THREADS")}
    assert there and {"HOME", "LANG", "PATH", "TMPDIR", "USER"} >= names


def test_what_a_notebook_may_show_does_no_harm(run):
    session = run(
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nfig = plt.figure(); plt.plot([1, 2]); plt.show()",
        "import ipywidgets as w\nfrom IPython.display import display\ndisplay(w.IntSlider(), w.IntProgress(0, 0, 1))",
        "from threesteps import check, draw, load_digits\ncheck('sigmoid')",
        "draw.attempt(lambda: draw.functions({'f': abs}, -1, 1, title='', caption=''))",
        "import pandas_is_not_there",
        "%%time\nx = 1",
        "%time y = 2\n%timeit 1 + 1",
        "1 + 1",
        "z = _",
        "w.interact(lambda n: n, n=(0, 3));",
        "import asyncio\nawait asyncio.sleep(0)",
        "%%capture\nprint(1)",
        "%%html\n<b>b</b>",
        "plt.plot([1, 2]); plt.title('$x^2$'); plt.savefig('x.png')",
        "%load_ext autoreload\n%autoreload 2",
        "f = lambda: (x, y, z, len(load_digits().train.X))",
    )
    assert set(statuses(session)) == {"ok"}
    assert value(session, "f") == (1, 2, 2, 1117)


def test_the_pictures_of_draw_take_what_the_real_ones_do(run):
    session = run(
        """
        from threesteps import draw
        picture = draw.explore(lambda w: draw.lines([1], [w]), w=(0, 1, 0.5))
        bar = draw.Progress('training', 3)
        bar.step()
        f = lambda: (draw.planes({}).png.hex(), draw.planes({}).caption, draw.attempt(lambda: 7))
        """
    )
    assert session.report == [Cell("ok")]
    assert value(session, "f") == ("", "", 7)


def test_what_is_not_judged_or_drawn_here_can_be_looked_at(run):
    session = run(
        """
        from threesteps import check, draw
        import getpass
        result = check("sigmoid")
        assert result.points == 0 and result.message == "" and str(result) == "0.0"
        assert check("1a_neuron").verdicts == ()
        picture = draw.functions({"f": abs}, -1, 1, title="", caption="")
        picture.figure.set_size_inches(3, 3)
        picture.figure.axes[0].set_title("mine")
        f = lambda: picture.figure.axes[0].get_title() + getpass.getuser()
        """
    )
    assert session.report == [Cell("ok")]
    assert value(session, "f") == "minestudent"


def test_what_would_start_a_program_is_left_out_with_a_note(run):
    session = run(
        "%pip install x\n!ls -l\nfiles = !ls\na = 1", "%%bash\nls", "%conda list", "get_ipython().system('ls')"
    )
    assert statuses(session) == ["ok"] * 4
    assert session.report[0].notes == ("skipped %pip install x", "skipped !ls -l", "skipped !ls")
    assert [cell.notes for cell in session.report[1:]] == [
        ("skipped %%bash",),
        ("skipped %conda list",),
        ("skipped !ls",),
    ]
    assert session.kind("a") == "int"


def test_input_is_at_its_end(run):
    assert run("input('name? ')").report[0].name == "EOFError"


def test_a_cell_too_long_to_send_is_not_run(run):
    session = run("x = " + "[" * 200_000 + "]" * 200_000, "def f(): return 1", taken={"f": [1]})
    assert statuses(session) == ["not run", "ok"]
    assert value(session, "f") == 1


def test_leaving_ends_a_cell_only(run):
    session = run("import sys\nsys.exit()", "exit()", "quit()", "f = lambda: 1")
    assert value(session, "f") == 1


def test_a_cell_that_loops_is_left_out_and_the_others_are_run(run):
    began = time.monotonic()
    session = run("a = 1", "while True: pass", "b = a + 1", "f = lambda: (a, b)")
    assert statuses(session) == ["ok", "timeout", "ok", "ok"]
    assert value(session, "f") == (1, 2)
    assert time.monotonic() - began < 40 * TIMEOUT


@pytest.mark.parametrize(
    "cell",
    [
        "import os; os._exit(0)",
        "import os; os.abort()",
        "import ctypes; ctypes.string_at(0)",
        "import os; [os.close(i) for i in range(3, 100) if i < 100 and not _closed(i)]",
    ],
)
def test_a_cell_that_ends_the_process_is_left_out_and_the_others_are_run(run, cell):
    close = "def _closed(i):\n    try: os.close(i)\n    except OSError: return True\n    return True"
    session = run("a = 1", f"{close}\n{cell}", "def g(): return a", taken={"g": [2]})
    assert statuses(session) == ["ok", "crashed", "ok"]
    assert value(session, "g") == 1


def test_a_submission_that_does_nothing_but_loop_or_crash_comes_to_an_end(run):
    session = run("import time", *["while True: time.sleep(0.01)"] * 30, "def f(): return 1")
    assert "not run" in statuses(session)
    assert statuses(session).count("timeout") <= session_module.CELLS + 1
    session = run(*["import os; os._exit(1)"] * 30, "def f(): return 1")
    assert len(session.report) == 31
    assert session.call("f", ()).kind == "crashed"
    assert not session.defined("f")


def test_the_object_counts_that_is_bound_after_the_cell_that_defines_it(run):
    session = run("def f(): return 1", "g = f\ndef f(): return 2", "f = 3\ng = None", taken={"f": [1]})
    assert value(session, "f") == 2
    assert session.kind("g") == ""
    session = run("def f(): return 1", "f = 3")
    assert session.kind("f") == "int"


def test_names_have_kinds(run):
    session = run(
        "f = len\ng = lambda: 1\nclass Ü: pass\nu = Ü()\nx = 1.5\nimport numpy as np\na = np.ones(2)\nn = None"
    )
    names = ("f", "g", "Ü", "u", "x", "a", "n", "nothing")
    kinds = ("function", "function", "function", "a class of its own", "float", "array of float64", "", "")
    assert tuple(map(session.kind, names)) == kinds
    assert session.defined("x") and not session.defined("nothing")
    assert session.call("x", ()).name == session.call("nothing", ()).name == "TypeError"


def test_words_of_errors_are_the_same_on_every_run(run):
    report = run("raise ValueError(f'{object()}')", "import os\nopen(os.getcwd() + '/x')").report
    assert report[0].text == "<object object at 0x…>"
    assert report[1].text == "[Errno 2] No such file or directory: './x'"


def test_draws_from_global_state_are_the_same_on_every_run(run):
    draws = "import numpy as np, random\ndef f(): return np.random.rand(), random.random(), hash('x')"
    assert value(run(draws), "f") == value(run(draws), "f")


# Calls

IGNORE_SIGNALS = """import signal
    for number in range(1, 30):
        try: signal.signal(number, signal.SIG_IGN)
        except OSError: pass
    while True: pass
"""


def test_arguments_and_values_are_plain_data_of_any_kind(run):
    session = run("def same(*x): return x")
    sent = (1, 2.5, True, None, "é", [1, (2,)], {"a": 1}, np.arange(6.0).reshape(2, 3), np.array([1, 2], dtype=np.int8))
    got = value(session, "same", *sent)
    assert repr(got) == repr(sent)


def test_numpy_numbers_arrive_as_such(run):
    session = run("def f(x): return type(x).__name__, x.shape")
    assert value(session, "f", np.float64(1)) == ("float64", ())


def test_a_generator_crosses_and_is_a_real_one(run):
    session = run(
        """
        import numpy as np
        def draw(rng):
            assert isinstance(rng, np.random.Generator)
            order = np.arange(5)
            rng.shuffle(order)
            return order, rng.normal(size=2)
        """
    )
    for bits in (np.random.PCG64, np.random.MT19937, np.random.Philox, np.random.SFC64):
        ours = np.random.Generator(bits(3))
        order, normal = value(session, "draw", np.random.Generator(bits(3)))
        expected = np.arange(5)
        ours.shuffle(expected)
        assert order.tolist() == expected.tolist()
        assert normal.tolist() == ours.normal(size=2).tolist()


def test_functions_cross_as_questions(run):
    session = run(
        """
        import numpy as np
        def numerical_gradient(f, w, h=1e-5):
            grad = np.zeros_like(w)
            for i in np.ndindex(w.shape):
                d = np.zeros_like(w)
                d[i] = h
                grad[i] = (f(w + d) - f(w - d)) / (2 * h)
            return grad
        def which(f, gradients, w):
            mine = numerical_gradient(f, w)
            return [bool(np.allclose(g(w), mine)) for g in gradients]
        def kinds(f): return type(f(np.ones(2))).__name__, callable(f)
        """
    )
    seen = []

    def f(w):
        seen.append(w.shape)
        return np.sum(w**2)

    w = np.array([[1.0, 2.0], [3.0, -1.0]])
    assert np.allclose(value(session, "numerical_gradient", f, w), 2 * w)
    assert seen == [(2, 2)] * 8
    assert value(session, "which", f, [lambda w: 2 * w, lambda w: w], w) == [True, False]
    assert value(session, "kinds", f) == ("float64", True)


def test_children_of_a_generator_are_those_of_ours(run):
    session = run("def f(rng):\n    return [child.random() for child in rng.spawn(2)]")
    rng = np.random.default_rng([3, 4])
    rng.spawn(1)
    assert value(session, "f", copy.deepcopy(rng)) == [child.random() for child in rng.spawn(2)]


def test_errors_of_our_functions_are_seen_by_the_submission(run):
    session = run(
        """
        def f(g):
            try: g(1, 2, 3)
            except TypeError as error: return str(error)
        def h(g): return g([0.5] * 20_000)
        def k(g): return g(1j)
        def l(g): return g({1})
        """
    )
    assert "takes 1 positional argument" in value(session, "f", lambda x: x)
    assert session.call("h", (lambda x: 1,)).kind == "crashed"
    assert [session.call(name, (lambda x: 1,)).kind for name in "kl"] == ["error", "error"]


def test_functions_end_with_their_call(run):
    session = run(
        """
        kept = []
        def keep(f): kept.append(f)
        def use(): return kept[0](1)
        def use_with(f): return kept[0](1)
        """
    )
    session.call("keep", (lambda x: x,))
    assert session.call("use", ()).name == "RuntimeError"
    assert session.call("use_with", (lambda x: x,)).name == "RuntimeError"


def test_questions_without_end_are_a_timeout(run):
    session = run("def f(g):\n    while True: g(1)", "def h(): return 1")
    assert session.call("f", (lambda x: x,)).kind == "timeout"
    assert value(session, "h") == 1


@pytest.mark.parametrize(
    ("body", "kind", "name"),
    [
        ("raise ValueError('no')", "error", "ValueError"),
        ("raise NotImplementedError", "unsolved", ""),
        ("raise NotImplementedError('arrays')", "error", "NotImplementedError"),
        ("import sys; sys.exit()", "error", "SystemExit"),
        ("return object()", "foreign", "object"),
        ("return (i for i in range(3))", "foreign", "generator"),
        ("return 1j", "foreign", "complex"),
        ("return np.array([1j])", "foreign", "array of complex128"),
        ("return np.array([object()])", "foreign", "array of object"),
        ("return np.zeros(10_000_000)", "foreign", "an array of too many megabytes"),
        ("return 10**5000", "foreign", "a value too long or too deep"),
        ("return ['x' * 10000] + [0] * 10000", "foreign", "a value too long or too deep"),
        ("a = []; a.append(a); return a", "foreign", "a list nested without end"),
        ("return type('The answer is 7', (), {})()", "foreign", "a class of its own"),
        ("raise type('Answer is 7', (Exception,), {})", "error", "Exception"),
        ("return np.ma.array([1])", "foreign", "MaskedArray"),
        ("from collections import deque; return deque([1])", "foreign", "deque"),
        ("return bytearray(2 * 2**30)", "error", "MemoryError"),
        ("return [0] * 10**9", "error", "MemoryError"),
        ("f = lambda: f()\n    return f()", "error", "RecursionError"),
    ],
)
def test_outcomes_are_those_of_a_call_in_the_notebook(run, body, kind, name):
    outcome = run(f"import numpy as np\ndef f():\n    {body}").call("f", ())
    assert (outcome.kind, outcome.name) == (kind, name)


def test_named_tuples_and_arrays_of_objects_come_as_what_they_hold(run):
    setup = "import numpy as np\nfrom collections import namedtuple\nPair = namedtuple('Pair', 'W b')\n"
    outcome = run(setup + "def f(): return [Pair(1, np.array([2, 3.5], dtype=object))]").call("f", ())
    (pair,) = outcome.value
    assert (type(pair), pair[0], pair[1].dtype, pair[1].tolist()) == (tuple, 1, float, [2, 3.5])


def test_what_is_too_large_to_judge_is_said_so(run):
    session = run("import numpy as np\ndef f(n): return np.zeros((1000, n))")
    for n, said in ((1100, "an array of too many megabytes"), (10**4 + 1, "an array of more than ten million entries")):
        name = session.call("f", (n,)).name
        assert name.startswith(said) and foreign(name) == name


def test_changed_arguments_and_warnings_are_told(run):
    session = run("import numpy as np\ndef f(a, b):\n    b += 1\n    return np.exp(a)")
    outcome = session.call("f", (np.array([1e4]), np.ones(2)))
    assert outcome.changed == (1,)
    assert "overflow" in outcome.warned


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("while True: pass", "timeout"),
        ("import time; time.sleep(100)", "timeout"),
        ("while True: print('x' * 1000)", "timeout"),
        ("sum(range(10**12))", "timeout"),
        (IGNORE_SIGNALS, "timeout"),
        ("while True:\n        try: pass\n        except BaseException: pass", "timeout"),
        ("import os; os._exit(0)", "crashed"),
        ("import ctypes; ctypes.string_at(0)", "crashed"),
        ("raise KeyboardInterrupt", "crashed"),
    ],
)
def test_a_call_that_loops_or_crashes_costs_its_own_task_only(run, body, kind):
    session = run("count = []", f"def f():\n    count.append(1)\n    {body}", "def g(): return len(count)")
    began = time.monotonic()
    assert session.call("f", (), 0.7 * SLOWNESS).kind == kind
    assert value(session, "g") == 0  # a fresh process
    assert time.monotonic() - began < 40 * TIMEOUT


@pytest.mark.skipif(os.name != "posix", reason="nothing stops a process there")
@pytest.mark.parametrize("doubts", [True, False])
def test_no_limit_of_time_counts_while_the_judge_is_stopped(run, doubts):
    session = run("import time\ndef f():\n    for _ in range(20): time.sleep(0.05)\n    return 1", doubts=doubts)
    assert session.call("f", ()).value == 1
    ours, seconds = f"{os.getpid()} {session._pid}", 3 * TIMEOUT + 3
    script = f"sleep 0.3; kill -STOP {ours}; sleep {seconds}; kill -CONT {ours}"
    with subprocess.Popen(["sh", "-c", script]):
        if doubts:
            with pytest.raises(EngineError, match="was stopped while"):
                session.call("f", ())
        else:
            assert session.call("f", ()).kind == "timeout"
    assert run("def f():\n    return 2").call("f", ()).value == 2


# Out of reach


def test_a_patched_process_spoils_itself_only(run):
    patches = """
        import gc, numpy as np, builtins, json, base64
        call = next(o for o in gc.get_objects() if type(o) is dict and o.get("__name__") == "threesteps.call")
        call["call"] = call["plain"] = lambda *a, **k: 1 / 0
        call["Outcome"] = None
        np.allclose = np.isclose = np.array_equal = lambda *a, **k: True
        np.ndarray.__eq__ = lambda *a: True
        """
    session = run(patches, "sigmoid = lambda z: 7", "builtins.len = builtins.float = lambda *a: 3")
    assert judge(TASKS["sigmoid"], partial(session.call, "sigmoid"), 1).points == 0
    session = run(SIGMOID)
    assert judge(TASKS["sigmoid"], partial(session.call, "sigmoid"), 1).points == 3


@pytest.mark.parametrize(
    "patch",
    [
        "for name in ('same', 'call', 'NUMPYS_WARNINGS'):\n    setattr(sys.modules['threesteps.call'], name, ())",
        "import threesteps.call as call\ncall.same, call.NUMPYS_WARNINGS = lambda a, b: True, ()",
        "import threesteps.limit as limit\nlimit.within = lambda seconds, function: 0",
        "import threesteps\nthreesteps.call.same = lambda a, b: True",
        "import copy\ncopy.deepcopy = lambda x: x",
        "import warnings\nwarnings.catch_warnings = warnings.simplefilter = None",
        "import warnings\nwarnings.filterwarnings('ignore')\nwarnings.simplefilter = lambda *a: None",
        "np.errstate = lambda **k: None\nnp.seterr(all='ignore')",
    ],
)
def test_what_is_told_of_a_call_can_not_be_patched_by_name(run, patch):
    session = run(
        "import sys, numpy as np\ndef f(a):\n    a *= 2\n    return np.exp(np.array([1e4]))",
        f"if 'threesteps.call' in sys.modules: del f\n{patch}",
    )
    outcome = session.call("f", (np.ones(2),))
    assert outcome.kind == "value" and outcome.changed == (0,) and "overflow" in outcome.warned


FORGE = """
import socket, struct, os, json
def channel():
    return next(i for i in range(3, 128) if is_socket(i))
def is_socket(i):
    try: return (os.fstat(i).st_mode & 0o170000) == 0o140000
    except OSError: return False
def send(*message):
    data = json.dumps(message).encode()
    os.write(channel(), struct.pack('>I', len(data)) + data)
"""


@pytest.mark.parametrize(
    "body",
    [
        "os.write(channel(), b'\\xff' * 100)",
        "os.write(channel(), b'\\0\\0\\0\\3abc')",
        "send('tuple', 'call', 999, 'value', 1, '', '', ['tuple'], '')",
        "send('list')",
        "send('tuple', 'call')",
        "send('tuple', 'call', ['list'], 1)",
        "send('tuple', 'call', NUMBER)",
        "send('tuple', 'call', NUMBER, 'passed', 1, '', '', ['tuple'], '')",
        "send('tuple', 'call', NUMBER, ['list'], 1, '', '', ['tuple'], '')",
        "send('tuple', 'call', NUMBER, 'value', 1, ['list'], '', ['tuple'], '')",
        "send('tuple', 'call', NUMBER, 'value', 1, '', ['list'], ['tuple'], '')",
        "send('tuple', 'call', NUMBER, 'value', ['special', 1], '', '', ['tuple'], '')",
        "send('tuple', 'ask', NUMBER, 0, ['tuple', 1])",
        "send('tuple', 'ask', NUMBER, 'x', ['tuple', 1])",
        "send('tuple', ['array', 'f8', [1], 'AAAAAAAAAAA='], NUMBER, 0)",
        "send('tuple', 'cell', NUMBER, '', '', ['list'])",
        "os.close(channel())",
        "while True: os.write(channel(), b'\\0\\0\\0\\2[]' * 1000)",
    ],
)
def test_forged_answers_are_a_crash(run, body):
    """NUMBER stands for the number of the running call: here the third request."""
    session = run(FORGE, f"def f():\n    {body.replace('NUMBER', '3')}", "def g(): return 1")
    assert len(session.report) == 3
    session_number_of_next_request = session._number + 1
    session = run(
        FORGE, f"def f():\n    {body.replace('NUMBER', str(session_number_of_next_request))}", "def g(): return 1"
    )
    assert session.call("f", ()).kind == "crashed"
    assert value(session, "g") == 1


def test_a_forged_value_is_judged_like_any_other(run):
    session = run(FORGE, "def f(z): send('tuple', 'call', 4, 'value', 1, '', '', ['tuple'], '')", "def g(): return 2")
    assert value(session, "f", 0) == 1
    assert session.call("g", ()).kind == "crashed"  # the true answer to the first call comes, too late
    session = run(FORGE, "def f(): send('tuple', 'call', 3, 'foreign', 1, 'probe is 7', '', ['tuple', 5, -1], '')")
    outcome = session.call("f", ())
    assert (outcome.name, outcome.changed) == ("a type of its own", ())


ATTACKS = """
import ctypes, os, resource, signal, socket, subprocess, sys, threading
def tried(code):
    try: return repr(eval(code))
    except BaseException as error: return type(error).__name__
"""


@confined
@pytest.mark.parametrize(
    "code",
    [
        "socket.socket()",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_UNIX)",
        "socket.socketpair(type=socket.SOCK_DGRAM)",
        "os.fork()",
        "threading.Thread(target=print).start()",
        "__import__('_thread').start_new_thread(print, ())",
        "os.posix_spawn('/bin/ls', ['ls'], {})",
        "subprocess.run(['ls'])",
        "os.execv('/bin/ls', ['ls'])",
        "os.kill(os.getppid(), 9)",
        "os.kill(-1, 9)",
        "os.killpg(0, 9)",
        "os.setsid()",
        "os.open('/', os.O_RDONLY)",
        "open('/etc/passwd')",
        "open('/proc/self/environ')",
        "open(f'/proc/{os.getppid()}/mem')",
        "open(f'/proc/{os.getppid()}/environ')",
        "open('/tmp/x', 'w')",
        "open('/dev/shm/x', 'w')",
        "open('/dev/tty')",
        "open(os.path.expanduser('~root/.bashrc'))",
        "os.listdir('/tmp')",
        "os.listdir('..')",
        "os.mkdir('x')",
        "os.symlink('/etc', 'x')",
        "os.link(os.__file__, 'x')",
        "os.mkfifo('x')",
        "os.chmod('.', 0o777)",
        "os.utime('.')",
        "os.truncate(os.__file__, 0)",
        "os.open(os.__file__, os.O_RDONLY | os.O_TRUNC)",
        "open(os.__file__, 'a')",
        "os.rename(os.__file__, 'x')",
        "os.memfd_create('x')",
        "os.pidfd_open(os.getppid())",
        "os.nice(1)",
        "os.sched_setaffinity(0, [0])",
        "resource.prlimit(os.getppid(), resource.RLIMIT_CPU)",
        "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
        "os.unshare(0x10000000) if hasattr(os, 'unshare') else 1 / 0",
        "__import__('fcntl').fcntl(0, 8, os.getppid())",
        "bytearray(1100 * 2**20)",
        "open('big', 'wb').write(bytes(17 * 2**20))",
        "[open('x', 'w') for _ in range(200)]",
        "__import__('threesteps.network')",
        "__import__('threesteps.tasks')",
        "__import__('threesteps_grading')",
        "__import__('threesteps_grading.judging.session')",
    ],
)
def test_what_is_not_needed_for_computing_is_refused(run, code):
    assert value(run(ATTACKS), "tried", code).endswith(("Error", "gaierror"))


@confined
def test_a_submission_has_no_threads_and_is_told_so(run):
    pool = "from concurrent.futures import ThreadPoolExecutor as Pool\ndef f(n): return sum(Pool(2).map(abs, [n]))"
    last = "import os, matplotlib.pyplot\ndef threads(): return os.environ['OMP_NUM_THREADS']"
    session = run(pool, "one = f(1)", last)
    outcome = session.call("f", (1,))
    assert (outcome.name, outcome.text) == ("RuntimeError", "can't start new thread")
    assert [(cell.status, cell.name, cell.notes) for cell in session.report] == [
        ("ok", "", ()),
        ("raised", "RuntimeError", ("there are no threads here: a submission is graded in a single one",)),
        ("ok", "", ()),
    ]
    assert value(session, "threads") == "1"


@confined
def test_calls_below_python_are_refused(run):
    session = run(
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        def calls(numbers, parent):
            refused = []
            for n in numbers:
                if libc.syscall(n, parent, 0, 0, 0, 0, 0) < 0: refused.append(ctypes.get_errno())
            return refused
        def ppid(): return os.getppid()
        """
    )
    import pyseccomp

    names = (
        "ptrace process_vm_readv process_vm_writev io_uring_setup bpf userfaultfd perf_event_open unshare setns mount"
    )
    names += " chroot shmget msgget mq_open keyctl add_key clone3 pidfd_getfd rt_sigqueueinfo personality seccomp prctl"
    numbers = [pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) for name in names.split()]
    refused = value(session, "calls", numbers, value(session, "ppid"))
    assert len(refused) == len(numbers) and set(refused) <= {1, 38}


def test_of_the_course_only_what_learners_may_see_is_in_the_process(run):
    session = run(
        "import sys\ndef modules(): return sorted(m for m in sys.modules if 'threesteps' in m and sys.modules[m])"
    )
    modules = value(session, "modules")
    assert {m for m in modules if not m.startswith("threesteps.draw")} == {"threesteps", "threesteps.digits"}


@confined
def test_of_the_project_only_the_figures_are_readable(run, engine, tmp_path):
    (tmp_path / "another.ipynb").write_text("{}")
    files = [
        str(path) for path in [*ROOT.glob("*"), *ROOT.glob("[!.]*/**/*"), tmp_path / "another.ipynb"] if path.is_file()
    ]
    files += [
        str(Path(path.replace("/./", "/")))
        for path in (__file__, session_module.__file__, "/etc/hostname", "/proc/1/environ")
    ]
    files += [f"/proc/{os.getpid()}/{name}" for name in ("mem", "environ", "maps", "cmdline")]
    code = """
        def readable(paths):
            found = []
            for path in paths:
                try: open(path, 'rb').read(1)
                except OSError: continue
                found.append(path)
            return found
        """
    figures = str(ROOT / "lib" / "threesteps" / "draw")
    assert [path for path in value(run(code), "readable", files) if not path.startswith(figures)] == []


@linux
def test_nothing_is_inherited(run):
    session = run(
        """
        import os, sys
        def found():
            fds = []
            for fd in range(1000):
                try: fds.append(oct(os.fstat(fd).st_mode & 0o170000))
                except OSError: pass
            names = [name for name in sorted(os.environ) if not name.endswith("_THREADS")]
            return fds, names, os.getsid(0) == os.getpid()
        """
    )
    assert value(session, "found") == (["0o20000"] * 3 + ["0o140000"], ["HOME", "LANG", "PATH", "TMPDIR", "USER"], True)


@linux
@pytest.mark.skipif(sys.platform == "linux" and os.getuid() != 0, reason="only root can become somebody else")
def test_root_becomes_nobody(run):
    session = run("import os\ndef ids(): return [*os.getresuid(), *os.getresgid(), *os.getgroups()]")
    assert value(session, "ids") == [protect.NOBODY] * 6


@linux
def test_a_root_or_ordinary_grader_can_import_what_was_not_imported_yet(run):
    session = run("import sys\nbefore = 'wave' in sys.modules\nimport wave, numpy.polynomial\ndef f(): return before")
    assert value(session, "f") is False


def test_files_can_be_written_in_the_own_folder_and_are_gone_afterwards(run, engine):
    session = run("import numpy as np\nnp.save('w.npy', np.ones(3))", "def f(): return np.load('w.npy')")
    assert value(session, "f").tolist() == [1, 1, 1]
    assert os.listdir(engine.folder) == ["w.npy"]
    session.close()
    assert os.listdir(engine.folder) == []


@confined
def test_a_full_folder_ends_the_process(run, engine):
    many = "n = 0\nwhile True:\n    open(str(n), 'w')\n    n += 1"
    large = "n = 0\nwhile True:\n    open(str(n), 'wb').write(bytes(2**20))\n    n += 1"
    session = run(many, large, "def f(): return 1")
    assert statuses(session) == ["crashed", "crashed", "ok"]
    assert value(session, "f") == 1


@confined
@pytest.mark.parametrize(
    ("first", "again"),
    [("os.write(channel(), struct.pack('>I', 2**23))", "os.write(channel(), b'x')"), ("pass", "ask(0)")],
)
def test_a_folder_is_watched_whatever_arrives_meanwhile(run, engine, monkeypatch, first, again):
    monkeypatch.setattr(engine, "timeout", 120.0)
    session = run(
        FORGE,
        f"""
        import time
        def f(ask):
            {first}
            for n in range(1000):
                open(str(n), 'wb').write(bytes(2**22))
                {again}
                time.sleep(0.02)
        """,
    )
    ended = []
    monkeypatch.setattr(engine, "end", lambda end=engine.end: ended.append(sizes(engine.folder)) or end())
    assert session.call("f", (abs,)).kind == "crashed"
    assert ended[0] < 2 * session_module.FOLDER_SIZE


def sizes(folder):
    return sum(entry.stat().st_size for entry in os.scandir(folder))


@confined
@pytest.mark.parametrize(
    "make",
    [
        "f = open(f'{n}', 'wb+'); os.unlink(f'{n}')",
        "f = open(f'{n}', 'wb+'); os.remove(os.path.abspath(f'{n}'))",
        "f = open('a', 'wb+'); open('b', 'wb').close(); os.replace('b', 'a')",
        "f = os.fdopen(os.open('.', os.O_TMPFILE | os.O_RDWR), 'wb+')",
        "f = os.fdopen(os.memfd_create('x'), 'wb+')",
        "f = tempfile.TemporaryFile()",
    ],
)
@pytest.mark.parametrize("keep", ["f", "libc.mmap(None, 4096, 1, 1, f.fileno(), 0)"])
def test_no_file_is_hidden_from_the_count(run, engine, monkeypatch, make, keep):
    monkeypatch.setattr(session_module, "FOLDER_SIZE", 8 * 2**20)
    session = run(
        f"""
        import ctypes, os, tempfile
        libc, kept = ctypes.CDLL(None), []
        def fill():
            for n in range(20):
                {make}
                f.write(bytes(2**20))
                f.flush()
                kept.append({keep})
            return "filled"
        """
    )
    assert session.call("fill", ()).kind in ("crashed", "error")


def test_temporary_files_work(run, engine):
    session = run(
        """
        import os, tempfile
        def f():
            with tempfile.TemporaryFile() as a, tempfile.NamedTemporaryFile() as b:
                for file in (a, b):
                    file.write(b"x")
                    file.seek(0)
                    assert file.read() == b"x"
            open("c", "w").close()
            os.remove("c")
            return 1
        """
    )
    assert value(session, "f") == 1
    session.close()
    assert os.listdir(engine.folder) == []


@linux
def test_nothing_of_a_submission_stays_alive(run, engine):
    session = run(
        "import time, atexit, signal\natexit.register(time.sleep, 100)\nsignal.signal(15, signal.SIG_IGN)",
    )
    assert statuses(session) == ["ok"]
    server = engine._process.pid
    children = Path(f"/proc/{server}/task/{server}/children")
    assert len(children.read_text().split()) == 1
    session.close()
    assert children.read_text() == ""


def with_server_in_which(monkeypatch, change):
    """Let servers start with a change, as on a system that offers less."""
    changed = processes.COMMAND.replace("from", f"import threesteps_grading.apart.protect as protect; {change}; from")
    monkeypatch.setattr(processes, "COMMAND", changed)


@linux
def test_a_daemon_is_ended_where_seccomp_can_not_forbid_it(monkeypatch):
    with_server_in_which(monkeypatch, "protect._seccomp = lambda: False")
    daemon = """
        import os, time
        if not os.fork():
            os.setsid()
            for _ in range(2):
                if not os.fork():
                    os.setsid()
                    open("pid", "a").write(f"{os.getpid()} ")
                    time.sleep(1000)
            os._exit(0)
        while not (os.path.exists("pid") and len(open("pid").read().split()) == 2): time.sleep(0.01)
        """
    with Engine(unprotected=True) as engine:
        opened = engine.open([textwrap.dedent(daemon)])
        assert opened.report == [Cell("ok")]
        pids = (engine.folder / "pid").read_text().split()
        assert all(os.path.exists(f"/proc/{pid}") for pid in pids)
        opened.close()
        assert not any(os.path.exists(f"/proc/{pid}") for pid in pids)


@confined
def test_on_an_older_kernel_seccomp_does_what_landlock_does_not_do_yet(monkeypatch):
    import py_landlock

    assert protect._landlock() == py_landlock.get_abi_version()
    with_server_in_which(monkeypatch, "import py_landlock; py_landlock.get_abi_version = lambda: 1")
    attacks = (
        "os.open(os.__file__, os.O_RDONLY | os.O_TRUNC)",
        "os.truncate('/dev/null', 0)",
        "open('/etc/passwd')",
        "os.kill(os.getppid(), 0)",
        "socket.socket()",
        "__import__('fcntl').fcntl(0, 8, os.getppid())",
        "__import__('fcntl').ioctl(0, 0x8901, b'1234')",
    )
    with Engine() as engine:
        opened = engine.open(
            [ATTACKS, "open('x', 'w').write('abc')\nopen('x', 'w').write('d')", "y = open('x').read()"]
        )
        assert statuses(opened) == ["ok"] * 3
        assert [value(opened, "tried", code) for code in attacks if "Error" not in value(opened, "tried", code)] == []


# The engine itself


@linux
def test_a_server_that_died_is_started_again(engine, run):
    session = run("def f(): return 1")
    engine._process.kill()
    engine._process.wait()
    with pytest.raises(EngineError, match="died"):
        session.call("f", ())
    assert value(run("def f(): return 2"), "f") == 2
    engine._process.kill()
    engine._process.wait()
    assert value(run("def f(): return 3"), "f") == 3


@linux
def test_all_ends_with_the_judge(tmp_path):
    code = """
        import os
        from threesteps_grading.judging.session import Engine
        engine = Engine(unprotected=True)
        session = engine.open(["1"])
        server = engine._process.pid
        print(server, open(f"/proc/{server}/task/{server}/children").read(), engine.folder, flush=True)
        os.kill(os.getpid(), 9)
        """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=1800)
    *pids, folder = done.stdout.split()
    until = time.monotonic() + 60
    while any(os.path.exists(f"/proc/{pid}") for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert len(pids) == 2 and not any(os.path.exists(f"/proc/{pid}") for pid in pids)
    assert not os.path.exists(folder)


def test_a_session_ends_where_the_next_one_begins(run):
    first = run("def f(): return 1")
    second = run("def f(): return 2")
    with pytest.raises(EngineError, match="closed"):
        first.call("f", ())
    assert value(second, "f") == 2


def test_closing_leaves_no_folder_and_no_process():
    with Engine(unprotected=True) as engine:
        engine.open(["open('x', 'w')"])
        process, folder = engine._process, engine.folder
    assert process.poll() is not None
    assert not folder.exists()


def test_without_fork_each_submission_has_a_python_of_its_own():
    with Engine(timeout=5, unprotected=True) as engine:
        engine.forking = False
        session = engine.open([SIGMOID, "import os\ndef f(): os._exit(1)", "def g(h): return h(2)"])
        assert judge(TASKS["sigmoid"], partial(session.call, "sigmoid"), 7).points == 3
        assert session.call("f", ()).kind == "crashed"
        assert value(session, "g", lambda x: x + 1) == 3
        process = engine._process
        session.close()
        assert process.poll() is not None


def test_without_all_protections_there_is_no_session_unless_asked_for(monkeypatch):
    monkeypatch.setattr(protect, "_seccomp", lambda: False)
    with Engine() as engine:
        assert [line.split()[0] for line in engine.missing_protections() if "Landlock" not in line] == ["seccomp"]
        with pytest.raises(EngineError, match="libseccomp"):
            engine.open(["1"])


def test_what_is_missing_is_said_in_plain_words(monkeypatch):
    monkeypatch.setitem(sys.modules, "py_landlock", None)
    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    landlock, seccomp = protect.missing()
    assert "files of your account" in landlock
    assert "network" in seccomp


def test_a_memory_too_small_is_refused():
    with pytest.raises(ValueError, match="memory is 20 MB"):
        Engine(memory=20)


@linux
def test_engines_in_threads_do_not_meet():
    got = {}

    def work(i):
        with Engine(unprotected=bool(LACKING)) as engine:
            got[i] = [engine.open([f"def f(x): return x + {i}"]).call("f", (n,)).value for n in range(3)]

    threads = [threading.Thread(target=work, args=(i,)) for i in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == {0: [0, 1, 2], 1: [1, 2, 3]}


@linux
def test_hidden_paths_are_left_out_and_all_else_is_readable(tmp_path):
    for name in ("lib/a/x", "lib/site/course/secret", "lib/site/course/draw/plot", "lib/site/numpy/n"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "lib/site/up").symlink_to(tmp_path / "lib")
    allowed = dict(protect._readable([str(tmp_path / "lib")], [tmp_path / "lib/site/course"]))
    assert {str(path.relative_to(tmp_path)): whole for path, whole in allowed.items()} == {
        "lib": False,
        "lib/a": True,
        "lib/site": False,
        "lib/site/numpy": True,
    }


MISSING = "there is no module {} here: the cell was run without it"


@pytest.mark.parametrize(
    ("cell", "missing"),
    [
        ("from google.colab import drive\ndrive.mount('/content')\nx = 1", ["google.colab"]),
        ("import seaborn as sns, numpy as np\nsns.set()\nx = 1", ["seaborn"]),
        (
            "import pandas_not_here\nfrom torch_not_here.nn import functional as F\nx = 1",
            ["pandas_not_here", "torch_not_here.nn"],
        ),
        (
            "%matplotlib inline\nfrom threesteps.network import sigmoid\ndef g(): return sigmoid(1)\nx = 1",
            ["threesteps.network"],
        ),
        ("import nowhere as n, math\nx = math.gcd(3, 2)", ["nowhere"]),
        ("%%time\nimport nowhere\nx = 1", ["nowhere"]),
        ("import nowhere\nlist = []\nfor i in (1, 2):\n    list.append(i)\nx = list[0]", ["nowhere"]),
    ],
)
def test_a_cell_goes_on_without_a_module_that_is_not_here(run, cell, missing):
    session = run(cell, "def f(): return x")
    assert value(session, "f") == 1
    assert session.report[0].notes[-len(missing) :] == tuple(MISSING.format(name) for name in missing)


@pytest.mark.parametrize("name", ["from threesteps import check, network", "from network import nothing"])
def test_a_name_that_its_module_does_not_have_is_told_from_a_module_that_is_not_here(run, name):
    session = run("%%writefile network.py\ny = 1", f"{name}\nx = 1", "def f(): return x")
    what = name.split()[-1] + " in the module " + name.split()[1]
    assert session.report[1].notes == (f"there is no {what} here: the cell was run without it",)
    assert value(session, "f") == 1


@pytest.mark.parametrize(
    ("cell", "lacks"),
    [
        ("from threesteps.backprop import sigmoid_prime as sp", "module threesteps.backprop, and so no `sp`"),
        ("import nowhere as sp", "module nowhere, and so no `sp`"),
        ("from math import nothing as sp", "nothing in the module math, and so no `sp`"),
        ("import nowhere\nsp = nowhere.made()", "module nowhere, and so no `sp`"),
        ("with open('w.json') as file:\n    sp = file.read()", "such file, and so no `sp`"),
    ],
)
def test_an_error_over_a_name_that_an_import_should_have_bound_is_told_by_it(run, cell, lacks):
    session = run(cell, "def hidden_delta(d, W, Z): return d @ W * sp(Z)")
    verdict = judge(TASKS["hidden_delta"], partial(session.call, "hidden_delta"), 7)
    assert verdict.message == f"It raised NameError: where answers are graded there is no {lacks}."
    session = run("sp = 1", cell, "def hidden_delta(d, W, Z): return np")
    verdict = judge(TASKS["hidden_delta"], partial(session.call, "hidden_delta"), 7)
    assert verdict.message.startswith("It raised NameError: a name is used that was never given a value")


def test_of_the_library_there_is_what_the_check_leaves_in_place(run):
    session = run("import sys\ndef f(): return [name for name in sys.modules if name.startswith('threesteps.')]")
    there = value(session, "f")
    assert {"threesteps.draw", "threesteps.digits"} <= set(there) and all(
        name.startswith(GRADED_WITH) for name in there
    )


@pytest.mark.parametrize(
    "line",
    [
        "from threesteps.backprop import sigmoid_prime as sp",
        "import threesteps; sp = threesteps.backprop.sigmoid_prime",
    ],
)
def test_the_library_within_an_answer_is_told_to_be_left_out(run, line):
    session = run(f"def hidden_delta(d, W, Z):\n    {line}\n    return d @ W * sp(Z)")
    verdict = judge(TASKS["hidden_delta"], partial(session.call, "hidden_delta"), 7)
    assert ": of the course's library, nothing but what the first cell imports is there" in verdict.message


@pytest.mark.parametrize(
    "statement",
    [
        "device = nowhere.device('cpu')\nprint(device)",
        "for i in range(2):\n    d = nowhere.Series([i])\nd.plot()",
        "class Net(nowhere.Module): pass",
        "def other(z: nowhere.Tensor) -> None: pass",
        "@nowhere.jit\ndef other(z): return z",
        "def other(z=nowhere.NA): pass",
    ],
)
@pytest.mark.parametrize("between", ["\n", None])
def test_what_depends_on_a_missing_module_is_left_out_with_it(run, statement, between):
    rest = f"{statement}\ndef f(): return 2"
    cells = [f"import nowhere{between}{rest}"] if between else ["import nowhere", rest]
    assert value(run("def f(): return 1", *cells), "f") == 2


@pytest.mark.parametrize(
    "statement",
    [
        "import os; os.makedirs('figures', exist_ok=True)",
        "import os; open('t', 'w').close(); os.rename('t', 'u')",
        "import os; open('t', 'w').close(); os.remove('t'); assert not os.path.exists('t')",
        "open('data.csv')",
        "import threesteps as ts; ts.network.sigmoid(0)",
        "1 / 0",
    ],
)
def test_a_cell_that_raises_still_defines_what_nothing_else_does(run, statement):
    session = run(f"n = 1\n{statement}\nn += 1\nk = n + 1\ndef f(): return 0\ndef f(): return k")
    assert statuses(session) == ["raised"]
    assert value(session, "f") in (2, 3)  # 3 where it went on for want of a file


def test_what_stands_after_an_error_of_its_own_replaces_nothing(run):
    session = run(
        "def f(): return 1\ng = f", "def g(): return 2\n1 / 0\ndef f(): return 3\ndef g(): return 3\ndef h(): return 3"
    )
    assert [value(session, name) for name in "fgh"] == [1, 2, 3]


def test_what_an_error_of_its_own_left_unbound_is_not_absent(run):
    session = run("def f(): return 1", "x = 1 / 0", "print(x)\ndef f(): return 2")
    assert session.report[2].name == "NameError"
    assert value(session, "f") == 1


def test_an_error_after_a_missing_module_ends_the_cell(run):
    session = run("def f(): return 1", "import nowhere\ndef g(): return 2\n1 / 0\ndef f(): return 3\ndef g(): return 3")
    told = (MISSING.format("nowhere"),), (("nowhere", "module nowhere"),)
    assert session.report[1] == Cell("raised", "ZeroDivisionError", "division by zero", *told)
    assert [value(session, name) for name in "fg"] == [1, 2]


def test_a_name_used_again_for_a_value_leaves_the_function(run):
    session = run("def f(): return 1", "f = f()", taken={"f": [0, 1]})
    assert value(session, "f") == 1


def test_a_function_made_by_exec_is_found(run):
    session = run("exec('def f(): return 1')\nglobals()['g'] = lambda: 2")
    assert (value(session, "f"), value(session, "g")) == (1, 2)


@pytest.mark.parametrize("demonstration", ["while True: pass", "import os; os._exit(1)"])
def test_of_a_cell_that_had_to_be_ended_the_definitions_are_run(engine, monkeypatch, demonstration):
    monkeypatch.setattr(engine, "timeout", 1.0)
    session = engine.open([f"def f(): return 1\n{demonstration}", "def g(): return f() + 1"])
    assert statuses(session)[1] == "ok"
    assert (value(session, "f"), value(session, "g")) == (1, 2)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("k = int('1')\ndef f(): return k\nwhile True: pass", 1),
        ("try:\n    def f(): return 1\n    while True: pass\nexcept ValueError:\n    pass", 1),
        ("import nowhere\ndef f(): return 1\nwhile True: pass", 1),
        ("import time\nk = 1\nx = time.sleep(100)\ndef f(): return k", 1),
        ("def f(x=open('nothing')): return 1\ndef f(): return 2\nwhile True: pass", 2),
    ],
)
def test_of_a_cell_too_long_each_definition_is_run_on_its_own(engine, monkeypatch, cell, wanted):
    monkeypatch.setattr(engine, "timeout", 0.7 * SLOWNESS)
    assert value(engine.open([cell]), "f") == wanted


def test_what_is_slow_in_a_cell_that_had_to_be_ended_takes_nothing_along(engine, monkeypatch):
    monkeypatch.setattr(engine, "timeout", 1.0 * SLOWNESS)
    slow = "%%writefile slow.py\nimport time\nwhile True: time.sleep(0.1)"
    cell = "import slow\nfrom math import *\nimport slow as again\nimport math\ndef f(): return math.gcd(4, 6) + sin(0)"
    session = engine.open([slow, cell], {"f": [1]})
    assert statuses(session)[1] == "timeout" and value(session, "f") == 2


@pytest.mark.parametrize(("share", "kind"), [(0.0, "value"), (1.0, "timeout")])
def test_who_has_to_share_the_processor_gets_longer(engine, monkeypatch, share, kind):
    monkeypatch.setattr(engine, "timeout", 0.7 * SLOWNESS)
    monkeypatch.setattr(session_module, "_worked", lambda pid: share * time.monotonic())
    session = engine.open(["import time\ndef f(seconds): time.sleep(seconds)"])
    assert session.call("f", (1.4 * SLOWNESS,)).kind == kind
    assert session.call("f", (9.0 * SLOWNESS,)).kind == "timeout"


def test_the_time_of_a_process_is_known_whether_it_works_or_sleeps():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as asleep:
        for pid in (os.getpid(), asleep.pid):
            began = session_module._worked(pid)
            while session_module._worked(pid) < began + 0.05:
                pass
        asleep.communicate(b"\n")


def test_definitions_of_a_cell_are_known_apart_from_what_it_does():
    source = """
import numpy as np, math
h, k = 1e-5, [2 * math.pi]
g = lambda x: np.exp(x)
y = g(2)
for i in range(3):
    print(i)
if h:
    z: float = y
    print(z)
f(3)
"""
    plain = ["import numpy as np", "import math", "h, k = (1e-05, [2 * math.pi])", "g = lambda x: np.exp(x)"]
    last = "if h:\n    z: float = y"
    for only_plain, kept in ((True, [*plain, last]), (False, [*plain, "y = g(2)", last])):
        assert [*map(ast.unparse, definitions(statements(source), only_plain))] == kept


def test_slow_cells_cost_no_answers(engine, monkeypatch):
    monkeypatch.setattr(engine, "timeout", 0.5)
    monkeypatch.setattr(session_module, "CELLS", 2)
    monkeypatch.setattr(session_module, "QUICK", 0.2)
    answers = ["import math", "cache = dict(a=1)", "def f(): return math.gcd(cache['a'], 3)"]
    for sleeps in (["import time; time.sleep(0.4)"] * 4, ["import time; x = time.sleep(9)"] * 8):
        session = engine.open([*answers, "def loop():\n    while True: pass", *sleeps], {"f": [2], "loop": [3]})
        assert session.call("loop", ()).kind == "timeout"
        assert value(session, "f") == 1
        assert not session.cut_short


@pytest.mark.parametrize(
    "cells",
    [
        ["%%writefile own.py\ndef f(): return 1", "from own import f"],
        ["%%file own.py\ndef f(): return 1", "from own import f"],
        ["%%prun -q\ndef f(): return 1"],
        ["%pylab inline\ndef f(): return int(np.exp(0) + sin(0))"],
    ],
)
def test_magics_that_define(run, cells):
    session = run(*cells)
    assert not any(cell.notes for cell in session.report)
    assert value(session, "f") == 1


def test_cells_with_answers_run_even_when_others_have_taken_all_the_time(engine, monkeypatch):
    monkeypatch.setattr(engine, "timeout", 0.5)
    monkeypatch.setattr(session_module, "CELLS", 1)
    sleep = "import time; time.sleep(0.3)"
    session = engine.open([sleep, sleep, sleep, "def f(): return 1"], {"f": [3]})
    assert statuses(session)[2:] == ["not run", "ok"]
    assert value(session, "f") == 1


def test_cells_with_answers_have_a_bound_of_their_own(engine, monkeypatch):
    monkeypatch.setattr(engine, "timeout", 0.5)
    monkeypatch.setattr(session_module, "CELLS", 1)
    monkeypatch.setattr(session_module, "ANSWERS", 2)
    cells = ["import time, os\ntime.sleep(0.3)\ndef f(): os._exit(1)"] * 40
    session = engine.open(cells, {"f": range(40)})
    assert session.cut_short and session.most == 3 * 0.5
    assert statuses(session)[0] == "ok" and statuses(session)[-30:] == ["not run"] * 30
    assert session.kind("g") == ""


def test_questions_for_kinds_count_as_calls(engine, monkeypatch):
    monkeypatch.setattr(engine, "timeout", 0.4)
    monkeypatch.setattr(session_module, "CALLS", 1)
    slow = """
    import time
    class M(type):
        def __getattribute__(c, name):
            time.sleep(0.2)
            return type.__getattribute__(c, name)
    class f(metaclass=M): pass
    f = f()
    def g(): return 1
    """
    session = engine.open([textwrap.dedent(slow)])
    for _ in range(3):
        session.kind("f")
    assert session.call("g", ()).kind == "timeout"


def test_all_calls_of_a_submission_have_a_bound(engine, monkeypatch):
    monkeypatch.setattr(engine, "timeout", 0.4)
    monkeypatch.setattr(session_module, "CALLS", 2)
    session = engine.open(["import time\ndef f(): time.sleep(0.3)"])
    kinds = [session.call("f", ()).kind for _ in range(6)]
    assert kinds == sorted(kinds, reverse=True)  # values first
    assert (kinds[0], kinds[-2:]) == ("value", ["timeout"] * 2)
    assert "0.8 seconds for all calls" in session.call("g", ()).text
