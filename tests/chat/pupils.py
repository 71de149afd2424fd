"""A teacher and pupils of a live class with a join link; each writes to the bot in a private chat."""

import re
from copy import copy

from bot_in_process import BotInProcess, StartBot
from learner import Learner, buttons_of, text_of, visible, words
from whale_bank import bank_in_order

from bot.core.classroom import ClassState
from bot.core.question import Question
from bot.playground.world import Message
from bot.store.live_classes import LiveClassRow
from bot.store.pupils import Pupil as Row

BY_HAND = words("host.by_hand")
"""The button that chooses a class without a time limit: the teacher ends each round."""

_LINK = re.compile(r"https://t\.me/\w+\?start=([\w-]+)")


def caption_of(message: Message) -> str:
    """Return the caption of a picture; empty without one."""
    return message.content.caption.text if message.content.caption else ""


class Teacher(Learner):
    """A person who opens a live class and leads it."""

    def __init__(self, bot: BotInProcess, name: str = "Mrs Kim", language: str = "en") -> None:
        super().__init__(bot, name, language)
        self.code = ""
        self.session = 0

    async def opens(self, *choices: str) -> list[Message]:
        """Open a class after pressing these setup buttons; return the new messages."""
        await self.says("/class")
        for choice in choices:
            await self.presses(choice)
        return await self._presses_open()

    async def opens_another(self) -> "Teacher":
        """Open another class; return a copy of this teacher that leads the other class."""
        await self.says("/class")
        await self.presses(words("host.another"))
        other = copy(self)
        await other._presses_open()
        return other

    async def _presses_open(self) -> list[Message]:
        messages = await self.presses(words("host.open"))
        self.code = self.payload(next(one for one in messages if one.content.photo))
        with self.bot.database.transaction() as unit:
            row = unit.live_classes.by_code(self.code)
            assert row is not None
            self.session = row.id
        return messages

    @staticmethod
    def payload(message: Message) -> str:
        """Return the ``start`` parameter of the join link or invitation in a message."""
        found = _LINK.search(caption_of(message) or text_of(message))
        assert found is not None
        return found[1]

    def state(self) -> ClassState:
        """Return the state of the class."""
        with self.bot.database.transaction() as unit:
            session = unit.sessions.find_class(self.session)
            assert session is not None
            return session.state

    def question(self) -> Question:
        """Return the question of the round that is open or was closed last."""
        state = self.state()
        asked = state.questions[state.round - 1]
        return next(question for question in self.bot.bank.questions if question.id == asked)

    def class_row(self) -> LiveClassRow:
        """Return the row that the class has beside its state."""
        with self.bot.database.transaction() as unit:
            row = unit.live_classes.find(self.session)
            assert row is not None
            return row

    def controls(self) -> Message:
        """Return the control message that the bot edits while the class goes on."""
        (number,) = [host.message_id for host in self.class_row().hosts.people if host.person_id == self.id]
        return next(message for message in self.messages() if message.id == number)

    async def leads(self, *controls: str) -> list[Message]:
        """Press control buttons by their names, one after the other; return the messages that the teacher got."""
        replies: list[Message] = []
        for control in controls:
            text = words(f"control.{control}")
            message = self.controls()
            (press,) = [
                one["callback_data"] for row in message.inline_keyboard for one in row if visible(one["text"]) == text
            ] or [None]
            assert press is not None, f"no {control} among {buttons_of(message)}"
            replies += await self.does(
                lambda message=message, press=press: self.world.press_button(self.id, self.id, message.id, press)
            )
        return replies

    def pupil_rows(self) -> dict[str, Row]:
        """Return the stored pupils of the class by nickname."""
        with self.bot.database.transaction() as unit:
            return {row.nickname: row for row in unit.pupils.of_class(self.session)}


class Pupil(Learner):
    """A person who joins a live class."""

    async def joins(self, code: str, nickname: str = "") -> list[Message]:
        """Follow the join link and write a nickname, by default the first name; return the bot's reply."""
        await self.says(f"/start {code}")
        return await self.says(nickname or self.world.people[self.id].first_name)

    def transcript(self, since: Message | None = None) -> str:
        """Return the text of everything the bot wrote in the chat, polls included, or only what followed a message."""
        first = since.id if since else 0
        own = [one for one in self.messages() if one.id > first and one.sender_id == self.world.bot.id]
        return "\n".join(map(self.full_text, own))

    def full_text(self, message: Message) -> str:
        """Return the text of a message; of a poll its question, description, explanation and options."""
        if not message.content.poll_id:
            return text_of(message)
        poll = self.world.polls[message.content.poll_id]
        parts = (
            poll.question.text,
            poll.description and poll.description.text,
            poll.explanation and poll.explanation.text,
        )
        return "\n".join([*filter(None, parts), *(option.text.text for option in poll.options)])


async def seat_pupils(teacher: Teacher, *names: str) -> list[Pupil]:
    """Create pupils with these names who join the teacher's class."""
    pupils = [Pupil(teacher.bot, name) for name in names]
    for pupil in pupils:
        await pupil.joins(teacher.code)
    return pupils


async def open_class(start_bot: StartBot, *questions: Question, choices: tuple[str, ...] = ()) -> Teacher:
    """Open a class that asks these questions."""
    teacher = Teacher(await start_bot(bank_in_order(*questions)))
    await teacher.opens(*choices)
    return teacher
