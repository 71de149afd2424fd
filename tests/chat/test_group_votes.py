"""Votes in a group: each person counts once a round, and a thousand votes cause no message."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from bot_in_process import BotInProcess, StartBot
from group_buttons import AGAIN, CLOSE, DISCUSS, FINISH, NEXT
from group_chat import GroupChat, plain_text
from learner import text_of, words
from sqlalchemy import event
from whale_bank import bank_of_true_statements

from bot.app.dispatch.service import Delivery, OutgoingMessage
from bot.playground.errors import ActionRefusedError
from bot.playground.world import render
from bot.store.answers import ANSWERS
from bot.store.pupils import PUPILS


@pytest.fixture
async def group(start_bot: StartBot) -> GroupChat:
    """A group with an untimed quiz of two statements; the first is asked."""
    chat = GroupChat(await start_bot(bank_of_true_statements(2)))
    await chat.starts(plain_text("group.untimed"))
    return chat


def stored_marks(bot: BotInProcess) -> list[bool]:
    """Return the marks of all stored answers."""
    return [row.right for row in bot.rows(ANSWERS.select())]


async def test_a_vote_counts_once(group: GroupChat) -> None:
    """A client refuses a second vote; if Telegram sends one nevertheless, the first one counts."""
    ben, poll = group.pupils[0], group.poll()
    await group.vote("+")
    with pytest.raises(ActionRefusedError):
        group.world.vote(ben.id, poll.id, [1])
    poll.votes[ben.id] = (1,)
    second = render.poll_answer(poll, group.world.people[ben.id])
    await group.does(lambda: group.world.queue_update("poll_answer", second))
    assert group.state().answered == 1
    await group.leads(CLOSE)
    assert stored_marks(group.bot) == [True]


async def test_a_retracted_vote_is_no_answer(group: GroupChat) -> None:
    """A retraction changes nothing, neither before a vote nor after one."""
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
    assert stored_marks(group.bot) == [True]


async def test_a_late_vote_does_not_count(group: GroupChat) -> None:
    """A vote that arrives after the round was closed does not count and adds no participant."""
    ben, cyd = group.pupils
    poll = group.poll()
    await group.vote("+.")
    await group.leads(CLOSE)
    poll.votes[cyd.id] = (0,)
    await group.does(
        lambda: group.world.queue_update("poll_answer", render.poll_answer(poll, group.world.people[cyd.id]))
    )
    assert [row.person_id for row in group.bot.rows(PUPILS.select())] == [ben.id]
    assert stored_marks(group.bot) == [True]
    assert cyd.messages() == []


async def test_a_vote_in_the_grace_period_counts(start_bot: StartBot) -> None:
    """A vote counts for two seconds after the time has expired."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)))
    await group.starts("15 s")
    assert await group.waits(seconds=16) == []
    await group.vote("+")
    (revealed,) = await group.waits(seconds=2)
    assert text_of(revealed).startswith(words("group.score", round=1, of=1, right=1, answered=1))


@pytest.mark.usefixtures("no_retry_delays")
async def test_a_vote_for_an_unknown_poll_is_deferred(start_bot: StartBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vote that arrives before the receipt of its poll is deferred until the poll is known, and counts."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)))
    await group.bot.wait_until_idle()
    record_deliveries, voted = group.bot.service.record_deliveries, []

    def vote_first(deliveries: Sequence[Delivery]) -> tuple[OutgoingMessage, ...]:
        if not voted and any(one.poll_id for one in deliveries):
            voted.append(True)
            group.cast("+-")
        return record_deliveries(deliveries)

    monkeypatch.setattr(group.bot.service, "record_deliveries", vote_first)
    await group.starts(plain_text("group.untimed"))
    assert voted
    assert group.state().answered == 2


async def test_a_late_voter_is_ranked_by_the_rounds_they_saw(group: GroupChat) -> None:
    """A voter who joins in the second round is ranked by that round; one who skips it is ranked by both."""
    await group.vote("+.")
    await group.leads(CLOSE)
    await group.leads(NEXT)
    await group.vote(".+")
    await group.leads(CLOSE)
    (result,) = await group.leads(FINISH)
    assert "🥇 Cyd · 1 of 1\n🥈 Ben · 1 of 2" in text_of(result)


async def test_a_second_vote_replaces_the_first(group: GroupChat) -> None:
    """After a discussion a new vote replaces the first one, which otherwise counts; the old poll accepts no vote."""
    old = group.poll()
    await group.vote("--")
    await group.leads(DISCUSS)
    await group.leads(AGAIN)
    await group.vote("+.")
    old.votes[group.pupils[1].id] = tuple(old.correct_option_ids)
    late = render.poll_answer(old, group.world.people[group.pupils[1].id])
    await group.does(lambda: group.world.queue_update("poll_answer", late))
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=2, right=1, answered=2))
    assert sorted(stored_marks(group.bot)) == [False, True]


@contextmanager
def sql_statements(bot: BotInProcess) -> Iterator[list[str]]:
    """Yield a list that collects the SQL statements of the bot."""
    collected: list[str] = []

    def record(_connection: object, _cursor: object, statement: str, *_others: object) -> None:
        collected.append(statement)

    event.listen(bot.database.engine, "before_cursor_execute", record)
    yield collected
    event.remove(bot.database.engine, "before_cursor_execute", record)


@pytest.mark.parametrize("people", [10, 100, 1000])
async def test_the_number_of_messages_does_not_grow_with_the_group(start_bot: StartBot, people: int) -> None:
    """A round costs one poll, one stop and one message for 10, 100 and 1,000 voters; votes cost nothing."""
    group = GroupChat(await start_bot(bank_of_true_statements(2)), map(str, range(people)))
    await group.starts(plain_text("group.untimed"))
    sent, edited = group.sent["sent"], group.sent["edited"]
    await group.vote("+-" * (people // 2))
    assert group.state().answered == people
    assert (group.sent["sent"], group.sent["edited"]) == (sent, edited)
    (revealed,) = await group.leads(CLOSE)
    assert text_of(revealed).startswith(words("group.score", round=1, of=2, right=people // 2, answered=people))
    assert (group.sent["sent"], group.sent["edited"]) == (sent + 1, edited)
    assert len(stored_marks(group.bot)) == people


async def test_a_thousand_first_votes_take_few_statements(start_bot: StartBot) -> None:
    """New voters are stored together: a batch of votes costs about as many statements as a single vote."""
    group = GroupChat(await start_bot(bank_of_true_statements(1)), map(str, range(1000)))
    await group.starts(plain_text("group.untimed"))
    with sql_statements(group.bot) as voting:
        await group.vote("+" * 1000)
    statements = [one for one in voting if "sqlite_master" not in one]
    assert sum(one.startswith("INSERT INTO persons") for one in statements) <= 20
    assert sum(one.startswith("INSERT INTO pupils") for one in statements) <= 20
    assert len(statements) < 500
    with sql_statements(group.bot) as closing:
        await group.leads(CLOSE)
    assert len(closing) < 60
