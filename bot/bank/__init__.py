"""Question banks as people write them: YAML read with line numbers, faults in plain words, advice."""

from bot.bank.document import fingerprint, question_from_document, question_to_document
from bot.bank.loader import Examined, examine, load
from bot.bank.problems import BankError, Problem

__all__ = [
    "BankError",
    "Examined",
    "Problem",
    "examine",
    "fingerprint",
    "load",
    "question_from_document",
    "question_to_document",
]
