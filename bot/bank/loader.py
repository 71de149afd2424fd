"""Reads a whole bank file and finds everything wrong with it. The only way from YAML to a Bank."""

from dataclasses import dataclass
from pathlib import Path

from bot.bank.advice import Advice
from bot.bank.composer import compose
from bot.bank.lint import advise
from bot.bank.problems import START, BankError, Findings, Problem
from bot.bank.reader import Located, read_bank
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
    """Read a bank, without advice. Raises BankError with every fault found."""
    findings = Findings()
    reading = _read(path, findings)
    if reading is None:
        raise BankError(findings.problems(str(path)))
    return reading.bank


def examine(path: Path) -> Examined:
    """Read a bank and say everything that is wrong with it, and what could be better."""
    findings = Findings()
    reading = _read(path, findings)
    if reading is None:
        return Examined(None, findings.problems(str(path)))
    advice = Findings()
    for item in advise(reading.bank):
        place = reading.answers.get((item.id, item.answer)) or reading.places.get((item.section, item.id), START)
        advice.add(place, f"{item.message}{_line_of_other(item, reading)}")
    return Examined(reading.bank, (), advice.problems(str(path)))


def _read(path: Path, findings: Findings) -> Located | None:
    """Read a file, or return None and findings."""
    source = read_source(path, findings)
    root = compose(source, findings) if source is not None else None
    if root is None:
        if not findings:
            findings.add(
                START, "The file is empty. Begin with the bank's title: `title: ...`, `language: en` and so on."
            )
        return None
    reading = read_bank(root, findings)
    return None if findings else reading


def _line_of_other(item: Advice, reading: Located) -> str:
    """Return where the other answer stands that a piece of advice names."""
    place = reading.answers.get(item.other)
    return f" “{item.other[1]}” stands on line {place.line}." if place else ""
