"""The score and the topics."""

from bot.app.commands import ShowScore, ShowTopics
from bot.tg.feature import Feature, Invocation


def _score(asked: Invocation) -> ShowScore:
    return ShowScore(asked.visitor, asked.press)


FEATURE = Feature(
    slash={"score": _score, "topics": lambda asked: ShowTopics(asked.visitor, asked.press)},
    buttons={"score": _score},
)
