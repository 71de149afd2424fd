"""A simulated pupil: follows join links, sends a nickname, thinks, answers, leaves and comes back. Ignores marks."""

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

# How many messages before a poll may belong to its question: a long question is sent in separate messages.
_MOST_TEXTS_BEFORE = 12
_TAKES_OFFER = 0.3
# Texts that are not answers, written before an answer.
_CHATTER = {"en": ("wait", "lol", "???"), "ru": ("щас", "а что писать?", "???"), "kk": ("қазір", "не жазамын?", "???")}
# A wrong answer to any question: it reads as a word, as a number and as a year.
_NO_IDEA = "1234"


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer that a pupil gave.

    Attributes:
        asked: the question.
        text: the text that was written; empty for a vote.
        right: whether the answer is right according to the bank.
        in_time: whether it came before the poll was closed, or, if written, before the explanation.
        at: the time of the answer.
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
    """A person in the world who acts by themselves; ``run`` is their behaviour.

    Attributes:
        answers: all answers given, in order.
        code: the join code of the class joined last; empty before the first.
        open_question: the question seen last, until its explanation arrives.
        nickname: the nickname sent or accepted last.
        has_joined: whether the bot has confirmed the nickname or asked a question.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - person, knowledge, traits, and the two dependencies
        self,
        world: World,
        answer_key: AnswerKey,
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
        self._answer_key = answer_key
        self._rng = rng
        self._sleep = sleep
        self._inbox: asyncio.Queue[SeenQuestion | Message | _Invitation] = asyncio.Queue()
        self._texts_before: defaultdict[int, deque[str]] = defaultdict(lambda: deque(maxlen=_MOST_TEXTS_BEFORE))
        self.open_question: SeenQuestion | None = None
        self._is_naming = False
        self.nickname = name.nickname

    def invite(self, code: str) -> None:
        """Receive the join code of a class."""
        self._inbox.put_nowait(_Invitation(code))

    def receive(self, message: Message) -> None:
        """Receive a message of the bot; the reaction follows later in ``run``."""
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
        """React to invitations, questions and messages one after another, until cancelled."""
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
        """Find the question that a message asks; texts too long for a poll are in the messages before it."""
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
        """Answer the bot's requests for a name or nickname; the pupil has joined once the bot greets them by name."""
        offer = nickname_button_data(message)
        if offer is not None:
            await self._send_nickname(message, offer)
        elif any(name in visible_text(message) for name in (self.nickname, self.name.first)):
            self._is_naming, self.has_joined = False, True
        elif self._is_naming:
            self._is_naming = False
            await self._send_text(f"{self.name.first} {self.name.last}")

    async def _send_nickname(self, message: Message, offer: str) -> None:
        """Send a nickname, or accept the offered one: some pupils at once, the others after theirs was refused."""
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
        """Think about a question, and answer it if it is still open then."""
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
        """Return whether the question is still open."""
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
        in_time = True
        try:
            self._world.vote(self.person.id, poll.id, list(chosen))
        except ActionRefusedError:
            in_time = False
        self.answers.append(GivenAnswer(asked, "", chosen == right, in_time, self._world.now()))

    async def _write(self, asked: SeenQuestion, question: Question) -> None:
        if self._rng.random() < self.traits.chatter_chance:
            await self._send_answer(asked, question, self._rng.choice(_CHATTER[self.name.language]))
        await self._send_answer(asked, question, question.kind.solution()[0] if self._knows_answer(asked) else _NO_IDEA)

    async def _send_answer(self, asked: SeenQuestion, question: Question, text: str) -> None:
        """Send a text; record it as an answer if it can be one."""
        sent, right = await self._send_text(text), is_right(question, text)
        in_time = sent and self.open_question is asked
        if right is not None:
            self.answers.append(GivenAnswer(asked, text, right, in_time, self._world.now()))

    def _knows_answer(self, asked: SeenQuestion) -> bool:
        return asked.question is not None and self._rng.random() < self.traits.success_chance(asked.question.level)

    def _guess(self, poll: Poll) -> tuple[int, ...]:
        """Choose random options, which may be the right ones."""
        places = range(len(poll.options))
        several = poll.allows_multiple_answers and len(places) > 1
        return tuple(sorted(self._rng.sample(places, self._rng.randint(1, len(places) - 1) if several else 1)))

    async def _leave_for_a_while(self) -> None:
        """Leave for a while, then come back by the link and ignore what arrived meanwhile."""
        if self.traits.blocks_bot:
            self._world.block_bot(self.person.id)
        await self._sleep(self.traits.draw_absence_seconds(self._rng))
        self._world.unblock_bot(self.person.id)
        self._drop_unread()
        await self._join()

    def _drop_unread(self) -> None:
        """Drop everything unread except new invitations."""
        self.open_question = None
        unread = [self._inbox.get_nowait() for _ in range(self._inbox.qsize())]
        for one in unread:
            if isinstance(one, _Invitation):
                self._inbox.put_nowait(one)

    async def _send_text(self, text: str) -> bool:
        """Send a text in the private chat; return whether Telegram accepted it."""
        await self._sleep(self.traits.network_delay)
        try:
            self._world.send_text(self.person.id, self.person.id, text)
        except ActionRefusedError:
            return False
        return True
