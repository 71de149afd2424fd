"""The way out of one process and of several: once, in order per chat, within limits, and nothing for what is lost."""

import asyncio
from pathlib import Path

import pytest
from idle_time import IdleTime
from sending_process import OpenPost, Post, Telegram

from bot.app.messages import Help
from bot.tg.outbound.rate_limits import RateLimits

ANN, BEN, CID, GROUP = 7, 8, 9, -10


async def test_each_message_goes_once_and_in_order(pair: tuple[Post, Post], telegram: Telegram, time: IdleTime) -> None:
    """Messages of two processes to the same chats arrive once and in order, and none is left."""
    for number in range(30):
        pair[number % 2].tell((ANN, BEN)[number % 3 == 0], f"({number})")
    for _ in range(60):
        await time.rest()
        for one in pair:
            await one.sender._record_some()
            await one.sender._claim_some()
    for chat in (ANN, BEN):
        expected = [f"({number})" for number in range(30) if (ANN, BEN)[number % 3 == 0] == chat]
        assert [text[text.index("(") : text.index(")") + 1] for text in telegram.texts(chat)] == expected
    assert pair[0].unsent() == 0
    assert sorted(pair[0].settled + pair[1].settled) == sorted([ANN] * 20 + [BEN] * 10)


async def test_dropped_messages_are_sent_by_another_process(
    pair: tuple[Post, Post], telegram: Telegram, time: IdleTime
) -> None:
    """A process that lost its session finishes its running request and sends no more; another sends all, in order."""
    one, other = pair
    telegram.is_open.clear()
    one.tell(ANN, "(a)", "(b)")
    await time.rest()
    one.lose()
    one.sender.drop_all()
    one.tell(ANN, "(c)")
    one.service.set_process_number(3)
    other.start()
    await time.rest()
    telegram.is_open.set()
    one.start()
    while other.unsent():
        await time.rest()
    assert len(telegram.texts(ANN)) == 4
    assert [text.count("(a)") for text in telegram.texts(ANN)] == [1, 1, 0, 0]
    assert one.settled == [ANN]


@pytest.mark.parametrize("is_told", [True, False])
async def test_a_message_unsent_when_its_process_counts_as_dead_is_never_sent(
    pair: tuple[Post, Post], telegram: Telegram, time: IdleTime, *, is_told: bool
) -> None:
    """A request on its way to a connection ends there, whether its process knows already that it is lost or doubts."""
    one, other = pair
    telegram.is_near.clear()
    one.tell(ANN, "(a)")
    await time.rest()
    one.is_certain = is_told
    one.lose()
    if is_told:
        one.sender.drop_all()
    telegram.is_near.set()
    await time.rest()
    assert telegram.texts(ANN) == []
    one.sender.drop_all()
    one.is_certain = True
    await other.sender._claim_some()
    await time.reach(time.moment + 1)
    assert len(telegram.texts(ANN)) == 1
    await other.sender._record_some()
    assert (one.settled, other.settled) == ([], [ANN])


async def test_a_paused_process_sends_nothing_after_dropping_its_messages(
    pair: tuple[Post, Post], telegram: Telegram, time: IdleTime
) -> None:
    """A message that waits for Telegram's leave when its process lets go is the other's: it goes once."""
    one, other = pair
    telegram.closed[ANN] = 60.0
    one.tell(ANN, "(a)")
    await time.rest()
    assert len(telegram.refused) == 1
    one.lose()
    one.sender.drop_all()
    await other.sender._claim_some()
    await time.reach(60.0)
    await time.rest()
    assert len(telegram.texts(ANN)) == 1
    await other.sender._record_some()
    assert (one.settled, other.settled) == ([], [ANN])


async def test_a_start_sends_what_the_last_process_left(
    url: str, post_at: OpenPost, telegram: Telegram, time: IdleTime
) -> None:
    """On either engine a new process claims what an ended one had told and not sent."""
    old = post_at(url)
    telegram.closed[ANN] = 60.0
    old.tell(ANN, "(a)", "(b)")
    await time.rest()
    await old.end()
    telegram.closed.clear()
    new = post_at(url)
    new.start()
    while new.unsent():
        await time.rest()
    assert len(telegram.texts(ANN)) == 2


async def test_one_chats_429_delays_no_other(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """A chat that was told to wait an hour waits; the others go at their pace; then it goes on in its order."""
    telegram.closed[ANN] = 3600.0
    post.tell(ANN, "(a)", "(b)")
    for person in range(100, 160):
        post.tell(person, "(x)")
    await time.reach(3.0)
    assert len(telegram.got) == 60
    await time.reach(3605.0)
    assert [text.index("(a)" if not place else "(b)") > 0 for place, text in enumerate(telegram.texts(ANN))] == [
        True
    ] * 2
    assert telegram.refused == [(telegram.refused[0][0], ANN)]


async def test_a_429_of_several_chats_stops_all_for_as_long(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """When Telegram refuses several chats at once nothing goes to any chat until the wait is over; then all goes."""
    people = range(100, 130)
    telegram.closed = dict.fromkeys(people, 50.0)
    for person in people:
        post.tell(person, "(a)", "(b)")
    await time.reach(20.0)
    refused = len(telegram.refused)
    post.tell(ANN, "(a)")
    await time.reach(49.0)
    assert (telegram.got, len(telegram.refused)) == ([], refused)
    assert refused <= 4
    await time.reach(60.0)
    assert len(telegram.got) == 61
    assert all(["(a)" in text for text in telegram.texts(person)] == [True, False] for person in people)


async def test_a_long_429_does_not_hold_up_the_end(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """A process ends though a chat waits for hours, and its message stays in the outbox."""
    telegram.closed = {ANN: 36_000.0, BEN: 36_000.0, CID: 36_000.0}
    for chat in telegram.closed:
        post.tell(chat, "(a)")
    await time.reach(1.0)
    await asyncio.wait_for(post.sender.finish(0.0), 5)
    assert post.unsent() == 3


async def test_a_press_waits_behind_no_chat(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """A press in a chat that Telegram holds up is answered at once."""
    telegram.closed[ANN] = 60.0
    post.tell(ANN, "(a)", "")
    await time.rest()
    assert [text for _, _, text in telegram.got] == ["answerCallbackQuery"]


async def test_an_urgent_message_advances_those_before_it(post: Post, telegram: Telegram, time: IdleTime) -> None:
    """Behind hundreds that nobody waits for, a reply and what goes before it in its chat go with the replies."""
    for person in range(100, 400):
        post.tell(person, "(x)")
    post.tell(ANN, "(a)")
    with post.database.transaction() as unit:
        work = post.service._context(unit)
        work.send_to_chat(ANN, "en", Help())
        told = work.flush()
    post.sender.send(told)
    await time.reach(1.0)
    assert len(telegram.texts(ANN)) == 2
    assert "(a)" in telegram.texts(ANN)[0]


@pytest.mark.parametrize("is_paid", [True, False])
async def test_paid_messages_say_so(
    post_at: OpenPost, telegram: Telegram, time: IdleTime, tmp_path: Path, *, is_paid: bool
) -> None:
    """New messages carry the leave to be paid for where that is set, and never else; answers to presses never do."""
    post = post_at(f"sqlite:///{tmp_path}/bot.sqlite3", RateLimits(1000, is_paid=is_paid))
    post.tell(ANN, "(a)", "")
    await time.reach(0.0)
    await time.rest()
    assert {given.get("chat_id"): given.get("allow_paid_broadcast") for given in telegram.given} == {
        ANN: is_paid or None,
        None: None,
    }


async def test_messages_of_other_processes_count_towards_the_limit_of_a_chat(
    post: Post, telegram: Telegram, time: IdleTime
) -> None:
    """A chat that others have just filled up is given time before the next message."""
    with post.database.transaction() as unit:
        work = post.service._context(unit)
        work.send_to_chat(ANN, "en", Help())
        (told,) = work.flush()
    post.sender.send([type(told)(told.id, ANN, told.message, "en", told.claimed_by, busy_seconds=5.0)])
    await time.reach(0.9)
    assert telegram.got == []
    await time.reach(1.0)
    await time.rest()
    assert len(telegram.got) == 1


async def test_a_process_that_may_be_dead_sends_nothing_until_it_knows(
    pair: tuple[Post, Post], telegram: Telegram, time: IdleTime
) -> None:
    """A process that went on after a standstill waits; let go, its messages are another's, and else they go."""
    one, other = pair
    one.is_certain = False
    one.tell(ANN, "of Ann")
    one.tell(BEN, "of Ben")
    await time.reach(time.moment + 1)
    assert telegram.got == []
    one.sender.drop_all()
    one.lose()
    await other.sender._claim_some()
    await time.rest()
    one.is_certain = True
    await time.reach(time.moment + 1)
    assert [chat for _, chat, _ in telegram.got] == [ANN, BEN]
    other.is_certain = False
    other.tell(CID, "of Cid")
    await time.reach(time.moment + 1)
    assert telegram.texts(CID) == []
    other.is_certain = True
    await time.reach(time.moment + 1)
    assert len(telegram.texts(CID)) == 1
