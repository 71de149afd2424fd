"""Reads a whole bank file and finds everything wrong with it. The only way from YAML to a Bank."""

from dataclasses import dataclass
from pathlib import Path

from bot.bank.composer import compose
from bot.bank.lint import advise
from bot.bank.problems import START, BankError, Findings, Problem
from bot.bank.reader import read_bank
from bot.bank.source import read_source
from bot.core.question import Bank


@dataclass(frozen=True, slots=True)
class Examined:
    """A file, checked.

    Attributes:
        bank: the bank, or None where there are faults.
        faults: what must be mended before the bank can be used, in the order of the file.
        advice: what would make the questions better, in the order of the file; only for a bank without faults.
    """

    bank: Bank | None
    faults: tuple[Problem, ...]
    advice: tuple[Problem, ...] = ()


def load(path: Path) -> Bank:
    """Read a bank. Raises BankError with every fault found."""
    examined = examine(path)
    if examined.bank is None:
        raise BankError(examined.faults)
    return examined.bank


def examine(path: Path) -> Examined:
    """Read a bank and say everything that is wrong with it, and what could be better."""
    findings = Findings()
    source = read_source(path, findings)
    root = compose(source, findings) if source is not None else None
    if root is None:
        if not findings:
            findings.add(
                START, "The file is empty. Begin with the bank's title: `title: ...`, `language: en` and so on."
            )
        return Examined(None, findings.problems(str(path)))
    reading = read_bank(root, findings)
    if reading is None or findings:
        return Examined(None, findings.problems(str(path)))
    advice = Findings()
    for item in advise(reading.bank):
        advice.add(reading.places.get((item.section, item.id), START), item.message)
    return Examined(reading.bank, (), advice.problems(str(path)))
