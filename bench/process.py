"""Starting and stopping of processes, and their CPU time and memory from /proc (Linux only)."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

Process = subprocess.Popen[str]

_TICKS = os.sysconf("SC_CLK_TCK")
_PR_SET_PDEATHSIG = 1  # prctl(2)
_SECONDS_TO_END = 10
_LIBC = ctypes.CDLL(None)


def _end_with_parent() -> None:
    """Set the kernel to kill this process when its parent dies, even by SIGKILL."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


@contextmanager
def running(
    command: Sequence[str],
    environment: Mapping[str, str],
    folder: Path,
    *,
    piped: bool = False,
    interpreter: str = sys.executable,
) -> Iterator[subprocess.Popen[str]]:
    """Run a Python command (without the interpreter) in a folder; end it at the block's end in any case.

    Its output goes to `log.txt` in the folder; if `piped`, its standard output goes to the caller instead.
    """
    # An installed bot has its compiled files; without them each start would compile everything again.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with (
        (folder / "log.txt").open("a") as log,
        subprocess.Popen(  # noqa: S603 - our own command lines
            [interpreter, *command],
            env={**inherited, **environment},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if piped else log,
            stderr=log,
            text=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - we have no threads
        ) as process,
    ):
        try:
            yield process
        finally:
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.send_signal(signal.SIGCONT)  # a suspended process handles SIGTERM only after this
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def cpu_seconds(process: subprocess.Popen[str]) -> float:
    """Return the CPU time (user and system) of all threads of a process; 0 if it has ended."""
    return sum(_ticks(process.pid)[:2]) / _TICKS


def tree_cpu_seconds(pid: int) -> float:
    """Return the CPU time of a server and its children, including children that ended."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return (sum(_ticks(pid)) + sum(sum(_ticks(int(child))[:2]) for child in children)) / _TICKS


def _ticks(pid: int) -> tuple[int, ...]:
    """Return user and system time, and those of ended children (proc(5), /proc/PID/stat, fields 14 to 17)."""
    try:
        return tuple(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]))
    except (FileNotFoundError, ProcessLookupError):
        return (0, 0, 0, 0)


def resident_megabytes(process: subprocess.Popen[str]) -> float:
    """Return the resident memory of a process in MB (VmRSS); 0 if it has ended."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:"))
