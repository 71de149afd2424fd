"""Loads bank files and checks them. Every bank in YAML is read here."""

from dataclasses import dataclass
from pathlib import Path

from bot.bank.advice import Advice
from bot.bank.bank_reader import Located, read_bank
from bot.bank.lint import advise
from bot.bank.problems import START, BankError, Findings, Problem
from bot.bank.source_file import read_source
from bot.bank.yaml_composer import compose
from bot.core.question import Bank


@dataclass(frozen=True, slots=True)
class CheckedBank:
    """The result of checking a bank file.

    Attributes:
        bank: the bank, or None if the file has faults.
        faults: what must be fixed before the bank can be used, in the order of the file.
        advice: what could be improved, in the order of the file; only for a bank without faults.
    """

    bank: Bank | None
    faults: tuple[Problem, ...]
    advice: tuple[Problem, ...] = ()


def load(path: Path) -> Bank:
    """Load a bank from a file. Raises BankError with all faults of the file."""
    findings = Findings()
    reading = _read(path, findings)
    if reading is None:
        raise BankError(findings.problems(str(path)))
    return reading.bank


def check_bank(path: Path) -> CheckedBank:
    """Load a bank from a file and return it with all faults, or with advice if it has none."""
    findings = Findings()
    reading = _read(path, findings)
    if reading is None:
        return CheckedBank(None, findings.problems(str(path)))
    advice = Findings()
    for item in advise(reading.bank):
        place = reading.answers.get((item.id, item.answer)) or reading.places.get((item.section, item.id), START)
        advice.add(place, f"{item.message}{_line_of_other(item, reading)}")
    return CheckedBank(reading.bank, (), advice.problems(str(path)))


def _read(path: Path, findings: Findings) -> Located | None:
    """Read a file; return None if it has faults, which are added to the findings."""
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
    """Return a sentence on the line of the other answer that a piece of advice names; empty if there is none."""
    place = reading.answers.get(item.other)
    return f" “{item.other[1]}” is on line {place.line}." if place else ""
