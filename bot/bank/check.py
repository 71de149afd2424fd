"""Checks bank files for ``bot check``: prints every fault, every piece of advice, and a summary."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from bot.bank.loader import Examined, examine
from bot.core.kinds import KINDS
from bot.core.question import Bank
from bot.logs import on_one_line


def run_check(paths: Sequence[Path], out: TextIO, as_called: Callable[[str], str] = str) -> int:
    """Check every file, print to ``out``, and return the exit code: 1 when any has a fault, else 0.

    ``as_called`` writes the commands that a line names by the name of the program that is running.
    """
    examined = [examine(path) for path in paths]
    for path, one in zip(paths, examined, strict=True):
        out.writelines(f"{as_called(on_one_line(line))}\n" for line in _lines(path, one))
    return int(any(one.faults for one in examined))


def _lines(path: Path, examined: Examined) -> Iterator[str]:
    yield from map(str, examined.faults)
    for advice in examined.advice:
        yield str(replace(advice, message=f"advice: {advice.message}"))
    if examined.bank is None:
        yield f"{path}: {_count(len(examined.faults), 'fault')}"
    else:
        yield f"{path}: {summary(examined.bank)}"


def summary(bank: Bank) -> str:
    """Say in one line what a bank holds."""
    counts = Counter(question.kind.name for question in bank.questions)
    kinds = ", ".join(f"{counts[kind.name]} {kind.name}" for kind in KINDS if counts[kind.name])
    questions = _count(len(bank.questions), "question")
    return f"{questions} ({kinds}) on {_count(len(bank.topics), 'topic')}, {_count(len(bank.reading), 'passage')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
