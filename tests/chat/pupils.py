"""A teacher and pupils of a class over a link, who talk with the bot in their private chats."""

import re
from copy import copy

from bot_in_process import BotInProcess, StartBot
from learner import Learner, buttons_of, read, text_of, words
from whale_bank import bank_in_order

from bot.core.classroom import Classroom
from bot.core.question import Question
from bot.playground.world import Message
from bot.store.pupils import Pupil as Row
from bot.store.rooms import Room

BY_HAND = words("host.by_hand")
"""The choice of a class without a limit of time."""

_LINK = re.compile(r"https://t\.me/\w+\?start=([\w-]+)")


def caption_of(message: Message) -> str:
    """Give what stands under a picture."""
    return message.content.caption.text if message.content.caption else ""


class Teacher(Learner):
    """Somebody who opens a class and leads it."""

    def __init__(self, bot: BotInProcess, name: str = "Mrs Kim", language: str = "en") -> None:
        super().__init__(bot, name, language)
        self.code = ""
        self.session = 0

    async def opens(self, *choices: str) -> list[Message]:
        """Open a class with these choices pressed first."""
        await self.says("/class")
        for choice in choices:
            await self.presses(choice)
        return await self._presses_open()

    async def opens_another(self) -> "Teacher":
        """Open another class; give the same teacher as who leads that one."""
        await self.says("/class")
        await self.presses(words("host.another"))
        other = copy(self)
        await other._presses_open()
        return other

    async def _presses_open(self) -> list[Message]:
        made = await self.presses(words("host.open"))
        self.code = self.payload(next(one for one in made if one.content.photo))
        with self.bot.database.transaction() as unit:
            room = unit.rooms.by_code(self.code)
            assert room is not None
            self.session = room.id
        return made

    @staticmethod
    def payload(message: Message) -> str:
        """Give what a join link or an invitation in a message sends to the bot."""
        found = _LINK.search(caption_of(message) or text_of(message))
        assert found is not None
        return found[1]

    def state(self) -> Classroom:
        """Give where the class stands."""
        with self.bot.database.transaction() as unit:
            session = unit.sessions.classroom(self.session)
            assert session is not None
            return session.state

    def question(self) -> Question:
        """Give the question of the round that is open or was closed last."""
        state = self.state()
        asked = state.questions[state.round - 1]
        return next(question for question in self.bot.bank.questions if question.id == asked)

    def class_row(self) -> Room:
        """Give what the class has beside its state."""
        with self.bot.database.transaction() as unit:
            room = unit.rooms.find(self.session)
            assert room is not None
            return room

    def controls(self) -> Message:
        """Give the control message that the class changes."""
        (number,) = [host.message_id for host in self.class_row().hosts.people if host.person_id == self.id]
        return next(message for message in self.messages() if message.id == number)

    async def leads(self, *controls: str) -> list[Message]:
        """Press control buttons by their names, one after the other; give what came in one's own chat."""
        said: list[Message] = []
        for control in controls:
            text = words(f"control.{control}")
            message = self.controls()
            (press,) = [
                one["callback_data"] for row in message.inline_keyboard for one in row if read(one["text"]) == text
            ] or [None]
            assert press is not None, f"no {control} among {buttons_of(message)}"
            said += await self.does(
                lambda message=message, press=press: self.world.press(self.id, self.id, message.id, press)
            )
        return said

    def pupil_rows(self) -> dict[str, Row]:
        """Give the pupils of the class as they are kept, by nickname."""
        with self.bot.database.transaction() as unit:
            return {row.nickname: row for row in unit.pupils.of_class(self.session)}


class Pupil(Learner):
    """Somebody who joins a class."""

    async def joins(self, code: str, nickname: str = "") -> list[Message]:
        """Follow the join link, and write a nickname, or else the first name; return what comes then."""
        await self.says(f"/start {code}")
        return await self.says(nickname or self.world.people[self.id].first_name)

    def transcript(self, since: Message | None = None) -> str:
        """Give all that the bot ever wrote in the chat, polls among it, or what came behind a message."""
        first = since.id if since else 0
        own = [one for one in self.messages() if one.id > first and one.sender_id == self.world.bot.id]
        return "\n".join(map(self._said, own))

    def _said(self, message: Message) -> str:
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
    """Let pupils of these names join the teacher's class."""
    pupils = [Pupil(teacher.bot, name) for name in names]
    for pupil in pupils:
        await pupil.joins(teacher.code)
    return pupils


async def open_class(start_bot: StartBot, *questions: Question, choices: tuple[str, ...] = ()) -> Teacher:
    """Open a class on these questions."""
    teacher = Teacher(await start_bot(bank_in_order(*questions)))
    await teacher.opens(*choices)
    return teacher
