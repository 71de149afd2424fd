"""Actions in a group before the receipt of the bot's message is recorded, and receipts that are lost."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import pytest
from group_buttons import CLOSE, DISCUSS, NEXT, RESUME, START, UNTIMED
from group_chat import GroupChat
from learner import buttons_of, text_of, words
from sqlalchemy import select

from bot.app.dispatch.service import Delivery, OutgoingMessage, StoreError
from bot.app.messages import GroupPoll, GroupReveal
from bot.core.classroom import Phase
from bot.store.live_classes import LIVE_CLASSES

pytestmark = pytest.mark.usefixtures("no_retry_delays")


def delay_receipt(
    group: GroupChat,
    monkeypatch: pytest.MonkeyPatch,
    message_class: type,
    action: Callable[[], object],
    *,
    while_: Callable[[], bool],
) -> None:
    """Delay the receipt of a message while a condition is true; run an action once meanwhile."""
    monkeypatch.setattr("bot.tg.outbound.sender.STORE_SECONDS", 0.0)
    record_deliveries, done = group.bot.service.record_deliveries, []

    def failing(deliveries: Sequence[Delivery]) -> tuple[OutgoingMessage, ...]:
        if any(isinstance(one.message, message_class) for one in deliveries) and (not done or while_()):
            done.append(done or action())
            raise StoreError("The database cannot be used now.")
        return record_deliveries(deliveries)

    monkeypatch.setattr(group.bot.service, "record_deliveries", failing)


async def test_a_pause_before_the_receipt_of_the_poll_shows_its_button(
    group: GroupChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quiz that is paused before the receipt of its poll can be resumed by the poll's button."""
    stop = partial(group.world.send_text, group.teacher.id, group.id, "/stop")
    delay_receipt(group, monkeypatch, GroupPoll, stop, while_=lambda: group.state().phase is Phase.ASKING)
    asked, *_ = await group.starts(UNTIMED)
    assert RESUME in buttons_of(asked)


@pytest.mark.parametrize(("control", "stays"), [(CLOSE, True), (DISCUSS, False)])
async def test_a_round_that_ends_before_the_receipt_of_its_poll_leaves_none_open(
    group: GroupChat, monkeypatch: pytest.MonkeyPatch, control: str, *, stays: bool
) -> None:
    """A poll whose receipt comes after the end of its round is closed, or deleted if its answer must stay hidden."""

    def press() -> None:
        group.bot.clock.now += timedelta(seconds=2)
        message, data = group.button(control)
        group.world.press_button(group.teacher.id, group.id, message.id, data)

    delay_receipt(group, monkeypatch, GroupPoll, press, while_=lambda: group.state().phase is Phase.ASKING)
    await group.starts(UNTIMED)
    assert group.state().phase is (Phase.REVEALED if stays else Phase.DISCUSSING)
    assert [poll.is_closed for poll in group.polls()] == [True] * stays


async def test_a_question_sent_before_a_migration_is_sent_again(
    group: GroupChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question that reached the old chat right before the migration is sent again in the new one."""
    old = group.id

    def move() -> None:
        group.id = group.world.migrate_group(old).id

    def is_in_old_chat() -> bool:
        return [room.chat_id for room in group.bot.rows(select(LIVE_CLASSES))] == [old]

    delay_receipt(group, monkeypatch, GroupPoll, move, while_=is_in_old_chat)
    await group.says(group.teacher, "/quiz")
    setup, data = group.button(START)
    group.world.press_button(group.teacher.id, group.id, setup.id, data)
    await group.bot.wait_until_idle()
    assert [poll.sent_in[0] for poll in group.world.polls.values()] == [old, group.id]
    await group.vote("+-")
    assert group.state().answered == 2


async def test_an_explanation_loses_its_buttons_although_its_receipt_is_late(
    group: GroupChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An explanation whose receipt comes after the next question was asked loses its buttons."""
    await group.starts(UNTIMED)

    def press() -> None:
        group.bot.clock.now += timedelta(seconds=2)
        message, data = group.button(NEXT)
        group.world.press_button(group.teacher.id, group.id, message.id, data)

    delay_receipt(group, monkeypatch, GroupReveal, press, while_=lambda: group.state().phase is Phase.REVEALED)
    revealed, asked = await group.leads(CLOSE)
    assert buttons_of(revealed) == []
    assert asked.content.poll_id


async def test_a_poll_with_a_lost_response_is_sent_twice_and_counts_once(group: GroupChat) -> None:
    """Votes in the known copy of a poll count; votes in the other do not, without a private message."""
    group.bot.api.faults.inject("sendPoll", "lost")
    await group.starts(UNTIMED)
    lost, known = group.polls()
    ben, cyd = group.pupils
    await group.does(lambda: (group.world.vote(ben.id, lost.id, [0]), group.world.vote(cyd.id, known.id, [0])))
    assert group.state().answered == 1
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=1, answered=1))
    assert ben.messages() == []


async def test_a_close_with_a_lost_response_closes_the_round_once(group: GroupChat) -> None:
    """A lost response to stopPoll, or to the message after it, closes the round once."""
    await group.starts(UNTIMED)
    await group.vote("+-")
    group.bot.api.faults.inject("stopPoll", "lost")
    group.bot.api.faults.inject("sendMessage", "lost")
    first, second = await group.leads(CLOSE)
    assert text_of(first) == text_of(second)
    assert group.state().phase is Phase.REVEALED
    assert group.poll().is_closed
    (asked,) = await group.leads(NEXT)
    assert asked.content.poll_id
