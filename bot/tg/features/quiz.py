"""The solo quiz: ``/quiz``, ``/quiz 5``, ``/quiz un-bodies 10``, ``/stop``, and the buttons around them."""

from collections.abc import Sequence

from bot.app.commands import BeginQuiz, Command, PractiseMissed, ResumeQuiz, SetUpQuiz, SkipQuestion, StopQuiz
from bot.app.solo import MAX_QUESTIONS
from bot.tg.feature import Feature, Invocation, count, is_count, number
from bot.tg.views.solo import AFRESH


def _quiz(asked: Invocation) -> Command:
    """Start at once if the words of the command name a choice; otherwise offer the setup."""
    counts = [count(word, MAX_QUESTIONS) for word in asked.words if is_count(word)]
    topics = [word.lower() for word in asked.words if not is_count(word)]
    if not asked.words:
        return SetUpQuiz(asked.visitor, asked.press)
    topic = topics[0] if topics else None
    wanted = counts[0] if counts else None
    return BeginQuiz(asked.visitor, asked.press, topic=topic, count=wanted, message_id=asked.message_id)


def _choice(asked: Invocation) -> tuple[str, int]:
    topic, questions = asked.words
    return topic, number(questions, MAX_QUESTIONS)


def _afresh(words: Sequence[str]) -> bool:
    """Return whether a paused quiz is to be abandoned. Raises ValueError for any other word."""
    if list(words) not in ([], [AFRESH]):
        raise ValueError(f"{words} means nothing here")
    return bool(words)


def _set_up(asked: Invocation) -> Command:
    return SetUpQuiz(asked.visitor, asked.press, afresh=_afresh(asked.words))


def _set(asked: Invocation) -> Command:
    topic, questions = _choice(asked)
    return SetUpQuiz(asked.visitor, asked.press, topic=topic, count=questions)


def _go(asked: Invocation) -> Command:
    topic, questions = _choice(asked)
    return BeginQuiz(asked.visitor, asked.press, topic=topic, count=questions, message_id=asked.message_id)


def _new(asked: Invocation) -> Command:
    topic, questions = _choice(asked)
    return BeginQuiz(
        asked.visitor,
        asked.press,
        topic=topic,
        count=questions or None,
        message_id=asked.message_id,
        afresh=True,
    )


def _skip(asked: Invocation) -> Command:
    session, round_number = asked.words
    return SkipQuestion(asked.visitor, asked.press, session=number(session), round=number(round_number, MAX_QUESTIONS))


def _missed(asked: Invocation) -> Command:
    session, *rest = asked.words
    return PractiseMissed(
        asked.visitor,
        asked.press,
        session=number(session),
        message_id=asked.message_id,
        afresh=_afresh(rest),
    )


FEATURE = Feature(
    slash={
        "quiz": _quiz,
        "stop": lambda asked: StopQuiz(asked.visitor, asked.press),
    },
    buttons={
        "quiz": _set_up,
        "topic": _quiz,
        "set": _set,
        "go": _go,
        "new": _new,
        "on": lambda asked: ResumeQuiz(asked.visitor, asked.press),
        "skip": _skip,
        "missed": _missed,
    },
)
