"""What happens in a group before the bot knows that its message is there, or where it never learns of it."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

import pytest
from group_buttons import CLOSE, DISCUSS, NEXT, RESUME, START, UNTIMED
from group_chat import GroupChat
from learner import buttons_of, text_of, words
from sqlalchemy import select

from bot.app.dispatch.service import Delivery, Outgoing, StoreError
from bot.app.messages import GroupPoll, GroupReveal
from bot.core.classroom import Phase
from bot.store.live_classes import ROOMS

pytestmark = pytest.mark.usefixtures("no_retry_delays")


def holds_back(
    group: GroupChat,
    monkeypatch: pytest.MonkeyPatch,
    shape: type,
    act: Callable[[], object],
    *,
    while_: Callable[[], bool],
) -> None:
    """Let the receipt of a message wait for as long as something is so; do something meanwhile, once."""
    monkeypatch.setattr("bot.tg.outbound.sender.STORE_SECONDS", 0.0)
    settle, done = group.bot.service.settle, []

    def late(deliveries: Sequence[Delivery]) -> tuple[Outgoing, ...]:
        if any(isinstance(one.message, shape) for one in deliveries) and (not done or while_()):
            done.append(done or act())
            raise StoreError("The database cannot be used now.")
        return settle(deliveries)

    monkeypatch.setattr(group.bot.service, "settle", late)


async def test_a_pause_before_the_question_is_known_keeps_its_button(
    group: GroupChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who pauses while the receipt of the poll is still on its way can go on by the poll's button."""
    stop = partial(group.world.send_text, group.teacher.id, group.id, "/stop")
    holds_back(group, monkeypatch, GroupPoll, stop, while_=lambda: group.state().phase is Phase.ASKING)
    asked, *_ = await group.starts(UNTIMED)
    assert RESUME in buttons_of(asked)


@pytest.mark.parametrize(("control", "stays"), [(CLOSE, True), (DISCUSS, False)])
async def test_a_round_that_ends_before_its_question_is_known_leaves_no_open_poll(
    group: GroupChat, monkeypatch: pytest.MonkeyPatch, control: str, *, stays: bool
) -> None:
    """A poll whose receipt comes after its round is closed; where its answer must stay hidden it is deleted."""

    def press() -> None:
        group.bot.clock.now += timedelta(seconds=2)
        message, data = group.button(control)
        group.world.press_button(group.teacher.id, group.id, message.id, data)

    holds_back(group, monkeypatch, GroupPoll, press, while_=lambda: group.state().phase is Phase.ASKING)
    await group.starts(UNTIMED)
    assert group.state().phase is (Phase.REVEALED if stays else Phase.DISCUSSING)
    assert [poll.is_closed for poll in group.polls()] == [True] * stays


async def test_a_group_that_moves_under_the_question_is_asked_in_the_new_chat(
    group: GroupChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A question that reached the old chat just before the move is put again in the new one."""
    old = group.id

    def move() -> None:
        group.id = group.world.migrate_group(old).id

    def is_there() -> bool:
        return [room.chat_id for room in group.bot.rows(select(ROOMS))] == [old]

    holds_back(group, monkeypatch, GroupPoll, move, while_=is_there)
    await group.says(group.teacher, "/quiz")
    setup, data = group.button(START)
    group.world.press_button(group.teacher.id, group.id, setup.id, data)
    await group.bot.wait_until_idle()
    assert [poll.sent_in[0] for poll in group.world.polls.values()] == [old, group.id]
    await group.vote("+-")
    assert group.state().answered == 2


async def test_an_explanation_that_is_left_before_it_is_known_loses_its_buttons(
    group: GroupChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the next question is asked before the receipt of the explanation came, the buttons go all the same."""
    await group.starts(UNTIMED)

    def press() -> None:
        group.bot.clock.now += timedelta(seconds=2)
        message, data = group.button(NEXT)
        group.world.press_button(group.teacher.id, group.id, message.id, data)

    holds_back(group, monkeypatch, GroupReveal, press, while_=lambda: group.state().phase is Phase.REVEALED)
    revealed, asked = await group.leads(CLOSE)
    assert buttons_of(revealed) == []
    assert asked.content.poll_id


async def test_a_poll_whose_receipt_was_lost_comes_twice_and_counts_once(group: GroupChat) -> None:
    """Votes in the known copy count; those in the other count for nothing, and nobody is told in private."""
    group.bot.api.faults.inject("sendPoll", "lost")
    await group.starts(UNTIMED)
    lost, known = group.polls()
    ben, cyd = group.pupils
    await group.does(lambda: (group.world.vote(ben.id, lost.id, [0]), group.world.vote(cyd.id, known.id, [0])))
    assert group.state().answered == 1
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=3, right=1, answered=1))
    assert ben.messages() == []


async def test_a_close_whose_receipt_was_lost_counts_once(group: GroupChat) -> None:
    """A lost answer of stopPoll, or of the message after it, closes the round once."""
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
