"""What a learner knows, summed up from answers. One question counts as one however often it is answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Self

from bot.core.question import Bank

WEEK = timedelta(days=7)
"""Over how many days practising is counted: days out of the last seven, never a chain that can break."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What one person did with one question.

    Attributes:
        asked: how often it was answered; skipped questions are not.
        right: how often it was answered right.
        last_right: whether the latest answer was right.
        last_at: when the latest answer was given.
    """

    asked: int
    right: int
    last_right: bool
    last_at: datetime

    @classmethod
    def first(cls, right: bool, at: datetime) -> Self:  # noqa: FBT001 - how the answer was marked
        """Give the progress made by a first answer."""
        return cls(1, int(right), right, at)

    def after(self, right: bool, at: datetime) -> Self:  # noqa: FBT001 - how the answer was marked
        """Give the progress after one more answer; one that comes in late counts, but is not the latest."""
        late = at < self.last_at
        return type(self)(
            asked=self.asked + 1,
            right=self.right + right,
            last_right=self.last_right if late else right,
            last_at=max(self.last_at, at),
        )


@dataclass(frozen=True, slots=True)
class TopicScore:
    """How many questions of a topic are mastered, ``of`` those now in the bank."""

    topic: str
    title: str
    mastered: int
    of: int


@dataclass(frozen=True, slots=True)
class Score:
    """What one person knows.

    Attributes:
        right, answered: answers right of all ever given, those to questions no longer in the bank among them.
        mastered, of: questions of the bank whose latest answer was right, of all questions in the bank.
        topics: the same by topic, in the bank's order.
        best: right answers and questions of the best quiz; None before the first.
        days: on how many of the last seven days the person practised.
    """

    right: int
    answered: int
    mastered: int
    of: int
    topics: tuple[TopicScore, ...]
    best: tuple[int, int] | None
    days: int


def score(bank: Bank, progress: Mapping[str, Progress], best: tuple[int, int] | None, days: int) -> Score:
    """Sum up what a person knows; ``progress`` is by question id, and may hold questions no longer in the bank."""
    mastered = {question for question, made in progress.items() if made.last_right}
    topics = tuple(_topic_score(bank, topic.id, topic.title, mastered) for topic in bank.topics)
    return Score(
        right=sum(made.right for made in progress.values()),
        answered=sum(made.asked for made in progress.values()),
        mastered=sum(question.id in mastered for question in bank.questions),
        of=len(bank.questions),
        topics=topics,
        best=best,
        days=days,
    )


def practised_days(moments: Iterable[datetime], today: date, zone: tzinfo) -> int:
    """Count the days, of the seven up to today, that hold a moment; days are those of the learner's time zone.

    Args:
        moments: when the learner answered, with time zone.
        today: the learner's date.
        zone: the learner's time zone.
    """
    days = {moment.astimezone(zone).date() for moment in moments}
    return sum(today - WEEK < day <= today for day in days)


def _topic_score(bank: Bank, topic: str, title: str, mastered: set[str]) -> TopicScore:
    questions = [question.id for question in bank.questions if question.topic == topic]
    return TopicScore(topic, title, sum(question in mastered for question in questions), len(questions))
