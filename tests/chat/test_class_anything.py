"""Random actions of everybody in a live class: counts and marks stay right, and the class can always be ended."""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from bot_in_process import BotInProcess, StartBot
from learner import Learner, buttons_of, text_of, words
from pupils import Pupil, Teacher
from sqlalchemy import Row, select
from whale_bank import FOOD, HEART, LARGEST, NAME, PROTECTED, YEAR, make_bank

from bot.core.classroom import ClassState, Phase
from bot.core.seat import Seat
from bot.playground.errors import ActionRefusedError
from bot.playground.world import Message
from bot.store.answers import ANSWERS
from bot.store.live_classes import LIVE_CLASSES
from bot.store.pupils import PUPILS

ACTIONS, FEW_ACTIONS = 160, 50
WRITTEN_ANSWERS = ("blue whale", "180", "1966", "walrus", "7")
TEXTS = (*WRITTEN_ANSWERS, "Owl", "/leave", "/quiz 2", "/stop", "/class", "/join", "hello", "/start")
# Seconds by which the clock advances after an action.
PAUSES = (0, 0, 0, 1, 1, 3, 9)
# Probabilities: an action waits until the bot is idle; a pupil outside the class joins; the teacher presses a control.
_WAIT, _JOIN, _CONTROL = 0.6, 0.7, 0.8


class RandomClass:
    """A class whose teacher and pupils act at random, often without waiting for the bot."""

    def __init__(self, bot: BotInProcess, rng: Random) -> None:
        self.bot = bot
        self.rng = rng
        self.teacher = Teacher(bot)
        self.pupils = [Pupil(bot, name) for name in ("Ann", "Ben", "Cyd", "Dan", "Ann")]
        self.people: list[Learner] = [self.teacher, *self.pupils]

    async def act_at_random(self) -> None:
        """Run one random action of a pupil, the teacher or anybody; then often wait and advance the clock."""
        pupil, person = self.rng.choice(self.pupils), self.rng.choice(self.people)
        with suppress(ActionRefusedError):  # voted already, closed, or blocked: Telegram's apps refuse this as well
            match self.rng.choices(("answer", "lead", "press", "write", "vote", "block"), (9, 3, 3, 3, 2, 1))[0]:
                case "answer":
                    self._answer(pupil)
                case "lead":
                    self._lead()
                case "press":
                    self._press(person)
                case "write":
                    self._write(person)
                case "vote":
                    self._vote(person)
                case "block":
                    self._block(pupil)
        if self.rng.random() < _WAIT:
            await self.bot.wait_until_idle()
            await self.bot.advance(seconds=self.rng.choice(PAUSES))

    def _answer(self, pupil: Pupil) -> None:
        """React to the newest message: vote, take the offered nickname, answer in writing, or join the class."""
        newest = pupil.messages()[-1] if pupil.messages() else None
        if newest and newest.content.poll_id:
            self._vote(pupil)
        elif newest and any(data.startswith("nick:") for data in _data_of(newest)):
            self.bot.world.press_button(pupil.id, pupil.id, newest.id, _data_of(newest)[0])
        elif newest and "✍️" in text_of(newest):
            self.bot.world.send_text(pupil.id, pupil.id, self.rng.choice(WRITTEN_ANSWERS))
        elif self.rng.random() < _JOIN:
            self.bot.world.send_text(pupil.id, pupil.id, f"/start {self.teacher.code}")

    def _lead(self) -> None:
        """Press a control button, or sometimes a button about a pupil."""
        wanted = "ctl:" if self.rng.random() < _CONTROL else ("pupil", "time", "remove", "readmit")
        buttons = [(one, data) for one in self.teacher.messages() for data in _data_of(one) if data.startswith(wanted)]
        buttons = [(one, data) for one, data in buttons if _may_be_pressed(data)]
        if buttons:
            message, data = self.rng.choice(buttons[-8:])
            for _ in range(self.rng.choice((1, 1, 2))):
                self.bot.world.press_button(self.teacher.id, self.teacher.id, message.id, data)

    def _write(self, person: Learner) -> None:
        join = f"/start {self.teacher.code}"
        text = self.rng.choice([*TEXTS, join, join, join, self.teacher.code])
        self.bot.world.send_text(person.id, person.id, text)

    def _press(self, person: Learner) -> None:
        buttons = [(one, data) for one in person.messages() for data in _data_of(one) if _may_be_pressed(data)]
        if buttons:
            message, data = self.rng.choice(buttons[-10:] if self.rng.random() < 0.8 else buttons)
            for _ in range(self.rng.choice((1, 1, 2))):
                self.bot.world.press_button(person.id, person.id, message.id, data)

    def _vote(self, person: Learner) -> None:
        if polls := person.polls():
            poll = polls[-1] if self.rng.random() < 0.8 else self.rng.choice(polls)
            most = len(poll.options) if poll.allows_multiple_answers else 1
            chosen = self.rng.sample(range(len(poll.options)), self.rng.randint(1, most))
            self.bot.world.vote(person.id, poll.id, chosen)

    def _block(self, pupil: Pupil) -> None:
        self.rng.choice((self.bot.world.block_bot, self.bot.world.unblock_bot))(pupil.id)


def _data_of(message: Message) -> list[str]:
    return [button["callback_data"] for row in message.inline_keyboard for button in row]


def _may_be_pressed(data: str) -> bool:
    """Return whether a button neither sets up another class nor ends this one at once."""
    return not data.startswith(("cset", "cnew", "copen", "ctl:endnow"))


def check_counts(state: ClassState, seats: list[Seat]) -> None:
    """Check the counts in the state of a class against its seats."""
    if state.takes_answers:
        open_now = [seat for seat in seats if seat.open and seat.round == state.round]
        assert state.awaited == sum(seat.awaited for seat in open_now)
        assert state.answered == sum(seat.reply is not None for seat in open_now)
        assert state.coming == sum(seat.coming for seat in open_now)
    for seat in seats:
        assert seat.right <= seat.seen <= state.counted
        assert seat.points == 10 * seat.right


async def run_random_class(start_bot: StartBot, seed: int, actions: int) -> RandomClass:
    """Run a class of random actions, with a restart after every 24 and a check of the counts after every 4."""
    live = RandomClass(await start_bot(make_bank(LARGEST, FOOD, PROTECTED, NAME, HEART, YEAR)), Random(seed))  # noqa: S311 - no secret
    await live.teacher.opens(words("seat.seconds", seconds=15))
    for pupil in live.pupils[:3]:
        await pupil.joins(live.teacher.code)
    await live.teacher.presses(words("control.start"))
    for number in range(actions):
        await live.act_at_random()
        if number % 24 == 23:
            await live.bot.restart()
            await live.bot.wait_until_idle()
        if number % 4 == 3:
            await live.bot.wait_until_idle()
            check_counts(live.teacher.state(), [row.seat for row in pupil_rows(live)])
    await live.bot.wait_until_idle()
    return live


def pupil_rows(live: RandomClass) -> Sequence[Row[Any]]:
    """Return the stored pupils of the class."""
    return live.bot.rows(select(PUPILS).where(PUPILS.c.session_id == live.teacher.session))


@pytest.mark.usefixtures("no_retry_delays")
@pytest.mark.parametrize("seed", range(6))
async def test_random_actions_in_a_class_count_every_answer_once(start_bot: StartBot, seed: int) -> None:
    """The state counts what the seats hold, the marks are those of the stored answers, and every press is answered."""
    live = await run_random_class(start_bot, seed, ACTIONS)
    answers = live.bot.rows(select(ANSWERS).where(ANSWERS.c.session_id == live.teacher.session))
    right = Counter(one.person_id for one in answers if one.right)
    for row in pupil_rows(live):
        assert row.seat.right == right[row.person_id]
    for person in live.people:
        assert "(not answered)" not in person.toasts()


@pytest.mark.usefixtures("no_retry_delays")
@pytest.mark.parametrize("seed", range(100, 104))
async def test_a_class_can_be_ended_after_any_random_actions(start_bot: StartBot, seed: int) -> None:
    """After any random actions, /class shows controls that end the class, and every pupil can start a quiz."""
    live = await run_random_class(start_bot, seed, FEW_ACTIONS)
    teacher = live.teacher
    if teacher.state().phase is not Phase.FINISHED:
        await teacher.says("/class")
        if words("control.end_no") in buttons_of(teacher.controls()):
            await teacher.leads("end_no")
        await teacher.leads("end", "end_yes")
    assert teacher.state().phase is Phase.FINISHED
    for pupil in live.pupils:
        live.bot.world.unblock_bot(pupil.id)
        await pupil.says("/leave")
        (reply, *_) = await pupil.says("/quiz")
        assert reply.content.text is not None
        assert reply.content.text.text in (
            words("setup.text"),
            words("quiz.waits", round=1, of=2),
            words("quiz.waits", round=2, of=2),
        )
    assert buttons_of(teacher.controls()) == []
    assert [row for row in live.bot.rows(select(LIVE_CLASSES)) if row.code] == []
