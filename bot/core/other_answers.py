"""A bank whose questions mark typed answers beside one another: what answers one of them misspells no other."""

from dataclasses import replace

from bot.core.marking import OtherAnswers
from bot.core.question import Bank, Question


def other_answers_in(bank: Bank) -> OtherAnswers:
    """Return the answers of a bank."""
    return OtherAnswers(question.kind.answer_texts() for question in bank.questions)


def mark_beside_each_other(bank: Bank) -> Bank:
    """Return a bank whose questions are marked beside one another."""
    others = other_answers_in(bank)
    return replace(bank, questions=tuple(mark_beside(question, others) for question in bank.questions))


def mark_beside(question: Question, others: OtherAnswers) -> Question:
    """Return a question as it is marked beside others."""
    return replace(question, kind=question.kind.mark_beside(others))
