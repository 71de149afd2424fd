"""The live class over a link: ``/class``, ``/join``, ``/leave``, and the buttons of teachers and pupils."""

from bot.app.commands import (
    ClassPlan,
    Command,
    Control,
    ControlClass,
    HandOver,
    JoinClass,
    LeaveClass,
    OpenClass,
    ReadmitPupil,
    RemoveHost,
    RemovePupil,
    RenamePupil,
    RenewInvitation,
    SetAllowance,
    SetUpClass,
    ShowControls,
    ShowHosts,
    ShowPupil,
    ShowPupils,
    TakeNickname,
)
from bot.app.solo import MAX_QUESTIONS
from bot.core.seat import DOUBLE, HALF_MORE, UNTIMED, USUAL
from bot.tg.feature import HIGHEST, Feature, Invocation, number
from bot.tg.views.hosting import COUNTS, SECONDS

ALLOWANCES = (USUAL, HALF_MORE, DOUBLE, UNTIMED)


def _plan(asked: Invocation) -> ClassPlan:
    topic, count, seconds, bonus, names = asked.words
    return ClassPlan(
        topic, _one_of(count, COUNTS), _one_of(seconds, SECONDS), bool(number(bonus, 1)), bool(number(names, 1))
    )


def _one_of(word: str, allowed: tuple[int, ...]) -> int:
    """Parse one of these numbers. Raises ValueError for any other."""
    return allowed[allowed.index(number(word))]


def _only_id(asked: Invocation) -> int:
    (word,) = asked.words
    return number(word, HIGHEST)


def _join(asked: Invocation) -> Command:
    return JoinClass(asked.visitor, asked.press, code=" ".join(asked.words))


def _set(asked: Invocation) -> Command:
    return SetUpClass(asked.visitor, asked.press, plan=_plan(asked))


def _open(asked: Invocation) -> Command:
    return OpenClass(asked.visitor, asked.press, plan=_plan(asked), message_id=asked.message_id)


def _control(asked: Invocation) -> Command:
    control, session, round_number = asked.words
    return ControlClass(
        asked.visitor,
        asked.press,
        session=number(session, HIGHEST),
        round=number(round_number, MAX_QUESTIONS),
        control=Control(control),
    )


def _pupils(asked: Invocation) -> Command:
    session, *page = asked.words
    return ShowPupils(
        asked.visitor,
        asked.press,
        session=number(session, HIGHEST),
        page=number(page[0], HIGHEST) if page else None,
    )


def _time(asked: Invocation) -> Command:
    pupil, allowance = asked.words
    return SetAllowance(
        asked.visitor, asked.press, pupil=number(pupil, HIGHEST), allowance=_one_of(allowance, ALLOWANCES)
    )


def _hand_over(asked: Invocation) -> Command:
    session, person = asked.words
    return HandOver(asked.visitor, asked.press, session=number(session, HIGHEST), person=number(person, HIGHEST))


def _remove_host(asked: Invocation) -> Command:
    session, person = asked.words
    return RemoveHost(asked.visitor, asked.press, session=number(session, HIGHEST), person=number(person, HIGHEST))


FEATURE = Feature(
    slash={
        "class": lambda asked: SetUpClass(asked.visitor, asked.press),
        "join": _join,
        "leave": lambda asked: LeaveClass(asked.visitor, asked.press),
    },
    buttons={
        "cset": _set,
        "copen": _open,
        "cnew": lambda asked: SetUpClass(asked.visitor, asked.press, afresh=True),
        "ctl": _control,
        "controls": lambda asked: ShowControls(asked.visitor, asked.press, session=_only_id(asked)),
        "nick": lambda asked: TakeNickname(asked.visitor, asked.press, session=_only_id(asked)),
        "pupils": _pupils,
        "pupil": lambda asked: ShowPupil(asked.visitor, asked.press, pupil=_only_id(asked)),
        "time": _time,
        "rename": lambda asked: RenamePupil(asked.visitor, asked.press, pupil=_only_id(asked)),
        "remove": lambda asked: RemovePupil(asked.visitor, asked.press, pupil=_only_id(asked)),
        "readmit": lambda asked: ReadmitPupil(asked.visitor, asked.press, pupil=_only_id(asked)),
        "hosts": lambda asked: ShowHosts(asked.visitor, asked.press, session=_only_id(asked)),
        "handover": _hand_over,
        "unhost": _remove_host,
        "invite": lambda asked: RenewInvitation(asked.visitor, asked.press, session=_only_id(asked)),
    },
)
