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
from bot.rehearsal.answer_key import AnswerKey, SeenQuestion, is_right
from bot.rehearsal.message_reading import button_text, nickname_button_data, visible_text
from bot.rehearsal.names import Name
from bot.rehearsal.traits import PupilTraits

Sleep = Callable[[float], Awaitable[None]]

# How many messages above a poll are looked at: a long question stands in messages of its own.
_ABOVE = 12
_TAKES_OFFER = 0.3
# Said instead of an answer. The answers of somebody who has no idea: a word, a number and a year in one.
_CHATTER = {"en": ("wait", "lol", "???"), "ru": ("щас", "а что писать?", "???"), "kk": ("қазір", "не жазамын?", "???")}
_NO_IDEA = "1234"


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """Something a pupil did that may count as an answer.

    Attributes:
        asked: the question it was done about; ``given`` is what was written, empty for a vote.
        right: whether the bank takes it for right.
        taken: whether it was in time: a closed poll takes no votes, and what is written after the explanation is late.
        at: when.
    """

    asked: SeenQuestion
    text: str
    right: bool
    in_time: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class _Invitation:
    code: str


class SimulatedPupil:
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
        reading: AnswerKey,
        person: Person,
        name: Name,
        traits: PupilTraits,
        rng: Random,
        sleep: Sleep,
    ) -> None:
        self.person = person
        self.name = name
        self.traits = traits
        self.answers: list[GivenAnswer] = []
        self.code = ""
        self.has_joined = False
        self._world = world
        self._answer_key = reading
        self._rng = rng
        self._sleep = sleep
        self._inbox: asyncio.Queue[SeenQuestion | Message | _Invitation] = asyncio.Queue()
        self._texts_before: defaultdict[int, deque[str]] = defaultdict(lambda: deque(maxlen=_ABOVE))
        self.open_question: SeenQuestion | None = None
        self._is_naming = False
        self.nickname = name.nickname

    def invite(self, code: str) -> None:
        """Learn of a class that can be joined."""
        self._inbox.put_nowait(_Invitation(code))

    def receive(self, message: Message) -> None:
        """Take note of a message of the bot at once; to react takes time."""
        text, is_private = visible_text(message), message.chat_id == self.person.id
        asked = self._find_question(message, text, is_private=is_private)
        if asked is not None:
            self._texts_before[message.chat_id].clear()
            self.open_question = asked
            self._inbox.put_nowait(asked)
            return
        self._texts_before[message.chat_id].append(text)
        asked = self.open_question
        if asked and asked.question and self._answer_key.is_explanation(text, asked.question):
            self.open_question = None
        elif is_private:
            self._inbox.put_nowait(message)

    async def run(self) -> None:
        """React to what comes, one thing after the other, until cancelled."""
        while True:
            match await self._inbox.get():
                case _Invitation(code):
                    await self._sleep(self.traits.join_delay)
                    self.code = code
                    await self._join()
                case SeenQuestion() as asked:
                    await self._handle_question(asked)
                case Message() as message:
                    await self._handle_message(message)

    def _find_question(self, message: Message, text: str, *, is_private: bool) -> SeenQuestion | None:
        """Find the question that a message puts; above it stands what a poll has no room for."""
        poll = self._world.polls.get(message.content.poll_id or "")
        if poll is not None:
            description = poll.description.text if poll.description else ""
            texts = (poll.question.text, description, *reversed(self._texts_before[message.chat_id]))
            found = filter(None, map(self._answer_key.find_question, texts))
            return SeenQuestion(message, poll, next(found, None), "\n".join(reversed(texts)))
        question = self._answer_key.find_written_question(text) if is_private else None
        return SeenQuestion(message, None, question, text) if question else None

    async def _join(self) -> None:
        self._is_naming = False
        await self._send_text(f"/start {self.code}")

    async def _handle_message(self, message: Message) -> None:
        """Say what one is called, as long as the bot asks; it has understood once it greets the pupil by name."""
        offer = nickname_button_data(message)
        if offer is not None:
            await self._send_nickname(message, offer)
        elif any(name in visible_text(message) for name in (self.nickname, self.name.first)):
            self._is_naming, self.has_joined = False, True
        elif self._is_naming:
            self._is_naming = False
            await self._send_text(f"{self.name.first} {self.name.last}")

    async def _send_nickname(self, message: Message, offer: str) -> None:
        """Say a nickname, or take the one that is offered: some at once, the others when theirs was refused."""
        if self._is_naming or self._rng.random() < _TAKES_OFFER:
            self.nickname = button_text(message, offer)
            await self._sleep(self.traits.network_delay)
            with suppress(ActionRefusedError):
                self._world.press_button(self.person.id, message.chat_id, message.id, offer)
        else:
            self.nickname = self.name.nickname
            await self._send_text(self.name.nickname)
        self._is_naming = True

    async def _handle_question(self, asked: SeenQuestion) -> None:
        """Think about a question, and answer it if it is still asked then."""
        if asked.message.chat_id == self.person.id and self.code:
            self._is_naming, self.has_joined = False, True
            if self._rng.random() < self.traits.leave_chance:
                await self._leave_for_a_while()
                return
        if self._rng.random() < self.traits.skip_chance or not self._is_open(asked):
            return
        await self._sleep(self.traits.draw_answer_seconds(self._rng, writes=asked.poll is None))
        if self._is_open(asked):
            await self._answer(asked)

    def _is_open(self, asked: SeenQuestion) -> bool:
        """Say whether somebody who looks at the chat still finds the question open."""
        return self.open_question is asked and not (asked.poll and asked.poll.is_closed)

    async def _answer(self, asked: SeenQuestion) -> None:
        times = 2 if self._rng.random() < self.traits.repeat_chance else 1
        for _ in range(times):
            if asked.poll is not None:
                await self._vote(asked, asked.poll)
            elif asked.question is not None:
                await self._write(asked, asked.question)

    async def _vote(self, asked: SeenQuestion, poll: Poll) -> None:
        right = asked.right_options()
        chosen = right if right and self._knows_answer(asked) else self._guess(poll)
        await self._sleep(self.traits.network_delay)
        taken = True
        try:
            self._world.vote(self.person.id, poll.id, list(chosen))
        except ActionRefusedError:
            taken = False
        self.answers.append(GivenAnswer(asked, "", chosen == right, taken, self._world.now()))

    async def _write(self, asked: SeenQuestion, question: Question) -> None:
        if self._rng.random() < self.traits.chatter_chance:
            await self._send_answer(asked, question, self._rng.choice(_CHATTER[self.name.language]))
        await self._send_answer(asked, question, question.kind.solution()[0] if self._knows_answer(asked) else _NO_IDEA)

    async def _send_answer(self, asked: SeenQuestion, question: Question, text: str) -> None:
        """Write something; it is a deed if it can be an answer at all."""
        said, right = await self._send_text(text), is_right(question, text)
        taken = said and self.open_question is asked
        if right is not None:
            self.answers.append(GivenAnswer(asked, text, right, taken, self._world.now()))

    def _knows_answer(self, asked: SeenQuestion) -> bool:
        return asked.question is not None and self._rng.random() < self.traits.success_chance(asked.question.level)

    def _guess(self, poll: Poll) -> tuple[int, ...]:
        """Choose any options; that may be the right ones."""
        places = range(len(poll.options))
        several = poll.allows_multiple_answers and len(places) > 1
        return tuple(sorted(self._rng.sample(places, self._rng.randint(1, len(places) - 1) if several else 1)))

    async def _leave_for_a_while(self) -> None:
        """Be gone for a while, and come back by the link; what came meanwhile is not looked at."""
        if self.traits.blocks_bot:
            self._world.block_bot(self.person.id)
        await self._sleep(self.traits.draw_absence_seconds(self._rng))
        self._world.unblock_bot(self.person.id)
        self._drop_unread()
        await self._join()

    def _drop_unread(self) -> None:
        """Leave everything unread but a new invitation."""
        self.open_question = None
        unread = [self._inbox.get_nowait() for _ in range(self._inbox.qsize())]
        for one in unread:
            if isinstance(one, _Invitation):
                self._inbox.put_nowait(one)

    async def _send_text(self, text: str) -> bool:
        """Say something in the private chat; whether Telegram let it happen."""
        await self._sleep(self.traits.network_delay)
        try:
            self._world.send_text(self.person.id, self.person.id, text)
        except ActionRefusedError:
            return False
        return True
