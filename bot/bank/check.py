"""Checks bank files for ``bot check``: prints every fault, every piece of advice, and a summary."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from bot.bank.loader import check
from bot.core.kinds import KINDS
from bot.core.question import Bank


def run_check(paths: Sequence[Path], out: TextIO) -> int:
    """Check every file, print to ``out``, and give the exit code: 1 when any has a fault, else 0."""
    faulty = False
    for path in paths:
        checked = check(path)
        lines = [str(fault) for fault in checked.faults]
        lines += [f"{advice.file}:{advice.line}:{advice.column}: advice: {advice.message}" for advice in checked.advice]
        if checked.bank is None:
            faulty = True
            lines.append(f"{path}: {_count(len(checked.faults), 'fault')}")
        else:
            lines.append(f"{path}: {summary(checked.bank)}")
        out.writelines(f"{line}\n" for line in lines)
    return int(faulty)


def summary(bank: Bank) -> str:
    """Say in one line what a bank holds."""
    counts = Counter(question.kind.name for question in bank.questions)
    kinds = ", ".join(f"{counts[kind.name]} {kind.name}" for kind in KINDS if counts[kind.name])
    questions = _count(len(bank.questions), "question")
    return f"{questions} ({kinds}) on {_count(len(bank.topics), 'topic')}, {_count(len(bank.reading), 'passage')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
