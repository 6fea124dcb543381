"""Confining a submission's process: what it may read and write, which system calls it may make, how much it may use.

Landlock limits files to the Python installation, without the course's own answers, and one folder
for writing; seccomp leaves the system calls that computing needs: no sockets, no new processes,
threads or programs, no signals, no changes of files' owners and modes. Both work for an ordinary
user. The warm server prepares them once; each child takes them on for good.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import site
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import resource

FILE_SIZE = 16 * 2**20
OPEN_FILES = 128
NOBODY = 65534
ROOTS = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/share/fonts", "/usr/share/zoneinfo", "/etc/localtime")
DEVICES = ("/dev/urandom", "/dev/random", "/dev/zero", "/dev/null")

# The calls that computing needs; which files they reach, Landlock decides.
CALLS = (
    "read write readv writev pread64 pwrite64 lseek close close_range dup dup2 dup3 pipe pipe2 sendto recvfrom",
    "stat fstat lstat newfstatat statx access faccessat faccessat2 readlink readlinkat getdents64 getcwd chdir",
    "ftruncate fsync fdatasync flock statfs fstatfs sendfile",
    "poll ppoll select pselect6 epoll_create1 epoll_ctl epoll_wait epoll_pwait eventfd2 copy_file_range",
    "mmap munmap mremap mprotect madvise brk futex futex_waitv membarrier rseq set_robust_list get_robust_list",
    "sched_yield sched_getaffinity set_tid_address arch_prctl exit exit_group restart_syscall wait4 waitid",
    "getpid gettid getppid getpgrp getpgid getsid getuid geteuid getgid getegid getgroups getresuid getresgid umask",
    "rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigtimedwait sigaltstack alarm setitimer getitimer",
    "clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times",
    "getrandom getrusage getrlimit uname sysinfo getcpu",
)
# Allowed where one argument, under a mask, is one of these: (its position, mask, values).
ALL_BITS = 0xFFFFFFFF
UNSEEN = getattr(os, "O_TMPFILE", 0) & ~getattr(os, "O_DIRECTORY", 0)  # a file without a name
SOME = (
    ("open", 1, UNSEEN | 0b11, (1, 2)),  # for writing, which Landlock decides on
    ("openat", 2, UNSEEN | 0b11, (1, 2)),
    ("open", 1, UNSEEN | os.O_TRUNC, (0,)),  # to read, and not to cut, which Landlock overlooks before Linux 6.2
    ("openat", 2, UNSEEN | os.O_TRUNC, (0,)),
    ("socketpair", 1, 0xF, (1,)),  # SOCK_STREAM, for asyncio: it reaches nobody else
    ("fcntl", 1, ALL_BITS, (0, 1, 2, 3, 4, 5, 6, 7, 1030)),  # not F_SETOWN, which makes a signal
    ("ioctl", 1, ALL_BITS, (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)),  # not FIOSETOWN
    ("prlimit64", 0, ALL_BITS, (0,)),  # not of other processes
)
# "Not permitted". All others "do not exist", which the C library takes as a sign to find another way.
REFUSED = (
    "socket connect bind fork vfork clone execve execveat kill tkill tgkill ptrace chmod fchmodat mkdir"
    " rename renameat renameat2"
)
# Said to be done, and left to the server: a file without a name, but open or mapped, could not be counted.
PROMISED = "unlink unlinkat"


def missing() -> list[str]:
    """What this system doesn't offer, in plain words; nothing where a submission can be confined."""
    found = []
    if not _landlock():
        found.append(
            "Landlock (Linux 5.13 or newer with Landlock switched on, and the package py-landlock), "
            "so a submission could read and change the files of your account"
        )
    if not _seccomp():
        found.append(
            "seccomp (Linux, the library libseccomp.so.2 and the package pyseccomp), "
            "so a submission could use the network, start programs and end other processes of yours"
        )
    return found


def _landlock() -> int:
    """The version of Landlock's interface, 0 where there is none."""
    try:
        import py_landlock

        return py_landlock.get_abi_version()
    except Exception:  # the package, the kernel or the processor lacks it, each with an exception of its own
        return 0


def _seccomp() -> bool:
    try:
        import pyseccomp  # noqa: F401
    except (ImportError, RuntimeError, OSError, AttributeError):  # also where the library is missing
        return False
    return sys.platform == "linux"


class Confinement:
    """Prepared once; `apply()` confines the calling process for good, as far as the system offers it.

    folder: the one it may write to. memory: megabytes. Of what is inside `hidden`, only `shown` can be read.
    """

    def __init__(self, folder: Path, memory: int, hidden: list[Path], shown: list[Path]) -> None:
        self.memory = memory * 2**20
        self.rules = _rules(folder, hidden, shown) if _landlock() else None
        self.filter = _filter() if _seccomp() else None
        if sys.platform == "linux":
            self.libc = ctypes.CDLL(None, use_errno=True)
            self._prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: what a submission leaves running becomes our child
            if os.getuid() == 0:
                os.chown(folder, NOBODY, NOBODY)

    def apply(self) -> None:
        """Raises OSError and others where a protection that is offered can't be had: then run nothing."""
        if sys.platform == "linux":
            with contextlib.suppress(OSError):
                Path("/proc/self/oom_score_adj").write_text("1000")  # the first to go where memory runs out
            if os.getuid() == 0:
                self._become_nobody()
            self._prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG: die with the server
            self._prctl(38, 1)  # PR_SET_NO_NEW_PRIVS
        if sys.platform != "win32":
            _limit(AS=self.memory, CORE=0, FSIZE=FILE_SIZE, NOFILE=OPEN_FILES)
        if self.rules is not None:
            import py_landlock

            py_landlock.restrict_self(self.rules, None)
            os.close(self.rules)
        if self.filter is not None:
            self._prctl(22, 2, ctypes.addressof(self.filter))  # PR_SET_SECCOMP, SECCOMP_MODE_FILTER

    def _prctl(self, option: int, *values: int) -> None:
        padded = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0)[:4]]
        if self.libc.prctl(option, *padded):
            raise OSError(ctypes.get_errno(), f"prctl {option}")

    def _become_nobody(self) -> None:
        """Under Landlock, a nobody that may read all the same: a Python under /root is one that root can grade with."""
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        self._prctl(8, 1)  # PR_SET_KEEPCAPS
        os.setresuid(NOBODY, NOBODY, NOBODY)
        kept = 1 << 2 if self.rules is not None else 0  # CAP_DAC_READ_SEARCH
        header, capabilities = (ctypes.c_uint32 * 2)(0x20080522), (ctypes.c_uint32 * 6)(kept, kept)
        if self.libc.capset(header, capabilities):
            raise OSError(ctypes.get_errno(), "capset")


def _limit(**limits: int) -> None:
    for name, most in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}")
        hard = resource.getrlimit(kind)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        with contextlib.suppress(ValueError):  # macOS does not limit the address space
            resource.setrlimit(kind, (most, most))


class _Program(ctypes.Structure):
    """The kernel's `struct sock_fprog`: so many instructions of eight bytes, and where they are."""

    _fields_ = (("count", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _filter() -> _Program:
    import pyseccomp as seccomp

    rules = seccomp.SyscallFilter(seccomp.ERRNO(38))  # ENOSYS

    def add(action: int, name: str, *arguments: seccomp.Arg) -> None:
        number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
        if number >= 0:  # or this processor has no such call
            rules.add_rule(action, number, *arguments)

    for name in " ".join(CALLS).split():
        add(seccomp.ALLOW, name)
    for name, position, mask, values in SOME:
        for value in values:
            add(seccomp.ALLOW, name, seccomp.Arg(position, seccomp.MASKED_EQ, mask, value))
    not_permitted = seccomp.ERRNO(1)
    for name in REFUSED.split():
        add(not_permitted, name)
    for name in PROMISED.split():
        add(seccomp.ERRNO(0), name)
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        program = file.read()
    return _Program(len(program) // 8, program)


def _rules(folder: Path, hidden: list[Path], shown: list[Path]) -> int:
    """A Landlock ruleset, as an open file descriptor."""
    import py_landlock as landlock
    from py_landlock import AccessFs, abi

    version = landlock.get_abi_version()
    rights = landlock.RulesetAttr()
    rights.handled_access_fs = abi.get_supported_fs(version)
    rights.handled_access_net = abi.get_supported_net(version)
    rights.scoped = abi.get_supported_scope(version)
    rules = landlock.create_ruleset(rights)

    def allow(path: Path, access: AccessFs) -> None:
        with contextlib.suppress(OSError):  # what isn't there needs no rule
            file = os.open(path, os.O_PATH | os.O_CLOEXEC)
            rule = landlock.PathBeneathAttr()
            rule.allowed_access = access & rights.handled_access_fs & (AccessFs(-1) if path.is_dir() else ~names)
            rule.parent_fd = file
            landlock.add_rule(rules, rule)
            os.close(file)

    read, names, write = AccessFs.READ_FILE, AccessFs.READ_DIR, AccessFs.WRITE_FILE
    installed = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    installed += [os.path.join(sys.base_prefix, "lib"), *site.getsitepackages()]
    installed += [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    places = [Path(place) for place in installed] + list(Path(sys.base_prefix, "lib").glob("python*/*-packages"))
    twins = [place / path.name for place in places for path in hidden]  # the course may be installed twice
    hidden = hidden + [twin for twin in twins if twin.exists()]
    for path, whole in _readable([*installed, *ROOTS], hidden):
        allow(path, read | names if whole else names)
    for path in (*shown, *map(Path, DEVICES)):
        allow(path, read | names)
    allow(Path(os.devnull), read | write)
    allow(folder, read | names | write | AccessFs.MAKE_REG | AccessFs.TRUNCATE)
    return rules


def _readable(roots: list[str], hidden: list[Path]) -> Iterator[tuple[Path, bool]]:
    """The paths that leave out `hidden`: (path, True) with all that is inside, (path, False) for its names alone."""
    hidden = [path.resolve() for path in hidden]
    waiting, seen = [Path(root) for root in roots], set()
    while waiting:
        path = waiting.pop().resolve()
        if path in seen or not path.exists() or any(path.is_relative_to(secret) for secret in hidden):
            continue
        seen.add(path)
        whole = not any(secret.is_relative_to(path) for secret in hidden)
        yield path, whole
        if not whole:
            waiting += path.iterdir()


def end_children() -> None:
    """Kill all children of this process and, as those become its children in turn, all that these had started."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        for status in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                pid, parent = int(status.parent.name), int(status.read_text().rpartition(")")[2].split()[1])
                if parent == os.getpid():
                    os.kill(pid, signal.SIGKILL)
