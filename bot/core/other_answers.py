"""A bank whose questions mark typed answers beside one another: what answers one of them misspells no other."""

from dataclasses import replace

from bot.core.marking import Neighbours
from bot.core.question import Bank, Question


def neighbours_of(bank: Bank) -> Neighbours:
    """Return the answers of a bank."""
    return Neighbours(question.kind.texts() for question in bank.questions)


def with_neighbours(bank: Bank) -> Bank:
    """Return a bank whose questions are marked beside one another."""
    neighbours = neighbours_of(bank)
    return replace(bank, questions=tuple(beside(question, neighbours) for question in bank.questions))


def beside(question: Question, neighbours: Neighbours) -> Question:
    """Return a question as it is marked beside others."""
    return replace(question, kind=question.kind.beside(neighbours))
