"""Marking of a bank's questions beside each other: an answer to one question is not a misspelling of another's."""

from dataclasses import replace

from bot.core.marking import OtherAnswers
from bot.core.question import Bank, Question


def other_answers_in(bank: Bank) -> OtherAnswers:
    """Return the answers of all questions of a bank."""
    return OtherAnswers(question.kind.answer_texts() for question in bank.questions)


def mark_beside_each_other(bank: Bank) -> Bank:
    """Return a bank whose questions take the answers of all the others into account."""
    others = other_answers_in(bank)
    return replace(bank, questions=tuple(mark_beside(question, others) for question in bank.questions))


def mark_beside(question: Question, others: OtherAnswers) -> Question:
    """Return a question that takes other answers into account when it marks."""
    return replace(question, kind=question.kind.mark_beside(others))
