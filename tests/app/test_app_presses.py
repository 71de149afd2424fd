"""A press is a person's: a name in which somebody speaks, or another chat, gives nobody the lead."""

from datetime import UTC, datetime

import pytest
from small_bank import BANK

from bot.app.commands import (
    BeginGroupQuiz,
    ClassPlan,
    Command,
    Control,
    ControlClass,
    Press,
    SetUpGroupQuiz,
    Spot,
    Visitor,
)
from bot.app.dispatch.service import Delivery, QuizService, Received
from bot.app.messages import LookUp, Message, PressAnswer
from bot.store.database import Database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEACHER, EVE = Visitor(1, "Mrs Kim", "en"), Visitor(2, "Eve", "en")
HERE, THERE, CLASS, PLAN = -5, -6, 1, ClassPlan(count=1, seconds=0)
PRESS = Press("1", 70)


class Groups:
    """A quiz in one group, led by the teacher, beside another group that Eve administers."""

    def __init__(self, database: Database) -> None:
        self._service = QuizService(database, BANK, lambda: NOW, UTC)
        self._service.open("quiz_bot")
        self._number = 0
        self.does(BeginGroupQuiz(TEACHER, PRESS, spot=Spot(HERE), plan=PLAN, message_id=70))

    def does(self, command: Command) -> list[Message]:
        """Carry out a command, and answer what Telegram is asked; return what is said to it."""
        self._number += 1
        self._service.store_updates([Received(self._number, "lane", "")])
        said: list[Message] = []
        for _ in range(3):
            outgoing = self._service.process_batch(lambda _: command, 1).outgoing
            while outgoing:
                said += [one.message for one in outgoing if not isinstance(one.message, LookUp)]
                leaders = {HERE: (TEACHER.id,), THERE: (EVE.id,)}
                outgoing = self._service.record_deliveries(
                    [
                        Delivery(
                            one.id, one.claimed_by, one.chat_id, one.message, 1, people=leaders.get(one.chat_id, ())
                        )
                        for one in outgoing
                    ]
                )
        return said


@pytest.fixture
def groups(database: Database) -> Groups:
    """Return both groups, on each engine."""
    return Groups(database)


def toasts(said: list[Message]) -> list[str]:
    """Return the answers to presses; there is nothing else."""
    assert all(isinstance(one, PressAnswer) for one in said)
    return [one.text for one in said if isinstance(one, PressAnswer)]


@pytest.mark.parametrize("anonymous", [False, True])
def test_a_pupils_press_leads_nothing_whatever_it_is_said_in(groups: Groups, *, anonymous: bool) -> None:
    """Neither a choice, nor a start, nor any control."""
    spot = Spot(HERE, anonymous=anonymous)
    controls = [ControlClass(EVE, PRESS, session=CLASS, round=1, control=one, spot=spot) for one in Control]
    begin = BeginGroupQuiz(EVE, PRESS, spot=spot, plan=PLAN, message_id=71)
    for command in (SetUpGroupQuiz(EVE, PRESS, spot=spot, plan=PLAN), begin, *controls):
        assert toasts(groups.does(command)) == ["toast.not_leader"]


@pytest.mark.parametrize("spot", [Spot(THERE), Spot(THERE, anonymous=True), None], ids=["there", "as there", "private"])
@pytest.mark.parametrize("visitor", [TEACHER, EVE], ids=["teacher", "eve"])
def test_a_control_works_in_its_own_group_alone(groups: Groups, visitor: Visitor, spot: Spot | None) -> None:
    """Not in the group that somebody else administers, nor in private, for whoever presses."""
    for control in Control:
        command = ControlClass(visitor, PRESS, session=CLASS, round=1, control=control, spot=spot)
        assert toasts(groups.does(command)) == ["toast.stale"]
