"""A group that does anything at any time: whatever happens, every answer is marked once, and the quiz can be ended."""

from collections import Counter
from contextlib import suppress
from random import Random

import pytest
from bot_in_process import StartBot
from group_chat import GroupChat, plain_text
from sqlalchemy import select
from whale_bank import FOOD, LARGEST, NAME, PROTECTED, bank_of_true_statements, make_bank

from bot.core.classroom import Phase
from bot.core.question import Bank
from bot.playground.errors import ActionRefusedError
from bot.store.answers import ANSWERS
from bot.store.pupils import PUPILS
from bot.store.sessions import POLLS

ACTS = 80
TEXTS = ("/quiz", "/quiz", "/quiz 2", "/stop", "/help", "/allow", "/score", "hello")
SPANS = (0, 1, 3, 20, 40, 4000)


def a_bank() -> Bank:
    """Make a bank of eight questions, one of which is to be written."""
    return make_bank(LARGEST, FOOD, PROTECTED, NAME, *bank_of_true_statements(4).questions)


class Crowd(GroupChat):
    """A group that acts by dice, often without waiting for the bot."""

    async def does_anything(self, rng: Random) -> None:
        """Write, press any button, or vote in any poll; then wait, or not."""
        who = rng.choice((self.teacher, self.teacher, *self.pupils)).id
        rng.choice((self._write, self._press, self._press, self._vote, self._vote))(rng, who)
        if rng.random() < 0.6:
            await self.bot.wait_until_idle()
            await self.bot.advance(seconds=rng.choice(SPANS))

    def _write(self, rng: Random, who: int) -> None:
        self.world.say(who, self.id, rng.choice(TEXTS))

    def _press(self, rng: Random, who: int) -> None:
        buttons = [
            (message.id, button["callback_data"])
            for message in self.said()
            for row in message.inline_keyboard
            for button in row
            if not button["callback_data"].startswith("gset")
        ]
        if buttons:
            message_id, data = rng.choice(buttons[-6:] if rng.random() < 0.8 else buttons)
            for _ in range(rng.choice((1, 1, 2))):
                self.world.press(who, self.id, message_id, data)

    def _vote(self, rng: Random, who: int) -> None:
        if polls := self.polls():
            poll = polls[-1] if rng.random() < 0.8 else rng.choice(polls)
            with suppress(ActionRefusedError):  # voted already, or closed: a client would not let it happen either
                self.world.vote(who, poll.id, [rng.randrange(len(poll.options))])


@pytest.mark.usefixtures("no_retry_delays")
@pytest.mark.parametrize("seed", range(6))
async def test_whatever_a_group_does_every_vote_counts_once(start_bot: StartBot, seed: int) -> None:
    """There is one quiz at most, a mark is one a person a round and as some vote said, and standings are their sum."""
    rng = Random(seed)  # noqa: S311 - no secrets here
    bot = await start_bot(a_bank())
    group = Crowd(bot, ("Ben", "Cyd", "Dan"))
    for step in range(ACTS):
        await group.does_anything(rng)
        if step % 16 == 15:
            await bot.restart()
        if step == ACTS // 2 and seed % 2:
            group.id = group.world.migrate_group(group.id).id
    await bot.wait_until_idle()

    assert len(group.sessions()) <= 1
    for person in (group.teacher, *group.pupils):
        assert "(spins for ever)" not in group.toasts(person)
    rounds = {poll.id: (poll.session_id, poll.round) for poll in bot.rows(select(POLLS))}
    votes = {(*rounds[poll.id], voter) for poll in group.world.polls.values() for voter in poll.votes}
    kept = bot.rows(select(ANSWERS))
    assert {(one.session_id, one.round, one.person_id) for one in kept} <= votes
    right = Counter((one.session_id, one.person_id) for one in kept if one.right)
    for pupil in bot.rows(select(PUPILS)):
        assert pupil.seat.right == right[pupil.session_id, pupil.person_id]
        assert pupil.seat.points == 10 * pupil.seat.right
        assert pupil.seat.right <= pupil.seat.seen


@pytest.mark.usefixtures("no_retry_delays")
@pytest.mark.parametrize("seed", range(4))
async def test_after_anything_at_all_a_quiz_can_be_ended(start_bot: StartBot, seed: int) -> None:
    """However tangled the group, /quiz shows buttons that lead to an end, after which no button is left."""
    rng = Random(100 + seed)  # noqa: S311 - no secrets here
    group = Crowd(await start_bot(a_bank()), ("Ben", "Cyd", "Dan"))
    for _ in range(ACTS):
        await group.does_anything(rng)
    await group.bot.wait_until_idle()
    await group.says(group.teacher, "/quiz")
    if not group.sessions():
        await group.leads(plain_text("setup.start"))
    await group.says(group.teacher, "/stop")
    if group.state().phase is Phase.HELD:
        await group.leads(plain_text("control.resume"))
        assert len([poll for poll in group.polls() if not poll.is_closed]) == 1
    await group.says(group.teacher, "/stop")
    await group.leads(plain_text("control.end"))
    await group.leads(plain_text("control.end_yes"))
    assert group.sessions() == []
    assert [poll for poll in group.polls() if not poll.is_closed] == []
