"""Scores of a learner, computed from answers. Each question counts once, even if it was answered several times."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Self

from bot.core.question import Bank

WEEK = timedelta(days=7)
"""The period in which days of practice are counted: of the last seven days, instead of a streak that can break."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One person's answers to one question.

    Attributes:
        asked: the number of answers; skipped questions do not count.
        right: the number of right answers.
        last_right: whether the latest answer was right.
        last_at: the time of the latest answer.
    """

    asked: int
    right: int
    last_right: bool
    last_at: datetime

    @classmethod
    def first(cls, right: bool, at: datetime) -> Self:  # noqa: FBT001 - how the answer was marked
        """Return the progress after the first answer."""
        return cls(1, int(right), right, at)

    def after(self, right: bool, at: datetime) -> Self:  # noqa: FBT001 - how the answer was marked
        """Return the progress after another answer; one older than the latest counts but does not become the latest."""
        late = at < self.last_at
        return type(self)(
            asked=self.asked + 1,
            right=self.right + right,
            last_right=self.last_right if late else right,
            last_at=max(self.last_at, at),
        )


@dataclass(frozen=True, slots=True)
class TopicScore:
    """The number of mastered questions of a topic; ``of`` is the number of its questions in the bank."""

    topic: str
    title: str
    mastered: int
    of: int


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one person.

    Attributes:
        right, answered: the numbers of right and of all answers, including questions that left the bank.
        mastered, of: the number of questions whose latest answer was right, and of all questions in the bank.
        topics: the same for each topic, in the bank's order.
        best: right answers and questions of the best quiz; None before the first quiz.
        days: the number of days of practice in the last seven days.
    """

    right: int
    answered: int
    mastered: int
    of: int
    topics: tuple[TopicScore, ...]
    best: tuple[int, int] | None
    days: int


def score(bank: Bank, progress: Mapping[str, Progress], best: tuple[int, int] | None, days: int) -> Score:
    """Compute a person's score; ``progress`` is by question id and may include questions that left the bank."""
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
    """Count the days of practice in the last seven days, today included, in the learner's time zone.

    Args:
        moments: the times of the answers, with time zone.
        today: the learner's date.
        zone: the learner's time zone.
    """
    days = {moment.astimezone(zone).date() for moment in moments}
    return sum(today - WEEK < day <= today for day in days)


def _topic_score(bank: Bank, topic: str, title: str, mastered: set[str]) -> TopicScore:
    questions = [question.id for question in bank.questions if question.topic == topic]
    return TopicScore(topic, title, sum(question in mastered for question in questions), len(questions))
