"""Loading and checking of question banks: YAML files with line numbers, faults and advice in plain words."""

from bot.bank.document import fingerprint, question_from_document, question_to_document
from bot.bank.loader import CheckedBank, check_bank, load
from bot.bank.problems import BankError, Problem

__all__ = [
    "BankError",
    "CheckedBank",
    "Problem",
    "check_bank",
    "fingerprint",
    "load",
    "question_from_document",
    "question_to_document",
]
