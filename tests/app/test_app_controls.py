"""Controls of a class are edited in their message, even if they are pressed before their delivery is recorded."""

from datetime import UTC, datetime

from small_bank import BANK

from bot.app.commands import (
    ClassPlan,
    Command,
    Control,
    ControlClass,
    JoinAsHost,
    OpenClass,
    Press,
    RemoveHost,
    ShowHosts,
    Visitor,
)
from bot.app.dispatch.service import Delivery, OutgoingMessage, QuizService, Received
from bot.app.messages import ClassControls, ClosedButtons, HostList
from bot.store.database import Database

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEACHER = Visitor(1, "Mrs Kim", "en", in_private=True)
HELPER = Visitor(2, "Mr Ray", "en", in_private=True)
CLASS, MESSAGE = 1, 70


def test_controls_pressed_before_their_receipt_are_edited(database: Database) -> None:
    """A press of the controls names their message, so they are edited at once, without their receipt."""
    commands: list[Command] = [
        OpenClass(TEACHER, plan=ClassPlan(count=1, seconds=0), message_id=1),
        ControlClass(TEACHER, Press("1", MESSAGE), session=CLASS, round=0, control=Control.START),
        ControlClass(TEACHER, Press("2", MESSAGE + 1), session=CLASS, round=1, control=Control.CLOSE),
    ]
    service = QuizService(database, BANK, lambda: NOW, UTC)
    service.open("quiz_bot")
    shown = []
    for number, _ in enumerate(commands):
        service.store_updates([Received(number + 1, "chat 1", str(number))])
        outgoing = service.process_batch(lambda body: commands[int(body)], 1).outgoing
        shown.append([one.message.message_id for one in outgoing if isinstance(one.message, ClassControls)])
    assert shown == [[None], [MESSAGE], [MESSAGE]]


def test_controls_that_reach_a_removed_co_host_lose_their_buttons(database: Database) -> None:
    """Controls that reach a co-host after their removal lose their buttons."""
    service = QuizService(database, BANK, lambda: NOW, UTC)
    service.open("quiz_bot")

    def handle(command: Command) -> tuple[OutgoingMessage, ...]:
        service.store_updates([Received(next(numbers), f"chat {command.visitor.id}", "")])
        return service.process_batch(lambda _body: command, 1).outgoing

    numbers = iter(range(1, 9))
    handle(OpenClass(TEACHER, plan=ClassPlan(count=1, seconds=0), message_id=1))
    (hosts,) = handle(ShowHosts(TEACHER, session=CLASS))
    assert isinstance(hosts.message, HostList)
    outgoing = handle(JoinAsHost(HELPER, invitation=hosts.message.link.partition("start=")[2]))
    (controls,) = [one for one in outgoing if isinstance(one.message, ClassControls) and one.chat_id == HELPER.id]
    handle(RemoveHost(TEACHER, session=CLASS, person=HELPER.id))
    after = service.record_deliveries(
        [Delivery(controls.id, controls.claimed_by, HELPER.id, controls.message, MESSAGE)]
    )
    assert [(one.chat_id, one.message) for one in after] == [(HELPER.id, ClosedButtons(MESSAGE))]
