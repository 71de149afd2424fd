"""Permission of presses: neither an anonymous name nor another chat lets a person lead a quiz."""

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


class TwoGroups:
    """A quiz in one group, led by the teacher, beside another group that Eve administers."""

    def __init__(self, database: Database) -> None:
        self._service = QuizService(database, BANK, lambda: NOW, UTC)
        self._service.open("quiz_bot")
        self._number = 0
        self.handle(BeginGroupQuiz(TEACHER, PRESS, spot=Spot(HERE), plan=PLAN, message_id=70))

    def handle(self, command: Command) -> list[Message]:
        """Handle a command, and answer the questions to Telegram; return the messages to people."""
        self._number += 1
        self._service.store_updates([Received(self._number, "lane", "")])
        sent: list[Message] = []
        for _ in range(3):
            outgoing = self._service.process_batch(lambda _: command, 1).outgoing
            while outgoing:
                sent += [one.message for one in outgoing if not isinstance(one.message, LookUp)]
                leaders = {HERE: (TEACHER.id,), THERE: (EVE.id,)}
                outgoing = self._service.record_deliveries(
                    [
                        Delivery(
                            one.id, one.claimed_by, one.chat_id, one.message, 1, people=leaders.get(one.chat_id, ())
                        )
                        for one in outgoing
                    ]
                )
        return sent


@pytest.fixture
def groups(database: Database) -> TwoGroups:
    """Both groups, on either engine."""
    return TwoGroups(database)


def toasts(sent: list[Message]) -> list[str]:
    """Return the texts of answers to presses; assert that there are no other messages."""
    assert all(isinstance(one, PressAnswer) for one in sent)
    return [one.text for one in sent if isinstance(one, PressAnswer)]


@pytest.mark.parametrize("anonymous", [False, True])
def test_a_pupils_press_cannot_lead_even_anonymously(groups: TwoGroups, *, anonymous: bool) -> None:
    """A pupil's press can neither choose nor begin nor control a quiz, even with the group's name."""
    spot = Spot(HERE, anonymous=anonymous)
    controls = [ControlClass(EVE, PRESS, session=CLASS, round=1, control=one, spot=spot) for one in Control]
    begin = BeginGroupQuiz(EVE, PRESS, spot=spot, plan=PLAN, message_id=71)
    for command in (SetUpGroupQuiz(EVE, PRESS, spot=spot, plan=PLAN), begin, *controls):
        assert toasts(groups.handle(command)) == ["toast.not_leader"]


@pytest.mark.parametrize("spot", [Spot(THERE), Spot(THERE, anonymous=True), None], ids=["there", "as there", "private"])
@pytest.mark.parametrize("visitor", [TEACHER, EVE], ids=["teacher", "eve"])
def test_a_control_works_only_in_its_own_group(groups: TwoGroups, visitor: Visitor, spot: Spot | None) -> None:
    """A control does nothing in another group or in a private chat, for the teacher and for others."""
    for control in Control:
        command = ControlClass(visitor, PRESS, session=CLASS, round=1, control=control, spot=spot)
        assert toasts(groups.handle(command)) == ["toast.stale"]
