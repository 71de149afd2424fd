"""Random actions of learners in private chats: each answer is marked once, and as it was given."""

from contextlib import suppress
from random import Random

import pytest
from bot_in_process import StartBot
from learner import Learner, text_of, words
from sqlalchemy import select
from whale_bank import FOOD, HEART, LARGEST, NAME, PROTECTED, YEAR, make_bank

from bot.playground.errors import ActionRefusedError
from bot.store.answers import ANSWERS
from bot.store.sessions import POLLS

ACTIONS = 100
TEXTS = (
    *("/quiz 3", "/quiz body 2", "/quiz", "/stop", "/score", "/topics", "/read", "/help", "/start", "/nonsense"),
    *("blue whale", "180", "1966", "elephant", "7", "hello", "🐋", "/quiz nonsense", "thanks!"),
)


class RandomLearner(Learner):
    """A learner who acts at random, often without waiting for the bot."""

    async def does_anything(self, rng: Random) -> None:
        """Write, press any button or vote in any poll, old ones included; then wait for the bot or not."""
        rng.choice((self._write, self._press, self._vote, self._vote))(rng)
        if rng.random() < 0.6:
            await self.bot.wait_until_idle()
            self.bot.fire_deadlines_after(seconds=rng.choice((0, 1, 10, 100, 4000)))

    def _write(self, rng: Random) -> None:
        self.world.send_text(self.id, self.id, rng.choice(TEXTS))

    def _press(self, rng: Random) -> None:
        buttons = [
            (message.id, button["callback_data"])
            for message in self.messages()
            for row in message.inline_keyboard
            for button in row
        ]
        if buttons:
            message_id, data = rng.choice(buttons[-12:] if rng.random() < 0.7 else buttons)
            for _ in range(rng.choice((1, 1, 2))):
                self.world.press_button(self.id, self.id, message_id, data)

    def _vote(self, rng: Random) -> None:
        polls = self.polls()
        if polls:
            poll = polls[-1] if rng.random() < 0.7 else rng.choice(polls)
            most = len(poll.options) if poll.allows_multiple_answers else 1
            chosen = rng.sample(range(len(poll.options)), rng.randint(1, most))
            with suppress(ActionRefusedError):  # the person has voted, or the poll is closed: a client would refuse too
                self.world.vote(self.id, poll.id, chosen)


@pytest.mark.parametrize("seed", range(3))
async def test_random_actions_mark_each_vote_once_as_given(start_bot: StartBot, seed: int) -> None:
    """After random actions each vote is marked by its own poll, each press is answered, and both queues are empty."""
    rng = Random(seed)  # noqa: S311 - no secrets here
    bot = await start_bot(make_bank(LARGEST, FOOD, PROTECTED, NAME, HEART, YEAR))
    people = [RandomLearner(bot, name) for name in ("Ann", "Ben")]
    for step in range(ACTIONS):
        await rng.choice(people).does_anything(rng)
        if step % 20 == 19:
            await bot.restart()
    await bot.wait_until_idle()

    rounds = {poll.id: (poll.session_id, poll.round) for poll in bot.rows(select(POLLS))}
    stored = {(one.session_id, one.round): one for one in bot.rows(select(ANSWERS))}
    for person in people:
        assert "(not answered)" not in person.toasts()
        for poll in (poll for poll in person.polls() if person.id in poll.votes and rounds[poll.id] in stored):
            answer = stored[rounds[poll.id]]
            copies = [one for one in person.polls() if rounds[one.id] == rounds[poll.id] and person.id in one.votes]
            marks = {set(one.votes[person.id]) == set(one.correct_option_ids) for one in copies}
            assert answer.person_id == person.id
            assert answer.right in marks
        assert sum(right for right in person.marks().values()) <= 6
    with bot.database.transaction() as unit:
        assert unit.inbox.count(1, bot.clock()) == 0
        assert unit.outbox.claim(2, 1000) == ()


@pytest.mark.parametrize("seed", range(2))
async def test_a_quiz_can_be_finished_after_random_actions(start_bot: StartBot, seed: int) -> None:
    """After random actions ``/quiz`` and "Start a new one" start a quiz that reaches its result."""
    rng = Random(100 + seed)  # noqa: S311 - no secrets here
    bot = await start_bot(make_bank(LARGEST, FOOD, PROTECTED, NAME, HEART, YEAR))
    ann = RandomLearner(bot)
    for _ in range(ACTIONS):
        await ann.does_anything(rng)
    await bot.wait_until_idle()
    await ann.says("/quiz 4")
    quiz = ann.quiz()
    assert quiz
    if len(quiz.state.questions) != 4 or quiz.state.round > 1:
        await ann.presses(words("quiz.new"))
    while ann.quiz():
        replies = await ann.answers()
    assert words("result.title", right=4, of=4) in text_of(replies[-1])
