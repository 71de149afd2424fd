"""A bank for a class on one topic, with questions on the same sentences outside of it; and people who look for them."""

from dataclasses import replace

from learner import Learner, words
from whale_bank import FOOD, HEART, LARGEST, NAME, PROTECTED, YEAR, make_bank

LIFE = "Life & <death>"
# The class asks these two; YEAR is on the sentence of PROTECTED. The other three share a sentence of their own.
BANK = make_bank(replace(HEART, topic="life"), replace(PROTECTED, topic="life"), YEAR, LARGEST, FOOD, NAME)
WITHHELD = (HEART, PROTECTED, YEAR)
FREE = (LARGEST, FOOD, NAME)


async def takes_all(learner: Learner) -> list[str]:
    """Take the quiz that is under way to its end, one question answered, the next skipped; return what it asked."""
    asked: list[str] = []
    while quiz := learner.quiz():
        asked.append(quiz.state.questions[quiz.state.round - 1])
        if len(asked) % 2:
            await learner.answers(rightly=False)
        else:
            await learner.presses(words("question.skip"))
    return asked


def first_name(pupil: Learner) -> str:
    """Return the first name, which is the nickname here."""
    return pupil.world.people[pupil.id].first_name
