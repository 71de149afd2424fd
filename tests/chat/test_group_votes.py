"""Votes in a group: each person's counts once, whenever and however it comes; a thousand of them change no message."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from bot_in_process import BotInProcess, StartBot
from group_buttons import AGAIN, CLOSE, DISCUSS, FINISH, NEXT
from group_chat import GroupChat, plain_text
from learner import text_of, words
from sqlalchemy import event
from whale_bank import bank_of_true_statements

from bot.app.dispatch.service import Delivery, Outgoing
from bot.playground.errors import ActionRefusedError
from bot.playground.world import render
from bot.store.answers import ANSWERS
from bot.store.pupils import PUPILS


@pytest.fixture
async def group(start_bot: StartBot) -> GroupChat:
    """A class before two statements, the first of which is asked."""
    made = GroupChat(await start_bot(bank_of_true_statements(2)))
    await made.starts(plain_text("group.untimed"))
    return made


def counted(bot: BotInProcess) -> list[bool]:
    """Give the marks of all answers that were kept."""
    return [row.right for row in bot.rows(ANSWERS.select())]


async def test_a_vote_counts_once(group: GroupChat) -> None:
    """A client lets nobody vote twice; and if Telegram tells a second vote all the same, the first stands."""
    ben, poll = group.pupils[0], group.poll()
    await group.vote("+")
    with pytest.raises(ActionRefusedError):
        group.world.vote(ben.id, poll.id, [1])
    poll.votes[ben.id] = (1,)
    told = render.poll_answer(poll, group.world.people[ben.id])
    await group.does(lambda: group.world.queue_update("poll_answer", told))
    assert group.state().answered == 1
    await group.leads(CLOSE)
    assert counted(group.bot) == [True]


async def test_a_vote_taken_back_is_no_answer(group: GroupChat) -> None:
    """A retraction changes nothing: neither before a vote nor after one."""
    ben, cyd = group.pupils
    poll = group.poll()
    await group.vote("+")

    def retract() -> None:
        for pupil in (ben, cyd):
            poll.votes.pop(pupil.id, None)
            group.world.queue_update("poll_answer", render.poll_answer(poll, group.world.people[pupil.id]))

    await group.does(retract)
    assert group.state().answered == 1
    await group.leads(CLOSE)
    assert counted(group.bot) == [True]


async def test_a_vote_that_comes_late_counts_for_nothing(group: GroupChat) -> None:
    """Telegram may tell a vote after the round was closed: it does not count, nor make its person part of it."""
    ben, cyd = group.pupils
    poll = group.poll()
    await group.vote("+.")
    await group.leads(CLOSE)
    poll.votes[cyd.id] = (0,)
    await group.does(
        lambda: group.world.queue_update("poll_answer", render.poll_answer(poll, group.world.people[cyd.id]))
    )
    assert [row.person_id for row in group.bot.rows(PUPILS.select())] == [ben.id]
    assert counted(group.bot) == [True]
    assert cyd.messages() == []


async def test_a_vote_in_the_grace_counts(start_bot: StartBot) -> None:
    """Votes of the last second still count for two seconds after the time is out."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)))
    await group.starts("15 s")
    assert await group.waits(seconds=16) == []
    await group.vote("+")
    (revealed,) = await group.waits(seconds=2)
    assert text_of(revealed).startswith(words("group.score", round=1, of=1, right=1, answered=1))


@pytest.mark.usefixtures("no_retry_delays")
async def test_a_vote_before_the_poll_is_known_waits(start_bot: StartBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vote that overtakes the receipt of sendPoll steps aside until the poll is known, and counts."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)))
    await group.bot.wait_until_idle()
    settle, held = group.bot.service.settle, []

    def late(deliveries: Sequence[Delivery]) -> tuple[Outgoing, ...]:
        if not held and any(one.poll_id for one in deliveries):
            held.append(True)
            group.cast("+-")
        return settle(deliveries)

    monkeypatch.setattr(group.bot.service, "settle", late)
    await group.starts(plain_text("group.untimed"))
    assert held
    assert group.state().answered == 2


async def test_who_comes_later_is_ranked_by_what_they_saw(group: GroupChat) -> None:
    """Somebody whose first vote is in the second round is ranked by that round; who left out the second saw both."""
    await group.vote("+.")
    await group.leads(CLOSE)
    await group.leads(NEXT)
    await group.vote(".+")
    await group.leads(CLOSE)
    (result,) = await group.leads(FINISH)
    assert "🥇 Cyd · 1 of 1\n🥈 Ben · 1 of 2" in text_of(result)


async def test_a_second_vote_replaces_the_first(group: GroupChat) -> None:
    """After a discussion the new vote counts; who does not vote again keeps the first; the old poll takes none."""
    old = group.poll()
    await group.vote("--")
    await group.leads(DISCUSS)
    await group.leads(AGAIN)
    await group.vote("+.")
    old.votes[group.pupils[1].id] = tuple(old.correct_option_ids)
    told = render.poll_answer(old, group.world.people[group.pupils[1].id])
    await group.does(lambda: group.world.queue_update("poll_answer", told))
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=2, right=1, answered=2))
    assert sorted(counted(group.bot)) == [False, True]


@contextmanager
def statements(bot: BotInProcess) -> Iterator[list[str]]:
    """Collect the statements that the database is given."""
    given: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        given.append(statement)

    event.listen(bot.database.engine, "before_cursor_execute", note)
    yield given
    event.remove(bot.database.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("people", [10, 100, 1000])
async def test_messages_do_not_grow_with_the_group(start_bot: StartBot, people: int) -> None:
    """A round costs one poll, one stop and one message for 10, 100 and 1,000 voters; their votes cost neither."""
    group = GroupChat(await start_bot(bank_of_true_statements(2)), map(str, range(people)))
    await group.starts(plain_text("group.untimed"))
    sent, edited = group.sent["sent"], group.sent["edited"]
    await group.vote("+-" * (people // 2))
    assert group.state().answered == people
    assert (group.sent["sent"], group.sent["edited"]) == (sent, edited)
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=2, right=people // 2, answered=people))
    assert (group.sent["sent"], group.sent["edited"]) == (sent + 1, edited)
    assert len(counted(group.bot)) == people


async def test_a_thousand_first_votes_take_few_statements(start_bot: StartBot) -> None:
    """New people are taken in together: a batch of votes costs as many statements as a single one, about."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)), map(str, range(1000)))
    await group.starts(plain_text("group.untimed"))
    with statements(group.bot) as given:
        await group.vote("+" * 1000)
    work = [one for one in given if "sqlite_master" not in one]
    assert sum(one.startswith("INSERT INTO persons") for one in work) <= 20
    assert sum(one.startswith("INSERT INTO pupils") for one in work) <= 20
    assert len(work) < 500
    with statements(group.bot) as given:
        await group.leads(CLOSE)
    assert len(given) < 60
