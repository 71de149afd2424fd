"""One simulated pupil: follows links, says a name, thinks, answers, goes away and comes back. Never looks at a mark."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from random import Random

from bot.core.question import Question
from bot.playground.errors import ActionRefusedError
from bot.playground.world import Message, Person, Poll, World
from bot.rehearsal.answer_key import Asked, Reading, is_right
from bot.rehearsal.message_reading import nickname_offer, text_of_button, words_of
from bot.rehearsal.names import Name
from bot.rehearsal.traits import Character

Sleep = Callable[[float], Awaitable[None]]

# How many messages above a poll are looked at: a long question stands in messages of its own.
_ABOVE = 12
_TAKES_OFFER = 0.3
# Said instead of an answer. The answers of somebody who has no idea: a word, a number and a year in one.
_CHATTER = {"en": ("wait", "lol", "???"), "ru": ("щас", "а что писать?", "???"), "kk": ("қазір", "не жазамын?", "???")}
_NO_IDEA = "1234"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a pupil did that may count as an answer.

    Attributes:
        asked: the question it was done about; ``given`` is what was written, empty for a vote.
        right: whether the bank takes it for right.
        taken: whether it was in time: a closed poll takes no votes, and what is written after the explanation is late.
        at: when.
    """

    asked: Asked
    given: str
    right: bool
    taken: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class _Invited:
    code: str


class Pupil:
    """A person in the world with a will of their own, which is ``live``.

    Attributes:
        deeds: all answers given, in order.
        code: the code of the class joined last; empty before the first.
        open_question: the question seen last, until its explanation comes.
        called: the nickname written or taken last.
        seated: whether the bot has said the nickname back, or asked a question.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - who, what they know, what they are like, and the two seams
        self,
        world: World,
        reading: Reading,
        person: Person,
        name: Name,
        character: Character,
        dice: Random,
        sleep: Sleep,
    ) -> None:
        self.person = person
        self.name = name
        self.character = character
        self.deeds: list[Deed] = []
        self.code = ""
        self.seated = False
        self._world = world
        self._reading = reading
        self._dice = dice
        self._sleep = sleep
        self._news: asyncio.Queue[Asked | Message | _Invited] = asyncio.Queue()
        self._above: defaultdict[int, deque[str]] = defaultdict(lambda: deque(maxlen=_ABOVE))
        self.open_question: Asked | None = None
        self._is_naming = False
        self.called = name.nickname

    def hear_of(self, code: str) -> None:
        """Learn of a class that can be joined."""
        self._news.put_nowait(_Invited(code))

    def see(self, message: Message) -> None:
        """Take note of a message of the bot at once; to react takes time."""
        text, is_private = words_of(message), message.chat_id == self.person.id
        asked = self._question_in(message, text, is_private=is_private)
        if asked is not None:
            self._above[message.chat_id].clear()
            self.open_question = asked
            self._news.put_nowait(asked)
            return
        self._above[message.chat_id].append(text)
        asked = self.open_question
        if asked and asked.question and self._reading.explains(text, asked.question):
            self.open_question = None
        elif is_private:
            self._news.put_nowait(message)

    async def live(self) -> None:
        """React to what comes, one thing after the other, until cancelled."""
        while True:
            match await self._news.get():
                case _Invited(code):
                    await self._sleep(self.character.joins_after)
                    self.code = code
                    await self._join()
                case Asked() as asked:
                    await self._meet(asked)
                case Message() as message:
                    await self._introduce(message)

    def _question_in(self, message: Message, text: str, *, is_private: bool) -> Asked | None:
        """Find the question that a message puts; above it stands what a poll has no room for."""
        poll = self._world.polls.get(message.content.poll_id or "")
        if poll is not None:
            description = poll.description.text if poll.description else ""
            texts = (poll.question.text, description, *reversed(self._above[message.chat_id]))
            found = filter(None, map(self._reading.question_in, texts))
            return Asked(message, poll, next(found, None), "\n".join(reversed(texts)))
        question = self._reading.written_in(text) if is_private else None
        return Asked(message, None, question, text) if question else None

    async def _join(self) -> None:
        self._is_naming = False
        await self._say(f"/start {self.code}")

    async def _introduce(self, message: Message) -> None:
        """Say what one is called, as long as the bot asks; it has understood once it greets the pupil by name."""
        offer = nickname_offer(message)
        if offer is not None:
            await self._give_nickname(message, offer)
        elif any(name in words_of(message) for name in (self.called, self.name.first)):
            self._is_naming, self.seated = False, True
        elif self._is_naming:
            self._is_naming = False
            await self._say(f"{self.name.first} {self.name.last}")

    async def _give_nickname(self, message: Message, offer: str) -> None:
        """Say a nickname, or take the one that is offered: some at once, the others when theirs was refused."""
        if self._is_naming or self._dice.random() < _TAKES_OFFER:
            self.called = text_of_button(message, offer)
            await self._sleep(self.character.network)
            with suppress(ActionRefusedError):
                self._world.press_button(self.person.id, message.chat_id, message.id, offer)
        else:
            self.called = self.name.nickname
            await self._say(self.name.nickname)
        self._is_naming = True

    async def _meet(self, asked: Asked) -> None:
        """Think about a question, and answer it if it is still asked then."""
        if asked.message.chat_id == self.person.id and self.code:
            self._is_naming, self.seated = False, True
            if self._dice.random() < self.character.vanishes:
                await self._vanish()
                return
        if self._dice.random() < self.character.passes or not self._is_open(asked):
            return
        await self._sleep(self.character.thinking_seconds(self._dice, writes=asked.poll is None))
        if self._is_open(asked):
            await self._answer(asked)

    def _is_open(self, asked: Asked) -> bool:
        """Say whether somebody who looks at the chat still finds the question open."""
        return self.open_question is asked and not (asked.poll and asked.poll.is_closed)

    async def _answer(self, asked: Asked) -> None:
        times = 2 if self._dice.random() < self.character.repeats else 1
        for _ in range(times):
            if asked.poll is not None:
                await self._vote(asked, asked.poll)
            elif asked.question is not None:
                await self._write(asked, asked.question)

    async def _vote(self, asked: Asked, poll: Poll) -> None:
        right = asked.right_options()
        chosen = right if right and self._knows(asked) else self._guess(poll)
        await self._sleep(self.character.network)
        taken = True
        try:
            self._world.vote(self.person.id, poll.id, list(chosen))
        except ActionRefusedError:
            taken = False
        self.deeds.append(Deed(asked, "", chosen == right, taken, self._world.now()))

    async def _write(self, asked: Asked, question: Question) -> None:
        if self._dice.random() < self.character.chats:
            await self._give(asked, question, self._dice.choice(_CHATTER[self.name.language]))
        await self._give(asked, question, question.kind.solution()[0] if self._knows(asked) else _NO_IDEA)

    async def _give(self, asked: Asked, question: Question, text: str) -> None:
        """Write something; it is a deed if it can be an answer at all."""
        said, right = await self._say(text), is_right(question, text)
        taken = said and self.open_question is asked
        if right is not None:
            self.deeds.append(Deed(asked, text, right, taken, self._world.now()))

    def _knows(self, asked: Asked) -> bool:
        return asked.question is not None and self._dice.random() < self.character.chance(asked.question.level)

    def _guess(self, poll: Poll) -> tuple[int, ...]:
        """Choose any options; that may be the right ones."""
        places = range(len(poll.options))
        several = poll.allows_multiple_answers and len(places) > 1
        return tuple(sorted(self._dice.sample(places, self._dice.randint(1, len(places) - 1) if several else 1)))

    async def _vanish(self) -> None:
        """Be gone for a while, and come back by the link; what came meanwhile is not looked at."""
        if self.character.blocks:
            self._world.block_bot(self.person.id)
        await self._sleep(self.character.absent_seconds(self._dice))
        self._world.unblock_bot(self.person.id)
        self._forget()
        await self._join()

    def _forget(self) -> None:
        """Leave everything unread but a new invitation."""
        self.open_question = None
        unread = [self._news.get_nowait() for _ in range(self._news.qsize())]
        for one in unread:
            if isinstance(one, _Invited):
                self._news.put_nowait(one)

    async def _say(self, text: str) -> bool:
        """Say something in the private chat; whether Telegram let it happen."""
        await self._sleep(self.character.network)
        try:
            self._world.send_text(self.person.id, self.person.id, text)
        except ActionRefusedError:
            return False
        return True
