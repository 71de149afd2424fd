"""Random actions in a group: each answer is marked once, and the quiz can be ended."""

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

ACTIONS = 80
TEXTS = ("/quiz", "/quiz", "/quiz 2", "/stop", "/help", "/allow", "/score", "hello")
SPANS = (0, 1, 3, 20, 40, 4000)


def eight_questions() -> Bank:
    """Create a bank of eight questions, one of them written."""
    return make_bank(LARGEST, FOOD, PROTECTED, NAME, *bank_of_true_statements(4).questions)


class RandomGroup(GroupChat):
    """A group that acts at random, often without waiting for the bot."""

    async def does_anything(self, rng: Random) -> None:
        """Write, press any button, or vote in any poll; then wait for the bot or not."""
        person = rng.choice((self.teacher, self.teacher, *self.pupils)).id
        rng.choice((self._write, self._press, self._press, self._vote, self._vote))(rng, person)
        if rng.random() < 0.6:
            await self.bot.wait_until_idle()
            await self.bot.advance(seconds=rng.choice(SPANS))

    def _write(self, rng: Random, person: int) -> None:
        self.world.send_text(person, self.id, rng.choice(TEXTS))

    def _press(self, rng: Random, person: int) -> None:
        buttons = [
            (message.id, button["callback_data"])
            for message in self.bot_messages()
            for row in message.inline_keyboard
            for button in row
            if not button["callback_data"].startswith("gset")
        ]
        if buttons:
            message_id, data = rng.choice(buttons[-6:] if rng.random() < 0.8 else buttons)
            for _ in range(rng.choice((1, 1, 2))):
                self.world.press_button(person, self.id, message_id, data)

    def _vote(self, rng: Random, person: int) -> None:
        if polls := self.polls():
            poll = polls[-1] if rng.random() < 0.8 else rng.choice(polls)
            with suppress(ActionRefusedError):  # the person has voted, or the poll is closed: a client would refuse too
                self.world.vote(person, poll.id, [rng.randrange(len(poll.options))])


@pytest.mark.usefixtures("no_retry_delays")
@pytest.mark.parametrize("seed", range(6))
async def test_random_actions_in_a_group_mark_each_vote_once(start_bot: StartBot, seed: int) -> None:
    """After random actions one quiz runs at most, each mark has its vote, and the standings are the sum of marks."""
    rng = Random(seed)  # noqa: S311 - no secrets here
    bot = await start_bot(eight_questions())
    group = RandomGroup(bot, ("Ben", "Cyd", "Dan"))
    for step in range(ACTIONS):
        await group.does_anything(rng)
        if step % 16 == 15:
            await bot.restart()
        if step == ACTIONS // 2 and seed % 2:
            group.id = group.world.migrate_group(group.id).id
    await bot.wait_until_idle()

    assert len(group.sessions()) <= 1
    for person in (group.teacher, *group.pupils):
        assert "(not answered)" not in group.toasts(person)
    rounds = {poll.id: (poll.session_id, poll.round) for poll in bot.rows(select(POLLS))}
    votes = {(*rounds[poll.id], voter) for poll in group.world.polls.values() for voter in poll.votes}
    stored = bot.rows(select(ANSWERS))
    assert {(one.session_id, one.round, one.person_id) for one in stored} <= votes
    right = Counter((one.session_id, one.person_id) for one in stored if one.right)
    for pupil in bot.rows(select(PUPILS)):
        assert pupil.seat.right == right[pupil.session_id, pupil.person_id]
        assert pupil.seat.points == 10 * pupil.seat.right
        assert pupil.seat.right <= pupil.seat.seen


@pytest.mark.usefixtures("no_retry_delays")
@pytest.mark.parametrize("seed", range(4))
async def test_a_group_quiz_can_be_ended_after_random_actions(start_bot: StartBot, seed: int) -> None:
    """After random actions ``/quiz`` shows controls that end the quiz and leave no poll open."""
    rng = Random(100 + seed)  # noqa: S311 - no secrets here
    group = RandomGroup(await start_bot(eight_questions()), ("Ben", "Cyd", "Dan"))
    for _ in range(ACTIONS):
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
