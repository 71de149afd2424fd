"""The live quiz in a group: ``/quiz``, ``/quiz 5``, ``/quiz un-bodies 5``, ``/stop``, ``/allow``, and its buttons."""

from dataclasses import replace

from bot.app.commands import (
    AllowLeader,
    AskHelpInGroup,
    BeginGroupQuiz,
    ClassPlan,
    Command,
    Control,
    ControlClass,
    PauseGroupQuiz,
    SetUpGroupQuiz,
    Spot,
)
from bot.app.solo import MAX_QUESTIONS
from bot.tg.feature import Feature, Invocation, count, is_count, number

# No round lasts longer than this many seconds.
MOST_SECONDS = 600


def _quiz(asked: Invocation) -> Command:
    """Offer the group's leader the choices; those in the words of the command are chosen already."""
    counts = [count(word, MAX_QUESTIONS) for word in asked.words if is_count(word)]
    topics = [word.lower() for word in asked.words if not is_count(word)]
    plan = ClassPlan(topic=topics[0] if topics else "")
    if counts:
        plan = replace(plan, count=counts[0])
    return SetUpGroupQuiz(asked.visitor, asked.press, spot=_spot(asked), plan=plan)


def _stop(asked: Invocation) -> Command:
    return PauseGroupQuiz(asked.visitor, asked.press, spot=_spot(asked))


def _allow(asked: Invocation) -> Command:
    person, name = asked.reply_to or (None, "")
    return AllowLeader(asked.visitor, asked.press, spot=_spot(asked), person=person, name=name)


def _help(asked: Invocation) -> Command:
    return AskHelpInGroup(asked.visitor, asked.press, spot=_spot(asked))


def _set(asked: Invocation) -> Command:
    return SetUpGroupQuiz(asked.visitor, asked.press, spot=_spot(asked), plan=_plan(asked))


def _go(asked: Invocation) -> Command:
    plan = _plan(asked)
    return BeginGroupQuiz(asked.visitor, asked.press, spot=_spot(asked), plan=plan, message_id=asked.message_id)


def _plan(asked: Invocation) -> ClassPlan:
    topic, questions, seconds, bonus = asked.words
    return ClassPlan(
        topic=topic,
        count=max(number(questions, MAX_QUESTIONS), 1),
        seconds=number(seconds, MOST_SECONDS),
        bonus=bool(number(bonus, 1)),
    )


def _control(asked: Invocation) -> Command:
    control, session, round_number = asked.words
    return ControlClass(
        asked.visitor,
        asked.press,
        session=number(session),
        round=number(round_number, MAX_QUESTIONS),
        control=Control(control),
        spot=_spot(asked),
    )


def _spot(asked: Invocation) -> Spot:
    if asked.spot is None:
        raise ValueError("this is asked in groups alone")
    return asked.spot


FEATURE = Feature(
    group={"quiz": _quiz, "stop": _stop, "allow": _allow, "help": _help, "start": _help},
    group_buttons={"gset": _set, "ggo": _go, "ctl": _control},
)
