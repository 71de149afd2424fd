"""The command ``bot check``: prints every fault, every piece of advice and a summary of each bank file."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from bot.bank.loader import CheckedBank, check_bank
from bot.core.kinds import KINDS
from bot.core.question import Bank
from bot.logs import on_one_line


def run_check(paths: Sequence[Path], out: TextIO, with_program_name: Callable[[str], str] = str) -> int:
    """Check every file, print the results to ``out``, and return the exit code: 1 if any file has a fault, else 0.

    ``with_program_name`` replaces ``bot`` in the commands that a line names by the name of the running program.
    """
    checked = [check_bank(path) for path in paths]
    for path, one in zip(paths, checked, strict=True):
        out.writelines(f"{with_program_name(on_one_line(line))}\n" for line in _lines(path, one))
    return int(any(one.faults for one in checked))


def _lines(path: Path, checked: CheckedBank) -> Iterator[str]:
    yield from map(str, checked.faults)
    for advice in checked.advice:
        yield str(replace(advice, message=f"advice: {advice.message}"))
    if checked.bank is None:
        yield f"{path}: {_count(len(checked.faults), 'fault')}"
    else:
        yield f"{path}: {summary(checked.bank)}"


def summary(bank: Bank) -> str:
    """Describe in one line what a bank contains."""
    counts = Counter(question.kind.name for question in bank.questions)
    kinds = ", ".join(f"{counts[kind.name]} {kind.name}" for kind in KINDS if counts[kind.name])
    questions = _count(len(bank.questions), "question")
    return f"{questions} ({kinds}) on {_count(len(bank.topics), 'topic')}, {_count(len(bank.reading), 'passage')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
