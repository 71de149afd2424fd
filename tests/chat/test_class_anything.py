"""A class over a link where everybody does anything at any time: counts and marks stay right, and it can be ended."""

from collections import Counter
from contextlib import suppress
from random import Random

import pytest
from bot_in_process import BotInProcess, StartBot
from learner import Learner, buttons_of, text_of, words
from pupils import Pupil, Teacher
from sqlalchemy import select
from whale_bank import FOOD, HEART, LARGEST, NAME, PROTECTED, YEAR, make_bank

from bot.core.classroom import Classroom, Phase
from bot.core.seat import Seat
from bot.playground.errors import ActionRefusedError
from bot.playground.world import Message
from bot.store.answers import ANSWERS
from bot.store.live_classes import ROOMS
from bot.store.pupils import PUPILS

ACTS, FEW_ACTS = 160, 50
WRITTEN = ("blue whale", "180", "1966", "walrus", "7")
WORDS = (*WRITTEN, "Owl", "/leave", "/quiz 2", "/stop", "/class", "/join", "hello", "/start")
SPANS = (0, 0, 0, 1, 1, 3, 9)
# How often: everybody waits for the bot; a pupil who is outside comes in; the teacher presses a control.
_PATIENCE, _COMING, _LEADING = 0.6, 0.7, 0.8


class School:
    """A class with a teacher and pupils who act by dice, often without waiting for the bot."""

    def __init__(self, bot: BotInProcess, dice: Random) -> None:
        self.bot = bot
        self.dice = dice
        self.teacher = Teacher(bot)
        self.pupils = [Pupil(bot, name) for name in ("Ann", "Ben", "Cyd", "Dan", "Ann")]
        self.people: list[Learner] = [self.teacher, *self.pupils]

    async def acts(self) -> None:
        """Let a pupil answer, the teacher lead, or anybody do anything; then let time pass, or not."""
        pupil, somebody = self.dice.choice(self.pupils), self.dice.choice(self.people)
        with suppress(ActionRefusedError):  # voted already, closed, or blocked: a client would not let it happen either
            match self.dice.choices(("answer", "lead", "press", "write", "vote", "block"), (9, 3, 3, 3, 2, 1))[0]:
                case "answer":
                    self._answer(pupil)
                case "lead":
                    self._lead()
                case "press":
                    self._press(somebody)
                case "write":
                    self._write(somebody)
                case "vote":
                    self._vote(somebody)
                case "block":
                    self._block(pupil)
        if self.dice.random() < _PATIENCE:
            await self.bot.wait_until_idle()
            await self.bot.advance(seconds=self.dice.choice(SPANS))

    def _answer(self, pupil: Pupil) -> None:
        """Do about the newest message what it seems to ask for: vote, take the nickname, write, or come in."""
        newest = pupil.messages()[-1] if pupil.messages() else None
        if newest and newest.content.poll_id:
            self._vote(pupil)
        elif newest and any(data.startswith("nick:") for data in _data_of(newest)):
            self.bot.world.press_button(pupil.id, pupil.id, newest.id, _data_of(newest)[0])
        elif newest and "✍️" in text_of(newest):
            self.bot.world.send_text(pupil.id, pupil.id, self.dice.choice(WRITTEN))
        elif self.dice.random() < _COMING:
            self.bot.world.send_text(pupil.id, pupil.id, f"/start {self.teacher.code}")

    def _lead(self) -> None:
        """Press a control, or, at times, something about a pupil."""
        wanted = "ctl:" if self.dice.random() < _LEADING else ("pupil", "time", "remove", "readmit")
        cards = [(one, data) for one in self.teacher.messages() for data in _data_of(one) if data.startswith(wanted)]
        cards = [(one, data) for one, data in cards if _is_welcome(data)]
        if cards:
            message, data = self.dice.choice(cards[-8:])
            for _ in range(self.dice.choice((1, 1, 2))):
                self.bot.world.press_button(self.teacher.id, self.teacher.id, message.id, data)

    def _write(self, somebody: Learner) -> None:
        join = f"/start {self.teacher.code}"
        text = self.dice.choice([*WORDS, join, join, join, self.teacher.code])
        self.bot.world.send_text(somebody.id, somebody.id, text)

    def _press(self, somebody: Learner) -> None:
        buttons = [(one, data) for one in somebody.messages() for data in _data_of(one) if _is_welcome(data)]
        if buttons:
            message, data = self.dice.choice(buttons[-10:] if self.dice.random() < 0.8 else buttons)
            for _ in range(self.dice.choice((1, 1, 2))):
                self.bot.world.press_button(somebody.id, somebody.id, message.id, data)

    def _vote(self, somebody: Learner) -> None:
        if polls := somebody.polls():
            poll = polls[-1] if self.dice.random() < 0.8 else self.dice.choice(polls)
            most = len(poll.options) if poll.allows_multiple_answers else 1
            chosen = self.dice.sample(range(len(poll.options)), self.dice.randint(1, most))
            self.bot.world.vote(somebody.id, poll.id, chosen)

    def _block(self, pupil: Pupil) -> None:
        self.dice.choice((self.bot.world.block_bot, self.bot.world.unblock_bot))(pupil.id)


def _data_of(message: Message) -> list[str]:
    return [button["callback_data"] for row in message.inline_keyboard for button in row]


def _is_welcome(data: str) -> bool:
    """Leave out what would only choose another class, or end this one too soon."""
    return not data.startswith(("cset", "cnew", "copen", "ctl:endnow"))


def check_counts(state: Classroom, seats: list[Seat]) -> None:
    """Hold what a room counts to what its seats say."""
    if state.takes_answers:
        open_now = [seat for seat in seats if seat.open and seat.round == state.round]
        assert state.awaited == sum(seat.awaited for seat in open_now)
        assert state.answered == sum(seat.reply is not None for seat in open_now)
        assert state.coming == sum(seat.coming for seat in open_now)
    for seat in seats:
        assert seat.right <= seat.seen <= state.counted
        assert seat.points == 10 * seat.right


async def a_school(start_bot: StartBot, seed: int, acts: int) -> School:
    """Let everything happen in a class."""
    school = School(await start_bot(make_bank(LARGEST, FOOD, PROTECTED, NAME, HEART, YEAR)), Random(seed))  # noqa: S311 - no secret
    await school.teacher.opens(words("seat.seconds", seconds=15))
    for pupil in school.pupils[:3]:
        await pupil.joins(school.teacher.code)
    await school.teacher.presses(words("control.start"))
    for number in range(acts):
        await school.acts()
        if number % 24 == 23:
            await school.bot.restart()
            await school.bot.wait_until_idle()
        if number % 4 == 3:
            await school.bot.wait_until_idle()
            check_counts(school.teacher.state(), [row.seat for row in rows(school)])
    await school.bot.wait_until_idle()
    return school


def rows(school: School) -> list[object]:
    """Give the pupils of the class as they are kept."""
    return list(school.bot.rows(select(PUPILS).where(PUPILS.c.session_id == school.teacher.session)))


@pytest.mark.usefixtures("no_retry_delays")
@pytest.mark.parametrize("seed", range(6))
async def test_whatever_a_class_does_every_answer_counts_once(start_bot: StartBot, seed: int) -> None:
    """Counts of the room are those of its seats, marks those of the answers kept, and no press goes unanswered."""
    school = await a_school(start_bot, seed, ACTS)
    kept = school.bot.rows(select(ANSWERS).where(ANSWERS.c.session_id == school.teacher.session))
    right = Counter(one.person_id for one in kept if one.right)
    for row in rows(school):
        assert row.seat.right == right[row.person_id]
    for person in school.people:
        assert "(spins for ever)" not in person.toasts()


@pytest.mark.usefixtures("no_retry_delays")
@pytest.mark.parametrize("seed", range(100, 104))
async def test_after_anything_at_all_a_class_can_be_ended(start_bot: StartBot, seed: int) -> None:
    """However tangled the class, /class shows controls that lead to its end, and every pupil is free again."""
    school = await a_school(start_bot, seed, FEW_ACTS)
    teacher = school.teacher
    if teacher.state().phase is not Phase.FINISHED:
        await teacher.says("/class")
        if words("control.end_no") in buttons_of(teacher.controls()):
            await teacher.leads("end_no")
        await teacher.leads("end", "end_yes")
    assert teacher.state().phase is Phase.FINISHED
    for pupil in school.pupils:
        school.bot.world.unblock_bot(pupil.id)
        await pupil.says("/leave")
        (said, *_) = await pupil.says("/quiz")
        assert said.content.text is not None
        assert said.content.text.text in (
            words("setup.text"),
            words("quiz.waits", round=1, of=2),
            words("quiz.waits", round=2, of=2),
        )
    assert buttons_of(teacher.controls()) == []
    assert [row for row in school.bot.rows(select(ROOMS)) if row.code] == []
