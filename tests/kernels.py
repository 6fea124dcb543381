"""`make test-kernels`: lessons, solutions, the subject's tests, the figures' and the banks of answers under other
kernels of OpenBLAS and NumPy, on one thread and two; and that all of them draw the same probes.

Which kernel computes decides the last bits, and every processor takes the newest that it can run. Here each is forced
in turn, with no newer vectors of NumPy than its processors had, to show that nothing stored or asserted, and no
verdict, hangs on them. One that the processor can't run would hang rather than fail: it is left out, and a line says
so.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The banks of answers, on each task's own seed and one more.
BANKS = ["tests/test_answers.py", "-m", "not slow", "--seeds", "1", "--dist", "load"]
FILES = [
    *("--nbval", "--dist", "loadfile"),
    *(f"tests/test_{part}.py" for part in ("network", "loss", "backprop", "descent", "digits")),
    *(
        str(path.relative_to(ROOT))
        for files in ("notebooks/*.ipynb", "solutions/*.ipynb", "tests/test_draw*.py")
        for path in sorted(ROOT.glob(files))
    ),
]
# OpenBLAS's kernels: what the processor must have, in NumPy's words, what else OpenBLAS may call them, and the vectors
# of NumPy that such processors lacked. (Older releases of NumPy have other names for the parts of these.)
OPENBLAS = {
    "SkylakeX": ("AVX512_SKX", (), None),
    "Haswell": ("AVX2", ("Zen",), "X86_V4"),
    "Zen": ("AVX2", ("Haswell",), "X86_V4"),
    "Sandybridge": ("AVX", (), "X86_V3"),
    "Nehalem": ("SSE42", (), "X86_V3"),
    "Prescott": ("SSE3", ("Katmai",), "X86_V3"),
}
OLD_LIBM = {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4"}  # `math.exp` and its like without these, on Linux
PROBE = """
import json
import numpy
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__
from threadpoolctl import threadpool_info
blas = [(lib["architecture"], lib["num_threads"]) for lib in threadpool_info() if lib["internal_api"] == "openblas"]
vectors = [name for name in __cpu_dispatch__ if __cpu_features__[name]]
has = [name for name in __cpu_features__ if __cpu_features__[name]]
print(json.dumps({"blas": blas, "vectors": vectors, "has": has}))
"""

# The numbers that answers are tried on, to nine digits: one draw more or less makes all that follow others.
DRAWN = """
import hashlib
import numpy as np
from threesteps.task import _drawn
from threesteps.tasks import TASKS

def told(value):
    if isinstance(value, (list, tuple)):
        return [told(part) for part in value]
    if isinstance(value, (int, float, np.ndarray)):
        return np.round(value, 9).tolist()
    return value if isinstance(value, str) else type(value).__name__

for name, task in TASKS.items():
    probes = [told(_drawn(task, seed)) for seed in (task.seed, *range(10))]
    print(name, hashlib.sha256(repr(probes).encode()).hexdigest())
"""


def drawn(environment: dict[str, str]) -> set[str]:
    """A line for each task: its name, and a sum over its probes of several seeds."""
    run = subprocess.run([sys.executable, "-c", DRAWN], env=os.environ | environment, capture_output=True, check=True)
    return set(run.stdout.decode().splitlines())


def in_use(**environment: str) -> dict:
    """What computes in a process with this environment: "blas" [(kernel, threads)], "vectors", all it "has"."""
    run = subprocess.run([sys.executable, "-c", PROBE], env=os.environ | environment, capture_output=True, check=True)
    return json.loads(run.stdout)


def without(vectors: str, machine: dict) -> dict[str, str]:
    """The environment in which NumPy does without these vectors and whatever needs them, and libm as well."""
    off = [part for part in machine["vectors"] if vectors == "X86_V3" or "512" in part or part == "X86_V4"]
    return ({"NPY_DISABLE_CPU_FEATURES": " ".join(off)} if off else {}) | (OLD_LIBM if vectors == "X86_V3" else {})


def setting(name: str, machine: dict) -> dict[str, str]:
    """The environment that forces a kernel; raises ValueError, in words, where this machine can't."""
    needs, names, lacks = OPENBLAS[name]
    if not machine["blas"]:
        raise ValueError("NumPy's matrix products come from another library than OpenBLAS")
    if needs not in machine["has"]:
        raise ValueError(f"this processor has no {needs}")
    environment = {"OPENBLAS_CORETYPE": name} | (without(lacks, machine) if lacks else {})
    (kernel, _), *_ = in_use(**environment)["blas"]
    if kernel not in (name, *names):
        raise ValueError(f"this OpenBLAS takes {kernel} in its place")
    return environment


def passes(name: str, environment: dict[str, str], threads: int) -> bool:
    environment = environment | {"OPENBLAS_NUM_THREADS": str(threads)}
    used = in_use(**environment)
    blas = "; ".join(f"OpenBLAS computes by {kernel} on {n} of {threads} threads" for kernel, n in used["blas"])
    print(f"{name}: {blas}; NumPy uses {' '.join(used['vectors']) or 'its baseline'}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2"]
    runs = [subprocess.run([*command, *what], env=os.environ | environment, cwd=ROOT) for what in (FILES, BANKS)]
    return not any(run.returncode for run in runs)


def main(names: list[str]) -> int:
    if unknown := set(names) - set(OPENBLAS):
        print(f"no such kernel: {', '.join(sorted(unknown))}; there are {', '.join(OPENBLAS)}")
        return 2
    machine, rows, seen = in_use(), {}, {}
    for name in names or OPENBLAS:
        try:
            forced = setting(name, machine)
            kernel = str(in_use(**forced))
            if kernel in seen:
                raise ValueError(f"it computes as {seen[kernel]} does")
            rows[name], seen[kernel] = forced, name
        except ValueError as why:
            print(f"{name} is left out: {why}")
    if names and machine["blas"] and not rows:
        print("none of these kernels can be tried here: nothing was run")
        return 0
    rows = rows or {"as it is": {}}
    print(f"{len(rows)} kernels, each on one thread and two: some {7 * len(rows)} minutes on two cores", flush=True)
    usual = drawn({})
    others = {row: sorted(line.split()[0] for line in usual - drawn(forced)) for row, forced in rows.items()}
    differing = [f"{row} draws other probes of {', '.join(names)}" for row, names in others.items() if names]
    failed = differing + [f"{row} ({n})" for row, forced in rows.items() for n in (1, 2) if not passes(row, forced, n)]
    print(f"{', '.join(rows)}, on one thread and two: {'failed: ' + ', '.join(failed) if failed else 'all the same'}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
