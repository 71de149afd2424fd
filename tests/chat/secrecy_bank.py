"""Bank for the tests of secrecy: a class asks one topic of it, and another question quotes a sentence of that topic."""

from dataclasses import replace

from learner import Learner, words
from whale_bank import FOOD, HEART, LARGEST, NAME, PROTECTED, YEAR, make_bank

LIFE = "Life & <death>"
# A class on this topic asks HEART and PROTECTED. YEAR is withheld as well: it quotes the same sentence as PROTECTED.
BANK = make_bank(replace(HEART, topic="life"), replace(PROTECTED, topic="life"), YEAR, LARGEST, FOOD, NAME)
WITHHELD = (HEART, PROTECTED, YEAR)
FREE = (LARGEST, FOOD, NAME)


async def finish_quiz(learner: Learner) -> list[str]:
    """Finish the open quiz, answering and skipping in turn; return the ids of the questions that it asked."""
    asked: list[str] = []
    while quiz := learner.quiz():
        asked.append(quiz.state.questions[quiz.state.round - 1])
        if len(asked) % 2:
            await learner.answers(rightly=False)
        else:
            await learner.presses(words("question.skip"))
    return asked


def first_name(pupil: Learner) -> str:
    """Return the person's first name, which these tests use as the nickname."""
    return pupil.world.people[pupil.id].first_name
